"""What becomes of every write when something goes wrong: done, refused, or settled by a look-up, and never sent twice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from gateway_fakes import Pauses, make_client

from bot.errors import PencilError, ProviderDown, RateLimited, Uncertain
from bot.gateway.calendly import CalendlyProvider
from bot.gateway.calls import Target
from bot.gateway.client import Api, Limits
from bot.gateway.practice import in_process
from bot.sandbox import FaultKind, FaultRule, Sandbox, create_sandbox
from bot.sandbox.world.calendar import State
from bot.scheduling.claims import Claimed, mint
from bot.scheduling.models import Attendee, Slot, SlotQuery
from bot.scheduling.times import Interval
from bot.scheduling.writes import (
    BookSlot,
    CancelBooking,
    CreateLink,
    CreateWebhook,
    DeleteWebhook,
    MarkAbsent,
    MoveBooking,
    Write,
    Written,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DANA = Attendee(name="Dana Dune", email="dana@example.com", zone="Europe/London")
WRITES = {
    "book": "/invitees",
    "move": "/invitees",
    "cancel": "/scheduled_events/*/cancellation",
    "mark_absent": "/invitee_no_shows",
    "create_webhook": "/webhook_subscriptions",
    "delete_webhook": "/webhook_subscriptions/*",
}
EVERY_SAVE = frozenset({"book", "cancel"})
"""Tried on every save; the others, whose calls go the same way, with the whole suite."""
HTML = "<html><body>Bad gateway</body></html>"


def kinds(*, without: str = "") -> list[object]:
    """The kinds of writes as cases; those that are not tried on every save are slow."""
    return [
        pytest.param(kind, marks=() if kind in EVERY_SAVE else (pytest.mark.slow,))
        for kind in WRITES
        if kind != without
    ]


class ConnectRefused(httpx.AsyncBaseTransport):
    """Lets reads pass; a write finds nobody to talk to."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.tries = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method != "GET":
            self.tries += 1
            raise httpx.ConnectError("refused")
        return await self.inner.handle_async_request(request)


@dataclass
class Stage:
    """A sandbox with one booking of ours, and a provider on it whose calls can be spoiled."""

    sandbox: Sandbox
    at: datetime = NOW
    type_id: str = ""
    slots: tuple[Slot, ...] = ()
    booking: str = ""
    webhook: str = ""
    pauses: Pauses = field(default_factory=Pauses)

    @classmethod
    async def set(cls, kind: str) -> Stage:
        clock = {"now": NOW}
        sandbox = create_sandbox(seed=5, now=NOW, clock=lambda: clock["now"])
        stage = cls(sandbox)
        provider = stage.provider()
        stage.type_id = next(one.id for one in await provider.event_types() if one.title == "Intro")
        week = Interval(NOW, NOW + timedelta(days=6))
        stage.slots = await provider.find_slots(SlotQuery(event_type=stage.type_id, window=week, zone="UTC"))
        made = await provider.write(stage.claim(stage.book(0), reference="earlier"))
        assert made.booking is not None
        stage.booking = made.booking.id
        if kind == "delete_webhook":
            hook = await provider.write(stage.claim(stage.subscribe(), reference="hook"))
            assert hook.webhook is not None
            stage.webhook = hook.webhook.id
        if kind == "mark_absent":
            clock["now"] = stage.slots[0].start + timedelta(minutes=5)
        await sandbox_log(sandbox, "DELETE")
        return stage

    def provider(self, transport: httpx.AsyncBaseTransport | None = None, **limits: Any) -> CalendlyProvider:
        client = make_client(
            transport or in_process(self.sandbox), pauses=self.pauses, limits=Limits(gateway_rate=10_000, **limits)
        )
        client.clock = WorldClock(self.sandbox)
        headers = (("Authorization", "Bearer cal_one"),)
        return CalendlyProvider(
            Api(client, Target(provider="calendly", base_url="http://sandbox", account="a", headers=headers))
        )

    def write(self, kind: str) -> Write:
        match kind:
            case "book":
                return self.book(4)
            case "move":
                return MoveBooking(booking=self.booking, old=self.slots[0], slot=self.slots[4])
            case "cancel":
                return CancelBooking(booking=self.booking, slot=self.slots[0])
            case "mark_absent":
                return MarkAbsent(booking=self.booking, emails=("dana@example.com",))
            case "create_webhook":
                return self.subscribe()
            case _:
                return DeleteWebhook(webhook=self.webhook)

    def book(self, number: int) -> BookSlot:
        return BookSlot(event_type=self.type_id, slot=self.slots[number], attendee=DANA)

    def subscribe(self) -> CreateWebhook:
        return CreateWebhook(url="https://pencil.example.com/webhooks/calendly/t", triggers=("booked", "cancelled"))

    def claim(self, write: Write, *, reference: str = "ours") -> Claimed:
        return mint(reference=reference, write=write, account="a", claimed_at=self.sandbox.world.now())

    def spoil(self, *rules: FaultRule) -> None:
        self.sandbox._controls.faults.replace(rules)

    def count(self, kind: str) -> int:
        """How often the world was changed by it."""
        world = self.sandbox.world
        match kind:
            case "book" | "move":
                return sum(
                    1
                    for one in world.bookings.values()
                    if one.state is State.ACCEPTED and one.start == self.slots[4].start
                )
            case "cancel":
                return sum(1 for one in world.bookings.values() if one.state is State.CANCELLED)
            case "mark_absent":
                return sum(guest.is_absent for one in world.bookings.values() for guest in one.guests)
            case "create_webhook":
                return len(world.webhooks)
            case _:
                return 1 - len(world.webhooks)

    async def sent(self, kind: str) -> int:
        """How often the write itself was sent."""
        last = WRITES[kind].rsplit("/", 1)[-1].strip("*")
        log = await sandbox_log(self.sandbox, "GET")
        return sum(1 for one in log if one["method"] != "GET" and (last in one["path"]))


