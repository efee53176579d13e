"""What changes a booking that stands, beside its time: guests taken off, another length, title or note; and what cannot be.

A provider changes such things in the host's calendar at most, and the card says that; else the nearest thing is said.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts
from bot.dialogue.bookings import matching
from bot.dialogue.buttons import ButtonRow, keep_button, stay_button, write_button
from bot.dialogue.families import BookingRequest, MoveRequest, SlotRequest, booking_of
from bot.dialogue.request.fill import refill
from bot.dialogue.talk import Talk, go_on, say, show
from bot.dialogue.wording import bookings as booking_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording import small_talk as small_words
from bot.dialogue.wording.standing import changing as words
from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.scheduling.replacing import replace
from bot.scheduling.writes import ChangeEntry, RemoveGuests

if TYPE_CHECKING:
    from bot.dialogue.buttons import Button
    from bot.dialogue.context import Decision, Step
    from bot.dialogue.families import Request
    from bot.language.meaning import Understanding
    from bot.scheduling.models import Booking


_CHANGES = frozenset({Intent.CHANGE_LENGTH, Intent.CHANGE_TITLE, Intent.CHANGE_NOTE})


def remove_guests(talk: Talk, request: BookingRequest) -> Step:
    """A card to take guests off a booking."""
    if talk.context.capabilities is None or not talk.context.capabilities.removes_guests:
        return say(talk.asking(None), words.no_removing(talk.service))
    booking = request.booking
    if booking is None or not matching.is_fresh(talk, request):
        return matching.find(talk, request)
    line = booking_words.one_line(booking, talk.zone, talk.now)
    guests = _meant(request, booking)
    named = [common.cut(guest.name).title() for guest in request.guests if guest.name]
    if not guests and named:
        return say(talk.asking(request), words.not_invited(named, line, booking.guests), is_personal=True)
    if not guests:
        return say(talk.asking(request), words.whom_to_remove(line, booking.guests), is_personal=True)
    chief = {(one.email or "").lower() for one in booking.attendees[:1]}
    if chief & set(guests):
        return _cannot(talk, request, booking, words.chief_stays())
    write = write_button("remove", "Remove guests", RemoveGuests(booking=booking.id, emails=guests))
    return _card(talk, request, booking, words.remove_text(guests, line), write)


def _meant(request: BookingRequest, booking: Booking) -> tuple[str, ...]:
    """Addresses that were named, or guests whose address or name fits a name that was said."""
    named = [guest.email.lower() for guest in request.guests if guest.email]
    if named:
        return tuple(dict.fromkeys(named))
    people = [(each.name.lower(), (each.email or "").lower()) for each in booking.attendees[1:]]
    people += [("", guest.lower()) for guest in booking.guests]
    said = [guest.name.lower() for guest in request.guests if guest.name]
    fits = [mail for name, mail in people if mail and any(one in name or one in mail for one in said)]
    return tuple(dict.fromkeys(fits))


def change_entry(talk: Talk, request: BookingRequest) -> Step:
    """A card to give a booking's calendar entry another length, title or note."""
    if talk.context.capabilities is None or not talk.context.capabilities.changes_entries:
        return say(talk.asking(None), words.no_changing(talk.service))
    booking = request.booking
    if booking is None or not matching.is_fresh(talk, request):
        return matching.find(talk, request)
    line = booking_words.one_line(booking, talk.zone, talk.now)
    match request.intent:
        case Intent.CHANGE_LENGTH:
            if request.length is None:
                return say(talk.asking(request), words.how_long(), is_personal=True)
            now = booking.slot.interval.length
            length = request.length if request.longer_by is None else now + request.longer_by
            if length <= timedelta():
                return say(talk.asking(request), words.not_so_short(line, times.length(now)), is_personal=True)
            if length == now:
                return say(talk.asking(None), words.is_that_long(line), is_personal=True)
            end = booking.slot.start + length
            entry = ChangeEntry(booking=booking.id, slot=booking.slot, end=end)
            text = words.length_text(line, times.length(now), times.length(length))
            return _card(talk, request, booking, text, write_button("length", "Change length", entry))
        case Intent.CHANGE_TITLE if request.text:
            entry = ChangeEntry(booking=booking.id, slot=booking.slot, title=request.text, title_before=booking.title)
            text = words.title_text(booking.title, request.text, line)
            return _card(talk, request, booking, text, write_button("title", "Change title", entry))
        case Intent.CHANGE_NOTE if request.text:
            entry = ChangeEntry(booking=booking.id, slot=booking.slot, note=request.text)
            text = words.note_text(request.text, line)
            return _card(talk, request, booking, text, write_button("note", "Change note", entry))
        case _:
            return say(talk.asking(request), words.what_text(), is_personal=True)


def resend(talk: Talk, request: BookingRequest) -> Step:
    """No provider mails an invitation again; what comes near is said."""
    return say(talk.asking(request), words.no_resending(talk.service))


def _cannot(talk: Talk, request: BookingRequest, booking: Booking, text: str) -> Step:
    """What cannot be done, with what can be done to that meeting."""
    buttons = (
        stay_button("move", "Move", MoveRequest(booking=booking)),
        stay_button("cancel", "Cancel meeting", BookingRequest(intent=Intent.CANCEL, booking=booking)),
    )
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=buttons)), is_live=False)


def _card(talk: Talk, request: BookingRequest, booking: Booking, text: str, write: Button) -> Step:
    rows = (
        ("What", booking_words.title(booking)),
        ("When", times.stretch(booking.slot, talk.zone, talk.now)),
        ("With", booking_words.people_of(booking)),
    )
    parts = (
        common.heading(f"{write.option.label}?"),
        Facts(rows=tuple(row for row in rows if row[1])),
        common.line(text),
        ButtonRow(buttons=(write, keep_button("keep", "Keep as is"))),
    )
    return show(talk, request, text, parts)


def said_beside(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """What is said of a meeting that stands, beside its time: somebody more, or another length."""
    booking = booking_of(request)
    is_fixed = isinstance(request, SlotRequest | MoveRequest) or request.intent is Intent.CANCEL
    if booking is None or not (is_fixed or request.intent in _CHANGES):
        return None
    if u.has(Cue.ALSO) and (u.emails or u.mentions):
        return go_on(talk, refill(u, talk, BookingRequest(intent=Intent.ADD_GUESTS, booking=booking)))
    if u.place is not None and isinstance(request, MoveRequest) and not u.moments:
        where = BookingRequest(intent=Intent.CHANGE_PLACE, booking=booking)
        return go_on(talk, refill(u, talk, where)) if request.is_done else say(talk, small_words.keeps_place())
    if not is_fixed or u.length is None or u.moments:
        return None
    can = talk.context.capabilities
    if request.is_done and can is not None and can.changes_entries:
        wish = BookingRequest(intent=Intent.CHANGE_LENGTH, booking=booking)
        return go_on(talk, replace(wish, length=u.length, longer_by=u.by))
    return say(talk, small_words.keeps_length())
