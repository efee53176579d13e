"""What takes a write back, or why nothing can. Pure: from what was written and what it came to, as the ledger keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from bot.scheduling.hosting_writes import CreateAway, CreateOneOff, DeleteAway, DeleteLink
from bot.scheduling.limits import BookingWindow, WindowKind
from bot.scheduling.writes import (
    AddGuests,
    ApproveBooking,
    BookSlot,
    CancelBooking,
    ChangeEntry,
    ChangeEventType,
    ChangePlace,
    ChangeProfile,
    ChangeSchedule,
    ChangeWebhook,
    CreateConnection,
    CreateEventType,
    CreateLink,
    CreateSchedule,
    CreateWebhook,
    DeclineBooking,
    DeleteConnection,
    DeleteEventType,
    DeleteSchedule,
    DeleteWebhook,
    HoldSlot,
    MarkAbsent,
    MoveBooking,
    ReleaseHold,
    RemoveGuests,
)

if TYPE_CHECKING:
    from bot.scheduling.models import Booking, EventType, Webhook
    from bot.scheduling.provider import Capabilities
    from bot.scheduling.writes import Write, Written

UNDO_WITHIN = timedelta(minutes=10)
"""How long an outcome carries its undo."""


def undo_of(write: Write, written: Written, can: Capabilities) -> Write | None:
    """The write that takes another one back; None where nothing does. It goes through a card of its own."""
    match write:
        case HoldSlot() | ReleaseHold() | BookSlot() | MoveBooking() | CancelBooking():
            return _undo_of_time(write, written)
        case AddGuests() | RemoveGuests() | MarkAbsent() | ChangePlace() | ChangeEntry():
            return _undo_of_detail(write, written, can)
        case CreateEventType():
            made = written.event_type
            return DeleteEventType(event_type=made.id) if made and can.deletes else None
        case ChangeEventType():
            return _type_before(write)
        case ChangeSchedule() | ChangeProfile() | CreateSchedule():
            return _undo_of_hours(write, written, can)
        case CreateWebhook() | ChangeWebhook() | DeleteWebhook():
            return _undo_of_webhook(write, written)
        case CreateLink():
            link = written.shared
            return DeleteLink(link=link.id, event_type=link.event_type) if link and link.id else None
        case CreateAway():
            return DeleteAway(away=written.away.id, before=written.away) if written.away else None
        case DeleteAway():
            return _away_again(write)
        case ApproveBooking() | DeclineBooking() | DeleteEventType() | DeleteSchedule() | DeleteLink() | CreateOneOff():
            return None
        case CreateConnection() | DeleteConnection():
            return None
        case _:
            assert_never(write)


def can_undo(write: Write, can: Capabilities) -> bool:
    """Whether a card may promise that its write can be taken back, before anything is written."""
    match write:
        case HoldSlot() | BookSlot() | MoveBooking() | CreateWebhook() | CreateAway():
            return True
        case CancelBooking() | ChangeEventType() | ChangeProfile() | DeleteAway() | DeleteWebhook() | ChangeWebhook():
            return write.before is not None and not (isinstance(write, CancelBooking) and not _can_rebook(write))
        case ChangeSchedule():
            return write.before is not None
        case MarkAbsent() | RemoveGuests():
            return isinstance(write, MarkAbsent) or can.adds_guests
        case AddGuests():
            return can.removes_guests
        case ChangeEntry():
            return bool(write.title_before) or write.title is None
        case CreateEventType() | CreateSchedule():
            return can.deletes
        case CreateLink():
            return can.link_uses or can.link_terms
        case ChangePlace():
            return write.before is not None
        case ApproveBooking() | DeclineBooking() | ReleaseHold():
            return False
        case DeleteEventType() | DeleteSchedule() | DeleteLink() | CreateOneOff():
            return False
        case CreateConnection() | DeleteConnection():
            return False
        case _:
            assert_never(write)


def _undo_of_time(
    write: HoldSlot | ReleaseHold | BookSlot | MoveBooking | CancelBooking, written: Written
) -> Write | None:
    made = written.booking
    match write:
        case HoldSlot():
            return ReleaseHold(hold=written.hold.id, slot=written.hold.slot) if written.hold else None
        case BookSlot() if made is not None:
            is_series = len(written.bookings) > 1
            return CancelBooking(booking=made.id, slot=made.slot, and_following=is_series, seat=made.seat, before=made)
        case MoveBooking() if made is not None and written.leftover is None:
            return MoveBooking(
                booking=made.id,
                old=made.slot,
                slot=write.old,
                event_type=write.event_type or made.event_type,
                attendee=write.attendee,
                seat=write.seat,
            )
        case CancelBooking() if write.before is not None and _can_rebook(write):
            return book_again(write.before)
        case _:
            return None


def book_again(booking: Booking) -> BookSlot | None:
    """A new booking like one that stood. Answers to questions are not known any more; the provider may ask for them."""
    attendee = next(iter(booking.attendees), None)
    if attendee is None or not booking.event_type:
        return None
    return BookSlot(
        event_type=booking.event_type,
        slot=booking.slot,
        attendee=replace(attendee, is_absent=False, id=""),
        guests=booking.guests,
        length=booking.slot.interval.length,
    )


def _can_rebook(write: CancelBooking) -> bool:
    is_plain = not write.and_following and not write.seat
    return is_plain and write.before is not None and book_again(write.before) is not None


def _undo_of_detail(
    write: AddGuests | RemoveGuests | MarkAbsent | ChangePlace | ChangeEntry, written: Written, can: Capabilities
) -> Write | None:
    booking = written.booking.id if written.booking else write.booking
    match write:
        case AddGuests():
            return RemoveGuests(booking=booking, emails=write.emails) if can.removes_guests else None
        case RemoveGuests():
            return AddGuests(booking=booking, emails=write.emails) if can.adds_guests else None
        case MarkAbsent():
            return replace(write, is_absent=not write.is_absent)
        case ChangePlace(before=old) if old is not None:
            return ChangePlace(booking=booking, place=old, before=write.place)
        case ChangeEntry() if write.note is None and (write.title is None or write.title_before):
            end = write.slot.end if write.end is not None else None
            title = write.title_before if write.title is not None else None
            return replace(write, title=title, end=end, title_before=write.title or "")
        case _:
            return None


def _type_before(write: ChangeEventType) -> ChangeEventType | None:
    """The same aspects with their values before."""
    old = write.before
    if old is None:
        return None
    return ChangeEventType(
        event_type=write.event_type,
        title=None if write.title is None else old.title,
        lengths=None if write.lengths is None else (*old.lengths, *old.other_lengths),
        description=None if write.description is None else old.description,
        is_hidden=None if write.is_hidden is None else old.is_hidden,
        places=None if write.places is None else old.places,
        questions=None if write.questions is None else old.questions,
        buffer_before=None if write.buffer_before is None else old.buffer_before,
        buffer_after=None if write.buffer_after is None else old.buffer_after,
        minimum_notice=None if write.minimum_notice is None else old.minimum_notice,
        interval=None if write.interval is None else old.interval or timedelta(0),
        window=None if write.window is None else old.window or BookingWindow(kind=WindowKind.ANY),
        caps=None if write.caps is None else old.caps,
        seats=None if write.seats is None else old.seats or 0,
        needs_approval=None if write.needs_approval is None else old.needs_approval,
        before=_after(old, write),
    )


def _after(old: EventType, write: ChangeEventType) -> EventType:
    """The type as the write left it, as far as its card needs: what an undo shows as «before»."""
    return replace(
        old,
        title=old.title if write.title is None else write.title,
        lengths=old.lengths if write.lengths is None else write.lengths,
        other_lengths=old.other_lengths if write.lengths is None else (),
        description=old.description if write.description is None else write.description,
        is_hidden=old.is_hidden if write.is_hidden is None else write.is_hidden,
        buffer_before=old.buffer_before if write.buffer_before is None else write.buffer_before,
        buffer_after=old.buffer_after if write.buffer_after is None else write.buffer_after,
        minimum_notice=old.minimum_notice if write.minimum_notice is None else write.minimum_notice,
        interval=old.interval if write.interval is None else write.interval or None,
        window=old.window if write.window is None else write.window,
        caps=old.caps if write.caps is None else write.caps,
        seats=old.seats if write.seats is None else write.seats or None,
        needs_approval=old.needs_approval if write.needs_approval is None else write.needs_approval,
    )


def _undo_of_hours(
    write: ChangeSchedule | ChangeProfile | CreateSchedule, written: Written, can: Capabilities
) -> Write | None:
    match write:
        case CreateSchedule():
            made = written.schedule
            return DeleteSchedule(schedule=made.id) if made and can.deletes and not made.is_default else None
        case ChangeSchedule(before=old) if old is not None:
            return ChangeSchedule(
                schedule=write.schedule,
                name=None if write.name is None else old.name,
                zone=None if write.zone is None else old.zone,
                hours=None if write.hours is None else old.hours,
                overrides=None if write.overrides is None else old.overrides,
                before=written.schedule,
            )
        case ChangeProfile(before=me) if me is not None:
            return ChangeProfile(
                name=None if write.name is None else me.name,
                zone=None if write.zone is None else me.zone,
                default_schedule=None if write.default_schedule is None else me.default_schedule,
                before=written.profile,
            )
        case _:
            return None


def _undo_of_webhook(write: CreateWebhook | ChangeWebhook | DeleteWebhook, written: Written) -> Write | None:
    match write:
        case CreateWebhook():
            made = written.webhook
            return DeleteWebhook(webhook=made.id, event_type=made.event_type, before=made) if made else None
        case DeleteWebhook(before=old) if old is not None:
            return webhook_again(old)
        case ChangeWebhook(before=old) if old is not None:
            return ChangeWebhook(
                webhook=write.webhook,
                is_active=None if write.is_active is None else old.is_active,
                triggers=None if write.triggers is None else old.triggers,
                event_type=write.event_type,
                before=written.webhook,
            )
        case _:
            return None


def webhook_again(hook: Webhook) -> CreateWebhook:
    """The write that makes a subscription again as it was; our own address keeps its token."""
    token = hook.url.rpartition("/")[2] if "/webhooks/" in hook.url else ""
    return CreateWebhook(url=hook.url, triggers=hook.triggers, event_type=hook.event_type, token=token)


def _away_again(write: DeleteAway) -> CreateAway | None:
    old = write.before
    if old is None:
        return None
    return CreateAway(first=old.first, last=old.last, reason=old.reason, note=old.note, stand_in=old.stand_in)
