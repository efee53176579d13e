"""Taking a stretch of a day off: what is left of the hours, whichever way the day was said and wherever it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import CONTEXT, Desk

from bot.dialogue.managing.absence.time_off import left_of_days
from bot.dialogue.wording import times
from bot.language.meaning import Days, Grain, Moment, Span
from bot.language.meaning import Hours as Clock
from bot.scheduling.models import Hours, Schedule
from bot.scheduling.times import TwelveHours

if TYPE_CHECKING:
    from collections.abc import Sequence

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 3, day) for day in (2, 3, 4, 5))
TO_MIDNIGHT = ((time(9), time(0)),)
SPLIT = ((time(8), time(12)), (time(13), time(0)))


def schedule(stretches: Sequence[tuple[time, time]]) -> Schedule:
    hours = tuple(Hours(weekdays=tuple(range(7)), start=start, end=end) for start, end in stretches)
    return Schedule(id="1", name="Usual", zone="Europe/Berlin", is_default=True, hours=hours)


def moment(first: date, last: date, start: int | None, end: int | None, *, is_through: bool = False) -> Moment:
    clock = Clock(start=None if start is None else time(start), end=None if end is None else time(end))
    return Moment(
        span=Span(0, 1), grain=Grain.HOUR, days=Days(first=first, last=last), hours=clock, is_through=is_through
    )


def left(moments: Sequence[Moment], stretches: Sequence[tuple[time, time]], *days: date) -> list[str]:
    rows = left_of_days(moments, schedule(stretches), days)
    return [
        times.hours(row.start, row.end, BERLIN) if row.start is not None and row.end is not None else "off"
        for row in rows
    ]


@pytest.mark.parametrize(
    ("start", "end", "hours", "stays"),
    [
        (13, 15, TO_MIDNIGHT, ["09:00–13:00", "15:00–24:00"]),
        (13, None, TO_MIDNIGHT, ["09:00–13:00"]),
        (None, 12, TO_MIDNIGHT, ["12:00–24:00"]),
        (22, 0, TO_MIDNIGHT, ["09:00–22:00"]),
        (22, 2, TO_MIDNIGHT, ["09:00–22:00"]),
        (0, 0, TO_MIDNIGHT, ["off"]),
        (8, 20, ((time(9), time(17)),), ["off"]),
        (11, 14, SPLIT, ["08:00–11:00", "14:00–24:00"]),
        (18, 20, ((time(9), time(17)),), ["09:00–17:00"]),
    ],
)
def test_what_lies_around_the_stretch_stays(
    start: int | None, end: int | None, hours: Sequence[tuple[time, time]], stays: list[str]
) -> None:
    assert left([moment(THURSDAY, THURSDAY, start, end)], hours, THURSDAY) == stays


def test_every_day_of_several_loses_only_the_stretch() -> None:
    off = moment(MONDAY, TUESDAY, 13, 15)

    assert left([off], TO_MIDNIGHT, MONDAY, TUESDAY) == ["09:00–13:00", "15:00–24:00"] * 2


def test_a_stretch_through_several_days_takes_the_days_between_whole() -> None:
    off = moment(MONDAY, WEDNESDAY, 15, 12, is_through=True)

    assert left([off], TO_MIDNIGHT, MONDAY, TUESDAY, WEDNESDAY) == ["09:00–15:00", "off", "12:00–24:00"]


@given(st.integers(0, 23), st.integers(0, 23), st.integers(0, 23), st.integers(1, 24))
def test_no_minute_is_lost_or_won(opens: int, length: int, start: int, end: int) -> None:
    closes = min(opens + length + 1, 24)
    kept = set(range(opens, closes))
    off = set(range(start, end if end > start else 24))

    rows = left_of_days(
        [moment(THURSDAY, THURSDAY, start, end % 24)], schedule([(time(opens), time(closes % 24))]), [THURSDAY]
    )

    stays = {
        hour
        for row in rows
        if row.start is not None and row.end is not None
        for hour in range(row.start.hour, row.end.hour or 24)
    }
    assert stays == kept - off


def test_dates_are_said_as_they_lie() -> None:
    assert times.dates([date(2026, 3, 6), date(2026, 3, 6)], MONDAY) == "Fri 6 Mar"
    assert times.days((date(2026, 3, 6), date(2026, 3, 6)), MONDAY) == "Fri 6 Mar"
    assert times.dates([MONDAY, WEDNESDAY, THURSDAY], MONDAY) == "Mon 2 Mar, Wed 4 Mar and Thu 5 Mar"
    assert times.dates([MONDAY, TUESDAY, WEDNESDAY], MONDAY) == "Mon 2 Mar to Wed 4 Mar"


def test_midnight_as_an_end_is_said_on_either_clock() -> None:
    assert times.hours(time(22), time(0), BERLIN) == "22:00–24:00"
    assert times.hours(time(22), time(0), TwelveHours("Europe/Berlin")) == "10:00 pm–midnight"


@pytest.mark.parametrize(
    ("first", "then", "off"),
    [
        ("i'm off next week", "except monday", "Tue 10 Mar to Sun 15 Mar"),
        ("i'm off next week", "but not wednesday", "Mon 9 Mar and Tue 10 Mar, Thu 12 Mar to Sun 15 Mar"),
        ("ich habe nächste woche frei", "außer mittwoch", "Mon 9 Mar and Tue 10 Mar, Thu 12 Mar to Sun 15 Mar"),
    ],
)
def test_a_day_that_is_excepted_below_the_card_stays_open(first: str, then: str, off: str) -> None:
    talk = Desk(context=replace(CONTEXT, people=()))
    talk.say(first)

    assert f"Mark {off} as off" in talk.say(then).text
