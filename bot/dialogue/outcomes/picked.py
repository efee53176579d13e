"""What came of a press on a time of somebody's share: the booking stands on the sharer's account, not on the picker's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.outcomes.rows import blame, is_done
from bot.dialogue.talk import closed
from bot.dialogue.wording import times
from bot.dialogue.wording.together import sharing as words
from bot.scheduling.models import BookingStatus

if TYPE_CHECKING:
    from bot.dialogue.context import Step
    from bot.dialogue.talk import Talk
    from bot.scheduling.ledger import LedgerRow


def picked(talk: Talk, rows: tuple[LedgerRow, ...]) -> Step:
    """Booked or not; there is nothing to move or cancel from here."""
    row = rows[0]
    booking = row.written.booking if row.written else None
    if not is_done(row) or booking is None:
        return closed(talk, None, blame(row, talk))
    host = next((one.name for one in booking.hosts), "") or booking.title
    when = times.stretch(booking.slot, talk.zone, talk.now)
    is_request = booking.status is BookingStatus.REQUESTED
    return closed(talk, None, (words.requested if is_request else words.booked)(booking.title, host, when))
