"""Counting calls against a budget per key, in windows of the world's time."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Budget:
    """What a key has left after a call."""

    limit: int
    left: int
    resets_in: timedelta
    is_spent: bool


@dataclass(slots=True)
class Throttle:
    """`limit` calls per `window` and key; once spent, the key is blocked for `block`."""

    clock: Callable[[], datetime]
    limit: int = 10_000
    window: timedelta = timedelta(seconds=60)
    block: timedelta = timedelta(seconds=60)
    _spans: dict[str, tuple[datetime, int]] = field(default_factory=dict)
    _blocked: dict[str, datetime] = field(default_factory=dict)

    def count(self, key: str) -> Budget:
        """Count one call of that key."""
        now = self.clock()
        blocked = self._blocked.get(key)
        if blocked and now < blocked:
            return Budget(self.limit, 0, blocked - now, is_spent=True)
        ends, used = self._spans.get(key, (now + self.window, 0))
        if now >= ends:
            ends, used = now + self.window, 0
        self._spans[key] = (ends, used + 1)
        if used + 1 > self.limit:
            self._blocked[key] = now + self.block
            return Budget(self.limit, 0, self.block, is_spent=True)
        return Budget(self.limit, self.limit - used - 1, ends - now, is_spent=False)

    def reset(self, *, limit: int, window: timedelta, block: timedelta) -> None:
        """Other limits from now on; what was counted is forgotten."""
        self.limit, self.window, self.block = limit, window, block
        self._spans.clear()
        self._blocked.clear()
