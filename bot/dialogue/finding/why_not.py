"""«why is nothing free on friday?»: the facts of that day, each with the step that would change it.

Closed hours, days off, notice, how far ahead, caps, busy times and bookings with the room around them.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import Found, Look, LookUp
from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import SlotRequest, TimeRequest
from bot.dialogue.finding.event_types import choose_type
from bot.dialogue.request import revise
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import common, times
from bot.dialogue.wording.standing import questions as words
from bot.language.meaning import Intent
from bot.scheduling.limits import Period, WindowKind
from bot.scheduling.models import Booking, BusyTime, Schedule
from bot.scheduling.times import Interval, day_bounds, find_zone, wall_to_instant

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from bot.dialogue.acts import Outcome
    from bot.dialogue.context import Step
    from bot.scheduling.models import EventType

_MOST_BUSY = 6


def why_not(talk: Talk, request: TimeRequest) -> Step:
    """Read what stands on that day."""
    window = day_bounds(_day(talk, request), talk.zone)
    return do(talk.asking(request), LookUp(what=Look.DAY, argument=str(talk.zone), window=window), Doing.READING_DAY)


def day_found(talk: Talk, outcome: Outcome) -> Step:
    """The reasons, and a way to other days."""
    request = talk.conversation.request
    if not isinstance(request, TimeRequest) or not isinstance(outcome, Found):
        return say(talk, common.broken())
    day = _day(talk, request)
    schedules = [value for value in outcome.values if isinstance(value, Schedule)]
    busy = [value.interval for value in outcome.values if isinstance(value, BusyTime)]
    bookings = [value for value in outcome.values if isinstance(value, Booking)]
    asked = SlotRequest(intent=Intent.FIND_SLOTS, event_type=request.event_type)
    choice = choose_type(asked, talk.context.event_types)
    kind = choice.kind if choice is not None else None
    schedule = next((one for one in schedules if kind and one.id == kind.schedule), schedules[0] if schedules else None)
    reasons = [*_of_limits(talk, kind, day, bookings), *_of_hours(talk, schedule, day)]
    open_hours = _open(schedule, day, talk.zone)
    taken, left = _of_times(talk, kind, open_hours, busy, bookings)
    reasons += [*taken, *left]
    when = times.date_words(day, talk.today)
    is_free = len(reasons) == 1 and bool(left)
    text = words.nothing_in_the_way(when, reasons[0]) if is_free else words.why_text(when, reasons)
    text = text if reasons else words.no_reason(when)
    after = SlotRequest(
        intent=Intent.FIND_SLOTS,
        event_type=request.event_type,
        moments=(revise.from_to(day, day + timedelta(days=14)),),
    )
    parts = (
        common.heading(words.free_heading(when) if is_free else words.why_heading(when)),
        common.line(text if is_free else "\n".join(f"• {reason}" for reason in reasons) or text),
        ButtonRow(buttons=(resume_button("find", "Find a time after that", after),)),
    )
    return show(talk.having(listed=(), offered=()), request, text, parts, is_live=False)


def _day(talk: Talk, request: TimeRequest) -> date:
    said = next((moment.days for moment in request.moments if moment.days is not None), None)
    return said.first if said is not None else talk.today


def _of_limits(talk: Talk, kind: EventType | None, day: date, bookings: list[Booking]) -> list[str]:
    if kind is None:
        return []
    reasons: list[str] = []
    bounds = day_bounds(day, talk.zone)
    if bounds.end <= talk.now:
        reasons.append(words.is_past())
    elif kind.minimum_notice and bounds.end <= talk.now + kind.minimum_notice:
        reasons.append(words.too_soon(kind.title, kind.minimum_notice))
    window = kind.window
    if (
        window is not None
        and window.kind is WindowKind.CALENDAR_DAYS
        and day > talk.today + timedelta(days=window.days)
    ):
        reasons.append(words.too_far(kind.title, window))
    if window is not None and window.last is not None and window.first and not window.first <= day <= window.last:
        reasons.append(words.too_far(kind.title, window))
    of_day = [one for one in bookings if one.event_type == kind.id]
    reached = (cap.count for cap in kind.caps if cap.period is Period.DAY and cap.count is not None)
    return reasons + [words.cap_reached(kind.title, most) for most in reached if len(of_day) >= most]


def _of_hours(talk: Talk, schedule: Schedule | None, day: date) -> list[str]:
    if schedule is None:
        return [words.no_hours()]
    special = [row for row in schedule.overrides if row.day == day]
    if special and all(row.start is None or row.start == row.end for row in special):
        return [words.day_off(times.date_words(day, talk.today), schedule.name)]
    if not special and not any(day.weekday() in row.weekdays for row in schedule.hours):
        return [words.closed_weekday(day, schedule.name)]
    return []


def _left(kind: EventType | None, hours: list[Interval], taken: list[Interval]) -> list[Interval]:
    """What of the open hours is long enough for a meeting, with the room that the type keeps."""
    length = kind.length if kind is not None else timedelta(minutes=15)
    before = kind.buffer_before if kind is not None else timedelta(0)
    after = kind.buffer_after if kind is not None else timedelta(0)
    found: list[Interval] = []
    for part in hours:
        edge = part.start
        for stretch in sorted(one for one in taken if one.overlaps(part)):
            if stretch.start - after - edge >= length:
                found.append(Interval(edge, stretch.start - after))
            edge = max(edge, stretch.end + before)
        if part.end - edge >= length:
            found.append(Interval(edge, part.end))
    return found


def _open(schedule: Schedule | None, day: date, zone: ZoneInfo) -> list[Interval]:
    """The day's hours as instants."""
    if schedule is None:
        return []
    place = find_zone(schedule.zone) or zone
    special = [row for row in schedule.overrides if row.day == day]
    clocks = [(row.start, row.end) for row in special] or [
        (row.start, row.end) for row in schedule.hours if day.weekday() in row.weekdays
    ]
    found = []
    for start, end in clocks:
        if start is None or end is None or start == end:
            continue
        last = day + timedelta(days=1) if end == time(0) else day
        first, final = wall_to_instant(day, start, place), wall_to_instant(last, end, place)
        if final > first:
            found.append(Interval(first, final))
    return found


def _of_times(
    talk: Talk, kind: EventType | None, hours: list[Interval], busy: list[Interval], bookings: list[Booking]
) -> tuple[list[str], list[str]]:
    """What takes the open hours, and how little is left between."""
    met = [(one.slot.interval, one.title) for one in bookings]
    own = {stretch for stretch, _ in met}
    taken = [(stretch, "") for stretch in busy if stretch not in own] + met
    inside = sorted((one for one in taken if any(one[0].overlaps(part) for part in hours)), key=lambda one: one[0])
    reasons = [words.busy(stretch, title, talk.zone) for stretch, title in inside[:_MOST_BUSY]]
    if kind is not None and inside and (kind.buffer_before or kind.buffer_after):
        reasons.append(words.buffers(kind.title, kind.buffer_before, kind.buffer_after))
    left = _left(kind, hours, [one for one, _ in taken]) if hours else []
    return reasons, [words.still_open(left[:_MOST_BUSY], talk.zone)] if left else []
