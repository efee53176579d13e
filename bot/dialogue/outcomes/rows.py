"""Reading a ledger row: whether its write was made, and if not, why, in words for its person."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.dialogue.families import booking_of
from bot.dialogue.wording import outcomes as words
from bot.dialogue.wording import times
from bot.dialogue.wording.bookings import described
from bot.dialogue.wording.common import cut
from bot.dialogue.wording.connecting import title
from bot.scheduling.ledger import Why, WriteState
from bot.scheduling.writes import (
    BookSlot,
    CancelBooking,
    CreateConnection,
    DeleteConnection,
    HoldSlot,
    MoveBooking,
    ReleaseHold,
)

if TYPE_CHECKING:
    from bot.dialogue.talk import Talk
    from bot.scheduling.ledger import LedgerRow
    from bot.scheduling.writes import Write


def is_done(row: LedgerRow) -> bool:
    """Whether it was written."""
    return row.state is WriteState.DONE or (row.state is WriteState.SETTLED and row.written is not None)


def came_late(row: LedgerRow) -> bool:
    """Whether it came to light after its person had been told that nothing was written."""
    return row.state is WriteState.DONE and row.why is Why.LOST


def is_taken(row: LedgerRow) -> bool:
    """Whether it was refused because the time is not free any more."""
    return row.state is WriteState.REFUSED and row.why is Why.SLOT_TAKEN


def needs_account(row: LedgerRow) -> bool:
    """Whether it was refused because the account must be connected again."""
    return row.state is WriteState.REFUSED and row.why is Why.NOT_CONNECTED


def blame(row: LedgerRow, talk: Talk) -> str:
    """Why it was not written, or that it is not known."""
    what = row_words(row, talk)
    match row.state:
        case WriteState.CLAIMED | WriteState.SENT | WriteState.UNCERTAIN:
            return words.not_sure_yet(what)
        case WriteState.SETTLED:
            return words.cannot_know(what) if row.why is Why.UNKNOWN else words.not_written(what)
        case WriteState.DONE:
            return words.done()
        case WriteState.REFUSED:
            return _refusal(row, what)
        case _:
            assert_never(row.state)


def _refusal(row: LedgerRow, what: str) -> str:
    match row.why:
        case Why.LATE:
            return words.too_late(what)
        case Why.SKIPPED:
            return words.skipped(what)
        case Why.DRY_RUN:
            return words.not_sent(what)
        case _:
            return words.refused(what, row.refusal.sentence if row.refusal else "")


def row_words(row: LedgerRow, talk: Talk) -> str:
    """The write of a row as a noun, with its people and its time."""
    return write_words(row.write, talk)


def write_words(write: Write, talk: Talk) -> str:
    """A write as a noun, with its people and its time."""
    match write:
        case BookSlot(slot=slot, attendee=attendee):
            address = f" ({attendee.email})" if attendee.email else ""
            if write.series:
                first = times.stretch(slot, talk.zone, talk.now)
                return f"the series of {len(write.series)} with {cut(attendee.name)}{address} from {first} on"
            return f"the booking with {cut(attendee.name)}{address} on {times.stretch(slot, talk.zone, talk.now)}"
        case HoldSlot(slot=slot):
            return f"the hold on {times.stretch(slot, talk.zone, talk.now)}"
        case MoveBooking(slot=slot, old=old):
            before, after = times.stretch(old, talk.zone, talk.now), times.stretch(slot, talk.zone, talk.now)
            return f"the move of {_spoken_of(talk)} from {before} to {after}"
        case CancelBooking(slot=slot):
            return f"the cancellation of {_spoken_of(talk)} on {times.stretch(slot, talk.zone, talk.now)}"
        case ReleaseHold():
            return "the release of the hold"
        case CreateConnection(provider=provider):
            return f"connecting {title(provider)}"
        case DeleteConnection(account=account):
            known = next((one.title for one in talk.context.accounts if one.id == account), "")
            return known or "the account"
        case _:
            return "the change"


def _spoken_of(talk: Talk) -> str:
    """The meeting that the pressed card is about."""
    card = talk.context.pressed
    booking = booking_of(card.request) if card is not None else None
    return described(booking) if booking is not None else "the meeting"
