"""Numbers and lengths as they are written: 30, 2.5, twenty five, half an hour, 1h30, a day and a half."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.times.pieces import Length

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading

_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_DAYS = {"day": 1, "workday": 1, "week": 7, "fortnight": 14, "weekend": 2}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_SIZE = {
    "year": 9,
    "quarter": 8,
    "month": 7,
    "fortnight": 6,
    "week": 5,
    "weekend": 4,
    "workday": 3,
    "day": 3,
    "hour": 2,
}
_SIZE |= {"minute": 1, "second": 0}
_LARGEST = 10_000
_MONTH_DAYS, _YEAR_DAYS = 30, 365
_HUNDRED = 100


def number_at(reading: Reading, index: int) -> tuple[float, int] | None:
    """A number and the index behind it: digits (with decimals) or words."""
    digits = reading.digits(index)
    if digits is not None:
        return _decimals(reading, index, digits)
    value = reading.number(index, "number")
    if value is None:
        return None
    end = index + 1
    if value == _HUNDRED:
        at = end + ("and" in reading.senses[end])
        rest = number_at(reading, at) if "number" in reading.senses[at] else None
        return (value + rest[0], rest[1]) if rest is not None and rest[0] < _HUNDRED else (value, end)
    if 20 <= value < 100:
        at = end + ("dash" in reading.senses[end])
        ones = reading.number(at, "number")
        if ones is None and reading.words[end] == "and" and "unit" in reading.senses[end + 2]:
            at = end + 1  # «twenty and four hours»
            ones = reading.number(at, "number")
        if ones is not None and 0 < ones < 10 and reading.words[at].isalpha() and " " not in reading.words[at]:
            return value + ones, at + 1
    return value, end


def hour_in_words(reading: Reading, index: int) -> tuple[int, int, int] | None:
    """Hour and minute in words (six thirty, six oh two, six), and the index behind them."""
    hour = reading.number(index, "number")
    if hour is None or hour > 24 or " " in reading.words[index]:
        return None
    end = index + 1
    at = end + ("dash" in reading.senses[end])
    if "oh" in reading.senses[at]:
        ones = number_at(reading, at + 1)
        if ones is not None and ones[0] < 10:
            return hour, int(ones[0]), ones[1]
    minute = number_at(reading, at) if "number" in reading.senses[at] else None
    if minute is not None and 10 <= minute[0] < 60 and "unit" not in reading.senses[minute[1]]:
        return hour, int(minute[0]), minute[1]
    return hour, 0, end


def _decimals(reading: Reading, index: int, digits: int) -> tuple[float, int]:
    after = reading.digits(index + 2)
    is_decimal = reading.words[index + 1] in {".", ","} and reading.glued[index + 1] and reading.glued[index + 2]
    if is_decimal and after is not None and len(reading.words[index + 2]) <= 2:
        return float(f"{digits}.{reading.words[index + 2]}"), index + 3
    return digits, index + 1


def ordinal_at(reading: Reading, index: int) -> tuple[int, int] | None:
    """An ordinal (3rd, third, twenty-first) and the index behind it."""
    digits = reading.digits(index)
    if digits is not None:
        if "suffix" in reading.senses[index + 1] and digits < 100:
            is_fitting = reading.glued[index + 1] or reading.words[index + 1] == _suffix(digits)  # «the 4 th»
            return (digits, index + 2) if is_fitting else None
        return None
    value = reading.number(index, "ordinal")
    if value is not None:
        return value, index + 1
    tens = reading.number(index, "number")
    if tens is not None and 20 <= tens < 100:
        at = index + 1 + ("dash" in reading.senses[index + 1])
        ones = reading.number(at, "ordinal")
        if ones is not None and ones < 10:
            return tens + ones, at + 1
    return None


def _suffix(number: int) -> str:
    return "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def length_at(reading: Reading, index: int) -> tuple[Length, int] | None:
    """A length and the index behind it, compound ones as a whole (1 hour and 30 minutes, a day and a half)."""
    found = _one_length(reading, index)
    if found is None:
        return None
    total, end = found
    while True:
        at = reading.skip(end, "glue")
        more = _one_length(reading, at) if not _is_told_apart(reading, end, total) else None
        is_one = more is not None and _is_smaller(more[0], total) and (at > end or not _is_article(reading, at))
        if more is not None and is_one:
            total, end = _sum(total, more[0]), more[1]
            continue
        bare = _bare_minutes(reading, end, at, total)
        return bare or (total, end)


def _is_smaller(more: Length, total: Length) -> bool:
    """Whether it goes on the same length: an hour and 30 minutes, a week and 3 days; not «in two weeks 45 minutes»."""
    return _SIZE[more.unit] < _SIZE[total.unit] and not (
        _SIZE[total.unit] > _SIZE["weekend"] and _SIZE[more.unit] <= _SIZE["hour"]
    )


_NO_MINUTES = frozenset(("meridiem", "colon", "unit", "dash", "month", "suffix", "slash"))
"""What stands behind a number that is no minutes; «1h30 dec 3» ties them to their hour."""


def _is_told_apart(reading: Reading, end: int, total: Length) -> bool:
    """«in two days, 60 min», «15h, 30 min»: behind a comma the minutes are how long it goes on."""
    is_clock = total.unit == "hour" and total.amount > _LONGEST_HOURS
    return "comma" in reading.senses[end] and (is_clock or total.unit not in _OF_A_DAY)


_LONGEST_HOURS = 5
_OF_A_DAY = frozenset(("hour", "minute", "second", "quarterhour", "halfhour"))


def _is_article(reading: Reading, index: int) -> bool:
    return "article" in reading.senses[index]


def _bare_minutes(reading: Reading, end: int, at: int, total: Length) -> tuple[Length, int] | None:
    """«1h30», «an hour thirty»: minutes that drop their unit."""
    if total.unit != "hour" or total.amount != int(total.amount):
        return None
    minutes = number_at(reading, at)
    if minutes is None or minutes[0] not in _ROUND:
        return None
    if (
        not reading.senses[minutes[1]]
        .keys()
        .isdisjoint(_NO_MINUTES if not reading.glued[at] else _NO_MINUTES - {"month"})
    ):
        return None
    is_tight = (
        reading.glued[at] or "glue" in reading.senses[end] or "number" in reading.senses[at] or minutes[0] > _LAST_HOUR
    )
    is_tight = is_tight or (at == end and minutes[1] == reading.size and reading.words[end - 1] in _SHORT_HOURS)
    if not is_tight or "comma" in reading.senses[end]:
        return None
    return _sum(total, Length(rest=timedelta(minutes=minutes[0]), unit="minute", amount=minutes[0])), minutes[1]


def _one_length(reading: Reading, index: int) -> tuple[Length, int] | None:
    """A count and a unit, with a half behind either."""
    amount = _amount(reading, index)
    if amount is None or _is_clock_before(reading, index):
        return None
    count, at = amount
    if (halves := _halves(reading, index, count)) is not None:
        return halves
    at += "unitpad" in reading.senses[at] and "unit" in reading.senses[at + 1]
    unit = reading.name(at, "unit")
    if reading.words[at] == "second" and "of" in reading.senses[at + 1] and "month" in reading.senses[at + 2]:
        return None  # «at three second of april»
    if not unit or count > _LARGEST or (not reading.glued[at] and not _stands_apart(reading, index, at, unit)):
        return None
    end = at + 1
    half = _and_half(reading, end)
    if half is not None and count == int(count):
        count, end = count + half[0], half[1]
    return length_of(unit, count), end


def _is_clock_before(reading: Reading, index: int) -> bool:
    """«friday at 1 half an hour»: an hour of the day, and how long behind it; «at 1 1/2 hours» counts on."""
    is_hour = index > 0 and reading.words[index - 1] == "at" and reading.digits(index) is not None
    return is_hour and reading.number(index + 1 + ("article" in reading.senses[index + 1]), "fraction") is not None


def _halves(reading: Reading, index: int, count: float) -> tuple[Length, int] | None:
    """«two half days», «3 half hours»: so many halves; half a day of work is four hours."""
    found = number_at(reading, index)
    if found is None or count == found[0] or reading.words[found[1]] != "half":
        return None
    unit = reading.name(found[1] + 1, "unit")
    if unit not in _HALF_HOURS:
        return None
    return length_of("hour", found[0] * _HALF_HOURS[unit]), found[1] + 2


_SHORT_HOURS = frozenset(("h", "hr", "hrs"))
"""«it lasts 1 hr 10»: whoever writes it so short drops the minutes' unit too."""
_HALF_HOURS = {"day": 4.0, "hour": 0.5}


