"""What somebody else asks, proposes or would rather: their meeting moves, or it is asked whether it shall; no new booking, and
no condition. «if» behind «asked» is none."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, hours_written, offered
from rooms import booking_with

IVO = booking_with("Ivo Lund", date(2026, 3, 5), 14, number=1)

MOVED = {
    "move b1 06 13:00": [
        "ivo asked if we could move to friday", "ivo's asking whether we can push it to friday at 2",
        "ivo wants to know if friday at 2 works instead", "ivo demande si on peut décaler à vendredi 14h",
        "ivo pregunta si podemos mover la reunión al viernes a las 14",
        "ivo chiede se possiamo spostare a venerdì alle 14", "ivo pergunta se podemos mudar para sexta às 14h",
    ],
    "move b1 05 13:30": ["ivo asks if we can start half an hour later"],
}  # fmt: skip


@pytest.mark.parametrize(("wanted", "text"), [(wanted, text) for wanted, texts in MOVED.items() for text in texts])
def test_what_they_ask_for_moves_their_meeting(wanted: str, text: str) -> None:
    desk = desk_with((IVO,))

    assert offered(desk, desk.say(text)) == {wanted}


ASKED = [
    "ivo wonders whether we can do friday at 2", "ivo suggested friday at 2", "ivo would've preferred friday at 2",
    "ivo schlug freitag 14 uhr vor", "ivo schlägt freitag um 14 uhr vor", "ivo möchte lieber freitag 14 uhr",
    "ivo propose vendredi 14h", "ivo préférerait vendredi à 14h", "ivo propuso el viernes a las 14",
    "ivo preferiría el viernes a las 14", "ivo ha proposto venerdì alle 14", "ivo stelde vrijdag 14 uur voor",
    "ivo vraagt of we naar vrijdag 14 uur kunnen", "ivo preferiria sexta às 14h", "ivo sugeriu sexta às 14h",
]  # fmt: skip


@pytest.mark.parametrize("text", ASKED)
def test_what_they_propose_books_nothing(text: str) -> None:
    desk = desk_with((IVO,))

    assert not offered(desk, desk.say(text))


def test_a_condition_stays_one() -> None:
    desk = desk_with((IVO,))

    reply = desk.say("move ivo to friday at 2 if he asks")

    assert not offered(desk, reply)
    assert "condition" in reply.text


LUNCH = [
    "block my lunch every day", "block lunch daily", "block out lunch on weekdays", "keep my lunch free every day",
    "bloquea la comida todos los días",
]  # fmt: skip


@pytest.mark.parametrize("text", LUNCH)
def test_a_pause_without_a_clock_closes_no_whole_day(text: str) -> None:
    assert not hours_written(text)
