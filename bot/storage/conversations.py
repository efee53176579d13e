"""Conversations and cards. Implements the port `Conversations`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, exists, literal, select, update

from bot.dialogue.conversation import Conversation, StaleConversation
from bot.logs import get_logger
from bot.scheduling.replacing import replace
from bot.storage.database.crypto import Unreadable
from bot.storage.database.engine import insert_into
from bot.storage.database.schema import (
    CARD_BODY,
    CARD_PLACE,
    CONVERSATION_BODY,
    cards,
    conversations,
    of_owner,
    owner_columns,
    owner_values,
    preferences,
)
from bot.storage.database.values import CARD, CONVERSATION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.acts import ConversationKey
    from bot.dialogue.cards import Card
    from bot.scheduling.accounts import Owner
    from bot.storage.database.engine import Database
    from bot.storage.database.statements import Connection, Row
    from bot.storage.database.values import Vault
    from bot.storage.forgetting import Forgetting

log = get_logger("storage.conversations")

_AT = (
    of_owner(conversations)
    & (conversations.c.channel == bindparam("b_channel"))
    & (conversations.c.thread == bindparam("b_thread"))
)
_ALWAYS = select(literal(1).label("always")).subquery("always")
"""One row, whether there is a conversation or not: what is read beside it is there in either case."""
_LOAD = select(
    conversations.c.version,
    conversations.c.body,
    select(preferences.c.body).where(of_owner(preferences)).scalar_subquery().label("preferences"),
).select_from(_ALWAYS.outerjoin(conversations, _AT))
_SAVE = (
    update(conversations)
    .where(_AT, conversations.c.version == bindparam("b_version"))
    .values(version=bindparam("b_next"), updated_at=bindparam("b_updated"), body=bindparam("b_body"))
)
_HAS = select(
    exists().where(
        conversations.c.team == bindparam("b_team"),
        conversations.c.channel == bindparam("b_channel"),
        conversations.c.thread == bindparam("b_thread"),
    )
)
_CARD = select(cards.c.id, cards.c.body, cards.c.place).where(cards.c.id == bindparam("b_id"))
_PLACES = select(cards.c.id, cards.c.place).where(cards.c.id.in_(bindparam("b_ids", expanding=True)))
_PLACE_CARD = update(cards).where(cards.c.id == bindparam("b_id")).values(place=bindparam("b_place"))


class ConversationRows:
    """Conversations, one row a person and place, changed by compare-and-set on `version`; cards, one row each."""

    def __init__(self, database: Database, vault: Vault, forgetting: Forgetting) -> None:
        self._database = database
        self._vault = vault
        self._forgetting = forgetting
        self._add = insert_into(conversations, database.dialect).on_conflict_do_nothing()
        self._add_card = insert_into(cards, database.dialect).on_conflict_do_nothing()
        """A card is frozen: the first one under an id stands."""

    async def load(self, key: ConversationKey) -> Conversation:
        """The conversation; a new one when there is none or what is kept cannot be read any more.

        The new one in place of an unreadable one carries its version, so that it can be saved over it.
        """
        return self.opened(await self._database.one(lambda connection: self.read(connection, key)), key)

    async def save(self, conversation: Conversation, cards: tuple[Card, ...] = ()) -> Conversation:
        """Store it with the next version, and new cards with it; raises `StaleConversation`."""
        saved = replace(conversation, version=conversation.version + 1)
        body = self.sealed(saved)
        columns = [self.card_columns(card) for card in cards]

        def job(connection: Connection) -> None:
            if not self.store(connection, saved, body):
                raise StaleConversation
            if columns:
                self.add_cards(connection, columns)

        await (self._database.whole(job) if columns else self._database.one(job))
        return saved

    async def save_cards(self, cards: tuple[Card, ...]) -> None:
        """Store cards that belong to no conversation's turn (the home page, news)."""
        columns = [self.card_columns(card) for card in cards]
        if columns:
            await self._database.whole(lambda connection: self.add_cards(connection, columns))

    async def card(self, card_id: str) -> Card | None:
        """A card by its id, whoever it belongs to; None also for one that cannot be read any more."""
        row = await self._database.one(lambda connection: self.read_card(connection, card_id))
        return None if row is None else self.opened_card(row, card_id)

    async def place_card(self, card_id: str, place: str) -> None:
        """Remember where a card stands."""
        sealed = self.sealed_place(card_id, place)
        await self._database.one(lambda connection: self.put_place(connection, card_id, sealed))

    async def card_place(self, card_id: str) -> str:
        """Where a card stands; empty when it is not known."""
        row = await self._database.one(lambda connection: self.read_card(connection, card_id))
        return "" if row is None else self.opened_place(row, card_id)

    async def forget(self, owner: Owner) -> None:
        """Delete everything kept about a person, in every table; `forgetting.py` says what stays of the ledger."""
        await self._forgetting.forget(owner)

    # ── parts of a turn's transactions (turns.py) ──────────────────────────────────────────────────────────────────

    def has(self, connection: Connection, channel: str, thread: str, *, team: str) -> bool:
        """Whether anybody talks with us in that thread."""
        return bool(connection.scalar(_HAS, {"b_team": team, "b_channel": channel, "b_thread": thread}))

    def read(self, connection: Connection, key: ConversationKey) -> Row | None:
        """A conversation's row, and what its person has set; the row is there, with nothing in it, for a new one too."""
        return connection.execute(_LOAD, _key_values(key)).first()

    def opened(self, row: Row | None, key: ConversationKey) -> Conversation:
        """See `load`."""
        if row is None or row.version is None:
            return Conversation(key=key)
        try:
            kept = self._vault.open(CONVERSATION, row.body, CONVERSATION_BODY, *_key_texts(key))
        except Unreadable as error:
            log.warning("conversation.dropped", cause=error)
            return Conversation(key=key, version=row.version)
        return replace(kept, key=key, version=row.version)

    def sealed(self, conversation: Conversation) -> bytes:
        """A conversation's body."""
        return self._vault.seal(CONVERSATION, conversation, CONVERSATION_BODY, *_key_texts(conversation.key))

    def add_cards(self, connection: Connection, columns: list[dict[str, object]]) -> None:
        """New cards."""
        connection.execute(self._add_card, columns)

    def read_card(self, connection: Connection, card: str) -> Row | None:
        """A card's row."""
        return connection.execute(_CARD, {"b_id": card}).first()

    def opened_card(self, row: Row, card: str) -> Card | None:
        """See `card`."""
        try:
            return self._vault.open(CARD, row.body, CARD_BODY, card)
        except Unreadable as error:
            log.warning("card.dropped", cause=error)
            return None

    def places(self, connection: Connection, cards: Sequence[str]) -> Sequence[Row]:
        """Where cards stand, sealed."""
        return connection.execute(_PLACES, {"b_ids": list(cards)}).all()

    def opened_places(self, rows: Sequence[Row]) -> dict[str, str]:
        """Cards, and where they stand."""
        return {row.id: self.opened_place(row, row.id) for row in rows}

    def opened_place(self, row: Row, card: str) -> str:
        """See `card_place`."""
        try:
            return self._vault.open_text(row.place, CARD_PLACE, card) if row.place else ""
        except Unreadable as error:
            log.warning("card.place_dropped", cause=error)
            return ""

    def sealed_place(self, card: str, place: str) -> bytes:
        """A place for `put_place`."""
        return self._vault.seal_text(place, CARD_PLACE, card)

    def put_place(self, connection: Connection, card: str, sealed: bytes) -> None:
        """See `place_card`."""
        connection.execute(_PLACE_CARD, {"b_id": card, "b_place": sealed}).close()

    def store(self, connection: Connection, saved: Conversation, body: bytes) -> bool:
        """Compare-and-set on the version before; False when somebody came in between."""
        if saved.version == 1:
            columns = {
                **owner_columns(saved.key.owner),
                "channel": saved.key.channel,
                "thread": saved.key.thread,
                "version": saved.version,
                "updated_at": saved.updated_at,
                "body": body,
            }
            return connection.execute(self._add, columns).rowcount == 1
        values = {
            **_key_values(saved.key),
            "b_version": saved.version - 1,
            "b_next": saved.version,
            "b_updated": saved.updated_at,
            "b_body": body,
        }
        return connection.execute(_SAVE, values).rowcount == 1

    def card_columns(self, card: Card, *, turn: str = "") -> dict[str, object]:
        """The row of a new card, sealed; `turn`: the one of the inbox that made it."""
        return {
            "id": card.id,
            **owner_columns(card.key.owner),
            "expires_at": card.expires_at,
            "body": self._vault.seal(CARD, card, CARD_BODY, card.id),
            "turn": turn or None,
        }


def _key_values(key: ConversationKey) -> dict[str, object]:
    return {**owner_values(key.owner), "b_channel": key.channel, "b_thread": key.thread}


def _key_texts(key: ConversationKey) -> tuple[str, ...]:
    return (key.owner.enterprise, key.owner.team, key.owner.member, key.channel, key.thread)
