"""The news of a booking: one message over its whole life, edited to what is true, with a thread of what happened."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from fake_slack import TEAM, direct
from slack_worlds import ANA
from test_whole_house import WholeWorld, whole_world

from bot.app.serving import SlackMessenger
from bot.scheduling.accounts import Owner
from bot.scheduling.models import BookingQuery, BookingStatus

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox.world.calendar import Booking

OWNER = Owner("", TEAM, ANA)
KIM = "kim@example.com"


async def deliver(
    world: WholeWorld,
    kind: str,
    uid: str,
    *,
    minute: int = 1,
    through: SlackMessenger | None = None,
    **more: Any,
) -> None:
    """Cal.com's own delivery, signed."""
    assert world.station is not None
    house = world.station.house
    (account,) = await house.store.accounts.accounts_of(OWNER)
    at_once = replace(house.notices(through or SlackMessenger(world.line)), settling=timedelta(milliseconds=10))
    change = {"triggerEvent": kind, "createdAt": f"2026-03-06T09:{minute:02}:00Z", "payload": {"uid": uid} | more}
    body = json.dumps(change).encode()
    signature = hmac.new(account.webhook_secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"x-cal-signature-256": signature}
    assert await at_once.take_delivery("calcom", account.webhook_token, headers, body) == 200
    await world.settle()


async def booked(world: WholeWorld, text: str = f"book intro with {KIM} tuesday 2pm", *, ts: str = "100.1") -> Booking:
    await world.say(text, ts=ts)
    await world.press(world.last(direct(ANA)).ts, "Book")
    return world.bookings(KIM)[-1]


async def hers(world: WholeWorld) -> str:
    """A meeting of Ana's that she did not make in Slack."""
    assert world.station is not None
    house = world.station.house
    provider = (await house.keeper.known(OWNER, await world.line.members.asker(OWNER))).provider
    assert provider is not None
    return next(one.id for one in await provider.bookings(BookingQuery()) if one.status is BookingStatus.BOOKED)


def becomes(world: WholeWorld, booking: Booking, state: str) -> None:
    """Somebody else has changed it at the provider."""
    world.sandbox.world.bookings[booking.uid] = replace(booking, state=type(booking.state)(state))


async def test_the_message_of_a_booking_is_edited_and_not_repeated(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        booking = await booked(world)
        (root,) = [one for one in world.slack.messages(direct(ANA)) if "Booked" in one.text]
        becomes(world, booking, "cancelled")
        await deliver(world, "BOOKING_CANCELLED", booking.uid, cancellationReason="ill")
        line = world.last(direct(ANA))

    assert "was cancelled" in root.text
    assert root.labels == []
    assert (line.thread, line.text) == (
        root.ts,
        "Intro with Kim (kim@example.com) on Tue 10 Mar 14:00–14:30 Berlin was cancelled. Reason: ill.",
    )
    assert world.slack.called("chat.postMessage")[-1]["reply_broadcast"] is True


async def test_one_thread_holds_a_bookings_whole_life(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        booking = await booked(world, f"book interview with {KIM} tuesday 2pm")
        count = len(world.slack.messages(direct(ANA)))
        await deliver(world, "BOOKING_REQUESTED", booking.uid, minute=1)
        becomes(world, booking, "accepted")
        await deliver(world, "BOOKING_CREATED", booking.uid, minute=2)
        becomes(world, booking, "cancelled")
        await deliver(world, "BOOKING_CANCELLED", booking.uid, minute=3)
        await deliver(world, "BOOKING_NO_SHOW_UPDATED", booking.uid, minute=4)
        said = world.slack.messages(direct(ANA))[count:]

    assert {one.thread for one in said} == {world.slack.messages(direct(ANA))[count - 1].ts}
    assert [word in one.text for one, word in zip(said, ("Interview", "was cancelled", "absent"), strict=True)] == [
        True
    ] * 3


async def test_a_request_of_ours_that_was_approved_elsewhere_is_news_and_our_own_approval_is_none(
    tmp_path: Path,
) -> None:
    async with whole_world(tmp_path) as world:
        one = await booked(world, f"book interview with {KIM} tuesday 2pm")
        other = await booked(world, f"book interview with {KIM} wednesday 2pm", ts="110.1")
        await world.say("approve wednesday's request", ts="120.1")
        await world.press(world.last(direct(ANA)).ts, "Approve")
        before = len(world.slack.messages(direct(ANA)))
        await deliver(world, "BOOKING_CREATED", other.uid, minute=1)
        ours = len(world.slack.messages(direct(ANA))) - before
        becomes(world, one, "accepted")
        await deliver(world, "BOOKING_CREATED", one.uid, minute=2)
        told = world.slack.messages(direct(ANA))[before:]

    assert ours == 0
    assert ["Tue 10 Mar" in line.text for line in told] == [True]


async def test_a_booking_made_elsewhere_begins_its_thread(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say("help", ts="50.1")
        uid = await hers(world)
        before = len(world.slack.messages(direct(ANA)))
        await deliver(world, "BOOKING_CREATED", uid)
        root = world.last(direct(ANA))
        becomes(world, world.sandbox.world.bookings[uid], "cancelled")
        await deliver(world, "BOOKING_CANCELLED", uid, minute=2)
        after = world.slack.messages(direct(ANA))

    assert len(after) == before + 2
    assert (root.thread, after[-1].thread) == ("", root.ts)
    assert "was cancelled" in root.text


async def test_a_message_that_is_gone_is_followed_by_a_new_one(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        booking = await booked(world)
        root = world.last(direct(ANA))
        root.is_deleted = True
        becomes(world, booking, "cancelled")
        await deliver(world, "BOOKING_CANCELLED", booking.uid)
        last = world.last(direct(ANA))

    assert last.thread == ""
    assert "was cancelled" in last.text
