"""Weekdays that are listed apart from the week that they belong to."""

from __future__ import annotations

import pytest
from reading_corpus import REFERENCE

from bot.language.understand import understand


def days(text: str) -> list[str]:
    return [str(one.days.first)[5:] for one in understand(text, REFERENCE).moments if one.days is not None]


@pytest.mark.parametrize(
    "text",
    [
        "i need 3 slots next week for nora@example.org, mon wed fri at 10",
        "next week with nora@example.org: mon, wed and fri at 10",
        "next week: mon, wed and fri at 10",
        "next week, mon wed fri at 10",
        "mon wed fri next week at 10",
        "book 3 slots with nora next week: mon 10, wed 10 and fri 11",
        "ich brauch nächste woche drei termine mit nora@example.org, mo mi fr um 10",
    ],
)
def test_they_are_days_of_that_week(text: str) -> None:
    assert days(text) == ["03-09", "03-11", "03-13"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("what's free next week and on friday", ["03-09", "03-06"]),
        ("i'm away next week, book nora thursday at 10", ["03-05"]),
        ("next week with kim, or friday", ["03-09", "03-06"]),
    ],
)
def test_a_day_of_its_own_stays_where_it_is(text: str, named: list[str]) -> None:
    assert days(text) == named


def test_a_short_weekday_in_a_list_of_days_is_nobodys_name() -> None:
    assert understand("termin mit nora@example.org, mo mi fr um 10", REFERENCE).people == ()
    assert understand("termin mit mo und nora am freitag um 10", REFERENCE).people == ("mo", "nora")


def test_a_short_monday_is_no_word_for_whose_it_is() -> None:
    assert days("mon and wed next week at 10 with nora") == ["03-09", "03-11"]
