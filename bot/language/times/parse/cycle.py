"""Stretches of the calendar: next week, the weekend, week after next, the next 3 days, Q3, early …, week of …"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.language.meaning import Grain, Open
from bot.language.times.numbers import is_several, length_at, length_of, number_at, ordinal_at
from bot.language.times.parse.clock import is_preceded
from bot.language.times.pieces import (
    FIRST_YEAR,
    LAST_YEAR,
    NO_MARKS,
    Day,
    Length,
    Mark,
    Piece,
    add_days,
    add_months,
    add_workdays,
    month_start,
    safe_date,
    unit_days,
)

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading

_OFFSETS = {"this": 0, "next": 1, "coming": 1, "next2": 2, "last": -1}
_CYCLES = frozenset(("week", "weekend", "month", "quarter", "year", "day", "fortnight"))


def read_shifted(reading: Reading, index: int) -> Piece | None:
    """This week, next month, last year, next morning, the next 3 weeks, the coming hour."""
    shift, at = reading.name(index, "shift"), index + 1
    if reading.words[index] == "last" and is_preceded(reading, index, "modal") and "article" in reading.senses[at]:
        return None
    if reading.words[index] == "last" and is_preceded(reading, index, "modal") and number_at(reading, at) is not None:
        return None
    second = reading.name(at, "shift")
    if second:
        shift, at = ("next2" if shift == second == "next" else second if shift == "this" else shift), at + 1
    unit = reading.name(at, "unit")
    is_many = reading.words[at] in {"days", "weeks", "months"} and shift in {"coming", "next"}
    if is_many and "of" not in reading.senses[at + 1]:
        return _counted(reading, index, at + 1, shift, length=length_of(unit, 3))  # «in the coming days»
    if unit == "workday" or reading.words[at] in {"weekday", "workday"}:
        day = add_workdays(reading.today, {"next": 1, "coming": 1, "last": -1}.get(shift, 0))
        return Piece(index, at + 1, f"{shift} workday", day=Day(first=day, last=day)) if shift != "this" else None
    if unit in _CYCLES:
        return _cycle(reading, index, at, shift)
    if reading.words[at] == "minute" and shift == "last":
        return None  # «at the last minute»
    if not unit and (listed := _listed_unit(reading, index, at)):
        first, last, grain = unit_days(listed, reading.today, _OFFSETS.get(shift, 0), starts=reading.week_starts)
        return Piece(index, at, f"{shift} {listed}", day=Day(first=first, last=last, grain=grain))
    if not unit and (weekday := _listed_weekday(reading, index, at)) is not None:
        return Piece(index, at, f"{shift} of a list", day=Day(weekday=weekday, shift=shift))
    if unit in {"hour", "minute"} and shift != "this":
        return _counted(
            reading, index, at + 1, shift, length=Length(rest=timedelta(minutes=60 if unit == "hour" else 1), unit=unit)
        )
    part = reading.name(at, "part")
    if part:
        return _shifted_part(reading, (index, at), shift, part)
    at = reading.skip(at, "about")
    found = length_at(reading, at)
    if found is not None and not is_preceded(reading, at, "article") and reading.words[at] not in {"a", "an"}:
        return _counted(reading, index, found[1], shift, length=found[0])
    return None


def _listed_unit(reading: Reading, index: int, at: int) -> str:
    """The unit that «this or next week» and «this week or next» say once."""
    links = ("or", "and", "comma")
    if not reading.senses[at].keys().isdisjoint(links) and reading.name(at + 1, "shift"):
        unit = reading.name(at + 2, "unit")
    elif index > 1 and not reading.senses[index - 1].keys().isdisjoint(links):
        unit = reading.name(index - 2, "unit") if reading.name(index - 3, "shift") else ""
    else:
        return ""
    return unit if unit in {"week", "weekend", "month", "quarter", "year"} else ""


def _listed_weekday(reading: Reading, index: int, at: int) -> int | None:
    """The weekday that «this thursday or next», «not this tuesday, next» say once."""
    ahead = reading.words[at]
    if not index > 1 or (ahead.isalpha() and reading.senses[at].keys().isdisjoint(("at", "on", "join", "filler"))):
        return None
    before = reading.skip(index - 1, "or", "and", "comma", "but", "the") == index
    return reading.number(index - 2, "weekday") if before and reading.name(index - 3, "shift") == "this" else None


def _cycle(reading: Reading, index: int, at: int, shift: str) -> Piece:
    unit, offset = reading.name(at, "unit"), _OFFSETS.get(shift, 0)
    if unit == "weekend" and shift == "coming":
        offset = 0
    first, last, grain = unit_days(unit, reading.today, offset, starts=reading.week_starts)
    return Piece(index, at + 1, f"{shift} {unit}", day=Day(first=first, last=last, grain=grain))


def _shifted_part(reading: Reading, places: tuple[int, int], shift: str, part: str) -> Piece:
    index, at = places
    offset = max(-1, min(1, _OFFSETS.get(shift, 0)))
    if reading.words[index] in {"past", "coming", "upcoming"}:
        offset = 0
    day = add_days(reading.today, offset)
    return Piece(index, at + 1, f"{shift} part of day", day=Day(first=day, last=day), part=part)


def _counted(reading: Reading, index: int, end: int, shift: str, *, length: Length) -> Piece | None:
    """The next or last so many: from now on, or up to now."""
    if shift == "this" or (length.unit == "weekend" and length.amount > 50):
        return None
    if length.rest:
        whole = length.whole()
        ends = (reading.now, reading.now + whole) if shift != "last" else (reading.now - whole, reading.now)
        grain = Grain.MINUTE if length.unit in {"minute", "hour", "second"} and not length.days else Grain.DAY
        return Piece(index, end, "next so many", exact=ends[0], exact_end=ends[1], grain=grain, length=length)
    grain = {"week": Grain.WEEK, "month": Grain.MONTH, "year": Grain.YEAR}.get(length.unit, Grain.DAY)
    today = reading.today
    if shift == "last" and grain is not Grain.DAY:
        first, last = (
            unit_days(length.unit, today, -int(length.amount))[0],
            add_days(unit_days(length.unit, today)[0], -1),
        )
        return Piece(index, end, "last so many", day=Day(first=min(first, last), last=last, grain=grain))
    if shift == "last":
        first, last = add_days(add_months(today, -length.months), -length.days), add_days(today, -1)
        return Piece(index, end, "last so many", day=Day(first=first, last=max(first, last), grain=grain))
    last = (
        add_workdays(today, length.days)
        if length.is_workdays
        else add_days(add_months(today, length.months), length.days)
    )
    if grain is not Grain.DAY:
        last = max(today, add_days(last, -1))
    return Piece(index, end, "next so many", day=Day(first=today, last=last, grain=grain))


def read_count_shifted(reading: Reading, index: int) -> Piece | None:
    """3 next weeks, the 2 upcoming months, 5 coming minutes; «10 to 4 next week» is a clock in one week."""
    found = number_at(reading, index)
    if found is None or not reading.name(found[1], "shift"):
        return None
    unit = reading.name(found[1] + 1, "unit")
    if not unit or not is_several(reading, index, found[1] + 1):
        return None
    length = length_of(unit, min(found[0], 5000))
    return _counted(reading, index, found[1] + 2, reading.name(found[1], "shift"), length=length)


_OF_EACH_DAY = frozenset(("starts", "begins", "ends", "finishes", "stops"))
"""«my day starts at 8:30»: said of every day."""


def read_unit(reading: Reading, index: int) -> Piece | None:
    """The week, weekend, week after next; not when a count stands before it."""
    is_own = "possessive" in reading.senses[index]
    has_article = is_own or "the" in reading.senses[index]
    at = index + has_article
    unit = reading.name(at, "unit")
    is_today = is_own and unit == "day" and reading.words[at] == "day" and "digits" not in reading.senses[at + 1]
    if is_today and _OF_EACH_DAY.isdisjoint(" ".join(reading.words[at + 1 : at + 2]).split()):
        return Piece(index, at + 1, "my day", day=Day(first=reading.today, last=reading.today))
    if (
        unit not in _CYCLES
        or reading.words[at].endswith("s")
        or len(reading.words[at]) < 3
        or is_preceded(reading, index, "article", "number", "digits", "every", "fraction")
    ):
        return None
    is_edged = is_preceded(reading, index, "edge") and "of" not in reading.senses[at + 1]
    if unit == "day" and is_preceded(reading, index, "edge") and reading.name(index - 1, "edge") == "rest":
        return Piece(index, at + 1, "the day", day=Day(first=reading.today, last=reading.today))
    if unit == "week" and is_week_number(reading, at + 1):
        return _week_number(reading, index, at)
    if unit == "year" and len(reading.words[at + 1]) == 4 and reading.digits(at + 1) is not None:
        return None  # «the year 2027»
    if reading.words[at + 1] == "before" and reading.name(at + 2, "shift") == "last":
        first, last, grain = unit_days(unit, reading.today, -2)
        return Piece(index, at + 3, f"{unit} before last", day=Day(first=first, last=last, grain=grain))
    is_said = has_article or is_edged or reading.words[at] == "the weekend"
    if (
        unit == "day"
        or not (is_said or unit == "weekend")
        or (is_said and "between" in reading.senses[at + 1])  # «the week between christmas and new year»
        or (is_said and "of" in reading.senses[at + 1] and unit != "weekend")
    ):
        return None
    first, last, grain = unit_days(unit, reading.today, starts=reading.week_starts)
    running = Piece(index, at + 1, f"the {unit}", day=Day(first=first, last=last, grain=grain))
    return running.marked(Mark.RUNNING) if unit == "month" else running


def read_after_next(reading: Reading, index: int) -> Piece | None:
    """The week after next."""
    unit = reading.name(index, "next2unit")
    first, last, grain = unit_days(unit, reading.today, 2, starts=reading.week_starts)
    return Piece(index, index + 1, f"{unit} after next", day=Day(first=first, last=last, grain=grain))


def is_week_number(reading: Reading, index: int) -> bool:
    """Whether a number behind «week» is that week's; not the clock of «wednesday week 3pm»."""
    if reading.digits(index) is None or len(reading.words[index]) > 2:
        return False
    behind = reading.senses[index + 1].keys()
    is_clock = not behind.isdisjoint(("colon", "meridiem", "hourmark", "oclock", "part", "digits")) or (
        reading.words[index + 1] in {"past", "."} and reading.digits(index + 2) is not None
    )
    return not is_clock


