"""What a time leaves open: a weekday against its date, a date that does not exist, a range that ends before it begins.

Every doubt comes with the readings it allows, nearest first, so that they can be asked about. A piece that names no date at
all (30 february) gives no moment: nothing falls back to today.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.meaning import Days, Doubt, DoubtKind
from bot.language.signs import Cue
from bot.language.times.parse.numeric import turned
from bot.language.times.pieces import LEAP_DAY, Day, add_days, is_missing, settle
from bot.language.times.resolve import to_moment
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from bot.language.meaning import Moment
    from bot.language.times.lexed import Reading
    from bot.language.times.pieces import Clock, Piece


_LONGEST_NIGHT = timedelta(hours=14)
"""A range past midnight that is longer (5pm to 3pm) is rather written the wrong way round."""
_LONGEST_DAYS = timedelta(days=300)
"""The same for dates without a year: march 10 to february 5."""
_AFTERNOON = 5
"""Hours up to which a bare number is one of the afternoon."""
_FAR = timedelta(days=62)
"""A «tuesday the 24th» that comes only in half a year is rather a slip."""


def find_doubt(reading: Reading, piece: Piece) -> Doubt | None:
    """The doubt that a piece leaves, None for almost every piece."""
    day = piece.day
    if any(clock is not None and clock.is_missing for clock in (piece.clock, piece.end_clock)):
        return _no_such_time(reading, piece)
    if day is None:
        return _backward_clocks(reading, piece) if piece.end_clock is not None else None
    if is_missing(day, reading.today) or (piece.end_day is not None and is_missing(piece.end_day, reading.today)):
        return _missing(reading, piece)
    if piece.end_day is not None and (doubt := _backward_days(reading, piece, day, piece.end_day)) is not None:
        return doubt
    if piece.end_clock is not None and (doubt := _backward_clocks(reading, piece)) is not None:
        return doubt
    if _is_leap_day(day) and piece.end_day is None:
        return _far_leap_day(reading, piece, day)
    if day.may_be_other_week and piece.end_day is None and not piece.is_source:
        return _two_weeks(reading, piece, day)
    if day.weekday is not None and (day.number is not None or day.first is not None):
        return _contradiction(reading, piece, day)
    if day.has_two_orders or (piece.end_day is not None and piece.end_day.has_two_orders):
        return _two_orders(reading, piece, day)
    return _hour_or_date(reading, piece, day) if day.weekday is not None and piece.clock is not None else None


def two_lengths(reading: Reading, pieces: Sequence[Piece]) -> tuple[Doubt, ...]:
    """«30 min on friday for an hour»: two lengths of one meeting, where neither is an amount, a pause or a choice."""
    said = [piece for piece in pieces if _is_length_wanted(reading, piece)]
    found = {piece.length.whole(): piece for piece in said if piece.length is not None}
    if len(found) < 2 or len(said) != 2:
        return ()
    first, last = said
    between = {sense for index in range(first.end, last.start) for sense in reading.senses[index]}
    if not between.isdisjoint(_CHOOSING) or not _OTHER_STRETCHES.isdisjoint(reading.words):
        return ()
    span = reading.span(first.start, last.end)
    return (Doubt(kind=DoubtKind.TWO_LENGTHS, span=span, lengths=tuple(found)),)


def two_days(reading: Reading, read: Sequence[tuple[Piece, Moment]]) -> tuple[Doubt, ...]:
    """«today at 2pm on tuesday», «friday at 2pm, the 5th»: a second day behind the clock of another, and no choice."""
    for (left, moment), (right, other) in pairwise(read):
        if not (_is_dated(left) and left.clock is not None and _is_dated(right) and right.clock is None):
            continue
        if moment.days is None or other.days is None or moment.days.first == other.days.first:
            continue
        if _is_told_again(reading, left, right):
            span = reading.span(left.start, right.end)
            return (Doubt(kind=DoubtKind.CONTRADICTION, span=span, moments=(moment, replace(moment, days=other.days))),)
    return ()


def _is_told_again(reading: Reading, left: Piece, right: Piece) -> bool:
    """Whether the second can only be the day of the first: behind «on», in brackets, a date behind a weekday or before one."""
    between = tuple(reading.words[left.end : right.start])
    if between == ("on",) or left.day is None or right.day is None:
        return between == ("on",)
    is_date = right.day.number is not None
    is_day = left.day.number is None
    is_named = right.is_weekday and (between == ("(",) or (between == (",",) and not is_day and not left.side))
    return is_named or (is_date and is_day and between in _APPOSED)


_APPOSED = frozenset(((",",), ("the",), (",", "the"), (",", "on"), ("on", "the"), ("(", "the"), ("(",), ("-", "the")))


def _is_dated(piece: Piece) -> bool:
    day = piece.day
    is_plain = not (piece.is_source or piece.is_excluded or piece.repeat or piece.is_range)
    return is_plain and day is not None and not day.is_implied


def no_hour(reading: Reading, pieces: Sequence[Piece]) -> tuple[Doubt, ...]:
    """«at half past tomorrow», «friday ten past»: minutes past an hour that was not said, beside a time that was."""
    for at in range(1, reading.size):
        is_past = reading.words[at] == "past" and not _PAST_HOUR.isdisjoint(reading.senses[at - 1])
        if is_past and not any(piece.start < at < piece.end for piece in pieces):
            return (Doubt(kind=DoubtKind.UNREAD_THAT_MATTERS, span=reading.span(at - 1, at + 1), cue=Cue.BOUND),)
    return ()


_PAST_HOUR = frozenset(("fraction", "number", "digits"))
_CHOOSING = ("or", "to", "and", "dash")
_OTHER_STRETCHES = frozenset(
    (
        *("buffer", "buffers", "break", "breaks", "pause", "gap", "notice", "reminder", "remind", "before", "later"),
        *("earlier", "after", "blocks", "apart", "not", "instead"),
    )
)  # fmt: skip


def _is_length_wanted(reading: Reading, piece: Piece) -> bool:
    if piece.length is None or piece.exact or piece.is_amount or piece.is_excluded or piece.repeat or piece.clock:
        return False
    return piece.length.whole() < timedelta(days=1) and "every" not in reading.senses[piece.start - 1]


def names_a_moment(piece: Piece, doubt: Doubt | None) -> bool:
    """Whether the piece stands for a time all the same: one of two readings, or 29 february of the next year that has one."""
    if doubt is not None and doubt.kind is DoubtKind.NO_SUCH_TIME:
        return False
    if doubt is None or piece.day is None or doubt.kind is DoubtKind.CONTRADICTION:
        return True
    return doubt.kind in _WITH_LIKELIER or (_is_leap_day(piece.day) and piece.end_day is None)


_WITH_LIKELIER = frozenset((DoubtKind.TWO_ORDERS, DoubtKind.TWO_WEEKS))
"""Doubts whose first reading stands until it is asked about."""


def of_its_week(reading: Reading, index: int, day: Day) -> Day:
    """The day of «nächsten dienstag», «el próximo martes», told as «coming next tuesday», «coming coming tuesday».

    Tomorrow is called so by hardly anybody: said on a monday it is the tuesday behind. Of the later days of this week people
    mean this one or the next; which languages lean to one of them tells the second word.
    """
    said = (reading.words[index], reading.words[index + 1])
    if said not in _OF_EITHER_WEEK or day.weekday is None:
        return day
    near = add_days(reading.today, (day.weekday - reading.today.weekday()) % 7)
    days = (near - reading.today).days
    if not days or (day.weekday < reading.today.weekday() and (days > 1 or said == _OF_NEXT_WEEK)):
        return day
    if days == 1 and day.weekday:
        return day._replace(shift="next", may_be_other_week=True)
    return day._replace(may_be_other_week=True, is_of_either_week=said == _DIFFERS)


_DIFFERS, _OF_NEXT_WEEK = ("coming", "next"), ("next", "coming")
_OF_EITHER_WEEK = frozenset((_DIFFERS, _OF_NEXT_WEEK, ("coming", "coming")))


def _two_weeks(reading: Reading, piece: Piece, day: Day) -> Doubt:
    """The likelier of the two days, and the other."""
    said = settle(day, reading.today)[0]
    other = add_days(said, -7 if day.shift == "next" else 7)
    kind = DoubtKind.TWO_WEEKS if day.is_of_either_week else DoubtKind.TWO_ORDERS
    return _doubt(reading, piece, kind, (_on(reading, piece, one) for one in (said, other)))


def _is_leap_day(day: Day) -> bool:
    return day.year is None and (day.month, day.number) == LEAP_DAY


def _doubt(reading: Reading, piece: Piece, kind: DoubtKind, readings: Iterator[Moment]) -> Doubt:
    moments = tuple(dict.fromkeys(readings))
    return Doubt(kind=kind, span=reading.span(piece.start, piece.end), moments=moments)


def _on(reading: Reading, piece: Piece, day: date) -> Moment:
    """The piece, hours and all, on a certain date."""
    return to_moment(reading, piece._replace(day=Day(first=day, last=day), end_day=None))


def _far_leap_day(reading: Reading, piece: Piece, day: Day) -> Doubt | None:
    """«29 february» where the coming one has 28 days: the years after have one."""
    leap = settle(day, reading.today)[0]
    plain = settle(day._replace(number=28), reading.today)[0]
    if leap.year == plain.year:
        return None
    days = (leap, plain, add_days(plain, 1))
    return _doubt(reading, piece, DoubtKind.NO_SUCH_DATE, (_on(reading, piece, one) for one in days))


def _no_such_time(reading: Reading, piece: Piece) -> Doubt:
    """25:00 tomorrow: the day without its clock."""
    dated = piece._replace(clock=None, end_clock=None, part="", side=None)
    is_day = piece.day is not None and not piece.day.is_implied
    days = (to_moment(reading, dated),) if is_day else ()
    return _doubt(reading, piece, DoubtKind.NO_SUCH_TIME, iter(days))


def _missing(reading: Reading, piece: Piece) -> Doubt:
    return _doubt(reading, piece, DoubtKind.NO_SUCH_DATE, _beside_missing(reading, piece))


def _beside_missing(reading: Reading, piece: Piece) -> Iterator[Moment]:
    """The last day that the month has, and the one after it."""
    day = piece.day
    if day is None or piece.end_day is not None or (day.month is None and day.first is None):
        return
    is_zero = day.number == 0
    nearest = settle(day._replace(weekday=None, number=1 if is_zero else day.number), reading.today)[0]
    nearest = add_days(nearest, -1) if is_zero else nearest
    if nearest >= reading.today:
        yield _on(reading, piece, nearest)
        yield _on(reading, piece, add_days(nearest, 1))


def _contradiction(reading: Reading, piece: Piece, day: Day) -> Doubt | None:
    """Friday the 3rd of december, monday 24 november, tomorrow (a tuesday), friday."""
    if piece.end_day is not None or day.weekday is None:
        return None
    named = settle(day._replace(weekday=None), reading.today)[0]
    found = settle(day, reading.today)[0]
    is_agreed = named.weekday() == day.weekday
    if is_agreed or (day.month is None and day.first is None and found - reading.today <= _FAR):
        return None
    moment = _on(reading, piece, named)
    behind = add_days(named, (day.weekday - named.weekday()) % 7)
    before = add_days(behind, -7)
    is_nearer = named - before < behind - named and not _is_over(reading, moment, before)
    days = [Days(first=one, last=one) for one in (named, before if is_nearer else behind, found)]
    return _doubt(reading, piece, DoubtKind.CONTRADICTION, (replace(moment, days=one) for one in days))


def _is_over(reading: Reading, moment: Moment, day: date) -> bool:
    """Whether the moment's hours are over when that is the day."""
    start = moment.hours.start if moment.hours is not None else None
    return day < reading.today or (day == reading.today and start is not None and start < reading.now.time())


