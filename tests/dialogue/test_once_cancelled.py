"""Once a meeting was cancelled: it is booked anew at another time or its own, or somebody else then."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import booking_with

STANDING = (
    booking_with("Lena Ostrow", date(2026, 3, 5), 10, number=1),
    booking_with("Omar Haddad", date(2026, 3, 5), 14, number=2),
)

ANEW = [
    ("rebook for friday at 2", "book lena@example.org 06 13:00 1"),
    ("rebook her for friday at 2", "book lena@example.org 06 13:00 1"),
    ("book her again same time next week", "book lena@example.org 12 09:00 1"),
    ("rebook lena for next thursday same time", "book lena@example.org 12 09:00 1"),
    ("rebook", "book lena@example.org 05 09:00 1"),
    ("now book kim@example.org in that slot", "book kim@example.org 05 09:00 1"),
    ("book kim@example.org friday at 2", "book kim@example.org 06 13:00 1"),
    ("cancel omar too", "cancel b2"),
]


@pytest.mark.parametrize(("text", "wanted"), ANEW)
def test_what_is_said_once_it_is_cancelled(text: str, wanted: str) -> None:
    desk = desk_with(STANDING)
    desk.press(desk.say("cancel lena"), "Cancel meeting")

    assert offered(desk, desk.say(text)) == {wanted}


BESIDE = [
    ("also book lee@example.org at 11", "book lee@example.org 06 10:00 1"),
    ("and book lee@example.org at 11", "book lee@example.org 06 10:00 1"),
    ("also book lee@example.org today at 11", "book lee@example.org 02 10:00 1"),
]


@pytest.mark.parametrize(("text", "wanted"), BESIDE)
def test_one_more_is_on_the_day_of_what_was_booked(text: str, wanted: str) -> None:
    desk = desk_with(())
    desk.press(desk.say("book 30 min with kim@example.org friday at 10"), "Book")

    assert offered(desk, desk.say(text)) == {wanted}
