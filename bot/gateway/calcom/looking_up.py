"""Finds out what became of a write whose answer was lost, by reading what stands.

Reads may come from a replica that lags, so «not written» is said only after looking several times; «written» at once.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, assert_never

from bot.errors import NotFound, ProviderError, Uncertain, Unsupported
from bot.gateway.calcom.hosting.writing import HostingWrites
from bot.gateway.calcom.listing import MOST_MOVES
from bot.gateway.calcom.wire_account import trigger_names
from bot.gateway.calcom.wire_slots import DEFAULT_HOLD
from bot.scheduling.hosting_writes import CreateAway, CreateOneOff, DeleteAway, DeleteLink
from bot.scheduling.limits import WindowKind
from bot.scheduling.models import BookingQuery, BookingState, BookingStatus, SlotQuery
from bot.scheduling.times import Interval
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
    from collections.abc import Sequence

    from bot.gateway.calcom.hosting.reading import HostingReads
    from bot.gateway.calcom.session import Session
    from bot.gateway.calcom.wire_bookings import Found
    from bot.scheduling.claims import Claimed
    from bot.scheduling.models import Booking, EventType, Hold, Profile, Schedule, Slot, Webhook

PAUSES = (0.0, 1.0, 2.0, 5.0)
"""Before each look: at once, and about 1, 3 and 8 s after the first."""
SKEW = timedelta(minutes=2)
"""How far the provider's clock may be behind ours."""
STANDING = frozenset({BookingStatus.BOOKED, BookingStatus.REQUESTED})


class Reader(Protocol):
    """What is read for it."""

    async def listed(self, query: BookingQuery) -> tuple[Found, ...]: ...
    async def own_booking(self, booking_id: str, *, reference: str = "") -> Found: ...
    async def own_emails(self) -> frozenset[str]: ...
    async def find_slots(self, query: SlotQuery) -> tuple[Slot, ...]: ...
    async def held(self, hold_id: str) -> Hold | None: ...
    async def event_types(self) -> tuple[EventType, ...]: ...
    async def schedules(self) -> tuple[Schedule, ...]: ...
    async def profile(self) -> Profile: ...
    async def webhooks(self) -> tuple[Webhook, ...]: ...
    def forget(self) -> None: ...