class WorldClock:
    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def now(self) -> datetime:
        return self.sandbox.world.now()


async def sandbox_log(sandbox: Sandbox, method: str) -> list[dict[str, Any]]:
    async with httpx.AsyncClient(transport=in_process(sandbox), base_url="http://sandbox") as http:
        answer = await http.request(method, "/_log")
        return list(answer.json()) if method == "GET" else []


def rule(kind: FaultKind, write: str, **more: Any) -> FaultRule:
    method = "DELETE" if write == "delete_webhook" else "POST"
    return FaultRule(kind=kind, method=method, path=WRITES[write], **more)


LOST: dict[str, tuple[FaultKind, dict[str, Any]]] = {
    "the answer is lost": (FaultKind.LOSE_ANSWER, {}),
    "500 after the commit": (FaultKind.STATUS, {"status": 500, "after_commit": True}),
    "a proxy's page after the commit": (FaultKind.STATUS, {"status": 502, "body": HTML, "after_commit": True}),
    "the gateway gives up after the commit": (FaultKind.STATUS, {"status": 504, "body": "", "after_commit": True}),
}


@pytest.mark.parametrize("failure", LOST)
@pytest.mark.parametrize("kind", kinds())
async def test_a_write_whose_answer_is_lost_is_found_again(kind: str, failure: str) -> None:
    stage = await Stage.set(kind)
    fault, more = LOST[failure]
    stage.spoil(rule(fault, kind, times=1, **more))
    provider, claimed = stage.provider(), stage.claim(stage.write(kind))

    with pytest.raises(Uncertain):
        await provider.write(claimed)
    found = await provider.look_up(claimed)

    assert isinstance(found, Written)
    assert stage.count(kind) == 1
    assert await stage.sent(kind) == 1
    assert stage.pauses.taken == []


NEVER_CAME: dict[str, tuple[FaultKind, dict[str, Any]]] = {
    "500 before anything": (FaultKind.STATUS, {"status": 500}),
    "a proxy's page": (FaultKind.STATUS, {"status": 502, "body": HTML}),
    "the connection is cut": (FaultKind.REFUSE, {}),
}


@pytest.mark.parametrize("failure", NEVER_CAME)
@pytest.mark.parametrize("kind", kinds())
async def test_a_write_that_never_came_is_known_not_to_be_written(kind: str, failure: str) -> None:
    stage = await Stage.set(kind)
    fault, more = NEVER_CAME[failure]
    stage.spoil(rule(fault, kind, times=1, **more))
    provider, claimed = stage.provider(), stage.claim(stage.write(kind))

    with pytest.raises(Uncertain):
        await provider.write(claimed)
    found = await provider.look_up(claimed)

    assert found is None
    assert stage.count(kind) == 0
    assert await stage.sent(kind) == 1
    assert stage.pauses.taken == [1.0, 3.0, 8.0]


@pytest.mark.parametrize("kind", kinds(without="delete_webhook"))
async def test_an_answer_cut_in_half_counts_as_written(kind: str) -> None:
    stage = await Stage.set(kind)
    stage.spoil(rule(FaultKind.MALFORMED, kind, times=1))
    provider, claimed = stage.provider(), stage.claim(stage.write(kind))

    with pytest.raises(Uncertain):
        await provider.write(claimed)

    assert await provider.look_up(claimed) is not None
    assert stage.count(kind) == 1
    assert await stage.sent(kind) == 1


@pytest.mark.parametrize("kind", kinds())
async def test_a_write_that_hangs_is_uncertain(kind: str) -> None:
    stage = await Stage.set(kind)
    stage.spoil(rule(FaultKind.TIMEOUT, kind, times=1, seconds=5, after_commit=True))
    provider, claimed = stage.provider(write=0.05, connect=0.05), stage.claim(stage.write(kind))

    with pytest.raises(Uncertain):
        await provider.write(claimed)

    assert await stage.provider().look_up(claimed) is not None
    assert stage.count(kind) == 1


