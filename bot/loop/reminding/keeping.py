"""Taking on what a person wants to hear by itself: kept as preferences, and as errands for the rounds to carry out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.errors import PencilError
from bot.scheduling.accounts import Owner
from bot.scheduling.reminding.errands import Errand, ErrandKind
from bot.scheduling.replacing import replace
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.dialogue.acts import TellLate
    from bot.scheduling.models import Booking
    from bot.scheduling.reminding.errands import Errands
    from bot.scheduling.reminding.preferences import Preferences, Preferred
    from bot.scheduling.reminding.status import Statuses
    from bot.scheduling.times import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderKeeper:
    """Keeps wishes and makes their errands."""

    errands: Errands
    preferred: Preferred
    voice: Voice
    statuses: Statuses
    clock: Clock

    async def preferences(self, owner: Owner) -> Preferences:
        """What this person has asked for."""
        return await self.preferred.load(owner)

    async def status_link(self, owner: Owner, wanted: Preferences) -> str:
        """Where the person consents to what their status needs; empty when nothing is missing."""
        return await self.statuses.consent_link(owner) if wanted.status is not None else ""

    async def prefer(self, owner: Owner, wanted: Preferences, zone: ZoneInfo) -> None:
        """From now on, this. What was made for the earlier wish is taken back, but for the notes of single meetings."""
        now = self.clock.now()
        await self.preferred.save(owner, wanted)
        await self.errands.drop(owner, (ErrandKind.AGENDA, ErrandKind.WATCH))
        if not wanted.looks_for_news:
            await self.errands.drop(owner, (ErrandKind.NEWS,))
        elif not await self.errands.of(owner, ErrandKind.NEWS):
            await self.errands.put(_errand(ErrandKind.NEWS, owner, now))
        if wanted.agenda is not None:
            due = wanted.agenda.rhythm.next_after(now, zone)
            await self.errands.put(_errand(ErrandKind.AGENDA, owner, due))
        if wanted.status is not None or await self.errands.of(owner, ErrandKind.STATUS):
            await self._look_at_status(owner, now)
        if wanted.is_watching:
            await self.errands.put(_errand(ErrandKind.WATCH, owner, now))
        if wanted.note_before is None:
            await self.errands.drop(owner, (ErrandKind.NOTE,))

    async def meetings_changed(self, owner: Owner) -> None:
        """A meeting was moved, cancelled or made shorter: the status and the pause that belong to it are looked at now."""
        await self.errands.hasten(owner, ErrandKind.STATUS, now=self.clock.now())

    async def _look_at_status(self, owner: Owner, now: datetime) -> None:
        """At once, knowing what we wrote: also when it is wanted no more, and has to be taken away."""
        ours = next(iter(await self.errands.of(owner, ErrandKind.STATUS)), None)
        looking = _errand(ErrandKind.STATUS, owner, now)
        await self.errands.put(replace(looking, body=ours.body if ours is not None else ""))

    async def tell_late(self, owner: Owner, late: TellLate) -> None:
        """Tell the colleague, once a meeting: a second press says nothing to them again."""
        start = int(late.booking.slot.start.timestamp())
        told = Errand(
            id=f"late:{owner.team}:{owner.member}:{late.booking.id}:{start}",
            owner=owner,
            kind=ErrandKind.LATE,
            due_at=self.clock.now(),
            about=late.booking.id,
            body=late.text,
        )
        if not await self.errands.add(told):
            return
        try:
            await self.voice.say_to(Owner(owner.enterprise, owner.team, late.member), late.text)
        except PencilError:
            await self.errands.drop(owner, (ErrandKind.LATE,), about=late.booking.id)
            raise

    async def remind(self, owner: Owner, booking: Booking, at: datetime) -> bool:
        """A note before that one meeting; False when it is on the list already."""
        return await self.errands.add(note_of(owner, booking, at))


class Voice(Protocol):
    """Says a sentence to somebody else, on a person's behalf."""

    async def say_to(self, owner: Owner, text: str) -> None:
        """A message in that member's direct messages with us."""
        ...


def note_of(owner: Owner, booking: Booking, at: datetime) -> Errand:
    """The errand of a note. Its id names the meeting and its time: a meeting that moves gets another one."""
    start = booking.slot.start
    name = f"note:{owner.team}:{owner.member}:{booking.id}:{int(start.timestamp())}"
    return Errand(id=name, owner=owner, kind=ErrandKind.NOTE, due_at=at, about=booking.id, body=start.isoformat())


def _errand(kind: ErrandKind, owner: Owner, due: datetime) -> Errand:
    return Errand(id=f"{kind}:{owner.enterprise}:{owner.team}:{owner.member}", owner=owner, kind=kind, due_at=due)