def _two_orders(reading: Reading, piece: Piece, day: Day) -> Doubt | None:
    other = piece._replace(day=turned(day), end_day=turned(piece.end_day) if piece.end_day else None)
    if is_missing(other.day or day, reading.today):
        return None
    if day.year is not None and settle(other.day or day, reading.today)[0] < reading.today:
        return None
    moments = (to_moment(reading, one) for one in (piece, other))
    return _doubt(reading, piece, DoubtKind.TWO_ORDERS, moments)


def _hour_or_date(reading: Reading, piece: Piece, day: Day) -> Doubt | None:
    """«tuesday 10»: the hour, or the 10th where that is a tuesday too; not «tuesday at 10», «tuesday 10am»."""
    number = reading.digits(piece.end - 1)
    is_beside = piece.start == piece.end - 2 and "weekday" in reading.senses[piece.start]
    if number is None or not is_beside or piece.end_clock is not None or piece.is_source or piece.side is not None:
        return None
    date = settle(Day(number=number), reading.today)[0]
    if len(reading.words[piece.end - 1]) > 2 or not 1 <= number <= _LAST_OF_CLOCK or date.weekday() != day.weekday:
        return None
    said = to_moment(reading, piece)
    if said.days is None or said.days.first == date:
        return None
    whole = to_moment(reading, piece._replace(day=Day(first=date, last=date), clock=None))
    return _doubt(reading, piece, DoubtKind.TWO_ORDERS, iter((said, whole)))


