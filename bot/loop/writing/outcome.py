"""What the rows of the ledger say of a card: whether its outcome is decided, told, or passed by a newer one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.scheduling.ledger import Why
from bot.scheduling.reminding.telling import About
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.acts import Performed, Reply
    from bot.scheduling.ledger import Ledger, LedgerRow


def is_decided(rows: Sequence[LedgerRow]) -> bool:
    """Whether the outcome of these has been told, or is recovery's to tell: with care for what its card has become since."""
    return bool(rows) and not any(row.is_open for row in rows)


async def has_gone_on(ledger: Ledger, rows: Sequence[LedgerRow]) -> bool:
    """Whether the person has pressed something since: their card may show a newer outcome, which must not be covered.

    What came to light late was told before as not made, and may have been tried again from there.
    """
    if not rows:
        return False
    since = max(row.claimed_at if row.why is Why.LOST else row.finished_at or row.claimed_at for row in rows)
    later = await ledger.history(since=since, account=rows[0].account)
    return any(row.offer != rows[0].offer for row in later)


def telling(reply: Reply, act: Performed) -> Reply:
    """The reply, marked with the offer whose outcome it tells, or calls undecided: that is told later."""
    if any(row.is_open for row in act.rows):
        return replace(reply, awaits=(*reply.awaits, act.card))
    return replace(reply, tells=(*reply.tells, act.card), about=_about(act.rows))


def _about(rows: Sequence[LedgerRow]) -> About | None:
    """The bookings that were written."""
    written = [row.written for row in rows if row.written is not None]
    found = (booking for one in written for booking in (one.booking, one.leftover, *one.bookings))
    ids = tuple(dict.fromkeys(booking.id for booking in found if booking is not None))
    return About(owner=rows[0].owner, bookings=ids) if ids else None
