"""What operators ask of the database: does it answer, how much waits, which rows use an old key; and the rotation of keys."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    update,
)

from bot.storage.database.address import Dialect
from bot.storage.database.columns import Instant
from bot.storage.database.crypto import KEY_ID_LENGTH, KEY_ID_START, Unreadable
from bot.storage.database.schema import SEALED, SealedColumn, inbox, meta, offers, writes

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from bot.storage.database.engine import Database
    from bot.storage.database.statements import Connection, Row
    from bot.storage.database.values import Vault

KEYLESS = "sandbox_key"
"""The row of `meta` with the key that a database without PENCIL_ENCRYPTION_KEY made for itself."""

_BATCH = 200
_PING = select(literal(1))
_TIME = select(cast(func.extract("epoch", func.clock_timestamp()) * 1000, BigInteger))
"""PostgreSQL's, in milliseconds; a transaction's own `now()` would stand still."""
_COUNTS = (
    select(writes.c.state, func.count().label("number"))
    .where(writes.c.state.in_([literal_column(f"'{state}'") for state in ("claimed", "sent", "uncertain")]))
    .group_by(writes.c.state)
)
"""Literals, not parameters: only then do both databases see that the partial index `writes_open` serves."""
_LEFT = select(
    or_(
        exists().where(
            offers.c.state == literal_column("'claimed'"), offers.c.lease_until <= bindparam("b_now", type_=Instant)
        ),
        exists().where(inbox.c.answered_at.is_(None), inbox.c.lease_until <= bindparam("b_now", type_=Instant)),
    ).label("is_left")
)
_OLDEST = select(func.min(inbox.c.accepted_at)).where(inbox.c.answered_at.is_(None))


class Upkeep:
    """Counts, checks and rotates."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def ping(self) -> None:
        """Return when the database answers; raises `StoreDown`."""
        await self._database.one(lambda connection: connection.scalar(_PING))

    async def time(self) -> datetime | None:
        """The database's own instant (UTC); None for SQLite, which has the clock of its one process."""
        if self._database.dialect == Dialect.SQLITE:
            return None
        milliseconds: int = await self._database.one(lambda connection: connection.scalar(_TIME))
        return datetime.fromtimestamp(milliseconds / 1000, UTC)

    async def open_writes(self) -> dict[str, int]:
        """Writes whose fate is open, by state: a few rows of an index, however long the ledger has become."""
        rows = await self._database.one(lambda connection: connection.execute(_COUNTS).all())
        return {str(row.state): int(row.number) for row in rows}

    async def is_left(self, now: datetime) -> bool:
        """Whether offers or turns wait that nobody is at work on: one look, where taking them up asks twice and locks."""
        return bool(await self._database.one(lambda connection: connection.scalar(_LEFT, {"b_now": now})))

    async def inbox_lag(self, now: datetime) -> float:
        """For how many seconds the oldest unanswered turn has been waiting; 0 when none does."""
        oldest: datetime | None = await self._database.one(lambda connection: connection.scalar(_OLDEST))
        return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0

    async def stale_rows(self) -> dict[str, int]:
        """For each table with sealed values, how many rows do not use the first key."""
        counts: dict[str, int] = {}
        for name, columns in groupby(SEALED, key=lambda column: column.table.name):
            sealed = list(columns)
            condition = or_(*(self._is_stale(column) for column in sealed))
            statement = select(func.count()).select_from(sealed[0].table).where(condition)
            counts[name] = await self._database.one(partial(_scalar, statement))
        return counts

    async def reencrypt(self) -> int:
        """Seal every row of an old key with the first one; how many values changed. Runs beside everything else.

        Values that no key opens are left as they are. Once none is left, the key that a keyless database had made for
        itself is deleted.
        """
        done = lost = 0
        for column in SEALED:
            column_done, column_lost = await self._reseal(column)
            done, lost = done + column_done, lost + column_lost
        if not lost and not self._vault.is_keyless:
            drop = delete(meta).where(meta.c.name == KEYLESS)
            await self._database.one(lambda connection: connection.execute(drop).close())
        return done

    async def _reseal(self, column: SealedColumn) -> tuple[int, int]:
        done = lost = 0
        keys = [column.table.c[name] for name in column.row]
        query = select(*keys, column.table.c[column.column].label("sealed")).where(self._is_stale(column))
        while True:
            batch = query.order_by(*keys).limit(_BATCH).offset(lost)
            changed, unreadable, seen = await self._database.whole(partial(self._reseal_batch, column, batch))
            done, lost = done + changed, lost + unreadable
            if seen < _BATCH:
                return done, lost

    def _reseal_batch(self, column: SealedColumn, batch: Any, connection: Connection) -> tuple[int, int, int]:
        rows = connection.execute(batch).all()
        changes = [change for row in rows if (change := self._change(column, row))]
        if changes:
            connection.execute(_reseal_statement(column), changes)
        return len(changes), len(rows) - len(changes), len(rows)

    def _change(self, column: SealedColumn, row: Row) -> dict[str, Any] | None:
        *names, sealed = tuple[Any, ...](row)
        place = column.place(*names)
        try:
            plain = self._vault.ring.open(sealed, place=place)
        except Unreadable:
            return None
        keys = {f"b_{name}": value for name, value in zip(column.row, names, strict=True)}
        return {**keys, "b_old": sealed, "b_new": self._vault.ring.seal(plain, place=place)}

    def _is_stale(self, column: SealedColumn) -> ColumnElement[bool]:
        sealed = column.table.c[column.column]
        return and_(
            sealed.is_not(None),
            func.substr(sealed, KEY_ID_START + 1, KEY_ID_LENGTH) != literal(self._vault.ring.current),
        )


def _scalar(statement: Any, connection: Connection) -> int:
    return connection.scalar(statement) or 0


def _reseal_statement(column: SealedColumn) -> Any:
    """Compare-and-set on the old value: a row that was saved in between has the new key already."""
    table, sealed = column.table, column.table.c[column.column]
    keys = [table.c[name] == bindparam(f"b_{name}") for name in column.row]
    return update(table).where(*keys, sealed == bindparam("b_old")).values({sealed: bindparam("b_new")})
