from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, inspect, select
from storage_worlds import ANA, KEY, NOW, SHARED_DATABASES, account, key_text, opened, postgres_schema, url_of

from bot.errors import BadSettings, StoreDown
from bot.storage import SchemaState, bring_up_to_date, open_store, parse_keys, schema_state
from bot.storage.database.address import Address, Dialect, read_address
from bot.storage.database.migrations import EXPECTED, STEPS
from bot.storage.database.schema import metadata, schema_version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def empty_postgres_url() -> Iterator[str]:
    with postgres_schema() as url:
        yield url


def empty(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """A database that nothing was ever put into."""
    if kind == "postgresql":
        return str(request.getfixturevalue("empty_postgres_url"))
    return url_of(kind, folder, request)


POSTGRES = "postgresql+psycopg://ana:pw@db.example.com:5433/pencil"


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("sqlite:///pencil.db", Address(Dialect.SQLITE, "sqlite:///pencil.db", "pencil.db")),
        ("sqlite+aiosqlite:///pencil.db", Address(Dialect.SQLITE, "sqlite:///pencil.db", "pencil.db")),
        ("sqlite:////var/lib/pencil.db", Address(Dialect.SQLITE, "sqlite:////var/lib/pencil.db", "/var/lib/pencil.db")),
        ("sqlite://", Address(Dialect.SQLITE, "sqlite://")),
        ("sqlite+aiosqlite:///:memory:", Address(Dialect.SQLITE, "sqlite://")),
        *(
            (f"{scheme}://ana:pw@db.example.com:5433/pencil", Address(Dialect.POSTGRESQL, POSTGRES))
            for scheme in ("postgresql", "postgres", "postgresql+asyncpg", "postgresql+psycopg2", "PostgreSQL+pg8000")
        ),
        (
            "postgresql+asyncpg://ana:pw@db.example.com:5433/pencil?ssl=require&prepared_statement_cache_size=0",
            Address(Dialect.POSTGRESQL, f"{POSTGRES}?sslmode=require"),
        ),
        (
            "postgres://ana:pw@db.example.com:5433/pencil?sslmode=verify-full&application_name=p",
            Address(Dialect.POSTGRESQL, f"{POSTGRES}?sslmode=verify-full&application_name=p"),
        ),
    ],
)
def test_a_database_url_is_read_whatever_driver_it_names(setting: str, expected: Address) -> None:
    assert read_address(setting) == expected


@pytest.mark.parametrize(
    "setting", ["", "pencil.db", "mysql://root:planted@db/x", "sqlite://pencil.db", "a b://planted"]
)
def test_a_database_url_of_another_kind_is_refused_without_repeating_it(setting: str) -> None:
    with pytest.raises(BadSettings, match="DATABASE_URL") as caught:
        read_address(setting)

    assert "planted" not in str(caught.value)


def test_an_address_does_not_show_its_password() -> None:
    assert "pw" not in repr(read_address("postgres://ana:pw@db.example.com/pencil"))


@pytest.mark.parametrize("text", [key_text(KEY), key_text(KEY).rstrip("="), f" {key_text(KEY)} ,", f",{key_text(KEY)}"])
def test_keys_are_read_with_or_without_padding(text: str) -> None:
    assert parse_keys(text) == (KEY,)


def test_no_keys_are_no_keys() -> None:
    assert parse_keys(" , ") == ()


@pytest.mark.parametrize("text", ["planted", "cGxhbnRlZA==", f"{key_text(KEY)},***"])
def test_a_bad_key_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(BadSettings, match=r"PENCIL_ENCRYPTION_KEY: key [12] .*make one with") as caught:
        parse_keys(text)

    assert text not in str(caught.value)


