"""Reading Cal.com bookings under 2024-08-13: one, and lists with the provider's filters, order and paging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.calcom.bookings.booking import BOOKING_VERSIONS
from bot.sandbox.calcom.bookings.changes import find_booking
from bot.sandbox.calcom.bookings.shapes import booking_shape
from bot.sandbox.calcom.calls import Access, Call, number_in, route, success
from bot.sandbox.calcom.errors import refuse, refuse_properties
from bot.sandbox.calcom.slots import read_instant
from bot.sandbox.calcom.validation import (
    ISO_DATE,
    NUMBER,
    Check,
    Field,
    Shape,
    at_least,
    at_most,
    check,
    each_of,
    known,
    one_of,
)
from bot.sandbox.world.calendar import Booking, State, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from bot.sandbox.world.exchange import Answer

STATUSES = ("upcoming", "recurring", "past", "cancelled", "unconfirmed")
_STATUS = Check("isEnum", each_of(STATUSES), "Invalid status. Allowed are " + ", ".join(STATUSES))
_ORDER = Check("isEnum", one_of(("asc", "desc")), '{} must be either "asc" or "desc".')
_DATES = ("afterStart", "beforeEnd", "afterCreatedAt", "beforeCreatedAt", "afterUpdatedAt", "beforeUpdatedAt")
_SORTS = ("sortStart", "sortEnd", "sortCreated", "sortUpdatedAt")
_NUMBERS = ("eventTypeId", "teamId", "take", "skip", "limit")
_FILTERS = Shape(
    fields=(
        Field("status", (_STATUS,), is_optional=True),
        *(Field(name, (ISO_DATE,), is_optional=True) for name in _DATES),
        *(Field(name, (_ORDER,), is_optional=True) for name in _SORTS),
        Field("eventTypeId", (NUMBER,), is_optional=True),
        Field("teamId", (NUMBER,), is_optional=True),
        Field("take", (at_most(250), at_least(1), NUMBER), is_optional=True),
        Field("skip", (at_least(0), NUMBER), is_optional=True),
    ),
    also=("attendeeEmail", "attendeeName", "bookingUid", "eventTypeIds", "teamsIds"),
)
_CURSOR_VERSION = "2026-05-01"


def matches_status(status: str, booking: Booking, now: datetime) -> bool:
    """Whether a booking is listed under one of the five states."""
    is_over = booking.end <= now
    is_gone = booking.state in {State.CANCELLED, State.REJECTED}
    match status:
        case "upcoming":
            return not is_over and booking.state is State.ACCEPTED
        case "recurring":
            return not is_over and not is_gone and booking.series is not None
        case "past":
            return is_over and not is_gone
        case "cancelled":
            return is_gone
        case _:
            return not is_over and booking.state is State.PENDING


def concerns(world: World, account: int, booking: Booking) -> bool:
    """Whether the account hosts or attends it."""
    email = world.accounts[account].email
    return account in booking.hosts or any(guest.email == email for guest in booking.guests)


def read_filters(query: Any) -> dict[str, Any]:
    """The known part of the query, with numbers as numbers and states as a list; a bad one is refused."""
    read = known(_FILTERS, query)
    for name in _NUMBERS:
        number = number_in(str(read.get(name, "")))
        if number is not None:
            read[name] = number
    if isinstance(read.get("status"), str):
        read["status"] = read["status"].split(",")
    errors = check(_FILTERS, read)
    if errors:
        raise refuse_properties(errors)
    return read


def filtered(world: World, bookings: Iterable[Booking], filters: Any) -> list[Booking]:
    """The bookings that pass every filter, in the order asked for."""
    statuses = filters.get("status") or ["upcoming"]
    now = world.now()
    tests = _tests(world, filters)
    found = [
        booking
        for booking in bookings
        if any(matches_status(status, booking, now) for status in statuses) and all(test(booking) for test in tests)
    ]
    return _ordered(found, filters, statuses[0])


def _tests(world: World, filters: Any) -> list[Callable[[Booking], bool]]:
    tests: list[Callable[[Booking], bool]] = []
    if email := filters.get("attendeeEmail"):
        tests.append(lambda booking: any(guest.email == email for guest in booking.guests))
    if name := filters.get("attendeeName"):
        tests.append(lambda booking: any(guest.name == name for guest in booking.guests))
    if uid := filters.get("bookingUid"):
        tests.append(lambda booking: booking.uid == uid)
    kinds = _numbers(filters.get("eventTypeIds")) | _numbers(filters.get("eventTypeId"))
    if kinds:
        tests.append(lambda booking: booking.event_type in kinds)
    teams = _numbers(filters.get("teamsIds")) | _numbers(filters.get("teamId"))
    if teams:
        tests.append(lambda booking: _team_of(world, booking) in teams)
    bounds: tuple[tuple[str, Callable[[Booking, datetime], bool]], ...] = (
        ("afterStart", lambda booking, at: booking.start >= at),
        ("beforeEnd", lambda booking, at: booking.end <= at),
        ("afterCreatedAt", lambda booking, at: booking.created_at >= at),
        ("beforeCreatedAt", lambda booking, at: booking.created_at <= at),
        ("afterUpdatedAt", lambda booking, at: booking.updated_at >= at),
        ("beforeUpdatedAt", lambda booking, at: booking.updated_at <= at),
    )
    for key, passes in bounds:
        if filters.get(key):
            tests.append(_bounded(passes, read_instant(filters[key])))
    return tests


def _bounded(passes: Callable[[Booking, datetime], bool], at: datetime) -> Callable[[Booking], bool]:
    return lambda booking: passes(booking, at)


def _team_of(world: World, booking: Booking) -> int | None:
    kind = world.event_types.get(booking.event_type)
    return kind.team if kind else None


def _numbers(value: Any) -> set[int]:
    if value is None:
        return set()
    parts = value if isinstance(value, list) else str(value).split(",")
    return {number for part in parts if (number := number_in(str(part).strip())) is not None}


def _ordered(found: list[Booking], filters: Any, status: str) -> list[Booking]:
    keys: tuple[tuple[str, Callable[[Booking], datetime]], ...] = (
        ("sortStart", lambda booking: booking.start),
        ("sortEnd", lambda booking: booking.end),
        ("sortCreated", lambda booking: booking.created_at),
        ("sortUpdatedAt", lambda booking: booking.updated_at),
    )
    for name, key in keys:
        if filters.get(name):
            return sorted(found, key=key, reverse=filters[name] == "desc")
    return sorted(found, key=lambda booking: booking.start, reverse=status in {"past", "cancelled"})


def paged(world: World, bookings: list[Booking], filters: Any) -> Answer:
    """One page, with the provider's counts."""
    take, skip, total = filters.get("take", 100), filters.get("skip", 0), len(bookings)
    page = bookings[skip : skip + take]
    pagination = {
        "returnedItems": len(page),
        "totalItems": total,
        "itemsPerPage": take,
        "remainingItems": max(0, total - skip - len(page)),
        "currentPage": skip // take + 1 if total else 0,
        "totalPages": -(-total // take),
        "hasNextPage": skip + take < total,
        "hasPreviousPage": skip > 0 and total > 0,
    }
    return success([booking_shape(world, booking) for booking in page], pagination=pagination)


def _list(call: Call) -> Answer:
    world, account = call.world, call.owner.id
    own = [booking for booking in world.bookings.values() if concerns(world, account, booking)]
    if call.version == _CURSOR_VERSION:
        return _list_by_cursor(call, own)
    filters = read_filters(call.query)
    return paged(world, filtered(world, own, filters), filters)


def _list_by_cursor(call: Call, own: list[Booking]) -> Answer:
    """The newest version: one status or all, `limit` and `cursor`."""
    query = {name: value for name, value in call.query.items() if name not in {"take", "skip"}}
    limit = min(max(number_in(str(query.get("limit", ""))) or 50, 1), 100)
    first = number_in(str(query.get("cursor", ""))) or 0
    filters = read_filters(query)
    filters.setdefault("status", list(STATUSES))
    found = filtered(call.world, own, filters)
    has_more = first + limit < len(found)
    page = found[first : first + limit]
    pagination = {"nextCursor": str(first + limit) if has_more else None, "hasMore": has_more}
    return success([booking_shape(call.world, booking) for booking in page], pagination=pagination)


def _get(call: Call) -> Answer:
    world, uid = call.world, call.params["uid"]
    series = sorted((one for one in world.bookings.values() if one.series == uid), key=lambda row: row.start)
    if series:
        return success([booking_shape(world, booking) for booking in series])
    return success(booking_shape(world, find_booking(call)))


def _get_by_seat(call: Call) -> Answer:
    for booking in call.world.bookings.values():
        if any(guest.seat == call.params["seat"] for guest in booking.guests):
            return success(booking_shape(call.world, booking))
    raise refuse(404, f"Booking with seatUid={call.params['seat']} was not found in the database")


ROUTES = (
    route("GET", "/v2/bookings", _list, versions=BOOKING_VERSIONS, access=Access.PERMISSION),
    route("GET", "/v2/bookings/by-seat/{seat}", _get_by_seat, versions=BOOKING_VERSIONS, access=Access.PUBLIC),
    route("GET", "/v2/bookings/{uid}", _get, versions=BOOKING_VERSIONS, access=Access.PUBLIC),
)
