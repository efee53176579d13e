"""What is not to be, and how often: the cards and questions that exceptions, bounds and counted repetitions lead to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from rooms import BERLIN, CONTEXT, Desk, booking_with

from bot.dialogue.cards import WriteOut
from bot.scheduling.writes import BookSlot, ChangeSchedule, Write

if TYPE_CHECKING:
    from bot.dialogue.acts import Reply


def desk() -> Desk:
    return Desk(context=replace(CONTEXT, people=()))


def writes(talk: Desk, reply: Reply) -> list[Write]:
    card = talk.cards.get(reply.card)
    options = card.options if card is not None else ()
    return [write for option in options if isinstance(option.press, WriteOut) for write in option.press.writes]


@pytest.mark.parametrize(
    "text",
    [
        "book sam@example.org twice a week at 9",
        "buche sam@example.org zweimal pro woche um 9",
        "sam@example.org 3x a week at 9",
    ],
)
def test_how_often_without_the_days_is_a_question(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "which" in reply.text
    assert not writes(talk, reply)


def test_how_often_with_the_days_is_a_card() -> None:
    talk = desk()

    reply = talk.say("book sam@example.org twice a week, tuesday and thursday at 9")

    assert len(writes(talk, reply)) > 1


@pytest.mark.parametrize(
    "text", ["never outside 10 to 4", "no meetings outside 10 to 4", "keine termine außerhalb von 10 bis 16 uhr"]
)
def test_nothing_outside_of_hours_makes_them_the_hours(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    (write,) = writes(talk, reply)
    assert isinstance(write, ChangeSchedule)
    assert {(row.start.hour, row.end.hour) for row in write.hours or ()} == {(10, 16)}


@pytest.mark.parametrize(
    "text", ["next week without wednesday", "next week bar wednesday", "nächste woche, mittwoch ausgenommen"]
)
def test_a_day_left_out_is_not_offered(text: str) -> None:
    talk = desk()

    talk.say(f"30 min with sam@example.org {text}")

    days = {slot.start.astimezone(BERLIN).weekday() for slot in talk.conversation.offered}
    assert days
    assert 2 not in days


def week(text: str) -> str:
    """The week that a card would set: «0-3 09:00-17:00; 4 09:00-12:00», weekdays from Monday = 0."""
    talk = desk()
    found = [
        write for write in writes(talk, talk.say(text)) if isinstance(write, ChangeSchedule) and write.hours is not None
    ]
    rows = found[0].hours or () if found else ()
    return "; ".join(f"{''.join(map(str, row.weekdays))} {row.start:%H:%M}-{row.end:%H:%M}" for row in rows)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (rows, text)
        for rows, texts in {
            "0134 10:00-18:00": [
                "working hours 10 to 6 except wednesdays", "my hours are mon to fri 10-6, not wednesday",
                "arbeitszeiten 10 bis 18 uhr außer mittwochs", "ich arbeite mo bis fr 10-18 uhr, außer mittwoch",
                "je travaille du lundi au vendredi de 10h à 18h sauf mercredi",
            ],
            "0123 08:00-16:00": [
                "i work weekdays 8 to 4 but not fridays", "mon-thu 8-4, fri off", "set my hours to 8-16 except on fridays",
                "je travaille du lundi au jeudi de 8h à 16h, vendredi fermé", "mon-fri 8-4, closed on fridays",
                "weekdays 8 to 4, friday off", "mo-fr 8-16, freitags geschlossen", "平日8時から16時、金曜は休み",
            ],
            "01234 08:00-12:00; 01234 13:00-16:00": [
                "working hours 8 to 4 except 12 to 1", "my hours: mon-fri 8-12 and 13-16",
                "mi horario de lunes a viernes de 8 a 12 y de 13 a 16",
            ],
            "0123 08:00-16:00; 4 08:00-12:00": [
                "i work mon-thu 8-4, fri 8-12", "ich arbeite mo-do 8-16 uhr, fr 8-12", "ik werk ma-do 8-16 uur, vr 8-12",
            ],
            "01234 09:00-18:00": [
                "trabalho seg a sex das 9 às 18", "lavoro da lunedì a venerdì dalle 9 alle 18",
                "月曜から金曜の9時から18時が勤務時間です", "工作时间周一到周五9点到18点",
            ],
            "0 08:00-17:00; 1234 09:00-17:00": ["i start at 8 on mondays"],
            "0123 09:00-17:00; 4 09:00-15:00": ["i finish at 3 on fridays"],
            "0134 09:00-17:00": ["no work on wednesdays"],
            "0134 09:00-17:00; 2 09:00-20:00": ["i work 9 to 5, wednesdays till 8"],
        }.items()
        for text in texts
    ],
)  # fmt: skip
def test_hours_are_set_as_they_are_told(rows: str, text: str) -> None:
    assert week(text) == rows


@pytest.mark.parametrize("text", ["i'm off mon-wed 9-5, fri off", "set my hours to 10-6 this week except wednesday"])
def test_hours_of_certain_days_leave_the_week_as_it_is(text: str) -> None:
    assert week(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "book sam@example.org tomorrow at 2, or 3 if 2 is taken", "sam@example.org tomorrow at 2, failing that at 3",
        "sam@example.org tomorrow at 2, if not 3", "sam@example.org morgen um 14 uhr, sonst um 15 uhr",
    ],
)  # fmt: skip
def test_a_second_choice_is_no_second_booking(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert 15 in {slot.start.astimezone(BERLIN).hour for slot in talk.conversation.offered}
    card = talk.cards.get(reply.card)
    presses = [option.press for option in card.options] if card is not None else []
    assert all(len(press.writes) == 1 for press in presses if isinstance(press, WriteOut))


def test_a_condition_with_another_act_is_still_asked_about() -> None:
    talk = desk()

    reply = talk.say("book sam@example.org at 2 tomorrow, if not cancel lena")

    assert not writes(talk, reply)


def test_two_places_on_two_days_are_two_stays() -> None:
    talk = desk()

    reply = talk.say("i'm in lisbon thursday and in tokyo friday")

    assert [(stay.zone, stay.first.day) for stay in talk.conversation.stays] == [
        ("Europe/Lisbon", 5),
        ("Asia/Tokyo", 6),
    ]
    assert "Lisbon time for Thu 5 Mar, Tokyo time for Fri 6 Mar" in reply.text


def test_everything_on_two_days_is_looked_for_on_both() -> None:
    talk = Desk(
        context=replace(CONTEXT, people=()),
        bookings=(
            booking_with("Lena Ostrow", date(2026, 3, 5), 12, number=1),
            booking_with("Omar Haddad", date(2026, 3, 6), 11, number=2),
        ),
    )

    reply = talk.say("push everything on thursday and friday to next week")

    assert "Lena" in reply.text
    assert "Omar" in reply.text


def test_a_part_of_a_day_without_meetings_says_which_part() -> None:
    talk = Desk(
        context=replace(CONTEXT, people=()), bookings=(booking_with("Lena Ostrow", date(2026, 3, 5), 9, number=1),)
    )

    assert "Thu 5 Mar 12:00–17:00" in talk.say("anything on thursday afternoon?").text


def test_an_hour_behind_a_not_is_left_out_and_the_other_one_holds() -> None:
    talk = desk()

    (write,) = {
        write
        for write in writes(talk, talk.say("book sam@example.org thursday at 2, not 3"))
        if isinstance(write, BookSlot)
    }

    assert write.slot.start.astimezone(BERLIN).strftime("%d %H:%M") == "05 14:00"


def test_a_clock_behind_days_that_are_left_out_is_that_of_the_days_that_stay() -> None:
    talk = desk()

    reply = talk.say("book sam@example.org any day next week except monday and wednesday at 11")

    starts = {
        write.slot.start.astimezone(BERLIN).strftime("%a %H:%M")
        for write in writes(talk, reply)
        if isinstance(write, BookSlot)
    }
    assert starts == {"Tue 11:00"}
