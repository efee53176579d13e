from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from calendly_samples import API, EVENT, INTRO, INVITEE, ME, ORGANIZATION, sample
from gateway_fakes import NOW, Router, Step, claim, make_api, reply

from bot.errors import NotConnected, NotFound, Refused, SlotTaken, Unsupported
from bot.gateway.calendly import CalendlyProvider
from bot.gateway.calls import Target
from bot.scheduling.models import (
    Attendee,
    BookingQuery,
    BookingState,
    Hours,
    Place,
    PlaceKind,
    Slot,
    SlotQuery,
)
from bot.scheduling.times import Interval
from bot.scheduling.writes import (
    AddGuests,
    ApproveBooking,
    BookSlot,
    CancelBooking,
    ChangeEventType,
    ChangePlace,
    ChangeProfile,
    ChangeSchedule,
    ChangeWebhook,
    CreateEventType,
    CreateLink,
    CreateSchedule,
    CreateWebhook,
    DeclineBooking,
    DeleteEventType,
    DeleteSchedule,
    DeleteWebhook,
    HoldSlot,
    MarkAbsent,
    MoveBooking,
    ReleaseHold,
    Write,
)

if TYPE_CHECKING:
    from collections.abc import Callable

START = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)
SLOT = Slot(START, START + timedelta(minutes=30))
LATER = Slot(START + timedelta(days=1), START + timedelta(days=1, minutes=30))
DANA = Attendee(name="Dana Dune", email="Dana@Example.com", zone="Europe/London")
ANSWERS = (("Which product?", "Rockets"),)
TARGET = Target(
    provider="calendly", base_url="http://calendly.test", account="a", headers=(("Authorization", "Bearer key"),)
)


def said(case: str, status: int = 200) -> Step:
    return reply(status, sample(case, status))


@dataclass
class Calendly:
    """What the service answers; every read a provider needs is there, and can be replaced."""

    routes: dict[str, Any] = field(default_factory=dict)
    router: Router = field(init=False)

    def __post_init__(self) -> None:
        usual: dict[str, Any] = {
            "GET /users/me": said("user"),
            "GET /event_types": [said("event-types"), said("event-types-second-page")],
            "GET /event_types/TINTRO": said("event-type"),
            "GET /event_types/TPLAIN": said("event-type-plain"),
            "GET /event_types/TTEAM": said("event-type-team"),
            "GET /event_type_available_times": said("available-times"),
            "GET /user_busy_times": said("busy-times"),
            "GET /user_availability_schedules": said("availability-schedules"),
            "GET /scheduled_events": said("scheduled-events"),
            "GET /scheduled_events/EONE": said("scheduled-event"),
            "GET /scheduled_events/EONE/invitees": said("invitees"),
            "POST /invitees": said("invitee-created", 201),
            "POST /scheduled_events/EONE/cancellation": said("cancellation", 201),
            "POST /invitee_no_shows": said("no-show", 201),
            "POST /scheduling_links": said("scheduling-link", 201),
            "POST /webhook_subscriptions": said("webhook", 201),
            "DELETE /webhook_subscriptions/W1": reply(204, raw=b""),
            "GET /organization_memberships": [said("memberships-mine"), said("memberships")],
        }
        self.router = Router({**usual, **self.routes})

    def provider(self) -> CalendlyProvider:
        return CalendlyProvider(make_api(self.router, TARGET))

    def asked(self, name: str) -> list[httpx.Request]:
        return [one for one in self.router.asked if f"{one.method} {one.url.path}" == name]

    def bodies(self, name: str) -> list[Any]:
        return [json.loads(one.content) for one in self.asked(name)]


def query(days: float = 7, *, length: timedelta | None = None, host: str | None = None) -> SlotQuery:
    window = Interval(NOW, NOW + timedelta(days=days))
    return SlotQuery(event_type=INTRO, window=window, zone="Europe/Berlin", length=length, host=host)


def book(**more: Any) -> BookSlot:
    return BookSlot(**{"event_type": INTRO, "slot": SLOT, "attendee": DANA, "answers": ANSWERS, **more})


