"""Calls over one account's `Api`: read one, read all pages, read several side by side, write once.

Errors leave here in our words. A write whose success cannot be read counts as written with an unknown result: `Uncertain`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence  # noqa: TC003  in public signatures
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bot.errors import ProviderChanged, Uncertain
from bot.gateway.calendly.refusals import refusal
from bot.groups import a_few_at_once
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.gateway.calendly.wire import Page, S
    from bot.gateway.calls import Call
    from bot.gateway.client import Api
    from bot.scheduling.claims import Claimed

T = TypeVar("T")

MOST_AT_ONCE = 6
MOST_PAGES = 50


@dataclass(frozen=True, slots=True)
class Session:
    """Calendly over one account's route."""

    api: Api

    @property
    def is_through_gateway(self) -> bool:
        """Whether somebody else's application stands between us and Calendly."""
        return self.api.target.is_gateway

    def now(self) -> datetime:
        """The present instant, by the client's clock."""
        return self.api.client.clock.now()

    async def pause(self, seconds: float) -> None:
        """Waits as the client waits."""
        await self.api.pause(seconds)

    async def read(self, call: Call[T]) -> T:
        """What a read gives."""
        answer = await self.api.send(call.request)
        if not answer.is_success:
            raise refusal(answer.status, answer.problem, call.request)
        return call.read(answer.json())

    async def read_all(self, page_of: Callable[[str], Call[Page[S]]], *, enough: int | None = None) -> tuple[S, ...]:
        """All pages of a list, or as many as hold `enough`. A token that comes twice ends it."""
        found: list[S] = []
        token, seen = "", set[str]()
        for _ in range(MOST_PAGES):
            page = await self.read(page_of(token))
            found.extend(page.items)
            token = page.token
            if not token or token in seen or (enough is not None and len(found) >= enough):
                break
            seen.add(token)
        return tuple(found)

    async def read_several(self, calls: Sequence[Call[T]]) -> tuple[T, ...]:
        """What several reads give, in the same order, with at most a few under way at once."""
        return await a_few_at_once([partial(self.read, call) for call in calls], most=MOST_AT_ONCE)

    async def book(self, call: Call[T], claimed: Claimed) -> T:
        """A write on the budget that Calendly keeps for bookings apart, so that a used-up one does not stop the reads."""
        target = replace(self.api.target, account=f"{self.api.target.account} bookings")
        return await self._write(replace(self.api, target=target), call, claimed)

    async def write(self, call: Call[T], claimed: Claimed) -> T:
        """Send a write once and read what it came to."""
        return await self._write(self.api, call, claimed)

    async def _write(self, api: Api, call: Call[T], claimed: Claimed) -> T:
        answer = await api.send(call.request, claimed=claimed)
        if not answer.is_success:
            raise refusal(answer.status, answer.problem, call.request)
        try:
            return call.read(answer.json() if answer.body else None)
        except ProviderChanged as error:
            raise Uncertain(f"{call.request.operation}: written, but {error}", status=answer.status) from error
