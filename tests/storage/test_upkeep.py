from __future__ import annotations

import asyncio
import sqlite3
import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert
from storage_worlds import (
    ANA,
    DATABASES,
    DM,
    KEY,
    LEASE,
    NOW,
    OTHER_KEY,
    SHARED_DATABASES,
    Counted,
    account,
    book,
    booking,
    card,
    conversation,
    fill_together,
    offer,
    opened,
    turn,
    url_of,
)

from bot.dialogue.conversation import StaleConversation, TurnFacts
from bot.dialogue.families import BookingRequest
from bot.errors import BadSettings, Bug, StoreDown
from bot.language.meaning import Intent
from bot.scheduling.accounts import Route
from bot.scheduling.ledger import ClaimVerdict, NotTaken, Refusal, Why, WriteState
from bot.scheduling.models import Person
from bot.scheduling.reminding.errands import Errand, ErrandKind
from bot.scheduling.reminding.preferences import Preferences
from bot.scheduling.reminding.telling import About
from bot.scheduling.writes import Written
from bot.storage.database.schema import SEALED, writes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.database.statements import Connection
    from bot.storage.store import Store

EVERY_TABLE = {
    "conversations": 1,
    "proposals": 1,
    "offers": 1,
    "writes": 1,
    "inbox": 1,
    "accounts": 1,
    "installations": 1,
    "addresses": 1,
    "shares": 1,
    "polls": 1,
    "votes": 1,
    "errands": 1,
    "preferences": 1,
    "booking_places": 1,
    "member_tokens": 1,
    "grants": 1,
    "asked_consents": 1,
}


