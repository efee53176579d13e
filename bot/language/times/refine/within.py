"""Refiners that place one piece inside another: edges, the nth of a month, friday of next week, the 20th of next month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.language.meaning import Grain
from bot.language.times.pieces import (
    NO_MARKS,
    Clock,
    Day,
    Mark,
    Nth,
    Piece,
    add_days,
    add_workdays,
    month_start,
    settle,
    unit_days,
    week_start,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.times.lexed import Reading
    from bot.language.times.pieces import Repeat

_COARSE = frozenset((Grain.WEEK, Grain.WEEKEND, Grain.MONTH, Grain.QUARTER, Grain.YEAR))


_OF = ("of", "the", "dash", "in", "possessive")
_OF_WEEK = (*_OF, "on", "from")


def is_gap(reading: Reading, left: Piece, right: Piece, *senses: str) -> bool:
    """Whether only tokens with one of the senses stand between the two."""
    if right.start - left.end > 6:
        return False
    for index in range(left.end, right.start):  # noqa: SIM110  asked often; a generator takes three times as long
        if reading.senses[index].keys().isdisjoint(senses):
            return False
    return True


def apply_edges(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """Early next week, end of march, week of the 3rd, later today: the edge and what it belongs to become one."""
    if not any(piece.edge for piece in pieces):
        return pieces
    found: list[Piece] = []
    for piece in reversed(pieces):
        after = found[-1] if found else None
        if piece.edge and piece.edge not in {"within", "step"} and not piece.day:
            is_loose = reading.words[piece.start] in {"early", "late", "later"}
            gap = _OF_WEEK if piece.edge == "week" else (*_OF, "on") if is_loose else _OF
            joined = (
                _edged(reading, piece, after) if after is not None and is_gap(reading, piece, after, *gap) else None
            )
            if joined is not None:
                found[-1] = joined
            elif (
                after is not None and piece.end == after.start and after.clock and reading.words[piece.start] == "late"
            ):
                continue
            continue
        if piece.edge and piece.day and after is not None and _is_of_week(reading, piece, after):
            found[-1] = _cut(reading, after._replace(start=piece.start, edge=piece.edge))  # «midweek next week»
            continue
        found.append(_cut(reading, piece) if piece.edge and piece.day else piece)
    found.reverse()
    return found


def _is_of_week(reading: Reading, piece: Piece, after: Piece) -> bool:
    is_week = after.day is not None and after.day.grain is Grain.WEEK and not after.clock
    return is_week and piece.day is not None and piece.day.grain is Grain.WEEK and is_gap(reading, piece, after, *_OF)


def _edged(reading: Reading, edge: Piece, piece: Piece) -> Piece | None:
    if piece.part and not piece.clock:
        return _edged_part(edge, piece)
    if piece.day is None or piece.clock:
        return None
    if edge.edge == "weekend":
        first, last, grain = unit_days("weekend", settle(piece.day, reading.today)[0])
        return piece._replace(start=edge.start, rule="weekend of", day=Day(first=first, last=last, grain=grain))
    if edge.edge == "week":
        day = settle(piece.day, reading.today)[0]
        first, last, grain = unit_days("week", add_days(day, day.weekday() == 6))  # the week of a Sunday begins with it
        return piece._replace(start=edge.start, rule="week of", day=Day(first=first, last=last, grain=grain))
    if piece.day.grain in _COARSE:
        return _cut(reading, piece._replace(start=edge.start, edge=edge.edge, rule=f"{edge.edge} of {piece.rule}"))
    return _edged_day(reading, edge, piece)


def _edged_part(edge: Piece, piece: Piece) -> Piece | None:
    names = {"start": "early", "mid": "mid", "end": "late"}
    base = piece.part.removeprefix("to")
    if base not in {"morning", "afternoon", "evening", "night"} or edge.edge == "rest":
        return piece._replace(start=edge.start)
    name = f"{names.get(edge.edge, '')}_{base}"
    return piece._replace(start=edge.start, part=piece.part if name.startswith("_") or name == "mid_evening" else name)


def _edged_day(reading: Reading, edge: Piece, piece: Piece) -> Piece | None:
    """Early tomorrow, late friday, later today."""
    if reading.words[edge.start] == "beginning" and edge.end == piece.start:
        return piece  # «beginning march 1»
    if reading.words[edge.start].startswith("earlier"):
        return piece._replace(start=edge.start)
    if edge.edge == "rest" and piece.day is not None and piece.day.first == reading.today:
        now = Clock(reading.now.hour, reading.now.minute, half="24", grain=Grain.MINUTE)
        return piece._replace(
            start=edge.start, clock=now, end_clock=Clock(0, half="24"), grain=Grain.PART, rule="rest of today"
        )
    if edge.edge == "end" and reading.words[edge.start] not in {"late", "late in"}:
        return piece._replace(start=edge.start, clock=Clock(17, half="24", is_approximate=True), rule="end of the day")
    part = {"start": "early_morning", "first_half": "morning", "mid": "day", "end": "late_afternoon"}.get(edge.edge, "")
    return piece._replace(start=edge.start, part=part or "afternoon")


def _cut(reading: Reading, piece: Piece) -> Piece:
    """The part of a week, month, … that an edge names."""
    if piece.day is None:
        return piece
    first, last = settle(piece.day, reading.today)
    span = (last - first).days + 1
    edge = piece.edge
    if edge == "rest" and first > reading.today and "later" in reading.words[piece.start]:
        edge = "end"
    if edge == "rest" and span == 7 and "later" in reading.words[piece.start]:
        first = max(add_days(first, 3), min(last, add_days(reading.today, 1)))
    elif edge == "rest":
        first = max(first, min(last, reading.today + timedelta(days="later" in reading.words[piece.start])))
    elif span <= 14:
        first, last = _cut_week(edge, first, last)
    elif span <= 31:
        first, last = _cut_month(edge, first, last)
    else:
        months = round(span / 30.4)
        first, last = _cut_year(edge, first, last, months)
    grain = Grain.DAY if edge == "rest" else Grain.PART
    cut = piece._replace(day=Day(first=first, last=last, grain=grain), edge="", grain=grain)
    return cut.marked(Mark.END) if edge == "end" else cut


def _cut_week(edge: str, first: date, last: date) -> tuple[date, date]:
    if (last - first).days < _LEAST_OF_WEEK:
        return {"start": (first, first), "end": (last, last)}.get(edge, (first, last))
    ends = {"start": (0, 1), "mid": (1, 3), "end": (3, 4), "first_half": (0, 2), "second_half": (2, 4)}[edge]
    monday = min(first, add_days(last, -6))
    return max(first, add_days(monday, ends[0])), max(first, add_days(monday, ends[1]))


_LEAST_OF_WEEK = 3
"""A week at the beginning of a month has four of its days or more; what is shorter is a weekend."""


def _cut_month(edge: str, first: date, last: date) -> tuple[date, date]:
    ends = {
        "start": (first, add_days(first, 9)),
        "mid": (add_days(first, 10), add_days(first, 19)),
        "end": (add_days(first, 20), last),
        "first_half": (first, add_days(first, 14)),
        "second_half": (add_days(first, 15), last),
    }
    return ends[edge]


def _cut_year(edge: str, first: date, last: date, months: int) -> tuple[date, date]:
    third = max(1, months // 3) if months < 12 else 4
    opening = 3 if months >= 12 else third
    ends = {
        "start": (first, month_start(first, opening) - timedelta(days=1)),
        "mid": (month_start(first, third), month_start(first, 2 * third) - timedelta(days=1)),
        "end": (month_start(first, months - third), last),
        "first_half": (first, month_start(first, months // 2) - timedelta(days=1)),
        "second_half": (month_start(first, months // 2), last),
    }
    return ends[edge]


def apply_nth(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """Third tuesday of september, last day of the month, the 20th of next month."""
    found: list[Piece] = []
    inside: Piece | None = None
    for piece in reversed(pieces):
        after = found[-1] if found else None
        if after is not None and piece.nth and "of" in reading.senses[piece.end]:
            after = found[-1] = _whole_year(after)
        if after is not None and inside is not None and piece.nth and is_gap(reading, piece, after, "or", "and", "to"):
            first, last = settle(inside.day or Day(), reading.today)
            day = _nth_day(reading, piece, inside.day or Day(), first, last)
            found.append(piece._replace(day=day, nth=None))  # «first or second week of may»
            continue
        if after is not None and (day := _nth_after(reading, piece, after)) is not None:
            found[-1] = after._replace(start=piece.start, day=day, grain=None, rule="nth after")
            continue
        if after is not None and (piece.nth or piece.is_ordinal) and piece.end == after.start:
            after = found[-1] = _whole_month(reading, after)
        if (
            after is None
            or after.day is None
            or after.day.grain not in _COARSE
            or not is_gap(reading, piece, after, *_OF)
        ):
            found.append(piece)
            continue
        if piece.bare is not None and _is_second(reading, piece):
            found.append(piece)
            continue
        first, last = settle(after.day, reading.today)
        day = _nth_day(reading, piece, after.day, first, last)
        if day is None:
            found.append(piece)
        else:
            if Mark.RUNNING in after.marks and settle(day, reading.today)[1] < reading.today:
                first = month_start(first, 1)  # the first of the month, when it is over
                day = _nth_day(reading, piece, after.day, first, month_start(first, 1) - timedelta(days=1))
            inside = after
            found[-1] = after._replace(start=piece.start, day=day, grain=None, nth=None, rule=piece.rule)
    found.reverse()
    return found


def _whole_month(reading: Reading, piece: Piece) -> Piece:
    """«first monday in two months»: of the whole month in which that falls."""
    if not piece.is_counted or piece.day is None or piece.day.first is None or piece.clock:
        return piece
    if not any(reading.name(index, "unit") == "month" for index in range(piece.start, piece.end)):
        return piece
    first, last, grain = unit_days("month", piece.day.first)
    return piece._replace(day=Day(first=first, last=last, grain=grain), is_counted=False, marks=NO_MARKS)


def _whole_year(piece: Piece) -> Piece:
    """«first monday of the new year»: of all that begins with new year's day."""
    first = piece.day.first if piece.day is not None and piece.day.grain is Grain.DAY else None
    if first is None or (first.month, first.day) != (1, 1) or piece.clock:
        return piece
    start, end, grain = unit_days("year", first)
    return piece._replace(day=Day(first=start, last=end, grain=grain))


