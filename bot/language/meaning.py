"""What reading a text gives: the types between the language room and everyone else. No logic of reading lives here.

A `Moment` keeps day and clock apart, each known (said) or implied (filled in by convention), so that a follow-up changes
only what it says. Dates and wall times here belong to the zone of the reading; instants come from `Moment.interval`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.language.signs import Cue  # noqa: TC001  stored with Understanding, whose annotations are read
from bot.scheduling.models import PlaceKind  # noqa: TC001  stored by pydantic adapters, which read annotations
from bot.scheduling.times import Interval, wall_to_instant


class Intent(StrEnum):
    """What the writer wants. The first block is CONTRACT's list, the second manages an account."""

    FIND_SLOTS = "find_slots"
    BOOK = "book"
    HOLD = "hold"
    CANCEL = "cancel"
    RESCHEDULE = "reschedule"
    LIST_BOOKINGS = "list_bookings"
    AFFIRM = "affirm"
    DENY = "deny"
    SELECT = "select"
    REFINE = "refine"
    MORE_OPTIONS = "more_options"
    HELP = "help"
    GREETING = "greeting"
    OUT_OF_SCOPE = "out_of_scope"

    STOP = "stop"
    CONNECT = "connect"
    DISCONNECT = "disconnect"
    WHOAMI = "whoami"
    USE_ACCOUNT = "use_account"
    SHOW_EVENT_TYPES = "show_event_types"
    CREATE_EVENT_TYPE = "create_event_type"
    CHANGE_EVENT_TYPE = "change_event_type"
    DELETE_EVENT_TYPE = "delete_event_type"
    SHOW_HOURS = "show_hours"
    SET_HOURS = "set_hours"
    TIME_OFF = "time_off"
    CREATE_SCHEDULE = "create_schedule"
    DELETE_SCHEDULE = "delete_schedule"
    CHANGE_PROFILE = "change_profile"
    SHOW_PENDING = "show_pending"
    APPROVE = "approve"
    DECLINE = "decline"
    ADD_GUESTS = "add_guests"
    MARK_ABSENT = "mark_absent"
    CHANGE_PLACE = "change_place"
    SHOW_TEAM = "show_team"
    SHOW_WEBHOOKS = "show_webhooks"
    CREATE_WEBHOOK = "create_webhook"
    PAUSE_WEBHOOK = "pause_webhook"
    RESUME_WEBHOOK = "resume_webhook"
    DELETE_WEBHOOK = "delete_webhook"
    SHOW_CALENDARS = "show_calendars"
    SHOW_CONFERENCING = "show_conferencing"
    SHOW_BUSY = "show_busy"
    SHOW_EMAILS = "show_emails"
    SHOW_HOLDS = "show_holds"
    SHOW_INVITEES = "show_invitees"
    CREATE_LINK = "create_link"
    NEWS_ON = "news_on"
    NEWS_OFF = "news_off"
    FORGET_ME = "forget_me"

    # what changes a booking that stands, beside its time
    REMOVE_GUESTS = "remove_guests"
    CHANGE_LENGTH = "change_length"
    CHANGE_TITLE = "change_title"
    CHANGE_NOTE = "change_note"
    SWAP = "swap"
    RESEND = "resend"
    UNDO = "undo"

    # questions about times and bookings
    WHY_NOT = "why_not"
    """«why is nothing free on friday?»."""
    COUNT_BOOKINGS = "count_bookings"
    TELL_TIME = "tell_time"
    """«what time is it in tokyo», «what is 4pm lisbon for me»."""
    WHO_IS_FREE = "who_is_free"

    # with others
    SHARE_TIMES = "share_times"
    """Some of the asker's free times for somebody: «share my times next week with @bo»."""
    PASTE_TIMES = "paste_times"
    POLL = "poll"
    SHARE_FREE = "share_free"
    """The asker's free times for everybody here."""
    STOP_SHARING = "stop_sharing"
    ASK_OTHER = "ask_other"
    """«ask @bo when he can»."""

    # what happens by itself
    AGENDA = "agenda"
    REMIND = "remind"
    SET_LIMITS = "set_limits"
    """Notice, buffers, how many a day, how far ahead."""
    SET_STATUS = "set_status"


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
    rule: str = ""
    """The parser that read it, for `explain`."""

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
class Recurrence:
    """A repetition that was named, in the terms of RFC 5545; weekdays by number, 0 is Monday."""

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    """Which of a month's weekdays: 1 the first, -1 the last; none: each of them."""
    month_days: tuple[int, ...] = ()
    """Days of the month; -1 is the last one."""
    count: int | None = None
    """How many dates in all."""
    until: date | None = None
    """The last date that counts."""
    span: Span | None = None


