"""News from outside: a provider's webhook deliveries, and connections that became active. Decides who hears, and says it.

A delivery is only a hint: the booking is read again before anything is said, because deliveries are replayed, doubled and
out of order. What a person did through us is not news to them.

Nothing is told from memory alone: what is to be told stands in the inbox (`unasked.py`) before its sender gets a 200, and
leaves it when it has been told. What a crash, a drain or a silent Slack left there is taken up by recovery, through `replay`.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import field
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from bot.dialogue.acts import Found, Look
from bot.dialogue.outcomes.news import tell_connected, tell_lapsed, tell_news
from bot.errors import NotFound, PencilError, ProviderDown, RateLimited, Refused, StoreDown
from bot.logs import get_logger
from bot.loop.leases import LEASE
from bot.loop.messenger import Once
from bot.loop.unasked import SURFACE, ChangeWaits, ConnectionWaits, read_unasked, write_unasked
from bot.scheduling.accounts import AccountStatus
from bot.scheduling.ledger import Accepted
from bot.scheduling.models import BookingStatus, ChangeKind
from bot.scheduling.times import find_zone
from bot.scheduling.writes import (
    AddGuests,
    ApproveBooking,
    BookSlot,
    CancelBooking,
    ChangePlace,
    DeclineBooking,
    MarkAbsent,
    MoveBooking,
)
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping
    from datetime import datetime

    from bot.dialogue.acts import Reply
    from bot.dialogue.cards import Card
    from bot.dialogue.conversation import Conversations
    from bot.loop.accounts import AccountKeeper
    from bot.loop.assistant import Assistant
    from bot.loop.leases import Leases
    from bot.loop.messenger import Messenger
    from bot.loop.reminding.channels import Channels
    from bot.loop.unasked import Unasked
    from bot.scheduling.accounts import Account
    from bot.scheduling.duties import Duties
    from bot.scheduling.ledger import Inbox, Ledger, LedgerRow
    from bot.scheduling.models import Booking, BookingChange
    from bot.scheduling.reminding.telling import BookingPlaces, Pages
    from bot.scheduling.times import Clock
    from bot.scheduling.writes import Write

log = get_logger("notices")

SETTLING = timedelta(seconds=3)
"""News is told this much later than it came, so that the outcome of a press of ours is recorded first."""
CONSENT_WITHIN = timedelta(hours=1)
"""A connection without consent after this long is no longer asked for, and its person is told."""
TELL_WITHIN = timedelta(hours=12)
"""News that could not be told for this long is let go: by then it is no news."""
ASK_AFTER = (timedelta(seconds=2), timedelta(seconds=20))
"""The shortest and longest pause between two questions about one connection; in between, a twentieth of its age."""
_CONNECTIONS = "connections"
"""The duty of asking the gateway: one process at a time, because the gateway counts the calls of all."""
_ON_DUTY = timedelta(seconds=15)

_JUST_NOW = timedelta(minutes=10)
_MOST_WAITS = 20
"""Waits of `SETTLING` for a press whose outcome is looked up: as long as that may take."""
_PASSING = (ProviderDown, RateLimited, StoreDown)
"""What passes by itself: the news waits in the inbox until it has."""
_TRY_AGAIN = (timedelta(seconds=5), timedelta(minutes=10))
"""The shortest and longest pause before news that could not be told is tried again; it doubles in between."""

_COMES_TO: Mapping[type[Write], frozenset[ChangeKind]] = {
    BookSlot: frozenset({ChangeKind.BOOKED, ChangeKind.REQUESTED}),
    MoveBooking: frozenset({ChangeKind.MOVED, ChangeKind.BOOKED, ChangeKind.REQUESTED, ChangeKind.CANCELLED}),
    CancelBooking: frozenset({ChangeKind.CANCELLED}),
    ApproveBooking: frozenset({ChangeKind.BOOKED}),
    DeclineBooking: frozenset({ChangeKind.REJECTED, ChangeKind.CANCELLED}),
    MarkAbsent: frozenset({ChangeKind.NO_SHOW}),
    AddGuests: frozenset(),
    ChangePlace: frozenset(),
}
"""Which news a press of ours brings. A move where the provider has no call for it is a booking and a cancellation.

