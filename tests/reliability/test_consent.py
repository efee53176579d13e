"""Connections that wait for consent: asked about by one process, ever more seldom, and not for ever."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from crash_worlds import ANA, Life, Town, open_town

from bot.loop.accounts import AccountKeeper
from bot.scheduling.accounts import Account, AccountStatus, ConnectionState, Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from pathlib import Path

    from bot.loop.notices import Notices
    from bot.scheduling.accounts import Providers


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(tmp_path) as opened:
        yield opened


@dataclass
class Gateway:
    """Answers what a connection's state is, and counts the questions."""

    status: AccountStatus = AccountStatus.PENDING
    asked: int = 0

    async def consent(self, account: Account, *, is_asked: bool = False) -> ConnectionState:
        assert not is_asked, "a watcher makes no new links"
        self.asked += 1
        return ConnectionState(id=account.secret, status=self.status)


@dataclass
class Watch:
    """One process that watches connections."""

    town: Town
    life: Life
    gateway: Gateway
    jobs: list[Coroutine[Any, Any, None]] = field(default_factory=list)
    notices: Notices = field(init=False)

    def __post_init__(self) -> None:
        house = self.life.house
        providers = cast("Providers", self.gateway)  # the one method that is asked here
        keeper = AccountKeeper(accounts=house.store.accounts, providers=providers)
        self.notices = replace(
            house.notices(self.life), keeper=keeper, spawn=self.jobs.append, process=f"process-{id(self)}", asked={}
        )

    async def run(self, time: timedelta, *, step: timedelta = timedelta(seconds=2)) -> int:
        found = 0
        until = self.town.clock.now() + time
        while self.town.clock.now() < until:
            found += await self.notices.sweep_connections()
            self.town.clock.instant += step
        return found

    async def work(self) -> None:
        while self.jobs:
            await self.jobs.pop(0)


@pytest.fixture
async def waiting(town: Town) -> Account:
    account = Account(
        id="ref-1", owner=ANA, provider="calcom", route=Route.SANDBOX, secret="conn-1", status=AccountStatus.PENDING,
        made_at=town.clock.now(),
    )  # fmt: skip
    await town.one.house.store.accounts.save_account(account)
    return account


async def test_one_process_asks_and_another_takes_over_when_it_dies(town: Town, waiting: Account) -> None:
    gateways = Gateway(), Gateway()
    one, two = Watch(town, town.one, gateways[0]), Watch(town, town.two, gateways[1])

    for _ in range(5):
        await one.notices.sweep_connections()
        await two.notices.sweep_connections()
        town.clock.instant += timedelta(seconds=2)
    while_both_lived = gateways[1].asked
    town.clock.instant += timedelta(seconds=20)
    await two.notices.sweep_connections()

    assert gateways[0].asked > 1
    assert (while_both_lived, gateways[1].asked) == (0, 1)
    assert waiting.id in two.notices.asked


async def test_it_is_asked_ever_more_seldom(town: Town, waiting: Account) -> None:
    gateway = Gateway()
    watch = Watch(town, town.one, gateway)

    await watch.run(timedelta(seconds=30))
    at_first = gateway.asked
    await watch.run(timedelta(minutes=20))
    gateway.asked = 0
    await watch.run(timedelta(minutes=1))

    assert waiting.made_at is not None
    assert at_first >= 10
    assert gateway.asked == 3


async def test_after_an_hour_it_is_given_up_and_said_once(town: Town, waiting: Account) -> None:
    gateway = Gateway()
    watch = Watch(town, town.one, gateway)
    await watch.run(timedelta(minutes=63), step=timedelta(minutes=1))
    await watch.work()
    asked = gateway.asked

    await watch.run(timedelta(minutes=10), step=timedelta(minutes=1))
    await watch.work()

    kept = await town.one.house.store.accounts.account(waiting.id)
    assert kept is not None
    assert kept.status is AccountStatus.LAPSED
    assert gateway.asked == asked
    assert [reply.text.partition(":")[0] for reply in town.one.told] == ["I have stopped waiting for Cal.com"]


async def test_consent_that_a_crash_kept_from_being_told_waits_in_the_inbox(town: Town, waiting: Account) -> None:
    watch = Watch(town, town.one, Gateway(AccountStatus.ACTIVE))

    found = await watch.run(timedelta(seconds=4))
    for lost in watch.jobs:
        lost.close()
    town.clock.instant += timedelta(seconds=13)
    left = await town.two.house.store.inbox.take_unanswered(now=town.clock.now(), lease=timedelta(seconds=12))

    assert found == 1
    assert [turn.surface for turn in left] == ["unasked"]
    assert waiting.id in left[0].payload
