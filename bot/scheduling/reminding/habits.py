"""What a person is used to: which event type, how long, where they are, and how they read a clock and a week."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta  # noqa: TC003  stored by pydantic adapters, which read annotations
from typing import TYPE_CHECKING

from bot.scheduling.times import TwelveHours, find_zone
from bot.values import dataclass

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.scheduling.models import Person

MONDAY, SATURDAY, SUNDAY = 0, 5, 6
FIRST_DAYS = (MONDAY, SUNDAY, SATURDAY)
"""With which weekdays a week can begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """The defaults are those of somebody who has set nothing."""

    event_type: str = ""
    """The type that is meant where none is named, by id; empty: the usual one."""
    length: timedelta | None = None
    """How long a meeting is where nothing else says so."""
    zone: str = ""
    """Where the person is, as an IANA name; empty: where the surface says."""
    is_twelve_hour: bool = False
    """Times are told as 2:00 pm."""
    week_starts: int = MONDAY

    def __post_init__(self) -> None:
        if self.week_starts not in FIRST_DAYS:
            raise ValueError(f"a week begins on 0, 5 or 6, got {self.week_starts}")

    def at_home(self, person: Person) -> Person:
        """The person in the zone that they have set."""
        return replace(person, zone=self.zone) if find_zone(self.zone) else person

    def told_in(self, zone: ZoneInfo) -> ZoneInfo:
        """The zone, with the clock that the person reads."""
        return TwelveHours(zone.key) if self.is_twelve_hour else zone


NO_HABITS = Habits()
