"""Sentences about bookings that stand: listing, moving, cancelling, and what else is done to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording import times
from bot.dialogue.wording.common import count, cut, listed
from bot.scheduling.models import BookingStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.scheduling.models import Booking

_DEEDS = {
    "cancel": "cancel",
    "reschedule": "move",
    "approve": "approve",
    "decline": "decline",
    "add_guests": "add guests to",
    "mark_absent": "mark as a no-show",
    "change_place": "change the place of",
    "show_invitees": "show the invitees of",
}


def people_of(booking: Booking) -> str:
    """Its attendees with addresses: for private places only."""
    names = [f"{cut(a.name)} ({a.email})" if a.email and a.email != a.name else cut(a.name) for a in booking.attendees]
    return listed(names[:5] + ([f"{len(names) - 5} more"] if len(names) > 5 else []))


def names_of(booking: Booking) -> str:
    names = [cut(attendee.name) for attendee in booking.attendees[:3]]
    return listed(names)


def title(booking: Booking) -> str:
    """What it is. Providers put «between Ana and Kai» behind it; who it is with is said beside it anyway."""
    text = " ".join(booking.title.split())
    head, between, pair = text.rpartition(" between ")
    guests = [attendee.name for attendee in booking.attendees if attendee.name]
    if between and any(pair.endswith(f" and {name}") or pair.startswith(f"{name} and ") for name in guests):
        text = head
    return cut(text) or "meeting"


def unknown_booking() -> str:
    """A booking of which nothing is known any more."""
    return "the meeting"


def short(booking: Booking) -> str:
    """«Intro with Kai Brunner»: what it is and with whom, without addresses."""
    who = names_of(booking)
    what = title(booking)
    return what if not who or what.endswith(who) else f"{what} with {who}"


def described(booking: Booking) -> str:
    """«Intro with Priya (priya@…)»; a title that ends in the attendee's name is not said twice."""
    who = people_of(booking)
    if (
        len(booking.attendees) == 1
        and booking.attendees[0].email
        and title(booking).endswith(booking.attendees[0].name)
    ):
        return f"{title(booking)} ({booking.attendees[0].email})"
    return f"{title(booking)}{f' with {who}' if who else ''}"


def one_line(booking: Booking, zone: ZoneInfo, now: datetime) -> str:
    """«Tue 24 Nov 14:00–14:30 Berlin: Intro with Priya (priya@…), waiting for approval»."""
    state = ", waiting for approval" if booking.status is BookingStatus.REQUESTED else ""
    return f"{times.stretch(booking.slot, zone, now)}: {described(booking)}{state}"


def row(booking: Booking, zone: ZoneInfo) -> str:
    """«14:00–14:30: Intro with Priya, waiting for approval», under its day."""
    state = ", waiting for approval" if booking.status is BookingStatus.REQUESTED else ""
    return f"{times.span(booking.slot, zone)}: {short(booking)}{state}"


def numbered(bookings: Sequence[Booking], zone: ZoneInfo, now: datetime) -> str:
    return "; ".join(f"{number}. {one_line(b, zone, now)}" for number, b in enumerate(bookings, start=1))


def several(deed: str, bookings: Sequence[Booking], zone: ZoneInfo, now: datetime, *, is_rest: bool = False) -> str:
    """Which of these; `is_rest`: none of them is what was asked for."""
    question = f"Which one shall I {_DEEDS.get(deed, 'take')}?"
    lead = "" if is_rest else f"{count(len(bookings), 'meeting')} match. "
    return f"{lead}{question} {numbered(bookings, zone, now)}."


def none_match(whom: str, when: str, *, kind: str = "upcoming") -> str:
    about = f" with {cut(whom)}" if whom else ""
    return f"I found no {kind} meeting{about}{f' {when}' if when else ''}."


def say_a_time() -> str:
    return "Say a time, for example «friday at 3»."


def measured_from(whom: str) -> str:
    """Where the time of a card comes from."""
    return f"The time is counted from the meeting with {cut(whom.title() if whom.islower() else whom)}."


def move_or_book(told: str, *, is_timed: bool = True) -> str:
    """Before a second meeting with somebody is offered, where the text does not say that it is one."""
    where = "to the time you named" if is_timed else "to another time"
    return f"There is a meeting already: {told} Shall it move {where}, or do you want another one?"


def move_that(when: str) -> str:
    return f"Move {when}"


def book_another() -> str:
    return "Book another one"


def measured_from_which() -> str:
    return "From which of these meetings is it counted?"


def not_then(whom: str, when: str) -> str:
    return f"There is nothing{f' with {cut(whom)}' if whom else ''} {when}, so this is about another time."


def but_there_are() -> str:
    return "This is what is on."


def nothing_on(when: str) -> str:
    return f"You have no meetings {when}."


def list_heading(number: int, when: str) -> str:
    return f"{count(number, 'meeting')} {when}"


