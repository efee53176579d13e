"""What an operator's check asks Slack, and what it makes of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_slack import TOKEN, FakeSlack
from slack_worlds import ANA, LEE, World, open_world

from bot.slack.checkup import examine_cards
from bot.slack.drawing.limits import block_problems, view_problems
from bot.slack.drawing.samples import sample_cards, sample_form

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as world:
        yield world


def test_every_sample_is_within_slacks_limits() -> None:
    assert [problem for blocks in sample_cards().values() for problem in block_problems(list(blocks))] == []
    assert view_problems(sample_form()) == []


async def test_slack_is_asked_about_every_kind_of_card() -> None:
    async with FakeSlack() as slack:
        assert await examine_cards(slack.base_url, TOKEN) == ()
        assert len(slack.called("blocks.validate")) == len(sample_cards()) + 1


async def test_what_slack_objects_to_is_told_in_its_words() -> None:
    async with FakeSlack() as slack:
        slack.faults["blocks.validate"] = [
            (
                200,
                {"ok": False, "error": "invalid_blocks", "errors": [{"pointer": "/1/text", "message": "too long"}]},
                {},
            )
        ]

        assert await examine_cards(slack.base_url, TOKEN) == ("a card: /1/text too long",)


async def test_a_slack_without_that_check_has_no_objection() -> None:
    async with FakeSlack() as slack:
        slack.fail("blocks.validate", "unknown_method")

        assert await examine_cards(slack.base_url, TOKEN) == ()


async def test_a_turn_costs_slack_two_calls_at_most_beside_what_is_known(world: World) -> None:
    await world.say("book lee", ts="100.1")
    begun = len(world.slack.calls)
    sessions = world.line.api.client.session

    for number, member in enumerate((ANA, LEE, ANA)):
        await world.say("what is free", member=member, ts=f"200.{number}")
        await world.mention("what is free", member=member, ts=f"300.{number}")
        await world.command("what is free", member=member)

    methods = [call.method for call in world.slack.calls[begun:] if call.method != "users.info"]
    assert len(methods) <= 2 * 9
    assert "auth.test" not in methods
    assert world.line.api.client.session is sessions
