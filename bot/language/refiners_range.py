"""Refiners that make ranges: 9 to 11, mon-fri, between 3 and 5, after 3, by friday, from the 13th to the 15th of july, 4pm for an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Grain, Open
from bot.language.pieces import Clock, Day, Piece, settle
from bot.language.refiners_within import is_gap

if TYPE_CHECKING:
    from bot.language.lexed import Reading
    from bot.language.pieces import Length

_FILL = frozenset(("the", "about", "at", "on", "comma", "pad"))
_BEFORE = ("the", "about", "at", "on", "in")


def link_between(reading: Reading, left: Piece, right: Piece) -> str:
    """What ties two neighbours: «to», «and», «or», «none» (nothing or filler between), or «» for anything else."""
    links: list[str] = []
    for index in range(left.end, right.start):
        senses = reading.senses[index]
        if "to" in senses and reading.words[index] != "~":
            links.append("to")
        elif "or" in senses:
            links.append("or")
        elif "and" in senses:
            links.append("and")
        elif "from" in senses or "between" in senses:
            links.append("from")
        elif _FILL.isdisjoint(senses):
            return ""
    if len(links) > 1 and links[0] == "and" and links[1] == "to":
        links = links[1:]
    return links[0] if len(links) == 1 else "none" if not links else ""


def role_before(reading: Reading, piece: Piece, *senses: str) -> int:
    """The index of the word with one of the senses that stands before the piece (filler skipped), -1 when there is none."""
    index = piece.start - 1
    while index >= 0 and reading.senses[index].keys().isdisjoint(senses):
        if reading.senses[index].keys().isdisjoint(_BEFORE):
            return -1
        index -= 1
    return index


def make_ranges(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """Join two of a kind: clocks, days, bare numbers beside either."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        joined = _range(reading, before, piece) if before is not None else None
        if joined is None:
            found.append(piece)
        else:
            found[-1] = joined
    return found


def _range(reading: Reading, left: Piece, right: Piece) -> Piece | None:
    if left.is_range or right.is_range or left.repeat or right.repeat or left.length or right.length:
        return None
    link = link_between(reading, left, right)
    is_between = role_before(reading, left, "between") >= 0
    if link != "to" and not (link == "and" and is_between):
        return None
    start = max(role_before(reading, left, "from", "between"), -1)
    begin = start if start >= 0 else left.start
    if reading.is_move and link == "to" and not is_between and not _is_tight(reading, left, right):
        if role_before(reading, left, "to", "for", "between") < 0:
            return None
    both = _clocks(reading, left, right, has_from=start >= 0)
    if both is not None:
        zone = right.zone or left.zone
        return left._replace(
            start=begin, end=right.end, rule="clock range", bare=None, zone=zone, zones=right.zones or left.zones,
            clock=both[0], end_clock=both[1], part=left.part or right.part,
        )  # fmt: skip
    days = _days(reading, left, right)
    if days is not None:
        return left._replace(start=begin, end=right.end, rule="day range", bare=None, day=days[0], end_day=days[1], is_ordinal=False)
    return None


def _is_tight(reading: Reading, left: Piece, right: Piece) -> bool:
    """Whether a dash ties the two: 3-4pm."""
    return right.start - left.end == 1 and "dash" in reading.senses[left.end]


def as_clock(piece: Piece) -> Clock | None:
    """The clock of a piece that says nothing else, or of a bare number that can be an hour."""
    if piece.day or piece.exact or piece.is_date_like:
        return None
    if piece.clock is not None:
        return piece.clock
    if piece.bare is not None and piece.bare <= 24:
        return Clock(piece.bare % 24, half="24" if piece.bare > 12 or piece.bare == 0 else "")
    return None


def _clocks(reading: Reading, left: Piece, right: Piece, *, has_from: bool) -> tuple[Clock, Clock] | None:
    first, second = as_clock(left), as_clock(right)
    if first is None or second is None:
        return None
    if left.clock is None and right.clock is None and not _is_clock_place(reading, left, right, has_from=has_from):
        return None
    return first, second


def _is_clock_place(reading: Reading, left: Piece, right: Piece, *, has_from: bool) -> bool:
    """Whether two bare numbers are hours: from 3 to 5, tuesday 3-5, 3-5 tomorrow; not 4-23 in next month."""
    after = reading.senses[right.end].keys()
    if after & {"month", "of", "noun"} or reading.name(right.end + 1, "unit") == "month":
        return False
    ahead = reading.skip(right.end, "on", "comma", "in", "the", "this")
    if has_from or reading.senses[ahead].keys() & {"weekday", "relday", "zone", "zones", "part", "relpart", "holiday"}:
        return True
    at = left.start - 1
    while at >= 0 and reading.senses[at].keys() & {"at", "comma", "about", "on", "pad"}:
        if "at" in reading.senses[at]:
            return True
        at -= 1
    return at >= 0 and bool(reading.senses[at].keys() & {"weekday", "relday", "part", "relpart", "suffix", "weekdays", "meridiem", "or"})


