"""Wishes of more than one part: what of a day is left out, who is meant of several, what else is to happen."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import booking_with

MORNING = booking_with("Lena Ostrow", date(2026, 3, 5), 10, number=1)
AFTERNOON = booking_with("Omar Haddad", date(2026, 3, 5), 15, number=2)
FRIDAY = booking_with("Tia Novak", date(2026, 3, 6), 11, number=3)
THREE = (MORNING, AFTERNOON, FRIDAY)

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
]


@pytest.mark.parametrize(("wanted", "text"), LEFT_OUT)
def test_what_is_left_out_by_its_time_stays(wanted: str, text: str) -> None:
    desk = desk_with(THREE)

    assert "; ".join(sorted(offered(desk, desk.say(text)))) == wanted
