"""What a person is told unasked: a provider's news about one of their bookings, and that a connection became active.

Pure like the rest of the room. A news card belongs to no conversation; its buttons work like any other card's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, Reply, Style
from bot.dialogue.buttons import ButtonRow, link_button, resume_button, write_button
from bot.dialogue.conversation import Conversation
from bot.dialogue.families import BookingRequest, MoveRequest
from bot.dialogue.talk import Talk, show
from bot.dialogue.wording import bookings, common, times
from bot.dialogue.wording import news as words
from bot.language.meaning import Intent
from bot.scheduling.models import BookingStatus, ChangeKind
from bot.scheduling.reminding.telling import About
from bot.scheduling.writes import ApproveBooking, DeclineBooking

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.dialogue.acts import AccountFacts
    from bot.dialogue.buttons import Button
    from bot.dialogue.cards import Card
    from bot.dialogue.context import Context
    from bot.scheduling.models import Booking, BookingChange

_STANDING = {
    ChangeKind.BOOKED: BookingStatus.BOOKED,
    ChangeKind.MOVED: BookingStatus.BOOKED,
    ChangeKind.REQUESTED: BookingStatus.REQUESTED,
    ChangeKind.CANCELLED: BookingStatus.CANCELLED,
    ChangeKind.REJECTED: BookingStatus.REJECTED,
}
"""What the booking must be when it is read again for the news still to be true."""


def tell_news(
    change: BookingChange, booking: Booking | None, context: Context
) -> tuple[Reply, tuple[Card, ...]] | None:
    """The card for a change (`closes`) and its sentence for the thread; None when it is no news or no longer true."""
    if booking is None or not _is_true(change, booking):
        return None
    talk = Talk(conversation=Conversation(key=context.key), context=context)
    when = times.stretch(booking.slot, talk.zone, talk.now)
    rows = (
        ("When", when),
        ("Before", words.was(change.old_start, talk.zone, talk.now) if change.old_start else ""),
        ("With", bookings.people_of(booking)),
        ("Reason", words.reason(change.reason)),
    )
    parts = (
        common.heading(words.heading(change.kind)),
        Facts(rows=tuple((label, text) for label, text in rows if text)),
        ButtonRow(buttons=_buttons(booking)),
    )
    step = show(talk, None, words.told(change.kind, booking, when), parts, is_live=False)
    if step.reply is None:
        return None
    line = Reply(
        text=words.in_short(change, booking, talk.zone, talk.now),
        card=step.reply.card,
        is_personal=True,
        is_news=True,
        in_thread=True,
        closes=step.reply,
        about=About(owner=context.key.owner, bookings=tuple({booking.id: None, change.booking: None})),
    )
    return line, step.cards


def public_news(change: BookingChange, booking: Booking, zone: ZoneInfo, now: datetime) -> Reply | None:
    """The same for a channel: who, what and when, no addresses and nothing to press; None when it is no news there.

    A request is none: it may come to nothing.
    """
    if not _is_true(change, booking) or change.kind in {ChangeKind.REQUESTED, ChangeKind.REJECTED, ChangeKind.NO_SHOW}:
        return None
    when = times.stretch(booking.slot, zone, now)
    text = words.in_public(change.kind, booking, when)
    state = Reply(text=text, parts=(common.line(text),))
    return Reply(text=text, is_news=True, in_thread=True, closes=state)


def _is_true(change: BookingChange, booking: Booking) -> bool:
    if change.kind is ChangeKind.NO_SHOW:
        return True
    if change.kind not in _STANDING:
        return False
    if change.kind is ChangeKind.MOVED and booking.status is BookingStatus.REQUESTED:
        return True
    return booking.status is _STANDING[change.kind]


def _buttons(booking: Booking) -> tuple[Button, ...]:
    if booking.status is BookingStatus.REQUESTED:
        return (
            write_button("approve", "Approve", ApproveBooking(booking=booking.id)),
            write_button("decline", "Decline", DeclineBooking(booking=booking.id), style=Style.DANGER),
            resume_button("other", "Propose another time", MoveRequest(booking=booking)),
        )
    if booking.status is not BookingStatus.BOOKED:
        return ()
    join = (link_button("join", "Join", booking.join_url),) if booking.join_url.startswith("https://") else ()
    return (
        *join,
        resume_button("move", "Move", MoveRequest(booking=booking)),
        resume_button("cancel", "Cancel meeting", BookingRequest(intent=Intent.CANCEL, booking=booking)),
    )


def tell_connected(account: AccountFacts) -> Reply:
    """A connection became active and its card is gone."""
    return Reply(text=words.connected(account.title, account.label), is_personal=True)


def tell_lapsed(account: AccountFacts) -> Reply:
    """Nobody consented to a connection in time: its link is looked at no more."""
    return Reply(text=words.lapsed(account.title), is_personal=True)
