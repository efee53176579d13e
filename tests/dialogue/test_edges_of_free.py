"""«The first free slot on friday», «as late as possible», and «the earliest» below a card: one time, of all that is free."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
"""Thursday 5 March, 10:00 in Berlin."""


def desk() -> Desk:
    return desk_with((NORA,))


def proposed(talk: Desk, text: str) -> str:
    """When the card is for: its day and hour in UTC."""
    reply = talk.say(text)
    return next(write for write in sorted(offered(talk, reply)) if write.startswith(("book ", "hold ", "move ")))


ONE = [
    ("book the first free slot with cy@example.org", "02 09:30"),
    ("book the first available slot on friday with cy@example.org", "06 08:00"),
    ("book cy@example.org in my last free slot on friday", "06 15:30"),
    ("cy@example.org as early as possible on friday", "06 08:00"),
    ("book cy@example.org as late as possible on friday", "06 15:30"),
    ("first free slot friday afternoon with cy@example.org", "06 11:00"),
    ("hold the first free slot on friday", "06 08:00"),
    ("move nora to the first free slot on friday", "06 08:00"),
    ("move nora as late as possible on friday", "06 15:30"),
    ("buche den ersten freien termin am freitag mit cy@example.org", "06 08:00"),
    ("buche cy@example.org am freitag so spät wie möglich", "06 15:30"),
    ("réserve le premier créneau libre vendredi avec cy@example.org", "06 08:00"),
    ("reserva el último hueco libre del viernes con cy@example.org", "06 15:30"),
    ("prenota il primo slot libero venerdì con cy@example.org", "06 08:00"),
    ("boek de eerste vrije plek op vrijdag met cy@example.org", "06 08:00"),
    ("marca o primeiro horário livre na sexta com cy@example.org", "06 08:00"),
    ("金曜日の一番早い時間にcy@example.orgを予約して", "06 08:00"),
    ("预约cy@example.org星期五的最后一个空档", "06 15:30"),
]


@pytest.mark.parametrize(("text", "at"), ONE)
def test_the_first_or_the_last_of_what_is_free_is_one_card(text: str, at: str) -> None:
    write = proposed(desk(), text)

    assert at in write, write


BELOW = [
    ("book cy@example.org thursday 11:00", "the earliest", "05 08:00"),
    ("book cy@example.org thursday 11:00", "the latest please", "05 15:30"),
    ("book cy@example.org thursday 11:00", "whichever is earliest", "05 08:00"),
    ("book cy@example.org thursday 11:00", "the earliest on friday", "06 08:00"),
    ("move nora to friday 11", "the earliest", "06 08:00"),
    ("what's free on friday", "the latest with cy@example.org", "06 15:30"),
    ("what's free on friday", "the earliest one for cy@example.org", "06 08:00"),
]


@pytest.mark.parametrize(("before", "text", "at"), BELOW)
def test_below_a_card_the_earliest_is_that_of_its_day(before: str, text: str, at: str) -> None:
    talk = desk()
    talk.say(before)

    write = proposed(talk, text)

    assert at in write, write


def test_a_time_named_later_is_that_time() -> None:
    talk = desk()
    talk.say("book the first free slot on friday with cy@example.org")

    assert "06 13:00" in proposed(talk, "make it 2pm")


@pytest.mark.parametrize("text", ["when is your first free slot on friday?", "what's free on friday"])
def test_a_question_is_answered_with_times(text: str) -> None:
    talk = desk()

    assert not any(write.startswith("book ") for write in offered(talk, talk.say(text)))


def test_which_meeting_is_no_edge_of_what_is_free() -> None:
    talk = desk_with((NORA, booking_with("Nora Vale", date(2026, 3, 12), 10, number=2)))

    (cancelling,) = offered(talk, talk.say("cancel my last slot with nora"))

    assert "b2" in cancelling


SAID_FIRST = [
    ("book cy@example.org friday 2pm or thursday", "06 13:00"),
    ("book cy@example.org friday at 2pm, thursday also works", "06 13:00"),
    ("book cy@example.org friday at 2 or thursday at 3", "06 13:00"),
    ("book cy@example.org thursday or friday at 2", "05 13:00"),
]


@pytest.mark.parametrize(("text", "at"), SAID_FIRST)
def test_of_several_times_the_one_said_first_with_a_clock_is_proposed(text: str, at: str) -> None:
    assert at in proposed(desk(), text)


NEVER_MONDAY = [
    "not mondays, find 30 min with cy@example.org",
    "avoid mondays, find 30 min with cy@example.org",
    "30 min with cy@example.org in the next two weeks, except mondays",
    "30 minuten mit cy@example.org in den nächsten zwei wochen, aber nicht montags",
]


@pytest.mark.parametrize("text", NEVER_MONDAY)
def test_a_weekday_that_is_left_out_of_every_week_is_never_shown(text: str) -> None:
    talk = desk()

    shown = talk.say(text).text + talk.say("later").text

    assert "Tue 3 Mar" in shown
    assert "Mon " not in shown


def test_stopping_by_at_a_clock_is_no_end_of_a_stretch() -> None:
    assert "06 14:00" in proposed(desk(), "stop by at 3 on friday with cy@example.org")