def one_heading(*, is_last: bool) -> str:
    return "Your last meeting" if is_last else "Your next meeting"


def list_text(bookings: Sequence[Booking], when: str, zone: ZoneInfo, now: datetime) -> str:
    return f"{list_heading(len(bookings), when)}: {numbered(bookings, zone, now)}."


def last_one(booking: Booking, zone: ZoneInfo, now: datetime) -> str:
    return f"Your last meeting was {one_line(booking, zone, now)}."


def next_with(booking: Booking, zone: ZoneInfo, now: datetime) -> str:
    return f"Next: {one_line(booking, zone, now)}."


def more_stay(number: int, most: int) -> str:
    return f"{count(number, 'more meeting')} would fit and stay as they are: one card holds {most}."


def more_not_shown(number: int) -> str:
    return f"{count(number, 'more meeting')} not shown; name a day to narrow it down."


def cancel_heading(booking: Booking) -> str:
    return f"Cancel {short(booking)}?"


def cancel_text(booking: Booking, when: str, reason: str) -> str:
    why = f" Reason: {cut(reason, 200)}." if reason else ""
    return f"Cancel {described(booking)} on {when}?{why} Nothing is cancelled until you press Cancel meeting."


def cancel_all_text(bookings: Sequence[Booking], zone: ZoneInfo, now: datetime) -> str:
    lines = numbered(bookings, zone, now)
    return f"Cancel all {len(bookings)} of these? {lines}. Nothing is cancelled until you press the button."


def cancel_series_label(number: int) -> str:
    return f"Cancel all {number} dates"


def cancel_series_text(dates: Sequence[Booking], zone: ZoneInfo, now: datetime, reason: str) -> str:
    why = f" Reason: {cut(reason, 200)}." if reason else ""
    until = f"Nothing is cancelled until you press {cancel_series_label(len(dates))}."
    return f"Cancel what is left of the series? {numbered(dates, zone, now)}.{why} {until}"


def series_cancelled(what: str, number: int, when: str) -> str:
    return f"Cancelled: {what} on {when} and {count(number - 1, 'later date')} of the series."


def goes_to_everybody(booking: Booking) -> str:
    return f"{names_of(booking) or 'Everybody'} will be told, with the reason if you give one."


def cannot_cancel() -> str:
    return "Its event type does not allow cancellations, so the service may refuse."


def cancelled(what: str, when: str) -> str:
    return f"Cancelled: {what} on {when}."


def is_cancelled_already(booking: Booking, when: str) -> str:
    return f"{short(booking)} on {when} is cancelled already."


def is_over(booking: Booking, when: str) -> str:
    return f"{short(booking)} on {when} is over already."


def or_other_way(when: str) -> str:
    return f"If you meant the other way, that is {when}."


def move_heading(booking: Booking) -> str:
    return f"Move {short(booking)}?"


def move_text(booking: Booking, old: str, new: str) -> str:
    return f"Move {described(booking)} from {old} to {new}? Nothing moves until you press Move."


def moved(what: str, old: str, new: str) -> str:
    return f"Moved: {what} from {old} to {new}."


def move_requested(what: str, old: str, new: str) -> str:
    return f"Requested: {what} to move from {old} to {new}. The host has still to approve it."


def no_native_move(service: str) -> str:
    return (
        f"{service} cannot move a booking. Pressing Move books the new time first and then cancels the old one, "
        "so two mails go out."
    )


def leftover(old: str) -> str:
    return f"The new time is booked, but the old one on {old} could not be cancelled and still stands."


def approves_itself() -> str:
    return "Moving a request with your account also approves it."


def keeps(booking: Booking, when: str) -> str:
    return f"Nothing changed: {short(booking)} stays on {when}."


def kept() -> str:
    return "Nothing changed."


def where_to(booking: Booking) -> str:
    return f"Where shall {short(booking)} go?"


def same_time(when: str) -> str:
    return f"It is at {when} already, so nothing needs to move."


def cannot_check(booking: Booking) -> str:
    return f"{title(booking)} belongs to no event type of yours, so I cannot see where it could go."


def deed(intent: str) -> str:
    return _DEEDS.get(intent, "take")


def none_with(names: Sequence[str]) -> str:
    """Of several people named, those without a booking."""
    return f"There is no meeting with {listed([cut(name) for name in names])}."


def nothing_but(names: Sequence[str], when: str) -> str:
    """Nothing is left of what was meant once somebody's meeting stands."""
    there = f"The meeting with {listed([cut(name) for name in names])} is all there is"
    return f"{there} {when}, so everything stays as it is." if when else f"{there}, so everything stays as it is."


def nothing_left_out(when: str) -> str:
    """An exception that none of the bookings falls under."""
    return f"Nothing is on {when}, so that leaves none of them out." if when else "What you left out is none of them."


def nothing_but_those() -> str:
    """Nothing is left of those that were meant once the ones left out stand."""
    return "There is no other one, so everything stays as it is."
