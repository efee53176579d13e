"""What other agents may ask for a person: reading at once, and preparing a card in their direct messages.

An agent gets nothing that the person could not read themselves, and it cannot press: whatever would write becomes a card of
the person's own conversation, decided by the same core as if they had asked for it in words.
"""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from bot.dialogue.acts import Wished
from bot.dialogue.families import BookingRequest, MoveRequest, SlotRequest
from bot.errors import NotConnected, NotFound, Refused
from bot.language.meaning import Grain, Intent, Moment
from bot.language.meaning import Span as TextSpan
from bot.logs import bind_turn
from bot.scheduling.ledger import WriteState
from bot.scheduling.models import BookingQuery, SlotQuery
from bot.scheduling.times import Interval, day_bounds, find_zone
from bot.scheduling.together.common_time import find_common
from bot.scheduling.together.people import Party
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.dialogue.acts import ConversationKey, Reply
    from bot.dialogue.families import Request
    from bot.loop.accounts import AccountKeeper, KnownAccounts
    from bot.loop.assistant import Assistant
    from bot.loop.together.looking import Colleagues
    from bot.scheduling.accounts import Owner
    from bot.scheduling.ledger import Ledger
    from bot.scheduling.models import Booking, EventType, Person, Slot
    from bot.scheduling.provider import Provider
    from bot.scheduling.times import Clock
    from bot.scheduling.together.people import Common

_WRITTEN = frozenset({WriteState.DONE, WriteState.SETTLED})
_USUAL = timedelta(days=7)
_FARTHEST = timedelta(days=62)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Whole days, both ends included, in the person's zone; None: from today, a week long."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTimes:
    """Free starts of one event type."""

    zone: ZoneInfo
    event_type: str
    length: timedelta
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """What is booked."""

    zone: ZoneInfo
    bookings: tuple[Booking, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Free:
    """Times that suit people best. `names` is by the ids that `common` speaks of."""

    zone: ZoneInfo
    common: Common
    names: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What stands in the person's direct messages now. `link` opens it."""

    text: str
    link: str
    card: str
    """The card that waits for a press; empty when there is nothing to press."""

    @property
    def waits(self) -> bool:
        """Whether there is something to press."""
        return bool(self.card)


class Letterbox(Protocol):
    """Where a person is reached unasked, as the surface knows it."""

    async def person(self, owner: Owner) -> Person:
        """Who that is, with their zone."""
        ...

    async def talk_of(self, owner: Owner) -> ConversationKey:
        """The conversation of their direct messages with us."""
        ...

    async def put(self, owner: Owner, reply: Reply) -> str:
        """Put a card there; the note of where it stands."""
        ...

    async def link(self, owner: Owner, place: str) -> str:
        """An address that opens it; empty when there is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Agents:
    """Answers agents. Stateless: any process can take any request."""

    keeper: AccountKeeper
    assistant: Assistant
    colleagues: Colleagues
    ledger: Ledger
    letterbox: Letterbox
    clock: Clock

    # ── reading ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def find_times(self, owner: Owner, span: Span, *, event_type: str, length: timedelta | None) -> FreeTimes:
        """Free times of one of their event types, the first when none is named."""
        person, service = await self._asker(owner)
        zone, kind = _zone(person), _kind(service, event_type)
        slots = await _provider(service).find_slots(self._query(kind, span, zone, length))
        return FreeTimes(zone=zone, event_type=kind.title, length=_fitting(kind, length) or kind.length, slots=slots)

    async def my_meetings(self, owner: Owner, span: Span) -> Meetings:
        """What is booked or requested."""
        person, service = await self._asker(owner)
        window = self._window(span, _zone(person))
        return Meetings(
            zone=_zone(person), bookings=await _provider(service).bookings(BookingQuery(window=window, limit=100))
        )

    async def who_is_free(
        self, owner: Owner, people: tuple[Person, ...], span: Span, *, length: timedelta | None
    ) -> Free:
        """Times that suit the person and these others. Nobody's calendar is opened to a stranger: who has not let colleagues
        see their free times counts as free within office hours of their zone, and is named as not checked.
        """
        person, service = await self._asker(owner)
        zone = _zone(person)
        known = [await self._known(owner, one) for one in people]
        kind = _kind(service, "", length)
        window = self._window(span, zone)
        slots = await _provider(service).find_slots(self._query(kind, span, zone, length))
        seen = await self.colleagues.look(owner, (person, *known), window, length=length)
        parties = [Party(anyone=(one,)) for one in seen]
        names = {one.id: who.name for one, who in zip(seen, (person, *known), strict=False)}
        return Free(zone=zone, common=find_common(slots, parties, zone=zone), names=names)

    async def booking_page(self, owner: Owner, event_type: str) -> tuple[str, str]:
        """Title and address of an event type's page."""
        _, service = await self._asker(owner)
        kind = _kind(service, event_type)
        if not kind.booking_url:
            raise NotFound("no booking page", for_person=f"{kind.title} has no booking page.")
        return kind.title, kind.booking_url

    async def came_of(self, card: str) -> Booking | None:
        """What a press on a card made; None when nothing was written."""
        rows = await self.ledger.rows(card)
        made = [row.written.booking for row in rows if row.state in _WRITTEN and row.written is not None]
        return made[0] if made else None

    # ── preparing ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def prepare_booking(
        self, owner: Owner, who: Person, start: datetime, *, event_type: str, length: timedelta | None, topic: str
    ) -> Prepared:
        """A card that would book."""
        who = await self._known(owner, who)
        _, service = await self._asker(owner)
        kind = _kind(service, event_type, length)
        request = SlotRequest(
            intent=Intent.BOOK,
            event_type=kind.id,
            length=length,
            attendee=who,
            moments=(_moment(start),),
            topic=topic,
        )
        return await self._prepare(owner, request)

    async def prepare_move(self, owner: Owner, booking: str, start: datetime) -> Prepared:
        """A card that would move a meeting."""
        found = await self._booking(owner, booking)
        return await self._prepare(owner, MoveRequest(booking=found, moments=(_moment(start),)))

    async def prepare_cancel(self, owner: Owner, booking: str, reason: str) -> Prepared:
        """A card that would cancel a meeting."""
        found = await self._booking(owner, booking)
        return await self._prepare(owner, BookingRequest(intent=Intent.CANCEL, booking=found, reason=reason))

    async def _prepare(self, owner: Owner, request: Request) -> Prepared:
        """The wish decided as a turn of the person's own; its card goes where they read."""
        person = await self.letterbox.person(owner)
        key = await self.letterbox.talk_of(owner)
        with bind_turn(secrets.token_hex(6)):
            reply = await self.assistant.take_turn(
                Wished(request=request), key=key, asker=person, place="", is_public=False
            )
        place = await self.letterbox.put(owner, reply)
        await self.assistant.delivered(reply, place)
        return Prepared(
            text=reply.text, link=await self.letterbox.link(owner, place), card=reply.card if reply.choices else ""
        )

    # ── how ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _asker(self, owner: Owner) -> tuple[Person, KnownAccounts]:
        person = await self.letterbox.person(owner)
        known = await self.keeper.known(owner, person)
        if known.trouble is not None:
            raise known.trouble
        return person, known

    async def _booking(self, owner: Owner, booking: str) -> Booking:
        _, service = await self._asker(owner)
        return await _provider(service).booking(booking)

    async def _known(self, owner: Owner, who: Person) -> Person:
        """Somebody who was named by their member id, as the surface knows them."""
        if not who.member:
            return who
        return await self.letterbox.person(type(owner)(owner.enterprise, owner.team, who.member))

    def _query(self, kind: EventType, span: Span, zone: ZoneInfo, length: timedelta | None) -> SlotQuery:
        return SlotQuery(
            event_type=kind.id, window=self._window(span, zone), zone=zone.key, length=_fitting(kind, length)
        )

    def _window(self, span: Span, zone: ZoneInfo) -> Interval:
        now = self.clock.now()
        first = span.first or now.astimezone(zone).date()
        last = span.last or first + _USUAL
        last = max(first, min(last, first + _FARTHEST))
        return Interval(
            max(now, day_bounds(first, zone).start), max(now + timedelta(minutes=1), day_bounds(last, zone).end)
        )


