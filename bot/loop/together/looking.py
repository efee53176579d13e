"""When colleagues are free: asked of everybody's own calendar side by side, as far as each of them lets colleagues see it.

Free or busy is all that is kept of an answer, in memory, for five minutes at most; consent is looked up again every time, so
that taking it back works at once. A calendar that does not answer makes its person «not checked», never the search fail.
Nothing here is logged but counts.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bot.dialogue.acts.together import Known
from bot.errors import PencilError
from bot.logs import get_logger
from bot.loop.together.calendars import Seen, read_calendar
from bot.scheduling.accounts import Account, AccountStatus, Owner
from bot.scheduling.models import BookingQuery, BookingState, Person
from bot.scheduling.times import Interval, find_zone
from bot.scheduling.together.directory import Member, matches
from bot.scheduling.together.people import Participant, Source, key_of
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.loop.accounts import AccountKeeper
    from bot.loop.together.published import Published, Through
    from bot.scheduling.models import SlotQuery
    from bot.scheduling.provider import Provider
    from bot.scheduling.times import Clock
    from bot.scheduling.together.directory import Addresses, Directory
    from bot.scheduling.together.sharing import Consent, Consents

log = get_logger("together")

Value = TypeVar("Value")

MOST_PEOPLE = 12
_PATIENCE = timedelta(seconds=5)
"""How long one person's calendar is waited for; the others' answers count all the same."""
_FRESH_FOR = timedelta(minutes=5)
_MOST_KEPT = 500
_MET_WITHIN = timedelta(days=90)
_Key = tuple[str, datetime, datetime]
"""Whose times, by which way, and the stretch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleagues:
    """Finds out who people are, and looks at several people's calendars for one of them, the viewer."""

    keeper: AccountKeeper
    consents: Consents
    directory: Directory
    addresses: Addresses
    published: Published
    clock: Clock
    _kept: OrderedDict[_Key, tuple[datetime, tuple[Source, Seen]]] = field(default_factory=OrderedDict)

    async def find(
        self, owner: Owner, names: Sequence[str], provider: Provider | None
    ) -> tuple[tuple[str, tuple[Known, ...]], ...]:
        """For each name who it can mean: members, else remembered addresses, else people of the owner's own bookings, else
        the contacts that the provider keeps. A guest is told of no member.
        """
        found: dict[str, tuple[Known, ...]] = dict.fromkeys(names, ())
        sources = (
            partial(self._members, owner),
            partial(self._remembered, owner),
            partial(_met, provider, self.clock.now()),
            partial(_contacts, provider),
        )
        for source in sources:
            left = [name for name, known in found.items() if not known]
            if not left:
                break
            people = await source()
            found |= {name: tuple(map(_known, matches(name, people))) for name in left}
        log.info("together.named", names=len(names), found=sum(bool(known) for known in found.values()))
        return tuple(found.items())

    async def group(self, owner: Owner, group: str) -> tuple[Person, ...]:
        """Who is in a group; a guest is not told."""
        return await self.directory.group(owner, group) if await self.may_look(owner) else ()

    async def look(
        self,
        viewer: Owner,
        people: Sequence[Person],
        window: Interval,
        *,
        through: Through | None = None,
        length: timedelta | None = None,
        fresh: bool = False,
    ) -> tuple[Participant, ...]:
        """Everybody as the search sees them, in their order, each by the best that may be known of them.

        `through` is the viewer's own account, by which public pages are read, for meetings of that length. `fresh` asks
        again whatever is kept.
        """
        may_look = any(one.member for one in people) and await self.may_look(viewer)
        asking = _Asking(viewer, window, through if may_look else None, length, fresh=fresh)
        async with asyncio.TaskGroup() as group:
            asked = [group.create_task(self._one(asking, person, may_look=may_look)) for person in people[:MOST_PEOPLE]]
        found = tuple(task.result() for task in asked)
        found += tuple(_unseen(person, Source.HOURS) for person in people[MOST_PEOPLE:])
        log.info("together.looked", people=len(found), checked=sum(one.is_checked for one in found))
        return found

    async def may_look(self, viewer: Owner) -> bool:
        """Guests, and whoever cannot be told to be no guest, see nobody's calendar and nobody's address."""
        member = await self.directory.member(viewer)
        return member is not None and not member.is_guest and not member.is_deactivated

    async def _members(self, owner: Owner) -> Sequence[Member]:
        return await self.directory.members(owner) if await self.may_look(owner) else ()

    async def _remembered(self, owner: Owner) -> Sequence[Member]:
        return [Member(person=one) for one in await self.addresses.remembered(owner)]

    async def _one(self, asking: _Asking, person: Person, *, may_look: bool) -> Participant:
        if not may_look or not person.member:
            return _unseen(person, Source.HOURS)
        try:
            async with asyncio.timeout(_PATIENCE.total_seconds()):
                known = await self._ask(asking, person)
        except (TimeoutError, PencilError) as error:
            log.info("together.silent", why=type(error).__name__)
            return _unseen(person, Source.SILENT)
        if known is None:
            return _unseen(person, Source.HOURS)
        source, seen = known
        return Participant(id=key_of(person), zone=seen.zone, hours=seen.hours, busy=seen.busy, source=source)

    async def _ask(self, asking: _Asking, person: Person) -> tuple[Source, Seen] | None:
        """Their own account where they let the viewer look, else what is public, unless they have said no."""
        viewer, window = asking.viewer, asking.window
        owner = Owner(viewer.enterprise, viewer.team, person.member or "")
        consents = await self.consents.consents_of(owner) if owner != viewer else ()
        account = await self._account(viewer, owner, consents)
        if account is not None:
            provider = self.keeper.providers.provider(account, person)
            reading = partial(_own, provider, person, window)
            return await self._kept_or((account.id, window.start, window.end), reading, fresh=asking.fresh)
        through = asking.through
        if through is None or owner == viewer or any(one.is_refusal for one in consents):
            return None
        reading_page = partial(self.published.look, through, person, window, asking.length)
        key = (f"{through.account} {key_of(person)} {asking.length}", window.start, window.end)
        return await self._kept_or(key, reading_page, fresh=asking.fresh)

    async def _account(self, viewer: Owner, owner: Owner, consents: Sequence[Consent]) -> Account | None:
        """Their account that the viewer may look at; None without one, or without consent."""
        allowed = {consent.account for consent in consents if consent.allows(viewer, self.clock.now())}
        if not allowed and owner != viewer:
            return None
        accounts = [one for one in await self.keeper.accounts_of(owner) if one.status is AccountStatus.ACTIVE]
        return next((one for one in accounts if owner == viewer or one.id in allowed), None)

    async def _kept_or(
        self, key: _Key, read: Callable[[], Awaitable[tuple[Source, Seen] | None]], *, fresh: bool
    ) -> tuple[Source, Seen] | None:
        kept, now = self._kept.get(key), self.clock.now()
        if kept is not None and now < kept[0] and not fresh:
            return kept[1]
        seen = await read()
        if seen is not None:
            self._kept[key] = (now + _FRESH_FOR, seen)
        while self._kept and (len(self._kept) > _MOST_KEPT or next(iter(self._kept.values()))[0] <= now):
            self._kept.popitem(last=False)
        return seen


