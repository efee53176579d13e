"""How far: «an hour», «two weeks», read beside a sign in the text as told in English, so that it holds in every language."""

from __future__ import annotations

from bisect import bisect_left
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.cues.verbs import says_book
from bot.language.lexicon import NOTHING, lexicon_for
from bot.language.meaning import Grain, Intent
from bot.language.signs import Cue
from bot.language.triggers import trigger
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from bot.language.entities.reading import EntitiesRead
    from bot.language.intents.finding import IntentRead
    from bot.language.lexicon import Senses
    from bot.language.meaning import Moment, Sign, Span
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_UNITS: dict[str, tuple[timedelta, Grain]] = {
    "minute": (timedelta(minutes=1), Grain.MINUTE),
    "hour": (timedelta(hours=1), Grain.HOUR),
    "day": (timedelta(days=1), Grain.DAY),
    "week": (timedelta(days=7), Grain.WEEK),
    "fortnight": (timedelta(days=14), Grain.WEEK),
    "month": (timedelta(days=30), Grain.MONTH),
}
_REACH = 5
"""Tokens on either side of a sign in which its amount may stand."""
_MOST = 999
_NEXT = 2
"""Letters between a step and a time that stands right behind it."""
_STEPS = frozenset((Cue.EARLIER, Cue.LATER))
_BY = frozenset((Cue.EARLIER, Cue.LATER, Cue.LONGER_BY, Cue.SHORTER_BY))


def amount_near(told: Utterance, span: Span) -> tuple[timedelta | None, Grain, bool] | None:
    """The amount in, behind or in front of a sign, its unit, and whether it is part of the sign.

    None as amount: a unit alone («the week after»).
    """
    inside = _first_told(told, span.start)
    behind = bisect_left(told.starts, span.end)
    order = (*range(inside, min(behind + _REACH, len(told.words))), *range(inside - 1, max(inside - _REACH, -1), -1))
    alone: tuple[timedelta | None, Grain, bool] | None = None
    for at in order:
        unit = _UNITS.get(str(_senses(told.words[at]).get("unit", "")))
        if unit is None:
            continue
        count = _count_before(told, at)
        if count is None and told.words[at + 1 : at + 2] in _FARTHER and not told.words[at].endswith("s"):
            count = 1  # «day later»
        if count is not None:
            return unit[0] * count + _rest_behind(told, at, unit[0]), unit[1], inside <= at < behind
        if inside <= at < behind:
            alone = alone or (None, unit[1], True)
    return alone or _minutes_alone(told, inside, behind)


_FARTHER = (("later",), ("earlier",))
_USUAL_MINUTES = frozenset(("5", "10", "15", "20", "25", "30", "40", "45", "50", "60", "75", "90"))


def _minutes_alone(told: Utterance, inside: int, behind: int) -> tuple[timedelta, Grain, bool] | None:
    """«lena 30 later», «push lena by 30»: a number that is no hour counts minutes."""
    words = told.words
    at = next((at for at in range(inside, min(behind, len(words))) if words[at] in _USUAL_MINUTES), inside - 1)
    before = words[at - 1] if at > 0 else ""
    if at < 0 or words[at] not in _USUAL_MINUTES or before in {":", ".", "-", "/"} or (at < inside and before == "at"):
        return None
    if words[at + 1 : at + 2] in ((":",), (".",), ("am",), ("pm",), ("-",)):
        return None
    return timedelta(minutes=int(words[at])), Grain.MINUTE, True


def without_sides(moments: Iterable[Moment], signs: Iterable[Sign]) -> tuple[Moment, ...]:
    """The times without those that are but a part of «too early» («zu früh»): a side, no part of the day.

    «aplaza la reunión en 15 minutos» is how far it goes, and not 15 minutes from now.
    """
    sides = [sign.span for sign in signs if sign.cue in _STEPS and not sign.holds_amount]
    moves = any(sign.cue is Cue.MOVES for sign in signs)
    far = [s.span for s in signs if s.cue in _BY and s.holds_amount and (moves or s.cue not in _STEPS)]

    def is_part(span: Span) -> bool:
        within = (one for one in sides if one.start <= span.start and span.end <= one.end)
        return any(one.end - one.start > span.end - span.start for one in within)

    def is_far(moment: Moment) -> bool:
        span = moment.span
        return moment.exact is not None and any(one.start < span.start < one.end < span.end + 1 for one in far)

    return tuple(moment for moment in moments if not is_part(moment.span) and not (far and is_far(moment)))


