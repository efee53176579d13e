"""Which slots are asked for, and which of those found are offered: exact first, then nearest, spread over the days.

Not here: sentences (wording/booking.py) and what becomes of a pick (booking.py).
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from bot.dialogue.families import MoveRequest, SlotRequest
from bot.dialogue.finding.repeating import own_series
from bot.dialogue.finding.repeating.dates import MOST_DATES, dates_of, has_end
from bot.dialogue.finding.slot_buttons import by_day, local_date
from bot.dialogue.request import revise
from bot.dialogue.request.intervals import windows_of
from bot.language.meaning import Days
from bot.scheduling.models import Slot, SlotQuery
from bot.scheduling.replacing import replace
from bot.scheduling.times import Interval, day_bounds, find_zone, wall_to_instant
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from bot.dialogue.finding.event_types import TypeChoice
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment
    from bot.scheduling.models import EventType

Timed = SlotRequest | MoveRequest
"""A request that names times to look for."""
LONGEST_QUERY = timedelta(days=14)
_MOST_QUERIES = 6
_MOST_NAMED = 31
_AFTERWARDS = timedelta(days=7)
"""How far behind the wish we look at once, so that «nothing there» comes with the next free times."""
_WHOLE_DAY = timedelta(hours=23)
_START = attrgetter("start")
_AT_ONCE = timedelta(minutes=2)
"""«Now» and «asap» mean the first free time, not this very minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """When it may be. `windows` are in the future; none means any time. `dates` are those named, in the asker's zone."""

    windows: tuple[Interval, ...] = ()
    dates: tuple[date, ...] = ()
    is_point: bool = False
    """A clock time was named, not a stretch."""
    has_passed: bool = False
    """Times were named, and all lie in the past."""

    @property
    def target(self) -> datetime | None:
        """The clock time asked for, the first one."""
        return self.windows[0].start if self.is_point and self.windows else None


def wish_of(request: Timed, talk: Talk) -> Wish:
    """The times of a request, made absolute and cut to the future."""
    zone = find_zone(request.zone) or talk.zone
    said = windows_of(request.moments, talk, zone)
    is_point = bool(request.moments) and all(map(revise.is_point, request.moments))
    if is_point and said and all(abs(window.start - talk.now) < _AT_ONCE for window in said):
        said, is_point = (Interval(talk.now, talk.now + timedelta(days=2)),), False
    now = talk.now
    left = [
        window if window.start >= now else Interval(now, window.end)
        for window in said
        if window.end > now and not (is_point and window.start < now)
    ]
    ahead = tuple(sorted(left))
    if request.not_before is not None:
        ahead = _after(ahead, request.not_before, talk)
        is_point = False
    days: set[date] = set()
    for window in ahead:
        days.update(_dates(window, talk.zone))
    dates = tuple(sorted(days))[:_MOST_NAMED]
    return Wish(windows=ahead, dates=dates, is_point=is_point and bool(ahead), has_passed=bool(said) and not ahead)


def queries(request: Timed, wish: Wish, choice: TypeChoice, talk: Talk) -> tuple[SlotQuery, ...]:
    """What to ask the provider: the whole days of the wish and the week behind it, in pieces of at most 14 days."""
    host = request.host if isinstance(request, SlotRequest) else None
    return tuple(
        SlotQuery(
            event_type=choice.kind.slug if host else choice.kind.id,
            window=window,
            zone=str(talk.zone),
            length=choice.asked_length,
            moving=request.booking.id if request.booking else None,
            host=host,
        )
        for window in _cover(_asked_days(request, wish, talk, choice.kind))
    )


def series_dates(request: SlotRequest, talk: Talk, kind: EventType | None = None) -> tuple[date, ...]:
    """The dates of a repetition, in the asker's zone; without an end as many as the type itself repeats.

    One more than a card holds, where there are more.
    """
    if request.recurrence is None:
        return ()
    recurrence = request.recurrence
    said = [moment.days for moment in request.moments if moment.days is not None]
    days = (min(said, key=attrgetter("first")) if recurrence.turns else said[0]) if said else None
    if days is not None and timedelta(days=1) < days.last - days.first and not has_end(recurrence):
        recurrence = replace(recurrence, until=days.last)
    if kind is not None and not has_end(recurrence):
        recurrence = replace(recurrence, count=own_series.usual_count(talk, request, kind))
    return dates_of(recurrence, max(days.first if days else talk.today, talk.today), most=MOST_DATES + 1)


