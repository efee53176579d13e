"""The requests: what a person wants, one frozen type a family of acts, each with the fields that its acts need and no others.

None and empty mean: neither said nor inferred. Times are kept as said, for follow-ups.

Rule for the next editor: a new act is a member of `Intent`, named in the `intent` of its family here, and a row in `machine`'s
table. A new family is a type here and a member of `Request`; the type checker then names the places in `request/` that must say
how a text (`fill.py`) and a form (`forms.py`) fill it. Requests are stored with their card: new fields get defaults, and
an intent belongs to one family only, because it tells the families apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta  # noqa: TC003  stored by pydantic adapters, which read annotations
from typing import Literal

from bot.language.meaning import Grain, Intent, LimitWish, Moment, PlaceWish, Recurrence
from bot.language.signs import Cue  # noqa: TC001  as above
from bot.scheduling.models import Booking, EventType, Hold, Person, Slot  # noqa: TC001  as above
from bot.scheduling.writes import Write  # noqa: TC001  as above


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far from a time that is spoken of: by an amount, or (without one) the unit beside it («the week after»)."""

    unit: Grain
    is_before: bool
    amount: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyRequest:
    """What every request has."""

    intent: Intent
    asked_at: datetime | None = None
    is_done: bool = False
    """Carried out: kept so that a follow-up knows what it speaks of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRequest(AnyRequest):
    """A time is wanted: to be shown, booked or held, once or on several dates, here or on somebody's public page."""

    intent: Literal[Intent.FIND_SLOTS, Intent.BOOK, Intent.HOLD]
    event_type: str | None = None
    length: timedelta | None = None
    attendee: Person | None = None
    guests: tuple[Person, ...] = ()
    is_either: bool = False
    """One of the people is enough («ana or bo»)."""
    optional: tuple[str, ...] = ()
    """Who need not come, by the key that names them in a search."""
    outsiders: tuple[str, ...] = ()
    """Names that were looked for and fit nobody we know."""
    groups: tuple[str, ...] = ()
    """Groups that were named, until their members are known."""
    in_thread: bool = False
    """Everybody of the thread is meant, until they are known."""
    share: str = ""
    """The share it is picked from; the account that books is then the sharer's."""
    rechecks: bool = False
    """Everybody was free when the card was shown, and is looked at again before the write."""
    moments: tuple[Moment, ...] = ()
    excluded: tuple[Moment, ...] = ()
    recurrence: Recurrence | None = None
    is_each: bool = False
    """Every time named is wanted («tuesday and thursday»), not one of them."""
    zone: str | None = None
    """The zone that was named for these times; None: the asker's own."""
    is_their_clock: bool = False
    """The times are meant by the attendee's clock, whose zone is still to be known."""
    zones: tuple[str, ...] = ()
    """Candidates of an ambiguous zone name, until one is picked."""
    slot: Slot | None = None
    """The slot picked, once there is one."""
    not_before: datetime | None = None
    """Only later slots: the earlier ones were shown already."""
    hold: Hold | None = None
    place: PlaceWish | None = None
    answers: tuple[tuple[str, str], ...] = ()
    """The event type's questions, answered: (key, text)."""
    topic: str = ""
    wanted: str = ""
    """Words that name the kind of meeting and fit no event type."""
    host: str | None = None
    """Whose public page is booked on, by user name at the provider; the attendee is then the asker."""
    host_type: EventType | None = None
    """The type picked on that page."""
    whose: str = ""
    """The name of the person whose calendar was asked for; their page must be named before it can be read."""
    booking: Booking | None = None
    """What was made of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyBookingRequest(AnyRequest):
    """What every request about a booking has: which one is meant, by what was said of it or by having been found."""

    booking: Booking | None = None
    """The booking meant, once it was found."""
    attendee: Person | None = None
    """Who is in it."""
    others: tuple[Person, ...] = ()
    """Who else was named: each in a booking of their own, or in the same."""
    excluded_people: tuple[Person, ...] = ()
    """In whose bookings nothing is to happen («all but lena»)."""
    excluded: tuple[Moment, ...] = ()
    """At which times nothing is to happen."""
    excluded_type: str = ""
    """Bookings of which kind are left out."""
    which: int | None = None
    """The nth of those that fit, in the order of their times, from 1; -1 is the last."""
    sought: tuple[Moment, ...] = ()
    """Its present time («tuesday's 3pm»)."""
    wanted: str = ""
    """Words that name it."""
    zone: str | None = None
    """The zone that was named for these times; None: the asker's own."""
    cues: frozenset[Cue] = frozenset()
    """What the text said beside that (all of them, the next one)."""
    loose: tuple[str, ...] = ()
    """Words of the text that may name it or somebody in it."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRequest(AnyBookingRequest):
    """Something about a booking beside its time: list, cancel, decide on it, its people, its place."""

    intent: Literal[
        Intent.LIST_BOOKINGS,
        Intent.CANCEL,
        Intent.APPROVE,
        Intent.DECLINE,
        Intent.ADD_GUESTS,
        Intent.MARK_ABSENT,
        Intent.SHOW_INVITEES,
        Intent.CHANGE_PLACE,
        Intent.COUNT_BOOKINGS,
        Intent.REMOVE_GUESTS,
        Intent.CHANGE_LENGTH,
        Intent.CHANGE_TITLE,
        Intent.CHANGE_NOTE,
        Intent.RESEND,
        Intent.ASK_NEW_TIME,
        Intent.BOOKING_STATUS,
        Intent.SHOW_RECORDS,
        Intent.SHOW_ROOM,
        Intent.SHOW_CALENDAR_LINKS,
    ]
    length: timedelta | None = None
    """How long it is to be."""
    text: str = ""
    """The title or the note it is to have."""
    guests: tuple[Person, ...] = ()
    """Who is to be added, or was absent."""
    place: PlaceWish | None = None
    typed_place: str = ""
    """Where it is to be, as typed into the form: an address or a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRequest(AnyBookingRequest):
    """A booking is to be at another time."""

    intent: Literal[Intent.RESCHEDULE] = Intent.RESCHEDULE
    moments: tuple[Moment, ...] = ()
    """Where it is to go."""
    is_their_clock: bool = False
    """The times are meant by the attendee's clock."""
    zones: tuple[str, ...] = ()
    """Candidates of an ambiguous zone name."""
    slot: Slot | None = None
    """The slot picked, once there is one."""
    not_before: datetime | None = None
    """Only later slots: the earlier ones were shown already."""
    distance: Distance | None = None
    """What counts from the booking («a week later»), until the booking is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTypeRequest(AnyRequest):
    """Event types are to be shown, made, changed, deleted, or linked to."""

    intent: Literal[
        Intent.SHOW_EVENT_TYPES,
        Intent.CREATE_EVENT_TYPE,
        Intent.CHANGE_EVENT_TYPE,
        Intent.DELETE_EVENT_TYPE,
        Intent.CREATE_LINK,
    ]
    event_type: str | None = None
    """The one meant, once it is known."""
    name: str = ""
    """What it was called when it was named."""
    new_name: str = ""
    """What it is to be called."""
    length: timedelta | None = None
    hidden: bool | None = None
    """Whether it is to be hidden; None: nothing was said of that."""
    count: int | None = None
    """How often a link is to work."""
    moments: tuple[Moment, ...] = ()
    """Until when a link is to work."""
    wanted: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursRequest(AnyRequest):
    """Working hours and schedules are to be shown, changed, made or deleted."""

    intent: Literal[
        Intent.SHOW_HOURS,
        Intent.SET_HOURS,
        Intent.TIME_OFF,
        Intent.SHOW_AWAY,
        Intent.BLOCK_TIME,
        Intent.CREATE_SCHEDULE,
        Intent.DELETE_SCHEDULE,
    ]
    schedule: str = ""
    """The schedule meant, by name."""
    name: str = ""
    """A name that may be a schedule's."""
    moments: tuple[Moment, ...] = ()
    recurrence: Recurrence | None = None
    zone: str | None = None
    topic: str = ""
    weekdays: tuple[int, ...] = ()
    """Weekdays named, Monday being 0."""
    stretches: tuple[tuple[time, time], ...] = ()
    """Stretches of the day that were named."""
    cues: frozenset[Cue] = frozenset()
    loose: tuple[str, ...] = ()
    stand_in: Person | None = None
    """Who takes over while one is away."""
    in_hours: bool = False
    """Days away are to be closed in the working hours, although there is an out of office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRequest(AnyRequest):
    """Webhooks are to be shown, made, paused, resumed or deleted; news to be turned on or off."""

    intent: Literal[
        Intent.SHOW_WEBHOOKS,
        Intent.CREATE_WEBHOOK,
        Intent.PAUSE_WEBHOOK,
        Intent.RESUME_WEBHOOK,
        Intent.DELETE_WEBHOOK,
        Intent.NEWS_ON,
        Intent.NEWS_OFF,
    ]
    webhook: str = ""
    """The one picked, by id."""
    url: str = ""
    triggers: str = ""
    """The kinds of news named, comma-separated; `channel`, by its id: where news of that type is to stand too."""
    channel: str = ""
    event_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRequest(AnyRequest):
    """The account's profile is to be changed."""

    intent: Literal[Intent.CHANGE_PROFILE] = Intent.CHANGE_PROFILE
    name: str = ""
    zone: str | None = None
    typed_zone: str = ""
    """The zone as typed into the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsRequest(AnyRequest):
    """Limits of an event type are to be set: buffers, notice, how far ahead, how many."""

    intent: Literal[Intent.SET_LIMITS] = Intent.SET_LIMITS
    event_type: str | None = None
    wanted: str = ""
    """Words that name the type."""
    limits: tuple[LimitWish, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRequest(AnyRequest):
    """A question about times: what it is elsewhere, why nothing is free, what is free first."""

    intent: Literal[Intent.TELL_TIME, Intent.WHY_NOT, Intent.NEXT_OPENING]
    moments: tuple[Moment, ...] = ()
    event_type: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoRequest(AnyRequest):
    """What was just written is to be taken back, by these writes, until then."""

    intent: Literal[Intent.UNDO] = Intent.UNDO
    writes: tuple[Write, ...] = ()
    until: datetime | None = None
    booking: Booking | None = None
    """The booking that it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest(AnyRequest):
    """What there is in the account is to be listed."""

    intent: Literal[
        Intent.SHOW_PENDING,
        Intent.SHOW_TEAM,
        Intent.SHOW_CALENDARS,
        Intent.SHOW_CONFERENCING,
        Intent.SHOW_BUSY,
        Intent.SHOW_EMAILS,
        Intent.SHOW_HOLDS,
    ]
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherRequest(AnyRequest):
    """Colleagues: let them see when one is free, let them pick a time, ask one of them, poll several."""

    intent: Literal[
        Intent.SHARE_FREE,
        Intent.STOP_SHARING,
        Intent.SHARE_TIMES,
        Intent.ASK_OTHER,
        Intent.PASTE_TIMES,
        Intent.POLL,
    ]
    people: tuple[Person, ...] = ()
    outsiders: tuple[str, ...] = ()
    """Names that were looked for and fit nobody we know."""
    moments: tuple[Moment, ...] = ()
    excluded: tuple[Moment, ...] = ()
    event_type: str | None = None
    length: timedelta | None = None
    zone: str | None = None
    most: int | None = None
    """How many bookings at most."""
    slots: tuple[Slot, ...] = ()
    """The times to vote on, once they are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRequest(AnyRequest):
    """Accounts: connect one, leave it, whose it is, another one; or forget the person."""

    intent: Literal[Intent.CONNECT, Intent.DISCONNECT, Intent.WHOAMI, Intent.USE_ACCOUNT, Intent.FORGET_ME]
    provider: str = ""
    """As it was named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRequest(AnyRequest):
    """What is told by itself is to be set, or stopped: the agenda, or notes before meetings."""

    intent: Literal[Intent.AGENDA, Intent.REMIND]
    moments: tuple[Moment, ...] = ()
    recurrence: Recurrence | None = None
    before: timedelta | None = None
    """How long before a meeting."""
    is_once: bool = False
    """Only of the next meeting."""
    is_off: bool = False
    channel: str = ""
    """Where the agenda is to stand, likewise."""
    settings: tuple[tuple[str, str], ...] = ()
    """What the form of all settings brought, by field name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRequest(AnyRequest):
    """Talk beside the calendar."""

    intent: Literal[Intent.HELP, Intent.GREETING]


Request = (
    SlotRequest
    | BookingRequest
    | MoveRequest
    | EventTypeRequest
    | HoursRequest
    | WebhookRequest
    | ProfileRequest
    | LimitsRequest
    | TimeRequest
    | UndoRequest
    | ListRequest
    | TogetherRequest
    | AccountRequest
    | ReminderRequest
    | TalkRequest
)
"""Whatever is wanted; told apart by `intent`."""

OnBooking = BookingRequest | MoveRequest
"""A request about a booking that stands."""


def booking_of(request: Request | None) -> Booking | None:
    """The booking that a request speaks of."""
    return request.booking if isinstance(request, SlotRequest | BookingRequest | MoveRequest | UndoRequest) else None


def hold_of(request: Request | None) -> Hold | None:
    """The hold that a request speaks of."""
    return request.hold if isinstance(request, SlotRequest) else None
