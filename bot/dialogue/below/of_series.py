"""Short texts below the dates of a series: «only the first two», «make it thursday», «and thursdays at 2», «thursday at 5»."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.families import SlotRequest
from bot.dialogue.finding.propose import series_clock, series_dates
from bot.dialogue.finding.repeating.dates import has_end
from bot.dialogue.request import revise
from bot.dialogue.talk import go_on, say, show
from bot.dialogue.wording import booking as words
from bot.dialogue.wording import bookings as booking_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording import small_talk as small_words
from bot.language.meaning import Frequency, Hours, Intent, Open, Turn
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from bot.dialogue.context import Decision
    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Recurrence, Understanding

_LEAVES_OUT = (Cue.WITHOUT, Cue.EXCEPT, Cue.NEGATED)
_ALONE = (Cue.ONLY, Cue.ONE_DATE, Cue.NO)
_LOOSE = frozenset(
    {Intent.OUT_OF_SCOPE, Intent.REFINE, Intent.MORE_OPTIONS, Intent.SELECT, Intent.DENY, Intent.AFFIRM}
    | {Intent.FIND_SLOTS, Intent.BOOK, Intent.LIST_BOOKINGS, Intent.RESCHEDULE, Intent.GREETING}
)
"""What such a text is taken for by itself."""


_WEEK = timedelta(days=7)


def of_series(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """What such a text comes to; None for any other."""
    series = request.recurrence if isinstance(request, SlotRequest) and not request.is_done else None
    if series is None or not isinstance(request, SlotRequest) or u.intent not in _LOOSE:
        return None
    if u.people or u.emails or u.mentions:
        return None
    if u.recurrence is not None:
        return _more_of_a_week(talk, u, request, series) or _other_days(talk, u, request, series)
    if u.length is not None and u.length >= _WEEK and not (u.moments or u.has(*_LEAVES_OUT)):
        return _lasting(talk, u.length, u.by, request, series)
    if (numbered := _numbered(talk, u, request)) is not None:
        return numbered
    if u.moments:
        return None if u.excluded or u.has(*_LEAVES_OUT) else _on_days(talk, u, request, series)
    count = u.several or u.count
    if count is None or count < 0 or u.has(*_LEAVES_OUT):
        return None
    return go_on(talk, replace(request, recurrence=replace(series, count=count, until=None)))


def _numbered(talk: Talk, u: Understanding, request: SlotRequest) -> Decision | None:
    """«skip the 2nd and the 4th», «drop the last two», «only the first and the third»: dates by their place on the card.

    A number that is a date of the series is that date.
    """
    dates = [slot.start.astimezone(talk.zone).date() for slot in talk.conversation.offered]
    said = {one.days.first for one in (*u.moments, *u.excluded) if one.days is not None and one.says_day}
    numbers = u.excluded_picks or u.picks
    if u.has(Cue.ONLY) and u.weekdays and u.choice is not None and not u.excluded:
        numbers, said = (u.choice,), set()  # «only the second tuesday»
    if said & set(dates):
        are_days = said <= set(dates) and len(numbers) <= len(said)
        return None if are_days else say(talk, small_words.which_one())
    if u.several is not None and u.has(*_LEAVES_OUT):
        gone = dates[: u.several] if u.several > 0 else dates[u.several :]
    else:
        there = [dates[number - 1 if number > 0 else number] for number in numbers if abs(number) <= len(dates)]
        gone = there if u.excluded_picks else [day for day in dates if day not in there]
        gone = gone if there and len(there) == len(numbers) else []
    if not gone and said and dates and (u.excluded or u.has(*_LEAVES_OUT)):
        return _on_none(talk, u, request)
    if not gone or len(gone) == len(dates):
        return None
    return go_on(talk, replace(request, excluded=(*request.excluded, *map(revise.on_day, gone))))


def _on_none(talk: Talk, u: Understanding, request: SlotRequest) -> Decision | None:
    """«skip march 2», where no date lies."""
    days = [one.days for one in (*u.moments, *u.excluded) if one.days is not None and one.hours is None]
    if len(days) < len(u.moments) + len(u.excluded) or any(one.first != one.last for one in days):
        return None
    when = times.dates(sorted(one.first for one in days), talk.today)
    return go_on(talk.leading(booking_words.nothing_left_out(when)), request)


def _lasting(
    talk: Talk, length: timedelta, by: timedelta | None, request: SlotRequest, series: Recurrence
) -> Decision | None:
    """«for 4 weeks», «two more weeks»: how long it goes on."""
    dates = series_dates(request, talk)
    if not dates:
        return None
    start = dates[-1] + _WEEK - timedelta(days=1) if by is not None else dates[0] - timedelta(days=1)
    until = start + (by if by is not None else length)
    return go_on(talk, replace(request, recurrence=replace(series, count=None, until=until)))


def _other_days(talk: Talk, u: Understanding, request: SlotRequest, series: Recurrence) -> Decision | None:
    """«thursdays instead», «fridays at 10», «every other week»: another rhythm, which ends when the first one did."""
    other, dates = u.recurrence, series_dates(request, talk)
    if other is None or not dates or not has_end(series) or has_end(other) or other.turns or len(u.moments) > 1:
        return None
    clock = u.moments[0].hours.start if u.moments and u.moments[0].hours is not None else series_clock(request)
    weekly = Frequency.WEEKLY
    is_weekly = series.frequency is other.frequency is weekly and not (other.nth or other.pick or series.nth)
    if clock is None or not is_weekly or not all(map(_is_at_most_clock, u.moments)) or u.excluded:
        return None
    weekdays = other.weekdays or series.weekdays
    is_alike = len(weekdays) == len(series.weekdays) and other.interval == series.interval
    until = series.until if is_alike else dates[-1] + timedelta(days=6 - dates[-1].weekday())
    first = u.moments[0].days.first if u.moments and u.moments[0].days is not None else dates[0]
    first = first if other.weekdays else dates[0]
    changed = replace(other, weekdays=weekdays, count=series.count if is_alike else None, until=until)
    moments = (revise.on_day(first, clock=clock),)
    return go_on(talk, replace(request, recurrence=changed, moments=moments, excluded=(), slot=None, is_each=False))


def _on_days(talk: Talk, u: Understanding, request: SlotRequest, series: Recurrence) -> Decision | None:
    """«make it thursday», «thursday at 5», «and friday at 3», «starting next week», or one date beside it («tomorrow at 3»)."""
    only = u.moments[0] if len(u.moments) == 1 else None
    if only is not None and only.open is Open.AFTER and only.days is not None and only.hours is None:
        start = replace(request, moments=(revise.on_day(only.days.first, clock=series_clock(request)),), is_each=False)
        dates = series_dates(start, talk)[:1]
        return go_on(
            talk, replace(start, moments=tuple(revise.on_day(day, clock=series_clock(request)) for day in dates))
        )
    days = [one.days.first for one in u.moments if one.days is not None and one.days.first == one.days.last]
    is_one_each = len(days) == len(u.moments) and all(one.open is None and one.says_day for one in u.moments)
    if not is_one_each or u.has(Cue.ASKS_FREE) or not all(map(_is_at_most_clock, u.moments)):
        return None
    named = {said.day for said in u.weekdays}
    weekdays = tuple(day.weekday() for day in days)
    is_weekly = series.frequency is Frequency.WEEKLY and bool(series.weekdays) and not series.nth and not series.pick
    is_soon = all(talk.today <= day <= talk.today + _WEEK for day in days)  # no «thursday 3 december»
    if not is_weekly or set(weekdays) != named or not is_soon or u.has(Cue.ONE_DATE):
        return _one_date(talk, u, request)
    new = _turns(request, zip(u.moments, weekdays, strict=True))
    if u.has(Cue.ALSO) or u.begins_with(Cue.AND):
        return _with(talk, request, series, new, days)
    if len(series.weekdays) > 1 and named <= set(series.weekdays):
        return _with(talk, request, series, new, ()) if all(map(revise.says_clock, u.moments)) else None
    starts = {day: turn.starts for turn in new for day in turn.weekdays}  # none where no clock was said yet
    first = tuple(revise.on_day(day, clock=starts.get(day.weekday())) for day in days)
    clocks = new if len({turn.starts for turn in new}) > 1 else ()
    moved = replace(series, weekdays=tuple(sorted(named)), turns=clocks)
    return go_on(talk, replace(request, recurrence=moved, moments=first, is_each=False))


def _is_at_most_clock(moment: Moment) -> bool:
    return moment.exact is None and (moment.hours is None or revise.is_point(moment))


def _turns(request: SlotRequest, said: Iterable[tuple[Moment, int]]) -> tuple[Turn, ...]:
    """Each weekday at its clock, or at that of the series."""
    usual = series_clock(request)
    clocks = [(one.hours.start if one.hours is not None else usual, day) for one, day in said]
    return tuple(Turn(starts=clock, weekdays=(day,)) for clock, day in clocks if clock is not None)


def _with(
    talk: Talk, request: SlotRequest, series: Recurrence, new: tuple[Turn, ...], days: Sequence[date]
) -> Decision | None:
    """The series with these weekdays at these clocks, whatever clocks they had."""
    usual = series_clock(request)
    if usual is None or not new:
        return None
    gone = {day for turn in new for day in turn.weekdays}
    old = series.turns or (Turn(starts=usual, weekdays=series.weekdays),)
    left = [replace(one, weekdays=tuple(d for d in one.weekdays or series.weekdays if d not in gone)) for one in old]
    turns = (*(turn for turn in left if turn.weekdays), *new)
    weekdays = tuple(sorted({*series.weekdays, *gone}))
    dates = tuple(revise.on_day(day, clock=turn.starts) for day, turn in zip(days, new, strict=False))
    changed = replace(series, weekdays=weekdays, turns=turns)
    return go_on(talk, replace(request, recurrence=changed, moments=(*request.moments, *dates), is_each=False))


def _more_of_a_week(talk: Talk, u: Understanding, request: SlotRequest, series: Recurrence) -> Decision | None:
    """«also thursdays», «and on fridays at 3»: more days of each week."""
    more = u.recurrence
    is_more = u.has(Cue.ALSO) or u.begins_with(Cue.AND)
    if more is None or not is_more or u.excluded or u.has(*_LEAVES_OUT):
        return None
    both = (series, more)
    if any(one.frequency is not Frequency.WEEKLY or not one.weekdays or one.nth or one.pick for one in both):
        return None
    if more.interval != series.interval or more.turns or len(u.moments) > 1:
        return None
    clock = u.moments[0].hours.start if u.moments and u.moments[0].hours is not None else series_clock(request)
    if clock is None or not all(map(_is_at_most_clock, u.moments)):
        return None
    days = [one.days.first for one in u.moments if one.days is not None]
    return _with(talk, request, series, (Turn(starts=clock, weekdays=more.weekdays),), days)


def _one_date(talk: Talk, u: Understanding, request: SlotRequest) -> Decision | None:
    """«tomorrow at 3» below a series: that date alone, or one more; which of them is asked."""
    clock = series_clock(request)
    hours = Hours(start=clock) if clock is not None else None
    dates = tuple(one if one.hours is not None else replace(one, hours=hours) for one in u.moments)
    if (moved := _at_another_clock(talk, u, request)) is not None:
        return moved
    alone = replace(request, recurrence=None, moments=dates, excluded=(), is_each=len(dates) > 1)
    if u.has(*_ALONE):
        return go_on(talk, alone)
    beside = replace(request, moments=(*request.moments, *dates), is_each=True)
    if u.has(Cue.ALSO) or u.begins_with(Cue.AND):
        return go_on(talk, beside)
    text = words.one_date_or_more(
        [times.date_words(one.days.first, talk.today) for one in dates if one.days is not None]
    )
    buttons = (
        resume_button("alone", words.instead_of_series(), alone),
        resume_button("beside", words.beside_series(), beside),
    )
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=buttons)), is_live=False)


def _at_another_clock(talk: Talk, u: Understanding, request: SlotRequest) -> Decision | None:
    """«the 17th at 11»: one of the dates of the series, not the first, at another time than the others."""
    days = [one.days.first for one in u.moments if one.days is not None and revise.is_point(one)]
    if len(days) < len(u.moments) or not {*days} <= {*series_dates(request, talk)[1:]} or u.has(*_ALONE):
        return None
    excluded = (*request.excluded, *map(revise.on_day, days))
    return go_on(talk, replace(request, moments=(*request.moments, *u.moments), excluded=excluded, is_each=True))
