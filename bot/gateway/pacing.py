"""Keeps calls below the limits that others set: a gate shared fairly by accounts, and each account's own budget.

The gate holds for one process; several processes behind one key meet the gateway's 429, which the client waits out.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

MOST_ACCOUNTS = 5000
UNIX_TIME = 1_000_000
"""A reset value above this is a point in time, below it a number of seconds."""


class FairGate:
    """At most `rate` starts in any `window` (seconds). Waiting accounts take turns: a busy person holds up nobody."""

    def __init__(self, rate: int, window: float = 1.0) -> None:
        self._rate = rate
        self._window = window
        self._starts: deque[float] = deque()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._timer: asyncio.TimerHandle | None = None

    async def enter(self, account: str) -> None:
        """Returns when the call may start."""
        loop = asyncio.get_running_loop()
        if not self._waiting and self._free_in(loop.time()) <= 0:
            self._starts.append(loop.time())
            return
        turn: asyncio.Future[None] = loop.create_future()
        self._waiting.setdefault(account, deque()).append(turn)
        self._arm(loop)
        await turn

    def _free_in(self, now: float) -> float:
        while self._starts and self._starts[0] <= now - self._window:
            self._starts.popleft()
        return 0.0 if len(self._starts) < self._rate else self._starts[0] + self._window - now

    def _arm(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._timer is None and self._waiting:
            self._timer = loop.call_later(max(0.0, self._free_in(loop.time())), self._release, loop)

    def _release(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        while self._waiting and self._free_in(loop.time()) <= 0:
            account, turns = self._waiting.popitem(last=False)
            turn = turns.popleft()
            if turns:
                self._waiting[account] = turns
            if not turn.done():
                self._starts.append(loop.time())
                turn.set_result(None)
        self._arm(loop)


@dataclass(slots=True)
class _Budget:
    remaining: int
    resets_at: float


class Budgets:
    """What each account may still call, as the provider's headers say. Times are the caller's monotonic seconds."""

    def __init__(self) -> None:
        self._budgets: OrderedDict[str, _Budget] = OrderedDict()

    def wait_for(self, account: str, now: float) -> float:
        """Seconds until a call may start; a call that may start at once is counted."""
        budget = self._budgets.get(account)
        if budget is None or budget.resets_at <= now:
            self._budgets.pop(account, None)
            return 0.0
        if budget.remaining <= 0:
            return budget.resets_at - now
        budget.remaining -= 1
        return 0.0

    def learn(self, account: str, headers: Mapping[str, str], *, now: float, wall: datetime) -> None:
        """Takes over what an answer's headers say."""
        remaining, reset = _number(headers, "x-ratelimit-remaining"), _number(headers, "x-ratelimit-reset")
        if remaining is None or reset is None:
            return
        self._budgets[account] = _Budget(int(remaining), now + _seconds(reset, wall))
        self._budgets.move_to_end(account)
        while len(self._budgets) > MOST_ACCOUNTS:
            self._budgets.popitem(last=False)


def asked_to_wait(headers: Mapping[str, str], *, wall: datetime) -> timedelta | None:
    """How long a refused caller is asked to wait: `Retry-After`, else the reset of the limit; None when nothing is said."""
    after = headers.get("retry-after", "")
    if after.strip().isdigit():
        return timedelta(seconds=min(int(after), 86_400))
    if after:
        try:
            return max(parsedate_to_datetime(after) - wall, timedelta(0))
        except (ValueError, TypeError):
            return None
    reset = _number(headers, "x-ratelimit-reset")
    return None if reset is None else timedelta(seconds=min(_seconds(reset, wall), 86_400))


def _number(headers: Mapping[str, str], name: str) -> float | None:
    value = headers.get(f"{name}-default") or headers.get(name) or ""
    try:
        return float(value)
    except ValueError:
        return None


def _seconds(reset: float, wall: datetime) -> float:
    if reset <= UNIX_TIME:
        return max(0.0, reset)
    instant = reset / 1000 if reset > UNIX_TIME * UNIX_TIME else reset
    return max(0.0, instant - wall.timestamp())
