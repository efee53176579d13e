"""What belongs to an account: profile, event types, schedules, calendars, conferencing, teams."""

from __future__ import annotations

from typing import Any

import pytest
from sandbox_world import calling, told

V_TYPES, V_SCHEDULES = "2024-06-14", "2024-06-11"


async def test_a_profile_is_changed_and_a_wrong_zone_refused() -> None:
    async with calling() as caller:
        good = await caller.call("PATCH", "/v2/me", body={"timeZone": "Asia/Tokyo", "timeFormat": 12, "name": "Hana"})
        bad = await caller.call("PATCH", "/v2/me", body={"timeZone": "Moon/Base"})
        me = (await caller.get("/v2/me")).json()["data"]

    assert good.json()["data"] == me
    assert (me["timeZone"], me["timeFormat"], me["name"]) == ("Asia/Tokyo", 12, "Hana")
    (error,) = bad.json()["error"]["details"]["errors"]
    assert (error["property"], error["value"]) == ("timeZone", "Moon/Base")


async def test_an_event_type_keeps_what_it_was_made_with() -> None:
    fields = {
        "description": "Talk",
        "slotInterval": 20,
        "beforeEventBuffer": 5,
        "afterEventBuffer": 10,
        "hidden": True,
        "seats": {"seatsPerTimeSlot": 4, "showAttendeeInfo": False, "showAvailabilityCount": True},
        "bookingWindow": {"type": "calendarDays", "value": 30, "rolling": True},
        "hideOrganizerEmail": True,
    }
    async with calling() as caller:
        made = await caller.make_type(**fields, unknown="dropped")
        read = (await caller.get(f"/v2/event-types/{made['id']}", version=V_TYPES)).json()["data"]
        public = (await caller.get("/v2/event-types?username=host", version=V_TYPES, key="")).json()["data"]

    assert made == read
    assert fields.items() <= (read | {"seats": fields["seats"]}).items()
    assert "unknown" not in read
    assert public == []


async def test_an_event_type_is_changed_in_part_and_deleted_for_good() -> None:
    async with calling() as caller:
        made = await caller.make_type(
            seats={"seatsPerTimeSlot": 2, "showAttendeeInfo": True, "showAvailabilityCount": True}
        )
        path = f"/v2/event-types/{made['id']}"
        body = {"lengthInMinutes": 45, "hidden": True, "seats": {"disabled": True}}
        changed = (await caller.call("PATCH", path, version=V_TYPES, body=body)).json()["data"]
        foreign = [await caller.call(m, path, version=V_TYPES, body={}, key="cal_other") for m in ("PATCH", "DELETE")]
        gone = [await caller.call("DELETE", path, version=V_TYPES) for _ in range(2)]

    assert (changed["lengthInMinutes"], changed["title"], changed["seats"]) == (45, made["title"], {"disabled": True})
    assert [answer.status_code for answer in foreign] == [404, 403]
    assert [answer.status_code for answer in gone] == [200, 404]


WRONG_TYPES: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["lengthInMinutes", "title", "slug"]),
    ({"title": "A", "slug": "a", "lengthInMinutes": 0}, ["lengthInMinutes"]),
    ({"title": "A", "slug": 3, "lengthInMinutes": "30"}, ["lengthInMinutes", "slug"]),
    ({"title": "A", "slug": "a", "lengthInMinutes": 30, "minimumBookingNotice": -1}, ["minimumBookingNotice"]),
]


@pytest.mark.parametrize(("body", "properties"), WRONG_TYPES)
async def test_a_wrong_event_type_is_told_by_its_properties(body: dict[str, Any], properties: list[str]) -> None:
    async with calling() as caller:
        response = await caller.call("POST", "/v2/event-types", version=V_TYPES, body=body)

    assert response.status_code == 400
    assert [error["property"] for error in response.json()["error"]["details"]["errors"]] == properties


async def test_a_slug_is_used_once() -> None:
    async with calling() as caller:
        await caller.make_type()
        body = {"title": "Again", "slug": "intro-call", "lengthInMinutes": 15}
        response = await caller.call("POST", "/v2/event-types", version=V_TYPES, body=body)

    assert (response.status_code, told(response)) == (400, "User already has an event type with this slug.")


