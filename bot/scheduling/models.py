"""The nouns of scheduling, in nobody's words but ours.

Instants are UTC. Lengths are `timedelta`. Ids are the provider's, opaque to everything above the gateway.
"""

from __future__ import annotations

from collections import deque
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import repeat
from operator import add
from typing import TYPE_CHECKING

from bot.scheduling.limits import BookingWindow, Cap, Repeats  # noqa: TC001  stored by pydantic, which reads annotations
from bot.scheduling.times import Interval, require_instants
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A human we know. `member` is the surface's own id (opaque), if they are on it."""

    name: str
    email: str | None = None
    zone: str | None = None
    locale: str = ""
    """Which language and country their surface is set to (en-US); empty where it does not say."""
    member: str | None = None
    username: str = ""
    """What they are called at the provider, where its team says so."""
    is_stale: bool = False
    """Their profile could not be asked for just now: this is what was known before."""
    id: str = ""
    """The provider's own id, where it told one: of a team's member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Who is invited. One of `email` and `phone` (E.164) is set; `zone` is IANA."""

    name: str
    zone: str
    email: str | None = None
    phone: str | None = None
    language: str | None = None
    is_absent: bool = False
    id: str = ""

    def __post_init__(self) -> None:
        if not self.email and not self.phone:
            raise ValueError("an attendee needs a mail address or a phone number")


class QuestionKind(StrEnum):
    """How a question of an event type is answered; anything unknown is `text`."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an event type asks of the attendee beside name and mail. `key` is how the answer is named to the provider."""

    key: str
    label: str
    kind: QuestionKind = QuestionKind.TEXT
    is_required: bool = False
    options: tuple[str, ...] = ()


class PlaceKind(StrEnum):
    """Where a meeting happens. Anything unknown is `other`."""

    VIDEO = "video"
    LINK = "link"
    PHONE = "phone"
    ADDRESS = "address"
    ATTENDEE_PHONE = "attendee_phone"
    ATTENDEE_ADDRESS = "attendee_address"
    ATTENDEE_CHOICE = "attendee_choice"
    HOST_DEFAULT = "host_default"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place. `app` is the conferencing app's slug (zoom, google-meet …); `detail` an address, link or number."""

    kind: PlaceKind
    app: str = ""
    detail: str = ""


class Pooling(StrEnum):
    """How a team type uses its hosts."""

    ROUND_ROBIN = "round_robin"
    """Whoever of them is free."""
    COLLECTIVE = "collective"
    """All of them at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """The bookable template. `lengths` holds every length it can be booked with, the default first."""

    id: str
    title: str
    slug: str
    lengths: tuple[timedelta, ...]
    other_lengths: tuple[timedelta, ...] = ()
    """Lengths that its page offers and a booking from here cannot name."""
    description: str = ""
    questions: tuple[Question, ...] = ()
    places: tuple[Place, ...] = ()
    needs_approval: bool = False
    is_hidden: bool = False
    repeats: Repeats | None = None
    is_paid: bool = False
    seats: int | None = None
    can_cancel: bool = True
    can_move: bool = True
    minimum_notice: timedelta = timedelta(0)
    buffer_before: timedelta = timedelta(0)
    buffer_after: timedelta = timedelta(0)
    interval: timedelta | None = None
    """How far apart its starts are; None: its length."""
    window: BookingWindow | None = None
    caps: tuple[Cap, ...] = ()
    schedule: str = ""
    """The working hours it uses; empty: the account's default."""
    booking_url: str = ""
    team: str = ""
    """The team it belongs to, by name; empty for a personal one."""
    hosts: tuple[str, ...] = ()
    """Names of its hosts, for a team type."""
    pooling: Pooling | None = None
    """How it uses them; None for a personal type, or where the provider does not say."""

    @property
    def length(self) -> timedelta:
        """The length it is booked with when none is asked for."""
        return self.lengths[0]


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A bookable stretch of time. Both ends are instants (UTC); `end` is exclusive."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        require_instants(self.start, self.end)
        if self.end <= self.start:
            raise ValueError(f"slot ends at {self.end} but starts at {self.start}")

    @property
    def interval(self) -> Interval:
        """The same as an interval."""
        return Interval(self.start, self.end)


