"""One time for all processes: whoever's machine is wrong goes by the database, so that no lease looks older than it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import StoreDown
from bot.loop.timekeeping import AgreedClock

TRUE = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class Machine:
    """A machine's clock that is off by so much; asking the database takes `pause`."""

    off: timedelta
    pause: timedelta = timedelta(0)
    at: datetime = TRUE

    def now(self) -> datetime:
        return self.at + self.off

    async def time(self) -> datetime | None:
        self.at += self.pause / 2
        there = self.at
        self.at += self.pause / 2
        return there


class Nothing:
    """A database without a clock, or one that is away."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    async def time(self) -> datetime | None:
        if self.error is not None:
            raise self.error
        return None


@pytest.mark.parametrize("off", [timedelta(seconds=20), timedelta(seconds=-20), timedelta(hours=3)])
async def test_a_wrong_machine_goes_by_the_database(off: timedelta) -> None:
    machine = Machine(off, pause=timedelta(seconds=4))
    clock = AgreedClock(machine)

    await clock.compare(machine)

    assert clock.now() == machine.at


async def test_a_machine_that_is_set_right_again_is_believed_again() -> None:
    machine = Machine(timedelta(seconds=20))
    clock = AgreedClock(machine)
    await clock.compare(machine)

    machine.off = timedelta(0)
    await clock.compare(machine)

    assert clock.now() == machine.at


async def test_what_a_slow_answer_may_hide_is_no_difference() -> None:
    machine = Machine(timedelta(milliseconds=900))
    clock = AgreedClock(machine)

    await clock.compare(machine)

    assert clock.ahead == timedelta(0)


async def test_without_an_answer_the_last_comparison_holds() -> None:
    machine = Machine(timedelta(seconds=20))
    clock = AgreedClock(machine)
    await clock.compare(machine)

    await clock.compare(Nothing())
    with pytest.raises(StoreDown):
        await clock.compare(Nothing(StoreDown("away")))

    assert clock.now() == machine.at
