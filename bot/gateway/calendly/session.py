"""Calls over one account's `Api`: read one, read all pages, read several side by side, write once.

Errors leave here in our words. A write whose success cannot be read counts as written with an unknown result: `Uncertain`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence  # noqa: TC003  in public signatures
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from bot.errors import PencilError, ProviderChanged, Uncertain
from bot.gateway.calendly.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Coroutine
    from datetime import datetime

    from bot.gateway.calendly.wire import Page, S
    from bot.gateway.calls import Call
    from bot.gateway.client import Api
    from bot.scheduling.claims import Claimed

T = TypeVar("T")
U = TypeVar("U")

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
            raise refusal(answer.status, answer.problem)
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
        return await side_by_side([partial(self.read, call) for call in calls])

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
            raise refusal(answer.status, answer.problem)
        try:
            return call.read(answer.json() if answer.body else None)
        except ProviderChanged as error:
            raise Uncertain(f"{call.request.operation}: written, but {error}", status=answer.status) from error


async def side_by_side(jobs: Sequence[Callable[[], Awaitable[T]]]) -> tuple[T, ...]:
    """What the jobs give, in the same order. The first that fails stops the others, and its error is raised."""
    gate = asyncio.Semaphore(MOST_AT_ONCE)

    async def run(job: Callable[[], Awaitable[T]]) -> T:
        async with gate:
            return await job()

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(run(job)) for job in jobs]
    except BaseExceptionGroup as errors:
        raise _first(errors) from errors
    return tuple(task.result() for task in tasks)


async def both(first: Coroutine[Any, Any, T], second: Coroutine[Any, Any, U]) -> tuple[T, U]:
    """What two different reads give, side by side."""
    try:
        async with asyncio.TaskGroup() as group:
            left, right = group.create_task(first), group.create_task(second)
    except BaseExceptionGroup as errors:
        raise _first(errors) from errors
    return left.result(), right.result()


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first of them; a bug goes before a provider's trouble."""
    bugs = (error for error in errors.exceptions if not isinstance(error, PencilError))
    return next(bugs, errors.exceptions[0])
