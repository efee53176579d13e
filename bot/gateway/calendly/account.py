"""What an account at Calendly holds, read: profile, types, times, bookings. The provider's reads, and what its writes need.

Kept for a short while: the profile and the event types, which hardly change and cost a call of a small budget.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.errors import NotFound, Refused, Unsupported
from bot.gateway.calendly import reading, wire
from bot.gateway.calendly.refusals import PERMISSION, PLAN
from bot.gateway.calendly.session import MOST_AT_ONCE
from bot.groups import a_few_at_once, both
from bot.scheduling.models import Booking, BookingQuery, BookingState
from bot.scheduling.times import Interval, as_instant
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.gateway.calendly.session import Session
    from bot.gateway.calendly.shapes import CalendlyEventType, Invitee, ScheduledEvent
    from bot.scheduling.models import BusyTime, Profile, Schedule, Slot, SlotQuery, Team, Webhook

HEAD_START = timedelta(minutes=1)
"""Times are asked for from now plus this on: Calendly refuses a start that has passed when the question arrives."""
POLL = "poll"
"""How a meeting poll is booked: by voting, which is not ours to do."""
TYPES_KEPT = timedelta(seconds=60)
PROFILE_KEPT = timedelta(minutes=10)
INVITEES_KEPT = timedelta(seconds=60)
MOST_KEPT = 500
LONGEST_MEETING = timedelta(hours=12)
"""A meeting that began within this may still be on."""


@dataclass(slots=True)
class _Kept:
    """What is kept, and until when."""

    profile: Profile | None = None
    profile_until: datetime | None = None
    types: tuple[CalendlyEventType, ...] | None = None
    types_until: datetime | None = None
    invitees: OrderedDict[str, tuple[datetime, tuple[Invitee, ...]]] = field(default_factory=OrderedDict)
    """Until when, and who, by an event and its time of change: a list costs one call an event."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A scheduled event with everybody who is or was invited."""

    event: ScheduledEvent
    invitees: tuple[Invitee, ...]

    @property
    def active(self) -> tuple[Invitee, ...]:
        """Who is still invited."""
        return tuple(one for one in self.invitees if one.status == "active")


