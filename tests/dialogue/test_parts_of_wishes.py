"""Wishes of more than one part: what of a day is left out, who is meant of several, what else is to happen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from deeds import desk_with, offered
from rooms import booking_with

if TYPE_CHECKING:
    from bot.dialogue.acts import Reply

MORNING = booking_with("Lena Ostrow", date(2026, 3, 5), 10, number=1)
AFTERNOON = booking_with("Omar Haddad", date(2026, 3, 5), 15, number=2)
FRIDAY = booking_with("Tia Novak", date(2026, 3, 6), 11, number=3)

THREE = (MORNING, AFTERNOON, FRIDAY)


def labels(reply: Reply) -> list[str]:
    return [choice.label for choice in reply.choices]


LEFT_OUT = [
    ("cancel b1", "call off all my meetings on thursday apart from the 3pm"),
    ("cancel b2", "cancel my thursday meetings except the one at 10"),
    ("cancel b2", "cancel all of thursday except the morning"),
    ("cancel b2", "cancel everything this week except the mornings"),
    ("cancel b2", "cancel all my stuff on thursday, not the morning one"),
    ("cancel b1; cancel b2", "cancel everything but friday"),
    ("cancel b2; cancel b3", "cancel all but the one at 10"),
    ("move b2 06 14:00", "move all of thursday to friday except the 10am"),
    ("cancel b3", "cancel the one on friday"),
    ("cancel b1; cancel b2", "call off the lot on thursday, thanks"),
]


@pytest.mark.parametrize(("wanted", "text"), LEFT_OUT)
def test_what_is_left_out_by_its_time_stays(wanted: str, text: str) -> None:
    desk = desk_with(THREE)

    assert "; ".join(sorted(offered(desk, desk.say(text)))) == wanted


@pytest.mark.parametrize("text", ["cancel lena or omar", "move lena or omar to friday 2pm", "sag lena oder omar ab"])
def test_one_of_two_people_is_asked_about(text: str) -> None:
    desk = desk_with(THREE)

    reply = desk.say(text)

    assert not offered(desk, reply)
    assert {"Take 1", "Take 2"} <= {label.partition(":")[0] for label in labels(reply)}


TWO_ACTS = [
    ("add kim@example.org to lena's meeting", "move it to friday at 10"),
    ("please invite kim@example.org as well", "push lena to 11"),
    ("move lena to friday 2", "add kim@example.org"),
    ("rename lena to kickoff", "move it to friday 9"),
    ("move lena to friday 9", "rename it kickoff"),
    ("move lena to friday 9", "make it an hour"),
    ("extend lena to an hour", "move it to friday 9"),
    ("book kim@example.org fri 2pm", "remind me an hour before"),
    ("book kim@example.org tomorrow 2pm", "put a hold on friday 9"),
    ("hold tomorrow 2pm", "book friday 9 with kim@example.org"),
    ("cancel lena", "block that time"),
    ("cancel lena", "find me a new time with her next week"),
    ("verschiebe lena auf freitag 9 uhr", "verlängere sie auf eine stunde"),
    ("lena auf freitag 9 uhr", "omar absagen"),
]


@pytest.mark.parametrize(("first", "second"), TWO_ACTS)
def test_another_act_on_the_same_meeting_is_not_lost(first: str, second: str) -> None:
    desk = desk_with(THREE)

    link = "und" if "lena auf" in first else "and"

    assert labels(desk.say(f"{first} {link} {second}")) == [f"Start with «{first}»", f"Start with «{second}»"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("cancel lena or move her to friday", "cancel lena"),
        ("first cancel lena, second move omar to friday 9", "first cancel lena"),
    ],
)
def test_one_act_or_the_other_is_asked_about(text: str, first: str) -> None:
    desk = desk_with(THREE)

    assert labels(desk.say(text))[0] == f"Start with «{first}»"


def test_the_second_act_is_about_the_meeting_of_the_first() -> None:
    desk = desk_with(THREE)
    asked = desk.say("rename omar to kickoff and move it to friday 9")

    assert offered(desk, desk.press(asked, "Start with «move it to friday 9»")) == {"move b2 06 08:00"}


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("move b1 06 13:00", "cancel lena and move her to friday 2"),
        ("cancel b1", "cancel lena and let her know why"),
        ("cancel b1", "cancl lena plz"),
        ("book kim@example.org 06 13:00 1", "bok kim@example.org fryday 2pm"),
        ("book kim@example.org 06 13:00 2", "book kim@example.org fri 2pm and make it an hour"),
        ("book kim@example.org 06 13:00 1", "book kim@example.org fri 2pm and invite omar@example.org as well"),
        ("hold 06 13:00", "hold friday 2pm and book it for kim@example.org"),
    ],
)
def test_one_wish_in_two_verbs_stays_one(wanted: str, text: str) -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say(text)) == {wanted}


CANNOT = [
    ("repeat", "make lena's meeting weekly"),
    ("private", "mark lena's meeting as private"),
    ("private", "markiere den termin mit lena als privat"),
    ("split", "split lena's meeting in two"),
    ("merge", "merge lena and omar"),
    ("hosts", "transfer lena's meeting to omar"),
    ("hosts", "hand lena's meeting over to omar@example.org"),
    ("one meeting at a time", "book kim@example.org and omar@example.org separately on thursday at 10 and 11"),
    ("one meeting at a time", "buche kim@example.org und omar@example.org getrennt am donnerstag um 10"),
    ("one meeting at a time", "2 x 30 min with kim@example.org on thursday"),
    ("one meeting at a time", "book kim@example.org twice on thursday"),
    ("one meeting at a time", "book kim@example.org for 30 min twice"),
    ("one meeting at a time", "two half-hour calls with kim@example.org on thursday"),
]


@pytest.mark.parametrize(("said", "text"), CANNOT)
def test_what_cannot_be_done_is_said(said: str, text: str) -> None:
    desk = desk_with(THREE)

    reply = desk.say(text)

    assert said in reply.text
    assert not offered(desk, reply) or "this is about the first" in reply.text


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("book kim@example.org 05 13:00 1", "join kim@example.org and omar@example.org for a call thu 2pm"),
        ("move b1 05 14:00", "set lena to 3pm"),
        ("move b1 05 10:00", "keep lena but make it 11"),
        ("hold 06 14:00", "keep friday at 2, make it 3"),
        ("book kim@example.org 05 13:00 1", "pls schedule kim@example.org thu 14h"),
        ("", "if thursday 9 is taken then book kim@example.org at 10, otherwise 9"),
    ],
)
def test_words_that_look_like_one_are_read_as_meant(wanted: str, text: str) -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say(text)) == ({wanted} if wanted else set())


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("Denver", "book kim@example.org thursday 9am her time, she's in denver"),
        ("14:00–14:30 Lisbon", "kim@example.org is in lisbon, book her friday at 2 her time"),
        ("which time zone", "i'm in lisbon, book kim@example.org friday 3pm her time"),
        ("14:00–14:30 Berlin", "book kim@example.org 2pm thu (8am for her in boston)"),
        ("09:00–09:30 New York", "book kim@example.org when it's 9 in new york, friday"),
    ],
)
def test_the_clock_of_whoever_was_said_to_be_there(said: str, text: str) -> None:
    desk = desk_with(())

    assert said in desk.say(text).text
