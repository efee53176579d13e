"""Which hours on which weekdays a request about working hours names, beyond the moments that were read from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.request.revise import says_day
from bot.language.meaning import Frequency
from bot.language.signs import Cue

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from bot.dialogue.families import HoursRequest
    from bot.language.meaning import Moment
    from bot.scheduling.models import Hours

WORKDAYS = (0, 1, 2, 3, 4)
_ALL_DAYS = tuple(range(7))
_MIDNIGHT = time(0)
_DAY = 24 * 60
MOST_DAYS_OFF = 62
"""On one card."""


def means_every_week(request: HoursRequest) -> bool:
    """Whether hours of every week are meant rather than those of one date: «saturdays», «mon to thu», not «on saturday»."""
    return Cue.RECURRING in request.cues or len(set(request.weekdays)) > 1


def clocks_said(request: HoursRequest) -> tuple[tuple[time, time], ...]:
    """The stretches of the day: all that the text names, else as they were read in its times."""
    hours = [m.hours for m in request.moments if m.hours is not None and not (m.hours.name and request.stretches)]
    read = tuple((one.start, one.end) for one in hours if one.start and one.end)
    return request.stretches if len(request.stretches) > len(read) else tuple(dict.fromkeys(read)) or request.stretches


def closed_said(request: HoursRequest) -> tuple[tuple[time, time], ...]:
    """The parts of the day that are to go every week («never before 10»), midnight being the end of a day."""
    if Cue.CLOSES not in request.cues or Cue.OUTSIDE in request.cues:
        return ()
    hours = [moment.hours for moment in request.moments if moment.hours is not None]
    read = tuple((one.start or _MIDNIGHT, one.end or _MIDNIGHT) for one in hours if one.start or one.end)
    return read or request.stretches


def without(hours: Sequence[Hours], days: Collection[int], closed: Sequence[tuple[time, time]]) -> tuple[Hours, ...]:
    """The hours of a week without a part of these days."""
    found: list[Hours] = []
    for row in hours:
        named = tuple(day for day in row.weekdays if day in days)
        others = tuple(day for day in row.weekdays if day not in days)
        found += [replace(row, weekdays=others)] if others else []
        left = [(row.start, row.end)]
        for start, end in closed:
            left = [part for one in left for part in _around(one, (start, end))]
        found += [replace(row, weekdays=named, start=start, end=end) for start, end in left] if named else []
    return tuple(sorted(found, key=lambda row: (row.weekdays, row.start)))


def _around(one: tuple[time, time], gone: tuple[time, time]) -> list[tuple[time, time]]:
    first, last = (_minute(one[0]), _minute(one[1]) or _DAY)
    start, end = (_minute(gone[0]), _minute(gone[1]) or _DAY)
    parts = ((first, min(last, start)), (max(first, end), last))
    return [(_clock(begin), _clock(finish)) for begin, finish in parts if begin < finish]


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def weekdays_said(request: HoursRequest) -> tuple[int, ...]:
    """The weekdays meant, Monday being 0."""
    repeated = request.recurrence
    if request.weekdays and not repeated:
        return tuple(sorted(set(request.weekdays)))
    named = set(repeated.weekdays) if repeated is not None else set[int]()
    if not named and repeated is not None and repeated.frequency is Frequency.DAILY:
        named = set(_ALL_DAYS)
    for moment in request.moments:
        if not named and moment.days is not None and says_day(moment):
            span = (moment.days.last - moment.days.first).days
            named |= {(moment.days.first + timedelta(days=n)).weekday() for n in range(min(span, 6) + 1)}
    return tuple(sorted(named | set(request.weekdays)))


def days_said(request: HoursRequest) -> list[date]:
    """The dates of the calendar that were named, in their order."""
    return [day for moment in request.moments for day in days_of(moment)]


def days_of(moment: Moment) -> list[date]:
    """The dates of one moment; one more than fit on a card where there are too many."""
    if moment.days is None:
        return []
    span = min((moment.days.last - moment.days.first).days, MOST_DAYS_OFF + 1)
    return [moment.days.first + timedelta(days=n) for n in range(span + 1)]
