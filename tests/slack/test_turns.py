from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from fake_slack import BOT_USER, direct
from slack_worlds import ANA, CHANNEL, LEE, World, card, direct_message, line, open_world, press

from bot.dialogue.acts import Chose, Reply, Said
from bot.slack.receiving.turns import Pace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world(reply=card()) as world:
        yield world


async def test_a_direct_message_is_answered_there_with_a_card(world: World) -> None:
    answer = await world.say("book 30 min with lee tomorrow 3pm")

    (shown,) = world.slack.messages(direct(ANA))
    assert answer.status_code == 200
    assert shown.labels == ["Book", "Other times"]
    assert world.inbox.done == list(world.inbox.seen)
    assert "card-1" in world.assistant.places


async def test_the_turn_carries_the_text_and_the_people_mentioned(world: World) -> None:
    await world.say(f"book <@{LEE}|lee> and &lt;b&gt; <mailto:sam@example.com|sam@example.com>")

    (asked,) = world.assistant.asked
    assert isinstance(asked.turn, Said)
    assert asked.turn.text == f"book <@{LEE}> and <b> sam@example.com"
    assert [(one.name, one.email, one.zone) for one in asked.turn.people] == [
        ("Lee Long", "lee@example.com", "Europe/London")
    ]
    assert (asked.asker.name, asked.asker.zone) == ("Ana Amsel", "Europe/Berlin")
    assert not asked.is_public


async def test_a_message_and_its_mention_are_one_turn(world: World) -> None:
    text = f"<@{BOT_USER}> what is free"
    message = {"type": "message", "channel_type": "channel", "user": ANA, "text": text, "channel": CHANNEL, "ts": "9.1"}

    await world.event(message, event_id="Ev1")
    await world.event(message | {"type": "app_mention"}, event_id="Ev2")

    (asked,) = world.assistant.asked
    assert isinstance(asked.turn, Said)
    assert asked.turn.text == "what is free"
    assert (asked.key.channel, asked.key.thread) == (CHANNEL, "9.1")
    assert asked.is_public


async def test_a_retry_of_the_same_delivery_is_not_answered_twice(world: World) -> None:
    await world.say("free tomorrow?")
    answer = await world.event(
        direct_message("free tomorrow?"), headers={"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}
    )

    assert answer.status_code == 200
    assert len(world.assistant.asked) == 1


async def test_a_retry_is_answered_when_the_first_delivery_was_not_kept(world: World) -> None:
    world.inbox.is_away = True
    first = await world.say("free tomorrow?")
    world.inbox.is_away = False
    second = await world.event(direct_message("free tomorrow?"), headers={"x-slack-retry-num": "1"})

    assert (first.status_code, second.status_code) == (503, 200)
    assert len(world.assistant.asked) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"bot_id": "B9OTHER"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message", "bot_id": "B9OTHER"},
        {"user": BOT_USER},
        {"user": None},
        {"ts": None},
    ],
)
async def test_what_no_person_wrote_is_not_a_turn(world: World, change: dict[str, object]) -> None:
    answer = await world.event(direct_message("book it") | change)

    assert answer.status_code == 200
    assert world.assistant.asked == []


async def test_channel_talk_without_a_mention_is_not_for_us(world: World) -> None:
    await world.event(
        {
            "type": "message",
            "channel_type": "channel",
            "user": ANA,
            "text": "book club",
            "channel": CHANNEL,
            "ts": "1.1",
        }
    )

    assert world.assistant.asked == []
    assert world.inbox.seen == {}


async def test_a_thread_that_we_take_part_in_is_overheard(world: World) -> None:
    world.assistant.threads.add((CHANNEL, "5.1"))
    talk = {"type": "message", "channel_type": "channel", "user": LEE, "text": "after 3", "channel": CHANNEL}

    await world.event(talk | {"ts": "6.1", "thread_ts": "5.1"}, event_id="Ev1")
    await world.event(talk | {"ts": "6.2", "thread_ts": "5.9"}, event_id="Ev2")

    (asked,) = world.assistant.asked
    assert asked.turn == Said(text="after 3", is_addressed=False)
    assert asked.key.thread == "5.1"


