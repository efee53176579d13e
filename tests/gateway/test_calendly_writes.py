from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from calendly_fakes import LATER, SLOT, TARGET, Calendly, book, said
from calendly_samples import API, EVENT, INTRO, INVITEE, ME, ORGANIZATION, sample
from gateway_fakes import Step, claim, make_api, reply

from bot.errors import NotFound, Refused, SlotTaken, Unsupported
from bot.gateway.calendly import CalendlyProvider
from bot.scheduling.models import (
    Attendee,
    Place,
    PlaceKind,
)
from bot.scheduling.writes import (
    CancelBooking,
    CreateLink,
    CreateWebhook,
    DeleteWebhook,
    MarkAbsent,
    MoveBooking,
    Write,
)


async def test_a_booking_is_sent_with_reference_answers_and_place() -> None:
    calendly = Calendly()
    place = Place(kind=PlaceKind.ADDRESS)

    written = await calendly.provider().write(claim(book(guests=("guest@example.com",), place=place)))

    assert calendly.bodies("POST /invitees") == [
        {
            "event_type": INTRO,
            "start_time": "2026-03-03T14:00:00Z",
            "invitee": {"name": "Dana Dune", "email": "dana@example.com", "timezone": "Europe/London"},
            "location": {"kind": "physical", "location": "Acme, Hall 2"},
            "questions_and_answers": [{"question": "Which product?", "answer": "Rockets", "position": 1}],
            "tracking": {
                "utm_campaign": None,
                "utm_source": "slack",
                "utm_medium": None,
                "utm_content": "ref-1",
                "utm_term": None,
                "salesforce_uuid": None,
            },
            "event_guests": ["guest@example.com"],
        }
    ]
    assert written.booking is not None
    assert (written.booking.id, written.booking.slot) == (EVENT, SLOT)
    assert written.booking.move_url.startswith("https://calendly.com/reschedulings/")


@pytest.mark.parametrize("event_type", ["TPLAIN", "TTEAM"])
async def test_no_place_is_sent_where_none_can_be_chosen(event_type: str) -> None:
    calendly = Calendly()

    await calendly.provider().write(claim(book(event_type=f"{API}/event_types/{event_type}", answers=())))

    (body,) = calendly.bodies("POST /invitees")
    assert "location" not in body


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"answers": ()}, "questions"),
        ({"answers": (("Which product?", ""),)}, "questions"),
        ({"attendee": Attendee(name="Dana", email="dana@home", zone="UTC")}, "email"),
        ({"guests": ("guest@example.com", "<x@example.com>")}, "email"),
        ({"guests": tuple(f"g{number}@example.com" for number in range(11))}, "guests"),
        ({"attendee": Attendee(name="Dana", phone="+491700000000", zone="UTC")}, "email"),
        ({"place": Place(kind=PlaceKind.VIDEO, app="webex")}, "place"),
    ],
)
async def test_what_calendly_would_refuse_is_not_sent(more: dict[str, Any], code: str) -> None:
    calendly = Calendly()

    with pytest.raises(Refused) as caught:
        await calendly.provider().write(claim(book(**more)))

    assert caught.value.code == code
    assert calendly.router.writes() == []


async def test_choices_are_spelled_as_the_type_spells_them_and_what_is_not_asked_is_left_out() -> None:
    calendly = Calendly()
    answers = (("Which product?", "rockets"), ("Old question", "x"), ("Nobody asked", "y"))

    await calendly.provider().write(claim(book(answers=answers)))

    (body,) = calendly.bodies("POST /invitees")
    assert body["questions_and_answers"] == [{"question": "Which product?", "answer": "Rockets", "position": 1}]


@pytest.mark.parametrize("status", [403, 404])
async def test_a_refused_booking_becomes_a_link_that_books_once(status: int) -> None:
    calendly = Calendly({"POST /invitees": said("invitee-created", status)})

    written = await calendly.provider().write(claim(book()))

    assert written.booking is None
    assert written.link == "https://calendly.com/d/once-1/intro-call"
    assert "nothing is booked" in written.note
    assert calendly.bodies("POST /scheduling_links") == [
        {"max_event_count": 1, "owner": INTRO, "owner_type": "EventType"}
    ]


@pytest.mark.parametrize("trouble", [said("refused", 403), reply(502, raw=b"<html>"), httpx.ReadError("cut")])
async def test_a_refused_booking_stays_refused_where_no_link_is_made(trouble: Step) -> None:
    calendly = Calendly({"POST /invitees": said("invitee-created", 403), "POST /scheduling_links": trouble})

    with pytest.raises(Refused) as caught:
        await calendly.provider().write(claim(book()))

    assert caught.value.code == "plan"


