"""What the core wants done: the loop performs it and comes back with its outcome."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime  # noqa: TC003  stored by pydantic adapters, which read annotations
from enum import StrEnum

from bot.dialogue.acts.together import TogetherEffect
from bot.scheduling.hosting import RoutingForm  # noqa: TC001  as above
from bot.scheduling.models import Booking, BookingQuery, SlotQuery  # noqa: TC001  as above
from bot.scheduling.reminding.preferences import NOTHING_SET, Preferences
from bot.scheduling.times import Interval  # noqa: TC001  as above
from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FindSlots:
    """Ask the provider for free slots, one answer a query."""

    queries: tuple[SlotQuery, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindBookings:
    """Ask the provider for bookings."""

    query: BookingQuery


class Look(StrEnum):
    """What else can be looked up; the value of `Found` is a tuple of the noun behind the dash."""

    BOOKING = "booking"  # - Booking; `argument` is its id
    PROFILE = "profile"  # - Profile
    EVENT_TYPES = "event_types"  # - EventType, read afresh; `argument` a user name for a public page
    SCHEDULES = "schedules"  # - Schedule; with `argument` UsedBy too, of each for which that is told
    CALENDARS = "calendars"  # - Calendar
    CONFERENCING = "conferencing"  # - ConferencingApp; Place where only the places that may be offered are told
    BUSY = "busy"  # - BusyTime; needs `window`
    DAY = "day"  # - Schedule, BusyTime and Booking of `window`, mixed: everything that makes times free or not
    TEAMS = "teams"  # - Team
    ABSENCE = "absence"  # - Schedule and Away, with `argument` Team too; a FeatureState where the host keeps none
    RECORDS = "records"  # - MeetingRecord; `argument` is a booking's id
    ROOM = "room"  # - RoomState; `argument` is a booking's id
    CALENDAR_LINKS = "calendar_links"  # - CalendarLink; `argument` is a booking's id
    FORMS = "forms"  # - RoutingForm
    SUBMISSIONS = "submissions"  # - FormSubmission; `form` is whose
    ROUTED = (
        "routed"  # - Routed; `argument` is a form's id, `answers` what is answered, in `window`, `zone` the asker's
    )
    WEBHOOKS = "webhooks"  # - Webhook
    EMAILS = "emails"  # - str
    HOLD = "hold"  # - Hold; `argument` is its id; empty when it ran out
    HOLDS = "holds"  # - Hold, by start: all that stand in the account, as our own ledger knows them
    ACCOUNTS = "accounts"  # - AccountFacts
    PREFERENCES = "preferences"  # - Preferences
    STANDING = "standing"  # - Poll and Share, mixed: what the person has open before colleagues
    CONNECTION = "connection"  # - AccountFacts, after asking the gateway whether the person has consented


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUp:
    """Ask the provider (or our own store, for accounts) for something else."""

    what: Look
    argument: str = ""
    window: Interval | None = None
    form: RoutingForm | None = None
    answers: tuple[tuple[str, str], ...] = ()
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Perform:
    """Claim one option of a card and carry its writes out."""

    card: str
    option: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectKey:
    """Check a key that a person entered and keep it as their account. `key` is a secret."""

    provider: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseAccount:
    """Make one of the person's accounts the default."""

    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetMe:
    """Delete everything kept about this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefer:
    """From now on this is told by itself. `zone` is where the person is, for times of the day."""

    preferences: Preferences
    zone: str
    before: Preferences = NOTHING_SET
    """What was so until now."""
    intro: str = ""
    """What the channel of the agenda reads first; empty where there is none, or it has read it before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellLate:
    """Tell a colleague, once a meeting, that the person comes a little later."""

    booking: Booking
    member: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind:
    """Tell of that one meeting at that time."""

    booking: Booking
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNews:
    """From now on the news of that event type stand in that channel too, which is told so with `intro`."""

    channel: str
    event_type: str
    title: str
    intro: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPosting:
    """No more in that channel; of that event type, where one is named."""

    channel: str
    event_type: str = ""


Effect = (
    FindSlots
    | FindBookings
    | LookUp
    | Perform
    | ConnectKey
    | ChooseAccount
    | ForgetMe
    | TogetherEffect
    | Prefer
    | Remind
    | TellLate
    | PostNews
    | StopPosting
)
