"""The home page: what stands open, with the press that ends it, and that it is published again when something changes."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from fake_slack import direct
from slack_worlds import ANA, LEE
from sqlalchemy import select
from test_news_thread import KIM, OWNER, becomes, booked, deliver
from test_own_settings import facts, open_home, press_home
from test_whole_house import WholeWorld, whole_world

from bot.scheduling.reminding.telling import ChangedPage
from bot.storage.database.schema import pages

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path


async def test_an_open_poll_stands_on_the_page_until_it_is_closed_there(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say(f"poll <@{LEE}>: tuesday 3pm or wednesday 2pm", ts="100.1")
        await world.press(world.last(direct(ANA)).ts, "Post poll")
        before = facts(await open_home(world))
        await press_home(world, "Close poll")
        after = facts(await open_home(world, number=2))
        theirs = world.last(direct(LEE), reader=LEE)

    assert "0 of 1 have answered" in before
    assert "have answered" not in after
    assert "closed" in theirs.text


async def test_shared_times_stand_on_the_page_until_they_are_ended_there(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say(f"share intro next week with <@{LEE}>", ts="100.1")
        await world.press(world.last(direct(ANA)).ts, "Send")
        before = facts(await open_home(world))
        await press_home(world, "End it now")
        after = facts(await open_home(world, number=2))

    assert "times left" in before
    assert "times left" not in after


async def later(world: WholeWorld) -> None:
    """Some seconds have gone by since the page was shown, and a process makes its round."""
    assert world.station is not None
    assert world.surface is not None
    long_ago = world.clock.now() - timedelta(minutes=1)
    await world.station.house.store.pages.page_shown(ChangedPage(owner=OWNER, state=0), now=long_ago)
    await world.surface.turns.pages.sweep()
    async with asyncio.timeout(60):  # the process's own round may have taken it a moment before
        while await changed(world):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def changed(world: WholeWorld) -> bool:
    """Whether a page waits to be shown, or is being shown now."""
    assert world.station is not None
    book = world.station.house.store.database
    return bool(await book.one(lambda c: c.scalar(select(pages.c.member).where(pages.c.changes > pages.c.shown))))


async def is_voted(world: WholeWorld) -> None:
    card = world.slack.messages(direct(LEE), reader=LEE)[-1]
    await world.press(card.ts, card.labels[0], member=LEE, channel=direct(LEE))


async def is_picked(world: WholeWorld) -> None:
    await is_voted(world)
    own = world.slack.messages(direct(LEE), reader=LEE)[-1]
    await world.press(own.ts, "Book", member=LEE, channel=direct(LEE))


async def is_booked(world: WholeWorld) -> None:
    await booked(world, ts="300.1")


async def is_cancelled_elsewhere(world: WholeWorld) -> None:
    booking = world.bookings(KIM)[-1]
    becomes(world, booking, "cancelled")
    await deliver(world, "BOOKING_CANCELLED", booking.uid)


async def is_set(world: WholeWorld) -> None:
    await world.say("send me my agenda every morning at 8", ts="300.1")


async def is_shared(world: WholeWorld) -> None:
    await world.say("share my free times", ts="300.1")
    await world.press(world.last(direct(ANA)).ts, "Share free times")


async def polls(world: WholeWorld) -> None:
    await world.say(f"poll <@{LEE}>: tuesday 3pm or wednesday 2pm", ts="100.1")
    await world.press(world.last(direct(ANA)).ts, "Post poll")


async def shares(world: WholeWorld) -> None:
    await world.say(f"share intro next week with <@{LEE}>, at most 2", ts="100.1")
    await world.press(world.last(direct(ANA)).ts, "Send")


async def books(world: WholeWorld) -> None:
    await booked(world)


async def nothing(world: WholeWorld) -> None:
    await world.say("help", ts="100.1")


CHANGES = [
    (polls, is_voted, "1 of 1 have answered"),
    (shares, is_picked, "11 times left"),
    (nothing, is_booked, "Intro with Kim"),
    (books, is_cancelled_elsewhere, "-Intro with Kim"),
    (nothing, is_set, "every day at 08:00"),
    (nothing, is_shared, "Stop sharing"),
]


@pytest.mark.parametrize(("before", "happens", "says"), CHANGES, ids=[change[1].__name__ for change in CHANGES])
async def test_the_page_follows_what_happens_elsewhere(
    tmp_path: Path,
    before: Callable[[WholeWorld], Awaitable[None]],
    happens: Callable[[WholeWorld], Awaitable[None]],
    says: str,
) -> None:
    async with whole_world(tmp_path) as world:
        await before(world)
        shown = str(await open_home(world))
        await happens(world)
        await later(world)
        after = str(world.slack.homes[ANA])

    words = says.removeprefix("-")
    assert ((words in shown), (words in after)) == ((True, False) if says.startswith("-") else (False, True))


async def test_a_process_that_has_not_shown_the_page_brings_it_up_to_date(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await open_home(world)

    async with whole_world(tmp_path) as world:
        await is_set(world)
        await later(world)

        assert "every day at 08:00" in str(world.slack.homes[ANA])


async def test_what_was_answered_on_the_page_stays_on_top_of_it(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await polls(world)
        await open_home(world)
        await press_home(world, "Close poll")
        world.slack.calls.clear()
        await later(world)

        assert world.slack.called("views.publish") == []


@pytest.mark.parametrize("opens", [True, False])
async def test_only_what_changes_the_page_of_who_opened_it_publishes_it(tmp_path: Path, *, opens: bool) -> None:
    async with whole_world(tmp_path) as world:
        await polls(world)
        if opens:
            await open_home(world)
        world.slack.calls.clear()
        await world.say("what is free on tuesday", ts="300.1")
        await later(world)
        looked = len(world.slack.called("views.publish"))
        await is_voted(world)
        await later(world)

    assert (looked, len(world.slack.called("views.publish"))) == (0, 1 if opens else 0)
