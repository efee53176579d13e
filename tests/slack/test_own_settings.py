"""What a person sets on the home page, and that every sentence and card of theirs keeps to it from then on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from fake_slack import direct
from slack_worlds import ANA, LEE, press, submission
from test_whole_house import WholeWorld, whole_world

if TYPE_CHECKING:
    from pathlib import Path

OPENED = {"type": "app_home_opened", "user": ANA, "channel": direct(ANA), "tab": "home"}
OF_24_HOURS = re.compile(r"(?<![\d:])\d{1,2}:\d\d(?!(?:–\d{1,2}:\d\d)? [ap]m)")
"""A clock that is neither followed by «am» or «pm», nor the first end of a stretch that is."""


async def open_home(world: WholeWorld, *, number: int = 1, member: str = ANA) -> dict[str, Any]:
    opened = OPENED | {"user": member, "channel": direct(member)}
    await world.event(opened, event_id=f"Ev-home-{member}-{number}")
    return world.slack.homes[member]


def button(view: dict[str, Any], label: str) -> dict[str, Any]:
    elements = [one for block in view["blocks"] if block["type"] == "actions" for one in block["elements"]]
    return next(one for one in elements if one["type"] == "button" and one["text"]["text"] == label)


async def press_home(world: WholeWorld, label: str, *, member: str = ANA, view: dict[str, Any] | None = None) -> None:
    found = button(view or world.slack.homes[member], label)
    action = {"type": "button", "action_id": found["action_id"], "value": found["value"], "action_ts": "1.0"}
    payload = press("", "", action, member=member, trigger=world.slack.new_trigger())
    payload |= {"container": {"type": "view", "view_id": "V1"}, "channel": None, "message": None}
    await world.interact(payload | {"view": {"id": "V1", "type": "home"}})


def chosen(**values: str) -> dict[str, Any]:
    kinds = {
        "Agenda_at": "selected_time",
        "Quiet_from": "selected_time",
        "Quiet_until": "selected_time",
        "Zone": "value",
    }
    out: dict[str, Any] = {}
    for label, value in values.items():
        held = {kinds[label]: value} if label in kinds else {"selected_option": {"value": value}}
        out[label.replace("_", " ")] = held
    return out


async def set_up(world: WholeWorld, **values: str) -> Any:
    await open_home(world)
    await press_home(world, "Change settings")
    return await world.interact(submission(world.slack.views[-1], chosen(**values)))


def facts(view: dict[str, Any]) -> str:
    return str([block.get("fields") or block.get("text") for block in view["blocks"]])


async def test_the_page_shows_everything_that_can_be_set(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        shown = facts(await open_home(world))
        await press_home(world, "Change settings")
        (view,) = world.slack.views

    labels = ("Usual meeting", "Times", "Week begins on", "Agenda", "Note before meetings", "Quiet hours", "News")
    assert [label for label in (*labels, "Free times") if label not in shown] == []
    fields = [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]
    assert fields == [
        *("Event type", "Length", "Zone", "Clock", "Week begins on"),
        *("Agenda", "Agenda at", "Note with the join link", "Slack status", "Quiet from", "Quiet until"),
    ]


@pytest.mark.parametrize(
    ("values", "label", "says"),
    [
        ({"Zone": "Atlantis"}, "Zone", "no such city"),
        ({"Quiet_from": "20:00"}, "Quiet until", "both"),
        ({"Quiet_until": "07:00"}, "Quiet from", "both"),
    ],
)
async def test_what_is_wrong_is_said_under_its_field(
    tmp_path: Path, values: dict[str, str], label: str, says: str
) -> None:
    async with whole_world(tmp_path) as world:
        answer = (await set_up(world, **values)).json()
        (view,) = world.slack.views

    (block,) = [one for one in view["blocks"] if one.get("label", {}).get("text") == label]
    assert says in answer["errors"][block["block_id"]]


async def test_what_was_set_stands_on_the_page_and_in_the_form(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await set_up(world, Clock="12", Week_begins_on="6", Zone="new york", Length="45", Agenda="weekly")
        shown = facts(world.slack.homes[ANA])
        await press_home(world, "Change settings")
        view = world.slack.views[-1]

    assert "New York, 12-hour clock" in shown
    assert "every Sunday at 8:00 am" in shown
    initial = {
        block["label"]["text"]: block["element"].get("initial_value")
        or block["element"].get("initial_option", {}).get("value")
        for block in view["blocks"]
        if block["type"] == "input"
    }
    assert initial["Zone"] == "America/New_York"
    assert (initial["Clock"], initial["Week begins on"], initial["Length"]) == ("12", "6", "45")


WISHES = (
    "what is free on tuesday",
    "book intro with kim@example.com tuesday 2pm",
    "what do I have next week",
    "what are my working hours",
    "set fridays 9 to 1",
    "when am I busy next week",
    "what time is it in tokyo",
    "what is 4pm lisbon for me",
    "why is nothing free on saturday",
    "every morning at 8 send me my agenda",
    "hold wednesday 3pm",
    "show pending requests",
    "share intro next week with <@ULEE1>",
    "give me text i can paste for intro next week",
)


async def test_no_sentence_and_no_card_of_theirs_tells_another_clock(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await set_up(world, Clock="12", Agenda="daily", Note_with_the_join_link="10")
        for number, wish in enumerate(WISHES):
            await world.say(wish, ts=f"{200 + number}.1")
        await open_home(world, number=2)
        said = [(one.text, one.blocks) for one in world.slack.messages(direct(ANA))]
        seen = [*map(str, said), str(world.slack.homes[ANA]["blocks"])]

    wrong = [found for text in seen for found in OF_24_HOURS.findall(re.sub(r"'(value|action_id)': '[^']*'", "", text))]
    assert wrong == []
    assert any(" pm" in text for text in seen)


async def test_the_usual_meeting_is_what_is_meant_where_none_is_named(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await open_home(world)
        await press_home(world, "Change settings")
        (view,) = world.slack.views
        options = next(b for b in view["blocks"] if b.get("label", {}).get("text") == "Event type")["element"][
            "options"
        ]
        dive = next(one for one in options if "Deep dive" in one["text"]["text"])
        await world.interact(submission(view, chosen(Event_type=dive["value"])))
        await world.say("book kim@example.com tuesday 2pm", ts="300.1")
        shorter = world.last(direct(ANA)).text
        await world.say("book intro with kim@example.com tuesday 2pm", ts="301.1")
        named = world.last(direct(ANA)).text

    assert "Deep dive" in shorter
    assert "Intro" in named


async def test_a_week_begins_where_they_say(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await set_up(world, Week_begins_on="6")
        await world.say("what do I have on sunday next week", ts="400.1")
        text = world.last(direct(ANA)).text

    assert "Sun 8 Mar" in text


async def test_ones_settings_are_nobody_elses(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await set_up(world, Clock="12")
        mine = world.slack.homes[ANA]
        theirs = facts(await open_home(world, member=LEE))
        await press_home(world, "Change settings", member=LEE, view=mine)
        opened = len(world.slack.views)

    assert "24-hour clock" in theirs
    assert opened == 1
    assert "Only Ana can confirm" in str(world.slack.homes[LEE]["blocks"])
