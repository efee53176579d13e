"""The card that tells what came of a press: closed, and what can be done to a booking next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.buttons import stay_button
from bot.dialogue.families import BookingRequest, MoveRequest
from bot.language.meaning import Intent

if TYPE_CHECKING:
    from bot.dialogue.buttons import Button
    from bot.dialogue.talk import Talk
    from bot.scheduling.models import Booking


def calendar_button(talk: Talk, booking: Booking) -> tuple[Button, ...]:
    """The links that add it to a calendar, where the service makes them."""
    can = talk.context.capabilities
    if can is None or not can.calendar_links:
        return ()
    asked = BookingRequest(intent=Intent.SHOW_CALENDAR_LINKS, booking=booking)
    return (stay_button("calendar", "Add to a calendar", asked),)


def is_of_others(talk: Talk, booking: Booking) -> bool:
    """Whether a team's type gave it to another host: it stands in their calendar, and only Undo takes it back from here."""
    me = talk.context.profile
    if me is None or not me.email or not any(host.email for host in booking.hosts):
        return False
    addresses = {(host.email or "").lower() for host in booking.hosts} | {guest.lower() for guest in booking.guests}
    addresses |= {(attendee.email or "").lower() for attendee in booking.attendees}
    own = {me.email.lower(), (talk.context.asker.email or "").lower()}
    return not own & (addresses - {""})


def booking_buttons(booking: Booking) -> tuple[Button, ...]:
    """Move and cancel, leaving the card as it is."""
    return (
        stay_button("move", "Move", MoveRequest(booking=booking)),
        stay_button("cancel", "Cancel meeting", BookingRequest(intent=Intent.CANCEL, booking=booking)),
    )