Anything else that happens to the same booking was done by somebody else, however shortly after.
"""
_BEGINS = {ChangeKind.BOOKED: BookingStatus.BOOKED, ChangeKind.REQUESTED: BookingStatus.REQUESTED}
"""As what a booking was made, where the news is that it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """Takes deliveries and watches connections."""

    keeper: AccountKeeper
    inbox: Inbox
    leases: Leases
    duties: Duties
    ledger: Ledger
    conversations: Conversations
    assistant: Assistant
    messenger: Messenger
    places: BookingPlaces
    pages: Pages
    channels: Channels
    clock: Clock
    spawn: Callable[[Coroutine[None, None, None]], object]
    pause: timedelta = ASK_AFTER[0]
    settling: timedelta = SETTLING
    process: str = field(default_factory=lambda: secrets.token_hex(8))
    asked: dict[str, datetime] = field(default_factory=dict)
    """When each waiting connection was asked about last, while this process is on duty."""

    async def take_delivery(self, provider: str, token: str, headers: Mapping[str, str], body: bytes) -> int:
        """The HTTP status for one delivery: 404 for an unknown address, 401 for a bad signature, else 200 once it is kept."""
        account = await self.keeper.accounts.account_by_webhook(token) if token else None
        decode = self.keeper.providers.decoder(provider)
        if account is None or decode is None or account.provider != provider:
            return 404
        try:
            change = decode(headers, body, secrets=(account.webhook_secret,), now=self.clock.now())
        except Refused as error:
            log.warning("delivery.refused", provider=provider, code=error.code)
            return 401
        if change is not None:
            await self._accept(ChangeWaits(account=account.id, change=change))
        return 200

    async def _accept(self, waiting: Unasked) -> bool:
        """Keep it, then tell it. False when it was kept before: by an earlier delivery, or by another process."""
        accepted = Accepted(
            key=waiting.key, surface=SURFACE, payload=write_unasked(waiting), accepted_at=self.clock.now()
        )
        if not await self.inbox.accept(accepted, lease=LEASE):
            return False
        self.spawn(self._tell(accepted, waiting))
        return True

    async def take_change(self, account: str, change: BookingChange) -> None:
        """News that was found by looking, where the provider cannot reach us."""
        await self._accept(ChangeWaits(account=account, change=change))

    async def replay(self, accepted: Accepted) -> None:
        """Take up what was kept and has not been told."""
        waiting = read_unasked(accepted.payload)
        if waiting is None or self.clock.now() - accepted.accepted_at > TELL_WITHIN:
            log.warning("news.let_go", attempts=accepted.attempts, is_readable=waiting is not None)
            await self.inbox.answered(accepted.key, now=self.clock.now())
            return
        await self._tell(accepted, waiting)

    async def _tell(self, accepted: Accepted, waiting: Unasked) -> None:
        """Tell it, and only then let it go. What goes wrong on the way is tried again later."""
        try:
            with self.leases.turn(accepted.key):
                await self._tell_now(accepted, waiting)
            await self.inbox.answered(accepted.key, now=self.clock.now())
        except _TakenOver:
            log.info("news.taken_over", attempts=accepted.attempts)
        except Exception as error:  # noqa: BLE001  the outermost loop of what is told unasked: it stays in the inbox
            log.error("news.not_told", cause=error, attempts=accepted.attempts)
            shortest, longest = _TRY_AGAIN
            pause = min(shortest * 2 ** min(accepted.attempts - 1, 10), longest)
            await self._put_off(accepted.key, pause)

    async def _put_off(self, key: str, pause: timedelta) -> None:
        try:
            await self.inbox.renew(key, now=self.clock.now(), lease=pause)
        except PencilError as error:
            log.info("news.not_put_off", error=type(error).__name__)  # its lease runs out by itself

    async def _tell_now(self, accepted: Accepted, waiting: Unasked) -> None:
        account = await self.keeper.accounts.account(waiting.account)
        if account is None:
            return
        match waiting:
            case ChangeWaits(change=change):
                await self._tell_change(account, change, accepted)
            case ConnectionWaits(is_active=True):
                await self._tell_active(account, accepted)
            case ConnectionWaits():
                await self._tell_lapsed(account, accepted)
            case _:
                assert_never(waiting)

    # ── a provider's news ──────────────────────────────────────────────────────────────────────────────────────────

    async def _tell_change(self, account: Account, change: BookingChange, accepted: Accepted) -> None:
        await self.pages.mark_page(account.owner)
        await self.assistant.effects.reminders.meetings_changed(account.owner)
        await asyncio.sleep(self.settling.total_seconds())
        is_ours = any(_came_to(row, change) for row in await self._pressed_lately(account))
        if is_ours and not await self.channels.of(account.owner):
            return
        person = await self.messenger.person(account.owner)
        try:
            booking = await self.keeper.providers.provider(account, person).booking(change.booking)
        except NotFound:
            return
        except PencilError as error:
            if isinstance(error, _PASSING):
                raise
            log.warning("news.unreadable", error=type(error).__name__)
            return
        is_ours = is_ours or await self._is_ours(account, change, booking)
        if not is_ours:
            await self._say_change(account, change, booking, accepted)
        zone = find_zone(person.zone)
        if zone is not None:
            await self.channels.tell(account.owner, change, booking, zone, await self._once(accepted))

    async def _say_change(self, account: Account, change: BookingChange, booking: Booking, accepted: Accepted) -> None:
        person = await self.messenger.person(account.owner)
        context = await self.assistant.context_for(account.owner, person)
        news = tell_news(change, booking, context)
        if news is None:
            return
        reply, cards = news
        await self.assistant.keep_cards(cards)
        await self._say(account, await self._place_of(account, change), reply, accepted)
        log.info("news.told", kind=str(change.kind), provider=account.provider)

    async def _place_of(self, account: Account, change: BookingChange) -> str:
        """Where the message of the booking stands: one over its whole life, also where a move gave it another id."""
        return await self.places.place_of(account.owner, (change.booking, change.previous))

    async def _once(self, accepted: Accepted) -> Once:
        """The leave to say it, unless another process is at it: whoever was away for longer than a lease has lost it."""
        if not await self.inbox.keep(accepted, now=self.clock.now(), lease=self.leases.length):
            raise _TakenOver
        return Once(key=accepted.key, maybe_since=accepted.accepted_at if accepted.attempts > 1 else None)

    async def _say(self, account: Account, place: str, reply: Reply, accepted: Accepted) -> None:
        once = await self._once(accepted)
        stands = await self.messenger.tell(account.owner, place, reply, once=once)
        await self.assistant.delivered(reply, stands)

    async def _is_ours(self, account: Account, change: BookingChange, booking: Booking) -> bool:
        """Whether the change is what a press of its own person did just now; a press that may come to it is waited for."""
        for _ in range(_MOST_WAITS):
            rows = await self._pressed_lately(account)
            if any(_came_to(row, change) for row in rows):
                return True
            if not any(row.is_open and _may_come_to(row, change, booking) for row in rows):
                return False
            await asyncio.sleep(self.settling.total_seconds())
        return False

    async def _pressed_lately(self, account: Account) -> tuple[LedgerRow, ...]:
        return await self.ledger.history(since=self.clock.now() - _JUST_NOW, account=account.id)

    # ── connections that wait for consent ──────────────────────────────────────────────────────────────────────────

    async def watch_connections(self) -> None:
        """For ever: ask the gateway about connections that wait for consent, and say when one has become active."""
        while True:
            try:
                await self.sweep_connections()
            except Exception as error:  # noqa: BLE001  one of the outermost loops: it must not end
                log.error("connections.failed", cause=error)
            await asyncio.sleep(self.pause.total_seconds())

    async def sweep_connections(self) -> int:
        """One round, if there is anything to ask about and this process is on duty; how many became active."""
        now, pending = self.clock.now(), await self.keeper.accounts.pending_accounts()
        if not pending or not await self.duties.take(_CONNECTIONS, self.process, now=now, lease=_ON_DUTY):
            self.asked.clear()
            return 0
        found = 0
        for account in pending:
            if not self._is_due(account, now):
                continue
            self.asked[account.id] = now
            if await self._ask_about(account):
                found += 1
            elif account.made_at is None or now - account.made_at > CONSENT_WITHIN:
                await self._let_lapse(account)
        return found

    def _is_due(self, account: Account, now: datetime) -> bool:
        last = self.asked.get(account.id)
        if last is None or account.made_at is None:
            return True
        shortest, longest = ASK_AFTER
        due_after = min(max(shortest, (now - account.made_at) / 20), longest)
        return now - last >= due_after

    async def _ask_about(self, account: Account) -> bool:
        try:
            state = await self.keeper.providers.consent(account)
        except PencilError as error:
            log.info("connection.unknown", error=type(error).__name__)
            return False
        if state.status is not AccountStatus.ACTIVE:
            return False
        return await self._accept(ConnectionWaits(account=account.id, is_active=True))

    async def _let_lapse(self, account: Account) -> None:
        """Told first, then noted: a crash in between tells nobody twice, because the key is kept."""
        await self._accept(ConnectionWaits(account=account.id, is_active=False))
        await self.keeper.accounts.let_lapse(account.id)
        log.info("connection.lapsed", provider=account.provider)

    async def _tell_active(self, account: Account, accepted: Accepted) -> None:
        fresh, _ = await self.keeper.refresh(account)
        person = await self.messenger.person(account.owner)
        card = await self._connect_card(account)
        facts = self.keeper.facts(fresh)
        if card is not None:
            found = Found(what=Look.CONNECTION, values=(facts,))
            reply = await self.assistant.follow_up(found, card=card, asker=person)
            place = await self.conversations.card_place(card.id)
        else:
            reply, place = tell_connected(facts), ""
        await self._say(account, place, reply, accepted)
        log.info("connection.active", provider=account.provider)

    async def _tell_lapsed(self, account: Account, accepted: Accepted) -> None:
        card = await self._connect_card(account)
        place = await self.conversations.card_place(card.id) if card is not None else ""
        await self._say(account, place, tell_lapsed(self.keeper.facts(account)), accepted)

    async def take_consent(self, provider: str, state: str, code: str) -> bool:
        """A person comes back from the provider's page of consent; whether it was taken. Telling them goes on beside it."""
        try:
            account_id = await self.keeper.providers.come_back(provider, state, code)
        except PencilError as error:
            log.info("consent.refused", provider=provider, error=type(error).__name__)
            return False
        account = await self.keeper.accounts.account(account_id)
        if account is None:
            return False
        await self._ask_about(account)
        return True

    async def _connect_card(self, account: Account) -> Card | None:
        """The card whose press made this account: its claim's reference is the account's id."""
        since = (account.made_at or self.clock.now()) - CONSENT_WITHIN
        for row in await self.ledger.history(since=since):
            if row.reference == account.id:
                return await self.conversations.card(row.offer)
        return None


