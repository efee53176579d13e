"""Days of another language in an English text are those days: the day is never dropped, and the clock never falls on today."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import Intent, Reference
from bot.language.understand import understand

REFERENCE = Reference(now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("move omar to freitag 10 am", date(2026, 3, 6), time(10)),
        ("book priya@example.org donnerstag 14 uhr please", date(2026, 3, 5), time(14)),
        ("schedule a call with priya@example.org am mittwoch at 3", date(2026, 3, 4), time(15)),
        ("can you move omar auf dienstag 9 uhr", date(2026, 3, 3), time(9)),
        ("book priya@example.org jueves 14:00 please", date(2026, 3, 5), time(14)),
        ("move omar to vendredi 9h please", date(2026, 3, 6), time(9)),
        ("book priya@example.org morgen at 11", date(2026, 3, 3), time(11)),
    ],
)
def test_the_day_is_read(text: str, day: date, clock: time) -> None:
    (moment,) = understand(text, REFERENCE).moments

    assert moment.days is not None
    assert moment.days.first == day
    assert moment.hours is not None
    assert moment.hours.start == clock


@pytest.mark.parametrize(
    "text", ["what do i have on freitag", "what's on my calendar am donnerstag", "anything on mittwoch?"]
)
def test_a_look_at_such_a_day_is_a_look(text: str) -> None:
    assert understand(text, REFERENCE).intent is Intent.LIST_BOOKINGS


def test_whoever_is_called_like_a_day_is_a_person() -> None:
    found = understand("book Frau Freitag on monday at 10", REFERENCE)

    assert [moment.days.first for moment in found.moments if moment.days] == [date(2026, 3, 2)]
