"""The housekeeping of one process: old rows go, on a slow beat."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from bot.errors import PencilError
from bot.logs import get_logger

if TYPE_CHECKING:
    from datetime import datetime

    from bot.scheduling.times import Clock

log = get_logger("upkeep")

BEAT = timedelta(hours=1)
KEEP_CONVERSATIONS = timedelta(days=30)
KEEP_LEDGER = timedelta(days=400)
"""More than a year, so that a yearly audit finds everything."""


class Purges(Protocol):
    """What upkeep needs of the store."""

    async def purge(self, now: datetime, *, keep_conversations: timedelta, keep_ledger: timedelta) -> dict[str, int]:
        """Delete what is older; how many rows of each table."""
        ...


async def keep_tidy(store: Purges, clock: Clock, *, beat: timedelta = BEAT) -> None:
    """For ever: purge what is older than it must be kept."""
    while True:
        await asyncio.sleep(beat.total_seconds())
        try:
            gone = await store.purge(clock.now(), keep_conversations=KEEP_CONVERSATIONS, keep_ledger=KEEP_LEDGER)
        except PencilError as error:
            log.warning("upkeep.failed", error=type(error).__name__)
        else:
            log.info("upkeep.purged", rows=sum(gone.values()))
