"""What is left of the days on which somebody is off: nothing, or what lies around the stretch that was said. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.managing.absence.stretches import MIDNIGHT, Stretch, both, without
from bot.scheduling.models import Override
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from bot.language.meaning import Moment
    from bot.scheduling.models import Schedule


def days_left(days: Iterable[date], kept: Sequence[Moment]) -> list[date]:
    """The days, in order, without those that are kept whole («next week except wednesday»)."""
    whole = [m.days for m in kept if m.days is not None and m.says_day and m.hours is None]
    return sorted({day for day in days if not any(one.first <= day <= one.last for one in whole)})


def on_open_days(rows: Sequence[Override], moments: Sequence[Moment], schedule: Schedule) -> tuple[Override, ...]:
    """Other hours said for a run of days hold on those that are open at all; a part of the day lies within their hours."""
    runs = [m.days for m in moments if m.days is not None and m.days.last > m.days.first]
    parts = [m.hours for m in moments if m.hours is not None and m.hours.name]
    found: list[Override] = []
    for row in rows:
        usual = [(one.start, one.end) for one in schedule.hours if row.day.weekday() in one.weekdays]
        if not usual and any(one.first <= row.day <= one.last for one in runs):
            continue
        is_part = any((row.start, row.end) == (part.start, part.end) for part in parts)
        within = both(usual, [(row.start, row.end)]) if is_part and row.start and row.end else []
        found += [replace(row, start=start, end=end) for start, end in within] or [row]
    return tuple(found)


def left_of_days(
    moments: Sequence[Moment], schedule: Schedule, days: Sequence[date], *, kept: Sequence[Moment] = ()
) -> tuple[Override, ...]:
    """The other hours of these days, one row a stretch that stays; a day of which nothing stays is off.

    `kept` are hours that stay although their day goes («thursday off, but not the afternoon»).
    """
    clocks = [m.hours for m in moments if m.hours is not None and (m.hours.start or m.hours.end)]
    out: list[Override] = []
    for day in days:
        named = [m for m in moments if m.days is not None and m.days.first <= day <= m.days.last]
        off = [stretch for m in named if (stretch := _off(m, day)) is not None]
        if not off and len(clocks) == 1 and not any(m.is_through for m in moments):  # «thursday … 1pm to 3pm», apart
            off = [(clocks[0].start or MIDNIGHT, clocks[0].end or MIDNIGHT)]
        stays = [stretch for m in kept if (stretch := _kept_on(m, day)) is not None]
        out += _around(schedule, day, off, stays)
    return tuple(out)


def _kept_on(moment: Moment, day: date) -> Stretch | None:
    """What a moment keeps of a day; hours without a day are kept on each."""
    if moment.hours is None:
        return None
    if moment.days is not None and moment.says_day and not moment.days.first <= day <= moment.days.last:
        return None
    return moment.hours.start or MIDNIGHT, moment.hours.end or MIDNIGHT


def _off(moment: Moment, day: date) -> Stretch | None:
    """What a moment takes of one of its days; None when it names no clock, or the whole of this day."""
    if moment.hours is None or moment.days is None or (moment.hours.start is None and moment.hours.end is None):
        return None
    start, end = moment.hours.start or MIDNIGHT, moment.hours.end or MIDNIGHT
    if moment.is_through:  # «from monday 3pm to wednesday noon»
        start = start if day == moment.days.first else MIDNIGHT
        end = end if day == moment.days.last else MIDNIGHT
    elif end <= start:
        end = MIDNIGHT  # it goes on into the next day
    return start, end


def _around(schedule: Schedule, day: date, off: Sequence[Stretch], stays: Sequence[Stretch]) -> list[Override]:
    usual = [(row.start, row.end) for row in schedule.hours if day.weekday() in row.weekdays]
    left = usual if off else []
    for stretch in off:
        left = without(left, stretch)
    left += [one for one in both(usual, stays) if one not in left]
    return [Override(day=day, start=first, end=last) for first, last in sorted(left)] or [Override(day=day)]
