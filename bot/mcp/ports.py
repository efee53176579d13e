"""What the tools need of the loop. Whoever answers knows accounts; the tools know arguments and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.loop.agents import Free, FreeTimes, Meetings, Prepared, Span
    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import Person


class Tools(Protocol):
    """Everything an agent may ask for one person. Raises `PencilError`; nothing here writes to a calendar."""

    async def find_times(self, owner: Owner, span: Span, *, event_type: str, length: timedelta | None) -> FreeTimes:
        """Free times of one of their event types."""
        ...

    async def my_meetings(self, owner: Owner, span: Span) -> Meetings:
        """What is booked or requested."""
        ...

    async def who_is_free(
        self, owner: Owner, people: tuple[Person, ...], span: Span, *, length: timedelta | None
    ) -> Free:
        """Times that suit the person and these others."""
        ...

    async def prepare_booking(
        self, owner: Owner, who: Person, start: datetime, *, event_type: str, length: timedelta | None, topic: str
    ) -> Prepared:
        """Put a card that would book into their direct messages."""
        ...

    async def prepare_move(self, owner: Owner, booking: str, start: datetime) -> Prepared:
        """Put a card that would move a meeting into their direct messages."""
        ...

    async def prepare_cancel(self, owner: Owner, booking: str, reason: str) -> Prepared:
        """Put a card that would cancel a meeting into their direct messages."""
        ...
