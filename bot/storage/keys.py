"""Do the keys of this process fit this database? Asked before anything is written, so that a wrong key changes nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, select, update

from bot.errors import BadSettings
from bot.logs import get_logger
from bot.storage.database.crypto import KEY_ID_LENGTH, KEY_ID_START
from bot.storage.database.schema import SEALED

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from bot.storage.database.engine import Database
    from bot.storage.database.schema import SealedColumn
    from bot.storage.database.statements import Connection
    from bot.storage.database.values import Vault

log = get_logger("storage.keys")

_LOOKED_AT = 50
"""So many values of a table are looked at: enough to see whose it is, and never a whole ledger."""
_EMPTIED = frozenset({("proposals", "place"), ("polls", "place"), ("shares", "place"), ("writes", "result")})
"""Columns that may be empty; where another one is locked the whole row goes."""


class Keys:
    """Compares the keyring with what is stored."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def require(self) -> None:
        """Raise `BadSettings` when nothing that is stored opens with any of the keys; it names the tables."""
        opens: dict[str, bool] = {}
        for column in SEALED:
            known = await self._database.one(partial(self._known, column))
            if known is not None:
                opens[column.table.name] = opens.get(column.table.name, False) or known
        locked = sorted(name for name, is_open in opens.items() if not is_open)
        if locked and not any(opens.values()):
            raise BadSettings(
                f"PENCIL_ENCRYPTION_KEY opens nothing in {', '.join(locked)}: this database was written with another key. Put "
                "that key there (several are separated by commas), or, if it is lost, delete what it had sealed with: "
                "pencil migrate --drop-unreadable"
            )
        if locked:
            log.warning("keys.locked", tables=", ".join(locked))

    async def drop_unreadable(self) -> int:
        """Delete what none of the keys opens; how many rows. For a key that is lost: its values are lost with it."""
        count = 0
        for column in SEALED:
            count += await self._database.whole(partial(self._drop, column))
        return count

    def _known(self, column: SealedColumn, connection: Connection) -> bool | None:
        """Whether some value there opens; None when there is none."""
        sealed = column.table.c[column.column]
        rows = connection.execute(select(sealed).where(sealed.is_not(None)).limit(_LOOKED_AT)).all()
        return any(self._vault.ring.knows(bytes(row[0])) for row in rows) if rows else None

    def _drop(self, column: SealedColumn, connection: Connection) -> int:
        sealed, locked = column.table.c[column.column], self._is_locked(column)
        count = connection.scalar(select(func.count()).select_from(column.table).where(locked)) or 0
        if count:
            gone: Any = (
                update(column.table).values({sealed: None})
                if (column.table.name, column.column) in _EMPTIED
                else delete(column.table)
            )
            connection.execute(gone.where(locked)).close()
        return int(count)

    def _is_locked(self, column: SealedColumn) -> ColumnElement[bool]:
        sealed = column.table.c[column.column]
        name = func.substr(sealed, KEY_ID_START + 1, KEY_ID_LENGTH)
        return and_(sealed.is_not(None), *(name != known for known in self._vault.ring.names))
