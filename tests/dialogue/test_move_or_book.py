"""A person and a time, and no word of what is to happen: a meeting that stands with them may be meant, so it is asked."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with

from bot.dialogue.cards import DecideAnew

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
IVO = booking_with("Ivo Lund", date(2026, 3, 6), 11, number=2)

BARE = [
    "nora's at 2 on friday",
    "nora friday 2pm",
    "nora in the afternoon on friday please",
    "nora and i agreed on friday 3pm",
    "nora suggested friday 2pm",
    "nora freitag 14 uhr",
    "nora viernes a las 14",
]


def desk() -> Desk:
    return desk_with((NORA, IVO))


@pytest.mark.parametrize("text", BARE)
def test_it_is_asked_whether_the_meeting_moves_or_another_is_meant(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    card = talk.cards[reply.card]
    assert "There is a meeting already" in reply.text
    assert [type(option.press) for option in card.options] == [DecideAnew, DecideAnew]
    assert not offered(talk, reply)


ABSENT = {
    "nora can't do thursday, can we do friday 2pm": "move b1 06 13:00",
    "nora kann donnerstag doch nicht, geht freitag 14 uhr?": "move b1 06 13:00",
    "nora's away thursday, find another time": "", "nora ist donnerstag nicht da, such einen anderen termin": "",
}  # fmt: skip
"""Somebody is not there on the day of their meeting: it has to move."""


@pytest.mark.parametrize("text", ABSENT)
def test_the_meeting_of_whoever_is_away_moves(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert offered(talk, reply) == ({ABSENT[text]} if ABSENT[text] else set())
    assert "Move" in reply.text or "Where shall Intro with Nora Vale go?" in reply.text
    assert "; Thu 5" not in reply.text


def test_with_a_word_for_a_new_one_whoever_is_away_is_booked_on_another_day() -> None:
    talk = desk()

    reply = talk.say("nora's away thursday, book her for friday at 2")

    assert {deed[:4] for deed in offered(talk, reply)} <= {"book", "hold"}


NEW = [
    "book nora friday 2pm",
    "coffee with nora friday 2pm",
    "30 min with nora friday 2pm",
    "meeting with nora friday 2pm",
    "another call with nora friday 2pm",
    "termin mit nora freitag 14 uhr",
]


@pytest.mark.parametrize("text", NEW)
def test_what_says_that_it_is_new_is_not_asked_about(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "There is a meeting already" not in reply.text
    assert {deed[:4] for deed in offered(talk, reply)} <= {"book", "hold"}


def test_with_nobody_to_meet_yet_it_is_a_booking() -> None:
    talk = desk_with((NORA,))

    reply = talk.say("ivo friday 2pm")

    assert "There is a meeting already" not in reply.text
    assert "Fri 6 Mar 14:00" in reply.text


@pytest.mark.parametrize("text", ["please don't cancel nora, only show her meeting", "at 3", "hm, what about monday"])
def test_what_is_typed_below_the_question_never_answers_it_with_a_second_booking(text: str) -> None:
    talk = desk()
    talk.say("nora friday 2pm")

    reply = talk.say(text)

    assert not any(deed.startswith(("book", "hold")) for deed in offered(talk, reply))


def test_somebody_elses_meeting_is_asked_about_as_theirs() -> None:
    talk = desk()
    talk.say("nora friday 2pm")

    reply = talk.say("ivo monday 2pm")

    assert "There is a meeting already" in reply.text
    assert "Ivo Lund" in reply.text
