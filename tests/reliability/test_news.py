"""What a person did through us is not news to them, however late we learn that we did it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from crash_worlds import ANA, PRIYA, Life, Town, open_town

from bot.dialogue.acts import Said

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from pathlib import Path

    from bot.loop.notices import Notices
    from bot.scheduling.ledger import Accepted


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(tmp_path) as opened:
        yield opened


@dataclass
class Newsroom:
    """Takes deliveries in one process; what it would do beside is done by `work`."""

    town: Town
    life: Life
    jobs: list[Coroutine[Any, Any, None]] = field(default_factory=list)
    ledger: Any = None
    """Another one than the house's."""

    @property
    def notices(self) -> Notices:
        at_once = replace(self.life.house.notices(self.life), settling=timedelta(milliseconds=20))
        return replace(at_once, spawn=self.jobs.append, ledger=self.ledger or at_once.ledger)

    async def deliver(self, kind: str, uid: str, **more: Any) -> int:
        (account,) = await self.life.house.store.accounts.accounts_of(ANA)
        change = {"triggerEvent": kind, "createdAt": "2026-11-23T09:00:00Z", "payload": {"uid": uid} | more}
        body = json.dumps(change).encode()
        signature = hmac.new(account.webhook_secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"x-cal-signature-256": signature}
        return await self.notices.take_delivery("calcom", account.webhook_token, headers, body)

    async def work(self) -> None:
        while self.jobs:
            await self.jobs.pop(0)


async def test_the_news_of_a_press_is_no_news(town: Town) -> None:
    newsroom = Newsroom(town, town.two)
    await town.one.take(await town.card())
    (booking,) = town.bookings()

    await newsroom.deliver("BOOKING_CREATED", booking.uid, status="ACCEPTED")
    await newsroom.work()

    assert not town.two.told


async def test_the_news_of_a_press_that_is_still_looked_up_waits_for_it(town: Town) -> None:
    newsroom = Newsroom(town, town.two)
    press = await town.card()
    await town.crash(press, before="finish")
    (booking,) = town.bookings()

    await newsroom.deliver("BOOKING_CREATED", booking.uid, status="ACCEPTED")
    waiting = asyncio.create_task(newsroom.work())
    await asyncio.sleep(0.03)
    await town.two.recover()
    await waiting

    assert [reply.text.partition(":")[0] for reply in town.two.told] == ["Booked"]


async def test_what_somebody_else_did_is_told_once(town: Town) -> None:
    newsroom = Newsroom(town, town.two)
    await town.one.take(await town.card())
    (booking,) = town.bookings()
    town.clock.instant += timedelta(minutes=11)
    cancelled = replace(booking, state=type(booking.state)("cancelled"))
    town.sandbox.world.bookings[booking.uid] = cancelled

    first = await newsroom.deliver("BOOKING_CANCELLED", booking.uid, status="CANCELLED")
    second = await newsroom.deliver("BOOKING_CANCELLED", booking.uid, status="CANCELLED")
    await newsroom.work()

    assert (first, second) == (200, 200)
    assert len(town.two.told) == 1
    assert PRIYA in town.two.told[0].text


async def test_a_guests_cancellation_right_after_our_booking_is_news(town: Town) -> None:
    newsroom = Newsroom(town, town.two)
    await town.one.take(await town.card())
    (booking,) = town.bookings()
    town.sandbox.world.bookings[booking.uid] = replace(booking, state=type(booking.state)("cancelled"))

    await newsroom.deliver("BOOKING_CANCELLED", booking.uid, status="CANCELLED")
    await newsroom.work()

    assert len(town.two.told) == 1
    assert "cancelled" in town.two.told[0].text


async def cancelled_by_a_guest(town: Town) -> str:
    await town.one.take(await town.card())
    (booking,) = town.bookings()
    town.clock.instant += timedelta(minutes=11)
    town.sandbox.world.bookings[booking.uid] = replace(booking, state=type(booking.state)("cancelled"))
    return booking.uid


