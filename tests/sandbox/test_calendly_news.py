"""What the practice Calendly tells its subscribers, read as Pencil reads it."""

from __future__ import annotations

from datetime import timedelta

from calendly_desk import API, NOW, Desk

from bot.scheduling.models import ChangeKind


async def test_a_subscription_for_the_same_address_exists() -> None:
    desk = Desk()

    first, second = await desk.subscribe("invitee.created"), await desk.subscribe("invitee.created")

    assert (first.status_code, second.status_code) == (201, 409)
    assert second.json()["message"] == "Hook with this url already exists"


async def test_a_booking_and_its_cancellation_are_news() -> None:
    desk = Desk()
    await desk.subscribe("invitee.created", "invitee.canceled")

    invitee = await desk.booked()
    await desk.post(invitee["event"].removeprefix(API) + "/cancellation", {"reason": "ill"})

    booked, cancelled = await desk.news()
    assert booked is not None
    assert cancelled is not None
    assert (booked.kind, booked.booking) == (ChangeKind.BOOKED, invitee["event"])
    assert (cancelled.kind, cancelled.reason) == (ChangeKind.CANCELLED, "ill")


async def test_a_move_by_the_invitee_is_one_piece_of_news() -> None:
    desk = Desk()
    await desk.subscribe("invitee.created", "invitee.canceled")
    invitee = await desk.booked()
    later = (await desk.wish(number=6))["start_time"]

    page = invitee["reschedule_url"].removeprefix("https://calendly.com")
    moved = (await desk.post(page, {"start_time": later})).json()["resource"]

    _, from_the_old, from_the_new = await desk.news()
    assert from_the_old is not None
    assert from_the_old == from_the_new
    assert from_the_old.kind is ChangeKind.MOVED
    assert (from_the_old.previous, from_the_old.booking) == (invitee["event"], moved["event"])


async def test_a_cancellation_by_the_invitee_is_news() -> None:
    desk = Desk()
    await desk.subscribe("invitee.canceled")
    invitee = await desk.booked()

    await desk.post(invitee["cancel_url"].removeprefix("https://calendly.com"), {"reason": "no time"})

    (change,) = await desk.news()
    assert change is not None
    assert (change.kind, change.reason) == (ChangeKind.CANCELLED, "no time")


async def test_a_no_show_is_news() -> None:
    desk = Desk()
    await desk.subscribe("invitee_no_show.created")
    invitee = await desk.booked()
    desk.at = NOW + timedelta(days=1)

    await desk.post("/invitee_no_shows", {"invitee": invitee["uri"]})

    (change,) = await desk.news()
    assert change is not None
    assert change.kind is ChangeKind.NO_SHOW


async def test_a_sample_of_the_news_can_be_asked_for() -> None:
    desk = Desk()
    me = await desk.me()

    answer = await desk.get(
        "/sample_webhook_data",
        event="invitee.created",
        organization=me["current_organization"],
        user=me["uri"],
        scope="user",
    )

    assert answer.json()["event"] == "invitee.created"
