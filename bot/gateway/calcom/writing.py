"""Carries a claimed write out at Cal.com: checks what the server does not check, sends once, reads what it came to.

A booking is read before it is changed: whose it is decides, because over there its id alone would do.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol, assert_never

from bot.errors import NotFound, Refused, Unsupported
from bot.gateway.calcom.hosting.writing import HostingWrites
from bot.gateway.calcom.listing import MOST_MOVES
from bot.gateway.calcom.refusals import ALREADY_CANCELLED, MOVED_ALREADY, too_old
from bot.gateway.calcom.wire_bookings import BookingsWire
from bot.scheduling.hosting_writes import CreateAway, CreateOneOff, DeleteAway, DeleteLink
from bot.scheduling.models import BookingQuery, BookingStatus, Place, PlaceKind, QuestionKind
from bot.scheduling.times import Interval, find_zone
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
    Written,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.gateway.calcom.hosting.reading import HostingReads
    from bot.gateway.calcom.session import Session, Wires
    from bot.gateway.calcom.wire_bookings import Found
    from bot.gateway.calls import Call
    from bot.scheduling.claims import Claimed
    from bot.scheduling.models import Booking, EventType

MOST_GUESTS = 10
LONGEST_SERIES = timedelta(days=4000)
"""How far ahead the later dates of a series are looked for."""
PHONE_FIELD = "attendeePhoneNumber"
NO_ONE_OFF = "Cal.com has no one-off event types; I can make a private link for one of your types, for those days."
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\.]+(\.[^\s@<>,;:\"()\[\]\\.]+)+")
_YES = frozenset({"yes", "true", "1", "y", "on", "ja", "sí", "si", "oui"})


class Reader(Protocol):
    """What writing needs to know beforehand."""

    async def type_of(self, identifier: str, host: str | None = None) -> EventType:
        """An event type; raises `NotFound`."""
        ...

    async def own_booking(self, booking_id: str, *, reference: str = "") -> Found:
        """A booking of the account's own; raises `NotFound`."""
        ...

    async def listed(self, query: BookingQuery) -> tuple[Found, ...]:
        """The account's own bookings."""
        ...


