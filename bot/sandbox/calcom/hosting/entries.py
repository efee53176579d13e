"""The calendar entry of a booking, recordings, and who is in the room. The bare world has no calendar, so no entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox.calcom.bookings.booking import BOOKING_VERSIONS, is_host
from bot.sandbox.calcom.bookings.changes import find_booking
from bot.sandbox.calcom.calls import Access, Call, number_in, route, success
from bot.sandbox.calcom.errors import refuse
from bot.sandbox.calcom.slots import read_instant
from bot.sandbox.world.calendar import Booking, State, World
from bot.sandbox.world.exchange import iso_milliseconds
from bot.sandbox.world.hosting import Entry

if TYPE_CHECKING:
    from bot.sandbox.world.exchange import Answer

_CALENDARS = frozenset({"google", "office365", "apple"})
_ROOM = "integrations:daily"
_STATES = ("accepted", "pending", "declined", "cancelled")


def _references(call: Call) -> Answer:
    booking = find_booking(call)
    if not call.world.is_hosted or booking.state is not State.ACCEPTED:
        return success([])
    row = {
        "id": booking.id,
        "type": "google_calendar",
        "eventUid": _entry_uid(booking),
        "destinationCalendarId": str(booking.hosts[0]),
    }
    return success([row])


def _entry_uid(booking: Booking) -> str:
    return f"entry{booking.uid}".lower()


def _by_entry(call: Call) -> Booking:
    if call.params["calendar"] not in _CALENDARS:
        raise refuse(400, f"Invalid calendar type: {call.params['calendar']}")
    own = (one for one in call.world.bookings_of(call.owner.id) if _entry_uid(one) == call.params["entry"])
    booking = next(own, None)
    if booking is None or not call.world.is_hosted or call.params["calendar"] != "google":
        raise refuse(404, "Calendar event not found")
    return booking


def _shape(world: World, booking: Booking) -> dict[str, Any]:
    entry = world.entries.get(booking.uid, Entry())
    host = world.accounts[booking.hosts[0]]
    return {
        "id": _entry_uid(booking),
        "title": booking.title if entry.title is None else entry.title,
        "description": booking.description if entry.note is None else entry.note,
        "start": {"time": iso_milliseconds(entry.start or booking.start), "timeZone": "UTC"},
        "end": {"time": iso_milliseconds(entry.end or booking.end), "timeZone": "UTC"},
        "locations": [],
        "attendees": [
            {"email": guest.email, "name": guest.name, "responseStatus": "needsAction"} for guest in booking.guests
        ],
        "status": "accepted" if booking.state is State.ACCEPTED else "cancelled",
        "hosts": [{"email": host.email, "name": host.name, "responseStatus": "accepted"}],
        "source": "google",
    }


def _get(call: Call) -> Answer:
    return success(_shape(call.world, _by_entry(call)))


def _change(call: Call) -> Answer:
    booking, body = _by_entry(call), call.body
    if body.get("status") not in (None, *_STATES):
        raise refuse(400, f"status must be one of the following values: {', '.join(_STATES)}")
    entry = call.world.entries.get(booking.uid, Entry())
    entry = replace(
        entry,
        title=_text(body, "title", entry.title),
        note=_text(body, "description", entry.note),
        start=_instant(body, "start") or entry.start,
        end=_instant(body, "end") or entry.end,
    )
    call.world.entries[booking.uid] = entry
    return success(_shape(call.world, booking))


def _text(body: Any, name: str, present: str | None) -> str | None:
    value = body.get(name)
    if value is None:
        return present
    if not isinstance(value, str):
        raise refuse(400, f"{name} must be a string")
    return value


def _instant(body: Any, name: str) -> Any:
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("time"), str):
        raise refuse(400, f"{name}.time must be a valid ISO 8601 date string")
    try:
        return read_instant(value["time"])
    except ValueError:
        raise refuse(400, f"{name}.time must be a valid ISO 8601 date string") from None


def _recordings(call: Call) -> Answer:
    booking = find_booking(call)
    if not _has_met(call.world, booking):
        return success([])
    length = booking.end - booking.start
    row = {
        "id": f"rec-{booking.uid}",
        "roomName": booking.uid,
        "startTs": int(booking.start.timestamp()),
        "status": "finished",
        "maxParticipants": len(booking.guests) + 1,
        "duration": int(length.total_seconds()),
        "shareToken": booking.uid[:8],
        "downloadLink": f"https://video.example.com/recordings/{booking.uid}.mp4",
    }
    return success([row])


def _transcripts(call: Call) -> Answer:
    booking = find_booking(call)
    link = f"https://video.example.com/transcripts/{booking.uid}.txt"
    return success([link] if _has_met(call.world, booking) else [])


def _sessions(call: Call) -> Answer:
    """While a meeting in the provider's room is on, its host and attendees are in it."""
    booking, now = find_booking(call), call.world.now()
    is_on = _meets_here(call.world, booking) and booking.start <= now < booking.end
    if not is_on:
        return success([])
    host = call.world.accounts[booking.hosts[0]]
    joined, lasted = int(booking.start.timestamp()), int((now - booking.start).total_seconds())
    people = ((str(host.id), host.name), *((str(guest.id), guest.name) for guest in booking.guests))
    row = {
        "id": f"session-{booking.uid}",
        "room": booking.uid,
        "startTime": joined,
        "duration": lasted,
        "ongoing": True,
        "maxParticipants": len(people),
        "participants": [
            {"userId": number, "userName": name, "joinTime": joined, "duration": lasted} for number, name in people
        ],
    }
    return success([row])


def _meets_here(world: World, booking: Booking) -> bool:
    return world.is_hosted and booking.state is State.ACCEPTED and booking.place == _ROOM


def _has_met(world: World, booking: Booking) -> bool:
    return _meets_here(world, booking) and booking.end + timedelta(minutes=1) <= world.now()


def _remove_attendee(call: Call) -> Answer:
    booking = find_booking(call)
    if not is_host(call.account, booking):
        raise refuse(403, "Only the host of a booking can remove people from it.")
    number = number_in(call.params["attendee"])
    guest = next((one for one in booking.guests if one.id == number), None)
    if guest is None:
        raise refuse(404, f"Attendee with id={call.params['attendee']} not found in booking with uid={booking.uid}")
    if guest == booking.guests[0]:
        raise refuse(400, "The primary attendee cannot be removed. Cancel the booking instead.")
    call.world.change_booking(
        booking,
        guests=tuple(one for one in booking.guests if one.id != guest.id),
        extra_guests=tuple(email for email in booking.extra_guests if email != guest.email),
    )
    return success({"id": guest.id, "bookingId": booking.id, "name": guest.name, "email": guest.email})


_ONE = "/v2/bookings/{uid}"
ROUTES = (
    route("GET", f"{_ONE}/references", _references, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
    route("GET", f"{_ONE}/recordings", _recordings, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
    route("GET", f"{_ONE}/transcripts", _transcripts, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
    route("GET", f"{_ONE}/conferencing-sessions", _sessions, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
    route(
        "DELETE",
        f"{_ONE}/attendees/{{attendee}}",
        _remove_attendee,
        versions=BOOKING_VERSIONS,
        access=Access.PERMISSION,
    ),
    route("GET", "/v2/calendars/{calendar}/event/{entry}", _get),
    route("PATCH", "/v2/calendars/{calendar}/events/{entry}", _change),
)
