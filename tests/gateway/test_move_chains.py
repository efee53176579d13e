"""A booking that the same press moved before is moved on from there; one that went elsewhere is for its person to see.

A swap is three moves in a row, of which the last names the id from before the first: the service gives a new id with each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from gateway_fakes import claim
from gateway_worlds import World, open_world
from spoiling import Spoiler

from bot.errors import Refused, Uncertain
from bot.scheduling.accounts import Route
from bot.scheduling.writes import MoveBooking

if TYPE_CHECKING:
    import httpx

    from bot.scheduling.models import Booking, Slot


@pytest.fixture
async def world() -> World:
    return await open_world("current", Route.DIRECT)


async def moved(world: World, booking: Booking, slot: Slot, *, old: Slot | None = None, reference: str) -> Booking:
    write = MoveBooking(booking=booking.id, old=old or booking.slot, slot=slot, event_type=booking.event_type)
    written = await world.port.write(claim(write, reference=reference))
    assert written.booking is not None
    return written.booking


async def test_a_second_move_of_one_press_starts_where_the_first_ended(world: World) -> None:
    booking = await world.booking()
    waits, goes = (await world.free())[3:5]

    await moved(world, booking, waits, reference="m1")
    last = await moved(world, booking, goes, old=waits, reference="m2")

    assert last.slot == goes
    assert [one.slot for one in (await world.port.booking(last.id),)] == [goes]


async def test_a_booking_that_somebody_moved_elsewhere_is_not_moved_on(world: World) -> None:
    booking = await world.booking()
    elsewhere, goes = (await world.free())[3:5]
    await moved(world, booking, elsewhere, reference="m1")
    before = await world.writes()

    with pytest.raises(Refused):
        await moved(world, booking, goes, reference="m2")

    assert await world.writes() == before


@pytest.mark.parametrize("mode", ["answer lost", "timeout", "500 after commit", "502 HTML", "malformed"])
async def test_a_lost_answer_to_the_second_move_is_found_along_the_chain(mode: str) -> None:
    spoilers: list[Spoiler] = []

    def around(inner: Any) -> Any:
        spoilers.append(Spoiler(inner))
        return spoilers[0]

    world = await open_world("current", Route.DIRECT, around=around)
    booking = await world.booking()
    waits, goes = (await world.free())[3:5]
    await moved(world, booking, waits, reference="m1")
    second = claim(MoveBooking(booking=booking.id, old=waits, slot=goes, event_type=booking.event_type), reference="m2")

    spoilers[0].mode = mode
    with pytest.raises(Uncertain):
        await world.port.write(second)
    spoilers[0].mode = ""
    found = await world.port.look_up(second)

    assert found is not None
    assert found.booking is not None
    assert found.booking.slot == goes
    assert len(spoilers[0].carried_out) == 1


@pytest.mark.parametrize("mode", ["lost before", "timeout before", "502 before"])
async def test_a_second_move_that_never_arrived_is_known_not_to_be_made(mode: str) -> None:
    spoilers: list[Spoiler] = []

    def around(inner: httpx.AsyncBaseTransport) -> httpx.AsyncBaseTransport:
        spoilers.append(Spoiler(inner))
        return spoilers[0]

    world = await open_world("current", Route.DIRECT, around=around)
    booking = await world.booking()
    waits, goes = (await world.free())[3:5]
    await moved(world, booking, waits, reference="m1")
    second = claim(MoveBooking(booking=booking.id, old=waits, slot=goes, event_type=booking.event_type), reference="m2")

    spoilers[0].mode = mode
    with pytest.raises(Uncertain):
        await world.port.write(second)
    spoilers[0].mode = ""

    assert await world.port.look_up(second) is None
