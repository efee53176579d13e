"""The ledger as lines for an operator: who wrote what, before → after, with which outcome, under which reference.

Members and accounts are ids; names, addresses and texts of a write are left out, because a trail is kept longer than they.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.scheduling.ledger import WriteState
from bot.scheduling.writes import BookSlot, CancelBooking, HoldSlot, MoveBooking, ReleaseHold

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator
    from datetime import datetime

    from bot.scheduling.ledger import Ledger, LedgerRow
    from bot.scheduling.models import Slot
    from bot.scheduling.writes import Write


_PAGE = 1000


async def rows_since(ledger: Ledger, since: datetime, *, page: int = _PAGE) -> AsyncIterator[LedgerRow]:
    """Every row claimed since then, oldest first, read a page at a time."""
    seen: set[str] = set()
    while True:
        fresh = [row for row in await ledger.history(since=since, limit=page) if row.reference not in seen]
        for row in fresh:
            yield row
        if not fresh:
            return
        since, seen = fresh[-1].claimed_at, {*seen, *(row.reference for row in fresh)}


def audit_lines(rows: Iterable[LedgerRow]) -> Iterator[str]:
    """One line a write, oldest first: claimed at (UTC), workspace/member, account, kind, what, outcome, reference."""
    for row in rows:
        who = "/".join(part for part in (row.owner.enterprise, row.owner.team, row.owner.member) if part)
        when = row.claimed_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        told = "told" if row.told_at else "not told"
        yield "  ".join((when, who, row.account, row.write.kind, _what(row.write), _outcome(row), told, row.reference))


def _what(write: Write) -> str:
    match write:
        case MoveBooking(old=old, slot=slot):
            return f"{_stretch(old)} → {_stretch(slot)}"
        case CancelBooking(slot=slot):
            return f"{_stretch(slot)} → nothing"
        case BookSlot(slot=slot) | HoldSlot(slot=slot):
            return f"nothing → {_stretch(slot)}"
        case ReleaseHold(slot=slot) if slot is not None:
            return f"{_stretch(slot)} → free"
        case _:
            return f"{write.kind.replace('_', ' ')}"


def _stretch(slot: Slot) -> str:
    return f"{slot.start:%Y-%m-%dT%H:%MZ}/{slot.end:%H:%MZ}"


def _outcome(row: LedgerRow) -> str:
    if row.state is WriteState.SETTLED:
        return "settled: written" if row.written else f"settled: {row.why or 'not written'}"
    return f"{row.state}: {row.why}" if row.why else str(row.state)