def without_steps(moments: tuple[Moment, ...], signs: Iterable[Sign]) -> tuple[Moment, ...]:
    """«ines an hour later», said of her meeting: how far it goes, and not in an hour from now."""
    far = _distances(signs)
    return tuple(one for one in moments if one.exact is None or not _stands_in(one, far))


def no_step(source: Moment | None, signs: Iterable[Sign]) -> Moment | None:
    """«move everything a day later»: how far, and not that what is on tomorrow moves."""
    is_far = source is not None and source.away is not None and _stands_in(source, _distances(signs))
    return None if is_far else source


def _distances(signs: Iterable[Sign]) -> list[Span]:
    return [sign.span for sign in signs if sign.cue in _STEPS and sign.holds_amount]


def _stands_in(moment: Moment, spans: Iterable[Span]) -> bool:
    return any(moment.span.start < span.end and span.start < moment.span.end for span in spans)


def moved_by(
    found: IntentRead, times: TimesRead, signs: tuple[Sign, ...], entities: EntitiesRead, utterance: Utterance
) -> tuple[IntentRead, TimesRead] | None:
    """«lena's 10 o'clock: two hours later», «lena tuesday an hour later»: when it is, and how far it goes; None for else."""
    far = [sign.span for sign in signs if sign.cue in _STEPS and sign.holds_amount and sign.amount]
    is_one = len(entities.people) == 1 and not (entities.emails or entities.mentions)
    is_plain = found.intent in _NEW and is_one and times.from_moment is None and times.recurrence is None
    if not far or not is_plain or any(sign.cue in _BESIDE for sign in signs) or says_book(utterance):
        return None
    said = [one for one in times.moments if not any(at.start < one.span.end and one.span.start < at.end for at in far)]
    if len(said) != 1 or said[0].exact is not None or said[0].open is not None or said[0].span.end > far[0].start:
        return None
    found = found._replace(intent=Intent.RESCHEDULE, trace=(*found.trace, "intent reschedule: from when it is"))
    return found, times._replace(moments=(), from_moment=said[0])


_NEW = frozenset((Intent.BOOK, Intent.FIND_SLOTS, Intent.OUT_OF_SCOPE, Intent.RESCHEDULE))
_BESIDE = frozenset(
    (
        *(Cue.AFTERWARDS, Cue.ALSO, Cue.EITHER, Cue.AFTER_WHOM, Cue.BEFORE_WHOM, Cue.AGAIN, Cue.SEVERAL_NEW),
        *(Cue.MOVES, Cue.GOES_TO, Cue.PUTS),
    )
)
"""Behind these it is another meeting, or another choice, or the time is where it goes."""


def are_apart(people: Sequence[str], spans: Sequence[Span]) -> bool:
    """«ines hat abgesagt. omar kommt ne halbe stunde später»: of two people, only one of whom it is how far."""
    gaps = (right.start - left.end for left, right in pairwise(spans))
    return len(people) > 1 and any(gap > _LISTED for gap in gaps)


_LISTED = 8
"""Letters between two people of one list."""


def length_change(length: timedelta | None, signs: Iterable[Sign]) -> timedelta | None:
    """How much longer or shorter something is to be; None where it is said how long."""
    sign = next((sign for sign in signs if sign.cue in {Cue.LONGER_BY, Cue.SHORTER_BY}), None)
    amount = sign and (length or sign.amount)
    if sign is None or not amount:
        return None
    return amount if sign.cue is Cue.LONGER_BY else -amount


def is_step(length: timedelta, signs: Iterable[Sign], moments: Iterable[Moment]) -> bool:
    """Whether a length is how far something goes («a day forward»); «30 min later today» is a length, and later today."""
    begins = [moment.span for moment in moments]
    return any(
        sign.cue in _STEPS
        and sign.amount == length
        and sign.holds_amount
        and not any(span.start <= sign.span.end + _NEXT and sign.span.start < span.end for span in begins)
        for sign in signs
    )