async def test_a_silent_reply_says_nothing() -> None:
    async with open_world(reply=Reply(text="", is_silent=True)) as world:
        world.assistant.threads.add((CHANNEL, "5.1"))
        talk = {"type": "message", "user": LEE, "text": "fine", "channel": CHANNEL, "ts": "6.1", "thread_ts": "5.1"}

        await world.event(talk)

        assert world.slack.messages(CHANNEL) == []
        assert len(world.inbox.done) == 1


async def test_a_press_is_a_choice_and_the_card_becomes_the_outcome(world: World) -> None:
    await world.say("book lee")
    (shown,) = world.slack.messages(direct(ANA))
    world.assistant.reply = line("Booked with Lee.", card="card-2", tells=("card-1",))

    answer = await world.press(shown.ts, "Book")

    assert (answer.status_code, answer.text) == (200, "")
    assert world.assistant.asked[-1].turn == Chose(card="card-1", option="book")
    (after,) = world.slack.messages(direct(ANA))
    assert (after.ts, after.labels) == (shown.ts, [])
    assert after.text == "Booked with Lee."
    assert world.assistant.told == ["card-1"]


async def test_two_fast_presses_are_two_turns_of_the_same_choice(world: World) -> None:
    await world.say("book lee")
    (shown,) = world.slack.messages(direct(ANA))

    await asyncio.gather(world.press(shown.ts, "Book", at="1.001"), world.press(shown.ts, "Book", at="1.002"))

    choices = [asked.turn for asked in world.assistant.asked if isinstance(asked.turn, Chose)]
    assert choices == [Chose(card="card-1", option="book")] * 2
    assert len(world.slack.messages(direct(ANA))) == 1


async def test_the_same_press_delivered_twice_is_one_turn(world: World) -> None:
    await world.say("book lee")
    (shown,) = world.slack.messages(direct(ANA))
    payload = world.press_payload(shown.ts, "Book")

    await asyncio.gather(world.interact(payload), world.interact(payload))

    assert len([asked for asked in world.assistant.asked if isinstance(asked.turn, Chose)]) == 1


async def test_a_link_button_is_only_acked(world: World) -> None:
    await world.interact(press(direct(ANA), "1.1", {"action_id": "p1/link/0/", "value": "p1/a/b", "type": "button"}))

    assert world.assistant.asked == []


@pytest.mark.parametrize("value", ["", "hello", "p0/a/b", "p1/only", "p1//", "p1/a/b/c", "p9/a/b"])
async def test_a_button_that_we_cannot_read_is_answered_in_words(world: World, value: str) -> None:
    world.assistant.reply = line("I do not know that card any more.", is_news=True)

    answer = await world.interact(press(direct(ANA), "1.1", {"action_id": "old", "value": value, "type": "button"}))

    assert answer.status_code == 200
    assert world.assistant.asked[-1].turn == Chose(card="", option="")
    assert [one.text for one in world.slack.messages(direct(ANA))] == ["I do not know that card any more."]


async def test_a_menu_choice_is_a_press(world: World) -> None:
    action = {"type": "static_select", "action_id": "p1/menu/3/", "selected_option": {"value": "p1/card-1/b7"}}

    await world.interact(press(direct(ANA), "1.1", action))

    assert world.assistant.asked[-1].turn == Chose(card="card-1", option="b7")


async def test_what_slack_did_not_take_is_soon_anybodys_and_later_each_time(world: World) -> None:
    world.slack.fail("chat.postMessage", "boom", status=500, times=8)
    await world.say("book lee")
    (turn,) = world.inbox.seen.values()

    for attempts in (2, 3, 9):
        await world.surface.turns.replay(replace(turn, attempts=attempts))

    assert world.inbox.leases[:1] == [timedelta(seconds=1)]
    assert world.inbox.leases == sorted(world.inbox.leases)
    assert world.inbox.leases[-1] == world.surface.turns.leases.length


