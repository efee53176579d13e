"""Who is on a duty: one at a time, as long as they renew."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from storage_worlds import DATABASES, NOW, opened, url_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.scheduling.duties import Duties

LEASE = timedelta(seconds=15)


@pytest.fixture(params=DATABASES)
async def duties(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Duties]:
    async with opened(url_of(request.param, tmp_path, request)) as store:
        yield store.duties


async def test_a_duty_has_one_holder_who_may_renew(duties: Duties) -> None:
    first = await duties.take("ask", "one", now=NOW, lease=LEASE)
    second = await duties.take("ask", "two", now=NOW, lease=LEASE)
    renewed = await duties.take("ask", "one", now=NOW + timedelta(seconds=10), lease=LEASE)
    late = await duties.take("ask", "two", now=NOW + timedelta(seconds=20), lease=LEASE)

    assert (first, second, renewed, late) == (True, False, True, False)


async def test_a_holder_who_stopped_loses_the_duty(duties: Duties) -> None:
    await duties.take("ask", "one", now=NOW, lease=LEASE)

    taken = await duties.take("ask", "two", now=NOW + LEASE, lease=LEASE)
    back = await duties.take("ask", "one", now=NOW + LEASE, lease=LEASE)

    assert (taken, back) == (True, False)


async def test_duties_are_apart_and_one_of_many_at_once_wins(duties: Duties) -> None:
    await duties.take("other", "one", now=NOW, lease=LEASE)

    won = await asyncio.gather(*(duties.take("ask", f"p{n}", now=NOW, lease=LEASE) for n in range(8)))

    assert sum(won) == 1
