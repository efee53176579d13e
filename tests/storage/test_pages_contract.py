"""Whose own page has changed: only of who opened theirs, one process at a time, not more often than every few seconds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from storage_worlds import ANA, BEN, DATABASES, NOW, opened, url_of

from bot.scheduling.reminding.preferences import Preferences
from bot.scheduling.reminding.telling import ChangedPage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.storage.store import Store

LATER = NOW + timedelta(seconds=6)


@pytest.fixture(params=DATABASES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(url_of(request.param, tmp_path, request)) as store:
        yield store


async def shown(store: Store) -> ChangedPage:
    page = ChangedPage(owner=ANA, state=await store.pages.open_page(ANA, now=NOW))
    await store.pages.page_shown(page, now=NOW)
    return page


async def test_only_the_page_of_who_opened_theirs_changes(store: Store) -> None:
    await shown(store)
    before = await store.pages.take_pages(now=LATER)
    await store.preferences.save(BEN, Preferences())
    await store.preferences.save(ANA, Preferences())

    assert before == ()
    assert [page.owner for page in await store.pages.take_pages(now=LATER)] == [ANA]


async def test_a_page_that_was_shown_just_now_waits_a_little(store: Store) -> None:
    await shown(store)
    await store.pages.mark_page(ANA)

    assert await store.pages.take_pages(now=NOW + timedelta(seconds=2)) == ()
    assert len(await store.pages.take_pages(now=LATER)) == 1


async def test_one_process_takes_it_and_another_one_when_that_is_gone(store: Store) -> None:
    await shown(store)
    await store.pages.mark_page(ANA)
    first = await store.pages.take_pages(now=LATER)
    beside = await store.pages.take_pages(now=LATER + timedelta(seconds=2))
    after = await store.pages.take_pages(now=LATER + timedelta(minutes=1))

    assert (first, beside, after) == (first, (), first)


async def test_what_changes_while_it_is_being_shown_is_shown_next(store: Store) -> None:
    await shown(store)
    await store.pages.mark_page(ANA)
    (page,) = await store.pages.take_pages(now=LATER)
    await store.pages.mark_page(ANA)
    await store.pages.page_shown(page, now=LATER)

    (again,) = await store.pages.take_pages(now=LATER + timedelta(seconds=6))
    await store.pages.page_shown(again, now=LATER + timedelta(seconds=6))

    assert again.state == page.state + 1
    assert await store.pages.take_pages(now=LATER + timedelta(minutes=1)) == ()


async def test_an_older_state_shown_late_takes_nothing_back(store: Store) -> None:
    page = await shown(store)
    await store.pages.mark_page(ANA)
    (newer,) = await store.pages.take_pages(now=LATER)
    await store.pages.page_shown(newer, now=LATER)
    await store.pages.page_shown(page, now=LATER)

    assert await store.pages.take_pages(now=LATER + timedelta(minutes=1)) == ()


async def test_a_page_that_nobody_opens_any_more_is_let_go(store: Store) -> None:
    await shown(store)
    month = timedelta(days=31)
    gone = await store.purge(NOW + month, keep_conversations=timedelta(days=30), keep_ledger=timedelta(days=400))
    await store.pages.mark_page(ANA)

    assert gone["pages"] == 1
    assert await store.pages.take_pages(now=NOW + month) == ()
