"""Times of one's own things: where a new meeting cannot be, what goes, what moves; and days on which nothing is to be."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, hours_written, offered
from rooms import booking_with

LENA, OMAR, TIA = (
    booking_with("Lena Ostrow", date(2026, 3, 5), 12, number=1),
    booking_with("Omar Haddad", date(2026, 3, 4), 12, number=2),
    booking_with("Tia Novak", date(2026, 3, 6), 14, number=3),
)
THREE = (LENA, OMAR, TIA)

NEW_BESIDE = [
    ("book kim@example.org 05 14:00 1", "i'm free from 2 on thursday, book kim@example.org at 3"),
    ("book kim@example.org 05 14:00 1", "book kim@example.org for 3 thursday instead of my lunch at 12"),
    ("book kim@example.org 05 14:00 1", "lena cancelled, book kim@example.org thursday at 3"),
    ("book kim@example.org 05 14:00 1", "my call thursday at 4 with sam got cancelled, book kim@example.org at 3"),
]


@pytest.mark.parametrize(("wanted", "text"), NEW_BESIDE)
def test_the_clock_of_ones_own_things_is_no_time_of_a_new_meeting(wanted: str, text: str) -> None:
    desk = desk_with(THREE)

    done = offered(desk, desk.say(text))

    assert done == {wanted}


STANDING = [
    ("cancel b1", "lena just cancelled, can you drop it"),
    ("cancel b3", "tia pulled out of friday"),
    ("cancel b1", "my 12pm on thursday needs to go"),
    ("move b1 05 12:00", "can my 12pm thursday be at 1pm instead"),
    ("move b1 05 12:00", "make my 12pm thursday 1pm"),
    ("move b1 05 12:00", "my 12pm thursday has to go to 1"),
    ("move b1 06 09:00", "lena cancelled thursday, move her to friday at 10"),
]


@pytest.mark.parametrize(("wanted", "text"), STANDING)
def test_what_is_told_of_a_meeting_is_done_with_it(wanted: str, text: str) -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say(text)) == {wanted}


@pytest.mark.parametrize(
    "text", ["lena cancelled", "lena has just cancelled on me", "the 12 o'clock thursday got cancelled"]
)
def test_a_meeting_that_others_gave_up_is_cancelled_when_asked(text: str) -> None:
    desk = desk_with(THREE)

    question = desk.say(text)

    assert not offered(desk, question)
    assert offered(desk, desk.press(question, "Yes, cancel it")) == {"cancel b1"}


NOTHING_THEN = [
    ("on Fri 6 Mar off", ("nothing on friday please",)),
    ("on Fri 6 Mar off", ("friday nothing please",)),
    ("on Fri 6 Mar off", ("please put nothing on friday",)),
    ("on Fri 6 Mar off", ("am freitag bitte nichts",)),
    ("on Fri 6 Mar off", ("el viernes nada",)),
    ("on Fri 6 Mar off", ("vendredi rien",)),
    ("Mon–Thu 09:00–17:00", ("nothing on fridays",)),
    ("Mon–Thu 09:00–17:00", ("freitags bitte nichts",)),
]


@pytest.mark.parametrize(("wanted", "texts"), NOTHING_THEN)
def test_a_day_on_which_nothing_is_to_be_is_closed(wanted: str, texts: tuple[str, ...]) -> None:
    assert hours_written(*texts) == wanted


def test_a_look_behind_a_day_a_year_away_goes_on_from_it() -> None:
    desk = desk_with(THREE)

    assert "Feb 2028" in desk.say("what do i have after 3 february 2028").text


BY_CLOCKS = [
    ({"cancel b1", "cancel b4"}, "cancel my 12 and my 2 on thursday"),
    ({"cancel b1", "cancel b4"}, "cancel the 12 and the 2 on thursday"),
    ({"move b1 06 11:00", "move b4 06 13:00"}, "move thursday's 12pm and 2pm to friday"),
    ({"move b1 06 11:00", "move b4 06 13:00"}, "move my 12 and my 2 on thursday to friday"),
    ({"move b1 05 12:00", "move b4 05 14:00"}, "push my 12pm and my 2pm thursday back an hour"),
    ({"move b1 06 11:00", "move b4 06 13:00"}, "verschieb die termine um 12 und um 14 uhr am donnerstag auf freitag"),
]


@pytest.mark.parametrize(("wanted", "text"), BY_CLOCKS)
def test_each_meeting_that_is_told_by_its_clock_is_meant(wanted: set[str], text: str) -> None:
    desk = desk_with((*THREE[:2], booking_with("Sam Ng", date(2026, 3, 5), 14, number=4)))

    assert offered(desk, desk.say(text)) == wanted


@pytest.mark.parametrize("text", ["move lena 10 or 11 friday", "verschieb lena am freitag auf 10 oder 11 uhr"])
def test_two_times_to_choose_from_are_where_it_goes(text: str) -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say(text)) == {"move b1 06 09:00"}


def test_a_day_on_which_there_is_none_of_hers_is_where_it_goes() -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say("move lena on friday to 4pm")) == {"move b1 06 15:00"}
