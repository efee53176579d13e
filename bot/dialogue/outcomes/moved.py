"""What came of a press that moves or cancels bookings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts
from bot.dialogue.buttons import ButtonRow, link_button, stay_button
from bot.dialogue.families import SlotRequest
from bot.dialogue.finding.card import when_of
from bot.dialogue.outcomes.buttons import booking_buttons, calendar_button
from bot.dialogue.outcomes.rows import blame, is_done
from bot.dialogue.talk import Talk, closed, show
from bot.dialogue.wording import bookings as booking_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording import outcomes as words
from bot.dialogue.wording.standing import several as several_words
from bot.language.meaning import Intent
from bot.scheduling.models import BookingStatus, Person
from bot.scheduling.replacing import replace
from bot.scheduling.writes import CancelBooking, MoveBooking

if TYPE_CHECKING:
    from bot.dialogue.context import Step
    from bot.dialogue.families import BookingRequest, MoveRequest
    from bot.scheduling.ledger import LedgerRow
    from bot.scheduling.models import Booking


def moved(talk: Talk, request: MoveRequest, row: LedgerRow, write: MoveBooking) -> Step:
    if row.written is None:
        return closed(talk, request, blame(row, talk))
    booking = row.written.booking
    if booking is None:
        links = (link_button("open", "Open the link", row.written.link),) if row.written.link else ()
        return closed(talk, request, row.written.note or words.done(), *links)
    old, new = times.stretch(write.old, talk.zone, talk.now), when_of(talk, request, booking.slot)
    who, what = booking_words.people_of(booking), booking_words.title(booking)
    is_request = booking.status is BookingStatus.REQUESTED
    text = (booking_words.move_requested if is_request else booking_words.moved)(
        booking_words.described(booking), old, new
    )
    note = booking_words.leftover(old) if row.written.leftover else ""
    joins = (link_button("join", "Open meeting link", booking.join_url),) if booking.join_url.startswith("http") else ()
    facts = (("When", times.change(old, new, talk.zone)), ("What", what), ("With", who))
    parts = (
        common.heading("Move requested" if is_request else "Moved"),
        Facts(rows=tuple(fact for fact in facts if fact[1])),
        *((common.line(note),) if note else ()),
        ButtonRow(buttons=(*joins, *booking_buttons(booking), *calendar_button(talk, booking))),
    )
    done = replace(request, booking=booking, is_done=True, slot=booking.slot)
    return show(talk.having(listed=(booking,), offered=()), done, f"{text} {note}".strip(), parts, is_live=False)


def cancelled(talk: Talk, request: BookingRequest, row: LedgerRow, write: CancelBooking) -> Step:
    booking = request.booking or (row.written.booking if row.written else None)
    when = times.stretch(write.slot, talk.zone, talk.now)
    who = booking_words.people_of(booking) if booking else ""
    what = booking_words.described(booking) if booking else "meeting"
    gone = _dates_gone(row, write)
    text = booking_words.series_cancelled(what, gone, when) if gone > 1 else booking_words.cancelled(what, when)
    again = _book_again(booking, write) if booking else None
    buttons = (stay_button("again", "Book again", again),) if again is not None else ()
    facts = (
        ("When", when if gone < 2 else f"{when}, and {common.count(gone - 1, 'later date')}"),
        ("What", booking_words.title(booking) if booking else ""),
        ("With", who),
        ("Reason", common.cut(write.reason, 300)),
    )
    parts = (
        common.heading("Cancelled"),
        Facts(rows=tuple(fact for fact in facts if fact[1])),
        ButtonRow(buttons=buttons),
    )
    done = replace(request, is_done=True, booking=None)
    return show(talk.having(listed=(), offered=()), done, text, parts, is_live=False)


def _dates_gone(row: LedgerRow, write: CancelBooking) -> int:
    """How many dates of a series went with it."""
    if not write.and_following or row.written is None:
        return 1
    gone = [b for b in row.written.bookings if b.status is BookingStatus.CANCELLED and b.slot.start >= write.slot.start]
    return max(len(gone), 1)


def all_cancelled(talk: Talk, request: BookingRequest, rows: tuple[LedgerRow, ...]) -> Step:
    """Line by line what was cancelled and what not."""
    known = {booking.id: booking for booking in talk.conversation.listed}
    lines = []
    for row in rows:
        if isinstance(row.write, CancelBooking):
            booking = known.get(row.write.booking)
            when = times.stretch(row.write.slot, talk.zone, talk.now)
            what = f"{when}{f', {booking_words.described(booking)}' if booking else ''}"
            lines.append(f"{what}: {'cancelled' if is_done(row) else blame(row, talk)}")
    head = words.summary(sum(is_done(row) for row in rows), len(rows))
    parts = (common.heading(head), common.line("\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))))
    done = replace(request, is_done=True, booking=None)
    return show(talk.having(listed=(), offered=()), done, f"{head} {'; '.join(lines)}.", parts, is_live=False)


def all_moved(talk: Talk, request: MoveRequest, rows: tuple[LedgerRow, ...]) -> Step:
    """Line by line what was moved and what not."""
    known = {booking.id: booking for booking in request.bookings}
    lines = []
    for row in rows:
        if isinstance(row.write, MoveBooking):
            booking = known.get(row.write.booking)
            old, new = (times.stretch(slot, talk.zone, talk.now) for slot in (row.write.old, row.write.slot))
            what = booking_words.short(booking) if booking else booking_words.unknown_booking()
            change = times.change(old, new, talk.zone)
            left = booking_words.leftover(old) if row.written is not None and row.written.leftover else ""
            told = several_words.moved_line(what, change) if is_done(row) else blame(row, talk)
            lines.append(f"{told} {left}".strip())
    head = words.summary(sum(is_done(row) for row in rows), len(rows))
    parts = (common.heading(head), common.line("\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))))
    done = replace(request, is_done=True, booking=None, bookings=(), slot=None)
    return show(talk.having(listed=(), offered=()), done, f"{head} {'; '.join(lines)}.", parts, is_live=False)


def _book_again(booking: Booking, write: CancelBooking) -> SlotRequest:
    """The wish that the cancelled booking once was."""
    first = next((a for a in booking.attendees if a.email), None)
    person = Person(name=first.name, email=first.email, zone=first.zone) if first else None
    return SlotRequest(
        intent=Intent.BOOK,
        event_type=booking.event_type or None,
        length=write.slot.end - write.slot.start,
        attendee=person,
        slot=write.slot,
    )
