"""Several meetings at once and picks among them: a plural is all of them, a title or «the other» is one, a swap is no move."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from deeds import desk_with, offered
from rooms import NOW, Desk, booking_with

from bot.language.meaning import Intent, Reference
from bot.language.understand import understand
from bot.scheduling.replacing import replace

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
IVO = booking_with("Ivo Lund", date(2026, 3, 5), 15, number=2)
MIA = booking_with("Mia Korn", date(2026, 3, 6), 11, number=3)
HERE = Reference(now=NOW, zone=ZoneInfo("Europe/Berlin"))

PLURALS = [
    "cancel thursday's meetings",
    "cancel my thursday calls",
    "sag die termine vom donnerstag ab",
    "cancela las reuniones del jueves",
    "annule les réunions de jeudi",
    "annulla gli appuntamenti di giovedì",
    "zeg de afspraken van donderdag af",
    "cancela as reuniões de quinta",
]


@pytest.mark.parametrize("text", PLURALS)
def test_the_meetings_of_a_day_are_all_of_them(text: str) -> None:
    talk = desk_with((NORA, IVO, MIA))

    assert offered(talk, talk.say(text)) == {"cancel b1", "cancel b2"}


def test_the_meetings_of_a_day_move_together() -> None:
    talk = desk_with((NORA, IVO))

    assert offered(talk, talk.say("move thursday's meetings to friday")) == {"move b1 06 09:00", "move b2 06 14:00"}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("swap thursday with friday", Intent.SWAP),
        ("i need to swap my friday and thursday meetings", Intent.SWAP),
        ("could you swap nora and ivo", Intent.SWAP),
        ("swap my 3pm for 4pm", Intent.RESCHEDULE),
        ("swap thursday for friday", Intent.RESCHEDULE),
    ],
)
def test_a_swap_needs_two_meetings(text: str, intent: Intent) -> None:
    assert understand(text, HERE).intent is intent


@pytest.mark.parametrize(
    ("move", "then"),
    [
        ("mueve la primera a las 12", "y la otra a las 16"),
        ("verschiebe den ersten auf 12 uhr", "und den anderen auf 16 uhr"),
        ("déplace le premier à 12h", "et l'autre à 16h"),
        ("sposta il primo alle 12", "e l'altro alle 16"),
        ("verzet de eerste naar 12 uur", "en de andere naar 16 uur"),
    ],
)
def test_the_other_one_in_other_languages(move: str, then: str) -> None:
    talk = desk_with((NORA, IVO))
    talk.say("what do i have on thursday")
    talk.press(talk.say(move), "Move")

    assert offered(talk, talk.say(then)) == {"move b2 05 15:00"}


def test_an_event_type_picks_among_those_that_match() -> None:
    deep = replace(IVO, event_type="2", title="Deep dive", attendees=NORA.attendees)
    talk = desk_with((NORA, deep))
    talk.say("cancel nora")

    assert offered(talk, talk.say("the deep dive")) == {"cancel b2"}


@pytest.mark.parametrize("text", ["und ivo auch", "ivo too please", "y ivo también", "ivo aussi"])
def test_another_one_is_cancelled_too(text: str) -> None:
    talk = desk_with((NORA, IVO))
    talk.press(talk.say("cancel nora"), "Cancel meeting")

    assert offered(talk, talk.say(text)) >= {"cancel b2"}


def test_a_weekday_left_out_beside_an_hour_is_of_the_week_shown() -> None:
    talk = Desk()
    talk.say("find an hour with lee@example.org next week")

    reply = talk.say("not before 10 and not on tuesday")

    assert "Tue 10 Mar" not in reply.text
    assert "Mon 9 Mar 10:00" in reply.text


@pytest.mark.parametrize(
    "text",
    ["book intro with lee@example.org wed at 9 my time there", "book intro with lee@example.org wednesday 9am there"],
)
def test_there_is_where_one_said_to_be(text: str) -> None:
    talk = Desk()
    talk.say("i'm in lisbon all next week")

    assert offered(talk, talk.say(text)) == {"book lee@example.org 11 09:00 1"}
