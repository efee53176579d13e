"""News where a provider cannot reach us: somebody's bookings are read every few minutes and held against the last look.

What differs is handed on as a change like any webhook's: it is kept before it is told, read again, and told once. The first
look only remembers. What was over by itself is no change.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.scheduling.models import BookingChange, BookingStatus, ChangeKind
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.scheduling.models import Booking

LOOK_EVERY = timedelta(minutes=5)
AHEAD = timedelta(days=90)
_STANDING = {BookingStatus.BOOKED: ChangeKind.BOOKED, BookingStatus.REQUESTED: ChangeKind.REQUESTED}


@dataclass(frozen=True, slots=True)
class Seen:
    """A booking as it was at the last look."""

    start: datetime
    status: BookingStatus


def seen_now(bookings: Sequence[Booking]) -> dict[str, Seen]:
    """What stands, by id."""
    return {one.id: Seen(one.slot.start, one.status) for one in bookings if one.status in _STANDING}


def changes(before: Mapping[str, Seen], bookings: Sequence[Booking], *, now: datetime) -> list[BookingChange]:
    """What has happened since the last look. A booking that stands no more was cancelled, or has another in its place."""
    standing = {one.id: one for one in bookings if one.status in _STANDING}
    replaced = {one.replaces: one for one in standing.values() if one.replaces}
    out: list[BookingChange] = []
    for one in standing.values():
        old = before.get(one.id)
        if old is None:
            out.append(_appeared(one, before.get(one.replaces)))
        elif old.start != one.slot.start:
            out.append(_change(ChangeKind.MOVED, one.id, one.slot.start, old_start=old.start))
        elif old.status is not one.status:
            out.append(_change(_STANDING[one.status], one.id, one.slot.start))
    for booking, old in before.items():
        if booking not in standing and booking not in replaced and old.start > now:
            kind = ChangeKind.CANCELLED if old.status is BookingStatus.BOOKED else ChangeKind.REJECTED
            out.append(_change(kind, booking, old.start))
    return out


def _appeared(one: Booking, old: Seen | None) -> BookingChange:
    if old is None:
        return _change(_STANDING[one.status], one.id, one.slot.start)
    return _change(ChangeKind.MOVED, one.id, one.slot.start, previous=one.replaces, old_start=old.start)


def _change(
    kind: ChangeKind, booking: str, start: datetime, *, previous: str = "", old_start: datetime | None = None
) -> BookingChange:
    key = f"seen:{booking}:{kind}:{int(start.timestamp())}"
    return BookingChange(key=key, kind=kind, booking=booking, previous=previous, old_start=old_start)


def write_seen(seen: Mapping[str, Seen]) -> str:
    """For an errand's body."""
    return json.dumps({booking: [one.start.isoformat(), one.status.value] for booking, one in seen.items()})


def read_seen(body: str) -> dict[str, Seen] | None:
    """What the last look saw; None before the first one."""
    if not body:
        return None
    try:
        rows = json.loads(body)
        return {
            key: Seen(datetime.fromisoformat(start), BookingStatus(status)) for key, (start, status) in rows.items()
        }
    except (ValueError, TypeError, AttributeError):
        return None
