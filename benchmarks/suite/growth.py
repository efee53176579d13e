"""How cost grows with what it has to deal with. Each row is the largest against the smallest, so flat is 1."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from reading import LONG
from storage_worlds import ANA, DM, NOW, conversation, offer, opened

from bot.dialogue.acts import ConversationKey
from bot.dialogue.families import SlotRequest
from bot.dialogue.finding.event_types import choose_type
from bot.language.meaning import Intent, Reference
from bot.language.understand import understand
from bot.scheduling.models import EventType
from suite.report import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.storage.store import Store

HERE = Reference(now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))


def measure(_names: frozenset[str], *, is_short: bool) -> list[Figure]:
    """All of them."""
    runs = 1 if is_short else 5
    rows = [
        _grown("a message, 100 → 2,000 letters", lambda: _read(100), lambda: _read(2000), runs),
        _grown("event types, 1 → 200", lambda: _chosen(1), lambda: _chosen(200), runs),
    ]
    counts = (10, 100) if is_short else (10, 100_000)
    return rows + asyncio.run(_stored(counts, runs))


def _grown(what: str, small: Callable[[], float], large: Callable[[], float], runs: int) -> Figure:
    pairs = [(large(), small()) for _ in range(runs)]
    return Figure(
        name="growth",
        what=what,
        ours=[one for one, _ in pairs],
        theirs=[other for _, other in pairs],
        reference="the smallest",
    )


def _timed(work: Callable[[], object], times: int = 20) -> float:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


def _read(letters: int) -> float:
    return _timed(lambda: understand(LONG[:letters], HERE))


def _chosen(count: int) -> float:
    kinds = tuple(
        EventType(id=str(n), title=f"Kind {n}", slug=f"kind-{n}", lengths=(timedelta(minutes=30),))
        for n in range(count)
    )
    request = SlotRequest(intent=Intent.FIND_SLOTS)
    return _timed(lambda: choose_type(request, kinds))


async def _stored(counts: tuple[int, int], runs: int) -> list[Figure]:
    """The four transactions of a turn, over a few rows and over many."""
    figures: dict[int, dict[str, list[float]]] = {}
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            async with opened(f"sqlite:///{folder}/grown.db") as store:
                await _filled(store, count)
                figures[count] = {
                    f"a turn's beginning, {counts[0]:,} → {counts[1]:,} conversations": [
                        await _begun(store) for _ in range(runs)
                    ],
                    f"a claim, {counts[0]:,} → {counts[1]:,} offers": [
                        await _claimed(store, f"{count}-{run}") for run in range(runs)
                    ],
                }
    small, large = (figures[count] for count in counts)
    return [
        Figure(name="growth", what=what, ours=large[what], theirs=small[what], reference="the smallest")
        for what in small
    ]


async def _filled(store: Store, count: int) -> None:
    """So many conversations and offers, copied in the database: sealing each would measure the sealing."""
    await store.conversations.save(conversation())
    await store.ledger.offer(offer("first"))

    def copy(connection: Any) -> None:
        connection.exec_driver_sql(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < ?) insert into conversations "
            "select enterprise, team, member || i, channel, thread, version, updated_at, body from conversations, n",
            (count,),
        )
        connection.exec_driver_sql(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < ?) insert into offers "
            "select id || i, enterprise, team, member, account, state, offered_at, expires_at, claimed_at, lease_until,"
            " body from offers, n",
            (count,),
        )

    await store.database.whole(copy)


async def _begun(store: Store) -> float:
    took = []
    for _ in range(20):
        began = time.perf_counter()
        await store.turns.begin(ConversationKey(owner=ANA, channel=DM.channel))
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


async def _claimed(store: Store, name: str) -> float:
    took = []
    for number in range(20):
        await store.ledger.offer(replace(offer(), id=f"fresh-{name}-{number}"))
        began = time.perf_counter()
        await store.ledger.claim(f"fresh-{name}-{number}", "book", ANA, now=NOW)
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)
