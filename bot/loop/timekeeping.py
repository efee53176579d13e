"""One time for all processes: the database's, kept by each beside its machine's own clock.

Leases and «it cannot come to light any more» compare instants that different processes wrote down. A machine whose clock is
off by more than a lease would take over work that is alive, and call a write not written that is still on its way.
"""

from __future__ import annotations

import asyncio
from dataclasses import field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from bot.errors import PencilError
from bot.logs import get_logger
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.scheduling.times import Clock

log = get_logger("timekeeping")

BEAT = timedelta(seconds=10)
TOLERATED = timedelta(seconds=1)
"""So far apart two clocks may be: a question to the database takes its time too."""


class TellsTime(Protocol):
    """What timekeeping needs of the store."""

    async def time(self) -> datetime | None:
        """The database's own instant (UTC); None where it has no clock of its own. Raises `StoreDown`."""
        ...


@dataclass(slots=True)
class AgreedClock:
    """The machine's clock, set by the database's."""

    machine: Clock
    ahead: timedelta = field(default=timedelta(0))
    """How much the machine is ahead of the database."""

    def now(self) -> datetime:
        """The present instant (UTC), as all processes have it."""
        return self.machine.now() - self.ahead

    async def compare(self, store: TellsTime) -> None:
        """Set it, when it is off by more than is tolerated. Raises `StoreDown`."""
        before = self.machine.now()
        there = await store.time()
        after = self.machine.now()
        if there is None:
            return
        ahead = before + (after - before) / 2 - there
        if abs(ahead - self.ahead) > TOLERATED + (after - before) / 2:
            log.warning("clock.off", seconds=round(ahead.total_seconds(), 1))
            self.ahead = ahead

    async def run(self, store: TellsTime) -> None:
        """For ever: compare. While the database is away the last comparison holds."""
        while True:
            await asyncio.sleep(BEAT.total_seconds())
            try:
                await self.compare(store)
            except PencilError as error:
                log.info("clock.not_compared", error=type(error).__name__)
