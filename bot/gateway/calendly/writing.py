"""What each write comes to at Calendly.

Theory of operation. A write is one call that either was refused (nothing is written), succeeded, or is `Uncertain`; the client
never repeats it. Two writes are more than one call: a booking that the plan or path refuses becomes a single-use link, and a
move is a new booking and then the cancellation of the old one, never the other way round. Whatever such a second step comes
to, what the first one wrote is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.errors import (
    NotConnected,
    NotFound,
    PencilError,
    ProviderDown,
    RateLimited,
    Refused,
    SlotTaken,
    Uncertain,
    Unsupported,
)
from bot.gateway.calendly import reading, write_wire
from bot.gateway.calendly.account import another_page, require_length
from bot.gateway.calendly.places import location_to_keep, location_to_send, place_in_words
from bot.gateway.calendly.refusals import ALREADY_CANCELLED, INVALID, PERMISSION, PLAN
from bot.gateway.calendly.shapes import Cancellation
from bot.scheduling.models import Attendee, Booking, BookingStatus, Person, Slot
from bot.scheduling.times import as_instant, find_zone
from bot.scheduling.writes import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.gateway.calendly.account import CalendlyAccount, Meeting
    from bot.gateway.calendly.shapes import CalendlyEventType, Invitee
    from bot.scheduling.claims import Claimed
    from bot.scheduling.models import Profile
    from bot.scheduling.writes import BookSlot, CancelBooking, CreateWebhook, MarkAbsent, MoveBooking

NOT_BY_US = "Calendly does not let me book on your plan; nothing is booked. "
LINK_INSTEAD = f"{NOT_BY_US}This link books that event type once: send it to whom you want to meet."
PAGE_INSTEAD = f"{NOT_BY_US}This page moves the meeting: pick the new time there."
FOREIGN_KEY = (
    "Calendly may sign news that are ordered through the gateway with a key I do not have, and those I do not believe; "
    "should none arrive, connect Calendly directly with a personal token."
)
SOME_MARKED = "Calendly took it for some of them only; the others are as they were."
_REFUSES_BOOKING = frozenset({PLAN, PERMISSION})


async def book(account: CalendlyAccount, claimed: Claimed, write: BookSlot) -> Written:
    """Book, or make a link where Calendly refuses to be booked by us at all."""
    if write.host:
        raise another_page(write.host)
    found, me = await account.type_of(write.event_type), await account.profile()
    require_length(reading.event_type_of(found).length, write.length)
    new = write_wire.NewInvitee(
        event_type=found.uri,
        starts_at=write.slot.start,
        attendee=write.attendee,
        reference=claimed.reference,
        location=_location(found, lambda: location_to_send(found.locations, write.place, phone=write.attendee.phone)),
        answers=write_wire.answers_to_send(found, write.answers),
        guests=tuple(email.lower() for email in write.guests),
    )
    try:
        invitee = await _create(account, claimed, new)
    except (NotFound, Refused) as error:
        if isinstance(error, Refused) and error.code not in _REFUSES_BOOKING:
            raise
        return await _link_instead(account, claimed, found.uri, error)
    return Written(booking=_booked(found, new, invitee, me))


async def move(account: CalendlyAccount, claimed: Claimed, write: MoveBooking) -> Written:
    """Book the new time, then cancel the old one. A cancellation that fails leaves the old one over, and says so."""
    meeting, me = await account.meeting(write.booking), await account.profile()
    old = reading.booking_of(meeting.event, meeting.invitees, me=me)
    invitee = _only_invitee(meeting, old)
    found = await account.type_of(meeting.event.event_type or write.event_type)
    new = write_wire.NewInvitee(
        event_type=found.uri,
        starts_at=write.slot.start,
        attendee=_same_attendee(invitee, write.attendee),
        reference=claimed.reference,
        location=_location(found, lambda: location_to_keep(meeting.event.location, found.locations)),
        answers=_same_answers(found, invitee),
        guests=old.guests,
    )
    try:
        made = await _create(account, claimed, new)
    except (NotFound, Refused) as error:
        if not old.move_url or (isinstance(error, Refused) and error.code not in _REFUSES_BOOKING):
            raise
        return Written(link=old.move_url, note=PAGE_INSTEAD)
    booking = replace(_booked(found, new, made, me), replaces=old.id)
    return Written(booking=booking, leftover=await _cancel_moved(account, claimed, write, old))


async def cancel(account: CalendlyAccount, claimed: Claimed, write: CancelBooking) -> Written:
    """Cancel for everybody. A meeting that is cancelled already counts as done."""
    if write.and_following:
        raise Unsupported(
            "a series", for_person="Calendly has no repeating meetings; I can cancel this one, and others one by one."
        )
    meeting, me = await account.meeting(write.booking), await account.profile()
    if meeting.event.status != "canceled":
        try:
            await account.session.write(write_wire.cancel_event(meeting.event.uri, write.reason), claimed)
        except Refused as error:
            if error.code != ALREADY_CANCELLED:
                raise
    cancellation = meeting.event.cancellation or Cancellation(reason=write.reason)
    over = replace(meeting.event, status="canceled", cancellation=cancellation)
    return Written(booking=reading.booking_of(over, meeting.invitees, me=me))


async def mark_absent(account: CalendlyAccount, claimed: Claimed, write: MarkAbsent) -> Written:
    """Mark invitees as absent, or take that back. What was marked before one failed is told."""
    if write.host:
        raise Unsupported(
            "an absent host",
            for_person="Calendly marks only invitees as absent; a meeting that you missed can be cancelled or moved.",
        )
    meeting, me = await account.meeting(write.booking), await account.profile()
    todo = [one for one in wanted_invitees(meeting, write) if (one.no_show is not None) != write.is_absent]
    done: set[str] = set()
    note = ""
    for invitee in todo:
        try:
            await _mark(account, claimed, invitee, is_absent=write.is_absent)
        except PencilError as error:
            if not done or isinstance(error, Uncertain):
                raise
            note = SOME_MARKED
            break
        done.add(invitee.uri)
    booking = reading.booking_of(meeting.event, meeting.invitees, me=me)
    marked = (replace(one, is_absent=write.is_absent) if one.id in done else one for one in booking.attendees)
    return Written(booking=replace(booking, attendees=tuple(marked)), note=note)


async def create_webhook(account: CalendlyAccount, claimed: Claimed, write: CreateWebhook, secret: str) -> Written:
    """Subscribe the account's news."""
    if write.event_type:
        raise Unsupported(
            "news of one type", for_person="Calendly sends news of all your event types together; I can turn those on."
        )
    me = await account.profile()
    call = write_wire.create_webhook(
        write.url,
        write_wire.events_for(write.triggers),
        organization=me.organization,
        user=me.id,
        secret=secret,
    )
    made = await account.session.write(call, claimed)
    return Written(webhook=reading.webhook_of(made), note=FOREIGN_KEY if account.session.is_through_gateway else "")


