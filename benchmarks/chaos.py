"""Break it while it works, and compare what people were told with what the calendars hold.

    python benchmarks/chaos.py --writes 2000 --kills 100 [--database postgresql://…/test] [--processes 3] [--people 24]

Bot processes are real subprocesses of `pencil serve` against a real `pencil sandbox` with faults, and a Slack stand-in. People
connect, ask, press (now and then twice at once, on different processes) and cancel, while processes are killed (SIGKILL)
and started again. Slack's deliveries are doubled, delayed and retried as Slack does it. Everything runs on loopback, bounded in
count and time. Afterwards the faults end, recovery gets its time, and every press is judged:

    duplicates   more than one standing booking for one card       lost      told «booked», and there is none
    ghosts       a standing booking that was told as not booked     silent    pressed, and never told an ending
    unpressed    a booking of a card that nobody pressed
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "slack"))

from fake_slack import TEAM, TOKEN, FakeSlack, direct  # noqa: E402  the stand-in of the tests

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SECRET = "chaos-signing-secret"
KEY = "Y2hhb3MtZW5jcnlwdGlvbi1rZXktMzItYnl0ZXMtISE="
BOOKINGS = "re:.*/bookings.*"
FAULTS: list[dict[str, Any]] = [
    {"kind": "lose_answer", "method": "POST", "path": BOOKINGS, "probability": 0.04},
    {"kind": "status", "method": "POST", "path": BOOKINGS, "status": 500, "after_commit": True, "probability": 0.03},
    {"kind": "status", "method": "POST", "path": BOOKINGS, "status": 502, "probability": 0.02},
    {"kind": "malformed", "method": "POST", "path": BOOKINGS, "probability": 0.02},
    {"kind": "refuse", "method": "POST", "path": BOOKINGS, "probability": 0.02},
    {"kind": "timeout", "method": "POST", "path": BOOKINGS, "seconds": 20, "after_commit": True, "probability": 0.005},
    {"kind": "status", "method": "*", "path": "*", "status": 429, "probability": 0.01},
    {"kind": "status", "method": "GET", "path": "*", "status": 503, "probability": 0.02},
    {"kind": "latency", "method": "*", "path": "*", "seconds": 0.05, "probability": 0.2},
]  # fmt: skip


@dataclass
class Deal:
    """One card and what became of it. `mail` is the attendee of this card alone."""

    person: str
    mail: str
    kind: str = "book"
    is_pressed: bool = False
    told: str = ""
    card: tuple[str, str] = ("", "")


@dataclass
class Report:
    """The figures."""

    pressed: int = 0
    kills: int = 0
    deals: list[Deal] = field(default_factory=list)
    endings: collections.Counter[str] = field(default_factory=collections.Counter)
    wrong: dict[str, list[str]] = field(default_factory=lambda: collections.defaultdict(list))


class Process:
    """One bot process that can be killed and comes back."""

    def __init__(self, command: list[str], environment: dict[str, str], port: int, log: Path) -> None:
        self.command, self.environment, self.port, self.log = command, environment, port, log
        self.child: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with self.log.open("ab") as out:
            self.child = await asyncio.create_subprocess_exec(
                *self.command, env=self.environment, cwd=ROOT, stdout=out, stderr=out
            )

    async def healthy(self, http: aiohttp.ClientSession, seconds: float = 30) -> None:
        async with asyncio.timeout(seconds):
            while True:
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with http.get(
                        f"http://127.0.0.1:{self.port}/health", timeout=aiohttp.ClientTimeout(total=1)
                    ) as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.05)

    async def kill(self, how: int = signal.SIGKILL) -> None:
        if self.child is not None and self.child.returncode is None:
            self.child.send_signal(how)
            await self.child.wait()


class Chaos:
    """One run."""

    def __init__(
        self, options: argparse.Namespace, folder: Path, slack: FakeSlack, http: aiohttp.ClientSession
    ) -> None:
        self.options, self.folder, self.slack, self.http = options, folder, slack, http
        self.dice = random.Random(options.seed)
        self.report = Report()
        self.bots: list[Process] = []
        self.world = f"http://127.0.0.1:{options.port}"
        self.numbers = iter(range(1, 10_000_000))
        self.ends_at = time.monotonic() + options.seconds

    # ── the world ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def build(self) -> Process:
        port = self.options.port
        python = [sys.executable, "-m", "bot"]
        sandbox = Process(
            [*python, "sandbox", "--port", str(port), "--seed", "1"],
            dict(os.environ),
            port,
            self.folder / "sandbox.log",
        )
        await sandbox.start()
        await self.until_up(f"{self.world}/_clock")
        database = self.options.database or f"sqlite:///{self.folder}/chaos.db"
        environment = {
            **os.environ,
            "DATABASE_URL": database,
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": self.slack.base_url,
            "CALCOM_API_URL": f"{self.world}/v2",
            "PENCIL_ENCRYPTION_KEY": KEY,
            "LOG_LEVEL": "info",
            "LOG_FORMAT": "json",
        }
        migrate = Process([*python, "migrate"], environment, 0, self.folder / "migrate.log")
        await migrate.start()
        assert migrate.child is not None
        await migrate.child.wait()
        count = self.options.processes if self.options.database else 1
        for number in range(1, count + 1):
            bot = Process(
                [*python, "serve", "--port", str(port + number)],
                environment,
                port + number,
                self.folder / f"bot{number}.log",
            )
            self.bots.append(bot)
            await bot.start()
        for bot in self.bots:
            await bot.healthy(self.http)
        return sandbox

    async def until_up(self, url: str) -> None:
        async with asyncio.timeout(30):
            while True:
                with suppress(aiohttp.ClientError):
                    async with self.http.get(url) as answer:
                        if answer.status < 500:
                            return
                await asyncio.sleep(0.05)

    async def set_faults(self, rules: list[dict[str, Any]]) -> None:
        async with self.http.post(f"{self.world}/_faults", json={"rules": rules}) as answer:
            answer.raise_for_status()

    # ── Slack's side ───────────────────────────────────────────────────────────────────────────────────────────────

    async def deliver(self, body: str, kind: str, *, tries: int) -> bool:
        """One delivery to a random process; again, elsewhere, when that one is down. True when it was taken."""
        for attempt in range(tries):
            at = str(int(time.time()))
            signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
            headers = {"x-slack-request-timestamp": at, "x-slack-signature": signature, "content-type": kind}
            if attempt:
                headers |= {"x-slack-retry-num": str(attempt), "x-slack-retry-reason": "connection_failed"}
            bot = self.dice.choice(self.bots)
            with suppress(aiohttp.ClientError, TimeoutError):
                url = f"http://127.0.0.1:{bot.port}/slack/events"
                async with self.http.post(
                    url, data=body.encode(), headers=headers, timeout=aiohttp.ClientTimeout(total=3)
                ) as answer:
                    if answer.status == 200:
                        return True
            await asyncio.sleep(0.3 * (attempt + 1))
        return False

    async def say(self, person: str, text: str) -> None:
        number = next(self.numbers)
        event = {
            "type": "message",
            "channel_type": "im",
            "channel": direct(person),
            "user": person,
            "text": text,
            "ts": f"{number}.000001",
        }
        body = json.dumps({"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number}", "event": event})
        async with asyncio.TaskGroup() as group:
            group.create_task(self.deliver(body, "application/json", tries=10))
            if self.dice.random() < 0.1:
                group.create_task(self.later(body))

    async def later(self, body: str) -> None:
        await asyncio.sleep(self.dice.random())
        await self.deliver(body, "application/json", tries=2)

    async def press(self, person: str, message: Any, element: dict[str, Any]) -> None:
        """Press; now and then twice at once. Whoever gets an error presses again."""
        number = next(self.numbers)
        bodies = [
            self.press_body(person, message, element, f"{number}.{copy}")
            for copy in range(2 if self.dice.random() < 0.15 else 1)
        ]
        async with asyncio.TaskGroup() as group:
            for body in bodies:
                group.create_task(self.deliver(body, "application/x-www-form-urlencoded", tries=12))

    def press_body(self, person: str, message: Any, element: dict[str, Any], at: str) -> str:
        action = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": "b",
            "action_ts": at,
            "value": element.get("value", ""),
        }
        payload = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": person, "team_id": TEAM},
            "api_app_id": "A1",
            "trigger_id": self.slack.new_trigger(),
            "response_url": self.slack.new_hook(message.channel, person, message.ts),
            "channel": {"id": message.channel},
            "container": {"type": "message", "message_ts": message.ts, "channel_id": message.channel},
            "message": {"ts": message.ts, "text": message.text},
            "actions": [action],
        }
        return urlencode({"payload": json.dumps(payload)})

    async def until(self, check: Any, seconds: float) -> Any:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := check():
                return found
            await asyncio.sleep(0.02)
        return None

    # ── people ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def connect(self, person: str) -> None:
        """The real way: say it, open the form, enter a key."""
        while time.monotonic() < self.ends_at:
            seen = len(self.slack.views)
            await self.say(person, "connect cal.com")
            found = await self.until(lambda: self.find(person, "Connect"), 10)
            if found is None:
                continue
            await self.press(person, *found)
            view = await self.until(lambda seen=seen: next(iter(self.slack.views[seen:]), None), 10)
            if view is None:
                continue
            await self.submit(person, view)
            if await self.until(lambda: any("onnected" in one.text for one in self.slack.messages(direct(person))), 15):
                return
        raise SystemExit(f"{person} could not connect")

    async def submit(self, person: str, view: dict[str, Any]) -> None:
        block = next(block for block in view["blocks"] if block["type"] == "input")
        key = f"cal_chaos_{person.lower()}"
        values = {block["block_id"]: {block["element"]["action_id"]: {"type": "plain_text_input", "value": key}}}
        payload = {
            "type": "view_submission",
            "team": {"id": TEAM},
            "user": {"id": person, "team_id": TEAM},
            "view": {**view, "state": {"values": values}},
        }
        await self.deliver(urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded", tries=8)

    def find(self, person: str, label: str, holding: str = "") -> tuple[Any, dict[str, Any]] | None:
        for message in reversed(self.slack.messages(direct(person))):
            if holding and holding not in message.text:
                continue
            for element in message.elements:
                if element["type"] == "button" and element["text"]["text"] == label:
                    return message, element
        return None

    async def live(self, person: str) -> None:
        """Book, and now and then move or cancel, until enough is written."""
        await self.connect(person)
        slots = self.some_times()
        while self.report.pressed < self.options.writes and time.monotonic() < self.ends_at:
            await self.book(person, next(slots))

    def some_times(self) -> Any:
        day = datetime.now(UTC).date() + timedelta(days=1)
        while True:
            if day.weekday() < 5:
                for hour in range(9, 17):
                    for minute in (0, 30):
                        yield f"{day:%d %B %Y} {hour:02}:{minute:02}"
            day += timedelta(days=1)

    async def book(self, person: str, when: str) -> None:
        mail = f"g{next(self.numbers)}@guests.example"
        deal = Deal(person, mail)
        await self.say(person, f"book intro with {mail} on {when}")
        found = await self.until(lambda: self.find(person, "Book", mail) or self.said(person, mail), 12)
        if not isinstance(found, tuple):
            return
        self.report.deals.append(deal)
        if self.dice.random() < 0.05:
            return
        deal.is_pressed, deal.card = True, (found[0].channel, found[0].ts)
        self.report.pressed += 1
        await self.press(person, *found)
        await self.until(lambda: self.ending(deal), 30)
        await self.afterwards(person, deal)

    def said(self, person: str, mail: str) -> bool:
        return any(mail in one.text for one in self.slack.messages(direct(person)))

    async def afterwards(self, person: str, deal: Deal) -> None:
        """Cancel some of what was booked: a second write, on its own card."""
        if self.ending(deal) != "booked" or self.dice.random() > 0.2:
            return
        found = self.find(person, "Cancel meeting", deal.mail)
        if found is None:
            return
        known = {message.ts for message in self.slack.messages(direct(person))}
        await self.press(person, *found)
        card = await self.until(lambda: self.cancel_card(person, deal.mail, known, found[0].ts), 10)
        if card is None:
            return
        self.report.pressed += 1
        deal.kind, deal.card = "cancel", (card[0].channel, card[0].ts)
        await self.press(person, *card)
        await self.until(lambda: self.ending(deal), 30)

    def cancel_card(self, person: str, mail: str, known: set[str], pressed: str) -> tuple[Any, dict[str, Any]] | None:
        for message in reversed(self.slack.messages(direct(person))):
            if mail in message.text and (message.ts not in known or message.ts == pressed):
                for element in message.elements:
                    if (
                        element["type"] == "button"
                        and element["text"]["text"] == "Cancel meeting"
                        and element.get("style") == "danger"
                    ):
                        return message, element
        return None

    def ending(self, deal: Deal) -> str:
        """What the person was finally told of this deal, by the newest message that names its attendee."""
        texts = [one.text for one in self.slack.messages(direct(deal.person)) if deal.mail in one.text]
        return verdict(texts[-1]) if texts else ""

    # ── the killer ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def kill_about(self, until: asyncio.Event) -> None:
        while not until.is_set():
            await asyncio.sleep(self.dice.uniform(0.5, 1.5) * self.options.pause)
            if self.report.kills >= self.options.kills:
                return
            bot = self.dice.choice(self.bots)
            await bot.kill(signal.SIGTERM if self.dice.random() < 0.1 else signal.SIGKILL)
            self.report.kills += 1
            await bot.start()
            with suppress(TimeoutError):
                await bot.healthy(self.http)

    # ── the judge ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def standing(self) -> dict[str, int]:
        async with self.http.get(f"{self.world}/_world") as answer:
            world = await answer.json()
        counts: collections.Counter[str] = collections.Counter()
        for booking in world["bookings"]:
            if booking["state"] in {"accepted", "pending"}:
                counts.update(booking["attendees"])
        return counts

    async def judge(self) -> None:
        await self.set_faults([])
        pressed = [deal for deal in self.report.deals if deal.is_pressed]
        await self.until(lambda: all(self.ending(deal) for deal in pressed), self.options.settle)
        standing = await self.standing()
        for deal in self.report.deals:
            deal.told = self.ending(deal) if deal.is_pressed else "never pressed"
            self.report.endings[deal.told or "silent"] += 1
            for fault in self.faults_of(deal, standing[deal.mail]):
                self.report.wrong[fault].append(
                    f"{deal.mail} told {deal.told or 'nothing'} holds {standing[deal.mail]}"
                )

    def faults_of(self, deal: Deal, count: int) -> list[str]:
        found = ["duplicates"] if count > 1 else []
        if not deal.is_pressed:
            return [*found, "unpressed"] if count else found
        if not deal.told:
            return [*found, "silent"]
        if deal.told == "booked" and count == 0:
            found.append("lost")
        if deal.told in {"not booked", "cancelled"} and count:
            found.append("ghosts")
        return found

    async def run(self) -> Report:
        sandbox = await self.build()
        done = asyncio.Event()
        try:
            people = [f"U{number:04}" for number in range(self.options.people)]
            for person in people:
                self.slack.add_user(person, name=f"Person {person}", email=f"{person.lower()}@acme.example")
            await self.set_faults(FAULTS)
            async with asyncio.TaskGroup() as group:
                group.create_task(self.kill_about(done))
                async with asyncio.TaskGroup() as crowd:
                    for person in people:
                        crowd.create_task(self.live(person))
                done.set()
            await self.judge()
        finally:
            for process in (*self.bots, sandbox):
                await process.kill()
        return self.report


def verdict(text: str) -> str:
    """The ending that a text tells; empty while it tells none."""
    if re.search(r"\bBooked:|\bRequested:", text):
        return "booked"
    if re.search(r"\bCancelled:", text):
        return "cancelled"
    if re.search(
        r"did not go through|could not find out|interrupted before|no longer free|nothing was written|Nothing was written",
        text,
    ):
        return "not booked" if "could not find out" not in text else "unknown"
    return ""


@asynccontextmanager
async def chaos(options: argparse.Namespace) -> AsyncIterator[Chaos]:
    with tempfile.TemporaryDirectory() as folder:
        connector = aiohttp.TCPConnector(limit=0, force_close=True)
        async with FakeSlack() as slack, aiohttp.ClientSession(connector=connector) as http:
            yield Chaos(options, Path(options.keep or folder), slack, http)


async def run(options: argparse.Namespace) -> int:
    began = datetime.now(UTC)
    async with chaos(options) as one:
        report = await one.run()
    seconds = (datetime.now(UTC) - began).total_seconds()
    where = "PostgreSQL" if options.database else "SQLite"
    print(f"{where}, {len(one.bots)} processes, {options.people} people, {seconds:.0f} s")
    print(f"pressed writes {report.pressed}, kills {report.kills}, cards {len(report.deals)}")
    print("told: " + ", ".join(f"{ending} {count}" for ending, count in sorted(report.endings.items())))
    names = ("duplicates", "lost", "ghosts", "silent", "unpressed")
    print(", ".join(f"{name} {len(report.wrong[name])}" for name in names))
    for name in names:
        for line in report.wrong[name][:10]:
            print(f"  {name}: {line}")
    return 1 if any(report.wrong[name] for name in names) else 0


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Break Pencil while it works.")
    parser.add_argument("--writes", type=int, default=200)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--processes", type=int, default=3, help="with --database; SQLite has one")
    parser.add_argument("--database", default="", help="a PostgreSQL URL whose database may be filled")
    parser.add_argument("--pause", type=float, default=2.0, help="mean seconds between kills")
    parser.add_argument("--seconds", type=float, default=900, help="the longest the people go on")
    parser.add_argument("--settle", type=float, default=120, help="the longest that recovery gets at the end")
    parser.add_argument("--port", type=int, default=8950)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", default="", help="a folder for logs and the SQLite file")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(asyncio.run(run(read_options())))
