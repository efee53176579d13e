from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from storage_worlds import DATABASES, LEASE, NOW, SHARED_DATABASES, opened, turn, url_of

from bot.storage.database.schema import inbox as inbox_table

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.scheduling.ledger import Inbox
    from bot.storage.store import Store


@pytest.fixture(params=DATABASES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(url_of(request.param, tmp_path, request)) as store:
        yield store


@pytest.fixture
def inbox(store: Store) -> Inbox:
    return store.inbox


@pytest.fixture(params=SHARED_DATABASES)
async def two(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Inbox, Inbox]]:
    """Two processes' inboxes over one database."""
    url = url_of(request.param, tmp_path, request)
    async with opened(url) as one, opened(url, is_fresh=False) as other:
        yield one.inbox, other.inbox


async def test_a_turn_is_accepted_once(two: tuple[Inbox, Inbox]) -> None:
    results = await asyncio.gather(*(two[n % 2].accept(turn(), lease=LEASE) for n in range(16)))

    assert sorted(results) == [False] * 15 + [True]


async def test_an_answered_turn_is_still_known(inbox: Inbox) -> None:
    await inbox.accept(turn(), lease=LEASE)
    await inbox.answered("Ev01", now=NOW)

    assert not await inbox.accept(turn(), lease=LEASE)
    assert await inbox.take_unanswered(now=NOW + timedelta(hours=1), lease=LEASE) == ()


async def test_an_answered_turn_keeps_nothing_of_its_payload(store: Store) -> None:
    await store.inbox.accept(turn(), lease=LEASE)
    await store.inbox.answered("Ev01", now=NOW)

    bodies = await store.database.one(lambda connection: connection.scalars(select(inbox_table.c.body)))

    assert bodies == [None]


async def test_a_turn_stays_with_who_renews_it(inbox: Inbox) -> None:
    await inbox.accept(turn(), lease=LEASE)

    await inbox.renew(turn().key, now=NOW + timedelta(seconds=20), lease=LEASE)
    await inbox.renew("nothing", now=NOW, lease=LEASE)

    assert await inbox.take_unanswered(now=NOW + LEASE, lease=LEASE) == ()
    assert len(await inbox.take_unanswered(now=NOW + LEASE + timedelta(seconds=20), lease=LEASE)) == 1


async def test_a_turn_belongs_to_who_accepted_it_until_the_lease_ran_out(inbox: Inbox) -> None:
    await inbox.accept(turn(), lease=LEASE)

    early = await inbox.take_unanswered(now=NOW + timedelta(seconds=29), lease=LEASE)
    late = await inbox.take_unanswered(now=NOW + LEASE, lease=LEASE)

    assert early == ()
    assert late == (replace(turn(), attempts=2),)


async def test_attempts_are_counted(inbox: Inbox) -> None:
    await inbox.accept(turn(), lease=LEASE)

    taken = [await inbox.take_unanswered(now=NOW + n * LEASE, lease=LEASE) for n in range(1, 4)]

    assert [turns[0].attempts for turns in taken] == [2, 3, 4]


async def test_two_processes_never_take_the_same_turn(two: tuple[Inbox, Inbox]) -> None:
    for number in range(30):
        await two[0].accept(turn(f"Ev{number:02}"), lease=LEASE)

    batches = await asyncio.gather(
        *(two[n % 2].take_unanswered(now=NOW + LEASE, lease=LEASE, limit=7) for n in range(8))
    )

    keys = [one.key for batch in batches for one in batch]
    assert len(keys) == len(set(keys)) == 30
    assert all(len(batch) <= 7 for batch in batches)


async def test_the_oldest_turn_comes_first(inbox: Inbox) -> None:
    for number in (3, 1, 2):
        waiting = replace(turn(f"Ev{number}"), accepted_at=NOW + timedelta(seconds=number))
        await inbox.accept(waiting, lease=LEASE)

    turns = await inbox.take_unanswered(now=NOW + timedelta(minutes=5), lease=LEASE, limit=2)

    assert [one.key for one in turns] == ["Ev1", "Ev2"]


async def test_the_lag_is_the_age_of_the_oldest_unanswered_turn(store: Store) -> None:
    empty = await store.upkeep.inbox_lag(NOW)
    await store.inbox.accept(turn(), lease=LEASE)
    await store.inbox.accept(replace(turn("Ev02"), accepted_at=NOW + timedelta(seconds=5)), lease=LEASE)
    first = await store.upkeep.inbox_lag(NOW + timedelta(seconds=8))
    await store.inbox.answered("Ev01", now=NOW)

    assert (empty, first) == (0.0, 8.0)
    assert await store.upkeep.inbox_lag(NOW + timedelta(seconds=8)) == 3.0


# ── news ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_delivery_is_claimed_once(store: Store) -> None:
    results = await asyncio.gather(*(store.news.claim_delivery("calcom:1", NOW) for _ in range(8)))

    assert sorted(results) == [False] * 7 + [True]
    assert await store.news.claim_delivery("calcom:2", NOW)


async def test_the_database_tells_its_time_where_several_share_it(store: Store) -> None:
    before = await store.upkeep.time()

    after = await store.upkeep.time()

    if store.database.dialect == "sqlite":
        assert before is None
    else:
        assert before is not None
        assert after is not None
        assert timedelta(0) <= after - before < timedelta(seconds=30)
        assert before.utcoffset() == timedelta(0)


async def test_only_who_took_it_up_last_may_keep_a_turn(inbox: Inbox) -> None:
    await inbox.accept(turn(), lease=LEASE)
    mine = turn()

    assert await inbox.keep(mine, now=NOW, lease=LEASE)
    (theirs,) = await inbox.take_unanswered(now=NOW + LEASE, lease=LEASE)
    assert not await inbox.keep(mine, now=NOW + LEASE, lease=LEASE)
    assert await inbox.keep(theirs, now=NOW + LEASE, lease=LEASE)
    assert await inbox.take_unanswered(now=NOW + LEASE, lease=LEASE) == ()
    await inbox.answered(theirs.key, now=NOW + LEASE)
    assert not await inbox.keep(theirs, now=NOW + LEASE, lease=LEASE)
