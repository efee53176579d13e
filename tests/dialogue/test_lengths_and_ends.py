"""How long a meeting that stands is to be, where a series ends, and hours that are not too early."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import ABILITIES, CONTEXT, Desk, booking_with

from bot.dialogue.cards import WriteOut
from bot.scheduling.writes import ChangeEntry

LENA = booking_with("Lena Ostrow", date(2026, 3, 5), 10, number=1)
SERIES = tuple(
    booking_with("Sam Ng", date(2026, 3, day), 9, number=number) for number, day in enumerate((9, 16, 23), 1)
)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("make lena 15 longer", "09:45"),
        ("lena 15 min longer please", "09:45"),
        ("can lena be 15 mins shorter", "09:15"),
        ("lena should be an hour instead of 30 min", "10:00"),
        ("lena's meeting: 45 min instead of 30", "09:45"),
        ("is it possible to make the one w/ lena a bit shorter? 20 mins is enough for me", "09:20"),
        ("give me 15 more with lena", "09:45"),
    ],
)
def test_a_length_of_what_stands_moves_nothing(text: str, end: str) -> None:
    talk = desk_with((LENA,))
    talk.context = replace(talk.context, capabilities=replace(ABILITIES, changes_entries=True))

    reply = talk.say(text)

    options = talk.cards[reply.card].options
    writes = [write for one in options if isinstance(one.press, WriteOut) for write in one.press.writes]
    assert [f"{one.end:%H:%M}" for one in writes if isinstance(one, ChangeEntry) and one.end is not None] == [end]


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        ("end the series with sam after the next one", {"cancel b2", "cancel b3"}),
        ("keep the next one with sam, cancel the rest", {"cancel b2", "cancel b3"}),
        ("beende die serie mit sam nach dem nächsten termin", {"cancel b2", "cancel b3"}),
        ("cancel the weekly with sam from march 18 on", {"cancel b3"}),
        ("stop the weekly with sam after march 16", {"cancel b3"}),
        ("end the weekly with sam on march 16", {"cancel b2"}),
    ],
)
def test_a_series_ends_behind_what_stays(text: str, deeds: set[str]) -> None:
    talk = desk_with(SERIES)

    assert offered(talk, talk.say(text)) == deeds


def test_clocks_in_the_plural_are_those_alone() -> None:
    talk = desk_with((LENA, *SERIES[:1]))

    assert offered(talk, talk.say("cancel all my 10ams")) == {"cancel b1"}


@pytest.mark.parametrize(
    "text", ["intro with kim@acme.io tomorrow, not too early", "buch kim@acme.io morgen, nicht zu früh"]
)
def test_not_too_early_begins_at_ten(text: str) -> None:
    talk = Desk(context=replace(CONTEXT, people=()))

    assert offered(talk, talk.say(text)) == {"book kim@acme.io 03 09:00 1"}


def test_why_somebody_cannot_is_no_time_of_a_move() -> None:
    talk = desk_with((LENA,))

    said = "shift lena to 4pm on thursday? she's got a dentist appt in the morning"

    assert offered(talk, talk.say(said)) == {"move b1 05 15:00"}
