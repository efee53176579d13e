"""Workflow Builder's steps: executed by a signed event, ended by our call."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fake_slack import direct
from slack_worlds import ANA, LEE
from test_whole_house import WholeWorld, whole_world

if TYPE_CHECKING:
    from pathlib import Path

TUESDAY_11 = int(datetime(2026, 3, 10, 10, 0, tzinfo=UTC).timestamp())


async def execute(world: WholeWorld, step: str, *, at: str = "Fx1", **inputs: Any) -> None:
    event = {
        "type": "function_executed",
        "function": {"callback_id": step},
        "function_execution_id": at,
        "inputs": {"person": ANA} | inputs,
    }
    await world.event(event, event_id=f"Ev-{at}")


async def test_a_step_finds_the_first_free_time(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await execute(world, "find_time", day="2026-03-10", event_type="Intro")
        (ended,) = world.slack.called("functions.completeSuccess")

    assert ended["function_execution_id"] == "Fx1"
    assert ended["outputs"]["start_text"].startswith("Tue 10 Mar 09:00 Berlin")


async def test_a_step_shares_the_page_of_an_event_type(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await execute(world, "share_link", event_type="intro")
        (ended,) = world.slack.called("functions.completeSuccess")

    assert ended["outputs"]["title"] == "Intro"
    assert ended["outputs"]["link"].startswith("https://")


async def test_booking_goes_on_when_the_card_was_pressed_and_not_before(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await execute(world, "book", attendee=LEE, start=TUESDAY_11, event_type="Intro")
        before = [call.method for call in world.slack.calls if call.method.startswith("functions.")]
        card = world.last(direct(ANA))
        await world.press(card.ts, "Book")
        (ended,) = world.slack.called("functions.completeSuccess")
        booked = world.bookings("lee@acme.io")

    assert before == []
    assert len(booked) == 1
    assert ended["outputs"]["start"] == TUESDAY_11


async def test_a_step_that_cannot_says_why(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await execute(world, "find_time", event_type="Nonsense")
        await execute(world, "book", at="Fx2", attendee=LEE, start="soon")
        said = [call["error"] for call in world.slack.called("functions.completeError")]

    assert said[0].startswith("There is no such event type.")
    assert "cannot read" in said[1]
    assert "functions.completeSuccess" not in {call.method for call in world.slack.calls}
