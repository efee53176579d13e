"""The loop of one turn: load, decide, do, decide again … until there is a reply; then keep the state.

It knows ports only. Every promise about writes lives in `writer.py` and the ledger; every decision in `dialogue`.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, assert_never

from bot.dialogue.acts import (
    BookingsFound,
    ChooseAccount,
    Chose,
    ConnectKey,
    ConversationKey,
    Done,
    Failed,
    FindBookings,
    FindSlots,
    ForgetMe,
    Found,
    Look,
    LookUp,
    Perform,
    Performed,
    Reply,
    Said,
    SlotsFound,
    Submitted,
)
from bot.dialogue.cards import WriteOut
from bot.dialogue.context import Context
from bot.dialogue.conversation import StaleConversation
from bot.dialogue.machine import advance
from bot.dialogue.outcomes.home import build_home
from bot.errors import Bug, NotConnected, PencilError, ProviderDown
from bot.logs import bind_turn, get_logger, turn_id
from bot.loop.counting import NOBODY
from bot.loop.leases import LEASE, kept
from bot.loop.lookups import each, look_up
from bot.loop.writer import has_gone_on, is_decided, slots_gone
from bot.scheduling.ledger import ClaimVerdict, Offer, WriteState
from bot.scheduling.models import BookingQuery

if TYPE_CHECKING:
    from bot.dialogue.acts import Effect, HomePage, Outcome, Turn
    from bot.dialogue.cards import Card
    from bot.dialogue.conversation import Conversation, Conversations
    from bot.loop.accounts import AccountDesk, Standing
    from bot.loop.counting import Counts
    from bot.loop.writer import Writer
    from bot.scheduling.accounts import Owner
    from bot.scheduling.claims import Claimed
    from bot.scheduling.ledger import Ledger
    from bot.scheduling.models import Person, Slot
    from bot.scheduling.provider import Provider
    from bot.scheduling.times import Clock
    from bot.scheduling.writes import Write

log = get_logger("assistant")

_MOST_STEPS = 12
_GLANCE = 0.1
"""Seconds between two looks at a write that another press has under way."""
_AT_WORK = frozenset({WriteState.CLAIMED, WriteState.SENT})


class Messenger(Protocol):
    """What says something unasked: after recovery, on news."""

    async def person(self, owner: Owner) -> Person:
        """Who that is, with their zone, as the surface knows them now."""
        ...

    async def tell(self, owner: Owner, place: str, reply: Reply) -> str:
        """Edit the card at `place` if that is possible, else write to the person directly; where it stands now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Time limits and modes of a turn. `turn` bounds everything but a write under way."""

    turn: timedelta
    card: timedelta
    wait_for_other: timedelta
    """How long a second press waits for the first one's outcome."""
    is_read_only: bool = False
    is_dry_run: bool = False


