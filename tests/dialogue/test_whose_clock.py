"""Whose clock a time is on: said twice, beside a place, for somebody, or within the hours of somebody else."""

from __future__ import annotations

import pytest
from deeds import offered
from test_generated_clocks import desk

from bot.dialogue.cards import DecideAnew, TakeSlot
from bot.dialogue.families import SlotRequest

DANA_AT_FOUR = "book dana@acme.io 06 15:00 1"
"""16:00 in Berlin, 15:00 in London."""
OMAR_AT_THREE = "book omar@acme.io 06 14:00 1"
"""15:00 in Berlin, 9:00 in New York."""


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        (OMAR_AT_THREE, "omar friday 3pm, 9am for him"),
        (OMAR_AT_THREE, "book omar friday 3pm my time (9am his)"),
        (OMAR_AT_THREE, "book omar friday 9am his time, so 3pm here"),
        (OMAR_AT_THREE, "book omar friday 15:00 berlin / 9:00 new york"),
        (OMAR_AT_THREE, "buche omar freitag 15 uhr, also 9 uhr bei ihm"),
        (OMAR_AT_THREE, "rdv avec omar vendredi à 15h (9h pour lui)"),
        (OMAR_AT_THREE, "cita con omar el viernes a las 15 (las 9 para él)"),
        (DANA_AT_FOUR, "dana friday end of the day, so 3pm her time"),
        (DANA_AT_FOUR, "dana friday 3pm for her, 4pm mine"),
    ],
)
def test_one_time_said_on_two_clocks_is_one_booking(wanted: str, text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {wanted}


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("15:00 Berlin is 09:00 in New York, not 10:00", "omar friday 3pm, 10am for him"),
        ("15:00 Berlin is 09:00 in New York, not 08:00", "book omar friday 3pm our time, 8am his"),
        ("15:00 Berlin is 10:00 in New York, not 09:00", "omar tuesday the 10th 3pm our time, 9am his"),
        ("10:00 London is 02:00 in Los Angeles, not 03:00", "dana friday 10am london / 3am san francisco"),
        ("15:00 Berlin is 09:00 in New York, not 11:00", "freitag 15 uhr mit omar (11 uhr für ihn)"),
    ],
)
def test_two_clocks_that_are_not_one_time_are_asked_about(said: str, text: str) -> None:
    talk = desk()
    reply = talk.say(text)

    assert reply.text.startswith(said)
    assert offered(talk, reply) == set()
    assert offered(talk, talk.press(reply, reply.text[:12].removesuffix(" "))) != set()


@pytest.mark.parametrize(
    "text",
    [
        "omar friday 3pm in tokyo", "book omar friday at 3 in delhi", "termin mit omar am freitag um 15 uhr in tokio",
        "cita con omar el viernes a las 15 en tokio", "rdv avec omar vendredi à 15h à tokyo",
        "venerdì alle 15 a tokyo con omar", "afspraak met omar vrijdag om 15 uur in tokio", "omar sexta às 15h em tóquio",
        "thursday noon for omar, 30 min", "friday 3pm for omar",
    ],
)  # fmt: skip
def test_a_clock_that_may_be_one_there_or_here_is_asked_about(text: str) -> None:
    talk = desk()
    reply = talk.say(text)

    assert reply.text.startswith("Is that ")
    assert offered(talk, talk.press(reply, "Use Berlin time")) != set()


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        (DANA_AT_FOUR, "dana friday 3pm in london"),
        ("book dana@acme.io 06 14:00 1", "book friday 3pm for dana"),
        (DANA_AT_FOUR, "dana friday 3pm for dana"),
        ("book omar@acme.io 06 14:00 1", "omar friday 3pm in munich"),
    ],
)
def test_what_can_only_be_one_clock_is_not_asked_about(wanted: str, text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {wanted}


@pytest.mark.parametrize(
    "text",
    [
        "book dana friday 9am omar's time", "book dana friday at 9am in omar's time zone", "freitag 9 uhr mit dana, omars zeit",
        "when it's 9am for omar on friday, book dana", "vrijdag om 9 uur met dana, omars tijd",
    ],
)  # fmt: skip
def test_who_is_named_for_the_clock_alone_is_not_invited(text: str) -> None:
    talk = desk()
    reply = talk.say(text)

    assert offered(talk, reply) == {"book dana@acme.io 06 14:00 1"}
    assert "Omar" not in reply.text


def test_the_clock_of_several_people_is_asked_about() -> None:
    talk = desk()

    assert talk.say("dana and omar friday 10am their time").text == "Is that London or New York time?"
    assert "10:00–10:30 New York" in desk().say("dana and omar friday 10am omar's time").text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("05 13:00", "05 16:30", "kim@acme.io works 8 to 12 in new york, find 30 min thursday"),
        ("05 13:00", "05 16:30", "find 30 min with omar thursday, he works 8 to 12 in new york"),
        ("05 13:00", "05 16:30", "finde 30 min mit omar am donnerstag, er arbeitet von 8 bis 12 in new york"),
        ("05 13:00", "05 16:30", "busca 30 min con omar el jueves, omar trabaja de 8 a 12 hora de nueva york"),
        ("05 13:00", "05 16:30", "trouve 30 min avec omar jeudi, il travaille de 8h à 12h heure de new york"),
        ("05 13:00", "05 16:30", "trova 30 min con omar giovedì, omar lavora dalle 8 alle 12 ora di new york"),
        ("05 13:00", "05 16:30", "zoek 30 min met omar donderdag, omar werkt van 8 tot 12 uur new york tijd"),
        ("05 13:00", "05 16:30", "acha 30 min com omar quinta, omar trabalha das 8h às 12h hora de nova york"),
        ("05 15:00", "06 04:30", "omar only starts at 10 his time, 30 min on thursday please"),
        ("04 23:00", "05 12:00", "30 min with kim@acme.io thursday, she finishes at 6pm india time"),
    ],
)
def test_the_hours_of_somebody_else_bound_what_is_offered(first: str, last: str, text: str) -> None:
    talk = desk()
    presses = [option.press for option in talk.cards[talk.say(text).card].options]
    wishes = [one.request for one in presses if isinstance(one, DecideAnew) and isinstance(one.request, SlotRequest)]
    taken = [one.slot for one in (*presses, *wishes) if isinstance(one, TakeSlot | SlotRequest)]
    starts = [f"{slot.start:%d %H:%M}" for slot in taken if slot is not None]

    assert starts
    assert first <= min(starts)
    assert max(starts) <= last
