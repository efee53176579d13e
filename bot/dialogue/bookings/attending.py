"""What is done to one booking beside moving and cancelling: approve, decline, guests, no-show, place, invitees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import BookingsFound, Facts, FindBookings, FormField, Style
from bot.dialogue.bookings import matching
from bot.dialogue.buttons import ButtonRow, form_button, keep_button, press_button, resume_button, write_button
from bot.dialogue.cards import WriteOut
from bot.dialogue.conversation import Doing
from bot.dialogue.families import BookingRequest, ListRequest, MoveRequest
from bot.dialogue.request import forms, places
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import attending as words
from bot.dialogue.wording import booking as place_words
from bot.dialogue.wording import bookings as booking_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording import managing as managing_words
from bot.dialogue.wording import small_talk as doubt_words
from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.scheduling.models import BookingQuery, BookingState, BookingStatus, Place, PlaceKind, Slot
from bot.scheduling.replacing import replace
from bot.scheduling.writes import AddGuests, ApproveBooking, ChangePlace, DeclineBooking, MarkAbsent

if TYPE_CHECKING:
    from bot.dialogue.acts import Clashing, Outcome
    from bot.dialogue.buttons import Button, CardPart
    from bot.dialogue.context import Step
    from bot.scheduling.models import Booking, EventType


def show_pending(talk: Talk, request: ListRequest) -> Step:
    """Ask for the requests that wait."""
    if talk.context.capabilities is None or not talk.context.capabilities.approval:
        return say(talk, _no_approval(talk))
    return do(
        talk.asking(request), FindBookings(query=BookingQuery(states=(BookingState.REQUESTED,))), Doing.READING_PENDING
    )


def pending_found(talk: Talk, outcome: Outcome) -> Step:
    """Each waiting request with its two buttons."""
    found = outcome.bookings if isinstance(outcome, BookingsFound) else ()
    every = tuple(b for b in found if b.status is BookingStatus.REQUESTED)
    waiting = every[: matching.MOST_SHOWN]
    if not waiting:
        return say(talk.having(listed=()), words.nothing_pending(), is_personal=True)
    if len(waiting) == 1:
        return _single(talk, waiting[0])
    parts: list[CardPart] = [common.heading(common.count(len(every), "request") + " waiting")]
    for number, booking in enumerate(waiting, start=1):
        title = f"{number}. {_line(talk, booking)}"
        approve = resume_button(f"y{number}", "Approve", BookingRequest(intent=Intent.APPROVE, booking=booking))
        decline = resume_button(f"n{number}", "Decline", BookingRequest(intent=Intent.DECLINE, booking=booking))
        parts.append(ButtonRow(buttons=(approve, decline), title=title))
    text = words.pending_text(len(every), booking_words.numbered(waiting, talk.zone, talk.now))
    if len(every) > len(waiting):
        left = booking_words.more_not_shown(len(every) - len(waiting))
        text = f"{text} {left}"
        parts.append(common.small(left))
    return show(talk.having(listed=waiting, offered=()), talk.conversation.request, text, tuple(parts))


def _single(talk: Talk, booking: Booking) -> Step:
    """The only request: its card decides at once."""
    request = BookingRequest(intent=Intent.APPROVE, booking=booking)
    buttons = (
        write_button("approve", "Approve", ApproveBooking(booking=booking.id)),
        write_button("decline", "Decline", DeclineBooking(booking=booking.id), style=Style.DANGER),
        resume_button("reason", "Decline with a reason", replace(request, intent=Intent.DECLINE)),
        keep_button("keep", "Keep waiting"),
    )
    text = words.pending_text(1, booking_words.numbered((booking,), talk.zone, talk.now))
    line = managing_words.until_press("a button")
    return _card(talk.having(listed=(booking,), offered=()), request, f"{text} {line}", buttons, line=line)


def approve(talk: Talk, request: BookingRequest) -> Step:
    """A card to approve a request."""
    return _decide(talk, request)


def decline(talk: Talk, request: BookingRequest) -> Step:
    """A card to decline a request, with a reason."""
    return _decide(talk, request)


def _decide(talk: Talk, request: BookingRequest) -> Step:
    if talk.context.capabilities is None or not talk.context.capabilities.approval:
        return say(talk, _no_approval(talk))
    booking = request.booking
    if booking is None or not matching.is_fresh(talk, request):
        return matching.find(talk, request)
    line = _line(talk, booking)
    if booking.status is not BookingStatus.REQUESTED:
        return say(talk.asking(None), words.is_not_pending(line), is_personal=True)
    if request.intent is Intent.APPROVE:
        write = write_button("approve", "Approve", ApproveBooking(booking=booking.id))
        return _card(talk, request, words.approve_text(line), (write, keep_button("keep", "Keep waiting")))
    form = forms.reason_form("Reason for declining", request.reason)
    buttons = (
        write_button(
            "decline", "Decline", DeclineBooking(booking=booking.id, reason=request.reason), style=Style.DANGER
        ),
        keep_button("keep", "Keep waiting"),
        form_button("reason", "Give a reason" if not request.reason else "Change the reason", form, request),
    )
    return _card(talk, request, words.decline_text(line, request.reason), buttons)


def approve_despite(talk: Talk, found: Clashing) -> Step:
    """The time of a request is taken by now: what it clashes with, and once more the question."""
    booking = found.booking
    request = BookingRequest(intent=Intent.APPROVE, booking=booking)
    anyway = WriteOut(
        writes=(ApproveBooking(booking=booking.id),), despite=tuple(clash.interval for clash in found.clashes)
    )
    buttons = (
        press_button("approve", "Approve anyway", anyway, style=Style.DANGER),
        write_button("decline", "Decline", DeclineBooking(booking=booking.id), style=Style.PLAIN),
        resume_button("other", "Propose another time", MoveRequest(booking=booking)),
        keep_button("keep", "Keep waiting"),
    )
    taken = [
        _line(talk, clash.booking)
        if clash.booking is not None
        else words.taken_by_calendar(times.stretch(Slot(clash.interval.start, clash.interval.end), talk.zone, talk.now))
        for clash in found.clashes
    ]
    return _card(talk, request, words.clashes(_line(talk, booking), taken), buttons)


def _no_approval(talk: Talk) -> str:
    """An old host knows requests and has no call for them; another service knows none."""
    can = talk.context.capabilities
    return (words.too_old_for_requests if can is not None and can.is_old else words.no_approval_here)(talk.service)


def add_guests(talk: Talk, request: BookingRequest) -> Step:
    """A card to add guests to a booking."""
    if talk.context.capabilities is None or not talk.context.capabilities.adds_guests:
        return say(talk, words.no_guests_here(talk.service))
    booking = request.booking
    if booking is None or not matching.is_fresh(talk, request):
        return matching.find(talk, request)
    held = {(attendee.email or "").lower() for attendee in booking.attendees} | {
        guest.lower() for guest in booking.guests
    }
    wanted = dict.fromkeys(guest.email for guest in request.guests if guest.email)
    emails = tuple(email for email in wanted if email not in held)
    if wanted and not emails:
        return say(talk.asking(None), doubt_words.invited_already(", ".join(wanted)), is_personal=True)
    nameless = [guest.name for guest in request.guests if not guest.email]
    form = forms.one_field("Guests", FormField(name="guests", label="Mail addresses", value=", ".join(emails)))
    if not emails:
        button = form_button("edit", "Add details", form, request, style=Style.PRIMARY)
        text = words.whom_to_add(nameless)
        return show(talk, request, text, (common.line(text), ButtonRow(buttons=(button,))))
    if nameless:
        talk = talk.leading(place_words.guest_without_mail(nameless))
    write = write_button("guests", "Add guests", AddGuests(booking=booking.id, emails=emails[:10]))
    buttons = (write, form_button("edit", "Edit", form, request), keep_button("keep", "Keep as is"))
    return _card(talk, request, words.guests_text(emails[:10], _line(talk, booking)), buttons)


def mark_absent(talk: Talk, request: BookingRequest) -> Step:
    """A card to mark a no-show, or take it back."""
    if talk.context.capabilities is None or not talk.context.capabilities.absence:
        return say(talk, words.no_absence_here(talk.service))
    booking = request.booking
    if booking is None or not matching.is_fresh(talk, request):
        return matching.find(talk, request)
    line = _line(talk, booking)
    if booking.slot.start > talk.now:
        return say(talk.asking(None), words.not_begun(line), is_personal=True)
    is_absent = Cue.TAKES_BACK not in request.cues
    is_host = Cue.HOST_ABSENT in request.cues
    named = [a for a in booking.attendees if any(guest.name.lower() in a.name.lower() for guest in request.guests)]
    people = named or list(booking.attendees)
    emails = () if is_host else tuple(attendee.email for attendee in people if attendee.email)
    names = ["you"] if is_host else [common.cut(attendee.name) for attendee in people]
    write = MarkAbsent(booking=booking.id, emails=emails, host=is_host, is_absent=is_absent)
    text = words.absent_text(names, line, is_absent=is_absent)
    return _card(
        talk, request, text, (write_button("absent", "Mark no-show", write), keep_button("keep", "Keep as is"))
    )


def change_place(talk: Talk, request: BookingRequest) -> Step:
    """A card to change where a booking takes place."""
    booking = request.booking
    can = talk.context.capabilities
    if can is None or not can.changes_place:
        is_old = can is not None and can.is_old
        return say(talk, (words.too_old_for_place if is_old else words.no_place_here)(talk.service))
    if booking is None or not matching.is_fresh(talk, request):
        return matching.find(talk, request)
    kind = talk.event_type(booking.event_type)
    place = places.offered_place(request.place, kind) if kind else None
    typed = request.typed_place.strip()
    if place is None and request.place is not None:
        place = Place(kind=request.place.kind, app=request.place.app, detail=request.place.detail)
    if typed:
        place = Place(kind=PlaceKind.LINK if typed.startswith("http") else PlaceKind.ADDRESS, detail=typed)
    form = forms.one_field("Place", FormField(name="place", label="Link or address"))
    if place is None or (place.kind in _NEEDS_DETAIL and not place.detail):
        button = form_button("edit", "Add details", form, request, style=Style.PRIMARY)
        return show(
            talk, request, words.which_place(), (common.line(words.which_place()), ButtonRow(buttons=(button,)))
        )
    text = words.place_text(common.cut(booking.place, 120), place_words.place(place), _line(talk, booking))
    write = write_button(
        "place", "Change place", ChangePlace(booking=booking.id, place=place, before=_place_before(kind, booking))
    )
    return _card(
        talk, request, text, (write, form_button("edit", "Edit", form, request), keep_button("keep", "Keep as is"))
    )


def _place_before(kind: EventType | None, booking: Booking) -> Place | None:
    """Where it is now, if that is one of its event type's own places."""
    own = kind.places if kind is not None else ()
    return next((one for one in own if booking.place in {place_words.place(one), one.detail}), None)


