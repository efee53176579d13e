"""The two shortcuts: a time for a message that somebody points at, and the form to book with."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from fake_slack import BOT_USER, TEAM, direct
from slack_worlds import ANA, CHANNEL, LEE, World, open_world, submission
from test_whole_house import whole_world

from bot.dialogue.acts import Pointed, Wished
from bot.dialogue.families import SlotRequest
from bot.scheduling.models import EventType

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

INTRO = EventType(id="7", title="Intro", slug="intro", lengths=(timedelta(minutes=30),))


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as world:
        world.assistant.kinds = (INTRO,)
        yield world


def pointed(world: World, text: str, *, by: str = LEE, thread: str = "", channel: str = CHANNEL) -> dict[str, Any]:
    message = {"type": "message", "user": by, "text": text, "ts": "900.1"} | ({"thread_ts": thread} if thread else {})
    return {
        "type": "message_action",
        "callback_id": "find_a_time",
        "team": {"id": TEAM, "domain": "acme"},
        "user": {"id": ANA, "team_id": TEAM},
        "channel": {"id": channel, "name": "general"},
        "message": message,
        "trigger_id": world.slack.new_trigger(),
        "response_url": world.slack.new_hook(channel, ANA),
    }


def shortcut(world: World, *, trigger: str = "") -> dict[str, Any]:
    return {
        "type": "shortcut",
        "callback_id": "book_a_meeting",
        "team": {"id": TEAM, "domain": "acme"},
        "user": {"id": ANA, "team_id": TEAM},
        "trigger_id": trigger or world.slack.new_trigger(),
    }


KEYS = {"With": "selected_user", "Guests": "selected_users", "Day": "selected_date", "Start": "selected_time"}
CHOSEN = frozenset({"Length", "Event type"})


def filled(**typed: Any) -> dict[str, Any]:
    return {
        label: {"selected_option": {"value": value}} if label in CHOSEN else {KEYS.get(label, "value"): value}
        for label, value in typed.items()
    }


# ── find a time ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_everybody_in_a_message_and_its_thread_is_meant(world: World) -> None:
    world.slack.add_user("UOMAR1", name="Omar Haddad", email="omar@example.com")
    world.slack.add_user("UZOE11", name="Zoe", email="zoe@example.com")
    said = [{"user": "UZOE11"}, {"user": ANA}, {"user": "UBOT99", "bot_id": "B9"}, {"user": BOT_USER}]
    world.slack.threads[CHANNEL, "800.1"] = said

    await world.interact(pointed(world, "shall we meet <@UOMAR1>?", thread="800.1"))

    (asked,) = world.assistant.asked
    assert isinstance(asked.turn, Pointed)
    assert [person.name for person in asked.turn.people] == ["Lee Long", "Omar Haddad", "Zoe"]
    assert asked.turn.text == "shall we meet <@UOMAR1>?"


async def test_the_times_are_shown_to_the_one_who_asked_even_where_we_are_no_member(world: World) -> None:
    world.slack.closed_channels.add(CHANNEL)

    await world.interact(pointed(world, "lunch on thursday?", thread="800.1"))

    (answer,) = world.slack.messages(CHANNEL, reader=ANA)
    assert answer.only_for == ANA
    assert world.slack.messages(CHANNEL, reader=LEE) == []


async def test_a_message_action_costs_slack_two_calls_beside_profiles(world: World) -> None:
    await world.interact(pointed(world, "lunch on thursday?", thread="800.1"))

    methods = [call.method for call in world.slack.calls if call.method not in {"users.info", "auth.test"}]
    assert methods == ["conversations.replies", "response_url"]


async def test_what_was_taken_from_the_message_is_said_first(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.interact(pointed(world, "can we look at the budget on tuesday afternoon?"))
        answer = world.last(CHANNEL)

    assert answer.text.startswith("From that message I took: with Lee, Tue 10 Mar")
    assert not {"Book", "Hold"} & set(answer.labels)


async def test_a_message_without_a_day_gets_the_next_free_times(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.interact(pointed(world, "nice!", by=ANA))
        answer = world.last(CHANNEL)

    assert "neither people nor a day" in answer.text
    assert answer.labels


# ── book a meeting ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_form_opens_at_once_and_is_filled_in_with_the_event_types(world: World) -> None:
    await world.interact(shortcut(world))

    (opened,) = world.slack.called("views.open")
    labels = [block["label"]["text"] for block in opened["view"]["blocks"] if block["type"] == "input"]
    (view,) = world.slack.views
    now = [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]
    assert "Event type" not in labels
    assert now == [*labels[:2], "Event type", *labels[2:]]
    people = next(block for block in view["blocks"] if block.get("label", {}).get("text") == "With")
    assert people["element"]["type"] == "users_select"


async def test_a_trigger_that_is_over_opens_nothing_and_breaks_nothing(world: World) -> None:
    answer = await world.interact(shortcut(world, trigger="gone"))

    assert answer.status_code == 200
    assert world.slack.views == []


async def test_what_was_chosen_becomes_a_wish(world: World) -> None:
    await world.interact(shortcut(world))
    typed = filled(With=LEE, Day="2026-03-05", Start="14:30", Length="45", Guests=[ANA], **{"Event type": "7"})

    answer = await world.interact(submission(world.slack.views[-1], typed))

    (asked,) = world.assistant.asked
    assert isinstance(asked.turn, Wished)
    wish = asked.turn.request
    assert isinstance(wish, SlotRequest)
    assert (wish.attendee and wish.attendee.email, wish.event_type, wish.length) == (
        "lee@example.com",
        "7",
        timedelta(minutes=45),
    )
    assert [guest.name for guest in wish.guests] == ["Ana Amsel"]
    assert answer.status_code == 200
    assert world.slack.messages(direct(ANA))


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"Day": "2026-03-05"}, "Or a mail address", "Choose somebody"),
        ({"With": LEE, "Day": "2026-03-01"}, "Day", "over"),
        ({"With": LEE, "Day": "2026-03-02", "Start": "09:59"}, "Start", "passed"),
        ({"With": LEE}, "Day", "needed"),
        ({"Or a mail address": "lee", "Day": "2026-03-05"}, "Or a mail address", "complete mail address"),
    ],
)
async def test_a_mistake_is_said_under_its_field(world: World, typed: dict[str, Any], field: str, says: str) -> None:
    await world.interact(shortcut(world))
    view = world.slack.views[-1]

    answer = await world.interact(submission(view, filled(**typed)))

    block = next(block for block in view["blocks"] if block.get("label", {}).get("text") == field)
    body = answer.json()
    assert body["response_action"] == "errors"
    assert says in body["errors"][block["block_id"]]
    assert world.assistant.asked == []


async def test_the_form_leads_to_a_card_and_its_press_books(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.interact(shortcut(world))
        await world.interact(
            submission(world.slack.views[-1], filled(With=LEE, Day="2026-03-10", Start="11:00", Length="30"))
        )
        card = world.last(direct(ANA))
        before = world.bookings("lee@acme.io")
        await world.press(card.ts, "Book")
        after = world.bookings("lee@acme.io")

    assert "Lee" in card.text
    assert (len(before), len(after)) == (0, 1)
