"""Closes polls whose time is up, and tells their askers what came of them. The first process to close one tells."""

from __future__ import annotations

import asyncio
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.context import Letter
from bot.dialogue.together import polling
from bot.logs import get_logger
from bot.scheduling.replacing import replace
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.loop.together.letters import Letters
    from bot.scheduling.times import Clock
    from bot.scheduling.together.polls import Poll, Polls

log = get_logger("closing")

BEAT = timedelta(seconds=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Looks after polls."""

    polls: Polls
    letters: Letters
    clock: Clock
    beat: timedelta = BEAT

    async def run(self) -> None:
        """For ever."""
        while True:
            try:
                await self.sweep()
            except Exception as error:  # noqa: BLE001  one of the outermost loops: it must not end
                log.error("closing.failed", cause=error)
            await asyncio.sleep(self.beat.total_seconds())

    async def sweep(self) -> int:
        """One round; how many polls were closed."""
        closed = 0
        for poll in await self.polls.due_polls(now=self.clock.now()):
            if await self.polls.close_poll(poll.id, now=self.clock.now()):
                closed += 1
                await self._tell(poll)
        return closed

    async def _tell(self, poll: Poll) -> None:
        now = self.clock.now()
        reply, card = polling.result_for_asker(poll, secrets.token_urlsafe(15), now)
        closed = replace(poll, closed_at=now)
        told = () if poll.has_everybody else (Letter(reply=reply, to=poll.owner, card=card),)
        letters = (*polling.shown_anew(closed, now), *told)
        await self.letters.send(letters, poll.owner)
        log.info("poll.closed", votes=len(poll.votes))
