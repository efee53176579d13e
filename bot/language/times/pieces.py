"""The pieces of a time between parsing and resolving: what was said, not yet which date it is.

Parsers make pieces, refiners put them together. A piece holds several things at once when they were joined (a day, a clock,
a part of day …). Everything is immutable; `_replace` makes the changed copy.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING

from bot.language.meaning import Grain, Open
from bot.values import NamedTuple, quick

if TYPE_CHECKING:
    from datetime import datetime

    from bot.language.meaning import Frequency


class Mark(Enum):
    """How a piece was said, where that decides how it is joined or resolved. Its `rule` is a name for explaining only."""

    STRICT = auto()
    """«after friday», «before friday»: without the day itself; «from», «by» and «until» hold it."""
    FROM = auto()
    END = auto()
    """The end of something: «before the end of the week» ends with the week."""
    AHEAD = auto()
    BACK = auto()
    """Counted in days from now (in 3 days, 2 days ago)."""
    WEEKS = auto()
    """Counted in whole weeks from now: a weekday beside it is one of that week."""
    SOONEST = auto()
    PLACED = auto()
    """A weekday that was put into a week; more of its list belong there too."""
    RUNNING = auto()
    """The running month («the month»), which may be over for what is looked for in it."""
    CLOCK_LEADS = auto()
    """The clock stood in front of its day, and is meant for the next day of a list too."""
    PART_LEADS = auto()
    """The part of the day stood in front of its clock: «in the afternoon, before 4» begins with the afternoon."""
    ASKED_HOUR = auto()
    """A bare number behind «at»: an hour, unless a list of dates goes on with it."""
    WEEKLY = auto()
    """«not mondays»: a weekday of every week, of which the piece names the next."""
    RELATIVE = auto()
    """Today, tomorrow: another date in another zone."""
    CLOCK_WORD = auto()
    EACH = auto()
    """«any tuesday in december»: the first of them, the others of its month are meant as well."""
    ANY_DAY = auto()
    """«mornings are better», with no day said: that part of each of the next days."""
    WHOLE_PART = auto()
    """A part of the day beside a day from which on it holds («from monday … mornings»): it has both its ends."""
    LENGTHENED = auto()
    """A first day and how long it goes on."""

    __hash__ = object.__hash__  # pieces are asked for their marks often; the hash of enums is slow


NO_MARKS: frozenset[Mark] = frozenset()


@quick
class Day(NamedTuple):
    """One or more dates. Either settled (`first`, `last`) or the parts that were said, the rest to be found."""

    first: date | None = None
    last: date | None = None
    grain: Grain = Grain.DAY
    year: int | None = None
    month: int | None = None
    number: int | None = None
    """Day of the month."""
    weekday: int | None = None
    shift: str = ""
    """this, next, next2 or last, said with a weekday or a month."""
    is_implied: bool = False
    """Taken from elsewhere in the message, not said here."""
    is_missing: bool = False
    """No such date (the fifth friday of february); `first` holds the nearest one, for a question."""
    has_two_orders: bool = False
    """Written in figures that may as well be day and month the other way round."""
    may_be_other_week: bool = False
    """«Nächsten freitag», «el próximo martes»: of this week or of the one behind."""
    is_of_either_week: bool = False
    """The same where people differ, so that it is asked about."""


@quick
class Clock(NamedTuple):
    """A wall time. `half` is am, pm, 24 (said in full) or empty: an hour that may be either."""

    hour: int
    minute: int = 0
    second: int = 0
    half: str = ""
    grain: Grain = Grain.HOUR
    is_approximate: bool = False
    is_missing: bool = False
    """No such time of day (25:00, 13:75)."""


class Length(NamedTuple):
    """A stretch that was said, in calendar months, days and the rest; `unit` is the smallest one, `amount` of it."""

    months: int = 0
    days: int = 0
    rest: timedelta = timedelta()
    unit: str = "minute"
    amount: float = 1
    is_workdays: bool = False

    def whole(self) -> timedelta:
        """As a plain length: a month is 30 days, a year 365."""
        years, months = divmod(self.months, 12)
        return timedelta(days=self.days + 365 * years + 30 * months) + self.rest


class Nth(NamedTuple):
    """An ordinal weekday or unit that waits for its month or year (the third tuesday of …); -1 is the last one."""

    which: int
    weekday: int | None = None
    unit: str = ""


class Repeat(NamedTuple):
    """A repetition: frequency, interval, weekdays by number, days of the month."""

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    """Which of the month's weekdays; -1 is the last one."""
    pick: int = 0
    """Which of all those weekdays together: -1 with monday to friday is the last working day."""
    total: int | None = None
    often: int = 1
    """How many in each period, where they were counted."""