def series_clock(request: SlotRequest) -> time | None:
    """The clock time that every date of a repetition is to have."""
    return next((m.hours.start for m in request.moments if m.hours is not None and m.hours.start is not None), None)


def fitting(slots: Iterable[Slot], wish: Wish) -> tuple[Slot, ...]:
    """The slots inside the wish, or beginning in a stretch of it that is shorter than they; all when no time was named."""
    if not wish.windows:
        return tuple(slots)
    if wish.is_point:
        points = set(map(_START, wish.windows))
        return tuple([slot for slot in slots if slot.start in points])
    spans = [(window.start, window.end, window.length) for window in wish.windows]
    found: list[Slot] = []
    for slot in slots:  # one plain loop: a fortnight has hundreds of slots
        start, end = slot.start, slot.end
        for first, last, length in spans:
            if first <= start < last and (end <= last or length < end - start):
                found.append(slot)
                break
    return tuple(found)


def without(slots: Iterable[Slot], moments: tuple[Moment, ...], talk: Talk) -> tuple[Slot, ...]:
    """The slots that touch none of the excluded times.

    Hours without a day («not in the morning») are out on every day, «not mondays» on each Monday.
    """
    if not moments:
        return tuple(slots)
    slots = tuple(slots)
    days = sorted({slot.start.astimezone(talk.zone).date() for slot in slots})
    daily = [one for one in moments if one.is_weekly or (one.hours is not None and not one.says_day)]
    dated = [
        replace(one, days=Days(first=day, last=day))
        for one in daily
        for day in days
        if not one.is_weekly or one.recurs_on(day)
    ]
    closed = windows_of([*(one for one in moments if one not in daily), *dated], talk, talk.zone)
    return tuple(slot for slot in slots if not any(slot.interval.overlaps(window) for window in closed))


def nearest(slots: Sequence[Slot], target: datetime, zone: ZoneInfo, *, count: int = 4) -> tuple[Slot, ...]:
    """The slots nearest to a time, those of its own day first; in the order of time."""
    day = target.astimezone(zone).date()

    def distance(slot: Slot) -> tuple[bool, timedelta]:
        return slot.start.astimezone(zone).date() != day, abs(slot.start - target)

    best = sorted(slots, key=distance)
    same_day = [slot for slot in best if slot.start.astimezone(zone).date() == day]
    return tuple(sorted((same_day or best)[:count]))


def beside(slots: Iterable[Slot], slot: Slot, wish: Wish, zone: ZoneInfo) -> tuple[Slot, ...]:
    """The other times of a card: those of the stretch that was asked for («after 2»), where it has any; nearest first."""
    others = [other for other in slots if other.start != slot.start]
    inside = fitting(others, wish) if wish.windows and not wish.is_point else ()
    return nearest(inside or others, slot.start, zone, count=3)


def said_first(fits: tuple[Slot, ...], request: Timed, talk: Talk) -> Slot:
    """The earliest fit of the first time that was said with a clock («friday 2pm, or thursday»), else of the first one."""
    if len(request.moments) == 1:
        return fits[0]
    meant = next(filter(revise.is_point, request.moments), request.moments[0])
    windows = windows_of((meant,), talk, find_zone(request.zone) or talk.zone)
    return next(iter(fitting(fits, Wish(windows=windows, is_point=revise.is_point(meant)))), fits[0])


def said_too(slots: Iterable[Slot], slot: Slot, wish: Wish) -> tuple[Slot, ...]:
    """The free ones of the other times that were said: «friday at 2 or monday at 3»."""
    if not wish.is_point:
        return ()
    return tuple(fit for fit in fitting(slots, wish) if fit.start != slot.start)[:_MOST_SAID]


_MOST_SAID = 2


