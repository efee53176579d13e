"""Time: the guards, the interval, zones, and the one way from wall time to an instant.

Rule for the next editor: arithmetic and comparison happen on instants (UTC). Wall time exists only beside a zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones

from bot.values import dataclass


class Clock(Protocol):
    """What the floors from the loop up ask for the time."""

    def now(self) -> datetime:
        """The present instant (UTC)."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant (UTC)."""
        return datetime.now(UTC)


def require_instants(*values: datetime) -> None:
    """Raise ValueError unless every value is aware and in UTC."""
    for value in values:
        if value.tzinfo is UTC:  # nearly all: a turn makes a hundred
            continue
        offset = value.utcoffset()
        if offset is None:
            raise ValueError(f"{value!r} has no zone")
        if offset:
            raise ValueError(f"{value!r} is not in UTC")


def as_instant(value: datetime) -> datetime:
    """An aware datetime as UTC; ValueError on a naive one."""
    if value.tzinfo is UTC:
        return value
    if value.tzinfo is None or value.utcoffset() is None:
        raise ValueError(f"{value!r} has no zone")
    return value.astimezone(UTC)


class TwelveHours(ZoneInfo):
    """The zone of somebody who reads a twelve-hour clock.

    Every sentence that tells a time is given the zone to tell it in, so the zone says which clock is read there; in
    arithmetic it is the same as any other.
    """


@lru_cache(maxsize=1024)
def find_zone(name: str | None) -> ZoneInfo | None:
    """The zone of an IANA name, or None when there is none of that name."""
    if not name or name.startswith(("/", ".")) or ".." in name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def zone_called(text: str) -> ZoneInfo | None:
    """The zone that somebody typed: an IANA name or the city at its end, in any case; None when there is none."""
    name = text.strip().replace(" ", "_").lower()
    return find_zone(_zone_names().get(name)) if name else None


@lru_cache(maxsize=1)
def _zone_names() -> dict[str, str]:
    """Every IANA name by itself and by its city, in lower case. The full names win, then the first by the alphabet."""
    names = sorted(available_timezones(), reverse=True)
    cities = {name.rpartition("/")[2].lower(): name for name in names if "/" in name}
    return cities | {name.lower(): name for name in names}


def wall_to_instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant of a wall time in a zone.

    A skipped wall time (spring) moves forward by the gap, 02:30 → 03:30; a repeated one (autumn) is the earlier of the
    two. The same choice as RFC 5545, 3.3.5.
    """
    wall = datetime.combine(day, clock.replace(tzinfo=None), tzinfo=zone)
    return wall.replace(fold=0).astimezone(UTC)


def day_bounds(day: date, zone: ZoneInfo) -> Interval:
    """The local day as instants: 23, 24 or 25 hours."""
    return Interval(wall_to_instant(day, time(0), zone), wall_to_instant(day + timedelta(days=1), time(0), zone))


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A stretch of time. Both ends are instants (UTC); `end` is exclusive and after `start`."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        require_instants(self.start, self.end)
        if self.end <= self.start:
            raise ValueError(f"interval ends at {self.end} but starts at {self.start}")

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.start

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share any instant."""
        return self.start < other.end and other.start < self.end

    def contains(self, instant: datetime) -> bool:
        """Whether the instant lies in it."""
        return self.start <= instant < self.end
