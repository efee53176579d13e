"""The line that is shown while an answer takes its time. Most answers come first: then nothing was started but a timer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import timedelta

    from bot.slack.ports import Spawn
    from bot.slack.sending.places import Place


class WaitingLine:
    """One turn's line, shown `after` a while if the turn has not come to its end by then. `say` shows it and tells where it
    stands; `stands`: where one is left from before a crash.
    """

    def __init__(
        self,
        say: Callable[[], Awaitable[Place | None]],
        spawn: Spawn,
        *,
        after: timedelta,
        stands: Place | None = None,
    ) -> None:
        self._say = say
        self._stands = stands
        self._spawn = spawn
        self._shown: asyncio.Future[Place | None] | None = None
        self._timer = asyncio.get_running_loop().call_later(after.total_seconds(), self._begin)

    def end(self) -> None:
        """The turn has come to its end."""
        self._timer.cancel()

    async def place(self) -> Place | None:
        """Where the line stands, once it does; None when none was shown or it cannot be edited."""
        return self._stands if self._shown is None else await self._shown

    def _begin(self) -> None:
        if self._stands is not None:
            return
        self._shown = asyncio.get_running_loop().create_future()
        self._spawn(self._show(self._shown))

    async def _show(self, shown: asyncio.Future[Place | None]) -> None:
        place: Place | None = None
        try:
            place = await self._say()
        finally:
            if not shown.done():
                shown.set_result(place)
