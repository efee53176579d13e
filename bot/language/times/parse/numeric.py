"""Dates in figures: 4/25, 4/25/27, 25.4.2027, 2027-04-25, 04/2027; and the years behind any date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Grain
from bot.language.times.parse.clock import is_preceded, is_stopped
from bot.language.times.pieces import Day, Piece, safe_date

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading


def is_plain(reading: Reading, index: int) -> bool:
    """Whether nothing follows that makes the number before it an hour or a count."""
    senses = reading.senses[index].keys()
    return senses.isdisjoint(("meridiem", "colon", "oclock", "unit", "hourmark", "dash", "noun", "dot")) or (
        reading.words[index] == "." and not reading.glued[index + 1]
    )


def year_at(reading: Reading, index: int, *, is_needed: bool = False) -> tuple[int | None, int]:
    """A year behind a date (2027, '27) and the index behind it. `is_needed`: behind a bare month, no comma between."""
    at = index if is_needed else reading.skip(index, "comma", "dot", "slash") if reading.senses[index] else index
    at = reading.skip(at, "of") if reading.words[at] in {"of", "in"} else at
    word = reading.words[at]
    if len(word) == 4 and word.isdigit() and 1900 <= int(word) <= 2100:
        if "meridiem" in reading.senses[at + 1] or "hourmark" in reading.senses[at + 1]:
            return None, index
        return int(word), at + 1
    digits = reading.digits(at)
    is_short = at == index and not is_needed and digits is not None and len(word) == 2 and 13 <= digits <= 40
    if is_short and not reading.glued[at] and is_plain(reading, at + 1) and not reading.glued[at + 1]:
        return 2000 + (digits or 0), at + 1
    if word == "'" and reading.digits(at + 1) is not None and len(reading.words[at + 1]) == 2:
        return 2000 + (reading.digits(at + 1) or 0), at + 2
    return None, index


def read_numeric_date(reading: Reading, index: int) -> Piece | None:
    """4/25, 4/25/27, 25.4.2027, 2027-04-25, 12-20."""
    first, mark, second = reading.digits(index), reading.words[index + 1], reading.digits(index + 2)
    if (
        first is None
        or second is None
        or mark not in {"/", "-", "."}
        or not (reading.glued[index + 1] and reading.glued[index + 2])
    ):
        return None
    before = reading.words[index - 1] if index and reading.glued[index] else ""
    if (
        before in {":", "/", ".", "$", "#"}
        or (before == "-" and mark == "-")
        or (reading.words[index + 3] in {"of", "in"} and mark == "-")
    ):
        return None
    third, end = None, index + 3
    if reading.words[end] == mark and reading.glued[end]:
        third = reading.digits(index + 4)
        end = index + 5 if third is not None else end + (mark == ".")
    day = _ordered(reading, index, (first, second, third), mark)
    if day is None or (
        end < reading.size
        and reading.glued[end]
        and reading.words[end] in {"/", "-", ":"}
        and third is not None
        and not (reading.words[end] == "-" and mark == reading.words[end + 2] == "/")
    ):
        return None
    if third is None and day.number is not None and _is_no_date(reading, index, end, mark):
        return None
    return Piece(index, end, f"date 4{mark}25", day=day)


def _is_no_date(reading: Reading, index: int, end: int, mark: str) -> bool:
    """Whether two numbers without a year are rather hours, a version or a fraction."""
    if (
        not reading.senses[end]
        .keys()
        .isdisjoint(("meridiem", "oclock", "unit", "colon", "ish", "noun", "hourmark", "zone", "zones"))
    ):
        return reading.words[end] != ":" or reading.glued[end + 1]
    if mark == ".":
        is_closed = reading.words[end - 1] == "." or is_preceded(reading, index, "on")
        is_foreign = reading.lexicon.date_order == "mdy" and (reading.digits(index) or 0) <= 12
        is_foreign = is_foreign and not is_preceded(reading, index, "on")
        return not is_closed or is_foreign or is_stopped(reading, index, end)
    if mark == "-":
        is_padded = reading.words[index][0] == "0" or reading.words[index + 2][0] == "0"
        is_date = is_preceded(reading, index, "on") or (reading.digits(index + 2) or 0) > 24 or is_padded
        return not is_date or is_stopped(reading, index, end)
    return is_stopped(reading, index, end)


def _ordered(reading: Reading, index: int, numbers: tuple[int, int, int | None], mark: str) -> Day | None:
    """The three numbers as a date: year first when it has four digits, else by the language's order, else what is possible."""
    first, second, third = numbers
    if len(reading.words[index]) == 4:
        if third is None and 1950 <= first <= 2100 and 1 <= second <= 12 and mark != ".":
            return Day(year=first, month=second, grain=Grain.MONTH)
        number = third if third is not None else 0
        if number:
            return Day(year=first, month=second, number=number) if safe_date(first, second, number) else None
        return None
    if third is None and 1 <= first <= 12 and 1990 <= second <= 2100 and mark == "/":
        return Day(year=second, month=first, grain=Grain.MONTH)
    if first > 31 or second > 31:
        return None
    year = full_year(reading, index + 4, third)
    if third is not None and year is None:
        return None
    is_day_first = reading.lexicon.date_order == "dmy" or mark == "." or _is_day_first(reading)
    month, number = (second, first) if is_day_first else (first, second)
    if month > 12 and number <= 12:
        month, number = number, month
    return Day(year=year, month=month, number=number) if safe_date(year or 2024, month, number) else None


def _is_day_first(reading: Reading) -> bool:
    """Whether another date of the message can only have its day first: 10/5/2027 to 15/5/2027."""
    for at in range(2, reading.size):
        if reading.words[at - 1] == "/" and reading.glued[at] and reading.glued[at - 1]:
            day, month = reading.digits(at - 2), reading.digits(at)
            if (
                day is not None
                and month is not None
                and 12 < day <= 31
                and 1 <= month <= 12
                and reading.words[at - 3] != "/"
            ):
                return True
    return False


def full_year(reading: Reading, index: int, value: int | None) -> int | None:
    if value is None:
        return None
    if len(reading.words[index]) == 2:
        return value + (2000 if value < 70 else 1900)
    return value if 1900 <= value <= 2100 else None
