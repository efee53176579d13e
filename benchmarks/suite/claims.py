"""The claim of a press on the tests' PostgreSQL server, beside one raw statement on a thread; nothing where there is none."""

from __future__ import annotations

import asyncio
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy
from storage_worlds import opened, postgres_schema

from bot.storage.database.address import read_address
from suite.report import Figure

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.storage.store import Store

_ONE = "update claims set state='claimed' where id=%s and state='offered'"


def on_postgres(runs: int, count: int, claimed: Callable[[Store, int, int], Awaitable[float]]) -> list[Figure]:
    """`claimed` gives the median of so many claims of a run, in milliseconds."""
    try:
        with postgres_schema() as url:
            ours, theirs = asyncio.run(_alternating(url, runs, count, claimed))
    except pytest.skip.Exception as error:
        print(f"no claim on PostgreSQL: {error}")
        return []
    return [
        Figure(
            name="claim",
            what="claim of a press on PostgreSQL, p50",
            ours=ours,
            theirs=theirs,
            goal=2.0,
            reference="one raw statement on a thread, as durable",
        )
    ]


async def _alternating(
    url: str, runs: int, count: int, claimed: Callable[[Store, int, int], Awaitable[float]]
) -> tuple[list[float], list[float]]:
    ours: list[float] = []
    theirs: list[float] = []
    with ThreadPoolExecutor(1) as thread:
        async with opened(url) as store:
            run_on = asyncio.get_running_loop().run_in_executor
            engine = sqlalchemy.create_engine(read_address(url).url, isolation_level="AUTOCOMMIT")
            raw = await run_on(thread, engine.connect)
            driver: Any = raw.connection.driver_connection
            driver.execute("create table claims (id integer primary key, state text)")
            driver.execute(f"insert into claims select i, 'offered' from generate_series(0, {runs * count}) i")
            for run in range(runs):
                ours.append(await claimed(store, run, count))
                times = []
                for number in range(run * count, (run + 1) * count):
                    began = time.perf_counter()
                    await run_on(thread, driver.execute, _ONE, (number,))
                    times.append(1000 * (time.perf_counter() - began))
                theirs.append(statistics.median(times))
            driver.execute("drop table claims")
            raw.close()
            engine.dispose()
    return ours, theirs
