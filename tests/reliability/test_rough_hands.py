"""What people do that nobody plans for: messages deleted and edited, everything forgotten, buttons pressed after all that."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import _paths  # noqa: F401  where the stand-ins are
import pytest
from fake_slack import direct
from house_worlds import WISH, Block, open_block
from slack_worlds import ANA, LEE, direct_message

from bot.slack.drawing.limits import message_problems

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.slow

LONG = "very long " * 900


@pytest.fixture
async def block(tmp_path: Path) -> AsyncIterator[Block]:
    async with open_block(tmp_path) as block:
        yield block


def texts(block: Block) -> list[str]:
    return [one.text for one in block.slack.messages(direct(ANA))]


async def forget(block: Block) -> None:
    await block.say("forget me", ts="50.1")
    asked = block.slack.messages(direct(ANA))[-1]
    await block.press(asked.ts, next(label for label in asked.labels if "Keep" not in label), at="50.2")


async def test_a_card_of_before_forget_me_writes_nothing_and_is_answered(block: Block) -> None:
    card = await block.card()
    payload = block.press_payload(card.ts, "Book", at="60.1")
    await forget(block)
    before = len(texts(block))

    await block.interact(payload)

    assert block.writes() == 0
    said = [*texts(block)[before:], block.slack.shown[direct(ANA), card.ts].text]
    assert any("I no longer have that card" in one for one in said)


async def test_a_press_that_was_accepted_before_forget_me_brings_nothing_back(block: Block) -> None:
    card = await block.card()
    payload = block.press_payload(card.ts, "Book", at="60.1")

    await asyncio.gather(block.interact(payload), forget(block))

    kept = await block.here.house.store.conversations.card(card.ts)
    assert kept is None
    assert block.writes() <= 1


async def test_an_outcome_whose_card_was_deleted_is_told_below(block: Block) -> None:
    card = await block.card()
    payload = block.press_payload(card.ts, "Book", at="60.1")
    block.slack.shown[direct(ANA), card.ts].is_deleted = True

    await block.interact(payload)

    assert [one.partition(":")[0] for one in texts(block)] == ["Booked"]
    assert block.writes() == 1


@pytest.mark.parametrize("subtype", ["message_changed", "message_deleted"])
async def test_editing_or_deleting_what_one_said_is_no_wish(block: Block, subtype: str) -> None:
    await block.say(WISH)
    before = texts(block)
    said = direct_message("book intro with omar@acme.io monday 9am", ts="100.1")

    await block.event(
        {
            "type": "message",
            "subtype": subtype,
            "channel": direct(ANA),
            "channel_type": "im",
            "ts": "101.1",
            "message": said,
        }
    )

    assert texts(block) == before


async def test_a_stranger_who_presses_everything_changes_nothing(block: Block) -> None:
    card = await block.card()
    block.slack.add_user(LEE, name="Lee", email="lee@acme.io")

    for number, label in enumerate(card.labels):
        payload = block.press_payload(card.ts, label, at=f"70.{number}")
        payload["user"]["id"] = LEE
        await block.interact(payload)

    assert block.writes() == 0
    assert block.slack.shown[direct(ANA), card.ts].labels == card.labels
    await block.press(card.ts, "Book", at="71.1")
    assert block.slack.shown[direct(ANA), card.ts].text.startswith("Booked")


async def test_a_dozen_presses_at_once_book_once(block: Block) -> None:
    card = await block.card()
    bodies = [block.press_payload(card.ts, "Book", at=f"80.{number}") for number in range(12)]

    await asyncio.gather(*(block.interact(body) for body in bodies))

    assert block.writes() == 1
    assert [one.partition(":")[0] for one in texts(block)] == ["Booked"]


@pytest.mark.parametrize(
    "text", [LONG, f"{WISH} about {LONG}", f"book intro with {'x' * 3000}@acme.io tomorrow", f"cancel {LONG}"]
)
async def test_long_texts_are_answered_within_slacks_limits(block: Block, text: str) -> None:
    await block.say(text)

    shown = block.slack.messages(direct(ANA))
    assert shown
    assert not [problem for one in shown for problem in message_problems({"text": one.text, "blocks": one.blocks})]
