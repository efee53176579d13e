"""News without webhooks: bookings are looked at every few minutes, and what differs is told once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from test_reminders import ANA, Mornings, mornings

from bot.dialogue.acts import Said
from bot.scheduling.models import ChangeKind
from bot.scheduling.reminding.errands import ErrandKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.loop.reminding.rounds import Rounds
    from bot.scheduling.models import BookingChange


@dataclass
class Desk:
    """Takes changes, as the notices would."""

    taken: list[BookingChange] = field(default_factory=list)

    async def take(self, account: str, change: BookingChange) -> None:
        self.taken.append(change)

    @property
    def kinds(self) -> list[ChangeKind]:
        return [change.kind for change in self.taken]


@pytest.fixture
async def ana(tmp_path: Path) -> AsyncIterator[Mornings]:
    async with mornings(tmp_path) as found:
        yield found


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def look(ana: Mornings, desk: Desk, hour: int, minute: int = 0) -> None:
    ana.clock.go(hour, minute)
    await rounds(ana, desk).sweep()


def rounds(ana: Mornings, desk: Desk) -> Rounds:
    return replace(ana.rounds, take_change=desk.take)


async def test_the_first_look_only_remembers(ana: Mornings, desk: Desk) -> None:
    await ana.book(11, day=10)
    await ana.turn(Said(text="turn news on"))
    await look(ana, desk, 8)
    await look(ana, desk, 8, 5)

    assert desk.taken == []


async def test_a_new_a_moved_and_a_cancelled_booking_are_told_once_each(ana: Mornings, desk: Desk) -> None:
    first = await ana.book(11, day=10)
    await ana.turn(Said(text="turn news on"))
    await look(ana, desk, 8)
    await ana.book(16, day=10)
    await look(ana, desk, 8, 5)
    sandbox = ana.house.sandbox
    assert sandbox is not None
    old = sandbox.world.bookings[first]
    moved = replace(old, start=old.start + timedelta(hours=1), end=old.end + timedelta(hours=1))
    sandbox.world.bookings[first] = moved
    await look(ana, desk, 8, 10)
    sandbox.world.bookings[first] = replace(moved, state=type(moved.state)("cancelled"))
    await asyncio.gather(*(rounds(ana, desk).sweep() for _ in range(2)))
    await look(ana, desk, 8, 15)
    await look(ana, desk, 8, 20)

    assert desk.kinds == [ChangeKind.BOOKED, ChangeKind.MOVED, ChangeKind.CANCELLED]
    assert desk.taken[1].old_start == old.start
    assert len({change.key for change in desk.taken}) == 3


async def test_what_is_over_was_not_cancelled(ana: Mornings, desk: Desk) -> None:
    await ana.book(11)
    await ana.turn(Said(text="turn news on"))
    await look(ana, desk, 10, 55)
    await look(ana, desk, 11, 31)

    assert desk.taken == []


async def test_it_is_turned_off_in_words(ana: Mornings, desk: Desk) -> None:
    begun = await ana.turn(Said(text="turn news on"))
    ended = await ana.turn(Said(text="turn news off"))

    assert begun.text == "From now on I send you news of your bookings, within minutes."
    assert ended.text == "I send you nothing by itself any more."
    assert await ana.house.store.errands.of(ANA, ErrandKind.NEWS) == ()
