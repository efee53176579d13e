"""Connecting by consent: whose state it is, what a code becomes, and tokens that are renewed once, early, by one at a time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from gateway_fakes import NOW, FixedClock, claim
from gateway_worlds import OWNER, PassingTime

from bot.errors import NotConnected, NotFound, ProviderDown
from bot.gateway import ApiClient, Limits, OAuth, OAuthClient, Registry, Routes
from bot.gateway.oauth import RENEW_BEFORE
from bot.gateway.practice import OverHttpx, in_process
from bot.sandbox import create_sandbox
from bot.scheduling.accounts import Account, AccountStatus, Route
from bot.scheduling.writes import ChangeSchedule, CreateConnection
from bot.storage import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox import Sandbox
    from bot.storage.store import Store

LIFETIMES = {"calcom": timedelta(minutes=30), "calendly": timedelta(hours=2)}
TOKEN_PATHS = {"calcom": "/v2/auth/oauth2/token", "calendly": "/oauth/token"}


@dataclass
class House:
    """A provider's practice world, our application there, and a store for the grants."""

    provider: str
    sandbox: Sandbox
    store: Store
    clock: FixedClock
    spoil: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def process(self) -> Registry:
        """One process of several over the same store."""
        http = _Counted(in_process(self.sandbox), self)
        client = ApiClient(
            http=OverHttpx(http),
            limits=Limits(gateway_rate=10_000),
            sleep=PassingTime(clock=self.clock),
            clock=self.clock,
        )
        urls = {"calcom": "http://sandbox/v2", "calendly": "http://sandbox"}
        application = OAuthClient(
            provider=self.provider, client_id="app-1", client_secret="s3cret", api_url=urls[self.provider]
        )
        oauth = OAuth(client, self.store.grants, (application,), public_url="https://pencil.example.com")
        routes = Routes(
            offered=((self.provider, Route.OAUTH),), calcom_url=urls["calcom"], calendly_url=urls["calendly"]
        )
        return Registry(client, routes, oauth=oauth)

    @property
    def account(self) -> Account:
        return Account(id="acc-1", owner=OWNER, provider=self.provider, route=Route.OAUTH, secret="")

    async def consent(self, registry: Registry, **more: str) -> tuple[str, str]:
        """Open the private link; the state and code that come back."""
        made = await registry.create_connection(
            claim(CreateConnection(provider=self.provider), reference="acc-1"), OWNER
        )
        assert (made.status, made.route) == (AccountStatus.PENDING, Route.OAUTH)
        return await self.visit(made.url, **more)

    async def visit(self, url: str, **more: str) -> tuple[str, str]:
        async with httpx.AsyncClient(transport=in_process(self.sandbox)) as browser:
            answer = await browser.get(url, params={**dict(httpx.URL(url).params), **more})
        back = urlsplit(answer.headers["location"])
        assert f"{back.scheme}://{back.netloc}{back.path}" == f"https://pencil.example.com/oauth/{self.provider}"
        found = parse_qs(back.query)
        return found["state"][0], found.get("code", [""])[0]

    async def connected(self) -> Registry:
        registry = self.process()
        state, code = await self.consent(registry)
        assert await registry.come_back(self.provider, state, code) == "acc-1"
        self.asked.clear()
        return registry

    @property
    def renewals(self) -> int:
        return self.asked.count(TOKEN_PATHS[self.provider])


class _Counted(httpx.AsyncBaseTransport):
    """Counts exchanges of tokens, and spoils them by a plan."""

    def __init__(self, inner: httpx.AsyncBaseTransport, house: House) -> None:
        self._inner = inner
        self._house = house

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path not in TOKEN_PATHS.values():
            return await self._inner.handle_async_request(request)
        self._house.asked.append(request.url.path)
        before, after = self._house.spoil.pop("before", None), self._house.spoil.pop("after", None)
        await asyncio.sleep(0)
        if before is not None:
            raise before
        answer = await self._inner.handle_async_request(request)
        if after is not None:
            await answer.aread()
            raise after
        return answer


@pytest.fixture(params=["calcom", "calendly"])
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    clock = FixedClock()
    sandbox = create_sandbox(seed=1, now=NOW, clock=clock.now)
    store = await open_store(f"sqlite:///{tmp_path / 'pencil.db'}", (bytes(range(32)),), migrate=True)
    yield House(request.param, sandbox, store, clock)
    await store.close()


async def test_a_consent_becomes_an_account_that_reads_and_writes(house: House) -> None:
    registry = house.process()
    state, code = await house.consent(registry)
    assert (await registry.consent(house.account)).status is AccountStatus.PENDING

    assert await registry.come_back(house.provider, state, code) == "acc-1"

    assert (await registry.consent(house.account)).status is AccountStatus.ACTIVE
    port = registry.provider(house.account)
    assert "@" in (await port.profile()).email
    schedule = (await port.schedules())[0]
    written = await port.write(claim(ChangeSchedule(schedule=schedule.id, name="Mine")))
    assert written.schedule is not None
    assert written.schedule.name == "Mine"


async def test_a_state_works_once_and_only_for_its_provider(house: House) -> None:
    registry = house.process()
    state, code = await house.consent(registry)
    other = "calendly" if house.provider == "calcom" else "calcom"

    with pytest.raises(NotFound):
        await registry.come_back(other, state, code)
    with pytest.raises(NotFound):
        await registry.come_back(house.provider, state, code)
    with pytest.raises(NotFound):
        await registry.come_back(house.provider, "", code)
    assert not house.asked


