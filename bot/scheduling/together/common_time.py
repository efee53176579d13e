"""Times that suit several people: starts the asker can offer, held against everybody's busy times and hours.

Everything is compared as whole seconds since 1970, in one sweep a person over the sorted starts: ten people and five hundred
starts stay within a few milliseconds. Wall time is used twice only, to lay out hours and nights as instants.

Rule for the next editor: who comes is free at that time, and who comes outside of their hours is named in `stretched`. The
order of people and of starts changes nothing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.scheduling.models import Hours, Slot
from bot.scheduling.times import Interval, wall_to_instant
from bot.scheduling.together.people import Common, CommonTime, Participant, Party, Rank
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

_NIGHT = (
    Hours(weekdays=tuple(range(7)), start=time(22), end=time(0)),
    Hours(weekdays=tuple(range(7)), start=time(0), end=time(6)),
)
_FAR = 7 * 24 * 3600
"""How far outside of their hours anything is for somebody who has none."""
_AROUND = timedelta(days=4)
"""Hours are laid out this far around the starts, so that a weekend is measured against the days beside it."""
_APART = timedelta(hours=1)
"""Two times offered on one day are this far apart where there is a choice."""

_Spans = list[tuple[int, int]]
_RankKey = tuple[int, int, int]


@dataclass(slots=True)
class _Column:
    """One party, start by start."""

    is_required: bool
    absent: list[bool]
    nights: list[bool]
    stretch: list[int]
    who: list[str]


def find_common(slots: Iterable[Slot], parties: Sequence[Party], *, zone: ZoneInfo, most: int = 5) -> Common:
    """The best times among `slots` for all parties, at most `most`, equally good ones spread over the days of `zone`.

    Nothing that is left out is better than anything that is offered.
    """
    offered = sorted(set(slots))
    everybody = sorted((one for party in parties for one in party.anyone), key=lambda one: one.id)
    grid = _Grid(offered)
    columns = [grid.column(party) for party in parties]
    ranks = _ranks(columns, len(offered))
    chosen = _spread(offered, ranks, zone, most)
    return Common(
        times=tuple(_common(offered[at], Rank(*ranks[at]), parties, columns, at) for at in chosen),
        checked=tuple(one.id for one in everybody if one.is_checked),
        unchecked=tuple(one.id for one in everybody if not one.is_checked),
    )


def without(slots: Iterable[Slot], window: Interval) -> tuple[Interval, ...]:
    """The rest of the window: what a booking page does not offer is taken for busy."""
    free = _merged((_seconds(slot.start), _seconds(slot.end)) for slot in slots)
    at, gaps, end = _seconds(window.start), list[tuple[int, int]](), _seconds(window.end)
    for start, stop in free:
        if start > at:
            gaps.append((at, min(start, end)))
        at = max(at, stop)
    if at < end:
        gaps.append((at, end))
    return tuple(
        Interval(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(stop, UTC))
        for start, stop in gaps
        if start < stop
    )


def _ranks(columns: list[_Column], count: int) -> list[_RankKey]:
    """The fields of each start's rank: tuples, because they are compared and looked up many times."""
    sacrifices, optional, stretch = [0] * count, [0] * count, [0] * count
    for column in columns:
        missed = sacrifices if column.is_required else optional
        for at, is_absent in enumerate(column.absent):
            if is_absent:
                missed[at] += 1
            else:
                missed[at] += column.nights[at]
                stretch[at] += column.stretch[at]
    return list(zip(sacrifices, optional, stretch, strict=True))


def _common(slot: Slot, rank: Rank, parties: Sequence[Party], columns: list[_Column], at: int) -> CommonTime:
    here = list(zip(parties, columns, strict=True))
    missing = [one.id for party, column in here if column.absent[at] for one in party.anyone]
    return CommonTime(
        slot=slot,
        rank=rank,
        coming=tuple(sorted(column.who[at] for _, column in here if not column.absent[at])),
        absent=tuple(sorted(missing)),
        stretched=tuple(sorted(c.who[at] for _, c in here if not c.absent[at] and c.stretch[at])),
    )


