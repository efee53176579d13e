"""Holidays: christmas, next easter, labor day weekend, thanksgiving of next year."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from bot.language.meaning import Grain
from bot.language.times.numbers import length_at
from bot.language.times.pieces import Day, Piece, add_days, add_months, unit_days
from bot.language.wordfiles import word_tables

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading


def read_holiday(reading: Reading, index: int) -> Piece | None:
    """Christmas, next easter, labor day weekend; this year's or the next."""
    shift = reading.name(index, "shift")
    at = index + bool(shift)
    name, end = reading.name(at, "holiday"), at + 1
    if not name or (reading.words[at] == _FEASTS and not _is_bounded(reading, at)):
        return None
    year, after = _year_behind(reading, end)
    if year is not None:
        end = after
        day = _holiday(name, year)
    else:
        day = _holiday(name, reading.today.year)
        if day is not None and day < reading.today:
            day = _holiday(name, reading.today.year + 1)
        if shift == "last" and day is not None:
            day = _holiday(name, day.year - 1)
    if day is None:
        return None
    if reading.name(end, "unit") == "weekend":
        return _holiday_weekend(index, end + 1, day)
    if reading.words[end] == "week":
        first, last, grain = unit_days("week", day)
        return Piece(index, end + 1, "holiday week", day=Day(first=first, last=last, grain=grain))
    return Piece(index, end, "holiday", day=Day(first=day, last=day))


_FEASTS = "the holidays"
"""Christmas to new year, as people say it in autumn."""
_AUTUMN = 9


def _is_bounded(reading: Reading, at: int) -> bool:
    """«before the holidays»: only a bound tells which day of them is meant."""
    at -= at > 1 and "the" in reading.senses[at - 1]
    return at > 0 and "before" in reading.senses[at - 1] and reading.today.month >= _AUTUMN


_YEARS = {"this": 0, "next": 1, "last": -1}


def _year_behind(reading: Reading, end: int) -> tuple[int | None, int]:
    """The year said behind a holiday (2027, next year, in two years) and the index behind it."""
    at = end + (reading.words[end] in {",", "of", "in"})
    word = reading.words[at]
    if len(word) == 4 and word.isdigit() and 1950 <= int(word) <= 2100:
        return int(word), at + 1
    shift = reading.name(at, "shift")
    if shift in _YEARS and reading.name(at + 1, "unit") == "year":
        return reading.today.year + _YEARS[shift], at + 2
    found = length_at(reading, at) if reading.words[end] == "in" else None
    if found is not None and found[0].unit == "year" and 0 < found[0].months <= 600:
        return reading.today.year + found[0].months // 12, found[1]
    return None, end


def _holiday_weekend(index: int, end: int, day: date) -> Piece:
    """The weekend beside a holiday, with it where they touch."""
    weekday = day.weekday()
    saturday = add_days(day, -2 - (weekday == 1) if weekday < 2 else 5 - weekday)
    last = max(day, add_days(saturday, 1)) if weekday < 2 else add_days(saturday, 1)
    return Piece(index, end, "holiday weekend", day=Day(first=min(day, saturday), last=last, grain=Grain.WEEKEND))


@cache
def _moons() -> dict[str, dict[str, str]]:
    return word_tables("holidays")


def _holiday(name: str, year: int) -> date | None:
    """`12-25`, `easter-2`, `spring_festival+14`, `11-3-4+1` (month, weekday, which one, days after); `l` is the last one."""
    if not name[0].isdigit():
        feast = name.rstrip("+-0123456789")
        written = "" if feast == "easter" else _moons()[feast].get(str(year), "")
        if feast != "easter" and not written:
            return None  # further ahead than the calendar of the moon is written down
        base = date.fromisoformat(f"{year}-{written}") if written else _easter(year)
        return add_days(base, int(name.removeprefix(feast)))
    rule, _, extra = name.partition("+")
    fields = rule.split("-")
    if len(fields) == 2:
        return date(year, int(fields[0]), int(fields[1]))
    month, weekday = int(fields[0]), int(fields[1])
    if fields[2] == "l":
        end = add_days(add_months(date(year, month, 1), 1), -1)
        return add_days(end, -((end.weekday() - weekday) % 7))
    first = date(year, month, 1)
    return add_days(first, (weekday - first.weekday()) % 7 + 7 * (int(fields[2]) - 1) + int(extra or 0))


def _easter(year: int) -> date:
    """Western Easter by the Gregorian rule (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
