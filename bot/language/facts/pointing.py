"""«…, what's free before», «… right after», «…, and the week after»: where a wish points at the time that a fact told."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.facts.words import fact_words
from bot.language.lexicon import segments
from bot.language.meaning import Days, Grain, Hours, Moment, Open
from bot.scheduling.replacing import replace
from bot.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from bot.language.facts.bearing import Told
    from bot.language.facts.words import FactWords
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_MARKS = frozenset((",", ".", ";", "!", "?", "(", ")"))
_UNITS = {"week": 7, "day": 1}
_ADVERBS = frozenset(("de", "nl"))
"""Languages whose word for it is never followed by a time."""
_CLOCKS = frozenset(("at", "from", "around", "in"))
_ONE = frozenset(("a", "one"))
_DAY = timedelta(days=1)
_WEEK = 7


class Pointed(NamedTuple):
    """A time beside what was told, and the tokens `start` … `end` (exclusive) that say so."""

    moment: Moment
    start: int
    end: int


class _Pointer(NamedTuple):
    side: Open
    start: int
    end: int
    unit: int = 0
    """Days of the unit in «the week after»."""
    is_same: bool = False
    """«A week before that»: the same weekday."""


def beside_told(
    utterance: Utterance, told: Sequence[Told], times: TimesRead, language: str, today: date
) -> Pointed | None:
    """The time that the wish means by what was told; None where it names a clock itself, or points at nothing."""
    told = [one for one in told if one.moments]
    if not told:
        return None
    inside = {at for one in told for at in range(one.fact.start, one.fact.end)}
    known = fact_words(language)
    is_unspaced = any(map(segments, utterance.words))
    found = _pieces(utterance, known, inside) if is_unspaced else _words(utterance, known, inside, language)
    pointer = next(found, None)
    clocks = [moment for moment in times.moments if _has_clock(moment)]
    if pointer is None or (clocks and not pointer.unit):
        return None
    moment = _beside(told[0].moments[0], pointer, times, today)
    return Pointed(moment, pointer.start, pointer.end) if moment is not None else None


def at_its_clock(pointed: Pointed, times: TimesRead) -> TimesRead:
    """The times of a wish at what it points at; «the day before at 3» keeps its clock."""
    clock = next((one for one in times.moments if one.hours is not None and pointed.moment.hours is None), None)
    meant = replace(clock, days=pointed.moment.days) if clock is not None else pointed.moment
    return times._replace(moments=(meant,))


def _has_clock(moment: Moment) -> bool:
    return moment.hours is not None or (moment.exact is not None and moment.rule != "later")


def _words(utterance: Utterance, known: FactWords, inside: set[int], language: str) -> Iterator[_Pointer]:
    words = utterance.words
    for at, word in enumerate(words):
        side = Open.BEFORE if word in known.before else Open.AFTER if word in known.after else None
        if side is None or at in inside:
            continue
        end = at + 1
        while end < len(words) and words[end] in known.then:
            end += 1
        unit = _UNITS.get(words[at - 1], 0) if at else 0
        is_last = end >= len(words) or words[end] in _MARKS or language in _ADVERBS or end in inside
        if not is_last and not (unit and words[end] in _CLOCKS):
            continue  # «after 3»
        is_same = bool(unit) and at > 1 and words[at - 2] in _ONE
        start = at - 2 if is_same else at - 1 if unit or (at and words[at - 1] in known.right) else at
        yield _Pointer(side, start, end, unit, is_same=is_same)


def _pieces(utterance: Utterance, known: FactWords, inside: set[int]) -> Iterator[_Pointer]:
    for side, pieces in ((Open.BEFORE, known.before), (Open.AFTER, known.after)):
        for piece in sorted(pieces, key=len, reverse=True):
            place = utterance.text.rfind(piece)
            start, end = bisect_left(utterance.starts, place), bisect_right(utterance.starts, place + len(piece) - 1)
            if place >= 0 and start not in inside:
                yield _Pointer(side, start, end)


def _days_beside(day: Days, pointer: _Pointer, today: date) -> tuple[date, date]:
    step = _DAY * (pointer.unit or _WEEK)
    if pointer.side is Open.AFTER:
        return (day.last + step, day.last + step) if pointer.is_same else (day.last + _DAY, day.last + step)
    if not pointer.unit:
        return today, day.first - _DAY
    return (day.first - step, day.first - step) if pointer.is_same else (day.first - step, day.first - _DAY)


def _beside(anchor: Moment, pointer: _Pointer, times: TimesRead, today: date) -> Moment | None:
    """In front of the time told or behind it: of its day, else of the day of the wish, else of today."""
    if anchor.exact is not None:
        return None
    is_after, hours = pointer.side is Open.AFTER, anchor.hours
    if hours is None or pointer.unit:
        day = anchor.days
        if day is None:
            return None
        first, last = _days_beside(day, pointer, today)
        days = Days(first=first, last=max(first, last), grain=Grain.WEEK)
        return Moment(span=anchor.span, grain=Grain.WEEK, days=days)
    clock = (hours.end or hours.start) if is_after else (hours.start or hours.end)
    wished = next((moment.days for moment in times.moments if moment.says_day), None)
    place = (anchor.days if anchor.says_day else wished) or Days(first=today, last=today)
    bound = Hours(start=clock) if is_after else Hours(start=None, end=clock)
    return Moment(span=anchor.span, grain=Grain.HOUR, days=place, hours=bound, open=pointer.side, zone=anchor.zone)
