"""Lists of bookings, filtered again on this side; and the page on which an attendee moves a booking."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from bot.scheduling.models import BookingState, BookingStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.scheduling.models import Booking, BookingQuery, EventType

MOST_MOVES = 8
"""How often a booking may have been moved until nobody follows it any more."""
_ALLOWED = {
    BookingState.UPCOMING: {BookingStatus.BOOKED, BookingStatus.OTHER},
    BookingState.REQUESTED: {BookingStatus.REQUESTED},
    BookingState.CANCELLED: {BookingStatus.CANCELLED, BookingStatus.REJECTED},
}


def with_move_page(booking: Booking, kinds: Sequence[EventType]) -> Booking:
    """The same with the page that its attendee has in the mail: `/reschedule/{uid}` beside the type's booking page."""
    kind = next((one for one in kinds if one.id == booking.event_type), None)
    stands = booking.status in {BookingStatus.BOOKED, BookingStatus.REQUESTED}
    if kind is None or not stands or not kind.can_move or not kind.booking_url.startswith("http"):
        return booking
    site = urlsplit(kind.booking_url)
    return replace(booking, move_url=f"{site.scheme}://{site.netloc}/reschedule/{quote(booking.id, safe='')}")


def is_backwards(query: BookingQuery) -> bool:
    """Lists that only look back begin with the newest, so that a limit keeps the latest."""
    return bool(query.states) and set(query.states) <= {BookingState.PAST, BookingState.CANCELLED}


def fits(booking: Booking, query: BookingQuery) -> bool:
    """Whether a booking is one of those asked for, whatever the server made of the query."""
    if query.window and not query.window.contains(booking.slot.start):
        return False
    if query.event_type and booking.event_type and booking.event_type != query.event_type:
        return False
    if query.attendee_email:
        wanted = query.attendee_email.lower()
        addresses = {each.email.lower() for each in booking.attendees if each.email} | set(booking.guests)
        if wanted not in addresses:
            return False
    loose = {BookingState.PAST, BookingState.RECURRING} & set(query.states)
    return bool(loose) or any(booking.status in _ALLOWED[state] for state in query.states)
