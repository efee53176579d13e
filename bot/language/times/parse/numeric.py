"""Dates in figures: 4/25, 4/25/27, 25.4.2027, 2027-04-25, 04/2027; and the years behind any date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Grain
from bot.language.times.parse.clock import is_preceded, is_stopped
from bot.language.times.pieces import FIRST_YEAR, LAST_YEAR, NO_DAY, Clock, Day, Piece, settle
from bot.language.times.region import is_day_first

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading


def is_plain(reading: Reading, index: int) -> bool:
    """Whether nothing follows that makes the number before it an hour or a count."""
    if reading.words[index] == "past":
        return False  # «tuesday 30 past 9»
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
    is_short = at == index and not is_needed and digits is not None and len(word) == 2
    is_short = is_short and reading.today.year - 2000 <= (digits or 0) <= _LAST_SHORT  # «march 3 15» is an hour
    if is_short and not reading.glued[at] and is_plain(reading, at + 1) and not reading.glued[at + 1]:
        return 2000 + (digits or 0), at + 1
    if word == "'" and reading.digits(at + 1) is not None and len(reading.words[at + 1]) == 2:
        return 2000 + (reading.digits(at + 1) or 0), at + 2
    return None, index


_LAST_SHORT = 40


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
    if mark == "/" and reading.words[index + 3] in {".", ":"} and _is_clock_behind(reading, index):
        return None
    third, end = None, index + 3
    if reading.words[end] == mark and reading.glued[end]:
        written = reading.words[index + 4]
        is_year = reading.glued[index + 4] or (len(written) == 4 and written[:2] in {"19", "20"})  # «3.3. 1500»
        third = reading.digits(index + 4) if is_year else None
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


def _is_clock_behind(reading: Reading, index: int) -> bool:
    """«10/10.30 wednesday»: two hours, of which the second has minutes."""
    minutes = reading.digits(index + 4)
    is_tied = reading.glued[index + 3] and reading.glued[index + 4] and not reading.glued[index + 5]
    return is_tied and minutes is not None and minutes < 60 and len(reading.words[index + 4]) == 2


def read_spaced_date(reading: Reading, index: int) -> Piece | None:
    """2027 03 09, 20270309: a date of ISO 8601 without its marks."""
    word = reading.words[index]
    if len(word) != 4 or not word.isdigit() or not FIRST_YEAR <= int(word) <= LAST_YEAR:
        return None
    month, number = reading.digits(index + 1), reading.digits(index + 2)
    is_written = len(reading.words[index + 1]) == len(reading.words[index + 2]) == 2
    if month is None or number is None or not is_written or not 1 <= month <= 12 or not 1 <= number <= 31:
        return None
    return Piece(index, index + 3, "date 2027 03 09", day=Day(year=int(word), month=month, number=number))


def read_compact_date(reading: Reading, index: int) -> Piece | None:
    """20270309, 20270309T1430: dates of ISO 8601 without marks."""
    word = reading.words[index]
    year, month, number = int(word[:4]), int(word[4:6]), int(word[6:])
    if is_stopped(reading, index, index) or not 1 <= month <= 12 or not 1 <= number <= 31:
        return None
    day = Day(year=year, month=month, number=number)
    behind = reading.words[index + 2]
    if reading.words[index + 1] == "t" and reading.glued[index + 1] and len(behind) == 4 and behind.isdigit():
        hour, minute = divmod(int(behind), 100)
        if hour < 24 and minute < 60:
            clock = Clock(hour, minute, half="24", grain=Grain.MINUTE)
            return Piece(index, index + 3, "date 20270309T1430", day=day, clock=clock)
    return Piece(index, index + 1, "date 20270309", day=day)


def read_dotted_days(reading: Reading, index: int) -> Piece | None:
    """24.-28.12., 7. to 9.12.2026, 1.-5. december: two days with a dot behind each and one month."""
    first = reading.digits(index)
    if first is None or reading.words[index + 1] != "." or not reading.glued[index + 1]:
        return None
    at = index + 2
    if reading.senses[at].keys().isdisjoint(("to", "and", "or")) or (reading.words[at] == "." or not 1 <= first <= 31):
        return None
    at = reading.skip(at + 1, "the")
    second = reading.digits(at)
    if second is None or not 1 <= second <= 31 or reading.words[at + 1] != "." or not reading.glued[at + 1]:
        return None
    month = reading.digits(at + 2) if reading.glued[at + 2] else reading.number(at + 2, "month")
    if month is None or not 1 <= month <= 12:
        return None
    end = at + 3 + (reading.words[at + 3] == "." and reading.glued[at + 3])
    year, end = year_at(reading, end)
    days = Day(year=year, month=month, number=first), Day(year=year, month=month, number=second)
    if "to" not in reading.senses[index + 2]:
        return Piece(index, index + 2, "date 24.", day=days[0])  # the other stands for itself: «3. or 4.12.»
    return Piece(index, end, "days 24.-28.12.", day=days[0], end_day=days[1])


def _is_no_date(reading: Reading, index: int, end: int, mark: str) -> bool:
    """Whether two numbers without a year are rather hours, a version or a fraction."""
    if (
        not reading.senses[end]
        .keys()
        .isdisjoint(("meridiem", "oclock", "unit", "colon", "ish", "noun", "hourmark", "zone", "zones"))
    ):
        return reading.words[end] != ":" or reading.glued[end + 1]
    if mark == ".":
        if reading.digits(end) is not None and reading.words[end + 1] == ":" and not reading.glued[end]:
            return False  # «18.11 11:20»
        is_on = is_preceded(reading, index, "on")
        is_closed = reading.words[end - 1] == "." or is_on
        is_clock = (reading.digits(index) or 0) <= 12 and not is_on
        is_clock = is_clock and (is_preceded(reading, index, "at") or not is_day_first(reading.reference))
        return not is_closed or is_clock or is_stopped(reading, index, end)
    if mark == "-":
        is_padded = reading.words[index][0] == "0" or reading.words[index + 2][0] == "0"
        is_date = is_preceded(reading, index, "on") or (reading.digits(index + 2) or 0) > 24 or is_padded
        return not is_date or is_stopped(reading, index, end)
    return is_stopped(reading, index, end)


_MISWRITTEN = 100
"""Two numbers below it behind «on» are meant as a date, also where there is none such (32/12)."""


def _ordered(reading: Reading, index: int, numbers: tuple[int, int, int | None], mark: str) -> Day | None:
    """The three numbers as a date: year first when it has four digits, else day and month in the likelier order."""
    first, second, third = numbers
    if len(reading.words[index]) == 4:
        return _year_first(first, second, third, mark)
    if third is None and 1 <= first <= 12 and 1990 <= second <= 2100 and mark == "/":
        return Day(year=second, month=first, grain=Grain.MONTH)
    if not (1 <= first <= 31 and 1 <= second <= 31):
        is_meant = mark != "-" and is_preceded(reading, index, "on") and max(first, second) < _MISWRITTEN
        return Day(number=NO_DAY) if is_meant and third is None else None
    year = full_year(reading, index + 4, third)
    if third is not None and year is None:
        return None
    if first > 12 and second > 12:
        is_meant = year is not None or (mark != "-" and is_preceded(reading, index, "on"))
        return Day(year=year, number=NO_DAY) if is_meant else None
    if first > 12 or second > 12 or first == second or mark == ".":
        day_first = Day(year=year, month=second, number=first)
        return day_first if second <= 12 else Day(year=year, month=first, number=second)
    return _likelier(reading, index, Day(year=year, month=first, number=second))


def _year_first(year: int, month: int, number: int | None, mark: str) -> Day | None:
    if not 1950 <= year <= 2100 or month < 1:
        return None
    if number is None:
        return Day(year=year, month=month, grain=Grain.MONTH) if month <= 12 and mark != "." else None
    if not 1 <= number <= 31 or month > 31:
        return None
    return Day(year=year, month=month, number=number) if month <= 12 else Day(year=year, number=NO_DAY)


_SOON, _FAR = 120, 240
"""Days ahead: a date within the next months is meant rather than one that is most of a year away, whatever the usual order."""


def _likelier(reading: Reading, index: int, month_first: Day) -> Day:
    """Day or month first, by what else the message says, then by the writer's region, then by which date comes soon."""
    day_first = month_first._replace(month=month_first.number, number=month_first.month)
    told = _told_order(reading)
    if told is not None:
        return day_first if told else month_first
    own = is_day_first(reading.reference)
    own = reading.lexicon.date_order == "dmy" if own is None else own
    best, other = (day_first, month_first) if own else (month_first, day_first)
    dates = settle(best, reading.today)[0], settle(other, reading.today)[0]
    weekday = _weekday_before(reading, index)
    if weekday is not None and weekday in (found := [day.weekday() for day in dates]) and found[0] != found[1]:
        return best if found[0] == weekday else other
    ahead = [(day - reading.today).days for day in dates]
    if best.year is not None and (ahead[0] < 0) != (ahead[1] < 0):
        return best if ahead[0] >= 0 else other
    if ahead[1] <= _SOON and ahead[0] > _FAR and not _is_in_range(reading, index):
        best = other
    return best._replace(has_two_orders=True)


