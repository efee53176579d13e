"""The requests: what a person wants, one frozen type a family of acts, each with the fields that its acts need and no others.

None and empty mean: neither said nor inferred. Times are kept as said, for follow-ups.

Rule for the next editor: a new act is a member of `Intent`, named in the `intent` of its family here, and a row in `machine`'s
table. A new family is a type here and a member of `Request`; the type checker then names the places in `request/` that must say
how a text (`fill.py`) and a form (`forms.py`) fill it. Requests are stored with their card: new fields get defaults, and
an intent belongs to one family only, because it tells the families apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.families.anything import AnyRequest
from bot.dialogue.families.beside import TalkRequest, TimeRequest, TogetherRequest, UndoRequest
from bot.dialogue.families.managing import (
    AccountRequest,
    EventTypeRequest,
    HoursRequest,
    LimitsRequest,
    ListRequest,
    ProfileRequest,
    ReminderRequest,
    WebhookRequest,
)
from bot.dialogue.families.meetings import AnyBookingRequest, BookingRequest, Distance, MoveRequest, SlotRequest

if TYPE_CHECKING:
    from bot.scheduling.models import Booking, Hold

__all__ = [
    "AccountRequest",
    "AnyBookingRequest",
    "AnyRequest",
    "BookingRequest",
    "Distance",
    "EventTypeRequest",
    "HoursRequest",
    "LimitsRequest",
    "ListRequest",
    "MoveRequest",
    "OnBooking",
    "ProfileRequest",
    "ReminderRequest",
    "Request",
    "SlotRequest",
    "TalkRequest",
    "TimeRequest",
    "TogetherRequest",
    "UndoRequest",
    "WebhookRequest",
    "booking_of",
    "hold_of",
]

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