def _zone(person: Person) -> ZoneInfo:
    return find_zone(person.zone) or ZoneInfo("UTC")


def _provider(known: KnownAccounts) -> Provider:
    if known.provider is None:
        raise NotConnected("no account to ask with")
    return known.provider


def _kind(known: KnownAccounts, title: str, length: timedelta | None = None) -> EventType:
    """The event type of that title; without one the first that can have the length."""
    _provider(known)
    kinds = [kind for kind in known.event_types if not kind.is_hidden] or list(known.event_types)
    if title:
        named = [kind for kind in known.event_types if title.casefold() in {kind.title.casefold(), kind.slug, kind.id}]
        if not named:
            titles = ", ".join(kind.title for kind in kinds)
            raise NotFound(
                f"no event type of that title among {len(kinds)}",
                for_person=f"There is no such event type. There are: {titles}.",
            )
        return named[0]
    fitting = [kind for kind in kinds if length is None or length in kind.lengths] or kinds
    if not fitting:
        raise NotFound("no event type at all", for_person="The account has no event type yet.")
    return fitting[0]


def _fitting(kind: EventType, length: timedelta | None) -> timedelta | None:
    return length if length in kind.lengths else None


def _moment(start: datetime) -> Moment:
    """An instant as if it had been said."""
    if start.tzinfo is None:
        text = "The start needs an offset, for example 2026-03-03T15:00+01:00."
        raise Refused("a start without an offset", for_person=text)
    return Moment(span=TextSpan(0, 0), grain=Grain.MINUTE, exact=start.astimezone(UTC))
