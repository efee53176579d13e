"""Times that are no start: where a meeting is to end, and which meetings an amount without a verb is said of."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.language.cues.contrast import first_of_two
from bot.language.cues.whom import beside_type
from bot.language.meaning import Doubt, DoubtKind, Intent, Span
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import Moment, Sign
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_STEPS = frozenset((Cue.EARLIER, Cue.LATER))
_AIMS = frozenset((Cue.MOVES, Cue.GOES_TO, Cue.PUTS))
_NEW = frozenset((Intent.BOOK, Intent.FIND_SLOTS, Intent.HOLD))
_A_DAY = timedelta(days=1)


def by_ends(times: TimesRead, signs: tuple[Sign, ...], intent: Intent, language: str) -> TimesRead:
    """«half an hour friday, ends at 3» begins at half past two; «everything this afternoon an hour earlier» says which."""
    cues = {sign.cue for sign in signs}
    if intent is Intent.RESCHEDULE:
        times = first_of_two(times, cues, language)
        return _of_all(times, signs) if Cue.ALL in cues and cues.isdisjoint(_AIMS) else times
    if intent is Intent.CANCEL and cues.isdisjoint(_LISTS):
        return _bounded(times)
    if intent not in _NEW or Cue.FINISHES not in cues or times.length is None or times.recurrence is not None:
        return times
    ends = _at_end(times, signs)
    length = times.length
    if len(ends) != 1 or length >= _A_DAY:
        return times
    return times._replace(moments=tuple(_begun(one, length) if one in ends else one for one in times.moments))


def _bounded(times: TimesRead) -> TimesRead:
    """«stop the monday thing with sam after christmas»: from then on, and not the next monday."""
    bounds = [one for one in times.moments if one.open is not None and one.hours is None and one.says_day]
    rest = [one for one in times.moments if one not in bounds]
    is_named = len(rest) == 1 and rest[0].hours is None and rest[0].rule.startswith("weekday")
    return times._replace(moments=tuple(bounds)) if len(bounds) == 1 and is_named else times


_LISTS = frozenset((Cue.AND, Cue.ALSO, Cue.EITHER))


def doubted_ends(
    utterance: Utterance, intent: Intent, entities: EntitiesRead, times: TimesRead, signs: tuple[Sign, ...]
) -> tuple[Doubt, ...]:
    """«could lena's meeting end at 11»: another end is another length; and what it is to be beside, told by its kind."""
    if intent is not Intent.RESCHEDULE:
        return ()
    ends = _at_end(times, signs)
    begins = [sign.span.start for sign in signs if sign.cue is Cue.FINISHES]
    doubts = beside_type(utterance, entities.type_span) if entities.event_type else ()
    if not ends:
        return doubts
    return (*doubts, Doubt(kind=DoubtKind.UNREAD_THAT_MATTERS, span=Span(begins[0], ends[0].span.end), cue=Cue.BOUND))


def _of_all(times: TimesRead, signs: tuple[Sign, ...]) -> TimesRead:
    """Which meetings: the one time that is no amount, where no verb says where they go."""
    far = [sign.span for sign in signs if sign.cue in _STEPS and sign.holds_amount and sign.amount]
    said = [one for one in times.moments if not any(at.start < one.span.end and one.span.start < at.end for at in far)]
    if not far or times.from_moment is not None or len(said) != 1 or said[0].span.end > far[0].start:
        return times
    return times._replace(moments=(), from_moment=said[0])


def _at_end(times: TimesRead, signs: tuple[Sign, ...]) -> list[Moment]:
    """The clocks right behind «ends at»."""
    ends = [sign.span.end for sign in signs if sign.cue is Cue.FINISHES]
    return [
        one
        for one in times.moments
        if one.hours is not None
        and one.hours.end is None
        and any(one.span.start <= end <= one.span.end for end in ends)
    ] + [one for one in times.moments if any(0 < one.span.start - end <= 1 for end in ends)]


def _begun(moment: Moment, length: timedelta) -> Moment:
    """The time that begins a length before the clock that was said."""
    if moment.hours is None or moment.hours.start is None:
        return moment
    start = (datetime.combine(date(2000, 1, 2), moment.hours.start) - length).time()
    return replace(moment, hours=replace(moment.hours, start=start))
