"""What a host has beside event types and bookings: links for one use, time away, records of meetings, what a host offers."""

from __future__ import annotations

from datetime import date, datetime, timedelta  # noqa: TC003  stored by pydantic adapters, which read annotations
from enum import StrEnum

from bot.scheduling.models import EventType, Question, Slot  # noqa: TC001  as above
from bot.values import dataclass


class AwayReason(StrEnum):
    """Why somebody is away, in the provider's closed list."""

    UNSPECIFIED = "unspecified"
    VACATION = "vacation"
    TRAVEL = "travel"
    SICK = "sick"
    PUBLIC_HOLIDAY = "public_holiday"


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Days on which nobody can book. Whole days, both ends included; Cal.com counts them in UTC."""

    id: str
    first: date
    last: date
    reason: AwayReason = AwayReason.UNSPECIFIED
    note: str = ""
    stand_in: str = ""
    """Who is booked instead, by the provider's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLink:
    """A link for one event type that is used up or runs out. `uses` None: as often as one likes until `expires_at`."""

    id: str
    event_type: str
    url: str
    uses: int | None = 1
    used: int = 0
    expires_at: datetime | None = None
    title: str = ""
    is_over: bool = False
    """Used up, run out or withdrawn."""


class RecordKind(StrEnum):
    """What is kept of a meeting."""

    RECAP = "recap"
    RECORDING = "recording"
    TRANSCRIPT = "transcript"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRecord:
    """Something kept of a meeting. `url` opens it and is a secret; `text` is a recap's own words, for its owner only."""

    kind: RecordKind
    title: str = ""
    url: str = ""
    text: str = ""
    started_at: datetime | None = None
    length: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomState:
    """Who is in a meeting's video room."""

    is_open: bool
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLink:
    """A link that adds a booking to a calendar app. `label` is the app."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedBy:
    """Which event types, by title, a schedule counts for."""

    schedule: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingForm:
    """A form whose answers lead to an event type."""

    id: str
    name: str
    description: str = ""
    questions: tuple[Question, ...] = ()
    is_open: bool = True
    """False for a draft, or one that was switched off."""
    team: str = ""
    """The provider's id of the team in whose list it stands, where it stands in one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSubmission:
    """What somebody answered. `answers` are (question, answer) in the form's words; personal, for its owner only."""

    answers: tuple[tuple[str, str], ...]
    sent_at: datetime | None = None
    is_booked: bool = False
    """Whether a booking came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """Where answers lead. Without an event type they lead to a page of the form's own, or to a type of somebody else's."""

    event_type: EventType | None = None
    slots: tuple[Slot, ...] = ()
    is_own: bool = True
    """False for an event type that the account cannot book."""


class Feature(StrEnum):
    """What not every host, plan or grant offers, although the provider has a call for it."""

    EVENT_TYPES = "event types"
    HOURS = "working hours"
    BOOKINGS = "bookings"
    SHARED_LINKS = "links for one use"
    AWAY = "out of office"
    CONTACTS = "contacts"
    RECORDS = "recaps and recordings"
    ROOM = "who is in the room"
    CALENDAR_LINKS = "calendar links"
    CALENDAR_ENTRIES = "calendar entries"
    TEAMS = "teams"
    NEWS = "news"
    SERIES = "series in one booking"
    FORMS = "routing forms"
    PLACES = "places"


class Offered(StrEnum):
    """What a host answered."""

    YES = "yes"
    NO = "no"
    """It has no such call."""
    FORBIDDEN = "forbidden"
    """The plan, the role or the grant does not allow it."""
    UNTRIED = "untried"
    """Nothing there to try it with, or no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureState:
    """Whether one account has a feature, and why not."""

    feature: Feature
    offered: Offered
    why: str = ""
