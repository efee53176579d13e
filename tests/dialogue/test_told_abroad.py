"""Times and moves as they are told in other languages than English: what stands beside the words for them."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, hours_written, offered
from rooms import Desk, booking_with

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
"""Thursday 5 March, 10:00 in Berlin."""
SAM = booking_with("Sam Ng", date(2026, 3, 6), 11, number=2)
"""Friday 6 March, 11:00 in Berlin."""


def desk() -> Desk:
    return desk_with((NORA, SAM))


def first(*texts: str) -> set[str]:
    talk = desk()
    for text in texts[:-1]:
        talk.say(text)
    return offered(talk, talk.say(texts[-1]))


FIRST_FREE = [
    "周五第一个空档约cy@example.org",
    "金曜の最初の空きにcy@example.org",
    "vrijdag eerste gaatje met cy@example.org",
    "vendredi premier créneau avec cy@example.org",
    "venerdì primo buco con cy@example.org",
    "friday first free slot with cy@example.org",
]


@pytest.mark.parametrize("text", FIRST_FREE)
def test_the_first_behind_a_weekday_is_no_first_of_a_month(text: str) -> None:
    assert any("06 08:00" in write for write in first(text)), first(text)


FREE_THEN = [
    "tengo libre el jueves a las 15, reserva con cy@example.org",
    "tengo libre el jueves a las 3, apúntame con cy@example.org",
    "ich hab donnerstag um 15 uhr frei, buch cy@example.org",
    "donnerstag 15 uhr hab ich frei, trag cy@example.org ein",
]


@pytest.mark.parametrize("text", FREE_THEN)
def test_whoever_is_free_then_is_booked_then(text: str) -> None:
    assert any(write.startswith("book cy@example.org 05 14:00") for write in first(text))


BOUNDS = [
    "next week except wednesdays and not before 10",
    "nächste woche außer mittwochs und nicht vor 10",
    "la semaine prochaine sauf mercredi et pas avant 10h",
    "la semana que viene menos el miércoles y no antes de las 10",
    "settimana prossima tranne mercoledì e non prima delle 10",
    "semana que vem menos quarta e não antes das 10",
    "volgende week behalve woensdag en niet voor 10 uur",
    "下周除了周三，不早于十点",
]


@pytest.mark.parametrize("text", BOUNDS)
def test_a_bound_behind_an_exception_is_that_of_the_wish(text: str) -> None:
    talk = desk()
    talk.say("find a time with cy@example.org")
    reply = talk.say(text)
    said = reply.text.replace("2026", "")

    assert "10:00" in said
    assert "09:00" not in said
    assert "Wed" not in said


STRETCHES = [
    "from thursday i'm on vacation until tuesday",
    "ab donnerstag bin ich im urlaub bis dienstag",
    "vanaf donderdag ben ik met vakantie tot en met dinsdag",
    "à partir de jeudi je suis en vacances jusqu'à mardi inclus",
    "desde el jueves estoy de vacaciones hasta el martes",
    "a partir de quinta tô de férias até terça",
    "我从周四开始休假到下周二",
]


@pytest.mark.parametrize("text", STRETCHES)
def test_an_absence_has_both_its_ends(text: str) -> None:
    written = hours_written(text)

    assert written.startswith("on Thu 5 Mar off; Fri 6 Mar off;")
    assert written.endswith("Mon 9 Mar off; Tue 10 Mar off")


STEPS = [
    ("nora muss ne halbe stunde später", "05 09:30"),
    ("nora moet een half uurtje later", "05 09:30"),
    ("nora een halfuur later graag", "05 09:30"),
    ("nora deve essere mezz'ora dopo", "05 09:30"),
    ("anticipa nora di mezz'ora", "05 08:30"),
    ("zet nora een dag eerder", "04 09:00"),
]


@pytest.mark.parametrize(("text", "at"), STEPS)
def test_a_name_and_how_far_is_a_move(text: str, at: str) -> None:
    assert first(text) == {f"move b1 {at}"}


BELOW = [
    ("what's on thursday?", "the one with nora an hour later please"),
    ("was steht donnerstag an?", "das mit nora bitte ne stunde später"),
    ("qué tengo el jueves?", "la de nora una hora más tarde"),
    ("j'ai quoi jeudi ?", "celui avec nora une heure plus tard"),
    ("cosa ho giovedì?", "quello con nora un'ora dopo"),
    ("o que tenho na quinta?", "o da nora uma hora mais tarde"),
    ("wat heb ik donderdag?", "die met nora een uur later"),
]


@pytest.mark.parametrize(("before", "text"), BELOW)
def test_below_a_list_an_hour_later_is_counted_from_the_meeting(before: str, text: str) -> None:
    assert first(before, text) == {"move b1 05 10:00"}


NAMED = [
    ("annule tout sauf sam", {"cancel b1"}),
    ("annule sam", {"cancel b2"}),
    ("décale sam d'une heure", {"move b2 06 11:00"}),
    ("déplace sam à jeudi 14h", {"move b2 05 13:00"}),
]


@pytest.mark.parametrize(("text", "writes"), NAMED)
def test_sam_behind_a_french_verb_is_somebody(text: str, writes: set[str]) -> None:
    assert first(text) == writes
