"""What is left of the days on which somebody is off: nothing, or what lies around the stretch that was said. Pure."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from bot.scheduling.models import Override

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.language.meaning import Moment
    from bot.scheduling.models import Schedule

_MIDNIGHT = time(0)
_Stretch = tuple[time, time]
"""From a clock to a clock; midnight as the end is the end of the day."""


def left_of_days(moments: Sequence[Moment], schedule: Schedule, days: Sequence[date]) -> tuple[Override, ...]:
    """The other hours of these days, one row a stretch that stays; a day of which nothing stays is off."""
    clocks = [m.hours for m in moments if m.hours is not None and (m.hours.start or m.hours.end)]
    out: list[Override] = []
    for day in days:
        named = [m for m in moments if m.days is not None and m.days.first <= day <= m.days.last]
        off = [stretch for m in named if (stretch := _off(m, day)) is not None]
        if not off and len(clocks) == 1 and not any(m.is_through for m in moments):  # «thursday … 1pm to 3pm», apart
            off = [(clocks[0].start or _MIDNIGHT, clocks[0].end or _MIDNIGHT)]
        out += _around(schedule, day, off)
    return tuple(out)


def _off(moment: Moment, day: date) -> _Stretch | None:
    """What a moment takes of one of its days; None when it names no clock, or the whole of this day."""
    if moment.hours is None or moment.days is None or (moment.hours.start is None and moment.hours.end is None):
        return None
    start, end = moment.hours.start or _MIDNIGHT, moment.hours.end or _MIDNIGHT
    if moment.is_through:  # «from monday 3pm to wednesday noon»
        start = start if day == moment.days.first else _MIDNIGHT
        end = end if day == moment.days.last else _MIDNIGHT
    elif end <= start:
        end = _MIDNIGHT  # it goes on into the next day
    return start, end


def _around(schedule: Schedule, day: date, off: Sequence[_Stretch]) -> list[Override]:
    left = [(row.start, row.end) for row in schedule.hours if day.weekday() in row.weekdays] if off else []
    for start, end in off:
        before = [(first, start if _later(last, start) == last else last) for first, last in left if first < start]
        after = [(max(first, end), last) for first, last in left if end != _MIDNIGHT and _later(last, end) != end]
        left = before + after
    return [Override(day=day, start=first, end=last) for first, last in sorted(left)] or [Override(day=day)]


def _later(one: time, other: time) -> time:
    """The later of two ends."""
    return one if one == _MIDNIGHT or (other != _MIDNIGHT and one >= other) else other
