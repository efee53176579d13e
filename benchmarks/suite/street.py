"""Two bots side by side, Pencil and the hand-written one, with everything around them: Slack, the provider, the people."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from fake_slack import TEAM, TOKEN, FakeSlack, Shown, direct
from slack_sdk.signature import SignatureVerifier

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).parents[2]
SECRET = "benchmark-signing-secret"
KEY = "YmVuY2htYXJrLWVuY3J5cHRpb24ta2V5LTMyLWJ5dCE="
FORM = "application/x-www-form-urlencoded"
PROVIDER_SECONDS = 0.05
_TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@dataclass
class Bot:
    """One process."""

    name: str
    port: int
    child: subprocess.Popen[bytes]

    def cpu(self) -> float:
        """Seconds of processor so far, the kernel's included."""
        fields = Path(f"/proc/{self.child.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def wake_ups(self) -> int:
        """How often its main thread has gone to sleep so far: once for every turn of its event loop that found nothing."""
        status = Path(f"/proc/{self.child.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("voluntary_ctxt_switches"))

    def memory(self) -> float:
        """Resident MiB."""
        status = Path(f"/proc/{self.child.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


class Provider:
    """In front of the practice world: what is read is asked for once, then answered from memory; slots take their time."""

    def __init__(self, http: aiohttp.ClientSession, world: str) -> None:
        self.http, self.world = http, world
        self.known: dict[str, tuple[int, bytes]] = {}

    async def answer(self, request: web.Request) -> web.Response:
        is_kept = request.method == "GET" and ("/slots" in request.path or "/event-types" in request.path)
        key = f"{request.headers.get('Authorization')} {request.raw_path}"
        if key not in self.known or not is_kept:
            passed_on = ("authorization", "cal-api-version", "content-type")
            headers = {name: text for name, text in request.headers.items() if name.lower() in passed_on}
            body = await request.read()
            async with self.http.request(
                request.method, self.world + request.raw_path, data=body, headers=headers
            ) as got:
                found = got.status, await got.read()
            if not is_kept:
                return web.Response(status=found[0], body=found[1], content_type="application/json")
            self.known[key] = found
        if "/slots" in request.path:
            await asyncio.sleep(PROVIDER_SECONDS)
        status, body = self.known[key]
        return web.Response(status=status, body=body, content_type="application/json")


@dataclass
class Street:
    """Sends what Slack would send, and hears what people would see."""

    slack: FakeSlack
    http: aiohttp.ClientSession
    pencil: Bot
    hand: Bot
    more: list[Bot] = field(default_factory=list)
    """Further processes of Pencil, over the same database."""
    people: list[str] = field(default_factory=list)
    heard: dict[str, asyncio.Future[Shown]] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def all(self) -> list[Bot]:
        """Every process of Pencil."""
        return [self.pencil, *self.more]

    def on_change(self, shown: Shown) -> None:
        waiting = self.heard.get(shown.channel)
        if waiting is not None and not waiting.done() and not shown.text.startswith(("Looking", "Working")):
            waiting.set_result(shown)

    def expect(self, person: str) -> asyncio.Future[Shown]:
        """What this person sees next."""
        self.heard[direct(person)] = asyncio.get_running_loop().create_future()
        return self.heard[direct(person)]

    async def post(self, bot: Bot, body: str, kind: str = FORM) -> int:
        at = str(int(time.time()))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
        headers = {"x-slack-request-timestamp": at, "x-slack-signature": signature, "content-type": kind}
        url = f"http://127.0.0.1:{bot.port}/slack/events"
        for _ in range(2):  # a kept connection may be hung up just now; Slack sends again as well
            with suppress(aiohttp.ServerDisconnectedError):
                async with self.http.post(url, data=body.encode(), headers=headers) as answer:
                    return answer.status
        return 503

    async def say(self, bot: Bot, person: str, text: str) -> int:
        number = next(self.numbers)
        event = {"type": "message", "channel_type": "im", "channel": direct(person), "user": person, "text": text}
        event |= {"ts": f"{number}.000001"}
        body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number}", "event": event}
        return await self.post(bot, json.dumps(body), "application/json")

    async def press(self, bot: Bot, person: str, shown: Shown, element: dict[str, Any]) -> int:
        action = {name: element.get(name, "") for name in ("type", "action_id", "value")}
        payload = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": person, "team_id": TEAM},
            "trigger_id": self.slack.new_trigger(),
            "channel": {"id": shown.channel},
            "container": {"type": "message", "message_ts": shown.ts, "channel_id": shown.channel},
            "message": {"ts": shown.ts, "text": shown.text, "blocks": shown.blocks},
            "actions": [action | {"block_id": "b", "action_ts": f"{next(self.numbers)}.0"}],
        }
        return await self.post(bot, urlencode({"payload": json.dumps(payload)}))

    async def connect(self, person: str) -> None:
        """A calendar of their own, by the key that the form asks for."""
        heard = self.expect(person)
        await self.say(self.pencil, person, "connect cal.com")
        card = await asyncio.wait_for(heard, 20)
        button = next(one for one in card.elements if "onnect" in one["text"]["text"])
        views = len(self.slack.views)
        await self.press(self.pencil, person, card, button)
        async with asyncio.timeout(10):
            while len(self.slack.views) == views:  # noqa: ASYNC110  the stand-in tells by a list only
                await asyncio.sleep(0.01)
        view = self.slack.views[-1]
        block = next(one for one in view["blocks"] if one["type"] == "input")
        typed = {block["element"]["action_id"]: {"type": "plain_text_input", "value": f"cal_{person.lower()}"}}
        payload = {
            "type": "view_submission",
            "team": {"id": TEAM},
            "user": {"id": person, "team_id": TEAM},
            "view": view | {"state": {"values": {block["block_id"]: typed}}},
        }
        heard = self.expect(person)
        await self.post(self.pencil, urlencode({"payload": json.dumps(payload)}))
        await asyncio.wait_for(heard, 20)
        self.people.append(person)


@asynccontextmanager
async def open_street(people: int, *, processes: int = 1, database: str = "") -> AsyncIterator[Street]:
    """Everything started; Pencil's people have their calendars. Without a `database` it is a file of its own."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        slack = await stack.enter_async_context(FakeSlack())
        connector = aiohttp.TCPConnector(limit=0)
        http = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        world, front = free_port(), free_port()
        _start(stack, folder, "world", ["-m", "bot", "sandbox", "--port", str(world), "--seed", "1"], {})
        await _until_up(http, f"http://127.0.0.1:{world}/_clock")
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", Provider(http, f"http://127.0.0.1:{world}").answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", front).start()
        provider = f"http://127.0.0.1:{front}/v2"
        environment = _environment(slack, provider, database or f"sqlite:///{folder}/pencil.db")
        if database:  # a server is brought up to date by its operator, once
            migrate = [sys.executable, "-m", "bot", "migrate"]
            await asyncio.to_thread(subprocess.run, migrate, cwd=ROOT, env=os.environ | environment, check=True)
        hand = await _hand(stack, folder, http, provider, environment)
        pencil, *more = [await _pencil(stack, folder, http, environment) for _ in range(processes)]
        street = Street(slack, http, pencil, hand, more)
        slack.on_change = street.on_change
        for name in (f"B{number:03}" for number in range(people)):
            slack.add_user(name, name=f"Person {name}", email=f"{name.lower()}@acme.example")
            await street.connect(name)
        yield street


def _environment(slack: FakeSlack, provider: str, database: str) -> dict[str, str]:
    return {
        "DATABASE_URL": database,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.base_url,
        "CALCOM_API_URL": provider,
        "PENCIL_ENCRYPTION_KEY": KEY,
        "LOG_LEVEL": "warning",
    }


async def _pencil(stack: AsyncExitStack, folder: Path, http: aiohttp.ClientSession, environment: dict[str, str]) -> Bot:
    port = free_port()
    child = _start(stack, folder, f"pencil-{port}", ["-m", "bot", "serve", "--port", str(port)], environment)
    await _until_up(http, f"http://127.0.0.1:{port}/health")
    return Bot("pencil", port, child)


async def _hand(
    stack: AsyncExitStack, folder: Path, http: aiohttp.ClientSession, provider: str, environment: dict[str, str]
) -> Bot:
    headers = {"Authorization": "Bearer cal_hand_written", "cal-api-version": "2024-06-14"}
    async with http.get(f"{provider}/event-types", headers=headers) as answer:
        kind = str((await answer.json())["data"][0]["id"])
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    window = [(today + timedelta(days=days)).isoformat().replace("+00:00", "Z") for days in (1, 9)]
    port, script = free_port(), str(Path(__file__).parent / "hand_written.py")
    slack_url = environment["SLACK_API_URL"]
    child = _start(stack, folder, "hand", [script, str(port), slack_url, provider, kind, *window], environment)
    await _until_up(http, f"http://127.0.0.1:{port}/")
    return Bot("hand", port, child)


def _start(
    stack: AsyncExitStack, folder: Path, name: str, arguments: list[str], environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    out = stack.enter_context((folder / f"{name}.log").open("wb"))
    command = [sys.executable, *arguments]
    child = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=out, stderr=out)
    stack.callback(_end, child)
    return child


def _end(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(12)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


async def _until_up(http: aiohttp.ClientSession, url: str) -> None:
    async with asyncio.timeout(120):
        while True:
            with suppress(aiohttp.ClientError, TimeoutError):
                async with http.get(url, timeout=aiohttp.ClientTimeout(total=1)):
                    return
            await asyncio.sleep(0.1)
