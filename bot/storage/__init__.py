"""Remembering: conversations, accounts, the ledger of writes, the inbox of turns, installations; on SQLite or PostgreSQL.

The room is entered through `open_store`. Nothing heavy is imported before it is called: SQLAlchemy alone takes as long to
import as all of Slack's client. Rule for the next editor: the rest of the program knows ports, never tables.
"""

from __future__ import annotations

from bot.storage.crypto import parse_keys
from bot.storage.opening import SchemaState, bring_up_to_date, open_store, schema_state

__all__ = ["SchemaState", "bring_up_to_date", "open_store", "parse_keys", "schema_state"]
