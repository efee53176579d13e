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
from functools import partial
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

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
    Pointed,
    Prefer,
    Remind,
    Reply,
    Said,
    SlotsFound,
    Submitted,
    TellLate,
)
from bot.dialogue.acts_together import FindPeople, FindTogether
from bot.dialogue.cards import WriteOut
from bot.dialogue.context import Context
from bot.dialogue.conversation import StaleConversation
from bot.dialogue.families import SlotRequest
from bot.dialogue.machine import advance
from bot.dialogue.outcomes.home import build_home
from bot.dialogue.together.letters import not_posted
from bot.errors import Bug, NotConnected, PencilError, ProviderDown, StoreDown
from bot.groups import side_by_side
from bot.logs import bind_turn, get_logger, turn_id
from bot.loop.counting import NOBODY
from bot.loop.lookups import look_up
from bot.loop.pressing import Presser
from bot.loop.writer import has_gone_on, is_decided
from bot.scheduling.ledger import ClaimVerdict, Offer
from bot.scheduling.models import BookingQuery
from bot.scheduling.writes import ReleaseHold

if TYPE_CHECKING:
    from datetime import datetime

    from bot.dialogue.acts import Effect, HomePage, Outcome, Turn
    from bot.dialogue.acts_together import TogetherEffect
    from bot.dialogue.cards import Card
    from bot.dialogue.conversation import Beginning, Conversation, Conversations
    from bot.loop.accounts import AccountKeeper, KnownAccounts
    from bot.loop.counting import Counts
    from bot.loop.pressing import Presses
    from bot.loop.reminding.keeping import ReminderKeeper
    from bot.loop.together.circle import Circle
    from bot.loop.together.letters import Letters
    from bot.loop.together.picking import Picks
    from bot.loop.turn_store import TurnStore
    from bot.scheduling.accounts import Owner
    from bot.scheduling.ledger import Ledger, LedgerRow
    from bot.scheduling.models import EventType, Hold, Person
    from bot.scheduling.provider import Provider
    from bot.scheduling.times import Clock

log = get_logger("assistant")

_MOST_STEPS = 12
_LONGEST_HOLD = timedelta(hours=2)
_GLANCE = 0.1
"""Seconds between two looks whether the truth has been told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """Something unasked that must not stand twice before its person's eyes."""

    key: str
    """Our own name for it; the surface keeps it with the message."""
    maybe_since: datetime | None = None
    """It is told again after a crash or an outage: from when on a message with that key may stand there already."""


class Messenger(Protocol):
    """What says something unasked: after recovery, on news."""

    async def person(self, owner: Owner) -> Person:
        """Who that is, with their zone, as the surface knows them now."""
        ...

    async def tell(self, owner: Owner, place: str, reply: Reply, *, once: Once | None = None) -> str:
        """Edit the card at `place` if that is possible, else write to the person directly; where it stands now.

        With `once`, a message that stands there already under that key is edited instead.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Time limits and modes of a turn. `turn` bounds everything from its acceptance on but a write under way."""

    turn: timedelta
    card: timedelta
    wait_for_other: timedelta
    """How long «not sure yet» waits to be followed by the truth."""
    is_read_only: bool = False
    is_dry_run: bool = False


