"""A time can be measured from a meeting that stands: beside it, so much later, or at its clock time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from deeds import desk_with, offered

from bot.scheduling.models import Attendee, Booking, BookingStatus, Slot

if TYPE_CHECKING:
    from rooms import Desk

_HALF = timedelta(minutes=30)


def standing(number: str, name: str, start: datetime) -> Booking:
    return Booking(
        id=number,
        title="Intro",
        slot=Slot(start, start + _HALF),
        status=BookingStatus.BOOKED,
        event_type="1",
        attendees=(
            Attendee(name=name, zone="Europe/Berlin", email=f"{name.split(maxsplit=1)[0].lower()}@example.org"),
        ),
    )


NORA = standing("b1", "Nora Vale", datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
"""Wednesday 4 March, 10:00 in Berlin."""
IVO = standing("b2", "Ivo Lund", datetime(2026, 3, 5, 12, 0, tzinfo=UTC))
"""Thursday 5 March, 13:00 in Berlin."""


def desk_of(*bookings: Booking) -> Desk:
    return desk_with(bookings)


NEW = [
    ("book cy@example.org right after nora's meeting", "04 09:30"),
    ("book cy@example.org directly before ivo", "05 11:30"),
    ("book cy@example.org for 30 min an hour after my call with nora", "04 10:30"),
    ("book cy@example.org two hours before ivo's", "05 09:30"),
    ("buche cy@example.org direkt nach Nora", "04 09:30"),
    ("book cy@example.org right after my 10am with nora", "04 09:30"),
    ("book cy@example.org just before my 1 o'clock call with ivo", "05 11:30"),
    ("book cy@example.org once nora is done", "04 09:30"),
    ("book cy@example.org when my call with nora ends", "04 09:30"),
    ("buche cy@example.org sobald das treffen mit nora vorbei ist", "04 09:30"),
    ("reserva con cy@example.org cuando termine nora", "04 09:30"),
    ("réserve avec cy@example.org dès que nora a fini", "04 09:30"),
    ("boek cy@example.org zodra nora klaar is", "04 09:30"),
    ("reserva con cy@example.org justo después de Nora", "04 09:30"),
    ("réserve avec cy@example.org juste après Nora", "04 09:30"),
    ("prenota con cy@example.org subito dopo Nora", "04 09:30"),
    ("boek cy@example.org direct na Nora", "04 09:30"),
]


@pytest.mark.parametrize(("text", "at"), NEW)
def test_a_new_meeting_goes_beside_one_that_stands(text: str, at: str) -> None:
    desk = desk_of(NORA, IVO)

    writes = offered(desk, desk.say(text))

    assert writes
    assert all(write.startswith("book ") and f" {at} " in write and "nora" not in write for write in writes)


MOVES = [
    ("move ivo right after nora", "04 09:30"),
    ("put ivo's meeting an hour after nora's", "04 10:30"),
    ("shift ivo to just before nora", "04 08:30"),
    ("verschieb ivo direkt hinter nora", "04 09:30"),
]


@pytest.mark.parametrize(("text", "goes_to"), MOVES)
def test_one_meeting_moves_beside_another_which_stays(text: str, goes_to: str) -> None:
    desk = desk_of(NORA, IVO)

    (move,) = offered(desk, desk.say(text))

    assert move.startswith("move ")
    assert "b2" in move
    assert move.endswith(goes_to)


AGAIN = [
    ("book another one with nora a week later", "11 09:00"),
    ("book nora again same time next week", "11 09:00"),
    ("one more with nora, same time on friday", "06 09:00"),
]


@pytest.mark.parametrize(("text", "at"), AGAIN)
def test_one_more_is_booked_and_the_first_stays(text: str, at: str) -> None:
    desk = desk_of(NORA, IVO)

    writes = offered(desk, desk.say(text))

    assert writes
    assert all(write.startswith("book ") and f" {at} " in write for write in writes)


def test_which_of_several_it_is_measured_from_is_asked() -> None:
    twice = standing("b3", "Nora Vale", datetime(2026, 3, 6, 9, 0, tzinfo=UTC))
    desk = desk_of(NORA, twice)

    reply = desk.say("book cy@example.org after nora")

    assert "From which of these meetings" in reply.text
    assert offered(desk, reply) == set()
    card = desk.press(reply, "Fri 6 Mar 10:00")
    assert all(" 06 09:30 " in write for write in offered(desk, card))


def test_nobody_of_that_name_is_said() -> None:
    desk = desk_of(IVO)

    reply = desk.say("book cy@example.org right after zelda's meeting")

    assert "no upcoming meeting with" in reply.text
    assert offered(desk, reply) == set()


@pytest.mark.parametrize(
    "text", ["cancel the one after nora's", "cancel the meeting before ivo's", "delete the call right after nora"]
)
def test_a_meeting_told_by_the_one_beside_it_is_never_that_one(text: str) -> None:
    desk = desk_of(NORA)

    reply = desk.say(text)

    assert offered(desk, reply) == set()


def test_what_is_free_after_a_meeting_is_the_rest_of_its_day() -> None:
    desk = desk_of(NORA)

    reply = desk.say("what's free after my call with nora")

    assert "Wed 4 Mar" in reply.text
    assert "10:00" not in reply.text


MEANT = [
    ("i'm sick on wednesday, move everything", "Where shall"),
    ("nora: can you make it 30 minutes earlier", "09:30"),
]


@pytest.mark.parametrize(("text", "said"), MEANT)
def test_a_time_in_a_reason_is_no_aim_and_a_step_counts_from_the_meeting(text: str, said: str) -> None:
    desk = desk_of(NORA)

    assert said in desk.say(text).text


def test_whenever_somebody_is_done_moves_one_meeting_behind_theirs() -> None:
    talk = desk_of(NORA, IVO)

    assert offered(talk, talk.say("move ivo to whenever nora is done")) == {"move b2 04 09:30"}


OWN_CLOCK = [
    ("book cy@example.org after my 10am on wednesday", ("10:00", "17:00")),
    ("what's free before my 2 o'clock on thursday", ("09:00", "14:00")),
    ("move nora to after my 1pm on thursday", ("13:00", "17:00")),
    ("move nora after my 11 on friday", ("11:00", "17:00")),
]
"""The calendar keeps clear of the meeting itself."""


@pytest.mark.parametrize(("text", "within"), OWN_CLOCK)
def test_a_clock_of_ones_own_is_a_bound(text: str, within: tuple[str, str]) -> None:
    reply = desk_of(NORA).say(text)

    starts = re.findall(r"\d\d:\d\d", reply.text.split("Berlin time: ")[-1])
    assert starts
    assert all(within[0] <= start <= within[1] for start in starts)


def test_a_day_of_ones_own_is_no_bound() -> None:
    desk = desk_of(NORA)

    assert not offered(desk, desk.say("book cy@example.org before my friday call with the bank"))


WHEN_FREE = ["move nora to when i'm next free", "push nora to whenever i'm free"]


@pytest.mark.parametrize("text", WHEN_FREE)
def test_when_one_is_free_is_where_it_goes(text: str) -> None:
    assert "Where shall Intro with Nora Vale go?" in desk_of(NORA).say(text).text


TOLD_TO = [
    ("book cy@example.org friday 2pm, tell her to bring the 2025 numbers", "book cy@example.org 06 13:00 1"),
    ("move nora to friday at 2 and tell her to bring her laptop", "move b1 06 13:00"),
]


@pytest.mark.parametrize(("text", "wanted"), TOLD_TO)
def test_what_somebody_is_to_be_told_moves_nothing(text: str, wanted: str) -> None:
    desk = desk_of(NORA)

    assert offered(desk, desk.say(text)) == {wanted}


def test_an_address_and_a_day_left_out_look_at_the_others() -> None:
    reply = desk_of(NORA).say("cy@example.org not tuesday")

    assert "Wed 4 Mar" in reply.text
    assert "Tue 3 Mar" not in reply.text
