"""Below the card that cancels or moves several meetings: which stay, which alone are meant, more of them, where they go."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, hours_written, offered
from rooms import booking_with

STANDING = (
    booking_with("Lena Ostrow", date(2026, 3, 5), 10, number=1),
    booking_with("Omar Haddad", date(2026, 3, 5), 14, number=2),
    booking_with("Tia Novak", date(2026, 3, 6), 11, number=3),
)
_DAY, _WEEK = "cancel my meetings on thursday", "cancel everything this week"
_MOVED = "move everything on thursday to friday"

BELOW = {
    (_DAY, "cancel b1"): [
        "not the second", "keep the second", "without the second", "spare the second", "except the second",
        "all but the second", "not the 2pm", "leave the 2pm", "keep the 2pm one", "except the 2pm", "not omar",
        "keep omar", "only the morning ones", "just the 10",
    ],
    (_DAY, "cancel b2"): ["not lena", "keep lena", "but leave lena", "only after 1", "just the afternoon", "not the first"],
    (_DAY, "cancel b1, cancel b2"): ["because i'm travelling", "because i'm travelling on friday"],
    (_DAY, "cancel b1, cancel b2, cancel b3"): ["and friday", "friday too", "and friday morning"],
    (_DAY, "move b1 06 09:00, move b2 06 13:00"): ["move them to friday instead", "no, move them to friday"],
    (_DAY, "move b1 05 10:00, move b2 05 14:00"): ["move them an hour later instead"],
    (_WEEK, "cancel b1, cancel b2"): [
        "only thursday", "not friday", "keep friday", "before friday", "leave the last one", "only the first two",
        "just lena and omar", "only lena and omar",
    ],
    (_WEEK, "cancel b2"): ["except lena and tia", "keep lena and tia", "not lena but omar"],
    (_WEEK, "cancel b2, cancel b3"): [
        "lena stays", "lena should stay", "lena soll bleiben", "ohne lena", "sauf lena", "only the last two",
        "den ersten nicht", "behalte den ersten",
    ],
    (_WEEK, "cancel b3"): ["not thursday", "only friday"],
    (_MOVED, "move b2 06 13:00"): ["not lena", "keep lena", "not the first", "only omar"],
    (_MOVED, "move b1 09 09:00, move b2 09 13:00"): ["monday instead"],
}  # fmt: skip
"""By the card and what is wanted below it."""


@pytest.mark.parametrize(
    ("first", "wanted", "text"), [(first, wanted, text) for (first, wanted), texts in BELOW.items() for text in texts]
)
def test_what_is_said_of_some_changes_the_card(first: str, wanted: str, text: str) -> None:
    desk = desk_with(STANDING)
    desk.say(first)

    assert offered(desk, desk.say(text)) == set(wanted.split(", "))


@pytest.mark.parametrize("text", ["keep both", "not lena and omar", "keep lena and omar"])
def test_nothing_left_leaves_no_card(text: str) -> None:
    desk = desk_with(STANDING)
    desk.say(_DAY)

    assert not offered(desk, desk.say(text))


PLAIN = [
    "cancel my meetings on thursday", "cancel the meetings on thursday", "cancel meetings on thursday",
    "cancel my calls on thursday", "delete my appointments thursday", "annule mes rendez-vous de jeudi",
    "annuleer mijn afspraken donderdag", "sag meine termine am donnerstag ab",
]  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_meetings_of_a_day_are_all_of_them(text: str) -> None:
    desk = desk_with(STANDING)

    assert offered(desk, desk.say(text)) == {"cancel b1", "cancel b2"}


def test_the_meeting_of_a_day_is_one() -> None:
    desk = desk_with(STANDING)

    assert not offered(desk, desk.say("cancel my meeting on thursday"))


OTHER = [
    ("cancel tia too", {"cancel b3"}),
    ("cancel omar as well", {"cancel b2"}),
    ("and cancel omar", {"cancel b2"}),
    ("that's 9 in london, right?", {"book kim@example.org 06 09:00 1"}),
    ("is that 9 in london?", {"book kim@example.org 06 09:00 1"}),
    ("das ist 9 uhr in london, oder?", {"book kim@example.org 06 09:00 1"}),
]


@pytest.mark.parametrize(("text", "wanted"), OTHER)
def test_a_card_that_books_takes_up_neither_another_act_nor_another_clock(text: str, wanted: set[str]) -> None:
    desk = desk_with(STANDING)
    desk.say("book 30 min with kim@example.org friday at 10")

    assert offered(desk, desk.say(text)) == wanted


@pytest.mark.parametrize("text", ["take the earliest for kim@example.org", "the earliest for kim@example.org"])
def test_the_earliest_of_what_was_shown(text: str) -> None:
    desk = desk_with(())
    desk.say("what's free friday")

    assert offered(desk, desk.say(text)) == {"book kim@example.org 06 08:00 1"}


@pytest.mark.parametrize("text", ["actually i'm in until noon", "actually i'm in until 12"])
def test_so_much_of_a_day_off_stays_open(text: str) -> None:
    assert hours_written("i'm off friday", text) == "on Fri 6 Mar 09:00–12:00"


THEN = [
    ("cancel what's on then", {"cancel b3"}),
    ("cancel everything then", {"cancel b3"}),
    ("cancel everything", {"cancel b3"}),
    ("cancel my meetings then", {"cancel b3"}),
    ("sag alles ab", {"cancel b3"}),
    ("move what's there to monday", {"move b3 09 10:00"}),
    ("move everything to monday", {"move b3 09 10:00"}),
    ("cancel lena", {"cancel b1"}),
]


@pytest.mark.parametrize(("text", "wanted"), THEN)
def test_below_days_off_it_is_about_the_meetings_of_those_days(text: str, wanted: set[str]) -> None:
    desk = desk_with(STANDING)
    desk.say("i'm off friday")

    assert offered(desk, desk.say(text)) == wanted


@pytest.mark.parametrize("text", ["what do i have then", "what's on that day", "was habe ich da"])
def test_below_days_off_what_is_on_is_asked_of_those_days(text: str) -> None:
    desk = desk_with(STANDING)
    desk.say("i'm off friday")

    assert desk.say(text).text.startswith("1 meeting on Fri 6 Mar")