@pytest.fixture(params=DATABASES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(url_of(request.param, tmp_path, request)) as store:
        yield store


async def fill(store: Store, mark: str = "planted") -> None:
    """A row in every table, with the mark in every text that is somebody's."""
    attendee = Person(name=mark, email=f"{mark}@acme.io")
    wish = BookingRequest(intent=Intent.CANCEL, attendee=attendee, booking=booking(mark), reason=mark)
    shown = replace(card(), request=wish)
    talk = replace(conversation(), last_said=mark, turn=TurnFacts(lead=mark), listed=(booking(mark),))
    await store.conversations.save(talk, (shown,))
    await store.conversations.place_card("offer-1", f"https://hooks.example.com/{mark}")
    await store.accounts.save_account(
        replace(
            account(f"acc-{len(mark)}"),
            secret=mark,
            label=mark,
            emails=(f"{mark}@acme.io",),
            webhook_token=mark,
            webhook_secret=mark,
        )
    )
    await store.news.claim_delivery(mark, NOW)
    await store.ledger.offer(offer(book=(book(f"{mark}@acme.io", mark),)))
    claim = await store.ledger.claim("offer-1", "book", ANA, now=NOW, place=mark)
    reference = claim.claims[0].reference
    result = Written(booking=booking(mark), link=f"https://example.com/{mark}")
    refusal = Refusal(why=Why.REFUSED, sentence=mark)
    await store.ledger.finish(reference, WriteState.DONE, written=result, refusal=refusal, now=NOW)
    await store.inbox.accept(turn(payload=mark), lease=LEASE)
    await fill_together(store, ANA, "ana", mark)
    await store.errands.add(Errand(id="note", owner=ANA, kind=ErrandKind.NOTE, due_at=NOW, body=mark))
    await store.preferences.save(ANA, Preferences(note_before=LEASE))
    await store.member_tokens.keep_member_token(ANA, "planted")
    await store.booking_places.put_place(About(owner=ANA, bookings=("b",)), "planted", now=NOW)
    if not store.is_keyless:
        await store.installations.save_installation(
            enterprise="", team="T01", is_enterprise=False, installer="U1", body=mark
        )


async def test_the_database_is_asked_whether_it_answers(store: Store) -> None:
    await store.upkeep.ping()


async def test_open_writes_are_counted_by_state(store: Store) -> None:
    empty = await store.upkeep.open_writes()
    for number in range(3):
        await store.ledger.offer(offer(f"offer-{number}"))
        claim = await store.ledger.claim(f"offer-{number}", "book", ANA, now=NOW)
    await store.ledger.finish(claim.claims[0].reference, WriteState.REFUSED, now=NOW)

    assert empty == {}
    assert await store.upkeep.open_writes() == {"claimed": 2}


async def test_rows_of_the_first_key_are_not_stale(store: Store) -> None:
    await fill(store)

    assert await store.upkeep.stale_rows() == dict.fromkeys(EVERY_TABLE, 0)


@pytest.mark.parametrize("kind", SHARED_DATABASES)
async def test_rows_of_an_old_key_are_counted_read_and_sealed_anew(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = url_of(kind, tmp_path, request)
    async with opened(url) as store:
        await fill(store)

    async with opened(url, keys=(OTHER_KEY, KEY), is_fresh=False) as store:
        before = await store.upkeep.stale_rows()
        changed = await store.upkeep.reencrypt()
        after = await store.upkeep.stale_rows()
        again = await store.upkeep.reencrypt()

    assert before == EVERY_TABLE
    assert changed == len(SEALED)
    assert after == dict.fromkeys(EVERY_TABLE, 0)
    assert again == 0
    async with opened(url, keys=(OTHER_KEY,), is_fresh=False) as store:
        await everything_reads(store)


async def everything_reads(store: Store) -> None:
    assert (await store.conversations.load(DM)).last_said == "planted"
    card = await store.conversations.card("offer-1")
    assert card is not None
    assert isinstance(card.request, BookingRequest)
    assert card.request.reason == "planted"
    assert await store.conversations.card_place("offer-1") == "https://hooks.example.com/planted"
    (row,) = await store.ledger.rows("offer-1")
    assert row.place == "planted"
    assert row.written is not None
    assert row.written.booking == booking("planted")
    found = await store.accounts.account_by_webhook("planted")
    assert found is not None
    assert found.secret == "planted"
    assert await store.installations.find_installation(enterprise="", team="T01") == "planted"
    (waiting,) = await store.inbox.take_unanswered(now=NOW + LEASE, lease=LEASE)
    assert waiting.payload == "planted"
    assert await store.booking_places.place_of(ANA, ("b",)) == "planted"
    assert await store.member_tokens.member_token(ANA) == "planted"
    assert [person.name for person in await store.addresses.remembered(ANA)] == ["planted"]
    shared = await store.shares.share("share-ana", now=NOW)
    assert shared is not None
    assert shared.sharer == "planted"
    asked = await store.polls.poll("poll-ana")
    assert asked is not None
    assert (asked.invited[0].name, asked.votes[0].name) == ("planted", "planted")


@pytest.mark.slow
async def test_many_rows_are_sealed_anew_beside_those_that_no_key_opens(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'pencil.db'}"
    lost = bytes(32)
    async with opened(url, keys=(lost,)) as store:
        for number in range(30):
            await store.inbox.accept(turn(f"Lost{number}"), lease=LEASE)
    async with opened(url, keys=(KEY,)) as store:
        for number in range(450):
            await store.inbox.accept(turn(f"Ev{number}"), lease=LEASE)

    async with opened(url, keys=(OTHER_KEY, KEY)) as store:
        changed = await store.upkeep.reencrypt()

        assert changed == 450
        assert (await store.upkeep.stale_rows())["inbox"] == 30


async def test_without_its_key_talk_starts_anew_and_accounts_say_why(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'pencil.db'}"
    async with opened(url) as store:
        await fill(store)
        await store.ledger.offer(offer("offer-2"))

    async with opened(url, keys=(OTHER_KEY,)) as store:
        assert (await store.conversations.load(DM)).last_said == ""
        assert await store.conversations.card("offer-1") is None
        assert await store.conversations.card_place("offer-1") == ""
        assert await store.ledger.rows("offer-1") == ()
        assert (await store.ledger.claim("offer-2", "book", ANA, now=NOW)).verdict is ClaimVerdict.UNKNOWN
        assert await store.inbox.take_unanswered(now=NOW + LEASE, lease=LEASE) == ()
        with pytest.raises(BadSettings, match="PENCIL_ENCRYPTION_KEY"):
            await store.accounts.accounts_of(ANA)
        with pytest.raises(BadSettings, match="PENCIL_ENCRYPTION_KEY"):
            await store.installations.find_installation(enterprise="", team="T01")


async def test_a_sandbox_without_keys_goes_on_once_it_has_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'pencil.db'}"
    async with opened(url, keys=()) as store:
        await store.accounts.save_account(replace(account(), route=Route.SANDBOX))
    async with opened(url, keys=()) as store:
        kept = await store.accounts.account("acc-1")

    async with opened(url) as store:
        assert await store.accounts.account("acc-1") == kept
        assert (await store.upkeep.stale_rows())["accounts"] == 1
        await store.upkeep.reencrypt()
    async with opened(url) as store:
        assert await store.accounts.account("acc-1") == kept
        assert await store.database.one(lambda c: c.exec_driver_sql("select count(*) from meta").scalar()) == 0


# ── secrets ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


@pytest.mark.parametrize("keys", [(KEY,), ()])
async def test_what_is_somebodys_never_stands_in_the_files(tmp_path: Path, keys: tuple[bytes, ...]) -> None:
    mark = "Pl4nted"
    async with opened(f"sqlite:///{tmp_path / 'pencil.db'}", keys=keys) as store:
        if keys:
            await fill(store, mark)
        else:
            await store.conversations.save(replace(conversation(), last_said=mark))
            await store.accounts.save_account(replace(account(), route=Route.SANDBOX, secret=mark))
        open_files = bytes_in(tmp_path)

    for content in (open_files, bytes_in(tmp_path)):
        assert len(content) > 10_000
        for secret in (mark, "dana", "Dana", "acme.io", "example.com", "garden", KEY.decode("latin1")):
            assert secret.encode("latin1") not in content


def _texts(statement: str, connection: Connection) -> str:
    return "\n".join(row[0] for row in connection.exec_driver_sql(statement))


async def test_what_is_somebodys_never_stands_on_the_server(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    async with opened(url_of("postgresql", tmp_path, request)) as store:
        await fill(store, "Pl4nted")
        names = {column.table.name for column in SEALED}
        dumps = [await store.database.one(partial(_texts, f"select t::text from {name} t")) for name in names]

    whole = "".join(dumps)
    assert len(whole) > 5_000
    for secret in ("Pl4nted", b"Pl4nted".hex(), "acme.io", b"acme.io".hex(), "dana"):
        assert secret not in whole


async def test_errors_of_the_database_repeat_no_values(store: Store) -> None:
    """A foreign key is broken on purpose; neither our error nor its cause may show what was to be stored."""
    texts = dict.fromkeys(
        ("reference", "offer", "option", "enterprise", "team", "member", "account", "kind"), "Pl4nted"
    )
    row = {**texts, "position": 0, "state": "claimed", "claimed_at": NOW, "body": b"Pl4nted"}

    with pytest.raises(Bug) as caught:
        await store.database.one(lambda connection: connection.execute(insert(writes), row).close())

    assert "Pl4nted" not in str(caught.value)
    assert "Pl4nted" not in str(caught.value.__cause__).replace("Key (offer)=(Pl4nted)", "")


# ── odd texts ──────────────────────────────────────────────────────────────────────────────────────────────────────────

ODD = ["a\0b", "half \ud83d of a pair", "x" * 5_000, "\u202e\u0000", "'; drop table offers; --", "%s %(x)s :x"]


@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_id_is_an_unknown_id(store: Store, odd: str) -> None:
    assert await store.conversations.card(odd) is None
    assert await store.conversations.card_place(odd) == ""
    overheard = await store.turns.accept(
        turn(odd), lease=LEASE, key=replace(DM, channel=odd, thread=odd), is_overheard=True
    )
    assert overheard is NotTaken.OVERHEARD
    assert (await store.ledger.claim(odd, odd, ANA, now=NOW)).verdict is ClaimVerdict.UNKNOWN
    assert await store.ledger.reclaim(odd, now=NOW) is None
    assert await store.accounts.account_by_webhook(odd) is None
    assert await store.installations.find_installation(enterprise=odd, team=odd) is None
    assert not await store.installations.consume_state(odd, now=NOW)
    assert await store.news.claim_delivery(odd, NOW)


@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_text_is_kept(store: Store, odd: str) -> None:
    await store.inbox.accept(turn(odd, odd), lease=LEASE)
    await store.conversations.save(replace(conversation(), last_said=odd))

    (waiting,) = await store.inbox.take_unanswered(now=NOW + LEASE, lease=LEASE)
    talk = await store.conversations.load(DM)

    assert waiting.payload == odd
    assert talk.last_said == odd.encode("utf-8", "replace").decode()


# ── together ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_jobs_that_share_a_commit_fail_alone(tmp_path: Path) -> None:
    """Group commit: of jobs that came in together each has its own outcome, and a failed one leaves nothing."""
    async with opened(f"sqlite:///{tmp_path / 'pencil.db'}") as store:
        await store.conversations.save(conversation())
        await store.ledger.offer(offer())
        counted, gate = Counted(store.database.book), threading.Event()
        busy = asyncio.create_task(store.database.one(lambda _: gate.wait()))
        await asyncio.sleep(0.01)
        together = asyncio.gather(
            *(store.inbox.accept(turn(f"Ev{number}"), lease=LEASE) for number in range(10)),
            store.conversations.save(conversation(), (card("lost"),)),
            store.ledger.claim("offer-1", "nothing", ANA, now=NOW),
            *(store.inbox.accept(turn(f"Ev{number}"), lease=LEASE) for number in range(5, 15)),
            return_exceptions=True,
        )
        await asyncio.sleep(0.01)

        gate.set()
        await busy
        outcomes = await together
        stale, refused = (outcome for outcome in outcomes if not isinstance(outcome, bool))

        assert counted.take()[1] == 1
        assert [one for one in outcomes if isinstance(one, bool)] == [True] * 10 + [False] * 5 + [True] * 5
        assert isinstance(stale, StaleConversation)
        assert getattr(refused, "verdict", None) is ClaimVerdict.UNKNOWN
        assert await store.conversations.card("lost") is None
        assert (await store.ledger.claim("offer-1", "book", ANA, now=NOW)).verdict is ClaimVerdict.WON


async def test_another_program_may_read_the_file_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "pencil.db"
    async with opened(f"sqlite:///{path}") as store:
        reader = sqlite3.connect(path)
        reader.execute("begin")
        reader.execute("select count(*) from inbox").fetchone()

        assert await store.inbox.accept(turn(), lease=LEASE)

        reader.close()


async def test_a_file_that_another_program_keeps_locked_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "pencil.db"
    async with opened(f"sqlite:///{path}") as store:
        await store.database.one(lambda connection: connection.exec_driver_sql("pragma busy_timeout=20").close())
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("begin immediate")

        with pytest.raises(StoreDown):
            await store.inbox.accept(turn(), lease=LEASE)
        with pytest.raises(StoreDown):
            await store.ledger.claim("offer-1", "book", ANA, now=NOW)
        other.execute("rollback")
        other.close()

        assert await store.inbox.accept(turn(), lease=LEASE)


async def test_a_full_disk_is_a_database_that_is_away_and_comes_back(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path}/pencil.db") as store:
        pages = await store.database.one(lambda one: one.exec_driver_sql("pragma page_count").all()[0][0])
        await store.database.one(lambda one: one.exec_driver_sql(f"pragma max_page_count={pages}").close())
        long = replace(turn(), payload="x" * 100_000)

        with pytest.raises(StoreDown):
            await store.inbox.accept(long, lease=LEASE)
        await store.database.one(lambda one: one.exec_driver_sql("pragma max_page_count=1000000").close())

        assert await store.inbox.accept(long, lease=LEASE)


async def test_a_server_that_takes_no_writes_is_a_database_that_is_away(postgres_url: str) -> None:
    def read_only(connection: Connection) -> None:
        connection.exec_driver_sql("set transaction read only")
        connection.exec_driver_sql("delete from inbox")

    async with opened(postgres_url) as store:
        with pytest.raises(StoreDown):
            await store.database.whole(read_only)

        assert await store.inbox.accept(turn(), lease=LEASE)


@pytest.mark.parametrize("kind", SHARED_DATABASES)
async def test_who_stops_waiting_leaves_the_others_alone(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    async with opened(url_of(kind, tmp_path, request)) as store:
        tasks = [asyncio.create_task(store.inbox.accept(turn(f"Ev{n}"), lease=LEASE)) for n in range(40)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()

        outcomes = await asyncio.gather(*tasks, return_exceptions=True)

        assert outcomes[1::2] == [True] * 20
        assert all(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes[::2])
        assert await store.inbox.accept(turn("later"), lease=LEASE)
