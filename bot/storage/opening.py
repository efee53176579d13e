"""Opening the store: address, schema, keys. Imports of weight happen here, when a store is really wanted."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import BadSettings
from bot.logs import get_logger
from bot.storage.database.address import Address, Dialect, read_address
from bot.storage.database.state import SchemaState

if TYPE_CHECKING:
    from bot.storage.database.engine import Database
    from bot.storage.database.statements import Connection
    from bot.storage.database.values import Vault
    from bot.storage.store import Store

log = get_logger("storage.opening")


async def open_store(url: str, keys: tuple[bytes, ...] = (), *, migrate: bool) -> Store:
    """The store at a DATABASE_URL, sealing with the first of `keys` (see `parse_keys`).

    With `migrate` missing schema steps are run, else an old schema raises `BadSettings`. Raises `StoreDown` when the
    database does not answer. Without keys a random one is made once and kept in the database, beside what it seals:
    that protects nothing, it only keeps one format, and the store then refuses accounts and tokens of real services.
    """
    database = await _open(url)
    try:
        await _bring_up(database) if migrate else await _require_current(database)
        vault = await _vault(database, keys)
    except BaseException:
        await database.close()
        raise
    from bot.storage.store import Store  # noqa: PLC0415  loaded by `_open`, off the loop

    return Store(database, vault)


async def schema_state(url: str) -> SchemaState:
    """Which schema the database at a DATABASE_URL has. Raises `BadSettings`, `StoreDown`."""
    database = await _open(url)
    try:
        return await _state(database)
    finally:
        await database.close()


async def bring_up_to_date(url: str) -> int:
    """Run the schema steps that are missing; how many ran. Raises `BadSettings`, `StoreDown`."""
    database = await _open(url)
    try:
        return await _bring_up(database)
    finally:
        await database.close()


async def _open(url: str) -> Database:
    address = read_address(url)
    if address.path:
        _prepare_file(address)
    return await asyncio.to_thread(_load, address)


def _load(address: Address) -> Database:
    """Import and build what takes long; values' adapters too, before the first turn needs them."""
    from bot.storage.database import values  # noqa: PLC0415  a second of imports, wanted only here
    from bot.storage.database.engine import open_database  # noqa: PLC0415  as above

    values.warm()
    try:
        return open_database(address)
    except Exception as error:  # SQLAlchemy's reading of a URL raises many kinds
        raise BadSettings(
            f"DATABASE_URL cannot be used ({type(error).__name__}); check its host, port and name"
        ) from error


def _prepare_file(address: Address) -> None:
    """The file is its owner's alone; SQLite gives its side files the same mode."""
    path = Path(address.path)
    if not path.parent.is_dir():
        raise BadSettings(f"DATABASE_URL names a file in a folder that does not exist; make the folder {path.parent}")
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise BadSettings(f"DATABASE_URL names a file that cannot be written ({error.strerror})") from error


async def _state(database: Database) -> SchemaState:
    from bot.storage.database.migrations import EXPECTED, current_version  # noqa: PLC0415  loaded by `_open`

    return SchemaState(await database.one(current_version), EXPECTED)


async def _bring_up(database: Database) -> int:
    from bot.storage.database.migrations import migrate  # noqa: PLC0415  loaded by `_open`

    if not (await _state(database)).is_old:
        return 0
    # The only clock in this room: when a step ran is a note for people, nothing is decided by it.
    count = await database.whole(lambda connection: migrate(connection, now=datetime.now(UTC)))
    log.info("schema.migrated", steps=count)
    return count


async def _require_current(database: Database) -> None:
    state = await _state(database)
    if state.is_old:
        raise BadSettings(
            f"the database has schema {state.current} and this version needs {state.expected}; run: pencil migrate"
        )


async def _vault(database: Database, keys: tuple[bytes, ...]) -> Vault:
    from bot.storage.database.values import Vault  # noqa: PLC0415  loaded by `_open`

    if keys:
        own = await database.one(_own_key)
        return Vault((*keys, own) if own else keys)
    return Vault([await database.whole(_made_key)], is_keyless=True)


def _own_key(connection: Connection) -> bytes | None:
    """The key that this database made for itself while it had no other; it still opens what it sealed."""
    from sqlalchemy import select  # noqa: PLC0415  loaded by `_open`

    from bot.storage.cleaning import KEYLESS  # noqa: PLC0415  as above
    from bot.storage.database.schema import meta  # noqa: PLC0415  as above

    key: bytes | None = connection.scalar(select(meta.c.value).where(meta.c.name == KEYLESS))
    return key


def _made_key(connection: Connection) -> bytes:
    from bot.storage.cleaning import KEYLESS  # noqa: PLC0415  as above
    from bot.storage.database.crypto import KEY_LENGTH  # noqa: PLC0415
    from bot.storage.database.engine import insert_into  # noqa: PLC0415  loaded by `_open`
    from bot.storage.database.schema import meta  # noqa: PLC0415  as above

    key = _own_key(connection)
    if key is None:
        add = insert_into(meta, Dialect(connection.dialect.name)).on_conflict_do_nothing()
        connection.execute(add, {"name": KEYLESS, "value": os.urandom(KEY_LENGTH)})
        key = _own_key(connection)
    if key is None:
        raise BadSettings("the database does not keep what is written to it")
    return key
