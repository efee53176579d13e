"""What keeps a host's time from being given away: room around meetings, how soon, how far ahead, how many."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from bot.values import dataclass


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