_NEEDS_DETAIL = frozenset(
    {PlaceKind.ADDRESS, PlaceKind.LINK, PlaceKind.PHONE, PlaceKind.ATTENDEE_PHONE, PlaceKind.ATTENDEE_ADDRESS}
)


def show_invitees(talk: Talk, request: BookingRequest) -> Step:
    """Who is invited to a booking."""
    booking = request.booking
    if booking is None or not matching.is_fresh(talk, request):
        return matching.find(talk, request)
    people = [
        f"{common.cut(a.name)} ({a.email or a.phone}){', absent' if a.is_absent else ''}" for a in booking.attendees
    ]
    people += [guest for guest in booking.guests if guest not in {a.email for a in booking.attendees}]
    text = words.invitees_text(_line(talk, booking, with_people=False), people)
    return say(talk.asking(replace(request, is_done=True)), text, is_personal=True)


def _line(talk: Talk, booking: Booking, *, with_people: bool = True) -> str:
    full = booking_words.one_line(booking, talk.zone, talk.now)
    return full if with_people else full.partition(" with ")[0]


def _card(talk: Talk, request: BookingRequest, text: str, buttons: tuple[Button, ...], *, line: str = "") -> Step:
    booking = request.booking
    rows = (
        ("What", booking_words.title(booking) if booking else ""),
        ("When", times.stretch(booking.slot, talk.zone, talk.now) if booking else ""),
        ("With", booking_words.people_of(booking) if booking else ""),
        ("Reason", common.cut(request.reason, 300) if request.intent is Intent.DECLINE else ""),
    )
    facts = Facts(rows=tuple(row for row in rows if row[1]))
    return show(
        talk,
        request,
        text,
        (common.heading(f"{buttons[0].option.label}?"), facts, common.line(line or text), ButtonRow(buttons=buttons)),
    )
