"""On which weekdays and days of the month a repetition comes round, from all that a message says about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Frequency, Grain
from bot.language.times.pieces import Day, Mark, Piece, Repeat, add_months, month_start, settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.language.meaning import Span
    from bot.language.times.lexed import Reading


def without_weekdays(
    reading: Reading, repeat: Repeat, pieces: list[Piece]
) -> tuple[Repeat, list[Piece], tuple[Span, ...]]:
    """«every weekday except friday», «daily but not at weekends»: those weekdays are no part of the repetition."""
    gone = [piece for piece in pieces if piece.is_excluded and weekdays_of(reading, piece)]
    is_daily = repeat.frequency is Frequency.DAILY and repeat.interval == 1
    if not gone or not (is_daily or repeat.frequency is Frequency.WEEKLY):
        return repeat, pieces, ()
    usual = repeat.weekdays or (tuple(range(_DAYS)) if is_daily else ())
    left = tuple(day for day in usual if all(day not in weekdays_of(reading, piece) for piece in gone))
    if not left or left == usual:
        return repeat, pieces, ()
    spans = tuple(reading.span(piece.start, piece.end) for piece in gone)
    kept = [piece for piece in pieces if piece not in gone]
    return repeat._replace(frequency=Frequency.WEEKLY, weekdays=left), kept, spans


_DAYS = 7


def on_its_weekday(reading: Reading, repeat: Repeat, piece: Piece) -> Piece:
    """«every friday except the 25th»: the next 25th that is a friday."""
    day = piece.day
    if not piece.is_excluded or day is None or day.number is None or day.month is not None or day.weekday is not None:
        return piece
    if repeat.frequency is not Frequency.WEEKLY or not repeat.weekdays:
        return piece
    found = (settle(day, reading.today, add_months(month_start(reading.today), months))[0] for months in range(_YEAR))
    fitting = next((one for one in found if one >= reading.today and one.weekday() in repeat.weekdays), None)
    return piece if fitting is None else piece._replace(day=Day(first=fitting, last=fitting))


_YEAR = 12


def weekdays_of(reading: Reading, piece: Piece) -> tuple[int, ...]:
    """The weekday, or those of «the weekend», that a piece names by itself: of no certain week and at no certain hour."""
    day = piece.day
    if day is None or piece.clock or piece.part or piece.end_day or day.number is not None or day.shift:
        return ()
    if day.weekday is not None:
        return (day.weekday,)
    is_shifted = any("shift" in senses for senses in reading.senses[piece.start : piece.end])
    return _WEEKEND if day.grain is Grain.WEEKEND and not is_shifted else ()


_WORKDAYS, _WEEKEND = (0, 1, 2, 3, 4), (5, 6)


def weekday_of(piece: Piece) -> int | None:
    return piece.day.weekday if piece.day is not None else None


_WHOLE_WEEKS = {7: 1, 14: 2, 15: 2, 21: 3, 28: 4}


def in_weeks(repeat: Repeat) -> Repeat:
    """Every 14 days («quince días», «quinze jours» too) beside a weekday: every other week."""
    if repeat.frequency is not Frequency.DAILY or repeat.interval not in _WHOLE_WEEKS:
        return repeat
    return repeat._replace(frequency=Frequency.WEEKLY, interval=_WHOLE_WEEKS[repeat.interval])


def with_weekdays(repeat: Repeat, others: Sequence[Repeat | None]) -> Repeat:
    """«tuesdays … and every thursday» as one rule; «biweekly … on thursdays» is every other one, «monthly … 2nd friday»."""
    weekdays, interval = list(repeat.weekdays), repeat.interval
    for other in others:
        if other is not None and other.frequency == repeat.frequency:
            weekdays += other.weekdays
            interval = max(interval, other.interval)
            repeat = repeat._replace(
                nth=repeat.nth or other.nth,
                pick=repeat.pick or other.pick,
                month_days=repeat.month_days or other.month_days,
            )
    return repeat._replace(weekdays=tuple(sorted(set(weekdays))), interval=interval)


def in_run_of_weekdays(repeat: Repeat, pieces: list[Piece], at: int) -> tuple[Repeat, list[Piece]]:
    """«daily mon-thu at 9:30»: on those weekdays each week; the clock beside them is the repetition's."""
    found = [
        place
        for place, piece in enumerate(pieces)
        if piece.end_day is not None
        and piece.is_weekday
        and piece.end_day.weekday is not None
        and not piece.is_through
        and not (piece.day and piece.day.shift)
    ]
    is_usual = repeat in {Repeat(Frequency.DAILY), Repeat(Frequency.WEEKLY, weekdays=_WORKDAYS)}
    if not is_usual or len(found) != 1 or pieces[at].day or found[0] == at:
        return repeat, pieces
    run = pieces[found[0]]
    weekly = with_days(Repeat(Frequency.WEEKLY), [run])
    own = pieces[at]
    if not (own.clock or own.part):
        own = own._replace(clock=run.clock, end_clock=run.end_clock, part=run.part, zone=run.zone, zones=run.zones)
    own = own._replace(start=min(own.start, run.start), end=max(own.end, run.end))
    return weekly, [
        own
        if place == at
        else piece._replace(day=None, end_day=None, clock=None, end_clock=None, part="")
        if place == found[0]
        else piece
        for place, piece in enumerate(pieces)
    ]


def with_days(repeat: Repeat, pieces: list[Piece]) -> Repeat:
    """Weekly on tuesday and thursday, monday to friday every week, monthly on the 15th: the days said beside the frequency."""
    if repeat.weekdays:
        return repeat
    weekdays: list[int] = []
    numbers: list[int] = []
    for piece in pieces:
        day = piece.day
        if day is None or piece.side is not None or piece.is_excluded:
            continue
        if repeat.frequency is Frequency.MONTHLY and day.number is not None and day.month is None:
            numbers.append(day.number)
        if Mark.PLACED in piece.marks and day.first is not None and day.first == day.last and not repeat.nth:
            weekdays.append(day.first.weekday())  # «weekly on mon and wed starting next week»
        elif day.weekday is not None and day.number is None:
            last = piece.end_day.weekday if piece.end_day and piece.end_day.weekday is not None else day.weekday
            weekdays += [(day.weekday + step) % 7 for step in range((last - day.weekday) % 7 + 1)]
    if numbers:
        return repeat._replace(month_days=tuple(sorted(set(numbers))))
    return repeat._replace(weekdays=tuple(sorted(set(weekdays)))) if repeat.frequency is Frequency.WEEKLY else repeat
