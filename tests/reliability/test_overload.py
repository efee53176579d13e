"""More than a process can do is turned away with a word; what was accepted is answered."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import TYPE_CHECKING

import _paths  # noqa: F401  where the stand-ins are
from fake_slack import TEAM, direct
from slack_worlds import ANA, LEE, card, direct_message, line, open_world

from bot.slack.receiving.turns import Pace

if TYPE_CHECKING:
    from bot.dialogue.acts import Reply

TIGHT = Pace(most_accepted=1)


class Held:
    """Answers when it is let go."""

    def __init__(self) -> None:
        self.let_go = asyncio.Event()

    async def answer(self, _: object) -> Reply:
        await self.let_go.wait()
        return line("Done at last.")


async def test_an_event_too_many_is_left_to_slack_to_send_again() -> None:
    held = Held()
    message = direct_message("free tomorrow?", member=LEE, ts="101.1")
    event = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev2", "event": message}
    async with open_world(reply=held.answer, pace=TIGHT) as world, asyncio.TaskGroup() as group:
        first = group.create_task(world.say("free tomorrow?"))
        while not world.surface.turns.at_work:  # noqa: ASYNC110  it is told by an attribute only
            await asyncio.sleep(0)

        second = await world.send(json.dumps(event))
        held.let_go.set()
        await first
        again = await world.send(json.dumps(event))
        await world.settle()

        assert (second.status_code, again.status_code) == (503, 200)
        assert [one.text for one in world.slack.messages(direct(LEE))] == ["Done at last."]


async def test_a_press_too_many_is_told_to_press_again() -> None:
    held = Held()
    async with open_world(reply=card(), pace=TIGHT) as world, asyncio.TaskGroup() as group:
        await world.say("book lee", member=LEE)
        (shown,) = world.slack.messages(direct(LEE))
        world.assistant.reply = held.answer
        first = group.create_task(world.say("free tomorrow?", ts="102.1"))
        while not world.surface.turns.at_work:  # noqa: ASYNC110  as above
            await asyncio.sleep(0)

        pressing = group.create_task(world.press(shown.ts, "Book", member=LEE))
        await world.slack.until("response_url")
        held.let_go.set()
        await asyncio.gather(first, pressing)

        whispered = [one.text for one in world.slack.messages(direct(LEE), reader=LEE) if one.only_for == LEE]
        assert ["a lot to do" in text for text in whispered] == [True]
        assert len(world.assistant.asked) == 2


async def test_room_is_made_when_a_request_is_answered_or_refused() -> None:
    async with open_world(pace=TIGHT) as world:
        world.inbox.is_away = True
        await world.say("free tomorrow?")
        world.inbox.is_away = False
        await world.say("free tomorrow?")
        await world.say("free tomorrow?")

        assert not world.surface.turns.at_work
        assert len(world.slack.messages(direct(ANA))) == 1


async def test_a_request_that_takes_long_keeps_its_lease() -> None:
    held, renewed = Held(), asyncio.Event()
    async with open_world(reply=held.answer, lease=timedelta(milliseconds=20)) as world, asyncio.TaskGroup() as group:

        async def renew(*keys: str, **_: object) -> None:
            renewed.set()

        world.inbox.renew = renew  # type: ignore[method-assign]  # the fake listens
        group.create_task(world.say("free tomorrow?"))
        async with asyncio.timeout(30):
            await renewed.wait()
        held.let_go.set()