async def test_pages_are_asked_by_token_with_the_same_filters() -> None:
    calendly = Calendly()

    found = await calendly.provider().event_types()

    first, second = calendly.asked("GET /event_types")
    assert [one.title for one in found] == ["Intro call", "Quick chat", "Panel"]
    assert second.url.params["page_token"] == "p2"
    assert {key: value for key, value in second.url.params.items() if key != "page_token"} == dict(first.url.params)
    assert {one.url.host for one in calendly.router.asked} == {"calendly.test"}


async def test_a_page_token_that_comes_again_ends_the_list() -> None:
    calendly = Calendly({"GET /event_types": said("event-types")})

    await calendly.provider().event_types()

    assert len(calendly.asked("GET /event_types")) == 2


async def test_profile_and_types_are_kept_for_a_while() -> None:
    calendly = Calendly()
    provider = calendly.provider()

    await provider.event_types()
    await provider.event_types()
    await provider.find_slots(query())

    assert len(calendly.asked("GET /users/me")) == 1
    assert len(calendly.asked("GET /event_types")) == 2
    assert calendly.asked("GET /event_types/TINTRO") == []


@pytest.mark.parametrize("path", ["GET /event_type_available_times", "GET /user_busy_times"])
async def test_long_windows_are_asked_in_pieces_of_a_week_that_begin_in_the_future(path: str) -> None:
    calendly = Calendly()
    provider = calendly.provider()
    window = Interval(NOW - timedelta(days=3), NOW + timedelta(days=31))

    if "busy" in path:
        await provider.busy_times(window, "UTC")
    else:
        await provider.find_slots(SlotQuery(event_type=INTRO, window=window, zone="UTC"))

    pieces = sorted(
        tuple(datetime.fromisoformat(one.url.params[name]) for name in ("start_time", "end_time"))
        for one in calendly.asked(path)
    )
    assert len(pieces) == 5
    assert pieces[0][0] > NOW
    assert pieces[-1][1] == window.end
    assert all(end - start <= timedelta(days=7) for start, end in pieces)
    assert [end for _, end in pieces[:-1]] == [start for start, _ in pieces[1:]]


async def test_a_window_in_the_past_asks_nothing() -> None:
    calendly = Calendly()
    window = Interval(NOW - timedelta(days=3), NOW)

    assert await calendly.provider().find_slots(SlotQuery(event_type=INTRO, window=window, zone="UTC")) == ()
    assert calendly.asked("GET /event_type_available_times") == []


class Slow(httpx.AsyncBaseTransport):
    """Counts how many calls are under way at once."""

    def __init__(self, inner: Router) -> None:
        self.inner, self.now, self.most = inner, 0, 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.001)
        self.now -= 1
        return await self.inner.handle_async_request(request)


async def test_pieces_are_fetched_side_by_side_but_not_all_at_once() -> None:
    slow = Slow(Calendly().router)

    await CalendlyProvider(make_api(slow, TARGET)).find_slots(query(days=120))

    assert slow.most == 6


async def test_an_error_in_one_piece_is_that_error() -> None:
    calendly = Calendly({"GET /user_busy_times": said("refused", 424)})

    with pytest.raises(Refused) as caught:
        await calendly.provider().busy_times(query(30).window, "UTC")

    assert caught.value.code == "external_calendar"


async def test_slots_have_the_length_of_their_type() -> None:
    found = await Calendly().provider().find_slots(query())

    assert found[0] == SLOT
    assert {slot.end - slot.start for slot in found} == {timedelta(minutes=30)}


async def test_another_length_is_not_to_be_had() -> None:
    with pytest.raises(Unsupported, match="length") as caught:
        await Calendly().provider().find_slots(query(length=timedelta(minutes=45)))

    assert "30 minutes" in caught.value.for_person


