"""How much one process takes, and what happens above that.

    uv run python benchmarks/load.py [--rates 5,10,20,40,80] [--seconds 15] [--database postgresql://…/own --processes 3]

Signed events, commands and presses come in at a fixed rate, whatever becomes of those before (an open loop), to real `pencil
serve` processes whose provider takes 150 ms for every call. `ack` is how long Slack waits for our 200, `turn` is from the
request to the answer in Slack. Above what a process can do, requests are turned away with a word (`away`: 503 for events,
«try again in a moment» for presses); what was taken and never answered is `lost`. CPU and memory are the bot's own.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "tests" / "slack")]

from chaos_house import SECRET, House  # noqa: E402  beside this file, which is run as a script
from chaos_judge import Report  # noqa: E402  as above
from chaos_people import Somebody, lettered, some_times, spoken  # noqa: E402  as above
from chaos_street import FORM, Street  # noqa: E402  as above
from fake_slack import TEAM, FakeSlack, Shown, direct  # noqa: E402  the stand-in of the tests
from slack_sdk.signature import SignatureVerifier  # noqa: E402  as above

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

PROVIDER_SECONDS = 0.15
LAST_ANSWER = 30.0
"""How long an answer is waited for after the last request."""
_PASSING = ("Looking at times", "Working on it", "A newer card has taken")
_AWAY = "I have a lot to do right now"
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Round:
    """The figures of one rate."""

    rate: float
    sent: int = 0
    away: int = 0
    failed: int = 0
    acks: list[float] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)
    lost: int = 0
    cpu: float = 0.0
    memory: float = 0.0


class Member:
    """One person with at most one request under way."""

    def __init__(self, name: str, times: Iterator[datetime]) -> None:
        self.name, self.times = name, times
        self.card: tuple[Shown, dict[str, Any]] | None = None
        self.answered: asyncio.Future[Shown] | None = None

    def hear(self, shown: Shown) -> None:
        if self.answered is None or self.answered.done() or shown.text.startswith(_PASSING):
            return
        self.answered.set_result(shown)


class Load:
    """One run: a house, its people, a rate after the other."""

    def __init__(self, house: House, options: argparse.Namespace) -> None:
        self.house, self.options = house, options
        self.numbers = itertools.count(1)
        self.dice = random.Random(1)
        self.members: dict[str, Member] = {}
        self.next_bot = itertools.cycle(range(len(house.bots)))

    async def connect_all(self) -> None:
        """Everybody connects a calendar of their own, a few at a time."""
        street, names = Street(self.house, self.dice, self.numbers), [f"L{n:04}" for n in range(self.options.people)]
        gate = asyncio.Semaphore(10)

        async def join(name: str) -> None:
            async with gate:
                self.house.slack.add_user(name, name=f"Person {name}", email=f"{name.lower()}@acme.example")
                if await Somebody(name, street, Report(), lambda: False).connect():
                    self.members[name] = Member(name, some_times())

        async with asyncio.TaskGroup() as group:
            for name in names:
                group.create_task(join(name))
        self.house.slack.on_change = self._on_change

    def _on_change(self, shown: Shown) -> None:
        member = self.members.get(shown.only_for or shown.channel.removeprefix("D"))
        if member is not None:
            member.hear(shown)

    async def round(self, rate: float) -> Round:
        """Requests at that rate for the given time, then until all are answered."""
        figures, before = Round(rate), self._cpu()
        idle = list(self.members.values())
        self.dice.shuffle(idle)
        began, due = time.monotonic(), 0.0
        async with asyncio.TaskGroup() as group:
            while due < self.options.seconds:
                await asyncio.sleep(max(0.0, began + due - time.monotonic()))
                due += 1 / rate
                if idle:
                    group.create_task(self._one(idle.pop(0), idle, figures))
                else:
                    figures.failed += 1
        figures.cpu = (self._cpu() - before) / max(1, len(figures.turns))
        figures.memory = max(self._memory(bot.child.pid) for bot in self.house.bots if bot.child is not None)
        return figures

    async def _one(self, member: Member, idle: list[Member], figures: Round) -> None:
        body, kind = self._request(member)
        answered: asyncio.Future[Shown] = asyncio.get_running_loop().create_future()
        member.answered, began = answered, time.monotonic()
        figures.sent += 1
        try:
            status = await self._post(body, kind)
            figures.acks.append(time.monotonic() - began)
            if status != 200:
                figures.away += 1
                return
            await self._wait(member, answered, began, figures)
        except (aiohttp.ClientError, TimeoutError):
            figures.failed += 1
        finally:
            member.answered = None
            idle.append(member)

    async def _wait(self, member: Member, answered: asyncio.Future[Shown], began: float, figures: Round) -> None:
        try:
            async with asyncio.timeout(LAST_ANSWER):
                shown = await answered
        except TimeoutError:
            figures.lost += 1
            return
        if shown.text.startswith(_AWAY):
            figures.away += 1
            return
        figures.turns.append(time.monotonic() - began)
        buttons = [one for one in shown.elements if one["type"] == "button" and one["text"]["text"] == "Book"]
        member.card = (shown, buttons[0]) if buttons and shown.channel == direct(member.name) else None

    # ── what they send ─────────────────────────────────────────────────────────────────────────────────────────────

    def _request(self, member: Member) -> tuple[str, str]:
        """A press where a card lies ready, else a wish, or every fifth time a command."""
        number = next(self.numbers)
        if member.card is not None:
            return self._press(member, member.card, number), FORM
        if number % 5 == 0:
            return self._command(member, number), FORM
        text = f"book intro with {lettered(number)}@guests.example on {spoken(next(member.times))}"
        event = {"type": "message", "channel_type": "im", "channel": direct(member.name), "user": member.name}
        event |= {"text": text, "ts": f"{number}.000001"}
        body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number}", "event": event}
        return json.dumps(body), "application/json"

    def _command(self, member: Member, number: int) -> str:
        fields = {"command": "/pencil", "text": "what is free tomorrow", "team_id": TEAM, "user_id": member.name}
        hook = self.house.slack.new_hook("C1", member.name)
        return urlencode(fields | {"channel_id": "C1", "trigger_id": f"{number}.t", "response_url": hook})

    def _press(self, member: Member, card: tuple[Shown, dict[str, Any]], number: int) -> str:
        message, element = card
        member.card = None
        action = {name: element.get(name, "") for name in ("type", "action_id", "value")}
        payload = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": member.name, "team_id": TEAM},
            "trigger_id": self.house.slack.new_trigger(),
            "response_url": self.house.slack.new_hook(message.channel, member.name, message.ts),
            "channel": {"id": message.channel},
            "container": {"type": "message", "message_ts": message.ts, "channel_id": message.channel},
            "message": {"ts": message.ts, "text": message.text},
            "actions": [action | {"block_id": "b", "action_ts": f"{number}.0"}],
        }
        return urlencode({"payload": json.dumps(payload)})

    async def _post(self, body: str, kind: str) -> int:
        at = str(int(time.time()))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
        headers = {"x-slack-request-timestamp": at, "x-slack-signature": signature, "content-type": kind}
        url = f"http://127.0.0.1:{self.house.bots[next(self.next_bot)].port}/slack/events"
        limit = aiohttp.ClientTimeout(total=10)
        async with self.house.http.post(url, data=body.encode(), headers=headers, timeout=limit) as answer:
            return answer.status

    # ── what it costs ──────────────────────────────────────────────────────────────────────────────────────────────

    def _cpu(self) -> float:
        """Seconds of processor that the bots have used so far."""
        used = 0
        for bot in self.house.bots:
            assert bot.child is not None
            fields = Path(f"/proc/{bot.child.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            used += int(fields[11]) + int(fields[12])
        return used / _TICKS

    @staticmethod
    def _memory(pid: int) -> float:
        """Resident megabytes."""
        line = next(one for one in Path(f"/proc/{pid}/status").read_text().splitlines() if one.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


def shown_row(figures: Round) -> str:
    """One line of the table."""

    def cut(values: list[float], percent: int) -> float:
        if not values:
            return 0.0
        return statistics.quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]

    acks, turns = figures.acks, figures.turns
    return (
        f"{figures.rate:6.0f} {figures.sent:6} {len(turns):9} {figures.away:6} {figures.lost:5} {figures.failed:7} "
        f"{cut(acks, 50) * 1000:8.0f} {cut(acks, 99) * 1000:8.0f} {cut(turns, 50):8.2f} {cut(turns, 99):8.2f} "
        f"{figures.cpu * 1000:9.0f} {figures.memory:7.0f}"
    )


async def run(options: argparse.Namespace) -> list[Round]:
    """All rates on one house."""
    rounds: list[Round] = []
    with tempfile.TemporaryDirectory() as folder:
        async with FakeSlack() as slack, aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            house = House(options, Path(folder), slack, http)
            try:
                await house.open()
                load = Load(house, options)
                await load.connect_all()
                await house.set_faults([{"kind": "latency", "seconds": PROVIDER_SECONDS}])
                for rate in options.rates:
                    rounds.append(await load.round(rate))
                    print(shown_row(rounds[-1]), flush=True)
            finally:
                await house.close()
    return rounds


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Drive Pencil at fixed rates.")
    parser.add_argument("--rates", type=lambda text: [float(one) for one in text.split(",")], default=[5, 10, 20, 40])
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--processes", type=int, default=3, help="with --database; SQLite has one")
    parser.add_argument("--database", default="", help="a PostgreSQL URL whose database is this run's own")
    parser.add_argument("--port", type=int, default=8970)
    parser.add_argument("--patience", type=float, default=20)
    parser.set_defaults(sockets=0, skew=0, rolling=0, disk="")
    return parser.parse_args(arguments)


def main() -> int:
    options = read_options()
    where = f"PostgreSQL, {options.processes} processes" if options.database else "SQLite, 1 process"
    print(
        f"{where}, provider at {PROVIDER_SECONDS * 1000:.0f} ms, {os.cpu_count()} cores, Python {sys.version.split()[0]}"
    )
    print("  rate   sent  answered   away  lost  failed  ack p50  ack p99 turn p50 turn p99  CPU/turn  memory")
    print("   1/s                                             ms       ms        s        s        ms      MB")
    rounds = asyncio.run(run(options))
    return 1 if any(figures.lost for figures in rounds) else 0


if __name__ == "__main__":
    raise SystemExit(main())
