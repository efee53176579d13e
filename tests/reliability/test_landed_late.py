"""A write that lands at the provider after its person was told that it did not: looked for again, and told truthfully."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from crash_worlds import PRIYA, Town, open_town, press_of

from bot.dialogue.acts import Said
from bot.scheduling.ledger import WriteState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.sandbox.world.calendar import Booking


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(tmp_path) as opened:
        yield opened


async def under_way(town: Town) -> Booking:
    """A booking whose answer was lost, which the provider has not carried out yet, and which was told as not made."""
    press = await town.card()
    town.fault("lose_answer")
    await town.one.take(press)
    (booking,) = town.bookings()
    del town.sandbox.world.bookings[booking.uid]
    await town.one.recover()
    assert "nothing was written" in town.one.told[-1].text
    return booking


def land(town: Town, booking: Booking) -> None:
    town.sandbox.world.bookings[booking.uid] = booking


async def later(town: Town, **by: float) -> None:
    """That long, with rounds of the other process as it goes: the first one is gone."""
    ends_at = town.clock.now() + timedelta(**by)
    while town.clock.now() < ends_at:
        town.clock.instant += timedelta(seconds=5)
        await town.two.sweep()


@pytest.mark.parametrize("after", [20, 150])
async def test_what_lands_late_is_told_with_the_way_back(town: Town, after: int) -> None:
    booking = await under_way(town)
    await later(town, seconds=after)
    assert not town.two.told
    writes = town.writes()

    land(town, booking)
    await later(town, minutes=6)

    (told,) = town.two.told
    assert told.text.startswith("It went through after all")
    assert "Booked:" in told.text
    assert PRIYA in told.text
    assert "Undo" in [choice.label for choice in told.choices]
    assert (town.writes(), len(town.bookings())) == (writes, 1)
    assert [(row.state, row.told_at is None) for row in await town.two.rows()] == [(WriteState.DONE, False)]


async def test_the_way_back_works(town: Town) -> None:
    booking = await under_way(town)
    land(town, booking)
    await later(town, minutes=2)

    asked = await town.two.take(press_of(town.two.told[-1], "Undo"))
    done = await town.two.take(press_of(asked, "Undo"))

    assert "Cancelled" in done.text
    assert not town.bookings()


async def test_what_never_lands_is_looked_for_twice_and_told_once(town: Town) -> None:
    await under_way(town)
    before = reads(town)

    await later(town, minutes=3)
    first = reads(town)
    await later(town, minutes=4)
    second = reads(town)
    await later(town, minutes=25)

    assert before < first < second == reads(town)
    assert not town.two.told


async def test_a_refusal_is_not_looked_for(town: Town) -> None:
    press = await town.card()
    town.fault("status", status=400)
    await town.one.take(press)
    before = reads(town)

    await later(town, minutes=7)

    assert reads(town) == before


async def test_what_lands_after_the_person_went_on_stands_below(town: Town) -> None:
    """They have booked something else meanwhile: that card stays as it is."""
    booking = await under_way(town)
    other = await town.one.take(Said(text="book intro with omar@acme.io wednesday 11am"))
    await town.one.take(press_of(other, "Book"))

    land(town, booking)
    await later(town, minutes=2)

    (told,) = town.two.told
    assert told.is_news
    assert "It went through after all" in told.text
    assert len(town.bookings()) == len(town.bookings("omar@acme.io")) == 1


def reads(town: Town) -> int:
    entries = town.sandbox._controls.record.entries
    return sum(1 for entry in entries if entry.method == "GET" and "/bookings" in entry.path)
