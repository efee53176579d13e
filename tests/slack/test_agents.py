"""Other agents: the SDK's own client calls the tools, over signed HTTP as Slack does, over a pipe as a desktop agent does."""

from __future__ import annotations

import json
import re
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from fake_slack import TEAM, direct
from mcp import types
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from slack_sdk.signature import SignatureVerifier
from slack_worlds import ANA, LEE, SECRET
from test_whole_house import WholeWorld, whole_world

from bot.mcp.front import slack_caller
from bot.mcp.tools import TOOLS
from bot.scheduling.accounts import Owner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

MONDAY = "2026-03-09"


async def sign(request: httpx2.Request) -> None:
    at = str(int(datetime.now(UTC).timestamp()))
    body = (await request.aread()).decode()
    request.headers["x-slack-request-timestamp"] = at
    request.headers["x-slack-signature"] = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""


@asynccontextmanager
async def connected(world: WholeWorld) -> AsyncIterator[Client]:
    transport = httpx2.ASGITransport(app=world.app)
    async with (
        httpx2.AsyncClient(transport=transport, event_hooks={"request": [sign]}) as http,
        Client(streamable_http_client("http://pencil/mcp", http_client=http)) as client,
    ):
        yield client


def caller(member: str = ANA) -> Any:
    return {"slack": {"user_id": member, "team_id": TEAM}}


async def ask(client: Client, tool: str, *, member: str = ANA, **arguments: Any) -> Any:
    answer = await client.call_tool(tool, dict(arguments), meta=caller(member))
    (content,) = answer.content
    assert isinstance(content, types.TextContent)
    return content.text if answer.is_error else json.loads(content.text)


async def test_the_tools_that_only_read_say_so(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world, connected(world) as client:
        tools = (await client.list_tools()).tools

    hints = {tool.name: tool.annotations.read_only_hint for tool in tools if tool.annotations}
    assert hints == {tool.name: tool.is_read_only for tool in TOOLS}
    assert [name for name, is_read_only in hints.items() if is_read_only] == [
        "find_times",
        "my_meetings",
        "who_is_free",
    ]


async def test_free_times_are_those_of_the_one_whom_slack_names(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world, connected(world) as client:
        hers = await ask(client, "find_times", from_day=MONDAY, to_day=MONDAY, event_type="intro")
        his = await ask(client, "find_times", member=LEE, from_day=MONDAY, to_day=MONDAY)

    assert (hers["zone"], his["zone"]) == ("Europe/Berlin", "Europe/London")
    assert hers["event_type"] == "Intro"
    assert all(time["start"].startswith(MONDAY) and time["start"].endswith("+01:00") for time in hers["times"])


async def test_a_booking_is_prepared_and_only_a_press_books_it(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world, connected(world) as client:
        found = await ask(client, "find_times", from_day=MONDAY, to_day=MONDAY, event_type="Intro")
        start = found["times"][0]["start"]
        card = await ask(
            client,
            "propose_booking",
            start=start,
            attendee_email="dana@example.com",
            attendee_name="Dana",
            event_type="Intro",
        )
        before = world.bookings("dana@example.com")
        shown = world.last(direct(ANA))
        await world.press(shown.ts, "Book")
        after = world.bookings("dana@example.com")

    assert card["status"] == "waits for the person's press"
    assert card["link"].endswith(f"{direct(ANA)}/p{shown.ts.replace('.', '')}")
    assert "Dana" in card["card"]
    assert (len(before), len(after)) == (0, 1)
    assert "Booked" in world.last(direct(ANA)).text


async def test_moving_and_cancelling_are_prepared_too(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world, connected(world) as client:
        mine = await ask(client, "my_meetings", from_day="2026-03-06", to_day="2026-03-20")
        meeting = mine["meetings"][0]
        move = await ask(client, "propose_move", meeting=meeting["meeting"], start="2026-03-18T10:00+01:00")
        moving = world.last(direct(ANA)).labels
        cancel = await ask(client, "propose_cancel", meeting=meeting["meeting"], reason="ill")
        cancelling = world.last(direct(ANA))
        log = [entry for entry in world.sandbox._controls.record.entries if entry.method != "GET"]

    assert "Nothing moves until you press" in move["card"] or "free" in move["card"]
    assert moving
    assert "Cancel meeting" in cancelling.labels
    assert "ill" in cancel["card"]
    assert log == []


async def test_who_is_free_says_whose_calendar_it_could_not_see(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world, connected(world) as client:
        free = await ask(client, "who_is_free", people=[LEE], from_day=MONDAY, to_day=MONDAY)

    assert free["times"]
    assert free["not_checked"] == ["Lee"]


async def test_nothing_is_answered_when_nobody_can_be_told_to_call(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world, connected(world) as client:
        answer = await client.call_tool("my_meetings", {})

    assert answer.is_error


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("propose_booking", {"start": "2026-03-09T10:00", "attendee_email": "dana@example.com"}, "offset"),
        ("propose_booking", {"start": "soon", "attendee_email": "dana@example.com"}, "start"),
        ("propose_move", {"meeting": "none", "start": "2026-03-09T10:00+01:00"}, "could not find"),
        ("find_times", {"event_type": "Nonsense"}, "Intro"),
        ("find_times", {"write": True}, "write"),
        ("no_such_tool", {}, "no tool"),
    ],
)
async def test_what_cannot_be_answered_is_said_in_words(
    tmp_path: Path, tool: str, arguments: dict[str, Any], says: str
) -> None:
    async with whole_world(tmp_path) as world, connected(world) as client:
        text = await ask(client, tool, **arguments)

    assert says in text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-slack-request-timestamp": "junk", "x-slack-signature": "v0=00"},
        {"x-slack-request-timestamp": "²", "x-slack-signature": "v0=00"},
        {"x-slack-request-timestamp": "1", "x-slack-signature": "v0=é"},
        {"x-slack-request-timestamp": "99999999999999999999999999", "x-slack-signature": "v0=00"},
    ],
)
async def test_an_unsigned_call_is_refused(tmp_path: Path, headers: dict[str, str]) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "my_meetings", "_meta": caller()}}
    async with whole_world(tmp_path) as world:
        sent = {name: value.encode("latin-1") for name, value in headers.items()}
        answer = await world.http.post("/mcp", json=body, headers=sent)  # type: ignore[arg-type]  # bytes are fine

    assert answer.status_code == 401


