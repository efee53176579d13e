"""Keys while several processes run, a wrong one at the start, and one that is lost."""

from __future__ import annotations

from contextlib import AsyncExitStack
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from storage_worlds import (
    ANA,
    DM,
    KEY,
    LEASE,
    NOW,
    OTHER_KEY,
    SHARED_DATABASES,
    conversation,
    key_text,
    opened,
    turn,
    url_of,
)
from test_upkeep import everything_reads, fill

from bot.app.settings import load_settings
from bot.app.wiring import open_house
from bot.dialogue.acts import ConversationKey, Said
from bot.errors import BadSettings
from bot.scheduling.models import Person

if TYPE_CHECKING:
    from pathlib import Path

    from bot.storage.store import Store

pytestmark = pytest.mark.slow

SHARED = pytest.mark.parametrize("kind", SHARED_DATABASES)


@SHARED
async def test_a_wrong_key_at_the_start_names_the_tables_and_touches_nothing(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = url_of(kind, tmp_path, request)
    async with opened(url) as store:
        await fill(store)

    with pytest.raises(BadSettings) as caught:
        async with open_house(load_settings(database_url=url, pencil_encryption_key=key_text(OTHER_KEY))):
            raise AssertionError("it opened")

    assert all(name in str(caught.value) for name in ("accounts", "conversations", "inbox", "--drop-unreadable"))
    async with opened(url, is_fresh=False) as store:
        await everything_reads(store)


@SHARED
async def test_keys_are_exchanged_while_three_processes_run(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The new key behind the old one everywhere, then in front everywhere, then anew what is sealed, then alone."""
    url = url_of(kind, tmp_path, request)
    steps = ((KEY,), (KEY, OTHER_KEY), (OTHER_KEY, KEY), (OTHER_KEY,))
    async with opened(url) as store:
        await fill(store)
    version = 1
    for before, after in pairwise(steps):
        for exchanged in range(4):
            async with AsyncExitStack() as stack:
                keys = [after if number < exchanged else before for number in range(3)]
                stores = [await stack.enter_async_context(opened(url, keys=one, is_fresh=False)) for one in keys]
                for number, store in enumerate(stores):
                    await store.keys.require()
                    assert await store.accounts.accounts_of(ANA)
                    assert await store.conversations.card("offer-1") is not None
                    version = await talked_on(store, version)
                    await store.inbox.accept(turn(f"{before}{exchanged}{number}"), lease=-LEASE)
                    taken = await stores[(number + 1) % 3].inbox.take_unanswered(now=NOW, lease=LEASE)
                    assert [one.payload for one in taken] == [turn().payload]
                    await store.inbox.answered(taken[0].key, now=NOW)
                if after == steps[2] and exchanged == 3:
                    await stores[0].upkeep.reencrypt()
                    assert not any((await stores[1].upkeep.stale_rows()).values())


async def talked_on(store: Store, version: int) -> int:
    """The conversation is read as whoever saved it last left it, and saved again."""
    found = await store.conversations.load(DM)
    assert (found.last_said, found.version) == ("planted", version)
    await store.conversations.save(found)
    return version + 1


@SHARED
async def test_a_lost_key_takes_its_values_with_it_and_its_people_connect_again(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = url_of(kind, tmp_path, request)
    async with opened(url) as store:
        await fill(store)
    async with opened(url, keys=(OTHER_KEY,), is_fresh=False) as store:
        assert await store.keys.drop_unreadable() > 0
        await store.keys.require()
        assert await store.accounts.accounts_of(ANA) == ()

    settings = load_settings(
        database_url=url, pencil_encryption_key=key_text(OTHER_KEY), calcom_api_url="http://127.0.0.1:9/v2"
    )
    async with open_house(settings) as house:
        reply = await house.assistant.take_turn(
            Said(text="what do i have today"),
            key=ConversationKey(owner=ANA, channel="D01"),
            asker=Person(name="Ana", zone="Europe/Berlin", member=ANA.member),
            place="here",
            is_public=False,
        )

    assert any("onnect" in choice.label for choice in reply.choices)


async def test_left_overs_of_an_old_key_stop_nobody(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/pencil.db"
    async with opened(url) as store:
        await fill(store)
    async with opened(url, keys=(OTHER_KEY,), is_fresh=False) as store:
        await store.conversations.save(conversation(key=ConversationKey(owner=ANA, channel="D02")))

        await store.keys.require()
