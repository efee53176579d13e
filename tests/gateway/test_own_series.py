"""A series that one booking call makes: booked as listed, found again after a lost answer, cancelled from any date on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from gateway_fakes import claim
from gateway_worlds import World, open_world
from spoiling import Spoiler

from bot.errors import Uncertain, Unsupported
from bot.gateway.calcom.hosting.limits import read_old_repeats, read_repeats
from bot.scheduling.accounts import Route
from bot.scheduling.limits import Repeats, Rhythm
from bot.scheduling.models import BookingQuery, BookingStatus
from bot.scheduling.undoing import undo_of
from bot.scheduling.writes import CancelBooking

if TYPE_CHECKING:
    import httpx

    from bot.scheduling.models import Booking

SLUG = "weekly-coaching"


async def opened(shapes: str = "current") -> tuple[World, Spoiler]:
    spoilers: list[Spoiler] = []

    def around(inner: httpx.AsyncBaseTransport) -> Spoiler:
        spoilers.append(Spoiler(inner))
        return spoilers[0]

    return await open_world(shapes, Route.DIRECT, around=around), spoilers[0]


async def standing(world: World) -> tuple[Booking, ...]:
    return tuple(each for each in await world.port.bookings(BookingQuery()) if each.title.startswith("Weekly coaching"))


@pytest.mark.parametrize("shapes", ["current", "legacy"])
async def test_a_type_says_that_it_repeats(shapes: str) -> None:
    world, _ = await opened(shapes)

    assert (await world.kind(SLUG)).repeats == Repeats(rhythm=Rhythm.WEEKLY, interval=1, most=6)
    assert (await world.kind("intro")).repeats is None


@pytest.mark.parametrize(
    ("policy", "rule"),
    [
        ({"interval": 2, "occurrences": 5, "frequency": "monthly", "disabled": False}, (Rhythm.MONTHLY, 2, 5)),
        ({"frequency": "daily", "occurrences": 9}, (Rhythm.OTHER, 1, 9)),
        ({"frequency": ["weekly"], "interval": "x", "occurrences": -1}, (Rhythm.OTHER, 1, 1)),
        (True, (Rhythm.OTHER, 1, 1)),
        ({"disabled": True}, None),
        (None, None),
    ],
)
def test_a_rule_is_read_or_taken_for_one_that_we_cannot_spell_out(policy: Any, rule: tuple[Any, ...] | None) -> None:
    read = read_repeats(policy)

    assert (None if read is None else (read.rhythm, read.interval, read.most)) == rule


def test_the_older_rule_is_read_by_its_numbers() -> None:
    assert read_old_repeats({"freq": 1, "count": 3, "interval": 2}) == Repeats(
        rhythm=Rhythm.MONTHLY, interval=2, most=3
    )
    assert read_old_repeats(None) is None


async def test_one_call_makes_just_the_dates_of_the_card() -> None:
    world, _ = await opened()
    write = await world.series()

    written = await world.port.write(claim(write))

    assert tuple(each.slot for each in written.bookings) == write.series
    assert len({each.series for each in written.bookings}) == 1
    assert [path for method, path in await world.writes() if method == "POST"] == ["/v2/bookings"]


async def test_a_single_date_of_such_a_type_is_one_booking() -> None:
    world, _ = await opened()
    write = replace(await world.series(), series=(), recurrence_count=1)

    written = await world.port.write(claim(write))

    assert written.bookings == ()
    assert [each.slot for each in await standing(world)] == [write.slot]


async def test_older_shapes_refuse_a_series_before_anything_is_sent() -> None:
    world, _ = await opened("legacy")
    write = await world.series()
    before = await world.writes()

    with pytest.raises(Unsupported):
        await world.port.write(claim(write))

    assert await world.writes() == before


async def test_a_lost_answer_is_found_with_all_its_dates() -> None:
    world, spoiler = await opened()
    write = await world.series()
    claimed = claim(write)
    spoiler.mode = "answer lost"
    with pytest.raises(Uncertain):
        await world.port.write(claimed)

    written = await world.port.look_up(claimed)

    assert written is not None
    assert tuple(each.slot for each in written.bookings) == write.series
    assert sum(world.pauses.taken) == 0


async def test_a_series_that_stopped_half_way_is_told_as_far_as_it_stands() -> None:
    world, spoiler = await opened()
    write = await world.series()
    claimed = claim(write)
    spoiler.mode = "answer lost"
    with pytest.raises(Uncertain):
        await world.port.write(claimed)
    spoiler.mode = ""
    last = (await standing(world))[-1]
    await world.port.write(claim(CancelBooking(booking=last.id, slot=last.slot), reference="other"))

    written = await world.port.look_up(claimed)

    assert written is not None
    assert tuple(each.slot for each in written.bookings) == write.series[:-1]
    assert sum(world.pauses.taken) == pytest.approx(8)


async def test_undo_cancels_every_date() -> None:
    world, _ = await opened()
    write = await world.series()
    written = await world.port.write(claim(write))

    back = undo_of(write, written, world.port.capabilities)

    assert isinstance(back, CancelBooking)
    assert back.and_following
    gone = await world.port.write(claim(back, reference="back"))
    assert [each.status for each in gone.bookings] == [BookingStatus.CANCELLED] * 4
    assert await standing(world) == ()


async def test_the_rest_goes_although_the_first_is_cancelled_already() -> None:
    world, _ = await opened()
    written = await world.port.write(claim(await world.series()))
    first = written.bookings[0]
    await world.port.write(claim(CancelBooking(booking=first.id, slot=first.slot), reference="one"))

    await world.port.write(claim(CancelBooking(booking=first.id, slot=first.slot, and_following=True), reference="all"))

    assert await standing(world) == ()


async def test_from_a_later_date_on_the_earlier_ones_stay() -> None:
    world, _ = await opened()
    written = await world.port.write(claim(await world.series()))
    third = written.bookings[2]

    await world.port.write(claim(CancelBooking(booking=third.id, slot=third.slot, and_following=True), reference="all"))

    assert [each.slot for each in await standing(world)] == [each.slot for each in written.bookings[:2]]