def _stands_apart(reading: Reading, index: int, at: int, unit: str) -> bool:
    """Whether a unit behind a space is one: «30 minutes»; a letter alone only where a length is due («in 1 h 30», «1,5 h»)."""
    if len(reading.words[at]) > 1:
        return True
    if unit not in _LETTERED:
        return False
    before = reading.senses[index - 1].keys() if index else set()
    is_hour = (
        unit == "hour" and reading.utterance.language == "en" and (reading.digits(index) or _LAST_HOUR) <= _FEW_HOURS
    )
    if is_hour and "at" not in before and "digits" not in reading.senses[at + 1]:
        return True  # «friday 1pm 1 h»
    is_figured = "fraction" in reading.senses[at - 1] or at - index > 1
    return is_figured or not before.isdisjoint(_DUE) or "digits" in reading.senses[at + 1]


_FEW_HOURS = 5
_LETTERED = frozenset(("hour", "minute"))
_DUE = frozenset(("in", "for", "within", "unit", "glue"))


def _amount(reading: Reading, index: int) -> tuple[float, int] | None:
    fraction = reading.number(index, "fraction")
    if fraction is not None:
        return fraction / 60, index + 1
    if reading.words[index] == ".":
        return _behind_dot(reading, index)
    found = _hours_and_minutes(reading, index) or number_at(reading, index)
    if found is None:
        return _amount_of_one(reading, index)
    count, end = found
    end += "ish" in reading.senses[end]
    half = _and_half(reading, end)
    if half is None and count == int(count) and (share := reading.number(end, "fraction")) is not None:
        half = share / 60, end + 1  # 1 1/2, 1½, 1 3/4
    return (count + half[0], half[1]) if half is not None and count == int(count) else (count, end)


