"""Keeping leases while the work under them goes on: whoever is alive renews them, whoever was killed loses them soon.

So leases are short: a crash is taken up after seconds, and a slow answer is still nobody else's business. One beat renews
everything that this process is at work on, in two statements at most, however many turns are under way.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.errors import PencilError
from bot.logs import get_logger
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.scheduling.ledger import Inbox, Ledger
    from bot.scheduling.times import Clock

log = get_logger("leases")

LEASE = timedelta(seconds=5)
"""How long work belongs to a process that does not renew."""
_SOONEST = timedelta(seconds=1)
"""The shortest pause before a turn that failed is run again."""
_BEATS = 4
"""Renewals within one lease: a slow database may swallow some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leases:
    """What this process is at work on: turns of the inbox and offers of the ledger."""

    inbox: Inbox
    ledger: Ledger
    clock: Clock
    length: timedelta = LEASE
    turns: set[str] = field(default_factory=set)
    offers: set[str] = field(default_factory=set)

    @contextmanager
    def turn(self, key: str) -> Iterator[None]:
        """While the context lasts, the turn stays ours."""
        self.turns.add(key)
        try:
            yield
        finally:
            self.turns.discard(key)

    @contextmanager
    def offer(self, offer: str) -> Iterator[None]:
        """While the context lasts, the rows of the offer stay ours."""
        self.offers.add(offer)
        try:
            yield
        finally:
            self.offers.discard(offer)

    async def put_off(self, key: str, *, attempts: int) -> None:
        """The turn could not be finished: soon it is anybody's, later the oftener it failed. Else its lease runs out."""
        pause = min(_SOONEST * 2 ** min(attempts - 1, 10), self.length)
        try:
            await self.inbox.renew(key, now=self.clock.now(), lease=pause)
        except PencilError as error:
            log.warning("lease.not_shortened", error=type(error).__name__)

    async def run(self) -> None:
        """For ever: renew. A renewal that fails is only logged: what is lost is a lease, not the work."""
        while True:
            await asyncio.sleep(self.length.total_seconds() / _BEATS)
            try:
                await self._renew()
            except PencilError as error:
                log.warning("lease.not_renewed", error=type(error).__name__)

    async def _renew(self) -> None:
        now = self.clock.now()
        if self.turns:
            await self.inbox.renew(*self.turns, now=now, lease=self.length)
        if self.offers:
            await self.ledger.renew(*self.offers, now=now, lease=self.length)
