"""What the Slack surface needs from the loop, in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.dialogue.acts import ConversationKey, HomePage, Reply, Turn
    from bot.scheduling.models import Person


class Assistant(Protocol):
    """Takes turns and remembers where its cards stand. Places are our own notes (`places.py`), opaque to it."""

    async def take_turn(self, turn: Turn, *, key: ConversationKey, asker: Person, place: str, is_public: bool) -> Reply:
        """The reply to one turn."""
        ...

    async def delivered(self, reply: Reply, place: str) -> None:
        """The reply has reached the person and stands at `place`."""
        ...

    async def card_place(self, card: str) -> str:
        """Where a card stands; empty when it is not known."""
        ...

    async def home(self, *, key: ConversationKey, asker: Person) -> HomePage:
        """The person's home page."""
        ...

    async def takes_part(self, channel: str, thread: str, team: str) -> bool:
        """Whether anybody talks with us in that thread."""
        ...


class Spawn(Protocol):
    """Hands work to the process's own task group, which shutdown waits for."""

    def __call__(self, work: Coroutine[None, None, None], /) -> object:
        """Start it."""
        ...
