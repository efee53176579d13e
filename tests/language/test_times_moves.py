"""How far something is moved is neither a time nor a length; which zone an abbreviation means depends on the reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from reading_corpus import REFERENCE

from bot.language.locales.translation import in_english
from bot.language.normalise import normalise
from bot.language.times.moments import TimesRead, read_moments
from bot.language.understand import understand

if TYPE_CHECKING:
    from bot.language.meaning import Reference


def read(text: str, reference: Reference = REFERENCE) -> TimesRead:
    return read_moments(in_english(normalise(text)), reference)


@pytest.mark.parametrize(
    "text",
    [
        "move it back an hour",
        "push the call by a week",
        "move it one week later",
        "reschedule to half an hour later",
        "bring it forward by an hour",
        "shift the review 90 minutes",
        "postpone by two days",
        "verschiebe das Treffen um eine Stunde nach hinten",
        "verschiebe es um einen Tag",
        "aplaza la reunión una semana",
        "mueve la cita una hora más tarde",
        "décale la réunion d'une heure",
        "sposta la riunione di un'ora",
        "推迟一周",
    ],
)
def test_how_far_something_is_moved_is_no_time_and_no_length(text: str) -> None:
    found = read(text)

    assert (found.moments, found.length) == ((), None)
    assert found.covered


@pytest.mark.parametrize(
    ("start", "text"),
    [("2026-03-02T11:00", "move it to in an hour"), ("2026-03-09T00:00", "move it to a week from now")],
)
def test_a_move_to_a_time_from_now_is_a_time(start: str, text: str) -> None:
    moment = read(text).moments[0]

    assert (
        moment.windows(REFERENCE.now.date(), REFERENCE.zone)[0].start.astimezone(REFERENCE.zone).isoformat()[:16]
        == start
    )


@pytest.mark.parametrize("text", ["move the demo to friday for 45 minutes", "change the meeting to 45 minutes"])
def test_a_new_length_in_a_move_is_a_length(text: str) -> None:
    length = read(text).length

    assert length is not None
    assert length.total_seconds() == 45 * 60


@pytest.mark.parametrize(
    ("zone", "zones", "text"),
    [
        ("Europe/Berlin", (), "9am ET"),
        ("Europe/Berlin", (), "9am EST"),
        ("Europe/Berlin", (), "3pm IST"),
        ("Asia/Jerusalem", ("Asia/Jerusalem", "Asia/Kolkata"), "3pm IST"),
        ("Australia/Perth", ("Australia/Sydney", "America/New_York"), "3pm EST"),
        ("America/Denver", (), "3pm CST"),
        ("Europe/Berlin", ("America/Chicago", "Asia/Shanghai"), "3pm CST"),
    ],
)
def test_an_abbreviation_is_asked_about_only_where_people_disagree(
    zone: str, zones: tuple[str, ...], text: str
) -> None:
    assert read(text, replace(REFERENCE, zone=ZoneInfo(zone))).zones == zones


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (120, "tomorrow 2 to 4"),
        (15, "tomorrow 2-2:15"),
        (30, "friday 2pm to 2:30pm"),
        (120, "am Freitag von 14 bis 16 Uhr"),
        (60, "el viernes de 14 a 15"),
        (None, "between 2 and 4 tomorrow"),
        (None, "any time from 2 to 4"),
        (None, "friday 9 to 5"),
        (None, "tomorrow morning"),
        (None, "tuesday or wednesday 10-12"),
        (None, "2 to 4 for 30 minutes"),
        (None, "mondays 2 to 4"),
    ],
)
def test_a_range_said_as_a_whole_tells_how_long(minutes: int | None, text: str) -> None:
    stretch = read(text).stretch

    assert (None if stretch is None else stretch.total_seconds() / 60) == minutes


def test_so_long_from_now_is_a_full_minute() -> None:
    late = replace(REFERENCE, now=REFERENCE.now.replace(second=27))

    assert read("in 1 h 30", late).moments[0].exact == (REFERENCE.now + timedelta(minutes=90)).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Tokyo", "move it to friday 9am tokyo time"),
        ("America/Lima", "friday 9am lima time"),
        ("Asia/Tokyo", "verschiebe es auf Freitag 9 Uhr Tokioter Zeit"),
        ("America/New_York", "Freitag 9 Uhr New Yorker Zeit"),
        ("Asia/Tokyo", "mueve la cita al viernes a las 9 hora de Tokio"),
        ("America/Chicago", "vendredi 15h heure de Chicago"),
        ("Europe/Paris", "venerdì alle 15 ora di Parigi"),
        ("Europe/Lisbon", "sexta às 13h horário de Lisboa"),
        ("Asia/Shanghai", "周五上海时间下午3点"),
        ("Australia/Sydney", "金曜日のシドニー時間の9時"),
    ],
)
def test_a_clock_of_another_place_is_read_in_every_language(zone: str, text: str) -> None:
    assert [moment.zone for moment in read(text).moments] == [zone]


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Dubai", "i'm in dubai from 1 to 15 december"),
        ("America/New_York", "what time is it in new york on friday at 3pm"),
        ("Asia/Tokyo", "what time is friday 3pm in tokyo"),
        ("Europe/London", "what's 3pm friday in london time"),
        ("Asia/Dubai", "ich bin vom 1. bis 15. Dezember in Dubai"),
        ("America/Lima", "estaré en Lima del 1 al 15 de diciembre"),
        ("Asia/Tokyo", "wie viel Uhr ist es in Tokio um 15 Uhr"),
        ("Asia/Tokyo", "我下周在东京"),
        ("America/New_York", "来週ニューヨークにいます"),
        (None, "friday 9am tokyo time"),
        (None, "in an hour"),
        (None, "in june"),
    ],
)
def test_a_place_named_as_one_puts_no_time_into_its_zone(zone: str | None, text: str) -> None:
    found = understand(text, REFERENCE)

    assert found.there == zone
    assert zone is None or all(moment.zone is None for moment in found.moments)
