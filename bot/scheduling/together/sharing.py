"""Letting colleagues see when one is free, and letting them pick a time: what is kept of it, and the ports that keep it.

A share is its owner's press, bounded in time, count and type; every pick is a press of its own on top of that.
"""

from __future__ import annotations

from datetime import datetime, timedelta  # noqa: TC003  stored by pydantic adapters, which read annotations
from enum import StrEnum
from typing import Protocol

from bot.scheduling.accounts import Owner  # noqa: TC001  as above
from bot.scheduling.models import Slot  # noqa: TC001  as above
from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A person lets colleagues of their workspace see when one account is free, never more than free or busy; or says no."""

    owner: Owner
    account: str
    """Empty: they have said no, which holds for whatever else could tell when they are free."""
    viewer: str = ""
    """The one member who may look («answer for this once»); empty: every member of the workspace."""
    until: datetime | None = None

    @property
    def is_refusal(self) -> bool:
        """Whether it says no."""
        return not self.account

    def allows(self, viewer: Owner, now: datetime) -> bool:
        """Whether that colleague may look now."""
        is_colleague = (viewer.enterprise, viewer.team) == (self.owner.enterprise, self.owner.team)
        is_meant = self.viewer in {"", viewer.member} and not self.is_refusal
        return is_colleague and is_meant and (self.until is None or now < self.until)


class Consents(Protocol):
    """Keeps consents, and who has said no. Unknown counts as no for everything that is not public anyway."""

    async def consents_of(self, owner: Owner) -> tuple[Consent, ...]:
        """What the person has agreed to, run out or not, or their refusal."""
        ...

    async def grant(self, consent: Consent, *, now: datetime) -> None:
        """Keep it; the same account and viewer again replaces it. One for everybody ends a refusal."""
        ...

    async def withdraw(self, owner: Owner, *, now: datetime) -> None:
        """Take every consent of that person back, and keep that they have said no."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Times that colleagues may pick from. `slots` is all that is public of the sharer's calendar."""

    id: str
    owner: Owner
    account: str
    event_type: str
    title: str
    slots: tuple[Slot, ...]
    until: datetime
    most: int
    """So many bookings at most, over everybody."""
    zone: str
    sharer: str = ""
    """The sharer's name, as it stands on the public card."""
    where: str = ""
    length: timedelta | None = None
    """Asked of the provider only for a type with several lengths."""
    audience: tuple[str, ...] = ()
    """The members who may pick; empty: every member who sees it."""
    ended_at: datetime | None = None
    taken: tuple[Slot, ...] = ()
    """Slots that somebody has picked, or is about to."""

    def is_open(self, now: datetime) -> bool:
        """Whether anybody can still pick."""
        return self.ended_at is None and now < self.until and len(self.taken) < self.most and bool(self.left(now))

    def left(self, now: datetime) -> tuple[Slot, ...]:
        """What can still be picked, by start."""
        return tuple(slot for slot in sorted(self.slots) if slot not in self.taken and slot.start > now)

    def is_for(self, member: Owner) -> bool:
        """Whether that member may pick: not the sharer, and nobody from outside their workspace."""
        is_colleague = (member.enterprise, member.team) == (self.owner.enterprise, self.owner.team)
        return is_colleague and member != self.owner and (not self.audience or member.member in self.audience)


class PickVerdict(StrEnum):
    """What came of reaching for a time."""

    WON = "won"
    TAKEN = "taken"
    """Somebody else was faster."""
    FULL = "full"
    ENDED = "ended"
    UNKNOWN = "unknown"


class Shares(Protocol):
    """Keeps shares and who picked what. `pick` is one compare-and-set: the last place goes to one person only."""

    async def save_share(self, share: Share) -> None:
        """Keep a new share."""
        ...

    async def share(self, share_id: str, *, now: datetime) -> Share | None:
        """One share as it stands, whoever owns it."""
        ...

    async def shares_of(self, owner: Owner, *, now: datetime) -> tuple[Share, ...]:
        """The person's open shares, the newest last."""
        ...

    async def pick(self, share_id: str, slot: Slot, member: Owner, *, now: datetime) -> PickVerdict:
        """Reserve one of its times for that member, for a few minutes, until `keep_pick` makes it last."""
        ...

    async def keep_pick(self, share_id: str, slot: Slot, member: Owner, *, now: datetime) -> None:
        """It was booked."""
        ...

    async def drop_pick(self, share_id: str, slot: Slot, member: Owner) -> None:
        """It was not booked after all: the time is free again."""
        ...

    async def end_share(self, share_id: str, *, now: datetime) -> bool:
        """End it; False when it had ended before."""
        ...
