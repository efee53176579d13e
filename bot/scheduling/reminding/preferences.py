"""What a person has set: what is told unasked, and when not, beside their habits. Off until they ask; times are wall time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo  # noqa: TC003  as above

from bot.scheduling.reminding.habits import NO_HABITS, Habits
from bot.scheduling.reminding.status import StatusWish  # noqa: TC001  as above
from bot.scheduling.times import wall_to_instant
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.scheduling.accounts import Owner

EVERY_DAY = tuple(range(7))
WORKDAYS = tuple(range(5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """A wall time on some weekdays (0 = Monday)."""

    at: time
    weekdays: tuple[int, ...] = WORKDAYS

    def __post_init__(self) -> None:
        if not self.weekdays or not set(self.weekdays) <= set(EVERY_DAY):
            raise ValueError(f"weekdays are 0 to 6, got {self.weekdays}")

    def next_after(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """The first time after `instant` that a clock in `zone` shows it; a skipped hour is told as soon as it is over."""
        today = instant.astimezone(zone).date()
        return next(
            found
            for day in _days_from(today)
            if day.weekday() in self.weekdays and (found := wall_to_instant(day, self.at, zone)) > instant
        )


def _days_from(first: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=number) for number in range(9))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours in which nothing is sent by itself; over midnight when `end` is not behind `start`."""

    start: time
    end: time

    def covers(self, instant: datetime, zone: ZoneInfo) -> bool:
        """Whether it is quiet at that instant, by the clock of `zone`."""
        clock = instant.astimezone(zone).time()
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaWish:
    """The agenda, by itself: of the day, or of the week ahead."""

    rhythm: Rhythm
    is_weekly: bool = False
    channel: str = ""
    """Where it stands for everybody, without private detail, by the surface's own id; empty: with the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What somebody has set. The defaults ask for nothing."""

    agenda: AgendaWish | None = None
    note_before: timedelta | None = None
    """A note with the join link that long before each meeting."""
    quiet: Quiet | None = None
    habits: Habits = NO_HABITS
    status: StatusWish | None = None
    looks_for_news: bool = False
    """Bookings are looked at for news, because their provider cannot reach us."""

    @property
    def is_watching(self) -> bool:
        """Whether somebody's meetings must be looked at from time to time."""
        return self.note_before is not None or self.agenda is not None


NOTHING_SET = Preferences()


class Preferred(Protocol):
    """Keeps preferences."""

    async def load(self, owner: Owner) -> Preferences:
        """What this person has asked for; nothing when they never did."""
        ...

    async def save(self, owner: Owner, preferences: Preferences) -> None:
        """Keep it from now on."""
        ...
