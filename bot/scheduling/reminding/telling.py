"""Where the news of a booking stands, and which channels hear of an event type; the ports that keep both.

A booking has one message a reader over its whole life: it is edited to what is true, and what happened stands in its thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from bot.scheduling.accounts import Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which bookings of whom a message tells of."""

    owner: Owner
    bookings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A person has the news of one of their event types posted in a channel, by the surface's own id."""

    owner: Owner
    channel: str
    event_type: str


class BookingPlaces(Protocol):
    """Keeps where the message of a booking stands: the surface's own note, encrypted at rest."""

    async def place_of(self, owner: Owner, bookings: tuple[str, ...], *, channel: str = "") -> str:
        """The place of the first of these that has one; empty when none has. `channel`: there, not with the owner."""
        ...

    async def put_place(self, about: About, place: str, *, channel: str = "", now: datetime) -> None:
        """The messages of these bookings stand there from now on."""
        ...


class Postings(Protocol):
    """Keeps which channels hear of which event types."""

    async def post(self, posting: Posting, *, now: datetime) -> None:
        """From now on; the same again changes nothing."""
        ...

    async def stop_posting(self, owner: Owner, *, channel: str = "", event_type: str = "") -> int:
        """No more, in that channel or of that type, where one is named; how many ended."""
        ...

    async def postings_of(self, owner: Owner) -> tuple[Posting, ...]:
        """What the person has posted, by channel."""
        ...
