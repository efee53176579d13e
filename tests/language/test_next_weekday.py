"""«Nächsten dienstag», «mardi prochain», «el próximo martes»: whose tomorrow is never meant, and which of two weeks is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import DoubtKind, Reference
from bot.language.understand import understand

MONDAY = date(2026, 3, 2)
TUESDAY = {
    "nächsten Dienstag um 11": "", "mardi prochain à 11h": "", "el próximo martes a las 11": "",
    "el martes que viene a las 11": "", "martedì prossimo alle 11": "", "il prossimo martedì alle 11": "",
    "volgende dinsdag om 11 uur": "", "na próxima terça às 11h": "", "terça que vem às 11h": "",
}  # fmt: skip
ASKED = (
    "nächsten Freitag um 11", "vendredi prochain à 11h", "venerdì prossimo alle 11", "na próxima sexta às 11h",
    "sexta que vem às 11h",
)  # fmt: skip
OFFERED = {
    "el próximo viernes a las 11": 6,
    "el viernes que viene a las 11": 6,
    "il prossimo venerdì alle 11": 6,
    "volgende vrijdag om 11 uur": 13,
}
CERTAIN = {
    "kommenden Freitag um 11": 6,
    "este viernes a las 11": 6,
    "vendredi à 11h": 6,
    "komende vrijdag om 11 uur": 6,
}


def on(day: date) -> Reference:
    zone = ZoneInfo("Europe/Berlin")
    return Reference(now=datetime(day.year, day.month, day.day, 10, tzinfo=zone), zone=zone)


def days(text: str, today: date = MONDAY) -> list[int]:
    return [one.days.first.day for one in understand(f"{text} kim@example.org", on(today)).moments if one.days]


def doubts(text: str, today: date = MONDAY) -> dict[DoubtKind, list[int]]:
    read = understand(f"{text} kim@example.org", on(today))
    return {one.kind: [moment.days.first.day for moment in one.moments if moment.days] for one in read.doubts}


@pytest.mark.parametrize("text", TUESDAY)
def test_tomorrow_is_called_so_by_nobody(text: str) -> None:
    assert days(text) == [10]
    assert doubts(text) == {DoubtKind.TWO_ORDERS: [10, 3]}


@pytest.mark.parametrize("text", ASKED)
def test_a_later_day_of_the_week_is_asked_about_where_people_differ(text: str) -> None:
    assert doubts(text) == {DoubtKind.TWO_WEEKS: [6, 13]}


@pytest.mark.parametrize(("text", "day"), OFFERED.items())
def test_the_other_week_is_a_button_where_most_mean_the_same(text: str, day: int) -> None:
    assert days(text) == [day]
    assert doubts(text) == {DoubtKind.TWO_ORDERS: [day, 19 - day]}


@pytest.mark.parametrize(("text", "day"), CERTAIN.items())
def test_other_words_for_it_leave_no_doubt(text: str, day: int) -> None:
    assert days(text) == [day]
    assert not doubts(text)


@pytest.mark.parametrize("text", [*TUESDAY, *ASKED, *OFFERED])
def test_behind_the_weekend_it_is_clear(text: str) -> None:
    saturday = MONDAY + timedelta(days=5)
    assert not doubts(text, saturday)
