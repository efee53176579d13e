"""The store as one turn needs it: four short transactions at most, whatever the turn comes to.

    accept   the turn stands in the inbox, and what it begins with is read: before the surface is told that we have it
    begin    the same without the inbox, for turns that were accepted before
    keep     what was decided, before the answer goes out
    close    the answer has reached its person

Rule for the next editor: a turn that only looks something up waits for the database three times. What a turn needs more goes
into one of these four, not beside them (`tests/reliability/test_counts.py` counts).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.dialogue.acts import ConversationKey
    from bot.dialogue.cards import Card
    from bot.dialogue.conversation import Beginning, Conversation
    from bot.scheduling.ledger import Accepted, NotTaken, Offer
    from bot.scheduling.reminding.telling import About


class TurnStore(Protocol):
    """Keeps turns."""

    async def accept(
        self,
        turn: Accepted,
        *,
        lease: timedelta,
        key: ConversationKey,
        pressed: str = "",
        is_overheard: bool = False,
    ) -> Beginning | NotTaken:
        """Insert first; an `is_overheard` turn only where somebody talks with us. `pressed`: the card of a press.

        A card that is pressed has reached its person: so has the answer that it came with.
        """
        ...

    async def begin(self, key: ConversationKey, *, pressed: str = "") -> Beginning:
        """What a turn begins with."""
        ...

    async def is_answered(self, turn: str) -> bool:
        """Whether that turn of the inbox has been answered: by another process, if the caller is at work on it."""
        ...

    async def keep(
        self,
        conversation: Conversation,
        *,
        cards: tuple[Card, ...] = (),
        offers: tuple[Offer, ...] = (),
        retires: tuple[str, ...] = (),
        turn: str = "",
    ) -> dict[str, str]:
        """Store the conversation's next version with its new cards and what they offer; old cards lose their say, unless
        another turn than this `turn` that waits in the inbox presses them.

        Returns those that could still write until now, and where they stand (empty: nowhere). Raises `StaleConversation`;
        nothing is stored then.
        """
        ...

    async def close(
        self,
        *,
        answers: str = "",
        card: str = "",
        place: str = "",
        tells: tuple[str, ...] = (),
        about: About | None = None,
        now: datetime,
    ) -> None:
        """The answer has reached its person: the turn `answers` leaves the inbox, the `card` stands at `place`, what came
        of the offers in `tells` has been told, and the bookings it is `about` have their message there.
        """
        ...
