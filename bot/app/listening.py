"""The HTTP server: uvicorn's, which looks round once a second instead of ten times, and at once when it is told to end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from types import FrameType

_LOOK_SECONDS = 1.0
"""How old the date in an answer may be."""


class Server(uvicorn.Server):
    """Serves until a signal ends it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._loop = asyncio.get_running_loop()
        self._looks = asyncio.Event()

    async def main_loop(self) -> None:
        """Until the end."""
        while not await self.on_tick(0):
            self._loop.call_later(_LOOK_SECONDS, self._looks.set)
            await self._looks.wait()
            self._looks.clear()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal: uvicorn takes note of it, and is woken."""
        super().handle_exit(sig, frame)
        self._loop.call_soon_threadsafe(self._looks.set)
