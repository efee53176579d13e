"""Whose clock: where the asker is on those days, where somebody else is, and when their day begins."""

from __future__ import annotations

from dataclasses import replace

import pytest
from deeds import offered
from rooms import CONTEXT, Desk

OPEN_STAYS = [
    ("i'll be in new york from wednesday on. book kim@acme.io friday at 10", {"book kim@acme.io 06 15:00 1"}),
    ("i'm in new york until thursday, book kim@acme.io wednesday at 10", {"book kim@acme.io 04 15:00 1"}),
    ("from thursday i'm in london, kim@acme.io friday 10am", {"book kim@acme.io 06 10:00 1"}),
    ("from thursday i'm in london, kim@acme.io wednesday 10am", {"book kim@acme.io 04 09:00 1"}),
    ("ab Mittwoch bin ich in New York. Buch kim@acme.io am Freitag um 10", {"book kim@acme.io 06 15:00 1"}),
    ("traveling to new york tomorrow, back friday. book kim@acme.io thursday 10am", {"book kim@acme.io 05 15:00 1"}),
]


@pytest.mark.parametrize(("text", "deeds"), OPEN_STAYS)
def test_a_stay_that_is_open_to_one_side_holds_what_lies_in_it(text: str, deeds: set[str]) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == deeds


def test_a_weekday_right_below_a_stay_is_one_of_it() -> None:
    talk = desk()
    talk.say("next week i'm in lisbon")

    assert offered(talk, talk.say("book kim@acme.io wednesday at 10")) == {"book kim@acme.io 11 10:00 1"}


def test_tomorrow_below_a_stay_is_tomorrow() -> None:
    talk = desk()
    talk.say("next week i'm in lisbon")

    assert offered(talk, talk.say("book kim@acme.io tomorrow at 10")) == {"book kim@acme.io 03 09:00 1"}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("find 30 min with kim@acme.io thursday, she's in new york", "Thu 5 Mar 14:00"),
        ("kim@acme.io is in new york, find something on thursday that works for her", "Thu 5 Mar 14:00"),
        ("find 30 min with kim@acme.io thursday in her working hours, she's in new york", "Thu 5 Mar 15:00"),
        ("such 30 min mit kim@acme.io am Donnerstag, sie sitzt in New York", "Thu 5 Mar 14:00"),
        ("kim@acme.io starts at 10 her time and she is in new york, find 30 min thursday", "Thu 5 Mar 16:00"),
    ],
)
def test_where_somebody_is_says_at_which_hours_they_can(text: str, first: str) -> None:
    reply = desk().say(text)

    assert f"Berlin time: {first}" in reply.text or f"Berlin time: {first[:9]}" in reply.text
    assert "09:00" not in reply.text.partition("Berlin time:")[2].partition(". ")[0]


@pytest.mark.parametrize("text", ["wann hab ich dienstag frei?", "hab ich dienstag frei?"])
def test_a_question_for_free_time_closes_nothing(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == set()


def desk() -> Desk:
    return Desk(context=replace(CONTEXT, people=()))
