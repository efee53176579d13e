"""What came of a press: one reply per kind of write, from the ledger's rows.

The same function serves the press itself, a repeated press and recovery, so all three tell the same outcome.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.bookings import attending
from bot.dialogue.buttons import resume_button
from bot.dialogue.context import Step
from bot.dialogue.conversation import Doing
from bot.dialogue.families import BookingRequest, MoveRequest, SlotRequest
from bot.dialogue.managing import connecting
from bot.dialogue.outcomes import booked, changes, moved, picked
from bot.dialogue.outcomes.rows import blame, came_late, is_done, is_taken, needs_account, row_words
from bot.dialogue.outcomes.undoing import undoing
from bot.dialogue.request.revise import on_day
from bot.dialogue.talk import Talk, closed, go_on, say
from bot.dialogue.wording import booking as slot_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording import connecting as connect_words
from bot.dialogue.wording import outcomes as words
from bot.dialogue.wording.together import people as together_words
from bot.language.meaning import Intent
from bot.scheduling.ledger import ClaimVerdict, Why
from bot.scheduling.replacing import replace
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
    from bot.dialogue.acts import Performed
    from bot.dialogue.cards import Card
    from bot.dialogue.context import Decision
    from bot.dialogue.families import Request
    from bot.scheduling.ledger import LedgerRow
    from bot.scheduling.models import Slot


def performed(talk: Talk, outcome: Performed) -> Decision:
    """Tell what a press came to; a press that came to nothing gets a fresh card for the same wish.

    An outcome that is told later (after recovery) leaves the conversation as it is when it has gone on to something else.
    """
    card = talk.context.pressed
    if any(came_late(row) for row in outcome.rows):
        talk = talk.leading(words.after_all())
    goes_on = talk.conversation.card not in {"", card.id if card else ""}
    if talk.conversation.doing is not Doing.PERFORMING and goes_on and outcome.rows:
        return replace(_told_late(talk, card, outcome.rows), conversation=talk.conversation)
    wish = card.request if card is not None else talk.conversation.request
    match outcome.verdict:
        case ClaimVerdict.NOT_YOURS:
            return say(talk, common.only_owner(card.asker if card and card.asker else "its owner"), is_personal=True)
        case ClaimVerdict.UNKNOWN:
            return say(talk, common.lost_card())
        case ClaimVerdict.EXPIRED:
            return go_on(talk.leading(words.expired()), wish)
        case ClaimVerdict.RETIRED:
            # below, not in the old card's place: whoever replaces it may be about to say so there, and would cover this
            return go_on(talk.noting(stays=True).leading(common.retired_card()), wish)
        case _:
            pass
    if outcome.gone:
        return _gone(talk, wish, outcome.gone)
    if outcome.clashing is not None:
        return attending.approve_despite(talk, outcome.clashing)
    if outcome.busy and isinstance(wish, SlotRequest):
        return _busy(talk, wish, outcome.busy)
    if not outcome.rows:
        return say(talk, common.broken())
    return _told(talk.noting(undo=undoing(talk, outcome.rows)), card, wish, outcome.rows)


def _gone(talk: Talk, wish: Request | None, gone: tuple[Slot, ...]) -> Decision:
    """Taken between offer and press: what else there is."""
    when = times.stretch(gone[0], talk.zone, talk.now)
    return go_on(talk.noting(is_gone=True).leading(slot_words.just_gone(when)), wish)


def _busy(talk: Talk, wish: SlotRequest, names: tuple[str, ...]) -> Decision:
    """Somebody else has something on by now: the next best times for everybody, in the same card."""
    when = times.stretch(wish.slot, talk.zone, talk.now) if wish.slot else ""
    day = wish.slot.start.astimezone(talk.zone).date() if wish.slot else talk.today
    again = replace(wish, intent=Intent.FIND_SLOTS, slot=None, rechecks=False, moments=(on_day(day),), not_before=None)
    return go_on(talk.leading(together_words.busy_meanwhile(list(names), when)), again)


def _told_late(talk: Talk, card: Card | None, rows: tuple[LedgerRow, ...]) -> Step:
    request = card.request if card is not None else None
    told = (
        _told(talk.noting(undo=undoing(talk, rows)), card, request, rows) if any(is_done(row) for row in rows) else None
    )
    if isinstance(told, Step):
        return told
    return closed(talk, request, " ".join(blame(row, talk) for row in rows if not is_done(row)))


def _told(talk: Talk, card: Card | None, wish: Request | None, rows: tuple[LedgerRow, ...]) -> Decision:
    talk = talk.having(card="" if card is not None and talk.conversation.card == card.id else talk.conversation.card)
    first = rows[0]
    if talk.conversation.left:
        talk = talk.having(left=_left(talk.conversation.left, rows))
    if isinstance(wish, SlotRequest) and wish.share and not first.is_open and not is_taken(first):
        return picked.picked(talk, rows)
    if any(row.is_open for row in rows) and len(rows) == 1:
        return closed(talk, wish, words.not_sure_yet(row_words(first, talk)))
    together = [row for row in rows if isinstance(row.write, BookSlot | CancelBooking | MoveBooking)]
    if not is_done(first) and len(together) <= 1 and not first.is_open:
        return _failed(talk, wish, first)
    slot_wish = wish if isinstance(wish, SlotRequest) else SlotRequest(intent=Intent.BOOK)
    cancel_wish = wish if isinstance(wish, BookingRequest) else BookingRequest(intent=Intent.CANCEL)
    match first.write:
        case BookSlot():
            return booked.booked(talk, slot_wish, rows)
        case HoldSlot() as write:
            return booked.held(talk, slot_wish, first, write)
        case ReleaseHold():
            return booked.released(talk, slot_wish)
        case MoveBooking() if len(rows) > 1:
            return moved.all_moved(talk, wish if isinstance(wish, MoveRequest) else MoveRequest(), rows)
        case MoveBooking() as write:
            return moved.moved(talk, wish if isinstance(wish, MoveRequest) else MoveRequest(), first, write)
        case CancelBooking() if len(rows) > 1:
            return moved.all_cancelled(talk, cancel_wish, rows)
        case CancelBooking() as write:
            return moved.cancelled(talk, cancel_wish, first, write)
        case CreateConnection(provider=provider) if first.written is not None:
            return connecting.consent(talk.asking(wish), first.written.account, provider, first.written.link)
        case DeleteConnection():
            return say(
                talk.asking(None),
                connect_words.disconnected(row_words(first, talk)),
                is_personal=True,
                drops_card=True,
            )
        case _:
            return changes.changed(talk, wish, rows)


def _left(listed: tuple[str, ...], rows: tuple[LedgerRow, ...]) -> tuple[str, ...]:
    """Which of those listed nothing was done to; none where something else was written."""
    done = {row.write.booking for row in rows if isinstance(row.write, MoveBooking | CancelBooking) and is_done(row)}
    return tuple(one for one in listed if one not in done) if done.intersection(listed) else ()


def _failed(talk: Talk, request: Request | None, row: LedgerRow) -> Decision:
    if is_taken(row):
        slot = getattr(row.write, "slot", None)
        return _gone(talk, request, (slot,)) if slot is not None else go_on(talk, request)
    if needs_account(row):
        return connecting.connect_again(talk, request)
    text = blame(row, talk)
    if row.why is Why.DRY_RUN:
        return closed(talk, request, text)
    if request is None:
        return closed(talk, None, text)
    return closed(talk, request, text, resume_button("again", common.try_again(), replace(request, is_done=False)))
