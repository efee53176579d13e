"""When somebody is free as their provider shows it: their public booking page, or an organisation's own slots call.

Nobody is looked for by guessing: the user name of a colleague is what the asker's own teams at the provider say of their mail
address. Whatever a page or the call does not offer is taken for busy. Nothing here is logged but counts.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.errors import NotFound, Unsupported
from bot.groups import side_by_side
from bot.loop.together.calendars import Seen
from bot.scheduling.models import SlotQuery
from bot.scheduling.times import Interval, find_zone
from bot.scheduling.together.common_time import without
from bot.scheduling.together.people import OFFICE_HOURS, Source
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.scheduling.models import EventType, Person, Slot
    from bot.scheduling.provider import Provider
    from bot.scheduling.times import Clock

_FRESH_FOR = timedelta(minutes=5)
_MOST_KEPT = 200
_PIECE = timedelta(days=14)
_USUAL = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Through:
    """The asker's own account, through which what is public is read."""

    account: str
    provider: Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Reads what is public of colleagues."""

    clock: Clock
    _kept: OrderedDict[str, tuple[datetime, dict[str, str]]] = field(default_factory=OrderedDict)
    _reading: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def look(
        self, through: Through, person: Person, window: Interval, length: timedelta | None
    ) -> tuple[Source, Seen] | None:
        """What is public of that person's times; None where nothing is. Raises provider errors."""
        email = (person.email or "").lower()
        username = (await self._usernames(through)).get(email, "") if email else ""
        if not username:
            return None
        provider = through.provider
        me = await provider.profile()
        is_inside = bool(me.organization) and bool(me.username) and me.username != username
        read = _in_organisation if is_inside else _on_page
        try:
            slots = await read(provider, (username, me.username), window, length or _USUAL)
        except (NotFound, Unsupported):
            return None
        source = Source.ORGANISATION if is_inside else Source.PAGE
        seen = Seen(zone=find_zone(person.zone), hours=OFFICE_HOURS, busy=without(slots, window))
        return source, seen

    async def _usernames(self, through: Through) -> dict[str, str]:
        """The user names of the asker's colleagues at the provider, by mail address; kept for five minutes, and asked for once
        by whoever looks at several people at a time.
        """
        reading = self._reading.setdefault(through.account, asyncio.Lock())
        async with reading:
            kept = self._kept.get(through.account)
            if kept is None or self.clock.now() >= kept[0]:
                kept = self.clock.now() + _FRESH_FOR, await _team_mates(through.provider)
                self._kept[through.account] = kept
        self._reading.pop(through.account, None)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return kept[1]


async def _team_mates(provider: Provider) -> dict[str, str]:
    if not provider.capabilities.several_hosts:
        return {}
    try:
        teams = await provider.teams()
    except (NotFound, Unsupported):
        return {}
    return {one.email: one.username for team in teams for one in team.members if one.email and one.username}


async def _in_organisation(
    provider: Provider, usernames: tuple[str, str], window: Interval, length: timedelta
) -> tuple[Slot, ...]:
    """The times when this colleague and the asker are both free, by the one call that an organisation's members have."""
    queries = [
        SlotQuery(event_type="", window=piece, zone="UTC", length=length, people=usernames)
        for piece in _pieces(window, length)
    ]
    found = await side_by_side([provider.find_slots(query) for query in queries])
    return tuple(slot for slots in found for slot in slots)


async def _on_page(
    provider: Provider, usernames: tuple[str, str], window: Interval, length: timedelta
) -> tuple[Slot, ...]:
    """What the colleague's page offers, by the type whose length is nearest to the one wanted."""
    username, _ = usernames
    kinds = [kind for kind in await provider.public_event_types(username) if not kind.is_hidden]
    if not kinds:
        raise Unsupported("an empty page")
    kind = min(kinds, key=lambda one: _distance(one, length))
    queries = [
        SlotQuery(event_type=kind.slug, window=piece, zone="UTC", length=None, host=username)
        for piece in _pieces(window, kind.length)
    ]
    found = await side_by_side([provider.find_slots(query) for query in queries])
    return tuple(slot for slots in found for slot in slots)


def _distance(kind: EventType, length: timedelta) -> tuple[bool, timedelta, str]:
    """Longer types before shorter ones: what is free for an hour is free for half of it."""
    return kind.length < length, abs(kind.length - length), kind.slug


def _pieces(window: Interval, length: timedelta) -> list[Interval]:
    """The window from so far before it that whatever runs into it is found too, in pieces that a call may ask for."""
    starts, at = [], window.start - length
    while at < window.end:
        starts.append(Interval(at, min(at + _PIECE, window.end)))
        at += _PIECE
    return starts
