"""What is said beside the replies: to colleagues directly, where a talk is held, in the place of a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.errors import PencilError
from bot.logs import get_logger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.acts import Reply
    from bot.dialogue.context import Letter
    from bot.dialogue.conversation import Conversations
    from bot.scheduling.accounts import Owner

log = get_logger("letters")


class Post(Protocol):
    """Says something unasked. Places are the surface's own notes."""

    async def tell(self, owner: Owner, place: str, reply: Reply) -> str:
        """Edit the card at `place` if that is possible, else write to the person directly; where it stands now."""
        ...

    async def post(self, owner: Owner, place: str, reply: Reply) -> str:
        """A new message there, for everybody who reads along; where it stands."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Sends letters and remembers where their cards stand."""

    conversations: Conversations
    post: Post

    async def send(self, letters: Sequence[Letter], owner: Owner, place: str = "") -> int:
        """Send them, each for itself; how many could not be sent. `place` is where the owner talks with us."""
        failed = 0
        for letter in letters:
            try:
                await self._send(letter, owner, place)
            except PencilError as error:
                log.warning("letter.not_sent", error=type(error).__name__, is_direct=letter.to is not None)
                failed += 1
        return failed

    async def _send(self, letter: Letter, owner: Owner, place: str) -> None:
        if letter.card is not None:
            await self.conversations.save_cards((letter.card,))
        if letter.replaces:
            stands = await self.conversations.card_place(letter.replaces)
            if not stands:
                return
            stands = await self.post.tell(owner, stands, letter.reply)
        elif letter.to is not None:
            stands = await self.post.tell(letter.to, "", letter.reply)
        else:
            stands = await self.post.post(owner, place, letter.reply)
        if letter.reply.card and stands:
            await self.conversations.place_card(letter.reply.card, stands)
