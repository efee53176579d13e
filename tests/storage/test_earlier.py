"""What the first release stored still reads: its conversations go on, and its cards do what they showed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

from bot.dialogue.acts import Chose, Perform
from bot.dialogue.cards import (
    Card,
    CheckConnection,
    DecideAnew,
    EnterKey,
    FillIn,
    FollowLink,
    ForgetAll,
    Keep,
    UseAccount,
    WriteOut,
)
from bot.dialogue.context import Context
from bot.dialogue.families import EventTypeRequest, MoveRequest, ProfileRequest, SlotRequest, WebhookRequest
from bot.dialogue.machine import advance
from bot.language.meaning import Frequency, Recurrence
from bot.scheduling.ledger import Refusal, Why
from bot.scheduling.models import Person
from bot.scheduling.writes import Write
from bot.storage.database.crypto import Unreadable
from bot.storage.database.earlier import refusal_of_1
from bot.storage.database.values import CARD, CONVERSATION, WRITE_RESULT

if TYPE_CHECKING:
    from bot.dialogue.conversation import Conversation

NOW = datetime(2026, 3, 2, 9, 1, tzinfo=UTC)
PRESSES = {
    "write": WriteOut,
    "resume": DecideAnew,
    "form": FillIn | EnterKey,
    "link": FollowLink,
    "keep": Keep,
    "look": CheckConnection | UseAccount | ForgetAll,
}

WHOLE_WRITE: TypeAdapter[Write] = TypeAdapter(Write)
"""With every field, where what is stored leaves out those that have their default."""


@cache
def stored() -> dict[str, dict[str, Any]]:
    """Conversations with their cards, as the first release wrote them, by what they are about."""
    text = (Path(__file__).parent / "earlier" / "first.json").read_text(encoding="utf-8")
    return {one["name"]: one for one in json.loads(text)}


def conversation(name: str) -> Conversation:
    return CONVERSATION.load(json.dumps(stored()[name]["conversation"]).encode())


def cards(name: str) -> tuple[Card, ...]:
    return tuple(CARD.load(json.dumps(one).encode()) for one in stored()[name]["cards"])


@pytest.mark.parametrize("name", stored())
def test_every_old_card_keeps_its_options_and_their_writes(name: str) -> None:
    for old, card in zip(stored()[name]["cards"], cards(name), strict=True):
        for before, option in zip(old["options"], card.options, strict=True):
            assert (option.id, option.label) == (before["id"], before["label"])
            assert isinstance(option.press, PRESSES[before["kind"]])
            written = [WHOLE_WRITE.dump_python(write, mode="json") for write in option.writes]
            kept = zip(written, before["writes"], strict=True)
            assert all({field: now[field] for field in then} == then for now, then in kept)


@pytest.mark.parametrize("name", stored())
def test_every_button_of_an_old_card_does_something(name: str) -> None:
    for card in cards(name):
        context = Context(
            now=NOW,
            key=card.key,
            asker=Person(name="Ana Ruiz", zone="Europe/Berlin"),
            fresh_id="new",
            card_lifetime=timedelta(minutes=15),
            pressed=card,
        )
        for option in card.options:
            step = advance(conversation(name), Chose(card=card.id, option=option.id), context)
            assert (step.effect == Perform(card=card.id, option=option.id)) == bool(option.writes)


@pytest.mark.parametrize("name", stored())
def test_a_conversation_that_was_brought_forward_stays_as_it_is(name: str) -> None:
    once = conversation(name)

    assert CONVERSATION.load(CONVERSATION.dump(once)) == once
    assert once.turns == stored()[name]["conversation"]["turns"]
    assert once.card == stored()[name]["conversation"]["proposal"]


def test_what_stood_in_named_details_stands_in_the_fields_of_its_family() -> None:
    away, page = conversation("away").request, conversation("page").request
    renamed, hidden = conversation("rename").request, conversation("hide").request
    hook, profile = conversation("webhook").request, conversation("profile").request

    assert isinstance(away, MoveRequest)
    assert away.distance is None  # what stood there in words is asked again
    assert isinstance(page, SlotRequest)
    assert page.whose == "Robin"
    assert isinstance(renamed, EventTypeRequest)
    assert (renamed.name, renamed.new_name) == ("intro", "hello")
    assert isinstance(hidden, EventTypeRequest)
    assert hidden.hidden is True
    assert isinstance(hook, WebhookRequest)
    assert (hook.url, hook.triggers) == ("https://example.org/hook", "cancelled,created")
    assert isinstance(profile, ProfileRequest)
    assert profile.name == "Ana R"


def test_notes_become_facts_and_the_card_of_a_hold_is_known() -> None:
    held = conversation("held")

    assert held.held_card == dict(stored()["held"]["conversation"]["notes"])["held"]
    assert held.turn.is_press


def test_presses_say_what_their_argument_said() -> None:
    options = {
        option.id: option.press
        for name in ("waits", "use", "consent")
        for card in cards(name)
        for option in card.options
    }

    assert isinstance(options["connect-calcom"], EnterKey)
    assert options["connect-calcom"].provider == "calcom"
    assert options["a2"] == UseAccount(account="a2")
    assert options["check"] == CheckConnection(account="acc-7")
    stays = [o.press.stays for card in cards("done") for o in card.options if isinstance(o.press, DecideAnew)]
    assert any(stays)


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        ("", None),
        (
            "SlotTaken: That time is no longer free.",
            Refusal(why=Why.SLOT_TAKEN, sentence="That time is no longer free."),
        ),
        ("Late", Refusal(why=Why.LATE)),
        ("Hung", Refusal(why=Why.HUNG)),
        ("Bug: Something: odd.", Refusal(why=Why.OTHER, sentence="Something: odd.")),
    ],
)
def test_an_old_refusal_keeps_its_reason_and_its_sentence(error: str, refusal: Refusal | None) -> None:
    old = WRITE_RESULT.load(json.dumps({"written": None, "error": error}).encode())

    assert (old.refusal or refusal_of_1(old.error)) == refusal


def test_a_card_that_was_shown_for_no_wish_has_none() -> None:
    assert all(card.request is None for card in cards("consent"))


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b'{"options": [{}]}', b'{"request": {}}', b"2", b'2{"id": 1}']
)
def test_what_has_no_shape_of_ours_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        CARD.load(data)


@pytest.mark.parametrize(
    ("rule", "recurrence"),
    [
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
            Recurrence(frequency=Frequency.WEEKLY, interval=2, weekdays=(1, 3), count=4),
        ),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=4", Recurrence(frequency=Frequency.MONTHLY, weekdays=(4,), nth=(-1,), count=4)),
        ("FREQ=MONTHLY;BYMONTHDAY=15", Recurrence(frequency=Frequency.MONTHLY, month_days=(15,), count=4)),
    ],
)
def test_a_repetition_that_was_a_rule_in_one_string_is_one_in_parts(rule: str, recurrence: Recurrence) -> None:
    old = dict(stored()["book"]["conversation"])
    old["request"] = {**old["request"], "recurrence": {"rule": rule, "count": 4, "until": None, "span": None}}

    request = CONVERSATION.load(json.dumps(old).encode()).request

    assert isinstance(request, SlotRequest)
    assert request.recurrence == recurrence