_LAST_OF_CLOCK = 12


def _backward_days(reading: Reading, piece: Piece, first: Day, last: Day) -> Doubt | None:
    """From 15 to 12 december, march 10 to february 5."""
    if first.number is None or last.number is None or (first.month is None) != (last.month is None):
        return None
    turned = piece._replace(day=last, end_day=first, clock=piece.end_clock, end_clock=piece.clock)
    is_same_month = first.month == last.month and first.year == last.year and first.month is not None
    if is_same_month:
        is_backward = first.number > last.number
    elif first.month is None:
        return None
    elif first.year is not None and last.year is not None:
        is_backward = (first.year, first.month) > (last.year, last.month)
    else:
        start, end = settle(first, reading.today)[0], settle(last, reading.today)[0]
        is_backward = end < start and settle(last, reading.today, start)[0] - start > _LONGEST_DAYS
    if not is_backward:
        return None
    return _doubt(reading, piece, DoubtKind.BACKWARD_RANGE, iter((to_moment(reading, turned),)))


def _backward_clocks(reading: Reading, piece: Piece) -> Doubt | None:
    """From 5pm to 3pm, 15:00-14:00: both halves said, and more than a night between them; «3 to 1», both of the afternoon."""
    start, end = piece.clock, piece.end_clock
    if start is None or end is None or piece.is_through:
        return None
    if not (start.half or end.half or piece.part) and end.hour < start.hour <= _AFTERNOON and end.hour > 0:
        turned = piece._replace(clock=end, end_clock=start)
        return _doubt(reading, piece, DoubtKind.BACKWARD_RANGE, iter((to_moment(reading, turned),)))
    if not (start.half and end.half):
        return None
    low, high = _at(start), _at(end)
    if high >= low or end.hour % 24 == 0 or high + timedelta(days=1) - low <= _LONGEST_NIGHT:
        return None
    turned = piece._replace(clock=end, end_clock=start)
    return _doubt(reading, piece, DoubtKind.BACKWARD_RANGE, iter((to_moment(reading, turned),)))


def _at(clock: Clock) -> timedelta:
    """How far into its day a clock is."""
    hour = clock.hour + 12 if clock.half == "pm" and clock.hour < 12 else clock.hour
    hour = 0 if clock.half == "am" and hour == 12 else hour % 24
    return timedelta(hours=hour, minutes=clock.minute, seconds=clock.second)
