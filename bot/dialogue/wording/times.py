"""How times are said: weekday, date, clock and zone, always. The clock has 24 hours, or 12 in a `TwelveHours` zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.scheduling.times import TwelveHours

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, time, timedelta
    from zoneinfo import ZoneInfo

    from bot.scheduling.models import Slot

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def place(zone: ZoneInfo | str) -> str:
    """The zone's city: «Berlin», «Buenos Aires», «UTC»; of an offset «UTC+2», which the database of zones calls GMT-2."""
    offset = str(zone).removeprefix("Etc/GMT")
    if offset != str(zone) and offset[:1] in {"+", "-"}:
        return f"UTC{'-' if offset[0] == '+' else '+'}{offset[1:]}"
    return str(zone).rpartition("/")[2].replace("_", " ")


def date_words(day: date, today: date) -> str:
    """«Tue 24 Nov», with the year when it is not this one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def day(instant: datetime, zone: ZoneInfo, now: datetime) -> str:
    """The date of an instant, in a zone."""
    return date_words(instant.astimezone(zone).date(), now.astimezone(zone).date())


def clock(instant: datetime, zone: ZoneInfo) -> str:
    """«14:00», or «2:00 pm»."""
    return wall_clock(instant.astimezone(zone), zone)


def wall_clock(wall: time | datetime, zone: ZoneInfo) -> str:
    """The same of a time that stands on the wall already."""
    return f"{_hours(wall)} {_half(wall)}" if isinstance(zone, TwelveHours) else f"{wall.hour:02}:{wall.minute:02}"


def clocks(start: time | datetime, end: time | datetime, zone: ZoneInfo) -> str:
    """«14:00–14:30», or «2:00–2:30 pm»: the half of the day is named once where both have it."""
    if isinstance(zone, TwelveHours) and _half(start) == _half(end):
        return f"{_hours(start)}–{wall_clock(end, zone)}"
    return f"{wall_clock(start, zone)}–{wall_clock(end, zone)}"


def span(slot: Slot, zone: ZoneInfo) -> str:
    """A slot's «14:00–14:30» in that zone."""
    return clocks(slot.start.astimezone(zone), slot.end.astimezone(zone), zone)


def _hours(wall: time | datetime) -> str:
    return f"{wall.hour % 12 or 12}:{wall.minute:02}"


def _half(wall: time | datetime) -> str:
    return "am" if wall.hour < 12 else "pm"


def _as_read(other: ZoneInfo, zone: ZoneInfo) -> ZoneInfo:
    """Another zone, told by the clock that is read in this one."""
    return TwelveHours(other.key) if isinstance(zone, TwelveHours) else other


def clock_there(instant: datetime, zone: ZoneInfo, own: ZoneInfo) -> str:
    """«09:00», and with its weekday where that is another one than here: «Tue 01:00»."""
    there = instant.astimezone(zone)
    is_same = there.date() == instant.astimezone(own).date()
    return wall_clock(there, zone) if is_same else f"{WEEKDAYS[there.weekday()]} {wall_clock(there, zone)}"


def moment(instant: datetime, zone: ZoneInfo, now: datetime) -> str:
    """«Tue 24 Nov 14:00»."""
    return f"{day(instant, zone, now)} {clock(instant, zone)}"


def moment_at(instant: datetime, named: ZoneInfo, own: ZoneInfo, now: datetime) -> str:
    """«Tue 24 Nov 14:00», and by both clocks where another zone was named: «Tue 24 Nov 09:00 Tokyo (01:00 Berlin)»."""
    here, there = instant.astimezone(own), instant.astimezone(named)
    if here.utcoffset() == there.utcoffset():
        return moment(instant, own, now)
    same_day = here.date() == there.date()
    mine = clock(instant, own) if same_day else moment(instant, own, now)
    return f"{moment(instant, _as_read(named, own), now)} {place(named)} ({mine} {place(own)})"


def stretch(slot: Slot, zone: ZoneInfo, now: datetime) -> str:
    """«Tue 24 Nov 14:00–14:30 Berlin»."""
    return walled(slot.start.astimezone(zone), slot.end.astimezone(zone), zone, now.astimezone(zone).date())


def walled(start: datetime, end: datetime, zone: ZoneInfo, today: date) -> str:
    """The same of a stretch that stands on the wall already."""
    said = clocks(start, end, zone)
    if end.date() != start.date() and (end.hour, end.minute) != (0, 0):
        said = f"{wall_clock(start, zone)}–{WEEKDAYS[end.weekday()]} {wall_clock(end, zone)}"
    return f"{date_words(start.date(), today)} {said} {place(zone)}"


def change(old: str, new: str, zone: ZoneInfo) -> str:
    """«Tue 24 Nov 14:00–14:30 → Wed 25 Nov 14:00–14:30 Berlin»: the zone is named once."""
    city = f" {place(zone)}"
    return f"{old.removesuffix(city) if city in new else old} → {new}"


def both(slot: Slot, zone: ZoneInfo, others: Sequence[ZoneInfo], now: datetime) -> str:
    """The stretch in the asker's zone, and in every other zone that is involved."""
    if not others:
        return stretch(slot, zone, now)
    extra = [
        f"{_other(slot, zone, other)} {place(other)}" for other in dict.fromkeys(others) if str(other) != str(zone)
    ]
    return f"{stretch(slot, zone, now)} ({', '.join(extra)})" if extra else stretch(slot, zone, now)


def _other(slot: Slot, zone: ZoneInfo, other: ZoneInfo) -> str:
    here, there = slot.start.astimezone(zone), slot.start.astimezone(other)
    date_part = (
        "" if here.date() == there.date() else f"{WEEKDAYS[there.weekday()]} {there.day} {MONTHS[there.month - 1]} "
    )
    return f"{date_part}{span(slot, _as_read(other, zone))}"


def length(span: timedelta) -> str:
    """«30 min», «1 h», «1 h 30 min»."""
    minutes = int(span.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if not hours or (minutes < 90 and rest):
        return f"{minutes} min"
    return f"{minutes} min" if minutes == 60 else f"{hours} h" + (f" {rest} min" if rest else "")


def days(dates: Sequence[date], today: date) -> str:
    """«Sat 21 Nov», «Sat 21 Nov and Sun 22 Nov» or «Mon 23 Nov to Fri 27 Nov»."""
    if dates[0] == dates[-1]:
        return date_words(dates[0], today)
    joint = " and " if (dates[-1] - dates[0]).days == 1 else " to "
    return f"{date_words(dates[0], today)}{joint}{date_words(dates[-1], today)}"


def dates(all_days: Sequence[date], today: date) -> str:
    """Every date, neighbours joined: «Mon 23 Nov», «Mon 23 Nov and Tue 24 Nov», «Mon 23 Nov to Wed 25 Nov, Fri 27 Nov»."""
    runs: list[list[date]] = []
    for one in sorted(all_days):
        if runs and (one - runs[-1][-1]).days <= 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return ", ".join(days(run, today) for run in runs)


def hours(start: time, end: time, zone: ZoneInfo) -> str:
    """«09:00–17:00», or «9:00 am–5:00 pm»; what ends with the day ends at 24:00, or at midnight."""
    if end.hour or end.minute:
        return clocks(start, end, zone)
    return f"{wall_clock(start, zone)}–{'midnight' if isinstance(zone, TwelveHours) else '24:00'}"