@quick
class Piece(NamedTuple):
    """What one stretch of tokens says; `start` and `end` (exclusive) are token indices of the Reading."""

    start: int
    end: int
    rule: str
    day: Day | None = None
    clock: Clock | None = None
    part: str = ""
    end_day: Day | None = None
    end_clock: Clock | None = None
    is_through: bool = False
    side: Open | None = None
    marks: frozenset[Mark] = NO_MARKS
    length: Length | None = None
    zone: str = ""
    zones: tuple[str, ...] = ()
    exact: datetime | None = None
    exact_end: datetime | None = None
    grain: Grain | None = None
    """Set where it differs from what day and clock say."""
    edge: str = ""
    nth: Nth | None = None
    repeat: Repeat | None = None
    bare: int | None = None
    """A number that is nothing yet: an hour beside a day, a date beside a month."""
    is_ordinal: bool = False
    is_date_like: bool = False
    """Written as a day (13th, the 4th), so never an hour."""
    is_counted: bool = False
    """So far from now, or from where something stands."""
    is_excluded: bool = False
    is_source: bool = False
    """The present time of what is to be moved."""
    apart: tuple[int, int] | None = None
    """Where its other part stands, when something else stands between («tomorrow with Ana at 3»)."""
    turn: tuple[int, ...] | None = None
    """The weekdays on which a repetition has the clock of this piece, where it has several; none: on all of its days."""
    is_amount: bool = False
    """How far something is to be moved: no time and no length; the cue beside it says which way."""

    def marked(self, *marks: Mark) -> Piece:
        """The piece with these marks too."""
        return self._replace(marks=self.marks.union(marks))

    @property
    def has_time(self) -> bool:
        """Whether it stands for a time by itself."""
        return bool(self.day or self.clock or self.part or self.exact)

    @property
    def is_weekday(self) -> bool:
        """Whether its day is a weekday without a number."""
        return self.day is not None and self.day.weekday is not None and self.day.number is None

    @property
    def is_range(self) -> bool:
        """Whether two ends were said."""
        return self.end_day is not None or self.end_clock is not None or self.exact_end is not None


STEP_WORDS = frozenset(("later", "earlier", "back", "ahead", "out", "forward", "prior", "beforehand"))
"""Behind a length they say how far something moves from where it stands."""
NO_DAY = 32
"""A day of the month that no month has: what figures say that are a date in no order (13/13/2027)."""
DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2100


