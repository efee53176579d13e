"""Accepted turns until they are answered. Implements the port `Inbox`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, null, select, update

from bot.logs import get_logger
from bot.scheduling.ledger import Accepted
from bot.storage.database.columns import Instant
from bot.storage.database.crypto import Unreadable
from bot.storage.database.engine import insert_into
from bot.storage.database.schema import INBOX_BODY, cards, inbox

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.storage.database.engine import Database
    from bot.storage.database.statements import Connection, Row
    from bot.storage.database.values import Vault

log = get_logger("storage.inbox")

_ANSWERED = (
    update(inbox)
    .where(inbox.c.key == bindparam("b_key"), inbox.c.answered_at.is_(None))
    .values(answered_at=bindparam("b_now"), body=null())
)
_IS_ANSWERED = select(inbox.c.key).where(inbox.c.key == bindparam("b_key"), inbox.c.answered_at.is_not(None))
_MADE_BY = (
    select(inbox.c.key, inbox.c.pressed)
    .join(cards, cards.c.turn == inbox.c.key)
    .where(cards.c.id == bindparam("b_card"), inbox.c.answered_at.is_(None))
)
_RENEW = (
    update(inbox)
    .where(inbox.c.key.in_(bindparam("b_keys", expanding=True)), inbox.c.answered_at.is_(None))
    .values(lease_until=bindparam("b_until"))
)
_KEEP = (
    update(inbox)
    .where(
        inbox.c.key == bindparam("b_key"),
        inbox.c.attempts == bindparam("b_attempts"),
        inbox.c.answered_at.is_(None),
    )
    .values(lease_until=bindparam("b_until"))
)
# A CTE for the reason given in ledger.py.
_DUE = (
    select(inbox.c.key)
    .where(inbox.c.answered_at.is_(None), inbox.c.lease_until <= bindparam("b_now", type_=Instant))
    .order_by(inbox.c.lease_until)
    .limit(bindparam("b_limit"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_TAKE = (
    update(inbox)
    .where(inbox.c.key.in_(select(_DUE.c.key)))
    .values(lease_until=bindparam("b_until"), attempts=inbox.c.attempts + 1)
    .returning(inbox)
)


class InboxRows:
    """The inbox, one row a turn; the key outlives the payload, so that a late retry is still known."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._accept = insert_into(inbox, database.dialect).on_conflict_do_nothing()

    async def accept(self, turn: Accepted, *, lease: timedelta) -> bool:
        """Insert first: False when the key was accepted before (a retry, or the second of two deliveries)."""
        columns = self.columns(turn, lease)
        return await self._database.one(lambda connection: self.add(connection, columns))

    async def renew(self, *keys: str, now: datetime, lease: timedelta) -> None:
        """Keep turns that the caller is still at work on."""
        values = {"b_keys": sorted(keys), "b_until": now + lease}
        await self._database.one(lambda connection: connection.execute(_RENEW, values).close())

    async def keep(self, turn: Accepted, *, now: datetime, lease: timedelta) -> bool:
        """Renew it, unless somebody else has taken it up since or it is answered: then False, and it is not the caller's."""
        values = {"b_key": turn.key, "b_attempts": turn.attempts, "b_until": now + lease}
        return await self._database.one(lambda connection: connection.execute(_KEEP, values).rowcount == 1)

    async def answered(self, key: str, *, now: datetime) -> None:
        """Its answer has reached the person; the payload is forgotten, the key stays for a day."""
        await self._database.one(lambda connection: self.answer(connection, key, now=now))

    async def is_answered(self, key: str) -> bool:
        """Whether its answer is out."""
        return await self._database.one(lambda connection: connection.scalar(_IS_ANSWERED, {"b_key": key}) is not None)

    async def take_unanswered(self, *, now: datetime, lease: timedelta, limit: int = 20) -> tuple[Accepted, ...]:
        """Turns that nobody holds, oldest first; leased to the caller, `attempts` counted up."""
        values = {"b_now": now, "b_until": now + lease, "b_limit": limit}
        rows = await self._database.one(lambda connection: connection.execute(_TAKE, values).all())
        return tuple(turn for row in sorted(rows, key=lambda row: row.accepted_at) if (turn := self._turn(row)))

    # ── parts of a turn's transactions (turns.py) ──────────────────────────────────────────────────────────────────

    def columns(self, turn: Accepted, lease: timedelta, *, pressed: str = "") -> dict[str, object]:
        """The row of a turn, its payload sealed; `pressed`: the card of a press."""
        return {
            "key": turn.key,
            "surface": turn.surface,
            "accepted_at": turn.accepted_at,
            "attempts": turn.attempts,
            "lease_until": turn.accepted_at + lease,
            "body": self._vault.seal_text(turn.payload, INBOX_BODY, turn.key),
            "pressed": pressed or None,
        }

    def add(self, connection: Connection, columns: dict[str, object]) -> bool:
        """False when the key is there already."""
        return connection.execute(self._accept, columns).rowcount == 1

    def answer(self, connection: Connection, key: str, *, now: datetime) -> None:
        """Forget the payload."""
        connection.execute(_ANSWERED, {"b_key": key, "b_now": now}).close()

    def made(self, connection: Connection, card: str) -> Row | None:
        """The turn that made a card and is not known to be answered yet: its `key`, and the card that it `pressed`."""
        return connection.execute(_MADE_BY, {"b_card": card}).first()

    def _turn(self, row: Row) -> Accepted | None:
        try:
            payload = self._vault.open_text(row.body, INBOX_BODY, row.key)
        except Unreadable as error:
            log.error("inbox.unreadable", cause=error, attempts=row.attempts)
            return None
        return Accepted(
            key=row.key, surface=row.surface, payload=payload, accepted_at=row.accepted_at, attempts=row.attempts
        )
