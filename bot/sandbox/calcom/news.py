"""Cal.com's webhook deliveries: which subscriber hears of a change, the payload, and the signature.

The signature is the lower-case hex HMAC-SHA256 of the raw body under the subscription's secret, without a prefix.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

from bot.sandbox.calcom.bookings.changes import kind_of
from bot.sandbox.calcom.calls import APP
from bot.sandbox.calcom.event_type_shapes import BOOKING_PAGES
from bot.sandbox.world.calendar import Booking, Change, ChangeKind, EventType, Guest, Webhook, World
from bot.sandbox.world.exchange import Delivery, iso_milliseconds, whole_minutes
from bot.scheduling.times import find_zone

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox.world.accounts import Account

_TRIGGERS = {
    ChangeKind.CREATED: "BOOKING_CREATED",
    ChangeKind.REQUESTED: "BOOKING_REQUESTED",
    ChangeKind.MOVED: "BOOKING_RESCHEDULED",
    ChangeKind.CANCELLED: "BOOKING_CANCELLED",
    ChangeKind.REJECTED: "BOOKING_REJECTED",
    ChangeKind.ABSENT: "BOOKING_NO_SHOW_UPDATED",
    ChangeKind.PRESENT: "BOOKING_NO_SHOW_UPDATED",
}
_LABELS = (
    ("name", "your_name"),
    ("email", "email_address"),
    ("location", "location"),
    ("title", "what_is_this_meeting_about"),
    ("notes", "additional_notes"),
    ("guests", "additional_guests"),
    ("rescheduleReason", "reason_for_reschedule"),
)
_VERSION = "2021-10-20"
_LEFT_OUT: dict[ChangeKind, tuple[str, ...]] = {
    ChangeKind.MOVED: ("iCalUID",),
    ChangeKind.CANCELLED: (
        "disableCancelling",
        "disableRescheduling",
        "hashedLink",
        "hideCalendarEventDetails",
        "hideCalendarNotes",
        "oneTimePassword",
        "seatsShowAvailabilityCount",
    ),
    ChangeKind.REJECTED: (
        "hashedLink",
        "iCalSequence",
        "iCalUID",
        "oneTimePassword",
        "schedulingType",
        "seatsShowAvailabilityCount",
    ),
}
"""What the provider does not say with a trigger that it says with others."""


def deliveries_for(world: World, change: Change) -> tuple[Delivery, ...]:
    """One message per subscription that wants the trigger."""
    trigger = _TRIGGERS[change.kind]
    hooks = [hook for hook in world.webhooks.values() if _listens(hook, trigger, change.booking)]
    if not hooks:
        return ()
    body = {
        "triggerEvent": trigger,
        "createdAt": iso_milliseconds(change.at),
        "payload": _payload(world, change),
    }
    raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return tuple(Delivery(url=hook.url, headers=_headers(hook, raw), body=raw) for hook in hooks)


def _listens(hook: Webhook, trigger: str, booking: Booking) -> bool:
    is_theirs = hook.owner in booking.hosts or hook.event_type == booking.event_type
    return hook.app == APP and hook.is_active and trigger in hook.triggers and is_theirs


def _headers(hook: Webhook, raw: bytes) -> dict[str, str]:
    signature = hmac.new(hook.secret.encode(), raw, hashlib.sha256).hexdigest() if hook.secret else "no-secret-provided"
    return {
        "content-type": "application/json",
        "x-cal-signature-256": signature,
        "x-cal-webhook-version": str(hook.settings.get("version", _VERSION)),
    }


def _payload(world: World, change: Change) -> dict[str, Any]:
    booking = change.booking
    if change.kind in {ChangeKind.ABSENT, ChangeKind.PRESENT}:
        return _absence(change)
    kind = kind_of(world, booking)
    payload = _common(world, booking, kind) | _timed(change)
    match change.kind:
        case ChangeKind.CANCELLED:
            payload |= _cancelled_part(booking)
        case ChangeKind.REJECTED:
            payload |= _rejected_part(booking)
        case ChangeKind.REQUESTED:
            payload |= _requested_part()
        case _:
            payload |= {
                "status": "ACCEPTED",
                "metadata": _metadata(booking),
                "requiresConfirmation": bool(kind.approval),
            }
            payload |= _moved_part(change.previous, booking) if change.previous else {}
    return {name: value for name, value in payload.items() if name not in _LEFT_OUT.get(change.kind, ())}


def _timed(change: Change) -> dict[str, Any]:
    """The parts that each trigger writes in its own way: instants and people."""
    booking = change.booking
    match change.kind:
        case ChangeKind.CANCELLED:
            written = f"{booking.start:%Y-%m-%dT%H:%M:%S}+00:00", f"{booking.end:%Y-%m-%dT%H:%M:%S}+00:00"
        case ChangeKind.REQUESTED | ChangeKind.REJECTED:
            written = iso_milliseconds(booking.start), iso_milliseconds(booking.end)
        case _:
            written = _seconds(booking.start), _seconds(booking.end)
    return {
        "startTime": written[0],
        "endTime": written[1],
        "attendees": [_attendee(guest, change) for guest in booking.guests],
        "responses": _responses(booking, is_settled=change.kind in {ChangeKind.CREATED, ChangeKind.MOVED}),
    }


def _absence(change: Change) -> dict[str, Any]:
    booking = change.booking
    before = {guest.id: guest.is_absent for guest in (change.previous.guests if change.previous else ())}
    marked = [guest for guest in booking.guests if guest.is_absent != before.get(guest.id)]
    names = " and ".join(guest.email for guest in marked) or "nobody"
    return {
        "message": f"{names} marked as no-show",
        "attendees": [{"email": guest.email, "noShow": guest.is_absent} for guest in marked],
        "bookingUid": booking.uid,
        "bookingId": booking.id,
    }


def _common(world: World, booking: Booking, kind: EventType) -> dict[str, Any]:
    host = world.accounts[booking.hosts[0]]
    return {
        "bookerUrl": BOOKING_PAGES,
        "type": kind.slug,
        "title": booking.title,
        "description": kind.description or "",
        "additionalNotes": str(booking.responses.get("notes", "")),
        "customInputs": {},
        "organizer": _organizer(host, booking),
        "userFieldsResponses": _own_responses(booking, kind),
        "location": booking.place,
        "destinationCalendar": None,
        "eventTypeId": booking.event_type,
        "hideCalendarNotes": False,
        "hideCalendarEventDetails": False,
        "hideOrganizerEmail": False,
        "schedulingType": kind.scheduling,
        "seatsPerTimeSlot": kind.seat_count,
        "seatsShowAttendees": True,
        "seatsShowAvailabilityCount": True,
        "customReplyToEmail": None,
        "disableRescheduling": False,
        "disableCancelling": False,
        "iCalUID": booking.calendar_uid,
        "iCalSequence": booking.revision,
        "oneTimePassword": None,
        "hashedLink": None,
        "hideBranding": False,
        "uid": booking.uid,
        "eventTitle": kind.title,
        "eventDescription": kind.description,
        "price": 0,
        "currency": "usd",
        "length": whole_minutes(booking.end - booking.start),
        "bookingId": booking.id,
    }


def _cancelled_part(booking: Booking) -> dict[str, Any]:
    return {
        "status": "CANCELLED",
        "cancellationReason": booking.cancel_reason,
        "requestReschedule": False,
        "requiresConfirmation": None,
        "price": None,
        "destinationCalendar": [],
        "seatsShowAttendees": False,
    } | ({"cancelledBy": booking.cancelled_by} if booking.cancelled_by else {})


def _rejected_part(booking: Booking) -> dict[str, Any]:
    return {
        "status": "REJECTED",
        "rejectionReason": booking.reject_reason,
        "requiresConfirmation": True,
        "destinationCalendar": [],
        "seatsShowAttendees": False,
        "organizationId": None,
        "assignmentReason": None,
    }


def _requested_part() -> dict[str, Any]:
    platform = dict.fromkeys(
        ("platformClientId", "platformRescheduleUrl", "platformCancelUrl", "platformBookingUrl"), ""
    )
    more: dict[str, Any] = {"organizationId": None, "assignmentReason": [], "requiresConfirmation": True}
    return {"status": "PENDING", "metadata": {}, **platform, **more}


def _moved_part(previous: Booking, booking: Booking) -> dict[str, Any]:
    part = {
        "rescheduleId": previous.id,
        "rescheduleUid": previous.uid,
        "rescheduleStartTime": _seconds(previous.start),
        "rescheduleEndTime": _seconds(previous.end),
        "appsStatus": [],
    }
    return part | ({"rescheduledBy": booking.moved_by} if booking.moved_by else {})


def _seconds(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def _metadata(booking: Booking) -> dict[str, Any]:
    link = {"videoCallUrl": booking.place} if booking.place.startswith(("http://", "https://")) else {}
    return {**link, **booking.metadata}


def _organizer(host: Account, booking: Booking) -> dict[str, Any]:
    return {
        "id": host.id,
        "name": host.name,
        "email": host.email,
        "username": host.username,
        "timeZone": host.zone,
        "language": {"locale": "en"},
        "timeFormat": "HH:mm" if host.time_format == 24 else "h:mma",
        "utcOffset": _offset(host.zone, booking.start),
    }


def _attendee(guest: Guest, change: Change) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "email": guest.email,
        "name": guest.name,
        "timeZone": guest.zone,
        "language": {"locale": guest.language},
        "utcOffset": _offset(guest.zone, change.booking.start),
    }
    first, _, last = guest.name.partition(" ")
    match change.kind:
        case ChangeKind.CANCELLED | ChangeKind.REJECTED:
            return shape | {"phoneNumber": guest.phone}
        case ChangeKind.REQUESTED:
            return shape | {"phoneNumber": guest.phone, "bookingSeat": None, "firstName": first, "lastName": last}
        case _:
            return shape | {"firstName": "", "lastName": ""}


def _offset(zone_name: str, instant: datetime) -> int:
    zone = find_zone(zone_name)
    offset = instant.astimezone(zone).utcoffset() if zone else None
    return int(offset.total_seconds() // 60) if offset else 0


def _responses(booking: Booking, *, is_settled: bool) -> dict[str, Any]:
    """The standing answers with their labels; once settled, with the place and the phone question."""
    shown: dict[str, Any] = {}
    for name, label in _LABELS:
        shown[name] = {"label": label, "isHidden": name == "title"}
        if name in booking.responses:
            shown[name]["value"] = booking.responses[name]
    if is_settled:
        shown["attendeePhoneNumber"] = {"label": "phone_number", "isHidden": True}
        shown["location"].setdefault("value", {"value": booking.place, "optionValue": ""})
    return shown


def _own_responses(booking: Booking, kind: EventType) -> dict[str, Any]:
    return {
        question["slug"]: {
            "label": question.get("label", question["slug"]),
            "value": booking.responses[question["slug"]],
            "isHidden": False,
        }
        for question in kind.questions
        if question["slug"] in booking.responses
    }
