"""What came of a press: one reply per kind of write, from the ledger's rows.

The same function serves the press itself, a repeated press and recovery, so all three tell the same outcome.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, Style
from bot.dialogue.conversation import Request
from bot.dialogue.finding.card import Deal, book_writes, other_times, slot_request, when_of
from bot.dialogue.finding.event_types import TypeChoice
from bot.dialogue.managing import connecting
from bot.dialogue.outcomes import changes
from bot.dialogue.outcomes.buttons import booking_buttons
from bot.dialogue.outcomes.rows import blame, is_done, is_taken, needs_account, row_words
from bot.dialogue.request.forms import booking_form
from bot.dialogue.request.people import name_of
from bot.dialogue.talk import Row, Talk, form_button, link_button, resume_button, say, show, stay_button, write_button
from bot.dialogue.wishes import connect_again, resume
from bot.dialogue.wording import booking as slot_words
from bot.dialogue.wording import bookings as booking_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording import connecting as connect_words
from bot.dialogue.wording import outcomes as words
from bot.language.meaning import Intent
from bot.scheduling.ledger import ClaimVerdict
from bot.scheduling.models import BookingStatus, Person
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
    from bot.dialogue.context import Step
    from bot.dialogue.conversation import Proposal
    from bot.dialogue.talk import Button, CardPart
    from bot.scheduling.ledger import LedgerRow
    from bot.scheduling.models import Booking, Slot


def performed(talk: Talk, outcome: Performed) -> Step:
    """Tell what a press came to; a press that came to nothing gets a fresh card for the same wish.

    An outcome that is told later (after recovery) leaves the conversation as it is when it has gone on to something else.
    """
    card = talk.context.pressed
    goes_on = talk.conversation.proposal not in {"", card.id if card else ""}
    if talk.conversation.doing != "perform" and goes_on and outcome.rows:
        return replace(_told_late(talk, card, outcome.rows), conversation=talk.conversation)
    wish = card.request if card is not None else talk.conversation.request
    match outcome.verdict:
        case ClaimVerdict.NOT_YOURS:
            return say(talk, common.only_owner(card.asker if card and card.asker else "its owner"), is_personal=True)
        case ClaimVerdict.UNKNOWN:
            return say(talk, common.lost_card())
        case ClaimVerdict.EXPIRED:
            return resume(talk.leading(words.expired()), wish)
        case ClaimVerdict.RETIRED:
            return resume(talk.leading(common.retired_card()), wish)
        case _:
            pass
    if outcome.gone:
        return _gone(talk, wish, outcome.gone)
    if not outcome.rows:
        return say(talk, common.broken())
    return _told(talk, card, wish, outcome.rows)


def _gone(talk: Talk, wish: Request | None, gone: tuple[Slot, ...]) -> Step:
    """Taken between offer and press: what else there is."""
    when = times.stretch(gone[0], talk.zone, talk.now)
    return resume(talk.noting(gone="1").leading(slot_words.just_gone(when)), wish)


def _told_late(talk: Talk, card: Proposal | None, rows: tuple[LedgerRow, ...]) -> Step:
    request = card.request if card is not None else Request(intent=common.NO_WISH)
    if all(not is_done(row) for row in rows):
        return _closed(talk, request, " ".join(blame(row, talk) for row in rows if not is_done(row)))
    return _told(talk, card, request, rows)


def _told(talk: Talk, card: Proposal | None, wish: Request | None, rows: tuple[LedgerRow, ...]) -> Step:
    talk = talk.having(
        proposal="" if card is not None and talk.conversation.proposal == card.id else talk.conversation.proposal
    )
    request = wish or Request(intent=common.NO_WISH)
    first = rows[0]
    if any(row.is_open for row in rows) and len(rows) == 1:
        return _closed(talk, request, words.not_sure_yet(row_words(first, talk)))
    together = [row for row in rows if isinstance(row.write, BookSlot | CancelBooking)]
    if not is_done(first) and len(together) <= 1 and not first.is_open:
        return _failed(talk, request, first)
    match first.write:
        case BookSlot():
            return _booked(talk, request, rows)
        case HoldSlot() as write:
            return _held(talk, request, first, write)
        case ReleaseHold():
            return _released(talk, request)
        case MoveBooking() as write:
            return _moved(talk, request, first, write)
        case CancelBooking() if len(rows) > 1:
            return _all_cancelled(talk, request, rows)
        case CancelBooking() as write:
            return _cancelled(talk, request, first, write)
        case CreateConnection(provider=provider) if first.written is not None:
            return connecting.consent(talk.asking(request), first.written.account, provider, first.written.link)
        case DeleteConnection():
            return say(
                talk.asking(None),
                connect_words.disconnected(row_words(first, talk)),
                is_personal=True,
                drops_card=True,
            )
        case _:
            return changes.changed(talk, request, rows)


def _closed(talk: Talk, request: Request, text: str, *buttons: Button) -> Step:
    """The pressed card with its outcome and without live writes."""
    done = replace(request, is_done=True)
    return show(talk, done, text, (common.line(text), Row(buttons=buttons)), is_live=False)


def _failed(talk: Talk, request: Request, row: LedgerRow) -> Step:
    if is_taken(row):
        slot = getattr(row.write, "slot", None)
        return _gone(talk, request, (slot,)) if slot is not None else resume(talk, request)
    if needs_account(row):
        return connect_again(talk, request)
    text = blame(row, talk)
    if row.error.startswith("DryRun"):
        return _closed(talk, request, text)
    open_again = replace(request, is_done=False)
    return show(
        talk,
        replace(request, is_done=True),
        text,
        (common.line(text), Row(buttons=(resume_button("again", common.try_again(), open_again),))),
        is_live=False,
    )


def _booked(talk: Talk, request: Request, rows: tuple[LedgerRow, ...]) -> Step:
    books = tuple(row for row in rows if isinstance(row.write, BookSlot))
    if len(books) > 1:
        return _series(talk, request, books)
    row = books[0]
    write, booking = row.write, row.written.booking if row.written else None
    if not isinstance(write, BookSlot) or booking is None:
        note = row.written.note if row.written else ""
        link = row.written.link if row.written else ""
        buttons = (link_button("open", "Open the link", link),) if link else ()
        return _closed(talk, request, note or words.done(), *buttons)
    who = (
        f"{common.cut(write.attendee.name)} ({write.attendee.email})"
        if write.attendee.email
        else common.cut(write.attendee.name)
    )
    text, parts = booking_outcome(talk, request, booking, who)
    left = [one for one in rows if isinstance(one.write, ReleaseHold) and not is_done(one)]
    if left:
        until = times.clock(request.hold.expires_at, talk.zone) if request.hold else ""
        text, parts = f"{text} {words.release_left(until)}", (*parts, common.small(words.release_left(until)))
    done = replace(request, booking=booking, is_done=True, hold=None, slot=booking.slot)
    return show(talk.having(listed=(booking,), offered=()), done, text, parts, is_live=False)


def booking_outcome(talk: Talk, request: Request, booking: Booking, who: str) -> tuple[str, tuple[CardPart, ...]]:
    """The text and card of a booking that has just been made."""
    when = when_of(talk, request, booking.slot)
    what = _what(talk, booking)
    is_request = booking.status is BookingStatus.REQUESTED
    text = slot_words.requested(what, who, when) if is_request else slot_words.booked(what, who, when)
    rows = (
        ("When", when),
        ("With", who),
        ("Guests", common.listed([name_of(guest) for guest in booking.guests])),
        ("What", what),
        ("Where", common.cut(booking.place, 200) if booking.place != booking.join_url else ""),
    )
    joins = (link_button("join", "Open meeting link", booking.join_url),) if booking.join_url.startswith("http") else ()
    parts: tuple[CardPart, ...] = (
        common.heading("Requested" if is_request else "Booked"),
        Facts(rows=tuple(row for row in rows if row[1])),
        Row(buttons=(*joins, *booking_buttons(booking))),
    )
    return text, parts


def _what(talk: Talk, booking: Booking) -> str:
    kind = talk.event_type(booking.event_type)
    length = booking.slot.end - booking.slot.start
    return slot_words.kind_of(kind, length) if kind else booking_words.title(booking)


def _series(talk: Talk, request: Request, rows: tuple[LedgerRow, ...]) -> Step:
    """Line by line what was booked and what not."""
    lines = tuple(f"{_when(talk, request, row)}: {_fate(talk, row)}" for row in rows)
    bookings = tuple(row.written.booking for row in rows if row.written is not None and row.written.booking is not None)
    first = rows[0].write
    who = f"{first.attendee.name} ({first.attendee.email})" if isinstance(first, BookSlot) else ""
    kind = talk.event_type(first.event_type) if isinstance(first, BookSlot) else None
    what = f"{kind.title} with {who}" if kind else who
    text = f"{words.summary(sum(is_done(row) for row in rows), len(rows))} {what}: {'; '.join(lines)}."
    parts = (
        common.heading(words.summary(sum(is_done(row) for row in rows), len(rows))),
        common.line(what),
        common.line("\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))),
    )
    done = replace(request, is_done=True)
    return show(talk.having(listed=bookings, offered=()), done, text, parts, is_live=False)


def _when(talk: Talk, request: Request, row: LedgerRow) -> str:
    return when_of(talk, request, row.write.slot) if isinstance(row.write, BookSlot) else ""


def _fate(talk: Talk, row: LedgerRow) -> str:
    if row.is_open:
        return "not sure yet, checking"
    booking = row.written.booking if row.written else None
    if is_done(row):
        return "requested" if booking is not None and booking.status is BookingStatus.REQUESTED else "booked"
    return f"not booked; {blame(row, talk)}".rstrip(".")


def _held(talk: Talk, request: Request, row: LedgerRow, write: HoldSlot) -> Step:
    hold = row.written.hold if row.written else None
    kind = talk.event_type(write.event_type)
    if hold is None:
        return _closed(talk, request, words.done())
    if kind is None:  # the account cannot be read just now; what came of the press is known all the same
        until = f"{times.clock(hold.expires_at, talk.zone)} {times.place(talk.zone)}"
        said = slot_words.held("your meeting", when_of(talk, request, hold.slot), until)
        return _closed(talk, request, f"{said} {slot_words.hold_is_soft()}")
    deal = Deal(
        request=replace(
            request,
            intent=Intent.BOOK,
            hold=hold,
            slot=hold.slot,
            event_type=kind.id,
            length=write.length or request.length,
        ),
        choice=TypeChoice(kind=kind, length=hold.slot.end - hold.slot.start),
        slot=hold.slot,
    )
    when, until = when_of(talk, request, hold.slot), times.clock(hold.expires_at, talk.zone)
    writes = book_writes(talk, deal)
    form = booking_form(deal.request, kind)
    book = (
        write_button("book", "Book", *writes)
        if writes
        else form_button("book", "Book", form, slot_request(deal.request, hold.slot), style=Style.PRIMARY)
    )
    release = write_button("release", "Release hold", ReleaseHold(hold=hold.id, slot=hold.slot), style=Style.PLAIN)
    rows = (
        ("When", when),
        ("With", slot_words.person(request.attendee) if request.attendee else ""),
        ("Type", deal.what),
    )
    text = f"{slot_words.held(deal.what, when, f'{until} {times.place(talk.zone)}')} {slot_words.hold_is_soft()}"
    parts = (
        common.heading(f"Held until {until}"),
        Facts(rows=tuple(row for row in rows if row[1])),
        common.line(slot_words.hold_is_soft()),
        Row(buttons=(book, release)),
    )
    keeping = talk.having(listed=(), offered=()).noting(held=talk.context.fresh_id)
    return show(keeping, deal.request, text, parts, is_live=False, expires_at=hold.expires_at)


def _released(talk: Talk, request: Request) -> Step:
    free = replace(request, hold=None, is_done=False)
    buttons = (other_times(talk, free, request.slot),) if request.slot is not None else ()
    talk = talk.having(offered=())
    return show(
        talk,
        replace(free, is_done=True),
        words.released(),
        (common.line(words.released()), Row(buttons=buttons)),
        is_live=False,
    )


def _moved(talk: Talk, request: Request, row: LedgerRow, write: MoveBooking) -> Step:
    booking = row.written.booking if row.written else None
    if row.written is not None and booking is None:
        links = (link_button("open", "Open the link", row.written.link),) if row.written.link else ()
        return _closed(talk, request, row.written.note or words.done(), *links)
    if booking is None:
        return _failed(talk, request, row)
    old, new = times.stretch(write.old, talk.zone, talk.now), when_of(talk, request, booking.slot)
    who, what = booking_words.people_of(booking), booking_words.title(booking)
    is_request = booking.status is BookingStatus.REQUESTED
    text = (booking_words.move_requested if is_request else booking_words.moved)(
        booking_words.described(booking), old, new
    )
    note = booking_words.leftover(old) if row.written is not None and row.written.leftover else ""
    joins = (link_button("join", "Open meeting link", booking.join_url),) if booking.join_url.startswith("http") else ()
    facts = (("When", f"{old} → {new}"), ("What", what), ("With", who))
    parts = (
        common.heading("Move requested" if is_request else "Moved"),
        Facts(rows=tuple(fact for fact in facts if fact[1])),
        *((common.line(note),) if note else ()),
        Row(buttons=(*joins, *booking_buttons(booking))),
    )
    done = replace(request, booking=booking, is_done=True, slot=booking.slot)
    return show(talk.having(listed=(booking,), offered=()), done, f"{text} {note}".strip(), parts, is_live=False)


def _cancelled(talk: Talk, request: Request, row: LedgerRow, write: CancelBooking) -> Step:
    booking = request.booking or (row.written.booking if row.written else None)
    when = times.stretch(write.slot, talk.zone, talk.now)
    who = booking_words.people_of(booking) if booking else ""
    text = booking_words.cancelled(booking_words.described(booking) if booking else "meeting", when)
    again = _book_again(booking, write) if booking else None
    buttons = (stay_button("again", "Book again", again),) if again is not None else ()
    facts = (
        ("When", when),
        ("What", booking_words.title(booking) if booking else ""),
        ("With", who),
        ("Reason", common.cut(write.reason, 300)),
    )
    parts = (common.heading("Cancelled"), Facts(rows=tuple(fact for fact in facts if fact[1])), Row(buttons=buttons))
    done = replace(request, is_done=True, booking=None, hold=None)
    return show(talk.having(listed=(), offered=()), done, text, parts, is_live=False)


def _all_cancelled(talk: Talk, request: Request, rows: tuple[LedgerRow, ...]) -> Step:
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


def _book_again(booking: Booking, write: CancelBooking) -> Request:
    """The wish that the cancelled booking once was."""
    first = next((a for a in booking.attendees if a.email), None)
    person = Person(name=first.name, email=first.email, zone=first.zone) if first else None
    return Request(
        intent=Intent.BOOK,
        event_type=booking.event_type or None,
        length=write.slot.end - write.slot.start,
        attendee=person,
        slot=write.slot,
    )
