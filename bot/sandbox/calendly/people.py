"""Calendly's users, memberships, event types, working hours, and what is free and busy."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox.calendly.calls import (
    APP,
    PAGES,
    CalendlyCall,
    all_of,
    denied,
    identifier,
    invalid,
    iso_micros,
    iso_seconds,
    last_part,
    one,
    organization_of,
    organization_uri,
    page_of,
    read_instant,
    route,
    type_uri,
    unknown,
    user_uri,
)
from bot.sandbox.calendly.shapes import (
    event_uri,
    membership_shape,
    schedule_shape,
    type_shape,
    user_shape,
)
from bot.sandbox.world.availability import Wish, blocks, find_slots, seated_booking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.calendar import EventType, World
    from bot.sandbox.world.exchange import Answer

LONGEST_LOOK = timedelta(days=31)
LONGEST_BUSY = timedelta(days=7)
NOT_COLLEAGUES = "This user is not in your organization"
_TRUTHS = {"true": True, "false": False}


def own_types(world: World, account: Account) -> list[EventType]:
    """The types that an account hosts, by name."""
    mine = (
        kind for kind in world.event_types.values() if account.id in kind.hosts and not kind.settings.get("one_off")
    )
    found = [kind for kind in mine if kind.scheduling != "managed"]
    return sorted(found, key=lambda kind: (kind.title, kind.id))


def bookable_type(call: CalendlyCall, text: object, parameter: str) -> EventType:
    """The caller's type of that URI."""
    last = last_part(text, "event_types") if isinstance(text, str) else None
    if last is None:
        raise invalid((parameter, "must be a valid event type URI"))
    return find_type(call, last)


def account_by_uri(world: World, text: str, parameter: str) -> Account:
    """The account of a user URI; 400 for what is no such URI, 404 for nobody's."""
    last = last_part(text, "users")
    if last is None:
        raise invalid((parameter, "must be a valid user URI"))
    return _account(world, last)


def require_colleague(call: CalendlyCall, account: Account) -> None:
    """403 unless the account is the caller's own or in the same organisation."""
    if account.id != call.owner.id and organization_uri(call.world, account) != organization_uri(
        call.world, call.owner
    ):
        raise denied(NOT_COLLEAGUES)


def open_starts(world: World, kind: EventType, start: datetime, end: datetime) -> tuple[datetime, ...]:
    """Starts in the window that can be booked."""
    wish = Wish(event_type=kind, start=start, end=end + kind.length, length=kind.length)
    return tuple(found for found in find_slots(world, wish) if start <= found < end)


def _me(call: CalendlyCall) -> Answer:
    return one(user_shape(call.world, call.owner))


def _user(call: CalendlyCall) -> Answer:
    account = _account(call.world, call.params["uuid"])
    if account.id != call.owner.id:
        raise denied()
    return one(user_shape(call.world, account))


def _types(call: CalendlyCall) -> Answer:
    user, organization = call.query.get("user"), call.query.get("organization")
    if not user and not organization:
        raise invalid(("user", "must be filled"), ("organization", "must be filled"))
    if user:
        account = account_by_uri(call.world, user, "user")
        require_colleague(call, account)
        found = own_types(call.world, account)
    else:
        found = _types_of_organization(call, organization or "")
    wanted = call.query.get("active", "")
    if wanted and wanted not in _TRUTHS:
        raise invalid(("active", "must be a boolean"))
    if wanted:
        found = [kind for kind in found if kind.settings.get("active", True) is _TRUTHS[wanted]]
    if call.query.get("sort", "name:asc") == "name:desc":
        found.reverse()
    return page_of(call, found, lambda kind: type_shape(call.world, kind))


def _types_of_organization(call: CalendlyCall, organization: str) -> list[EventType]:
    _require_organization(call, organization)
    members = {account.id for account in _members(call.world, call.owner)}
    return sorted(
        (
            kind
            for kind in call.world.event_types.values()
            if members & set(kind.hosts) and kind.scheduling != "managed"
        ),
        key=lambda kind: (kind.title, kind.id),
    )


def _type(call: CalendlyCall) -> Answer:
    return one(type_shape(call.world, find_type(call, call.params["uuid"])))


def _available(call: CalendlyCall) -> Answer:
    kind = bookable_type(call, call.required("event_type"), "event_type")
    start, end = _window(call, LONGEST_LOOK)
    seats = kind.seat_count
    items = []
    for found in open_starts(call.world, kind, start, end):
        shared = seated_booking(call.world, kind, found) if seats else None
        left = (seats or 1) - (len(shared.guests) if shared else 0)
        address = f"{PAGES}/{call.owner.username}/{kind.slug}/{iso_seconds(found)}"
        items.append(
            {
                "status": "available",
                "invitees_remaining": left,
                "start_time": iso_seconds(found),
                "scheduling_url": address,
            }
        )
    return all_of(items)


