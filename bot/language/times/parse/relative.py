"""Times counted from now: in 2 hours, 3 days from now, a week ago, within 2 weeks; and lengths that are only lengths."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.meaning import Grain, Open
from bot.language.normalise import HIDDEN
from bot.language.times.numbers import length_at, length_of, number_at
from bot.language.times.parse.clock import is_preceded
from bot.language.times.parts import PARTS
from bot.language.times.pieces import Day, Length, Mark, Piece, add_days, add_months, add_workdays, unit_days

if TYPE_CHECKING:
    from datetime import date

    from bot.language.times.lexed import Reading


_SEVERAL = frozenset(("calls", "meetings", "sessions", "slots", "chats", "appointments", "blocks"))
_ONE = frozenset(("a", "an", "one"))


def read_length(reading: Reading, index: int) -> Piece | None:
    """A length, alone or counted from now by «in», «from now», «ago», «within»."""
    found = length_at(reading, index)
    if found is None:
        return None
    length, end = found
    if length.unit == "hour" and reading.words[end] in _OF_CLOCKS and is_preceded(reading, index, "at"):
        return None  # «alle 9 ora di tokyo», «alle 9 ora locale»: that clock
    if reading.words[end] in _SEVERAL and "fraction" in reading.senses[index + 1] and reading.words[index] not in _ONE:
        single = length_at(reading, index + 1)  # «two half-hour calls»
        return Piece(index, end, "length", length=single[0]) if single is not None else None
    if (
        length.unit == "day"
        and length.amount == 1
        and reading.words[index] in {"one", "some"}
        and "later" not in reading.senses[end]
    ):
        return None  # «one day next week»
    before = _behind_about(reading, index)
    if reading.words[end] == "from now on":
        return Piece(index, end, "length", length=length)  # «90 minutes from now on»: how long each takes
    is_bound = is_preceded(reading, before, "atmost") and not reading.senses[end].keys().isdisjoint(
        ("after_of", "later")
    )
    if is_bound or is_preceded(reading, before, "within"):
        return Piece(before - 1, _now_behind(reading, end), "within", length=length, edge="within", is_counted=True)
    if index and reading.words[index - 1] == "+" and reading.glued[index]:
        return _away(reading, index - 1, end, length, 1)
    if is_preceded(reading, before, "more") and (
        "later" in reading.senses[end] or is_preceded(reading, before - 1, "in")
    ):
        start = before - 1 - is_preceded(reading, before - 1, "in")
        piece = _away(reading, start, end + ("later" in reading.senses[end]), length, 1)
        return piece._replace(side=Open.AFTER)
    if "later" in reading.senses[end] and not _is_later_in(reading, end):
        return _moment(reading, before, end, length, index)
    if "ago" in reading.senses[end] and "ordinal" not in reading.senses[end + 1]:
        is_today = reading.words[end + 1] == "today" and not length.rest
        return _away(reading, before, end + 1 + is_today, length, -1)
    is_told = length.rest and before and reading.words[before - 1] == "after"
    if is_told and reading.senses[end].keys().isdisjoint(("of", "after_of", "for")):
        return _away(reading, before - 1, end, length, 1)
    if before and reading.words[before - 1] == "after" and end == reading.size:
        return _away(reading, before - 1, end, length, 1)._replace(side=Open.AFTER)
    if reading.words[end] == "after" and end + 1 == reading.size and index == 0:
        return _away(reading, index, end + 1, length, 1)
    if (
        is_preceded(reading, before, "in")
        and "in" in reading.senses[before - 1]
        and "attributive" not in reading.senses[end]
    ):
        return _away(reading, before - 1, end, length, 1)
    end += "long" in reading.senses[end]
    is_half = length.unit == "day" and length.amount == _HALF and "fraction" in reading.senses[index]
    return Piece(index, end, "length", length=length_of("hour", _HALF_DAY) if is_half else length)


_HALF, _HALF_DAY = 0.5, 4
"""Half a day of work, in hours."""


def read_two_counts(reading: Reading, index: int) -> Piece | None:
    """In 2 or 3 days, in 2-3 weeks, between 20 and 30 minutes from now: from the nearer one to the farther."""
    low = number_at(reading, index)
    links = ("or", "to", "and")
    if low is None or reading.senses[low[1]].keys().isdisjoint(links) or reading.glued[index]:
        return None
    high = length_at(reading, low[1] + 1)
    if high is None or not 0 < low[0] < high[0].amount or not reading.senses[low[1] + 1].keys() & {"digits", "number"}:
        return None
    length, end = high
    if reading.words[end - 1] == "h" and reading.glued[end - 1] and low[0] > _MOST_HOURS:
        return None  # «thu 15-16h»
    is_in = is_preceded(reading, index, "in") and "attributive" not in reading.senses[end]
    if not is_in and "later" not in reading.senses[end]:
        is_range = "to" in reading.senses[low[1]] and "ago" not in reading.senses[end]
        return Piece(index, end, "length range", length=length_of(length.unit, low[0])) if is_range else None
    is_led = is_in or is_preceded(reading, index, "between")
    return _between(reading, (index - is_led, end + ("later" in reading.senses[end])), low[0], length)


_OF_CLOCKS = frozenset(("of", "local", f"{HIDDEN}locale", f"{HIDDEN}sua", f"{HIDDEN}mia"))


def read_in_minutes(reading: Reading, index: int) -> Piece | None:
    """«in 45?», «in 30 with Sam»: a usual number of minutes that counts nothing else."""
    number, end = reading.digits(index + 1), index + 2
    if number not in _USUAL_MINUTES or reading.utterance.language not in {"en", "de"} or reading.is_move:
        return None
    behind = reading.words[end]
    if behind not in _BEHIND_MINUTES or (behind == "." and reading.digits(end + 1) is not None):
        return None
    return _away(reading, index, end, Length(rest=timedelta(minutes=number or 0), unit="minute"), 1)


_USUAL_MINUTES = frozenset((10, 15, 20, 30, 40, 45, 50, 60, 90))
_BEHIND_MINUTES = frozenset(("", "?", "!", ".", ",", "with", "w", "please", "pls", "plz", "thanks"))


def read_or_two(reading: Reading, index: int) -> Piece | None:
    """A day or two, an hour or two; «in a day or two» is from the nearer to the farther."""
    low = length_at(reading, index)
    if low is None or low[0].amount != 1 or "or" not in reading.senses[low[1]]:
        return None
    high = number_at(reading, low[1] + 1)
    if high is None or not 1 < high[0] <= _MOST_HOURS or "unit" in reading.senses[high[1]]:
        return None
    length, end, is_in = low[0], high[1], is_preceded(reading, index, "in")
    if is_in or "later" in reading.senses[end]:
        places = index - is_in, end + ("later" in reading.senses[end])
        return _between(reading, places, 1, length_of(length.unit, high[0]))
    return Piece(index, end, OR_TWO, length=length)


OR_TWO = "length or two"
"""The rule of «a day or two», whose farther end is the number that it ends with."""
_MOST_HOURS = 8
"""More of them are hours of the day: 9-10h."""


def _between(reading: Reading, places: tuple[int, int], low: float, length: Length) -> Piece:
    start, end = places
    first, last = (_away(reading, start, end, one, 1) for one in (length_of(length.unit, low), length))
    if first.exact is not None and last.exact is not None:
        return first._replace(exact_end=last.exact, length=None)
    if first.day is None or last.day is None:
        return last
    return last._replace(day=last.day._replace(first=first.day.first), rule="later")


def _is_later_in(reading: Reading, index: int) -> bool:
    """«30 minutes later this week»: later in the week, not from now."""
    return reading.words[index] == "later" and bool(reading.senses[index + 1].keys() & {"shift", "relday", "in", "the"})


def _moment(reading: Reading, before: int, end: int, length: Length, index: int) -> Piece | None:
    """So long from now; «in 2 weeks time»."""
    if reading.words[end] in {"time", "'s time"} and not is_preceded(reading, before, "in"):
        return Piece(index, end, "length", length=length)
    start = before - 1 if is_preceded(reading, before, "in") else index
    return _away(reading, start, end + 1, length, 1)


def _behind_about(reading: Reading, index: int) -> int:
    """The index in front of any «about», «~» before a length."""
    while index and "about" in reading.senses[index - 1]:
        index -= 1
    return index


def _now_behind(reading: Reading, end: int) -> int:
    """Past «from now», «of now» behind a length."""
    return end + ("later" in reading.senses[end])


def _away(reading: Reading, start: int, end: int, length: Length, sign: int) -> Piece:
    """The moment that lies the length ahead of now, or behind it."""
    rule = "later" if sign > 0 else "ago"
    if length.unit == "weekend" and sign > 0 and length.amount == int(length.amount):
        first, last, grain = unit_days("weekend", reading.today, int(length.amount) - 1)
        return Piece(start, end, rule, day=Day(first=first, last=last, grain=grain))
    is_exact = bool(length.rest) or reading.words[end - 1] in {"from right now", "from this moment"}
    if is_exact:
        day = move(reading.today, length, sign)
        exact = reading.now + (day - reading.today) + sign * length.rest
        grain = Grain.SECOND if length.unit == "second" else Grain.MINUTE
        exact = exact if grain is Grain.SECOND else exact.replace(second=0, microsecond=0)
        return Piece(start, end, rule, exact=exact, grain=grain, length=length, is_counted=True)
    day = move(reading.today, length, sign)
    mark = Mark.BACK if sign < 0 else Mark.WEEKS if length.unit in {"week", "fortnight"} else Mark.AHEAD
    return Piece(start, end, rule, day=Day(first=day, last=day), is_counted=True, marks=frozenset((mark,)))


def move(day: date, length: Length, sign: int) -> date:
    """The date that lies the length's months and days away."""
    if length.is_workdays:
        return add_workdays(day, sign * length.days)
    return add_days(add_months(day, sign * length.months), sign * length.days)