class _Grid:
    """The starts as seconds, and what zones and hours make of them; each worked out once for everybody who shares them."""

    def __init__(self, slots: list[Slot]) -> None:
        self._starts = [(_seconds(slot.start), _seconds(slot.end)) for slot in slots]
        self._days = _days(slots) if slots else []
        self._nights: dict[ZoneInfo, list[bool]] = {}
        self._outside: dict[tuple[ZoneInfo, tuple[Hours, ...]], list[int]] = {}

    def column(self, party: Party) -> _Column:
        """The party at every start: of several people the one whom it suits best."""
        singles = [self._single(one, is_required=party.is_required) for one in party.anyone]
        if len(singles) == 1:
            return singles[0]
        unchecked = [not one.is_checked for one in party.anyone]
        best = _Column(party.is_required, [], [], [], [])
        for at in range(len(self._starts)):
            absent, nights, stretch, _, who = min(
                (one.absent[at], one.nights[at], one.stretch[at], unchecked[number], one.who[at])
                for number, one in enumerate(singles)
            )
            best.absent.append(absent)
            best.nights.append(nights)
            best.stretch.append(stretch)
            best.who.append(who)
        return best

    def _single(self, person: Participant, *, is_required: bool) -> _Column:
        busy = _merged((_seconds(one.start), _seconds(one.end)) for one in person.busy or ())
        nights, outside = self._hours(person)
        return _Column(is_required, _clashes(busy, self._starts), nights, outside, [person.id] * len(self._starts))

    def _hours(self, person: Participant) -> tuple[list[bool], list[int]]:
        """For each start whether it is night there, and how far it is outside of their hours."""
        zone = person.zone
        if zone is None:
            return [False] * len(self._starts), [0] * len(self._starts)
        hours = (zone, person.hours)
        if zone not in self._nights:
            nights = _merged(_laid_out(_NIGHT, self._days, zone))
            self._nights[zone] = _clashes(nights, self._starts)
        if hours not in self._outside:
            open_hours = _merged(_laid_out(person.hours, self._days, zone))
            self._outside[hours] = _beyond(open_hours, self._starts)
        return self._nights[zone], self._outside[hours]


def _clashes(spans: _Spans, starts: _Spans) -> list[bool]:
    """For each start whether it shares any instant with a span. Both are sorted by start, and spans do not touch."""
    found, at, count = [], 0, len(spans)
    for start, end in starts:
        while at < count and spans[at][1] <= start:
            at += 1
        found.append(at < count and spans[at][0] < end)
    return found


def _beyond(spans: _Spans, starts: _Spans) -> list[int]:
    """For each start by how much the nearest span would have to be longer to hold it, in seconds."""
    found, at, count = [], 0, len(spans)
    for start, end in starts:
        while at < count and spans[at][1] <= start:
            at += 1
        near = _FAR
        if at < count:
            near = max(0, spans[at][0] - start) + max(0, end - spans[at][1])
        if near and at:
            near = min(near, end - spans[at - 1][1])
        found.append(near)
    return found


def _laid_out(hours: Sequence[Hours], days: list[date], zone: ZoneInfo) -> Iterable[tuple[int, int]]:
    for day in days:
        for span in hours:
            if day.weekday() in span.weekdays:
                last = day + timedelta(days=1) if span.end <= span.start else day
                start, end = wall_to_instant(day, span.start, zone), wall_to_instant(last, span.end, zone)
                if start < end:
                    yield _seconds(start), _seconds(end)


def _days(slots: list[Slot]) -> list[date]:
    first, last = (slots[0].start - _AROUND).date(), (slots[-1].end + _AROUND).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _merged(spans: Iterable[tuple[int, int]]) -> _Spans:
    merged: _Spans = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def _spread(slots: list[Slot], ranks: list[_RankKey], zone: ZoneInfo, most: int) -> list[int]:
    """Which starts to offer, the best rank first; within a rank one a day, then a second one, and so on."""
    tiers: dict[_RankKey, list[int]] = {}
    for at, rank in enumerate(ranks):
        tiers.setdefault(rank, []).append(at)
    chosen: list[int] = []
    for rank in sorted(tiers):
        if len(chosen) >= most:
            break
        chosen.extend(_over_days(slots, tiers[rank], zone, most - len(chosen)))
    return chosen


def _over_days(slots: list[Slot], tier: list[int], zone: ZoneInfo, most: int) -> list[int]:
    days: dict[date, list[int]] = {}
    for at in tier:
        days.setdefault(slots[at].start.astimezone(zone).date(), []).append(at)
    rounds = [_apart_first(slots, of_day, most) for of_day in days.values()]
    taken = [of_day[turn] for turn in range(most) for of_day in rounds if turn < len(of_day)]
    return sorted(taken[:most])


def _apart_first(slots: list[Slot], of_day: list[int], most: int) -> list[int]:
    apart: list[int] = []
    for at in of_day:
        if not apart or slots[at].start - slots[apart[-1]].start >= _APART:
            apart.append(at)
            if len(apart) == most:
                return apart
    return apart + [at for at in of_day if at not in apart][: most - len(apart)]
