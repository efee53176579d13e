"""Refiners that make ranges: 9 to 11, mon-fri, between 3 and 5, the 13th to the 15th of july, monday 3pm till wednesday."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.meaning import Grain
from bot.language.times.parse.numeric import as_one_month, year_at
from bot.language.times.parts import PARTS
from bot.language.times.pieces import Clock, Day, Piece, settle
from bot.language.times.refine.hours import as_clock, is_clock_place, meal_clock, taken_until
from bot.language.times.refine.own import before_own, is_own
from bot.language.times.refine.within import is_gap

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading

_FILL = frozenset(("the", "about", "at", "on", "comma", "pad"))


_DIRECTIONS = frozenset(("forward", "back", "up", "out", "ahead"))
"""«bring tomorrow's 4pm forward to 2»."""
_BEFORE = ("the", "about", "at", "on", "in")
HOLDS_ITS_DAY = frozenset(("not after", "but not after"))
"""«not after friday» ends with the friday, «before friday» with the thursday."""


def link_between(reading: Reading, left: Piece, right: Piece) -> str:
    """What ties two neighbours: «to», «and», «or», «none» (nothing or filler between), or «» for anything else."""
    links: list[str] = []
    begin = left.end
    if begin < right.start and "if" in reading.words[begin : begin + 2]:
        end = taken_until(reading, begin)
        begin, links = (end, ["or"]) if begin < end <= right.start else (begin, links)
    for index in range(begin, right.start):
        senses = reading.senses[index]
        if reading.is_move and reading.words[index] in _DIRECTIONS:
            continue
        is_clocked = index == left.end and (left.clock is not None or left.bare is not None)
        if "to" in senses and (is_clocked or reading.words[index] != "~"):
            links.append("to")
        elif "or" in senses:
            links = ["or"] if links in (["or"], ["to"]) else [*links, "or"]  # «or, if not, …», «- if not, …»
        elif "and" in senses:
            links.append("and")
        elif "from" in senses or "between" in senses:
            links.append("from")
        elif (links[-1:] == ["or"] and reading.words[index] == "then") or is_own(reading, left, index):
            continue
        elif _FILL.isdisjoint(senses) and not (right.part and "in" in senses):  # «in the morning or in the evening»
            return ""
    if len(links) > 1 and links[0] == "and" and links[1] == "to":
        links = links[1:]
    return links[0] if len(links) == 1 else "none" if not links else ""


def role_before(reading: Reading, piece: Piece, *senses: str) -> int:
    """The index of the word with one of the senses that stands before the piece (filler skipped), -1 when there is none."""
    index = piece.start - 1
    of_own = _OWN | _BESIDE if piece.clock is not None else _OWN
    while index >= 0 and reading.senses[index].keys().isdisjoint(senses):
        is_own = of_own.issuperset(senses) and "possessive" in reading.senses[index]
        if reading.senses[index].keys().isdisjoint(_BEFORE) and not _is_the_one(reading, index) and not is_own:
            return -1
        index -= 1
    return index


_OWN = frozenset(("instead", "not", "bar"))
"""What may stand in front of a time of one's own: «instead of my 2pm», «except my 10am»."""

_BESIDE = frozenset(("after", "before"))
"""«after my 2pm»: the calendar keeps clear of the meeting itself. «before my friday call» is no bound of the day."""


def _is_the_one(reading: Reading, index: int) -> bool:
    """«except the one at 10», «but not the meeting on friday»: which meeting, told by its time."""
    return reading.words[index] in _THOSE and index > 0 and reading.words[index - 1] == "the"


_THOSE = frozenset(("one", "ones", "meeting", "call", "appointment", "booking"))


