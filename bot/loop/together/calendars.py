"""What a person's own account says of a stretch of time: their zone, their hours, when they are busy. Never a title."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from bot.errors import Unsupported
from bot.groups import both
from bot.scheduling.models import BookingQuery, BookingState, Hours, Person, Slot
from bot.scheduling.times import Interval, day_bounds, find_zone, wall_to_instant
from bot.scheduling.together.common_time import without
from bot.scheduling.together.people import OFFICE_HOURS
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable

    from bot.scheduling.models import Override, Schedule
    from bot.scheduling.provider import Provider

Value = TypeVar("Value")

_LONGEST = timedelta(days=1)
"""A meeting that began this long before the window may still run."""
_COUNTS_AS_BUSY = (BookingState.UPCOMING, BookingState.REQUESTED)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of somebody in a stretch of time; `zone` None: not known."""

    zone: ZoneInfo | None
    hours: tuple[Hours, ...]
    busy: tuple[Interval, ...]


async def read_calendar(provider: Provider, person: Person, window: Interval) -> Seen:
    """Hours, busy times and bookings of the person's own account, asked side by side. Raises provider errors."""
    zone = find_zone(person.zone) or ZoneInfo("UTC")
    query = BookingQuery(states=_COUNTS_AS_BUSY, window=Interval(window.start - _LONGEST, window.end))
    (calendars, schedules), bookings = await both(
        both(_or_nothing(provider.busy_times(window, zone.key)), _or_nothing(provider.schedules())),
        provider.bookings(query),
    )
    schedule = next(iter(schedules), None)
    taken = {one.interval for one in calendars} | {one.slot.interval for one in bookings}
    off = _off(schedule, window) if schedule else ()
    return Seen(
        zone=(find_zone(schedule.zone) if schedule else None) or zone,
        hours=schedule.hours if schedule and schedule.hours else OFFICE_HOURS,
        busy=tuple(sorted(one for one in (*taken, *off) if one.overlaps(window))),
    )


async def _or_nothing(asked: Coroutine[object, object, tuple[Value, ...]]) -> tuple[Value, ...]:
    """What a service cannot tell at all is no reason not to believe the rest."""
    try:
        return await asked
    except Unsupported:
        return ()


def _off(schedule: Schedule, window: Interval) -> Iterable[Interval]:
    """Dates with other hours than usual: busy outside of them."""
    zone = find_zone(schedule.zone) or ZoneInfo("UTC")
    days: dict[date, list[Override]] = {}
    for override in schedule.overrides:
        days.setdefault(override.day, []).append(override)
    for day, overrides in days.items():
        whole = day_bounds(day, zone)
        if whole.overlaps(window):
            yield from without((slot for one in overrides if (slot := _open_on(one, zone))), whole)


def _open_on(override: Override, zone: ZoneInfo) -> Slot | None:
    if override.start is None or override.end is None:
        return None
    last = override.day + timedelta(days=1) if override.end <= override.start else override.day
    start, end = wall_to_instant(override.day, override.start, zone), wall_to_instant(last, override.end, zone)
    return Slot(start, end) if start < end else None
