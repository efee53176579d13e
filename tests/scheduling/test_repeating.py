"""The steps of a type that repeats by itself: wall times in the attendee's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.scheduling.limits import Repeats, Rhythm, starts_of

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def days(rule: Repeats, first: datetime, count: int, zone: ZoneInfo) -> list[str]:
    return [f"{start.astimezone(zone):%Y-%m-%d %H:%M}" for start in starts_of(rule, first, count, zone)]


def test_weeks_keep_the_wall_time_of_the_attendee_when_the_clocks_change() -> None:
    rule = Repeats(rhythm=Rhythm.WEEKLY, most=4)
    first = datetime(2026, 3, 20, 9, tzinfo=UTC)

    assert days(rule, first, 3, BERLIN) == ["2026-03-20 10:00", "2026-03-27 10:00", "2026-04-03 10:00"]
    assert starts_of(rule, first, 3, BERLIN)[2] - first == timedelta(days=14, hours=-1)
    assert starts_of(rule, first, 3, NEW_YORK)[2] - first == timedelta(days=14)


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        (Rhythm.MONTHLY, ["2027-01-31 09:00", "2027-02-28 09:00", "2027-03-28 09:00"]),
        (Rhythm.YEARLY, ["2027-01-31 09:00", "2028-01-31 09:00", "2029-01-31 09:00"]),
        (Rhythm.OTHER, ["2027-01-31 09:00"]),
    ],
)
def test_months_and_years(rhythm: Rhythm, expected: list[str]) -> None:
    first = datetime(2027, 1, 31, 8, tzinfo=UTC)

    assert days(Repeats(rhythm=rhythm, most=9), first, 3, BERLIN) == expected


def test_never_more_than_the_type_allows() -> None:
    rule = Repeats(rhythm=Rhythm.WEEKLY, interval=2, most=2)

    assert len(starts_of(rule, datetime(2026, 3, 20, 9, tzinfo=UTC), 5, BERLIN)) == 2
