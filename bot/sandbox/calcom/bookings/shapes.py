"""Cal.com bookings as they go out under 2024-08-13. Shared (seated) and repeating ones have shapes of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.world.exchange import iso_milliseconds, whole_minutes

if TYPE_CHECKING:
    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.calendar import Booking, Guest, World


def booking_shape(world: World, booking: Booking) -> dict[str, Any]:
    """One booking as every read and change answers it."""
    shape = _common(world, booking)
    if booking.is_seated:
        shape["attendees"] = [_seat_shape(guest) for guest in booking.guests]
        return shape | {"rescheduledByEmail": booking.moved_by}
    shape |= {
        "cancelledByEmail": booking.cancelled_by or "",
        "metadata": dict(booking.metadata),
        "attendees": [attendee_shape(guest) for guest in booking.guests],
        "bookingFieldsResponses": _responses(booking),
    }
    if booking.extra_guests:
        shape["guests"] = list(booking.extra_guests)
    if booking.series:
        return shape | {"recurringBookingUid": booking.series}
    return shape | {"rescheduledByEmail": booking.moved_by}


def created_shape(world: World, booking: Booking) -> dict[str, Any]:
    """The same right after it was written."""
    return booking_shape(world, booking) | {"isPlatformManagedUserBooking": False}


def attendee_shape(guest: Guest) -> dict[str, Any]:
    """Somebody invited."""
    shape = {
        "name": guest.name,
        "email": guest.email,
        "displayEmail": guest.email,
        "timeZone": guest.zone,
        "language": guest.language,
        "absent": guest.is_absent,
    }
    return shape | {"phoneNumber": guest.phone} if guest.phone else shape


def host_shape(account: Account) -> dict[str, Any]:
    """Somebody who hosts."""
    return {
        "id": account.id,
        "name": account.name,
        "email": account.email,
        "displayEmail": account.email,
        "username": account.username,
        "timeZone": account.zone,
    }


def _common(world: World, booking: Booking) -> dict[str, Any]:
    kind = world.event_types.get(booking.event_type)
    shape: dict[str, Any] = {
        "id": booking.id,
        "uid": booking.uid,
        "title": booking.title,
        "description": booking.description,
        "hosts": [host_shape(world.accounts[host]) for host in booking.hosts],
        "status": booking.state.value,
        "cancellationReason": booking.cancel_reason or "",
        "start": iso_milliseconds(booking.start),
        "end": iso_milliseconds(booking.end),
        "duration": whole_minutes(booking.end - booking.start),
        "eventTypeId": booking.event_type,
        "eventType": {"id": booking.event_type, "slug": kind.slug if kind else ""},
        "meetingUrl": booking.place,
        "location": booking.place,
        "absentHost": booking.is_host_absent,
        "createdAt": iso_milliseconds(booking.created_at),
        "updatedAt": iso_milliseconds(booking.updated_at),
        "rating": None,
        "icsUid": booking.calendar_uid,
    }
    optional = (
        ("reschedulingReason", booking.move_reason),
        ("rescheduledFromUid", booking.moved_from),
        ("rescheduledToUid", booking.moved_to),
    )
    return shape | {name: value for name, value in optional if value}


def _responses(booking: Booking) -> dict[str, Any]:
    first = booking.guests[0] if booking.guests else None
    answers = {**booking.responses, "displayEmail": first.email if first else ""}
    if booking.extra_guests:
        answers |= {"guests": list(booking.extra_guests), "displayGuests": list(booking.extra_guests)}
    return answers


def _seat_shape(guest: Guest) -> dict[str, Any]:
    return attendee_shape(guest) | {
        "seatUid": guest.seat,
        "bookingFieldsResponses": dict(guest.responses),
        "metadata": dict(guest.metadata),
    }
