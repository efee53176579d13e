"""Calendly's shares: links that book once, with terms of their own; and people, places and recaps that an account keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.sandbox.calendly.calls import (
    PAGES,
    CalendlyCall,
    denied,
    has_plan,
    identifier,
    invalid,
    iso_micros,
    one,
    page_of,
    route,
    type_uri,
    unknown,
    uri,
)
from bot.sandbox.calendly.people import bookable_type
from bot.sandbox.calendly.shapes import event_uri
from bot.sandbox.world.calendar import State
from bot.sandbox.world.exchange import Answer
from bot.sandbox.world.hosting import SharedLink

if TYPE_CHECKING:
    from bot.sandbox.world.calendar import Booking

_PERIODS = ("available_moving", "moving", "fixed", "unlimited")
_TERMS = ("name", "duration", "duration_options", "period_type", "start_date", "end_date", "max_booking_time")
_MORE_TERMS = ("hide_location", "location_configurations", "availability_rule")
_LONGEST_NAME = 55


def _shape(call: CalendlyCall, link: SharedLink) -> dict[str, Any]:
    kind = call.world.event_types[link.event_type]
    address = f"{PAGES}/d/{link.id.lower()[:9]}/{kind.slug}"
    status = "booked" if link.used else ("expired" if link.is_over(call.world.now()) else "active")
    return {
        "uri": uri("shares", link.id),
        "status": status,
        "event_type": type_uri(kind.id),
        "created_at": iso_micros(link.created_at),
        "scheduling_links": [{"booking_url": address, "owner": type_uri(kind.id), "owner_type": "EventType"}],
        "share_override": dict(link.settings),
    }


def _terms(call: CalendlyCall) -> dict[str, Any]:
    body = call.body
    if len(str(body.get("name") or "")) > _LONGEST_NAME:
        raise invalid(("name", f"must be at most {_LONGEST_NAME} characters"))
    period = body.get("period_type")
    if period is not None and period not in _PERIODS:
        raise invalid(("period_type", f"must be one of {', '.join(_PERIODS)}"))
    if period == "fixed":
        for name in ("start_date", "end_date"):
            try:
                date.fromisoformat(str(body.get(name)))
            except ValueError:
                raise invalid((name, "must be a valid date")) from None
    return {name: body[name] for name in (*_TERMS, *_MORE_TERMS) if name in body}


def _create(call: CalendlyCall) -> Answer:
    kind = bookable_type(call, call.body.get("event_type"), "event_type")
    if kind.seat_count or kind.scheduling:
        raise invalid(("event_type", "must be a one-on-one event type"))
    link = SharedLink(
        id=identifier("share", call.world.number("share")),
        owner=call.owner.id,
        event_type=kind.id,
        created_at=call.world.now(),
        settings=_terms(call),
    )
    call.world.links[link.id] = link
    return one(_shape(call, link), status=201)


def _list(call: CalendlyCall) -> Answer:
    mine = [link for link in call.world.links.values() if link.owner == call.owner.id]
    return page_of(call, mine, lambda link: _shape(call, link))


def _own(call: CalendlyCall) -> SharedLink:
    link = call.world.links.get(call.params["uuid"])
    if link is None or link.owner != call.owner.id:
        raise unknown()
    return link


def _require_unbooked(link: SharedLink) -> None:
    if link.used:
        raise denied("The share is booked already")


def _change(call: CalendlyCall) -> Answer:
    """A null goes back to the event type's own value."""
    link = _own(call)
    _require_unbooked(link)
    terms = {**link.settings, **_terms(call)}
    changed = replace(link, settings={name: value for name, value in terms.items() if value is not None})
    call.world.links[link.id] = changed
    return one(_shape(call, changed))


def _delete(call: CalendlyCall) -> Answer:
    link = _own(call)
    _require_unbooked(link)
    del call.world.links[link.id]
    return Answer(status=204)


def _contacts(call: CalendlyCall) -> Answer:
    """Whom the account has met, once each."""
    rows: dict[str, dict[str, Any]] = {}
    for booking in call.world.bookings_of(call.owner.id):
        for guest in booking.guests:
            first, _, last = guest.name.partition(" ")
            rows[guest.email] = {
                "uri": uri("contacts", identifier("contact", guest.email)),
                "name": guest.name,
                "first_name": first,
                "last_name": last or None,
                "email": guest.email,
                "timezone": guest.zone,
            }
    return page_of(call, list(rows.values()), lambda row: row)


def _locations(call: CalendlyCall) -> Answer:
    rows = [
        {"kind": "zoom_conference"},
        {"kind": "google_conference"},
        {"kind": "physical", "location": "Practice Street 1, Berlin"},
        {"kind": "inbound_call", "phone_number": "+493000000001"},
    ]
    return page_of(call, rows, lambda row: row)


def _recaps(call: CalendlyCall) -> Answer:
    if not has_plan(call.owner):
        raise denied("Please upgrade your Calendly account to Professional")
    wanted, now = call.query.get("event"), call.world.now()
    over = [
        booking
        for booking in call.world.bookings_of(call.owner.id)
        if booking.state is State.ACCEPTED and booking.end <= now and wanted in (None, "", event_uri(booking))
    ]
    return page_of(call, over, _recap)


def _recap(booking: Booking) -> dict[str, Any]:
    last = identifier("recap", booking.uid)
    return {
        "uri": uri("meeting_recaps", last),
        "event": event_uri(booking),
        "title": f"Recap of {booking.title}",
        "summary": "What was said, in a few sentences of the practice world.",
        "url": f"{PAGES}/recaps/{last.lower()}",
        "start_time": iso_micros(booking.start),
        "end_time": iso_micros(booking.end),
    }


ROUTES = (
    route("GET", "/shares", _list),
    route("POST", "/shares", _create),
    route("PATCH", "/shares/{uuid}", _change),
    route("DELETE", "/shares/{uuid}", _delete),
    route("GET", "/contacts", _contacts),
    route("GET", "/user_meeting_locations", _locations),
    route("GET", "/meeting_recaps", _recaps),
)