@pytest.mark.parametrize("status", [400, 409])
async def test_a_refusal_of_a_time_that_is_gone_says_taken(status: int) -> None:
    calendly = Calendly(
        {
            "POST /invitees": said("invitee-created", status),
            "GET /event_type_available_times": said("available-times-none"),
        }
    )

    with pytest.raises(SlotTaken):
        await calendly.provider().write(claim(book()))

    assert len(calendly.router.writes()) == 1


@pytest.mark.parametrize("times", [said("available-times"), reply(503, raw=b"")])
async def test_a_refusal_for_another_reason_keeps_calendlys_words(times: Step) -> None:
    calendly = Calendly({"POST /invitees": said("refused", 400), "GET /event_type_available_times": times})

    with pytest.raises(Refused) as caught:
        await calendly.provider().write(claim(book()))

    assert "email must be filled" in caught.value.for_person


async def test_a_type_that_splits_names_gets_them_split() -> None:
    wants = {
        "title": "Invalid Argument",
        "message": "The supplied parameters are invalid.",
        "details": [{"parameter": "invitee.first_name", "message": "must be filled"}],
    }
    calendly = Calendly({"POST /invitees": [reply(400, wants), said("invitee-created", 201)]})

    written = await calendly.provider().write(claim(book()))

    first, second = calendly.bodies("POST /invitees")
    assert written.booking is not None
    assert first["invitee"]["name"] == "Dana Dune"
    assert (second["invitee"]["first_name"], second["invitee"]["last_name"]) == ("Dana", "Dune")
    assert "name" not in second["invitee"]


async def test_a_move_books_as_before_and_then_cancels() -> None:
    made = sample("invitee-created", 201)
    made["resource"] |= {"event": f"{API}/scheduled_events/ENEW", "uri": f"{API}/scheduled_events/ENEW/invitees/INEW"}
    calendly = Calendly({"POST /invitees": reply(201, made)})

    written = await calendly.provider().write(claim(MoveBooking(booking=EVENT, old=SLOT, slot=LATER, reason="ill")))

    booked, cancelled = calendly.router.writes()
    body = json.loads(booked.content)
    assert body["invitee"]["email"] == "dana@example.com"
    assert body["questions_and_answers"] == [{"question": "Which product?", "answer": "Rockets", "position": 1}]
    assert body["location"] == {"kind": "zoom_conference"}
    assert body["event_guests"] == ["guest@example.com"]
    assert json.loads(cancelled.content) == {
        "reason": "Moved to Wednesday, 04 March 2026, 14:00 (Europe/London): ill",
    }
    assert written.booking is not None
    assert (written.booking.id, written.leftover) == (f"{API}/scheduled_events/ENEW", None)
    assert written.booking.replaces == EVENT


async def test_a_move_that_the_plan_refuses_gives_the_page_that_moves() -> None:
    calendly = Calendly({"POST /invitees": said("invitee-created", 403)})

    written = await calendly.provider().write(claim(MoveBooking(booking=EVENT, old=SLOT, slot=LATER)))

    assert written.booking is None
    assert written.link == "https://calendly.com/reschedulings/IDANA"
    assert "nothing is booked" in written.note
    assert len(calendly.router.writes()) == 1


async def test_a_group_meeting_is_not_moved() -> None:
    both = sample("invitees")
    both["collection"].append({**both["collection"][0], "uri": f"{EVENT}/invitees/IOTHER", "email": "x@example.com"})
    calendly = Calendly({"GET /scheduled_events/EONE/invitees": reply(200, both)})

    with pytest.raises(Unsupported):
        await calendly.provider().write(claim(MoveBooking(booking=EVENT, old=SLOT, slot=LATER)))

    assert calendly.router.writes() == []


async def test_a_cancelled_meeting_is_not_moved() -> None:
    calendly = Calendly(
        {
            "GET /scheduled_events/EONE": said("scheduled-event-canceled"),
            "GET /scheduled_events/EONE/invitees": said("invitees-canceled"),
        }
    )

    with pytest.raises(Refused):
        await calendly.provider().write(claim(MoveBooking(booking=EVENT, old=SLOT, slot=LATER)))

    assert calendly.router.writes() == []


