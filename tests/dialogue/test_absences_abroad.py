"""Days off, their ends and what stays open beside them, and why somebody's meeting goes, as told in many languages."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, hours_written, offered
from rooms import Desk, booking_with

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
"""Thursday 5 March, 10:00 in Berlin."""
OMAR = booking_with("Omar Haddad", date(2026, 3, 6), 11, number=2)


def desk() -> Desk:
    return desk_with((NORA, OMAR))


LONG = [
    ("quinze jours de congé à partir du 14 décembre", 15),
    ("zwei wochen urlaub ab 14. dezember", 14),
    ("dos semanas de vacaciones desde el 14 de diciembre", 14),
    ("two weeks off from 14 december", 14),
]


@pytest.mark.parametrize(("text", "days"), LONG)
def test_so_many_days_from_one_on_are_that_many(text: str, days: int) -> None:
    written = hours_written(text)

    assert written.startswith("on Mon 14 Dec off")
    assert written.count("off") == days


WHOLE = [
    "i'm off friday afternoon and monday",
    "ich kann freitag nachmittag nicht und montag auch nicht",
    "não posso na sexta de tarde nem na segunda",
    "vendredi aprem et lundi je suis pas là",
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_day_behind_part_of_another_goes_as_a_whole(text: str) -> None:
    written = hours_written(text)

    assert "Fri 6 Mar 09:00–12:00" in written
    assert "Mon 9 Mar off" in written


THERE = [
    "venerdì non ci sono, giovedì invece sì dalle 14",
    "freitag bin ich nicht da, donnerstag schon ab 14 uhr",
    "vendredi je suis pas là, par contre jeudi oui à partir de 14h",
    "el viernes no estoy, el jueves sí",
    "vrijdag ben ik er niet, donderdag wel",
    "i'm not there friday, but thursday yes from 2",
]


@pytest.mark.parametrize("text", THERE)
def test_a_day_that_somebody_is_there_is_not_taken_off(text: str) -> None:
    assert hours_written(text) == ""


CANNOT = [
    "sag omar ab, der kann doch nicht",
    "zeg omar af, die kan toch niet",
    "cancela a omar, que no puede",
    "disdici omar, tanto non può",
    "annule omar, il peut pas",
    "cancela o omar, ele não pode",
    "取消omar的会，他来不了",
]


@pytest.mark.parametrize("text", CANNOT)
def test_that_somebody_cannot_come_is_why_it_is_cancelled(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"cancel b2"}


def test_that_another_cannot_come_is_asked_about() -> None:
    talk = desk()

    assert not offered(talk, talk.say("cancela a omar, nora no puede el jueves"))


NOTHING = [
    "cancel everything on thursday except nora",
    "cancela todo lo del jueves menos lo de nora",
    "bitte alles am donnerstag streichen, nur nora bleibt",
]


@pytest.mark.parametrize("text", NOTHING)
def test_where_only_the_exception_stands_nothing_is_offered(text: str) -> None:
    talk = desk()
    reply = talk.say(text)

    assert "all there is" in reply.text
    assert talk.cards.get(reply.card) is None


MEALS = [
    "wanneer heb je dinsdag tijd, liefst na de lunch",
    "cuándo tienes hueco el martes, mejor después del almuerzo",
    "wann hast du dienstag zeit, am liebsten nach dem mittagessen",
]


@pytest.mark.parametrize("text", MEALS)
def test_a_meal_that_is_named_is_no_time_that_is_taken(text: str) -> None:
    reply = desk().say(text)

    assert "13:00" in reply.text
    assert "09:00" not in reply.text


SERIES = [
    "boek cy@example.org elke maandag om 9 uur, niet op 16 maart",
    "buch cy@example.org jeden montag um 9, nicht am 16. märz",
    "book cy@example.org every monday at 9, not the 16th of march",
]


@pytest.mark.parametrize("text", SERIES)
def test_a_date_that_a_series_leaves_out_is_left_out(text: str) -> None:
    talk = desk()
    written = " ".join(offered(talk, talk.say(text)))

    assert " 09 08:00" in written
    assert " 16 08:00" not in written


TWO_DAYS = ["je prends mon vendredi, et lundi je commence qu'à 11h"]


@pytest.mark.parametrize("text", TWO_DAYS)
def test_a_day_off_and_where_another_begins_are_asked_about(text: str) -> None:
    assert hours_written(text) == ""


def test_both_days_of_a_run_behind_being_away_are_its_ends() -> None:
    written = hours_written("estaré fuera del 9 de marzo al 13 de marzo, ambos incluidos")

    assert written.count("off") == 5


def test_whose_clause_tells_why_in_chinese_is_who_is_moved() -> None:
    talk = desk()

    assert offered(talk, talk.say("nora周四来不了，改成周三同一时间")) == {"move b1 04 09:00"}


def test_a_clock_behind_one_that_is_left_out_keeps_its_day() -> None:
    talk = desk()
    written = offered(talk, talk.say("book cy@example.org jeudi 14h, ah non j'ai dentiste, 16h"))

    assert any("05 15:00" in write for write in written), written


ONE_OF_TWO = ["nora hat abgesagt. omar kommt ne halbe stunde später", "desmarca quinta. ah e confirma a omar"]


@pytest.mark.parametrize("text", ONE_OF_TWO)
def test_what_is_told_of_one_is_not_done_to_both(text: str) -> None:
    talk = desk()
    written = offered(talk, talk.say(text))

    assert written <= {"move b2 06 10:30"}


def test_how_long_something_takes_moves_nothing() -> None:
    talk = desk()

    assert not offered(talk, talk.say("das mit omar dauert eher zwei stunden"))


def test_a_day_instead_of_that_of_a_meeting_moves_it() -> None:
    talk = desk()

    assert offered(talk, talk.say("nora la vedo lunedì alle 11 anziché giovedì")) == {"move b1 09 10:00"}


def test_this_afternoon_in_short_is_today() -> None:
    reply = desk().say("t'as un trou cet aprem ?")

    assert "Mon 2 Mar" in reply.text