def at_the_same_hours(slots: Sequence[Slot], request: Timed, wish: Wish, zone: ZoneInfo) -> Sequence[Slot]:
    """Those of other days at the clock or in the part of the day that was asked for; all of them when there are none."""
    if wish.target is not None:
        clock = wish.target.astimezone(zone).time()
        days = by_day(slots, zone)
        return [
            s for day, group in days.items() for s in nearest(group, wall_to_instant(day, clock, zone), zone, count=3)
        ]
    windows = [w for w in wish.windows if w.length < _WHOLE_DAY]
    spans = {(w.start.astimezone(zone).time(), w.end.astimezone(zone).time()) for w in windows}
    if not spans or any(moment.hours is None for moment in request.moments):
        return slots
    kept = [s for s in slots if any(_is_within(s.start.astimezone(zone).time(), span) for span in spans)]
    return kept or slots


def _is_within(clock: time, span: tuple[time, time]) -> bool:
    start, end = span
    return start <= clock < end if start < end else clock >= start or clock < end


def spread(slots: Sequence[Slot], zone: ZoneInfo, *, days: int = 4, a_day: int = 4) -> tuple[Slot, ...]:
    """Some slots of each of the first days, evenly over the day, at whole hours where there is a choice."""
    picked: list[Slot] = []
    for group in tuple(by_day(slots, zone).values())[:days]:
        picked += _evenly(group, zone, a_day)
    return tuple(picked)


def _evenly(slots: list[Slot], zone: ZoneInfo, count: int) -> list[Slot]:
    if len(slots) <= count:
        return slots
    whole = [slot for slot in slots if slot.start.astimezone(zone).minute == 0]
    source = whole if len(whole) >= count else slots
    step = (len(source) - 1) / (count - 1) if count > 1 else 0
    return [source[round(index * step)] for index in range(count)]


def _after(windows: tuple[Interval, ...], instant: datetime, talk: Talk) -> tuple[Interval, ...]:
    """What is left of the windows behind an instant; when nothing is, the week behind it."""
    left = tuple(
        Interval(max(w.start, instant), w.end) for w in windows if w.end > instant and w.length > timedelta(minutes=1)
    )
    return left or (Interval(max(instant, talk.now), max(instant, talk.now) + _AFTERWARDS),)


def _dates(window: Interval, zone: ZoneInfo) -> list[date]:
    first = window.start.astimezone(zone).date()
    last = (window.end - timedelta(microseconds=1)).astimezone(zone).date()
    if first == last:
        return [first]
    return [first + timedelta(days=n) for n in range(min((last - first).days + 1, _MOST_NAMED))]


def _asked_days(request: Timed, wish: Wish, talk: Talk, kind: EventType) -> list[Interval]:
    if isinstance(request, SlotRequest) and request.recurrence is not None:
        dates = {*series_dates(request, talk, kind), *(wish.dates if request.is_each else ())}
        bounds = [day_bounds(day, talk.zone) for day in dates]
    else:
        picked = (local_date(request.slot, talk.zone),) if request.slot is not None else ()
        bounds = [day_bounds(day, talk.zone) for day in sorted({*wish.dates, *picked})]
        last = bounds[-1].end if bounds else talk.now
        bounds.append(Interval(last, last + (_AFTERWARDS if bounds else LONGEST_QUERY)))
    now = talk.now
    return [Interval(max(window.start, now), window.end) for window in bounds if window.end > now]


def _cover(days: list[Interval]) -> list[Interval]:
    """As few stretches of at most 14 days as hold all these."""
    stretches: list[Interval] = []
    for day in sorted(days):
        last = stretches[-1] if stretches else None
        if last is not None and day.end - last.start <= LONGEST_QUERY:
            stretches[-1] = Interval(last.start, max(last.end, day.end))
        else:
            stretches.append(Interval(day.start, min(day.end, day.start + LONGEST_QUERY)))
    return stretches[:_MOST_QUERIES]


def slot_at(day: date, clock: time, zone: ZoneInfo, length: timedelta) -> Slot:
    """The slot of that length that begins at a wall time."""
    start = wall_to_instant(day, clock, zone)
    return Slot(start, start + length)