@pytest.mark.parametrize(
    "meta", [None, {}, {"slack": "U1"}, {"slack": {"user_id": "U1"}}, {"slack": {"user_id": 7, "team_id": "T1"}}]
)
def test_a_caller_is_whom_slack_names_or_nobody(meta: object) -> None:
    assert slack_caller({"_meta": meta}) is None
    assert slack_caller({"_meta": {"slack": {"user_id": "U1", "team_id": "T1"}}}) == Owner("", "T1", "U1")


@pytest.mark.slow
async def test_a_desktop_agent_gets_cards_for_a_page_on_this_machine(tmp_path: Path) -> None:
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path}/pencil.db"}
    start = StdioServerParameters(
        command=sys.executable, args=["-m", "bot", "mcp", "--tz", "Europe/Berlin"], env=environment
    )
    async with Client(start) as client:
        found = await ask(client, "find_times", event_type="Intro")
        first = found["times"][0]["start"]
        card = await ask(client, "propose_booking", start=first, attendee_email="dana@example.com", event_type="Intro")
        origin = card["link"].rpartition("/cards/")[0]
        async with httpx2.AsyncClient(follow_redirects=True) as http:
            page = (await http.get(card["link"])).text
            from_elsewhere = await http.post(
                card["link"], data={"option": "book"}, headers={"origin": "http://evil.example"}
            )
            booked = await http.post(card["link"], data={"option": _option(page, "Book")}, headers={"origin": origin})
        mine = await ask(client, "my_meetings", to_day=None)

    assert from_elsewhere.status_code == 404
    assert "Booked" in booked.text
    assert first in [meeting["start"] for meeting in mine["meetings"]]


def _option(page: str, label: str) -> str:
    found = re.search(rf'name="option" value="([^"]+)"><button[^>]*>{label}<', page)
    assert found, page
    return found[1]
