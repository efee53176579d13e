"""Cards that are not an answer: for a colleague's direct messages, or for everybody in a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Buttons, ConversationKey, Reply
from bot.dialogue.buttons import ButtonMenu, ButtonRow, ButtonTiles
from bot.dialogue.cards import Card
from bot.dialogue.wording import common
from bot.dialogue.wording.together import people as words
from bot.scheduling.replacing import replace
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.dialogue.acts import Part
    from bot.dialogue.buttons import CardPart
    from bot.scheduling.accounts import Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """Whose card it is, until when it can be pressed, and by whom."""

    id: str
    owner: Owner
    asker: str
    now: datetime
    until: datetime
    is_open: bool = False

    def draw(self, text: str, parts: tuple[CardPart, ...]) -> tuple[Reply, Card]:
        """What is shown, and the card behind it."""
        rows = [part for part in parts if isinstance(part, ButtonRow)]
        card = Card(
            id=self.id,
            key=ConversationKey(owner=self.owner, channel=""),
            account="",
            request=None,
            options=tuple(button.option for row in rows for button in row.buttons),
            offered_at=self.now,
            expires_at=self.until,
            asker=self.asker,
            is_open=self.is_open,
        )
        shown = tuple(_drawn(part) for part in parts if not isinstance(part, ButtonRow) or part.buttons)
        return Reply(text=text, parts=shown, card=self.id, is_personal=not self.is_open), card


def not_posted(reply: Reply) -> Reply:
    """The reply, when something beside it could not be brought to its readers."""
    text = words.not_posted()
    return replace(reply, text=f"{reply.text} {text}", parts=(*reply.parts, common.line(text)) if reply.parts else ())


def _drawn(part: CardPart) -> Part:
    if isinstance(part, ButtonRow):
        return Buttons(choices=tuple(button.choice for button in part.buttons), title=part.title)
    if isinstance(part, ButtonMenu | ButtonTiles):
        raise TypeError("a letter has no menus")
    return part