@pytest.mark.parametrize("kind", SHARED_DATABASES)
async def test_an_old_schema_is_refused_with_the_way_out(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = empty(kind, tmp_path, request)

    with pytest.raises(BadSettings, match="pencil migrate"):
        await open_store(url, (KEY,), migrate=False)

    assert await schema_state(url) == SchemaState(0, EXPECTED)


@pytest.mark.parametrize("kind", SHARED_DATABASES)
async def test_steps_run_once_even_by_many_at_once(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = empty(kind, tmp_path, request)

    ran = await asyncio.gather(*(bring_up_to_date(url) for _ in range(4)))

    assert sorted(ran) == [0, 0, 0, EXPECTED]
    assert await bring_up_to_date(url) == 0
    async with opened(url, is_fresh=False) as store:
        names = await store.database.one(lambda connection: connection.scalars(select(schema_version.c.name)))
        assert list(names) == [step.__name__ for step in STEPS]
        assert await store.schema_state() == SchemaState(EXPECTED, EXPECTED)
        assert not (await store.schema_state()).is_old


async def test_a_new_file_opens_while_another_process_writes_to_it(tmp_path: Path) -> None:
    """SQLite refuses the switch to WAL at once then, without waiting: the first start of two processes meets it."""
    writer = sqlite3.connect(tmp_path / "pencil.db", isolation_level=None, check_same_thread=False)
    writer.execute("begin immediate")
    asyncio.get_running_loop().call_later(0.1, writer.execute, "commit")

    ran = await bring_up_to_date(f"sqlite:///{tmp_path / 'pencil.db'}")

    assert ran == EXPECTED
    writer.close()


@pytest.mark.parametrize("kind", SHARED_DATABASES)
async def test_the_steps_make_the_tables_that_statements_name(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    async with opened(url_of(kind, tmp_path, request)) as store:
        made = await store.database.one(
            lambda connection: {
                name: [column["name"] for column in inspect(connection.core).get_columns(name)]
                for name in inspect(connection.core).get_table_names()
            }
        )

    assert made == {table.name: [column.name for column in table.columns] for table in metadata.sorted_tables}


def test_steps_are_numbered_in_order() -> None:
    assert [step.__name__.partition("_")[0] for step in STEPS] == [f"m{number:03}" for number in range(1, EXPECTED + 1)]


async def test_a_newer_schema_is_used_as_it_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'pencil.db'}"
    await bring_up_to_date(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("insert into schema_version values (99, 'm099_later', 0)")
    engine.dispose()

    async with opened(url) as store:
        assert (await store.schema_state()).current == 99
        await store.upkeep.ping()


async def test_a_file_in_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="make the folder"):
        await open_store(f"sqlite:///{tmp_path / 'nowhere' / 'pencil.db'}", migrate=True)


def modes_in(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}


async def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path / 'pencil.db'}") as store:
        await store.accounts.save_account(account())
        modes = modes_in(tmp_path)

    assert modes == {"pencil.db": 0o600, "pencil.db-wal": 0o600, "pencil.db-shm": 0o600}


async def test_a_server_that_is_away_is_said_so() -> None:
    with pytest.raises(StoreDown):
        await open_store("postgresql://nobody@127.0.0.1:1/none", (KEY,), migrate=True)


async def test_a_closed_store_answers_no_more(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path / 'pencil.db'}", (KEY,), migrate=True)
    await store.close()
    await store.close()

    with pytest.raises(StoreDown):
        await store.accounts.accounts_of(ANA)


async def test_two_stores_in_memory_know_nothing_of_each_other() -> None:
    async with opened("sqlite://") as one, opened("sqlite://") as other:
        await one.news.claim_delivery("d1", NOW)

        assert await other.news.claim_delivery("d1", NOW)


def test_the_room_costs_nothing_until_a_store_is_opened() -> None:
    code = (
        "import sys, bot.storage; print(*(m for m in ('sqlalchemy', 'pydantic', 'cryptography') if m in sys.modules))"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == ""


def test_sqlite_needs_nothing_of_postgresql() -> None:
    code = (
        "import asyncio, sys, bot.storage\n"
        "async def go(): await (await bot.storage.open_store('sqlite://', migrate=True)).close()\n"
        "asyncio.run(go())\n"
        "print(*(m for m in ('psycopg', 'sqlalchemy.orm', 'sqlalchemy.ext.asyncio') if m in sys.modules))"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == ""
