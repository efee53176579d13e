"""What was spoken of just now is meant: one of two times that were said, the week of the day shown, the time somebody left."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with

from bot.dialogue.acts import FindBookings

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
IVO = booking_with("Ivo Lund", date(2026, 3, 6), 15, number=2)


@pytest.mark.parametrize(
    ("first", "then", "deed"),
    [
        ("book intro with lee@example.org thursday 2pm or friday 10", "friday", "06 09:00"),
        ("book intro with lee@example.org thursday 2pm or friday 10", "the friday one please", "06 09:00"),
        ("book intro with lee@example.org tuesday at 10 or wednesday at 11", "11 please", "04 10:00"),
        ("book intro with lee@example.org tuesday at 10 or wednesday at 11", "thursday then", "05 09:00"),
        ("buche intro mit lee@example.org donnerstag um 14 uhr oder freitag um 10", "freitag", "06 09:00"),
        ("reserva intro con lee@example.org el jueves a las 14 o el viernes a las 10", "el viernes", "06 09:00"),
    ],
)
def test_a_day_or_a_clock_picks_among_the_times_that_were_said(first: str, then: str, deed: str) -> None:
    desk = Desk()
    desk.say(first)

    reply = desk.say(then)

    assert offered(desk, reply) == {f"book lee@example.org {deed} 1"}


def test_one_of_two_times_for_a_move() -> None:
    desk = desk_with((NORA,))
    desk.say("move nora to friday 9 or monday 2pm")

    assert offered(desk, desk.say("monday")) == {"move b1 09 13:00"}


@pytest.mark.parametrize(
    ("first", "then", "day"),
    [
        ("book intro with lee@example.org next tuesday 3pm", "no, wednesday", 11),
        ("book intro with lee@example.org on 12 march at 3pm", "make it friday", 13),
        ("book intro with lee@example.org on 12 march at 3pm", "monday instead", 9),
        ("book intro with lee@example.org on 12 march at 3pm", "this friday instead", 6),
        ("book intro with lee@example.org on 12 march at 3pm", "tomorrow instead", 3),
        ("buche intro mit lee@example.org am 12. märz um 15 uhr", "lieber freitag", 13),
        ("book intro with lee@example.org this thursday 3pm", "no, wednesday", 4),
    ],
)
def test_another_weekday_is_of_the_week_spoken_of(first: str, then: str, day: int) -> None:
    desk = Desk()
    desk.say(first)

    assert offered(desk, desk.say(then)) == {f"book lee@example.org {day:02} 14:00 1"}


def test_a_look_up_of_its_own_counts_from_today() -> None:
    desk = Desk()
    desk.say("slots for next tuesday")

    assert "Wed 4 Mar" in desk.say("what's free on wednesday?").text


def test_the_other_times_of_a_card_lie_in_the_stretch_that_was_asked_for() -> None:
    desk = Desk()

    reply = desk.say("book intro with lee@example.org thursday after 2pm")

    assert [choice.label for choice in reply.choices if ":" in choice.label] == ["14:30", "15:00", "15:30"]


@pytest.mark.parametrize(
    ("texts", "day"),
    [
        (("i want friday off", "wait, who was booked that day"), 6),
        (("ich nehm freitag frei", "was habe ich an dem tag"), 6),
        (("what's free on thursday", "what do i have that day"), 5),
    ],
)
def test_that_day_is_the_day_off_or_the_day_shown(texts: tuple[str, str], day: int) -> None:
    desk = desk_with((NORA, IVO))
    for text in texts:
        desk.say(text)

    query = next(effect.query for effect in reversed(desk.effects) if isinstance(effect, FindBookings))
    assert query.window is not None
    assert query.window.start.day in {day - 1, day}
    assert query.window.end.day == day


TO_WHERE_SHE_WAS = [
    "and ivo to where nora was",
    "put ivo in nora's old slot",
    "move ivo to nora's former time",
    "und ivo dahin, wo nora war",
    "mets ivo au créneau de nora",
    "y a ivo al hueco de nora",
    "sposta ivo nello slot di nora",
    "zet ivo op de oude plek van nora",
    "passe ivo para o horário de nora",
]


@pytest.mark.parametrize("text", TO_WHERE_SHE_WAS)
def test_the_time_that_somebody_left_just_now_is_where_another_goes(text: str) -> None:
    desk = desk_with((NORA, IVO))
    card = desk.say("move nora to friday 9")
    desk.press(card, "Move")

    assert offered(desk, desk.say(text)) == {"move b2 05 09:00"}


def test_a_time_that_was_cancelled_just_now_is_booked_for_another() -> None:
    desk = desk_with((NORA, IVO))
    desk.press(desk.say("cancel nora"), "Cancel meeting")

    assert offered(desk, desk.say("book lee@example.org in nora's slot")) == {"book lee@example.org 05 09:00 1"}


@pytest.mark.parametrize("text", ["move nora's slot to friday 9", "move nora to friday 9am, not to ivo's slot"])
def test_a_slot_that_is_moved_itself_is_no_aim(text: str) -> None:
    desk = desk_with((NORA, IVO))

    assert "b2" not in "".join(offered(desk, desk.say(text)))


@pytest.mark.parametrize(
    ("text", "last"),
    [("until the end of march", 27), ("until 20 march", 20), ("bis ende märz", 27), ("hasta el 20 de marzo", 20)],
)
def test_an_end_below_a_series_is_its_end_and_no_date(text: str, last: int) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org every friday at 10")

    deeds = offered(desk, desk.say(text))

    assert deeds == {f"book lee@example.org {day:02} 09:00 1" for day in range(6, last + 1, 7)}


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("my flight got moved, cancel nora", "cancel b1"),
        ("the offsite was cancelled, so move nora to friday 9", "move b1 06 08:00"),
    ],
)
def test_the_verb_behind_a_reason_is_what_is_done(text: str, deed: str) -> None:
    desk = desk_with((NORA, IVO))

    assert offered(desk, desk.say(text)) == {deed}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("later that day", "14:30"),
        ("rather later that day please", "14:30"),
        ("bit later in the day", "14:30"),
        ("earlier that day", "09:00"),
        ("später an dem tag", "14:30"),
    ],
)
def test_later_that_day_is_of_the_day_on_the_card(text: str, first: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org thursday 2pm")

    assert f"Thu 5 Mar {first}" in desk.say(text).text


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("not after 3 though", 11),
        ("before 3 please", 11),
        ("nicht nach 15 uhr", 11),
        ("after 2", 13),
        ("avant 15h", 11),
    ],
)
def test_a_bound_inside_the_part_of_the_day_that_was_said_keeps_the_rest_of_it(text: str, hour: int) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org thursday afternoon")

    assert offered(desk, desk.say(text)) == {f"book lee@example.org 05 {hour}:00 1"}


@pytest.mark.parametrize("text", ["nah earlier again", "anything earlier?", "etwas früher"])
def test_earlier_than_times_from_some_hour_on_is_of_that_day(text: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org thursday 11am")
    desk.say("bit later please")

    reply = desk.say(text)

    assert "Thu 5 Mar 09:00" in reply.text
    assert "Mon 2 Mar" not in reply.text


@pytest.mark.parametrize(
    "text",
    ["same time next week please", "next week same time", "same day next week", "gleiche zeit nächste woche"],
)
def test_the_same_time_next_week_is_on_the_same_weekday(text: str) -> None:
    desk = Desk()
    desk.say("book intro with lee@example.org thursday 2pm")

    assert offered(desk, desk.say(text)) == {"book lee@example.org 12 13:00 1"}


@pytest.mark.parametrize(
    ("first", "then", "deed"),
    [
        ("move nora to friday", "same time next week", "move b1 13 09:00"),
        ("when do i see nora", "move it to next week same time", "move b1 12 09:00"),
    ],
)
def test_a_move_to_the_same_time_next_week_keeps_the_weekday(first: str, then: str, deed: str) -> None:
    desk = desk_with((NORA,))

    reply = desk.say(first)
    reply = desk.say(then) if then else reply

    assert offered(desk, reply) == {deed}
