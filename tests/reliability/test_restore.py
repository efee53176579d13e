"""A backup taken while three processes write, restored elsewhere: old cards are pressed, and nothing is written twice."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest
from crash_worlds import ANA, ASKER, MONDAY, Life, MovedClock, Town, press_of

from bot.app.settings import load_settings
from bot.app.wiring import open_house
from bot.dialogue.acts import Chose, ConversationKey, Said
from bot.sandbox import create_sandbox
from bot.scheduling.ledger import WriteState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.dialogue.acts import Reply
    from bot.sandbox import Sandbox

pytestmark = pytest.mark.slow

SERVER = os.environ.get("PENCIL_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
TIMES = ("thursday 9am", "thursday 10am", "thursday 11:30", "thursday 12:00", "tuesday 2pm", "tuesday 3pm")
GUESTS = ("ada", "bo", "cy", "dag", "eva", "fay")


@dataclass
class Place:
    """Where the data stand, and where they are restored to."""

    url: str
    copy_url: str
    copy: Any
    """Takes the backup, with the tool that the README names."""


@asynccontextmanager
async def on_sqlite(folder: Path) -> AsyncIterator[Place]:
    first, second = folder / "pencil.db", folder / "restored.db"

    def copy() -> None:
        with sqlite3.connect(first) as source, sqlite3.connect(second) as target:
            source.backup(target)

    yield Place(f"sqlite:///{first}", f"sqlite:///{second}", copy)


@asynccontextmanager
async def on_postgres(folder: Path) -> AsyncIterator[Place]:
    if shutil.which("pg_dump") is None or shutil.which("psql") is None:
        pytest.skip("no pg_dump here")
    base, names = SERVER.rpartition("/")[0], [f"pencil_{uuid4().hex[:10]}" for _ in range(2)]
    try:
        admin = await psycopg.AsyncConnection.connect(SERVER, autocommit=True)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL for the tests")
    dump = folder / "dump.sql"

    def copy() -> None:
        os.spawnlp(os.P_WAIT, "pg_dump", "pg_dump", "-f", str(dump), f"{base}/{names[0]}")
        os.spawnlp(os.P_WAIT, "psql", "psql", "-q", "-o", os.devnull, "-f", str(dump), f"{base}/{names[1]}")

    async with admin:
        for name in names:
            await admin.execute(f'create database "{name}"')
        try:
            yield Place(f"{base}/{names[0]}", f"{base}/{names[1]}", copy)
        finally:
            for name in names:
                await admin.execute(f'drop database "{name}" with (force)')


@asynccontextmanager
async def three_processes(
    url: str, sandbox: Sandbox, clock: MovedClock, *, count: int = 3
) -> AsyncIterator[list[Life]]:
    async with AsyncExitStack() as stack:
        lives = []
        for number in range(count):
            settings = load_settings(_env_file=None, database_url=url)
            house = await stack.enter_async_context(
                open_house(settings, clock=clock, migrate=number == 0, sandbox=sandbox)
            )
            client: Any = house.registry._sandbox
            client.sleep = clock.sleep
            lives.append(Life(house, clock))
        yield lives


async def ask(life: Life, wish: Said, number: int) -> Reply:
    """Each wish in a conversation of its own, so that no card replaces another."""
    key = ConversationKey(owner=ANA, channel=f"C{number}")
    reply = await life.house.assistant.take_turn(wish, key=key, asker=ASKER, place=f"at {number}", is_public=False)
    await life.house.assistant.delivered(reply, f"at {number}")
    return reply


@pytest.mark.parametrize("kind", [on_sqlite, on_postgres])
async def test_a_backup_taken_under_way_writes_nothing_twice_when_it_is_restored(kind: Any, tmp_path: Path) -> None:
    clock = MovedClock()
    sandbox = create_sandbox(seed=1, now=MONDAY, clock=clock.now)
    async with kind(tmp_path) as place:
        async with three_processes(place.url, sandbox, clock) as lives:
            town = Town(lives[0], lives[1], sandbox, clock)
            presses: list[Chose] = []
            for number, at in enumerate(TIMES):
                wish = Said(text=f"book intro with {GUESTS[number]}@acme.io {at}")
                reply = await ask(lives[number % 3], wish, number)
                presses.append(press_of(reply, "Book"))
            frozen = [lives[0].stopping(before="finish"), lives[1].stopping(after="claim")]
            tasks = [
                asyncio.create_task(life.take(press, through=assistant))
                for life, press, (assistant, _) in zip(lives, presses, frozen, strict=False)
            ]
            for _, stops in frozen:
                await stops.reached.wait()
            writing = [lives[2].take(presses[2]), lives[0].take(presses[3])]
            await asyncio.gather(asyncio.to_thread(place.copy), *writing)
            for _, stops in frozen:
                stops.let_go.set()
            await asyncio.gather(*tasks)
            await lives[1].take(presses[4])  # the sixth card is pressed by nobody until it has been restored

        clock.instant += timedelta(minutes=9)
        async with three_processes(place.copy_url, sandbox, clock) as lives:
            town = Town(lives[0], lives[1], sandbox, clock)
            await lives[0].recover()
            replies = [await life.take(press) for life, press in zip(lives * 2, presses, strict=True)]
            rows = await lives[2].rows()

        standing = [len(town.bookings(f"{guest}@acme.io")) for guest in GUESTS]
        assert standing == [1] * len(TIMES)
        assert all(reply.text for reply in replies)
        assert not any(row.is_open for row in rows)
        assert all(row.told_at for row in rows if row.state is not WriteState.DONE)
