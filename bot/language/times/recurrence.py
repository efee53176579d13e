"""Repetitions of a message: the repeated piece, and what says where it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Frequency, Grain, Open, Recurrence
from bot.language.times.parse.relative import move
from bot.language.times.parts import apply_part
from bot.language.times.pieces import Day, Mark, Piece, Repeat, add_days, settle
from bot.language.times.refine.within import nth_in_month
from bot.language.times.resolve import ends_of
from bot.language.times.rhythm import (
    in_run_of_weekdays,
    in_weeks,
    on_its_weekday,
    weekday_of,
    weekdays_of,
    with_days,
    with_weekdays,
    without_weekdays,
)
from bot.language.times.turns import is_mixed, other_turn, own_turn, sharing, with_each_day
from bot.values import NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from bot.language.meaning import Span
    from bot.language.times.lexed import Reading
    from bot.language.times.pieces import Length


class Taken(NamedTuple):
    """The repetition; the pieces with its first day in place and without what only bounds it."""

    recurrence: Recurrence | None
    pieces: list[Piece]
    bounds: tuple[Span, ...] = ()
    """Where what bounds it stood."""
    left_out: tuple[Span, ...] = ()
    """Where weekdays stood that are no part of it."""
    since: date | None = None
    """The day from which it goes on, where one was said."""


def _where_left(pieces: list[Piece], left: list[Piece], places: list[int]) -> list[int]:
    """The places of pieces once those that are left out have gone («keine montage, werktags»)."""
    gone = [place for place, piece in enumerate(pieces) if piece not in left]
    return [place - sum(1 for one in gone if one < place) for place in places]


def take_recurrence(reading: Reading, pieces: list[Piece]) -> Taken:
    """What is repeated, out of the pieces of a message."""
    pieces = with_each_day(reading, pieces) if len(pieces) > 1 else pieces
    places = [at for at, piece in enumerate(pieces) if piece.repeat is not None and not piece.is_excluded]
    if not places and (weekly := _weekly_for(reading, pieces)):
        pieces = [_each_week(one, is_last=at == weekly[-1]) if at in weekly else one for at, one in enumerate(pieces)]
        places = weekly
    if not places:
        return Taken(None, pieces)
    pieces, places = _days_taken_in(pieces, places)
    pieces = _stretch_apart(reading, pieces, places)
    at = max(places, key=lambda place: (bool(pieces[place].clock or pieces[place].part), -place))
    others: list[Repeat | None] = [pieces[place].repeat for place in places if place != at]
    mixed = is_mixed(reading, pieces, places, at)
    apart = {place: one for place in places if (one := other_turn(pieces[place], pieces[at])) is not None}
    places = [place for place in places if place not in apart]
    pieces = [apart.get(place, piece) for place, piece in enumerate(pieces)]
    repeat = pieces[at].repeat or Repeat(Frequency.DAILY)
    if any(piece.day is not None and piece.day.weekday is not None for piece in pieces) or _names_weekdays(pieces):
        repeat, others = in_weeks(repeat), [in_weeks(other) for other in others if other is not None]
    repeat = with_weekdays(repeat, others)
    repeat, pieces = in_run_of_weekdays(repeat, pieces, at)
    repeat = with_days(repeat, [pieces[at]] if pieces[at].day else [piece for piece in pieces if not piece.repeat])
    repeat, left, left_out = without_weekdays(reading, repeat, pieces)
    at, *places = _where_left(pieces, left, [at, *places])
    pieces = [on_its_weekday(reading, repeat, piece) for piece in left]
    until, count, used = _bounds(reading, pieces, repeat)
    until = until if until or count else _end_said(reading, pieces)
    own = own_turn(repeat, pieces, places)
    piece = _first_day(reading, pieces[at], repeat._replace(weekdays=own), pieces, used)
    pieces = sharing([*pieces[:at], piece._replace(turn=own), *pieces[at + 1 :]], at)
    kept = [other for place, other in enumerate(pieces) if place not in used and (place == at or place not in places)]
    recurrence = Recurrence(
        frequency=repeat.frequency,
        interval=repeat.interval,
        weekdays=repeat.weekdays,
        nth=repeat.nth,
        pick=repeat.pick,
        month_days=repeat.month_days,
        often=max(repeat.often, *[other.often for other in others if other is not None], 1),
        count=count,
        until=None if count is not None else until,
        is_mixed=mixed,
        span=reading.span(piece.start, piece.end),
    )
    taken = sorted(used.union(place for place in places if place != at))
    bounds = tuple(reading.span(pieces[place].start, pieces[place].end) for place in taken)
    return Taken(recurrence, kept, bounds, left_out, _start(reading, pieces, set()))


def _days_taken_in(pieces: list[Piece], places: list[int]) -> tuple[list[Piece], list[int]]:
    """«weekly on thursday at 3 from january 7» as «thursdays at 3 …»: with a start, its days are not dates of their own."""
    (at, *more), is_started = places, any(_is_start(piece) for piece in pieces)
    repeat = pieces[at].repeat
    if more or repeat is None or not is_started or _says_when(pieces[at]):
        return pieces, places
    days = [place for place, piece in enumerate(pieces) if place != at and _is_day_of(repeat, piece)]
    said = [pieces[place] for place in days]
    if not days or len({(piece.clock, piece.end_clock, piece.part) for piece in said}) != 1:
        return pieces, places
    one = said[0]
    taken = pieces[at]._replace(
        start=min(piece.start for piece in (pieces[at], *said)), end=max(piece.end for piece in (pieces[at], *said)),
        repeat=with_days(repeat, said), clock=one.clock, end_clock=one.end_clock, part=one.part,
        zone=one.zone, zones=one.zones, marks=one.marks,
    )  # fmt: skip
    kept = [taken if place == at else piece for place, piece in enumerate(pieces) if place not in days]
    return kept, [kept.index(taken)]


def _is_start(piece: Piece) -> bool:
    return piece.side is Open.AFTER and piece.day is not None and piece.repeat is None and not piece.is_excluded


def _is_day_of(repeat: Repeat, piece: Piece) -> bool:
    """A weekday beside «weekly», a number beside «monthly»."""
    day = piece.day
    if (
        day is None
        or piece.side
        or piece.repeat
        or piece.is_excluded
        or (piece.is_range and not piece.end_clock)
        or day.shift
    ):
        return False
    if repeat.frequency is Frequency.WEEKLY:
        return day.weekday is not None and day.number is None and not repeat.weekdays
    return repeat.frequency is Frequency.MONTHLY and day.number is not None and day.month is None and not repeat.nth


def _stretch_apart(reading: Reading, pieces: list[Piece], places: list[int]) -> list[Piece]:
    """«mondays in december at 10», «every monday from the 7th to the 28th at 10»: the clock is the repetition's."""
    if any(_says_when(pieces[place]) and not _is_part_alone(pieces[place]) for place in places):
        return pieces
    found = [at for at, piece in enumerate(pieces) if at not in places and _lends_clock(reading, piece)]
    if not found or len({(pieces[said].clock, pieces[said].is_excluded) for said in found}) != 1:
        return pieces
    if len(found) > 1 and not pieces[found[0]].is_excluded:
        return pieces
    at, timed = places[0], pieces[found[0]]
    part = pieces[at].part
    if part and (timed.clock is None or timed.part):
        return pieces
    repeated = pieces[at]._replace(
        clock=apply_part(timed.clock, part) if part and timed.clock else timed.clock,
        end_clock=timed.end_clock, part=part or timed.part, zone=timed.zone, zones=timed.zones,
        marks=pieces[at].marks | timed.marks, apart=timed.apart or (timed.start, timed.end),
    )  # fmt: skip
    bare = {
        said: pieces[said]._replace(clock=None, end_clock=None, part="", zone="", zones=(), apart=None)
        for said in found
    }
    return [(bare | {at: repeated}).get(place, piece) for place, piece in enumerate(pieces)]


