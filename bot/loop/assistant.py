"""The loop of one turn: load, decide, do, decide again … until there is a reply; then keep the state.

It knows ports only. Every promise about writes lives in `writing/` and the ledger; every decision in `dialogue`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from functools import partial
from typing import TYPE_CHECKING

from bot.dialogue.acts import (
    BookingsFound,
    Chose,
    ConversationKey,
    FindBookings,
    Found,
    Look,
    Performed,
    Pointed,
    Reply,
    Said,
    Submitted,
)
from bot.dialogue.cards import WriteOut
from bot.dialogue.context import Context
from bot.dialogue.conversation import Conversation, StaleConversation
from bot.dialogue.machine import advance
from bot.dialogue.outcomes.home import HomeFacts, build_home
from bot.dialogue.outcomes.prompts import build_prompts
from bot.dialogue.talk import Talk
from bot.dialogue.together.letters import not_posted
from bot.errors import Bug
from bot.logs import get_logger
from bot.loop.counting import NOBODY
from bot.loop.effects import Effects, Work
from bot.loop.writing.outcome import has_gone_on, is_decided, telling
from bot.scheduling.ledger import ClaimVerdict, Offer
from bot.scheduling.models import BookingQuery
from bot.scheduling.replacing import replace
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.dialogue.acts import HomePage, Outcome, Turn
    from bot.dialogue.cards import Card
    from bot.dialogue.conversation import Beginning, Conversations
    from bot.loop.accounts import AccountKeeper, KnownAccounts
    from bot.loop.counting import Counts
    from bot.loop.together.letters import Letters
    from bot.loop.turn_store import TurnStore
    from bot.scheduling.accounts import Owner
    from bot.scheduling.ledger import Ledger
    from bot.scheduling.models import EventType, Person
    from bot.scheduling.reminding.habits import Habits
    from bot.scheduling.times import Clock
    from bot.scheduling.writes import Write

log = get_logger("assistant")

_MOST_STEPS = 12
_ID_BYTES = 15
"""An unguessable id."""
_MOST_TRIES = 6
"""How often a turn is decided anew, because another one of the same conversation came in between."""
_GLANCE = 0.1
"""Seconds between two looks whether the truth has been told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Time limits and modes of a turn. `turn` bounds everything from its acceptance on but a write under way."""

    turn: timedelta
    card: timedelta
    wait_for_other: timedelta
    """How long «not sure yet» waits to be followed by the truth."""
    is_read_only: bool = False
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant:
    """Takes turns. Stateless between them: any process can take any turn."""

    turns: TurnStore
    conversations: Conversations
    ledger: Ledger
    keeper: AccountKeeper
    effects: Effects
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
        answers: str = "",
    ) -> Reply:
        """The reply to one turn. Raises only what is a bug, and `StoreDown`; every other failure is a reply.

        `answers`: the turn's key in the inbox. `beginning`: what was read when the turn was accepted. `until`: when its time
        is up, on the loop's clock; what was claimed by then goes on.
        """
        began, ending, kind = time.perf_counter(), "failed", type(turn).__name__.lower()
        until = asyncio.get_running_loop().time() + self.limits.turn.total_seconds() if until is None else until
        self.counts.under_way(1)
        try:
            if beginning is None or beginning.conversation.key != key:
                beginning = await self.turns.begin(key, pressed=_pressed(turn))
            for number in range(_MOST_TRIES):
                try:
                    reply = await self._take(
                        turn, beginning, asker=asker, place=place, is_public=is_public, until=until, answers=answers
                    )
                    break
                except StaleConversation:
                    if number == _MOST_TRIES - 1:
                        raise
                    log.info("turn.again", number=number)
                    await asyncio.sleep(_GLANCE * number)
                    if answers and await self.turns.is_answered(answers):
                        reply = Reply(text="", is_silent=True)
                        break
                    beginning = await self.turns.begin(key, pressed=_pressed(turn))
            ending = "replied"
            return reply
        finally:
            self.counts.under_way(-1)
            self.counts.turn(kind, ending, time.perf_counter() - began)

    async def _take(
        self,
        turn: Turn,
        beginning: Beginning,
        *,
        asker: Person,
        place: str,
        is_public: bool,
        until: float,
        answers: str,
    ) -> Reply:
        key, habits = beginning.conversation.key, beginning.preferences.habits
        asker = habits.at_home(asker) if habits.zone else asker
        known = await self.keeper.known(key.owner, asker, accounts=beginning.accounts, until=until)
        if isinstance(turn, Chose) and turn.is_replayed and is_decided(beginning.rows):
            return Reply(text="", is_silent=True)
        work = self._begun(key, asker, known, habits=habits, place=place, is_public=is_public, until=until)
        work.turn, work.rows = answers, beginning.rows
        people = turn.people if isinstance(turn, Said | Pointed) else ()
        work.context = replace(work.context, people=people, pressed=beginning.pressed)
        return await self._decide(beginning.conversation, turn, work)

    def _begun(
        self,
        key: ConversationKey,
        asker: Person,
        known: KnownAccounts,
        *,
        habits: Habits,
        place: str = "",
        is_public: bool = False,
        until: float | None = None,
    ) -> Work:
        account, provider = known.account, known.provider
        context = Context(
            now=self.clock.now(),
            key=key,
            asker=asker,
            fresh_id=os.urandom(_ID_BYTES).hex(),
            card_lifetime=self.limits.card,
            account=self.keeper.facts(account) if account else None,
            accounts=tuple(map(self.keeper.facts, known.accounts)),
            capabilities=provider.capabilities if provider else None,
            profile=known.profile,
            event_types=known.event_types,
            routes=self.keeper.providers.routes,
            is_public=is_public,
            is_read_only=self.limits.is_read_only,
            is_dry_run=self.limits.is_dry_run,
            trouble=known.trouble,
            news_url=self.keeper.news_url(account) if account and self.keeper.public_url else "",
            has_news=bool(account and account.has_news),
            habits=habits,
        )
        until = asyncio.get_running_loop().time() + self.limits.turn.total_seconds() if until is None else until
        return Work(key=key, asker=asker, place=place, is_public=is_public, known=known, context=context, until=until)

    async def _decide(self, conversation: Conversation, act: Turn | Outcome, work: Work) -> Reply:
        cards: list[Card] = []
        for _ in range(_MOST_STEPS):
            step = advance(conversation, act, work.context)
            conversation = step.conversation
            if isinstance(act, Said) and conversation.request is not None:
                self.counts.intent(conversation.request.intent)
            cards.extend(step.cards)
            if step.reply is not None:
                reply = await self._keep(conversation, tuple(cards), step.reply, work)
                if isinstance(act, Performed) and act.rows:
                    reply = telling(reply, act)
                if step.letters and await self.letters.send(step.letters, work.key.owner, work.place):
                    reply = not_posted(reply)
                if isinstance(act, Performed) and act.verdict is ClaimVerdict.ALREADY:
                    reply = replace(reply, is_news=reply.is_news or await has_gone_on(self.ledger, act.rows))
                return reply
            if step.effect is None:
                break
            act = await self.effects.do(step.effect, work)
            if (
                isinstance(act, Performed) and act.rows
            ):  # of another press too: what came of it is told, whatever else is going on
                work.has_written = True
            if isinstance(act, Found) and act.what in {Look.ACCOUNTS, Look.CONNECTION}:
                await self._look_round(work)
            work.context = replace(work.context, now=self.clock.now(), fresh_id=os.urandom(_ID_BYTES).hex())
        raise Bug(f"no reply after {_MOST_STEPS} steps, the last act was {type(act).__name__}")

    async def _look_round(self, work: Work) -> None:
        """An account may have become active just now: what follows is decided on it."""
        work.known = await self.keeper.known(work.key.owner, work.asker, until=work.until)
        fresh = self._begun(
            work.key, work.asker, work.known, habits=work.context.habits, place=work.place, is_public=work.is_public
        )
        work.context = replace(fresh.context, people=work.context.people, pressed=work.context.pressed)

    async def _keep(self, conversation: Conversation, cards: tuple[Card, ...], reply: Reply, work: Work) -> Reply:
        """Keep what was decided; the reply, with where the cards stand that it takes the say from."""
        conversation = replace(conversation, updated_at=self.clock.now())
        offers = tuple(filter(None, map(_offer, cards)))
        keep = partial(self.turns.keep, cards=cards, offers=offers, retires=reply.retires, turn=work.turn)
        for number in range(_MOST_TRIES):
            try:
                retired = await keep(conversation)
                break
            except StaleConversation:
                if not work.has_written or number == _MOST_TRIES - 1:
                    raise
                await asyncio.sleep(_GLANCE * number)
                newest = await self.conversations.load(work.key)
                conversation = replace(conversation, version=newest.version)
        if not reply.retires:
            return reply
        return replace(reply, retires=tuple(retired), retired=tuple(filter(None, retired.values())))

    async def delivered(self, reply: Reply, place: str, *, answers: str = "") -> None:
        """The reply has reached the person and stands at `place`; it answers a turn of the inbox, if one is named."""
        closes_now = "" if reply.awaits else answers
        await self.turns.close(
            answers=closes_now,
            card=reply.card,
            place=place,
            tells=reply.tells,
            about=reply.about,
            now=self.clock.now(),
        )
        if reply.shows is not None:
            await self.letters.catch_up(reply)
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
        habits = (await self.effects.reminders.preferences(card.key.owner)).habits
        asker = habits.at_home(asker)
        known = await self.keeper.known(card.key.owner, asker, wanted=card.account)
        work = self._begun(card.key, asker, known, habits=habits)
        work.context = replace(work.context, pressed=card)
        work.has_written = True
        if isinstance(act, Performed):
            await self.effects.picks.settle(card.request, act.rows, card.key.owner, asker.name)
        return await self._decide(await self.conversations.load(card.key), act, work)

    async def context_for(self, owner: Owner, asker: Person) -> Context:
        """What the core may know of a person when there is no turn: for news."""
        key = ConversationKey(owner=owner, channel="")
        habits = (await self.effects.reminders.preferences(owner)).habits
        asker = habits.at_home(asker)
        known = await self.keeper.known(owner, asker)
        return self._begun(key, asker, known, habits=habits).context

    async def event_types(self, key: ConversationKey, asker: Person) -> tuple[EventType, ...]:
        """The person's event types, as the provider's own short cache has them."""
        return (await self.keeper.known(key.owner, asker)).event_types

    async def home(self, *, key: ConversationKey, asker: Person) -> HomePage:
        """The person's home page: what is next, what waits, whose account."""
        context, facts = await self._standing(key, asker)
        shares = await self.effects.circle.shares_free(key.owner) if context.account else None
        page, cards = build_home(replace(context, shares_free=shares), facts)
        await self.keep_cards(cards)
        return page

    async def prompts(self, *, key: ConversationKey, asker: Person) -> tuple[tuple[str, str], ...]:
        """Sentences that fit what the person has and what waits for them: title, and what is said."""
        context, facts = await self._standing(key, asker)
        return build_prompts(Talk(conversation=Conversation(key=key), context=context), facts)

    async def _standing(self, key: ConversationKey, asker: Person) -> tuple[Context, HomeFacts]:
        """What is next, what waits and what stands open, outside of any turn."""
        preferences = await self.effects.reminders.preferences(key.owner)
        asker = preferences.habits.at_home(asker)
        known = await self.keeper.known(key.owner, asker)
        work = self._begun(key, asker, known, habits=preferences.habits)
        found: Outcome = BookingsFound(bookings=())
        if known.provider is not None and known.trouble is None:
            found = await self.effects.do(FindBookings(query=BookingQuery(limit=20)), work)
        holds = await self.effects.holds(known.account.id) if known.account is not None else ()
        polls, shared = await self.effects.circle.standing(key.owner)
        return work.context, HomeFacts(found=found, preferences=preferences, holds=holds, polls=polls, shares=shared)

    async def keep_cards(self, cards: tuple[Card, ...]) -> None:
        """Store cards that no conversation's turn made (the home page, news), and offer their writes."""
        for card in cards:
            if offer := _offer(card):
                await self.ledger.offer(offer)
        await self.conversations.save_cards(cards)


def _pressed(turn: Turn) -> str:
    return turn.card if isinstance(turn, Chose | Submitted) else ""


def _offer(card: Card) -> Offer | None:
    writes: list[tuple[str, tuple[Write, ...]]] = []
    for option in card.options:
        if isinstance(option.press, WriteOut):
            asked = option.id, option.writes
            writes.append(asked)
    if not writes:
        return None
    return Offer(
        id=card.id,
        owner=card.key.owner,
        account=card.account,
        offered_at=card.offered_at,
        expires_at=card.expires_at,
        writes=tuple(writes),
    )
