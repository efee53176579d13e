"""Corrections inside a message: «thursday 10am, sorry, 11am». What comes last holds for the part that it replaces.

What stands in front of the sign and what stands behind are read apart; a part of the second (day, clock, length) takes the
place of its like in the first. A sign that has no like in front of it corrects nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.language.atoms import PEOPLE
from bot.language.cues.reading import read_cues
from bot.language.entities.people.lists import name_lists
from bot.language.entities.types import read_event_type
from bot.language.lexicon import lexicon_for
from bot.language.meaning import Certainty, Grain, Sign, Span
from bot.language.normalise import Utterance
from bot.language.signs import Cue
from bot.language.sketch import vocabulary
from bot.language.times.moments import read_moments
from bot.scheduling.replacing import replace
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import Moment, Reference
    from bot.language.times.moments import TimesRead

_MOST = 60
"""Words of a text that corrects itself; in longer ones such a word is one of a story."""
_DIGITS = 3
_ANY_DAY = date(2000, 1, 3)
_STEPS = frozenset((Cue.EARLIER, Cue.LATER))
_OF_DAYS = frozenset((Grain.DAY, Grain.WEEK, Grain.MONTH))
_HOURS_OF_A_DAY, _NOON = 24, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A text that corrects itself: the sign, the times that hold, and where the two parts meet."""

    sign: Sign
    times: TimesRead
    has_time: bool
    """Whether a time or length was replaced; else only people can have been."""
    step: Span | None = None
    """Where «an hour later» stands, said of the time in front."""


def read_correction(
    utterance: Utterance,
    told: Utterance,
    reference: Reference,
    refused: Sequence[Span] = (),
    written: tuple[str, ...] | None = None,
) -> Corrected | None:
    """The last correction in the text, or None; earlier ones are in front of it and lose in turn.

    `refused`: times that are left out; «tomorrow, no mornings» takes nothing back.
    """
    if len(utterance.words) > _MOST:
        return None
    signs = [
        sign
        for sign in read_cues(utterance, told, only=Cue.CORRECTED, written=written)
        if sign.span.start > 0
        and not is_no_correction(utterance, sign)
        and not _is_route(utterance, sign)
        and not _refuses(utterance, sign, refused)
    ]
    signs.extend(_plain_no(utterance))
    if signs:
        limits = [one.span for one in read_cues(utterance, told) if one.cue is Cue.BOUND]
        signs = [
            sign for sign in signs if not any(one.start < sign.span.end and sign.span.start < one.end for one in limits)
        ]
    return _corrected(utterance, told, reference, signs) if signs else None


def _plain_no(utterance: Utterance) -> Iterator[Sign]:
    """«at 10am no 11»: without a comma, a «no» between two figures, or two days, puts the second in place of the first."""
    if _NO.isdisjoint(utterance.words):
        return
    words, times = utterance.words, lexicon_for("en").words
    for at in range(1, len(words) - 1):
        if words[at] not in _NO or words[at - 1] in _MARKS:
            continue
        before, behind = words[at - 1], words[at + 1]
        are_clocks = behind.isdecimal() and (before.isdecimal() or before in _OF_CLOCKS)
        are_days = all(word in times and "weekday" in times[word] for word in (before, behind))
        if are_clocks or are_days:
            span = Span(utterance.starts[at], utterance.ends[at])
            yield Sign(cue=Cue.CORRECTED, span=span, row="no between two times")


_NO = frozenset(("no", "nope", "nein", "nee", "non", "não"))
_MARKS = frozenset((",", ".", ";", "(", "-"))
_OF_CLOCKS = frozenset(("am", "pm", "a.m.", "p.m.", "uhr", "h", "uur", "o'clock"))


def _is_route(utterance: Utterance, sign: Sign) -> bool:
    """«move the 3pm -> 4pm»: from where to where, and nothing taken back; in «move lena to 2 -> 3» it is."""
    said = utterance.text[sign.span.start : sign.span.end]
    known = vocabulary().classes
    front = utterance.words[: bisect_left(utterance.starts, sign.span.start)]
    return said in _ARROWS and "to" not in front and any("movev" in known.get(word, ()) for word in front)


_ARROWS = frozenset(("->", "→"))


def _refuses(utterance: Utterance, sign: Sign, refused: Sequence[Span]) -> bool:
    said, end = utterance.text[sign.span.start : sign.span.end].lower(), sign.span.end
    return said.endswith("no") and any(end <= span.start <= end + 1 for span in refused)