class Keep(StrEnum):
    """What a follow-up says to keep from what it follows."""

    TIME = "time"
    DAY = "day"
    PERSON = "person"
    LENGTH = "length"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWish:
    """Where the meeting should be: «on zoom», «call +49…», «at the office»."""

    kind: PlaceKind
    app: str = ""
    detail: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A cue where it stood. `row` names the row of `words/*.toml` that gave it, for `explain` only."""

    cue: Cue
    span: Span
    row: str = ""
    amount: timedelta | None = None
    """How far, where the cue says so («an hour later»)."""
    grain: Grain | None = None
    """The unit in which it was said: a day or a week keeps the clock, an hour does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidWeekday:
    """A weekday that was named, Monday being 0, and where; the days inside a range stand at its end."""

    day: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class BareNumber:
    """A number that is a time or a length only as an answer: «make it 4», «after 3», «no, 15»."""

    number: int
    minute: int | None
    side: Open | None
    span: Span


class DoubtKind(StrEnum):
    """Why a text cannot simply be done: what would have to be asked or said first."""

    CONTRADICTION = "contradiction"
    """Weekday against date; `moments` holds both readings."""
    NO_SUCH_DATE = "no_such_date"
    BACKWARD_RANGE = "backward_range"
    TWO_LENGTHS = "two_lengths"
    TWO_ACTS = "two_acts"
    TWO_ORDERS = "two_orders"
    """A date in figures that can be day or month first; `moments` holds both, the likelier one first."""
    UNREAD_THAT_MATTERS = "unread_that_matters"
    BROKEN_ADDRESS = "broken_address"
    """«priya@acme»: meant as an address, and none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One thing that a text leaves open, and the readings it allows, where there are some."""

    kind: DoubtKind
    span: Span
    moments: tuple[Moment, ...] = ()
    lengths: tuple[timedelta, ...] = ()
    cue: Cue | None = None
    """Which kind of word went unread, where a cue tells it."""


