"""What a crash leaves: a process that dies, a connection that is cut, between any two statements."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, func, select
from storage_worlds import (
    ANA,
    DM,
    LEASE,
    NOW,
    card,
    conversation,
    offer,
    opened,
    turn,
)

from bot.errors import StoreDown
from bot.scheduling.ledger import ClaimVerdict
from bot.storage.database.address import read_address
from bot.storage.database.schema import offers, writes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.storage.store import Store

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent

DIES_INSIDE = """
import asyncio, os
from storage_worlds import *

async def go():
    async with opened({url!r}) as store:
        await store.ledger.offer(offer())
        def die(driver, statement):
            if statement.lower().startswith({before!r}):
                os._exit(9)
        store.database.book.hearers.append(die)
        await store.ledger.claim("offer-1", "both", ANA, now=NOW)

asyncio.run(go())
"""

CLAIMS_ON_AND_ON = """
import asyncio, itertools
from storage_worlds import *

async def go():
    async with opened({url!r}) as store:
        for number in itertools.count():
            names = [f"offer-{{number}}-{{part}}" for part in range(8)]
            await asyncio.gather(*(store.ledger.offer(offer(name)) for name in names))
            for claim in asyncio.as_completed([store.ledger.claim(name, "both", ANA, now=NOW) for name in names]):
                print(*(c.reference for c in (await claim).claims), flush=True)

asyncio.run(go())
"""


def process(code: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code], cwd=HERE, stdout=subprocess.PIPE, text=True)


async def consistent(store: Store) -> set[str]:
    """Every claimed offer has its two rows, every row its claimed offer; the references."""
    claimed = select(offers.c.id).where(offers.c.state != "offered")
    grouped = select(writes.c.offer, func.count().label("number")).group_by(writes.c.offer)
    ids = set(await store.database.one(lambda connection: connection.scalars(claimed)))
    rows = {row.offer: row.number for row in await store.database.one(lambda c: c.execute(grouped).all())}
    assert set(rows) == ids
    assert set(rows.values()) <= {2}
    return set(await store.database.one(lambda connection: connection.scalars(select(writes.c.reference))))


async def test_a_process_that_dies_inside_a_claim_leaves_the_offer_as_it_was(tmp_path: Path) -> None:
    moments = ("update offers", "insert into writes", "commit")
    urls = [f"sqlite:///{tmp_path / f'{number}.db'}" for number in range(len(moments))]

    dying = [process(DIES_INSIDE.format(url=url, before=moment)) for url, moment in zip(urls, moments, strict=True)]
    for one in dying:
        one.communicate()

    assert [one.returncode for one in dying] == [9, 9, 9]
    for url in urls:
        async with opened(url) as store:
            assert await store.ledger.rows("offer-1") == ()
            assert (await store.ledger.claim("offer-1", "both", ANA, now=NOW)).verdict is ClaimVerdict.WON


async def test_every_claim_that_was_reported_survives_a_kill(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'pencil.db'}"

    running = process(CLAIMS_ON_AND_ON.format(url=url))
    assert running.stdout is not None
    reported = [running.stdout.readline() for _ in range(60)]
    running.send_signal(signal.SIGKILL)
    reported += [line for line in running.communicate()[0].splitlines() if line.count("pencil-") == 2]

    references = {word for line in reported for word in line.split() if len(word) == len("pencil-") + 32}
    async with opened(url) as store:
        assert len(references) >= 120
        assert references <= await consistent(store)


# ── PostgreSQL ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
async def store(postgres_url: str) -> AsyncIterator[Store]:
    async with opened(postgres_url) as store:
        yield store


@contextmanager
def cutting(store: Store, url: str, before: str, times: int) -> Iterator[list[str]]:
    """Have the server drop the connection that is about to run such a statement, so many times; the statements hit."""
    admin = create_engine(read_address(url).url, isolation_level="AUTOCOMMIT")
    hit: list[str] = []

    def cut(driver: Any, statement: str) -> None:
        if statement.lower().startswith(before) and len(hit) < times:
            hit.append(statement)
            process_id = driver.info.backend_pid
            with admin.connect() as other:
                other.exec_driver_sql(f"select pg_terminate_backend({process_id}, 1000)")

    store.database.book.hearers.append(cut)
    try:
        yield hit
    finally:
        store.database.book.hearers.remove(cut)
        admin.dispose()


@pytest.mark.parametrize("before", ["begin", "update offers", "insert into writes", "commit"])
async def test_a_connection_cut_inside_a_claim_is_made_good(store: Store, postgres_url: str, before: str) -> None:
    await store.ledger.offer(offer())

    with cutting(store, postgres_url, before, times=1) as hit:
        result = await store.ledger.claim("offer-1", "both", ANA, now=NOW)

    assert len(hit) == 1
    assert result.verdict is ClaimVerdict.WON
    assert {claim.reference for claim in result.claims} == await consistent(store)


@pytest.mark.parametrize("before", ["update offers", "insert into writes", "commit"])
async def test_a_database_that_stays_away_leaves_the_offer_as_it_was(
    store: Store, postgres_url: str, before: str
) -> None:
    await store.ledger.offer(offer())

    with cutting(store, postgres_url, before, times=2) as hit, pytest.raises(StoreDown):
        await store.ledger.claim("offer-1", "both", ANA, now=NOW)

    assert len(hit) == 2
    assert await consistent(store) == set()
    assert (await store.ledger.claim("offer-1", "both", ANA, now=NOW)).verdict is ClaimVerdict.WON


async def test_a_save_cut_off_keeps_neither_conversation_nor_card(store: Store, postgres_url: str) -> None:
    with cutting(store, postgres_url, "insert into proposals", times=2), pytest.raises(StoreDown):
        await store.conversations.save(conversation(), (card(),))

    assert (await store.conversations.load(DM)).version == 0
    assert await store.conversations.card("offer-1") is None


async def test_a_restarted_server_is_not_noticed(store: Store, postgres_url: str) -> None:
    """All connections of the pool are dead at once; each job finds a fresh one."""
    await asyncio.gather(*(store.upkeep.ping() for _ in range(8)))
    admin = create_engine(read_address(postgres_url).url, isolation_level="AUTOCOMMIT")
    ours = {
        connection.info.backend_pid
        for connection in await asyncio.gather(
            *(store.database.one(lambda connection: connection.driver) for _ in range(8))
        )
        if connection is not None
    }
    with admin.connect() as other:
        for process_id in ours:
            other.exec_driver_sql(f"select pg_terminate_backend({process_id}, 1000)")
    admin.dispose()

    results = await asyncio.gather(*(store.inbox.accept(turn(f"Ev{n}"), lease=LEASE) for n in range(24)))

    assert all(results)


async def test_no_statement_may_run_for_ever(store: Store) -> None:
    limit = await store.database.one(lambda c: c.exec_driver_sql("show statement_timeout").scalar())

    assert limit == "4s"
