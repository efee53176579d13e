"""The families of requests: each intent belongs to one, a text fills it and a form changes it, and it goes to a handler."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args, get_type_hints

import pytest
from rooms import CONTEXT, KEY, Desk

from bot.dialogue.acts.together import KeepConsent
from bot.dialogue.conversation import Conversation
from bot.dialogue.families import Request, families
from bot.dialogue.machine import settle
from bot.dialogue.request.fill import fill, refill
from bot.dialogue.request.forms import with_values
from bot.dialogue.talk import Talk, go_on
from bot.dialogue.wording import common
from bot.language.meaning import Intent, Understanding

TALK = Talk(conversation=Conversation(key=KEY), context=CONTEXT)
ANSWERS = frozenset(
    {Intent.SELECT, Intent.REFINE, Intent.AFFIRM, Intent.DENY, Intent.MORE_OPTIONS, Intent.STOP, Intent.OUT_OF_SCOPE}
)
"""What is no wish of its own: an answer to what stands before it, or nothing for us."""
ANSWERED_AS_ANOTHER = frozenset({Intent.WHO_IS_FREE})
"""What is read, and answered with what comes nearest: it has no request of its own."""


def heard(intent: Intent) -> Understanding:
    return Understanding(text="", intent=intent)


def test_an_intent_tells_its_family() -> None:
    named = [intent for family in get_args(Request) for intent in get_args(get_type_hints(family)["intent"])]

    assert len(set(named)) == len(named)


def test_every_intent_is_a_wish_or_an_answer() -> None:
    assert set(Intent) - families().keys() == ANSWERS | ANSWERED_AS_ANOTHER


@pytest.mark.parametrize("intent", families())
def test_a_text_begins_a_request_of_its_family(intent: Intent) -> None:
    request = fill(heard(intent), TALK)

    assert (type(request), request.intent) == (families()[intent], intent)


@pytest.mark.parametrize("intent", families())
def test_a_text_and_a_form_that_say_nothing_change_nothing(intent: Intent) -> None:
    request = fill(heard(intent), TALK)

    assert refill(heard(Intent.REFINE), TALK, request) == request
    assert with_values(request, {}) == (request, "")


@pytest.mark.parametrize("intent", families())
def test_every_request_has_a_handler(intent: Intent) -> None:
    step = settle(go_on(TALK, fill(heard(intent), TALK)), CONTEXT)

    assert step.effect is not None or (step.reply is not None and step.reply.text != common.broken())


@pytest.mark.parametrize("intent", [one for one in families() if one is not Intent.STOP_SHARING])
def test_without_an_account_a_wish_waits_for_one(intent: Intent) -> None:
    nobody = replace(CONTEXT, account=None, accounts=(), capabilities=None, profile=None, event_types=())
    desk = Desk(context=nobody)

    step = settle(go_on(Talk(conversation=desk.conversation, context=nobody), fill(heard(intent), TALK)), nobody)

    assert step.reply is not None
    assert step.conversation.request is None or step.conversation.request.intent in {intent, Intent.CONNECT}


def test_a_no_to_being_seen_needs_no_account() -> None:
    nobody = replace(CONTEXT, account=None, accounts=(), capabilities=None, profile=None, event_types=())
    desk = Desk(context=nobody)

    step = go_on(Talk(conversation=desk.conversation, context=nobody), fill(heard(Intent.STOP_SHARING), TALK))

    assert settle(step, nobody).effect == KeepConsent(is_withdrawn=True)
