"""The form behind Edit: its attendee is chosen from Slack's own menu of people, or typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fake_slack import direct
from slack_worlds import ANA, LEE, submission
from test_whole_house import WholeWorld, whole_world

if TYPE_CHECKING:
    from pathlib import Path


async def edited(world: WholeWorld, **typed: Any) -> Any:
    await world.say("book intro with kim@example.com tuesday 2pm")
    await world.press(world.last(direct(ANA)).ts, "Edit")
    values = {label.replace("_", " "): value for label, value in typed.items()}
    return await world.interact(submission(world.slack.views[-1], values))


async def test_somebody_chosen_from_the_menu_is_the_attendee(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await edited(world, With={"selected_user": LEE}, Or_a_mail_address="kim@example.com")
        card = world.last(direct(ANA))
        (menu,) = [b for b in world.slack.views[-1]["blocks"] if b.get("label", {}).get("text") == "With"]

    assert menu["element"]["type"] == "users_select"
    assert "Lee (lee@acme.io)" in card.text
    assert "kim" not in card.text


async def test_a_typed_address_is_the_attendee_where_nobody_was_chosen(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await edited(world, Or_a_mail_address="zoe@example.com")
        text = world.last(direct(ANA)).text

    assert "zoe@example.com" in text


@pytest.mark.parametrize(("typed", "says"), [("", "Choose somebody"), ("zoe", "complete mail address")])
async def test_nobody_is_said_under_the_address(tmp_path: Path, typed: str, says: str) -> None:
    async with whole_world(tmp_path) as world:
        answer = (await edited(world, Or_a_mail_address=typed)).json()
        view = world.slack.views[-1]

    (block,) = [b for b in view["blocks"] if b.get("label", {}).get("text") == "Or a mail address"]
    assert says in answer["errors"][block["block_id"]]


async def test_somebody_without_a_mail_address_is_asked_for_one(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        world.slack.add_user("UZOE11", name="Zoe")
        await edited(world, With={"selected_user": "UZOE11"})
        card = world.last(direct(ANA))

    assert "Book" not in card.labels
