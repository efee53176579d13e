"""Remembering: conversations, accounts, the ledger of writes, the inbox of turns, installations; on SQLite or PostgreSQL.

The room is entered through `open_store`. Nothing heavy is imported before it is called: SQLAlchemy alone takes as long to
import as all of Slack's client. Rule for the next editor: the rest of the program knows ports, never tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.database.crypto import parse_keys
from bot.storage.database.state import SchemaState
from bot.storage.opening import bring_up_to_date, open_store, schema_state

if TYPE_CHECKING:
    from bot.storage.store import Store

__all__ = ["SchemaState", "Store", "bring_up_to_date", "open_store", "parse_keys", "schema_state"]


def __getattr__(name: str) -> object:
    """`Store` is for annotations; whoever really asks for it gets it, with its imports."""
    if name != "Store":
        raise AttributeError(name)
    from bot.storage.store import Store  # noqa: PLC0415  lazily, see above

    return Store
