"""What came of a press that books, holds or gives a hold back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, Style
from bot.dialogue.buttons import ButtonRow, form_button, link_button, write_button
from bot.dialogue.finding.card import Deal, book_writes, other_times, slot_request, when_of
from bot.dialogue.finding.event_types import TypeChoice
from bot.dialogue.outcomes.buttons import booking_buttons, calendar_button, is_of_others
from bot.dialogue.outcomes.rows import blame, is_done
from bot.dialogue.request.forms import booking_form
from bot.dialogue.talk import Talk, closed, show
from bot.dialogue.together.company import people_of
from bot.dialogue.together.consent import remember_button
from bot.dialogue.wording import booking as slot_words
from bot.dialogue.wording import bookings as booking_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording import outcomes as words
from bot.language.addresses import name_of
from bot.language.meaning import Intent
from bot.scheduling.models import BookingStatus
from bot.scheduling.replacing import replace
from bot.scheduling.writes import BookSlot, HoldSlot, ReleaseHold

if TYPE_CHECKING:
    from bot.dialogue.buttons import Button, CardPart
    from bot.dialogue.context import Step
    from bot.dialogue.families import SlotRequest
    from bot.scheduling.ledger import LedgerRow
    from bot.scheduling.models import Booking
    from bot.scheduling.writes import Written


def booked(talk: Talk, request: SlotRequest, rows: tuple[LedgerRow, ...]) -> Step:
    books = tuple(row for row in rows if isinstance(row.write, BookSlot))
    if len(books) > 1:
        return _series(talk, request, books)
    row = books[0]
    if isinstance(row.write, BookSlot) and row.write.series and row.written is not None:
        return _made_at_once(talk, request, row.write, row.written)
    write, booking = row.write, row.written.booking if row.written else None
    if not isinstance(write, BookSlot) or booking is None:
        note = row.written.note if row.written else ""
        link = row.written.link if row.written else ""
        buttons = (link_button("open", "Open the link", link),) if link else ()
        return closed(talk, request, note or words.done(), *buttons)
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
    if remembers := _to_remember(request):
        parts = (*parts, ButtonRow(buttons=remembers))
    done = replace(request, booking=booking, is_done=True, hold=None, slot=booking.slot)
    return show(talk.having(listed=(booking,), offered=()), done, text, parts, is_live=False)


def _to_remember(request: SlotRequest) -> tuple[Button, ...]:
    """Those whose address had to be typed, because nobody here was known by that name."""
    people = [one for one in people_of(request) if one.email and not one.member]
    return tuple(
        remember_button(f"r{number}", one)
        for number, one in enumerate(people)
        if one.name.casefold() in request.outsiders
    )


def booking_outcome(talk: Talk, request: SlotRequest, booking: Booking, who: str) -> tuple[str, tuple[CardPart, ...]]:
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
    is_theirs = is_of_others(talk, booking)
    theirs = slot_words.hosted_by([host.name for host in booking.hosts]) if is_theirs else ""
    changes = () if is_theirs else (*booking_buttons(booking), *calendar_button(talk, booking))
    parts: tuple[CardPart, ...] = (
        common.heading("Requested" if is_request else "Booked"),
        Facts(rows=tuple(row for row in rows if row[1])),
        *((common.line(theirs),) if theirs else ()),
        ButtonRow(buttons=(*joins, *changes)),
    )
    return f"{text} {theirs}".strip(), parts


def _what(talk: Talk, booking: Booking) -> str:
    kind = talk.event_type(booking.event_type)
    length = booking.slot.end - booking.slot.start
    return slot_words.kind_of(kind, length) if kind else booking_words.title(booking)


def _series(talk: Talk, request: SlotRequest, rows: tuple[LedgerRow, ...]) -> Step:
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


def _made_at_once(talk: Talk, request: SlotRequest, write: BookSlot, written: Written) -> Step:
    """A series that one call made, date by date as it stands: what is missing of it is named, too."""
    made = written.bookings or ((written.booking,) if written.booking is not None else ())
    stands = {booking.slot.start: booking for booking in made}
    slots = sorted({slot.start: slot for slot in (*write.series, *(booking.slot for booking in made))}.values())
    lines = tuple(f"{when_of(talk, request, slot)}: {_state(stands.get(slot.start))}" for slot in slots)
    who = f"{common.cut(write.attendee.name)} ({write.attendee.email or ''})"
    kind = talk.event_type(write.event_type)
    what = f"{kind.title} with {who}" if kind else who
    is_request = bool(made) and all(booking.status is BookingStatus.REQUESTED for booking in made)
    heading = slot_words.series_made(len(made), len(write.series), is_request=is_request)
    parts = (
        common.heading(heading),
        common.line(what),
        common.line("\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))),
        common.small(slot_words.series_stands()),
    )
    text = f"{heading} {what}: {'; '.join(lines)}. {slot_words.series_stands()}"
    done = replace(request, is_done=True, booking=made[0] if made else None)
    return show(talk.having(listed=made, offered=()), done, text, parts, is_live=False)


def _state(booking: Booking | None) -> str:
    if booking is None:
        return "not booked"
    return "requested" if booking.status is BookingStatus.REQUESTED else "booked"


def _when(talk: Talk, request: SlotRequest, row: LedgerRow) -> str:
    return when_of(talk, request, row.write.slot) if isinstance(row.write, BookSlot) else ""


def _fate(talk: Talk, row: LedgerRow) -> str:
    if row.is_open:
        return "not sure yet, checking"
    booking = row.written.booking if row.written else None
    if is_done(row):
        return "requested" if booking is not None and booking.status is BookingStatus.REQUESTED else "booked"
    return f"not booked; {blame(row, talk)}".rstrip(".")


def held(talk: Talk, request: SlotRequest, row: LedgerRow, write: HoldSlot) -> Step:
    hold = row.written.hold if row.written else None
    kind = talk.event_type(write.event_type)
    if hold is None:
        return closed(talk, request, words.done())
    if kind is None:  # the account cannot be read just now; what came of the press is known all the same
        until = f"{times.clock(hold.expires_at, talk.zone)} {times.place(talk.zone)}"
        said = slot_words.held("your meeting", when_of(talk, request, hold.slot), until)
        return closed(talk, request, f"{said} {slot_words.hold_is_soft()}")
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
        ButtonRow(buttons=(book, release)),
    )
    keeping = talk.having(listed=(), offered=()).having(held_card=talk.context.fresh_id)
    return show(keeping, deal.request, text, parts, is_live=False, expires_at=hold.expires_at)


def released(talk: Talk, request: SlotRequest) -> Step:
    free = replace(request, hold=None, is_done=False)
    buttons = (other_times(talk, free, request.slot),) if request.slot is not None else ()
    talk = talk.having(offered=())
    return show(
        talk,
        replace(free, is_done=True),
        words.released(),
        (common.line(words.released()), ButtonRow(buttons=buttons)),
        is_live=False,
    )
