"""The card that tells what came of a press: closed, and what can be done to a booking next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.buttons import stay_button
from bot.dialogue.families import BookingRequest, MoveRequest
from bot.language.meaning import Intent

if TYPE_CHECKING:
    from bot.dialogue.buttons import Button
    from bot.scheduling.models import Booking


def booking_buttons(booking: Booking) -> tuple[Button, ...]:
    """Move and cancel, leaving the card as it is."""
    return (
        stay_button("move", "Move", MoveRequest(booking=booking)),
        stay_button("cancel", "Cancel meeting", BookingRequest(intent=Intent.CANCEL, booking=booking)),
    )
