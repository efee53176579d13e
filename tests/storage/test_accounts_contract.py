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
    full = replace(account(), is_default=True, status=AccountStatus.PENDING, has_news=True, made_at=NOW)
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


async def test_an_operator_sees_every_account_whoever_owns_it(accounts: Accounts) -> None:
    await accounts.save_account(account())
    await accounts.save_account(account("acc-2", BEN))
    await accounts.save_account(account("acc-3", replace(ANA, team="T02")))

    assert [one.id for one in await accounts.every_account()] == ["acc-1", "acc-2", "acc-3"]


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


async def test_a_late_refusal_of_an_old_key_leaves_the_new_key_alone(accounts: Accounts) -> None:
    old = account()
    await accounts.save_account(old)
    await accounts.renew_secret("acc-1", secret="cal_live_new", label="Ana")

    await accounts.mark_dead("acc-1", if_secret=old.secret)

    saved = await accounts.account("acc-1")
    assert saved is not None
    assert (saved.secret, saved.status, saved.is_default) == ("cal_live_new", AccountStatus.ACTIVE, True)

    await accounts.mark_dead("acc-1", if_secret="cal_live_new")
    saved = await accounts.account("acc-1")
    assert saved is not None
    assert saved.status is AccountStatus.DEAD


async def test_what_a_turn_learns_never_brings_back_a_deleted_account(accounts: Accounts) -> None:
    await accounts.save_account(account())
    await accounts.delete_account("acc-1")

    learned = await accounts.learn("acc-1", label="Ana", emails=("ana@example.org",), if_secret=account().secret)
    renewed = await accounts.renew_secret("acc-1", secret="cal_live_new", label="Ana")
    await accounts.set_news("acc-1", is_on=True)
    await accounts.mark_dead("acc-1", if_secret=account().secret)

    assert learned is None
    assert renewed is None
    assert not await accounts.make_default("acc-1", ANA)
    assert await accounts.account("acc-1") is None


async def test_edits_at_once_all_hold(accounts: Accounts) -> None:
    first = replace(account(), has_news=False, status=AccountStatus.PENDING, emails=("ana@example.com",))
    await accounts.save_account(first)

    await asyncio.gather(
        accounts.set_news("acc-1", is_on=True),
        accounts.learn("acc-1", label="Ana", emails=("ana@example.org",), if_secret=first.secret),
        accounts.make_default("acc-1", ANA),
    )

    saved = await accounts.account("acc-1")
    assert saved is not None
    assert (saved.has_news, saved.label, saved.is_default, saved.status) == (True, "Ana", True, AccountStatus.ACTIVE)
    assert saved.emails == ("ana@example.com", "ana@example.org")


async def test_only_the_owner_makes_an_account_the_default(accounts: Accounts) -> None:
    await accounts.save_account(account("acc-1", is_default=True))
    await accounts.save_account(account("acc-2"))

    assert not await accounts.make_default("acc-2", BEN)
    assert await accounts.make_default("acc-2", ANA)

    assert [(one.id, one.is_default) for one in await accounts.accounts_of(ANA)] == [("acc-2", True), ("acc-1", False)]


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
