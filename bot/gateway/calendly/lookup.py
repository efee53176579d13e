"""What became of a write whose answer was lost.

Calendly has no key against doing a thing twice, so the state of the world is read, at once and again after some pauses,
because what was just written may not show yet. A booking is found by our reference in its tracking, and where that was
stripped by attendee, start and time of creation.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.errors import NotFound, Uncertain
from bot.gateway.calendly import reading, wire, write_wire
from bot.gateway.calendly.managing import writing as managing
from bot.gateway.calendly.writing import SOME_MARKED, wanted_invitees
from bot.scheduling.hosting_writes import CreateOneOff, DeleteLink
from bot.scheduling.models import BookingStatus
from bot.scheduling.times import as_instant
from bot.scheduling.writes import (
    BookSlot,
    CancelBooking,
    ChangeEventType,
    ChangeSchedule,
    CreateEventType,
    CreateLink,
    CreateSchedule,
    CreateWebhook,
    DeleteWebhook,
    MarkAbsent,
    MoveBooking,
    Written,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.gateway.calendly.account import CalendlyAccount, Meeting
    from bot.gateway.calendly.shapes import Invitee
    from bot.scheduling.claims import Claimed
    from bot.scheduling.models import Booking

WAITS = (1.0, 3.0, 8.0)
CLOCKS_DIFFER = timedelta(minutes=1)
"""By how much a booking may seem older than our try."""


async def look_up(account: CalendlyAccount, claimed: Claimed, waits: tuple[float, ...] = WAITS) -> Written | None:
    """See the port. `None` after the last read only."""
    find = _finder(account, claimed)
    account.forget()
    try:
        found = await find()
        for wait in waits:
            if found is not None:
                break
            await account.session.pause(wait)
            account.forget()
            found = await find()
    except NotFound as error:
        raise Uncertain("what was written on cannot be found any more", is_lasting=True) from error
    return found


def _finder(account: CalendlyAccount, claimed: Claimed) -> Callable[[], Awaitable[Written | None]]:
    match claimed.write:
        case BookSlot() as write:
            email = (write.attendee.email or "").lower()
            return partial(_find_booked, account, claimed, email=email, start=write.slot.start)
        case MoveBooking() as write:
            return partial(_find_moved, account, claimed, write)
        case CancelBooking() as write:
            return partial(_find_cancelled, account, write)
        case MarkAbsent() as write:
            return partial(_find_marked, account, write)
        case CreateWebhook() as write:
            return partial(_find_webhook, account, write)
        case DeleteWebhook() as write:
            return partial(_find_webhook_gone, account, write)
        case (
            CreateEventType()
            | ChangeEventType()
            | CreateSchedule()
            | ChangeSchedule()
            | CreateLink()
            | DeleteLink()
            | CreateOneOff()
        ) as write:
            return partial(managing.look, account, claimed, write)
        case write:
            raise Uncertain(f"{write.kind} is never sent to calendly")


async def _find_booked(account: CalendlyAccount, claimed: Claimed, *, email: str, start: datetime) -> Written | None:
    meeting = await _meeting_at(account, claimed, email=email, start=start)
    return Written(booking=await _booking(account, meeting)) if meeting else None


async def _find_moved(account: CalendlyAccount, claimed: Claimed, write: MoveBooking) -> Written | None:
    """A move is done when the new booking stands; an old one that stands beside it is left over."""
    old = await account.booking(write.booking)
    email = next((one.email for one in old.attendees if one.email), "")
    meeting = await _meeting_at(account, claimed, email=email.lower(), start=write.slot.start)
    if meeting is None:
        return None
    leftover = None if old.status is BookingStatus.CANCELLED else old
    return Written(booking=await _booking(account, meeting), leftover=leftover)


async def _find_cancelled(account: CalendlyAccount, write: CancelBooking) -> Written | None:
    found = await account.booking(write.booking)
    return Written(booking=found) if found.status is BookingStatus.CANCELLED else None


async def _find_marked(account: CalendlyAccount, write: MarkAbsent) -> Written | None:
    meeting = await account.meeting(write.booking)
    marks = [(one.no_show is not None) == write.is_absent for one in wanted_invitees(meeting, write)]
    if not any(marks):
        return None
    return Written(booking=await _booking(account, meeting), note="" if all(marks) else SOME_MARKED)


async def _find_webhook(account: CalendlyAccount, write: CreateWebhook) -> Written | None:
    wanted = set(write_wire.events_for(write.triggers))
    for webhook in await account.webhooks():
        if webhook.url == write.url and wanted == set(webhook.triggers):
            return Written(webhook=webhook)
    return None


async def _find_webhook_gone(account: CalendlyAccount, write: DeleteWebhook) -> Written | None:
    try:
        await account.session.read(wire.webhook(write.webhook))
    except NotFound:
        return Written()
    return None


async def _meeting_at(account: CalendlyAccount, claimed: Claimed, *, email: str, start: datetime) -> Meeting | None:
    """The active meeting at that start which this write made."""
    me = await account.profile()
    wanted = wire.EventFilter(
        user=me.id, status="active", invitee_email=email, earliest=start, latest=start + timedelta(minutes=1)
    )
    events = await account.session.read_all(partial(wire.scheduled_events, wanted))
    for event in events:
        meeting = await account.meeting(event.uri)
        if as_instant(event.start_time) == start and any(_is_ours(one, claimed, email) for one in meeting.active):
            return meeting
    return None


def _is_ours(invitee: Invitee, claimed: Claimed, email: str) -> bool:
    kept = invitee.tracking.utm_content if invitee.tracking else ""
    if kept:
        return kept == claimed.reference
    made_at = invitee.created_at
    return (
        invitee.email.lower() == email
        and made_at is not None
        and as_instant(made_at) >= claimed.claimed_at - CLOCKS_DIFFER
    )


async def _booking(account: CalendlyAccount, meeting: Meeting) -> Booking:
    return reading.booking_of(meeting.event, meeting.invitees, me=await account.profile())
