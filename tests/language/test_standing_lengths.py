"""How long a meeting that stands is to be, and what is a step rather than a length."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import Intent, Reference
from bot.language.signs import Cue
from bot.language.understand import understand

NOW = Reference(now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))

LENGTHS = [
    (15, "tom's call should only be 15 min"),
    (60, "toms meeting has to be an hour"),
    (45, "can tom's appointment be 45 minutes"),
    (60, "make tom's sync an hour"),
    (60, "my chat with tom must last an hour"),
    (60, "mach aus dem gespräch mit tom eine stunde"),
    (20, "das treffen mit tom sollte nur 20 minuten dauern"),
    (60, "la cita con tom debería durar una hora"),
    (60, "la réunion avec tom devrait durer une heure"),
    (60, "l'incontro con tom deve durare un'ora"),
    (60, "a reunião com tom deve durar uma hora"),
    (60, "de afspraak met tom moet een uur duren"),
]


@pytest.mark.parametrize(("minutes", "text"), LENGTHS)
def test_a_meeting_that_stands_gets_another_length(minutes: int, text: str) -> None:
    read = understand(text, NOW)

    assert read.intent is Intent.CHANGE_LENGTH
    assert read.length == timedelta(minutes=minutes)
    assert [name.lower() for name in read.people] == ["tom"]


@pytest.mark.parametrize(
    "text",
    [
        "make a meeting with tom 45 min",
        "book a call with tom@acme.io tomorrow at 10, it should take an hour",
        "buche einen termin mit tom@acme.io morgen um 10, er soll eine stunde dauern",
        "reserva una reunión con tom@acme.io mañana a las 10, debe durar una hora",
    ],
)
def test_a_new_meeting_has_a_length_of_its_own(text: str) -> None:
    assert understand(text, NOW).intent is Intent.BOOK


@pytest.mark.parametrize("text", ["1 day forward", "two hours earlier", "eine stunde früher", "1 week forward for tom"])
def test_a_step_is_no_length(text: str) -> None:
    assert understand(text, NOW).length is None


@pytest.mark.parametrize(
    "text", ["30 min with tom later today", "tom for an hour later this week", "30 min with tom, later"]
)
def test_a_length_in_front_of_a_later_day_stays_one(text: str) -> None:
    assert understand(text, NOW).length is not None


@pytest.mark.parametrize(
    ("text", "is_either"),
    [
        ("move tom a day forward", True),
        ("move tom back an hour", True),
        ("bring tom forward by an hour", False),
        ("push tom back an hour", False),
        ("verschiebe tom um einen tag nach vorne", True),
        ("move tom an hour later", False),
    ],
)
def test_forward_and_back_are_said_of_both_directions(text: str, *, is_either: bool) -> None:
    assert understand(text, NOW).has(Cue.EITHER_WAY) is is_either


def test_an_option_that_was_asked_for_is_an_answer_only_by_itself() -> None:
    asked = Reference(now=NOW.now, zone=NOW.zone, choices=("Sales call", "Other"), bot="Which topic?", turn=1)

    assert understand("sales call please", asked).option == "Sales call"
    assert understand("it's something other", asked).option == "Other"
    assert understand("any other times on friday?", asked).option == ""
    assert understand("move the sales call to friday", asked).option == ""


CHANGES = [
    (15, "make my call with tom 15 minutes longer"),
    (30, "add another 30 min to my meeting with tom"),
    (60, "extend the call with tom by an hour"),
    (15, "verlängere das treffen mit tom um 15 minuten"),
    (15, "rallonge la réunion avec tom de 15 minutes"),
    (15, "allunga l'incontro con tom di 15 minuti"),
    (15, "verleng de afspraak met tom met 15 minuten"),
    (-10, "make tom's call 10 min shorter"),
    (-10, "take 10 min off my call with tom"),
    (-15, "shorten my call with tom by 15 min"),
    (-15, "kürze das treffen mit tom um 15 minuten"),
]


@pytest.mark.parametrize(("minutes", "text"), CHANGES)
def test_an_amount_more_or_less_is_no_length_of_its_own(minutes: int, text: str) -> None:
    read = understand(text, NOW)

    assert read.by == timedelta(minutes=minutes)
    assert read.intent is Intent.CHANGE_LENGTH


@pytest.mark.parametrize("text", ["make tom's call 15 min", "shorten my call with tom to 15 min", "cut tom to 15 min"])
def test_a_length_that_is_named_is_that_length(text: str) -> None:
    assert understand(text, NOW).by is None