def turned(day: Day) -> Day:
    """The date with its two figures in the other order, where either may be the month."""
    return day._replace(month=day.number, number=day.month) if day.has_two_orders else day


def as_one_month(first: Day, last: Day) -> tuple[Day, Day]:
    """«12/1-12/4»: of two orders the one in which both ends lie in one month, not three months apart."""
    if not (first.has_two_orders and last.has_two_orders) or first.month == last.month or first.year is not None:
        return first, last
    others = turned(first), turned(last)
    is_rising = others[0].month == others[1].month and (others[0].number or 0) < (others[1].number or 0)
    return others if is_rising else (first, last)


def _is_in_range(reading: Reading, index: int) -> bool:
    """Whether the date is an end of a range, whose other end says more about it than today does."""
    return is_preceded(reading, index, "to", "between", "and") or not reading.senses[index + 3].keys().isdisjoint(
        ("to", "and")
    )


def _weekday_before(reading: Reading, index: int) -> int | None:
    at = index - 1
    while at >= 0 and not reading.senses[at].keys().isdisjoint(("comma", "the", "on", "pad")):
        at -= 1
    return reading.number(at, "weekday") if at >= 0 else None


def _told_order(reading: Reading) -> bool | None:
    """Whether another date of the message can only have its day first (10/5/2027 to 15/5/2027), or its month; else None."""
    for at in range(2, reading.size):
        if reading.words[at - 1] != "/" or not (reading.glued[at] and reading.glued[at - 1]):
            continue
        first, second = reading.digits(at - 2), reading.digits(at)
        if first is None or second is None or (at > 2 and reading.words[at - 3] == "/"):
            continue
        if 12 < first <= 31 and 1 <= second <= 12:
            return True
        if 1 <= first <= 12 and 12 < second <= 31:
            return False
    return None


def full_year(reading: Reading, index: int, value: int | None) -> int | None:
    if value is None:
        return None
    if len(reading.words[index]) == 2:
        return value + (2000 if value < 70 else 1900)
    return value if 1900 <= value <= 2100 else None
