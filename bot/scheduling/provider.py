"""The port to a scheduling service, written for Cal.com and Calendly, in our words.

Every method raises only errors of `bot.errors`: `NotConnected(repair=True)` when the key or grant is dead, `RateLimited`,
`ProviderDown`, `ProviderChanged`, `NotFound`, `Refused`, `Unsupported`. Reads are retried inside; writes never.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.scheduling.claims import Claimed
    from bot.scheduling.models import (
        Booking,
        BookingChange,
        BookingQuery,
        BusyTime,
        Calendar,
        ConferencingApp,
        EventType,
        Hold,
        Profile,
        Schedule,
        Slot,
        SlotQuery,
        Team,
        Webhook,
    )
    from bot.scheduling.times import Interval
    from bot.scheduling.writes import Written


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
    guests: bool = False
    adds_guests: bool = False
    """Guests can be added to a standing booking."""
    manages_event_types: bool = False
    manages_schedules: bool = False
    manages_profile: bool = False
    webhooks: bool = True
    teams: bool = False
    absence: bool = False
    links: bool = False
    """Makes single-use scheduling links."""
    recurring: bool = False


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