def is_no_correction(utterance: Utterance, sign: Sign) -> bool:
    """Whether what looks like a correction takes nothing back: *bold*, a pause in a list («sam, um, and lena»), who comes."""
    text, start, end = utterance.text, sign.span.start, sign.span.end
    is_choice = text[start:end].endswith("还是") and "吧" not in text[end:]  # «还是11点吧» is «rather 11»
    is_move = text[start:end] == "改成" and text[max(start - 1, 0) : start] in _MEETINGS  # «…的会改成后天»
    return is_choice or is_move or is_markup(utterance, sign) or _is_pause(utterance, sign)


def _is_pause(utterance: Utterance, sign: Sign) -> bool:
    first, last = bisect_left(utterance.starts, sign.span.start), bisect_left(utterance.starts, sign.span.end)
    if utterance.words[first:last] == ("make", "it") and utterance.words[first - 1] in _BEFORE_MAKE:
        return True  # «dana and kim have to make it»
    around = (*utterance.words[first - 1 : first], *utterance.words[last : last + 1])
    return not (_PAUSES.isdisjoint(utterance.words[first:last]) or _JOINS.isdisjoint(around))


_BEFORE_MAKE = frozenset(("to", "can", "could", "can't", "cannot", "cant", "must", "should", "might", "may", "won't"))
_PAUSES = frozenset(("er", "err", "erm", "um", "uh", "uhm", "hm", "hmm", "hmmm"))
_JOINS = frozenset(("and", "&", "+", "or", "plus", "also"))
_MEETINGS = frozenset("会议程谈")


def is_markup(utterance: Utterance, sign: Sign) -> bool:
    """Whether an asterisk is one of a pair, as around *bold*, and not the one of «*thursday» that corrects a slip."""
    return utterance.text[sign.span.start : sign.span.end] == "*" and utterance.text.count("*") > 1


def _corrected(utterance: Utterance, told: Utterance, reference: Reference, signs: list[Sign]) -> Corrected | None:
    sign = signs[-1]
    behind = part(told, sign.span.end, len(told.text))
    tail = read_moments(behind, reference)
    front = part(told, 0, sign.span.start)
    before = _corrected(utterance, front, reference, signs[:-1]) if len(signs) > 1 else None
    head = before.times if before is not None else read_moments(front, reference)
    step = _step(part(utterance, sign.span.end, len(utterance.text)), behind)
    if step is not None and not head.moments and head.length is None:
        return before  # «can you make it an hour earlier»: nothing stands in front that it would be said of
    if step is not None:
        moved = tuple(_stepped(one, step) for one in head.moments)
        tail = tail._replace(moments=moved, length=None, covered=(*tail.covered, step.span))
    if not tail.moments and tail.length is None and (number := _bare_number(behind)) is not None:
        tail = _like(head, number, tail._replace(covered=(*tail.covered, _figure_of(behind))))
    elif not tail.moments and tail.length is None and (pair := _bare_range(behind)) is not None:
        tail = _like_range(head, pair, tail._replace(covered=(*tail.covered, _said(behind))))
    elif not tail.moments and tail.length is None and (minute := _past(behind)) is not None:
        tail = _at_minute(head, minute, tail._replace(covered=(*tail.covered, _said(behind))))
    has_time = bool((tail.moments and head.moments) or (tail.length and head.length))
    if not has_time and (tail.moments or tail.length) and not _names_both(front, behind, reference):
        return before
    times = _merged(head, tail, sign) if has_time else head
    return Corrected(sign=sign, times=times, has_time=has_time, step=step.span if step is not None else None)


def _step(behind: Utterance, told: Utterance) -> Sign | None:
    """«…, no, an hour later»: how far from the time in front."""
    if "," in behind.words[1:]:
        return None
    return next((one for one in read_cues(behind, told) if one.cue in _STEPS and one.amount is not None), None)


def _stepped(moment: Moment, step: Sign) -> Moment:
    """The time so far away; a time without the part that is counted in stays as it is."""
    away = step.amount or timedelta()
    away = -away if step.cue is Cue.EARLIER else away
    days, hours = moment.days, moment.hours
    if step.grain in _OF_DAYS:
        return (
            moment
            if days is None
            else replace(moment, days=replace(days, first=days.first + away, last=days.last + away))
        )
    if hours is None or hours.start is None:
        return moment
    start, end = (_later(clock, away) for clock in (hours.start, hours.end))
    return replace(moment, hours=replace(hours, start=start, end=end, other=None))


def _later(clock: time | None, away: timedelta) -> time | None:
    return (datetime.combine(_ANY_DAY, clock) + away).time() if clock is not None else None


