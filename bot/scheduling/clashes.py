"""What stands in the way of a meeting that is to be approved: found just before, named, and decided by its host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.scheduling.models import Booking
    from bot.scheduling.times import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A stretch that is taken already: by another booking, or, without one, by an entry of a connected calendar."""

    interval: Interval
    booking: Booking | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clashing:
    """A request as it is now, and what its time clashes with."""

    booking: Booking
    clashes: tuple[Clash, ...]
