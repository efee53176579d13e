"""News from outside: a provider's webhook deliveries, and connections that became active. Decides who hears, and says it.

A delivery is only a hint: the booking is read again before anything is said, because deliveries are replayed, doubled and
out of order. What a person did through us is not news to them.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from bot.dialogue.acts import Found, Look
from bot.dialogue.outcomes.news import tell_connected, tell_news
from bot.errors import NotFound, PencilError, Refused
from bot.logs import get_logger
from bot.scheduling.accounts import AccountStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping
    from datetime import datetime

    from bot.dialogue.cards import Card
    from bot.dialogue.conversation import Conversations
    from bot.loop.accounts import AccountDesk
    from bot.loop.assistant import Assistant, Messenger
    from bot.scheduling.accounts import Account
    from bot.scheduling.ledger import Ledger, LedgerRow
    from bot.scheduling.models import Booking, BookingChange
    from bot.scheduling.times import Clock

log = get_logger("notices")

SETTLING = timedelta(seconds=3)
"""News is told this much later than it came, so that the outcome of a press of ours is recorded first."""
CONSENT_WITHIN = timedelta(hours=1)
"""A connection without consent after this long is no longer asked for."""


_JUST_NOW = timedelta(minutes=10)
_MOST_WAITS = 20
"""Waits of `SETTLING` for a press whose outcome is looked up: as long as that may take."""


class Deliveries(Protocol):
    """Remembers which deliveries were seen."""

    async def claim_delivery(self, key: str, now: datetime) -> bool:
        """True for the first who brings this key."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """Takes deliveries and watches connections."""

    desk: AccountDesk
    deliveries: Deliveries
    ledger: Ledger
    conversations: Conversations
    assistant: Assistant
    messenger: Messenger
    clock: Clock
    spawn: Callable[[Coroutine[None, None, None]], object]
    pause: timedelta = timedelta(seconds=2)
    settling: timedelta = SETTLING

    async def take_delivery(self, provider: str, token: str, headers: Mapping[str, str], body: bytes) -> int:
        """The HTTP status for one delivery: 404 for an unknown address, 401 for a bad signature, else 200 at once."""
        account = await self.desk.accounts.account_by_webhook(token) if token else None
        decode = self.desk.providers.decoder(provider)
        if account is None or decode is None or account.provider != provider:
            return 404
        try:
            change = decode(headers, body, secrets=(account.webhook_secret,), now=self.clock.now())
        except Refused as error:
            log.warning("delivery.refused", provider=provider, code=error.code)
            return 401
        if change is not None and await self.deliveries.claim_delivery(f"{account.id}:{change.key}", self.clock.now()):
            self.spawn(self._tell_change(account, change))
        return 200

    async def _tell_change(self, account: Account, change: BookingChange) -> None:
        await asyncio.sleep(self.settling.total_seconds())
        if await self._is_ours(account, change):
            return
        try:
            booking = await self._booking(account, change)
        except PencilError as error:
            log.warning("news.unreadable", error=type(error).__name__)
            return
        person = await self.messenger.person(account.owner)
        context = await self.assistant.context_for(account.owner, person)
        news = tell_news(change, booking, context)
        if news is None:
            return
        reply, cards = news
        await self.assistant.keep_cards(cards)
        stands = await self.messenger.tell(account.owner, "", reply)
        await self.assistant.delivered(reply, stands)
        log.info("news.told", kind=str(change.kind), provider=account.provider)

    async def _booking(self, account: Account, change: BookingChange) -> Booking | None:
        person = await self.messenger.person(account.owner)
        try:
            return await self.desk.providers.provider(account, person).booking(change.booking)
        except NotFound:
            return None

    async def _is_ours(self, account: Account, change: BookingChange) -> bool:
        """Whether the change is what a press of its own person did just now; a press still undecided is waited for."""
        since = self.clock.now() - _JUST_NOW
        for _ in range(_MOST_WAITS):
            rows = await self.ledger.history(since=since, account=account.id)
            if any(_touches(row, change) for row in rows):
                return True
            if not any(row.is_open for row in rows):
                return False
            await asyncio.sleep(self.settling.total_seconds())
        return False

    async def watch_connections(self) -> None:
        """For ever: ask the gateway about connections that wait for consent, and say when one has become active."""
        while True:
            try:
                await self.sweep_connections()
            except Exception as error:  # noqa: BLE001  one of the outermost loops: it must not end
                log.error("connections.failed", cause=error)
            await asyncio.sleep(self.pause.total_seconds())

    async def sweep_connections(self) -> int:
        """One round; how many became active."""
        told = 0
        for account in await self.desk.accounts.pending_accounts():
            try:
                told += await self._check(account)
            except PencilError as error:
                log.info("connection.unknown", error=type(error).__name__)
        return told

    async def _check(self, account: Account) -> int:
        fresh, _ = await self.desk.refresh(account)
        if fresh.status is not AccountStatus.ACTIVE:
            return 0
        if not await self.deliveries.claim_delivery(f"connected:{account.id}", self.clock.now()):
            return 0
        person = await self.messenger.person(account.owner)
        card = await self._connect_card(account)
        facts = self.desk.facts(fresh)
        if card is not None:
            found = Found(what=Look.CONNECTION, values=(facts,))
            reply = await self.assistant.follow_up(found, card=card, asker=person)
            place = await self.conversations.card_place(card.id)
        else:
            reply, place = tell_connected(facts), ""
        stands = await self.messenger.tell(account.owner, place, reply)
        await self.assistant.delivered(reply, stands)
        log.info("connection.active", provider=account.provider)
        return 1

    async def _connect_card(self, account: Account) -> Card | None:
        """The card whose press made this account: its claim's reference is the account's id."""
        for row in await self.ledger.history(since=self.clock.now() - CONSENT_WITHIN):
            if row.reference == account.id:
                return await self.conversations.card(row.offer)
        return None


def _touches(row: LedgerRow, change: BookingChange) -> bool:
    """Whether the change is about what that write came to."""
    if row.written is None:
        return False
    touched = {b.id for b in (row.written.booking, row.written.leftover, *row.written.bookings) if b}
    asked = getattr(row.write, "booking", "")
    return change.booking in touched or bool(asked and asked in {change.booking, change.previous})