def _is_second(reading: Reading, piece: Piece) -> bool:
    """Whether a bare number ends a range of such: 4 till 23 of next month."""
    at = piece.start - 1
    if at < 1 or reading.senses[at].keys().isdisjoint(("dash", "to", "and")):
        return False
    return "digits" in reading.senses[at - 1] or "number" in reading.senses[at - 1]


def _nth_after(reading: Reading, piece: Piece, after: Piece) -> Day | None:
    """Third tuesday after christmas, first monday before the 15th."""
    nth, gap = piece.nth, reading.senses[piece.end]
    own = piece.day
    if (
        own is not None
        and own.weekday is not None
        and own.number is None
        and not own.shift
        and not _is_plain_weekday(after)
    ):
        if reading.words[piece.end] == "from" and after.day is not None and after.day.grain in _COARSE:
            return None  # «sunday from last week»
        nth = Nth(1, own.weekday)  # «the friday after march 9»
    if nth is None or after.day is None:
        return None
    if own is not None and after.start == piece.end and reading.words[after.start] == "following":
        day = add_days(settle(after.day, reading.today)[1], 1)  # «the monday following thanksgiving»
        day = add_days(day, ((nth.weekday or 0) - day.weekday()) % 7)
        return Day(first=day, last=day)
    if after.start - piece.end not in {1, 2}:
        return None
    base = settle(after.day, reading.today)
    if nth.weekday is None:
        return _working_days_from(nth, base, gap.keys())
    if "after_of" in gap and nth.which > 0:
        day = add_days(base[1], (nth.weekday - base[1].weekday() - 1) % 7 + 1 + 7 * (nth.which - 1))
    elif "before_of" in gap:
        day = add_days(base[0], -((base[0].weekday() - nth.weekday - 1) % 7 + 1 + 7 * (abs(nth.which) - 1)))
    else:
        return None
    return Day(first=day, last=day)


