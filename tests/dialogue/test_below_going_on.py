"""What goes on from an answer keeps its day, its clock and its weekday, unless it names another."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with

THURSDAY = date(2026, 3, 5)


@pytest.mark.parametrize("text", ["doch lieber am 31. september um 11", "31 september at 11", "le 31 septembre à 11h"])
def test_a_date_that_there_is_not_is_asked_about_below_a_card(text: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org tomorrow 11am")

    reply = desk.say(text)

    assert "There is no such date" in reply.text
    assert "Wed 30 Sep 11:00" in [choice.label for choice in reply.choices]


def test_a_day_that_contradicts_its_date_keeps_the_clock_of_the_card() -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org thursday 10am")

    reply = desk.say("sorry, friday march 12th")

    assert [choice.label for choice in reply.choices] == ["Thu 12 Mar 10:00", "Fri 13 Mar 10:00"]


@pytest.mark.parametrize(
    "text", ["nor thursday", "not thursday either", "donnerstag auch nicht", "jeudi non plus", "el jueves tampoco"]
)
def test_not_then_either_is_one_more_day_off(text: str) -> None:
    desk = Desk()
    desk.say("i'm off wednesday")

    assert offered(desk, desk.say(text)) == {"04 off; 05 off"}


@pytest.mark.parametrize(
    "text",
    [
        "lieber mit kim@example.org",
        "kim@example.org instead",
        "mejor con kim@example.org",
        "plutôt avec kim@example.org",
    ],
)
def test_somebody_instead_takes_the_time_of_the_card(text: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org wednesday at 11")

    assert offered(desk, desk.say(text)) == {"book kim@example.org 04 10:00 1"}


@pytest.mark.parametrize("text", ["another one next week, same time", "another one next week", "same again next week"])
def test_one_more_next_week_is_on_the_same_weekday(text: str) -> None:
    desk = Desk()
    desk.press(desk.say("book intro with lee@example.org wednesday at 11"), "Book")

    assert offered(desk, desk.say(text)) == {"book lee@example.org 11 10:00 1"}


def test_several_of_the_times_shown_are_booked_each() -> None:
    desk = Desk()
    desk.say("what's free friday")

    reply = desk.say("book the first two for kim@example.org")

    assert offered(desk, reply) == {"book kim@example.org 06 08:00 1", "book kim@example.org 06 08:30 1"}


@pytest.mark.parametrize("text", ["hold the second one", "reserviere das zweite", "bloquea la segunda"])
def test_a_pick_that_is_to_be_held_is_held(text: str) -> None:
    desk = Desk()
    desk.say("what's free friday")

    reply = desk.say(text)

    assert offered(desk, reply) == {"hold 06 08:30"}
    assert "Nothing is held until" in reply.text


def test_what_times_are_for_moves_no_meeting() -> None:
    desk = desk_with((booking_with("Lena Ostrow", THURSDAY, 10), booking_with("Sam Ng", THURSDAY, 15, number=2)))
    desk.say("find an hour tomorrow")

    reply = desk.say("we want to move the desks")

    assert "Which one" not in reply.text
    assert offered(desk, reply) == set()
