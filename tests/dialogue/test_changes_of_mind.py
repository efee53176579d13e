"""A text that takes back what it said prepares nothing; one that says the same time again keeps it."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import booking_with

LENA = booking_with("Lena Ostrow", date(2026, 3, 5), 12, number=1)
OMAR = booking_with("Omar Haddad", date(2026, 3, 4), 12, number=2)
SAMS = tuple(
    booking_with(name, date(2026, 3, day), 12, number=day)
    for name, day in (("Sam Ng", 4), ("Sam Ortiz", 5), ("Samantha Lee", 6))
)

DROPPED = [
    "book ann@acme.io friday 2pm, actually no, forget it",
    "hold friday 2pm. nah, never mind",
    "book ann@acme.io friday 2pm - on second thought don't",
    "can you cancel lena? oh wait she needs it, don't",
    "reschedule lena to monday 10. hmm, forget that",
    "block friday afternoon, no, scratch that",
    "buche ann@acme.io am freitag um 14 uhr, ach lass gut sein",
    "sag lena ab, ach nein, doch nicht",
    "reserva con ann@acme.io el viernes a las 14, bah, déjalo",
    "annule lena, non finalement laisse tomber",
    "prenota con ann@acme.io venerdì alle 14, anzi lascia perdere",
    "marca com ann@acme.io sexta às 14h, ah deixa pra lá",
    "boek ann@acme.io vrijdag om 14 uur, ach laat maar",
]


@pytest.mark.parametrize("text", DROPPED)
def test_what_is_taken_back_at_the_end_prepares_nothing(text: str) -> None:
    desk = desk_with((LENA, OMAR))

    reply = desk.say(text)

    assert offered(desk, reply) == set()
    assert "nothing was changed" in reply.text


SAME = [
    "move lena to next week, same time",
    "move lena to next week, same day and time",
    "verschiebe lena auf nächste woche, gleiche zeit",
    "mueve a lena a la semana que viene, a la misma hora",
]


@pytest.mark.parametrize("text", SAME)
def test_the_same_time_in_another_week_is_on_the_same_weekday(text: str) -> None:
    desk = desk_with((LENA, OMAR))

    assert offered(desk, desk.say(text)) == {"move b1 12 11:00"}


@pytest.mark.parametrize("text", ["push lena and omar to next week, same times", "move both meetings to next week"])
def test_several_in_another_week_keep_their_weekdays(text: str) -> None:
    desk = desk_with((LENA, OMAR))

    assert offered(desk, desk.say(text)) == {"move b1 12 11:00", "move b2 11 11:00"}


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("book ann@acme.io 05 09:00 1", "book ann@acme.io wednesday 10am — make that thursday"),
        ("book ann@acme.io 05 13:00 1", "book ann@acme.io and max@acme.io thursday 2pm, actually just ann"),
    ],
)
def test_what_stands_behind_a_dash_or_a_comma_corrects(wanted: str, text: str) -> None:
    desk = desk_with(())

    assert offered(desk, desk.say(text)) == {wanted}


@pytest.mark.parametrize(
    ("gone", "text"),
    [({5}, "cancel sam ortiz's meeting"), ({4}, "cancel sam ng's call"), ({4, 5}, "cancel both sams")],
)
def test_a_full_name_and_a_name_of_two_pick_theirs(gone: set[int], text: str) -> None:
    desk = desk_with(SAMS)

    assert offered(desk, desk.say(text)) == {f"cancel b{number}" for number in gone}


def test_a_reason_beside_an_act_is_no_day_off() -> None:
    desk = desk_with((LENA, OMAR))

    assert offered(desk, desk.say("sag lena und omar ab, bin krank")) == {"cancel b1", "cancel b2"}


OTHER_ACT = [
    ("move b1 06 11:00", "cancel lena... no sorry i meant move her to friday"),
    ("move b1 06 11:00", "annule lena, pardon, déplace-la à vendredi"),
    ("cancel b1", "lena verschieben auf freitag, nein doch absagen"),
    ("cancel b2", "cancel lena, actually cancel omar"),
]


@pytest.mark.parametrize(("wanted", "text"), OTHER_ACT)
def test_the_act_said_last_holds(wanted: str, text: str) -> None:
    desk = desk_with((LENA, OMAR))

    assert offered(desk, desk.say(text)) == {wanted}


def test_two_meetings_by_their_days_are_two_moves() -> None:
    reply = desk_with((LENA, OMAR)).say("move thursday's to monday and wednesday's to tuesday")

    assert "two things at once" in reply.text


def test_both_in_spanish_is_no_clock() -> None:
    desk = desk_with((LENA, OMAR))

    assert offered(desk, desk.say("cancela las dos")) == {"cancel b1", "cancel b2"}


ANOTHER_TIME = [
    ("hold 06 08:30", "hold friday 9am for me, hmm no make it 9:30"),
    ("move b1 05 10:00", "move lena an hour later, no, earlier"),
    ("move b1 05 11:30", "push lena half an hour earlier, sorry, later"),
    ("book ann@acme.io 05 13:00 1", "book ann@acme.io wed 2pm. oh wait he's in court wed, thursday 2pm then"),
    ("book ann@acme.io 05 13:00 1", "book ann@acme.io wed 2pm, wait she's out wed, thursday 2pm"),
    ("book ann@acme.io 04 15:00 1", "book ann@acme.io wed at 2, ah no i have the dentist then, so 4pm"),
    ("book ann@acme.io 05 15:00 1", "i can't do 3pm thursday but 4 works with ann@acme.io"),
    ("book ann@acme.io 05 13:00 1", "buch ann@acme.io mittwoch 14 uhr, halt, da hab ich zahnarzt, lieber donnerstag"),
]


@pytest.mark.parametrize(("wanted", "text"), ANOTHER_TIME)
def test_why_a_time_is_taken_back_leaves_the_last_one(wanted: str, text: str) -> None:
    desk = desk_with((LENA, OMAR))

    assert offered(desk, desk.say(text)) == {wanted}
