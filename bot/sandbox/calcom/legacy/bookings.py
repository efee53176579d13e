"""Cal.com bookings in the oldest shapes (no version header): `responses`, upper-case states, table columns."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.sandbox.calcom.bookings.booking import is_address, is_host
from bot.sandbox.calcom.bookings.changes import (
    cancel_booking,
    cancel_following,
    find_booking,
    kind_of,
    leave_seat,
    refuse_cancel,
    replace_booking,
)
from bot.sandbox.calcom.bookings.core import (
    CannotBookError,
    Problem,
    Wanted,
    announce,
    find_hosts,
    take_seat,
    write_booking,
)
from bot.sandbox.calcom.bookings.lists import STATUSES, concerns, filtered
from bot.sandbox.calcom.bookings.places import chosen_place
from bot.sandbox.calcom.calls import LEGACY, Access, Call, number_in, route, success
from bot.sandbox.calcom.errors import Refusal, refuse, refuse_doubled, refuse_properties, refuse_raw
from bot.sandbox.calcom.legacy.event_types import legacy_booking_fields, legacy_recurrence
from bot.sandbox.calcom.slots import read_instant
from bot.sandbox.calcom.validation import ISO_DATE, OBJECT, TEXT, WHOLE, ZONE, Field, Shape, check
from bot.sandbox.world.availability import seated_booking
from bot.sandbox.world.calendar import Booking, EventType, Guest, State, World
from bot.sandbox.world.exchange import Answer, iso_milliseconds, whole_minutes

_CREATE = Shape(
    fields=(
        Field("end", (ISO_DATE,), is_optional=True),
        Field("start", (ISO_DATE,)),
        Field("eventTypeId", (WHOLE,)),
        Field("timeZone", (ZONE,)),
        Field("language", (TEXT,)),
        Field("metadata", (OBJECT,)),
        Field("responses", (OBJECT,), is_optional=True),
    ),
    also=(
        "eventTypeSlug",
        "rescheduleUid",
        "recurringEventId",
        "user",
        "bookingUid",
        "hasHashedBookingLink",
        "hashedLink",
        "seatReferenceUid",
        "orgSlug",
        "locationUrl",
    ),
)
_PAGE = 10


def _create(call: Call) -> Answer:
    errors = check(_CREATE, call.body)
    if errors:
        raise refuse_properties(errors)
    kind = call.world.event_types.get(call.body["eventTypeId"])
    if kind is None:
        raise refuse(
            500, "\nInvalid `prisma.eventType.findUniqueOrThrow()` invocation: no record was found for a query."
        )
    wanted = _read(call, kind)
    try:
        booking = _book(call, wanted)
    except CannotBookError as error:
        raise _worded(error.problem) from error
    return success(_created_shape(call.world, booking), status=201)


def _read(call: Call, kind: EventType) -> Wanted:
    answers = dict(call.body.get("responses") or {})
    if not is_address(answers.get("email")):
        rule = "email_validation_error" if answers.get("email") else "error_required_field"
        problem = {"code": "custom", "message": f"{{email}}{rule}", "path": ["responses"]}
        raise refuse(500, json.dumps([problem], indent=2))
    place, _ = chosen_place(kind, None, answers.get("attendeePhoneNumber") or "-")
    start = read_instant(call.body["start"])
    end = read_instant(call.body["end"]) if call.body.get("end") else start + kind.length
    allowed = kind.lengths if kind.has_options else (kind.length,)
    if end - start not in allowed:
        raise refuse_doubled(400, "Invalid event length")
    name = answers.get("name")
    return Wanted(
        kind=kind,
        start=start,
        length=max(end - start, timedelta(minutes=1)),
        name=name if isinstance(name, str) else " ".join(str(part) for part in (name or {}).values()),
        email=answers["email"],
        zone=call.body["timeZone"],
        language=call.body["language"],
        extra_guests=tuple(answers.get("guests") or ()),
        place=place,
        responses=answers,
        metadata={key: str(value) for key, value in call.body["metadata"].items()},
    )


def _book(call: Call, wanted: Wanted) -> Booking:
    if call.body.get("rescheduleUid"):
        return _move(call, wanted, str(call.body["rescheduleUid"]))
    hosts = find_hosts(call.world, wanted)
    shared = seated_booking(call.world, wanted.kind, wanted.start) if wanted.kind.seat_count else None
    booking = take_seat(call.world, shared, wanted)[0] if shared else write_booking(call.world, wanted, hosts)
    announce(call.world, booking)
    return booking


def _move(call: Call, wanted: Wanted, uid: str) -> Booking:
    """The oldest API has no call for it: a new booking that names the old one."""
    old = call.world.bookings.get(uid)
    if old is None or old.state in {State.CANCELLED, State.REJECTED}:
        raise refuse_doubled(404, "Could not find original booking")
    wanted = replace(wanted, metadata={**old.metadata, **wanted.metadata}, place=old.place)
    hosts = find_hosts(call.world, wanted, moving=uid)
    reason = wanted.responses.get("rescheduleReason")
    is_settled = is_host(call.account, old)
    return replace_booking(call.world, old, wanted, hosts, by=None, reason=reason, is_settled=is_settled)


def _worded(problem: Problem) -> Refusal:
    match problem:
        case Problem.PAST:
            return refuse_doubled(400, "Attempting to book a meeting in the past.")
        case Problem.OUT_OF_BOUNDS:
            return refuse_doubled(400, "booking_time_out_of_bounds_error")
        case Problem.NO_SEATS:
            return refuse_doubled(409, "booking_seats_full_error")
        case Problem.CONFLICT:
            return refuse_raw(409, "booking_conflict_error")
        case Problem.FULL:
            return refuse_doubled(403, "booking_limit_reached")
        case Problem.TOO_MANY:
            return refuse_doubled(400, "booker_limit_exceeded_error")
        case Problem.TAKEN:
            return refuse_doubled(400, "no_available_users_found_error")


def _row(world: World, booking: Booking) -> dict[str, Any]:
    """The columns that every old answer has."""
    return {
        "id": booking.id,
        "uid": booking.uid,
        "title": booking.title,
        "userPrimaryEmail": world.accounts[booking.hosts[0]].email,
        "description": booking.description or "",
        "customInputs": {},
        "startTime": iso_milliseconds(booking.start),
        "endTime": iso_milliseconds(booking.end),
        "metadata": _metadata(booking),
        "responses": {**booking.responses, **({"guests": list(booking.extra_guests)} if booking.extra_guests else {})},
        "recurringEventId": booking.series,
        "location": booking.place,
        "status": booking.state.value.upper(),
        "fromReschedule": booking.moved_from,
        "rescheduled": True if booking.moved_to else None,
        "rescheduledBy": booking.moved_by if booking.state is State.CANCELLED else None,
        "cancelledBy": booking.cancelled_by,
        "cancellationReason": booking.cancel_reason,
        "rejectionReason": booking.reject_reason,
    }


def _metadata(booking: Booking) -> dict[str, Any]:
    link = {"videoCallUrl": booking.place} if booking.place.startswith(("http://", "https://")) else {}
    return {**booking.metadata, **link}


def _created_shape(world: World, booking: Booking) -> dict[str, Any]:
    host = world.accounts[booking.hosts[0]]
    made = iso_milliseconds(booking.created_at)
    user = {"uuid": host.uuid, "email": None, "name": host.name, "timeZone": host.zone, "username": host.username}
    nothing = (
        "destinationCalendarId reassignReason reassignById dynamicEventSlugRef dynamicGroupSlugRef smsReminderNumber rating"
        " ratingFeedback oneTimePassword previousBooking"
    )
    return {
        **_row(world, booking),
        **dict.fromkeys(nothing.split()),
        "metadata": dict(booking.metadata),
        "idempotencyKey": str(uuid.uuid5(uuid.NAMESPACE_URL, booking.uid)),
        "userId": host.id,
        "eventTypeId": booking.event_type,
        "createdAt": made,
        "updatedAt": made,
        "paid": False,
        "scheduledJobs": [],
        "isRecorded": False,
        "iCalUID": booking.calendar_uid,
        "iCalSequence": booking.revision,
        "noShowHost": booking.is_host_absent,
        "creationSource": "API_V2",
        "user": {**user, "isPlatformManaged": False},
        "attendees": [_attendee(guest, booking) for guest in booking.guests],
        "payment": [],
        "references": [],
        "userUuid": host.uuid,
        "paymentRequired": False,
        "luckyUsers": [],
        "isDryRun": False,
        "videoCallUrl": booking.place,
    }


def _attendee(guest: Guest, booking: Booking) -> dict[str, Any]:
    return {
        "id": guest.id,
        "email": guest.email,
        "name": guest.name,
        "timeZone": guest.zone,
        "phoneNumber": guest.phone,
        "locale": guest.language,
        "bookingId": booking.id,
        "noShow": guest.is_absent,
    }


def _person(world: World, booking: Booking) -> dict[str, Any]:
    host = world.accounts[booking.hosts[0]]
    shape = {"id": host.id, "name": host.name, "email": host.email, "username": host.username}
    return shape | {"timeZone": host.zone, "avatarUrl": None}


def _get(call: Call) -> Answer:
    world = call.world
    booking = find_booking(call)
    kind = kind_of(world, booking)
    return success(
        {
            **_row(world, booking),
            "smsReminderNumber": None,
            "user": _person(world, booking),
            "attendees": [
                {"name": guest.name, "email": guest.email, "timeZone": guest.zone, "phoneNumber": guest.phone}
                for guest in booking.guests
            ],
            "eventTypeId": booking.event_type,
            "eventType": {
                "eventName": None,
                "slug": kind.slug,
                "timeZone": None,
                "schedulingType": None,
                "hideOrganizerEmail": False,
            },
            "seatsReferences": [],
            "tracking": None,
            "assignmentReason": [],
        }
    )


def _listed_shape(world: World, booking: Booking) -> dict[str, Any]:
    kind = kind_of(world, booking)
    is_video = booking.place == "integrations:daily"
    row = _row(world, booking)
    return row | {
        "createdAt": iso_milliseconds(booking.created_at),
        "updatedAt": iso_milliseconds(booking.updated_at),
        "paid": False,
        "isRecorded": False,
        "eventType": _listed_kind(kind),
        "references": [_video_reference(booking)] if is_video else [],
        "payment": [],
        "user": _person(world, booking),
        "attendees": [
            {
                **_attendee(guest, booking),
                "user": {"name": None, "email": guest.email, "avatarUrl": None, "username": None},
            }
            for guest in booking.guests
        ],
        "seatsReferences": [],
        "assignmentReasonSortedByCreatedAt": [],
        "report": None,
        "rescheduler": None,
    }


def _listed_kind(kind: EventType) -> dict[str, Any]:
    seats = kind.seats or {}
    nothing = "eventName eventTypeColor customReplyToEmail minimumRescheduleNotice teamId parentId schedulingType team"
    flags = "disableGuests allowReschedulingPastBookings hideOrganizerEmail disableCancelling disableRescheduling"
    return {
        **dict.fromkeys(nothing.split()),
        **dict.fromkeys(flags.split(), False),
        "slug": kind.slug,
        "id": kind.id,
        "title": kind.title,
        "price": 0,
        "recurringEvent": legacy_recurrence(kind),
        "currency": "usd",
        "metadata": dict(kind.metadata),
        "seatsPerTimeSlot": kind.seat_count,
        "seatsShowAttendees": bool(seats.get("showAttendeeInfo")),
        "seatsShowAvailabilityCount": bool(seats.get("showAvailabilityCount", True)),
        "hosts": [],
        "length": whole_minutes(kind.length),
        "hostGroups": [],
        "bookingFields": legacy_booking_fields(kind),
    }


def _video_reference(booking: Booking) -> dict[str, Any]:
    nothing = (
        "meetingId meetingPassword meetingUrl deleted externalCalendarId credentialId thirdPartyRecurringEventId"
        " delegationCredentialId"
    )
    return {
        **dict.fromkeys(nothing.split()),
        "id": booking.id,
        "type": "daily_video",
        "uid": "",
        "bookingId": booking.id,
    }


def _list(call: Call) -> Answer:
    world = call.world
    own = [booking for booking in world.bookings.values() if concerns(world, call.owner.id, booking)]
    asked = call.query.get("filters")
    status = asked.get("status", "upcoming") if isinstance(asked, dict) else "upcoming"
    if status not in STATUSES:
        raise refuse(400, f"Invalid status {status}.")
    found = filtered(world, own, {"status": [status]})
    first = number_in(str(call.query.get("cursor", ""))) or 0
    limit = number_in(str(call.query.get("limit", ""))) or _PAGE
    page = found[first : first + limit]
    data = {
        "bookings": [_listed_shape(world, booking) for booking in page],
        "recurringInfo": _series_info(own),
        "totalCount": len(found),
        "nextCursor": first + limit if first + limit < len(found) else None,
    }
    return success(data)


def _series_info(own: list[Booking]) -> list[dict[str, Any]]:
    names = {booking.series: None for booking in own if booking.series}
    info = []
    for series in names:
        parts = sorted((booking for booking in own if booking.series == series), key=lambda row: row.start)
        states: dict[str, list[str]] = {
            name: [] for name in ("ACCEPTED", "CANCELLED", "REJECTED", "PENDING", "AWAITING_HOST")
        }
        for booking in parts:
            states[booking.state.value.upper()].append(iso_milliseconds(booking.start))
        first = iso_milliseconds(parts[0].start)
        info.append({"recurringEventId": series, "count": len(parts), "firstDate": first, "bookings": states})
    return info


def _cancel(call: Call) -> Answer:
    booking = find_booking(call, "Booking with uid={} not found")
    refuse_cancel(call, booking)
    seat = call.body.get("seatReferenceUid")
    guest = next((one for one in booking.guests if seat and one.seat == seat), None)
    if guest is not None:
        leave_seat(call.world, booking, guest)
    elif booking.series and call.body.get("allRemainingBookings"):
        cancel_following(call, booking)
    else:
        cancel_booking(call, booking)
    data = {"bookingId": booking.id, "bookingUid": booking.uid, "onlyRemovedAttendee": guest is not None}
    return success(data, status=201)


_VERSIONS = (LEGACY, "2024-06-11", "2024-06-14")
ROUTES = (
    route("GET", "/v2/bookings", _list, versions=_VERSIONS, access=Access.PERMISSION),
    route("POST", "/v2/bookings", _create, versions=_VERSIONS, access=Access.PUBLIC),
    route("GET", "/v2/bookings/{uid}", _get, versions=_VERSIONS, access=Access.PUBLIC),
    route("POST", "/v2/bookings/{uid}/cancel", _cancel, versions=_VERSIONS, access=Access.PUBLIC),
)
