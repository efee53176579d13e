"""Takes up what a crash, a time-out or a lost answer left open: writes not settled, outcomes not told, turns not answered.

Runs in every process, at start and every second. What was taken up is worked on beside the next rounds, so one slow look-up
holds nobody else up. Leases in the store keep two processes from working on the same row; the ledger's compare-and-set keeps
even two that do from writing twice. Nothing is called «not written» before whoever sent it must have given up.
"""

from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from bot.dialogue.acts import Performed
from bot.errors import PencilError, Uncertain
from bot.logs import get_logger
from bot.loop.counting import NOBODY
from bot.loop.leases import LEASE
from bot.loop.writing.outcome import has_gone_on
from bot.scheduling.ledger import ClaimVerdict, Refusal, Why, WriteState
from bot.scheduling.replacing import replace
from bot.scheduling.writes import CreateConnection, DeleteConnection
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from bot.dialogue.cards import Card
    from bot.dialogue.conversation import Conversations
    from bot.loop.assistant import Assistant
    from bot.loop.counting import Counts
    from bot.loop.leases import Leases
    from bot.loop.messenger import Messenger
    from bot.loop.writing.writer import Writer
    from bot.scheduling.ledger import Accepted, Inbox, Ledger, LedgerRow
    from bot.scheduling.times import Clock

log = get_logger("recovery")

