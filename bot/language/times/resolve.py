"""Pieces to Moments: which date, which half of the day. Looks ahead from now; bare hours are read with an office-hours sense.

The rules for an hour without am or pm: a part of day decides, then the other end of its range, then whether it lies behind now
on a day that is today, then 1–6 is the afternoon and 7–12 the morning and noon. The other reading is kept in `Hours.other`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.language.meaning import Certainty, Days, Grain, Hours, Moment, Open
from bot.language.times.parse.relative import move
from bot.language.times.parts import PART_HALVES, PARTS, apply_part
from bot.language.times.pieces import Clock, Day, Mark, Piece, add_days, add_months, safe_date, settle
from bot.scheduling.times import find_zone

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading


_OFFICE_FIRST = 7


def to_moment(reading: Reading, piece: Piece) -> Moment:
    """The piece as a Moment, everything left open settled."""
    span = reading.span(piece.start, piece.end)
    zone = piece.zone or None
    if reading.is_evening and piece.clock is not None and not piece.part and piece.clock.hour > 4:
        end_clock = apply_part(piece.end_clock, "evening") if piece.end_clock else None  # dinner at 7
        piece = piece._replace(clock=apply_part(piece.clock, "evening"), end_clock=end_clock)
    if (
        piece.exact is not None
        and piece.exact_end is None
        and piece.end_clock is None
        and piece.clock is None
        and piece.day is None
    ):
        grain = piece.grain or Grain.MINUTE
        return Moment(span=span, grain=grain, exact=piece.exact.astimezone(UTC), open=piece.side, rule=piece.rule)
    if piece.exact is not None:
        return _from_exact(reading, piece)
    now = reading.now
    if zone and (place := find_zone(zone)) is not None:
        now = now.astimezone(place)
    if Mark.PART_LEADS in piece.marks and piece.side is not None:
        piece = _within_part(piece, now)
    today = now.date()
    days = _days(reading, piece, today)
    hours = _hours(piece, days, now)
    implied_day = days is None or (piece.day is not None and piece.day.is_implied)
    days = _roll(piece, days, hours, now)
    grain = _grain(piece, days, hours)
    side = piece.side
    if Mark.ANY_DAY in piece.marks and piece.day is None:
        days = Days(first=today, last=add_days(today, 6), grain=Grain.DAY, certainty=Certainty.IMPLIED)
    elif days is not None and implied_day:
        days = Days(first=days.first, last=days.last, grain=days.grain, certainty=Certainty.IMPLIED)
    if side is Open.AFTER and hours is None and days is not None and Mark.STRICT in piece.marks:
        first = add_days(days.last, 1)
        days = Days(first=first, last=first, certainty=days.certainty)
    elif side is Open.BEFORE and hours is None and days is not None and _is_strictly_before(piece):
        days = Days(first=add_days(days.first, -1), last=add_days(days.first, -1), certainty=days.certainty)
    return Moment(
        span=span, grain=grain, days=days, hours=hours, open=side, zone=zone, zones=piece.zones,
        is_through=piece.is_through, rule=piece.rule, away=_away(piece, days, today),
        is_weekly=Mark.WEEKLY in piece.marks,
    )  # fmt: skip


def _away(piece: Piece, days: Days | None, today: date) -> timedelta | None:
    is_ahead = piece.is_counted and not piece.marks.isdisjoint(_AHEAD)
    return days.first - today if is_ahead and days is not None and days.first == days.last else None


_AHEAD = (Mark.AHEAD, Mark.WEEKS)


def _within_part(piece: Piece, now: datetime) -> Piece:
    """«in the afternoon, before 4» begins at noon, «in the morning, from 10» ends there."""
    clock, bounds = piece.clock, PARTS.get(piece.part)
    if clock is None or piece.end_clock is not None or bounds is None:
        return piece
    said = _time(clock, _pick_half(clock, piece.part, date.min, now))
    if piece.side is Open.BEFORE and _NOON <= bounds[0] < said:
        return piece._replace(clock=_as_said(bounds[0]), end_clock=_as_said(said), side=None)
    if piece.side is Open.AFTER and said < bounds[1] <= _LUNCH:
        return piece._replace(clock=_as_said(said), end_clock=_as_said(bounds[1]), side=None)
    return piece


_NOON, _LUNCH = time(12), PARTS["lunch"][1]
"""What ends later than lunch has no end that people hold to: «in the afternoon, from 4» goes on into the evening."""


def _as_said(clock: time) -> Clock:
    return Clock(clock.hour, clock.minute, half="24")


def _is_strictly_before(piece: Piece) -> bool:
    """«before friday» ends on thursday; «before the end of the week» ends with the week."""
    return Mark.STRICT in piece.marks and Mark.END not in piece.marks


def _from_exact(reading: Reading, piece: Piece) -> Moment:
    """From an instant up to something: both ends as wall times, running through."""
    start = (piece.exact or reading.now).astimezone(reading.zone)
    if piece.exact_end is not None:
        end = piece.exact_end.astimezone(reading.zone)
    else:
        day = settle(piece.end_day or piece.day or Day(first=start.date()), reading.today)[1]
        clock = piece.end_clock or piece.clock
        if clock is None:
            end = datetime.combine(add_days(day, 1), time(0), reading.zone)
        else:
            end = datetime.combine(day, _time(clock, _pick_half(clock, piece.part, day, start)), reading.zone)
            end = end if end > start else end + timedelta(days=1)
    grain = piece.grain or Grain.MINUTE
    if end <= start:
        return Moment(
            span=reading.span(piece.start, piece.end), grain=Grain.MINUTE, exact=start.astimezone(UTC), rule=piece.rule
        )
    days = Days(first=start.date(), last=end.date())
    hours = Hours(start=start.time().replace(tzinfo=None), end=end.time().replace(tzinfo=None))
    if days.first == days.last and hours.end is not None and hours.start is not None and hours.end <= hours.start:
        hours = Hours(start=hours.start)
    if hours.end == time(0) and days.last > days.first:
        days = Days(first=days.first, last=add_days(days.last, -1))
    span = reading.span(piece.start, piece.end)
    is_through = days.first != days.last
    return Moment(span=span, grain=grain, days=days, hours=hours, is_through=is_through, rule=piece.rule)


def _days(reading: Reading, piece: Piece, today: date) -> Days | None:
    day = piece.day
    if day is None:
        return None
    if day.first is not None and piece.zone and day.first == reading.today and day.grain is Grain.DAY:
        day = day._replace(first=today, last=today) if today != reading.today and Mark.RELATIVE in piece.marks else day
    if piece.end_day is not None:
        first, last = ends_of(day, piece.end_day, today)
        return Days(first=first, last=max(first, last))
    first, last = settle(day, today)
    if piece.length is not None and not piece.length.rest and Mark.LENGTHENED in piece.marks:
        last = max(first, add_days(move(first, piece.length, 1), -1))
    return Days(first=first, last=last, grain=day.grain)


def ends_of(start: Day, end: Day, today: date) -> tuple[date, date]:
    """The first and the last date of a range of days."""
    first, last = _ends(start, end, today)
    return _ends(start, end, add_days(last, 1)) if _is_long_gone(start, end, first, last, today) else (first, last)


def _is_long_gone(start: Day, end: Day, first: date, last: date, today: date) -> bool:
    """«from the 7th to the 28th», said on the 23rd: rather the next one than the few days that are left of it."""
    is_monthless = start.number is not None and start.month is None and end.month is None and not end.first
    return is_monthless and first < today <= last and today - first > last - today


def _ends(first: Day, second: Day, today: date) -> tuple[date, date]:
    """The two ends of a range of days: the end is not over yet, the start is the last one before it."""
    if first.first is not None or first.year is not None or (first.weekday is not None and first.number is None):
        start = settle(first, today)[0]
        end = settle(second, today, start if second.first is None else None)[1]
        if end < start and second.first is None and second.year is None:
            end = settle(second, today, start)[1]
        return start, end
    end = settle(second, today)[1]
    return _latest(first, end, today), end


def _latest(day: Day, end: date, today: date) -> date:
    """The latest date that fits the day and is not after the end."""
    base = safe_date(end.year - 1, 1, 1) or today
    if day.number is not None and day.month is None:
        for months in (0, -1, -2):
            first = add_months(end.replace(day=1), months)
            found = safe_date(first.year, first.month, day.number)
            if found is not None and found <= end:
                return found
        return end
    found = settle(day, today, base)[0]
    later = settle(day, today, add_days(found, 1) if day.number else add_months(found, 1))[0]
    return later if later <= end else min(found, end)


def _time(clock: Clock, half: str) -> time:
    hour = clock.hour
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    return time(hour % 24, clock.minute, clock.second)


def _pick_half(clock: Clock, part: str, day: date, now: datetime) -> str:
    """Am or pm for a clock that leaves it open."""
    if clock.half:
        return clock.half
    settled = apply_part(clock, part)
    if settled.half:
        return settled.half
    half = "pm" if clock.hour < _OFFICE_FIRST or clock.hour == 12 else "am"
    if day == now.date():
        is_over = time(_time(clock, half).hour, clock.minute) <= now.time()
        if is_over and half == "am" and time(_time(clock, "pm").hour, clock.minute) > now.time():
            return "pm"
    return half


def _hours(piece: Piece, days: Days | None, now: datetime) -> Hours | None:
    clock = piece.clock
    if clock is None:
        if not piece.part:
            return _end_only(piece, now) if piece.end_clock else None
        return _part_hours(piece)
    # without a day the next one that fits is taken, so that today's past does not decide the half
    is_today = piece.day is not None and piece.day.first is not None and not piece.repeat
    is_today = is_today and days is not None and days.first == days.last
    day = days.first if days is not None and is_today else date.min
    if piece.end_clock is not None:
        return _range_hours(piece, clock, piece.end_clock, day, now)
    half = _pick_half(clock, piece.part, day, now)
    start = _time(clock, half)
    grain = clock.grain
    other = None
    if not clock.half and not PART_HALVES.get(piece.part) and clock.hour <= 12:
        other = _time(clock, "am" if half == "pm" else "pm")
    if piece.is_through and piece.end_clock is None:
        return Hours(start=start, end=time(0), grain=grain)
    if piece.side is Open.BEFORE:
        return Hours(start=None, end=start, grain=grain, is_approximate=clock.is_approximate)
    return Hours(start=start, grain=grain, is_approximate=clock.is_approximate, other=other, name=_name(piece))


def _end_only(piece: Piece, now: datetime) -> Hours | None:
    """Today till friday 5pm: the end has a clock, the start has none."""
    clock = piece.end_clock
    return Hours(start=time(0), end=_time(clock, _pick_half(clock, "", date.min, now))) if clock else None


def _name(piece: Piece) -> str:
    return piece.part.removeprefix("to") if piece.part else ""


def _part_hours(piece: Piece) -> Hours:
    start, end = PARTS.get(piece.part, PARTS["day"])
    if piece.side is Open.BEFORE:
        edge = start if Mark.STRICT in piece.marks else end
        return Hours(start=None, end=edge, grain=Grain.PART, name=_name(piece))
    if piece.side is Open.AFTER and Mark.WHOLE_PART not in piece.marks:
        return Hours(start=end if Mark.STRICT in piece.marks else start, grain=Grain.PART, name=_name(piece))
    return Hours(start=start, end=end, grain=Grain.PART, name=_name(piece))


def _range_hours(piece: Piece, clock: Clock, until: Clock, day: date, now: datetime) -> Hours:
    if piece.is_through:
        halves = _pick_half(clock, piece.part, day, now), _pick_half(until, "", date.min, now)
    else:
        halves = _range_halves(clock, until, piece.part, day, now)
    start, end = _time(clock, halves[0]), _time(until, halves[1])
    other = None
    if not clock.half and not until.half and not PART_HALVES.get(piece.part):
        other = _time(clock, "am" if halves[0] == "pm" else "pm")
    if start == end and not piece.is_through:
        return Hours(start=start, grain=Grain.MINUTE, other=other, name=_name(piece))
    return Hours(
        start=start, end=end, is_approximate=clock.is_approximate or until.is_approximate, other=other, name=_name(piece)
    )  # fmt: skip


def _range_halves(clock: Clock, until: Clock, part: str, day: date, now: datetime) -> tuple[str, str]:
    """Am or pm for both ends: what was said at one end goes to the other where that keeps the order."""
    clock, until = apply_part(clock, part), apply_part(until, part)
    if clock.half and until.half:
        return clock.half, until.half
    if until.half:
        end = _time(until, until.half)
        same = _time(clock, until.half if until.half != "24" else "pm")
        if same < end or (end == time(0) and same.hour >= 12):
            early = _time(clock, "am")
            is_long = (
                until.half == "pm"
                and clock.hour >= 8
                and clock.hour != 12
                and until.hour != 12
                and early < end
                and clock.hour > until.hour
            )
            return ("am" if is_long else until.half if until.half != "24" else "pm"), until.half
        return "am", until.half
    if clock.half:
        start = _time(clock, clock.half)
        for half in ("am", "pm") if start.hour < 12 else ("pm", "am"):
            if _time(until, half) > start:
                return clock.half, half
        return clock.half, "am"
    half = _pick_half(clock, part, day, now)
    start = _time(clock, half)
    for end_half in ("am", "pm"):
        if _time(until, end_half) > start:
            return half, end_half
    return half, "am"


def _roll(piece: Piece, days: Days | None, hours: Hours | None, now: datetime) -> Days | None:
    """The next day on which a clock alone is still to come; a weekday that is today, with its clock over, is next week's."""
    today = now.date()
    is_todays = days is not None and days.first == days.last == today and _is_open_weekday(piece)
    if hours is None:
        return _next_week(today) if is_todays and piece.end_day is None else days
    is_over = _edge(piece, hours) < now.time().replace(tzinfo=None, second=0, microsecond=0)
    if days is None:
        is_past = is_over or (_is_midnight(hours) and now.time() > time(0))
        first = add_days(today, is_past)
        return Days(first=first, last=first, certainty=Certainty.IMPLIED)
    if is_over and is_todays:
        return _next_week(today)
    return _day_after(days) if _is_past_midnight(piece, hours) else days