def make_ranges(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """Join two of a kind: clocks, days, bare numbers beside either."""
    found: list[Piece] = []
    for at, piece in enumerate(pieces):
        before = found[-1] if found else None
        joined = _dates_go_on(reading, found, pieces[at:]) or (
            _range(reading, before, piece, is_aimed=_is_aimed(reading, found)) if before is not None else None
        )
        if joined is None and before is not None and len(found) > 1:
            joined = _dates_listed(reading, found[-2], before, piece)
        if joined is None:
            found.append(piece)
        else:
            found[-1] = joined
    return found


def _dates_go_on(reading: Reading, found: list[Piece], ahead: list[Piece]) -> Piece | None:
    """«dec 1-3, 8-10 or 15-17»: three stretches of rising numbers are dates all of them."""
    if len(found) < _STRETCHES or len(ahead) < _STRETCHES + 1 or found[-2].end_day is None:
        return None
    left, right, later, last = found[-1], *ahead[:3]
    numbers = [one.bare or 0 for one in (left, right, later, last)]
    is_rising = numbers == sorted(set(numbers)) and (found[-2].end_day.number or _MONTH_LENGTH) < numbers[0]
    is_listed = link_between(reading, right, later) in {"or", "and", "none"}
    if not is_rising or not is_listed or link_between(reading, later, last) != "to":
        return None
    return _dates_listed(reading, found[-2], left, right)


_STRETCHES = 2


def _ends_series(reading: Reading, left: Piece, right: Piece) -> bool:
    """«daily except wed and the weekend until dec 18»: where the series ends, not what is left out of it."""
    if "not" not in reading.kinds or reading.kinds.isdisjoint(("every", "often", "weekdays")):
        return False
    is_until = any("upto" in senses for senses in reading.senses[left.end : right.start])
    return is_until and left.day is not None and any("not" in senses for senses in reading.senses[: left.start])


def _is_given_up(reading: Reading, left: Piece, right: Piece) -> bool:
    """«not thursday - friday at 2»: a dash with room around it, and a clock for the second day alone."""
    is_loose = left.end < reading.size and reading.words[left.end] in _DASHES and not reading.glued[left.end]
    is_day = left.day is not None and right.day is not None and not left.clock
    is_refused = left.start > 0 and "not" in reading.senses[left.start - 1]
    behind = reading.senses[right.end].keys() if right.end < reading.size else ()
    return is_loose and is_day and is_refused and (right.clock is not None or "at" in behind or "digits" in behind)


_DASHES = frozenset(("-", "–", "—"))


def _dates_listed(reading: Reading, listed: Piece, left: Piece, right: Piece) -> Piece | None:
    """«dec 1-3 or 8-10»: two bare numbers that go on a list of such ranges."""
    month, first, last = listed.day, left.bare, right.bare
    if month is None or month.month is None or listed.end_day is None or listed.clock:
        return None
    if link_between(reading, listed, left) not in {"or", "and", "none"} or link_between(reading, left, right) != "to":
        return None
    if first is None or last is None or not 1 <= first < last <= _MONTH_LENGTH:
        return None
    days = (Day(year=month.year, month=month.month, number=number) for number in (first, last))
    return left._replace(end=right.end, bare=None, day=next(days), end_day=next(days), rule="day range")


_MONTH_LENGTH = 31


def _range(reading: Reading, left: Piece, right: Piece, *, is_aimed: bool) -> Piece | None:
    if left.is_range or right.is_range or left.repeat or right.repeat or left.length or right.length:
        return None
    link = link_between(reading, left, right)
    is_between = role_before(reading, left, "between") >= 0
    if link != "to" and not (link == "and" and is_between):
        own = before_own(reading, left, right)
        both = _clocks(reading, left, right, has_from=True) if own >= 0 else None
        return _window(left, right, both, own) if both is not None else None
    if link == "to" and (_ends_series(reading, left, right) or _is_given_up(reading, left, right)):
        return None
    start = max(role_before(reading, left, "from", "between"), -1)
    begin = start if start >= 0 else left.start
    if link == "to" and reading.is_move and not is_between and not is_aimed and not _is_target(reading, left, right):
        return None
    has_from = start >= 0 or role_before(reading, left, "not", "outside") >= 0
    both = _clocks(reading, left, right, has_from=has_from)
    if both is not None:
        return _window(left, right, both, begin)
    if (hours := _hours_not_days(reading, left, right)) is not None:
        low, high = (Clock((number or 0) % 24, half="24") for number in (hours.bare, right.bare))
        return _window(hours, right, (low, high), begin)
    days = _days(reading, left, right)
    if days is not None:
        end = right.end
        if right.bare is not None and days[0].month is not None and days[0].year is None:
            year, end = year_at(reading, end)  # january 12 - 13, 2027
            days = days[0]._replace(year=year), days[1]._replace(year=year)
        return left._replace(
            start=begin, end=end, rule="day range", bare=None, day=days[0], end_day=days[1], is_ordinal=False
        )
    return None


def _window(left: Piece, right: Piece, both: tuple[Clock, Clock], begin: int) -> Piece:
    """Both clocks as the ends of one stretch."""
    zone = right.zone or left.zone
    return left._replace(
        start=begin, end=right.end, rule="clock range", bare=None, zone=zone, zones=right.zones or left.zones,
        clock=both[0], end_clock=both[1], part="" if meal_clock(left) or meal_clock(right) else left.part or right.part,
    )  # fmt: skip


def _is_target(reading: Reading, left: Piece, right: Piece) -> bool:
    """Whether the two are where something moves to, not from the one to the other: «move it to 3 to 4», «move it 3-4»."""
    targets = ("to", "for", "between") if left.clock or left.bare is not None else ("to", "between")
    return _is_tight(reading, left, right) or role_before(reading, left, *targets) >= 0


def _is_aimed(reading: Reading, found: list[Piece]) -> bool:
    """Whether the last piece is an hour of a day that something moves to: «move it to tuesday from 2 …»."""
    if not reading.is_move or len(found) < _STRETCHES:
        return False
    day, hour = found[-2:]
    is_hour = hour.day is None and (hour.clock is not None or hour.bare is not None)
    is_behind = is_gap(reading, day, hour, "at", "comma", "pad", "from", "about")
    return is_hour and is_behind and day.day is not None and not day.clock and _is_destination(reading, day)


def _is_destination(reading: Reading, day: Piece) -> bool:
    """Whether something moves to this day: «to tuesday», «auf Freitag», «à vendredi», «al viernes», «para sexta»."""
    if role_before(reading, day, "to") >= 0:
        return True
    ahead = reading.words[max(day.start - _LEADING, 0) : day.start + 1]
    said = reading.utterance.text[reading.starts[day.start] : reading.ends[day.start]]
    is_thing = day.day is not None and day.day.weekday is not None and " " in said  # «riunione di venerdì»
    if reading.utterance.language == "en" or is_thing or not _LEADS_FROM.isdisjoint(ahead):
        return False
    return "onto" in ahead or any(
        reading.words[at] in _LEADS_TO and reading.starts[at + 1] - reading.ends[at] <= 1
        for at in range(max(day.start - 1, 0), day.start + 1)
    )


_LEADING = 2
_LEADS_TO, _LEADS_FROM = frozenset(("at", "the", "for")), frozenset(("from", "of", "on"))


def _is_tight(reading: Reading, left: Piece, right: Piece) -> bool:
    """Whether a dash ties the two: 3-4pm."""
    return right.start - left.end == 1 and "dash" in reading.senses[left.end]


def _clocks(reading: Reading, left: Piece, right: Piece, *, has_from: bool) -> tuple[Clock, Clock] | None:
    first, second = as_clock(left) or meal_clock(left), as_clock(right) or meal_clock(right)
    if first is None or second is None or (meal_clock(left) and meal_clock(right)):
        return None
    is_meal = bool(meal_clock(left) or meal_clock(right))
    if (
        left.clock is None
        and right.clock is None
        and not is_meal
        and not is_clock_place(reading, left, right, has_from=has_from)
    ):
        return None
    return first, second


def _hours_not_days(reading: Reading, left: Piece, right: Piece) -> Piece | None:
    """«thursday 15 to 16» where no Thursday is a 15th soon: the weekday with the hour at which it begins."""
    day, last = left.day, right.bare
    if day is None or day.weekday is None or day.number is None or day.month is not None or last is None:
        return None
    is_plain = not left.clock and reading.words[left.end - 1].isdecimal() and day.number < last <= _HOURS_OF_DAY
    if not is_plain:
        return None
    soon = (reading.today + timedelta(days=ahead) for ahead in range(_SOON))
    if any(one.day == day.number and one.weekday() == day.weekday for one in soon):
        return None
    return left._replace(day=day._replace(number=None), bare=day.number)


_HOURS_OF_DAY = 24
_SOON = 60
"""Days within which a weekday and its number are looked for."""


def _days(reading: Reading, left: Piece, right: Piece) -> tuple[Day, Day] | None:
    if left.clock or right.clock or left.part or right.part or left.exact or right.exact:
        return None
    first, second = left.day, right.day
    if first is None and left.bare is not None and second is not None and second.number is not None:
        first = Day(number=left.bare)
    if second is None and right.bare is not None and first is not None and first.number is not None:
        if right.bare <= first.number and "upto" in reading.senses[right.start - 1]:
            return None  # «10 dec til 3»
        second = Day(number=right.bare)
    if first is None and second is None and left.bare and right.bare:
        return _bare_days(reading, left, right)
    if first is None or second is None or not _is_day(first) or not _is_day(second):
        return None
    return share_month(*as_one_month(first, second))


def _is_day(day: Day) -> bool:
    return day.number is None or 1 <= day.number <= 31


def _bare_days(reading: Reading, left: Piece, right: Piece) -> tuple[Day, Day] | None:
    """«4-23 in next month»: two numbers whose month follows in a piece of its own are left to `apply_month_ranges`."""
    at = reading.skip(right.end, "of", "in", "the")
    is_month = reading.name(at, "unit") == "month" or reading.name(at + 1, "unit") == "month"
    if not is_month or (at == right.end and "shift" not in reading.senses[at]):
        return None
    low, high = left.bare or 0, right.bare or 0
    return (Day(number=low), Day(number=high)) if 1 <= low < high <= 31 else None


def share_month(first: Day, second: Day) -> tuple[Day, Day]:
    """The two days with the month and year that only one of them was given."""
    if first.number is not None and first.month is None and second.number is not None and second.month is not None:
        first = first._replace(month=second.month, year=second.year)
    elif second.number is not None and second.month is None and first.month is not None and first.number is not None:
        second = second._replace(month=first.month, year=first.year)
    elif first.month is not None and second.month is not None and first.year is None and second.year is not None:
        year = second.year - ((first.month, first.number or 0) > (second.month, second.number or 31))
        first = first._replace(year=year)
    return first, second


def apply_month_ranges(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """The 4th to the 23rd of next month: a range of numbers in the month that follows."""
    if not any(piece.end_day for piece in pieces):
        return pieces
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        placed = _in_month(reading, before, piece) if before is not None else None
        if placed is not None:
            found[-1] = placed
            continue
        found.append(piece)
    return found


def _in_month(reading: Reading, numbers: Piece, month: Piece) -> Piece | None:
    inside, first, last = month.day, numbers.day, numbers.end_day
    if inside is None or first is None or last is None or inside.grain is not Grain.MONTH or month.clock:
        return None
    if not first.number or first.month or not last.number or not is_gap(reading, numbers, month, "of", "in", "the"):
        return None
    base = settle(inside, reading.today)[0]
    ends = [Day(year=base.year, month=base.month, number=number) for number in (first.number, last.number)]
    return numbers._replace(end=month.end, day=ends[0], end_day=ends[1])


def make_through_ranges(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """Monday 3pm till wednesday noon, now until 5pm, today till tomorrow 10am: two whole times."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if (
            before is None
            or before.is_range
            or piece.is_range
            or before.repeat
            or piece.repeat
            or not (before.has_time and piece.has_time)
        ):
            found.append(piece)
            continue
        link = link_between(reading, before, piece)
        is_between = role_before(reading, before, "between") >= 0
        start = role_before(reading, before, "from", "between")
        is_linked = (link == "to" or (link == "and" and is_between)) and not (
            reading.is_move and link == "to" and not is_between
        )
        joined = _through(before, piece) if is_linked and not _is_given_up(reading, before, piece) else None
        if joined is None:
            found.append(piece)
        else:
            found[-1] = joined._replace(start=start if start >= 0 else before.start)
    return found


def _as_hours(piece: Piece, end: int) -> Piece:
    """A part of day as the clock of its start (0) or end (1): tomorrow morning till friday evening."""
    if not piece.part or piece.clock or piece.part not in PARTS:
        return piece
    edge = PARTS[piece.part][end]
    return piece._replace(clock=Clock(edge.hour, edge.minute, half="24", grain=Grain.MINUTE), part="")


def _through(left: Piece, right: Piece) -> Piece | None:
    if left.exact is not None:
        if right.exact is not None and right.exact > left.exact:
            return left._replace(end=right.end, exact_end=right.exact, side=None)
        return (
            right._replace(start=left.start, exact=left.exact, side=None, rule="from now to")
            if right.clock or right.day
            else None
        )
    if left.part and right.part and not (left.clock or right.clock or left.day or right.day):
        return None
    if right.exact is not None and right.exact_end is None and left.day is not None and not left.clock:
        day = right.exact.date()
        return left._replace(end=right.end, end_day=Day(first=day, last=day), side=None, rule="day range")
    if left.day is None and right.day is not None and left.clock:
        left = left._replace(day=right.day) if right.clock else left
    left, right = _as_hours(left, 0), _as_hours(right, 1)
    if left.day is None or (right.day is None and right.clock is None):
        return None
    return left._replace(
        end=right.end, end_day=right.day or left.day, end_clock=right.clock, is_through=True, side=None, rule="time range",
        zone=right.zone or left.zone,
    )  # fmt: skip
