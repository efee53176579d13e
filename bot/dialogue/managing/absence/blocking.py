"""Private time: a stretch of a day on which nobody can book, written as what is left of that day's hours.

No calendar is written to: the schedule's hours of that date are replaced by the rest of them, and the card shows both.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts
from bot.dialogue.buttons import ButtonRow, keep_button, write_button
from bot.dialogue.request.intervals import windows_of
from bot.dialogue.talk import Talk, say, show
from bot.dialogue.wording import common, times
from bot.dialogue.wording import managing as hour_words
from bot.dialogue.wording.standing import absence as words
from bot.scheduling.models import Override, Schedule, Slot
from bot.scheduling.times import find_zone
from bot.scheduling.writes import ChangeSchedule

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.dialogue.context import Step
    from bot.dialogue.families import HoursRequest
    from bot.scheduling.times import Interval

_DAY = timedelta(days=1)
_MOST = 10
"""Stretches on one card."""
_MINUTES = 24 * 60


def block(talk: Talk, request: HoursRequest, schedule: Schedule, schedules: tuple[Schedule, ...]) -> Step:
    """A card with the stretch and what it leaves of the day."""
    stretches = private_stretches(talk, request)
    if not stretches:
        return say(talk.asking(request), words.when_to_block())
    zone = find_zone(schedule.zone) or talk.zone
    said = common.listed([times.stretch(Slot(one.start, one.end), talk.zone, talk.now) for one in stretches])
    rows = rest_of_days(schedule, stretches, zone)
    if not rows:
        return say(talk.asking(None), words.not_bookable_anyway(said), is_personal=True)
    days = {row.day for row in rows}
    kept = tuple(row for row in schedule.overrides if row.day not in days)
    overrides = tuple(sorted((*kept, *rows), key=lambda row: (row.day, row.start or time(0))))
    left = "; ".join(hour_words.override_line(row, talk.today, talk.zone) for row in rows)
    text = words.block_text(said, left, schedule.name)
    others = [one.name for one in schedules if one.id != schedule.id]
    if others:
        text = f"{text} {words.other_schedules(others[:3])}"
    write = ChangeSchedule(schedule=schedule.id, overrides=overrides, before=schedule)
    parts = (
        common.heading("Keep that time private?"),
        Facts(rows=(("Private", said), ("Left", left), ("Schedule", hour_words.schedule_heading(schedule)))),
        common.line(text),
        ButtonRow(buttons=(write_button("block", "Block time", write), keep_button("keep", "Keep"))),
    )
    return show(talk, request, text, parts)


def private_stretches(talk: Talk, request: HoursRequest) -> tuple[Interval, ...]:
    """The stretches said that are still to come; a clock alone, without an end, is none."""
    whole = [m for m in request.moments if m.hours is not None and m.hours.start and m.hours.end and m.says_day]
    windows = windows_of(tuple(whole), talk, find_zone(request.zone) or talk.zone)
    return tuple(one for one in windows if one.end > talk.now)[:_MOST]


def rest_of_days(schedule: Schedule, taken: tuple[Interval, ...], zone: ZoneInfo) -> tuple[Override, ...]:
    """The hours left on each date that the stretches touch; nothing where they lie outside of all hours."""
    rows: list[Override] = []
    for day in sorted({day for one in taken for day in _days(one, zone)}):
        hours = _hours_on(schedule, day)
        left = hours
        for one in taken:
            left = _without(left, _minutes_on(day, one, zone))
        if left != hours:
            rows += [Override(day=day, start=_clock(a), end=_clock(b)) for a, b in left] or [Override(day=day)]
    return tuple(rows)


def _days(interval: Interval, zone: ZoneInfo) -> list[date]:
    first = interval.start.astimezone(zone).date()
    last = (interval.end - timedelta(seconds=1)).astimezone(zone).date()
    return [first + _DAY * n for n in range((last - first).days + 1)]


def _hours_on(schedule: Schedule, day: date) -> list[tuple[int, int]]:
    """The hours of a date, in minutes from its midnight: other hours of that date before those of its weekday."""
    own = [row for row in schedule.overrides if row.day == day]
    if own:
        return sorted(_span(row.start, row.end) for row in own if row.start is not None and row.end is not None)
    return sorted(_span(row.start, row.end) for row in schedule.hours if day.weekday() in row.weekdays)


def _span(start: time, end: time) -> tuple[int, int]:
    return start.hour * 60 + start.minute, (end.hour * 60 + end.minute) or _MINUTES


def _minutes_on(day: date, interval: Interval, zone: ZoneInfo) -> tuple[int, int]:
    """The part of an interval on a date, by the wall clock."""
    start, end = interval.start.astimezone(zone), interval.end.astimezone(zone)
    first = _minute(start) if start.date() == day else 0
    last = _minute(end) if end.date() == day else _MINUTES
    return first, last


def _minute(wall: datetime) -> int:
    return wall.hour * 60 + wall.minute


def _without(hours: list[tuple[int, int]], taken: tuple[int, int]) -> list[tuple[int, int]]:
    first, last = taken
    left: list[tuple[int, int]] = []
    for start, end in hours:
        left += [(a, b) for a, b in ((start, min(end, first)), (max(start, last), end)) if a < b]
    return left


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60) if minute < _MINUTES else time(23, 59)