def _next_week(today: date) -> Days:
    first = add_days(today, 7)
    return Days(first=first, last=first)


def _day_after(days: Days) -> Days:
    return Days(first=add_days(days.first, 1), last=add_days(days.last, 1))


_LAST_MINUTE = time(23, 59)
"""Midnight as the end of a day."""


def _edge(piece: Piece, hours: Hours) -> time:
    """What must not be over yet: the start, of a part of the day its end."""
    if hours.end is not None and (hours.start is None or (hours.name and piece.clock is None)):
        return hours.end if hours.end != time(0) else _LAST_MINUTE
    return hours.start or time(0)


def _is_midnight(hours: Hours) -> bool:
    return hours.start == time(0) and hours.end is None


_NIGHTS = frozenset(("night", "late_night", "tonight"))
_DAWN = 6
"""An earlier hour of a night belongs to the date behind it."""


def _is_past_midnight(piece: Piece, hours: Hours) -> bool:
    """«tonight at 2», «friday midnight»: on the date that follows the one that was said."""
    if piece.clock is None or hours.start is None:
        return False
    if piece.part in _NIGHTS and hours.start.hour < _DAWN:
        return True
    return _is_midnight(hours) and piece.clock.half == "24" and Mark.CLOCK_WORD in piece.marks and piece.side is None


def _is_open_weekday(piece: Piece) -> bool:
    """Whether the day is a weekday that may as well be next week's."""
    day = piece.day
    return (
        day is not None and day.weekday is not None and day.number is None and day.first is None and day.shift != "this"
    )


def _grain(piece: Piece, days: Days | None, hours: Hours | None) -> Grain:
    if piece.grain is not None:
        return piece.grain
    if hours is not None:
        if hours.grain is Grain.PART:
            return Grain.PART
        return Grain.MINUTE if hours.end is not None and hours.start is not None else hours.grain
    return days.grain if days is not None else Grain.DAY