class LookUps:
    """Look-ups of one account."""

    def __init__(self, session: Session, reader: Reader, hosting: HostingReads) -> None:
        self._session = session
        self._reader = reader
        self._hosting = HostingWrites(session, hosting)

    async def look_up(self, claimed: Claimed, pauses: tuple[float, ...] = PAUSES) -> Written | None:
        """See the port."""
        trouble: ProviderError | None = None
        part: Written | None = None
        for pause in pauses:
            if pause:
                await self._session.api.pause(pause)
            self._reader.forget()
            try:
                written = await self._look(claimed)
            except Uncertain:
                raise
            except ProviderError as error:
                trouble = error
                continue
            trouble = None
            if written is not None and not written.is_part_of(claimed.write):
                return written
            part = written or part
        if part is not None:
            return part
        if trouble is not None:
            raise Uncertain(f"{claimed.write.kind}: cannot be looked up now") from trouble
        await self._require_certainty(claimed)
        return None

    async def _look(self, claimed: Claimed) -> Written | None:
        write = claimed.write
        match write:
            case HoldSlot():
                return None
            case ReleaseHold():
                return await self._released(write)
            case BookSlot():
                return await self._booked(write, claimed)
            case MoveBooking():
                return await self._moved(write)
            case CancelBooking() | ApproveBooking() | DeclineBooking() | AddGuests() | MarkAbsent() | ChangePlace():
                ours = write.before.reference if isinstance(write, CancelBooking) and write.before else ""
                found = await self._reader.own_booking(write.booking, reference=ours)
                return Written(booking=found.booking) if shows(write, found) else None
            case CreateEventType() | ChangeEventType() | DeleteEventType():
                return _event_type_shows(write, await self._reader.event_types())
            case CreateSchedule() | ChangeSchedule() | DeleteSchedule():
                return _schedule_shows(write, await self._reader.schedules())
            case ChangeProfile():
                return _profile_shows(write, await self._reader.profile())
            case CreateWebhook() | ChangeWebhook() | DeleteWebhook():
                return _webhook_shows(write, await self._reader.webhooks())
            case CreateLink() | DeleteLink() | CreateAway() | DeleteAway() | RemoveGuests() | ChangeEntry():
                return await self._hosting.look(write)
            case CreateConnection() | DeleteConnection() | CreateOneOff():
                return None
            case _:
                assert_never(write)

    async def _require_certainty(self, claimed: Claimed) -> None:
        """Raises `Uncertain` where not finding it proves nothing."""
        write = claimed.write
        match write:
            case HoldSlot() if not await self._is_free_again(write, claimed):
                raise _doubt_about_hold()
            case BookSlot(host=host, attendee=attendee) if host and attendee.email:
                if attendee.email.lower() not in await self._reader.own_emails():
                    raise Uncertain("bookings between other people are not listed", is_lasting=True)
            case BookSlot(host=None) if not await self._is_own_type(write.event_type):
                raise Uncertain("bookings that another host of a team got are not listed", is_lasting=True)
            case CreateLink():
                raise _doubt_about_link()
            case ChangePlace(place=place) if not place.detail:
                raise Uncertain("a place without detail cannot be compared", is_lasting=True)
            case _:
                pass

    async def _is_own_type(self, event_type: str) -> bool:
        """Whether its bookings are always the account's own: a team's type may give them to somebody else."""
        kinds = await self._reader.event_types()
        return any(kind.id == event_type and not kind.team for kind in kinds)

    async def _is_free_again(self, write: HoldSlot, claimed: Claimed) -> bool:
        """A hold hides its slot from everybody; a slot that is offered, or a hold that has run out, holds nothing."""
        if self._session.api.client.clock.now() > claimed.claimed_at + DEFAULT_HOLD + SKEW:
            return True
        query = SlotQuery(event_type=write.event_type, window=write.slot.interval, zone="UTC", length=write.length)
        return any(slot.start == write.slot.start for slot in await self._reader.find_slots(query))

    async def _released(self, write: ReleaseHold) -> Written | None:
        try:
            return Written() if await self._reader.held(write.hold) is None else None
        except Unsupported as error:
            raise _doubt_about_hold() from error

    async def _booked(self, write: BookSlot, claimed: Claimed) -> Written | None:
        found = [each.booking for each in await self._around(write.slot, write)]
        ours = [each for each in found if each.reference == claimed.reference and each.slot.start == write.slot.start]
        nameless = [each for each in found if not each.reference and _is_same(each, write, claimed)]
        best = sorted(ours or nameless, key=lambda booking: booking.status not in STANDING)
        if not best:
            return None
        return Written(booking=best[0], bookings=self._series_of(best[0], found) if write.series else ())

    @staticmethod
    def _series_of(first: Booking, found: Sequence[Booking]) -> tuple[Booking, ...]:
        """What was made of the series by now: it is written date by date over there, and may have stopped half-way."""
        same = [each for each in found if each.series and each.series == first.series and each.status in STANDING]
        return tuple(sorted(same, key=lambda booking: booking.slot)) if len(same) > 1 else ()

    async def _around(self, slot: Slot, write: BookSlot | None = None) -> tuple[Found, ...]:
        """What stands, or stood, at a time; of a series, at all its times."""
        last = write.series[-1].start if write is not None and write.series else slot.start
        window = Interval(slot.start - timedelta(minutes=1), last + timedelta(minutes=1))
        states = (BookingState.UPCOMING, BookingState.REQUESTED, BookingState.PAST, BookingState.CANCELLED)
        return await self._reader.listed(
            BookingQuery(
                states=states,
                window=window,
                attendee_email=write.attendee.email if write else None,
                event_type=write.event_type if write and not write.host else None,
            )
        )

    async def _moved(self, write: MoveBooking) -> Written | None:
        """By what replaces the old booking; a cancelled one without a successor was not moved."""
        try:
            old = (await self._reader.own_booking(write.booking)).booking
        except NotFound:
            return None
        for _ in range(MOST_MOVES):
            if not old.replaced_by:
                break
            old = (await self._reader.own_booking(old.replaced_by)).booking
            if old.slot.start == write.slot.start:
                return Written(booking=old)
        if old.id != write.booking:
            return None
        if old.status in STANDING:
            return None
        successors = [each.booking for each in await self._around(write.slot) if each.booking.replaces == write.booking]
        at_time = [each for each in successors if each.slot.start == write.slot.start]
        return Written(booking=at_time[0]) if at_time else None


def _doubt_about_hold() -> Uncertain:
    doubt = Uncertain("a hold has no list", is_lasting=True)
    doubt.for_person = "I cannot see whether the time is held; a hold runs out by itself within five minutes."
    return doubt


def _doubt_about_link() -> Uncertain:
    """Links carry no reference of ours, and one of somebody else's must not be handed over."""
    doubt = Uncertain("a link carries no reference", is_lasting=True)
    doubt.for_person = "I cannot see whether Cal.com made the link. An unused one does no harm: ask me for one again."
    return doubt


def _is_same(booking: Booking, write: BookSlot, claimed: Claimed) -> bool:
    """Our booking although the reference was not kept: same start, same person, made since we tried."""
    if booking.slot.start != write.slot.start or booking.created_at is None or not write.attendee.email:
        return False
    addresses = {each.email.lower() for each in booking.attendees if each.email}
    return write.attendee.email.lower() in addresses and booking.created_at >= claimed.claimed_at - SKEW


