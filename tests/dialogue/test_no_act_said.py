"""What is asked, told, copied or corrected without a verb for it, and «the other one» of a list: no card for something else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with

from bot.language.meaning import DoubtKind, Intent, Reference
from bot.language.understand import understand

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
IVO = booking_with("Ivo Lund", date(2026, 3, 5), 15, number=2)
HERE = Reference(now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))

TAGGED = [
    "nora's at 11, right?",
    "nora is on friday, isn't she?",
    "so i meet ivo at 3, correct?",
    "nora ist am freitag um 10, oder?",
    "c'est vendredi à 10h avec nora, non ?",
    "nora es el viernes a las 10, verdad?",
    "nora è venerdì alle 10, vero?",
    "nora is vrijdag om 10 uur, toch?",
    "a nora é na sexta às 10h, né?",
]


@pytest.mark.parametrize("text", TAGGED)
def test_what_ends_in_a_tag_is_a_question(text: str) -> None:
    talk = desk_with((NORA, IVO))

    reply = talk.say(text)

    assert not offered(talk, reply)
    assert "Thu 5 Mar" in reply.text


def test_a_tag_behind_an_act_changes_nothing() -> None:
    talk = desk_with((NORA, IVO))

    assert offered(talk, talk.say("move nora to friday 9, right?")) == {"move b1 06 08:00"}


TOLD = ["tell nora we start at 10:30", "and let ivo know it's at 4 now", "sag nora, dass wir um 11 anfangen"]


@pytest.mark.parametrize("text", TOLD)
def test_a_message_moves_nothing(text: str) -> None:
    talk = desk_with((NORA, IVO))

    assert not offered(talk, talk.say(text))


def test_a_message_below_a_card_invites_nobody() -> None:
    talk = Desk()
    talk.say("book intro with lee@example.org tomorrow 3pm")

    reply = talk.say("and tell omar@example.org it moved")

    assert "Omar will hear nothing from me" in reply.text


COPIES = [
    "make a copy of nora's meeting on friday",
    "duplicate nora's meeting on friday",
    "une copie du rendez-vous de nora vendredi",
]


@pytest.mark.parametrize("text", COPIES)
def test_a_copy_is_booked_and_nothing_moves(text: str) -> None:
    talk = desk_with((NORA, IVO))

    assert offered(talk, talk.say(text)) == {"book nora@example.org 06 09:00 1"}


OTHER_ACT = [
    "don't cancel nora, move her to friday",
    "not cancel nora, move her to friday 10am",
    "nora nicht absagen, auf freitag verschieben",
]


@pytest.mark.parametrize("text", OTHER_ACT)
def test_not_this_act_but_that_one(text: str) -> None:
    talk = desk_with((NORA, IVO))

    assert offered(talk, talk.say(text)) == {"move b1 06 09:00"}


def test_the_act_alone_is_corrected_below_a_card() -> None:
    talk = desk_with((NORA, IVO))
    talk.say("cancel nora")
    talk.say("sorry, not cancel, move")

    assert offered(talk, talk.say("to friday")) == {"move b1 06 09:00"}


@pytest.mark.parametrize("text", ["don't cancel nora", "please don't move her", "nora nicht absagen"])
def test_what_is_not_to_happen_alone_does_not(text: str) -> None:
    talk = desk_with((NORA, IVO))

    assert not offered(talk, talk.say(text))


@pytest.mark.parametrize(
    ("first", "label", "then", "deed"),
    [
        ("move the first to 11", "Move", "and the other one half an hour later", "move b2 05 14:30"),
        ("move the second to 4", "Move", "the other one to friday 9", "move b1 06 08:00"),
        ("cancel the first", "Cancel meeting", "the other one too", "cancel b2"),
        ("cancel the second", "Cancel meeting", "and cancel the other one", "cancel b1"),
    ],
)
def test_the_other_one_of_a_list(first: str, label: str, then: str, deed: str) -> None:
    talk = desk_with((NORA, IVO))
    talk.say("what do i have on thursday")
    talk.press(talk.say(first), label)

    assert offered(talk, talk.say(then)) == {deed}


TWO = [
    "book lee@example.org thursday at noon and omar@example.org right after",
    "set up an intro with lee@example.org thursday at 2 and with omar@example.org afterwards",
    "buche lee@example.org donnerstag um 14 uhr und omar@example.org direkt danach",
    "reserva con lee@example.org el jueves a las 14 y con omar@example.org justo después",
]


@pytest.mark.parametrize("text", TWO)
def test_a_second_meeting_right_behind_the_first_is_no_guest(text: str) -> None:
    assert DoubtKind.TWO_ACTS in {doubt.kind for doubt in understand(text, HERE).doubts}


def test_a_booking_after_what_is_listed_moves_nothing() -> None:
    talk = desk_with((NORA, IVO))
    talk.say("what do i have on thursday")

    reply = talk.say("book the gym after that on friday for an hour")

    assert not any(deed.startswith("move") for deed in offered(talk, reply))
    assert understand("lena's at 11", HERE).intent is not Intent.LIST_BOOKINGS