@dataclass(frozen=True, slots=True)
class _Asking:
    """Who asks about which stretch of time, and how."""

    viewer: Owner
    window: Interval
    through: Through | None
    length: timedelta | None
    fresh: bool


async def _own(provider: Provider, person: Person, window: Interval) -> tuple[Source, Seen]:
    return Source.ACCOUNT, await read_calendar(provider, person, window)


def _known(member: Member) -> Known:
    return Known(person=member.person, is_guest=member.is_guest, is_deactivated=member.is_deactivated)


async def _met(provider: Provider | None, now: datetime) -> Sequence[Member]:
    """Whom the account's bookings of the last and next months name, each address once, the latest name of it."""
    if provider is None:
        return ()
    window = Interval(now - _MET_WITHIN, now + _MET_WITHIN)
    states = (BookingState.UPCOMING, BookingState.REQUESTED, BookingState.PAST)
    bookings = await _or_nobody(provider.bookings(BookingQuery(states=states, window=window)))
    people = {
        one.email.lower(): Person(name=one.name, email=one.email.lower(), zone=one.zone)
        for booking in bookings
        for one in booking.attendees
        if one.email
    }
    return [Member(person=person) for person in people.values()]


async def _contacts(provider: Provider | None) -> Sequence[Member]:
    """The contacts that the provider keeps; nobody where it keeps none, or where they may not be read."""
    if provider is None or not provider.capabilities.contacts:
        return ()
    return [Member(person=person) for person in await _or_nobody(provider.contacts(""))]


async def _or_nobody(asked: Awaitable[tuple[Value, ...]]) -> tuple[Value, ...]:
    """One source of names less is no failure."""
    try:
        async with asyncio.timeout(_PATIENCE.total_seconds()):
            return await asked
    except (TimeoutError, PencilError) as error:
        log.info("together.unmet", why=type(error).__name__)
        return ()


def _unseen(person: Person, source: Source) -> Participant:
    zone = find_zone(person.zone)
    is_known = zone is not None or source is not Source.HOURS
    return Participant(id=key_of(person), zone=zone, source=source if is_known else Source.NOTHING)


def window_of(queries: Sequence[SlotQuery]) -> Interval:
    """Everything that is asked for, as one stretch."""
    return Interval(min(one.window.start for one in queries), max(one.window.end for one in queries))
