"""A pick of a share: its place is reserved before the write is claimed, kept once it is written, given back when it was not.

Rule for the next editor: nothing is written from a share whose place was not won, and a place is given back only when the
ledger says that nothing was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.dialogue.acts import Performed
from bot.dialogue.context import Letter
from bot.dialogue.together import picking
from bot.logs import get_logger
from bot.scheduling.ledger import ClaimVerdict, WriteState
from bot.scheduling.together.sharing import PickVerdict

if TYPE_CHECKING:
    from bot.dialogue.acts import Perform
    from bot.dialogue.families import SlotRequest
    from bot.loop.together.circle import Circle
    from bot.loop.together.letters import Letters
    from bot.loop.writing.pressing import Presser, Presses
    from bot.scheduling.ledger import LedgerRow
    from bot.scheduling.models import Slot

log = get_logger("picking")

_NOT_WRITTEN = frozenset({WriteState.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Picks:
    """Performs presses on cards that came from a share."""

    circle: Circle
    presses: Presses
    letters: Letters

    async def perform(self, effect: Perform, request: SlotRequest, by: Presser, *, until: float) -> Performed:
        """What the press came to, with the raises of `Presses.perform`."""
        slot, shares, now = request.slot, self.circle.shares, self.circle.colleagues.clock.now
        share = await shares.share(request.share, now=now())
        if share is None or slot is None or not await self.circle.may_pick(share, by.owner):
            return Performed(card=effect.card, option=effect.option, verdict=ClaimVerdict.NOT_YOURS)
        if by.rows:  # pressed before: what came of it is told again
            return await self.presses.perform(effect, by, until=until)
        verdict = await shares.pick(share.id, slot, by.owner, now=now())
        log.info("share.picked", verdict=str(verdict))
        if verdict is not PickVerdict.WON:
            return Performed(card=effect.card, option=effect.option, verdict=ClaimVerdict.WON, gone=(slot,))
        performed = await self.presses.perform(effect, by, until=until)
        await self._settle(request.share, slot, by, performed)
        return performed

    async def _settle(self, share_id: str, slot: Slot, by: Presser, performed: Performed) -> None:
        shares, now = self.circle.shares, self.circle.colleagues.clock.now()
        if not performed.rows or all(row.state in _NOT_WRITTEN for row in performed.rows):
            await shares.drop_pick(share_id, slot, by.owner)
            return
        await shares.keep_pick(share_id, slot, by.owner, now=now)
        share = await shares.share(share_id, now=now)
        if share is None:
            return
        letters = [Letter(reply=reply, replaces=card) for card, reply in picking.refreshed(share, now)]
        if any(_is_booked(row) for row in performed.rows):
            note = picking.note_for_sharer(share, slot, by.asker.name, now)
            letters.append(Letter(reply=note, to=share.owner))
        await self.letters.send(letters, share.owner)


def _is_booked(row: LedgerRow) -> bool:
    return row.written is not None and row.written.booking is not None