def _bare_number(behind: Utterance) -> int | None:
    """«…, make it 45»: the number that is all there is behind the sign."""
    words = [word for word in behind.words if word[:1].isalnum()]
    is_number = len(words) == 1 and words[0].isascii() and words[0].isdigit() and len(words[0]) <= _DIGITS
    return int(words[0]) if is_number else None


def _figure_of(behind: Utterance) -> Span:
    index = next(index for index, word in enumerate(behind.words) if word.isdigit())
    return Span(behind.starts[index], behind.ends[index])


def _bare_range(behind: Utterance) -> tuple[int, int] | None:
    """«2-3, no, 3-4»: two hours and nothing else."""
    said = [word for word in behind.words if word not in {",", "."}]
    is_range = len(said) == _RANGE and said[0].isdecimal() and said[1] in _TO and said[2].isdecimal()
    hours = (int(said[0]), int(said[2])) if is_range and max(map(len, said)) <= _DIGITS else None
    return hours if hours is not None and max(hours) < _HOURS_OF_A_DAY else None


_RANGE = 3
_TO = frozenset(("-", "–", "to", "till", "until", "bis", "a", "à", "alle", "tot", "às"))


def _like_range(head: TimesRead, pair: tuple[int, int], tail: TimesRead) -> TimesRead:
    clocked = next((one for one in reversed(head.moments) if one.hours is not None and one.hours.start), None)
    if clocked is None or clocked.hours is None or clocked.hours.start is None or clocked.hours.end is None:
        return tail
    start, end = (time(one + _NOON if _is_late(clocked.hours.start, one) else one) for one in pair)
    if end <= start:
        return tail
    moved = replace(clocked, hours=replace(clocked.hours, start=start, end=end, other=None))
    return tail._replace(moments=(moved,), doubts=())


_EVENING, _LATEST = 18, 20
"""From when on a meeting is one of the evening, and the last hour that is not."""
_PAST = {"half past": 30, "quarter past": 15, "quarter to": -15}
"""«make that half past»: minutes of the hour in front."""


def _past(behind: Utterance) -> int | None:
    said = (word for word in behind.words if word[:1].isalpha() and word not in {"a", "instead", "please", "pls"})
    return _PAST.get(" ".join(said))


def _said(behind: Utterance) -> Span:
    return Span(behind.starts[0], behind.ends[-1])


def _at_minute(head: TimesRead, minute: int, tail: TimesRead) -> TimesRead:
    clocked = next((one for one in reversed(head.moments) if one.hours is not None and one.hours.start), None)
    if clocked is None or clocked.hours is None or clocked.hours.start is None:
        return tail
    hour = clocked.hours.start.replace(minute=0)
    start = _later(hour, timedelta(minutes=minute))
    moved = replace(clocked, hours=replace(clocked.hours, start=start, end=None, other=None))
    return tail._replace(moments=(moved,), doubts=())


def _names_both(front: Utterance, behind: Utterance, reference: Reference) -> bool:
    """Whether what was corrected can be who it is with, or what kind of meeting it is: both parts name one."""
    if _names_who(front) and _names_who(behind):
        return True
    return all(read_event_type(one, reference, ()) is not None for one in (behind, front))


def _names_who(part_said: Utterance) -> bool:
    """Whether somebody is named: then that may be what was corrected, «lena, no sorry, omar, friday at 2»."""
    if any(kind in PEOPLE for kind, _ in part_said.atoms.values()):
        return True
    return any(name_lists().is_first(word) for word in part_said.words)


def _like(head: TimesRead, number: int, tail: TimesRead) -> TimesRead:
    """A number alone is what it can be like in front: a length in minutes, or else the hour of a clock."""
    if number > _HOURS_OF_A_DAY:
        return tail._replace(length=timedelta(minutes=number)) if head.length is not None else tail
    clocked = next((one for one in reversed(head.moments) if one.hours and (one.hours.start or one.hours.end)), None)
    front = clocked.hours.start or clocked.hours.end if clocked is not None and clocked.hours is not None else None
    if clocked is None or clocked.hours is None or front is None or number == _HOURS_OF_A_DAY:
        return tail
    at = time(number + _NOON if _is_late(front, number) else number)
    start, end = (at, None) if clocked.hours.start else (None, at)  # «no meetings before 10, actually 11»
    return tail._replace(moments=(replace(clocked, hours=replace(clocked.hours, start=start, end=end, other=None)),))


def _is_late(front: time, number: int) -> bool:
    """Whether a number is an hour after noon as the one in front is; «at 4pm, no, 11» is no meeting at night."""
    return front.hour >= _NOON > number and (number + _NOON <= _LATEST or front.hour >= _EVENING)


