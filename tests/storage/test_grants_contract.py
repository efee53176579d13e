"""Grants and consents on their way: one renewal at a time, one use of a state, nothing readable at rest."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from storage_worlds import ANA, BEN, DATABASES, NOW, account, opened, url_of

from bot.scheduling.grants import ConsentAsked, Grant
from bot.storage.database.schema import asked_consents, grants

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.store import Store

LEASE = timedelta(seconds=20)
GRANT = Grant(account="acc-1", owner=ANA, access="access-planted", refresh="refresh-planted", expires_at=NOW)
ASKED = ConsentAsked(
    state="state-planted",
    account="acc-1",
    owner=ANA,
    provider="calendly",
    verifier="verifier-planted",
    expires_at=NOW + timedelta(minutes=10),
)


@pytest.fixture(params=DATABASES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(url_of(request.param, tmp_path, request)) as store:
        yield store


def renewed() -> Grant:
    return replace(GRANT, access="access-2", refresh="refresh-2", version=2, expires_at=NOW + timedelta(hours=2))


async def test_a_grant_comes_back_as_it_was_and_a_new_consent_replaces_it(store: Store) -> None:
    await store.grants.keep_grant(GRANT)
    assert await store.grants.grant("acc-1") == GRANT
    assert await store.grants.grant("acc-2") is None

    await store.grants.keep_grant(replace(GRANT, access="other", version=1))

    found = await store.grants.grant("acc-1")
    assert found is not None
    assert found.access == "other"


async def test_one_renewal_at_a_time(store: Store) -> None:
    await store.grants.keep_grant(GRANT)

    begun = await asyncio.gather(*(store.grants.begin_renewal(GRANT, now=NOW, lease=LEASE) for _ in range(6)))

    assert sorted(begun) == [False] * 5 + [True]
    assert await store.grants.end_renewal(renewed())
    assert await store.grants.grant("acc-1") == renewed()
    assert not await store.grants.begin_renewal(GRANT, now=NOW + LEASE * 2, lease=LEASE)


async def test_a_late_answer_never_covers_a_newer_one(store: Store) -> None:
    await store.grants.keep_grant(GRANT)
    assert await store.grants.begin_renewal(GRANT, now=NOW, lease=LEASE)
    assert await store.grants.end_renewal(renewed())

    assert not await store.grants.end_renewal(replace(renewed(), access="late"))

    assert await store.grants.grant("acc-1") == renewed()


async def test_a_holder_that_died_leaves_its_note_and_its_lease_ends(store: Store) -> None:
    await store.grants.keep_grant(GRANT)
    assert await store.grants.begin_renewal(GRANT, now=NOW, lease=LEASE)

    assert not await store.grants.begin_renewal(GRANT, now=NOW + LEASE / 2, lease=LEASE)
    found = await store.grants.grant("acc-1")
    assert found is not None
    assert found.sent_at == NOW
    assert await store.grants.begin_renewal(GRANT, now=NOW + LEASE, lease=LEASE)


@pytest.mark.parametrize("was_sent", [True, False])
async def test_a_lease_is_let_go_with_or_without_its_note(store: Store, *, was_sent: bool) -> None:
    await store.grants.keep_grant(GRANT)
    await store.grants.begin_renewal(GRANT, now=NOW, lease=LEASE)

    await store.grants.give_up_renewal(GRANT, was_sent=was_sent)

    found = await store.grants.grant("acc-1")
    assert found is not None
    assert found.sent_at == (NOW if was_sent else None)
    assert await store.grants.begin_renewal(GRANT, now=NOW, lease=LEASE)


async def test_a_state_is_good_once_and_not_for_long(store: Store) -> None:
    await store.grants.ask_consent(ASKED)
    await store.grants.ask_consent(replace(ASKED, state="older", expires_at=NOW))

    claimed = await asyncio.gather(*(store.grants.claim_consent("state-planted", now=NOW) for _ in range(4)))

    assert [one for one in claimed if one is not None] == [ASKED]
    assert await store.grants.claim_consent("older", now=NOW) is None
    assert await store.grants.claim_consent("unknown", now=NOW) is None


async def test_nothing_of_it_is_readable_at_rest(store: Store) -> None:
    await store.grants.keep_grant(GRANT)
    await store.grants.ask_consent(ASKED)

    rows = [
        await store.database.one(lambda connection, table=table: connection.execute(select(table)).all())  # type: ignore[misc]
        for table in (grants, asked_consents)
    ]

    assert all(len(found) == 1 for found in rows)
    assert "planted" not in repr(rows)
    assert "planted" not in repr(GRANT)
    assert "planted" not in repr(ASKED)


async def test_tokens_go_with_their_account_and_with_their_person(store: Store) -> None:
    for name, owner in (("acc-1", ANA), ("acc-2", ANA), ("acc-3", BEN)):
        await store.accounts.save_account(account(name, owner))
        await store.grants.keep_grant(replace(GRANT, account=name, owner=owner))
    await store.grants.ask_consent(ASKED)

    await store.accounts.delete_account("acc-1")
    assert await store.grants.grant("acc-1") is None
    await store.conversations.forget(ANA)

    assert await store.grants.grant("acc-2") is None
    assert await store.grants.grant("acc-3") is not None
    assert await store.grants.claim_consent("state-planted", now=NOW) is None


async def test_consents_that_nobody_gave_are_cleared_away(store: Store) -> None:
    await store.grants.ask_consent(ASKED)

    counts = await store.purge(NOW + timedelta(days=1), keep_conversations=LEASE, keep_ledger=LEASE)

    assert counts["asked_consents"] == 1