def _is_part_alone(piece: Piece) -> bool:
    """«every morning», whose clock may stand behind the week («… next week at 9»)."""
    return bool(piece.part) and not (piece.clock or piece.day or piece.exact or piece.side)


def _says_when(piece: Piece) -> bool:
    return bool(piece.clock or piece.part or piece.day or piece.exact or piece.side)


def _lends_clock(reading: Reading, piece: Piece) -> bool:
    """Whether it is some days and a clock that stood beside each other by chance («… in may at 9», «… except friday at 9»)."""
    day = piece.day
    if piece.repeat is None and day is None and piece.side is None and not piece.is_excluded:
        return piece.clock is not None and piece.exact is None  # «every tuesday from now on at 9»
    if day is None or not (piece.clock or piece.part) or piece.is_through:
        return False
    if piece.side is not None:
        return not piece.repeat and not piece.is_excluded  # «every thursday from dec 3 at 11»
    if piece.is_excluded:
        is_clocked = piece.clock is not None and piece.end_clock is None
        return is_clocked and bool(weekdays_of(reading, piece._replace(clock=None)))
    if piece.end_day is not None:
        return day.weekday is None or day.number is not None
    return day.grain in _STRETCHES and day.weekday is None and day.number is None


def _weekly_for(reading: Reading, pieces: list[Piece]) -> list[int]:
    """Which pieces «thursday at 10 for 3 weeks» repeats: the weekday with a clock, beside a number of weeks, and those
    named with it («mon and wed at 9 for 3 weeks»).
    """
    lengths = [length for piece in pieces if (length := _span_said(reading, piece)) is not None]
    is_counted = any(piece.nth is not None and piece.nth.unit == "times" for piece in pieces)  # «thu 3pm x 4»
    is_lasting = any(length.unit == "week" and length.amount >= _SEVERAL for length in lengths)
    if not is_counted and not is_lasting and not any(_ends_far(reading, piece) for piece in pieces):
        return []
    found = [
        at
        for at, piece in enumerate(pieces)
        if piece.day is not None and piece.day.weekday is not None and not piece.is_excluded
    ]
    clocked = [at for at in found if pieces[at].clock is not None]
    if not clocked or any(pieces[at].day != Day(weekday=weekday_of(pieces[at])) for at in found):
        return []
    if len(clocked) > 1:  # «mon and wed at 9 for 3 weeks»: the one clock is that of both
        is_one = is_lasting and len({pieces[at].clock for at in clocked}) == 1 and "or" not in reading.words
        return clocked if is_one else []
    return [] if pieces[clocked[0]].end_day is not None and pieces[clocked[0]].is_through else clocked


