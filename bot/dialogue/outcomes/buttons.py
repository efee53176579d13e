"""The card that tells what came of a press: closed, and what can be done to a booking next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.dialogue.families import BookingRequest, MoveRequest
from bot.dialogue.talk import ButtonRow, Talk, show, stay_button
from bot.dialogue.wording import common
from bot.language.meaning import Intent

if TYPE_CHECKING:
    from bot.dialogue.context import Step
    from bot.dialogue.families import Request
    from bot.dialogue.talk import Button
    from bot.scheduling.models import Booking


def booking_buttons(booking: Booking) -> tuple[Button, ...]:
    """Move and cancel, leaving the card as it is."""
    return (
        stay_button("move", "Move", MoveRequest(booking=booking)),
        stay_button("cancel", "Cancel meeting", BookingRequest(intent=Intent.CANCEL, booking=booking)),
    )


def closed(talk: Talk, request: Request | None, text: str, *buttons: Button) -> Step:
    """The pressed card with its outcome and without live writes."""
    done = replace(request, is_done=True) if request is not None else None
    return show(talk, done, text, (common.line(text), ButtonRow(buttons=buttons)), is_live=False)