def _working_days_from(nth: Nth, base: tuple[date, date], gap: Collection[str]) -> Day | None:
    """The first working day after new year, the last one before christmas."""
    if nth.unit != "workday" or not {"after_of", "before_of"} & set(gap):
        return None
    day = add_workdays(base[1], nth.which) if "after_of" in gap else add_workdays(base[0], -abs(nth.which))
    return Day(first=day, last=day)


def _is_plain_weekday(piece: Piece) -> bool:
    return piece.day is not None and piece.day.weekday is not None and not piece.day.shift


def _nth_day(reading: Reading, piece: Piece, inside: Day, first: date, last: date) -> Day | None:
    number = None
    if inside.grain is Grain.MONTH and not piece.clock:
        number = (
            piece.bare
            if piece.bare is not None
            else piece.day.number
            if piece.day and piece.day.month is None
            else None
        )
    if number is not None and 1 <= number <= 31 and inside.month is not None and not inside.shift:
        return Day(year=inside.year, month=inside.month, number=number)
    if number is not None and 1 <= number <= 31:
        return Day(year=first.year, month=first.month, number=number)
    if piece.nth is None:
        return None
    day = _count_in(piece.nth, first, last)
    if day.first is not None and day.first > last:
        return Day(first=last, last=last, is_missing=True)  # «the fifth friday of february»
    if day.last is not None and day.last < reading.today and inside.month and inside.year is None and not inside.shift:
        first = month_start(first, 12)
        day = _count_in(piece.nth, first, month_start(first, 1) - timedelta(days=1))
    return day


