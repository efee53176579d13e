"""A practice world behind each route to each provider, and one that loses the version header on the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from gateway_fakes import NOW, FixedClock, Pauses, claim

from bot.gateway import ApiClient, Limits, MatonAddresses, Registry, Routes
from bot.gateway.practice import OverHttpx, in_process
from bot.sandbox import create_sandbox
from bot.scheduling.accounts import Account, Owner, Route
from bot.scheduling.models import Attendee, Person, Slot, SlotQuery
from bot.scheduling.times import Interval
from bot.scheduling.writes import BookSlot, CreateConnection

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox import Sandbox
    from bot.scheduling.models import EventType
    from bot.scheduling.provider import Provider

OWNER = Owner("E1", "T1", "U1")
ANA = Person(name="Ana Ünal", email="ana@example.com", zone="Europe/Berlin")
DANA = Attendee(name="Dana Weiss", email="Dana@Example.org", zone="Europe/London", language="en")
FREE_HOUR = 13
"""14:00 in Berlin, as an hour of UTC."""
TOMORROW = Interval(NOW + timedelta(days=1), NOW + timedelta(days=2))
WEEK = Interval(NOW, NOW + timedelta(days=8))


def param_of(shapes: str, route: Route) -> object:
    """One world of a contract; on every save only the direct routes: the wire code of the others is the same."""
    marks = () if route is Route.DIRECT else (pytest.mark.slow,)
    return pytest.param((shapes, route), id=f"{shapes}-{route}", marks=marks)


class DropVersion:
    """A proxy that forwards everything but `cal-api-version`."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        kept = [(name, value) for name, value in scope["headers"] if name.lower() != b"cal-api-version"]
        await self._app({**scope, "headers": kept}, receive, send)


@dataclass
class PassingTime(Pauses):
    """A pause that takes no time but moves the world's clock."""

    clock: FixedClock = field(default_factory=FixedClock)

    async def __call__(self, seconds: float) -> None:
        await super().__call__(seconds)
        self.clock.at += timedelta(seconds=seconds)


@dataclass
class World:
    """One account in a practice world, over one route."""

    sandbox: Sandbox
    registry: Registry
    account: Account
    http: httpx.AsyncClient
    pauses: Pauses
    clock: FixedClock
    is_legacy: bool

    @property
    def port(self) -> Provider:
        return self.registry.provider(self.account, ANA)

    async def faults(self, *rules: dict[str, Any]) -> None:
        answer = await self.http.post("http://sandbox/_faults", json={"rules": list(rules)})
        assert answer.is_success, answer.text

    async def log(self) -> list[dict[str, Any]]:
        data = (await self.http.get("http://sandbox/_log")).json()
        return list(data["entries"] if isinstance(data, dict) else data)

    async def writes(self) -> list[tuple[str, str]]:
        return [(each["method"], each["path"]) for each in await self.log() if each["method"] != "GET"]

    async def kind(self, slug: str) -> EventType:
        return next(kind for kind in await self.port.event_types() if kind.slug == slug)

    async def free(self, slug: str = "intro", *, day: Interval = TOMORROW) -> tuple[Slot, ...]:
        kind = await self.kind(slug)
        return await self.port.find_slots(SlotQuery(event_type=kind.id, window=day, zone="Europe/Berlin"))

    async def booking(self, slug: str = "intro", *, reference: str = "ref-given", which: int = 0) -> Any:
        slot = (await self.free(slug))[which]
        write = BookSlot(event_type=(await self.kind(slug)).id, slot=slot, attendee=DANA)
        written = await self.port.write(claim(write, reference=reference))
        assert written.booking is not None
        return written.booking

    async def series(self, count: int = 4) -> BookSlot:
        """The booking of a whole series, at an hour that the practice world keeps free."""
        kind = await self.kind("weekly-coaching")
        first = next(slot for slot in await self.free(kind.slug) if slot.start.hour == FREE_HOUR)
        weeks = [timedelta(weeks=number) for number in range(count)]
        slots = tuple(Slot(first.start + each, first.end + each) for each in weeks)
        return BookSlot(event_type=kind.id, slot=first, attendee=DANA, recurrence_count=count, series=slots)

    async def second_account(self) -> Account:
        """Somebody else's, over the same route."""
        secret = "cal_live_somebody_else"
        if self.account.route is Route.MATON:
            made = await self.registry.create_connection(claim(CreateConnection(provider=self.account.provider)), OWNER)
            await self.http.get(made.url)
            secret = made.id
        return replace(self.account, id="acc-2", owner=replace(OWNER, member="U2"), secret=secret)

    def later(self, **length: float) -> None:
        self.clock.at += timedelta(**length)


async def open_world(shapes: str, route: Route, *, around: Callable[[Any], Any] = lambda inner: inner) -> World:
    """`around` wraps the transport, to spoil what passes."""
    clock = FixedClock()
    sandbox = create_sandbox(seed=1, now=NOW, clock=clock.now)
    app = DropVersion(sandbox) if shapes == "legacy" else sandbox
    transport = around(in_process(app))
    http = httpx.AsyncClient(transport=transport, trust_env=False)
    pauses = PassingTime(clock=clock)
    client = ApiClient(
        http=OverHttpx(transport),
        limits=Limits(gateway_rate=10_000),
        sleep=pauses,
        clock=clock,
        observe=lambda _record: None,
    )
    provider = "calendly" if shapes == "calendly" else "calcom"
    routes = Routes(
        offered=((provider, route),),
        maton=MatonAddresses(key="maton-key", base_url="http://sandbox", connections_url="http://sandbox/connections"),
        calcom_url="http://sandbox/v2",
        calendly_url="http://sandbox",
    )
    registry = Registry(client, routes, sandbox=client)
    secret = {Route.DIRECT: "cal_live_example", Route.SANDBOX: ""}.get(route)
    if secret is None:
        made = await registry.create_connection(claim(CreateConnection(provider=provider)), OWNER)
        await http.get(made.url)
        secret = made.id
    account = Account(id="acc-1", owner=OWNER, provider=provider, route=route, secret=secret)
    return World(sandbox, registry, account, http, pauses, clock, shapes == "legacy")


def at(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=NOW.tzinfo)
