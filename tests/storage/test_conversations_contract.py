from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from storage_worlds import ANA, BEN, DATABASES, DM, LEASE, NOW, card, conversation, opened, turn, url_of

from bot.dialogue.acts import ConversationKey
from bot.dialogue.conversation import Conversation, Conversations, StaleConversation
from bot.scheduling.ledger import NotTaken
from bot.storage.database.schema import CARD_BODY, CONVERSATION_BODY, cards, conversations

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.store import Store

THREAD = ConversationKey(owner=ANA, channel="C01", thread="17.1")


@pytest.fixture(params=DATABASES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(url_of(request.param, tmp_path, request)) as store:
        yield store


@pytest.fixture
def rows(store: Store) -> Conversations:
    return store.conversations


async def test_a_conversation_that_was_never_saved_is_new(rows: Conversations) -> None:
    assert await rows.load(DM) == Conversation(key=DM)


async def test_a_saved_conversation_comes_back_as_it_was(rows: Conversations) -> None:
    saved = await rows.save(conversation())

    assert saved == replace(conversation(), version=1)
    assert await rows.load(DM) == saved


async def test_each_save_counts_the_version_up(rows: Conversations) -> None:
    first = await rows.save(conversation())
    second = await rows.save(replace(first, last_said="and now?"))

    assert second.version == 2
    assert (await rows.load(DM)).last_said == "and now?"


@pytest.mark.parametrize(
    "other",
    [
        ConversationKey(owner=BEN, channel="D01"),
        ConversationKey(owner=ANA, channel="D02"),
        ConversationKey(owner=ANA, channel="D01", thread="17.1"),
        ConversationKey(owner=replace(ANA, team="T02"), channel="D01"),
        ConversationKey(owner=replace(ANA, enterprise="E01"), channel="D01"),
    ],
)
async def test_people_and_places_are_kept_apart(rows: Conversations, other: ConversationKey) -> None:
    await rows.save(conversation())

    assert await rows.load(other) == Conversation(key=other)


async def test_a_stale_conversation_is_not_saved(rows: Conversations) -> None:
    first = await rows.save(conversation())
    second = await rows.save(replace(first, last_said="second"))

    for stale in (conversation(), first):
        with pytest.raises(StaleConversation):
            await rows.save(replace(stale, last_said="stale"))
    assert await rows.load(DM) == second


async def test_of_many_saves_at_once_one_succeeds(rows: Conversations) -> None:
    first = await rows.save(conversation())

    async def try_save(number: int) -> bool:
        try:
            await rows.save(replace(first, turns=number), (card(f"p-{number}"),))
        except StaleConversation:
            return False
        return True

    results = await asyncio.gather(*(try_save(number) for number in range(1, 17)))

    winner = (await rows.load(DM)).turns
    assert sum(results) == 1
    assert results[winner - 1]
    assert await rows.card(f"p-{winner}") is not None


async def test_cards_of_a_stale_save_are_not_kept(rows: Conversations) -> None:
    await rows.save(conversation())

    with pytest.raises(StaleConversation):
        await rows.save(conversation(), (card(),))

    assert await rows.card("offer-1") is None


async def test_a_card_comes_back_as_it_was_shown(rows: Conversations) -> None:
    await rows.save(conversation(), (card(), card("offer-2", THREAD)))

    assert await rows.card("offer-1") == card()
    assert await rows.card("offer-2") == card("offer-2", THREAD)
    assert await rows.card("offer-3") is None


async def test_cards_can_be_kept_without_a_conversation(rows: Conversations) -> None:
    await rows.save_cards((card(), card("offer-2")))
    await rows.save_cards(())

    assert await rows.card("offer-2") == card("offer-2")
    assert await rows.load(DM) == Conversation(key=DM)


async def test_a_card_never_changes_once_it_was_shown(rows: Conversations) -> None:
    await rows.save_cards((card(),))
    await rows.save_cards((replace(card(), account="acc-2"),))

    assert await rows.card("offer-1") == card()


async def test_where_a_card_stands_is_remembered(rows: Conversations) -> None:
    await rows.save(conversation(), (card(),))
    before = await rows.card_place("offer-1")

    await rows.place_card("offer-1", "C01:17.2")
    await rows.place_card("offer-9", "C01:17.3")

    assert before == ""
    assert await rows.card_place("offer-1") == "C01:17.2"
    assert await rows.card_place("offer-9") == ""


async def test_a_thread_is_known_once_anybody_talked_in_it(store: Store) -> None:
    await store.conversations.save(conversation(THREAD))
    elsewhere = replace(THREAD, owner=replace(ANA, team="T02"))
    heard = [
        await store.turns.accept(turn(f"Ev{number}"), lease=LEASE, key=key, is_overheard=True)
        for number, key in enumerate((THREAD, elsewhere, replace(THREAD, thread="17.2")))
    ]

    assert [one is NotTaken.OVERHEARD for one in heard] == [False, True, True]


@pytest.mark.parametrize("kept", [b"[]", b"{}", b'{"key": 1}', b"not json", b'{"version": 1, "moments": ["x"]}'])
async def test_a_conversation_in_an_unknown_shape_starts_anew(store: Store, kept: bytes) -> None:
    await store.conversations.save(conversation())
    place = CONVERSATION_BODY.place("", "T01", "U01ANA", "D01", "")
    body = store.vault.ring.seal(kept, place=place)
    await store.database.one(lambda connection: connection.execute(update(conversations).values(body=body)).close())

    fresh = await store.conversations.load(DM)
    again = await store.conversations.save(replace(fresh, last_said="hello"))

    assert fresh == Conversation(key=DM, version=1)
    assert await store.conversations.load(DM) == again


async def test_a_card_in_an_unknown_shape_is_no_card(store: Store) -> None:
    await store.conversations.save(conversation(), (card(),))
    body = store.vault.ring.seal(b'{"id": "offer-1"}', place=CARD_BODY.place("offer-1"))
    await store.database.one(lambda connection: connection.execute(update(cards).values(body=body)).close())

    assert await store.conversations.card("offer-1") is None


async def test_a_field_that_is_gone_does_not_hinder_reading(store: Store) -> None:
    await store.conversations.save(conversation())
    place = CONVERSATION_BODY.place("", "T01", "U01ANA", "D01", "")
    old = b'{"key": {"owner": {"enterprise": "", "team": "T01", "member": "U01ANA"}, "channel": "D01"}, "mood": "fine"}'
    body = store.vault.ring.seal(old, place=place)
    await store.database.one(lambda connection: connection.execute(update(conversations).values(body=body)).close())

    assert await store.conversations.load(DM) == Conversation(key=DM, version=1)


async def test_a_body_copied_into_another_row_does_not_open_there(store: Store) -> None:
    """Somebody who can write to the database, and has no key, cannot give one person's conversation to another."""
    bens = ConversationKey(owner=BEN, channel="D02")
    await store.conversations.save(conversation())
    await store.conversations.save(replace(conversation(bens), last_said="mine"))
    copy = "update conversations set body = (select body from conversations where member = 'U01ANA')"
    await store.database.one(lambda connection: connection.exec_driver_sql(copy).close())

    assert (await store.conversations.load(bens)).last_said == ""
    assert (await store.conversations.load(DM)).last_said == conversation().last_said


async def test_saving_is_timed_for_retention(store: Store) -> None:
    await store.conversations.save(conversation())
    await store.conversations.save(replace(conversation(THREAD), updated_at=NOW + timedelta(days=40)))

    counts = await store.purge(
        NOW + timedelta(days=60), keep_conversations=timedelta(days=30), keep_ledger=timedelta(days=90)
    )

    assert counts["conversations"] == 1
    assert (await store.conversations.load(DM)).version == 0
    assert (await store.conversations.load(THREAD)).version == 1