async def test_a_state_is_good_for_ten_minutes(house: House) -> None:
    registry = house.process()
    state, code = await house.consent(registry)
    house.clock.at += timedelta(minutes=10)

    with pytest.raises(NotFound):
        await registry.come_back(house.provider, state, code)


async def test_a_refusal_connects_nothing(house: House) -> None:
    registry = house.process()
    state, code = await house.consent(registry, refuse="1")

    with pytest.raises(NotConnected):
        await registry.come_back(house.provider, state, code)

    assert (await registry.consent(house.account)).status is AccountStatus.PENDING


async def test_a_code_of_somebody_else_does_not_fit_the_verifier(house: House) -> None:
    registry = house.process()
    state, _ = await house.consent(registry)
    _, foreign = await house.consent(registry)

    with pytest.raises(NotConnected):
        await registry.come_back(house.provider, state, foreign)


async def test_asking_again_gives_a_new_link(house: House) -> None:
    registry = house.process()
    await house.consent(registry)

    quiet, asked = await registry.consent(house.account), await registry.consent(house.account, is_asked=True)

    assert quiet.url == ""
    state, code = await house.visit(asked.url)
    assert await registry.come_back(house.provider, state, code) == "acc-1"


async def test_a_token_is_renewed_before_it_runs_out(house: House) -> None:
    registry = await house.connected()
    port = registry.provider(house.account)
    house.clock.at += LIFETIMES[house.provider] - RENEW_BEFORE + timedelta(seconds=1)

    await port.schedules()
    await port.schedules()

    assert house.renewals == 1
    grant = await house.store.grants.grant("acc-1")
    assert grant is not None
    assert (grant.version, grant.sent_at) == (2, None)


async def test_many_calls_of_several_processes_renew_once(house: House) -> None:
    await house.connected()
    house.clock.at += LIFETIMES[house.provider] + timedelta(minutes=1)
    processes = [house.process() for _ in range(4)]

    async with asyncio.TaskGroup() as group:
        for registry in processes:
            for _ in range(3):
                group.create_task(registry.provider(house.account).schedules())

    assert house.renewals == 1


async def test_a_token_that_is_refused_early_is_renewed_and_the_call_goes_on(house: House) -> None:
    registry = await house.connected()
    for given in house.sandbox.consents.given.values():
        given.expires_at = house.clock.at

    assert await registry.provider(house.account).schedules()
    assert house.renewals == 1


async def test_a_renewal_that_cannot_be_sent_leaves_the_grant_good(house: House) -> None:
    registry = await house.connected()
    house.clock.at += LIFETIMES[house.provider] + timedelta(minutes=1)
    house.spoil = {"before": httpx.ConnectError("refused")}

    await registry.provider(house.account).schedules()

    assert (await registry.consent(house.account)).status is AccountStatus.ACTIVE


async def test_a_lost_answer_is_told_where_refresh_tokens_work_once(house: House) -> None:
    registry = await house.connected()
    house.clock.at += LIFETIMES[house.provider] + timedelta(minutes=1)
    house.spoil = {"after": httpx.ReadError("reset")}

    with pytest.raises(ProviderDown):
        await registry.provider(house.account).schedules()

    if house.provider == "calcom":
        assert await house.process().provider(house.account).schedules()
        return
    with pytest.raises(NotConnected) as caught:
        await house.process().provider(house.account).schedules()
    assert caught.value.repair
    assert "cut short" in caught.value.for_person


async def test_an_answer_lost_early_leaves_the_old_token_in_use(house: House) -> None:
    registry = await house.connected()
    house.clock.at += LIFETIMES[house.provider] - timedelta(minutes=1)
    house.spoil = {"after": httpx.ReadError("reset")}

    assert await registry.provider(house.account).schedules()


async def test_a_process_that_died_while_renewing_is_taken_over(house: House) -> None:
    await house.connected()
    house.clock.at += LIFETIMES[house.provider] + timedelta(minutes=1)
    grant = await house.store.grants.grant("acc-1")
    assert grant is not None
    assert await house.store.grants.begin_renewal(grant, now=house.clock.at, lease=timedelta(seconds=3))

    assert await house.process().provider(house.account).schedules()

    assert house.renewals == 1


async def test_a_consent_that_was_taken_back_asks_to_connect_again(house: House) -> None:
    registry = await house.connected()
    house.sandbox.consents.end()

    with pytest.raises(NotConnected) as caught:
        await registry.provider(house.account).schedules()

    assert caught.value.repair
    assert "Connect once more" in caught.value.for_person


async def test_tokens_never_show_in_what_is_printed(house: House) -> None:
    registry = await house.connected()
    grant = await house.store.grants.grant("acc-1")

    assert grant is not None
    assert grant.access not in repr(grant)
    assert "s3cret" not in repr(registry.__dict__)


def test_the_pages_of_consent_are_found_from_the_address_of_the_calls() -> None:
    def application(provider: str, url: str) -> OAuthClient:
        return OAuthClient(provider=provider, client_id="a", client_secret="b", api_url=url)

    hosted = application("calcom", "https://api.cal.com/v2")
    assert hosted.authorize_url == "https://app.cal.com/auth/oauth2/authorize"
    assert hosted.token_url == "https://api.cal.com/v2/auth/oauth2/token"
    calendly = application("calendly", "https://api.calendly.com")
    assert calendly.authorize_url == "https://auth.calendly.com/oauth/authorize"
    assert calendly.token_url == "https://auth.calendly.com/oauth/token"
    own = application("calcom", "https://cal.example.org/api/v2")
    assert own.authorize_url == "https://cal.example.org/auth/oauth2/authorize"