def _ends_far(reading: Reading, piece: Piece) -> bool:
    """«until february», «till the end of june»."""
    is_long = piece.day is not None and (piece.day.grain in _STRETCHES or Mark.END in piece.marks)
    is_until = piece.side is Open.BEFORE and "upto" in reading.senses[piece.start]
    return is_long and is_until and not piece.clock and not reading.is_move


def _each_week(piece: Piece, *, is_last: bool) -> Piece:
    repeat = with_days(Repeat(Frequency.WEEKLY), [piece])
    is_run = piece.end_day is not None
    if not is_last:  # the clock is that of the last one
        piece = piece._replace(clock=None, end_clock=None)
    return piece._replace(repeat=repeat, day=None if is_run else piece.day, end_day=None)


_SEVERAL = 2


def _names_weekdays(pieces: list[Piece]) -> bool:
    return any(piece.repeat is not None and piece.repeat.weekdays for piece in pieces)


def _bounds(reading: Reading, pieces: list[Piece], repeat: Repeat) -> tuple[date | None, int | None, set[int]]:
    """The last day and the number of times that were said, and which pieces said so."""
    until: date | None = None
    count = repeat.total
    used: set[int] = set()
    for at, piece in enumerate(pieces):
        if piece.nth is not None and piece.nth.unit == "times":
            count = piece.nth.which
            used.add(at)
        elif piece.side is Open.BEFORE and piece.day is not None and piece.repeat is None:
            first, last = settle(piece.day, reading.today)
            until = add_days(first, -1) if Mark.STRICT in piece.marks else last
            used.add(at)
        elif (stretch := _stretch(reading, piece)) is not None:
            until = stretch[1]
            used.add(at)
        elif (length := _span_said(reading, piece)) is not None:
            is_weekly = repeat.frequency is Frequency.WEEKLY and repeat.interval == 1 and len(repeat.weekdays) <= 1
            count = int(length.amount) if is_weekly and length.unit == "week" else None
            first = _start(reading, pieces, set()) or reading.today
            until = None if count else add_days(move(first, length, 1), -1)
            used.add(at)
    return until, count, used


def _end_said(reading: Reading, pieces: list[Piece]) -> date | None:
    """«every weekday next week at 9»: the week or month that its clock was said with."""
    for piece in pieces:
        day = piece.day
        if day is not None and piece.clock and not (piece.side or piece.is_excluded or piece.end_day):
            is_week = day.grain in _STRETCHES and day.weekday is None and day.number is None
            if is_week:
                return settle(day, reading.today)[1]
    return None


