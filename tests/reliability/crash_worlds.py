"""Processes that stop at an instruction: houses over one database, one practice world and one clock that is moved.

A process that stops is one that was killed, as far as all others can tell; let go again, it is one that had only been frozen.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.app.settings import load_settings
from bot.app.wiring import open_house
from bot.dialogue.acts import Chose, ConversationKey, Said
from bot.errors import ProviderDown
from bot.sandbox import FaultRule, create_sandbox
from bot.scheduling.accounts import Owner
from bot.scheduling.models import Person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.app.wiring import House
    from bot.dialogue.acts import Reply, Turn
    from bot.loop.assistant import Assistant
    from bot.sandbox import Sandbox
    from bot.sandbox.world.calendar import Booking, Hold
    from bot.scheduling.ledger import LedgerRow

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANA = Owner("", "T1", "UANA1")
ASKER = Person(name="Ana", email="ana@acme.io", zone="Europe/Berlin", member="UANA1")
KEY = ConversationKey(owner=ANA, channel="DANA")
PRIYA = "priya@acme.io"
WISH = f"book intro with {PRIYA} tuesday 2pm"


@dataclass(slots=True)
class MovedClock:
    """Stands until it is moved; waiting moves it."""

    instant: datetime = MONDAY

    def now(self) -> datetime:
        return self.instant

    async def sleep(self, seconds: float) -> None:
        self.instant += timedelta(seconds=seconds)
        await asyncio.sleep(0)


class Stops:
    """A part of the store whose caller stops before or after one of its methods, until it is let go."""

    def __init__(self, part: Any, *, before: str = "", after: str = "", skip: int = 0) -> None:
        self._part, self._before, self._after, self._skip = part, before, after, skip
        self.reached = asyncio.Event()
        self.let_go = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        inner = getattr(self._part, name)
        if name not in {self._before, self._after}:
            return inner

        async def stopping(*arguments: Any, **named: Any) -> Any:
            if self._skip:
                self._skip -= 1
                return await inner(*arguments, **named)
            if name == self._before:
                await self._stop()
            result = await inner(*arguments, **named)
            if name == self._after:
                await self._stop()
            return result

        return stopping

    def over(self, part: Any) -> Stops:
        """The same stop, built into another part."""
        other = Stops(part, before=self._before, after=self._after, skip=self._skip)
        other.reached, other.let_go = self.reached, self.let_go
        return other

    async def _stop(self) -> None:
        self.reached.set()
        await self.let_go.wait()


@dataclass
class Life:
    """One process: its house, and what it said unasked."""

    house: House
    clock: MovedClock
    told: list[Reply] = field(default_factory=list)
    refusals: int = 0
    """How many tellings fail from now on, as when Slack is away."""

    async def person(self, owner: Owner) -> Person:
        return ASKER

    async def tell(self, owner: Owner, place: str, reply: Reply, *, once: object = None) -> str:
        if self.refusals:
            self.refusals -= 1
            raise ProviderDown("Slack is away")
        self.told.append(reply)
        return place

    async def take(self, turn: Turn, *, through: Assistant | None = None, place: str = "here") -> Reply:
        """One turn whose answer reaches its person."""
        assistant = through or self.house.assistant
        reply = await assistant.take_turn(turn, key=KEY, asker=ASKER, place=place, is_public=False)
        await assistant.delivered(reply, place)
        return reply

    def stopping(self, **where: Any) -> tuple[Assistant, Stops]:
        """This process with a stop built in."""
        stops = Stops(self.house.store.ledger, **where)
        soon = timedelta(milliseconds=50)
        writer = replace(self.house.writer, ledger=stops)
        effects = self.house.assistant.effects
        presses = replace(effects.presses, ledger=stops, writer=writer, wait_for_other=soon)
        effects = replace(effects, ledger=stops, presses=presses)
        limits = replace(self.house.assistant.limits, wait_for_other=soon)
        turns = stops.over(self.house.store.turns)
        assistant = replace(self.house.assistant, turns=turns, ledger=stops, effects=effects, limits=limits)
        return assistant, stops

    async def sweep(self) -> int:
        """One round of recovery."""
        return await self.house.recovery(self, _no_replay).sweep()

    async def recover(self, *, within: timedelta = timedelta(minutes=2)) -> None:
        """Round after round, a second apart, until nothing is open or untold."""
        ends_at = self.clock.now() + within
        while self.clock.now() < ends_at:
            await self.sweep()
            if not any(row.is_open or row.told_at is None for row in await self.rows()):
                return
            self.clock.instant += timedelta(seconds=1)

    async def rows(self) -> tuple[LedgerRow, ...]:
        return await self.house.store.ledger.history(since=MONDAY - timedelta(days=1))


@dataclass
class Town:
    """Two processes, what they share, and the shortcuts of a story."""

    one: Life
    two: Life
    sandbox: Sandbox
    clock: MovedClock

    def bookings(self, mail: str = PRIYA) -> list[Booking]:
        """What stands."""
        kept = self.sandbox.world.bookings.values()
        return [b for b in kept if b.state.value in {"accepted", "pending"} and any(g.email == mail for g in b.guests)]

    def holds(self) -> list[Hold]:
        """What is held now."""
        return list(self.sandbox.world.live_holds())

    def fault(self, kind: str, *, method: str = "POST", path: str = "re:.*/bookings", **more: Any) -> None:
        """The provider misbehaves, once unless `times` says otherwise."""
        rule = {"kind": kind, "method": method, "path": path, "times": 1} | more
        self.sandbox._controls.faults.replace((FaultRule.model_validate(rule),))

    def writes(self, path: str = "/bookings") -> int:
        """How many calls changed something at the provider."""
        entries = self.sandbox._controls.record.entries
        return sum(1 for e in entries if e.method != "GET" and e.path.endswith(path) and e.carried_out)

    async def card(self, text: str = WISH, label: str = "Book") -> Chose:
        """Ask, and get the press of a button of the card."""
        reply = await self.one.take(Said(text=text))
        return press_of(reply, label)

    async def crash(self, turn: Turn, **where: Any) -> Stops:
        """The first process takes the turn and stops there; the lease of what it held runs out."""
        assistant, stops = self.one.stopping(**where)
        task = asyncio.create_task(self.one.take(turn, through=assistant))
        self._stopped.append(task)
        async with asyncio.timeout(30):
            await stops.reached.wait()
        self.clock.instant += timedelta(seconds=13)
        return stops

    _stopped: list[asyncio.Task[Reply]] = field(default_factory=list)

    async def wake(self, stops: Stops) -> Reply:
        """The stopped process goes on as if nothing had been."""
        stops.let_go.set()
        return await self._stopped[-1]

    async def end(self) -> None:
        for task in self._stopped:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def press_of(reply: Reply, label: str) -> Chose:
    choice = next(choice for choice in reply.choices if choice.label.startswith(label))
    return Chose(card=reply.card, option=choice.id)


async def _no_replay(accepted: object) -> None:
    raise AssertionError("no turn is left in the inbox here")


@asynccontextmanager
async def open_town(folder: Path) -> AsyncIterator[Town]:
    clock = MovedClock()
    sandbox = create_sandbox(seed=1, now=MONDAY, clock=clock.now)
    settings = load_settings(_env_file=None, database_url=f"sqlite:///{folder}/pencil.db")
    async with (
        open_house(settings, clock=clock, migrate=True, sandbox=sandbox) as first,
        open_house(settings, clock=clock, sandbox=sandbox) as second,
    ):
        for house in (first, second):
            client: Any = house.registry._sandbox
            client.sleep = clock.sleep
        town = Town(Life(first, clock), Life(second, clock), sandbox, clock)
        try:
            yield town
        finally:
            await town.end()
