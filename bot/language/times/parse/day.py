"""Dates: tomorrow, next friday, 3 March, march 3rd 2027, 4/25, 2026-03-04, the 15th. Each function reads one writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Grain
from bot.language.times.doubts import of_its_week
from bot.language.times.numbers import number_at, ordinal_at
from bot.language.times.parse.clock import is_preceded
from bot.language.times.parse.cycle import is_week_number
from bot.language.times.parse.day_number import (
    MISWRITTEN_ORDINAL,
    begins_hours,
    counts_others,
    is_date_abroad,
    is_day_number,
    is_where_to,
)
from bot.language.times.parse.numeric import full_year, is_plain, read_numeric_date, year_at
from bot.language.times.pieces import Day, Mark, Nth, Piece, add_days, month_start, settle

if TYPE_CHECKING:
    from datetime import date

    from bot.language.times.lexed import Reading


def read_relative_day(reading: Reading, index: int) -> Piece | None:
    """Today, tomorrow, the day after tomorrow."""
    offset = reading.number(index, "relday")
    if offset is None:
        return None
    is_on = offset >= 0 and not is_week_number(reading, index + 2)
    weeks = {"week": 1, "fortnight": 2}.get(reading.words[index + 1], 0) if is_on else 0
    is_week_on = weeks > 0
    day = add_days(reading.today, offset + 7 * weeks)
    marks = frozenset((Mark.RELATIVE,))
    return Piece(index, index + 1 + is_week_on, "relative day", day=Day(first=day, last=day), marks=marks)


def read_relative_part(reading: Reading, index: int) -> Piece | None:
    """Tonight, last night."""
    part = reading.name(index, "relpart")
    offset = -1 if part == "last_night" else 0
    day = add_days(reading.today, offset)
    return Piece(index, index + 1, "tonight", day=Day(first=day, last=day), part="night" if offset else f"to{part}")


def read_weekday(reading: Reading, index: int) -> Piece | None:
    """Friday, next friday, this coming friday, friday the 26th, tue 10."""
    shift, at = _shift(reading, index)
    weekday = reading.number(at, "weekday")
    if weekday is None and shift and "or" in reading.senses[at] and reading.name(at + 1, "shift"):
        listed = reading.number(at + 2, "weekday")  # «this or next friday»
        return None if listed is None else Piece(index, at, "weekday", day=Day(weekday=listed, shift=shift))
    if weekday is None or (at == index and reading.words[at] in {"sat", "sun"} and _is_other_word(reading, at)):
        return None
    is_short = reading.ends[at] - reading.starts[at] <= _SHORTENED
    end = at + 1 + (reading.words[at + 1] == "." and reading.glued[at + 1] and is_short)
    day = of_its_week(reading, index, Day(weekday=weekday, shift=shift))
    is_week_on = reading.words[end] in {"week", "fortnight"} and not shift and not is_week_number(reading, end + 1)
    if is_week_on and reading.name(end, "unit") and "of" not in reading.senses[end + 1]:
        week_on = add_days(settle(day, reading.today)[0], 7 if reading.words[end] == "week" else 14)
        return Piece(index, end + 1, "weekday week", day=Day(first=week_on, last=week_on))
    if "afternext" in reading.senses[end] and day.shift != "last":
        return Piece(index, end + 1, "weekday after next", day=day._replace(shift="next2"))
    found = _date_after_weekday(reading, end)
    if found is not None and not _is_of_day(reading, at, found[1]):
        return Piece(index, found[1], "weekday and date", day=found[0]._replace(weekday=weekday))
    return Piece(index, end, "weekday", day=day)


def _is_of_day(reading: Reading, at: int, end: int) -> bool:
    """«thursday's third meeting», «friday's 2nd call»: which of that day, and no date."""
    is_thing = reading.words[end].isalpha() and reading.senses[end].keys().isdisjoint(_NO_THINGS)
    return reading.words[at].endswith("'s") and is_thing


_NO_THINGS = ("of", "month", "weekday", "unit", "at", "to", "join", "relday", "part")


_SHORTENED = 5
"""Letters of the longest weekday that is written short (thurs.)."""


def _is_other_word(reading: Reading, index: int) -> bool:
    """«I sat down», «the sun»."""
    return (
        is_preceded(reading, index, "mayverb") if reading.words[index] == "sat" else is_preceded(reading, index, "the")
    )


def _shift(reading: Reading, index: int) -> tuple[str, int]:
    """This, next, last … and the index behind."""
    name = reading.name(index, "shift")
    if not name:
        return "", index
    second = reading.name(index + 1, "shift")
    if second:
        return ("next2" if name == second == "next" else second if name == "this" else name), index + 2
    return name, index + 1


def _date_after_weekday(reading: Reading, index: int) -> tuple[Day, int] | None:
    at = _date_lead(reading, index)
    if at > index and reading.is_move and is_where_to(reading, index, at):
        return None  # «von mittwoch auf den 12.»: which meeting, and where to
    for parse in (read_day_month, read_month_day, read_numeric_date):
        found = parse(reading, at)
        if parse is read_numeric_date and reading.words[at + 1] == "-" and found is not None and found.end == at + 3:
            continue
        if found is not None and found.day is not None and found.day.number is not None:
            return found.day, found.end
    ordinal = ordinal_at(reading, at)
    if ordinal is not None and 1 <= ordinal[0] <= 31 and not counts_others(reading, index, at, ordinal):
        return Day(number=ordinal[0]), ordinal[1]
    digits = reading.digits(at)
    is_ranged = "to" in reading.senses[at + 1] and "weekday" in reading.senses[at + 2] and not reading.is_move
    is_second = is_preceded(reading, index - 1, "to") and reading.digits(index - 3) is not None
    is_second = is_second and index > 3 and "weekday" in reading.senses[index - 4] and is_plain(reading, at + 1)
    if at == index and digits is not None and 1 <= digits <= 31 and (is_ranged or is_second):
        return Day(number=digits), at + 1
    if at == index and digits is not None and 13 <= digits <= 31 and is_plain(reading, at + 1):
        if begins_hours(reading, at, digits):
            return None
        return Day(number=digits), at + 1
    if (
        at == index
        and digits is not None
        and (is_day_number(reading, at, digits) or is_date_abroad(reading, at, digits))
    ):
        return Day(number=digits), at + 1
    return None


def _date_lead(reading: Reading, index: int) -> int:
    """Past what leads over from a weekday to its date: «friday, the 4th», «sexta, dia 4» (friday, on the 4th)."""
    at = reading.skip(index, "comma")
    at += reading.words[at] == "("
    lead = reading.skip(at, "on", "the")
    lead += reading.name(lead, "unit") == "day"
    return lead if lead == at or ordinal_at(reading, lead) or reading.digits(lead) is not None else at


def read_month_day(reading: Reading, index: int) -> Piece | None:
    """March 3, march the 3rd 2027, Oct2, march 2027, march alone."""
    shift, at = _shift(reading, index)
    month = reading.number(at, "month")
    if month is None or _is_verb(reading, index, at):
        return None
    is_tied = reading.words[at + 1] == "." and reading.glued[at + 1] and reading.glued[at + 2]
    is_tied = is_tied and reading.digits(at + 2) is not None
    end = at + 1 + (reading.words[at + 1] == "." and (is_tied or len(reading.words[at]) <= 4))
    if shift:
        return Piece(index, end, "month", day=Day(month=month, shift=shift, grain=Grain.MONTH))
    if "afternext" in reading.senses[end]:
        return Piece(index, end + 1, "month after next", day=Day(month=month, shift="next2", grain=Grain.MONTH))
    at = reading.skip(end, "dash", "slash") if reading.glued[end] else reading.skip(end, "the", "of", "slash")
    is_far = "comma" in reading.senses[end] and "suffix" in reading.senses[end + 2]
    found = None if _is_of_nth(reading, index) else _day_of_month(reading, end + 1 if is_far else at)
    if found is not None:
        year, end = year_at(reading, found[1])
        return Piece(index, end, "month and day", day=Day(year=year, month=month, number=found[0]))
    is_listed = "comma" in reading.senses[end] and not reading.words[end + 2].isalpha()
    year, end = year_at(reading, end, is_needed=not is_listed)
    return Piece(index, end, "month", day=Day(year=year, month=month, grain=Grain.MONTH))


def _is_of_nth(reading: Reading, index: int) -> bool:
    """«first thursday in april 11 am», «last day of march 3pm»: a month that has its day in front."""
    if index < 3 or not is_preceded(reading, index, "in", "of"):
        return False
    is_day = "weekday" in reading.senses[index - 2] or reading.name(index - 2, "unit") in {"day", "workday"}
    return is_day and not reading.senses[index - 3].keys().isdisjoint(("ordinal", "suffix", "shift", "penultimate"))


def _is_verb(reading: Reading, index: int, at: int) -> bool:
    """Whether «may» or «march» is no month here: «may I», «we may», «march on»."""
    if reading.words[at] not in {"may", "march", "mar", "dec"} or at > index or reading.utterance.language != "en":
        return False
    if reading.digits(at + 1) is not None or is_preceded(
        reading, at, "in", "of", "edge", "to", "from", "by", "since", "after", "before"
    ):
        return False
    number = reading.senses[at + 1].keys() & {"the", "ordinal", "number"}
    if reading.words[at] == "march" and "to" in reading.senses[at + 1] and reading.words[at + 1] != "-":
        is_written = reading.utterance.text[reading.starts[at]].isupper()
        after = reading.senses[reading.skip(at + 2, "the")].keys()
        return not is_written and after.isdisjoint(("month", "digits", "ordinal", "shift", "edge"))
    if reading.words[at] == "may" and not number:
        return (
            "mayverb" in reading.senses[at + 1]
            or "mayverb" in reading.senses[at - 1]
            or (at > 0 and reading.size > at + 1)
        )
    return False


_MISWRITTEN = 40
"""A number below it beside a month is meant as a day, also where no month has so many, or none such (0 december)."""


def _day_of_month(reading: Reading, index: int) -> tuple[int, int] | None:
    ordinal = ordinal_at(reading, index)
    if ordinal is not None:
        is_unit = reading.words[ordinal[1]].isalpha() and reading.senses[ordinal[1]].keys() & {"unit", "weekday"}
        return ordinal if ordinal[0] < MISWRITTEN_ORDINAL and not is_unit else None
    found = number_at(reading, index)
    if found is None or found[0] != int(found[0]) or not 0 <= found[0] < _MISWRITTEN:
        return None
    end = found[1]
    senses = reading.senses[end]
    is_clock = not senses.keys().isdisjoint(("colon", "meridiem", "oclock", "hourmark")) and (
        (reading.glued[end] and reading.glued[end + 1] if reading.words[end] == ":" else reading.glued[end])
        or "oclock" in senses
    )
    if (
        is_clock
        or reading.words[end] == "past"
        or ("digits" in senses and reading.glued[end])
        or reading.name(end, "unit") in {"minute", "hour", "day"}
    ):
        return None
    if "dot" in senses and reading.glued[end + 1] and reading.digits(end + 1) is not None:
        return None
    return int(found[0]), end


def read_day_month(reading: Reading, index: int) -> Piece | None:
    """3 March, the 3rd of March 2027, third day of october, 20 of next month (the month stands in a piece of its own)."""
    has_article = "the" in reading.senses[index]
    found = ordinal_at(reading, index + has_article)
    if found is None:
        number = number_at(reading, index) if not has_article else None
        if number is None or number[0] != int(number[0]):
            return None
        if reading.words[index] == "one" and reading.words[number[1]] == "in":
            return None  # «the first one in december»
        if reading.words[number[1]] == "in" and is_preceded(reading, index, "at"):
            return None  # «at 11 in march»
        found = int(number[0]), number[1]
    number_, at = found
    most = MISWRITTEN_ORDINAL if "suffix" in reading.senses[at - 1] else _MISWRITTEN
    if not 0 <= number_ < most or (index and reading.glued[index] and reading.words[index - 1] in {":", "."}):
        return None
    if reading.name(at, "unit") == "day":
        at += 1
    at += reading.words[at] in {".", "-", "/"} and (reading.glued[at] or reading.words[at] == ".")
    at = reading.skip(at, "of", "the")
    month = reading.number(at, "month")
    if month is None or _is_hour_in_front(reading, index, at):
        return None
    end = at + 1 + (reading.words[at + 1] == "." and len(reading.words[at]) <= 4 and reading.glued[at + 1])
    is_dashed = (
        reading.words[end] in {"-", "/", "."} and reading.words[at - 1] == reading.words[end] and reading.glued[end + 1]
    )
    written = reading.digits(end + 1) if is_dashed else None
    if written is not None and (written >= 1900 or len(reading.words[end + 1]) == 2):
        year, end = full_year(reading, end + 1, written), end + 2
    else:
        year, end = year_at(reading, end)
    return Piece(index, end, "day and month", day=Day(year=year, month=month, number=number_))


def _is_hour_in_front(reading: Reading, index: int, month: int) -> bool:
    """«at 11 march 3», «twelve march 3rd»: an hour, behind which the month has its own day."""
    is_plain_hour = month == index + 1 and not reading.glued[month]
    found = _day_of_month(reading, reading.skip(month + 1, "the")) if is_plain_hour else None
    if found is None:
        return False
    is_ordinal = ordinal_at(reading, reading.skip(month + 1, "the")) is not None
    return is_ordinal or is_preceded(reading, index, "at") or _ends_hours(reading, index)


def _ends_hours(reading: Reading, index: int) -> bool:
    """«9am to 11 march 6», «11:30-1 march 6»: the hour at which a stretch ends that began with a clock."""
    if index < 2 or not is_preceded(reading, index, "to", "dash", "and"):
        return False
    is_minute = "digits" in reading.senses[index - 2] and is_preceded(reading, index - 2, "colon")
    return is_minute or not reading.senses[index - 2].keys().isdisjoint(("meridiem", "clockword"))


def read_nth(reading: Reading, index: int) -> Piece | None:
    """Third tuesday, last monday, last day, first week: of the month or year that follows in a piece of its own."""
    at = index + ("the" in reading.senses[index])
    found = ordinal_at(reading, at)
    if found is not None and found[0] <= 53:
        count, at = found
    elif reading.name(at, "shift") == "last":
        count, at = -1, at + 1
    elif not reading.senses[at].keys().isdisjoint(("penultimate", "final")):
        count, at = (-1 if "final" in reading.senses[at] else -2), at + 1
    else:
        return None
    if found is not None and (listed := _listed_nth(reading, index, at, count)) is not None:
        return listed
    weekday = reading.number(at, "weekday")
    several = number_at(reading, at) if count in {1, -1} else None
    if (
        several is not None
        and 2 <= several[0] <= 31
        and reading.name(several[1], "unit") in {"day", "week", "month", "weekend"}
    ):
        if "of" not in reading.senses[several[1] + 1]:
            return None
        unit = reading.name(several[1], "unit")
        return Piece(index, several[1] + 1, "first so many of", nth=Nth(count * int(several[0]), unit=f"{unit}s"))
    unit = reading.name(at, "unit")
    end = at + 1
    if weekday is None and unit not in {"day", "week", "weekend", "workday", "month", "quarter"}:
        return None
    is_tied = bool(
        (weekday is not None or unit == "workday") and reading.senses[end].keys() & {"after_of", "before_of"}
    )
    is_shifted = reading.name(end, "shift") != "" and reading.name(end + 1, "unit") in {"month", "year", "quarter"}
    is_tied = is_tied or is_shifted
    if weekday is not None and 1 <= count <= 4 and not is_tied and _is_of_no_month(reading, index, end):
        return Piece(index, end, "nth of the month", day=_nth_to_come(reading.today, count, weekday))
    if ("of" not in reading.senses[end] and not is_tied) or (
        unit == "day" and count > 0 and "month" in reading.senses[end + 1]
    ):
        return None
    return Piece(index, end, "nth of a month", nth=Nth(count, weekday, unit if weekday is None else ""))


def _listed_nth(reading: Reading, index: int, at: int, count: int) -> Piece | None:
    """«first or second week of may»: the ordinal in front, whose unit and month stand behind the next one."""
    if reading.senses[at].keys().isdisjoint(("or", "and", "to")):
        return None
    second = ordinal_at(reading, at + 1 + ("the" in reading.senses[at + 1]))
    if second is None or "of" not in reading.senses[second[1] + 1]:
        return None
    weekday, unit = reading.number(second[1], "weekday"), reading.name(second[1], "unit")
    if weekday is None and unit not in {"week", "weekend"}:
        return None
    return Piece(index, at, "nth of a month", nth=Nth(count, weekday, unit if weekday is None else ""))


def _is_of_no_month(reading: Reading, index: int, end: int) -> bool:
    """«the second tuesday», no month named, and no choice of options offered before."""
    behind = reading.senses[end].keys() & {"of", "month", "shift", "digits", "attributive", "noun", "part", "or", "and"}
    return not behind and is_preceded(reading, index, "on", "by", "until", "before", "after", "from")


def _nth_to_come(today: date, count: int, weekday: int) -> Day:
    """The nth weekday of the running month, of the next one when it is over."""
    day = today
    for months in (0, 1):
        first = month_start(today, months)
        day = add_days(first, (weekday - first.weekday()) % 7 + 7 * (count - 1))
        if day >= today:
            break
    return Day(first=day, last=day)


def read_year(reading: Reading, index: int) -> Piece | None:
    """In 2027: a year behind «in» or «of»."""
    word = reading.words[index]
    if len(word) != 4 or not word.isdigit() or not 1950 <= int(word) <= 2100:
        return None
    is_named = reading.name(index - 1, "unit") == "year" and index > 0
    is_named = is_named or (
        int(word) % 5 > 0 and is_preceded(reading, index, "from", "between", "to", "and", "by", "before", "after")
    )
    if not is_named and (
        not is_preceded(reading, index, "in", "of", "since", "until", "edge", "during") or reading.glued[index]
    ):
        return None
    if not reading.senses[index + 1].keys().isdisjoint(("meridiem", "colon", "noun", "hourmark", "zone")):
        return None
    start = index - (reading.words[index - 1] == "year")
    return Piece(start, index + 1, "year", day=Day(year=int(word), grain=Grain.YEAR))


def read_instant(reading: Reading, index: int) -> Piece | None:
    """A date token of Slack: an exact instant."""
    from datetime import UTC, datetime  # noqa: PLC0415  only messages with such a token pay for it

    start = reading.starts[index]
    for kind, value in (
        reading.utterance.atoms.get(at, ("", "")) for at, s in enumerate(reading.utterance.starts) if s == start
    ):
        if kind == "instant":
            try:
                found = datetime.fromtimestamp(int(value), UTC)
            except (OverflowError, OSError, ValueError):
                return None
            return Piece(index, index + 1, "date token", exact=found) if 1900 <= found.year <= 2100 else None
    return None
