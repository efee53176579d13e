"""What is to be done for somebody at a time: one row each, taken by one process at a time, done once.

    waiting ──(due, taken: a lease by compare-and-set)──> taken ──> done | moved to a later time | left

A process that dies loses its lease after a minute, and another takes the errand up. A row that is done stays for some days,
so that the same errand is not made again; its id says which errand it is.
"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.scheduling.accounts import Owner  # noqa: TC001  as above
from bot.values import dataclass

LEASE = timedelta(minutes=1)


class ErrandKind(StrEnum):
    """What is to be done."""

    AGENDA = "agenda"
    """Tell the agenda; comes again by its rhythm."""
    WATCH = "watch"
    """Look at somebody's next meetings and make the errands below for them; comes again every few minutes."""
    NOTE = "note"
    """Tell that a meeting begins soon."""
    LATE = "late"
    """A colleague was told of a delay; only kept so that it is said once."""
    STATUS = "status"
    """Look at what somebody's status should say; comes again at the next start or end of a meeting."""
    NEWS = "news"
    """Look what has happened to somebody's bookings since the last look; comes again every few minutes."""
    STEP = "step"
    """End a workflow's step whose card nobody has pressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One errand. `about` is what it is about (a booking's id), `body` what it needs to know, encrypted at rest."""

    id: str
    owner: Owner
    kind: ErrandKind
    due_at: datetime
    about: str = ""
    body: str = field(default="", repr=False)
    lease_until: datetime | None = None
    """Whose turn it is: only who took it up with this lease may finish it."""


class Errands(Protocol):
    """Keeps errands. Every method is one short transaction."""

    async def add(self, errand: Errand) -> bool:
        """Keep a new one; False when that id is known, done or not."""
        ...

    async def put(self, errand: Errand) -> None:
        """Keep it under its id with this time and body, whatever was there before."""
        ...

    async def take_due(self, *, now: datetime, lease: timedelta = LEASE, limit: int = 20) -> tuple[Errand, ...]:
        """What is due and nobody holds, by time; leased to the caller."""
        ...

    async def finish(self, errand: Errand, *, now: datetime) -> bool:
        """Done, or left for good; False when the lease was lost."""
        ...

    async def move(self, errand: Errand, due_at: datetime, *, body: str | None = None) -> bool:
        """Again at a later time; False when the lease was lost."""
        ...

    async def hasten(self, owner: Owner, kind: ErrandKind, *, now: datetime) -> None:
        """What waits of that kind is due now; what somebody holds stays theirs."""
        ...

    async def of(self, owner: Owner, kind: ErrandKind) -> tuple[Errand, ...]:
        """What waits for somebody, by time."""
        ...

    async def drop(self, owner: Owner, kinds: tuple[ErrandKind, ...], *, about: str = "") -> None:
        """Take back what waits, of one meeting or of all."""
        ...
