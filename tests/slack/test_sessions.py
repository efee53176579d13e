"""The agent's session: at work, waiting for a press, going on; stopped at once, but never behind a press."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from fake_slack import direct
from slack_worlds import ANA, World, card, line, open_world
from test_turns import IMPATIENT, Slow

from bot.slack.receiving.turns import Pace

if TYPE_CHECKING:
    from bot.dialogue.acts import Reply

OPENED = {"type": "app_home_opened", "user": ANA, "channel": direct(ANA), "tab": "messages"}
STOPPED = {"type": "agent_session_stopped", "user": ANA, "channel": direct(ANA), "thread_ts": "50.1"}
IN_THREAD = {"thread_ts": "50.1"}
STATES = ("assistant.threads.setStatus", "agents.sessions.setStatus")


async def is_agent(world: World) -> None:
    world.slack.prompts = []
    await world.event(OPENED, event_id="Ev-opened")


def states(world: World) -> list[str]:
    return [call.arguments["status"] for call in world.slack.calls if call.method in STATES]


async def test_looking_up_shows_behind_our_name_instead_of_a_line() -> None:
    slow = Slow(line("Nothing is free."))
    async with open_world(reply=slow.answer, pace=IMPATIENT) as world, asyncio.TaskGroup() as group:
        await is_agent(world)
        group.create_task(world.say("when am i free", **IN_THREAD))
        await world.slack.until("assistant.threads.setStatus")
        shown = list(world.slack.messages(direct(ANA)))
        slow.released.set()
        await world.slack.until("chat.postMessage")

        (status,) = world.slack.called("assistant.threads.setStatus")
        assert shown == []
        assert status == {"channel_id": direct(ANA), "thread_ts": "50.1", "status": "is looking at times"}
        assert [one.thread for one in world.slack.messages(direct(ANA))] == ["50.1"]


async def test_a_card_waits_and_its_outcome_goes_on() -> None:
    async with open_world(reply=card()) as world:
        await is_agent(world)
        await world.say("book lee", **IN_THREAD)
        waiting = states(world)
        world.assistant.reply = line("Booked.")
        (shown,) = world.slack.messages(direct(ANA))
        await world.press(shown.ts, "Book")

        assert waiting == ["suspended"]
        assert states(world) == ["suspended", "active"]


async def test_an_answer_in_an_agents_thread_costs_two_calls_at_most() -> None:
    async with open_world(reply=card()) as world:
        await is_agent(world)
        world.slack.calls.clear()
        await world.say("book lee", **IN_THREAD)

        assert [call.method for call in world.slack.calls] == ["chat.postMessage", "agents.sessions.setStatus"]


SLOW = [(card(), False), (line("Nothing is free."), False), (line("Booked."), True), (card(), True)]


@pytest.mark.parametrize(("reply", "is_press"), SLOW)
async def test_an_answer_that_takes_its_time_costs_two_calls_too(reply: Reply, *, is_press: bool) -> None:
    slow = Slow(reply)
    async with open_world(reply=card(), pace=IMPATIENT) as world, asyncio.TaskGroup() as group:
        await is_agent(world)
        await world.say("book lee", **IN_THREAD)
        (shown,) = world.slack.messages(direct(ANA))
        world.slack.calls.clear()
        world.assistant.reply = slow.answer
        turn = world.press(shown.ts, "Book") if is_press else world.say("and on friday?", ts="101.1", **IN_THREAD)
        group.create_task(turn)
        await world.slack.until("agents.sessions.setStatus" if is_press else "assistant.threads.setStatus")
        slow.released.set()
        await world.slack.until("chat.update" if is_press else "chat.postMessage")
        await world.settle()

        sign = "agents.sessions.setStatus" if is_press else "assistant.threads.setStatus"
        assert [call.method for call in world.slack.calls] == [sign, "chat.update" if is_press else "chat.postMessage"]
        assert not is_press or states(world) == ["active"]


async def test_a_plain_app_has_no_sessions() -> None:
    async with open_world(reply=card()) as world:
        await world.say("book lee", **IN_THREAD)

        assert states(world) == []


async def test_stop_ends_a_look_up_at_once() -> None:
    slow = Slow(card())
    async with open_world(reply=slow.answer, pace=Pace(wait_line=timedelta(hours=1))) as world:
        await is_agent(world)
        async with asyncio.TaskGroup() as group:
            group.create_task(world.say("when am i free", **IN_THREAD))
            await _asked(world)
            await world.event(STOPPED, event_id="Ev-stopped")

        (shown,) = world.slack.messages(direct(ANA))
        assert shown.text == "Stopped. Nothing was changed."
        assert states(world) == ["active"]
        assert len(world.inbox.done) == 1


async def test_stop_never_stops_a_press() -> None:
    async with open_world(reply=card()) as world:
        await is_agent(world)
        await world.say("book lee", **IN_THREAD)
        (shown,) = world.slack.messages(direct(ANA))
        slow = Slow(line("Booked."))
        world.assistant.reply = slow.answer
        async with asyncio.TaskGroup() as group:
            group.create_task(world.press(shown.ts, "Book"))
            await _asked(world, 2)
            stopping = group.create_task(world.event(STOPPED, event_id="Ev-stopped"))
            await world.slack.until("agents.sessions.setStatus", 2)
            slow.released.set()
            await stopping

        assert shown.text == "Booked."


async def _asked(world: World, count: int = 1) -> None:
    """Until the assistant is at work on that many turns."""
    async with asyncio.timeout(30):
        while len(world.assistant.asked) < count:  # noqa: ASYNC110  nothing tells of it
            await asyncio.sleep(0)
