"""The port of whatever says something that nobody has just asked for: after recovery, on news, when it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.dialogue.acts import Reply
    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """Something unasked that must not stand twice before its person's eyes."""

    key: str
    """Our own name for it; the surface keeps it with the message."""
    maybe_since: datetime | None = None
    """It is told again after a crash or an outage: from when on a message with that key may stand there already."""


class Messenger(Protocol):
    """What says something unasked: after recovery, on news."""

    async def person(self, owner: Owner) -> Person:
        """Who that is, with their zone, as the surface knows them now."""
        ...

    async def tell(self, owner: Owner, place: str, reply: Reply, *, once: Once | None = None) -> str:
        """Edit the card at `place` if that is possible, else write to the person directly; where it stands now.

        With `once`, a message that stands there already under that key is edited instead.
        """
        ...