def _week_number(reading: Reading, index: int, at: int) -> Piece | None:
    number = reading.digits(at + 1) or 0
    if not 1 <= number <= 53 or "unit" in reading.senses[at + 2]:
        return None
    for year in (reading.today.year, reading.today.year + 1):
        try:
            first = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if add_days(first, 6) >= reading.today:
            return Piece(index, at + 2, "week number", day=Day(first=first, last=add_days(first, 6), grain=Grain.WEEK))
    return None


def read_quarter(reading: Reading, index: int) -> Piece | None:
    """Q3, q1 2027, third quarter."""
    if reading.words[index] == "h":
        return _read_half_year(reading, index)
    if "qmark" in reading.senses[index]:
        number, end = reading.digits(index + 1), index + 2
        if not reading.glued[index + 1]:
            return None
        before = reading.digits(index - 1) if index and reading.glued[index] else None
        if before is not None and number is not None and 1 <= number <= 4 and len(reading.words[index - 1]) in {2, 4}:
            first = date(before if before >= 1950 else 2000 + before % 100, 3 * number - 2, 1)
            last = add_days(add_months(first, 3), -1)
            return Piece(index - 1, end, "quarter", day=Day(first=first, last=last, grain=Grain.QUARTER))
    else:
        found = ordinal_at(reading, index + ("the" in reading.senses[index]))
        if found is None or reading.name(found[1], "unit") != "quarter":
            return None
        number, end = found[0], found[1] + 1
    if number is None or not 1 <= number <= 4 or _names_topic(reading, index, end):
        return None
    at = end + ("of" in reading.senses[end] or "slash" in reading.senses[end])
    word = reading.words[at]
    ahead = reading.words[index - 1] if index else ""
    if len(ahead) == 4 and ahead.isdigit() and 1950 <= int(ahead) <= 2100:
        word, at, index = ahead, end - 1, index - 1  # «2027 first quarter»
    year = int(word) if len(word) == 4 and word.isdigit() and 1950 <= int(word) <= 2100 else None
    first = safe_date(year or reading.today.year, 3 * number - 2, 1) or reading.today
    if year is None and add_months(first, 3) <= reading.today:
        first = add_months(first, 12)
    _, last, grain = unit_days("quarter", first)
    return Piece(index, at + 1 if year else end, "quarter", day=Day(first=first, last=last, grain=grain))


