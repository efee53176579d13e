"""A turn's four transactions, made of the parts that the tables' own files lend. Implements the port `TurnStore`.

Everything is sealed before the database's thread is asked and opened after it has answered: a transaction waits for the disk
alone.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, exists, select

from bot.dialogue.conversation import Beginning, StaleConversation
from bot.scheduling.ledger import NotTaken
from bot.scheduling.reminding.errands import ErrandKind
from bot.scheduling.reminding.preferences import NOTHING_SET
from bot.scheduling.replacing import replace
from bot.storage.database.schema import errands, of_owner, owner_values
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from bot.dialogue.acts import ConversationKey
    from bot.dialogue.cards import Card
    from bot.dialogue.conversation import Conversation
    from bot.scheduling.ledger import Accepted, Offer
    from bot.scheduling.reminding.telling import About
    from bot.storage.accounts import AccountRows
    from bot.storage.conversations import ConversationRows
    from bot.storage.database.engine import Database
    from bot.storage.database.statements import Connection, Row
    from bot.storage.inbox import InboxRows
    from bot.storage.ledger.rows import LedgerRows
    from bot.storage.telling.news import BookingPlaceRows
    from bot.storage.telling.reminding import PreferenceRows


_AWAITED = select(
    exists().where(
        of_owner(errands),
        errands.c.about == bindparam("b_about"),
        errands.c.kind == ErrandKind.STEP.value,
        errands.c.done_at.is_(None),
    )
)


@dataclass(frozen=True, slots=True)
class _Raw:
    """What a turn begins with, as the tables have it."""

    conversation: Row | None
    accounts: Sequence[Row]
    card: Row | None
    writes: Sequence[Row]
    preferences: bytes | None = None
    is_awaited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRows:
    """Turns, over the tables of the inbox, conversations, accounts and the ledger."""

    database: Database
    inbox: InboxRows
    conversations: ConversationRows
    accounts: AccountRows
    ledger: LedgerRows
    preferences: PreferenceRows
    places: BookingPlaceRows

    async def accept(
        self,
        turn: Accepted,
        *,
        lease: timedelta,
        key: ConversationKey,
        pressed: str = "",
        is_overheard: bool = False,
    ) -> Beginning | NotTaken:
        """Insert first; an `is_overheard` turn only where somebody talks with us. `pressed`: the card of a press.

        A card that is pressed has reached its person: so has the answer that it came with.
        """
        columns = self.inbox.columns(turn, lease, pressed=pressed)

        def job(connection: Connection) -> _Raw | NotTaken:
            if is_overheard and not self.conversations.has(connection, key.channel, key.thread, team=key.owner.team):
                return NotTaken.OVERHEARD
            if not self.inbox.add(connection, columns):
                return NotTaken.SEEN
            if pressed:
                self._seen(connection, pressed, now=turn.accepted_at)
            return self._read(connection, key, pressed)

        found = await self.database.whole(job)
        return found if isinstance(found, NotTaken) else self._opened(found, key, pressed)

    async def begin(self, key: ConversationKey, *, pressed: str = "") -> Beginning:
        """What a turn begins with."""
        found = await self.database.whole(lambda connection: self._read(connection, key, pressed))
        return self._opened(found, key, pressed)

    async def is_answered(self, turn: str) -> bool:
        """Whether that turn of the inbox has been answered: by another process, if the caller is at work on it."""
        return await self.inbox.is_answered(turn)

    async def keep(
        self,
        conversation: Conversation,
        *,
        cards: tuple[Card, ...] = (),
        offers: tuple[Offer, ...] = (),
        retires: tuple[str, ...] = (),
        turn: str = "",
    ) -> dict[str, str]:
        """Store the conversation's next version with its new cards and what they offer; old cards lose their say, unless
        another turn than this `turn` that waits in the inbox presses them.

        Returns those that could still write until now, and where they stand. Raises `StaleConversation`; nothing is stored
        then.
        """
        saved = replace(conversation, version=conversation.version + 1)
        body = self.conversations.sealed(saved)
        card_columns = list(map(partial(self.conversations.card_columns, turn=turn), cards))
        offer_columns = list(map(self.ledger.offer_columns, offers))

        def job(connection: Connection) -> Sequence[Row]:
            if not self.conversations.store(connection, saved, body):
                raise StaleConversation
            if card_columns:
                self.conversations.add_cards(connection, card_columns)
            if offer_columns:
                self.ledger.add_offers(connection, offer_columns)
            silenced = self.ledger.silence(connection, retires, turn=turn) if retires else []
            return self.conversations.places(connection, silenced) if silenced else ()

        silenced = await self.database.whole(job)
        return self.conversations.opened_places(silenced) if silenced else {}

    async def close(
        self,
        *,
        answers: str = "",
        card: str = "",
        place: str = "",
        tells: tuple[str, ...] = (),
        about: About | None = None,
        now: datetime,
    ) -> None:
        """The answer has reached its person: the turn `answers` leaves the inbox, the `card` stands at `place`, what came
        of the offers in `tells` has been told, and the bookings it is `about` have their message there.
        """
        sealed = self.conversations.sealed_place(card, place) if card and place else None
        places = self.places.columns(about, place, now=now) if about is not None and place else []

        def job(connection: Connection) -> None:
            if sealed is not None:
                self.conversations.put_place(connection, card, sealed)
            for offer in tells:
                self.ledger.tell(connection, offer, now=now)
            if places:
                self.places.put(connection, places)
            if answers:
                self.inbox.answer(connection, answers, now=now)

        if sealed is not None or tells or answers:
            await self.database.whole(job)

    def _seen(self, connection: Connection, card: str, *, now: datetime) -> None:
        made = self.inbox.made(connection, card)
        if made is not None:
            self.inbox.answer(connection, made.key, now=now)
            if made.pressed:
                self.ledger.tell(connection, made.pressed, now=now)

    def _read(self, connection: Connection, key: ConversationKey, pressed: str) -> _Raw:
        conversation = self.conversations.read(connection, key)
        return _Raw(
            conversation=conversation,
            accounts=self.accounts.rows_of(connection, key.owner),
            card=self.conversations.read_card(connection, pressed) if pressed else None,
            writes=self.ledger.rows_of(connection, pressed) if pressed else (),
            preferences=conversation.preferences if conversation is not None else None,
            is_awaited=bool(pressed)
            and bool(connection.scalar(_AWAITED, {**owner_values(key.owner), "b_about": pressed})),
        )

    def _opened(self, raw: _Raw, key: ConversationKey, pressed: str) -> Beginning:
        return Beginning(
            conversation=self.conversations.opened(raw.conversation, key),
            accounts=tuple(map(self.accounts.opened, raw.accounts)),
            pressed=self.conversations.opened_card(raw.card, pressed) if raw.card is not None else None,
            place=self.conversations.opened_place(raw.card, pressed) if raw.card is not None else "",
            rows=self.ledger.opened(raw.writes) if raw.writes else (),
            preferences=self.preferences.opened(raw.preferences, key.owner) if raw.preferences else NOTHING_SET,
            is_awaited=raw.is_awaited,
        )
