"""What keeps a host's time from being given away: room around meetings, how soon, how far ahead, how many; and the rule of
a type that repeats by itself, where one booking call makes a series.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.scheduling.times import wall_to_instant
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo


class Period(StrEnum):
    """What a cap counts over, in the host's zone."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """At most so many bookings of a type, or so much time in them, within a period. One of the two is set."""

    period: Period
    count: int | None = None
    length: timedelta | None = None

    def __post_init__(self) -> None:
        if (self.count is None) == (self.length is None):
            raise ValueError("a cap counts bookings or their time")
        if (self.count is not None and self.count < 1) or (self.length is not None and self.length <= timedelta(0)):
            raise ValueError("a cap of nothing would close the type")


class WindowKind(StrEnum):
    """How a booking window is measured; `any` is no window at all."""

    ANY = "any"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    DATES = "dates"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingWindow:
    """How far ahead a type can be booked: so many days from today, or between two dates (both included)."""

    kind: WindowKind
    days: int = 0
    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        counts = self.kind in {WindowKind.CALENDAR_DAYS, WindowKind.WORKING_DAYS}
        if counts and self.days < 1:
            raise ValueError("a window of no days")
        if self.kind is WindowKind.DATES and (self.first is None or self.last is None or self.last < self.first):
            raise ValueError("a window of dates has a first and a last day")


class Aspect(StrEnum):
    """What of an event type a provider lets one change."""

    TITLE = "title"
    LENGTHS = "lengths"
    DESCRIPTION = "description"
    VISIBILITY = "visibility"
    PLACES = "places"
    BUFFERS = "buffers"
    INTERVAL = "interval"
    NOTICE = "notice"
    WINDOW = "window"
    CAPS = "caps"
    SEATS = "seats"
    APPROVAL = "approval"
    QUESTIONS = "questions"


class Rhythm(StrEnum):
    """How often such a type comes round; `other` is one that we cannot spell out."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """Every `interval` weeks, months or years, at most `most` times in one booking."""

    rhythm: Rhythm
    interval: int = 1
    most: int = 1


def starts_of(rule: Repeats, first: datetime, count: int, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The instants (UTC) that a booking from `first` on takes: the same wall time in the attendee's `zone`, at most `most`.

    A month that is too short takes its last day, and the later ones go on from there, as the service itself counts.
    """
    if rule.rhythm is Rhythm.OTHER:
        return (first,)
    wall = first.astimezone(zone)
    days = [wall.date()]
    while len(days) < min(count, rule.most):
        days.append(_next(rule, days[-1]))
    return (first, *(wall_to_instant(day, wall.time(), zone) for day in days[1:]))


def _next(rule: Repeats, day: date) -> date:
    if rule.rhythm is Rhythm.WEEKLY:
        return day + timedelta(weeks=rule.interval)
    months = rule.interval * (12 if rule.rhythm is Rhythm.YEARLY else 1)
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
