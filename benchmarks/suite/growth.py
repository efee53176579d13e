"""How cost grows with what it has to deal with. Each row is the largest against the smallest, so flat is 1."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reading import LONG
from storage_worlds import ANA, DM, LEASE, NOW, booking, conversation, offer, opened, slot

from bot.dialogue.acts import BookingsFound, ConversationKey
from bot.dialogue.bookings import matching
from bot.dialogue.context import Context
from bot.dialogue.conversation import Conversation
from bot.dialogue.families import BookingRequest, SlotRequest
from bot.dialogue.finding.event_types import choose_type
from bot.dialogue.talk import Talk
from bot.language.meaning import Intent, Reference
from bot.language.understand import understand
from bot.scheduling.ledger import WriteState
from bot.scheduling.models import Attendee, EventType, Person
from bot.scheduling.together.directory import Member
from bot.scheduling.together.directory import matches as named
from bot.storage.database.schema import offers, writes
from suite.report import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.storage.database.statements import Connection
    from bot.storage.store import Store

HERE = Reference(now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))


def measure(_names: frozenset[str], *, is_short: bool) -> list[Figure]:
    """All of them."""
    runs = 1 if is_short else 5
    rows = [
        _grown("a message, 100 → 2,000 letters", lambda: _read(100), lambda: _read(2000), runs),
        _grown("event types, 1 → 200", lambda: _chosen(1), lambda: _chosen(200), runs),
        _grown("bookings that a name is looked for in, 10 → 1,000", lambda: _matched(10), lambda: _matched(1000), runs),
        _grown("members that a name is looked for in, 10 → 50,000", lambda: _named(10), lambda: _named(50_000), runs),
    ]
    counts = (10, 100) if is_short else (10, 100_000)
    writes = (10, 1_000) if is_short else (10, 1_000_000)
    return [*rows, *asyncio.run(_stored(counts, runs)), *asyncio.run(_long_ledger(writes, runs))]


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
    """Milliseconds of processor: what is pure waits for nobody."""
    took = []
    for _ in range(times):
        began = time.process_time()
        work()
        took.append(1000 * (time.process_time() - began))
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


def _matched(count: int) -> float:
    """One person's bookings, as the core finds the one that is meant among them."""
    found = tuple(
        replace(booking(), id=f"b{n}", title=f"Meeting {n}", slot=slot(24 + n), attendees=(_guest(n),))
        for n in range(count)
    )
    request = BookingRequest(intent=Intent.CANCEL, attendee=Person(name=f"Guest {count - 1}"))
    talk = Talk(conversation=Conversation(key=DM), context=_context())
    return _timed(lambda: matching.matches(talk, request, BookingsFound(bookings=found)))


def _guest(number: int) -> Attendee:
    return Attendee(name=f"Guest {number}", zone="UTC", email=f"guest{number}@guests.example")


def _context() -> Context:
    asker = Person(name="Ana Petrova", email="ana@acme.example", zone="UTC", member=ANA.member)
    return Context(now=NOW, key=DM, asker=asker, fresh_id="fresh", card_lifetime=timedelta(hours=1))


def _named(count: int) -> float:
    members = [Member(person=Person(name=f"First{n} Last{n}", member=f"U{n}")) for n in range(count)]
    return _timed(lambda: named(f"First{count - 1}", members), times=3)


async def _long_ledger(counts: tuple[int, int], runs: int) -> list[Figure]:
    """A press on a ledger that has been kept for years: claimed, sent, finished, and recovery's look at what is open."""
    figures: dict[int, dict[str, list[float]]] = {}
    steps = f"a press in the ledger, {counts[0]:,} → {counts[1]:,} writes"
    sweep = f"recovery's look, {counts[0]:,} → {counts[1]:,} writes"
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            async with opened(f"sqlite:///{folder}/ledger.db") as store:
                await _written(store, count)
                figures[count] = {
                    steps: [await _pressed(store, f"{count}-{run}") for run in range(runs)],
                    sweep: [await _swept(store) for _ in range(runs)],
                }
    small, large = (figures[count] for count in counts)
    return [
        Figure(name="growth", what=what, ours=large[what], theirs=small[what], reference="the smallest")
        for what in small
    ]


async def _written(store: Store, count: int) -> None:
    """So many writes of the past, done and told, copied in the database."""
    await store.ledger.offer(offer("first"))
    claim = await store.ledger.claim("first", "book", ANA, now=NOW)
    await store.ledger.mark_sent(claim.claims[0].reference, now=NOW)
    await store.ledger.finish(claim.claims[0].reference, WriteState.DONE, now=NOW)
    await store.ledger.mark_told("first", now=NOW)

    def copy(connection: Connection) -> None:
        numbers = f"with recursive n(i) as (select 1 union all select i + 1 from n where i < {count}) "
        for table in (offers, writes):
            own = {"offers": ("id",), "writes": ("reference", "offer")}[table.name]
            names = [column.name for column in table.columns]
            shown = ", ".join(f'"{name}" || i' if name in own else f'"{name}"' for name in names)
            listed = ", ".join(f'"{name}"' for name in names)
            connection.exec_driver_sql(
                f"{numbers}insert into {table.name} ({listed}) select {shown} from {table.name}, n"
            )

    await store.database.whole(copy)
    await store.database.one(lambda connection: connection.exec_driver_sql("pragma wal_checkpoint(truncate)").close())


async def _pressed(store: Store, name: str) -> float:
    took = []
    for number in range(20):
        fresh = f"fresh-{name}-{number}"
        await store.ledger.offer(replace(offer(), id=fresh))
        began = time.perf_counter()
        claim = await store.ledger.claim(fresh, "book", ANA, now=NOW)
        await store.ledger.mark_sent(claim.claims[0].reference, now=NOW)
        await store.ledger.finish(claim.claims[0].reference, WriteState.DONE, now=NOW)
        await store.ledger.mark_told(fresh, now=NOW)
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


async def _swept(store: Store) -> float:
    took = []
    for _ in range(20):
        began = time.perf_counter()
        await store.ledger.take_open(now=NOW, lease=LEASE)
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


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

    def copy(connection: Connection) -> None:
        connection.exec_driver_sql(
            f"with recursive n(i) as (select 1 union all select i + 1 from n where i < {count}) insert into conversations "
            "select enterprise, team, member || i, channel, thread, version, updated_at, body from conversations, n"
        )
        connection.exec_driver_sql(
            f"with recursive n(i) as (select 1 union all select i + 1 from n where i < {count}) insert into offers "
            "select id || i, enterprise, team, member, account, state, offered_at, expires_at, claimed_at, lease_until,"
            " body from offers, n"
        )

    await store.database.whole(copy)
    await store.database.one(lambda connection: connection.exec_driver_sql("pragma wal_checkpoint(truncate)").close())


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