@dataclass(frozen=True, slots=True)
class CalendlyAccount:
    """One account, over one route."""

    session: Session
    emails: frozenset[str] = frozenset()
    """Further addresses of the account's person, in lower case."""
    _kept: _Kept = field(default_factory=_Kept)

    @property
    def known(self) -> tuple[Profile, tuple[CalendlyEventType, ...]] | None:
        """Profile and types while both are fresh."""
        now, kept = self.session.now(), self._kept
        if kept.profile is None or kept.profile_until is None or kept.profile_until <= now:
            return None
        if kept.types is None or kept.types_until is None or kept.types_until <= now:
            return None
        return kept.profile, kept.types

    async def profile(self) -> Profile:
        """Whose account it is."""
        now, kept = self.session.now(), self._kept
        if kept.profile is None or kept.profile_until is None or kept.profile_until <= now:
            kept.profile = reading.profile_of(await self.session.read(wire.me()))
            kept.profile_until = now + PROFILE_KEPT
        return kept.profile

    async def types(self) -> tuple[CalendlyEventType, ...]:
        """The types that the account hosts, in the order of its page, team types last; deleted ones and polls are left out."""
        now, kept = self.session.now(), self._kept
        if kept.types is None or kept.types_until is None or kept.types_until <= now:
            user = (await self.profile()).id
            found = await self.session.read_all(partial(wire.event_types, user))
            kept.types = tuple(
                sorted((one for one in found if not one.deleted_at and one.booking_method != POLL), key=_on_page)
            )
            kept.types_until = now + TYPES_KEPT
        return kept.types

    async def type_of(self, event_type: str) -> CalendlyEventType:
        """One type, as fresh as the kept ones are."""
        uri = wire.uri_of(event_type, "event_types")
        now, kept = self.session.now(), self._kept
        if kept.types is not None and kept.types_until is not None and kept.types_until > now:
            for found in kept.types:
                if found.uri == uri:
                    return found
        return await self.session.read(wire.event_type(uri))

    def forget(self) -> None:
        """Read the types afresh next time: a refusal hints that they have changed."""
        self._kept.types = None

    async def find_slots(self, query: SlotQuery) -> tuple[Slot, ...]:
        """Open slots. See the port."""
        if query.host:
            raise another_page(query.host)
        found = reading.event_type_of(await self.type_of(query.event_type))
        require_length(found.length, query.length)
        pieces = wire.pieces(query.window, not_before=self.session.now() + HEAD_START)
        times = await self.session.read_several([wire.available_times(found.id, piece) for piece in pieces])
        return reading.slots_of((one for piece in times for one in piece), found.length, query.window)

    async def is_open(self, event_type: str, start: datetime) -> bool:
        """Whether that start can still be booked."""
        pieces = wire.pieces(
            Interval(start - HEAD_START, start + HEAD_START), not_before=self.session.now() + HEAD_START
        )
        times = await self.session.read_several([wire.available_times(event_type, piece) for piece in pieces])
        return any(one.start_time == start and one.status == "available" for piece in times for one in piece)

    async def busy_times(self, window: Interval) -> tuple[BusyTime, ...]:
        """Busy stretches from now on."""
        user = (await self.profile()).id
        pieces = wire.pieces(window, not_before=self.session.now() + HEAD_START)
        found = await self.session.read_several([wire.busy_times(user, piece) for piece in pieces])
        return reading.busy_of((one for piece in found for one in piece), window)

    async def schedules(self) -> tuple[Schedule, ...]:
        """Working hours, the default first."""
        user = (await self.profile()).id
        found = [reading.schedule_of(one) for one in await self.session.read(wire.availability_schedules(user))]
        return tuple(sorted(found, key=lambda one: not one.is_default))

    async def bookings(self, query: BookingQuery) -> tuple[Booking, ...]:
        """The account's own bookings, by start. See the port."""
        me, now = await self.profile(), self.session.now()
        lists = await a_few_at_once(
            [partial(self._events, wanted, query) for wanted in filters_for(query, me.id, now)], most=MOST_AT_ONCE
        )
        events = {event.uri: event for found in lists for event in found if is_hosted_by(event, me.id)}
        chosen = _chosen(events.values(), query, now)
        meetings = await a_few_at_once([partial(self._listed, event) for event in chosen], most=MOST_AT_ONCE)
        found = [reading.booking_of(one.event, one.invitees, me=me) for one in meetings]
        return tuple(sorted((one for one in found if _invites(one, query)), key=lambda one: one.slot))

    async def booking(self, booking_id: str) -> Booking:
        """One booking of the account's own."""
        meeting = await self.meeting(booking_id)
        return reading.booking_of(meeting.event, meeting.invitees, me=await self.profile())

    async def meeting(self, booking_id: str) -> Meeting:
        """An event and its invitees; `NotFound` unless the account is its host or among the invitees."""
        uri = wire.uri_of(booking_id, "scheduled_events")
        event, invitees = await both(self.session.read(wire.scheduled_event(uri)), self._invitees(uri))
        meeting, me = Meeting(event, invitees), await self.profile()
        self._kept.invitees.pop(_version(event), None)
        own = self.emails | {me.email.lower()}
        if not event_names(event, me.id) and all(one.email.lower() not in own for one in meeting.invitees):
            raise NotFound("the meeting is somebody else's")
        return meeting

    async def teams(self) -> tuple[Team, ...]:
        """The organisations, with those members that the account's role may see."""
        me = await self.profile()
        mine = await self.session.read_all(partial(wire.memberships_of_user, me.id))
        everybody = list(mine)
        for organization in sorted({one.organization for one in mine}):
            try:
                everybody += await self.session.read_all(partial(wire.memberships_of_organization, organization))
            except Refused as error:
                if error.code not in {PERMISSION, PLAN}:
                    raise
        return reading.teams_of(mine, tuple({one.user.uri + one.organization: one for one in everybody}.values()))

    async def webhooks(self) -> tuple[Webhook, ...]:
        """The account's own subscriptions."""
        me = await self.profile()
        found = await self.session.read_all(partial(wire.webhooks, me.organization, me.id))
        return tuple(reading.webhook_of(one) for one in found)

    async def _events(self, wanted: wire.EventFilter, query: BookingQuery) -> tuple[ScheduledEvent, ...]:
        enough = None if query.event_type else query.limit
        return await self.session.read_all(partial(wire.scheduled_events, wanted), enough=enough)

    async def _listed(self, event: ScheduledEvent) -> Meeting:
        """An event of a list with its invitees, who are read once for as long as nothing changes."""
        now, kept, version = self.session.now(), self._kept.invitees, _version(event)
        until, invitees = kept.get(version, (now, ()))
        if until <= now:
            invitees = await self._invitees(event.uri)
            kept[version] = (now + INVITEES_KEPT, invitees)
            while len(kept) > MOST_KEPT:
                kept.popitem(last=False)
        return Meeting(event, invitees)

    async def _invitees(self, event: str) -> tuple[Invitee, ...]:
        return await self.session.read_all(partial(wire.invitees, event))


