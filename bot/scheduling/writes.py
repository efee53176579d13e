"""What can be written at a provider: one frozen value per write, exactly as it will be sent after the press.

Rule for the next editor: a new write is a dataclass here, a member of `Write`, a case in each provider, and a card in the
dialogue. Values are stored in the ledger, so a released `kind` never changes its meaning.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta  # noqa: TC003  stored by pydantic adapters, which read annotations
from typing import Literal

from bot.scheduling.hosting import Away, SharedLink  # noqa: TC001  as above
from bot.scheduling.hosting_writes import CreateAway, CreateOneOff, DeleteAway, DeleteLink
from bot.scheduling.limits import BookingWindow, Cap  # noqa: TC001  as above
from bot.scheduling.models import (  # noqa: TC001  as above
    Attendee,
    Booking,
    EventType,
    Hold,
    Hours,
    Override,
    Place,
    Profile,
    Question,
    Schedule,
    Slot,
    Webhook,
)
from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSlot:
    """Keep a slot for a short while."""

    event_type: str
    slot: Slot
    length: timedelta | None = None
    kind: Literal["hold"] = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHold:
    """Give a held slot back."""

    hold: str
    slot: Slot | None = None
    kind: Literal["release"] = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSlot:
    """Book a slot. `length` only for a type with several; `answers` are (question key, answer)."""

    event_type: str
    slot: Slot
    attendee: Attendee
    guests: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    place: Place | None = None
    length: timedelta | None = None
    host: str | None = None
    """The user name of somebody else's public page; then `event_type` is a slug there."""
    recurrence_count: int | None = None
    """For a type that repeats by itself: how many dates the one call makes. None for every other type."""
    series: tuple[Slot, ...] = ()
    """The dates of such a series as the card lists them, `slot` first; empty for a single one."""
    kind: Literal["book"] = "book"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveBooking:
    """Move a booking from `old` to `slot`. `event_type` and `attendee` serve providers that book anew and then cancel."""

    booking: str
    old: Slot
    slot: Slot
    reason: str = ""
    event_type: str = ""
    attendee: Attendee | None = None
    seat: str = ""
    kind: Literal["move"] = "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelBooking:
    """Cancel a booking, for everybody; with `and_following` the later ones of its series too."""

    booking: str
    slot: Slot
    reason: str = ""
    and_following: bool = False
    seat: str = ""
    before: Booking | None = None
    """The booking as the card showed it: what an undo would book again."""
    kind: Literal["cancel"] = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveBooking:
    """Approve a requested booking."""

    booking: str
    kind: Literal["approve"] = "approve"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineBooking:
    """Decline a requested booking."""

    booking: str
    reason: str = ""
    kind: Literal["decline"] = "decline"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddGuests:
    """Add guests (mail addresses) to a booking."""

    booking: str
    emails: tuple[str, ...]
    kind: Literal["add_guests"] = "add_guests"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveGuests:
    """Take guests or attendees (mail addresses) off a booking."""

    booking: str
    emails: tuple[str, ...]
    kind: Literal["remove_guests"] = "remove_guests"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEntry:
    """Change a booking's entry in the host's calendar: its title, note or end. None stays; bookings are not told."""

    booking: str
    slot: Slot
    title: str | None = None
    note: str | None = None
    end: datetime | None = None
    title_before: str = ""
    kind: Literal["change_entry"] = "change_entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAbsent:
    """Mark attendees (by mail) or the host as absent from a meeting that has begun; `is_absent` false takes it back."""

    booking: str
    emails: tuple[str, ...] = ()
    host: bool = False
    is_absent: bool = True
    kind: Literal["mark_absent"] = "mark_absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePlace:
    """Change where a booking happens."""

    booking: str
    place: Place
    before: Place | None = None
    """Where it was, where that is one of its event type's own places: what an undo would put back."""
    kind: Literal["change_place"] = "change_place"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateEventType:
    """Create an event type."""

    title: str
    slug: str
    lengths: tuple[timedelta, ...]
    description: str = ""
    is_hidden: bool = False
    places: tuple[Place, ...] = ()
    buffer_before: timedelta | None = None
    buffer_after: timedelta | None = None
    interval: timedelta | None = None
    kind: Literal["create_event_type"] = "create_event_type"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEventType:
    """Change an event type; what is None stays. Lists replace the whole list, and an empty one lifts what was set."""

    event_type: str
    title: str | None = None
    lengths: tuple[timedelta, ...] | None = None
    description: str | None = None
    is_hidden: bool | None = None
    places: tuple[Place, ...] | None = None
    questions: tuple[Question, ...] | None = None
    buffer_before: timedelta | None = None
    buffer_after: timedelta | None = None
    minimum_notice: timedelta | None = None
    interval: timedelta | None = None
    """Nothing: as long as the meeting."""
    window: BookingWindow | None = None
    caps: tuple[Cap, ...] | None = None
    seats: int | None = None
    """0: one attendee a meeting."""
    needs_approval: bool | None = None
    before: EventType | None = None
    """The type as the card showed it: what an undo would put back."""
    kind: Literal["change_event_type"] = "change_event_type"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteEventType:
    """Delete an event type; final."""

    event_type: str
    kind: Literal["delete_event_type"] = "delete_event_type"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateSchedule:
    """Create a schedule."""

    name: str
    zone: str
    hours: tuple[Hours, ...] = ()
    overrides: tuple[Override, ...] = ()
    is_default: bool = False
    kind: Literal["create_schedule"] = "create_schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSchedule:
    """Change a schedule; what is None stays, what is given replaces the whole list."""

    schedule: str
    name: str | None = None
    zone: str | None = None
    hours: tuple[Hours, ...] | None = None
    overrides: tuple[Override, ...] | None = None
    is_default: bool | None = None
    before: Schedule | None = None
    """The schedule as the card showed it: what an undo would put back."""
    kind: Literal["change_schedule"] = "change_schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteSchedule:
    """Delete a schedule; final."""

    schedule: str
    kind: Literal["delete_schedule"] = "delete_schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProfile:
    """Change the account's profile; what is None stays."""

    name: str | None = None
    zone: str | None = None
    default_schedule: str | None = None
    before: Profile | None = None
    """The profile as the card showed it: what an undo would put back."""
    kind: Literal["change_profile"] = "change_profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateWebhook:
    """Subscribe a webhook. The secret is not part of the card: the account's store keeps it under `token`."""

    url: str
    triggers: tuple[str, ...]
    event_type: str = ""
    token: str = ""
    """Names the account's own subscription secret; empty for somebody else's address (the provider then signs with none)."""
    kind: Literal["create_webhook"] = "create_webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWebhook:
    """Pause, resume or re-aim a webhook; what is None stays."""

    webhook: str
    is_active: bool | None = None
    triggers: tuple[str, ...] | None = None
    event_type: str = ""
    before: Webhook | None = None
    kind: Literal["change_webhook"] = "change_webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteWebhook:
    """Delete a webhook."""

    webhook: str
    event_type: str = ""
    before: Webhook | None = None
    kind: Literal["delete_webhook"] = "delete_webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateLink:
    """A link that books an event type once, `uses` times, or until `expires_at` (then `uses` is None).

    `title`, `length` and the days are the link's own where the provider has that; they leave the type as it is.
    """

    event_type: str
    uses: int | None = 1
    expires_at: datetime | None = None
    title: str = ""
    length: timedelta | None = None
    first: date | None = None
    last: date | None = None
    kind: Literal["create_link"] = "create_link"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateConnection:
    """Create a connection at the gateway; `provider` is calcom or calendly."""

    provider: str
    kind: Literal["create_connection"] = "create_connection"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteConnection:
    """Remove an account; at the gateway too, when it is a connection there."""

    account: str
    connection: str = ""
    kind: Literal["delete_connection"] = "delete_connection"