def read_whole(reading: Reading, index: int) -> Piece | None:
    """All day, the whole week, the entire morning: a length; not «the whole month of june»."""
    part = reading.name(index, "wholepart")
    if part:
        start, end = PARTS[part]
        length = Length(rest=timedelta(hours=end.hour - start.hour), unit="hour", amount=end.hour - start.hour)
        return Piece(index, index + 1, "whole part of day", part=part, length=length)
    if "of" in reading.senses[index + 1]:
        return None
    unit = reading.name(index, "whole")
    if unit in {"week", "month"} and "not" in reading.senses[reading.skip(index + 1, "comma")]:
        first, last, grain = unit_days(unit, reading.today, starts=reading.week_starts)  # «all week except tuesday»
        return Piece(index, index + 1, "whole", day=Day(first=first, last=last, grain=grain))
    return Piece(index, index + 1, "whole", length=length_of(unit, 1))


def read_weekdays_away(reading: Reading, index: int) -> Piece | None:
    """Two fridays from now, in 3 tuesdays."""
    found = number_at(reading, index)
    if found is None or not 1 <= found[0] <= 60:
        return None
    at = found[1]
    weekday = reading.number(at, "weekdays")
    weekday = reading.number(at, "weekday") if weekday is None else weekday
    is_in = is_preceded(reading, index, "in")
    if weekday is not None and "ago" in reading.senses[at + 1]:
        back = (reading.today.weekday() - weekday - 1) % 7 + 1 + 7 * (int(found[0]) - 1)
        day = add_days(reading.today, -back)
        return Piece(index, at + 2, "weekdays ago", day=Day(first=day, last=day))
    if weekday is None or not (is_in or "later" in reading.senses[at + 1]):
        return None
    ahead = (weekday - reading.today.weekday() - 1) % 7 + 1
    day = add_days(reading.today, ahead + 7 * (int(found[0]) - 1))
    end = at + 1 + ("later" in reading.senses[at + 1])
    return Piece(index - is_in, end, "weekdays away", day=Day(first=day, last=day))
