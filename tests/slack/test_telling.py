"""Telling somebody without a press of theirs, and what becomes of it when Slack refuses."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from fake_slack import BOT_USER, direct
from slack_worlds import ANA, CHANNEL, World, card, line, open_world

from bot.dialogue.acts import Choice, Reply, Tile, Tiles
from bot.loop.messenger import Once
from bot.slack.sending.places import read_place

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world(reply=card()) as world:
        yield world


# ── telling unasked ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_telling_edits_the_card_where_it_stands(world: World) -> None:
    await world.say("book lee")
    (shown,) = world.slack.messages(direct(ANA))
    owner = world.assistant.asked[0].key.owner

    place = await world.line.outbox.tell(owner, world.assistant.places["card-1"], line("Booked after all."))

    assert (shown.text, shown.labels) == ("Booked after all.", [])
    assert read_place(place) is not None


async def test_what_may_have_been_told_before_a_crash_is_edited_and_not_told_twice(world: World) -> None:
    await world.say("book lee")
    owner = world.assistant.asked[0].key.owner
    before = len(world.slack.messages(direct(ANA)))
    started = datetime.fromtimestamp(world.slack.ticks, UTC)

    await world.line.outbox.tell(owner, "", line("Lee cancelled."), once=Once(key="unasked:1"))
    again = Once(key="unasked:1", maybe_since=started)
    await world.line.outbox.tell(owner, "", line("Lee cancelled."), once=again)
    other = Once(key="unasked:2", maybe_since=started)
    await world.line.outbox.tell(owner, "", line("Kim cancelled."), once=other)

    texts = [one.text for one in world.slack.messages(direct(ANA))][before:]
    assert texts == ["Lee cancelled.", "Kim cancelled."]


def cancelled() -> Reply:
    return line("Lee has cancelled.", is_news=True, in_thread=True, closes=line("Cancelled by Lee."))


@pytest.mark.parametrize("is_in_channel", [False, True], ids=["direct", "channel"])
async def test_a_line_in_a_thread_that_may_have_been_posted_before_a_crash_is_not_posted_twice(
    world: World, *, is_in_channel: bool
) -> None:
    await world.say("book lee")
    owner = world.assistant.asked[0].key.owner
    outbox, started = world.line.outbox, datetime.fromtimestamp(world.slack.ticks, UTC)

    async def tell(place: str, reply: Reply, once: Once) -> str:
        if is_in_channel:
            return await outbox.announce(owner, CHANNEL, place, reply, once=once)
        return await outbox.tell(owner, place, reply, once=once)

    root = await tell("", line("Booked by Lee."), Once(key="unasked:1"))
    await tell(root, cancelled(), Once(key="unasked:2"))
    await tell(root, cancelled(), Once(key="unasked:2", maybe_since=started))

    said = world.slack.messages(CHANNEL if is_in_channel else direct(ANA))[-2:]
    assert [one.text for one in said] == ["Cancelled by Lee.", "Lee has cancelled."]
    assert (said[0].thread, said[1].thread) == ("", said[0].ts)


async def test_news_that_was_posted_while_nobody_knew_of_its_message_moves_into_its_thread(world: World) -> None:
    """The first news went out, and its place could not be noted; the second one then stands alone."""
    await world.say("book lee")
    owner = world.assistant.asked[0].key.owner
    before, started = len(world.slack.messages(direct(ANA))), datetime.fromtimestamp(world.slack.ticks, UTC)

    root = await world.line.outbox.tell(owner, "", line("Booked by Lee."), once=Once(key="unasked:1"))
    await world.line.outbox.tell(owner, "", cancelled(), once=Once(key="unasked:2"))
    again = Once(key="unasked:2", maybe_since=started)
    await world.line.outbox.tell(owner, root, cancelled(), once=again)
    await world.line.outbox.tell(owner, root, cancelled(), once=again)

    said = [one for one in world.slack.messages(direct(ANA)) if not one.is_deleted][before:]
    assert [one.text for one in said] == ["Cancelled by Lee.", "Lee has cancelled."]
    assert (said[0].thread, said[1].thread) == ("", said[0].ts)


async def test_where_the_past_cannot_be_read_it_is_told_rather_than_lost(world: World) -> None:
    await world.say("book lee")
    owner = world.assistant.asked[0].key.owner
    world.slack.fail("conversations.history", "missing_scope")

    once = Once(key="unasked:1", maybe_since=datetime.fromtimestamp(world.slack.ticks, UTC))
    await world.line.outbox.tell(owner, "", line("Lee cancelled."), once=once)

    assert world.slack.messages(direct(ANA))[-1].text == "Lee cancelled."


@pytest.mark.parametrize("note", ["", "not a note", '{"spot": "moon"}'])
async def test_telling_without_a_known_place_goes_to_the_person(world: World, note: str) -> None:
    await world.say("book lee")
    owner = world.assistant.asked[0].key.owner

    await world.line.outbox.tell(owner, note, line("Lee declined."))

    assert [one.text for one in world.slack.messages(direct(ANA))][-1] == "Lee declined."


async def test_telling_something_personal_never_touches_a_public_card(world: World) -> None:
    await world.mention(f"<@{BOT_USER}> book")
    (shown,) = world.slack.messages(CHANNEL)
    owner = world.assistant.asked[0].key.owner

    await world.line.outbox.tell(owner, world.assistant.places["card-1"], line("Lee declined.", is_personal=True))

    assert shown.edits == 0
    assert [one.text for one in world.slack.messages(direct(ANA))] == ["Lee declined."]


async def test_news_for_a_card_closes_it_and_stands_below(world: World) -> None:
    await world.say("book lee")
    owner = world.assistant.asked[0].key.owner
    news = line("Lee declined.", is_news=True, closes=line("Declined by Lee."))

    await world.line.outbox.tell(owner, world.assistant.places["card-1"], news)

    assert [one.text for one in world.slack.messages(direct(ANA))] == ["Declined by Lee.", "Lee declined."]


# ── Slack says no ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_refused_blocks_are_sent_as_text(world: World) -> None:
    world.slack.fail("chat.postMessage", "invalid_blocks")

    await world.say("book lee")

    (shown,) = world.slack.messages(direct(ANA))
    assert (shown.text, shown.blocks) == ("30 min with Lee, Tue 3 Mar 15:00.", [])


TYPES = Tiles(
    tiles=(
        Tile(
            title="Intro",
            subtitle="30 min",
            choices=(Choice(id="p1", label="Open Intro", url="https://x.example.com"),),
        ),
        Tile(title="Deep dive", subtitle="60 min"),
    )
)


async def test_newer_blocks_that_are_refused_go_out_once_more_as_plain_ones(world: World) -> None:
    world.assistant.reply = Reply(text="2 event types: Intro, Deep dive.", parts=(TYPES,), card="card-1")
    world.slack.fail("chat.postMessage", "invalid_blocks")

    await world.say("show my event types")

    first, second = world.slack.called("chat.postMessage")
    assert [block["type"] for block in first["blocks"]] == ["carousel"]
    assert [block["type"] for block in second["blocks"]] == ["section", "section"]
    assert second["blocks"][0]["accessory"]["text"]["text"] == "Open Intro"


async def test_blocks_that_are_refused_twice_go_out_as_text(world: World) -> None:
    world.assistant.reply = Reply(text="2 event types: Intro, Deep dive.", parts=(TYPES,), card="card-1")
    world.slack.fail("chat.postMessage", "invalid_blocks", times=2)

    await world.say("show my event types")

    (shown,) = world.slack.messages(direct(ANA))
    assert (shown.text, shown.blocks) == ("2 event types: Intro, Deep dive.", [])


async def test_a_scope_that_was_not_granted_is_said_with_what_helps(world: World) -> None:
    world.slack.faults["chat.postMessage"] = [
        (200, {"ok": False, "error": "missing_scope", "needed": "chat:write.public"}, {})
    ]

    await world.say("book lee")

    (shown,) = world.slack.messages(direct(ANA))
    assert "has not granted me" in shown.text
    assert "chat:write.public" in shown.text


async def test_a_rate_limit_is_waited_for(world: World) -> None:
    world.slack.fail("chat.postMessage", "ratelimited", status=429, headers={"Retry-After": "0"})

    await world.say("book lee")

    assert len(world.slack.messages(direct(ANA))) == 1


async def test_a_closed_direct_channel_ends_the_turn_without_a_loop(world: World) -> None:
    world.slack.fail("chat.postMessage", "channel_not_found", times=9)

    await world.say("book lee")

    assert len(world.inbox.done) == 1