def _busy(call: CalendlyCall) -> Answer:
    account = account_by_uri(call.world, call.required("user"), "user")
    require_colleague(call, account)
    start, end = _window(call, LONGEST_BUSY)
    found = [item for item in _busy_items(call.world, account) if item[0] < end and start < item[1]]
    return all_of([_busy_shape(*item) for item in sorted(found, key=lambda item: item[0])])


def _busy_items(world: World, account: Account) -> Iterator[tuple[datetime, datetime, str]]:
    for busy in world.busy:
        if busy.owner == account.id:
            yield busy.start, busy.end, ""
    for booking in world.bookings_of(account.id):
        if blocks(world, booking):
            yield booking.start, booking.end, event_uri(booking)


def _busy_shape(start: datetime, end: datetime, event: str) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "type": "calendly" if event else "external",
        "start_time": iso_micros(start),
        "end_time": iso_micros(end),
    }
    if event:
        shape |= {
            "buffered_start_time": iso_micros(start),
            "buffered_end_time": iso_micros(end),
            "event": {"uri": event},
        }
    return shape


def _schedules(call: CalendlyCall) -> Answer:
    account = account_by_uri(call.world, call.query.get("user") or user_uri(call.owner.id), "user")
    require_colleague(call, account)
    found = [one for one in call.world.schedules.values() if one.owner == account.id]
    return all_of([schedule_shape(call.world, schedule) for schedule in found])


def _schedule(call: CalendlyCall) -> Answer:
    wanted = call.params["uuid"]
    found = next((s for s in call.world.schedules.values() if identifier("schedule", s.id) == wanted), None)
    if found is None:
        raise unknown()
    require_colleague(call, call.world.accounts[found.owner])
    return one(schedule_shape(call.world, found))


def _memberships(call: CalendlyCall) -> Answer:
    user, organization, email = (call.query.get(name) for name in ("user", "organization", "email"))
    if not user and not organization and not email:
        raise invalid(("user", "must be filled"), ("organization", "must be filled"))
    if user:
        account = account_by_uri(call.world, user, "user")
        require_colleague(call, account)
        found = [account]
    else:
        if organization:
            _require_organization(call, organization)
        found = _members(call.world, call.owner)
    if email:
        found = [account for account in found if account.email == email]
    return page_of(call, found, lambda account: membership_shape(call.world, account, _role(call, account)))


def _membership(call: CalendlyCall) -> Answer:
    wanted = call.params["uuid"]
    members = _members(call.world, call.owner)
    found = next((account for account in members if identifier("membership", account.id) == wanted), None)
    if found is None:
        raise unknown()
    return one(membership_shape(call.world, found, _role(call, found)))


def _role(call: CalendlyCall, account: Account) -> str:
    """Whoever looks runs the organisation, so that all of it can be practised."""
    return "owner" if account.id == call.owner.id else "user"


def _members(world: World, account: Account) -> list[Account]:
    """Everybody with an account here, and those of the team whom nobody has claimed yet."""
    team = organization_of(world)
    if team is None:
        return [account]
    here = [one for one in world.accounts.values() if one.app == APP]
    known = {one.email for one in here}
    others = (world.accounts[member] for member in team.members if member in world.accounts)
    return here + [one for one in others if one.email not in known]


def _require_organization(call: CalendlyCall, text: str) -> None:
    if last_part(text, "organizations") is None:
        raise invalid(("organization", "must be a valid organization URI"))
    if text != organization_uri(call.world, call.owner):
        raise denied()


def _account(world: World, last: str) -> Account:
    found = next((a for a in world.accounts.values() if identifier("user", a.id) == last), None)
    if found is None:
        raise unknown()
    return found


def find_type(call: CalendlyCall, last: str) -> EventType:
    """The caller's type by the last part of its URI."""
    found = next((kind for kind in call.world.event_types.values() if type_uri(kind.id).endswith(f"/{last}")), None)
    if found is None or found.scheduling == "managed":
        raise unknown()
    if call.owner.id not in found.hosts:
        raise denied()
    return found


def _window(call: CalendlyCall, longest: timedelta) -> tuple[datetime, datetime]:
    start = read_instant(call.required("start_time"), "start_time")
    end = read_instant(call.required("end_time"), "end_time")
    if start <= call.world.now():
        raise invalid(("start_time", "must be in the future"))
    if end <= start:
        raise invalid(("end_time", "must be after start_time"))
    if end - start > longest:
        raise invalid(("end_time", f"must be within {longest.days} days of start_time"))
    return start, end


ROUTES = (
    route("GET", "/users/me", _me),
    route("GET", "/users/{uuid}", _user),
    route("GET", "/event_types", _types),
    route("GET", "/event_types/{uuid}", _type),
    route("GET", "/event_type_available_times", _available),
    route("GET", "/user_busy_times", _busy),
    route("GET", "/user_availability_schedules", _schedules),
    route("GET", "/user_availability_schedules/{uuid}", _schedule),
    route("GET", "/organization_memberships", _memberships),
    route("GET", "/organization_memberships/{uuid}", _membership),
)
