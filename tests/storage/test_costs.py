"""How many statements each operation takes: what a turn waits for, and what a growing table must not change."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from storage_worlds import (
    ANA,
    BEN,
    DATABASES,
    DM,
    LEASE,
    NOW,
    Counted,
    card,
    conversation,
    offer,
    opened,
    turn,
    url_of,
)

from bot.scheduling.ledger import WriteState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.database.statements import Connection
    from bot.storage.store import Store

ALONE = (1, 0)
"""One statement that commits itself."""


@pytest.fixture(params=DATABASES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(url_of(request.param, tmp_path, request)) as store:
        yield store


@pytest.fixture
def counted(store: Store) -> Counted:
    return Counted(store.database.book)


async def test_a_turn_that_offers_something_takes_five_statements(store: Store, counted: Counted) -> None:
    await store.inbox.accept(turn(), lease=LEASE)
    accept = counted.take()
    await store.conversations.load(DM)
    load = counted.take()
    await store.accounts.accounts_of(ANA)
    accounts = counted.take()
    await store.conversations.save(conversation(), (card(),))
    save = counted.take()
    await store.ledger.offer(offer())
    offered = counted.take()
    await store.inbox.answered("Ev01", now=NOW)
    answered = counted.take()

    assert accept == load == accounts == offered == answered == ALONE
    assert save == (2, 1)


async def test_a_press_is_claimed_with_two_statements(store: Store, counted: Counted) -> None:
    await store.ledger.offer(offer())
    counted.take()

    await store.ledger.claim("offer-1", "both", ANA, now=NOW)

    assert counted.take() == (2, 1)


async def test_a_press_that_comes_second_takes_three(store: Store, counted: Counted) -> None:
    await store.ledger.offer(offer())
    await store.ledger.claim("offer-1", "both", ANA, now=NOW)
    counted.take()

    await store.ledger.claim("offer-1", "both", ANA, now=NOW)
    second = counted.take()
    await store.ledger.claim("offer-1", "both", BEN, now=NOW)
    foreign = counted.take()

    assert second == (3, 1)
    assert foreign == (2, 1)


async def test_carrying_a_write_out_takes_a_statement_a_step(store: Store, counted: Counted) -> None:
    await store.ledger.offer(offer())
    claim = await store.ledger.claim("offer-1", "book", ANA, now=NOW)
    reference = claim.claims[0].reference
    counted.take()

    await store.ledger.mark_sent(reference, now=NOW)
    sent = counted.take()
    await store.ledger.finish(reference, WriteState.DONE, now=NOW)
    finished = counted.take()
    await store.ledger.rows("offer-1")
    rows = counted.take()
    await store.ledger.mark_told("offer-1", now=NOW)
    told = counted.take()

    assert sent == rows == ALONE
    assert finished == (2, 1)  # with the mark on its person's page
    assert told == (2, 1)


async def test_small_things_take_one_statement(store: Store, counted: Counted) -> None:
    await store.conversations.card("p")
    await store.conversations.place_card("p", "C01")
    await store.conversations.card_place("p")
    await store.conversations.save(conversation())
    await store.ledger.renew("o", now=NOW, lease=LEASE)
    await store.ledger.retire(("a", "b", "c"), now=NOW)
    await store.ledger.reclaim("r", now=NOW)
    await store.accounts.account("a")
    await store.accounts.account_by_webhook("t")
    await store.news.claim_delivery("d", NOW)
    await store.upkeep.ping()

    assert counted.take() == (11, 0)


async def test_an_idle_sweep_takes_one_statement_each(store: Store, counted: Counted) -> None:
    await store.ledger.take_open(now=NOW, lease=LEASE)
    await store.inbox.take_unanswered(now=NOW, lease=LEASE)

    assert counted.take() == (2, 0)


async def test_one_look_tells_whether_anything_is_left(store: Store, counted: Counted) -> None:
    later = NOW + timedelta(minutes=1)
    looks = [await store.upkeep.is_left(later)]
    assert counted.take() == ALONE

    await store.ledger.offer(offer("offer-1"))
    looks.append(await store.upkeep.is_left(later))
    await store.ledger.claim("offer-1", "both", ANA, now=NOW)
    looks += [await store.upkeep.is_left(NOW), await store.upkeep.is_left(later)]
    await store.ledger.take_open(now=later, lease=LEASE)
    looks.append(await store.upkeep.is_left(later))
    await store.inbox.accept(turn("Ev1"), lease=LEASE)
    looks += [await store.upkeep.is_left(NOW), await store.upkeep.is_left(later)]

    assert looks == [False, False, False, True, False, False, True]


async def test_a_sweep_takes_as_many_statements_for_many_rows(store: Store, counted: Counted) -> None:
    for number in range(30):
        await store.ledger.offer(offer(f"offer-{number}"))
        await store.ledger.claim(f"offer-{number}", "both", ANA, now=NOW)
        await store.inbox.accept(turn(f"Ev{number}"), lease=LEASE)
    counted.take()

    rows = await store.ledger.take_open(now=NOW + timedelta(minutes=1), lease=LEASE, limit=30)
    open_rows = counted.take()
    turns = await store.inbox.take_unanswered(now=NOW + timedelta(minutes=1), lease=LEASE, limit=30)
    unanswered = counted.take()

    assert (len(rows), len(turns)) == (60, 30)
    assert open_rows == (2, 0)
    assert unanswered == ALONE


async def test_sweeps_read_no_more_than_what_waits() -> None:
    """The indexes that keep an idle sweep cheap when the tables have grown; PostgreSQL has the same ones."""
    claimed = "select id from offers where state = 'claimed' and lease_until <= 1 order by lease_until"
    waiting = "select key from inbox where answered_at is null and lease_until <= 1 order by lease_until"

    async with opened("sqlite://") as store:
        plans = [await store.database.one(partial(plan_of, query)) for query in (claimed, waiting)]

    assert "offers_untold" in plans[0]
    assert "inbox_unanswered" in plans[1]


def plan_of(query: str, connection: Connection) -> str:
    return " ".join(row[3] for row in connection.exec_driver_sql(f"explain query plan {query}"))
