"""All of somebody's meetings but one, and what a second clause keeps: nobody else's meeting goes, and never the kept one."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import booking_with

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
LATER = booking_with("Nora Vale", date(2026, 3, 6), 15, number=2)
IVO = booking_with("Ivo Lund", date(2026, 3, 6), 11, number=3)
ALL = (NORA, LATER, IVO)

ALL_OF_HERS_BUT_FRIDAY = [
    "cancel all my meetings with nora but friday",
    "cancel all of nora's but the one on friday",
    "cancel all my meetings with nora but keep friday",
    "cancel every meeting with nora but leave the friday one",
    "cancel nora's meetings, keep the one on friday",
    "cancel all noras except friday",
    "cancel all noras but keep friday",
    "cancel all of nora's but not friday",
    "sag alle termine mit nora ab, aber behalte den am freitag",
    "sag alles mit nora ab außer freitag",
    "cancela todas las de nora pero deja la del viernes",
    "cancela todas las reuniones con nora menos la del viernes",
    "annule tous mes rdv avec nora mais garde vendredi",
    "annule tout avec nora sauf vendredi",
    "annulla tutti gli appuntamenti con nora ma tieni venerdì",
    "cancela todas com a nora mas mantém sexta",
    "zeg alles met nora af maar houd vrijdag",
]


@pytest.mark.parametrize("text", ALL_OF_HERS_BUT_FRIDAY)
def test_the_kept_one_stays_and_so_do_those_of_others(text: str) -> None:
    talk = desk_with(ALL)

    assert offered(talk, talk.say(text)) == {"cancel b1"}


@pytest.mark.parametrize(
    "text", ["cancel everything but keep friday", "cancel all but leave friday", "cancel everything but friday"]
)
def test_a_day_that_is_kept_keeps_everybody(text: str) -> None:
    talk = desk_with(ALL)

    assert offered(talk, talk.say(text)) == {"cancel b1"}


@pytest.mark.parametrize(
    "text", ["cancel all but keep nora", "cancel everyone but nora", "cancel everything but nora's"]
)
def test_somebody_who_is_kept(text: str) -> None:
    talk = desk_with(ALL)

    assert offered(talk, talk.say(text)) == {"cancel b3"}


def test_all_of_one_name_are_not_everybodys() -> None:
    talk = desk_with(ALL)

    assert offered(talk, talk.say("cancel all noras")) == {"cancel b1", "cancel b2"}


@pytest.mark.parametrize("text", ["move nora to friday and keep it at 9", "move ivo to thursday and keep it at 9"])
def test_a_clock_that_is_kept_in_a_move_is_its_clock(text: str) -> None:
    talk = desk_with((NORA, IVO))

    (deed,) = offered(talk, talk.say(text))

    assert deed.endswith("08:00")


OMAR = booking_with("Omar Haddad", date(2026, 3, 5), 14, number=4)

MOVED_BUT = {
    "move b2 13 14:00, move b3 13 10:00, move b4 12 13:00": [
        "move everything but my 10am on thursday to next week",
    ],
    "move b1 12 09:00, move b4 12 13:00": [
        "move all but the one on friday to next week", "move everything but friday's to next week",
        "move everything to next week but not friday's", "verschiebe alles außer freitag auf nächste woche",
    ],
    "move b4 06 13:00": ["move everything on thursday but nora to friday"],
    "move b3 13 10:00, move b4 12 13:00": [
        "move everything but nora to next week", "move all but nora to next week",
        "move all my meetings but nora's to next week",
        "move everything to next week but nora", "verschiebe alles außer nora auf nächste woche",
        "mueve todo menos lo de nora a la semana que viene",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("wanted", "text"), [(wanted, text) for wanted, texts in MOVED_BUT.items() for text in texts])
def test_where_the_others_go_is_no_exception(wanted: str, text: str) -> None:
    talk = desk_with((NORA, LATER, IVO, OMAR))

    assert offered(talk, talk.say(text)) == set(wanted.split(", "))
