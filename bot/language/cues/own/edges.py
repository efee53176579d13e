"""Where a day of somebody begins or ends («i start at 11 tomorrow», «i leave at 3 on fridays»), and what stays of one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.meaning import Certainty, Grain, Hours, Intent, Open
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.entities.reading import EntitiesRead
    from bot.language.intents.finding import IntentRead
    from bot.language.meaning import Days, Moment, Reference, Sign
    from bot.language.times.moments import TimesRead

EDGES = frozenset((Cue.BEGINS_DAY, Cue.ENDS_DAY))
_ASKING = frozenset((Cue.QUESTION, Cue.ASKS_FREE, Cue.STANDING, Cue.FOLLOWS, Cue.MESSAGES, Cue.CANCELS, Cue.MOVES))
_LOOSELY = frozenset(
    (
        *(Intent.OUT_OF_SCOPE, Intent.FIND_SLOTS, Intent.BOOK, Intent.RESCHEDULE, Intent.TIME_OFF, Intent.SET_HOURS),
        *(Intent.HOLD, Intent.LIST_BOOKINGS, Intent.CHANGE_PROFILE, Intent.SHOW_HOURS, Intent.GREETING),
    )
)
"""What such a text may be read as by its other words."""


def hours_by_edge(
    found: IntentRead, times: TimesRead, signs: tuple[Sign, ...], reference: Reference, entities: EntitiesRead
) -> tuple[IntentRead, TimesRead] | None:
    """Hours that begin or end at the one clock time named, said by itself of a day; None for any other text."""
    times = _without_word(times, signs)
    clocked = [one for one in times.moments if one.hours is not None]
    names_somebody = entities.people or entities.emails or entities.mentions or entities.named_type or entities.topic
    if len(clocked) != 1 or names_somebody or reference.options or found.intent not in _LOOSELY:
        return None
    if times.length is not None or any(sign.cue in _ASKING and not _is_article(sign, signs, times) for sign in signs):
        return None
    ends = any(sign.cue is Cue.ENDS_DAY for sign in signs)
    edge = _edge(clocked[0], ends=ends)
    edges = [sign.span for sign in signs if sign.cue in EDGES]
    is_off = any(
        sign.cue is Cue.OFF and not any(one.start <= sign.span.start < one.end for one in edges) for sign in signs
    )
    if is_off or any(sign.cue in _AWAY for sign in signs):
        return None  # «ik ben vrijdag vanaf 14 uur op vakantie»
    shut = [sign.span for sign in signs if sign.cue is Cue.CLOSES]
    across = [(one, o) for one in shut for o in edges if one.start < o.end and o.start < one.end]
    if any(one.start < o.start or not ends for one, o in across):
        return None  # «no estoy el viernes a partir de las 14»
    if edge is None or not (edge.days or len(times.moments) > 1 or times.recurrence is not None):
        return None
    moments = tuple(edge if one is clocked[0] else one for one in times.moments)
    trace = (*found.trace, f"intent set_hours: where a day {'ends' if ends else 'begins'}")
    return found._replace(intent=Intent.SET_HOURS, trace=trace), times._replace(moments=moments, excluded=())


_AWAY = frozenset((Cue.OUT_OF_OFFICE, Cue.VACATION, Cue.SICK, Cue.ON_A_TRIP))


def _is_article(sign: Sign, signs: tuple[Sign, ...], times: TimesRead) -> bool:
    """Whether «le» in «le vendredi je finis à 15h» is but part of the day."""
    if sign.cue is not Cue.FOLLOWS:
        return False
    span = sign.span
    is_within = any(o.cue is Cue.RECURRING and o.span.start <= span.start and span.end <= o.span.end for o in signs)
    return is_within or any(span.end <= one.start <= span.end + 1 for one in times.covered)


def _without_word(times: TimesRead, signs: tuple[Sign, ...]) -> TimesRead:
    """«mache um 14 uhr feierabend»: the word that ends the sign is no time of its own."""
    ends = {sign.span.end for sign in signs if sign.cue in EDGES}
    kept = tuple(one for one in times.moments if one.span.end not in ends or one.hours is None)
    return times._replace(moments=kept) if kept and len(kept) < len(times.moments) else times


def _edge(moment: Moment, *, ends: bool) -> Moment | None:
    """The hours up to that clock time, or from it on; None where a stretch with both ends was named."""
    hours = moment.hours
    if hours is None or (hours.start is not None and hours.end is not None):
        return None
    clock = hours.start or hours.end
    start, end = (None, clock) if ends else (clock, None)
    return replace(
        moment, hours=replace(hours, start=start, end=end, other=None), open=Open.BEFORE if ends else Open.AFTER
    )


def only_then(times: TimesRead, signs: Collection[Sign]) -> TimesRead:
    """«i can only do friday this week»: the working days of that week, and what of them stays; with a clock, of that day.

    Likewise where the day stands in front: «on friday i can only do the morning», «only mornings this week».
    """
    times = _with_stretch(times)
    days = [one.days for one in times.moments if one.days is not None and one.days.certainty is Certainty.KNOWN]
    runs = sorted((one for one in days if one.first != one.last), key=_length, reverse=True)[:1]
    kept = tuple(one for one in times.moments if one.days not in runs)
    if len(days) != len(times.moments):
        return times
    if not kept:
        kept = tuple(one for one in times.moments if one.hours is not None)
        whole = tuple(replace(one, hours=None, open=None, grain=Grain.DAY) for one in kept)
        return times._replace(moments=whole, excluded=kept) if len(kept) == len(times.moments) else times
    only = min((_only_of(sign, signs) for sign in signs if sign.cue is Cue.ONLY_THEN), default=0)
    is_led = any(span.start < only for span in times.covered)
    if not runs and all(one.hours is not None and (is_led or not one.hours.name) for one in kept):
        whole = tuple(replace(one, hours=None, open=None, grain=Grain.DAY) for one in kept)
        return times._replace(moments=whole, excluded=kept)
    first = min(one.first for one in days)
    monday = first - timedelta(days=first.weekday())
    week = runs[0] if runs else replace(days[0], first=monday, last=monday + timedelta(days=4), grain=Grain.WEEK)
    kept = tuple(replace(one, days=_in_week(one.days, week)) for one in kept if one.days is not None)
    return times._replace(
        moments=(replace(kept[0], days=week, hours=None, grain=Grain.WEEK, open=None),), excluded=kept
    )


def _only_of(sign: Sign, signs: Collection[Sign]) -> int:
    """Where the word «only» of a sign stands: behind the day in «ich kann donnerstag nur vormittags»."""
    words = (one.span.start for one in signs if one.cue is Cue.ONLY and one.span.end == sign.span.end)
    return next(words, sign.span.start)


def _with_stretch(times: TimesRead) -> TimesRead:
    """«on thursday i can only do 2 to 5»: the hours belong to the one day that was named."""
    if len(times.moments) != 1 or len(times.stretches) != 1 or times.moments[0].hours is not None:
        return times
    ((start, end),) = times.stretches
    hours = Hours(start=start, end=end)
    return times._replace(moments=(replace(times.moments[0], hours=hours, grain=Grain.MINUTE),))


_GOING = frozenset((Cue.OFF, Cue.CLOSES))
_HELD = frozenset((Cue.PAUSE, Cue.ENDS_DAY))
HOLDING = frozenset((Cue.PAUSE, Cue.ENDS_DAY, Cue.WORKS))


def without_parts(signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """The signs without those of closing that are but part of a break («昼休み») or of the end of a day («je ferme à 13h»)."""
    breaks = [sign.span for sign in signs if sign.cue in _HELD]

    def is_part(sign: Sign) -> bool:
        span = sign.span
        return any(one.start <= span.start and span.end <= one.end and one != span for one in breaks)

    return without_refused(tuple(sign for sign in signs if sign.cue not in _GOING or not is_part(sign)))


def without_refused(signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """The signs without the work of «ich arbeite freitag nachmittag nicht», which tells no hours."""
    nots = [sign.span.start for sign in signs if sign.cue is Cue.NEGATED]
    refused = [
        sign.span
        for sign in signs
        if sign.cue is Cue.CLOSES and any(sign.span.start <= at < sign.span.end for at in nots)
    ]
    return tuple(
        sign
        for sign in signs
        if sign.cue is not Cue.WORKS
        or not any(one.start < sign.span.end and sign.span.start < one.end for one in refused)
    )


def left_by_nothing(times: TimesRead, signs: Collection[Sign]) -> TimesRead:
    """«wednesday nothing after 3»: the time as it was read is what stays of that day."""
    nots = [sign.span.start for sign in signs if sign.cue is Cue.NEGATED]
    kept = tuple(
        one
        for one in times.moments
        if one.days is not None and one.hours is not None and any(one.span.start <= at < one.span.end for at in nots)
    )
    if not kept or len(kept) != len(times.moments) or times.excluded:
        return times
    whole = tuple(replace(one, hours=None, open=None, grain=Grain.DAY) for one in kept)
    return times._replace(moments=whole, excluded=kept)


def _length(days: Days) -> timedelta:
    return days.last - days.first


def _in_week(days: Days, week: Days) -> Days:
    """The same weekdays within that week."""
    if week.first <= days.first <= week.last:
        return days
    first = week.first + timedelta(days=(days.first.weekday() - week.first.weekday()) % 7)
    return replace(days, first=first, last=first + _length(days))
