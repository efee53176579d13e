"""Undo: the writes that take back what was just written, as a card of their own; and «undo» in words.

outcome ──(ten minutes)──> Undo ──> card: what would be written back ──> press ──> outcome ──> Undo …
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.buttons import ButtonRow, keep_button, write_button
from bot.dialogue.families import UndoRequest
from bot.dialogue.outcomes.rows import is_done, write_words
from bot.dialogue.talk import Talk, say, show
from bot.dialogue.wording import common, times
from bot.dialogue.wording.bookings import described
from bot.dialogue.wording.standing import undoing as words
from bot.scheduling.undoing import UNDO_WITHIN, undo_of
from bot.scheduling.writes import BookSlot, CancelBooking, MoveBooking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.context import Step
    from bot.scheduling.ledger import LedgerRow
    from bot.scheduling.writes import Write


def undoing(talk: Talk, rows: Sequence[LedgerRow]) -> UndoRequest | None:
    """What takes back everything that these rows wrote, the last first; None when a part of it cannot be taken back."""
    can, done = talk.context.capabilities, [row for row in rows if is_done(row)]
    account = talk.context.account
    if can is None or account is None or not done or talk.context.is_read_only:
        return None
    if any(row.account != account.id for row in done):  # written in somebody else's calendar: theirs to take back
        return None
    finished = min(row.finished_at or row.claimed_at for row in done)
    if talk.now - finished > UNDO_WITHIN:
        return None
    writes = [undo_of(row.write, row.written, can) if row.written is not None else None for row in reversed(done)]
    known = tuple(write for write in writes if write is not None)
    if len(known) < len(done):
        return None
    booking = next((row.written.booking for row in done if row.written and row.written.booking), None)
    return UndoRequest(writes=known, until=finished + UNDO_WITHIN, booking=booking)


def undo(talk: Talk, request: UndoRequest) -> Step:
    """A card with what would be written back."""
    if not request.writes:
        return say(talk.asking(None), words.nothing_to_undo())
    if request.until is not None and talk.now > request.until:
        return say(talk.asking(None).having(undo=None), words.too_late_to_undo())
    lines = [words.undo_line(write, _noun(write, request, talk), talk.zone) for write in request.writes]
    is_new = any(isinstance(write, BookSlot) for write in request.writes)
    mails = any(isinstance(write, BookSlot | CancelBooking) for write in request.writes)
    text = words.undo_text(lines, is_new=is_new, mails=mails)
    buttons = (write_button("undo", "Undo", *request.writes, is_sequence=False), keep_button("keep", "Keep as is"))
    return show(
        talk.having(undo=None),
        request,
        text,
        (common.heading("Undo?"), common.line(text), ButtonRow(buttons=buttons)),
        expires_at=request.until,
    )


def _noun(write: Write, request: UndoRequest, talk: Talk) -> str:
    """What the sentence of a write that takes back is about: the time of a meeting that goes, else the write itself."""
    if isinstance(write, CancelBooking):
        return times.stretch(write.slot, talk.zone, talk.now)
    if isinstance(write, MoveBooking):
        only = request.booking if len(request.writes) == 1 else None
        moved = described(only) if only is not None else "the meeting"
        now, then = (times.stretch(slot, talk.zone, talk.now) for slot in (write.old, write.slot))
        return f"{moved} back from {now} to {then}"
    return write_words(write, talk)
