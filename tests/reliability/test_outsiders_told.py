"""The whole house before people who write anything into names, titles, notes and places: nothing of it is alive anywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import _paths  # noqa: F401  where the stand-ins are
import pytest
from fake_slack import direct
from house_worlds import FRIDAY, Block, open_block
from outsiders import alive_in
from slack_worlds import ANA, LEE

from bot.sandbox.world.calendar import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

HOSTILE = (
    "https://evil.example/a",
    "www.evil.example evil.co",
    "<https://evil.example|Join> <!channel> @here",
    "*evilbold* `evil` ~evilgone~ :evil_smile:",
    "x\nhttp://evil.example\n> evilquote",
    "e\u200bvil\u202e.example \u2066x",
)
ASKED = (
    "what's on next week?",
    "show my meetings with priya",
    "what are the notes of my next meeting?",
    "what did priya answer?",
    "who is coming to my next meeting?",
    "show my event types",
    "show my webhooks",
    "cancel my next meeting",
    "move my next meeting to friday 3pm",
    "any requests?",
    "give me text i can paste for next week",
)


def spoil(block: Block, hostile: str) -> None:
    """Everything that others may write says it."""
    world = block.sandbox.world
    for number, kind in list(world.event_types.items()):
        world.event_types[number] = replace(kind, title=hostile)
    chosen = {"location": {"value": "somewhereElse", "optionValue": hostile}, "notes": hostile, "what": hostile}
    for uid, booking in list(world.bookings.items()):
        guests = tuple(replace(guest, name=hostile) for guest in booking.guests)
        texts: dict[str, Any] = {"title": hostile, "description": hostile, "cancel_reason": hostile, "place": hostile}
        world.bookings[uid] = replace(booking, guests=guests, responses=chosen, **texts)


def vouched(block: Block) -> frozenset[str]:
    """The addresses of the buttons: a provider's own, as a test of their hosts shows."""
    return frozenset(url for call in block.slack.calls for url in _urls(call.arguments))


def _urls(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("url"), str):
            yield value["url"]
        for one in value.values():
            yield from _urls(one)
    elif isinstance(value, list):
        for one in value:
            yield from _urls(one)


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_what_outsiders_wrote_is_told_without_life(tmp_path: Path, hostile: str) -> None:
    async with open_block(tmp_path) as block:
        block.slack.add_user(LEE, name=hostile, email="lee@acme.io")
        await block.say("book intro with priya@acme.io tuesday 2pm", ts="10.1")
        await block.press(block.slack.messages(direct(ANA))[-1].ts, "Book")
        spoil(block, hostile)
        (standing,) = [one for one in block.sandbox.world.bookings.values() if one.start > FRIDAY][:1]
        later: dict[str, Any] = {"start": standing.start + timedelta(hours=1), "end": standing.end + timedelta(hours=1)}
        block.sandbox.world.bookings["hostile"] = replace(
            standing, id=9_000, uid="hostile", state=State.PENDING, **later
        )
        for number, text in enumerate((*ASKED, f"book intro with <@{LEE}> monday 3pm", f"free with <@{LEE}>?")):
            await block.say(text, ts=f"{20 + number}.1")
            for label in ("Cancel meeting", "Details", "Book"):
                last = block.slack.messages(direct(ANA))[-1]
                if label in last.labels:
                    await block.press(last.ts, label, at=f"{20 + number}.{len(label)}")
        await block.event({"type": "app_home_opened", "user": ANA, "channel": direct(ANA), "tab": "home"})

        urls = vouched(block)
        assert not [url for url in urls if "evil" in url.partition("?")[0]]
        assert [one for call in block.slack.calls for one in alive_in(call.arguments, vouched=urls)] == []
        said = " ".join(one.text for one in block.slack.messages(direct(ANA)))
        assert "evil" in said.replace("\u2060", "")
        assert not [line for line in said.splitlines() if line.startswith(("http", "&gt;"))]
