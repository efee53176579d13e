from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from storage_worlds import (
    ANA,
    BEN,
    DATABASES,
    DM,
    LEASE,
    NOW,
    account,
    book,
    card,
    conversation,
    fill_together,
    offer,
    opened,
    slot,
    turn,
    url_of,
    written,
)

from bot.dialogue.acts import ConversationKey
from bot.dialogue.conversation import Conversation
from bot.scheduling.accounts import Owner
from bot.scheduling.hosting_writes import CreateAway
from bot.scheduling.ledger import ClaimVerdict, WriteState
from bot.scheduling.models import Booking, BookingStatus, Place, PlaceKind
from bot.scheduling.writes import (
    AddGuests,
    BookSlot,
    CancelBooking,
    ChangeEntry,
    ChangePlace,
    ChangeProfile,
    CreateEventType,
    CreateLink,
    CreateWebhook,
    DeleteConnection,
    MarkAbsent,
    MoveBooking,
    Write,
)
from bot.storage.database.schema import metadata
from bot.storage.database.statements import Connection

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.store import Store

DAY = timedelta(days=1)
OTHER_TEAM = Owner("", "T02", "U01ANA")


@pytest.fixture(params=DATABASES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(url_of(request.param, tmp_path, request)) as store:
        yield store


async def live(store: Store, owner: Owner, name: str, *writes: Write) -> str:
    """Everything that a person leaves behind; the reference of their first write."""
    key = ConversationKey(owner=owner, channel=f"D-{name}")
    await store.conversations.save(conversation(key), (card(name, key),))
    await store.conversations.place_card(name, "C01:17")
    await store.accounts.save_account(account(f"acc-{name}", owner))
    await fill_together(store, owner, name, "planted")
    await store.ledger.offer(offer(name, owner, book=writes or (book(),)))
    claim = await store.ledger.claim(name, "book", owner, now=NOW, place="C01:17")
    return claim.claims[0].reference


async def counts(store: Store) -> dict[str, int]:
    tables = [table for table in metadata.sorted_tables if table.name not in {"schema_version", "meta"}]
    found = {}
    for table in tables:
        query = select(func.count()).select_from(table)
        found[table.name] = await store.database.one(partial(Connection.scalar, statement=query)) or 0
    return {name: count for name, count in found.items() if count}


async def test_forgetting_a_person_leaves_the_bare_ledger(store: Store) -> None:
    await live(store, ANA, "ana")

    await store.conversations.forget(ANA)

    assert await counts(store) == {"offers": 1, "writes": 1}
    (row,) = await store.ledger.rows("ana")
    assert (row.owner, row.account, row.write.kind, row.place, row.written) == (ANA, "acc-1", "book", "", None)


async def test_forgetting_a_person_leaves_everybody_else(store: Store) -> None:
    for owner, name in ((ANA, "ana"), (BEN, "ben"), (OTHER_TEAM, "elsewhere")):
        await live(store, owner, name)
    before = [await store.ledger.rows(name) for name in ("ben", "elsewhere")]

    await store.conversations.forget(ANA)

    assert [await store.ledger.rows(name) for name in ("ben", "elsewhere")] == before
    for owner, name in ((BEN, "ben"), (OTHER_TEAM, "elsewhere")):
        assert await store.conversations.card(name) is not None
        assert len(await store.accounts.accounts_of(owner)) == 1


async def test_what_was_written_for_a_forgotten_person_stays_countable(store: Store) -> None:
    reference = await live(store, ANA, "ana")
    await store.ledger.mark_sent(reference, now=NOW)
    await store.ledger.finish(reference, WriteState.DONE, written=written(), now=NOW)
    await store.ledger.mark_told("ana", now=NOW)

    await store.conversations.forget(ANA)

    (row,) = await store.ledger.history(since=NOW)
    assert (row.reference, row.state, row.sent_at, row.finished_at) == (reference, WriteState.DONE, NOW, NOW)
    assert isinstance(row.write, BookSlot)
    assert row.write == replace(book(), attendee=row.write.attendee, guests=(), answers=())
    assert "Dana" not in repr(row)
    assert "acme.io" not in repr(row)


def planted() -> Booking:
    return Booking(
        id="bk_1", title="", slot=slot(), status=BookingStatus.BOOKED, attendees=(book().attendee,), place="Planted"
    )


@pytest.mark.parametrize(
    "write",
    [
        MoveBooking(booking="bk_1", old=slot(), slot=slot(30), reason="Planted", attendee=book().attendee),
        CancelBooking(booking="bk_1", slot=slot(), reason="Planted"),
        AddGuests(booking="bk_1", emails=("planted@acme.io",)),
        MarkAbsent(booking="bk_1", emails=("planted@acme.io",), host=True),
        ChangePlace(booking="bk_1", place=Place(kind=PlaceKind.ADDRESS, detail="Planted Street 1")),
        CreateEventType(title="Planted", slug="planted", lengths=(timedelta(minutes=15),), description="Planted"),
        ChangeProfile(name="Planted", zone="Europe/Berlin"),
        CancelBooking(booking="bk_1", slot=slot(), before=replace(planted(), title="Planted")),
        ChangeEntry(booking="bk_1", slot=slot(), title="Planted", note="Planted", title_before="Planted"),
        CreateLink(event_type="7", title="Planted"),
        CreateAway(first=NOW.date(), last=NOW.date(), note="Planted", stand_in="planted"),
        CreateWebhook(url="https://planted.example.com", triggers=("A",), token="planted"),
        DeleteConnection(account="acc-1", connection="planted"),
    ],
)
async def test_every_kind_of_write_loses_its_words(tmp_path: Path, write: Write) -> None:
    async with opened(f"sqlite:///{tmp_path / 'pencil.db'}") as store:
        await live(store, ANA, "ana", write)

        await store.conversations.forget(ANA)

        (row,) = await store.ledger.rows("ana")
        assert row.write.kind == write.kind
        assert "planted" not in repr(row).lower()
        assert "dana" not in repr(row).lower()


async def test_a_forgotten_persons_press_is_not_sent_any_more(store: Store) -> None:
    pressed = await live(store, ANA, "ana")
    await store.ledger.offer(offer("open"))

    await store.conversations.forget(ANA)

    assert not await store.ledger.mark_sent(pressed, now=NOW)
    assert (await store.ledger.claim("open", "book", ANA, now=NOW)).verdict is ClaimVerdict.RETIRED
    assert await store.ledger.take_open(now=NOW + DAY, lease=LEASE) == ()


async def test_a_forgotten_persons_unknown_write_is_not_looked_up_any_more(store: Store) -> None:
    reference = await live(store, ANA, "ana")
    await store.ledger.mark_sent(reference, now=NOW)

    await store.conversations.forget(ANA)

    assert (await store.ledger.rows("ana"))[0].state is WriteState.SENT
    assert await store.ledger.take_open(now=NOW + DAY, lease=LEASE) == ()


async def test_an_uninstall_forgets_the_workspace_and_no_other(store: Store) -> None:
    for owner, name in ((ANA, "ana"), (BEN, "ben"), (OTHER_TEAM, "elsewhere")):
        await live(store, owner, name)
    for team in ("T01", "T02"):
        await store.installations.save_installation(
            enterprise="", team=team, is_enterprise=False, installer="U1", body="{}"
        )

    await store.forget_team("", "T01")

    others = dict.fromkeys(("accounts", "conversations", "installations", "proposals"), 1)
    together = dict.fromkeys(
        ("addresses", "asked_consents", "consents", "grants", "picks", "polls", "shares", "votes"), 1
    )
    assert await counts(store) == {**others, **together, "offers": 3, "writes": 3}
    assert await store.installations.find_installation(enterprise="", team="T02") == "{}"


async def test_an_organisations_uninstall_forgets_all_its_workspaces(store: Store) -> None:
    inside, outside = Owner("E01", "T01", "U1"), Owner("E02", "T01", "U1")
    await live(store, inside, "inside")
    await live(store, outside, "outside")
    await live(store, ANA, "ana")

    await store.forget_team("E01", "")

    assert await store.accounts.accounts_of(inside) == ()
    assert len(await store.accounts.accounts_of(outside)) == 1
    assert len(await store.accounts.accounts_of(ANA)) == 1


async def test_nothing_young_is_purged(store: Store) -> None:
    await live(store, ANA, "ana")
    await store.inbox.accept(turn(), lease=LEASE)
    await store.inbox.answered("Ev01", now=NOW)
    before = await counts(store)

    deleted = await store.purge(NOW + timedelta(hours=12), keep_conversations=30 * DAY, keep_ledger=90 * DAY)

    assert set(deleted.values()) == {0}
    assert await counts(store) == before


async def test_the_keys_of_answered_turns_go_after_a_day(store: Store) -> None:
    await store.inbox.accept(turn(), lease=LEASE)
    await store.inbox.accept(turn("Ev02"), lease=LEASE)
    await store.inbox.answered("Ev01", now=NOW)

    deleted = await store.purge(NOW + DAY + LEASE, keep_conversations=30 * DAY, keep_ledger=90 * DAY)

    assert deleted["inbox"] == 1
    assert await store.inbox.accept(turn(), lease=LEASE)
    assert not await store.inbox.accept(turn("Ev02"), lease=LEASE)


async def test_old_talk_goes_and_the_ledger_stays(store: Store) -> None:
    reference = await live(store, ANA, "ana")
    await store.ledger.offer(offer("unpressed"))
    await store.ledger.finish(reference, WriteState.DONE, written=written(), now=NOW)
    await store.ledger.mark_told("ana", now=NOW)

    await store.purge(NOW + 31 * DAY, keep_conversations=30 * DAY, keep_ledger=90 * DAY)

    assert await counts(store) == {
        "accounts": 1,
        "addresses": 1,
        "consents": 1,
        "grants": 1,
        "offers": 1,
        "writes": 1,
    }
    assert await store.conversations.load(DM) == Conversation(key=DM)


async def test_ledger_rows_go_once_they_are_old_closed_and_told(store: Store) -> None:
    references = [await live(store, ANA, name) for name in ("told", "untold", "open")]
    for reference in references[:2]:
        await store.ledger.finish(reference, WriteState.DONE, written=written(), now=NOW)
    await store.ledger.mark_told("told", now=NOW)

    await store.purge(NOW + 91 * DAY, keep_conversations=30 * DAY, keep_ledger=90 * DAY)

    assert {row.reference for row in await store.ledger.history(since=NOW)} == set(references[1:])


async def test_a_conversation_without_a_date_ages_from_the_first_purge(store: Store) -> None:
    await store.conversations.save(replace(conversation(), updated_at=None))

    first = await store.purge(NOW, keep_conversations=30 * DAY, keep_ledger=90 * DAY)
    later = await store.purge(NOW + 31 * DAY, keep_conversations=30 * DAY, keep_ledger=90 * DAY)

    assert (first["conversations"], later["conversations"]) == (0, 1)


@pytest.mark.slow
async def test_a_purge_deletes_more_than_one_batch(tmp_path: Path) -> None:
    async with opened(f"sqlite:///{tmp_path / 'pencil.db'}") as store:
        for number in range(1100):
            await store.news.claim_delivery(f"d{number}", NOW)

        deleted = await store.purge(NOW + 8 * DAY, keep_conversations=30 * DAY, keep_ledger=90 * DAY)

        assert deleted["deliveries"] == 1100
