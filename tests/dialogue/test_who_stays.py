"""Who and what is to stay beside an act: said behind it, with a verb of its own, in other words than «keep»."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import booking_with

THREE = (
    booking_with("Lena Ostrow", date(2026, 3, 5), 12, number=1),
    booking_with("Omar Haddad", date(2026, 3, 5), 14, number=2),
    booking_with("Tia Novak", date(2026, 3, 6), 12, number=3),
)

STAYING = [
    ({"cancel b1"}, "get rid of lena's slot but hang on to omar's"),
    ({"cancel b1"}, "cancel lena, hold on to omar"),
    ({"cancel b1"}, "lena's slot can go, omar's stays"),
    ({"cancel b1"}, "cancel lena, omar and tia stay"),
    ({"cancel b1"}, "lena absagen, omar soll bleiben"),
    ({"cancel b1", "cancel b2"}, "cancel lena and omar, tia stays"),
    ({"cancel b1"}, "cancel thursday, omar stays"),
    ({"cancel b1"}, "cancel everything on thursday, omar is to stay"),
    ({"cancel b1"}, "cancel everything on thursday except my 2pm"),
    ({"cancel b1"}, "alles am donnerstag absagen, omar soll bleiben"),
    ({"cancel b1", "cancel b2"}, "i need to cancel all of my calls this week, not friday"),
    ({"cancel b1", "cancel b2"}, "cancel lena 2moro w/ omar"),
    ({"move b1 06 11:00"}, "move everything on thursday to friday, omar stays"),
    ({"move b1 12 11:00", "move b2 12 13:00"}, "move all of my calls this week to next week, not friday's"),
    ({"move b3 05 14:00"}, "move tia to thu 2 → 3pm"),
]


@pytest.mark.parametrize(("wanted", "text"), STAYING)
def test_who_stays_is_left_as_they_are(wanted: set[str], text: str) -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say(text)) == wanted