def _days(reading: Reading, left: Piece, right: Piece) -> tuple[Day, Day] | None:
    if left.clock or right.clock or left.part or right.part or left.exact or right.exact:
        return None
    first, second = left.day, right.day
    if first is None and left.bare is not None and second is not None and second.number is not None:
        first = Day(number=left.bare)
    if second is None and right.bare is not None and first is not None and first.number is not None:
        second = Day(number=right.bare)
    if first is None and second is None and left.bare and right.bare:
        return _bare_days(reading, left, right)
    if first is None or second is None or not _is_day(first) or not _is_day(second):
        return None
    return share_month(first, second)


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
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        day = before.day if before is not None else None
        month = piece.day
        is_month = month is not None and month.grain is Grain.MONTH and not piece.clock
        if before is not None and day is not None and is_month and before.end_day is not None and day.number and not day.month:
            if is_gap(reading, before, piece, "of", "in", "the") and before.end_day.number:
                first = settle(month or day, reading.today)[0]
                ends = [Day(year=first.year, month=first.month, number=number) for number in (day.number, before.end_day.number)]
                found[-1] = before._replace(end=piece.end, day=ends[0], end_day=ends[1])
                continue
        found.append(piece)
    return found


def make_through_ranges(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """Monday 3pm till wednesday noon, now until 5pm, today till tomorrow 10am: two whole times."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if before is None or before.is_range or piece.is_range or before.repeat or piece.repeat or not (before.has_time and piece.has_time):
            found.append(piece)
            continue
        link = link_between(reading, before, piece)
        is_between = role_before(reading, before, "between") >= 0
        start = role_before(reading, before, "from", "between")
        is_linked = (link == "to" or (link == "and" and is_between)) and not (reading.is_move and link == "to" and not is_between)
        joined = _through(before, piece) if is_linked else None
        if joined is None:
            found.append(piece)
        else:
            found[-1] = joined._replace(start=start if start >= 0 else before.start)
    return found


def _through(left: Piece, right: Piece) -> Piece | None:
    if left.exact is not None:
        if right.exact is not None and right.exact > left.exact:
            return left._replace(end=right.end, exact_end=right.exact, side=None)
        return right._replace(start=left.start, exact=left.exact, side=None, rule="from now to") if right.clock or right.day else None
    if left.part and right.part and not (left.clock or right.clock or left.day or right.day):
        return None
    if left.day is None and right.day is not None and left.clock:
        left = left._replace(day=right.day) if right.clock else left
    if left.day is None or (right.day is None and right.clock is None):
        return None
    return left._replace(
        end=right.end, end_day=right.day or left.day, end_clock=right.clock, is_through=True, side=None, rule="time range",
        zone=right.zone or left.zone,
    )  # fmt: skip


def mark_sides(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """After 3, before friday, by 5pm, until june, from wednesday on, 3 or later: one side is open."""
    found: list[Piece] = []
    is_repeated = any(piece.repeat for piece in pieces)
    for piece in pieces:
        before = found[-1] if found else None
        is_free = (piece.has_time or piece.bare is not None) and not piece.side
        is_bound = is_repeated and piece.day is not None
        if before is not None and before.clock and not before.side and not is_bound and link_between(reading, before, piece) == "to":
            is_free = False  # the second end of «monday 3pm till wednesday noon»
        found.append(_sided(reading, piece) if is_free else piece)
    return found


def _sided(reading: Reading, piece: Piece) -> Piece:
    if piece.exact and piece.rule in {"later", "ago", "soonest", "within"} and role_before(reading, piece, "before", "by") < 0:
        return piece
    behind = _side_behind(reading, piece)
    if behind is not None:
        return behind
    if piece.is_range:
        return piece
    for sense, side in (("after", Open.AFTER), ("before", Open.BEFORE), ("by", Open.BEFORE), ("from", Open.AFTER)):
        at = role_before(reading, piece, sense)
        if at < 0:
            continue
        if piece.bare is not None and not piece.is_date_like and (clock := as_clock(piece)) is not None:
            piece = piece._replace(clock=clock, bare=None)
        if not piece.has_time:
            return piece
        rule = f"{piece.rule}, {'by' if sense == 'by' else sense}"
        return piece._replace(start=at, side=side, rule=rule)
    return piece


def _side_behind(reading: Reading, piece: Piece) -> Piece | None:
    senses = reading.senses[piece.end]
    if "onward" in senses:
        is_from = role_before(reading, piece, "from") >= 0
        word = reading.words[piece.end]
        if word == "on" and not is_from:
            return None
        if word in {"+", "earliest"} and not piece.clock:
            return None
        if (clock := as_clock(piece)) is not None:
            piece = piece._replace(clock=clock, bare=None)
        start = max(role_before(reading, piece, "from"), -1)
        return piece._replace(start=start if start >= 0 else piece.start, end=piece.end + 1, side=Open.AFTER, rule=f"{piece.rule}, onward")
    if "backward" in senses and piece.has_time:
        return piece._replace(end=piece.end + 1, side=Open.BEFORE, rule=f"{piece.rule}, at the latest")
    return None


def join_sides(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """After 9:30 but before 11, from 3 … until 5: an open start and an open end beside each other are a range."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        is_pair = before is not None and {before.side, piece.side} == {Open.AFTER, Open.BEFORE} and not before.repeat
        if before is None or not is_pair or not is_gap(reading, before, piece, "but", "and", "comma"):
            found.append(piece)
            continue
        low, high = (before, piece) if before.side is Open.AFTER else (piece, before)
        joined = _closed(low, high)
        if joined is None:
            found.append(piece)
        else:
            found[-1] = joined._replace(start=before.start, end=piece.end, side=None, rule="range of two sides")
    return found


def _closed(low: Piece, high: Piece) -> Piece | None:
    if low.clock and high.clock and not (low.day and high.day):
        day = low.day or high.day
        return low._replace(day=day, end_clock=high.clock, zone=low.zone or high.zone)
    if low.day and high.day:
        first, second = share_month(low.day, high.day)
        is_through = bool(low.clock or high.clock)
        return low._replace(day=first, end_day=second, end_clock=high.clock, is_through=is_through)
    return None


def add_lengths(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """4pm for 30 minutes, 18 dec for 10 days, for a week starting tomorrow: a start and a length give the end."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        joined = _with_length(reading, before, piece) if before is not None else None
        if joined is not None:
            found[-1] = joined
            if before is not None and before.length and not before.exact:
                found.append(before)
                found[-2:] = [found[-1], found[-2]]
            else:
                found.append(piece)
        else:
            found.append(piece)
    return found


def _with_length(reading: Reading, left: Piece, right: Piece) -> Piece | None:
    if left.length and not left.exact and right.has_time and not right.length:
        is_for = left.start > 0 and "for" in reading.senses[left.start - 1]
        is_start = right.side is Open.AFTER and "from" in reading.senses[right.start]
        if is_for and (is_start or (right.clock and right.side is None)) and right.start == left.end + (0 if is_start else right.start - left.end):
            return _lengthened(right, left.length) if is_start or is_gap(reading, left, right, "at", "on") else None
        return None
    if right.length and not right.exact and left.has_time and not left.exact and is_gap(reading, left, right, "for", "comma"):
        is_for = right.start > left.end and "for" in reading.senses[right.start - 1]
        return _lengthened(left, right.length) if is_for else None
    return None


def _lengthened(piece: Piece, length: Length) -> Piece | None:
    if piece.is_range or piece.side is Open.BEFORE or piece.repeat or (piece.part and not piece.clock):
        return None
    is_open = piece.side is Open.AFTER
    if is_open and reading_rule_is_after(piece):
        return None
    if length.rest and not length.days and not length.months:
        if piece.clock is None:
            return None
        clock = piece.clock
        total = clock.hour * 60 + clock.minute + round(length.rest.total_seconds() / 60)
        if total > 36 * 60:
            return None
        half = clock.half or ""
        if half == "pm" and clock.hour < 12:
            total += 720
        end = Clock(total // 60 % 24, total % 60, half="24" if half else "", grain=Grain.MINUTE)
        return piece._replace(end_clock=end, side=None, rule="start and length")
    if piece.clock is None and piece.day is not None and piece.day.grain is Grain.DAY and not length.rest:
        return piece._replace(length=length, side=None, rule="day and length")
    return None


def reading_rule_is_after(piece: Piece) -> bool:
    """Whether the open side was said by «after», so that the start is not the start of the length."""
    return piece.rule.endswith(", after")