@pytest.mark.parametrize("answer", [said("cancellation", 201), said("cancellation-twice", 403)])
async def test_a_cancelled_booking_is_cancelled_however_it_came_to_it(answer: Step) -> None:
    calendly = Calendly({"POST /scheduled_events/EONE/cancellation": answer})

    written = await calendly.provider().write(claim(CancelBooking(booking=EVENT, slot=SLOT, reason="ill")))

    assert calendly.bodies("POST /scheduled_events/EONE/cancellation") == [{"reason": "ill"}]
    assert written.booking is not None
    assert (str(written.booking.status), written.booking.cancel_reason) == ("cancelled", "ill")


async def test_a_meeting_that_is_over_is_not_cancelled() -> None:
    calendly = Calendly({"POST /scheduled_events/EONE/cancellation": said("cancellation-past", 403)})

    with pytest.raises(Refused) as caught:
        await calendly.provider().write(claim(CancelBooking(booking=EVENT, slot=SLOT)))

    assert caught.value.code == "in_the_past"


async def test_an_absent_invitee_is_marked_by_address() -> None:
    calendly = Calendly()

    written = await calendly.provider().write(claim(MarkAbsent(booking=EVENT, emails=("DANA@example.com",))))

    assert calendly.bodies("POST /invitee_no_shows") == [{"invitee": INVITEE}]
    assert written.booking is not None
    assert written.booking.attendees[0].is_absent


async def test_somebody_who_is_not_invited_cannot_be_absent() -> None:
    calendly = Calendly()

    with pytest.raises(NotFound):
        await calendly.provider().write(claim(MarkAbsent(booking=EVENT, emails=("nobody@example.com",))))

    assert calendly.router.writes() == []


async def test_marks_that_stop_half_way_tell_what_was_marked() -> None:
    both = sample("invitees")
    both["collection"].append({**both["collection"][0], "uri": f"{EVENT}/invitees/IOTHER", "email": "x@example.com"})
    calendly = Calendly(
        {
            "GET /scheduled_events/EONE/invitees": reply(200, both),
            "POST /invitee_no_shows": [said("no-show", 201), said("refused", 400)],
        }
    )

    written = await calendly.provider().write(claim(MarkAbsent(booking=EVENT)))

    assert written.booking is not None
    assert [one.is_absent for one in written.booking.attendees] == [True, False]
    assert "some of them only" in written.note


async def test_news_are_subscribed_for_the_user_with_the_secret() -> None:
    calendly = Calendly()
    url = "https://pencil.example.com/webhooks/calendly/t1"

    written = await calendly.provider().write(
        claim(CreateWebhook(url=url, triggers=("booked", "moved", "invitee.canceled"))), secret="sign-with-this"
    )

    assert calendly.bodies("POST /webhook_subscriptions") == [
        {
            "url": url,
            "events": ["invitee.created", "invitee.canceled"],
            "organization": ORGANIZATION,
            "user": ME,
            "scope": "user",
            "signing_key": "sign-with-this",
        }
    ]
    assert written.webhook is not None
    assert written.webhook.url == url


@pytest.mark.parametrize(
    ("write", "error"),
    [
        (CreateWebhook(url="https://x.example.com", triggers=("BOOKING_PAID",)), Refused),
        (CreateWebhook(url="https://x.example.com", triggers=("booked",), event_type=INTRO), Unsupported),
        (MarkAbsent(booking=EVENT, host=True), Unsupported),
        (CancelBooking(booking=EVENT, slot=SLOT, and_following=True), Unsupported),
        (book(length=timedelta(minutes=45)), Unsupported),
    ],
)
async def test_what_a_write_cannot_carry_is_said_before_sending(write: Write, error: type[Exception]) -> None:
    calendly = Calendly()

    with pytest.raises(error):
        await calendly.provider().write(claim(write))

    assert calendly.router.writes() == []


async def test_news_through_the_gateway_come_with_a_warning() -> None:
    calendly = Calendly()
    behind = replace(TARGET, connections_url="http://calendly.test/connections")
    write = CreateWebhook(url="https://pencil.example.com/webhooks/calendly/t1", triggers=("booked",))

    direct = await calendly.provider().write(claim(write), secret="s")
    through = await CalendlyProvider(make_api(calendly.router, behind)).write(claim(write), secret="s")

    assert direct.note == ""
    assert "personal token" in through.note


async def test_a_webhook_that_is_gone_counts_as_deleted() -> None:
    calendly = Calendly({"DELETE /webhook_subscriptions/W1": said("refused", 404)})

    await calendly.provider().write(claim(DeleteWebhook(webhook=f"{API}/webhook_subscriptions/W1")))

    assert len(calendly.router.writes()) == 1


async def test_a_link_books_once() -> None:
    written = await Calendly().provider().write(claim(CreateLink(event_type=INTRO)))

    assert written.link == "https://calendly.com/d/once-1/intro-call"
