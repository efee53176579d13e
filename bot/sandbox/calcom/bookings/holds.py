"""Cal.com's slot reservations, and their oldest form. Whoever knows a reservation's uid may read, move or remove it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.sandbox.calcom.calls import LEGACY, Access, Call, route, success
from bot.sandbox.calcom.errors import refuse, refuse_properties
from bot.sandbox.calcom.slots import read_instant
from bot.sandbox.calcom.validation import ISO_DATE, WHOLE, Field, Shape, at_least, check
from bot.sandbox.world.calendar import Booking, EventType, Hold, State
from bot.sandbox.world.exchange import Answer, iso_milliseconds, whole_minutes
from bot.scheduling.times import Interval

_RESERVATION = Shape(
    fields=(
        Field("eventTypeId", (WHOLE,)),
        Field("slotStart", (ISO_DATE,)),
        Field("slotDuration", (at_least(1), WHOLE), is_optional=True),
        Field("reservationDuration", (at_least(1), WHOLE), is_optional=True),
    )
)
_LEGACY_RESERVATION = Shape(
    fields=(
        Field("eventTypeId", (WHOLE,)),
        Field("slotUtcStartDate", (ISO_DATE,)),
        Field("slotUtcEndDate", (ISO_DATE,)),
    ),
    also=("bookingUid",),
)
_DEFAULT_KEEP = timedelta(minutes=5)
_RESERVED = "This time slot is already reserved by another user. Please choose a different time."


def _create(call: Call) -> Answer:
    hold = _wanted(call, call.world.long_uid())
    call.world.holds[hold.uid] = hold
    return success({**_shape(hold), "reservationDuration": whole_minutes(hold.keep)}, status=201)


def _change(call: Call) -> Answer:
    present = call.world.holds.get(call.params["uid"])
    if present is None:
        raise refuse(404, f"Slot with uid={call.params['uid']} not found")
    hold = replace(_wanted(call, present.uid), uid=present.uid)
    call.world.holds[hold.uid] = hold
    return success({**_shape(hold), "reservationDuration": whole_minutes(hold.keep)})


def _wanted(call: Call, uid: str) -> Hold:
    """The hold that the body asks for, or the refusal that it meets."""
    errors = check(_RESERVATION, call.body)
    if errors:
        raise refuse_properties(errors)
    body = call.body
    if body.get("reservationDuration") is not None and call.account is None:
        raise refuse(
            401,
            "reservationDuration can only be used for authenticated requests"
            " - use access token, api key or OAuth credentials",
        )
    kind = call.world.event_types.get(body["eventTypeId"])
    if kind is None:
        raise refuse(404, f"Event Type with ID={body['eventTypeId']} not found")
    if body.get("reservationDuration") is not None and call.owner.id not in kind.hosts:
        raise refuse(403, "reservationDuration can only be used by the event type's owner or team")
    length = _length(kind, body.get("slotDuration"))
    start = read_instant(body["slotStart"])
    span = Interval(start, start + length)
    _refuse_taken(call, kind, span)
    minutes = body.get("reservationDuration")
    keep = timedelta(minutes=minutes) if minutes else _DEFAULT_KEEP
    return Hold(
        uid=uid,
        event_type=kind.id,
        hosts=kind.hosts,
        start=span.start,
        end=span.end,
        expires_at=call.world.now() + keep,
        keep=keep,
    )


def _length(kind: EventType, minutes: int | None) -> timedelta:
    if minutes is None:
        return kind.length
    if not kind.has_options:
        raise refuse(400, "You passed 'slotDuration' but this event type is not a variable length event type.")
    if timedelta(minutes=minutes) not in kind.lengths:
        allowed = ", ".join(str(whole_minutes(length)) for length in sorted(kind.lengths))
        raise refuse(400, f"Provided 'slotDuration' is not one of the possible lengths for the event type: {allowed}")
    return timedelta(minutes=minutes)


def _refuse_taken(call: Call, kind: EventType, span: Interval) -> None:
    booked = next((b for b in call.world.bookings.values() if _meets(b, kind, span)), None)
    if booked is not None and kind.seat_count is None:
        raise refuse(422, "Can't reserve a slot if the event is already booked.")
    if booked is not None and len(booked.guests) >= (kind.seat_count or 0):
        raise refuse(422, f"Booking with id={booked.id} at {iso_milliseconds(span.start)} has no more seats left.")
    if any(hold.event_type == kind.id and hold.interval.overlaps(span) for hold in call.world.live_holds()):
        raise refuse(422, _RESERVED)


def _meets(booking: Booking, kind: EventType, span: Interval) -> bool:
    is_live = booking.state in {State.ACCEPTED, State.PENDING}
    return is_live and booking.event_type == kind.id and booking.interval.overlaps(span)


def _shape(hold: Hold) -> dict[str, Any]:
    return {
        "reservationUid": hold.uid,
        "eventTypeId": hold.event_type,
        "slotStart": iso_milliseconds(hold.start),
        "slotEnd": iso_milliseconds(hold.end),
        "slotDuration": whole_minutes(hold.end - hold.start),
        "reservationUntil": iso_milliseconds(hold.expires_at),
    }


def _get(call: Call) -> Answer:
    hold = call.world.holds.get(call.params["uid"])
    is_live = hold is not None and hold.expires_at > call.world.now()
    return success(_shape(hold) if hold is not None and is_live else None)


def _delete(call: Call) -> Answer:
    call.world.holds.pop(call.params["uid"], None)
    return Answer(body={"status": "success"})


def _legacy_create(call: Call) -> Answer:
    errors = check(_LEGACY_RESERVATION, call.body)
    if errors:
        raise refuse_properties(errors)
    kind = call.world.event_types.get(call.body["eventTypeId"])
    if kind is None:
        raise refuse(404, "Event Type not found")
    start, end = read_instant(call.body["slotUtcStartDate"]), read_instant(call.body["slotUtcEndDate"])
    if end <= start:
        raise refuse(400, "Invalid time range given.")
    uid = call.world.long_uid()
    call.world.holds[uid] = Hold(
        uid=uid,
        event_type=kind.id,
        hosts=kind.hosts,
        start=start,
        end=end,
        expires_at=call.world.now() + _DEFAULT_KEEP,
        keep=_DEFAULT_KEEP,
    )
    cookie = f"uid={uid}; Path=/; SameSite=Lax"
    return Answer(status=201, body={"status": "success", "data": uid}, headers={"set-cookie": cookie})


def _legacy_delete(call: Call) -> Answer:
    call.world.holds.pop(str(call.query.get("uid", "")), None)
    return Answer(body={"status": "success"})


_VERSIONS = ("2024-09-04",)
_LEGACY_VERSIONS = (LEGACY, "2024-06-11", "2024-06-14", "2024-08-13")
ROUTES = (
    route("POST", "/v2/slots/reservations", _create, versions=_VERSIONS, access=Access.PUBLIC),
    route("GET", "/v2/slots/reservations/{uid}", _get, versions=_VERSIONS, access=Access.PUBLIC),
    route("PATCH", "/v2/slots/reservations/{uid}", _change, versions=_VERSIONS, access=Access.PUBLIC),
    route("DELETE", "/v2/slots/reservations/{uid}", _delete, versions=_VERSIONS, access=Access.PUBLIC),
    route("POST", "/v2/slots/reserve", _legacy_create, versions=_LEGACY_VERSIONS, access=Access.PUBLIC),
    route("DELETE", "/v2/slots/selected-slot", _legacy_delete, versions=_LEGACY_VERSIONS, access=Access.PUBLIC),
)