LAST = -1
"""An ordinal that means the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """An intent that was considered, with its score, for `explain`."""

    intent: Intent
    score: float
    rule: str = ""


class LimitKind(StrEnum):
    """What a limit protects."""

    BUFFER_BEFORE = "buffer_before"
    BUFFER_AFTER = "buffer_after"
    NOTICE = "notice"
    WINDOW = "window"
    """How far ahead."""
    CAP = "cap"
    """How many in a period."""
    SEATS = "seats"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitWish:
    """One limit as said. `lifts`: it is to go."""

    kind: LimitKind
    length: timedelta | None = None
    count: int | None = None
    period: str = ""
    """day, week, month or year, of a cap."""
    is_working: bool = False
    """Working days are counted."""
    lifts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """Everything read from one text. What nobody read stands in `unread` (words worth saying back, not filler)."""

    text: str
    """The utterance, normalised; spans point into it."""
    intent: Intent
    moments: tuple[Moment, ...] = ()
    """Every time offered, in order («tue or wed 10-4» are two). Exclusions are not among them."""
    from_moment: Moment | None = None
    """The present time of the booking meant, in a move or cancellation («move tuesday's 3pm to friday»)."""
    excluded: tuple[Moment, ...] = ()
    recurrence: Recurrence | None = None
    length: timedelta | None = None
    stretch: timedelta | None = None
    """How long the one time named goes on («2 to 4»): a length too, where one is wanted and none was said."""
    people: tuple[str, ...] = ()
    """Names as written, without mentions, mail addresses and the writer."""
    emails: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    """Member ids."""
    addressed: tuple[tuple[str, str], ...] = ()
    """Mail addresses with the names that were written in front of them: «Dana Ort <dana@acme.io>»."""
    limit: int | None = None
    """How many at most («at most 3»)."""
    is_either: bool = False
    """One of the people is enough («ana or bo»)."""
    optional: tuple[str, ...] = ()
    """Who need not come: names, addresses and member ids; they stand in the other lists too."""
    excluded_people: tuple[str, ...] = ()
    """Who is left out («everything but ines»): names, addresses and member ids; they stand in none of the other lists."""
    excluded_type: str = ""
    """The kind of meeting that is left out («all but the deep dive»)."""
    event_type: str | None = None
    """The title, as given to the reader, of the event type that was named (fuzzily)."""
    named_type: str = ""
    """The words that name a kind of meeting (intro, deep dive, coffee, demo), also when no event type fits."""
    place: PlaceWish | None = None
    topic: str = ""
    reason: str = ""
    """Why («he's sick», «because …»), for cancellations, moves and refusals."""
    zone: str | None = None
    zones: tuple[str, ...] = ()
    """Candidates when a zone's name is ambiguous."""
    there: str | None = None
    """The zone of a place that was named as one («in dubai»): of a stay, or whose clock is asked for; no time is on it."""
    choice: int | None = None
    """The ordinal of the option picked, from 1; `LAST` for the last."""
    count: int | None = None
    limits: tuple[LimitWish, ...] = ()
    """Limits of event types that were stated («15 minutes of air after every deep dive»)."""
    keeps: frozenset[Keep] = frozenset()
    is_negated: bool = False
    whose: str = ""
    """Somebody else whose calendar is asked for («lena's calendar»)."""
    bare: BareNumber | None = None
    bare_length: timedelta | None = None
    """«the hour one»: a length only as an answer."""
    remark: str = ""
    """What follows a yes («yes, he's sick»)."""
    weekdays: tuple[SaidWeekday, ...] = ()
    stretches: tuple[tuple[time, time], ...] = ()
    """Stretches of the day («9 to 1 and 2 to 5»), for working hours."""
    loose: tuple[str, ...] = ()
    """Content words, lower-case, that are no time, person or act: they may name a meeting or somebody in it."""
    size: int = 0
    """Words in the text."""
    details: tuple[tuple[str, str], ...] = ()
    """What management intents carry, by name: `name`, `new_name`, `url`, `provider`, `username`, `triggers` …"""
    cues: tuple[Sign, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    parts: tuple[Understanding, ...] = ()
    """The acts of a text that holds two, each read by itself."""
    language: str = "en"
    score: float = 1.0
    rivals: tuple[Rival, ...] = ()
    unread: tuple[Span, ...] = ()
    left_out: tuple[Span, ...] = ()
    """What of the unread is worth saying back."""
    trace: tuple[str, ...] = field(default=(), compare=False)
    """One line a rule that fired, for `explain`."""

    def has(self, *cues: Cue) -> bool:
        """Whether any of these cues was read."""
        return any(sign.cue in cues for sign in self.cues)

    def sign(self, *cues: Cue) -> Sign | None:
        """The first of these cues, the one that says how far before one that does not."""
        found = [sign for sign in self.cues if sign.cue in cues]
        return next((sign for sign in found if sign.amount is not None), found[0] if found else None)

    def doubt(self, *kinds: DoubtKind) -> Doubt | None:
        """The first doubt of these kinds."""
        return next((doubt for doubt in self.doubts if doubt.kind in kinds), None)

    def detail(self, name: str) -> str:
        """A management detail, or the empty string."""
        return dict(self.details).get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a text is read against. Everything but now and zone may be missing.

    `options` are the starts (instants) of what was last offered, in order; `bot` is what the bot had just said.
    """

    now: datetime
    zone: ZoneInfo
    event_types: tuple[str, ...] = ()
    options: tuple[datetime, ...] = ()
    bot: str = ""
    turn: int = 0
    language: str | None = None
    locale: str = ""
    """As Slack writes it (en-GB); says whether day or month come first in figures, else the zone's country does."""
    zones: tuple[str, ...] = ()
    """Candidates of a zone that we asked about; the place of one of them names it."""
    names: tuple[str, ...] = ()
    """Display names of the people mentioned, and other names worth knowing."""
