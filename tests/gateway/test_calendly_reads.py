from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from calendly_fakes import SLOT, TARGET, Calendly, book, query, said
from calendly_samples import API, EVENT, INTRO, ME, ORGANIZATION, sample
from gateway_fakes import NOW, Router, claim, make_api, reply

from bot.errors import NotConnected, NotFound, Refused, Unsupported
from bot.gateway.calendly import CalendlyProvider
from bot.scheduling.models import (
    BookingQuery,
    BookingState,
    SlotQuery,
)
from bot.scheduling.times import Interval
from bot.scheduling.writes import (
    CancelBooking,
)

if TYPE_CHECKING:
    from collections.abc import Callable


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
    elsewhen = Interval(SLOT.end, SLOT.end + timedelta(hours=1))

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


async def test_the_invitees_of_a_list_are_read_once_for_a_while() -> None:
    calendly = Calendly()
    provider = calendly.provider()

    await provider.bookings(BookingQuery())
    await provider.bookings(BookingQuery())

    assert len(calendly.asked("GET /scheduled_events")) == 2
    assert len(calendly.asked("GET /scheduled_events/EONE/invitees")) == 1


async def test_types_come_in_the_order_of_the_page_with_team_types_last() -> None:
    page = sample("event-types")
    (intro, plain), (team, _) = page["collection"], sample("event-types-second-page")["collection"]
    page["collection"] = [team, {**intro, "position": 1}, {**plain, "position": 0}]
    page["pagination"]["next_page_token"] = None

    found = await Calendly({"GET /event_types": reply(200, page)}).provider().event_types()

    assert [one.title for one in found] == ["Quick chat", "Intro call", "Panel"]
