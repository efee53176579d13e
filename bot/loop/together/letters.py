"""What is said beside the replies: to colleagues directly, where a talk is held, in the place of a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, assert_never

from bot.dialogue.together import polling, sharing
from bot.errors import PencilError
from bot.logs import get_logger
from bot.scheduling.together.polls import Poll
from bot.scheduling.together.sharing import Share
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.dialogue.acts import Reply
    from bot.dialogue.context import Letter
    from bot.dialogue.conversation import Conversations
    from bot.scheduling.accounts import Owner
    from bot.scheduling.times import Clock
    from bot.scheduling.together.polls import Polls
    from bot.scheduling.together.sharing import Shares

log = get_logger("letters")

_MOST_ROUNDS = 10


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
    polls: Polls
    shares: Shares
    clock: Clock

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
        await self.catch_up(letter.reply)

    async def catch_up(self, reply: Reply) -> None:
        """Two processes that edit one card may be overtaken on the way: whoever sees that something newer stands than what
        they have just shown shows that, until nothing newer has come.
        """
        shown = reply.shows
        for _ in range(_MOST_ROUNDS):
            newest = await self._newest(shown)
            if shown is None or newest is None or newest == shown:
                return
            place = await self.conversations.card_place(reply.card)
            if not place:
                return
            await self.post.tell(newest.owner, place, _drawn(newest, reply.card, self.clock.now()))
            log.info("letter.caught_up")
            shown = newest

    async def _newest(self, shown: Poll | Share | None) -> Poll | Share | None:
        match shown:
            case Poll(id=poll_id):
                return await self.polls.poll(poll_id)
            case Share(id=share_id):
                return await self.shares.share(share_id, now=self.clock.now())
            case None:
                return None
            case _:
                assert_never(shown)


def _drawn(shown: Poll | Share, card: str, now: datetime) -> Reply:
    return polling.public(shown, card, now)[0] if isinstance(shown, Poll) else sharing.drawn(shown, card, now)[0]
