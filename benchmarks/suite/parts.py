"""Parts of a turn in this process: the ack, reading a message, claiming a press, slots from bytes to a card's slots."""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy
from ack import KINDS, bare_bolt
from ack import measure as measure_acks
from reading import SAID, beside_dateparser, cases, long_texts, prepare, share
from slack_worlds import card, open_world
from storage_worlds import ANA, NOW, offer, opened

from bot.gateway.calcom.wire_slots import read_slots
from bot.scheduling.times import Interval
from suite import claims
from suite.report import Figure, alternating

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.storage.store import Store

LENGTH = timedelta(minutes=30)


def measure(names: frozenset[str], *, is_short: bool) -> list[Figure]:
    """What is asked for."""
    runs, count = (1, 20) if is_short else (5, 400)
    found: list[Figure] = []
    if "ack" in names:
        found += asyncio.run(_acks(runs, count))
    if "reading" in names:
        found += _reading(runs, is_short=is_short)
    if "claim" in names:
        found.append(asyncio.run(_claims(runs, count)))
        found += claims.on_postgres(runs, min(count, 200), _claimed)
    if "slots" in names:
        found.append(_slots(runs))
    return found


async def _acks(runs: int, count: int) -> list[Figure]:
    rows: dict[str, tuple[list[float], list[float]]] = {kind: ([], []) for kind in KINDS}
    bare = bare_bolt()
    for _ in range(runs):
        for kind, (ours, theirs) in rows.items():
            async with open_world() as world:
                world.assistant.reply = card(is_silent=True)
                ours.append(statistics.median(await measure_acks(world.app, kind, count)))
                await world.settle()
            theirs.append(statistics.median(await measure_acks(bare, kind, count)))
    return [
        Figure(
            name="ack",
            what=f"ack of {'an' if kind == 'event' else 'a'} {kind}, p50",
            ours=ours,
            theirs=theirs,
            goal=1.3,
            reference="a bare Bolt listener",
        )
        for kind, (ours, theirs) in rows.items()
    ]


def _reading(runs: int, *, is_short: bool) -> list[Figure]:
    found = cases([])
    found = found[:: max(1, len(found) // (20 if is_short else 300))]
    prepare(found)
    taken = [beside_dateparser(found, 1 if is_short else 3) for _ in range(runs)]
    long = [long_texts(1 if is_short else 3) for _ in range(runs)]
    return [
        *(
            Figure(
                name="reading",
                what=f"reading a message, {name}",
                ours=[share(ours, part) / 1000 for ours, _ in taken],
                theirs=[share(theirs, part) / 1000 for _, theirs in taken],
                goal=goal,
                reference='`dateparser.parse(languages=["en"])`',
            )
            for name, part, goal in (("p50", 0.5, 0.25), ("p95", 0.95, None))
        ),
        *(
            Figure(name="reading", what=f"reading 4,000 characters, {language}", ours=[took[language] for took in long])
            for language in SAID
        ),
    ]


async def _claims(runs: int, count: int) -> Figure:
    """A claim of ours, and one raw update that commits, on a thread, over a file each."""
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        async with opened(f"sqlite:///{folder}/claims.db") as store:
            raw = await _raw_table(Path(folder), thread, runs * count)
            for run in range(runs):
                ours.append(await _claimed(store, run, count))
                times = []
                for number in range(run * count, (run + 1) * count):
                    began = time.perf_counter()
                    await asyncio.get_running_loop().run_in_executor(thread, raw, number)
                    times.append(1000 * (time.perf_counter() - began))
                theirs.append(statistics.median(times))
            await asyncio.get_running_loop().run_in_executor(thread, raw, -1)
    return Figure(
        name="claim",
        what="claim of a press on SQLite, p50",
        ours=ours,
        theirs=theirs,
        goal=2.0,
        reference="one raw statement on a thread, as durable",
    )


async def _claimed(store: Store, run: int, count: int) -> float:
    times = []
    for number in range(count):
        await store.ledger.offer(offer(f"offer-{run}-{number}"))
        began = time.perf_counter()
        await store.ledger.claim(f"offer-{run}-{number}", "book", ANA, now=NOW)
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


async def _raw_table(folder: Path, thread: ThreadPoolExecutor, rows: int) -> Callable[[int], None]:
    """What claims one row of a table of its own; -1 closes it."""
    kept: dict[str, Any] = {}

    def make() -> None:
        engine = sqlalchemy.create_engine(f"sqlite:///{folder}/raw.db")
        connection = kept["connection"] = engine.raw_connection()
        driver: Any = connection.driver_connection
        kept["driver"] = driver
        driver.isolation_level = None
        for pragma in ("journal_mode=wal", "synchronous=full"):
            driver.execute(f"pragma {pragma}")
        driver.execute("create table claims (id integer primary key, state text)")
        driver.execute("begin")
        driver.executemany("insert into claims values (?, 'offered')", [(number,) for number in range(rows)])
        driver.execute("commit")

    def claim(number: int) -> None:
        if number < 0:
            kept["connection"].close()
        else:
            kept["driver"].execute("update claims set state='claimed' where id=? and state='offered'", (number,))

    await asyncio.get_running_loop().run_in_executor(thread, make)
    return claim


def _slots(runs: int) -> Figure:
    """Five hundred slots: the provider's bytes to our slots."""
    day = datetime(2026, 3, 2, 7, tzinfo=UTC)
    days: dict[str, list[dict[str, str]]] = {}
    for number in range(500):
        start = day + timedelta(days=number // 20, minutes=30 * (number % 20))
        days.setdefault(start.date().isoformat(), []).append({"start": start.isoformat().replace("+00:00", ".000Z")})
    month = Interval(day - timedelta(days=1), day + timedelta(days=30))
    body = json.dumps({"status": "success", "data": days}).encode()

    def timed_best(work: Callable[[], object]) -> float:
        times = []
        for _ in range(30):
            began = time.perf_counter()
            work()
            times.append(1000 * (time.perf_counter() - began))
        return statistics.median(times)

    ours, theirs = alternating(
        runs,
        lambda: timed_best(lambda: read_slots(json.loads(body), LENGTH, month)),
        lambda: timed_best(lambda: json.loads(body)),
    )
    return Figure(
        name="slots",
        what="500 slots from bytes to slots",
        ours=ours,
        theirs=theirs,
        goal=3.0,
        reference="`json.loads` alone",
    )