Write = (
    HoldSlot
    | ReleaseHold
    | BookSlot
    | MoveBooking
    | CancelBooking
    | ApproveBooking
    | DeclineBooking
    | AddGuests
    | RemoveGuests
    | MarkAbsent
    | ChangePlace
    | ChangeEntry
    | CreateEventType
    | ChangeEventType
    | DeleteEventType
    | CreateSchedule
    | ChangeSchedule
    | DeleteSchedule
    | ChangeProfile
    | CreateWebhook
    | ChangeWebhook
    | DeleteWebhook
    | CreateLink
    | DeleteLink
    | CreateOneOff
    | CreateAway
    | DeleteAway
    | CreateConnection
    | DeleteConnection
)
"""Everything that can be written; told apart by `kind`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a write came to, as the provider says. The field that fits the write is set."""

    hold: Hold | None = None
    booking: Booking | None = None
    bookings: tuple[Booking, ...] = ()
    """All bookings of a series; `booking` is then the first."""
    leftover: Booking | None = None
    """A move by book-then-cancel whose cancel failed: the old booking still stands."""
    event_type: EventType | None = None
    schedule: Schedule | None = None
    profile: Profile | None = None
    webhook: Webhook | None = None
    away: Away | None = None
    shared: SharedLink | None = None
    """The link that was made, so that it can be withdrawn."""
    link: str = ""
    """A scheduling link, or the private link of a new connection."""
    account: str = ""
    """Our id of the account that a connection write made or removed."""
    note: str = ""
    """One sentence for the person, where it came to something else than the card showed (a link instead of a booking)."""

    def is_part_of(self, write: Write) -> bool:
        """Whether dates of a series are missing still: whoever is making them may be at work."""
        return isinstance(write, BookSlot) and len(write.series) > max(len(self.bookings), 1)