class Writing:
    """Writes of one account."""

    def __init__(self, session: Session, reader: Reader, hosting: HostingReads) -> None:
        self._session = session
        self._reader = reader
        self._hosting = HostingWrites(session, hosting)

    async def write(self, claimed: Claimed, *, secret: str = "") -> Written:
        """See the port."""
        write = claimed.write
        match write:
            case HoldSlot() | ReleaseHold():
                return await self._hold(write, claimed)
            case BookSlot():
                return await self._book(write, claimed)
            case MoveBooking():
                return await self._move(write, claimed)
            case CancelBooking():
                return await self._cancel(write, claimed)
            case ApproveBooking() | DeclineBooking() | AddGuests() | MarkAbsent() | ChangePlace():
                return await self._change_booking(write, claimed)
            case CreateEventType() | ChangeEventType() | DeleteEventType():
                return await self._manage_event_type(write, claimed)
            case CreateSchedule() | ChangeSchedule() | DeleteSchedule() | ChangeProfile():
                return await self._manage_hours(write, claimed)
            case CreateWebhook() | ChangeWebhook() | DeleteWebhook():
                return await self._manage_webhook(write, claimed, secret=secret)
            case CreateLink() | DeleteLink() | CreateAway() | DeleteAway():
                return await self._hosting.write(write, claimed)
            case RemoveGuests() | ChangeEntry():
                found = await self._reader.own_booking(write.booking)
                return await self._hosting.write(write, claimed, found)
            case CreateOneOff():
                raise Unsupported("no one-off types", for_person=NO_ONE_OFF)
            case CreateConnection() | DeleteConnection():
                raise Unsupported("connections belong to the gateway")
            case _:
                assert_never(write)

    async def _hold(self, write: HoldSlot | ReleaseHold, claimed: Claimed) -> Written:
        if isinstance(write, ReleaseHold):
            await self._session.write(lambda wires: wires.slots.release(write.hold), claimed)
            return Written()
        kind = await self._reader.type_of(write.event_type)
        now = self._session.api.client.clock.now()
        ask = len(kind.lengths) > 1
        hold = await self._session.write(lambda wires: wires.slots.hold(write, ask_length=ask, now=now), claimed)
        return Written(hold=hold)

    async def _book(self, write: BookSlot, claimed: Claimed) -> Written:
        require_addresses(*(write.guests), *([write.attendee.email] if write.attendee.email else []))
        if find_zone(write.attendee.zone) is None:
            raise Refused("unknown zone", reason="unknown zone", for_person="I do not know the attendee's time zone.")
        kind = await self._reader.type_of(write.event_type, write.host)
        ready = _with_place(write, kind)
        answers, ask = answers_for(kind, write.answers), len(kind.lengths) > 1
        found = await self._session.write(
            lambda wires: wires.bookings.create(ready, reference=claimed.reference, answers=answers, ask_length=ask),
            claimed,
        )
        bookings = tuple(each.booking for each in found)
        return Written(booking=bookings[0], bookings=bookings if len(bookings) > 1 else ())

    async def _move(self, write: MoveBooking, claimed: Claimed) -> Written:
        now = await self._standing_for(write)
        if now.replaced_by:
            return await self._moved_before(write, now)
        try:
            found = await self._session.write(lambda wires: wires.bookings.move(write, now), claimed)
        except Refused as refused:
            if refused.code != MOVED_ALREADY:
                raise
            now = (await self._reader.own_booking(write.booking)).booking
            if not now.replaced_by:
                raise
            return await self._moved_before(write, now)
        return Written(booking=found.booking)

    async def _standing_for(self, write: MoveBooking) -> Booking:
        """The booking, or what it has become where that stands at the very time from which it is to be moved."""
        now = (await self._reader.own_booking(write.booking)).booking
        for _ in range(MOST_MOVES):
            if not now.replaced_by:
                return now
            after = (await self._reader.own_booking(now.replaced_by)).booking
            if after.slot.start == write.old.start and not after.replaced_by:
                return after
            if not after.replaced_by:
                return now
            now = after
        return now

    async def _moved_before(self, write: MoveBooking, old: Booking) -> Written:
        """Somebody moved it: to the very time that is wanted is as good as done; anywhere else is for the person to see."""
        new = (await self._reader.own_booking(old.replaced_by)).booking
        if new.slot.start == write.slot.start and new.status in {BookingStatus.BOOKED, BookingStatus.REQUESTED}:
            return Written(booking=new)
        raise Refused(
            "moved already", code=MOVED_ALREADY, for_person="That booking has been moved to another time already."
        )

    async def _cancel(self, write: CancelBooking, claimed: Claimed) -> Written:
        ours = write.before.reference if write.before else ""
        now = (await self._reader.own_booking(write.booking, reference=ours)).booking
        if now.status is BookingStatus.CANCELLED and not write.seat:
            later = await self._next_of_series(now) if write.and_following else None
            if later is None:
                return Written(booking=now)
            write = replace(write, booking=later.id, slot=later.slot)
        try:
            found = await self._session.write(lambda wires: wires.bookings.cancel(write), claimed)
        except Refused as refused:
            if refused.code != ALREADY_CANCELLED:
                raise
            found = ()
        if found:
            bookings = tuple(each.booking for each in found)
            this = next((each for each in bookings if each.id == write.booking), bookings[0])
            return Written(booking=this, bookings=bookings if len(bookings) > 1 else ())
        return Written(booking=(await self._reader.own_booking(write.booking, reference=ours)).booking)

    async def _next_of_series(self, gone: Booking) -> Booking | None:
        """The first that still stands after a date of a series that was cancelled already."""
        ahead = Interval(gone.slot.start, gone.slot.start + LONGEST_SERIES)
        found = await self._reader.listed(BookingQuery(window=ahead, event_type=gone.event_type or None))
        same = (each.booking for each in found if gone.series and each.booking.series == gone.series)
        return min(same, key=lambda booking: booking.slot, default=None)

    async def _change_booking(
        self, write: ApproveBooking | DeclineBooking | AddGuests | MarkAbsent | ChangePlace, claimed: Claimed
    ) -> Written:
        if isinstance(write, AddGuests):
            require_addresses(*write.emails)
        now = (await self._reader.own_booking(write.booking)).booking
        if isinstance(write, AddGuests):
            await self._require_no_seats(now)
        found = await self._session.write(_call_for(write), claimed)
        return Written(booking=found.booking)

    async def _require_no_seats(self, booking: Booking) -> None:
        """Guests of a seated booking are accepted over there and get no seat."""
        try:
            kind = await self._reader.type_of(booking.event_type)
        except NotFound:
            return
        if kind.seats:
            raise Unsupported(
                "guests of seats", for_person="That meeting sells single seats; each guest needs a booking."
            )

    async def _manage_event_type(
        self, write: CreateEventType | ChangeEventType | DeleteEventType, claimed: Claimed
    ) -> Written:
        match write:
            case CreateEventType():
                made = await self._session.write(lambda wires: wires.event_types.create(write), claimed)
                return Written(event_type=made)
            case ChangeEventType():
                kind = await self._reader.type_of(write.event_type)
                several = len(kind.lengths) > 1
                changed = await self._session.write(
                    lambda wires: wires.event_types.change(write, had_options=several), claimed
                )
                return Written(event_type=changed)
            case DeleteEventType():
                await self._session.write(lambda wires: wires.event_types.delete(write.event_type), claimed)
                return Written()

    async def _manage_hours(
        self, write: CreateSchedule | ChangeSchedule | DeleteSchedule | ChangeProfile, claimed: Claimed
    ) -> Written:
        match write:
            case CreateSchedule():
                made = await self._session.write(lambda wires: wires.schedules.create(write), claimed)
                return Written(schedule=made)
            case ChangeSchedule():
                now = await self._session.read(lambda wires: wires.schedules.one(write.schedule))
                changed = await self._session.write(lambda wires: wires.schedules.change(write, now), claimed)
                return Written(schedule=changed)
            case DeleteSchedule():
                await self._session.write(lambda wires: wires.schedules.delete(write.schedule), claimed)
                return Written()
            case ChangeProfile():
                me = await self._session.write(lambda wires: wires.account.change_me(write), claimed)
                return Written(profile=me)

    async def _manage_webhook(
        self, write: CreateWebhook | ChangeWebhook | DeleteWebhook, claimed: Claimed, *, secret: str
    ) -> Written:
        match write:
            case CreateWebhook():
                made = await self._session.write(
                    lambda wires: wires.account.create_webhook(write, secret=secret), claimed
                )
                return Written(webhook=made)
            case ChangeWebhook():
                changed = await self._session.write(lambda wires: wires.account.change_webhook(write), claimed)
                return Written(webhook=changed)
            case DeleteWebhook():
                await self._session.write(
                    lambda wires: wires.account.delete_webhook(write.webhook, write.event_type), claimed
                )
                return Written()


