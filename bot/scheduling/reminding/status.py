"""A person's status at the surface: what they want of it, what it says, and the port that shows it with their own consent."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  stored by pydantic adapters, which read annotations
from typing import TYPE_CHECKING, Protocol

from bot.values import dataclass

if TYPE_CHECKING:
    from bot.scheduling.accounts import Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWish:
    """That others see when the person is in a meeting or out of office."""

    shows_titles: bool = False
    does_not_disturb: bool = False
    """No notifications while a meeting lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStatus:
    """What a status says, and until when (an instant); without an end it stands until somebody changes it."""

    text: str
    emoji: str
    until: datetime | None = None

    def says_the_same(self, other: ShownStatus | None) -> bool:
        """Whether a reader sees no difference."""
        return other is not None and (self.text, self.emoji) == (other.text, other.emoji)


class Statuses(Protocol):
    """Shows statuses, each with the consent of its own person. Raises `Unsupported` where there is none any more."""

    async def consent_link(self, owner: Owner) -> str:
        """Where the person consents; empty when they have. Raises `Unsupported` where it cannot be asked for."""
        ...

    async def shown(self, owner: Owner) -> ShownStatus | None:
        """What stands there now; None for nothing."""
        ...

    async def show(self, owner: Owner, status: ShownStatus | None) -> None:
        """This from now on; None takes away what stands there."""
        ...

    async def quiet_until(self, owner: Owner) -> datetime | None:
        """When notifications come back by themselves; None when they are not paused, or when it cannot be known."""
        ...

    async def disturb_not(self, owner: Owner, minutes: int) -> None:
        """No notifications for so many minutes; 0: again at once."""
        ...