def _stretch(reading: Reading, piece: Piece) -> tuple[date, date] | None:
    """«in march», «next week», «from april to june»: the dates between which it goes on."""
    day = piece.day
    if day is None or piece.repeat or piece.clock or piece.side or piece.is_excluded or piece.part:
        return None
    if piece.end_day is not None:
        is_dated = day.weekday is None or day.number is not None
        return ends_of(day, piece.end_day, reading.today) if is_dated else None
    is_long = day.first is not None and day.last is not None and day.last > day.first  # «the rest of the week»
    return settle(day, reading.today) if day.grain in _STRETCHES or is_long else None


_STRETCHES = frozenset((Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR, Grain.PART))


def _span_said(reading: Reading, piece: Piece) -> Length | None:
    """«for 6 weeks», «the next 3 months»: how long it goes on."""
    length = piece.length
    if length is None or piece.has_time or length.unit not in {"week", "month", "year", "fortnight"} or not piece.start:
        return None
    is_told = reading.senses[piece.start - 1].keys() & {"for", "within", "shift"}
    is_behind = (
        "comma" in reading.senses[piece.start - 1] and "times" not in reading.kinds
    )  # «wednesdays at 5, 10 weeks»
    return length if is_told or (is_behind and piece.repeat is None and length.amount >= _SEVERAL) else None


def _first_day(reading: Reading, piece: Piece, repeat: Repeat, pieces: list[Piece], used: set[int]) -> Piece:
    """The repeated piece with its first day: the next one that fits, not before a start that was said."""
    if not piece.has_time and _has_day_elsewhere(pieces, used):
        return piece  # «weekly on thursday 3pm»
    if _is_dated(piece):
        return piece._replace(repeat=None)
    start = _start(reading, pieces, used)
    if start == reading.today and _is_over(reading, piece):
        start = add_days(start, 1)
    if piece.side is Open.AFTER and piece.day is not None and not piece.clock:
        start = settle(piece.day, reading.today)[0]
        piece = piece._replace(side=None, day=None)
    base = add_days(reading.today, start is None and (repeat.total is not None or _is_over(reading, piece)))
    if repeat.nth or repeat.pick or repeat.month_days:
        return piece._replace(day=_monthly(reading, repeat, max(start or base, base)))
    if repeat.weekdays and start is None and len(repeat.weekdays) == 1:
        return piece._replace(day=Day(weekday=repeat.weekdays[0], shift="coming" if repeat.total else ""))
    if repeat.weekdays:
        base = start or base
        first = add_days(base, min((weekday - base.weekday()) % 7 for weekday in repeat.weekdays))
        return piece._replace(day=Day(first=first, last=first))
    return piece._replace(day=Day(first=start, last=start)) if start is not None else piece


def _has_day_elsewhere(pieces: list[Piece], used: set[int]) -> bool:
    return any(
        piece.day is not None and piece.side is None and piece.repeat is None and not piece.is_excluded
        for at, piece in enumerate(pieces)
        if at not in used
    )


def _is_dated(piece: Piece) -> bool:
    """Whether a certain day was said with the repetition («daily from tomorrow» aside)."""
    day = piece.day
    return day is not None and day.weekday is None and day.number is None and piece.side is not Open.AFTER


def _start(reading: Reading, pieces: list[Piece], used: set[int]) -> date | None:
    """The day from which it goes on, where one was said; the piece that says so is used up."""
    start = None
    for at, piece in enumerate(pieces):
        stretch = _stretch(reading, piece)
        if stretch is not None:
            start = max(stretch[0], reading.today)
        elif piece.side is Open.AFTER and piece.day is not None and piece.repeat is None and not piece.clock:
            first, last = settle(piece.day, reading.today)
            start = add_days(last, 1) if Mark.STRICT in piece.marks else first  # «after december 7»
            used.add(at)
        elif piece.exact and piece.side is Open.AFTER and piece.repeat is None and not piece.is_counted:
            used.add(at)  # «from now on»
    return start


def _is_over(reading: Reading, piece: Piece) -> bool:
    """Whether today's occurrence has begun already."""
    if piece.clock is None:
        return False
    half = piece.clock.half or ("pm" if piece.clock.hour < 7 else "am")
    hour = piece.clock.hour % 12 + 12 * (half == "pm") if half != "24" and piece.clock.hour <= 12 else piece.clock.hour
    return (hour, piece.clock.minute) <= (reading.now.hour, reading.now.minute)


def _monthly(reading: Reading, repeat: Repeat, today: date) -> Day | None:
    days = [settle(Day(number=number), reading.today, today)[0] for number in repeat.month_days if number > 0]
    if days:
        return Day(first=min(days), last=min(days))
    return nth_in_month(today, repeat)