async def delete_webhook(account: CalendlyAccount, claimed: Claimed, webhook: str) -> Written:
    """Unsubscribe. One that is gone already counts as done."""
    call = write_wire.delete_webhook(webhook)
    try:
        await account.session.write(call, claimed)
    except NotFound:
        return Written()
    return Written()


def wanted_invitees(meeting: Meeting, write: MarkAbsent) -> tuple[Invitee, ...]:
    """Whom a no-show write means: the named addresses, or the only invitee. `NotFound` for an address not invited."""
    wanted = {email.lower() for email in write.emails}
    if not wanted:
        return meeting.active
    found = tuple(one for one in meeting.active if one.email.lower() in wanted)
    if len({one.email.lower() for one in found}) < len(wanted):
        raise NotFound("not invited", for_person="That person is not invited to the meeting.")
    return found


async def _create(account: CalendlyAccount, claimed: Claimed, new: write_wire.NewInvitee) -> Invitee:
    """Book once; a refusal is looked into, because Calendly publishes no wording for a time that is taken."""
    try:
        return await account.session.book(write_wire.create_invitee(new), claimed)
    except Refused as error:
        if error.code != INVALID:
            raise
        account.forget()
        if "first_name" in error.reason:
            return await account.session.book(write_wire.create_invitee(new, with_split_name=True), claimed)
        if await _is_taken(account, new):
            raise SlotTaken("calendly refused a time that is not open") from error
        raise