def _names_topic(reading: Reading, index: int, end: int) -> bool:
    """«Q1 kickoff on jan 7»: what it is about, no time."""
    is_led = is_preceded(
        reading, index, "in", "of", "during", "by", "before", "after", "for", "from", "to", "edge", "shift", "the"
    )
    return (
        not is_led and reading.words[end].isalpha() and not reading.senses[end] and reading.utterance.language == "en"
    )


def _read_half_year(reading: Reading, index: int) -> Piece | None:
    """H1 2027, h2: half a year."""
    number, at = reading.digits(index + 1), index + 2
    if number not in {1, 2} or not reading.glued[index + 1] or (index and reading.glued[index]):
        return None
    said = reading.digits(reading.skip(at, "of"))
    year = said if said is not None and FIRST_YEAR < said < LAST_YEAR else reading.today.year
    first = date(year, 6 * number - 5, 1)
    if said != year and add_months(first, 6) <= reading.today:
        first = add_months(first, 12)
    end = reading.skip(at, "of") + 1 if said == year else at
    return Piece(
        index, end, "half year", day=Day(first=first, last=add_days(add_months(first, 6), -1), grain=Grain.QUARTER)
    )


_SEASONS = {
    "spring": ((3, 20), (6, 21)),
    "summer": ((6, 21), (9, 23)),
    "autumn": ((9, 23), (12, 21)),
    "winter": ((12, 21), (3, 20)),
}
_SEASON_WORDS = ("in", "during", "edge", "until", "by", "after", "before", "since", "of", "from", "to")


