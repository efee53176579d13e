"""Which meeting is meant: by a time in front of the verb, by a part of its day, by its place among two, by its length."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import booking_with, slot_at

NORA = booking_with("Nora Vale", date(2026, 3, 2), 13, number=1)
TIA = booking_with("Tia Novak", date(2026, 3, 2), 15, number=2)
OMAR = booking_with("Omar Haddad", date(2026, 3, 2), 16, number=3)
EARLY = booking_with("Lena Ostrow", date(2026, 3, 5), 10, number=4)
LATE = booking_with("Lena Ostrow", date(2026, 3, 5), 15, number=5)
LONG = replace(LATE, slot=slot_at(date(2026, 3, 5), 15, length=60))
"""Clocks in what is offered are UTC, an hour behind Berlin."""

WHOSE_TIME = [
    ("shift everything from 3 on by half an hour", {"move b2 02 14:30", "move b3 02 15:30"}),
    ("push all calls from 3pm onwards back 30 min", {"move b2 02 14:30", "move b3 02 15:30"}),
    ("move everything from 3 on to tomorrow", {"move b2 03 14:00", "move b3 03 15:00"}),
    ("everything from 3 on needs to move to tomorrow", {"move b2 03 14:00", "move b3 03 15:00"}),
    ("verschieb alles ab 15 Uhr um eine halbe Stunde", {"move b2 02 14:30", "move b3 02 15:30"}),
    ("alle Termine ab 15 Uhr auf morgen verschieben", {"move b2 03 14:00", "move b3 03 15:00"}),
    ("my 3pm needs to move to 2:30", {"move b2 02 13:30"}),
    ("my 1pm today has to be moved to tomorrow at 9", {"move b1 03 08:00"}),
    ("kannst du den Termin um 15 Uhr auf morgen 11 Uhr verschieben", {"move b2 03 10:00"}),
    ("den 15 Uhr Termin um eine halbe Stunde nach hinten schieben", {"move b2 02 14:30"}),
    ("heute 15 Uhr auf morgen 9 Uhr verlegen", {"move b2 03 08:00"}),
    ("move today 1 to 2", {"move b1 02 13:00"}),
]


@pytest.mark.parametrize(("text", "moves"), WHOSE_TIME)
def test_the_time_in_front_of_the_verb_says_which_meeting(text: str, moves: set[str]) -> None:
    talk = desk_with((NORA, TIA, OMAR))

    assert offered(talk, talk.say(text)) == moves


def test_a_day_on_which_something_is_to_be_done_is_not_where_the_meeting_goes() -> None:
    talk = desk_with((TIA,))

    assert offered(talk, talk.say("tomorrow i need to move tia to friday")) == {"move b2 06 14:00"}


OF_TWO = [
    ("cancel the later one with lena", {"cancel b5"}),
    ("push the earlier one with lena by an hour", {"move b4 05 10:00"}),
    ("sag den späteren Termin mit Lena ab", {"cancel b5"}),
    ("move lena's morning meeting to friday same time", {"move b4 06 09:00"}),
    ("cancel the afternoon one with lena", {"cancel b5"}),
    ("lena's 10 o'clock: two hours later", {"move b4 05 11:00"}),
    ("lena thursday 3pm half an hour later", {"move b5 05 14:30"}),
]


@pytest.mark.parametrize(("text", "deeds"), OF_TWO)
def test_one_of_two_is_told_by_its_place_in_the_day(text: str, deeds: set[str]) -> None:
    talk = desk_with((EARLY, LATE))

    assert offered(talk, talk.say(text)) == deeds


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        ("cancel the longer one with lena", {"cancel b5"}),
        ("cancel the shorter meeting with lena", {"cancel b4"}),
        ("verschieb das längere Treffen mit Lena auf Freitag 14 Uhr", {"move b5 06 13:00"}),
    ],
)
def test_one_of_two_is_told_by_its_length(text: str, deeds: set[str]) -> None:
    talk = desk_with((EARLY, LONG))

    assert offered(talk, talk.say(text)) == deeds


def test_of_three_the_later_one_is_asked_about() -> None:
    third = booking_with("Lena Ostrow", date(2026, 3, 6), 10, number=6)
    talk = desk_with((EARLY, LATE, third))

    assert offered(talk, talk.say("cancel the later one with lena")) == set()


def test_a_weekday_behind_a_far_day_is_of_its_week() -> None:
    talk = desk_with((booking_with("Sam Ng", date(2026, 3, 23), 9, number=7),))

    assert offered(talk, talk.say("move the 23 march one with sam to wednesday")) == {"move b7 25 08:00"}


def test_what_has_to_go_somewhere_moves() -> None:
    talk = desk_with((NORA, TIA, OMAR))

    assert offered(talk, talk.say("everything after 2 today has to go to wednesday")) == {
        "move b2 04 14:00",
        "move b3 04 15:00",
    }


@pytest.mark.parametrize("text", ["move lena to after the intro", "verschieb lena auf nach dem intro"])
def test_a_kind_of_meeting_beside_which_it_is_to_be_is_not_the_one_that_moves(text: str) -> None:
    talk = desk_with((EARLY, LATE))

    assert offered(talk, talk.say(text)) == set()


OF_A_DAY = [
    ("move everything from thursday to wednesday", {"move b4 04 09:00", "move b5 04 14:00"}),
    ("everything from thursday needs to move to monday", {"move b4 09 09:00", "move b5 09 14:00"}),
    ("verschieb alles von donnerstag auf mittwoch", {"move b4 04 09:00", "move b5 04 14:00"}),
    ("mueve todo del jueves al lunes", {"move b4 09 09:00", "move b5 09 14:00"}),
    ("déplace tout de jeudi à lundi", {"move b4 09 09:00", "move b5 09 14:00"}),
    ("move lena's 10am to next week, same day, 3pm", {"move b4 12 14:00"}),
    ("verschieb lena um 10 auf nächste woche, gleicher tag, 15 uhr", {"move b4 12 14:00"}),
]


@pytest.mark.parametrize(("text", "moves"), OF_A_DAY)
def test_everything_from_a_day_is_what_stands_on_it(text: str, moves: set[str]) -> None:
    talk = desk_with((EARLY, LATE, booking_with("Ivo Lund", date(2026, 3, 6), 12, number=6)))

    assert offered(talk, talk.say(text)) == moves


@pytest.mark.parametrize("text", ["move all my meetings one day later", "move everything a day later"])
def test_how_far_all_go_is_no_day_on_which_they_are(text: str) -> None:
    talk = desk_with((TIA, EARLY))

    assert offered(talk, talk.say(text)) == {"move b2 03 14:00", "move b4 06 09:00"}


@pytest.mark.parametrize(
    "text",
    [
        "cancel the first and last meetings on thursday",
        "cancel the first and the last meeting on thursday",
        "sag den ersten und den letzten termin am donnerstag ab",
    ],
)
def test_two_by_their_order_are_not_one_of_them(text: str) -> None:
    desk = desk_with(
        (
            booking_with("Nora Vale", date(2026, 3, 5), 10, number=1),
            booking_with("Ivo Lund", date(2026, 3, 5), 15, number=2),
        )
    )

    assert len(offered(desk, desk.say(text))) != 1
