"""Below a meeting that was booked just now, a short text is about that meeting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from deeds import desk_with, offered
from rooms import DANA, Desk

from bot.dialogue.acts import Look, LookUp
from bot.dialogue.acts.together import Known
from bot.dialogue.families import booking_of
from bot.scheduling.writes import AddGuests


def after_booking() -> Desk:
    """A desk on which Wednesday 4 March, 11:00 in Berlin, was booked with Lee."""
    desk = replace(desk_with(()), known={"dana": (Known(person=DANA),)})
    desk.press(desk.say("book intro with lee@example.org wednesday at 11"), "Book")
    booking = booking_of(desk.conversation.request)
    assert booking is not None
    desk.bookings = (booking,)
    return desk


LATER = [
    ("two hours later", "04 12:00"),
    ("let's say half an hour earlier", "04 09:30"),
    ("one day later", "05 10:00"),
    ("push it back an hour", "04 11:00"),
    ("zwei stunden später", "04 12:00"),
    ("eine halbe stunde früher bitte", "04 09:30"),
    ("deux heures plus tard", "04 12:00"),
    ("dos horas más tarde", "04 12:00"),
    ("due ore dopo", "04 12:00"),
    ("twee uur later", "04 12:00"),
]


@pytest.mark.parametrize(("text", "goes_to"), LATER)
def test_so_much_later_counts_from_the_meeting_and_not_from_now(text: str, goes_to: str) -> None:
    desk = after_booking()

    (move,) = offered(desk, desk.say(text))

    assert move.endswith(goes_to)
    assert move.startswith("move ")


@pytest.mark.parametrize(
    "text",
    ["a bit later please", "any later?", "etwas später", "un peu plus tard", "más tarde", "can it be later that day?"],
)
def test_some_time_later_is_sought_on_its_day(text: str) -> None:
    desk = after_booking()

    reply = desk.say(text)

    assert "Where shall Intro" in reply.text
    assert "Wed 4 Mar" in reply.text.partition("Berlin time:")[2]


WITH_DANA = [
    "add dana",
    "dana too please",
    "can dana join us?",
    "bring dana in as well",
    "please put dana on it too",
    "could dana come along",
    "invite dana as well",
    "actually could dana come too",
    "oh wait, add dana as well",
    "sorry, dana should join too",
    "lade dana auch ein",
    "füg dana hinzu",
    "kann dana dazukommen?",
    "ajoute dana",
    "añade también a dana",
    "aggiungi anche dana",
    "voeg dana ook toe",
]


@pytest.mark.parametrize("text", WITH_DANA)
def test_who_is_named_beside_no_time_comes_to_it(text: str) -> None:
    desk = after_booking()

    desk.press(desk.say(text), "Add guests")

    assert isinstance(desk.written[-1], AddGuests)
    assert desk.written[-1].emails == (DANA.email,)


@pytest.mark.parametrize(("text", "name"), [("add kim", "Kim"), ("kim auch einladen", "Kim")])
def test_somebody_without_an_address_is_asked_about_by_name(text: str, name: str) -> None:
    reply = after_booking().say(text)

    assert reply.text.startswith(f"I have no mail address for {name}.")


AGAIN = [
    ("and another one on friday", "06 10:00"),
    ("same again next thursday", "12 10:00"),
    ("one more on friday at 2", "06 13:00"),
    ("noch einen am freitag", "06 10:00"),
    ("das gleiche nochmal am freitag um 14 uhr", "06 13:00"),
]


@pytest.mark.parametrize(("text", "when"), AGAIN)
def test_another_one_is_a_booking_and_no_move(text: str, when: str) -> None:
    desk = after_booking()

    (booking,) = offered(desk, desk.say(text))

    assert booking.startswith(f"book lee@example.org {when}")


@pytest.mark.parametrize("text", ["now one with dana", "the same with dana", "das gleiche mit dana"])
def test_the_same_with_somebody_else_asks_when(text: str) -> None:
    reply = after_booking().say(text)

    assert "is not free" not in reply.text
    assert "Dana" in str(reply.parts)


ASKED = [
    "when is it?",
    "when was that again",
    "where is it?",
    "where do we meet",
    "is it online?",
    "wann war das nochmal?",
    "wo ist das?",
    "où est-ce ?",
    "¿dónde es?",
]


@pytest.mark.parametrize("text", ASKED)
def test_a_question_for_its_time_or_place_is_answered(text: str) -> None:
    reply = after_booking().say(text)

    assert reply.text.startswith("Wed 4 Mar 11:00–11:30 Berlin: Intro")


@pytest.mark.parametrize("text", ["did it work?", "is that booked?", "what did i just book?", "hat es geklappt?"])
def test_whether_it_is_booked_is_told(text: str) -> None:
    assert after_booking().say(text).text.startswith("Yes, it is confirmed: Wed 4 Mar 11:00–11:30 Berlin")


@pytest.mark.parametrize("text", ["who is in it?", "who's coming", "wer ist dabei?", "qui vient ?"])
def test_who_is_in_it_is_told(text: str) -> None:
    assert after_booking().say(text).text.startswith("Invited to Wed 4 Mar 11:00–11:30 Berlin")


@pytest.mark.parametrize("text", ["wrong day", "oh, that's the wrong time", "falscher tag", "mauvais jour"])
def test_a_wrong_time_asks_where_it_shall_go(text: str) -> None:
    assert "Where shall Intro" in after_booking().say(text).text


@pytest.mark.parametrize("text", ["sorry make that dana", "no, with dana"])
def test_another_person_in_its_place_is_said_to_be_impossible(text: str) -> None:
    desk = after_booking()

    reply = desk.say(text)

    assert offered(desk, reply) == set()
    assert "cannot be changed once it is booked" in reply.text


WHOLE = [
    ("is dana free on friday?", "Dana"),
    ("book intro with dana@acme.io friday at 10", "Dana"),
    ("what's free on thursday", "Thu 5 Mar"),
]


@pytest.mark.parametrize(("text", "shows"), WHOLE)
def test_a_wish_that_is_whole_by_itself_stays_one(text: str, shows: str) -> None:
    desk = after_booking()

    reply = desk.say(text)

    assert shows in f"{reply.text} {reply.parts}"
    assert not {one for one in offered(desk, reply) if one.startswith("move")}


@pytest.mark.parametrize(
    "text", ["who else is on it?", "who's on it now", "anyone else invited?", "wer ist alles dabei"]
)
def test_who_else_is_in_what_was_booked_is_told(text: str) -> None:
    desk = Desk()
    desk.press(desk.say("book intro with lee@example.org thursday 2pm"), "Book")

    desk.say(text)

    assert desk.effects[-1] == LookUp(what=Look.BOOKING, argument="new")
