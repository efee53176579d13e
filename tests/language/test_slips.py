from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import Reference
from bot.language.normalise import normalise
from bot.language.report import bounds
from bot.language.slips import meant, meant_abroad
from bot.language.understand import understand

REFERENCE = Reference(now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("bokking", "booking"),
        ("meetnig", "meeting"),
        ("mettings", "meetings"),
        ("resheduel", "reschedule"),
        ("shcedule", "schedule"),
        ("appoitment", "appointment"),
        ("avaliability", "availability"),
        ("cacnel", "cancel"),
        ("interveiw", "interview"),
        ("tomorow", "tomorrow"),
    ],
)
def test_a_slip_in_a_word_of_the_trade_is_undone(typed: str, right: str) -> None:
    assert normalise(f"my {typed} please").words[1] == right


@pytest.mark.parametrize(
    "word",
    [
        "melting",
        "cancer",
        "cancela",
        "confirme",
        "interviewer",
        "posting",
        "calendario",
        "greeting",
        "bookmark",
        "schneider",
    ],
)
def test_a_word_of_its_own_is_no_slip(word: str) -> None:
    assert meant(word) == word


def test_a_name_is_never_respelt() -> None:
    assert normalise("call with Metting and Booking").words == ("call", "with", "metting", "and", "booking")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("buche ana@acme.io donerstag um 10", "2026-03-05T10:00"),
        ("termin mit ana@acme.io am Mittwcoh um 10", "2026-03-04T10:00"),
        ("reserva con ana@acme.io el juves a las 10", "2026-03-05T10:00"),
        ("réserve ana@acme.io vendrdi à 10h", "2026-03-06T10:00"),
        ("prenota ana@acme.io per govedì alle 10", "2026-03-05T10:00"),
        ("afspraak met ana@acme.io op wonsdag om 10", "2026-03-04T10:00"),
    ],
)
def test_a_slip_in_a_day_of_another_language_is_undone(text: str, start: str) -> None:
    (moment,) = understand(text, REFERENCE).moments

    assert str(bounds(moment, REFERENCE)["start"])[:16] == start


@pytest.mark.parametrize("word", ["donnerstags", "martens", "sonntage", "verschiebt"])
def test_another_word_is_no_slip_of_a_day(word: str) -> None:
    assert meant_abroad(word, ("termin", "mit", word, "um")) == word


def test_a_day_is_looked_for_only_where_its_language_is_told() -> None:
    assert meant_abroad("juves", ("book", "juves", "friday")) == "juves"