def _rest_behind(told: Utterance, at: int, unit: timedelta) -> timedelta:
    """What «… and a half», «… and 30 minutes» add behind a unit."""
    words = told.words
    if words[at + 1 : at + 2] != ("and",):
        return timedelta()
    if "half" in words[at + 2 : at + 4]:
        return unit / 2
    is_minutes = words[at + 2 : at + 3] and words[at + 2].isdecimal() and len(words[at + 2]) <= 2
    if is_minutes and at + 3 < len(words) and _senses(words[at + 3]).get("unit") == "minute":
        return timedelta(minutes=int(words[at + 2]))
    return timedelta()


def is_count(told: Utterance, utterance: Utterance, at: int) -> bool:
    """Whether a number, «an» or «half» stands there."""
    if told is utterance:
        return bool(utterance.bits[at] & _COUNTS)
    return any(map(_counts, _told_at(told, utterance, at)))


def _counts(word: str) -> bool:
    return word.isdecimal() or not {"number", "article", "fraction", "digits"}.isdisjoint(_senses(word))


_COUNTS = trigger(_counts)


def is_unit(told: Utterance, utterance: Utterance, at: int) -> bool:
    """Whether a unit of time stands there."""
    return any(str(_senses(word).get("unit", "")) in _UNITS for word in _told_at(told, utterance, at))


def _told_at(told: Utterance, utterance: Utterance, at: int) -> tuple[str, ...]:
    if told is utterance:
        return (utterance.words[at],)
    start, end = utterance.starts[at], utterance.ends[at]
    first = _first_told(told, start)
    found = []
    while first < len(told.words) and told.starts[first] < end:
        found.append(told.words[first])
        first += 1
    return tuple(found)


def _first_told(told: Utterance, start: int) -> int:
    """Where what is told of the place begins: «ne halbe stunde» is told as a whole."""
    first = bisect_left(told.starts, start)
    return bisect_left(told.starts, told.starts[first - 1]) if first and told.ends[first - 1] > start else first


def _senses(word: str) -> Senses:
    return lexicon_for("en").words.get(word, NOTHING)


def _count_before(told: Utterance, at: int) -> float | None:
    """The number in front of a unit: «an», «two», «1.5», «half an», «one and a half»; None when there is none."""
    words = told.words
    if at and words[at - 1].isdecimal() and len(words[at - 1]) <= 3:
        if at > 2 and words[at - 2] in (".", ",") and words[at - 3].isdecimal():
            return min(float(f"{words[at - 3]}.{words[at - 1]}"), float(_MOST))
        return float(min(int(words[at - 1]), _MOST))
    if not at:
        return None
    before = _senses(words[at - 1])
    earlier = words[at - 2] if at > 1 else ""
    if words[at - 1] == "half" or ("article" in before and earlier == "half"):
        return 0.5
    number = before.get("number")
    if isinstance(number, int):
        return float(number)
    return 1.0 if "article" in before else None


def _without_far_days(signs: tuple[Sign, ...], moments: Collection[Moment]) -> tuple[Sign, ...]:
    """The signs without a step that is part of a day: «schuif nora naar maandag over een week», «… à lundi en huit»."""
    days = [one.span for one in moments if one.rule == "length from a day"]
    if not days:
        return signs
    return tuple(
        sign
        for sign in signs
        if sign.cue not in _STEPS or not any(day.start < sign.span.end <= day.end for day in days)
    )


def last_step(signs: tuple[Sign, ...], moments: Collection[Moment]) -> tuple[Sign, ...]:
    """«an hour later, no, earlier»: the last way holds, as far as was said in front of it."""
    steps = [sign for sign in signs if sign.cue in _STEPS]
    if steps and moments:
        signs = _without_far_days(signs, moments)
        steps = [sign for sign in signs if sign.cue in _STEPS]
    if len(steps) < 2:
        return signs
    steps.sort(key=lambda sign: sign.span.start)
    last, front = steps[-1], [sign for sign in steps[:-1] if sign.amount is not None]
    if last.amount is not None or not front:
        return signs
    place = front[-1].span.end
    if not any(sign.cue is Cue.CORRECTED and place <= sign.span.end <= last.span.start for sign in signs):
        return signs
    meant = replace(last, amount=front[-1].amount, grain=front[-1].grain, holds_amount=front[-1].holds_amount)
    return tuple(meant if sign is last else sign for sign in signs if sign is last or sign not in steps)
