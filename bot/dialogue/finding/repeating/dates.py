"""The dates of a repetition that was named, expanded by dateutil.

Not here: whether those dates are free (propose.py), and single dates (fill.py).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Literal

from dateutil import rrule

from bot.language.meaning import Frequency

if TYPE_CHECKING:
    from bot.language.meaning import Recurrence

MOST_DATES = 12
"""More than a card can show at a glance."""
USUAL_DATES = 4
"""Proposed when no end was named."""
_HORIZON = timedelta(days=370)
"""No date further ahead than a year is offered with others."""
_FREQUENCIES: dict[Frequency, Literal[0, 1, 2, 3]] = {
    Frequency.DAILY: rrule.DAILY,
    Frequency.WEEKLY: rrule.WEEKLY,
    Frequency.MONTHLY: rrule.MONTHLY,
    Frequency.YEARLY: rrule.YEARLY,
}
"""What comes round within a day has no dates of its own."""


def dates_of(recurrence: Recurrence, first: date, *, most: int = MOST_DATES) -> tuple[date, ...]:
    """The dates from `first` on, at most so many; empty for what comes round within a day."""
    frequency = _FREQUENCIES.get(recurrence.frequency)
    if frequency is None:
        return ()
    limit = min(recurrence.count or (most if recurrence.until else USUAL_DATES), most)
    last = min(recurrence.until or date.max, _latest(first))
    days = [rrule.weekday(day) for day in recurrence.weekdays]
    found = rrule.rrule(
        frequency,
        dtstart=datetime.combine(first, time()),
        interval=max(recurrence.interval, 1),
        byweekday=[day(place) for day in days for place in recurrence.nth] or days or None,
        bymonthday=recurrence.month_days or None,
        bysetpos=recurrence.pick or None,
        until=datetime.combine(last, time()),
    )
    return tuple(moment.date() for moment in islice(found, limit))


def _latest(first: date) -> date:
    return first + _HORIZON if (date.max - first) > _HORIZON else date.max


def has_end(recurrence: Recurrence) -> bool:
    """Whether it was said how often or until when."""
    return recurrence.count is not None or recurrence.until is not None
