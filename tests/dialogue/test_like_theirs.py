"""«The same day as nora», «the day after ivo», «that day»: the day or the clock of a meeting that stands, no second guest."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
"""Thursday 5 March, 10:00 in Berlin."""
IVO = booking_with("Ivo Lund", date(2026, 3, 6), 11, number=2)
"""Friday 6 March, 11:00."""


def desk() -> Desk:
    return desk_with((NORA, IVO))


NEW = [
    ("book cy@example.org same day as nora at 4", "05 15:00"),
    ("cy@example.org at 4 on the same day i see nora", "05 15:00"),
    ("book cy@example.org at 2pm the day after nora", "06 13:00"),
    ("book cy@example.org at 2pm the day before ivo's", "05 13:00"),
    ("book cy@example.org the week after nora at 2pm", "12 13:00"),
    ("book cy@example.org next week, same time as nora", "12 09:00"),
    ("book cy@example.org on monday same time as nora", "09 09:00"),
    ("book cy@example.org same day and time as nora but a week later", "12 09:00"),
    ("buche cy@example.org am gleichen tag wie Nora um 16 uhr", "05 15:00"),
    ("buche cy@example.org nächste woche zur gleichen zeit wie Nora", "12 09:00"),
    ("réserve cy@example.org le même jour que Nora à 16h", "05 15:00"),
    ("réserve cy@example.org lundi à la même heure que Nora", "09 09:00"),
    ("reserva con cy@example.org el mismo día que Nora a las 16", "05 15:00"),
    ("reserva con cy@example.org el lunes a la misma hora que Nora", "09 09:00"),
    ("prenota cy@example.org lo stesso giorno di Nora alle 16", "05 15:00"),
    ("prenota cy@example.org lunedì alla stessa ora di Nora", "09 09:00"),
    ("boek cy@example.org op dezelfde dag als Nora om 16 uur", "05 15:00"),
    ("boek cy@example.org maandag op hetzelfde tijdstip als Nora", "09 09:00"),
    ("marca com cy@example.org no mesmo dia que a Nora às 16h", "05 15:00"),
    ("marca com cy@example.org segunda à mesma hora da Nora", "09 09:00"),
    ("Noraさんと同じ日の16時にcy@example.orgを予約して", "05 15:00"),
    ("和 Nora 同一天下午4点预约 cy@example.org", "05 15:00"),
]


@pytest.mark.parametrize(("text", "at"), NEW)
def test_the_meeting_named_gives_the_time_and_nobody_more_comes(text: str, at: str) -> None:
    talk = desk()

    writes = offered(talk, talk.say(text))

    assert writes
    assert all(write.startswith(("book ", "hold ")) and "nora" not in write and "ivo" not in write for write in writes)
    assert any(f" {at} " in write for write in writes), writes


def test_a_meeting_moves_to_the_day_of_another() -> None:
    talk = desk()

    (move,) = offered(talk, talk.say("move nora to the same day as ivo"))

    assert move.startswith("move ")
    assert move.endswith("06 09:00")


def test_with_no_meeting_of_that_name_nothing_is_offered() -> None:
    talk = desk()

    reply = talk.say("book cy@example.org same day as zelda")

    assert "no upcoming meeting with" in reply.text
    assert not offered(talk, reply)


def test_which_of_two_days_is_asked_but_one_clock_of_both_is_not() -> None:
    talk = desk_with((NORA, booking_with("Nora Vale", date(2026, 3, 12), 10, number=3)))

    assert "From which of these meetings" in talk.say("book cy@example.org same day as nora").text
    writes = offered(talk, talk.say("book cy@example.org on monday same time as nora"))

    assert writes
    assert all(" 09 09:00 " in write for write in writes)


THAT_DAY = [
    ("when is nora", "book cy@example.org the same day at 4"),
    ("what's on thursday", "cy@example.org that day at 4"),
    ("book zoe@example.org thursday 2pm", "book cy@example.org the same day at 4"),
    ("was habe ich am donnerstag", "buche cy@example.org am selben tag um 16 uhr"),
]


@pytest.mark.parametrize(("before", "text"), THAT_DAY)
def test_that_day_is_the_day_of_what_was_spoken_of(before: str, text: str) -> None:
    talk = desk()
    talk.say(before)

    writes = offered(talk, talk.say(text))

    assert writes
    assert all(write.startswith(("book ", "hold ")) and " 05 15:00 " in write for write in writes)


ASKED = [
    "put ivo after nora",
    "ivo right after nora",
    "squeeze ivo in before nora",
    "nora on monday same time",
    "i'd rather see nora on monday same time",
    "put nora on friday",
]


@pytest.mark.parametrize("text", ASKED)
def test_whether_what_stands_moves_or_one_more_is_meant_is_asked(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "There is a meeting already" in reply.text
    assert not offered(talk, reply)


def test_the_question_below_a_measured_time_moves_the_meeting_there() -> None:
    talk = desk()

    card = talk.press(talk.say("put ivo after nora"), "Move Fri 6 Mar 11:00")

    (move,) = offered(talk, card)
    assert move.startswith("move ")
    assert move.endswith("05 09:30")


@pytest.mark.parametrize("text", ["schedule ivo after nora", "one more with nora, same time on friday"])
def test_a_verb_of_booking_is_a_booking(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "There is a meeting already" not in reply.text
    assert {write[:4] for write in offered(talk, reply)} <= {"book", "hold"}


@pytest.mark.parametrize(
    "text", ["is ivo the same day as nora?", "is nora the day before ivo?", "ist Ivo am gleichen tag wie Nora?"]
)
def test_a_question_where_two_meetings_lie_moves_neither(text: str) -> None:
    talk = desk()

    assert not offered(talk, talk.say(text))


def test_a_wish_in_the_words_of_a_question_moves_it() -> None:
    talk = desk()

    (move,) = offered(talk, talk.say("can ivo be on the same day as nora?"))

    assert move.endswith("05 10:00")