@pytest.mark.parametrize("kind", kinds())
async def test_a_write_that_could_not_be_sent_is_not_written(kind: str) -> None:
    stage = await Stage.set(kind)
    transport = ConnectRefused(in_process(stage.sandbox))

    with pytest.raises(ProviderDown):
        await stage.provider(transport).write(stage.claim(stage.write(kind)))

    assert stage.count(kind) == 0


@pytest.mark.parametrize("kind", kinds())
async def test_a_write_that_comes_too_soon_waits_and_is_sent_once_more(kind: str) -> None:
    stage = await Stage.set(kind)
    body = {"title": "Too Many Requests", "message": "slow down"}
    headers = {"x-ratelimit-reset": "2"}
    stage.spoil(rule(FaultKind.STATUS, kind, times=1, status=429, body=body, headers=headers))

    await stage.provider().write(stage.claim(stage.write(kind)))

    assert stage.count(kind) == 1
    assert stage.pauses.taken == [2.0]


@pytest.mark.parametrize("kind", kinds())
async def test_a_write_that_would_wait_long_is_not_written(kind: str) -> None:
    stage = await Stage.set(kind)
    body = {"title": "Too Many Requests", "message": "slow down"}
    stage.spoil(rule(FaultKind.STATUS, kind, status=429, body=body, headers={"x-ratelimit-reset": "60"}))

    with pytest.raises(RateLimited):
        await stage.provider().write(stage.claim(stage.write(kind)))

    assert stage.count(kind) == 0


async def test_a_used_up_booking_budget_leaves_the_reads_alone() -> None:
    stage = await Stage.set("book")
    body = {"title": "Too Many Requests", "message": "slow down"}
    headers = {"x-ratelimit-limit": "10", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "60"}
    stage.spoil(rule(FaultKind.STATUS, "book", status=429, body=body, headers=headers))
    provider = stage.provider()
    with pytest.raises(RateLimited):
        await provider.write(stage.claim(stage.write("book")))

    assert (await provider.booking(stage.booking)).id == stage.booking


CANCEL_TROUBLE = {
    "it is refused": rule(FaultKind.STATUS, "cancel", status=403, body={"title": "Permission Denied", "message": "no"}),
    "it must wait": rule(
        FaultKind.STATUS,
        "cancel",
        status=429,
        body={"title": "Too Many", "message": "no"},
        headers={"x-ratelimit-reset": "60"},
    ),
}


@pytest.mark.parametrize("trouble", CANCEL_TROUBLE)
async def test_a_move_whose_cancellation_fails_tells_of_the_old_booking(trouble: str) -> None:
    stage = await Stage.set("move")
    stage.spoil(CANCEL_TROUBLE[trouble])

    written = await stage.provider().write(stage.claim(stage.write("move")))

    assert written.booking is not None
    assert written.leftover is not None
    assert written.leftover.id == stage.booking
    assert stage.count("move") == 1


@pytest.mark.parametrize("is_carried_out", [True, False])
async def test_a_move_whose_cancellation_is_lost_is_looked_up_whole(*, is_carried_out: bool) -> None:
    stage = await Stage.set("move")
    fault = FaultKind.LOSE_ANSWER if is_carried_out else FaultKind.REFUSE
    stage.spoil(rule(fault, "cancel", times=1))
    provider, claimed = stage.provider(), stage.claim(stage.write("move"))

    with pytest.raises(Uncertain):
        await provider.write(claimed)
    found = await provider.look_up(claimed)

    assert found is not None
    assert found.booking is not None
    assert found.booking.slot == stage.slots[4]
    assert (found.leftover is None) is is_carried_out
    assert stage.count("move") == 1


async def test_a_move_never_cancels_before_it_has_booked() -> None:
    stage = await Stage.set("move")
    taken = {"title": "Invalid Argument", "message": "The supplied parameters are invalid."}
    stage.spoil(rule(FaultKind.STATUS, "move", status=400, body=taken))

    with pytest.raises(PencilError):
        await stage.provider().write(stage.claim(stage.write("move")))

    assert stage.count("cancel") == 0


async def test_a_lost_link_is_not_looked_for() -> None:
    stage = await Stage.set("book")

    with pytest.raises(Uncertain) as caught:
        await stage.provider().look_up(stage.claim(CreateLink(event_type=stage.type_id)))

    assert "does no harm" in caught.value.for_person


async def test_a_booking_of_another_reference_is_not_taken_for_ours() -> None:
    stage = await Stage.set("book")
    provider = stage.provider()
    await provider.write(stage.claim(stage.book(4), reference="somebody else's"))

    assert await provider.look_up(stage.claim(stage.book(4))) is None


async def test_a_booking_whose_reference_was_stripped_is_found_by_time_and_address() -> None:
    stage = await Stage.set("book")
    provider, claimed = stage.provider(), stage.claim(stage.book(4))
    await provider.write(claimed)
    world = stage.sandbox.world
    booking = next(one for one in world.bookings.values() if one.start == stage.slots[4].start)
    world.change_booking(booking, guests=(replace(booking.guests[0], metadata={}),))

    assert await provider.look_up(claimed) is not None