async def test_an_unanswered_turn_is_run_again_on_the_same_path(world: World) -> None:
    world.slack.fail("chat.postMessage", "boom", status=500)
    await world.say("book lee")
    left = await world.inbox.take_unanswered(now=world.clock.now(), lease=world.surface.turns.leases.length)

    world.slack.faults.clear()
    for turn in left:
        await world.surface.turns.replay(turn)

    (shown,) = world.slack.messages(direct(ANA))
    assert shown.labels == ["Book", "Other times"]


async def test_a_bug_is_told_with_a_reference_and_not_tried_again() -> None:
    def break_down(_: object) -> Reply:
        raise RuntimeError("broken")

    async with open_world(reply=break_down) as world:
        await world.say("book lee")

        (shown,) = world.slack.messages(direct(ANA))
        assert "reference" in shown.text
        assert len(world.inbox.done) == 1


IMPATIENT = Pace(wait_line=timedelta(milliseconds=10))


async def test_a_slow_answer_is_announced_and_then_takes_its_place() -> None:
    slow = Slow(card())
    async with open_world(reply=slow.answer, pace=IMPATIENT) as world, asyncio.TaskGroup() as group:
        group.create_task(world.say("book lee"))
        await world.slack.until("chat.postMessage")
        (waiting,) = world.slack.messages(direct(ANA))
        assert waiting.text == "Looking at times …"

        slow.released.set()
        await world.slack.until("chat.update")

        (shown,) = world.slack.messages(direct(ANA))
        assert (shown.ts, shown.labels) == (waiting.ts, ["Book", "Other times"])


async def test_a_slow_answer_in_a_channel_leaves_its_trace_in_place_of_the_announcement() -> None:
    slow = Slow(card(is_personal=True, trace="I answered Ana privately."))
    async with open_world(reply=slow.answer, pace=IMPATIENT) as world, asyncio.TaskGroup() as group:
        group.create_task(world.mention(f"<@{BOT_USER}> book"))
        await world.slack.until("chat.postMessage")

        slow.released.set()
        await world.slack.until("chat.postEphemeral")

        assert [one.text for one in world.slack.messages(CHANNEL)] == ["I answered Ana privately."]


async def test_a_slow_press_is_announced_below_its_card_and_tidied_up() -> None:
    slow = Slow(line("Booked."))
    async with open_world(reply=card(), pace=IMPATIENT) as world, asyncio.TaskGroup() as group:
        await world.say("book lee")
        (shown,) = world.slack.messages(direct(ANA))
        world.assistant.reply = slow.answer
        group.create_task(world.press(shown.ts, "Book"))
        await world.slack.until("chat.postMessage", 2)
        assert [one.text for one in world.slack.messages(direct(ANA))][1:] == ["Working on it …"]

        slow.released.set()
        await world.slack.until("chat.update")

        assert [one.text for one in world.slack.messages(direct(ANA))] == ["Booked."]


class Slow:
    """Answers when it is let go."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.released = asyncio.Event()

    async def answer(self, _: object) -> Reply:
        await self.released.wait()
        return self.reply


async def test_a_wall_of_text_is_one_turn_of_bounded_length(world: World) -> None:
    await world.say("log line <!channel> " * 20_000)

    (asked,) = world.assistant.asked
    assert isinstance(asked.turn, Said)
    assert len(asked.turn.text) <= 12_000


async def test_the_challenge_of_a_new_address_is_answered(world: World) -> None:
    answer = await world.send(json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"}))

    assert (answer.status_code, answer.json()) == (200, {"challenge": "abc"})


async def test_a_forged_signature_is_refused_before_anything_is_read(world: World) -> None:
    body = json.dumps({"type": "event_callback", "event": direct_message("book")})

    forged = await world.send(body, secret="another")
    old = await world.send(body, age=600)
    missing = await world.http.post("/slack/events", content=body)

    assert [forged.status_code, old.status_code, missing.status_code] == [401, 401, 401]
    assert world.assistant.asked == []
