"""The smaller things a text can say beside act, times and people: places, cues, bare numbers, doubts, limits."""

from __future__ import annotations

from datetime import time, timedelta  # noqa: TC003  stored by pydantic adapters, which read annotations
from enum import StrEnum

from bot.language.meaning.intents import Intent  # noqa: TC001  as above
from bot.language.meaning.times import Grain, Moment, Open, Span  # noqa: TC001  as above
from bot.language.signs import Cue  # noqa: TC001  as above
from bot.scheduling.models import PlaceKind  # noqa: TC001  as above
from bot.values import dataclass

LAST = -1
"""An ordinal that means the last one."""


class Under(StrEnum):
    """What was last shown of free times, for reading what is told below it."""

    NOTHING = "nothing"
    TIMES = "times"
    CARD = "card"
    """One of them, to be pressed."""


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
    holds_amount: bool = False
    """Whether the amount is part of the cue, not only near it («30 min with lena, later»)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSaid:
    """What a text says of whose clock its times are on, beside a zone that is named with them."""

    whose: str = ""
    """Who is named («omar's time»), by name, address or member id; empty: whoever it is with."""
    is_open: bool = False
    """«noon for omar»: it may also say who is to come."""
    place: str = ""
    """The zone of a place beside a clock («3pm in london»): the clock there, or one's own."""
    again: Moment | None = None
    """The same time as it was said a second time, on another clock («3pm my time, 9am for him»)."""
    is_again_theirs: bool = False
    """Whether that is the clock of whoever it is with; else its own zone says, or it is the asker's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidWeekday:
    """A weekday that was named, Monday being 0, and where; the days inside a range stand at its end."""

    day: int
    span: Span
    is_this: bool = False
    """«this friday»: the next one, whatever week is spoken of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidHours:
    """Hours of some weekdays, Monday being 0: «mon to thu 9 to 5»."""

    weekdays: tuple[int, ...]
    start: time
    end: time


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
    NO_SUCH_TIME = "no_such_time"
    """25:00, 13:75; `moments` holds the day that was named with it."""
    BACKWARD_RANGE = "backward_range"
    TWO_LENGTHS = "two_lengths"
    TWO_ACTS = "two_acts"
    TWO_ORDERS = "two_orders"
    """A date in figures that can be day or month first, or a «next friday» of either week; `moments` holds both, the
    likelier one first."""
    TWO_WEEKS = "two_weeks"
    """A «nächsten freitag» of which people mean this week's as well as the next one's."""
    UNREAD_THAT_MATTERS = "unread_that_matters"
    UNPLACED = "unplaced"
    """A figure among the words of the time that no reading took in."""
    BROKEN_ADDRESS = "broken_address"
    """«priya@acme»: meant as an address, and none."""
    UNNAMED_GUEST = "unnamed_guest"
    """«lena and her boss»: one more who is to come, told by nothing that finds them."""
    TOLD = "told"
    """«lena cancelled», «should i move it?»: the act is spoken of, and not ordered."""
    QUOTED = "quoted"
    """The whole text stands in quotation marks, or as code: somebody's words, or an order set apart."""
    OTHER_SCRIPT = "other_script"
    """Words in a script of which no language is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One thing that a text leaves open, and the readings it allows, where there are some."""

    kind: DoubtKind
    span: Span
    moments: tuple[Moment, ...] = ()
    lengths: tuple[timedelta, ...] = ()
    cue: Cue | None = None
    """Which kind of word went unread, where a cue tells it."""
    shared: Span | None = None
    """Words in front that hold for both of two acts: the verb that the second one has not; of what somebody said, who did."""


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
    APPROVAL = "approval"
    """Whether the host says yes to each request."""
    INTERVAL = "interval"
    """How far apart its times are."""
    LENGTHS = "lengths"
    PLACE = "place"
    DESCRIPTION = "description"
    QUESTION = "question"
    """What must be answered to book it."""


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
    lengths: tuple[timedelta, ...] = ()
    place: PlaceWish | None = None
    text: str = ""
    """What is asked."""
