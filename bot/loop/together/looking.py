"""When colleagues are free: asked of everybody's own calendar side by side, as far as each of them lets colleagues see it.

Free or busy is all that is kept of an answer, in memory, for five minutes at most; consent is looked up again every time, so
that taking it back works at once. A calendar that does not answer makes its person «not checked», never the search fail.
Nothing here is logged but counts.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from bot.dialogue.acts.together import Known
from bot.errors import PencilError, Unsupported
from bot.groups import both
from bot.logs import get_logger
from bot.scheduling.accounts import Account, AccountStatus, Owner
from bot.scheduling.models import BookingQuery, BookingState, Hours, Person, Slot
from bot.scheduling.times import Interval, day_bounds, find_zone, wall_to_instant
from bot.scheduling.together.common_time import without
from bot.scheduling.together.directory import Member, matches
from bot.scheduling.together.people import OFFICE_HOURS, Participant, Source, key_of

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Sequence

    from bot.loop.accounts import AccountKeeper
    from bot.scheduling.models import Override, Schedule, SlotQuery
    from bot.scheduling.provider import Provider
    from bot.scheduling.times import Clock
    from bot.scheduling.together.directory import Addresses, Directory
    from bot.scheduling.together.sharing import Consents

log = get_logger("together")

Value = TypeVar("Value")

MOST_PEOPLE = 12
_PATIENCE = timedelta(seconds=5)
"""How long one person's calendar is waited for; the others' answers count all the same."""
_FRESH_FOR = timedelta(minutes=5)
_MOST_KEPT = 500
_LONGEST = timedelta(days=1)
"""A meeting that began this long before the window may still run."""
_MET_WITHIN = timedelta(days=90)
_COUNTS_AS_BUSY = (BookingState.UPCOMING, BookingState.REQUESTED)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What an account says of a stretch of time."""

    zone: ZoneInfo
    hours: tuple[Hours, ...]
    busy: tuple[Interval, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleagues:
    """Finds out who people are, and looks at several people's calendars for one of them, the viewer."""

    keeper: AccountKeeper
    consents: Consents
    directory: Directory
    addresses: Addresses
    clock: Clock
    _kept: OrderedDict[tuple[str, datetime, datetime], tuple[datetime, _Seen]] = field(default_factory=OrderedDict)

    async def find(
        self, owner: Owner, names: Sequence[str], provider: Provider | None
    ) -> tuple[tuple[str, tuple[Known, ...]], ...]:
        """For each name who it can mean: members, else remembered addresses, else people of the owner's own bookings."""
        members = await self.directory.members(owner)
        found = {name: tuple(map(_known, matches(name, members))) for name in names}
        if not all(found.values()):
            remembered = [Member(person=one) for one in await self.addresses.remembered(owner)]
            found |= {name: tuple(map(_known, matches(name, remembered))) for name in names if not found[name]}
        if not all(found.values()) and provider is not None:
            met = await _met(provider, self.clock.now())
            found |= {name: tuple(map(_known, matches(name, met))) for name in names if not found[name]}
        log.info("together.named", names=len(names), found=sum(bool(known) for known in found.values()))
        return tuple(found.items())

    async def look(
        self, viewer: Owner, people: Sequence[Person], window: Interval, *, fresh: bool = False
    ) -> tuple[Participant, ...]:
        """Everybody as the search sees them, in their order. `fresh` asks the calendars again whatever is kept."""
        may_look = any(one.member for one in people) and await self._may_look(viewer)
        async with asyncio.TaskGroup() as group:
            asked = [
                group.create_task(self._one(viewer, person, window, may_look=may_look, fresh=fresh))
                for person in people[:MOST_PEOPLE]
            ]
        found = tuple(task.result() for task in asked)
        log.info("together.looked", people=len(found), checked=sum(one.is_checked for one in found))
        return found

    async def _may_look(self, viewer: Owner) -> bool:
        """Guests, and whoever cannot be told to be no guest, see nobody's calendar."""
        member = await self.directory.member(viewer)
        return member is not None and not member.is_guest and not member.is_deactivated

    async def _one(
        self, viewer: Owner, person: Person, window: Interval, *, may_look: bool, fresh: bool
    ) -> Participant:
        account = await self._account(viewer, person) if may_look and person.member else None
        if account is None:
            return _unseen(person, Source.HOURS)
        try:
            async with asyncio.timeout(_PATIENCE.total_seconds()):
                seen = await self._ask(account, person, window, fresh=fresh)
        except (TimeoutError, PencilError) as error:
            log.info("together.silent", why=type(error).__name__)
            return _unseen(person, Source.SILENT)
        return Participant(id=key_of(person), zone=seen.zone, hours=seen.hours, busy=seen.busy, source=Source.ACCOUNT)

    async def _account(self, viewer: Owner, person: Person) -> Account | None:
        """Their account that the viewer may look at; None without one, or without consent."""
        owner = Owner(viewer.enterprise, viewer.team, person.member or "")
        consents = await self.consents.consents_of(owner) if owner != viewer else ()
        allowed = {consent.account for consent in consents if consent.allows(viewer, self.clock.now())}
        if not allowed and owner != viewer:
            return None
        accounts = [one for one in await self.keeper.accounts_of(owner) if one.status is AccountStatus.ACTIVE]
        return next((one for one in accounts if owner == viewer or one.id in allowed), None)

    async def _ask(self, account: Account, person: Person, window: Interval, *, fresh: bool) -> _Seen:
        key = (account.id, window.start, window.end)
        kept, now = self._kept.get(key), self.clock.now()
        if kept is not None and now < kept[0] and not fresh:
            return kept[1]
        seen = await _read(self.keeper.providers.provider(account, person), person, window)
        self._kept[key] = (now + _FRESH_FOR, seen)
        while self._kept and (len(self._kept) > _MOST_KEPT or next(iter(self._kept.values()))[0] <= now):
            self._kept.popitem(last=False)
        return seen


def _known(member: Member) -> Known:
    return Known(person=member.person, is_guest=member.is_guest, is_deactivated=member.is_deactivated)


async def _met(provider: Provider, now: datetime) -> list[Member]:
    """Whom the account's bookings of the last and next months name, each address once, the latest name of it."""
    window = Interval(now - _MET_WITHIN, now + _MET_WITHIN)
    states = (BookingState.UPCOMING, BookingState.REQUESTED, BookingState.PAST)
    try:
        async with asyncio.timeout(_PATIENCE.total_seconds()):
            bookings = await provider.bookings(BookingQuery(states=states, window=window))
    except (TimeoutError, PencilError) as error:
        log.info("together.unmet", why=type(error).__name__)
        return []
    people = {
        one.email.lower(): Person(name=one.name, email=one.email.lower(), zone=one.zone)
        for booking in bookings
        for one in booking.attendees
        if one.email
    }
    return [Member(person=person) for person in people.values()]


def _unseen(person: Person, source: Source) -> Participant:
    zone = find_zone(person.zone)
    is_known = zone is not None or source is not Source.HOURS
    return Participant(id=key_of(person), zone=zone, source=source if is_known else Source.NOTHING)


def window_of(queries: Sequence[SlotQuery]) -> Interval:
    """Everything that is asked for, as one stretch."""
    return Interval(min(one.window.start for one in queries), max(one.window.end for one in queries))


async def _read(provider: Provider, person: Person, window: Interval) -> _Seen:
    """Hours, busy times and bookings side by side."""
    zone = find_zone(person.zone) or ZoneInfo("UTC")
    query = BookingQuery(states=_COUNTS_AS_BUSY, window=Interval(window.start - _LONGEST, window.end))
    (calendars, schedules), bookings = await both(
        both(_or_nothing(provider.busy_times(window, zone.key)), _or_nothing(provider.schedules())),
        provider.bookings(query),
    )
    schedule = next(iter(schedules), None)
    taken = {one.interval for one in calendars} | {one.slot.interval for one in bookings}
    off = _off(schedule, window) if schedule else ()
    return _Seen(
        zone=(find_zone(schedule.zone) if schedule else None) or zone,
        hours=schedule.hours if schedule and schedule.hours else OFFICE_HOURS,
        busy=tuple(sorted(one for one in (*taken, *off) if one.overlaps(window))),
    )


async def _or_nothing(asked: Coroutine[object, object, tuple[Value, ...]]) -> tuple[Value, ...]:
    """What a service cannot tell at all is no reason not to believe the rest."""
    try:
        return await asked
    except Unsupported:
        return ()


def _off(schedule: Schedule, window: Interval) -> Iterable[Interval]:
    """Dates with other hours than usual: busy outside of them."""
    zone = find_zone(schedule.zone) or ZoneInfo("UTC")
    days: dict[date, list[Override]] = {}
    for override in schedule.overrides:
        days.setdefault(override.day, []).append(override)
    for day, overrides in days.items():
        whole = day_bounds(day, zone)
        if whole.overlaps(window):
            yield from without((slot for one in overrides if (slot := _open_on(one, zone))), whole)


def _open_on(override: Override, zone: ZoneInfo) -> Slot | None:
    if override.start is None or override.end is None:
        return None
    last = override.day + timedelta(days=1) if override.end <= override.start else override.day
    start, end = wall_to_instant(override.day, override.start, zone), wall_to_instant(last, override.end, zone)
    return Slot(start, end) if start < end else None
