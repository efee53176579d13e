"""What is not to be, and how often: the cards and questions that exceptions, bounds and counted repetitions lead to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from rooms import BERLIN, CONTEXT, Desk

from bot.dialogue.cards import WriteOut
from bot.scheduling.writes import ChangeSchedule, Write

if TYPE_CHECKING:
    from bot.dialogue.acts import Reply


def desk() -> Desk:
    return Desk(context=replace(CONTEXT, people=()))


def writes(talk: Desk, reply: Reply) -> list[Write]:
    card = talk.cards.get(reply.card)
    options = card.options if card is not None else ()
    return [write for option in options if isinstance(option.press, WriteOut) for write in option.press.writes]


@pytest.mark.parametrize(
    "text",
    [
        "book sam@example.org twice a week at 9",
        "buche sam@example.org zweimal pro woche um 9",
        "sam@example.org 3x a week at 9",
    ],
)
def test_how_often_without_the_days_is_a_question(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "which" in reply.text
    assert not writes(talk, reply)


def test_how_often_with_the_days_is_a_card() -> None:
    talk = desk()

    reply = talk.say("book sam@example.org twice a week, tuesday and thursday at 9")

    assert len(writes(talk, reply)) > 1


@pytest.mark.parametrize(
    "text", ["never outside 10 to 4", "no meetings outside 10 to 4", "keine termine außerhalb von 10 bis 16 uhr"]
)
def test_nothing_outside_of_hours_makes_them_the_hours(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    (write,) = writes(talk, reply)
    assert isinstance(write, ChangeSchedule)
    assert {(row.start.hour, row.end.hour) for row in write.hours or ()} == {(10, 16)}


@pytest.mark.parametrize(
    "text", ["next week without wednesday", "next week bar wednesday", "nächste woche, mittwoch ausgenommen"]
)
def test_a_day_left_out_is_not_offered(text: str) -> None:
    talk = desk()

    talk.say(f"30 min with sam@example.org {text}")

    days = {slot.start.astimezone(BERLIN).weekday() for slot in talk.conversation.offered}
    assert days
    assert 2 not in days
