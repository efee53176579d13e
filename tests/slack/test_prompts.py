"""What the agent offers to be said fits the person: connected or not, their day, what waits for them, what stands open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_slack import direct
from slack_worlds import ANA, LEE
from test_news_thread import KIM, booked
from test_status import KEY
from test_whole_house import WholeWorld, whole_world

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

MESSAGES = {"type": "app_home_opened", "user": ANA, "channel": direct(ANA), "tab": "messages"}


async def nothing(world: WholeWorld) -> None:
    """A fresh account."""


async def meets_today(world: WholeWorld) -> None:
    await booked(world, f"book intro with {KIM} today 3pm")


async def is_asked(world: WholeWorld) -> None:
    await booked(world, f"book interview with {KIM} tuesday 2pm")


async def polls(world: WholeWorld) -> None:
    await world.say(f"poll <@{LEE}>: tuesday 3pm or wednesday 2pm", ts="100.1")
    await world.press(world.last(direct(ANA)).ts, "Post poll")


async def holds(world: WholeWorld) -> None:
    await world.say("hold tuesday 11:00 for 30 minutes", ts="100.1")
    await world.press(world.last(direct(ANA)).ts, "Hold")


async def wants_the_agenda(world: WholeWorld) -> None:
    await world.say("every morning at 8 send me my agenda", ts="100.1")


PLAIN = ("What do I have this week?", "When am I free this week?", "Send me my agenda", "What can you do?")
STATES = [
    (nothing, PLAIN),
    (meets_today, ("My meeting today", PLAIN[1], "Move my next meeting", PLAIN[2])),
    (is_asked, ("Show 1 request that waits for me", *PLAIN[:3])),
    (polls, ("How does my poll stand?", *PLAIN[:3])),
    (holds, (PLAIN[0], "What I hold (1)", *PLAIN[1:3])),
    (wants_the_agenda, (PLAIN[0], PLAIN[1], PLAIN[3])),
]


async def offered(world: WholeWorld) -> list[dict[str, str]]:
    world.slack.prompts = []
    world.slack.calls.clear()
    await world.event(MESSAGES, event_id="Ev-messages")
    (call,) = world.slack.calls
    assert call.method == "assistant.threads.setSuggestedPrompts"
    found: list[dict[str, str]] = call.arguments["prompts"]
    return found


@pytest.mark.parametrize(("before", "titles"), STATES, ids=[state[0].__name__ for state in STATES])
async def test_sentences_fit_what_there_is(
    tmp_path: Path, before: Callable[[WholeWorld], Awaitable[None]], titles: tuple[str, ...]
) -> None:
    async with whole_world(tmp_path) as world:
        await world.say("hello", ts="1.1")
        await before(world)
        found = await offered(world)

    assert tuple(prompt["title"] for prompt in found) == titles


@pytest.mark.parametrize("before", [state[0] for state in STATES], ids=[state[0].__name__ for state in STATES])
async def test_every_sentence_is_understood(tmp_path: Path, before: Callable[[WholeWorld], Awaitable[None]]) -> None:
    async with whole_world(tmp_path) as world:
        await world.say("hello", ts="1.1")
        await before(world)
        lost = []
        for number, prompt in enumerate(await offered(world)):
            await world.say(prompt["message"], ts=f"{500 + number}.1")
            if "I only do scheduling" in world.last(direct(ANA)).text or "left out" in world.last(direct(ANA)).text:
                lost.append(prompt["message"])

    assert lost == []


async def test_who_is_not_connected_is_offered_the_first_step(tmp_path: Path) -> None:
    async with whole_world(tmp_path, calcom_api_url="https://api.cal.example/v2", pencil_encryption_key=KEY) as world:
        await world.say("hello", ts="1.1")
        found = await offered(world)

    assert [prompt["message"] for prompt in found] == ["connect", "help"]


async def test_polls_and_shares_are_shown_in_words_and_ended_there(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say("show my polls", ts="50.1")
        none = world.last(direct(ANA)).text
        await polls(world)
        await world.say("how is my poll going?", ts="101.1")
        card = world.last(direct(ANA))
        shown = card.text
        await world.press(card.ts, "Close poll")
        await world.say("welche Umfragen sind offen?", ts="102.1")
        after = world.last(direct(ANA)).text

    assert "No poll is open" in none
    assert "Poll about Intro: 0 of 1 have answered" in shown
    assert "No poll is open" in after
