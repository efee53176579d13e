"""What is free: working hours minus what is taken, cut into slots.

Wall-clock hours become instants through `wall_to_instant`, so a day around a clock change has its own length. A slot
grid starts at the beginning of each free stretch, moved up to a round minute, and steps by the type's interval.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.sandbox.world.calendar import Booking, EventType, Schedule, State, World
from bot.scheduling.times import Interval, find_zone, wall_to_instant
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.sandbox.world.accounts import Account

_ROUND_MINUTES = (60, 30, 20, 15, 10, 5)
_LONGEST_LOOK = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What slots are looked for. `ignoring` is the uid of a booking whose own time counts as free."""

    event_type: EventType
    start: datetime
    end: datetime
    length: timedelta
    ignoring: str | None = None


def find_slots(world: World, wish: Wish) -> tuple[datetime, ...]:
    """Starts of the slots that lie wholly inside the wish's window, in order, with holds taken out."""
    hosts = _hosts(world, wish.event_type)
    window = _bookable_window(world, wish)
    if window is None or not hosts:
        return ()
    free = [_free(world, host, wish, window) for host in hosts]
    stretches = (
        _all_free(free) if wish.event_type.scheduling != "roundRobin" else [part for one in free for part in one]
    )
    starts = sorted(
        {start for stretch in stretches for start in _grid(stretch, wish, hosts[0])} | _open_seats(world, wish, window)
    )
    if wish.event_type.settings.get("bookingLimitsCount"):
        starts = [start for start in starts if not is_full(world, wish.event_type, start, hosts[0])]
    held = [hold for hold in world.live_holds() if set(hold.hosts) & {host.id for host in hosts}]
    return tuple(s for s in starts if not any(hold.start < s + wish.length and s < hold.end for hold in held))


def free_hosts(world: World, wish: Wish) -> tuple[Account, ...]:
    """The hosts who could meet from `wish.start` for its length; holds do not count, as they are advisory."""
    wanted = Interval(wish.start, wish.start + wish.length)
    return tuple(
        host
        for host in _hosts(world, wish.event_type)
        if any(part.start <= wanted.start and wanted.end <= part.end for part in _free(world, host, wish, wanted))
    )


def is_full(world: World, event_type: EventType, start: datetime, host: Account) -> bool:
    """Whether the type has as many bookings as it takes in that day, week, month or year of its host's zone."""
    limits = event_type.settings.get("bookingLimitsCount")
    if not isinstance(limits, dict) or limits.get("disabled"):
        return False
    zone = find_zone(host.zone) or ZoneInfo("UTC")
    wanted = _periods(start, zone)
    booked = [
        _periods(booking.start, zone)
        for booking in world.bookings.values()
        if booking.event_type == event_type.id and booking.state in {State.ACCEPTED, State.PENDING}
    ]
    return any(
        sum(other[name] == wanted[name] for other in booked) >= most
        for name, most in limits.items()
        if name in wanted and isinstance(most, int)
    )


def _periods(instant: datetime, zone: ZoneInfo) -> dict[str, tuple[int, ...]]:
    day = instant.astimezone(zone).date()
    return {
        "day": (day.toordinal(),),
        "week": tuple(day.isocalendar()[:2]),
        "month": (day.year, day.month),
        "year": (day.year,),
    }


def seated_booking(world: World, event_type: EventType, start: datetime) -> Booking | None:
    """The shared booking of a seated type at that start, if there is one."""
    for booking in world.bookings.values():
        if booking.event_type == event_type.id and booking.start == start and booking.state is State.ACCEPTED:
            return booking
    return None


def working_intervals(schedule: Schedule, window: Interval) -> Iterator[Interval]:
    """The working hours of a schedule as instants, cut to the window, in order."""
    zone = find_zone(schedule.zone) or ZoneInfo("UTC")
    day = window.start.astimezone(zone).date() - timedelta(days=1)
    last = window.end.astimezone(zone).date()
    while day <= last:
        for start, end in _hours_on(schedule, day):
            part = _cut(_between(day, start, end, zone), window)
            if part is not None:
                yield part
        day += timedelta(days=1)


