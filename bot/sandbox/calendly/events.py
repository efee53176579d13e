"""Calendly's scheduled events and invitees: lists, cancelling, no-shows, and the invitee's own two pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.sandbox.calendly.calls import (
    CalendlyCall,
    denied,
    identifier,
    invalid,
    one,
    organization_uri,
    page_of,
    read_instant,
    route,
    unknown,
)
from bot.sandbox.calendly.people import account_by_uri, open_starts, require_colleague
from bot.sandbox.calendly.shapes import (
    cancellation_shape,
    event_shape,
    invitee_shape,
    invitee_uri,
    no_show_mark,
    no_show_uri,
)
from bot.sandbox.world.calendar import Booking, ChangeKind, Guest, State
from bot.sandbox.world.exchange import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.sandbox.world.calendar import World

LONGEST_REASON = 10_000
_STATES = {"active": frozenset({State.ACCEPTED, State.PENDING}), "canceled": frozenset({State.CANCELLED})}
_SHOWN = frozenset({State.ACCEPTED, State.PENDING, State.CANCELLED})


def _events(call: CalendlyCall) -> Answer:
    hosts = _asked_hosts(call)
    found = [b for b in call.world.bookings.values() if set(b.hosts) & hosts and _fits(call, b)]
    sort = call.query.get("sort", "start_time:asc")
    if sort not in {"start_time:asc", "start_time:desc"}:
        raise invalid(("sort", "is invalid"))
    found.sort(key=lambda booking: (booking.start, booking.id), reverse=sort.endswith("desc"))
    return page_of(call, found, lambda booking: event_shape(call.world, booking))


def _asked_hosts(call: CalendlyCall) -> set[int]:
    user, organization = call.query.get("user"), call.query.get("organization")
    if user:
        account = account_by_uri(call.world, user, "user")
        require_colleague(call, account)
        if account.id != call.owner.id and not organization:
            raise denied("Please also specify organization when requesting events for a user within your organization.")
        return {account.id}
    if not organization:
        raise invalid(("user", "must be filled"), ("organization", "must be filled"))
    if organization != organization_uri(call.world, call.owner):
        raise denied()
    accounts = call.world.accounts.values()
    return {account.id for account in accounts if organization_uri(call.world, account) == organization}


def _fits(call: CalendlyCall, booking: Booking) -> bool:
    status, email = call.query.get("status"), call.query.get("invitee_email")
    if status and status not in _STATES:
        raise invalid(("status", "must be one of active, canceled"))
    earliest, latest = _bound(call, "min_start_time"), _bound(call, "max_start_time")
    return (
        booking.state in (_STATES[status] if status else _SHOWN)
        and (not email or any(guest.email == email for guest in booking.guests))
        and (earliest is None or booking.start >= earliest)
        and (latest is None or booking.start <= latest)
    )


def _bound(call: CalendlyCall, name: str) -> datetime | None:
    text = call.query.get(name)
    return read_instant(text, name) if text else None


def _event(call: CalendlyCall) -> Answer:
    return one(event_shape(call.world, _own(call, call.params["uuid"])))


def _invitees(call: CalendlyCall) -> Answer:
    booking = _own(call, call.params["uuid"])
    status, email = call.query.get("status"), call.query.get("email")
    shown = booking.guests if not email else tuple(guest for guest in booking.guests if guest.email == email)
    if status and booking.state not in _STATES.get(status, frozenset()):
        shown = ()
    return page_of(call, shown, lambda guest: invitee_shape(booking, guest))


def _invitee(call: CalendlyCall) -> Answer:
    booking = _own(call, call.params["uuid"])
    wanted = call.params["invitee"]
    found = next((guest for guest in booking.guests if identifier("invitee", guest.id) == wanted), None)
    if found is None:
        raise unknown()
    return one(invitee_shape(booking, found))


def _cancel(call: CalendlyCall) -> Answer:
    booking = _own(call, call.params["uuid"], refusal="You are not allowed to cancel this event")
    reason = call.body.get("reason", "")
    if not isinstance(reason, str) or len(reason) > LONGEST_REASON:
        raise invalid(("reason", f"must be a string of at most {LONGEST_REASON} characters"))
    changed = cancel(call.world, booking, by=call.owner.name, reason=reason, kind="host")
    return one(cancellation_shape(changed), status=201)


def cancel(world: World, booking: Booking, *, by: str, reason: str, kind: str) -> Booking:
    """Cancel for everybody, and tell the subscribers."""
    if booking.state is State.CANCELLED:
        raise denied("Event is already canceled")
    if booking.end <= world.now():
        raise denied("Event in the past")
    changed = world.change_booking(
        booking,
        state=State.CANCELLED,
        cancelled_by=by,
        cancel_reason=reason or None,
        settings={**booking.settings, "canceler_type": kind},
    )
    world.tell(ChangeKind.CANCELLED, changed)
    return changed


def _mark(call: CalendlyCall) -> Answer:
    text = call.body.get("invitee")
    if not isinstance(text, str) or not text:
        raise invalid(("invitee", "must be filled"))
    booking, guest = _by_invitee_uri(call, text)
    if booking.state is State.CANCELLED or booking.start > call.world.now():
        raise invalid(("invitee", "can be marked only once the event has begun"))
    if guest.is_absent:
        raise invalid(("invitee", "is already marked as no show"))
    changed = _with_absence(call.world, booking, guest, is_absent=True)
    call.world.tell(ChangeKind.ABSENT, changed)
    return one(_no_show(changed, guest), status=201)


def _marked(call: CalendlyCall) -> Answer:
    return one(_no_show(*_by_no_show(call)))


def _unmark(call: CalendlyCall) -> Answer:
    booking, guest = _by_no_show(call)
    changed = _with_absence(call.world, booking, guest, is_absent=False)
    call.world.tell(ChangeKind.PRESENT, changed)
    return Answer(status=204)


def _no_show(booking: Booking, guest: Guest) -> dict[str, Any]:
    mark = no_show_mark(booking, replace(guest, is_absent=True)) or {}
    return {"uri": no_show_uri(guest), "invitee": invitee_uri(booking, guest), "created_at": mark["created_at"]}


def _with_absence(world: World, booking: Booking, guest: Guest, *, is_absent: bool) -> Booking:
    guests = tuple(replace(one, is_absent=is_absent) if one.id == guest.id else one for one in booking.guests)
    return world.change_booking(booking, guests=guests)


def _by_no_show(call: CalendlyCall) -> tuple[Booking, Guest]:
    for booking, guest in _own_guests(call):
        if guest.is_absent and identifier("no-show", guest.id) == call.params["uuid"]:
            return booking, guest
    raise unknown()


def _by_invitee_uri(call: CalendlyCall, text: str) -> tuple[Booking, Guest]:
    for booking, guest in _own_guests(call):
        if invitee_uri(booking, guest) == text:
            return booking, guest
    raise unknown()


def _own_guests(call: CalendlyCall) -> Iterator[tuple[Booking, Guest]]:
    for booking in call.world.bookings_of(call.owner.id):
        for guest in booking.guests:
            yield booking, guest


def _own(call: CalendlyCall, uid: str, *, refusal: str = "You are not allowed to view this event") -> Booking:
    booking = call.world.bookings.get(uid)
    if booking is None or booking.state not in _SHOWN:
        raise unknown()
    if call.owner.id not in booking.hosts:
        raise denied(refusal)
    return booking


def move_by_invitee(world: World, last: str, body: dict[str, Any]) -> Answer:
    """What the page behind `reschedule_url` does with `{"start_time"}`: one history, two pieces of news."""
    booking, guest = _standing(world, last)
    start = read_instant(body.get("start_time"), "start_time")
    kind = world.event_types[booking.event_type]
    if start not in open_starts(world, kind, start, start + kind.length):
        raise invalid(("start_time", "is not available"))
    uid, now = world.short_uid(), world.now()
    renewed = replace(guest, id=world.number("guest"))
    new = replace(
        booking,
        id=world.number("booking"),
        uid=uid,
        start=start,
        end=start + kind.length,
        guests=(renewed,),
        moved_from=booking.uid,
        created_at=now,
        updated_at=now,
        settings={**booking.settings, "old_invitee": invitee_uri(booking, guest)},
    )
    old = world.change_booking(
        booking,
        state=State.CANCELLED,
        moved_to=uid,
        cancelled_by=guest.name,
        settings={**booking.settings, "canceler_type": "invitee", "new_invitee": invitee_uri(new, renewed)},
    )
    world.put_booking(new)
    world.tell(ChangeKind.MOVED, new, old)
    return one(invitee_shape(new, renewed), status=201)


def cancel_by_invitee(world: World, last: str, body: dict[str, Any]) -> Answer:
    """What the page behind `cancel_url` does with `{"reason"}`."""
    booking, guest = _standing(world, last)
    reason = body.get("reason")
    changed = cancel(world, booking, by=guest.name, reason=reason if isinstance(reason, str) else "", kind="invitee")
    return one(cancellation_shape(changed), status=201)


def _standing(world: World, last: str) -> tuple[Booking, Guest]:
    for booking in world.bookings.values():
        for guest in booking.guests:
            if identifier("invitee", guest.id) == last and booking.state is State.ACCEPTED:
                return booking, guest
    raise unknown()


ROUTES = (
    route("GET", "/scheduled_events", _events),
    route("GET", "/scheduled_events/{uuid}", _event),
    route("GET", "/scheduled_events/{uuid}/invitees", _invitees),
    route("GET", "/scheduled_events/{uuid}/invitees/{invitee}", _invitee),
    route("POST", "/scheduled_events/{uuid}/cancellation", _cancel),
    route("POST", "/invitee_no_shows", _mark),
    route("GET", "/invitee_no_shows/{uuid}", _marked),
    route("DELETE", "/invitee_no_shows/{uuid}", _unmark),
)
