"""The port to a scheduling service, written for Cal.com and Calendly, in our words.

Every method raises only errors of `bot.errors`: `NotConnected(repair=True)` when the key or grant is dead, `RateLimited`,
`ProviderDown`, `ProviderChanged`, `NotFound`, `Refused`, `Unsupported`. Reads are retried inside; writes never.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.scheduling.claims import Claimed
    from bot.scheduling.hosting import (
        Away,
        CalendarLink,
        FeatureState,
        FormSubmission,
        MeetingRecord,
        RoomState,
        Routed,
        RoutingForm,
        SharedLink,
    )
    from bot.scheduling.limits import Aspect
    from bot.scheduling.models import (
        Booking,
        BookingChange,
        BookingQuery,
        BusyTime,
        Calendar,
        ConferencingApp,
        EventType,
        Hold,
        Person,
        Place,
        Profile,
        Schedule,
        Slot,
        SlotQuery,
        Team,
        Webhook,
    )
    from bot.scheduling.times import Interval
    from bot.scheduling.writes import Written

TITLES = {"calcom": "Cal.com", "calendly": "Calendly"}
"""The services by their short names, and what people call them before there is an account to ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a provider can do. Asked for instead of the provider's name."""

    provider: str
    """Short name: calcom, calendly."""
    title: str
    """As people call it: Cal.com, Calendly."""
    holds: bool = False
    moves: bool = False
    """Moves a booking natively. Otherwise a move is a new booking and then a cancellation, and the card says so."""
    approval: bool = False
    calendar_links: bool = False
    """Makes links that add a booking to a calendar."""
    changes_place: bool = False
    """Where a standing booking happens can be changed."""
    is_old: bool = False
    """The host speaks older shapes: what it lacks is there in the service, but has no call."""
    guests: bool = False
    adds_guests: bool = False
    """Guests can be added to a standing booking."""
    manages_event_types: bool = False
    type_aspects: frozenset[Aspect] = frozenset()
    """What of an event type can be changed."""
    deletes: bool = False
    """Event types and schedules can be deleted."""
    manages_schedules: bool = False
    manages_profile: bool = False
    webhooks: bool = True
    changes_webhooks: bool = False
    """A subscription can be paused and resumed. Otherwise a pause deletes it, and it is made anew."""
    teams: bool = False
    absence: bool = False
    links: bool = False
    """Makes links that are used up or run out."""
    link_uses: bool = False
    """A link may be good for several bookings, or until a day."""
    link_terms: bool = False
    """A link may have its own title, length and days."""
    one_off: bool = False
    away: bool = False
    """Has an out of office of its own, where the host offers it; else days off stand in the schedule."""
    contacts: bool = False
    several_hosts: bool = False
    """Finds times when several people of one organisation are all free."""
    removes_guests: bool = False
    changes_entries: bool = False
    """Changes a standing booking's calendar entry, where its calendar and the host allow it."""
    recurring: bool = False
    """One call books a series of an event type that repeats by itself."""
    forms: bool = False
    """Lists routing forms and what was answered."""
    routes: bool = False
    """Tells which times a routing form gives for some answers."""


