"""Names that are words, right behind an order of another language, and names of places where people meet."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import Reference
from bot.language.understand import understand

REFERENCE = Reference(now=datetime(2026, 3, 2, 9, 0, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))
NAMED = [
    ("Grace", "buche Grace am freitag um 10"),
    ("bill", "sag bill ab"),
    ("miles", "annule miles"),
    ("hope", "annuleer hope"),
    ("Mark", "annulla Mark"),
    ("bill", "cancela a bill"),
    ("julio", "cancela a julio"),
    ("April", "buche April am freitag um 10"),
    ("Don", "verschieb Don auf freitag um 14 uhr"),
    ("Art", "book Art friday at 10"),
    ("Augusto", "book Augusto friday at 10"),
]


@pytest.mark.parametrize(("name", "text"), NAMED)
def test_a_word_right_behind_an_order_is_who_it_is_about(name: str, text: str) -> None:
    read = understand(text, REFERENCE)

    assert read.people == (name,)
    assert read.from_moment is None
    assert [one.days.first.day for one in read.moments if one.days] in ([], [6])


@pytest.mark.parametrize(
    "text", ["annulla domingo", "sag freitag ab", "annule demain", "buche mo um 10", "book art at 3pm ART"]
)
def test_a_day_or_a_zone_behind_an_order_stays_one(text: str) -> None:
    assert set(map(str.lower, understand(text, REFERENCE).people)) <= {"art"}


@pytest.mark.parametrize(
    "text", ["friday at 10 in cafe rosa with tia", "treffen mit tia im restaurant anna am freitag um 10"]
)
def test_where_people_meet_is_nobody(text: str) -> None:
    assert understand(text, REFERENCE).people == ("tia",)
