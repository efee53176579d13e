"""Where somebody's day begins or ends: hours of that date, or of every week where the weekday is named for all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rooms import CONTEXT, Desk

OF_A_DATE = [
    ("i have to leave at 3 on thursday", "Thu 5 Mar 09:00–15:00"),
    ("i'm only in from 11 on wednesday", "Wed 4 Mar 11:00–17:00"),
    ("i'm here until 2 on thursday", "Thu 5 Mar 09:00–14:00"),
    ("leaving early on thursday, at 3", "Thu 5 Mar 09:00–15:00"),
    ("late start on wednesday, 11", "Wed 4 Mar 11:00–17:00"),
    ("i start at 7 on wednesday", "Wed 4 Mar 07:00–17:00"),
    ("i work until 3 tomorrow", "Tue 3 Mar 09:00–15:00"),
    ("my day is over at 2 on thursday", "Thu 5 Mar 09:00–14:00"),
    ("ich fange am mittwoch erst um 11 an", "Wed 4 Mar 11:00–17:00"),
    ("ich mache donnerstag um 14 uhr feierabend", "Thu 5 Mar 09:00–14:00"),
    ("jeudi je finis à 15h", "Thu 5 Mar 09:00–15:00"),
    ("el jueves termino a las 3", "Thu 5 Mar 09:00–15:00"),
    ("giovedì finisco alle 14", "Thu 5 Mar 09:00–14:00"),
    ("quinta termino às 14h", "Thu 5 Mar 09:00–14:00"),
    ("donderdag stop ik om 14 uur", "Thu 5 Mar 09:00–14:00"),
]


def desk() -> Desk:
    return Desk(context=replace(CONTEXT, people=()))


@pytest.mark.parametrize(("text", "hours"), OF_A_DATE)
def test_the_hours_of_that_date_begin_or_end_there(text: str, hours: str) -> None:
    reply = desk().say(text)

    assert f"Only on these dates, change the hours of Working hours: {hours}" in reply.text


@pytest.mark.parametrize(
    ("text", "hours"),
    [("i finish at 3 on fridays", "Fri 09:00–15:00"), ("on tuesdays i start at 10", "Tue 10:00–17:00")],
)
def test_of_every_week_where_the_weekday_is_named_for_all(text: str, hours: str) -> None:
    reply = desk().say(text)

    assert hours in reply.text
    assert "Only on these dates" not in reply.text


@pytest.mark.parametrize(
    "text", ["the demo starts at 3 on thursday", "i leave at 3, can we meet sam@example.org at 1 on thursday?"]
)
def test_what_begins_otherwise_is_nobodys_day(text: str) -> None:
    assert "change the hours" not in desk().say(text).text.lower()