def read_season(reading: Reading, index: int) -> Piece | None:
    """This summer, next winter, in spring, summer of 2027."""
    shift = reading.name(index, "shift")
    at = index + bool(shift) + ("the" in reading.senses[index])
    name = reading.name(at, "season")
    if not name:
        return None
    end = at + 1 + ("of" in reading.senses[at + 1])
    word = reading.words[end]
    is_dated = len(word) == 4 and word.isdigit() and 1950 <= int(word) <= 2100
    if not (shift or is_dated or is_preceded(reading, index, *_SEASON_WORDS)):
        return None
    if is_dated:
        first, last = _season(name, int(word))
        return Piece(index, end + 1, "season", day=Day(first=first, last=last, grain=Grain.QUARTER), grain=Grain.PART)
    year = reading.today.year - 1
    while _season(name, year)[1] < reading.today:
        year += 1
    if shift == "last":
        year -= 1
    elif shift == "next" and _season(name, year)[0] <= reading.today:
        year += 1
    first, last = _season(name, year)
    return Piece(index, at + 1, "season", day=Day(first=first, last=last, grain=Grain.QUARTER), grain=Grain.PART)


def _season(name: str, year: int) -> tuple[date, date]:
    start, end = _SEASONS[name]
    return date(year, *start), date(year + (end < start), *end)


