"""Times as said: moments with their days and hours, and repetitions.

A `Moment` keeps day and clock apart, each known (said) or implied (filled in by convention), so that a follow-up changes
only what it says. Dates and wall times here belong to the zone of the reading; instants come from `Moment.windows`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.scheduling.times import Interval, wall_to_instant
from bot.values import dataclass


class Grain(StrEnum):
    """How precise a time was said. PART is a part of a day, week, month or year."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    PART = "part"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Certainty(StrEnum):
    """Whether a part was said or filled in by convention. Only implied parts may be moved later."""

    KNOWN = "known"
    IMPLIED = "implied"


class Open(StrEnum):
    """The open side of a range: «after 3» has no end, «by friday» no start."""

    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where in the utterance something stood: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The dates that a moment names, both included."""

    first: date
    last: date
    grain: Grain = Grain.DAY
    certainty: Certainty = Certainty.KNOWN

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"days end on {self.last} but start on {self.first}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The wall times that a moment names. `end` None: an instant, or open. `end <= start` runs past midnight.

    `start` None is «before 3»; `time(0)` as end is midnight at the end of the day.
    """

    start: time | None
    end: time | None = None
    grain: Grain = Grain.MINUTE
    certainty: Certainty = Certainty.KNOWN
    is_approximate: bool = False
    """«around 3», «3ish»."""
    other: time | None = None
    """The other reading of a bare hour (07:00 beside 19:00), where it is plausible."""
    name: str = ""
    """The canonical part of day when it was said by name: morning, afternoon, evening, lunch …"""

    def __post_init__(self) -> None:
        if self.start is None and self.end is None:
            raise ValueError("hours need a start or an end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as said. `days` None: no day was said (a clock alone); `hours` None: no clock was said.

    `zone` is the zone that was named, `zones` the candidates when the name is ambiguous (CST).
    `is_through`: `hours.start` belongs to the first day and `hours.end` to the last (Mon 3pm till Wed noon); otherwise the
    hours are meant on each of the days (next week after 3).
    `exact` is an instant that was said directly (in 20 minutes, a date token) and wins over days and hours.
    """

    span: Span
    grain: Grain
    days: Days | None = None
    hours: Hours | None = None
    open: Open | None = None
    zone: str | None = None
    zones: tuple[str, ...] = ()
    is_through: bool = False
    exact: datetime | None = None
    away: timedelta | None = None
    """How many whole days it was said to lie ahead of now («in two weeks»); of something else it may be meant to."""
    is_weekly: bool = False
    """«not mondays»: that weekday of every week is left out, of which `days` is the next."""
    rule: str = ""
    """The parser that read it, for `explain`."""

    @property
    def says_day(self) -> bool:
        """Whether a day was said."""
        return self.exact is not None or (self.days is not None and self.days.certainty is Certainty.KNOWN)

    def recurs_on(self, day: date) -> bool:
        """Whether it is left out of every week and that date has its weekday."""
        return self.is_weekly and self.days is not None and self.days.first.weekday() == day.weekday()

    def start_day(self, today: date) -> date:
        """The first date, today when none was said."""
        return self.days.first if self.days else today

    def windows(self, today: date, zone: ZoneInfo) -> tuple[Interval, ...]:
        """The stretches meant, one a day when hours were said, as instants; `zone` is used where none was named.

        A single clock time gives a minute-long window. Open sides end at the day's bounds.
        """
        place = ZoneInfo(self.zone) if self.zone else zone
        if self.exact is not None:
            return (Interval(self.exact, self.exact + timedelta(minutes=1)),)
        first = self.start_day(today)
        last = self.days.last if self.days else today
        if self.hours is None:
            return (Interval(_at(first, time(0), place), _at(last + timedelta(days=1), time(0), place)),)
        if self.is_through:
            return (_hours_between(first, last, self.hours, place, self.open),)
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return tuple(_hours_between(day, day, self.hours, place, self.open) for day in days)


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return wall_to_instant(day, clock, zone)


def _hours_between(first: date, last: date, hours: Hours, zone: ZoneInfo, side: Open | None) -> Interval:
    start = _at(first, hours.start or time(0), zone)
    if hours.end is None:
        end = start + timedelta(minutes=1) if side is None else _at(last + timedelta(days=1), time(0), zone)
    else:
        past_midnight = hours.end <= (hours.start or time(0)) and first == last
        day = last + timedelta(days=1) if past_midnight or hours.end == time(0) else last
        end = _at(day, hours.end, zone)
    return Interval(start, max(end, start + timedelta(minutes=1)))


class Frequency(StrEnum):
    """How often a repetition comes round."""

    MINUTELY = "minutely"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A clock at which a repetition comes round, on these of its weekdays; on all of its days when none are named."""

    starts: time
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """A repetition that was named, in the terms of RFC 5545; weekdays by number, 0 is Monday."""

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    """Which of a month's weekdays: 1 the first, -1 the last; none: each of them."""
    pick: int = 0
    """Which of all those weekdays of a month together: -1 with monday to friday is the last working day; 0: each."""
    month_days: tuple[int, ...] = ()
    """Days of the month; -1 is the last one."""
    often: int = 1
    """How many dates in each period, where they were counted («twice a week»); which ones may not have been said."""
    count: int | None = None
    """How many dates in all."""
    until: date | None = None
    """The last date that counts."""
    turns: tuple[Turn, ...] = ()
    """Its clocks, where it comes round at more than one."""
    is_mixed: bool = False
    """More than one rule was said, or one of two («every other monday at 9 and every thursday at 4»)."""
    span: Span | None = None
