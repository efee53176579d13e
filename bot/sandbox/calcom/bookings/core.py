"""Cal.com's booking core: may this time be booked, with whom, and what row comes of it.

The current and the oldest API both book through here and word the problems in their own way.
"""

from __future__ import annotations

from dataclasses import field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.sandbox.world.availability import Wish, blocks, bookable_until, free_hosts, is_full, seated_booking
from bot.sandbox.world.calendar import Booking, ChangeKind, EventType, Guest, State, World
from bot.scheduling.times import Interval, find_zone
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from bot.sandbox.world.accounts import Account


class Problem(StrEnum):
    """Why a time cannot be booked."""

    PAST = "past"
    OUT_OF_BOUNDS = "out_of_bounds"
    TAKEN = "taken"
    NO_SEATS = "no_seats"
    TOO_MANY = "too_many"
    FULL = "full"
    CONFLICT = "conflict"


class CannotBookError(Exception):
    """The core said no."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A booking that is asked for, with everything already read and named."""

    kind: EventType
    start: datetime
    length: timedelta
    name: str
    email: str
    zone: str
    language: str = "en"
    phone: str | None = None
    extra_guests: tuple[str, ...] = ()
    place: str = ""
    responses: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    series: str | None = None

    @property
    def end(self) -> datetime:
        """When it would end."""
        return self.start + self.length


def find_hosts(world: World, wanted: Wanted, *, moving: str | None = None) -> tuple[Account, ...]:
    """Who would host it; CannotBookError where nobody can."""
    now = world.now()
    if wanted.start < now:
        raise CannotBookError(Problem.PAST)
    zone = find_zone(world.accounts[wanted.kind.hosts[0]].zone) if wanted.kind.hosts else None
    allowed = bookable_until(world, wanted.kind, zone) if zone else None
    if allowed is None or not allowed.start <= wanted.start < allowed.end:
        raise CannotBookError(Problem.OUT_OF_BOUNDS)
    _refuse_too_many(world, wanted)
    if is_full(world, wanted.kind, wanted.start, world.accounts[wanted.kind.hosts[0]]):
        raise CannotBookError(Problem.FULL)
    if wanted.kind.seat_count is not None:
        shared = seated_booking(world, wanted.kind, wanted.start)
        if shared is not None and len(shared.guests) >= wanted.kind.seat_count:
            raise CannotBookError(Problem.NO_SEATS)
        if shared is not None:
            return tuple(world.accounts[host] for host in shared.hosts)
    return _choose(world, wanted, moving)


def _choose(world: World, wanted: Wanted, moving: str | None) -> tuple[Account, ...]:
    wish = Wish(event_type=wanted.kind, start=wanted.start, end=wanted.end, length=wanted.length, ignoring=moving)
    free = free_hosts(world, wish)
    if wanted.kind.scheduling == "roundRobin" and free:
        return (min(free, key=lambda host: sum(1 for _ in world.bookings_of(host.id))),)
    if len(free) < max(1, len(wanted.kind.hosts)):
        raise CannotBookError(Problem.TAKEN)
    return free


def _refuse_too_many(world: World, wanted: Wanted) -> None:
    limit = wanted.kind.settings.get("bookerActiveBookingsLimit")
    most = limit.get("maximumActiveBookings") if isinstance(limit, dict) and not limit.get("disabled") else None
    if most is None:
        return
    active = sum(
        1
        for booking in world.bookings.values()
        if booking.event_type == wanted.kind.id
        and booking.state in {State.ACCEPTED, State.PENDING}
        and booking.end > world.now()
        and any(guest.email == wanted.email for guest in booking.guests)
    )
    if active >= most:
        raise CannotBookError(Problem.TOO_MANY)


def same_request(world: World, wanted: Wanted) -> Booking | None:
    """A request for the same time by the same person that still waits: the provider answers with it again."""
    for booking in world.bookings.values():
        if (
            booking.state is State.PENDING
            and booking.event_type == wanted.kind.id
            and booking.start == wanted.start
            and any(guest.email == wanted.email for guest in booking.guests)
        ):
            return booking
    return None


def write_booking(
    world: World, wanted: Wanted, hosts: tuple[Account, ...], *, is_settled: bool = False, **more: Any
) -> Booking:
    """Store the booking, with `more` fields set on it. Two accepted ones cannot share a host's time: a conflict.

    `is_settled`: the host asked, so that no approval is waited for.
    """
    number = world.number("booking")
    state = State.PENDING if wanted.kind.approval and not is_settled else State.ACCEPTED
    if state is State.ACCEPTED and _is_doubled(world, wanted, hosts):
        raise CannotBookError(Problem.CONFLICT)
    uid, now = world.short_uid(), world.now()
    is_seated = wanted.kind.seat_count is not None
    booking = Booking(
        id=number,
        uid=uid,
        event_type=wanted.kind.id,
        hosts=tuple(host.id for host in hosts),
        title=_title(world, wanted, hosts),
        start=wanted.start,
        end=wanted.end,
        state=state,
        guests=() if "guests" in more else make_guests(world, wanted),
        place=wanted.place,
        description=None if is_seated else str(wanted.responses.get("notes", "")),
        responses={} if is_seated else dict(wanted.responses),
        extra_guests=wanted.extra_guests,
        metadata={} if is_seated else dict(wanted.metadata),
        calendar_uid=f"{world.short_uid() if is_seated else uid}@Cal.diy",
        series=wanted.series,
        is_seated=is_seated,
        created_at=now,
        updated_at=now,
    )
    return world.put_booking(replace(booking, **more))


def make_guests(world: World, wanted: Wanted) -> tuple[Guest, ...]:
    """The attendee and the others invited along, with numbers."""
    first = Guest(
        id=world.number("guest"),
        name=wanted.name,
        email=wanted.email,
        zone=wanted.zone,
        language=wanted.language,
        phone=wanted.phone,
    )
    if wanted.kind.seat_count is not None:
        answers = {name: value for name, value in wanted.responses.items() if name != "email"}
        seated = replace(
            first, seat=world.long_uid(), responses={"guests": [], **answers}, metadata=dict(wanted.metadata)
        )
        return (seated,)
    others = (
        Guest(id=world.number("guest"), name="", email=email, zone=wanted.zone, language=wanted.language)
        for email in wanted.extra_guests
    )
    return (first, *others)


def take_seat(world: World, shared: Booking, wanted: Wanted) -> tuple[Booking, Guest]:
    """Another person in a shared booking."""
    guest = make_guests(world, wanted)[0]
    return world.put_booking(replace(shared, guests=(*shared.guests, guest))), guest


def announce(world: World, booking: Booking, previous: Booking | None = None) -> None:
    """Tell the subscribers of a new booking."""
    if booking.state is State.PENDING:
        world.tell(ChangeKind.REQUESTED, booking)
    else:
        world.tell(ChangeKind.MOVED if previous else ChangeKind.CREATED, booking, previous)


def _title(world: World, wanted: Wanted, hosts: tuple[Account, ...]) -> str:
    team = world.teams.get(wanted.kind.team or 0)
    with_whom = team.name if team and len(hosts) > 1 else hosts[0].name
    return f"{wanted.kind.title} between {with_whom} and {wanted.name}"


def _is_doubled(world: World, wanted: Wanted, hosts: tuple[Account, ...]) -> bool:
    span, ids = Interval(wanted.start, wanted.end), {host.id for host in hosts}
    return any(
        booking.interval.overlaps(span) and set(booking.hosts) & ids and blocks(world, booking)
        for booking in world.bookings.values()
        if booking.state is State.ACCEPTED
    )
