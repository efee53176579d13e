"""One time is given up for another, or is said not to be meant: a meeting that stands moves, and no other one does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from deeds import desk_with, offered
from rooms import BERLIN, Desk, booking_with

if TYPE_CHECKING:
    from collections.abc import Callable

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
IVO = booking_with("Ivo Lund", date(2026, 3, 6), 11, number=2)


def desk() -> Desk:
    return desk_with((NORA, IVO))


MOVES = [
    ("nora at 10 is too early, make it 2pm", "move b1 05 13:00"),
    ("nora 11 instead of 10", "move b1 05 10:00"),
    ("Nora 11 statt 10", "move b1 05 10:00"),
    ("thursday's call: 2 instead of 10", "move b1 05 13:00"),
    ("bump nora one day", "move b1 06 09:00"),
    ("déplace Nóra vendredi à la même heure", "move b1 06 09:00"),
    ("move nora to friday, not to wednesday", "move b1 06 09:00"),
    ("can you make it 30 minutes earlier for nora", "move b1 05 08:30"),
]


@pytest.mark.parametrize(("text", "move"), MOVES)
def test_the_meeting_moves_to_the_time_that_holds(text: str, move: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {move}


CANCELS = [
    ("cancel my friday meeting, not the thursday one", "cancel b2"),
    ("cancel the thursday one, not the one on friday", "cancel b1"),
    ("annule le rendez-vous de jeudi, pas celui de vendredi", "cancel b1"),
]


@pytest.mark.parametrize(("text", "cancel"), CANCELS)
def test_the_meeting_behind_a_not_stays(text: str, cancel: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {cancel}


AVOIDING = [
    ("move nora but not to friday", lambda day, hour: day != 6),
    ("move nora anywhere except the morning", lambda day, hour: hour >= 12),
    ("verschieb nora auf freitag, aber nicht vor 13 uhr", lambda day, hour: day == 6 and hour >= 13),
]


@pytest.mark.parametrize(("text", "fits"), AVOIDING)
def test_what_is_left_out_of_a_move_is_where_it_may_not_go(text: str, fits: Callable[[int, int], bool]) -> None:
    talk = desk()

    talk.say(text)

    starts = [slot.start.astimezone(BERLIN) for slot in talk.conversation.offered]
    assert starts
    assert all(fits(start.day, start.hour) for start in starts)


@pytest.mark.parametrize(
    "text",
    [
        "replace nora with cy@example.org on thursday",
        "give nora's slot to cy@example.org",
        "bitte ersetze nora am donnerstag durch cy@example.org",
    ],
)
def test_nobody_takes_the_place_of_another(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "cannot put somebody else in a meeting" in reply.text
    assert not offered(talk, reply)