def _merged(head: TimesRead, tail: TimesRead, sign: Sign) -> TimesRead:
    return head._replace(
        moments=_replaced(_unended(head, tail), tail.moments),
        from_moment=tail.from_moment or head.from_moment,
        excluded=(*head.excluded, *tail.excluded),
        recurrence=tail.recurrence or head.recurrence,
        length=tail.length or head.length,
        zone=tail.zone or head.zone,
        zones=tail.zones or head.zones,
        doubts=tail.doubts if tail.moments else (*head.doubts, *tail.doubts),
        covered=(*head.covered, sign.span, *tail.covered),
        trace=(*head.trace, f"corrected: {sign.row}", *tail.trace),
    )


def _unended(head: TimesRead, tail: TimesRead) -> tuple[Moment, ...]:
    """The times in front without the end that only their length gave, where another length was said."""
    if tail.length is None or head.length is None:
        return head.moments
    return tuple(
        replace(one, hours=replace(one.hours, end=None)) if one.hours and one.hours.start and one.hours.end else one
        for one in head.moments
    )


def _replaced(old: tuple[Moment, ...], new: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """The times said last, each filled up from those in front."""
    if not new or not old:
        return new or old
    return tuple(filled for moment in new for filled in _filled(moment, old))


def _filled(moment: Moment, old: tuple[Moment, ...]) -> tuple[Moment, ...]:
    if moment.exact is not None:
        return (moment,)
    says_day = moment.days is not None and moment.days.certainty is Certainty.KNOWN
    if says_day and moment.hours is None:
        clocked = next((one for one in reversed(old) if one.hours is not None and one.exact is None), None)
        if clocked is None:
            return (moment,)
        return (
            replace(
                moment, hours=clocked.hours, open=clocked.open, grain=clocked.grain, zone=moment.zone or clocked.zone
            ),
        )
    if not says_day:
        dated = [one for one in old if one.days is not None]
        return tuple(replace(moment, days=one.days, zone=moment.zone or one.zone) for one in dated) or (moment,)
    return (moment,)


def corrected_people(utterance: Utterance, entities: EntitiesRead, correction: Corrected) -> EntitiesRead:
    """The entities without the people in front of the sign, where others are named behind it."""
    place = correction.sign.span
    behind = part(utterance, place.end, len(utterance.text))
    excepting = (sign.span for sign in read_cues(utterance, utterance, entities.people_spans) if sign.cue is Cue.EXCEPT)
    if any(one.start < place.end and place.start < one.end for one in excepting):
        return entities
    if any(sign.cue is Cue.ALSO for sign in read_cues(behind, behind)):
        return entities
    late = [span for span in entities.people_spans if span.start >= place.end]
    atoms = [value for kind, value in behind.atoms.values() if kind in PEOPLE]
    if not (late or atoms):
        return entities
    written = [utterance.text[span.start : span.end].casefold() for span in late]
    mailed = {email: _mailed_to(email) for email in entities.emails if email not in atoms}
    kept = {email: name for email, name in mailed.items() if any(name in text.split() for text in written)}
    return entities._replace(
        people=tuple(
            name
            for name in entities.people
            if any(name.casefold() in text for text in written) and name.casefold() not in kept.values()
        ),
        emails=tuple(email for email in entities.emails if email in atoms or email in kept),
        mentions=tuple(member for member in entities.mentions if member in atoms),
    )


def _mailed_to(email: str) -> str:
    """«zoe.hart@acme.io» is Zoe."""
    return email.partition("@")[0].replace("_", ".").partition(".")[0].casefold()


def corrected_type(
    utterance: Utterance, entities: EntitiesRead, correction: Corrected, reference: Reference
) -> EntitiesRead:
    """The entities with the event type that is named behind the sign: «a deep dive, no, just an intro»."""
    named = read_event_type(part(utterance, correction.sign.span.end, len(utterance.text)), reference, ())
    if named is None or named.title == entities.event_type:
        return entities
    return entities._replace(event_type=named.title, type_span=named.span, covered=(*entities.covered, named.span))


def part(utterance: Utterance, start: int, end: int) -> Utterance:
    """The words of an utterance between two places of its text; spans still point into the whole."""
    first, last = bisect_left(utterance.starts, start), bisect_left(utterance.starts, end)
    atoms = {index - first: atom for index, atom in utterance.atoms.items() if first <= index < last}
    glue = utterance.glue
    return Utterance(
        utterance.text,
        utterance.words[first:last],
        utterance.starts[first:last],
        utterance.ends[first:last],
        utterance.language,
        atoms,
        frozenset(index - first for index in glue if first <= index < last) if glue is not None else None,
    )
