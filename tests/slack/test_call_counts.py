"""What Slack is asked for a turn of each kind: two calls at most beside profiles that are cached; one `auth.test` a token; and
no connection is made anew once we serve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from fake_slack import direct
from slack_worlds import ANA, LEE, submission
from test_own_settings import open_home, press_home
from test_shortcuts import pointed, shortcut
from test_whole_house import WholeWorld, whole_world

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

LOOKED_UP_ONCE = frozenset({"auth.test", "conversations.open", "users.info", "users.list"})


async def message(world: WholeWorld) -> None:
    await world.say("what is free on tuesday", ts="300.1")


async def mention(world: WholeWorld) -> None:
    await world.mention("<@U0BOT> what is free on tuesday", ts="300.1")


async def command(world: WholeWorld) -> None:
    await world.command("what is free on tuesday")


async def correction(world: WholeWorld) -> None:
    """The card before it loses its buttons beside the answer."""
    await world.say("wednesday instead", ts="300.1")


async def press(world: WholeWorld) -> None:
    await world.press(world.last(direct(ANA)).ts, "Book")


async def somebody_elses_press(world: WholeWorld) -> None:
    payload = world.press_payload(world.last(direct(ANA)).ts, "Book") | {"user": {"id": LEE, "team_id": "T1"}}
    await world.interact(payload)


async def opened_form(world: WholeWorld) -> None:
    await world.press(world.last(direct(ANA)).ts, "Edit")


async def sent_form(world: WholeWorld) -> None:
    await world.press(world.last(direct(ANA)).ts, "Edit")
    world.slack.calls.clear()
    await world.interact(submission(world.slack.views[-1], {"Or a mail address": "zoe@example.com"}))


async def opened_home(world: WholeWorld) -> None:
    await open_home(world, number=7)


async def pressed_home(world: WholeWorld) -> None:
    await open_home(world, number=7)
    world.slack.calls.clear()
    await press_home(world, "Find a time")


async def pointed_message(world: WholeWorld) -> None:
    await world.interact(pointed(world, "lunch on thursday?", thread="800.1"))


async def opened_shortcut(world: WholeWorld) -> None:
    await world.interact(shortcut(world))


KINDS = [
    *(message, mention, command, correction, press, somebody_elses_press, opened_form, sent_form),
    *(opened_home, pressed_home, pointed_message, opened_shortcut),
]


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Client sessions as they are made. Only counted: the real ones are made all the same."""
    made: list[object] = []
    first = aiohttp.ClientSession.__init__

    def counted(self: aiohttp.ClientSession, *arguments: Any, **named: Any) -> None:
        made.append(self)
        first(self, *arguments, **named)

    monkeypatch.setattr(aiohttp.ClientSession, "__init__", counted)
    return made


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
async def test_a_turn_costs_two_calls_at_most(
    tmp_path: Path, sessions: list[object], kind: Callable[[WholeWorld], Awaitable[None]]
) -> None:
    async with whole_world(tmp_path) as world:
        await world.say("book intro with kim@example.com tuesday 2pm", ts="200.1")
        await world.say("thanks", member=LEE, ts="201.1")
        asked_at_start = len(world.slack.called("auth.test"))
        sessions.clear()
        world.slack.calls.clear()
        await kind(world)
        calls = [call.method for call in world.slack.calls]

    assert len([method for method in calls if method not in LOOKED_UP_ONCE]) <= 2, calls
    assert asked_at_start + calls.count("auth.test") <= 1
    assert sessions == []
