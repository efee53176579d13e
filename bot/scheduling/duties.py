"""What only one process may do at a time: asking the gateway about connections, sending what is due at a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime, timedelta


class Duties(Protocol):
    """Keeps who is on duty. A process that stops renewing loses its duty when the lease ends."""

    async def take(self, duty: str, holder: str, *, now: datetime, lease: timedelta) -> bool:
        """Whether `holder` is on that duty until `now + lease`: nobody else was, or it was the holder's already."""
        ...
