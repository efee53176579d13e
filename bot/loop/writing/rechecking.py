"""The last look before a write: are the times that a card shows free still, and is that of a request which is approved?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import Clash, Clashing
from bot.errors import PersonError
from bot.groups import both
from bot.scheduling.models import BookingQuery, BookingState, BookingStatus, SlotQuery
from bot.scheduling.replacing import replace
from bot.scheduling.times import Interval
from bot.scheduling.writes import ApproveBooking, BookSlot, HoldSlot, MoveBooking, ReleaseHold

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
    timed = [one for write in writes if isinstance(write, BookSlot | HoldSlot | MoveBooking) for one in _each(write)]
    checked = [write for place, write in enumerate(timed) if not _is_freed(write, timed[:place])]
    return tuple([write.slot for write in checked if not await _is_free(provider, write, zone)])


def _each(write: BookSlot | HoldSlot | MoveBooking) -> tuple[BookSlot | HoldSlot | MoveBooking, ...]:
    """One by one the dates of a series, else the write itself."""
    if not isinstance(write, BookSlot) or not write.series:
        return (write,)
    return tuple(replace(write, slot=slot, series=()) for slot in write.series)


def _is_freed(write: BookSlot | HoldSlot | MoveBooking, earlier: Sequence[Write]) -> bool:
    """Whether an earlier write of the same press takes away what stands there now."""
    moved = [one for one in earlier if isinstance(one, MoveBooking)]
    return any(one.old.interval.overlaps(write.slot.interval) for one in moved)


async def clashing(
    provider: Provider, writes: Sequence[Write], zone: str, *, despite: Sequence[Interval]
) -> Clashing | None:
    """What a request that is to be approved clashes with, beyond what its host was told of; None when there is nothing new."""
    approvals = [write for write in writes if isinstance(write, ApproveBooking)]
    if len(approvals) != 1:
        return None
    booking = await provider.booking(approvals[0].booking)
    if booking.status is not BookingStatus.REQUESTED:
        return None
    window = booking.slot.interval
    others, taken = await both(
        provider.bookings(BookingQuery(states=(BookingState.UPCOMING,), window=window)), _busy(provider, window, zone)
    )
    found = [
        Clash(interval=other.slot.interval, booking=other)
        for other in others
        if other.id != booking.id and other.status is BookingStatus.BOOKED and other.slot.interval.overlaps(window)
    ]
    met = [clash.interval for clash in found]
    found += [
        Clash(interval=one)
        for one in taken
        if one.overlaps(window) and not any(one.overlaps(interval) for interval in met)
    ]
    is_new = any(clash.interval not in despite for clash in found)
    return Clashing(booking=booking, clashes=tuple(found)) if is_new else None


async def _busy(provider: Provider, window: Interval, zone: str) -> tuple[Interval, ...]:
    """What the connected calendars have on; a provider that does not tell has nothing."""
    try:
        return tuple(taken.interval for taken in await provider.busy_times(window, zone))
    except PersonError:
        return ()


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
