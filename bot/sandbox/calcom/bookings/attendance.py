"""Who takes part in a Cal.com booking and where: absence, guests, attendees, place, other hosts, and the extras."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bot.sandbox.calcom.bookings.booking import BOOKING_VERSIONS, is_address, is_host
from bot.sandbox.calcom.bookings.changes import find_booking, kind_of
from bot.sandbox.calcom.bookings.places import answer_of, place_of
from bot.sandbox.calcom.bookings.shapes import attendee_shape, booking_shape
from bot.sandbox.calcom.calls import Access, Call, number_in, route, success
from bot.sandbox.calcom.errors import refuse, refuse_bare, refuse_properties
from bot.sandbox.calcom.validation import FLAG, LIST, OBJECT, TEXT, ZONE, Check, Field, Shape, check
from bot.sandbox.world.availability import Wish, free_hosts
from bot.sandbox.world.calendar import Booking, ChangeKind, Guest, State
from bot.sandbox.world.exchange import Answer, iso_milliseconds, whole_minutes

if TYPE_CHECKING:
    from collections.abc import Iterator

_EMAIL = Check("isEmail", is_address, "{} must be an email")
_ABSENT = Shape(
    fields=(
        Field("host", (FLAG,), is_optional=True),
        Field(
            "attendees",
            (LIST,),
            is_optional=True,
            is_list=True,
            nested=Shape(fields=(Field("email", (_EMAIL,)), Field("absent", (FLAG,)))),
        ),
    )
)
_GUEST = Shape(fields=(Field("email", (_EMAIL,)),), also=("name", "timeZone", "phoneNumber", "language"))
_GUESTS = Shape(fields=(Field("guests", (LIST,), nested=_GUEST, is_list=True),))
_ATTENDEE = Shape(
    fields=(Field("name", (TEXT,)), Field("timeZone", (ZONE,)), Field("email", (_EMAIL,))),
    also=("phoneNumber", "language"),
)
_LOCATION = Shape(fields=(Field("location", (OBJECT,)),))
_MOST_PER_CALL, _MOST_IN_ALL = 10, 30


def _mark_absent(call: Call) -> Answer:
    errors = check(_ABSENT, call.body)
    if errors:
        raise refuse_properties(errors)
    booking = find_booking(call)
    if not is_host(call.account, booking):
        raise refuse(403, "Only the host of a booking can mark its people as absent.")
    now = call.world.now()
    if booking.start > now:
        raise refuse(
            400,
            "Bookings can only be marked as absent after their scheduled start time."
            f" Current time in UTC+0: {iso_milliseconds(now)},"
            f" Booking start time in UTC+0: {iso_milliseconds(booking.start)}",
        )
    marks = {row["email"]: row["absent"] for row in call.body.get("attendees") or []}
    guests = tuple(replace(guest, is_absent=marks.get(guest.email, guest.is_absent)) for guest in booking.guests)
    is_absent = call.body.get("host") if call.body.get("host") is not None else booking.is_host_absent
    changed = call.world.change_booking(booking, guests=guests, is_host_absent=is_absent)
    call.world.tell(ChangeKind.ABSENT, changed, booking)
    return success(booking_shape(call.world, changed))


def _add_guests(call: Call) -> Answer:
    errors = check(_GUESTS, call.body)
    if errors:
        raise refuse_properties(errors)
    booking = find_booking(call)
    kind = kind_of(call.world, booking)
    if kind.settings.get("disableGuests"):
        raise refuse_bare(400, "TRPCError", "guests_are_disabled_for_this_event_type")
    if not is_host(call.account, booking) and not _attends(call, booking):
        raise refuse_bare(403, "TRPCError", "you_do_not_have_permission")
    rows = call.body["guests"]
    addresses = [row["email"].lower() for row in rows]
    present = {guest.email.lower() for guest in booking.guests}
    if not rows or len(set(addresses)) < len(addresses) or present & set(addresses):
        raise refuse_bare(400, "TRPCError", "emails_must_be_unique_valid")
    if len(rows) > _MOST_PER_CALL or len(booking.guests) + len(rows) > _MOST_IN_ALL:
        raise refuse(400, f"At most {_MOST_PER_CALL} guests per call and {_MOST_IN_ALL} in all can be added.")
    added = tuple(_guest(call, booking, row) for row in rows)
    changed = call.world.change_booking(
        booking,
        guests=(*booking.guests, *added),
        extra_guests=(*booking.extra_guests, *(guest.email for guest in added)),
    )
    return success(booking_shape(call.world, changed))


def _attends(call: Call, booking: Booking) -> bool:
    return any(guest.email == call.owner.email for guest in booking.guests)


def _guest(call: Call, booking: Booking, row: Any) -> Guest:
    host = call.world.accounts[booking.hosts[0]]
    return Guest(
        id=call.world.number("guest"),
        name=row.get("name") or "",
        email=row["email"],
        zone=row.get("timeZone") or host.zone,
        language=row.get("language") or "en",
        phone=row.get("phoneNumber"),
    )


def _list_attendees(call: Call) -> Answer:
    booking = find_booking(call)
    return success([{**attendee_shape(guest), "id": guest.id} for guest in booking.guests])


def _get_attendee(call: Call) -> Answer:
    booking = find_booking(call)
    number = number_in(call.params["attendee"])
    guest = next((one for one in booking.guests if one.id == number), None)
    if guest is None:
        raise refuse(404, f"Attendee with id={call.params['attendee']} not found in booking with uid={booking.uid}")
    return success({**attendee_shape(guest), "id": guest.id, "bookingId": booking.id})


def _add_attendee(call: Call) -> Answer:
    errors = check(_ATTENDEE, call.body)
    if errors:
        raise refuse_properties(errors)
    booking = find_booking(call)
    if not is_host(call.account, booking):
        raise refuse(403, "Only the host of a booking can add people to it.")
    if any(guest.email == call.body["email"] for guest in booking.guests):
        raise refuse(409, f"An attendee with email={call.body['email']} is already in this booking.")
    guest = _guest(call, booking, call.body)
    call.world.change_booking(booking, guests=(*booking.guests, guest))
    return success({**attendee_shape(guest), "id": guest.id, "bookingId": booking.id}, status=201)


def _change_place(call: Call) -> Answer:
    errors = check(_LOCATION, call.body)
    if errors:
        raise refuse_properties(errors)
    booking = find_booking(call)
    location = call.body["location"]
    changed = call.world.change_booking(
        booking, place=place_of(location), responses={**booking.responses, "location": answer_of(location)}
    )
    return success(booking_shape(call.world, changed))


def _reassign(call: Call) -> Answer:
    """Another host. Only a round-robin booking of the hosted edition really changes hands; else success without effect."""
    booking = find_booking(call)
    kind = kind_of(call.world, booking)
    wanted = number_in(call.params.get("user", ""))
    if call.world.is_hosted and kind.scheduling == "roundRobin" and booking.state is State.ACCEPTED:
        wish = Wish(event_type=kind, start=booking.start, end=booking.end, length=booking.end - booking.start)
        free = [host for host in free_hosts(call.world, wish) if wanted in (None, host.id)]
        if not free:
            raise refuse(400, "No other host of this event type is available at that time.")
        booking = call.world.change_booking(booking, hosts=(free[0].id,))
    host = call.world.accounts[booking.hosts[0]]
    person = {"id": host.id, "name": host.name, "email": host.email, "displayEmail": host.email}
    return success({"bookingUid": booking.uid, "reassignedTo": person})


def _calendar_links(call: Call) -> Answer:
    booking = find_booking(call)
    kind = kind_of(call.world, booking)
    title, details, place = quote(booking.title), quote(kind.description or ""), quote(booking.place, safe="")
    start, end = (iso_milliseconds(instant)[:19] + "Z" for instant in (booking.start, booking.end))
    compact = f"{start}/{end}".replace("-", "").replace(":", "")
    query = f"body={details}&enddt={end}&startdt={start}&subject={title}&location={place}"
    google = f"https://calendar.google.com/calendar/r/eventedit?dates={compact}&text={title}&details={details}&location={place}"
    rows = (
        ("Google Calendar", "googleCalendar", google),
        ("Microsoft Office", "microsoftOffice", f"https://outlook.office.com/calendar/0/deeplink/compose?{query}"),
        ("Microsoft Outlook", "microsoftOutlook", f"https://outlook.live.com/calendar/0/deeplink/compose?{query}"),
        ("ICS", "ics", "data:text/calendar," + quote("\r\n".join(_ics(booking, call)))),
    )
    return success([{"label": label, "id": name, "link": link} for label, name, link in rows])


def _ics(booking: Booking, call: Call) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "BEGIN:VEVENT")
    yield f"UID:{booking.calendar_uid}"
    yield f"SUMMARY:{booking.title}"
    yield f"DTSTAMP:{call.world.now():%Y%m%dT%H%M%SZ}"
    yield f"DTSTART:{booking.start:%Y%m%dT%H%M%SZ}"
    yield f"DURATION:PT{whole_minutes(booking.end - booking.start)}M"
    yield f"LOCATION:{booking.place}"
    yield from ("END:VEVENT", "END:VCALENDAR")


_ONE = "/v2/bookings/{uid}"
ROUTES = (
    route("POST", f"{_ONE}/mark-absent", _mark_absent, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
    route("POST", f"{_ONE}/guests", _add_guests, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
    route("GET", f"{_ONE}/attendees", _list_attendees, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
    route("POST", f"{_ONE}/attendees", _add_attendee, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
    route("GET", f"{_ONE}/attendees/{{attendee}}", _get_attendee, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
    route("PATCH", f"{_ONE}/location", _change_place, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
    route("POST", f"{_ONE}/reassign", _reassign, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
    route("POST", f"{_ONE}/reassign/{{user}}", _reassign, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
    route("GET", f"{_ONE}/calendar-links", _calendar_links, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
)
