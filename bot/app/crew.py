"""The tasks of one process. Nothing else starts one, so that shutdown knows what it has to wait for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.logs import get_logger

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from datetime import timedelta

log = get_logger("crew")


class Crew:
    """The tasks of one process: turns are waited for at shutdown, loops are ended."""

    def __init__(self, group: asyncio.TaskGroup) -> None:
        self._group = group
        self._turns: set[asyncio.Task[None]] = set()
        self._loops: list[asyncio.Task[None]] = []

    def spawn(self, work: Coroutine[None, None, None], /) -> None:
        """Start work that shutdown waits for. An exception in it is logged, never raised into the group."""
        task = self._group.create_task(_guarded(work))
        self._turns.add(task)
        task.add_done_callback(self._turns.discard)

    @property
    def is_busy(self) -> bool:
        """Whether any turn is at work."""
        return bool(self._turns)

    def keep(self, loop: Coroutine[None, None, None]) -> None:
        """Start a loop that runs until shutdown."""
        self._loops.append(self._group.create_task(loop))

    async def drain(self, limit: timedelta) -> None:
        """End the loops, wait for the turns; what is still at work after the limit is left to recovery."""
        for loop in self._loops:
            loop.cancel()
        until = asyncio.get_running_loop().time() + limit.total_seconds()
        while self._turns and (left := until - asyncio.get_running_loop().time()) > 0:
            await asyncio.wait(set(self._turns), timeout=left)
        for turn in set(self._turns):
            turn.cancel()


async def _guarded(work: Coroutine[None, None, None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001  the outermost loop of a task: its surface has told the person already
        log.error("task.failed", cause=error)
