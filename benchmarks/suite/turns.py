"""Whole turns of real processes: what one costs, how fast it is acked, how many a process holds, what a burst does."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from suite.report import Figure
from suite.street import open_street

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from fake_slack import Shown

    from suite.street import Bot, Street

ASKED = "what's free thursday afternoon"
RATES = (20, 40, 60, 80, 100, 125, 150, 180, 220, 270, 330, 400)
LATE = 0.5


@dataclass
class Round:
    """What a number of turns came to."""

    took: list[float] = field(default_factory=list)
    acks: list[float] = field(default_factory=list)
    lost: int = 0
    cpu: float = 0.0
    wake_ups: int = 0

    @property
    def per_turn(self) -> float:
        """Milliseconds of processor a turn."""
        return 1000 * self.cpu / max(1, len(self.took))

    @property
    def p99(self) -> float:
        """Seconds."""
        return sorted(self.took)[int(len(self.took) * 0.99) - 1] if self.took else float("inf")


async def many(street: Street, bot: Bot, count: int, rate: float, turn: Callable[[str], Awaitable[int]]) -> Round:
    """So many turns at that rate, whatever becomes of those before."""
    figures, idle = Round(), deque(street.people)
    before, began, slept = bot.cpu(), time.monotonic(), bot.wake_ups()

    async def one(person: str) -> None:
        heard, sent = street.expect(person), time.monotonic()
        try:
            status = await turn(person)
            figures.acks.append(time.monotonic() - sent)
            if status == 200:
                await asyncio.wait_for(heard, 20)
                figures.took.append(time.monotonic() - sent)
            else:
                figures.lost += 1
        except (TimeoutError, OSError):
            figures.lost += 1
        idle.append(person)

    async with asyncio.TaskGroup() as group:
        for number in range(count):
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
            if idle:
                group.create_task(one(idle.popleft()))
            else:
                figures.lost += 1
    figures.cpu, figures.wake_ups = bot.cpu() - before, bot.wake_ups() - slept
    return figures


async def look_ups(street: Street, runs: int, count: int) -> list[Figure]:
    """Look-ups, in turns."""
    rows: dict[str, list[Round]] = {"pencil": [], "hand": []}
    for number in range(runs + 1):
        for bot in (street.pencil, street.hand):
            done = await many(street, bot, count, 20, lambda person, bot=bot: street.say(bot, person, ASKED))  # type: ignore[misc]  # bound now
            if number:  # the first warms
                rows[bot.name].append(done)
    ours, theirs = rows["pencil"], rows["hand"]
    return [
        Figure(
            name="turn",
            what="look-up turn, CPU",
            ours=[one.per_turn for one in ours],
            theirs=[one.per_turn for one in theirs],
            goal=2.0,
            reference="the hand-written bot",
        ),
        Figure(
            name="turn",
            what="look-up turn, wake-ups of the event loop",
            ours=[one.wake_ups / max(1, len(one.took)) for one in ours],
            theirs=[max(1, one.wake_ups) / max(1, len(one.took)) for one in theirs],
            unit="",
            reference="the hand-written bot",
        ),
        Figure(
            name="turn",
            what="look-up turn, ack p50, over the wire",
            ours=[1000 * statistics.median(one.acks) for one in ours],
            theirs=[1000 * statistics.median(one.acks) for one in theirs],
            reference="the hand-written bot",
        ),
        Figure(
            name="turn",
            what="look-up turn, p50",
            ours=[1000 * statistics.median(one.took) for one in ours],
            theirs=[1000 * statistics.median(one.took) for one in theirs],
            reference="the hand-written bot",
        ),
    ]


async def presses(street: Street, runs: int) -> list[Figure]:
    """Press to booked: every person has a card before anything is measured."""
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(runs):
        cards = await _cards(street, number)

        async def press(person: str, cards: dict[str, tuple[Shown, Any]] = cards) -> int:
            return await street.press(street.pencil, person, *cards[person])

        everybody = list(street.people)
        street.people[:] = list(cards)
        ours.append((await many(street, street.pencil, len(cards), 20, press)).per_turn)

        async def by_hand(person: str, cards: dict[str, tuple[Shown, Any]] = cards, number: int = number) -> int:
            element = {"type": "button", "action_id": "take", "value": _start_of(number, street.people.index(person))}
            return await street.press(street.hand, person, cards[person][0], element)

        theirs.append((await many(street, street.hand, len(cards), 20, by_hand)).per_turn)
        street.people[:] = everybody
    return [
        Figure(
            name="press",
            what="press to booked, CPU",
            ours=ours,
            theirs=theirs,
            goal=2.0,
            reference="the hand-written bot, same calls",
        )
    ]


async def _cards(street: Street, number: int) -> dict[str, tuple[Shown, Any]]:
    day = (datetime.now(UTC) + timedelta(days=10 + number)).date()
    while day.weekday() > 4:
        day += timedelta(days=1)
    found: dict[str, tuple[Shown, Any]] = {}
    for person in street.people:
        heard = street.expect(person)
        await street.say(street.pencil, person, f"book intro with guest{number}@guests.example on {day} at 11:00")
        shown = await asyncio.wait_for(heard, 20)
        buttons = [one for one in shown.elements if one["type"] == "button" and one["text"]["text"] == "Book"]
        if buttons:
            found[person] = (shown, buttons[0])
    return found


def _start_of(number: int, place: int) -> str:
    """A time that nobody has taken: one account serves everybody here."""
    day = datetime.now(UTC).replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=20 + 7 * number)
    return (day + timedelta(days=place // 16, minutes=30 * (place % 16))).isoformat()


async def capacity(street: Street) -> list[Figure]:
    """The highest rate at which answers are neither late nor lost."""
    held: dict[str, float] = {}
    for bot in (street.pencil, street.hand):
        best = 0.0
        for rate in RATES:
            done = await many(street, bot, rate * 5, rate, lambda person, bot=bot: street.say(bot, person, ASKED))  # type: ignore[misc]  # bound now
            if done.p99 > LATE or done.lost > rate * 0.05:
                break
            best = rate
        held[bot.name] = best
    return [
        Figure(
            name="capacity",
            what="turns a second, p99 ≤ 0.5 s",
            ours=[held["pencil"]],
            theirs=[max(1.0, held["hand"])],
            unit="1/s",
            goal=0.5,
            is_floor=True,
            reference="the hand-written bot",
        )
    ]


async def burst(street: Street, count: int) -> list[Figure]:
    """Signed events at once: all are acked, all are answered, the processor is the limit."""
    idle = [street.pencil.memory(), street.hand.memory()]
    people, cycles = street.people, -(-count // len(street.people))
    before, began, refused = street.pencil.cpu(), time.monotonic(), 0
    seen = len(street.slack.calls)
    async with asyncio.TaskGroup() as group:
        sent = [group.create_task(street.say(street.pencil, person, ASKED)) for _ in range(cycles) for person in people]
    refused = sum(task.result() != 200 for task in sent)
    posted = 0
    while posted < len(sent) - refused and time.monotonic() - began < 60:
        posted = sum(call.method == "chat.postMessage" for call in street.slack.calls[seen:])
        await asyncio.sleep(0.02)
    took, spent = time.monotonic() - began, street.pencil.cpu() - before
    return [
        Figure(
            name="burst",
            what=f"burst of {len(sent)}, seconds against its CPU",
            ours=[took],
            theirs=[spent],
            unit="s",
            goal=1.5,
            reference="the processor time of one core",
        ),
        Figure(
            name="burst", what="burst: turned away, lost", ours=[refused + (len(sent) - refused - posted)], unit="turns"
        ),
        Figure(
            name="memory", what="memory before the burst", ours=[idle[0]], theirs=[idle[1]], unit="MiB", goal=1.5,
            reference="the hand-written bot",
        ),
        Figure(
            name="memory", what="memory after the burst", ours=[street.pencil.memory()],
            theirs=[street.hand.memory()], unit="MiB", goal=2.0, reference="the hand-written bot",
        ),
    ]  # fmt: skip


async def _all(names: frozenset[str], runs: int, people: int, count: int) -> list[Figure]:
    found: list[Figure] = []
    async with open_street(people) as street:
        if "turn" in names:
            found += await look_ups(street, runs, count)
        if "press" in names:
            found += await presses(street, runs)
        if names & {"burst", "memory"}:
            found += await burst(street, 10 * people)
        if "capacity" in names:
            found += await capacity(street)
    return found


def measure(names: frozenset[str], *, is_short: bool) -> list[Figure]:
    """All that needs the two processes."""
    runs, people, count = (1, 6, 12) if is_short else (5, 100, 240)
    return asyncio.run(_all(names, runs, people, count))
