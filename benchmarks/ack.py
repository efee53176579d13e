"""How long Slack waits for our ack, in process, beside a bare Bolt listener measured in the same run.

    uv run python benchmarks/ack.py [REQUESTS]

Each request is signed and goes through the whole front (routes, size limit, signature, payload model, inbox in memory, and
Bolt for all but what is said).
The comparison is a Bolt app that acks and does nothing, behind its own Starlette adapter, without the ten milliseconds that
Bolt polls for an ack. Read the ratio: absolute times belong to the machine.
"""

from __future__ import annotations

import asyncio
import json
import re
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.routing import Route

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "slack"))

from slack_worlds import ANA, CHANNEL, SECRET, card, direct_message, open_world, press

from bot.slack.drawing.render import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

FORM = "application/x-www-form-urlencoded"


def event(number: int) -> tuple[str, str]:
    body = {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{number}"}
    return json.dumps(body | {"event": direct_message("free tomorrow?", ts=f"{number}.1")}), "application/json"


def command(number: int) -> tuple[str, str]:
    fields = {"command": "/pencil", "text": "free tomorrow", "team_id": "T1", "user_id": ANA, "channel_id": CHANNEL}
    return urlencode(fields | {"trigger_id": f"{number}.t", "response_url": "http://127.0.0.1:9/"}), FORM


def button(number: int) -> tuple[str, str]:
    action = {"type": "button", "action_id": "p1/press/200/", "value": "p1/card-1/book", "action_ts": f"{number}.0"}
    payload = press("DUANA1", "1.1", action) | {"message": {"ts": "1.1", "blocks": list(render(card()).blocks) * 2}}
    return urlencode({"payload": json.dumps(payload)}), FORM


KINDS = {"event": event, "command": command, "button": button}


def signed(body: str, kind: str) -> dict[str, str]:
    at = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
    return {"x-slack-request-timestamp": at, "x-slack-signature": signature, "content-type": kind}


def bare_bolt() -> ASGIApp:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="U0BOT", bot_id="B1", bot_token="xoxb-1")

    app = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)

    async def listener(ack: Any) -> None:
        await ack()

    anything = re.compile(".*")
    app.action(anything)(listener)
    app.event(anything)(listener)
    app.command(anything)(listener)
    handler = AsyncSlackRequestHandler(app)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])


async def ask(app: ASGIApp, body: str, headers: dict[str, str]) -> float:
    """Milliseconds from the first byte in to the last byte out."""
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": "/slack/events",
        "raw_path": b"/slack/events",
        "headers": raw,
    }
    scope |= {"query_string": b"", "scheme": "http", "server": ("x", 80), "asgi": {"version": "3.0"}, "root_path": ""}
    status = 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body.encode(), "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    began = time.perf_counter()
    await app(scope, receive, send)
    took = (time.perf_counter() - began) * 1000
    if status != 200:
        raise RuntimeError(f"answered {status}")
    return took


async def measure(app: ASGIApp, kind: str, count: int) -> list[float]:
    out = []
    for number in range(count):
        body, content_type = KINDS[kind](number)
        headers = signed(body, content_type)
        out.append(await ask(app, body, headers))
        await asyncio.sleep(0)
    return out[count // 10 :]


async def main(count: int) -> None:
    print(f"Python {sys.version.split()[0]}, {count} requests a row")
    print(f"{'kind':8} {'ours p50':>9} {'p99':>7} {'bare Bolt p50':>14} {'ratio':>6}   (ms)")
    bare = bare_bolt()
    for kind in KINDS:
        async with open_world() as world:
            world.assistant.reply = card(is_silent=True)
            ours = await measure(world.app, kind, count)
            await world.settle()
        theirs = await measure(bare, kind, count)
        p50, p99, base = statistics.median(ours), statistics.quantiles(ours, n=100)[98], statistics.median(theirs)
        print(f"{kind:8} {p50:9.2f} {p99:7.2f} {base:14.2f} {p50 / base:6.2f}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
