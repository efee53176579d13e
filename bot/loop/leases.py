"""Keeping a lease while the work under it goes on: whoever is alive renews it, whoever was killed loses it soon.

So leases can be short: a crash is taken up after seconds, and a slow answer is still nobody else's business.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.errors import PencilError
from bot.logs import get_logger

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

log = get_logger("leases")

LEASE = timedelta(seconds=12)
"""How long work belongs to a process that does not renew."""
_BEATS = 4
"""Renewals within one lease: a slow database may swallow some."""


@asynccontextmanager
async def kept(renew: Callable[[], Awaitable[None]], *, lease: timedelta = LEASE) -> AsyncIterator[None]:
    """While the context lasts, renew. A renewal that fails is only logged: what is lost is a lease, not the work."""
    try:
        async with asyncio.TaskGroup() as group:
            beat = group.create_task(_beat(renew, lease / _BEATS))
            try:
                yield
            finally:
                beat.cancel()
    except BaseExceptionGroup as failures:
        raise _first_of(failures) from None


async def _beat(renew: Callable[[], Awaitable[None]], pause: timedelta) -> None:
    while True:
        await asyncio.sleep(pause.total_seconds())
        try:
            await renew()
        except PencilError as error:
            log.warning("lease.not_renewed", error=type(error).__name__)


def _first_of(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    failure = failures.exceptions[0]
    return _first_of(failure) if isinstance(failure, BaseExceptionGroup) else failure