class Provider(Protocol):
    """One person's account at a scheduling service."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do; fixed for the life of the object."""
        ...

    @property
    def known(self) -> tuple[Profile, tuple[EventType, ...]] | None:
        """Profile and event types while both are fresh; None when one of them has to be asked for."""
        ...

    async def profile(self) -> Profile:
        """Whose account it is."""
        ...

    async def event_types(self) -> tuple[EventType, ...]:
        """Their own bookable types, hidden ones included; team types too where the provider has them. Cached shortly."""
        ...

    async def public_event_types(self, username: str) -> tuple[EventType, ...]:
        """What somebody's public page offers. Raises `NotFound` for an unknown user."""
        ...

    async def find_slots(self, query: SlotQuery) -> tuple[Slot, ...]:
        """Free slots that start inside the window, by start. Empty when there are none."""
        ...

    async def bookings(self, query: BookingQuery) -> tuple[Booking, ...]:
        """The account's own bookings, by start; other people's that an admin key can see are left out."""
        ...

    async def booking(self, booking_id: str) -> Booking:
        """One booking, if the account is its host or attendee; else `NotFound`."""
        ...

    async def held(self, hold_id: str) -> Hold | None:
        """A hold that still stands, or None."""
        ...

    async def schedules(self) -> tuple[Schedule, ...]:
        """Working hours, the default first."""
        ...

    async def calendars(self) -> tuple[Calendar, ...]:
        """Connected calendars."""
        ...

    async def busy_times(self, window: Interval, zone: str) -> tuple[BusyTime, ...]:
        """Busy stretches of the connected calendars, by start, without titles."""
        ...

    async def conferencing(self) -> tuple[ConferencingApp, ...]:
        """Connected conferencing apps."""
        ...

    async def teams(self) -> tuple[Team, ...]:
        """Teams (Calendly: the organisation) with their members."""
        ...

    async def webhooks(self) -> tuple[Webhook, ...]:
        """Subscriptions of the account."""
        ...

    async def verified_emails(self) -> tuple[str, ...]:
        """Addresses that the account has verified."""
        ...

    async def types_using(self, schedule: str) -> tuple[EventType, ...]:
        """The event types whose working hours are these; empty where the provider does not tell."""
        ...

    async def links(self, event_type: str = "") -> tuple[SharedLink, ...]:
        """Links for one use, of one type where it is named."""
        ...

    async def aways(self) -> tuple[Away, ...]:
        """Out of office, by day. Raises `Unsupported` where the host has none: then days off stand in the schedule."""
        ...

    async def contacts(self, name: str) -> tuple[Person, ...]:
        """People the account has met whose name or address fits."""
        ...

    async def meeting_places(self) -> tuple[Place, ...]:
        """Places that the account may offer."""
        ...

    async def records(self, booking: str) -> tuple[MeetingRecord, ...]:
        """What is kept of a meeting: recaps, recordings, transcripts."""
        ...

    async def room(self, booking: str) -> RoomState:
        """Who is in a meeting's video room now."""
        ...

    async def calendar_links(self, booking: str) -> tuple[CalendarLink, ...]:
        """Links that add a booking to a calendar."""
        ...

    async def routing_forms(self) -> tuple[RoutingForm, ...]:
        """Forms whose answers lead to an event type. Raises `Unsupported` where the host or account has none."""
        ...

    async def form_submissions(self, form: RoutingForm) -> tuple[FormSubmission, ...]:
        """What was answered lately, the newest first."""
        ...

    async def route(self, form: str, answers: tuple[tuple[str, str], ...], window: Interval, zone: str) -> Routed:
        """Where these answers (question key, answer) lead, with the free slots there. Keeps nothing over there."""
        ...

    async def features(self) -> tuple[FeatureState, ...]:
        """Which of the calls that not every host, plan or grant offers this account really has. Reads only."""
        ...

    async def write(self, claimed: Claimed, *, secret: str = "") -> Written:
        """Send the claimed write, once. `secret` signs a new webhook's deliveries.

        Raises `SlotTaken`, `Refused`, `NotFound`, `Unsupported`, `NotConnected`, `RateLimited`, `ProviderDown`: certainly
        not written. Raises `Uncertain`: sent, fate unknown.
        """
        ...

    async def look_up(self, claimed: Claimed, *, is_glance: bool = False) -> Written | None:
        """What became of a write whose answer was lost: what it came to, or None when it certainly was not written.

        Reads several times over some seconds, because a provider's replicas lag. Raises `Uncertain` when it cannot tell.
        A glance reads once: its None is certain only when whoever asks has let that time pass.
        """
        ...


class ChangeDecoder(Protocol):
    """Checks and reads a provider's webhook delivery."""

    def __call__(
        self, headers: Mapping[str, str], body: bytes, *, secrets: Sequence[str], now: datetime
    ) -> BookingChange | None:
        """The change, None for a delivery that is not about a booking; raises `Refused` on a bad signature or shape."""
        ...
