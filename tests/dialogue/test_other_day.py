"""Not on that day but on this: the meeting that stands moves. What is left alone stays. A time with «no» behind it is out."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
IVO = booking_with("Ivo Lund", date(2026, 3, 6), 11, number=2)


def desk() -> Desk:
    return desk_with((NORA, IVO))


CONTRASTED = [
    "nora not thursday but wednesday",
    "nora nicht donnerstag sondern mittwoch",
    "der termin mit nora ist nicht am donnerstag, sondern am mittwoch",
    "der termin mit nora soll doch nicht am donnerstag sein, sondern am mittwoch zur gleichen zeit",
    "nora pas jeudi mais mercredi",
    "nora no el jueves sino el miércoles",
    "lo de nora no será el jueves sino el miércoles",
    "al final lo de nora no será el jueves sino el miércoles a la misma hora",
    "l'incontro con nora non è giovedì ma mercoledì",
    "nora niet donderdag maar woensdag",
    "nora toch niet donderdag maar woensdag, zelfde tijd",
    "a nora não é quinta, é quarta",
    "a nora afinal não é quinta mas quarta, à mesma hora",
]


@pytest.mark.parametrize("text", CONTRASTED)
def test_a_meeting_on_the_day_that_is_given_up_moves_to_the_other(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "Move" in reply.text
    assert "to Wed 4 Mar 10:00" in reply.text


def test_with_nobody_met_on_that_day_the_other_one_is_looked_at() -> None:
    talk = desk_with((IVO,))

    reply = talk.say("nora nicht donnerstag sondern mittwoch")

    assert "Wed 4 Mar" in reply.text
    assert not any(deed.startswith("move") for deed in offered(talk, reply))


def test_a_meeting_on_a_third_day_is_asked_about() -> None:
    talk = desk()

    reply = talk.say("ivo nicht donnerstag sondern mittwoch")

    assert "There is a meeting already" in reply.text


@pytest.mark.parametrize("text", ["book nora wednesday, not thursday", "buche nora mittwoch, nicht donnerstag"])
def test_what_says_that_it_is_new_moves_nothing(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert not any(deed.startswith("move") for deed in offered(talk, reply))


RATHER = ["nora lieber mittwoch", "nora plutôt mercredi", "nora mejor el miércoles", "nora meglio mercoledì"]


@pytest.mark.parametrize("text", [*RATHER, "nora am mittwoch", "nora liever woensdag", "a nora melhor quarta"])
def test_somebody_and_a_day_that_is_better_are_asked_about(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "There is a meeting already" in reply.text


LEFT = [
    "leave the meeting with nora as it is",
    "lass den termin mit nora so stehen",
    "der termin mit nora bleibt",
    "ne touche pas au rendez-vous de nora",
    "garde le rdv avec nora",
    "no canceles lo de nora",
    "deja a nora como está",
    "lascia nora com'è",
    "blijf van de afspraak met nora af",
    "laat nora staan",
    "deixa a nora como está",
    "noraさんとの会議は動かさないで",
    "nora的会别动",
]


@pytest.mark.parametrize("text", LEFT)
def test_what_is_to_be_left_alone_is_left_alone(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert not offered(talk, reply)
    assert "nothing was" in reply.text


TURNED_DOWN = [
    ("reunión con omar el miércoles", "por la mañana no, por favor"),
    ("reunião com omar na quarta", "de manhã não"),
    ("incontro con omar mercoledì", "di mattina no"),
    ("un point avec omar mercredi", "le matin non"),
    ("termin mit omar am mittwoch", "vormittags nicht"),
    ("afspraak met omar op woensdag", "'s ochtends niet"),
    ("meeting with omar wednesday", "in the morning no"),
]


@pytest.mark.parametrize(("wish", "answer"), TURNED_DOWN)
def test_a_time_with_a_no_behind_it_is_left_out(wish: str, answer: str) -> None:
    talk = desk()
    talk.say(wish)

    reply = talk.say(answer)

    assert "Wed 4 Mar" in reply.text
    assert "09:00" not in reply.text


MOVED = ["passa o ivo pra segunda às 10", "dá pra passar a reunião com o ivo pra segunda às 10?"]


@pytest.mark.parametrize("text", MOVED)
def test_a_meeting_that_is_passed_on_moves(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "to Mon 9 Mar 10:00" in reply.text


def test_thursday_is_read_beside_few_words_of_its_language() -> None:
    talk = desk()

    reply = talk.say("cancela tudo de quinta")

    assert "Nora Vale" in reply.text
    assert "Ivo Lund" not in reply.text
