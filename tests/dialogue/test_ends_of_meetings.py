"""A clock at which a meeting is to end is no start, and an amount without a verb is about the time in front of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import CONTEXT, Desk, booking_with

NORA = booking_with("Nora Vale", date(2026, 3, 2), 13, number=1)
TIA = booking_with("Tia Novak", date(2026, 3, 2), 15, number=2)
OMAR = booking_with("Omar Haddad", date(2026, 3, 3), 11, number=3)


def test_a_new_meeting_that_ends_at_a_clock_begins_its_length_before() -> None:
    talk = Desk(context=replace(CONTEXT, people=()))

    assert offered(talk, talk.say("half an hour with kim@acme.io friday, ends at 3")) == {"book kim@acme.io 06 13:30 1"}


@pytest.mark.parametrize(
    "text", ["could the tia meeting end at 4 instead of 3:30?", "can tia's call end at 4 instead of 3:30"]
)
def test_another_end_moves_nothing(text: str) -> None:
    talk = desk_with((TIA,))

    assert offered(talk, talk.say(text)) == set()


def test_an_amount_without_a_verb_is_about_the_day_in_front_of_it() -> None:
    talk = desk_with((NORA, TIA, OMAR))

    moves = offered(talk, talk.say("everything this afternoon an hour earlier please"))

    assert moves == {"move b1 02 11:00", "move b2 02 13:00"}


def test_the_day_from_which_a_weekday_thing_stops_is_what_counts() -> None:
    mondays = [booking_with("Sam Ng", date(2026, 3, day), 9, number=day) for day in (9, 16, 23)]
    talk = desk_with(tuple(mondays))

    assert offered(talk, talk.say("cancel the monday call with sam from march 18 on")) == {"cancel b23"}
