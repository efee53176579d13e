"""What the Cal.com provider does beyond the contract: pages, caches, whose bookings, old shapes, traps of the server."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from gateway_fakes import NOW, Router, Script, claim, make_api, reply, upstream_error

from bot.errors import NotConnected, NotFound, ProviderChanged, ProviderDown, Uncertain, Unsupported
from bot.gateway.calcom import CalcomProvider, Dialect, Versions
from bot.gateway.calls import Target
from bot.scheduling.models import BookingQuery, BookingState, Slot, SlotQuery
from bot.scheduling.times import Interval
from bot.scheduling.writes import CancelBooking, ChangeProfile, CreateEventType, CreateLink, DeleteEventType, HoldSlot

TARGET = Target(provider="calcom", base_url="http://cal", account="a", headers=(("Authorization", "Bearer cal_k"),))
DAY = Interval(NOW, NOW + timedelta(days=1))
START = NOW + timedelta(hours=1)
ME = reply(200, {"data": {"id": 41, "email": "ana@example.com", "timeZone": "Europe/Berlin", "username": "ana"}})
INTRO = {"id": 12, "title": "Intro", "slug": "intro", "lengthInMinutes": 30}
TYPES = reply(200, {"data": [INTRO]})
SLOTS = reply(
    200, {"data": {"2026-03-02": [{"start": "2026-03-02T10:00:00.000Z"}, {"start": "2026-03-04T10:00:00.000Z"}]}}
)


def booking(
    uid: str, *, host: str = "ana@example.com", start: str = "2026-03-02T10:00:00Z", **more: Any
) -> dict[str, Any]:
    return {
        "uid": uid,
        "status": "accepted",
        "start": start,
        "duration": 30,
        "hosts": [{"id": 7, "email": host, "name": "H"}],
        "attendees": [{"email": "dana@example.org", "name": "Dana", "timeZone": "UTC"}],
    } | more


def provider(routes: dict[str, Any], **options: Any) -> tuple[CalcomProvider, Router]:
    router = Router({"GET /me": ME, "GET /event-types": TYPES, **routes})
    return CalcomProvider(make_api(router, TARGET), **options), router


def paths(router: Router) -> list[str]:
    return [f"{request.method} {request.url.path}" for request in router.asked]


async def test_each_family_is_asked_in_its_own_version() -> None:
    port, router = provider({"GET /slots": SLOTS, "GET /schedules": reply(200, {"data": []})})

    await port.find_slots(SlotQuery(event_type="12", window=DAY, zone="UTC"))
    await port.schedules()

    versions = {request.url.path: request.headers["cal-api-version"] for request in router.asked}
    assert versions["/event-types"] == "2024-06-14"
    assert versions["/slots"] == "2024-09-04"
    assert versions["/schedules"] == "2024-06-11"


async def test_a_version_can_be_replaced() -> None:
    port, router = provider(
        {"GET /bookings/u": reply(200, {"data": booking("u")})}, versions=Versions(bookings="2026-02-25")
    )

    await port.booking("u")

    assert router.asked[0].headers["cal-api-version"] == "2026-02-25"


async def test_slots_outside_the_window_are_dropped_whatever_the_server_gives() -> None:
    port, _ = provider({"GET /slots": SLOTS})

    assert len(await port.find_slots(SlotQuery(event_type="12", window=DAY, zone="UTC"))) == 1


async def test_event_types_are_asked_for_once_until_something_is_written() -> None:
    made = reply(201, {"data": {**INTRO, "id": 13, "slug": "new"}})
    port, router = provider({"GET /slots": SLOTS, "POST /event-types": made})
    query = SlotQuery(event_type="12", window=DAY, zone="UTC")

    for _ in range(3):
        await port.find_slots(query)
    assert paths(router).count("GET /event-types") == 1
    await port.write(claim(CreateEventType(title="New", slug="new", lengths=(timedelta(minutes=30),))))
    await port.find_slots(query)

    assert paths(router).count("GET /event-types") == 2


async def test_a_host_without_teams_is_asked_once_and_keeps_its_shapes() -> None:
    dialect = Dialect()
    port, router = provider({}, dialect=dialect, keep=0.0)

    await port.event_types()
    await port.event_types()

    assert paths(router).count("GET /teams") == 1
    assert not dialect.is_legacy
    with pytest.raises(Unsupported):
        await port.teams()


async def test_lists_are_read_to_the_short_page_and_nothing_comes_twice() -> None:
    rows = [booking(f"u{index}") for index in range(300)]

    def page(request: httpx.Request) -> httpx.Response:
        skip = int(request.url.params["skip"])
        return httpx.Response(200, json={"data": rows[max(0, skip - 1) : skip + 249 if skip else 250]})

    port, router = provider({"GET /bookings": page})
    found = await port.bookings(BookingQuery(limit=1000))

    assert len(found) == len({each.id for each in found}) >= 299
    assert paths(router).count("GET /bookings") == 2


async def test_a_filter_that_the_server_drops_is_applied_here() -> None:
    rows = [
        booking("mine"),
        booking("foreign", host="boss@example.com"),
        booking("later", start="2026-03-09T10:00:00Z"),
        booking("cancelled", status="cancelled"),
        booking("other-guest", attendees=[{"email": "omar@example.org", "timeZone": "UTC"}]),
    ]
    port, _ = provider({"GET /bookings": reply(200, {"data": rows})})

    found = await port.bookings(BookingQuery(window=DAY, attendee_email="Dana@example.org"))

    assert [each.id for each in found] == ["mine"]


async def test_an_attendee_s_booking_is_their_own_by_any_of_their_addresses() -> None:
    row = booking("u", host="boss@example.com", guests=["ana.private@example.net"])
    port, router = provider({"GET /bookings/u": reply(200, {"data": row})}, emails=("Ana.Private@example.net",))

    assert (await port.booking("u")).id == "u"
    assert "GET /me" not in paths(router)


async def test_a_host_whose_address_is_hidden_is_known_by_id() -> None:
    row = booking("u", host="", hosts=[{"id": 41, "name": "Ana"}])
    port, _ = provider({"GET /bookings/u": reply(200, {"data": row})})

    assert (await port.booking("u")).id == "u"


async def test_somebody_else_s_booking_is_neither_shown_nor_changed() -> None:
    row = booking("u", host="boss@example.com")
    port, router = provider({"GET /bookings/u": reply(200, {"data": row})})
    cancel = CancelBooking(booking="u", slot=Slot(START, START + timedelta(minutes=30)))

    with pytest.raises(NotFound):
        await port.booking("u")
    with pytest.raises(NotFound):
        await port.write(claim(cancel))
    assert router.writes() == []


async def test_a_cancel_that_came_too_late_is_as_good_as_done() -> None:
    already = upstream_error(400, "Can't cancel booking with uid=u because it has been cancelled already.")
    rows = [reply(200, {"data": booking("u")}), reply(200, {"data": booking("u", status="cancelled")})]
    port, _ = provider({"GET /bookings/u": rows, "POST /bookings/u/cancel": already})

    done = await port.write(claim(CancelBooking(booking="u", slot=Slot(START, START + timedelta(minutes=30)))))

    assert done.booking is not None
    assert done.booking.status == "cancelled"


async def test_a_cancellation_always_has_a_reason() -> None:
    gone = reply(200, {"data": booking("u", status="cancelled")})
    port, router = provider({"GET /bookings/u": reply(200, {"data": booking("u")}), "POST /bookings/u/cancel": gone})

    await port.write(
        claim(CancelBooking(booking="u", slot=Slot(START, START + timedelta(minutes=30)), and_following=True))
    )

    body = json.loads(router.writes()[0].content)
    assert body["cancellationReason"]
    assert body["cancelSubsequentBookings"] is True


async def test_a_list_that_looks_back_keeps_the_latest() -> None:
    rows = [booking(f"u{day}", start=f"2026-02-{day:02d}T10:00:00Z") for day in range(20, 10, -1)]
    port, router = provider({"GET /bookings": reply(200, {"data": rows})})

    found = await port.bookings(BookingQuery(states=(BookingState.PAST,), limit=2))

    assert [each.id for each in found] == ["u19", "u20"]
    assert router.asked[0].url.params["sortStart"] == "desc"


async def test_schedules_fall_back_to_the_default_one() -> None:
    row = {"id": 3, "name": "Hours", "timeZone": "UTC", "isDefault": True, "availability": []}
    port, _ = provider(
        {"GET /schedules": upstream_error(500, "Internal"), "GET /schedules/default": reply(200, {"data": row})}
    )

    assert [each.id for each in await port.schedules()] == ["3"]


async def test_busy_times_are_asked_in_whole_days_under_both_names_of_the_zone() -> None:
    calendar = {"externalId": "ana@example.com", "credentialId": 3, "isSelected": True}
    skipped = {"externalId": "other@example.com", "credentialId": 3, "isSelected": False}
    connected = {"connectedCalendars": [{"integration": "g", "credentialId": 3, "calendars": [calendar, skipped]}]}
    port, router = provider(
        {"GET /calendars": reply(200, {"data": connected}), "GET /calendars/busy-times": reply(200, {"data": []})}
    )

    await port.busy_times(Interval(NOW.replace(hour=23), NOW.replace(hour=23) + timedelta(hours=1)), "Europe/Berlin")

    asked = router.asked[-1].url.params
    assert (asked["dateFrom"], asked["dateTo"]) == ("2026-03-03", "2026-03-03")
    assert asked["timeZone"] == asked["loggedInUsersTz"] == "Europe/Berlin"
    assert asked["calendarsToLoad[0][externalId]"] == "ana@example.com"
    assert "calendarsToLoad[1][externalId]" not in asked


async def test_no_calendar_is_not_asked_for_busy_times() -> None:
    port, router = provider({"GET /calendars": reply(200, {"data": {"connectedCalendars": []}})})

    assert await port.busy_times(DAY, "UTC") == ()
    assert "GET /calendars/busy-times" not in paths(router)


OLD_TYPES = reply(
    200, {"data": {"eventTypeGroups": [{"eventTypes": [{"id": 12, "title": "I", "slug": "i", "length": 30}]}]}}
)


async def test_a_host_that_drops_versions_is_known_before_anything_is_written() -> None:
    made = reply(201, {"data": {"id": 13, "title": "New", "slug": "new", "length": 45}})
    dialect = Dialect()
    port, router = provider({"GET /event-types": OLD_TYPES, "POST /event-types": made}, dialect=dialect)

    await port.write(claim(CreateEventType(title="New", slug="new", lengths=(timedelta(minutes=45),))))

    assert dialect.is_legacy
    assert json.loads(router.writes()[0].content) == {"title": "New", "slug": "new", "length": 45}


async def test_what_one_account_learns_of_a_host_another_need_not() -> None:
    dialect = Dialect()
    first, _ = provider({"GET /event-types": OLD_TYPES}, dialect=dialect)
    await first.event_types()
    second, router = provider({"GET /event-types": OLD_TYPES}, dialect=dialect)

    await second.event_types()

    assert all("cal-api-version" not in request.headers for request in router.asked)


async def test_one_odd_answer_does_not_make_a_host_old() -> None:
    dialect = Dialect()
    today = reply(200, {"data": [INTRO]})
    port, router = provider({"GET /event-types": [OLD_TYPES, today]}, dialect=dialect, keep=0.0)

    with pytest.raises(ProviderChanged):
        await port.event_types()

    assert not dialect.is_legacy
    assert port.capabilities.approval
    assert [kind.title for kind in await port.event_types()] == [INTRO["title"]]
    assert all("cal-api-version" in request.headers for request in router.asked if "event-types" in request.url.path)


async def test_a_host_that_was_updated_is_found_out() -> None:
    dialect = Dialect()
    old, _ = provider({"GET /event-types": OLD_TYPES}, dialect=dialect)
    await old.event_types()
    port, _ = provider({"GET /event-types": reply(200, {"data": [INTRO]})}, dialect=dialect, keep=0.0)
    was_able = port.capabilities.approval
    dialect._asked_again_at = 0.0

    await port.event_types()

    assert (was_able, port.capabilities.approval, dialect.is_legacy) == (False, True, False)


async def test_a_missing_slots_route_gives_the_host_away() -> None:
    old_slots = reply(200, {"data": {"slots": {"2026-03-02": [{"time": "2026-03-02T10:00:00Z"}]}}})
    router = Router({"GET /event-types": OLD_TYPES, "GET /slots/available": old_slots, "GET /me": ME})
    port = CalcomProvider(make_api(router, TARGET))

    assert len(await port.find_slots(SlotQuery(event_type="12", window=DAY, zone="UTC"))) == 1


async def test_the_old_shapes_can_be_chosen_outright() -> None:
    dialect = Dialect(is_legacy=True, is_settled=True, is_chosen=True)
    port, router = provider({"GET /event-types": OLD_TYPES}, dialect=dialect)

    await port.event_types()

    assert not port.capabilities.approval
    assert all("cal-api-version" not in request.headers for request in router.asked)


async def test_a_success_that_cannot_be_read_leaves_a_write_open() -> None:
    port, _ = provider({"PATCH /me": reply(200, {"data": {"id": 41}})})

    with pytest.raises(Uncertain):
        await port.write(claim(ChangeProfile(zone="UTC")))


async def test_an_unforeseen_answer_is_a_change_at_the_provider() -> None:
    bodies: list[Any] = [{"data": [[[]]]}, {"data": {"2026-03-02": 7}}, [], 7, {"data": {"x": [{"start": "never"}]}}]
    for body in bodies:
        port, _ = provider({"GET /slots": reply(200, body)})
        with pytest.raises((ProviderChanged, ProviderDown)):
            await port.find_slots(SlotQuery(event_type="12", window=DAY, zone="UTC"))


async def test_an_unknown_event_type_is_not_sent_for() -> None:
    port, router = provider({})

    with pytest.raises(NotFound):
        await port.write(claim(HoldSlot(event_type="99", slot=Slot(START, START + timedelta(minutes=30)))))
    assert router.writes() == []


async def test_a_deleted_thing_is_deleted_without_a_body() -> None:
    port, router = provider({"DELETE /event-types/12": reply(200, raw=b"")})

    await port.write(claim(DeleteEventType(event_type="12")))

    assert router.writes()[0].content == b""


async def test_single_use_links_are_declined_with_what_there_is() -> None:
    port, _ = provider({})

    with pytest.raises(Unsupported, match="links") as caught:
        await port.write(claim(CreateLink(event_type="12")))
    assert "booking page" in caught.value.for_person


async def test_a_revoked_grant_behind_the_gateway_must_be_renewed() -> None:
    target = replace(TARGET, connections_url="http://cal/connections", probe_path="/me", gate="g")
    port = CalcomProvider(make_api(Script([reply(500, {"error": "authorization expired"})]), target))

    with pytest.raises(NotConnected) as caught:
        await port.event_types()
    assert caught.value.repair
