"""What happens to a Cal.com booking afterwards: moved, cancelled, confirmed, declined. The uid is the capability for the
first two; the last two are the host's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox.calcom.bookings.booking import BOOKING_VERSIONS, OWNER_FLAGS, is_host, worded
from bot.sandbox.calcom.bookings.core import CannotBookError, Wanted, announce, find_hosts, write_booking
from bot.sandbox.calcom.bookings.shapes import booking_shape, created_shape
from bot.sandbox.calcom.calls import HOSTED_VERSIONS, Access, Call, route, success
from bot.sandbox.calcom.errors import refuse, refuse_bare, refuse_raw, refuse_sentence
from bot.sandbox.calcom.slots import read_instant
from bot.sandbox.calcom.validation import FLAG, ISO_DATE, TEXT, Field, Shape, check
from bot.sandbox.world.availability import seated_booking
from bot.sandbox.world.calendar import Booking, ChangeKind, EventType, Guest, State, World

if TYPE_CHECKING:
    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.exchange import Answer

_MOVE = Shape(
    fields=(
        Field("start", (ISO_DATE,)),
        Field("reschedulingReason", (TEXT,), is_optional=True),
        Field("rescheduledBy", (TEXT,), is_optional=True),
        Field("seatUid", (TEXT,), is_optional=True),
    ),
    also=("emailVerificationCode",),
    is_closed=True,
)
_NEWER_MOVE = replace(_MOVE, also=(*_MOVE.also, *OWNER_FLAGS))
_CANCEL = Shape(
    fields=(
        Field("cancellationReason", (TEXT,), is_optional=True),
        Field("cancelSubsequentBookings", (FLAG,), is_optional=True),
        Field("seatUid", (TEXT,), is_optional=True),
    ),
    is_closed=True,
)
_NO_SUCH_SEAT = "Invalid seatUid: this seat does not exist or has already been cancelled."


def find_booking(call: Call, text: str = "Booking with uid={} was not found in the database") -> Booking:
    """The booking of the path, or the refusal."""
    booking = call.world.bookings.get(call.params["uid"])
    if booking is None:
        raise refuse(404, text.format(call.params["uid"]))
    return booking


def kind_of(world: World, booking: Booking) -> EventType:
    """Its event type, also when that is gone."""
    kind = world.event_types.get(booking.event_type)
    return kind or EventType(
        id=booking.event_type,
        owner=booking.hosts[0],
        hosts=booking.hosts,
        title=booking.title,
        slug="",
        lengths=(booking.end - booking.start,),
        created_at=booking.created_at,
    )


def _move(call: Call) -> Answer:
    errors = check(_NEWER_MOVE if call.version in HOSTED_VERSIONS else _MOVE, call.body)
    if errors:
        raise refuse_sentence(errors)
    booking = find_booking(call)
    _refuse_move(call.world, booking)
    if booking.is_seated and call.body.get("seatUid"):
        return _move_seat(call, booking)
    moved = _write_moved(call, booking)
    return success(created_shape(call.world, moved), status=201)


def _refuse_move(world: World, booking: Booking) -> None:
    uid = booking.uid
    if booking.state is State.REJECTED:
        raise refuse_raw(404, "Could not find original booking")
    if booking.state is State.CANCELLED and booking.moved_to:
        new = booking.moved_to
        raise refuse(
            400,
            f"Can't reschedule booking with uid={uid} because it has been cancelled and rescheduled already to booking"
            f" with uid={new}. You probably want to reschedule {new} instead by passing it within the request URL.",
        )
    if booking.state is State.CANCELLED:
        raise refuse(
            400,
            f"Can't reschedule booking with uid={uid} because it has been cancelled."
            " Please provide uid of a booking that is not cancelled.",
        )
    rule = kind_of(world, booking).settings.get("disableRescheduling") or {}
    if rule.get("disabled"):
        raise refuse_raw(400, "This event type does not allow rescheduling")
    if rule.get("minutesBefore") and booking.start - world.now() < timedelta(minutes=rule["minutesBefore"]):
        raise refuse_raw(403, "Rescheduling is not allowed within the minimum notice period before the event")


def _wanted(call: Call, booking: Booking, guest: Guest) -> Wanted:
    kind = kind_of(call.world, booking)
    return Wanted(
        kind=kind,
        start=read_instant(call.body["start"]),
        length=booking.end - booking.start,
        name=guest.name,
        email=guest.email,
        zone=guest.zone,
        language=guest.language,
        phone=guest.phone,
        place=booking.place,
        responses={**booking.responses, **guest.responses},
        metadata=booking.metadata or guest.metadata,
        series=booking.series,
    )


def _write_moved(call: Call, booking: Booking) -> Booking:
    wanted = _wanted(call, booking, booking.guests[0])
    hosts = _hosts(call, wanted, booking)
    by, reason = call.body.get("rescheduledBy"), call.body.get("reschedulingReason")
    is_settled = is_host(call.account, booking)
    return replace_booking(call.world, booking, wanted, hosts, by=by, reason=reason, is_settled=is_settled)


def replace_booking(
    world: World,
    booking: Booking,
    wanted: Wanted,
    hosts: tuple[Account, ...],
    *,
    by: str | None,
    reason: str | None,
    is_settled: bool,
) -> Booking:
    """The new booking in place of the old one, which becomes cancelled and points at it."""
    gone = replace(booking, state=State.CANCELLED, moved_by=by, updated_at=world.now())
    world.put_booking(gone)
    answers = {name: value for name, value in booking.responses.items() if name != "rescheduledReason"}
    moved = write_booking(
        world,
        wanted,
        hosts,
        is_settled=is_settled,
        guests=tuple(replace(guest, id=world.number("guest"), is_absent=False) for guest in booking.guests),
        extra_guests=booking.extra_guests,
        calendar_uid=booking.calendar_uid,
        title=booking.title,
        description=booking.description,
        revision=booking.revision + 1,
        moved_from=booking.uid,
        moved_by=by,
        move_reason=reason,
        responses={**answers, **({"rescheduledReason": reason} if reason else {})} if not booking.is_seated else {},
    )
    world.put_booking(replace(gone, moved_to=moved.uid))
    announce(world, moved, booking)
    return moved


def _hosts(call: Call, wanted: Wanted, booking: Booking) -> tuple[Account, ...]:
    try:
        return find_hosts(call.world, wanted, moving=booking.uid)
    except CannotBookError as error:
        raise worded(error.problem, wanted.kind) from error


def _move_seat(call: Call, booking: Booking) -> Answer:
    """One person of a shared booking goes to another time; the others stay."""
    world = call.world
    guest = next((one for one in booking.guests if one.seat == call.body["seatUid"]), None)
    if guest is None:
        raise refuse(400, _NO_SUCH_SEAT)
    wanted = _wanted(call, booking, guest)
    hosts = _hosts(call, wanted, booking)
    shared = seated_booking(world, wanted.kind, wanted.start)
    leave_seat(world, booking, guest)
    if shared is not None and shared.uid != booking.uid:
        target = world.change_booking(shared, guests=(*shared.guests, guest))
    else:
        target = write_booking(world, wanted, hosts, guests=(guest,), moved_from=booking.uid)
    announce(world, target, booking)
    return success({**booking_shape(world, target), "seatUid": guest.seat}, status=201)


def leave_seat(world: World, booking: Booking, guest: Guest) -> Booking:
    """The booking without that person; the last one to leave ends it."""
    rest = tuple(one for one in booking.guests if one.id != guest.id)
    if rest:
        return world.put_booking(replace(booking, guests=rest))
    return world.change_booking(booking, guests=rest, state=State.CANCELLED)


def _cancel(call: Call) -> Answer:
    errors = check(_CANCEL, call.body)
    if errors:
        raise refuse_sentence(errors)
    booking = find_booking(call, "Booking with uid={} not found")
    refuse_cancel(call, booking)
    if booking.is_seated and call.body.get("seatUid"):
        guest = next((one for one in booking.guests if one.seat == call.body["seatUid"]), None)
        if guest is None:
            raise refuse(400, _NO_SUCH_SEAT)
        return success(booking_shape(call.world, leave_seat(call.world, booking, guest)))
    if booking.series and call.body.get("cancelSubsequentBookings"):
        return success(_cancel_following(call, booking))
    return success(booking_shape(call.world, cancel_booking(call, booking)))


def refuse_cancel(call: Call, booking: Booking) -> None:
    """Raise where the booking cannot be cancelled (any more) or the host gave no reason."""
    if booking.state is State.CANCELLED:
        raise refuse(
            400,
            f"Can't cancel booking with uid={booking.uid} because it has been cancelled already."
            " Please provide uid of a booking that is not cancelled.",
        )
    if booking.end <= call.world.now():
        raise refuse_raw(400, "Cannot cancel a booking that has already ended")
    rule = kind_of(call.world, booking).settings.get("disableCancelling") or {}
    if rule.get("disabled"):
        raise refuse_raw(400, "This event type does not allow cancellations")
    if is_host(call.account, booking) and not call.body.get("cancellationReason"):
        raise refuse_raw(400, "Cancellation reason is required")


def cancel_booking(call: Call, booking: Booking) -> Booking:
    """Cancel it and tell the subscribers."""
    reason = call.body.get("cancellationReason")
    gone = call.world.change_booking(
        booking, state=State.CANCELLED, cancel_reason=reason, revision=booking.revision + 1
    )
    call.world.tell(ChangeKind.CANCELLED, gone)
    return gone


def cancel_following(call: Call, booking: Booking) -> tuple[Booking, ...]:
    """Cancel it and everything later in its series; the whole series as it was before."""
    series = tuple(one for one in call.world.bookings.values() if one.series == booking.series)
    for one in series:
        if one.start >= booking.start and one.state is not State.CANCELLED:
            cancel_booking(call, one)
    return series


def _cancel_following(call: Call, booking: Booking) -> list[dict[str, Any]]:
    series = cancel_following(call, booking)
    present = (call.world.bookings[one.uid] for one in sorted(series, key=lambda row: row.start))
    return [booking_shape(call.world, one) for one in present]


def _confirm(call: Call) -> Answer:
    booking = find_booking(call)
    _require_host(call, booking, "confirm")
    if booking.state is State.CANCELLED:
        raise refuse_bare(400, "TRPCError", "Booking has been cancelled and cannot be confirmed")
    accepted = call.world.change_booking(booking, state=State.ACCEPTED)
    call.world.tell(ChangeKind.CREATED, accepted)
    return success(booking_shape(call.world, accepted))


def _decline(call: Call) -> Answer:
    booking = find_booking(call)
    _require_host(call, booking, "confirm")
    rejected = call.world.change_booking(booking, state=State.REJECTED, reject_reason=call.body.get("reason"))
    call.world.tell(ChangeKind.REJECTED, rejected)
    return success(booking_shape(call.world, rejected))


def _require_host(call: Call, booking: Booking, what: str) -> None:
    if not is_host(call.account, booking):
        raise refuse_bare(401, "TRPCError", f"User is not authorized to {what} this booking")
    if booking.state is State.ACCEPTED:
        raise refuse_bare(400, "TRPCError", "Booking already confirmed")


ROUTES = (
    route("POST", "/v2/bookings/{uid}/reschedule", _move, versions=BOOKING_VERSIONS, access=Access.PUBLIC),
    route("POST", "/v2/bookings/{uid}/cancel", _cancel, versions=BOOKING_VERSIONS, access=Access.PUBLIC),
    route("POST", "/v2/bookings/{uid}/confirm", _confirm, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
    route("POST", "/v2/bookings/{uid}/decline", _decline, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
)