def _call_for(
    write: ApproveBooking | DeclineBooking | AddGuests | MarkAbsent | ChangePlace,
) -> Callable[[Wires], Call[Found]]:
    def make(wires: Wires) -> Call[Found]:
        bookings = modern_bookings(wires)
        match write:
            case ApproveBooking():
                return bookings.approve(write.booking)
            case DeclineBooking():
                return bookings.decline(write.booking, write.reason)
            case AddGuests():
                return bookings.add_guests(write)
            case MarkAbsent():
                return bookings.mark_absent(write)
            case ChangePlace():
                return bookings.change_place(write)

    return make


def modern_bookings(wires: Wires) -> BookingsWire:
    """For what the old shapes lack."""
    if isinstance(wires.bookings, BookingsWire):
        return wires.bookings
    raise too_old("change a booking in that way")


def require_addresses(*emails: str) -> None:
    """The server books with malformed addresses, or fails half-way, so they are refused here."""
    if any(len(email) > 254 or not _ADDRESS.fullmatch(email) for email in emails):
        raise Refused(
            "malformed mail address", reason="malformed mail address", for_person="That mail address is not valid."
        )
    if len(emails) > MOST_GUESTS + 1:
        raise Refused(
            "too many guests", reason="too many guests", for_person="At most ten guests can be added at a time."
        )


def _with_place(write: BookSlot, kind: EventType) -> BookSlot:
    """Where the type calls the attendee, their number is the place."""
    wants_phone = bool(kind.places) and kind.places[0].kind is PlaceKind.ATTENDEE_PHONE
    if write.place is not None or not wants_phone or not write.attendee.phone:
        return write
    return replace(write, place=Place(kind=PlaceKind.ATTENDEE_PHONE, detail=write.attendee.phone))


def answers_for(kind: EventType, answers: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """Answers in the types that their questions want; what no question asks is left out, because unknown keys are refused."""
    questions = {question.key: question for question in kind.questions}
    ready: dict[str, Any] = {}
    for key, text in answers:
        if key not in questions or not text:
            continue
        ready[key] = _typed(text, questions[key].kind, questions[key].options)
    return ready


def _typed(text: str, kind: QuestionKind, options: tuple[str, ...]) -> Any:
    match kind:
        case QuestionKind.YES_NO:
            return text.strip().lower() in _YES
        case QuestionKind.NUMBER:
            return _number(text)
        case QuestionKind.CHOICE:
            return _option(text, options)
        case QuestionKind.CHOICES:
            return [_option(part.strip(), options) for part in re.split(r"[,;\n]", text) if part.strip()]
        case _:
            return text


def _number(text: str) -> int | float | str:
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


def _option(text: str, options: tuple[str, ...]) -> str:
    """The option as it is spelled over there."""
    return next((option for option in options if option.lower() == text.strip().lower()), text)
