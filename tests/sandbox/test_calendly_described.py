"""Every method of the port, over the sandbox, with each request and each answer held against the description."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from calendly_spec import FILE, REASON, Spec, SpecChecked

from bot.errors import PencilError, Refused, SlotTaken, Unsupported
from bot.gateway.calendly import PROBE_PATH, CalendlyProvider
from bot.gateway.calls import Target
from bot.gateway.client import Api, ApiClient
from bot.gateway.practice import OverHttpx, in_process
from bot.sandbox import Sandbox, create_sandbox
from bot.scheduling.claims import mint
from bot.scheduling.models import Attendee, BookingQuery, BookingState, EventType, SlotQuery
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

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.skipif(not FILE.exists(), reason=REASON)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DANA = Attendee(name="Dana Dune", email="dana@example.com", zone="Europe/London")


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


async def no_pause(_seconds: float) -> None:
    return None


class World:
    """A provider over a sandbox, on one of the two routes."""

    def __init__(self, route: str, *, token: str = "cal_one") -> None:
        self.clock = Clock()
        self.sandbox: Sandbox = create_sandbox(seed=3, now=NOW, clock=self.clock.now)
        self.checked = SpecChecked(
            in_process(self.sandbox), Spec.load(), prefix="/calendly" if route == "maton" else ""
        )
        self.http = httpx.AsyncClient(transport=self.checked)
        self.route = route
        self.token = token

    async def provider(self) -> CalendlyProvider:
        client = ApiClient(http=OverHttpx(self.checked), clock=self.clock, sleep=no_pause)
        return CalendlyProvider(Api(client, await self._target()))

    async def _target(self) -> Target:
        base, key = "http://sandbox", (("Authorization", f"Bearer {self.token}"),)
        if self.route == "direct":
            return Target(provider="calendly", base_url=base, account="a", headers=key, probe_path=PROBE_PATH)
        async with httpx.AsyncClient(transport=in_process(self.sandbox), headers=dict(key)) as own:
            made = (await own.post(f"{base}/connections", json={"app": "calendly"})).json()
            identifier = made.get("connection", made)["connection_id"]
            link = (await own.get(f"{base}/connections/{identifier}")).json()["connection"]["url"]
            await own.get(link)
        return Target(
            provider="calendly",
            base_url=f"{base}/calendly",
            account="a",
            headers=(*key, ("Maton-Connection", identifier)),
            probe_path=PROBE_PATH,
            connections_url=f"{base}/connections",
        )


async def write(provider: CalendlyProvider, what: Write, *, secret: str = "") -> Written:
    claimed = mint(reference=f"ref-{what.kind}", write=what, account="a", claimed_at=NOW)
    return await provider.write(claimed, secret=secret)


async def type_called(provider: CalendlyProvider, title: str) -> EventType:
    return next(one for one in await provider.event_types() if one.title == title)


@pytest.fixture(params=["direct", "maton"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    found = World(request.param)
    yield found
    await found.http.aclose()
    assert found.checked.problems == []


async def test_the_reads_are_as_described(world: World) -> None:
    provider = await world.provider()
    month = Interval(NOW, NOW + timedelta(days=30))
    intro = await type_called(provider, "Intro")

    slots = await provider.find_slots(SlotQuery(event_type=intro.id, window=month, zone="Europe/Berlin"))
    everything = BookingQuery(states=tuple(BookingState), window=Interval(NOW - timedelta(days=9), month.end))
    found = await provider.bookings(everything)

    assert len(slots) > 100
    assert len(found) == 2
    assert await provider.booking(found[0].id) == found[0]
    assert (await provider.schedules())[0].is_default
    assert await provider.busy_times(month, "Europe/Berlin")
    assert len((await provider.teams())[0].members) > 3
    assert await provider.webhooks() == ()


async def test_the_writes_are_as_described(world: World) -> None:
    provider = await world.provider()
    desk = await type_called(provider, "Help desk")
    slots = await provider.find_slots(
        SlotQuery(event_type=desk.id, window=Interval(NOW, NOW + timedelta(days=3)), zone="UTC")
    )

    booked = await write(
        provider,
        BookSlot(
            event_type=desk.id,
            slot=slots[0],
            attendee=DANA,
            guests=("guest@example.com",),
            answers=(("Topic", "product"),),
        ),
    )
    assert booked.booking is not None
    moved = await write(provider, MoveBooking(booking=booked.booking.id, old=slots[0], slot=slots[5]))
    assert moved.booking is not None
    assert moved.leftover is None
    again = await provider.booking(moved.booking.id)
    assert again.guests == ("guest@example.com",)
    world.clock.at = slots[5].start + timedelta(minutes=5)
    absent = await write(provider, MarkAbsent(booking=moved.booking.id, emails=("dana@example.com",)))
    present = await write(provider, MarkAbsent(booking=moved.booking.id, is_absent=False))
    assert absent.booking is not None
    assert present.booking is not None
    assert (absent.booking.attendees[0].is_absent, present.booking.attendees[0].is_absent) == (True, False)
    await write(provider, CancelBooking(booking=moved.booking.id, slot=slots[5], reason="ill"))
    assert (await write(provider, CreateLink(event_type=desk.id))).link.startswith("https://calendly.com/d/")
    made = await write(
        provider,
        CreateWebhook(url="https://pencil.example.com/webhooks/calendly/t", triggers=("booked", "cancelled")),
        secret="s",
    )
    assert made.webhook is not None
    await write(provider, DeleteWebhook(webhook=made.webhook.id))
    assert await provider.webhooks() == ()


async def test_the_look_ups_are_as_described(world: World) -> None:
    provider = await world.provider()
    intro = await type_called(provider, "Intro")
    slots = await provider.find_slots(
        SlotQuery(event_type=intro.id, window=Interval(NOW, NOW + timedelta(days=3)), zone="UTC")
    )
    book = mint(
        reference="r",
        write=BookSlot(event_type=intro.id, slot=slots[0], attendee=DANA),
        account="a",
        claimed_at=NOW,
    )

    assert await provider.look_up(book) is None
    await provider.write(book)
    found = await provider.look_up(book)

    assert found is not None
    assert found.booking is not None
    assert found.booking.reference == "r"


async def test_the_refusals_are_as_described(world: World) -> None:
    provider = await world.provider()
    intro = await type_called(provider, "Intro")
    slots = await provider.find_slots(
        SlotQuery(event_type=intro.id, window=Interval(NOW, NOW + timedelta(days=3)), zone="UTC")
    )
    await write(provider, BookSlot(event_type=intro.id, slot=slots[0], attendee=DANA))

    with pytest.raises(SlotTaken):
        await write(provider, BookSlot(event_type=intro.id, slot=slots[0], attendee=DANA))
    with pytest.raises(PencilError):
        await provider.booking("https://api.calendly.com/scheduled_events/NOSUCH")
    with pytest.raises(Unsupported):
        await provider.public_event_types("somebody")


async def test_a_free_plan_gives_a_link_instead_of_a_booking() -> None:
    world = World("direct", token="cal_free_one")
    provider = await world.provider()
    intro = await type_called(provider, "Intro")
    slots = await provider.find_slots(
        SlotQuery(event_type=intro.id, window=Interval(NOW, NOW + timedelta(days=3)), zone="UTC")
    )

    written = await write(provider, BookSlot(event_type=intro.id, slot=slots[0], attendee=DANA))
    with pytest.raises(Refused) as caught:
        await write(provider, CreateWebhook(url="https://pencil.example.com/x", triggers=("booked",)))

    assert written.booking is None
    assert written.link.startswith("https://calendly.com/d/")
    assert "nothing is booked" in written.note
    assert caught.value.code == "plan"
    assert world.checked.problems == []
    await world.http.aclose()