def shows(
    write: CancelBooking | ApproveBooking | DeclineBooking | AddGuests | MarkAbsent | ChangePlace, found: Found
) -> bool:
    """Whether a booking looks as the write wanted it."""
    booking = found.booking
    match write:
        case CancelBooking():
            has_seat = any(each.id == write.seat for each in booking.attendees)
            is_off = booking.status is BookingStatus.CANCELLED and not booking.replaced_by
            return not has_seat if write.seat else is_off
        case ApproveBooking():
            return booking.status is BookingStatus.BOOKED
        case DeclineBooking():
            return booking.status is BookingStatus.REJECTED
        case AddGuests():
            invited = set(booking.guests) | {each.email.lower() for each in booking.attendees if each.email}
            return {email.lower() for email in write.emails} <= invited
        case MarkAbsent():
            marks = {each.email.lower(): each.is_absent for each in booking.attendees if each.email}
            people = all(marks.get(email.lower()) is write.is_absent for email in write.emails)
            return people and (not write.host or found.host_absent is write.is_absent)
        case ChangePlace():
            return bool(write.place.detail) and write.place.detail == booking.place


def _event_type_shows(
    write: CreateEventType | ChangeEventType | DeleteEventType, kinds: tuple[EventType, ...]
) -> Written | None:
    match write:
        case CreateEventType():
            made = [each for each in kinds if each.slug == write.slug and each.title == write.title]
            return Written(event_type=made[0]) if made else None
        case ChangeEventType():
            now = next((each for each in kinds if each.id == write.event_type), None)
            return Written(event_type=now) if now and _has_changed(now, write) else None
        case DeleteEventType():
            return None if any(each.id == write.event_type for each in kinds) else Written()


def _has_changed(now: EventType, write: ChangeEventType) -> bool:
    return (
        write.title in (None, now.title)
        and write.description in (None, now.description)
        and write.is_hidden in (None, now.is_hidden)
        and (write.lengths is None or set(write.lengths) == set(now.lengths))
        and _limits_fit(now, write)
    )


def _limits_fit(now: EventType, write: ChangeEventType) -> bool:
    window = write.window if write.window is None or write.window.kind is not WindowKind.ANY else None
    return (
        write.buffer_before in (None, now.buffer_before)
        and write.buffer_after in (None, now.buffer_after)
        and write.minimum_notice in (None, now.minimum_notice)
        and (write.interval is None or (write.interval or None) == now.interval)
        and (write.window is None or window == now.window)
        and (write.caps is None or set(write.caps) == set(now.caps))
        and (write.seats is None or (write.seats or None) == now.seats)
        and write.needs_approval in (None, now.needs_approval)
        and (write.places is None or {each.kind for each in write.places} == {each.kind for each in now.places})
        and (write.questions is None or {each.key for each in write.questions} <= {each.key for each in now.questions})
    )


def _schedule_shows(
    write: CreateSchedule | ChangeSchedule | DeleteSchedule, schedules: tuple[Schedule, ...]
) -> Written | None:
    if isinstance(write, DeleteSchedule):
        return None if any(each.id == write.schedule for each in schedules) else Written()
    for now in schedules:
        is_it = now.id == write.schedule if isinstance(write, ChangeSchedule) else now.name == write.name
        hours_fit = not write.hours or set(write.hours) == set(now.hours)
        overrides_fit = not write.overrides or set(write.overrides) == set(now.overrides)
        cleared = isinstance(write, ChangeSchedule) and (
            (write.hours == () and bool(now.hours)) or (write.overrides == () and bool(now.overrides))
        )
        same = write.name in (None, now.name) and write.zone in (None, now.zone)
        default_fits = not write.is_default or now.is_default
        if is_it and same and hours_fit and overrides_fit and default_fits and not cleared:
            return Written(schedule=now)
    return None


def _profile_shows(write: ChangeProfile, now: Profile) -> Written | None:
    same = (
        write.name in (None, now.name)
        and write.zone in (None, now.zone)
        and write.default_schedule in (None, now.default_schedule)
    )
    return Written(profile=now) if same else None


def _webhook_shows(write: CreateWebhook | ChangeWebhook | DeleteWebhook, hooks: tuple[Webhook, ...]) -> Written | None:
    match write:
        case CreateWebhook():
            made = [
                hook
                for hook in hooks
                if hook.url == write.url and set(hook.triggers) == set(trigger_names(write.triggers))
            ]
            return Written(webhook=made[0]) if made else None
        case ChangeWebhook():
            now = next((hook for hook in hooks if hook.id == write.webhook), None)
            if now is None or write.is_active not in (None, now.is_active):
                return None
            fits = write.triggers is None or set(now.triggers) == set(trigger_names(write.triggers))
            return Written(webhook=now) if fits else None
        case DeleteWebhook():
            return None if any(hook.id == write.webhook for hook in hooks) else Written()
