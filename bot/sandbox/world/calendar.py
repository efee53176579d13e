"""The practice world itself: accounts, hours, event types, busy times, bookings and holds, in nobody's wire words.

The rows are frozen; the world's tables map an id to the present row, and a change puts a new row in. Both providers
present these same tables in their own shapes. What is free is computed in `availability.py`; who lives here is decided
in `population.py`.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import uuid
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.scheduling.times import Interval
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.hosting import Away, Entry, FormResponse, RoutingForm, SharedLink
    from bot.scheduling.models import Hours, Override

_UID_LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


class State(StrEnum):
    """Where a booking stands."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    CANCELLED = "cancelled"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Named working hours of one account, wall-clock in `zone`."""

    id: int
    owner: int
    name: str
    zone: str
    hours: tuple[Hours, ...] = ()
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """The bookable template. `hosts` has one member for a personal type; `places`, `questions` and `settings` keep the
    provider's own words, because no rule here reads into them beyond what is named.
    """

    id: int
    owner: int | None
    hosts: tuple[int, ...]
    title: str
    slug: str
    lengths: tuple[timedelta, ...]
    """The default first; with several, the booker may choose."""
    has_options: bool = False
    description: str | None = None
    places: tuple[Mapping[str, Any], ...] = ()
    questions: tuple[Mapping[str, Any], ...] = ()
    notice: timedelta = timedelta(hours=2)
    buffer_before: timedelta = timedelta(0)
    buffer_after: timedelta = timedelta(0)
    slot_interval: timedelta | None = None
    offset: timedelta = timedelta(0)
    window: Mapping[str, Any] | None = None
    approval: Mapping[str, Any] | None = None
    """None: bookings are accepted at once. `blocks` inside says whether a request already takes the time."""
    seats: Mapping[str, Any] | None = None
    recurrence: Mapping[str, Any] | None = None
    is_hidden: bool = False
    schedule: int | None = None
    team: int | None = None
    scheduling: str | None = None
    """`collective` (all hosts), `roundRobin` (one of them), `managed`, or None for a personal type."""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    is_modern: bool = True
    """False for one made through the oldest API, which stores less about it."""
    created_at: datetime

    @property
    def length(self) -> timedelta:
        """The length it has when none is asked for."""
        return self.lengths[0]

    @property
    def seat_count(self) -> int | None:
        """How many people one time takes; None where a time is one meeting."""
        return int(self.seats["seatsPerTimeSlot"]) if self.seats else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody invited. The first of a booking is the one who booked."""

    id: int
    name: str
    email: str
    zone: str
    language: str = "en"
    phone: str | None = None
    is_absent: bool = False
    seat: str | None = None
    responses: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A meeting, asked for or agreed. Both ends are instants."""

    id: int
    uid: str
    event_type: int
    hosts: tuple[int, ...]
    title: str
    start: datetime
    end: datetime
    state: State
    guests: tuple[Guest, ...]
    place: str = ""
    description: str | None = ""
    responses: Mapping[str, Any] = field(default_factory=dict)
    extra_guests: tuple[str, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    calendar_uid: str = ""
    revision: int = 0
    series: str | None = None
    is_seated: bool = False
    is_host_absent: bool = False
    moved_from: str | None = None
    moved_to: str | None = None
    move_reason: str | None = None
    moved_by: str | None = None
    cancel_reason: str | None = None
    cancelled_by: str | None = None
    reject_reason: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    created_at: datetime
    updated_at: datetime

    @property
    def interval(self) -> Interval:
        """From start to end."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A slot kept until `expires_at`; advisory."""

    uid: str
    event_type: int
    hosts: tuple[int, ...]
    start: datetime
    end: datetime
    expires_at: datetime
    keep: timedelta

    @property
    def interval(self) -> Interval:
        """From start to end."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """Time taken in the account's outside calendar."""

    owner: int
    start: datetime
    end: datetime
    title: str = "Busy"

    @property
    def interval(self) -> Interval:
        """From start to end."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A subscription. `owner` or `event_type` says what it listens to; `settings` keeps the provider's further words."""

    id: str
    app: str
    url: str
    triggers: tuple[str, ...]
    secret: str | None
    is_active: bool = True
    owner: int | None = None
    event_type: int | None = None
    template: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """People who share event types. A team with `parent` belongs to an organization, which is a team itself."""

    id: int
    name: str
    slug: str
    members: tuple[int, ...] = ()
    parent: int | None = None
    is_organization: bool = False


class ChangeKind(StrEnum):
    """What happened to a booking, for those who subscribed."""

    CREATED = "created"
    REQUESTED = "requested"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    ABSENT = "absent"
    PRESENT = "present"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """News of one booking as it was at that moment. `previous` is the one it replaced, when it was moved."""

    kind: ChangeKind
    booking: Booking
    at: datetime
    previous: Booking | None = None


@dataclass(slots=True)
class World:
    """Everything there is. Numbers and uids are given out in order, so the same calls give the same world."""

    seed: int
    clock: Callable[[], datetime]
    accounts: dict[int, Account] = field(default_factory=dict)
    schedules: dict[int, Schedule] = field(default_factory=dict)
    event_types: dict[int, EventType] = field(default_factory=dict)
    bookings: dict[str, Booking] = field(default_factory=dict)
    holds: dict[str, Hold] = field(default_factory=dict)
    busy: list[Busy] = field(default_factory=list)
    webhooks: dict[str, Webhook] = field(default_factory=dict)
    teams: dict[int, Team] = field(default_factory=dict)
    links: dict[str, SharedLink] = field(default_factory=dict)
    aways: dict[int, Away] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    """What was changed of a booking's entry in the outside calendar, by the booking's uid."""
    forms: dict[str, RoutingForm] = field(default_factory=dict)
    responses: list[FormResponse] = field(default_factory=list)
    keys: dict[tuple[str, str], int] = field(default_factory=dict)
    """(app, key or connection) → account."""
    unclaimed: list[int] = field(default_factory=list)
    """Accounts made with the world that wait for the first key that is seen."""
    shift: timedelta = timedelta(0)
    news: list[Change] = field(default_factory=list)
    """Changes that no subscriber has been told yet, oldest first."""
    _counters: dict[str, Iterator[int]] = field(default_factory=dict)
    _random: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        self._random = random.Random(f"pencil-sandbox-{self.seed}")  # noqa: S311 - a practice world must repeat itself

    def now(self) -> datetime:
        """The world's present instant (UTC)."""
        return self.clock().astimezone(UTC) + self.shift

    def number(self, table: str) -> int:
        """The next number of a table, from 1."""
        return next(self._counters.setdefault(table, itertools.count(1)))

    def short_uid(self) -> str:
        """A uid as bookings have it: 22 letters and digits."""
        return "".join(self._random.choices(_UID_LETTERS, k=22))

    def long_uid(self) -> str:
        """A random-looking UUID."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def randomness(self, *parts: object) -> random.Random:
        """A source of its own for one purpose, so that what is asked for first does not shift the rest."""
        digest = hashlib.sha256(repr((self.seed, *parts)).encode()).hexdigest()
        return random.Random(digest)  # noqa: S311 - as above

    def put_booking(self, booking: Booking) -> Booking:
        """Store the present row of a booking."""
        self.bookings[booking.uid] = booking
        return booking

    def change_booking(self, booking: Booking, **changes: Any) -> Booking:
        """A booking with changes, its time of change set."""
        return self.put_booking(replace(booking, **{"updated_at": self.now(), **changes}))

    def tell(self, kind: ChangeKind, booking: Booking, previous: Booking | None = None) -> None:
        """Note a change for the subscribers."""
        self.news.append(Change(kind=kind, booking=booking, at=self.now(), previous=previous))

    @property
    def is_hosted(self) -> bool:
        """Whether the world has what only the hosted edition has (teams, newer versions). The bare world has not."""
        return self.seed != 0

    def bookings_of(self, account: int) -> Iterator[Booking]:
        """The bookings that the account hosts, oldest number first."""
        return (booking for booking in list(self.bookings.values()) if account in booking.hosts)

    def live_holds(self) -> Iterator[Hold]:
        """Holds that have not run out."""
        now = self.now()
        return (hold for hold in list(self.holds.values()) if hold.expires_at > now)

    def account_named(self, app: str, username: str) -> Account | None:
        """The account with that public name."""
        return next((a for a in self.accounts.values() if a.app == app and a.username == username.lower()), None)

    def schedule_of(self, account: Account, event_type: EventType | None = None) -> Schedule | None:
        """The hours that count: the event type's own where it names some, else the account's default."""
        wanted = event_type.schedule if event_type and event_type.schedule else account.default_schedule
        return self.schedules.get(wanted) if wanted else None