async def _is_taken(account: CalendlyAccount, new: write_wire.NewInvitee) -> bool:
    try:
        return not await account.is_open(new.event_type, new.starts_at)
    except PencilError:
        return False


async def _link_instead(account: CalendlyAccount, claimed: Claimed, event_type: str, refused: PencilError) -> Written:
    """The nearest thing where booking is refused. Nothing was booked, whatever becomes of the link."""
    try:
        made = await account.session.write(write_wire.create_link(event_type), claimed)
    except PencilError:
        raise refused from None
    return Written(link=made.booking_url, note=LINK_INSTEAD)


async def _cancel_moved(account: CalendlyAccount, claimed: Claimed, write: MoveBooking, old: Booking) -> Booking | None:
    """Cancels what was moved; gives it back when it still stands. `Uncertain` goes on: the look-up sees both."""
    try:
        await account.session.write(write_wire.cancel_event(old.id, _moved_to(write, old)), claimed)
    except Refused as error:
        return None if error.code == ALREADY_CANCELLED else old
    except (NotFound, NotConnected, RateLimited, ProviderDown):
        return old
    return None


async def _mark(account: CalendlyAccount, claimed: Claimed, invitee: Invitee, *, is_absent: bool) -> None:
    if is_absent:
        await account.session.write(write_wire.mark_no_show(invitee.uri), claimed)
    elif invitee.no_show is not None:
        try:
            await account.session.write(write_wire.unmark_no_show(invitee.no_show.uri), claimed)
        except NotFound:
            return


def _booked(found: CalendlyEventType, new: write_wire.NewInvitee, invitee: Invitee, me: Profile) -> Booking:
    """The new booking as we know it: the answer holds the invitee only, and asking on could fail."""
    kind = reading.event_type_of(found)
    return Booking(
        id=invitee.event,
        title=kind.title,
        slot=Slot(new.starts_at, new.starts_at + kind.length),
        status=BookingStatus.BOOKED,
        event_type=found.uri,
        attendees=(reading.attendee_of(invitee) if invitee.email else new.attendee,),
        hosts=(Person(name=me.name, email=me.email or None, zone=me.zone),),
        guests=new.guests,
        place=_place_sent(new.location),
        reference=new.reference,
        move_url=invitee.reschedule_url,
        created_at=as_instant(invitee.created_at) if invitee.created_at else None,
    )


def _place_sent(location: Mapping[str, str] | None) -> str:
    return place_in_words({"type": location["kind"], "location": location.get("location")}) if location else ""


def _location(found: CalendlyEventType, choose: Callable[[], dict[str, str] | None]) -> dict[str, str] | None:
    """Where a round robin meets is its host's matter, and Calendly refuses a wish."""
    return None if found.pooling_type == "round_robin" else choose()


def _only_invitee(meeting: Meeting, old: Booking) -> Invitee:
    if old.status is BookingStatus.CANCELLED:
        raise Refused(
            "moving a cancelled meeting",
            code=ALREADY_CANCELLED,
            for_person="That meeting is cancelled; book a new one.",
        )
    active = meeting.active
    if len(active) != 1:
        raise Unsupported(
            f"moving a meeting with {len(active)} invitees",
            for_person="Calendly cannot move a group meeting for everybody; each person can move with their own link.",
        )
    return active[0]


def _same_attendee(invitee: Invitee, shown: Attendee | None) -> Attendee:
    if shown is not None and (shown.email or "").lower() == invitee.email.lower():
        return shown
    return reading.attendee_of(invitee)


def _same_answers(found: CalendlyEventType, invitee: Invitee) -> tuple[tuple[str, str, int], ...]:
    """What was answered before, as far as it is still asked."""
    names = {question.name for question in reading.asked(found)}
    given = [(one.question, one.answer) for one in invitee.questions_and_answers if one.question in names]
    return write_wire.answers_to_send(found, given)


def _moved_to(write: MoveBooking, old: Booking) -> str:
    """The reason that the attendee reads with the cancellation, in their own zone."""
    zone = find_zone(old.attendees[0].zone if old.attendees else None) or ZoneInfo("UTC")
    text = f"Moved to {write.slot.start.astimezone(zone):%A, %d %B %Y, %H:%M} ({zone.key})"
    return f"{text}: {write.reason}" if write.reason else text
