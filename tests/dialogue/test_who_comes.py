"""Who of several comes, said in few words below their card: whoever is named with a no goes out, and nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from rooms import CONTEXT, DANA, Desk

from bot.dialogue.cards import WriteOut
from bot.scheduling.models import Person
from bot.scheduling.writes import BookSlot

if TYPE_CHECKING:
    from bot.dialogue.acts import Reply

OMAR = Person(name="Omar Haddad", email="omar@acme.io", zone="Europe/Berlin", member="omar")
PRIYA = Person(name="Priya Raman", email="priya@acme.io", zone="Europe/Berlin", member="priya")
ALL = ["dana@acme.io", "omar@acme.io", "priya@acme.io"]


def card_for_three() -> Desk:
    desk = Desk(context=replace(CONTEXT, people=(DANA, OMAR, PRIYA)))
    desk.say("30 min with <@dana>, <@omar> and <@priya> tomorrow 3pm")
    return desk


def invited(desk: Desk, reply: Reply) -> list[str]:
    """Whom the first button that books would invite."""
    card = desk.cards.get(reply.card)
    presses = [option.press for option in card.options] if card is not None else []
    writes = [write for press in presses if isinstance(press, WriteOut) for write in press.writes]
    booked = next((write for write in writes if isinstance(write, BookSlot)), None)
    return sorted(filter(None, [booked.attendee.email, *booked.guests])) if booked is not None else []


@pytest.mark.parametrize(
    "text",
    [
        "scrap omar",
        "scratch omar",
        "cancel omar",
        "forget omar",
        "we don't need omar",
        "omar doesn't need to come",
        "omar isn't coming",
        "omar's out",
        "uninvite omar",
        "wir brauchen omar nicht",
        "omar muss nicht dabei sein",
        "annule omar",
    ],
)
def test_who_is_named_with_a_no_goes_out_and_nobody_else(text: str) -> None:
    desk = card_for_three()

    assert invited(desk, desk.say(text)) == ["dana@acme.io", "priya@acme.io"]


def test_who_is_optional_stays_with_the_others() -> None:
    desk = card_for_three()

    reply = desk.say("omar is optional")

    assert invited(desk, reply) == ALL
    assert "Omar Haddad can come" in reply.text


@pytest.mark.parametrize("text", ["omar can't make it", "no omar", "omar doch nicht", "omar ne peut pas"])
def test_a_no_that_may_be_of_the_time_is_asked_about(text: str) -> None:
    desk = card_for_three()

    reply = desk.say(text)

    assert not invited(desk, reply)
    assert "«without Omar»" in reply.text


@pytest.mark.parametrize("text", ["only omar", "just omar"])
def test_only_one_of_them(text: str) -> None:
    desk = card_for_three()

    assert invited(desk, desk.say(text)) == ["omar@acme.io"]