@pytest.mark.parametrize(
    "ask",
    [
        lambda provider: provider.find_slots(query(host="omar/../x")),
        lambda provider: provider.public_event_types("omar/../x"),
        lambda provider: provider.write(claim(book(host="omar/../x"))),
    ],
)
async def test_somebody_elses_page_is_named_instead(ask: Callable[[CalendlyProvider], Any]) -> None:
    with pytest.raises(Unsupported) as caught:
        await ask(Calendly().provider())

    assert "https://calendly.com/omar%2F..%2Fx" in caught.value.for_person


async def test_only_the_accounts_own_bookings_are_listed() -> None:
    found = await Calendly().provider().bookings(BookingQuery())

    assert [one.id for one in found] == [EVENT]


async def test_upcoming_bookings_are_asked_as_active_ones_that_may_still_be_on() -> None:
    calendly = Calendly()

    await calendly.provider().bookings(BookingQuery(attendee_email="Dana@Example.com"))

    (request,) = calendly.asked("GET /scheduled_events")
    assert request.url.params["status"] == "active"
    assert request.url.params["user"] == ME
    assert request.url.params["invitee_email"] == "dana@example.com"
    assert datetime.fromisoformat(request.url.params["min_start_time"]) < NOW


@pytest.mark.parametrize(
    ("states", "asked"),
    [
        ((BookingState.PAST,), [("active", "start_time:desc")]),
        ((BookingState.CANCELLED,), [("canceled", "start_time:desc")]),
        ((BookingState.REQUESTED, BookingState.RECURRING), []),
        (
            (BookingState.UPCOMING, BookingState.CANCELLED),
            [("active", "start_time:asc"), ("canceled", "start_time:desc")],
        ),
    ],
)
async def test_each_state_has_its_list(states: tuple[BookingState, ...], asked: list[tuple[str, str]]) -> None:
    calendly = Calendly()

    await calendly.provider().bookings(BookingQuery(states=states))

    requests = calendly.asked("GET /scheduled_events")
    assert sorted((one.url.params["status"], one.url.params["sort"]) for one in requests) == asked


async def test_bookings_are_narrowed_to_type_window_and_limit() -> None:
    provider = Calendly().provider()
    elsewhen = Interval(START + timedelta(hours=1), START + timedelta(hours=2))

    assert await provider.bookings(BookingQuery(event_type=f"{API}/event_types/OTHER")) == ()
    assert await provider.bookings(BookingQuery(window=elsewhen)) == ()
    assert await provider.bookings(BookingQuery(limit=0)) == ()


async def test_somebody_elses_booking_is_not_found() -> None:
    calendly = Calendly(
        {
            "GET /scheduled_events/EFOREIGN": said("scheduled-event-foreign"),
            "GET /scheduled_events/EFOREIGN/invitees": said("invitees"),
        }
    )

    for ask in (
        calendly.provider().booking(f"{API}/scheduled_events/EFOREIGN"),
        calendly.provider().write(claim(CancelBooking(booking=f"{API}/scheduled_events/EFOREIGN", slot=SLOT))),
    ):
        with pytest.raises(NotFound):
            await ask
    assert calendly.router.writes() == []


async def test_a_booking_as_an_invitee_is_ones_own() -> None:
    invited = sample("invitees")
    invited["collection"][0]["email"] = "Ana@acme.io"
    calendly = Calendly(
        {
            "GET /scheduled_events/EFOREIGN": said("scheduled-event-foreign"),
            "GET /scheduled_events/EFOREIGN/invitees": reply(200, invited),
        }
    )

    assert (await calendly.provider().booking("EFOREIGN")).id.endswith("/EFOREIGN")


@pytest.mark.parametrize("identifier", ["", "../users/me", "https://evil.example.com/scheduled_events/X", "a/b", "é"])
async def test_what_cannot_be_an_id_is_not_found_without_a_call(identifier: str) -> None:
    calendly = Calendly()

    with pytest.raises(NotFound):
        await calendly.provider().booking(identifier)

    assert calendly.router.asked == []


async def test_schedules_come_with_the_default_first() -> None:
    found = await Calendly().provider().schedules()

    assert [one.name for one in found] == ["Working hours", "Evenings"]