def slots_from(starts: Sequence[datetime], length: timedelta) -> tuple[Slot, ...]:
    """A slot of that length from each of these instants. What `Slot` checks of each is checked here of all at once, because
    a provider answers with hundreds. Raises ValueError as `Slot` does.
    """
    if length <= timedelta(0):
        raise ValueError(f"slots of the length {length}")
    require_instants(*starts)
    places = vars(Slot)
    made = tuple(map(object.__new__, repeat(Slot, len(starts))))
    for field, values in (("start", starts), ("end", map(add, starts, repeat(length)))):
        deque(map(places[field].__set__, made, values), maxlen=0)  # takes every step, without a loop of our own
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotQuery:
    """Which slots are asked for. `moving` is the booking whose own time counts as free."""

    event_type: str
    window: Interval
    zone: str
    length: timedelta | None = None
    moving: str | None = None
    host: str | None = None
    """Somebody else's public page (their user name at the provider); then `event_type` is a slug there."""
    people: tuple[str, ...] = ()
    """User names of one organisation who must all be free; then `event_type` is not looked at and `length` is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A slot kept for a short while. Advisory: another client can still book it."""

    id: str
    event_type: str
    slot: Slot
    expires_at: datetime


class BookingStatus(StrEnum):
    """What the provider says of a booking; `requested` means that the host has still to approve."""

    BOOKED = "booked"
    REQUESTED = "requested"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """An agreed meeting."""

    id: str
    title: str
    slot: Slot
    status: BookingStatus
    event_type: str = ""
    attendees: tuple[Attendee, ...] = ()
    hosts: tuple[Person, ...] = ()
    guests: tuple[str, ...] = ()
    place: str = ""
    """Where, in words fit for its owner: a link, an address, «Zoom»."""
    join_url: str = ""
    reference: str = ""
    """Our reference as the provider kept it; a moved booking inherits the old one's."""
    replaces: str = ""
    replaced_by: str = ""
    series: str = ""
    seat: str = ""
    cancel_reason: str = ""
    move_url: str = ""
    """Where the attendee can move it themselves, where the provider has such a page."""
    created_at: datetime | None = None


class BookingState(StrEnum):
    """What a list of bookings may be narrowed to."""

    UPCOMING = "upcoming"
    REQUESTED = "requested"
    PAST = "past"
    CANCELLED = "cancelled"
    RECURRING = "recurring"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingQuery:
    """Which bookings are asked for. `window` bounds the start; `limit` counts after filtering, newest state first by start."""

    states: tuple[BookingState, ...] = (BookingState.UPCOMING, BookingState.REQUESTED)
    window: Interval | None = None
    attendee_email: str | None = None
    event_type: str | None = None
    limit: int = 100


class ChangeKind(StrEnum):
    """What happened to a booking at the provider."""

    BOOKED = "booked"
    REQUESTED = "requested"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    NO_SHOW = "no_show"
    STARTED = "started"
    ENDED = "ended"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingChange:
    """A provider's later news about a booking. `key` is equal for two deliveries of the same news."""

    key: str
    kind: ChangeKind
    booking: str
    previous: str = ""
    occurred_at: datetime | None = None
    reason: str = ""
    old_start: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Working hours: wall times on weekdays (0 = Monday), `end` exclusive, `time(0)` as end means midnight."""

    weekdays: tuple[int, ...]
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Other hours on one date; no `start` and `end` means that the whole day is off."""

    day: date
    start: time | None = None
    end: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Named working hours, wall-clock in their zone."""

    id: str
    name: str
    zone: str
    is_default: bool
    hours: tuple[Hours, ...] = ()
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Whose account it is at the provider."""

    id: str
    name: str
    email: str
    username: str = ""
    zone: str = "UTC"
    default_schedule: str = ""
    organization: str = ""
    booking_page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A subscription to changes. `secret` is never read back."""

    id: str
    url: str
    triggers: tuple[str, ...]
    is_active: bool = True
    event_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A calendar connected at the provider."""

    id: str
    name: str
    integration: str
    credential: str = ""
    is_primary: bool = False
    is_selected: bool = True
    is_read_only: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferencingApp:
    """A conferencing app connected at the provider."""

    slug: str
    is_default: bool = False
    is_invalid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team at the provider and, where asked for, its members."""

    id: str
    name: str
    slug: str = ""
    organization: str = ""
    members: tuple[Person, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyTime:
    """A stretch that some calendar marks as busy. Titles are not kept."""

    interval: Interval
    source: str = ""
