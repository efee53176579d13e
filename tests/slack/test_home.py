"""The home page: what stands open, with the press that ends it, and that it is published again when something changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_slack import direct
from slack_worlds import ANA, LEE
from test_news_thread import becomes, booked, deliver
from test_own_settings import facts, open_home, press_home
from test_whole_house import whole_world

from bot.app.serving import SlackMessenger

if TYPE_CHECKING:
    from pathlib import Path


async def test_an_open_poll_stands_on_the_page_until_it_is_closed_there(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say(f"poll <@{LEE}>: tuesday 3pm or wednesday 2pm", ts="100.1")
        await world.press(world.last(direct(ANA)).ts, "Post poll")
        before = facts(await open_home(world))
        await press_home(world, "Close poll")
        after = facts(await open_home(world, number=2))
        theirs = world.last(direct(LEE), reader=LEE)

    assert "0 of 1 have answered" in before
    assert "have answered" not in after
    assert "closed" in theirs.text


async def test_shared_times_stand_on_the_page_until_they_are_ended_there(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say(f"share intro next week with <@{LEE}>", ts="100.1")
        await world.press(world.last(direct(ANA)).ts, "Send")
        before = facts(await open_home(world))
        await press_home(world, "End it now")
        after = facts(await open_home(world, number=2))

    assert "times left" in before
    assert "times left" not in after


async def test_news_shows_on_the_page_of_who_has_it_open(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        booking = await booked(world)
        await open_home(world)
        before = str(world.slack.homes[ANA])
        becomes(world, booking, "cancelled")
        assert world.surface is not None
        told = SlackMessenger(world.line, world.surface.turns.home_changed)
        await deliver(world, "BOOKING_CANCELLED", booking.uid, through=told)
        after = str(world.slack.homes[ANA])

    assert ("Intro with Kim" in before, "Intro with Kim" in after) == (True, False)
