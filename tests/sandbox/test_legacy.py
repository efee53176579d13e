"""The oldest shapes, which answer when no version header comes through."""

from __future__ import annotations

from typing import Any

import pytest
from sandbox_world import Caller, calling, told

RESPONSES = {"name": "Leo", "email": "leo@example.org"}


def body(kind: int, start: str = "2026-11-24T09:00:00Z", **fields: Any) -> dict[str, Any]:
    end = start[:14] + f"{int(start[14:16]) + 30:02d}:00Z"
    plain = {"eventTypeId": kind, "start": start, "end": end, "timeZone": "UTC", "language": "en", "metadata": {}}
    return {**plain, "responses": RESPONSES, **fields}


async def book(caller: Caller, kind: int, **fields: Any) -> Any:
    response = await caller.call("POST", "/v2/bookings", body=body(kind, **fields))
    assert response.status_code == 201, response.text
    return response.json()["data"]


@pytest.mark.parametrize("version", ["", "2024-04-15", "1999-01-01"])
async def test_no_or_an_unknown_version_means_the_oldest_shape(version: str) -> None:
    async with calling() as caller:
        await caller.make_type()
        data = (await caller.get("/v2/event-types", version=version)).json()["data"]

    (group,) = data["eventTypeGroups"]
    assert [(kind["slug"], kind["length"]) for kind in group["eventTypes"]] == [("intro-call", 30)]


async def test_a_version_that_only_the_hosted_edition_knows_is_unknown_to_the_bare_one() -> None:
    async with calling(seed=0) as bare, calling(seed=1) as hosted:
        answers = [(await caller.get("/v2/bookings", version="2026-02-25")).json()["data"] for caller in (bare, hosted)]

    assert "bookings" in answers[0]
    assert isinstance(answers[1], list)


async def test_event_types_are_made_changed_and_deleted_by_length() -> None:
    async with calling() as caller:
        made = await caller.call("POST", "/v2/event-types", body={"title": "Old", "slug": "old", "length": 45})
        path = f"/v2/event-types/{made.json()['data']['id']}"
        changed = await caller.call("PATCH", path, body={"length": 20, "title": "Older"})
        read = (await caller.get(path)).json()["data"]["eventType"]
        public = (await caller.get("/v2/event-types/host/public", key="")).json()["data"]
        gone = await caller.call("DELETE", path)
        missing = await caller.get(path)

    assert (made.status_code, made.json()["data"]["length"]) == (201, 45)
    assert (changed.json()["data"]["length"], read["title"]) == (20, "Older")
    assert [kind["slug"] for kind in public] == ["old"]
    assert (gone.status_code, missing.status_code) == (200, 404)


async def test_slots_come_under_time_and_holds_as_an_id() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        window = f"eventTypeId={kind['id']}&startTime=2026-11-24T09:00:00Z&endTime=2026-11-24T11:00:00Z"
        held = await caller.call(
            "POST",
            "/v2/slots/reserve",
            body={
                "eventTypeId": kind["id"],
                "slotUtcStartDate": "2026-11-24T09:30:00Z",
                "slotUtcEndDate": "2026-11-24T10:00:00Z",
            },
        )
        while_held = (await caller.get(f"/v2/slots/available?{window}")).json()["data"]["slots"]
        await caller.call("DELETE", f"/v2/slots/selected-slot?uid={held.json()['data']}")
        after = (await caller.get(f"/v2/slots/available?{window}")).json()["data"]["slots"]

    assert held.status_code == 201
    assert [slot["time"][11:16] for slot in while_held["2026-11-24"]] == ["09:00", "10:00", "10:30"]
    assert len(after["2026-11-24"]) == 4


