"""Every write × everything that can go wrong on the way: the truth is told, and nothing is written twice."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from gateway_fakes import claim
from gateway_worlds import DANA, TOMORROW, World, open_world
from spoiling import NEVER_LEFT, NOT_WRITTEN, WRITTEN, Spoiler

from bot.errors import Uncertain
from bot.scheduling.accounts import Route
from bot.scheduling.models import BookingStatus, Hours, Override, Place, PlaceKind
from bot.scheduling.writes import (
    AddGuests,
    ApproveBooking,
    BookSlot,
    CancelBooking,
    ChangeEventType,
    ChangePlace,
    ChangeProfile,
    ChangeSchedule,
    ChangeWebhook,
    CreateEventType,
    CreateSchedule,
    CreateWebhook,
    DeclineBooking,
    DeleteEventType,
    DeleteSchedule,
    DeleteWebhook,
    HoldSlot,
    MarkAbsent,
    MoveBooking,
    ReleaseHold,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx

    from bot.scheduling.writes import Write

    Prepare = Callable[[World], Awaitable[Write]]


async def hold(world: World) -> Write:
    return HoldSlot(event_type=(await world.kind("intro")).id, slot=(await world.free())[0])


async def release(world: World) -> Write:
    written = await world.port.write(claim(await hold(world), reference="given"))
    assert written.hold is not None
    return ReleaseHold(hold=written.hold.id)


async def book(world: World) -> Write:
    return BookSlot(event_type=(await world.kind("intro")).id, slot=(await world.free())[0], attendee=DANA)


async def book_series(world: World) -> Write:
    return await world.series()


async def cancel_series(world: World) -> Write:
    written = await world.port.write(claim(await world.series(), reference="given"))
    assert written.booking is not None
    return CancelBooking(booking=written.booking.id, slot=written.booking.slot, and_following=True)


async def request(world: World) -> Write:
    return BookSlot(
        event_type=(await world.kind("interview")).id, slot=(await world.free("interview"))[0], attendee=DANA
    )


async def move(world: World) -> Write:
    booking = await world.booking()
    return MoveBooking(booking=booking.id, old=booking.slot, slot=(await world.free())[3])


async def cancel(world: World) -> Write:
    booking = await world.booking()
    return CancelBooking(booking=booking.id, slot=booking.slot)


async def approve(world: World) -> Write:
    return ApproveBooking(booking=(await world.booking("interview")).id)


async def decline(world: World) -> Write:
    return DeclineBooking(booking=(await world.booking("interview")).id, reason="Away")


async def add_guests(world: World) -> Write:
    return AddGuests(booking=(await world.booking()).id, emails=("late@example.org",))


async def mark_absent(world: World) -> Write:
    booking = await world.booking()
    world.clock.at = booking.slot.start + timedelta(minutes=5)
    return MarkAbsent(booking=booking.id, emails=("dana@example.org",))


async def change_place(world: World) -> Write:
    place = Place(kind=PlaceKind.LINK, detail="https://meet.example.com/other")
    return ChangePlace(booking=(await world.booking()).id, place=place)


async def create_event_type(world: World) -> Write:
    return CreateEventType(title="Review", slug="review", lengths=(timedelta(minutes=45),))


async def change_event_type(world: World) -> Write:
    return ChangeEventType(event_type=(await world.kind("intro")).id, title="Hello", lengths=(timedelta(minutes=20),))


async def delete_event_type(world: World) -> Write:
    return DeleteEventType(event_type=(await world.kind("intro")).id)


async def create_schedule(world: World) -> Write:
    hours = (Hours(weekdays=(2,), start=time(18), end=time(20)),)
    return CreateSchedule(name="Evenings", zone="Europe/Berlin", hours=hours)


async def change_schedule(world: World) -> Write:
    schedule = (await world.port.schedules())[0]
    return ChangeSchedule(schedule=schedule.id, overrides=(Override(day=TOMORROW.start.date()),))


async def delete_schedule(world: World) -> Write:
    written = await world.port.write(claim(await create_schedule(world), reference="given"))
    assert written.schedule is not None
    return DeleteSchedule(schedule=written.schedule.id)


async def change_profile(world: World) -> Write:
    return ChangeProfile(zone="Europe/Lisbon", name="Ana B.")


async def create_webhook(world: World) -> Write:
    return CreateWebhook(url="https://hooks.example.com/in/abc", triggers=("booked", "moved"))


async def change_webhook(world: World) -> Write:
    written = await world.port.write(claim(await create_webhook(world), reference="given"))
    assert written.webhook is not None
    return ChangeWebhook(webhook=written.webhook.id, is_active=False)


async def delete_webhook(world: World) -> Write:
    written = await world.port.write(claim(await create_webhook(world), reference="given"))
    assert written.webhook is not None
    return DeleteWebhook(webhook=written.webhook.id)


MODERN: dict[str, Prepare] = {
    each.__name__: each
    for each in (
        *(book_series, cancel_series),
        *(hold, release, book, request, move, cancel, approve, decline, add_guests, mark_absent, change_place),
        *(create_event_type, change_event_type, delete_event_type, create_schedule, change_schedule, delete_schedule),
        *(change_profile, create_webhook, change_webhook, delete_webhook),
    )
}
OLD = (
    "book",
    "request",
    "move",
    "cancel",
    "create_event_type",
    "delete_event_type",
    "change_profile",
    "create_webhook",
)
EVERY_SAVE = frozenset({"book", "move", "cancel", "book_series"})
"""Tried on every save; the others, whose calls go the same way, with the whole suite."""


def case_of(shapes: str, name: str) -> object:
    marks = () if name in EVERY_SAVE else (pytest.mark.slow,)
    return pytest.param(shapes, name, id=f"{shapes}-{name}", marks=marks)


CASES = [*(case_of("current", name) for name in MODERN), *(case_of("legacy", name) for name in OLD)]


async def prepared(shapes: str, name: str) -> tuple[World, Spoiler, Any]:
    spoilers: list[Spoiler] = []

    def around(inner: httpx.AsyncBaseTransport) -> Spoiler:
        spoilers.append(Spoiler(inner))
        return spoilers[0]

    world = await open_world(shapes, Route.DIRECT, around=around)
    write = await MODERN[name](world)
    return world, spoilers[0], claim(write)


@pytest.mark.parametrize(("shapes", "name"), CASES)
@pytest.mark.parametrize(("mode", "error"), NEVER_LEFT)
async def test_what_never_left_is_not_written(shapes: str, name: str, mode: str, error: type[Exception]) -> None:
    world, spoiler, claimed = await prepared(shapes, name)
    spoiler.mode = mode

    with pytest.raises(error):
        await world.port.write(claimed)

    assert spoiler.carried_out == []


@pytest.mark.parametrize(("shapes", "name"), CASES)
@pytest.mark.parametrize("mode", WRITTEN)
async def test_what_was_written_without_an_answer_is_found_and_not_repeated(shapes: str, name: str, mode: str) -> None:
    world, spoiler, claimed = await prepared(shapes, name)
    spoiler.mode = mode

    with pytest.raises(Uncertain):
        await world.port.write(claimed)

    if name == "hold":
        with pytest.raises(Uncertain, match="hold"):
            await world.port.look_up(claimed)
    else:
        assert await world.port.look_up(claimed) is not None
    assert len(spoiler.carried_out) == 1


@pytest.mark.parametrize(("shapes", "name"), CASES)
@pytest.mark.parametrize("mode", NOT_WRITTEN)
async def test_what_was_lost_on_the_way_is_found_to_be_unwritten(shapes: str, name: str, mode: str) -> None:
    world, spoiler, claimed = await prepared(shapes, name)
    spoiler.mode = mode

    with pytest.raises(Uncertain):
        await world.port.write(claimed)

    assert await world.port.look_up(claimed) is None
    assert sum(world.pauses.taken) == pytest.approx(8)
    assert spoiler.carried_out == []


async def test_a_look_up_gives_the_booking_that_was_made() -> None:
    world, spoiler, claimed = await prepared("current", "book")
    spoiler.mode = "answer lost"
    with pytest.raises(Uncertain):
        await world.port.write(claimed)

    written = await world.port.look_up(claimed)

    assert written is not None
    assert written.booking is not None
    assert (written.booking.reference, written.booking.status) == (claimed.reference, BookingStatus.BOOKED)
    assert written.booking.slot == claimed.write.slot


async def test_a_look_up_does_not_take_another_s_booking_for_ours() -> None:
    world, spoiler, claimed = await prepared("current", "book")
    spoiler.mode = "lost before"
    with pytest.raises(Uncertain):
        await world.port.write(claimed)
    spoiler.mode = ""
    await world.port.write(claim(claimed.write, reference="another-write"))

    assert await world.port.look_up(claimed) is None


async def test_a_look_up_follows_a_moved_booking_only_to_the_time_asked_for() -> None:
    world, spoiler, claimed = await prepared("current", "move")
    spoiler.mode = "lost before"
    with pytest.raises(Uncertain):
        await world.port.write(claimed)
    spoiler.mode = ""
    elsewhere = MoveBooking(booking=claimed.write.booking, old=claimed.write.old, slot=(await world.free())[5])
    await world.port.write(claim(elsewhere, reference="another-write"))

    assert await world.port.look_up(claimed) is None


async def test_a_booking_cancelled_by_somebody_else_was_not_moved() -> None:
    world, spoiler, claimed = await prepared("current", "move")
    spoiler.mode = "lost before"
    with pytest.raises(Uncertain):
        await world.port.write(claimed)
    spoiler.mode = ""
    await world.port.write(
        claim(CancelBooking(booking=claimed.write.booking, slot=claimed.write.old), reference="other")
    )

    assert await world.port.look_up(claimed) is None


async def test_what_cannot_be_read_now_stays_uncertain() -> None:
    world, spoiler, claimed = await prepared("current", "cancel")
    spoiler.mode = "answer lost"
    with pytest.raises(Uncertain):
        await world.port.write(claimed)
    spoiler.mode = ""
    await world.faults({"kind": "status", "status": 503, "method": "GET"})

    with pytest.raises(Uncertain):
        await world.port.look_up(claimed)


async def test_a_hold_whose_answer_was_lost_has_run_out_after_a_while() -> None:
    world, spoiler, claimed = await prepared("current", "hold")
    spoiler.mode = "answer lost"
    with pytest.raises(Uncertain):
        await world.port.write(claimed)

    world.later(minutes=10)

    assert await world.port.look_up(claimed) is None


async def test_nothing_is_written_through_the_port_without_a_claim() -> None:
    world, spoiler, claimed = await prepared("current", "book")
    spoiler.mode = "answer lost"

    with pytest.raises((AttributeError, TypeError)):
        await world.port.write(claimed.write)

    assert spoiler.carried_out == []