async def test_a_schedule_is_made_default_changed_and_deleted() -> None:
    hours = [{"days": ["Friday"], "startTime": "09:00", "endTime": "13:00"}]
    async with calling() as caller:
        body = {"name": "Fridays", "timeZone": "Europe/Rome", "isDefault": True, "availability": hours}
        made = (await caller.call("POST", "/v2/schedules", version=V_SCHEDULES, body=body)).json()["data"]
        path = f"/v2/schedules/{made['id']}"
        default = (await caller.get("/v2/schedules/default", version=V_SCHEDULES)).json()["data"]
        changed = (await caller.call("PATCH", path, version=V_SCHEDULES, body={"name": "F"})).json()["data"]
        foreign = await caller.get(path, version=V_SCHEDULES, key="cal_other")
        gone = [await caller.call("DELETE", path, version=V_SCHEDULES) for _ in range(2)]
        after = (await caller.get("/v2/schedules/default", version=V_SCHEDULES)).json()["data"]

    assert made == default
    assert (changed["name"], changed["availability"], changed["isDefault"]) == ("F", hours, True)
    assert foreign.status_code == 403
    assert [(answer.status_code) for answer in gone] == [200, 400]
    assert after["name"] == "Working hours"


WRONG_HOURS = [
    ({"days": ["Funday"], "startTime": "09:00", "endTime": "10:00"}, ["days"]),
    ({"days": ["Monday"], "startTime": "9:00", "endTime": "24:00"}, ["startTime", "endTime"]),
]


@pytest.mark.parametrize(("row", "properties"), WRONG_HOURS)
async def test_wrong_hours_are_told_where_they_stand(row: dict[str, Any], properties: list[str]) -> None:
    async with calling() as caller:
        body = {"name": "S", "timeZone": "UTC", "isDefault": False, "availability": [row]}
        response = await caller.call("POST", "/v2/schedules", version=V_SCHEDULES, body=body)

    (error,) = response.json()["error"]["details"]["errors"]
    (index,) = error["children"]
    assert (error["property"], index["property"]) == ("availability", "0")
    assert [child["property"] for child in index["children"]] == properties


async def test_busy_times_are_read_from_the_connected_calendar() -> None:
    async with calling(seed=1) as caller:
        (connected,) = (await caller.get("/v2/calendars")).json()["data"]["connectedCalendars"]
        calendar = connected["calendars"][0]
        query = (
            "/v2/calendars/busy-times?dateFrom=2026-11-23&dateTo=2026-12-04&timeZone=Europe/Berlin"
            f"&calendarsToLoad[0][credentialId]={{}}&calendarsToLoad[0][externalId]={calendar['externalId']}"
        )
        busy = await caller.get(query.format(calendar["credentialId"]))
        foreign = await caller.get(query.format(99))
        zoneless = await caller.get(query.replace("timeZone", "tz").format(calendar["credentialId"]))

    rows = busy.json()["data"]
    assert rows == sorted(rows, key=lambda row: row["start"])
    assert len(rows) >= 3
    assert (foreign.status_code, told(foreign)) == (401, "These credentials do not belong to you")
    assert (zoneless.status_code, told(zoneless)) == (400, "Either timeZone or loggedInUsersTz must be provided")


async def test_a_default_conferencing_app_can_be_set() -> None:
    async with calling(seed=1) as caller:
        before = (await caller.get("/v2/conferencing/default")).json()
        await caller.call("POST", "/v2/conferencing/zoom/default")
        after = (await caller.get("/v2/conferencing/default")).json()
        wrong = await caller.call("POST", "/v2/conferencing/pigeon/default")

    assert before == {"status": "success"}
    assert after["data"]["appSlug"] == "zoom"
    assert wrong.status_code == 400


async def test_the_bare_world_has_no_teams_and_nothing_connected() -> None:
    async with calling(seed=0) as caller:
        paths = ("/v2/calendars", "/v2/conferencing", "/v2/verified-resources/emails")
        found = [(await caller.get(path)).json()["data"] for path in paths]
        teams = await caller.get("/v2/teams")

    assert found == [{"connectedCalendars": [], "destinationCalendar": {}}, [], []]
    assert (teams.status_code, told(teams)) == (404, "Cannot GET /v2/teams")


async def test_team_bookings_and_members_are_shown_to_members_only() -> None:
    async with calling(seed=1) as caller:
        me = (await caller.get("/v2/me")).json()["data"]
        org = me["organizationId"]
        mine = (await caller.get("/v2/teams")).json()["data"]
        every = (await caller.get(f"/v2/organizations/{org}/teams")).json()["data"]
        members = (await caller.get(f"/v2/teams/{mine[0]['id']}/memberships")).json()["data"]
        foreign_team = next(team for team in every if team["id"] not in {own["id"] for own in mine})
        foreign = await caller.get(f"/v2/teams/{foreign_team['id']}/event-types", version=V_TYPES)
        through_org = await caller.get(
            f"/v2/organizations/{org}/teams/{foreign_team['id']}/event-types", version=V_TYPES
        )
        no_org = await caller.get("/v2/organizations/999/teams")

    assert me["id"] in {member["userId"] for member in members}
    assert (foreign.status_code, through_org.status_code, no_org.status_code) == (403, 200, 403)
