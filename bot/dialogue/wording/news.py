"""Sentences about what others did with a booking, and about a connection that has become active."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording import bookings, times
from bot.dialogue.wording.common import cut, listed
from bot.scheduling.models import ChangeKind

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.scheduling.models import Booking, BookingChange

_HEADINGS = {
    ChangeKind.BOOKED: "New booking",
    ChangeKind.REQUESTED: "New request",
    ChangeKind.MOVED: "Meeting moved",
    ChangeKind.CANCELLED: "Meeting cancelled",
    ChangeKind.REJECTED: "Request declined",
    ChangeKind.NO_SHOW: "Absence noted",
}


def heading(kind: ChangeKind) -> str:
    """What happened, in two words."""
    return _HEADINGS[kind]


def told(kind: ChangeKind, booking: Booking, when: str) -> str:
    """The news as one sentence."""
    return _sentence(kind, f"{bookings.title(booking)} with {bookings.people_of(booking) or 'your guest'}", when)


def _sentence(kind: ChangeKind, what: str, when: str) -> str:
    match kind:
        case ChangeKind.BOOKED:
            return f"{what} was booked for {when}."
        case ChangeKind.REQUESTED:
            return f"{what} is requested for {when} and waits for your approval."
        case ChangeKind.MOVED:
            return f"{what} was moved to {when}."
        case ChangeKind.CANCELLED:
            return f"{what} on {when} was cancelled."
        case ChangeKind.REJECTED:
            return f"{what} on {when} was declined."
        case _:
            return f"Somebody was marked as absent from {what} on {when}."


def in_short(change: BookingChange, booking: Booking, zone: ZoneInfo, now: datetime) -> str:
    """The whole of it in one line, for the thread of the booking."""
    pieces = [told(change.kind, booking, times.stretch(booking.slot, zone, now))]
    pieces += [f"Before: {was(change.old_start, zone, now)}."] if change.old_start else []
    pieces += [f"Reason: {reason(change.reason)}."] if change.reason else []
    return " ".join(pieces)


def in_public(kind: ChangeKind, booking: Booking, when: str) -> str:
    """The same for a channel: names, no addresses."""
    names = [cut(one.name) for one in booking.attendees[:3] if one.name and "@" not in one.name]
    what = f"{bookings.title(booking)} with {listed(names) or 'a guest'}"
    return _sentence(kind, what, when)


def channel_intro(name: str, title: str) -> str:
    """What the channel reads first."""
    return f"{cut(name)} has the bookings of {cut(title)} posted here from now on: who and when, no addresses."


def posts_now(title: str) -> str:
    return f"From now on I post the bookings of {cut(title)} in that channel: who and when, no addresses."


def posts_no_more() -> str:
    return "I post nothing of that in the channel any more."


def which_to_post() -> str:
    return "Bookings of which event type shall I post there?"


def channel_lost() -> str:
    return (
        "I can no longer write in the channel where I posted your bookings, so I stopped. "
        "Invite me there with /invite, then say it again, for example «post sales demos in #sales»."
    )


def was(old_start: datetime, zone: ZoneInfo, now: datetime) -> str:
    """The time before a move."""
    return f"{times.moment(old_start, zone, now)} {times.place(zone)}"


def reason(text: str) -> str:
    return cut(text, 200)


def connected(title: str, label: str) -> str:
    return f"{title} is connected{f' as {label}' if label else ''}."


def lapsed(title: str) -> str:
    return (
        f"I have stopped waiting for {title}: nobody has consented to the connection within an hour. "
        f"Say «connect {title.lower()}» to start again."
    )