def _on_page(found: CalendlyEventType) -> tuple[bool, int]:
    return bool(found.profile and found.profile.type == "Team"), found.position


def _version(event: ScheduledEvent) -> str:
    return f"{event.uri} {event.updated_at}"


def filters_for(query: BookingQuery, user: str, now: datetime) -> tuple[wire.EventFilter, ...]:
    """The lists that hold what is asked for. Calendly has no requests and no series, so those add none."""
    whole = wire.EventFilter(
        user=user,
        invitee_email=(query.attendee_email or "").lower(),
        earliest=query.window.start if query.window else None,
        latest=query.window.end if query.window else None,
    )
    filters = []
    if BookingState.UPCOMING in query.states:
        begun = now - LONGEST_MEETING
        filters.append(
            replace(whole, status="active", earliest=max(whole.earliest, begun) if whole.earliest else begun)
        )
    if BookingState.PAST in query.states:
        latest = min(whole.latest, now) if whole.latest else now
        filters.append(replace(whole, status="active", latest=latest, is_newest_first=True))
    if BookingState.CANCELLED in query.states:
        filters.append(replace(whole, status="canceled", is_newest_first=True))
    return tuple(one for one in filters if not (one.earliest and one.latest and one.earliest >= one.latest))


def is_hosted_by(event: ScheduledEvent, user: str) -> bool:
    """Whether the user is among the hosts. An event that names no hosts came from the user's own list."""
    return not event.event_memberships or event_names(event, user)


def event_names(event: ScheduledEvent, user: str) -> bool:
    """Whether the event names the user as a host."""
    return any(member.user == user for member in event.event_memberships)


def require_length(own: timedelta, wanted: timedelta | None) -> None:
    """`Unsupported` for another length than the type's own."""
    if wanted is not None and wanted != own:
        minutes = int(own.total_seconds() // 60)
        raise Unsupported(
            "another length than the type's",
            for_person=f"Calendly books that event type with its own {minutes} minutes only; pick a type of that length.",
        )


def another_page(username: str) -> Unsupported:
    """Calendly lets an account read nothing of somebody else's page."""
    return Unsupported(
        "somebody else's page",
        for_person=(
            "Calendly shows me only your own event types; their page "
            f"https://calendly.com/{quote(username, safe='')} can be booked by hand."
        ),
    )


def _chosen(events: Iterable[ScheduledEvent], query: BookingQuery, now: datetime) -> Sequence[ScheduledEvent]:
    """Those that fit the query, at most its limit: the next ones, or the latest where only bygone ones are asked for."""
    fitting = [event for event in events if _fits(event, query, now)]
    is_bygone = BookingState.UPCOMING not in query.states
    return sorted(fitting, key=lambda event: event.start_time, reverse=is_bygone)[: query.limit]


def _fits(event: ScheduledEvent, query: BookingQuery, now: datetime) -> bool:
    if query.event_type and event.event_type != query.event_type:
        return False
    if query.window and not query.window.contains(as_instant(event.start_time)):
        return False
    if event.status == "canceled":
        return BookingState.CANCELLED in query.states
    return (BookingState.UPCOMING if event.end_time > now else BookingState.PAST) in query.states


def _invites(booking: Booking, query: BookingQuery) -> bool:
    wanted = (query.attendee_email or "").lower()
    return not wanted or any((one.email or "").lower() == wanted for one in booking.attendees)