async def left_in_the_inbox(town: Town) -> tuple[Accepted, ...]:
    inbox = town.two.house.store.inbox
    return await inbox.take_unanswered(now=town.clock.now(), lease=timedelta(seconds=12))


async def test_news_that_a_crash_kept_from_being_told_are_told_by_another_process(town: Town) -> None:
    newsroom = Newsroom(town, town.one)
    uid = await cancelled_by_a_guest(town)

    await newsroom.deliver("BOOKING_CANCELLED", uid, status="CANCELLED")
    for lost in newsroom.jobs:
        lost.close()
    town.clock.instant += timedelta(seconds=13)
    (waiting,) = await left_in_the_inbox(town)
    await Newsroom(town, town.two).notices.replay(waiting)

    assert [len(town.one.told), len(town.two.told)] == [0, 1]
    town.clock.instant += timedelta(minutes=30)
    assert await left_in_the_inbox(town) == ()


async def test_news_that_slack_refused_are_told_later(town: Town) -> None:
    newsroom = Newsroom(town, town.two)
    uid = await cancelled_by_a_guest(town)

    await newsroom.deliver("BOOKING_CANCELLED", uid, status="CANCELLED")
    town.two.refusals = 1
    await newsroom.work()
    assert not town.two.told
    town.clock.instant += timedelta(seconds=6)
    (waiting,) = await left_in_the_inbox(town)
    await newsroom.notices.replay(waiting)

    assert len(town.two.told) == 1


async def test_news_that_could_not_be_told_for_half_a_day_are_let_go(town: Town) -> None:
    newsroom = Newsroom(town, town.two)
    uid = await cancelled_by_a_guest(town)
    await newsroom.deliver("BOOKING_CANCELLED", uid, status="CANCELLED")
    for lost in newsroom.jobs:
        lost.close()

    town.clock.instant += timedelta(hours=13)
    (waiting,) = await left_in_the_inbox(town)
    await newsroom.notices.replay(waiting)

    town.clock.instant += timedelta(hours=1)
    assert not town.two.told
    assert await left_in_the_inbox(town) == ()


async def test_news_that_are_not_true_any_more_are_not_told(town: Town) -> None:
    newsroom = Newsroom(town, town.two)
    await town.one.take(Said(text="help"))

    await newsroom.deliver("BOOKING_CANCELLED", "nosuchbooking", status="CANCELLED")
    await newsroom.work()

    assert not town.two.told


async def test_a_process_that_was_away_for_too_long_leaves_the_news_to_whoever_took_them_up(town: Town) -> None:
    newsroom = Newsroom(town, town.one)
    uid = await cancelled_by_a_guest(town)

    await newsroom.deliver("BOOKING_CANCELLED", uid, status="CANCELLED")
    town.clock.instant += timedelta(seconds=13)
    (waiting,) = await left_in_the_inbox(town)
    other = asyncio.create_task(Newsroom(town, town.two).notices.replay(waiting))
    await newsroom.work()
    await other

    assert [len(town.one.told), len(town.two.told)] == [0, 1]


@dataclass
class CountedLedger:
    """The ledger, and how often it was asked what was pressed lately."""

    ledger: Any
    looks: int = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.ledger, name)

    async def history(self, **wanted: Any) -> Any:
        self.looks += 1
        return await self.ledger.history(**wanted)


async def test_news_of_one_meeting_do_not_wait_for_a_press_about_another(town: Town) -> None:
    newsroom = Newsroom(town, town.two)
    uid = await cancelled_by_a_guest(town)
    await town.crash(await town.card("book intro with priya@acme.io wednesday 2pm"), before="finish")
    ledger = CountedLedger(town.two.house.store.ledger)
    newsroom.ledger = ledger

    await newsroom.deliver("BOOKING_CANCELLED", uid, status="CANCELLED")
    await newsroom.work()

    assert any(row.is_open for row in await ledger.history(since=town.clock.now() - timedelta(days=1)))
    assert len(town.two.told) == 1
    assert ledger.looks <= 3
