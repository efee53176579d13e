"""What the Slack surface needs from the loop, in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.dialogue.acts import ConversationKey, HomePage, Reply, Turn
    from bot.dialogue.conversation import Beginning
    from bot.scheduling.models import EventType, Person


class Assistant(Protocol):
    """Takes turns and remembers where its cards stand. Places are our own notes (`places.py`), opaque to it."""

    async def take_turn(
        self,
        turn: Turn,
        *,
        key: ConversationKey,
        asker: Person,
        place: str,
        is_public: bool,
        beginning: Beginning | None = None,
        until: float | None = None,
        answers: str = "",
    ) -> Reply:
        """The reply to one turn. `beginning`: what was read at its acceptance. `until`: when its time is up (loop clock).
        `answers`: its key in the inbox.
        """
        ...

    async def delivered(self, reply: Reply, place: str, *, answers: str = "") -> None:
        """The reply has reached the person and stands at `place`; it answers a turn of the inbox, if one is named."""
        ...

    async def card_place(self, card: str) -> str:
        """Where a card stands; empty when it is not known."""
        ...

    async def event_types(self, key: ConversationKey, asker: Person) -> tuple[EventType, ...]:
        """The person's event types, without asking twice for what was read lately; none when nothing is connected."""
        ...

    async def prompts(self, *, key: ConversationKey, asker: Person) -> tuple[tuple[str, str], ...]:
        """Sentences that fit the person: title, and what is said."""
        ...

    async def home(self, *, key: ConversationKey, asker: Person) -> HomePage:
        """The person's home page."""
        ...


class Spawn(Protocol):
    """Hands work to the process's own task group, which shutdown waits for."""

    def __call__(self, work: Coroutine[None, None, None], /) -> object:
        """Start it."""
        ...
