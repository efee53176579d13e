"""A press on a button that writes: checked once more, claimed, carried out, and said truthfully.

Rule for the next editor: once a claim is won, nothing here may end in «not written» unless the ledger says so. A fault in
between, the database's or our own, leaves rows that recovery looks up; until it has, the outcome is «not sure yet».
"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import Performed
from bot.dialogue.cards import WriteOut
from bot.dialogue.families import SlotRequest
from bot.dialogue.together.company import people_of
from bot.errors import StoreDown
from bot.groups import both
from bot.logs import get_logger
from bot.loop.together.published import Through
from bot.loop.writing.rechecking import clashing, slots_gone
from bot.scheduling.ledger import ClaimVerdict, LedgerRow, WriteState
from bot.scheduling.writes import ApproveBooking, BookSlot
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.acts import Clashing, Perform
    from bot.dialogue.cards import Card, Option
    from bot.dialogue.conversation import Conversations
    from bot.loop.accounts import AccountKeeper, KnownAccounts
    from bot.loop.leases import Leases
    from bot.loop.together.looking import Colleagues
    from bot.loop.writing.writer import Ending, Writer
    from bot.scheduling.accounts import Owner
    from bot.scheduling.claims import Claimed
    from bot.scheduling.ledger import ClaimResult, Ledger
    from bot.scheduling.models import Person, Slot
    from bot.scheduling.provider import Provider
    from bot.scheduling.times import Clock

log = get_logger("pressing")

_GLANCE = 0.1
"""Seconds between two looks at a write that another press has under way."""
_AT_WORK = frozenset({WriteState.CLAIMED, WriteState.SENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Presser:
    """Who presses, where, and what is known of them and of the card."""

    owner: Owner
    asker: Person
    place: str
    known: KnownAccounts
    card: Card | None = None
    rows: tuple[LedgerRow, ...] = ()
    """What the card had written when the turn began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presses:
    """Performs presses."""

    conversations: Conversations
    ledger: Ledger
    keeper: AccountKeeper
    colleagues: Colleagues
    writer: Writer
    leases: Leases
    clock: Clock
    wait_for_other: timedelta
    """How long a second press waits for the first one's outcome."""
    is_dry_run: bool = False

    async def perform(self, effect: Perform, by: Presser, *, until: float) -> Performed:
        """What the press came to. Raises provider errors and `TimeoutError` (the loop's clock has passed `until`) only while
        nothing is claimed, and `StoreDown` when it cannot be known whether it was.
        """
        card, rows = by.card, by.rows
        if card is None or card.id != effect.card:
            card = await self.conversations.card(effect.card)
            rows = await self.ledger.rows(effect.card)
        option = card.option(effect.option) if card else None
        if card is None or option is None or not isinstance(option.press, WriteOut):
            return Performed(card=effect.card, option=effect.option, verdict=ClaimVerdict.UNKNOWN)
        if not rows and not self.is_dry_run:
            async with asyncio.timeout_at(until):
                gone, busy = await both(self._gone(card, option, by), self._busy(card, option, by))
                clash = await self._clashing(card, option, option.press, by)
            if clash is not None:
                return Performed(card=card.id, option=option.id, verdict=ClaimVerdict.WON, clashing=clash)
            if busy and not gone:
                return Performed(card=card.id, option=option.id, verdict=ClaimVerdict.WON, busy=busy)
            if gone and not await self.ledger.rows(card.id):
                return Performed(card=card.id, option=option.id, verdict=ClaimVerdict.WON, gone=gone)
        return await self._claimed(card, option, by)

    async def _claimed(self, card: Card, option: Option, by: Presser) -> Performed:
        claim = await self._claim(card, option, by)
        if claim.verdict is ClaimVerdict.WON:
            rows = await self._carry_out(card, option, claim.claims, by)
        elif claim.verdict is ClaimVerdict.ALREADY:
            rows = await self._of_other(card.id)
        else:
            rows = claim.rows
        return Performed(card=card.id, option=option.id, verdict=claim.verdict, rows=rows)

    async def _claim(self, card: Card, option: Option, by: Presser) -> ClaimResult:
        """A claim whose answer was lost may stand: the second try then finds it."""
        try:
            return await self.ledger.claim(card.id, option.id, by.owner, now=self.clock.now(), place=by.place)
        except StoreDown:
            return await self.ledger.claim(card.id, option.id, by.owner, now=self.clock.now(), place=by.place)

    async def _provider(self, card: Card, by: Presser) -> Provider | None:
        """That of the card's own account (a person can have two)."""
        if by.known.account is not None and by.known.account.id == card.account:
            return by.known.provider
        account = await self.keeper.accounts.account(card.account)
        return self.keeper.providers.provider(account, by.asker) if account else None

    async def _gone(self, card: Card, option: Option, by: Presser) -> tuple[Slot, ...]:
        """The slots of a card that its own account does not offer any more."""
        provider = await self._provider(card, by)
        return await slots_gone(provider, option.writes, by.asker.zone or "UTC") if provider else ()

    async def _clashing(self, card: Card, option: Option, press: WriteOut, by: Presser) -> Clashing | None:
        """What a request that is approved clashes with by now."""
        if not any(isinstance(write, ApproveBooking) for write in option.writes):
            return None
        provider = await self._provider(card, by)
        if provider is None:
            return None
        return await clashing(provider, option.writes, by.asker.zone or "UTC", despite=press.despite)

    async def _busy(self, card: Card, option: Option, by: Presser) -> tuple[str, ...]:
        """The names of those who were free when the card was shown and are not any more."""
        request = card.request
        slots = [write.slot for write in option.writes if isinstance(write, BookSlot)]
        if not isinstance(request, SlotRequest) or not request.rechecks or len(slots) != 1:
            return ()
        people = [one for one in people_of(request) if one.member]
        own = by.known.account, by.known.provider
        through = Through(account=own[0].id, provider=own[1]) if own[0] is not None and own[1] is not None else None
        window = slots[0].interval
        seen = await self.colleagues.look(by.owner, people, window, through=through, length=window.length, fresh=True)
        return tuple(
            one.name
            for one, found in zip(people, seen, strict=False)
            if any(taken.overlaps(window) for taken in found.busy or ())
        )

    async def _carry_out(
        self, card: Card, option: Option, claims: tuple[Claimed, ...], by: Presser
    ) -> tuple[LedgerRow, ...]:
        """Write, keeping the lease as long as it takes; what stays open is recovery's from then on."""
        unsure = _rows(card, option, claims, by)
        try:
            with self.leases.offer(card.id):
                endings = await self.writer.carry_out(
                    claims, by.owner, is_sequence=option.is_sequence, account=by.known.account
                )
            rows = _rows(card, option, claims, by, endings=endings)
            if any(not ending.is_ours for ending in endings):
                rows = await self.ledger.rows(card.id)
            if any(row.is_open for row in rows):
                await self.ledger.renew(card.id, now=self.clock.now(), lease=timedelta(0))
        except Exception as error:  # noqa: BLE001  whatever it is: it may have been written, and recovery finds out
            log.error("press.unsure", cause=error)
            return unsure
        return rows

    async def _of_other(self, offer: str) -> tuple[LedgerRow, ...]:
        """The first press may be at work still: give it a moment, so that the second shows the same outcome."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.wait_for_other.total_seconds()):
                while any(  # noqa: ASYNC110  the other press may be in another process
                    row.state in _AT_WORK for row in await self.ledger.rows(offer)
                ):
                    await asyncio.sleep(_GLANCE)
        return await self.ledger.rows(offer)


def _rows(
    card: Card, option: Option, claims: Sequence[Claimed], by: Presser, *, endings: Sequence[Ending] | None = None
) -> tuple[LedgerRow, ...]:
    """The rows of a won claim as their endings leave them; without endings nothing is known of them but the claim."""
    known = {ending.reference: ending for ending in endings or ()}
    open_as = WriteState.UNCERTAIN if endings is None else WriteState.CLAIMED
    return tuple(
        LedgerRow(
            reference=claim.reference,
            offer=card.id,
            option=option.id,
            position=position,
            owner=by.owner,
            account=claim.account,
            write=claim.write,
            state=known[claim.reference].state if claim.reference in known else open_as,
            written=known[claim.reference].written if claim.reference in known else None,
            refusal=known[claim.reference].refusal if claim.reference in known else None,
            claimed_at=claim.claimed_at,
            place=by.place,
        )
        for position, claim in enumerate(claims)
    )
