"""Cal.com slots and reservations, the current shape. https://cal.com/docs/api-reference/v2/slots

Traps obeyed here: an `end` at exactly 00:00:00Z is moved to the end of *that* day, and bounds that are dates are UTC days, so
explicit instants are sent, the last one a second early; the caller filters again. A slot must end before the last instant, so
that lies one length behind the window. Ends of slots are computed by us.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain, groupby, repeat
from operator import itemgetter, sub
from typing import TYPE_CHECKING, Any

from bot.errors import ProviderChanged
from bot.gateway.calcom.wire import Id, Instant, Model, OldShape, Versions, data_of, iso, minutes, nothing, read_one
from bot.gateway.calls import ApiRequest, Call, body, query
from bot.scheduling.models import Hold, Slot, slots_from
from bot.scheduling.times import as_instant
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.scheduling.models import SlotQuery
    from bot.scheduling.times import Interval
    from bot.scheduling.writes import HoldSlot

DEFAULT_HOLD = timedelta(minutes=5)
_OFFSET = re.compile(r"[+-]\d\d:\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reservation(Model):
    reservation_uid: Id
    event_type_id: Id
    slot_start: Instant
    slot_end: Instant
    reservation_until: Instant


class SlotsWire:
    """Builds and reads the calls."""

    def __init__(self, versions: Versions) -> None:
        self._headers = versions.header("slots")

    def find(self, wish: SlotQuery, *, length: timedelta, ask_length: bool) -> Call[tuple[Slot, ...]]:
        """Free slots. `ask_length`: the type has several lengths, so the wanted one is named."""
        address = (
            query(eventTypeSlug=wish.event_type, username=wish.host)
            if wish.host
            else query(eventTypeId=wish.event_type)
        )
        rest = query(
            start=iso(wish.window.start),
            end=iso(wish.window.end + length - timedelta(seconds=1)),
            timeZone=wish.zone,
            duration=minutes(length) if ask_length else None,
            bookingUidToReschedule=wish.moving,
        )
        request = ApiRequest(
            method="GET", path="/slots", operation="slots.find", query=address + rest, headers=self._headers
        )
        return Call(request, partial(read_slots, length=length, window=wish.window))

    def find_common(self, wish: SlotQuery, *, length: timedelta, organization: str) -> Call[tuple[Slot, ...]]:
        """Times when all of `wish.people` are free; they are members of one organisation."""
        pairs = query(
            usernames=",".join(wish.people),
            organizationSlug=organization,
            start=iso(wish.window.start),
            end=iso(wish.window.end + length - timedelta(seconds=1)),
            timeZone=wish.zone,
            duration=minutes(length),
        )
        request = ApiRequest(
            method="GET", path="/slots", operation="slots.find_common", query=pairs, headers=self._headers
        )
        return Call(request, partial(read_slots, length=length, window=wish.window))

    def hold(self, write: HoldSlot, *, ask_length: bool, now: datetime) -> Call[Hold]:
        """Keeps a slot for the default time; another one needs rights that a plain key may lack."""
        _ = now
        wanted = write.length or write.slot.interval.length
        content = body(
            eventTypeId=int(write.event_type),
            slotStart=iso(write.slot.start),
            slotDuration=minutes(wanted) if ask_length else None,
        )
        request = ApiRequest(
            method="POST", path="/slots/reservations", operation="holds.create", body=content, headers=self._headers
        )
        return Call(request, _read_hold)

    def held(self, identifier: str) -> Call[Hold | None]:
        """An unknown hold is answered with null."""
        request = ApiRequest(
            method="GET", path=f"/slots/reservations/{identifier}", operation="holds.get", headers=self._headers
        )
        return Call(request, lambda answer: None if data_of(answer) is None else _read_hold(answer))

    def release(self, identifier: str) -> Call[None]:
        """Succeeds for an unknown hold too."""
        request = ApiRequest(
            method="DELETE", path=f"/slots/reservations/{identifier}", operation="holds.release", headers=self._headers
        )
        return Call(request, nothing)


def read_slots(answer: Any, length: timedelta, window: Interval, key: str = "start") -> tuple[Slot, ...]:
    """Slots of all days that begin in the window, by start, whatever the server made of its ends.

    Written by hand: this list is the longest answer and the hottest path, so only what lies in the window becomes a value.
    """
    days = data_of(answer)
    if not isinstance(days, dict):
        raise ProviderChanged(field="data")
    if "slots" in days and key == "start" and isinstance(days["slots"], dict):
        raise OldShape
    try:
        starts = _instants(sorted(set(map(itemgetter(key), chain.from_iterable(days.values())))))
        inside = starts[bisect_left(starts, window.start) : bisect_left(starts, window.end)]
        return slots_from(inside, length)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProviderChanged(field=f"data[].{key}") from error


def _instants(texts: list[str]) -> list[datetime]:
    """What stands in these texts, in the order of time. Raises ValueError for one without a zone.

    Answers are in the zone that was asked for, hundreds of times with one offset. Where all have it, it is taken off them
    together: a third of what `astimezone` costs for each.
    """
    whole, offset = "\n".join(texts), texts[0][-6:] if texts else ""
    if _OFFSET.fullmatch(offset) and whole.count(offset) == len(texts):
        ahead = datetime.fromisoformat(f"2000-01-01T00:00{offset}").utcoffset() or timedelta(0)
        return sorted(map(sub, map(datetime.fromisoformat, whole.replace(offset, "Z").split("\n")), repeat(ahead)))
    starts = list(map(datetime.fromisoformat, texts))
    if {start.tzinfo for start in starts} == {UTC}:
        return sorted(starts)
    return [start for start, _ in groupby(sorted(map(as_instant, starts)))]


def _read_hold(answer: Any) -> Hold:
    row = read_one(_Reservation, data_of(answer))
    if row.slot_end <= row.slot_start:
        raise ProviderChanged(field="data.slotEnd")
    return Hold(
        id=row.reservation_uid,
        event_type=row.event_type_id,
        slot=Slot(row.slot_start, row.slot_end),
        expires_at=row.reservation_until,
    )
