"""The requests: what a person wants, one frozen type a family of acts, each with the fields that its acts need and no others.

None and empty mean: neither said nor inferred. Times are kept as said, for follow-ups.

Rule for the next editor: a new act is a member of `Intent`, named in the `intent` of its family here, and a handler in
`wishes.py`. A new family is a type here and a member of `Request`; the type checker then names the places in `request/` that
must say how a text (`fill.py`) and a form (`forms.py`) fill it. Requests are stored with their card: new fields get defaults,
and an intent belongs to one family only, because it tells the families apart.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, get_args, get_type_hints

from bot.dialogue.families.anything import AnyRequest
from bot.dialogue.families.beside import FormRequest, TalkRequest, TimeRequest, TogetherRequest, UndoRequest
from bot.dialogue.families.bookings import (
    AnyBookingRequest,
    Beside,
    BookingRequest,
    Distance,
    MoveRequest,
    Side,
    SlotRequest,
)
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
from bot.language.meaning import Intent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.scheduling.models import Booking

__all__ = [
    "AccountRequest",
    "AnyBookingRequest",
    "AnyRequest",
    "Beside",
    "BookingRequest",
    "Distance",
    "EventTypeRequest",
    "FormRequest",
    "HoursRequest",
    "LimitsRequest",
    "ListRequest",
    "MoveRequest",
    "OnBooking",
    "ProfileRequest",
    "ReminderRequest",
    "Request",
    "Side",
    "SlotRequest",
    "TalkRequest",
    "TimeRequest",
    "TogetherRequest",
    "UndoRequest",
    "WebhookRequest",
    "bare",
    "booking_of",
    "families",
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
    | FormRequest
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


@cache
def families() -> Mapping[Intent, type[Request]]:
    """The family of each intent that is a wish of its own, as the types name it."""
    return {intent: family for family in get_args(Request) for intent in get_args(get_type_hints(family)["intent"])}


def bare(intent: Intent) -> Request:
    """A request that says nothing but its intent; help for what is no wish of its own."""
    family = families().get(intent)
    return TalkRequest(intent=Intent.HELP) if family is None else family(intent=intent)  # type: ignore[arg-type]  # one of its own


def booking_of(request: Request | None) -> Booking | None:
    """The booking that a request speaks of."""
    return request.booking if isinstance(request, SlotRequest | BookingRequest | MoveRequest | UndoRequest) else None
