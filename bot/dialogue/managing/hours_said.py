"""Which hours on which weekdays a request about working hours names, beyond the moments that were read from it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.request.revise import says_day
from bot.language.meaning import Frequency
from bot.language.signs import Cue

if TYPE_CHECKING:
    from datetime import date, time

    from bot.dialogue.families import HoursRequest
    from bot.language.meaning import Moment

WORKDAYS = (0, 1, 2, 3, 4)
_ALL_DAYS = tuple(range(7))
MOST_DAYS_OFF = 62
"""On one card."""


def means_every_week(request: HoursRequest) -> bool:
    """Whether hours of every week are meant rather than those of one date: «saturdays», «mon to thu», not «on saturday»."""
    return Cue.RECURRING in request.cues or len(set(request.weekdays)) > 1


def clocks_said(request: HoursRequest) -> tuple[tuple[time, time], ...]:
    """The stretches of the day: all that the text names, else as they were read in its times."""
    read = tuple((m.hours.start, m.hours.end) for m in request.moments if m.hours and m.hours.start and m.hours.end)
    return request.stretches if len(request.stretches) > len(read) else tuple(dict.fromkeys(read)) or request.stretches


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