def _count_in(nth: Nth, first: date, last: date) -> Day:
    """The nth weekday, week, day, … between two dates."""
    count = nth.which
    if nth.weekday is not None:
        if count < 0:
            day = add_days(last, -((last.weekday() - nth.weekday) % 7) + 7 * (count + 1))
        else:
            day = add_days(first, (nth.weekday - first.weekday()) % 7 + 7 * (count - 1))
        return Day(first=day, last=day)
    if nth.unit in {"week", "weekend"}:
        monday = (  # a week belongs to where most of its days are
            add_days(week_start(add_days(first, 3)), 7 * (count - 1))
            if count > 0
            else add_days(week_start(add_days(last, -3)), 7 * (count + 1))
        )
        if nth.unit == "weekend":
            monday = add_days(first, -first.weekday() + 7 * (count - 1)) if count > 0 else monday
            monday = week_start(add_days(last, -((last.weekday() - 5) % 7))) if count < 0 else monday
            return Day(first=add_days(monday, 5), last=add_days(monday, 6), grain=Grain.WEEKEND)
        return Day(first=max(first, monday), last=add_days(monday, 6), grain=Grain.WEEK)
    if nth.unit.endswith("s"):
        return _several_in(nth, first, last)
    if nth.unit in {"month", "quarter"}:
        base = month_start(last) if count < 0 else month_start(first, (count - 1) * (3 if nth.unit == "quarter" else 1))
        start, end, grain = unit_days(nth.unit, base)
        return Day(first=start, last=end, grain=grain)
    if nth.unit == "workday":
        day = last if count < 0 else first
        while day.weekday() > 4:
            day = add_days(day, -1 if count < 0 else 1)
        return Day(first=day, last=day)
    day = add_days(last, count + 1) if count < 0 else min(add_days(first, count - 1), last)
    return Day(first=day, last=day)


def _several_in(nth: Nth, first: date, last: date) -> Day:
    """The first two weeks, the last 3 days: counted from either end."""
    size = {"days": 1, "weeks": 7, "weekends": 7}.get(nth.unit)
    count = abs(nth.which)
    if size is None:
        edge = month_start(first, count) - timedelta(days=1) if nth.which > 0 else month_start(last, 1 - count)
        return (
            Day(first=first, last=edge, grain=Grain.MONTH)
            if nth.which > 0
            else Day(first=edge, last=last, grain=Grain.MONTH)
        )
    if nth.which > 0:
        return Day(first=first, last=min(last, add_days(first, size * count - 1)))
    return Day(first=max(first, add_days(last, 1 - size * count)), last=last)


def nth_in_month(today: date, repeat: Repeat) -> Day:
    """The next nth weekday (or last day) of a month that is not before today."""
    for months in (0, 1, 2):
        first = month_start(today, months)
        last = month_start(first, 1) - timedelta(days=1)
        days = [last]
        if repeat.pick:
            days = [
                day for day in (add_days(first, step) for step in range(last.day)) if day.weekday() in repeat.weekdays
            ]
            days = days[repeat.pick - (repeat.pick > 0) :][:1]
        elif repeat.weekdays:
            found = (
                _count_in(Nth(which, day), first, last).first for which in repeat.nth or (1,) for day in repeat.weekdays
            )
            days = [day for day in found if day is not None and day <= last]
        days = [day for day in days if day >= today]
        if days:
            return Day(first=min(days), last=min(days))
    return Day(first=today, last=today)