def _amount_of_one(reading: Reading, index: int) -> tuple[float, int] | None:
    """An hour, some days; an hour that drops its article: hour and a half, hour-long."""
    if "article" in reading.senses[index]:
        is_some = reading.words[index] == "some" and reading.words[index + 1].endswith("s")
        return (_SOME if is_some else 1.0), index + 1
    if "unit" not in reading.senses[index] or len(reading.words[index]) <= 2:
        return None
    is_told = "long" in reading.senses[index + 1] or _and_half(reading, index + 1) is not None
    minutes = number_at(reading, index + 2) if "and" in reading.senses[index + 1] else None
    is_told = is_told or (minutes is not None and minutes[0] in _ROUND and reading.words[index] == "hour")
    return (1.0, index) if is_told else None


_SOME = 3.0
_LAST_HOUR = 12
_ROUND = frozenset((5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55))
"""Minutes that may drop their unit behind an hour."""


def _behind_dot(reading: Reading, index: int) -> tuple[float, int] | None:
    """«.5 hours»."""
    digits = reading.digits(index + 1)
    if digits is None or not reading.glued[index + 1] or (index and reading.glued[index]):
        return None
    return float(f"0.{reading.words[index + 1]}"), index + 2


def _hours_and_minutes(reading: Reading, index: int) -> tuple[float, int] | None:
    """«1:30 hours»."""
    hours, minutes = reading.digits(index), reading.digits(index + 2)
    if hours is not None and hours > 5:
        return None  # a clock
    if (
        hours is None
        or minutes is None
        or "colon" not in reading.senses[index + 1]
        or reading.name(index + 3, "unit") != "hour"
    ):
        return None
    return hours + minutes / 60, index + 3


def _and_half(reading: Reading, index: int) -> tuple[float, int] | None:
    """«and a half», «and half an» and the like, as a share and the index behind it."""
    if "and" not in reading.senses[index] and reading.words[index] != "n":
        return None  # «an hour and a half», «an hr n a half»
    at = reading.skip(index + 1, "article")
    fraction = reading.number(at, "fraction")
    if fraction is None or ("unit" in reading.senses[at + 1] and "unit" in reading.senses[index - 1]):
        return None
    return fraction / 60, at + 1


def length_of(unit: str, count: float) -> Length:
    """So many of a unit."""
    if unit in _SECONDS:
        return Length(rest=timedelta(seconds=count * _SECONDS[unit]), unit=unit, amount=count)
    if unit in _MONTHS:
        months = count * _MONTHS[unit]
        days = (months - int(months)) * _MONTH_DAYS
        if unit == "year" and count != int(count):
            months, days = 12 * int(count), (count - int(count)) * _YEAR_DAYS
        return Length(months=int(months), days=int(days), rest=timedelta(days=days % 1), unit=unit, amount=count)
    days = int(count * _DAYS[unit]) if unit in {"week", "fortnight"} else count * _DAYS[unit]
    rest = timedelta(hours=(days - int(days)) * 24)
    return Length(days=int(days), rest=rest, unit=unit, amount=count, is_workdays=unit == "workday")


def _sum(one: Length, other: Length) -> Length:
    return one._replace(
        months=one.months + other.months,
        days=one.days + other.days,
        rest=one.rest + other.rest,
        unit=other.unit,
        amount=other.amount,
    )


def is_several(reading: Reading, number: int, noun: int) -> bool:
    """Whether a number stands for so many of a noun: «3 next weeks», «les 2 prochains vendredis»; not in «until 3 next week».

    Other languages come told in English words, without their plurals: there the article in front of the number says so.
    """
    if reading.utterance.language == "en":
        return reading.words[noun].endswith("s")
    return number > 0 and "the" in reading.senses[number - 1]