def without(parts: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """The parts minus everything that is taken, in order."""
    left = sorted(parts)
    for block in taken:
        left = [rest for part in left for rest in _minus(part, block)]
    return left


def bookable_until(world: World, event_type: EventType, zone: ZoneInfo) -> Interval | None:
    """The window in which a type may be booked at all (notice and booking window), or None where it has closed."""
    now = world.now()
    start, end = now + event_type.notice, now + _LONGEST_LOOK * 5
    window = event_type.window
    if window and not window.get("disabled"):
        value = window.get("value")
        if window.get("type") == "range" and isinstance(value, list) and len(value) == 2:
            first, last = (date.fromisoformat(str(v)[:10]) for v in value)
            start = max(start, wall_to_instant(first, time(0), zone))
            end = wall_to_instant(last + timedelta(days=1), time(0), zone)
        elif isinstance(value, int):
            days = _business_days(now.astimezone(zone).date(), value) if window.get("type") == "businessDays" else value
            end = wall_to_instant(now.astimezone(zone).date() + timedelta(days=days + 1), time(0), zone)
    return Interval(start, end) if start < end else None


def _hosts(world: World, event_type: EventType) -> tuple[Account, ...]:
    if event_type.scheduling == "managed":
        return ()
    return tuple(world.accounts[host] for host in event_type.hosts if host in world.accounts)


def _bookable_window(world: World, wish: Wish) -> Interval | None:
    if wish.end <= wish.start:
        return None
    asked = Interval(wish.start, min(wish.end, wish.start + _LONGEST_LOOK))
    hosts = _hosts(world, wish.event_type)
    zone = find_zone(hosts[0].zone) if hosts else None
    allowed = bookable_until(world, wish.event_type, zone or ZoneInfo("UTC"))
    return _cut(allowed, asked) if allowed else None


def _free(world: World, host: Account, wish: Wish, window: Interval) -> list[Interval]:
    schedule = world.schedule_of(host, wish.event_type)
    if schedule is None:
        return []
    return without(working_intervals(schedule, window), _taken(world, host, wish))


def _taken(world: World, host: Account, wish: Wish) -> Iterator[Interval]:
    before, after = wish.event_type.buffer_before, wish.event_type.buffer_after
    for busy in world.busy:
        if busy.owner == host.id:
            yield Interval(busy.start - after, busy.end + before)
    yield from (away.interval for away in world.aways.values() if away.owner == host.id)
    for booking in world.bookings_of(host.id):
        if booking.uid == wish.ignoring or not blocks(world, booking):
            continue
        kind = world.event_types.get(booking.event_type)
        own_before, own_after = (kind.buffer_before, kind.buffer_after) if kind else (timedelta(0), timedelta(0))
        yield Interval(booking.start - own_before - after, booking.end + own_after + before)


def blocks(world: World, booking: Booking) -> bool:
    """Whether a booking takes its host's time: accepted ones do, requests only where their type says so."""
    if booking.state is State.ACCEPTED:
        return True
    kind = world.event_types.get(booking.event_type)
    return booking.state is State.PENDING and bool(kind and kind.approval and kind.approval.get("blocks"))


def _open_seats(world: World, wish: Wish, window: Interval) -> set[datetime]:
    """Times of a seated type that already has people but room for more."""
    seats = wish.event_type.seat_count
    if seats is None:
        return set()
    return {
        booking.start
        for booking in world.bookings.values()
        if booking.event_type == wish.event_type.id
        and booking.state is State.ACCEPTED
        and window.start <= booking.start
        and booking.end <= window.end
        and len(booking.guests) < seats
    }


def _grid(stretch: Interval, wish: Wish, host: Account) -> Iterator[datetime]:
    step = wish.event_type.slot_interval or wish.length
    start = _round_up(stretch.start, step, find_zone(host.zone) or ZoneInfo("UTC")) + wish.event_type.offset
    while start + wish.length <= stretch.end:
        yield start
        start += step + wish.event_type.offset


def _round_up(instant: datetime, step: timedelta, zone: ZoneInfo) -> datetime:
    """Up to the next minute of the hour that the step divides; 9:07 with a step of 30 minutes becomes 9:30."""
    minutes = int(step.total_seconds() // 60)
    grain = next((size for size in _ROUND_MINUTES if minutes % size == 0), 1)
    local = instant.astimezone(zone)
    over = timedelta(minutes=local.minute % grain, seconds=local.second, microseconds=local.microsecond)
    return instant if not over else instant + timedelta(minutes=grain) - over


def _all_free(free: list[list[Interval]]) -> list[Interval]:
    common = free[0]
    for other in free[1:]:
        common = [both for one in common for two in other if (both := _cut(one, two)) is not None]
    return common


def _hours_on(schedule: Schedule, day: date) -> list[tuple[time, time]]:
    special = [override for override in schedule.overrides if override.day == day]
    if special:
        return [(o.start, o.end) for o in special if o.start is not None and o.end is not None and o.start != o.end]
    return sorted((hours.start, hours.end) for hours in schedule.hours if day.weekday() in hours.weekdays)


def _between(day: date, start: time, end: time, zone: ZoneInfo) -> Interval | None:
    first = wall_to_instant(day, start, zone)
    last = wall_to_instant(day + timedelta(days=1) if end == time(0) else day, end, zone)
    return Interval(first, last) if first < last else None


def _cut(part: Interval | None, window: Interval) -> Interval | None:
    if part is None:
        return None
    start, end = max(part.start, window.start), min(part.end, window.end)
    return Interval(start, end) if start < end else None


def _minus(part: Interval, block: Interval) -> Iterator[Interval]:
    if not part.overlaps(block):
        yield part
        return
    if part.start < block.start:
        yield Interval(part.start, block.start)
    if block.end < part.end:
        yield Interval(block.end, part.end)


def _business_days(today: date, count: int) -> int:
    """How many calendar days hold that many working days from tomorrow on."""
    days = 0
    while count > 0:
        days += 1
        if (today + timedelta(days=days)).weekday() < 5:
            count -= 1
    return days