SEND_WITHIN = timedelta(minutes=2)
"""A press that was claimed and never sent is still carried out this long; later the person is asked to press again."""
STILL_AT_WORK: Mapping[Why | None, timedelta] = {
    Why.LOST: timedelta(seconds=8),
    Why.HUNG: timedelta(seconds=45),
    None: timedelta(seconds=45),
}
"""How long after sending a write may still come to light, by how the answer was lost; None is a crash of ours, which may have
interrupted a call that was hanging, or a process that lost its lease and is still waiting for the answer. Replicas of a
provider lag some seconds, which are in it (repeat at about 1, 3 and 8 s before deciding): looks are single and short, so a
process that is killed often still gets to an end.
"""
LATE_LOOKS = (timedelta(minutes=1), timedelta(minutes=5))
"""How long after sending a write is looked for again that was told as not made, because its answer had been lost: a provider
may come to it late. Nothing is ever sent again.
"""
GIVE_UP_AFTER = timedelta(minutes=15)
"""A provider that cannot be asked for this long: the person is told that it is not known, and what to check."""
_LOOK_AGAIN = ((timedelta(seconds=10), timedelta(seconds=1)), (timedelta(minutes=1), timedelta(seconds=2)))
_LONGEST_PAUSE = timedelta(seconds=30)
"""The pause between two look-ups of a row that is younger than that; afterwards a sixth of its age."""
_LATE_LEASE = timedelta(seconds=30)
_LATE_ROUND = 5
"""Writes that were told as not made are looked after every so many rounds."""
_MOST_AT_ONCE = 32
_GLANCE = 0.2
_MOST_ATTEMPTS = 120
"""A turn that failed this often is dropped; its surface has apologised long before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """Finishes what was left open. `replay` runs an unanswered turn through its surface again."""

    conversations: Conversations
    ledger: Ledger
    inbox: Inbox
    writer: Writer
    assistant: Assistant
    messenger: Messenger
    replay: Callable[[Accepted], Awaitable[None]]
    is_left: Callable[[datetime], Awaitable[bool]]
    """Whether offers or turns wait that nobody is at work on."""
    leases: Leases
    clock: Clock
    pause: timedelta = timedelta(seconds=1)
    lease: timedelta = LEASE
    counts: Counts = NOBODY

    async def run(self) -> None:
        """Take up what is due, for ever. A round that fails is logged, and the next one tries again."""
        at_work: set[asyncio.Task[None]] = set()
        async with asyncio.TaskGroup() as group:
            for number in itertools.count():
                try:
                    looks_late = not number % _LATE_ROUND
                    if looks_late or await self.is_left(self.clock.now()):
                        at_work = {task for task in at_work if not task.done()}
                        left = _MOST_AT_ONCE - len(at_work)
                        at_work |= await self._begin(group, left, looks_late=looks_late)
                except Exception as error:  # noqa: BLE001  one of the two outermost loops: it must not end
                    log.error("recovery.failed", cause=error)
                await asyncio.sleep(self.pause.total_seconds())

    async def finish(self, limit: timedelta) -> bool:
        """Before an orderly end: wait until no write is open; False when the limit came first."""
        since = self.clock.now() - GIVE_UP_AFTER
        try:
            async with asyncio.timeout(limit.total_seconds()):
                while any(row.is_open for row in await self.ledger.history(since=since)):
                    await self.sweep()
                    await asyncio.sleep(_GLANCE)
        except TimeoutError:
            return False
        return True

    async def sweep(self) -> int:
        """One round to its end; how many offers and turns were taken up."""
        async with asyncio.TaskGroup() as group:
            return len(await self._begin(group, _MOST_AT_ONCE, looks_late=True))

    async def _begin(self, group: asyncio.TaskGroup, most: int, *, looks_late: bool) -> set[asyncio.Task[None]]:
        """Start the work on what is due and free, at most so much."""
        if most <= 0:
            return set()
        rows = await self.ledger.take_open(now=self.clock.now(), lease=self.lease, limit=most)
        offers = sorted({row.offer for row in rows})
        begun = {group.create_task(self._guarded(self._take_up(offer))) for offer in offers}
        if looks_late and most > len(begun):
            left = most - len(begun)
            late = await self.ledger.take_late(now=self.clock.now(), lease=_LATE_LEASE, limit=left)
            begun |= {group.create_task(self._guarded(self._look_late(row))) for row in late}
        if most > len(begun):
            left = most - len(begun)
            turns = await self.inbox.take_unanswered(now=self.clock.now(), lease=self.lease, limit=left)
            begun |= {group.create_task(self._guarded(self._answer(turn))) for turn in turns}
        return begun

    async def _guarded(self, work: Awaitable[None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001  one broken row must not keep the others from being taken up
            log.error("recovery.row_failed", cause=error)

    async def _take_up(self, offer: str) -> None:
        with self.leases.offer(offer):
            await self._find_out(offer)
        rows = await self.ledger.rows(offer)
        if any(row.is_open for row in rows):
            await self.ledger.renew(offer, now=self.clock.now(), lease=self._pause_for(rows[0]))

    def _pause_for(self, row: LedgerRow) -> timedelta:
        age = self.clock.now() - row.claimed_at
        pause = next((pause for younger, pause in _LOOK_AGAIN if age < younger), min(age / 6, _LONGEST_PAUSE))
        left = STILL_AT_WORK[row.why if row.why in STILL_AT_WORK else Why.HUNG] - age
        return min(pause, left) if left > timedelta(0) else pause

    async def _find_out(self, offer: str) -> None:
        card = await self.conversations.card(offer)
        rows = await self.ledger.rows(offer)
        option = card.option(rows[0].option) if card and rows else None
        is_sequence = option.is_sequence if option else True
        for _, same in groupby(rows, key=lambda row: row.position if not is_sequence else 0):
            await self._settle(tuple(same), is_sequence=is_sequence)
        rows = await self.ledger.rows(offer)
        if rows and not any(row.is_open for row in rows):
            await self._tell(card, rows)

    async def _settle(self, rows: tuple[LedgerRow, ...], *, is_sequence: bool) -> None:
        """Find out what became of these writes, in order; the later ones of a sequence only after the earlier."""
        for row in rows:
            if row.state in {WriteState.SENT, WriteState.UNCERTAIN}:
                await self._look_up(row)
            elif row.state is WriteState.CLAIMED:
                await self._send(tuple(one for one in rows if one.state is WriteState.CLAIMED), is_sequence=is_sequence)
                return
            if is_sequence and not await self._is_done(row):
                await self._skip(rows, row)
                return

    async def _is_done(self, row: LedgerRow) -> bool:
        now = {one.reference: one for one in await self.ledger.rows(row.offer)}[row.reference]
        return now.state is WriteState.DONE or (now.state is WriteState.SETTLED and now.written is not None)

    async def _skip(self, rows: tuple[LedgerRow, ...], failed: LedgerRow) -> None:
        fresh = {one.reference: one for one in await self.ledger.rows(failed.offer)}
        if fresh[failed.reference].is_open:
            return
        for row in rows:
            if row.position > failed.position and row.state is WriteState.CLAIMED:
                await self.writer.skip(row.reference)

    async def _send(self, rows: tuple[LedgerRow, ...], *, is_sequence: bool) -> None:
        if self.clock.now() - rows[0].claimed_at > SEND_WITHIN:
            for row in rows:
                await self.ledger.finish(
                    row.reference, WriteState.REFUSED, refusal=Refusal(why=Why.LATE), now=self.clock.now()
                )
            return
        claims = [await self.ledger.reclaim(row.reference, now=self.clock.now()) for row in rows]
        passes = [claim for claim in claims if claim is not None]
        log.info("recovery.sends", count=len(passes))
        await self.writer.carry_out(passes, rows[0].owner, is_sequence=is_sequence)

    async def _look_up(self, row: LedgerRow) -> None:
        claimed = await self.ledger.reclaim(row.reference, now=self.clock.now())
        if claimed is None:
            return
        try:
            written = await self.writer.look_up(claimed, row.owner)
        except PencilError as error:
            await self._still_unknown(row, error)
            return
        if (written is None or written.is_part_of(row.write)) and not self._has_finished(row):
            return
        look_at = self._late_look(row) if written is None else None
        await self.ledger.finish(
            row.reference, WriteState.SETTLED, written=written, now=self.clock.now(), look_at=look_at
        )
        self.counts.settled(written=written is not None)
        log.info("recovery.settled", reference=row.reference, was_written=written is not None)

    async def _look_late(self, row: LedgerRow) -> None:
        """Once more for a write that was told as not made. If it is there after all, its person is told so."""
        try:
            claimed = await self.ledger.revisit(row.reference)
            written = await self.writer.look_up(claimed, row.owner) if claimed is not None else None
        except PencilError as error:
            log.warning("recovery.cannot_look", reference=row.reference, error=type(error).__name__)
            return
        if written is None:
            await self.ledger.look_again(row.reference, self._late_look(row))
        elif await self.ledger.amend(row.reference, written, now=self.clock.now()):
            log.warning("recovery.landed_late", reference=row.reference)

    def _late_look(self, row: LedgerRow) -> datetime | None:
        """When to look for it next; None when that was the last time."""
        if isinstance(row.write, CreateConnection | DeleteConnection):  # looking for these does what they do
            return None
        sent_at = row.sent_at or row.claimed_at
        return next((sent_at + after for after in LATE_LOOKS if sent_at + after > self.clock.now()), None)

    def _has_finished(self, row: LedgerRow) -> bool:
        sent_at = row.sent_at or row.claimed_at
        return self.clock.now() - sent_at >= STILL_AT_WORK.get(row.why, STILL_AT_WORK[Why.HUNG])

    async def _still_unknown(self, row: LedgerRow, error: PencilError) -> None:
        log.warning("recovery.cannot_tell", reference=row.reference, error=type(error).__name__)
        is_vain = isinstance(error, Uncertain) and error.is_lasting and self._has_finished(row)
        if is_vain or self.clock.now() - row.claimed_at > GIVE_UP_AFTER:
            await self.ledger.finish(
                row.reference, WriteState.SETTLED, refusal=Refusal(why=Why.UNKNOWN), now=self.clock.now()
            )

    async def _tell(self, card: Card | None, rows: tuple[LedgerRow, ...]) -> None:
        offer, owner = rows[0].offer, rows[0].owner
        if card is None:
            log.warning("recovery.no_card", offer=offer)
            await self.ledger.mark_told(offer, now=self.clock.now())
            return
        outcome = Performed(card=card.id, option=rows[0].option, verdict=ClaimVerdict.WON, rows=rows)
        reply = await self.assistant.follow_up(outcome, card=card, asker=await self.messenger.person(owner))
        if await has_gone_on(self.ledger, rows):
            reply = replace(reply, is_news=True, closes=None)
        place = await self.conversations.card_place(card.id) or rows[0].place
        stands = await self.messenger.tell(owner, place, reply)
        await self.assistant.delivered(reply, stands)
        await self.ledger.mark_told(offer, now=self.clock.now())

    async def _answer(self, turn: Accepted) -> None:
        if turn.attempts > _MOST_ATTEMPTS:
            log.error("recovery.turn_given_up", attempts=turn.attempts)
            await self.inbox.answered(turn.key, now=self.clock.now())
            return
        log.info("recovery.replays", surface=turn.surface, attempts=turn.attempts)
        await self.replay(turn)
