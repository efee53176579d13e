"""A pick of a share: its place is reserved before the write is claimed, kept once it is written, given back when it was not.

Rule for the next editor: nothing is written from a share whose place was not won, and a place is given back only when the
ledger says that nothing was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Performed
from bot.dialogue.context import Letter
from bot.dialogue.families import SlotRequest
from bot.dialogue.together import picking
from bot.logs import get_logger
from bot.scheduling.ledger import ClaimVerdict, Why
from bot.scheduling.together.sharing import PickVerdict
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.acts import Perform
    from bot.dialogue.families import Request
    from bot.loop.together.circle import Circle
    from bot.loop.together.letters import Letters
    from bot.loop.writing.pressing import Presser, Presses
    from bot.scheduling.accounts import Owner
    from bot.scheduling.ledger import LedgerRow

log = get_logger("picking")


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
            performed = await self.presses.perform(effect, by, until=until)
            await self.settle(request, performed.rows, by.owner, by.asker.name)
            return performed
        verdict = await shares.pick(share.id, slot, by.owner, now=now())
        log.info("share.picked", verdict=str(verdict))
        if verdict is not PickVerdict.WON:
            return Performed(card=effect.card, option=effect.option, verdict=ClaimVerdict.WON, gone=(slot,))
        performed = await self.presses.perform(effect, by, until=until)
        if not performed.rows:
            await shares.drop_pick(share.id, slot, by.owner)
        await self.settle(request, performed.rows, by.owner, by.asker.name)
        return performed

    async def settle(self, request: Request | None, rows: Sequence[LedgerRow], picker: Owner, name: str) -> None:
        """Make the share say what became of a pick, as often as it is asked: the time is kept or free again, the public card
        shows it, the sharer hears of a booking once. A write whose fate is open leaves the time reserved.
        """
        if not isinstance(request, SlotRequest) or not request.share or request.slot is None or not rows:
            return
        shares, now, slot = self.circle.shares, self.circle.colleagues.clock.now(), request.slot
        if all(_is_unwritten(row) for row in rows):
            await shares.drop_pick(request.share, slot, picker)
        elif not any(row.is_open for row in rows):
            await shares.keep_pick(request.share, slot, picker, now=now)
        share = await shares.share(request.share, now=now)
        if share is None:
            return
        letters = [Letter(reply=reply, replaces=card) for card, reply in picking.refreshed(share, now)]
        booked = next((row for row in rows if row.written is not None and row.written.booking is not None), None)
        if booked is not None and await self.circle.once.claim_delivery(f"picked:{booked.reference}", now):
            letters.append(Letter(reply=picking.note_for_sharer(share, slot, name, now), to=share.owner))
        await self.letters.send(letters, share.owner)


def _is_unwritten(row: LedgerRow) -> bool:
    """Whether the ledger says that nothing was written; what is not known for good counts as written."""
    is_unknown = row.refusal is not None and row.refusal.why is Why.UNKNOWN
    return row.written is None and not is_unknown and not row.is_open
