"""Free times: hours, clock changes, what is taken, and the grid."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sandbox_world import Caller, calling, told

V_SLOTS = "2024-09-04"


def hours(slots: list[str]) -> list[str]:
    return [slot[11:16] for slot in slots]


async def test_slots_fill_the_working_day_of_the_hosts_zone() -> None:
    async with calling() as caller:
        kind = await caller.make_type(lengthInMinutes=60)
        slots = await caller.slots(kind["id"], "2026-11-24")
        weekend = await caller.slots(kind["id"], "2026-11-28")

    assert hours(slots) == ["08:00", "09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00"]
    assert weekend == []


async def test_hours_stay_on_the_wall_clock_when_clocks_change() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        before = await caller.slots(kind["id"], "2027-03-26")
        after = await caller.slots(kind["id"], "2027-03-29")
        night = {"availability": [{"days": ["Sunday"], "startTime": "01:00", "endTime": "04:00"}]}
        await caller.call("PATCH", "/v2/schedules/1", version="2024-06-11", body=night)
        short = await caller.slots(kind["id"], "2027-03-28")
        long = await caller.slots(kind["id"], "2027-10-30T22:00:00Z", end="2027-10-31T12:00:00Z")

    assert (before[0], after[0]) == ("2027-03-26T08:00:00.000Z", "2027-03-29T07:00:00.000Z")
    assert (len(short), len(long)) == (4, 8)


async def test_with_a_zone_days_and_times_are_local() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        query = {"eventTypeId": kind["id"], "start": "2026-11-24", "end": "2026-11-24", "timeZone": "Asia/Tokyo"}
        days = (await caller.client.get("/v2/slots", params=query, headers={"cal-api-version": V_SLOTS})).json()["data"]

    assert list(days) == ["2026-11-24", "2026-11-25"]
    assert days["2026-11-24"][0]["start"] == "2026-11-24T17:00:00.000+09:00"


BOUNDS = [
    ({"start": "2026-11-24T09:00:00Z", "end": "2026-11-24T10:30:00Z"}, ["09:00", "09:30", "10:00"]),
    ({"start": "2026-11-24T10:00:00+01:00", "end": "2026-11-24T10:30:00+01:00"}, ["09:00"]),
    ({"start": "2026-11-24T15:00:00Z", "end": "2026-11-25T00:00:00Z"}, 2 + 16),
    ({"start": "2026-11-25", "end": "2026-11-24"}, []),
    ({"start": "2025-01-01", "end": "2025-01-03"}, []),
]


@pytest.mark.parametrize(("bounds", "expected"), BOUNDS)
async def test_the_window_is_kept(bounds: dict[str, str], expected: Any) -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        slots = hours(await caller.slots(kind["id"], "2026-11-24", **bounds))

    assert (slots if isinstance(expected, list) else len(slots)) == expected


GRIDS = [
    ({"lengthInMinutes": 45}, ["08:00", "08:45", "09:30"]),
    ({"lengthInMinutes": 30, "slotInterval": 15}, ["08:00", "08:15", "08:30"]),
    ({"lengthInMinutes": 15, "slotInterval": 60}, ["08:00", "09:00", "10:00"]),
    ({"lengthInMinutes": 30, "offsetStart": 5}, ["08:05", "08:40", "09:15"]),
]


@pytest.mark.parametrize(("fields", "expected"), GRIDS)
async def test_the_grid_steps_by_interval_or_length(fields: dict[str, int], expected: list[str]) -> None:
    async with calling() as caller:
        kind = await caller.make_type(**fields)
        assert hours(await caller.slots(kind["id"], "2026-11-24"))[:3] == expected


async def test_an_odd_booking_takes_the_slots_it_touches() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        await caller.book(kind["id"], "2026-11-24T09:10:00Z")
        slots = hours(await caller.slots(kind["id"], "2026-11-24"))

    assert slots[:3] == ["08:00", "08:30", "10:00"]


async def test_buffers_keep_a_distance_on_both_sides() -> None:
    async with calling() as caller:
        kind = await caller.make_type(beforeEventBuffer=30, afterEventBuffer=30)
        await caller.book(kind["id"], "2026-11-24T10:00:00Z")
        slots = hours(await caller.slots(kind["id"], "2026-11-24"))
        close = await caller.try_to_book(kind["id"], "2026-11-24T10:30:00Z")

    assert "08:30" in slots
    assert not {"09:00", "09:30", "10:00", "10:30", "11:00"} & set(slots)
    assert "11:30" in slots
    assert close.status_code == 400


async def test_minimum_notice_hides_and_refuses_what_is_too_soon() -> None:
    async with calling() as caller:
        kind = await caller.make_type(minimumBookingNotice=120)
        slots = hours(await caller.slots(kind["id"], "2026-11-20"))
        soon = await caller.try_to_book(kind["id"], "2026-11-20T13:30:00Z")

    assert slots[0] == "14:00"
    assert told(soon).startswith('The event type can\'t be booked at the "start" time provided.')


WINDOWS = [
    ({"type": "calendarDays", "value": 4}, ["2026-11-23", "2026-11-24"]),
    ({"type": "businessDays", "value": 3}, ["2026-11-23", "2026-11-24", "2026-11-25"]),
    ({"type": "range", "value": ["2026-11-24", "2026-11-25"]}, ["2026-11-24", "2026-11-25"]),
]


@pytest.mark.parametrize(("window", "days"), WINDOWS)
async def test_a_booking_window_ends_what_can_be_booked(window: dict[str, Any], days: list[str]) -> None:
    async with calling() as caller:
        kind = await caller.make_type(bookingWindow=window)
        slots = await caller.slots(kind["id"], "2026-11-21", end="2026-12-04")
        late = await caller.try_to_book(kind["id"], "2026-12-03T10:00:00Z")

    assert sorted({slot[:10] for slot in slots}) == days
    assert late.status_code == 400


async def test_overrides_replace_the_hours_of_their_day() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        off = {"date": "2026-11-24", "startTime": "00:00", "endTime": "00:00"}
        extra = {"date": "2026-11-28", "startTime": "10:00", "endTime": "11:00"}
        await caller.call("PATCH", "/v2/schedules/1", version="2024-06-11", body={"overrides": [off, extra]})
        days = [hours(await caller.slots(kind["id"], day)) for day in ("2026-11-24", "2026-11-28", "2026-11-25")]

    assert days[0] == []
    assert days[1] == ["09:00", "09:30"]
    assert len(days[2]) == 16


async def test_a_type_may_have_a_schedule_of_its_own() -> None:
    async with calling() as caller:
        evening = {"days": ["Tuesday"], "startTime": "18:00", "endTime": "19:00"}
        body = {"name": "Late", "timeZone": "Europe/Berlin", "isDefault": False, "availability": [evening]}
        made = (await caller.call("POST", "/v2/schedules", version="2024-06-11", body=body)).json()["data"]
        kind = await caller.make_type(scheduleId=made["id"])

        assert hours(await caller.slots(kind["id"], "2026-11-24")) == ["17:00", "17:30"]


async def hold(caller: Caller, kind: int, start: str, **more: Any) -> Any:
    body = {"eventTypeId": kind, "slotStart": start, **more}
    return await caller.call("POST", "/v2/slots/reservations", version=V_SLOTS, body=body)


async def test_a_hold_hides_its_slot_until_it_runs_out_but_does_not_stop_a_booking() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        held = (await hold(caller, kind["id"], "2026-11-24T09:00:00Z", reservationDuration=3)).json()["data"]
        while_held = hours(await caller.slots(kind["id"], "2026-11-24"))
        second = await hold(caller, kind["id"], "2026-11-24T09:15:00Z")
        caller.clock.forward(timedelta(minutes=3, seconds=1))
        later = hours(await caller.slots(kind["id"], "2026-11-24"))
        await hold(caller, kind["id"], "2026-11-24T11:00:00Z")
        booked = await caller.try_to_book(kind["id"], "2026-11-24T11:00:00Z")
        gone = await caller.get(f"/v2/slots/reservations/{held['reservationUid']}", version=V_SLOTS)

    assert held["reservationUntil"] == "2026-11-20T12:03:00.000Z"
    assert "09:00" not in while_held
    assert second.status_code == 422
    assert "09:00" in later
    assert booked.status_code == 201
    assert gone.json()["data"] is None


async def test_a_hold_can_be_moved_and_removed_by_whoever_knows_it() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        uid = (await hold(caller, kind["id"], "2026-11-24T09:00:00Z")).json()["data"]["reservationUid"]
        path, body = f"/v2/slots/reservations/{uid}", {"eventTypeId": kind["id"], "slotStart": "2026-11-24T10:00:00Z"}
        moved = await caller.call("PATCH", path, version=V_SLOTS, body=body, key="")
        same = await caller.call("PATCH", path, version=V_SLOTS, body=body, key="")
        removed = [await caller.call("DELETE", path, version=V_SLOTS, key="") for _ in range(2)]
        slots = hours(await caller.slots(kind["id"], "2026-11-24"))

    assert (moved.status_code, same.status_code) == (200, 422)
    assert [answer.status_code for answer in removed] == [200, 200]
    assert {"09:00", "10:00"} <= set(slots)


REFUSED_HOLDS = [
    ({"eventTypeId": 404, "slotStart": "2026-11-24T09:00:00Z"}, 404, "Event Type with ID=404 not found"),
    ({"eventTypeId": 1, "slotStart": "soon"}, 400, "Bad Request Exception"),
    (
        {"eventTypeId": 1, "slotStart": "2026-11-24T09:00:00Z", "slotDuration": 60},
        400,
        "You passed 'slotDuration' but this event type is not a variable length event type.",
    ),
    (
        {"eventTypeId": 1, "slotStart": "2026-11-24T08:00:00Z"},
        422,
        "Can't reserve a slot if the event is already booked.",
    ),
]


@pytest.mark.parametrize(("body", "status", "text"), REFUSED_HOLDS)
async def test_a_hold_that_cannot_be_is_refused(body: dict[str, Any], status: int, text: str) -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        await caller.book(kind["id"], "2026-11-24T08:00:00Z")
        response = await caller.call("POST", "/v2/slots/reservations", version=V_SLOTS, body=body)

    assert (response.status_code, told(response)) == (status, text)


async def test_the_time_of_the_booking_that_moves_counts_as_free() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        booking = await caller.book(kind["id"], "2026-11-24T09:00:00Z")
        taken = hours(await caller.slots(kind["id"], "2026-11-24"))
        moving = hours(await caller.slots(kind["id"], "2026-11-24", bookingUidToReschedule=booking["uid"]))

    assert ("09:00" in taken, "09:00" in moving) == (False, True)


async def test_a_seated_slot_stays_until_it_is_full() -> None:
    seats = {"seatsPerTimeSlot": 2, "showAttendeeInfo": True, "showAvailabilityCount": True}
    async with calling() as caller:
        kind = await caller.make_type(seats=seats)
        query = {"eventTypeId": kind["id"], "start": "2026-11-24T09:00:00Z", "end": "2026-11-24T09:30:00Z"}
        await caller.book(kind["id"], "2026-11-24T09:00:00Z")
        half = (await caller.client.get("/v2/slots", params=query, headers={"cal-api-version": V_SLOTS})).json()["data"]
        await caller.book(kind["id"], "2026-11-24T09:00:00Z")
        full = (await caller.client.get("/v2/slots", params=query, headers={"cal-api-version": V_SLOTS})).json()["data"]

    (slot,) = half["2026-11-24"]
    assert (slot["seatsBooked"], slot["seatsRemaining"], slot["seatsTotal"]) == (1, 1, 2)
    assert full == {}


REFUSED_QUERIES = [
    ({"eventTypeId": "9"}, 404, "Event Type not found"),
    ({"eventTypeSlug": "x", "username": "nobody"}, 404, "User with username nobody not found"),
    ({"eventTypeId": "1", "username": "host"}, 400, "username property is wrong,property username should not exist "),
    (
        {"eventTypeId": "1", "timeZone": "Moon/Base"},
        400,
        "timeZone property is wrong,timeZone must be a valid IANA time-zone ",
    ),
    ({"eventTypeId": "1", "format": "x"}, 400, "format property is wrong,format must be either 'range' or 'time' "),
]


@pytest.mark.parametrize(("query", "status", "text"), REFUSED_QUERIES)
async def test_a_query_that_means_nothing_is_refused(query: dict[str, str], status: int, text: str) -> None:
    async with calling() as caller:
        await caller.make_type()
        params = {"start": "2026-11-24", "end": "2026-11-24", **query}
        response = await caller.client.get("/v2/slots", params=params, headers={"cal-api-version": V_SLOTS})

    assert (response.status_code, told(response)) == (status, text)


async def test_slots_can_be_asked_by_public_name_and_for_several_people() -> None:
    async with calling(seed=1) as caller:
        window = {"start": "2026-11-24", "end": "2026-11-24"}
        headers = {"cal-api-version": V_SLOTS}
        public = {"username": "dana", "eventTypeSlug": "intro", **window}
        one = (await caller.client.get("/v2/slots", params=public, headers=headers)).json()["data"]
        both = {"usernames": "dana,priya", "organizationSlug": "acme", **window}
        two = (await caller.client.get("/v2/slots", params=both, headers=headers)).json()["data"]

    assert 0 < len(two["2026-11-24"]) <= len(one["2026-11-24"])
