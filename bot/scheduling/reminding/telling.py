"""Where the news of a booking stands, which channels hear of an event type, whose page has changed; the ports that keep these.

A booking has one message a reader over its whole life: it is edited to what is true, and what happened stands in its thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.values import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPage:
    """A person's own page says less than what is stored. `state` counts what has changed so far."""

    owner: Owner
    state: int


class Pages(Protocol):
    """Keeps whose own page has changed since it was shown. Only of people who have opened theirs; all else is no page.

    The store marks a page in the transaction that changes what stands on it, so that no process has to remember it.
    """

    async def open_page(self, owner: Owner, *, now: datetime) -> int:
        """Its person opens it; the state that is shown to them now."""
        ...

    async def mark_page(self, owner: Owner) -> None:
        """Something on it has changed that the store cannot see."""
        ...

    async def take_pages(self, *, now: datetime) -> tuple[ChangedPage, ...]:
        """Pages that have changed, none that was shown just now; leased to the caller."""
        ...

    async def page_shown(self, page: ChangedPage, *, now: datetime) -> None:
        """It shows at least what was true in that state."""
        ...