async def test_bookings_are_made_read_listed_and_cancelled_in_capitals() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        made = await book(caller, kind["id"], metadata={"clientRef": "r-1"})
        read = (await caller.get(f"/v2/bookings/{made['uid']}", key="")).json()["data"]
        listed = (await caller.get("/v2/bookings?filters[status]=upcoming")).json()["data"]
        gone = await caller.call("POST", f"/v2/bookings/{made['uid']}/cancel", body={"cancellationReason": "x"})
        cancelled = (await caller.get("/v2/bookings?filters[status]=cancelled")).json()["data"]["bookings"]

    assert (made["status"], read["metadata"]) == ("ACCEPTED", {"clientRef": "r-1"})
    assert [one["uid"] for one in listed["bookings"]] == [made["uid"]]
    assert (listed["totalCount"], listed["nextCursor"]) == (1, None)
    assert gone.json()["data"] == {"bookingId": made["id"], "bookingUid": made["uid"], "onlyRemovedAttendee": False}
    assert [one["status"] for one in cancelled] == ["CANCELLED"]


async def test_a_booking_that_names_another_takes_its_place() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        old = await book(caller, kind["id"], metadata={"clientRef": "r-1"})
        new = await book(caller, kind["id"], start="2026-11-24T11:00:00Z", rescheduleUid=old["uid"])
        before = (await caller.get(f"/v2/bookings/{old['uid']}", version="2024-08-13")).json()["data"]
        again = await caller.call("POST", "/v2/bookings", body=body(kind["id"], rescheduleUid=old["uid"]))

    assert (new["fromReschedule"], new["metadata"]) == (old["uid"], {"clientRef": "r-1"})
    assert (before["status"], before["rescheduledToUid"]) == ("cancelled", new["uid"])
    assert again.status_code == 404


REFUSALS = [
    ({"start": "2026-11-24T04:00:00Z"}, 400, "no_available_users_found_error"),
    ({"start": "2025-01-06T10:00:00Z"}, 400, "Attempting to book a meeting in the past."),
    ({"end": "2026-11-24T11:00:00Z"}, 400, "Invalid event length"),
    ({"responses": {"name": "x", "email": "nope"}}, 500, "{email}email_validation_error"),
    ({"eventTypeId": 99}, 500, "findUniqueOrThrow"),
    ({"metadata": None}, 400, "Bad Request Exception"),
]


@pytest.mark.parametrize(("fields", "status", "text"), REFUSALS)
async def test_old_refusals_have_old_words(fields: dict[str, Any], status: int, text: str) -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        response = await caller.call("POST", "/v2/bookings", body=body(kind["id"]) | body(kind["id"], **fields))

    assert response.status_code == status
    assert text in told(response)


async def test_schedules_are_written_as_instants_that_mean_wall_time() -> None:
    hours = [{"days": [1, 2], "startTime": "1970-01-01T10:00:00.000Z", "endTime": "1970-01-01T12:00:00.000Z"}]
    async with calling() as caller:
        plain = {"name": "Short", "timeZone": "Europe/Paris", "isDefault": False, "availabilities": hours}
        made = (await caller.call("POST", "/v2/schedules", body=plain)).json()["data"]
        week: list[list[Any]] = [[] for _ in range(7)]
        week[5] = [{"start": "1970-01-01T09:00:00.000Z", "end": "1970-01-01T23:59:00.000Z"}]
        off = [{"start": "2026-12-24T00:00:00.000Z", "end": "2026-12-24T00:00:00.000Z"}]
        change = {"schedule": week, "dateOverrides": off}
        changed = await caller.call("PATCH", f"/v2/schedules/{made['id']}", body=change)
        now = (await caller.get(f"/v2/schedules/{made['id']}", version="2024-06-11")).json()["data"]

    assert made["workingHours"] == [{"days": [1, 2], "startTime": 600, "endTime": 720}]
    assert changed.json()["data"]["schedule"]["workingHours"][0]["days"] == [5]
    assert now["availability"] == [{"days": ["Friday"], "startTime": "09:00", "endTime": "00:00"}]
    assert now["overrides"] == [{"date": "2026-12-24", "startTime": "00:00", "endTime": "00:00"}]


@pytest.mark.parametrize("path", ["/v2/slots?eventTypeId=1", "/v2/bookings/x/reschedule", "/v2/slots/reservations"])
async def test_paths_of_today_are_unknown_without_a_version(path: str) -> None:
    async with calling() as caller:
        response = await caller.call("POST", path, body={})

    assert (response.status_code, told(response)) == (404, f"Cannot POST {path}")