@dataclass(slots=True)
class _Work:
    """What one turn works on."""

    key: ConversationKey
    asker: Person
    place: str
    is_public: bool
    known: KnownAccounts
    context: Context
    until: float
    """When the turn's time is up, on the loop's clock."""
    rows: tuple[LedgerRow, ...] = ()
    has_written: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant:
    """Takes turns. Stateless between them: any process can take any turn."""

    turns: TurnStore
    conversations: Conversations
    ledger: Ledger
    keeper: AccountKeeper
    circle: Circle
    presses: Presses
    reminders: ReminderKeeper
    picks: Picks
    letters: Letters
    clock: Clock
    limits: Limits
    counts: Counts = NOBODY

    async def take_turn(
        self,
        turn: Turn,
        *,
        key: ConversationKey,
        asker: Person,
        place: str,
        is_public: bool,
        beginning: Beginning | None = None,
        until: float | None = None,
    ) -> Reply:
        """The reply to one turn. Raises only what is a bug, and `StoreDown`; every other failure is a reply.

        `beginning`: what was read when the turn was accepted. `until`: when its time is up, on the loop's clock; what was
        claimed by then goes on.
        """
        began, ending, kind = time.perf_counter(), "failed", type(turn).__name__.lower()
        until = asyncio.get_running_loop().time() + self.limits.turn.total_seconds() if until is None else until
        self.counts.under_way(1)
        try:
            with bind_turn(turn_id() or secrets.token_hex(6)):
                if beginning is None or beginning.conversation.key != key:
                    beginning = await self.turns.begin(key, pressed=_pressed(turn))
                try:
                    work = await self._open(beginning, asker, place=place, is_public=is_public, until=until)
                    reply = await self._take(turn, beginning, work)
                except StaleConversation:
                    log.info("turn.again")
                    beginning = await self.turns.begin(key, pressed=_pressed(turn))
                    work = await self._open(beginning, asker, place=place, is_public=is_public, until=until)
                    reply = await self._take(turn, beginning, work)
                ending = "replied"
                return reply
        finally:
            self.counts.under_way(-1)
            self.counts.turn(kind, ending, time.perf_counter() - began)

    async def _open(self, beginning: Beginning, asker: Person, *, place: str, is_public: bool, until: float) -> _Work:
        key = beginning.conversation.key
        known = await self.keeper.known(key.owner, asker, accounts=beginning.accounts, until=until)
        return self._begun(key, asker, known, place=place, is_public=is_public, until=until)

    async def _take(self, turn: Turn, beginning: Beginning, work: _Work) -> Reply:
        if isinstance(turn, Chose) and turn.is_replayed and is_decided(beginning.rows):
            return Reply(text="", is_silent=True)
        work.rows = beginning.rows
        people = turn.people if isinstance(turn, Said | Pointed) else ()
        work.context = replace(work.context, people=people, pressed=beginning.pressed)
        return await self._decide(beginning.conversation, turn, work)

    def _begun(
        self,
        key: ConversationKey,
        asker: Person,
        known: KnownAccounts,
        *,
        place: str = "",
        is_public: bool = False,
        until: float | None = None,
    ) -> _Work:
        account = known.account
        context = Context(
            now=self.clock.now(),
            key=key,
            asker=asker,
            fresh_id=secrets.token_urlsafe(15),
            card_lifetime=self.limits.card,
            account=self.keeper.facts(account) if account else None,
            accounts=tuple(self.keeper.facts(one) for one in known.accounts),
            capabilities=known.capabilities,
            profile=known.profile,
            event_types=known.event_types,
            routes=self.keeper.providers.routes,
            is_public=is_public,
            is_read_only=self.limits.is_read_only,
            is_dry_run=self.limits.is_dry_run,
            trouble=known.trouble,
            news_url=self.keeper.news_url(account),
            has_news=bool(account and account.has_news),
        )
        until = asyncio.get_running_loop().time() + self.limits.turn.total_seconds() if until is None else until
        return _Work(key=key, asker=asker, place=place, is_public=is_public, known=known, context=context, until=until)

    async def _decide(self, conversation: Conversation, act: Turn | Outcome, work: _Work) -> Reply:
        cards: list[Card] = []
        for _ in range(_MOST_STEPS):
            step = advance(conversation, act, work.context)
            conversation = step.conversation
            if isinstance(act, Said) and conversation.request is not None:
                self.counts.intent(conversation.request.intent)
            cards.extend(step.cards)
            if step.reply is not None:
                reply = _telling(await self._keep(conversation, tuple(cards), step.reply, work), act)
                if step.letters and await self.letters.send(step.letters, work.key.owner, work.place):
                    reply = not_posted(reply)
                if isinstance(act, Performed) and act.verdict is ClaimVerdict.ALREADY:
                    reply = replace(reply, is_news=reply.is_news or await has_gone_on(self.ledger, act.rows))
                return reply
            if step.effect is None:
                break
            act = await self._do(step.effect, work)
            if isinstance(act, Found) and act.what in {Look.ACCOUNTS, Look.CONNECTION}:
                await self._look_round(work)
            work.context = replace(work.context, now=self.clock.now(), fresh_id=secrets.token_urlsafe(15))
        raise Bug(f"no reply after {_MOST_STEPS} steps, the last act was {type(act).__name__}")

    async def _look_round(self, work: _Work) -> None:
        """An account may have become active just now: what follows is decided on it."""
        work.known = await self.keeper.known(work.key.owner, work.asker, until=work.until)
        fresh = self._begun(work.key, work.asker, work.known, place=work.place, is_public=work.is_public)
        work.context = replace(fresh.context, people=work.context.people, pressed=work.context.pressed)

    async def _keep(self, conversation: Conversation, cards: tuple[Card, ...], reply: Reply, work: _Work) -> Reply:
        """Keep what was decided; the reply, with where the cards stand that it takes the say from."""
        conversation = replace(conversation, updated_at=self.clock.now())
        offers = tuple(offer for card in cards if (offer := _offer(card)))
        keep = partial(self.turns.keep, cards=cards, offers=offers, retires=reply.retires)
        try:
            retired = await keep(conversation)
        except StaleConversation:
            if not work.has_written:
                raise
            newest = await self.conversations.load(work.key)
            retired = await keep(replace(conversation, version=newest.version))
        if not reply.retires:
            return reply
        return replace(reply, retires=tuple(retired), retired=tuple(place for place in retired.values() if place))

    async def _do(self, effect: Effect, work: _Work) -> Outcome:
        """Perform one effect; every expected error becomes a `Failed`."""
        try:
            if isinstance(effect, Perform):
                return await self._perform(effect, work)
            async with asyncio.timeout_at(work.until):
                return await self._find(effect, work)
        except TimeoutError:
            return Failed(effect=effect, error=ProviderDown("the turn's time is up"))
        except PencilError as error:
            if isinstance(effect, Perform) and isinstance(error, StoreDown):
                raise  # it cannot be known what has been claimed: the turn stays in the inbox and is run again
            log.info("effect.failed", effect=type(effect).__name__, error=type(error).__name__)
            return Failed(effect=effect, error=error)

    async def _perform(self, effect: Perform, work: _Work) -> Outcome:
        by = Presser(
            owner=work.key.owner,
            asker=work.asker,
            place=work.place,
            known=work.known,
            card=work.context.pressed,
            rows=work.rows,
        )
        request = by.card.request if by.card is not None else None
        if isinstance(request, SlotRequest) and request.share:
            outcome = await self.picks.perform(effect, request, by, until=work.until)
        else:
            outcome = await self.presses.perform(effect, by, until=work.until)
        work.has_written = work.has_written or bool(outcome.rows)
        return outcome

    async def _find(
        self,
        effect: FindSlots
        | FindBookings
        | LookUp
        | ConnectKey
        | ChooseAccount
        | ForgetMe
        | TogetherEffect
        | Prefer
        | Remind
        | TellLate,
        work: _Work,
    ) -> Outcome:
        match effect:
            case FindSlots(queries=queries):
                provider = _provider(work)
                return SlotsFound(slots=await side_by_side([provider.find_slots(query) for query in queries]))
            case FindBookings(query=query):
                return BookingsFound(bookings=await _provider(work).bookings(query))
            case LookUp(what=Look.HOLDS):
                account = work.known.account
                return Found(what=Look.HOLDS, values=await self._holds(account.id) if account is not None else ())
            case LookUp(what=Look.PREFERENCES):
                return Found(what=Look.PREFERENCES, values=(await self.reminders.preferences(work.key.owner),))
            case LookUp():
                return Found(what=effect.what, values=await look_up(effect, self.keeper, work.known, work.key.owner))
            case ConnectKey(provider=name, key=key):
                account = await self.keeper.keep_key(work.key.owner, name, key)
                return Found(what=Look.ACCOUNTS, values=(self.keeper.facts(account),))
            case ChooseAccount(account=account_id):
                await self.keeper.choose(work.key.owner, account_id)
            case Prefer(preferences=wanted, zone=zone):
                await self.reminders.prefer(work.key.owner, wanted, ZoneInfo(zone))
            case TellLate():
                await self.reminders.tell_late(work.key.owner, effect)
            case Remind(booking=booking, at=at):
                await self.reminders.remind(work.key.owner, booking, at)
            case ForgetMe():
                await self.conversations.forget(work.key.owner)
            case _:
                work.has_written = work.has_written or not isinstance(effect, FindPeople | FindTogether)
                return await self.circle.do(effect, work.key.owner, work.asker, work.known, place=work.place)
        return Done(effect=effect)

    async def delivered(self, reply: Reply, place: str, *, answers: str = "") -> None:
        """The reply has reached the person and stands at `place`; it answers a turn of the inbox, if one is named."""
        closes_now = "" if reply.awaits else answers
        await self.turns.close(
            answers=closes_now, card=reply.card, place=place, tells=reply.tells, now=self.clock.now()
        )
        for offer in reply.awaits:
            await self._correct(offer)
        if reply.awaits:
            await self.turns.close(answers=answers, now=self.clock.now())

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

    async def follow_up(self, act: Outcome, *, card: Card, asker: Person) -> Reply:
        """What the card's person is told when its outcome is known later: after recovery, or once a connection is active."""
        known = await self.keeper.known(card.key.owner, asker, wanted=card.account)
        work = self._begun(card.key, asker, known)
        work.context = replace(work.context, pressed=card)
        work.has_written = True
        return await self._decide(await self.conversations.load(card.key), act, work)

    async def context_for(self, owner: Owner, asker: Person) -> Context:
        """What the core may know of a person when there is no turn: for news."""
        key = ConversationKey(owner=owner, channel="")
        known = await self.keeper.known(owner, asker)
        return self._begun(key, asker, known).context

    async def event_types(self, key: ConversationKey, asker: Person) -> tuple[EventType, ...]:
        """The person's event types, as the provider's own short cache has them."""
        return (await self.keeper.known(key.owner, asker)).event_types

    async def home(self, *, key: ConversationKey, asker: Person) -> HomePage:
        """The person's home page: what is next, what waits, whose account."""
        known = await self.keeper.known(key.owner, asker)
        work = self._begun(key, asker, known)
        found: Outcome = BookingsFound(bookings=())
        if known.provider is not None and known.trouble is None:
            found = await self._do(FindBookings(query=BookingQuery(limit=20)), work)
        holds = await self._holds(known.account.id) if known.account is not None else ()
        preferences = await self.reminders.preferences(key.owner)
        shares = await self.circle.shares_free(key.owner) if known.account else None
        context = replace(work.context, shares_free=shares)
        page, cards = build_home(context, found, preferences, holds=holds)
        await self.keep_cards(cards)
        return page

    async def _holds(self, account: str) -> tuple[Hold, ...]:
        """What we hold there and has not run out, been released or been booked, by start."""
        now = self.clock.now()
        rows = await self.ledger.history(since=now - _LONGEST_HOLD, account=account)
        held = [row.written.hold for row in rows if row.written is not None and row.written.hold is not None]
        gone = {row.write.hold for row in rows if isinstance(row.write, ReleaseHold) and row.written is not None}
        standing = [hold for hold in held if hold.expires_at > now and hold.id not in gone]
        return tuple(sorted(standing, key=lambda hold: hold.slot.start))

    async def keep_cards(self, cards: tuple[Card, ...]) -> None:
        """Store cards that no conversation's turn made (the home page, news), and offer their writes."""
        for card in cards:
            if offer := _offer(card):
                await self.ledger.offer(offer)
        await self.conversations.save_cards(cards)


def _provider(work: _Work) -> Provider:
    if work.known.provider is None:
        raise NotConnected("no account to ask with")
    return work.known.provider


def _pressed(turn: Turn) -> str:
    return turn.card if isinstance(turn, Chose | Submitted) else ""


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
