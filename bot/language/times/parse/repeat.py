"""Repetitions: every tuesday, every other week, mondays and wednesdays, daily, on the 19th of every month, three times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Frequency
from bot.language.times.numbers import is_several, number_at, ordinal_at
from bot.language.times.parse.clock import is_preceded
from bot.language.times.parse.day import read_month_day
from bot.language.times.parse.holiday import read_holiday
from bot.language.times.pieces import Day, Mark, Nth, Piece, Repeat

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading

_OFTEN = {
    "DAILY": Repeat(Frequency.DAILY),
    "WEEKLY": Repeat(Frequency.WEEKLY),
    "BIWEEKLY": Repeat(Frequency.WEEKLY, 2),
    "MONTHLY": Repeat(Frequency.MONTHLY),
    "BIMONTHLY": Repeat(Frequency.MONTHLY, 2),
    "HALFYEARLY": Repeat(Frequency.MONTHLY, 6),
    "QUARTERLY": Repeat(Frequency.MONTHLY, 3),
    "YEARLY": Repeat(Frequency.YEARLY),
    "HOURLY": Repeat(Frequency.HOURLY),
    "WORKDAYS": Repeat(Frequency.WEEKLY, weekdays=(0, 1, 2, 3, 4)),
    "WEEKENDS": Repeat(Frequency.WEEKLY, weekdays=(5, 6)),
}
_UNITS = {
    "minute": Repeat(Frequency.MINUTELY),
    "hour": Repeat(Frequency.HOURLY),
    "day": Repeat(Frequency.DAILY),
    "workday": _OFTEN["WORKDAYS"],
    "week": Repeat(Frequency.WEEKLY),
    "fortnight": Repeat(Frequency.WEEKLY, 2),
    "weekend": _OFTEN["WEEKENDS"],
    "month": Repeat(Frequency.MONTHLY),
    "quarter": Repeat(Frequency.MONTHLY, 3),
    "year": Repeat(Frequency.YEARLY),
}


def read_often(reading: Reading, index: int) -> Piece | None:
    """Daily, weekly, every weekday."""
    return Piece(index, index + 1, "often", repeat=_OFTEN[reading.name(index, "often")])


def read_every(reading: Reading, index: int) -> Piece | None:
    """Every tuesday, every other week, every 3 days, every morning, every second monday, every 15th."""
    at, interval = _interval(reading, index + 1)
    if reading.number(at, "fraction") == 30 and reading.name(at + 1, "unit") == "hour":
        return Piece(index, at + 2, "every half hour", repeat=Repeat(Frequency.MINUTELY, 30))
    unit = reading.name(at, "unit")
    if unit in _UNITS:
        base = _UNITS[unit]
        return Piece(index, at + 1, "every so many", repeat=base._replace(interval=base.interval * interval))
    weekdays, end = _weekday_list(reading, at)
    if weekdays:
        return _every_weekday(reading, index, end, weekdays, interval)
    part, at = _part_at(reading, at)
    if part:
        return Piece(index, at + 1, "every part of day", repeat=Repeat(Frequency.DAILY, interval), part=part)
    yearly = read_month_day(reading, at) or read_holiday(reading, at) if at == index + 1 else None
    if yearly is not None and yearly.day is not None and yearly.day.year is None:
        return yearly._replace(start=index, repeat=Repeat(Frequency.YEARLY), rule="every year then")
    return _every_ordinal(reading, index)


def _part_at(reading: Reading, at: int) -> tuple[str, int]:
    """«every morning»; other languages are told as «every in the morning», and «jeden morgen» as «every tomorrow»."""
    if reading.utterance.language != "en":
        at = reading.skip(at, "in", "the")
        if reading.words[at] in _TOLD_AS:
            return _TOLD_AS[reading.words[at]], at
    return reading.name(at, "part"), at


_TOLD_AS = {"tomorrow": "morning", "noon": "lunch"}


def _every_weekday(reading: Reading, index: int, end: int, weekdays: tuple[int, ...], interval: int) -> Piece:
    repeat = Repeat(Frequency.WEEKLY, interval, weekdays)
    if interval in {1, 2} and "of" in reading.senses[end]:
        at = reading.skip(end + 1, "the", "every")
        if reading.name(at, "unit") == "month":
            return Piece(
                index, at + 1, "every nth weekday", repeat=Repeat(Frequency.MONTHLY, 1, weekdays, nth=(interval,))
            )
    return Piece(index, end, "every weekday", repeat=repeat)


def _every_ordinal(reading: Reading, index: int) -> Piece | None:
    """Every first monday, every first and third tuesday, every 15th, every last friday of the month."""
    counts, at = _ordinal_list(reading, index + 1)
    if not counts:
        return None
    weekday = _weekday_at(reading, at)
    if weekday is None and reading.name(at, "unit") == "workday" and len(counts) == 1:
        return Piece(index, _of_month(reading, at + 1), "every nth working day", repeat=_working_day(counts[0]))
    if weekday is not None and max(counts) <= _MOST_IN_MONTH:
        end = _of_month(reading, at + 1)
        return Piece(index, end, "every nth weekday", repeat=Repeat(Frequency.MONTHLY, 1, (weekday,), nth=counts))
    if min(counts) >= 1 and not reading.senses[at].keys() & {"unit", "weekday"}:
        return Piece(
            index, _of_month(reading, at), "every so manieth", repeat=Repeat(Frequency.MONTHLY, month_days=counts)
        )
    return None


_MOST_IN_MONTH = 5
"""So many fridays at most a month has."""


def _ordinal_list(reading: Reading, index: int) -> tuple[tuple[int, ...], int]:
    """Ordinals in a row (first and third; 1st, 3rd & 5th; second and last) and the index behind them."""
    found: list[int] = []
    at = end = index
    while len(found) < _MOST_IN_MONTH:
        ordinal = ordinal_at(reading, at)
        if ordinal is None and (reading.name(at, "shift") == "last" or "final" in reading.senses[at]):
            ordinal = -1, at + 1
        if ordinal is None and "penultimate" in reading.senses[at]:
            ordinal = -2, at + 1
        if ordinal is None or ordinal[0] > 31:
            break
        found.append(ordinal[0])
        end = ordinal[1]
        at = reading.skip(end, "comma", "and", "the", "slash")
    return tuple(dict.fromkeys(found)), end


def _weekday_at(reading: Reading, index: int) -> int | None:
    weekday = reading.number(index, "weekday")
    return reading.number(index, "weekdays") if weekday is None else weekday


def _of_month(reading: Reading, index: int) -> int:
    at = reading.skip(index, "of", "the", "every")
    return at + 1 if at > index and reading.name(at, "unit") == "month" else index


def _interval(reading: Reading, index: int) -> tuple[int, int]:
    """Where the unit stands, and every how many."""
    if "other" in reading.senses[index]:
        return index + 1, 2
    found = ordinal_at(reading, index)
    if found is not None and reading.senses[found[1]].keys() & {"unit"} and found[0] > 1:
        return found[1], min(found[0], 100)
    number = number_at(reading, index)
    if number is not None and 1 <= number[0] <= 100 and number[0] == int(number[0]):
        return number[1], int(number[0])
    return index, 1


def _weekday_list(reading: Reading, index: int) -> tuple[tuple[int, ...], int]:
    """Weekdays in a row (tuesday and thursday; mon, wed, fri; mon-fri) and the index behind them."""
    found: list[int] = []
    at = end = index
    while at < reading.size and len(found) < 8:
        weekday = reading.number(at, "weekday")
        weekday = reading.number(at, "weekdays") if weekday is None else weekday
        if weekday is None:
            break
        if found and "to" in reading.senses[at - 1]:
            found += [(found[-1] + step) % 7 for step in range(1, (weekday - found[-1]) % 7)]
        found.append(weekday)
        end = at + 1
        at = reading.skip(end, "comma", "and", "or", "to", "slash", "every")
    return tuple(dict.fromkeys(found)), end


def read_weekdays(reading: Reading, index: int) -> Piece | None:
    """Mondays, tuesdays and thursdays; mornings is `read_parts`."""
    weekdays, end = _weekday_list(reading, index)
    if not weekdays:
        return None
    if end == index + 1 and _is_possessive(reading, index):
        return Piece(index, end, "weekday", day=Day(weekday=weekdays[0]))
    is_other = index > 0 and "other" in reading.senses[index - 1] and reading.words[index - 1].startswith("altern")
    return Piece(index - is_other, end, "weekdays", repeat=Repeat(Frequency.WEEKLY, 1 + is_other, weekdays))


def _is_possessive(reading: Reading, index: int) -> bool:
    """«fridays lunch», «tuesdays meeting»: an apostrophe that was not typed."""
    after = reading.senses[index + 1]
    is_noun = "attributive" in after or reading.name(index + 1, "part") in {"lunch", "dinner", "breakfast", "brunch"}
    before = reading.senses[index - 1].keys() if index else set()
    if reading.words[reading.skip(index + 2, "dash")] == "free":
        return False  # «i want wednesdays meeting free»
    return is_noun and not before & {"on", "every", "and", "or", "comma"}


def read_parts(reading: Reading, index: int) -> Piece | None:
    """Mornings: every day in the morning; behind a weekday only the part (tuesday mornings)."""
    part = reading.name(index, "parts")
    if _has_week(reading) or (index > 1 and reading.senses[index - 2].keys() & {"or", "and", "weekday"}):
        return Piece(index, index + 1, "mornings of days", part=part)
    before = reading.senses[index - 1] if index else {}
    if "weekday" in before and index > 1 and "dash" in reading.senses[index - 2]:
        return Piece(index, index + 1, "mornings of days", part=part)
    if reading.name(index - 1, "unit") == "workday" or "weekdayword" in before:
        return Piece(index - 1, index + 1, "weekday mornings", repeat=_OFTEN["WORKDAYS"], part=part)
    if "weekday" in before:
        weekday = reading.number(index - 1, "weekday") or 0
        return Piece(
            index - 1, index + 1, "weekday mornings", repeat=Repeat(Frequency.WEEKLY, weekdays=(weekday,)), part=part
        )
    after = reading.senses[index + 1].keys() & {"at", "digits", "number", "clockword"}
    if not after and before.keys().isdisjoint(("on", "every")):  # «mornings are better», «in the mornings»
        return Piece(index, index + 1, "mornings of days", part=part, marks=_ANY_DAY)
    return Piece(index, index + 1, "mornings", repeat=Repeat(Frequency.DAILY), part=part)


_ANY_DAY = frozenset((Mark.ANY_DAY,))


def _has_week(reading: Reading) -> bool:
    """Whether a certain week is named («mornings next week»), so that nothing repeats."""
    for at in range(reading.size):
        is_shifted = at > 0 and reading.name(at, "unit") in {"week", "month"} and reading.name(at - 1, "shift") != ""
        if is_shifted or "weekof" in reading.senses[at]:
            return True
    return False


def read_of_every_month(reading: Reading, index: int) -> Piece | None:
    """The 19th of every month, first and third monday of each month, last day of every month."""
    at = index + ("the" in reading.senses[index])
    counts, at = _ordinal_list(reading, at)
    is_ordinal = bool(counts)
    if not counts:
        digits = reading.digits(at)
        if not digits or digits > 31 or is_preceded(reading, index, "at"):
            return None
        counts, at = (digits,), at + 1
    weekday, behind = _weekday_at(reading, at), at
    is_working = weekday is None and len(counts) == 1 and reading.name(at, "unit") == "workday"
    at += weekday is not None or is_working or reading.name(at, "unit") == "day"
    is_many = weekday is not None and (len(counts) > 1 or _is_monthly(reading))
    has_link = "of" in reading.senses[at] or "on" in reading.senses[at]
    is_every = "every" in reading.senses[at] or reading.name(at, "often") == "MONTHLY"
    is_of_every = reading.name(at, "often") == "MONTHLY" or (is_every and reading.name(at + 1, "unit") == "month")
    if not has_link and not (is_of_every and is_ordinal) and not ((weekday is not None or is_working) and is_every):
        is_alone = "month" not in reading.senses[at] and not reading.name(at, "shift")
        if is_alone and weekday is None and at > behind and len(counts) == 1 and _is_monthly(reading):
            return _nth_day(index, at, counts[0], is_working=is_working)  # «every month on the last day»
        return _nth_weekdays(index, at, weekday, counts) if is_many and is_alone else None
    at += has_link
    at += "the" in reading.senses[at]
    if "every" in reading.senses[at] and reading.name(at + 1, "unit") == "month":
        end = at + 2
    elif reading.name(at, "often") in _MONTHS or (is_many and reading.name(at, "unit") == "month"):
        end = at + 1
    else:
        return None
    if is_working:
        return _nth_day(index, end, counts[0], is_working=True)
    found = _nth_weekdays(index, end, weekday, counts)
    if reading.name(end - 1, "often") == "BIMONTHLY" and found.repeat is not None:
        found = found._replace(repeat=found.repeat._replace(interval=2))
    return found


_MONTHS = frozenset(("MONTHLY", "BIMONTHLY"))


def _nth_day(index: int, end: int, count: int, *, is_working: bool) -> Piece:
    repeat = _working_day(count) if is_working else Repeat(Frequency.MONTHLY, month_days=(count,))
    return Piece(index, end, "nth day of every month", repeat=repeat)


def _working_day(which: int) -> Repeat:
    """The last working day of each month, the first one."""
    return Repeat(Frequency.MONTHLY, weekdays=(0, 1, 2, 3, 4), pick=which)


def _is_monthly(reading: Reading) -> bool:
    """«monthly, second thursday»: once a month was said elsewhere."""
    return "often" in reading.kinds and any(senses.get("often") in _IN_MONTHS for senses in reading.senses)


_IN_MONTHS = frozenset(("MONTHLY", "BIMONTHLY", "QUARTERLY", "HALFYEARLY"))


def _nth_weekdays(index: int, end: int, weekday: int | None, counts: tuple[int, ...]) -> Piece:
    repeat = (
        Repeat(Frequency.MONTHLY, weekdays=(weekday,), nth=counts)
        if weekday is not None
        else Repeat(Frequency.MONTHLY, month_days=counts)
    )
    return Piece(index, end, "nth of every month", repeat=repeat)


_MOST_NEXT = 52


def read_next_weekdays(reading: Reading, index: int) -> Piece | None:
    """The next 2 fridays, 3 upcoming weekends, 4 consecutive mondays: so many of them, one after the other."""
    at = index + ("the" in reading.senses[index])
    is_shifted = reading.name(at, "shift") in _AHEAD
    number = number_at(reading, at + is_shifted)
    if number is None or not 2 <= number[0] <= _MOST_NEXT or number[0] != int(number[0]):
        return None
    at = reading.skip(number[1], "unitpad")
    is_shifted_late = not is_shifted and reading.name(at, "shift") in _AHEAD
    is_shifted = is_shifted or is_shifted_late
    at += reading.name(at, "shift") in _AHEAD
    weekday, is_weekend = _weekday_at(reading, at), reading.name(at, "unit") == "weekend"
    if weekday is None and not is_weekend:
        return None
    if is_shifted_late and not is_several(reading, number[1] - 1, at):
        return None  # «by 5 next friday» is a clock on one of them
    if not is_shifted and ("weekdays" not in reading.senses[at] or _is_counted(reading, index, at + 1)):
        return None
    if not is_shifted and not reading.senses[index - 1].keys().isdisjoint(("before", "after")):
        return None  # «nothing before 10 mondays»
    weekdays, count = ((5, 6), 2 * int(number[0])) if is_weekend else ((weekday or 0,), int(number[0]))
    return Piece(index, at + 1, "next so many weekdays", repeat=Repeat(Frequency.WEEKLY, 1, weekdays, total=count))


_AHEAD = frozenset(("next", "coming"))


_COUNTED_FROM = ("later", "ago", "after_of", "before_of")


def _is_counted(reading: Reading, index: int, end: int) -> bool:
    """Whether the weekdays are counted from somewhere: in 3 tuesdays, two fridays ago."""
    before = reading.senses[index - 1].keys() if index else set()
    behind = reading.senses[end].keys()
    return bool(before & {"in", "shift"}) or not behind.isdisjoint(_COUNTED_FROM) or reading.words[end] == "of"


def read_times(reading: Reading, index: int) -> Piece | None:
    """«6 times», «x6»: how often it repeats."""
    found = number_at(reading, index)
    if found is not None and index and reading.words[index - 1] == "x" and reading.digits(index) in range(2, 100):
        return Piece(index - 1, found[1], "so many times", nth=Nth(int(found[0]), unit="times"))
    if found is None or not 1 <= found[0] <= 1000 or is_preceded(reading, index, "at"):
        return None
    weekday = _weekday_at(reading, found[1])
    if weekday is not None and "per" in reading.senses[found[1] + 1] and found[0] in _SPREAD:
        is_monthly = reading.name(found[1] + 2, "unit") == "month"
        repeat = Repeat(Frequency.MONTHLY, weekdays=(weekday,), nth=_SPREAD[int(found[0])])
        return Piece(index, found[1] + 3, "weekday of every month", repeat=repeat) if is_monthly else None
    at = found[1] if reading.words[index] == "twice" else found[1] + 1
    unit = reading.name(at + 1, "unit")
    if reading.name(found[1], "often") and _counts_meetings(reading, found[1] + 1):
        return Piece(index, found[1], "so many times", nth=Nth(int(found[0]), unit="times"))
    if at > found[1] and "times" not in reading.senses[found[1]]:
        return None
    often = int(found[0])
    if "per" in reading.senses[at] and unit in _UNITS:
        return Piece(index, at + 2, "so often", repeat=_UNITS[unit]._replace(often=often))
    if (name := reading.name(at, "often")) and reading.words[at].startswith(("per ", "a ", name.lower())):
        return Piece(index, at + 1, "so often", repeat=_OFTEN[name]._replace(often=often))  # «twice weekly»
    if at == found[1] or found[0] == 1:
        return None
    return Piece(index, found[1] + 1, "so many times", nth=Nth(int(found[0]), unit="times"))


_SPREAD = {1: (1,), 2: (1, 3)}
"""Which of the month's weekdays are proposed for «one friday a month», «two fridays a month»."""


def _counts_meetings(reading: Reading, index: int) -> bool:
    """«8 weekly sessions», «3 monthly check-ins»: so many of them."""
    is_many = reading.words[index].endswith("s") or reading.words[index + 1].endswith("s")
    return is_many and not {"times", "attributive"}.isdisjoint(reading.senses[index])