def read_edge(reading: Reading, index: int) -> Piece | None:
    """Early, middle of, end of, rest of: an edge of what follows."""
    return Piece(index, index + 1, "edge", edge=reading.name(index, "edge"))


def read_week_of(reading: Reading, index: int) -> Piece | None:
    """Week of, week beginning, weekend of: the one with the date that follows."""
    return Piece(index, index + 1, "week of", edge="weekend" if "weekendof" in reading.senses[index] else "week")


def read_edge_word(reading: Reading, index: int) -> Piece | None:
    """EOW, EOM, midweek: an edge of the running week, month, year."""
    edge, _, unit = reading.name(index, "edgeword").partition("_")
    if reading.words[index] in {"bow", "boy", "bom"} or "of" in reading.senses[index + 1]:
        return None
    if unit == "newyear":
        first, last, grain = unit_days("month", month_start(date(reading.today.year, 1, 1), 12))
        return Piece(index, index + 1, "the new year", day=Day(first=first, last=last, grain=grain))
    first, last, grain = unit_days(unit, reading.today, starts=reading.week_starts)
    return Piece(index, index + 1, f"{edge} of the {unit}", day=Day(first=first, last=last, grain=grain), edge=edge)


_LOOKS = frozenset(("look", "looks", "looking"))


def read_now(reading: Reading, index: int) -> Piece | None:
    """Now; as soon as possible."""
    name = reading.name(index, "now")
    if reading.words[index] == "now" and (_is_filler_now(reading, index) or _is_aside_now(reading, index)):
        return None
    if reading.words[index] in _FIRST and reading.words[index + 1] in _STANDING:
        return None  # «the earliest meeting»: which of them, no time
    side = Open.AFTER if name == "soonest" else None
    marks = NO_MARKS if side is None else frozenset((Mark.SOONEST,))
    return Piece(index, index + 1, name, exact=reading.now, side=side, grain=Grain.MINUTE, marks=marks)


_FIRST = frozenset(("earliest", "soonest", "the earliest", "the soonest"))
_STANDING = frozenset(("meeting", "call", "appointment", "booking", "one", "session"))


def _is_aside_now(reading: Reading, index: int) -> bool:
    """«what does friday look like now»: as things stand by now, of another time."""
    looks = any(word in _LOOKS for word in reading.words[max(0, index - 3) : index])
    return looks and reading.words[index + 1] in {"", "?", "."}


def _is_filler_now(reading: Reading, index: int) -> bool:
    """«now add this», «for now», «from now on»: no time."""
    after = reading.words[index + 1]
    if is_preceded(reading, index, "for") or (after == "on" and reading.words[index - 1] == "from"):
        return True
    is_plain = after.isalpha() and reading.senses[index + 1].keys().isdisjoint(
        ("to", "and", "or", "by", "until", "for", "join", "part")
    )
    return is_plain and not is_preceded(reading, index, "from", "between", "until", "within", "after")


def read_step(reading: Reading, index: int) -> Piece | None:
    """The day after, the week before: counted from what follows, see refiners_within."""
    name = reading.name(index, "step")
    unit = name.rstrip("-0123456789")
    is_before_last = reading.name(index + 1, "shift") == "last" and name.endswith("-1")
    if unit in {"week", "weekend", "month"} and is_before_last and "unit" not in reading.senses[index + 2]:
        first, last, grain = unit_days(unit, reading.today, -2)
        return Piece(index, index + 2, f"{unit} before last", day=Day(first=first, last=last, grain=grain))
    return Piece(index, index + 1, "step", edge="step", length=length_of(unit, 1), bare=int(name.removeprefix(unit)))
