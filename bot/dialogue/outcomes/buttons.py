"""What can be done to a booking next, on the card that tells what came of a press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.conversation import Request
from bot.dialogue.talk import stay_button
from bot.language.meaning import Intent

if TYPE_CHECKING:
    from bot.dialogue.talk import Button
    from bot.scheduling.models import Booking


def booking_buttons(booking: Booking) -> tuple[Button, ...]:
    """Move and cancel, leaving the card as it is."""
    return (
        stay_button("move", "Move", Request(intent=Intent.RESCHEDULE, booking=booking)),
        stay_button("cancel", "Cancel meeting", Request(intent=Intent.CANCEL, booking=booking)),
    )
