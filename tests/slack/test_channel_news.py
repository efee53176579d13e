"""News of an event type in a channel: asked for in words, without addresses, one message a booking, and stopped again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_slack import direct
from slack_worlds import ANA
from test_news_thread import KIM, becomes, booked, deliver
from test_whole_house import whole_world

if TYPE_CHECKING:
    from pathlib import Path

SALES = "C7SALES"
ASK = f"post intros in <#{SALES}|sales>"


async def test_a_channel_hears_of_a_booking_and_of_its_end_in_one_thread(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say(ASK, ts="10.1")
        said = world.last(direct(ANA)).text
        booking = await booked(world)
        await deliver(world, "BOOKING_CREATED", booking.uid, minute=1)
        becomes(world, booking, "cancelled")
        await deliver(world, "BOOKING_CANCELLED", booking.uid, minute=2)
        intro, root, line = world.slack.messages(SALES)

    assert "Intro" in said
    assert intro.text.startswith("Ana has the bookings of Intro posted here")
    assert "was cancelled" in root.text
    assert (line.thread, line.text) == (root.ts, "Intro with Kim on Tue 10 Mar 14:00–14:30 Berlin was cancelled.")
    assert [one for one in (intro, root, line) if "@" in str((one.text, one.blocks))] == []
    assert root.labels == []


async def test_other_types_and_open_requests_are_nobodys_business_there(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say(f"post interviews in <#{SALES}|sales>", ts="10.1")
        booking = await booked(world)
        await deliver(world, "BOOKING_CREATED", booking.uid)
        asked = await booked(world, f"book interview with {KIM} wednesday 2pm", ts="101.1")
        await deliver(world, "BOOKING_REQUESTED", asked.uid, minute=2)
        shown = world.slack.messages(SALES)

    assert len(shown) == 1


async def test_it_is_stopped_in_words_and_with_a_press(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say(ASK, ts="10.1")
        await world.say(f"stop posting intros in <#{SALES}|sales>", ts="11.1")
        stopped = world.last(direct(ANA)).text
        await world.say(ASK, ts="12.1")
        await world.press(world.last(direct(ANA)).ts, "Stop posting")
        booking = await booked(world)
        await deliver(world, "BOOKING_CREATED", booking.uid)
        shown = world.slack.messages(SALES)

    assert "any more" in stopped
    assert ["posted here" in one.text for one in shown] == [True, True]


async def test_a_channel_without_us_is_said_at_once(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        world.slack.closed_channels.add(SALES)
        await world.say(ASK, ts="10.1")
        text = world.last(direct(ANA)).text

    assert "/invite" in text


async def test_a_channel_that_we_were_put_out_of_is_told_to_its_person_and_left(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say(ASK, ts="10.1")
        booking = await booked(world)
        world.slack.closed_channels.add(SALES)
        await deliver(world, "BOOKING_CREATED", booking.uid)
        first = world.last(direct(ANA)).text
        becomes(world, booking, "cancelled")
        count = len(world.slack.called("chat.postMessage"))
        await deliver(world, "BOOKING_CANCELLED", booking.uid, minute=2)
        later = world.slack.called("chat.postMessage")[count:]

    assert "I stopped" in first
    assert [one["channel"] for one in later] == [direct(ANA)]


async def test_without_a_type_it_asks_which(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say(f"post bookings in <#{SALES}|sales>", ts="10.1")
        card = world.last(direct(ANA))
        asked = card.text
        await world.press(card.ts, "Intro")
        shown = world.slack.messages(SALES)

    assert "which event type" in asked
    assert len(shown) == 1