def safe_date(year: int, month: int, number: int) -> date | None:
    """The date, or None when there is none."""
    try:
        return date(year, month, number) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def month_start(day: date, months: int = 0) -> date:
    """The first of the month that lies so many months away, kept within sane years."""
    index = max(FIRST_YEAR * 12, min(LAST_YEAR * 12, day.year * 12 + day.month - 1 + months))
    return date(index // 12, index % 12 + 1, 1)


def add_months(day: date, months: int) -> date:
    """The same day of another month, its last day when it is shorter."""
    first = month_start(day, months)
    return min(first + timedelta(days=day.day - 1), month_start(first, 1) - DAY)


def add_days(day: date, days: float) -> date:
    """The date so many days away, kept within sane years."""
    low, high = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    ordinal = day.toordinal() + int(max(-200_000, min(200_000, days)))
    return date.fromordinal(max(low.toordinal(), min(high.toordinal(), ordinal)))


def add_workdays(day: date, count: int) -> date:
    """The date so many weekdays (Monday to Friday) away."""
    step = 1 if count >= 0 else -1
    weeks, left = divmod(abs(min(count, 5000)), 5)
    while day.weekday() > 4:
        day = add_days(day, step) if left or weeks else day
        if not left and not weeks:
            break
    day = add_days(day, 7 * weeks * step)
    while left:
        day = add_days(day, step)
        left -= day.weekday() < 5
    return day


def week_start(day: date, starts: int = 0) -> date:
    """The first day of the day's week, which begins on that weekday: a Monday, unless somebody is used to another."""
    return add_days(day, -((day.weekday() - starts) % 7))


def unit_days(unit: str, day: date, offset: int = 0, *, starts: int = 0) -> tuple[date, date, Grain]:
    """First and last date of the week, month, … that lies `offset` of them away from the one with the day.

    `starts`: the weekday on which weeks begin, 0 = Monday.
    """
    if unit in {"week", "fortnight"}:
        first = add_days(week_start(day, starts), 7 * offset)
        return first, add_days(first, 6 if unit == "week" else 13), Grain.WEEK
    if unit == "weekend":
        first = add_days(week_start(day), 5 + 7 * offset)
        return first, add_days(first, 1), Grain.WEEKEND
    if unit == "month":
        first = month_start(day, offset)
        return first, month_start(first, 1) - DAY, Grain.MONTH
    if unit == "quarter":
        first = month_start(date(day.year, day.month - (day.month - 1) % 3, 1), 3 * offset)
        return first, month_start(first, 3) - DAY, Grain.QUARTER
    if unit == "year":
        first = month_start(date(day.year, 1, 1), 12 * offset)
        return first, month_start(first, 12) - DAY, Grain.YEAR
    first = add_days(day, offset)
    return first, first, Grain.DAY


def settle(day: Day, today: date, floor: date | None = None) -> tuple[date, date]:
    """First and last date of a day as said: the next one that is not before the floor (today when not given)."""
    if day.first is not None:
        return day.first, day.last or day.first
    low = floor or today
    if day.number is not None:
        found = _numbered(day, low)
        return found, found
    if day.month is not None:
        return _month(day, today, low)
    if day.weekday is not None:
        found = _weekday(day, today, floor)
        return found, found
    if day.year is not None:
        return unit_days("year", safe_date(day.year, 1, 1) or today)[:2]
    return low, low


def _numbered(day: Day, low: date) -> date:
    number = day.number or 1
    if day.month is not None:
        return _in_month(day, day.month, number, low)
    first = month_start(low)
    best = None
    for step in range(_MONTHS_TRIED):
        month = month_start(first, step)
        if day.year and month.year != day.year:
            continue
        found = safe_date(month.year, month.month, number)
        if found is None or found < low:
            continue
        if day.weekday is None or found.weekday() == day.weekday:
            return found
        best = best or found
    return best or low


def _in_month(day: Day, month: int, number: int, low: date) -> date:
    year = day.year if day.year is not None else _next_year(month, number, low)
    found = safe_date(year, month, number) or month_start(date(year, month, 1), 1) - DAY
    if day.weekday is None or day.year is not None or found - low <= _SOON or found.weekday() == day.weekday:
        return found
    later = safe_date(year + 1, month, number)
    return later if later is not None and later.weekday() == day.weekday else found


_SOON = timedelta(days=120)
"""A date within the next months is meant for this year, whatever weekday stands beside it."""
_MONTHS_TRIED = 60
"""How far a «friday the 13th» is looked for."""


def _next_year(month: int, number: int, low: date) -> int:
    """The year of the next such day of a month that is not before `low`."""
    year = low.year + ((month, number) < (low.month, low.day))
    if (month, number) == LEAP_DAY:
        return next((leap for leap in range(year, year + 9) if isleap(leap)), year)
    return year


LEAP_DAY = (2, 29)


def is_missing(day: Day, today: date) -> bool:
    """Whether there is no such date: 30 february, 31 november, 29 february of a year that has none."""
    if day.is_missing or day.first is not None or day.number is None:
        return day.is_missing
    if day.month is None:
        return day.number >= NO_DAY
    year = day.year if day.year is not None else _next_year(day.month, day.number, today)
    return safe_date(year, day.month, day.number) is None


def _month(day: Day, today: date, low: date) -> tuple[date, date]:
    month = day.month or 1
    year = day.year
    if year is None:
        year = low.year + (1 if (low.year, month) < (low.year, low.month) else 0)
        if day.shift == "next" and (year, month) == (today.year, today.month):
            year += 1
        if day.shift == "next2":
            year += 1
        if day.shift == "last":
            year -= 1
    first = safe_date(year, month, 1) or month_start(today)
    return first, month_start(first, 1) - DAY


def _weekday(day: Day, today: date, floor: date | None) -> date:
    weekday = day.weekday or 0
    if floor is not None:
        return add_days(floor, (weekday - floor.weekday()) % 7)
    ahead = (weekday - today.weekday()) % 7
    if day.shift == "next":
        return add_days(week_start(today), weekday + 7)
    if day.shift == "next2":
        return add_days(today, (ahead or 7) + 7)
    if day.shift == "coming":
        return add_days(today, ahead or 7)
    if day.shift == "last":
        return add_days(today, ahead - 7)
    return add_days(today, ahead)