class _TakenOver(Exception):
    """Another process tells it."""


def _may_come_to(row: LedgerRow, change: BookingChange, booking: Booking) -> bool:
    """Whether a write whose fate is open can be the one that made the change."""
    if change.kind not in _COMES_TO.get(type(row.write), frozenset()):
        return False
    if isinstance(row.write, BookSlot):
        return row.write.slot.start == booking.slot.start
    asked = getattr(row.write, "booking", "")
    return asked in {change.booking, change.previous} or isinstance(row.write, MoveBooking)


def _came_to(row: LedgerRow, change: BookingChange) -> bool:
    """Whether the change is the one that this write made: of the same booking, and of the same kind."""
    if row.written is None or change.kind not in _COMES_TO.get(type(row.write), frozenset()):
        return False
    made = {b.id: b.status for b in (row.written.booking, row.written.leftover, *row.written.bookings) if b}
    asked = getattr(row.write, "booking", "")
    if change.kind is ChangeKind.CANCELLED and isinstance(row.write, MoveBooking):
        return change.booking == asked  # the old time's cancellation, never that of the new one
    if isinstance(row.write, BookSlot | MoveBooking) and change.kind in _BEGINS:
        # A request of ours that was approved meanwhile is news, whoever approved it.
        return made.get(change.booking) in {_BEGINS[change.kind], BookingStatus.OTHER}
    return change.booking in made or bool(asked and asked in {change.booking, change.previous})
