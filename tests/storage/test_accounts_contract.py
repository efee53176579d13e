from __future__ import annotations

import asyncio
from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from storage_worlds import ANA, BEN, DATABASES, NOW, account, opened, url_of

from bot.errors import BadSettings, Bug
from bot.scheduling.accounts import Account, Accounts, AccountStatus, Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.store import Store


@pytest.fixture(params=DATABASES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(url_of(request.param, tmp_path, request)) as store:
        yield store


@pytest.fixture
def accounts(store: Store) -> Accounts:
    return store.accounts


async def test_an_account_comes_back_as_it_was(accounts: Accounts) -> None:
    full = replace(account(), is_default=True, status=AccountStatus.PENDING, has_news=True)
    plain = Account(id="", owner=ANA, provider="", route=Route.SANDBOX, secret="")
    untouched = [
        f.name for f in fields(Account) if f.name != "owner" and getattr(full, f.name) == getattr(plain, f.name)
    ]

    await accounts.save_account(full)

    assert untouched == [], "give every field of the sample a value of its own"
    assert await accounts.account("acc-1") == full


async def test_an_unknown_account_is_none(accounts: Accounts) -> None:
    assert await accounts.account("acc-9") is None
    assert await accounts.account_by_webhook("token-acc-9") is None
    assert await accounts.accounts_of(ANA) == ()


async def test_people_see_their_own_accounts_only(accounts: Accounts) -> None:
    await accounts.save_account(account())
    await accounts.save_account(account("acc-2", BEN))
    await accounts.save_account(account("acc-3", replace(ANA, team="T02")))

    assert [one.id for one in await accounts.accounts_of(ANA)] == ["acc-1"]


async def test_a_new_default_takes_the_flag_from_the_others(accounts: Accounts) -> None:
    await accounts.save_account(account("acc-1", is_default=True))
    await accounts.save_account(account("acc-2", BEN, is_default=True))
    await accounts.save_account(account("acc-3", is_default=True))

    assert [(one.id, one.is_default) for one in await accounts.accounts_of(ANA)] == [("acc-3", True), ("acc-1", False)]
    assert (await accounts.accounts_of(BEN))[0].is_default


async def test_saving_again_replaces(accounts: Accounts) -> None:
    await accounts.save_account(account())
    await accounts.save_account(replace(account(), secret="cal_live_new", webhook_token=""))

    saved = await accounts.account("acc-1")
    assert saved is not None
    assert saved.secret == "cal_live_new"
    assert await accounts.account_by_webhook("token-acc-1") is None


async def test_an_account_never_changes_its_owner(accounts: Accounts) -> None:
    await accounts.save_account(account(is_default=True))

    for stolen in (account(owner=BEN), account(owner=BEN, is_default=True)):
        with pytest.raises(Bug):
            await accounts.save_account(stolen)

    saved = await accounts.account("acc-1")
    assert saved is not None
    assert (saved.owner, saved.is_default) == (ANA, True)


async def test_news_finds_its_account_by_token(accounts: Accounts) -> None:
    await accounts.save_account(account())
    await accounts.save_account(replace(account("acc-2"), webhook_token=""))
    await accounts.save_account(replace(account("acc-3"), webhook_token=""))

    found = await accounts.account_by_webhook("token-acc-1")

    assert found is not None
    assert found.id == "acc-1"
    assert await accounts.account_by_webhook("") is None


async def test_a_deleted_account_is_gone(accounts: Accounts) -> None:
    await accounts.save_account(account())

    await accounts.delete_account("acc-1")

    assert await accounts.account("acc-1") is None


async def test_pending_accounts_are_found_in_all_workspaces(accounts: Accounts) -> None:
    await accounts.save_account(account())
    await accounts.save_account(replace(account("acc-2"), status=AccountStatus.PENDING))
    await accounts.save_account(replace(account("acc-3", replace(BEN, team="T02")), status=AccountStatus.PENDING))

    assert [one.id for one in await accounts.pending_accounts()] == ["acc-2", "acc-3"]


async def test_without_a_key_only_the_sandbox_is_stored(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path / 'pencil.db'}", keys=()) as store:
        await store.accounts.save_account(replace(account(), route=Route.SANDBOX))

        with pytest.raises(BadSettings, match="PENCIL_ENCRYPTION_KEY"):
            await store.accounts.save_account(account("acc-2"))
        with pytest.raises(BadSettings, match="PENCIL_ENCRYPTION_KEY"):
            store.requires_key_for(Route.MATON)
        with pytest.raises(BadSettings, match="PENCIL_ENCRYPTION_KEY"):
            await store.installations.save_installation(
                enterprise="", team="T01", is_enterprise=False, installer="U1", body="{}"
            )
        store.requires_key_for(Route.SANDBOX)
        assert store.is_keyless
        assert [one.id for one in await store.accounts.accounts_of(ANA)] == ["acc-1"]


# ── installations ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def install(store: Store, enterprise: str, team: str, body: str) -> None:
    await store.installations.save_installation(
        enterprise=enterprise, team=team, is_enterprise=not team, installer="U1", body=body
    )


async def test_an_installation_serves_its_own_workspace(store: Store) -> None:
    await install(store, "", "T01", "one")
    await install(store, "E01", "T02", "two")

    assert await store.installations.find_installation(enterprise="", team="T01") == "one"
    assert await store.installations.find_installation(enterprise="E01", team="T02") == "two"
    assert await store.installations.find_installation(enterprise="", team="T02") is None
    assert await store.installations.find_installation(enterprise="", team="") is None


async def test_an_organisations_installation_serves_workspaces_without_their_own(store: Store) -> None:
    await install(store, "E01", "", "everywhere")
    await install(store, "E01", "T02", "own")

    assert await store.installations.find_installation(enterprise="E01", team="T02") == "own"
    assert await store.installations.find_installation(enterprise="E01", team="T03") == "everywhere"
    assert await store.installations.find_installation(enterprise="E02", team="T03") is None


async def test_installing_again_replaces(store: Store) -> None:
    await install(store, "", "T01", "old")
    await install(store, "", "T01", "new")

    assert await store.installations.find_installation(enterprise="", team="T01") == "new"


async def test_a_deleted_installation_is_gone_alone(store: Store) -> None:
    await install(store, "E01", "", "everywhere")
    await install(store, "E01", "T02", "own")

    await store.installations.delete_installation(enterprise="E01", team="T02")

    assert await store.installations.find_installation(enterprise="E01", team="T02") == "everywhere"


async def test_an_install_state_is_good_once(store: Store) -> None:
    state = await store.installations.issue_state(now=NOW, lifetime=timedelta(minutes=5))

    results = await asyncio.gather(*(store.installations.consume_state(state, now=NOW) for _ in range(8)))

    assert sorted(results) == [False] * 7 + [True]
    assert not await store.installations.consume_state("guessed", now=NOW)


async def test_install_states_cannot_be_guessed(store: Store) -> None:
    states = {await store.installations.issue_state(now=NOW, lifetime=timedelta(minutes=5)) for _ in range(20)}

    assert len(states) == 20
    assert all(len(state) >= 40 for state in states)


async def test_an_install_state_runs_out(store: Store) -> None:
    state = await store.installations.issue_state(now=NOW, lifetime=timedelta(minutes=5))

    assert not await store.installations.consume_state(state, now=NOW + timedelta(minutes=5))
    assert not await store.installations.consume_state(state, now=NOW)
