"""The last look before a write: are the times that a card shows free still?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.scheduling.models import SlotQuery
from bot.scheduling.times import Interval
from bot.scheduling.writes import BookSlot, HoldSlot, MoveBooking, ReleaseHold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.scheduling.models import Slot
    from bot.scheduling.provider import Provider
    from bot.scheduling.writes import Write

_BEYOND = timedelta(hours=1)
"""How far behind a slot the check before a write looks: a provider may cut slots off that end with the window."""


async def slots_gone(provider: Provider, writes: Sequence[Write], zone: str) -> tuple[Slot, ...]:
    """The slots of these writes that the provider does not offer any more; a slot that our own hold covers is not asked for."""
    if any(isinstance(write, ReleaseHold) for write in writes):
        return ()
    timed = [write for write in writes if isinstance(write, BookSlot | HoldSlot | MoveBooking)]
    return tuple([write.slot for write in timed if not await _is_free(provider, write, zone)])


async def _is_free(provider: Provider, write: BookSlot | HoldSlot | MoveBooking, zone: str) -> bool:
    query = _query_for(write, zone)
    if query is None:
        return True
    return any(slot.start == write.slot.start for slot in await provider.find_slots(query))


def _query_for(write: BookSlot | HoldSlot | MoveBooking, zone: str) -> SlotQuery | None:
    if not write.event_type:
        return None
    return SlotQuery(
        event_type=write.event_type,
        window=Interval(write.slot.start, write.slot.end + _BEYOND),
        zone=zone,
        length=write.length if isinstance(write, BookSlot | HoldSlot) else None,
        moving=write.booking if isinstance(write, MoveBooking) else None,
        host=write.host if isinstance(write, BookSlot) else None,
    )