async def test_the_organisation_is_the_team() -> None:
    (team,) = await Calendly().provider().teams()

    assert (team.id, team.role) == (ORGANIZATION, "owner")
    assert [one.name for one in team.members] == ["Ana Alder", "Omar Oak"]


async def test_a_role_that_may_not_see_the_members_sees_itself() -> None:
    calendly = Calendly({"GET /organization_memberships": [said("memberships-mine"), said("refused", 403)]})

    (team,) = await calendly.provider().teams()

    assert [one.name for one in team.members] == ["Ana Alder"]


async def test_a_refused_token_asks_to_connect_again() -> None:
    with pytest.raises(NotConnected) as caught:
        await Calendly({"GET /users/me": said("refused", 401)}).provider().profile()

    assert caught.value.repair


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
        ({"answers": (*ANSWERS, ("which product?", "Rockets"))}, "questions"),
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


async def test_a_move_that_the_plan_refuses_gives_the_page_that_moves() -> None:
    calendly = Calendly({"POST /invitees": said("invitee-created", 403)})

    written = await calendly.provider().write(claim(MoveBooking(booking=EVENT, old=SLOT, slot=LATER)))

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
        (CreateWebhook(url="https://x.example.com", triggers=("BOOKING_PAID",)), Unsupported),
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


async def test_a_webhook_that_is_gone_counts_as_deleted() -> None:
    calendly = Calendly({"DELETE /webhook_subscriptions/W1": said("refused", 404)})

    await calendly.provider().write(claim(DeleteWebhook(webhook=f"{API}/webhook_subscriptions/W1")))

    assert len(calendly.router.writes()) == 1


async def test_a_link_books_once() -> None:
    written = await Calendly().provider().write(claim(CreateLink(event_type=INTRO)))

    assert written.link == "https://calendly.com/d/once-1/intro-call"


IMPOSSIBLE: tuple[Write, ...] = (
    HoldSlot(event_type=INTRO, slot=SLOT),
    ReleaseHold(hold="h"),
    ApproveBooking(booking=EVENT),
    DeclineBooking(booking=EVENT),
    AddGuests(booking=EVENT, emails=("x@example.com",)),
    ChangePlace(booking=EVENT, place=Place(kind=PlaceKind.VIDEO)),
    CreateEventType(title="x", slug="x", lengths=(timedelta(minutes=30),)),
    ChangeEventType(event_type=INTRO, title="y"),
    DeleteEventType(event_type=INTRO),
    CreateSchedule(name="x", zone="UTC", hours=(Hours(weekdays=(0,), start=time(9), end=time(10)),)),
    ChangeSchedule(schedule="s"),
    DeleteSchedule(schedule="s"),
    ChangeProfile(name="x"),
    ChangeWebhook(webhook="w", is_active=False),
)


@pytest.mark.parametrize("write", IMPOSSIBLE, ids=lambda write: write.kind)
async def test_what_calendly_cannot_do_is_said_with_the_nearest_thing(write: Write) -> None:
    calendly = Calendly()

    with pytest.raises(Unsupported) as caught:
        await calendly.provider().write(claim(write))

    assert caught.value.for_person.startswith(("Calendly", "In Calendly"))
    assert "I can " in caught.value.for_person
    assert calendly.router.asked == []


@pytest.mark.parametrize("name", ["calendars", "conferencing", "verified_emails"])
async def test_what_calendly_does_not_tell_is_said_with_the_nearest_thing(name: str) -> None:
    calendly = Calendly()

    with pytest.raises(Unsupported) as caught:
        await getattr(calendly.provider(), name)()

    assert "I can show" in caught.value.for_person
    assert calendly.router.asked == []


async def test_no_hold_ever_stands() -> None:
    assert await Calendly().provider().held("h") is None


def test_the_capabilities_are_calendlys() -> None:
    found = Calendly().provider().capabilities

    assert (found.provider, found.title) == ("calendly", "Calendly")
    assert found.guests
    assert found.links
    assert found.absence
    assert found.teams
    assert not any((found.holds, found.moves, found.approval, found.adds_guests, found.recurring))
    assert not any((found.manages_event_types, found.manages_schedules, found.manages_profile))