@dataclass(slots=True)
class _Desk:
    """What one turn works on."""

    key: ConversationKey
    asker: Person
    place: str
    is_public: bool
    standing: Standing
    context: Context
    has_written: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant:
    """Takes turns. Stateless between them: any process can take any turn."""

    conversations: Conversations
    ledger: Ledger
    desk: AccountDesk
    writer: Writer
    clock: Clock
    limits: Limits
    counts: Counts = NOBODY

    async def take_turn(self, turn: Turn, *, key: ConversationKey, asker: Person, place: str, is_public: bool) -> Reply:
        """The reply to one turn. Raises only what is a bug; every expected failure is a reply."""
        began, ending, kind = time.perf_counter(), "failed", type(turn).__name__.lower()
        self.counts.under_way(1)
        try:
            with bind_turn(turn_id() or secrets.token_hex(6)):
                reply = await self._take_again(turn, key, asker, place=place, is_public=is_public)
                ending = "replied"
                return reply
        finally:
            self.counts.under_way(-1)
            self.counts.turn(kind, ending, time.perf_counter() - began)

    async def _take_again(
        self, turn: Turn, key: ConversationKey, asker: Person, *, place: str, is_public: bool
    ) -> Reply:
        """Take the turn; once more from the start when another turn of the same conversation came in between."""
        try:
            return await self._take(turn, key, asker, place=place, is_public=is_public)
        except StaleConversation:
            log.info("turn.again")
            return await self._take(turn, key, asker, place=place, is_public=is_public)

    async def _take(self, turn: Turn, key: ConversationKey, asker: Person, *, place: str, is_public: bool) -> Reply:
        async with asyncio.TaskGroup() as group:
            loading = group.create_task(self.conversations.load(key))
            pressing = group.create_task(self._pressed(turn))
            standing = group.create_task(self.desk.standing(key.owner, asker))
        if isinstance(turn, Chose) and turn.is_replayed and await is_decided(self.ledger, turn.card):
            return Reply(text="", is_silent=True)
        desk = self._open_desk(key, asker, standing.result(), place=place, is_public=is_public)
        desk.context = replace(
            desk.context, people=turn.people if isinstance(turn, Said) else (), pressed=pressing.result()
        )
        return await self._decide(loading.result(), turn, desk)

    async def _pressed(self, turn: Turn) -> Card | None:
        if isinstance(turn, Chose | Submitted):
            return await self.conversations.card(turn.card)
        return None

    def _open_desk(
        self, key: ConversationKey, asker: Person, standing: Standing, *, place: str, is_public: bool
    ) -> _Desk:
        account = standing.account
        context = Context(
            now=self.clock.now(),
            key=key,
            asker=asker,
            fresh_id=secrets.token_urlsafe(15),
            card_lifetime=self.limits.card,
            account=self.desk.facts(account) if account else None,
            accounts=tuple(self.desk.facts(one) for one in standing.accounts),
            capabilities=standing.capabilities,
            profile=standing.profile,
            event_types=standing.event_types,
            routes=self.desk.providers.routes,
            is_public=is_public,
            is_read_only=self.limits.is_read_only,
            is_dry_run=self.limits.is_dry_run,
            trouble=standing.trouble,
            news_url=self.desk.news_url(account),
            has_news=bool(account and account.has_news),
        )
        return _Desk(key=key, asker=asker, place=place, is_public=is_public, standing=standing, context=context)

    async def _decide(self, conversation: Conversation, act: Turn | Outcome, desk: _Desk) -> Reply:
        cards: list[Card] = []
        for _ in range(_MOST_STEPS):
            step = advance(conversation, act, desk.context)
            conversation = step.conversation
            if isinstance(act, Said) and conversation.request is not None:
                self.counts.intent(conversation.request.intent)
            cards.extend(step.cards)
            if step.reply is not None:
                await self._keep(conversation, tuple(cards), desk)
                claimed = await self.ledger.retire(step.reply.retires, now=desk.context.now)
                reply = _telling(replace(step.reply, retires=tuple(set(step.reply.retires) - claimed)), act)
                if isinstance(act, Performed) and act.verdict is ClaimVerdict.ALREADY:
                    reply = replace(reply, is_news=reply.is_news or await has_gone_on(self.ledger, act.rows))
                return reply
            if step.effect is None:
                break
            act = await self._do(step.effect, desk)
            if isinstance(act, Found) and act.what in {Look.ACCOUNTS, Look.CONNECTION}:
                await self._look_round(desk)
            desk.context = replace(desk.context, now=self.clock.now(), fresh_id=secrets.token_urlsafe(15))
        raise Bug(f"no reply after {_MOST_STEPS} steps, the last act was {type(act).__name__}")

    async def _look_round(self, desk: _Desk) -> None:
        """An account may have become active just now: what follows is decided on it."""
        desk.standing = await self.desk.standing(desk.key.owner, desk.asker)
        fresh = self._open_desk(desk.key, desk.asker, desk.standing, place=desk.place, is_public=desk.is_public)
        desk.context = replace(fresh.context, people=desk.context.people, pressed=desk.context.pressed)

    async def _keep(self, conversation: Conversation, cards: tuple[Card, ...], desk: _Desk) -> None:
        conversation = replace(conversation, updated_at=self.clock.now())
        for card in cards:
            if offer := _offer(card):
                await self.ledger.offer(offer)
        try:
            await self.conversations.save(conversation, cards)
        except StaleConversation:
            if not desk.has_written:
                raise
            newest = await self.conversations.load(desk.key)
            await self.conversations.save(replace(conversation, version=newest.version), cards)

    async def _do(self, effect: Effect, desk: _Desk) -> Outcome:
        """Perform one effect; every expected error becomes a `Failed`."""
        try:
            if isinstance(effect, Perform):
                return await self._perform(effect, desk)
            async with asyncio.timeout(self.limits.turn.total_seconds()):
                return await self._find(effect, desk)
        except TimeoutError:
            return Failed(effect=effect, error=ProviderDown("the turn's time is up"))
        except PencilError as error:
            log.info("effect.failed", effect=type(effect).__name__, error=type(error).__name__)
            return Failed(effect=effect, error=error)

    async def _find(
        self, effect: FindSlots | FindBookings | LookUp | ConnectKey | ChooseAccount | ForgetMe, desk: _Desk
    ) -> Outcome:
        match effect:
            case FindSlots(queries=queries):
                provider = _provider(desk)
                return SlotsFound(slots=await each([provider.find_slots(query) for query in queries]))
            case FindBookings(query=query):
                return BookingsFound(bookings=await _provider(desk).bookings(query))
            case LookUp():
                return Found(what=effect.what, values=await look_up(effect, self.desk, desk.standing, desk.key.owner))
            case ConnectKey(provider=name, key=key):
                account = await self.desk.keep_key(desk.key.owner, name, key)
                return Found(what=Look.ACCOUNTS, values=(self.desk.facts(account),))
            case ChooseAccount(account=account_id):
                await self.desk.choose(desk.key.owner, account_id)
            case ForgetMe():
                await self.conversations.forget(desk.key.owner)
            case _:
                assert_never(effect)
        return Done(effect=effect)

    async def _perform(self, effect: Perform, desk: _Desk) -> Outcome:
        card = await self.conversations.card(effect.card)
        option = card.option(effect.option) if card else None
        if card is None or option is None or not isinstance(option.press, WriteOut):
            return Performed(card=effect.card, option=effect.option, verdict=ClaimVerdict.UNKNOWN)
        rows = await self.ledger.rows(card.id)
        if not rows and not self.limits.is_dry_run:
            async with asyncio.timeout(self.limits.turn.total_seconds()):
                gone = await self._gone(card, option.writes, desk)
            if gone and not await self.ledger.rows(card.id):
                return Performed(card=card.id, option=option.id, verdict=ClaimVerdict.WON, gone=gone)
        claim = await self.ledger.claim(card.id, option.id, desk.key.owner, now=self.clock.now(), place=desk.place)
        desk.has_written = True
        if claim.verdict is ClaimVerdict.WON:
            await self._carry_out(card.id, claim.claims, desk.key.owner, is_sequence=option.is_sequence)
        elif claim.verdict is ClaimVerdict.ALREADY:
            await self._wait_for_other(card.id)
        rows = await self.ledger.rows(card.id)
        if claim.verdict is ClaimVerdict.WON and any(row.is_open for row in rows):
            await self.ledger.renew(card.id, now=self.clock.now(), lease=timedelta(0))
        return Performed(card=card.id, option=option.id, verdict=claim.verdict, rows=rows)

    async def _gone(self, card: Card, writes: tuple[Write, ...], desk: _Desk) -> tuple[Slot, ...]:
        """The slots of a card that its own account does not offer any more (a person can have two accounts)."""
        provider = desk.standing.provider
        if desk.standing.account is None or desk.standing.account.id != card.account:
            account = await self.desk.accounts.account(card.account)
            provider = self.desk.providers.provider(account, desk.asker) if account else None
        return await slots_gone(provider, writes, desk.asker.zone or "UTC") if provider else ()

    async def _carry_out(self, offer: str, claims: tuple[Claimed, ...], owner: Owner, *, is_sequence: bool) -> None:
        """Write, keeping the lease as long as it takes; what stays open is recovery's from then on."""
        async with kept(lambda: self.ledger.renew(offer, now=self.clock.now(), lease=LEASE)):
            await self.writer.carry_out(claims, owner, is_sequence=is_sequence)

    async def _wait_for_other(self, offer: str) -> None:
        """The first press is still at work: give it a moment, so that the second shows the same outcome."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.limits.wait_for_other.total_seconds()):
                while any(  # noqa: ASYNC110  the other press may be in another process
                    row.state in _AT_WORK for row in await self.ledger.rows(offer)
                ):
                    await asyncio.sleep(_GLANCE)

    async def delivered(self, reply: Reply, place: str) -> None:
        """The reply has reached the person and stands at `place`."""
        if reply.card and place:
            await self.conversations.place_card(reply.card, place)
        for offer in reply.tells:
            await self.ledger.mark_told(offer, now=self.clock.now())
        for offer in reply.awaits:
            await self._correct(offer)

    async def _correct(self, offer: str) -> None:
        """«Not sure yet» has just been said: if the truth was told in the meantime, it stands below that now."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.limits.wait_for_other.total_seconds()):
                while True:
                    rows = await self.ledger.rows(offer)
                    if any(row.is_open for row in rows):
                        return
                    if all(row.told_at for row in rows):
                        break
                    await asyncio.sleep(_GLANCE)
        await self.ledger.tell_again(offer, now=self.clock.now())

    async def card_place(self, card: str) -> str:
        """Where a card stands; empty when it is not known."""
        return await self.conversations.card_place(card)

    async def takes_part(self, channel: str, thread: str, team: str) -> bool:
        """Whether anybody talks with us in that thread."""
        return await self.conversations.has_conversation(channel, thread, team=team)

    async def follow_up(self, act: Outcome, *, card: Card, asker: Person) -> Reply:
        """What the card's person is told when its outcome is known later: after recovery, or once a connection is active."""
        standing = await self.desk.standing(card.key.owner, asker, wanted=card.account)
        desk = self._open_desk(card.key, asker, standing, place="", is_public=False)
        desk.context = replace(desk.context, pressed=card)
        desk.has_written = True
        return await self._decide(await self.conversations.load(card.key), act, desk)

    async def context_for(self, owner: Owner, asker: Person) -> Context:
        """What the core may know of a person when there is no turn: for news."""
        key = ConversationKey(owner=owner, channel="")
        standing = await self.desk.standing(owner, asker)
        return self._open_desk(key, asker, standing, place="", is_public=False).context

    async def home(self, *, key: ConversationKey, asker: Person) -> HomePage:
        """The person's home page: what is next, what waits, whose account."""
        standing = await self.desk.standing(key.owner, asker)
        desk = self._open_desk(key, asker, standing, place="", is_public=False)
        found: Outcome = BookingsFound(bookings=())
        if standing.provider is not None and standing.trouble is None:
            found = await self._do(FindBookings(query=BookingQuery(limit=20)), desk)
        page, cards = build_home(desk.context, found)
        await self.keep_cards(cards)
        return page

    async def keep_cards(self, cards: tuple[Card, ...]) -> None:
        """Store cards that no conversation's turn made (the home page, news), and offer their writes."""
        for card in cards:
            if offer := _offer(card):
                await self.ledger.offer(offer)
        await self.conversations.save_cards(cards)


def _provider(desk: _Desk) -> Provider:
    if desk.standing.provider is None:
        raise NotConnected("no account to ask with")
    return desk.standing.provider


def _offer(card: Card) -> Offer | None:
    writes = tuple((option.id, option.writes) for option in card.options if isinstance(option.press, WriteOut))
    if not writes:
        return None
    return Offer(
        id=card.id,
        owner=card.key.owner,
        account=card.account,
        offered_at=card.offered_at,
        expires_at=card.expires_at,
        writes=writes,
    )


def _telling(reply: Reply, act: Turn | Outcome) -> Reply:
    """The reply, marked with the offer whose outcome it tells, or calls undecided: that is told later."""
    if not isinstance(act, Performed) or not act.rows:
        return reply
    if any(row.is_open for row in act.rows):
        return replace(reply, awaits=(*reply.awaits, act.card))
    return replace(reply, tells=(*reply.tells, act.card))
