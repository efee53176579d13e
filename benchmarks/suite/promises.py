"""What each promise costs a look-up turn, in milliseconds of processor, all threads: what the hand-written bot does without."""

from __future__ import annotations

import asyncio
import tempfile
import time
from typing import TYPE_CHECKING

from storage_worlds import DM, KEY, LEASE, NOW, card, conversation, opened, turn

from bot.language.report import reference_of
from bot.language.understand import understand
from bot.storage.database.crypto import Keyring
from suite.report import Figure

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.language.meaning import Reference

ASKED = "what's free thursday afternoon"


def measure(_names: frozenset[str], *, is_short: bool) -> list[Figure]:
    """All of them; no reference: the other bot promises nothing."""
    return asyncio.run(_measured(3 if is_short else 60))


async def _measured(count: int) -> list[Figure]:
    rows: dict[str, list[float]] = {}
    here: Reference = reference_of({"now": "2026-03-02T10:00:00+01:00", "tz": "Europe/Berlin"}, zone="UTC")
    ring = Keyring([KEY])
    with tempfile.TemporaryDirectory() as folder:
        async with opened(f"sqlite:///{folder}/promises.db") as store:
            for number in range(count):
                await _note(
                    rows,
                    "accepted once, durable before the ack",
                    lambda n=number: store.turns.accept(turn(f"Ev{n}"), lease=LEASE, key=DM),  # type: ignore[misc]  # bound now
                )
                began = await store.turns.begin(DM)
                kept = began.conversation if began.conversation.version else conversation()
                await _note(
                    rows,
                    "kept before the answer goes out",
                    lambda kept=kept, n=number: store.turns.keep(kept, cards=(card(f"card-{n}"),)),  # type: ignore[misc]  # bound now
                )
                await _note(
                    rows,
                    "noted as answered, with its place",
                    lambda n=number: store.turns.close(answers=f"Ev{n}", card=f"card-{n}", place="here", now=NOW),  # type: ignore[misc]  # bound now
                )
    rows["sealed at rest: four values of 2 kB"] = [
        _timed(lambda: [ring.seal(b"x" * 2000, place="p") for _ in range(4)]) for _ in range(count)
    ]
    rows["read, not guessed: the whole message"] = [_timed(lambda: understand(ASKED, here)) for _ in range(count)]
    return [Figure(name="promises", what=what, ours=times) for what, times in rows.items()]


async def _note(rows: dict[str, list[float]], what: str, work: Callable[[], Awaitable[object]]) -> None:
    began = time.process_time()
    await work()
    rows.setdefault(what, []).append(1000 * (time.process_time() - began))


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)
