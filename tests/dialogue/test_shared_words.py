"""Two wishes that share a word: the day behind both, the verb in front, the clock with its colon."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import booking_with

KIM, SAM = "kim@example.org", "sam@example.org"


def started(text: str) -> list[set[str]]:
    """What each of the two buttons leads to."""
    found = []
    for number in range(2):
        talk = desk_with(())
        reply = talk.say(text)
        found.append(offered(talk, talk.press(reply, reply.choices[number].label)))
    return found


@pytest.mark.parametrize(
    "text",
    [
        f"book {KIM} at 3pm and {SAM} at 4pm tomorrow",
        f"book {KIM} at 3pm, {SAM} at 4pm tomorrow please",
        f"tomorrow: {KIM} at 3pm, {SAM} at 4pm",
        f"buche {KIM} um 15 uhr und {SAM} um 16 uhr morgen",
        f"reserva con {KIM} a las 15 y con {SAM} a las 16 mañana",
        f"réserve avec {KIM} à 15h et avec {SAM} à 16h demain",
        f"demain : {KIM} à 15h, {SAM} à 16h",
        f"prenota con {KIM} alle 15 e con {SAM} alle 16 domani",
        f"boek {KIM} om 15 uur en {SAM} om 16 uur morgen",
        f"agenda com {KIM} às 15h e com {SAM} às 16h amanhã",
        f"amanhã: {KIM} às 15h, {SAM} às 16h",
    ],
)
def test_the_day_in_front_or_at_the_end_is_that_of_both(text: str) -> None:
    assert started(text) == [{f"book {KIM} 03 14:00 1"}, {f"book {SAM} 03 15:00 1"}]


def test_a_day_in_front_of_the_second_clock_is_its_own() -> None:
    assert started(f"book {KIM} at 3pm and {SAM} tomorrow at 4pm") == [
        {f"book {KIM} 02 14:00 1"},
        {f"book {SAM} 03 15:00 1"},
    ]


@pytest.mark.parametrize("text", ["move nora to 13:30 and mia to 4pm", "push nora to 13:30, mia to friday 4pm"])
def test_the_colon_of_a_clock_begins_no_reason(text: str) -> None:
    nora = booking_with("Nora Vale", date(2026, 3, 4), 10, number=1)
    mia = booking_with("Mia Korn", date(2026, 3, 6), 11, number=2)
    found = []
    for number in range(2):
        talk = desk_with((nora, mia))
        reply = talk.say(text)
        found.append(offered(talk, talk.press(reply, reply.choices[number].label)))

    assert found == [{"move b1 04 12:30"}, {"move b2 06 15:00"}]


@pytest.mark.parametrize("text", [f"book {KIM} friday at 10 + cancel nora", "move mia to friday + cancel nora"])
def test_a_plus_joins_two_wishes(text: str) -> None:
    nora = booking_with("Nora Vale", date(2026, 3, 4), 10, number=1)
    talk = desk_with((nora, booking_with("Mia Korn", date(2026, 3, 5), 11, number=2)))

    assert "two things" in talk.say(text).text
