"""Answers of the sandbox against the published description of the service, as far as the recordings keep to it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sandbox_specs import complaints, load
from sandbox_world import Caller, calling

SHARED = Path(__file__).parents[2].parent / "shared"
HOSTED = SHARED / "specs" / "calcom-v2-openapi.json"
TOUR = SHARED / "recordings" / "calcom"

_LOOSE = "the description calls it an object; it is a number"
KNOWN_LOOSENESS = {
    "slotInterval: anyOf": _LOOSE,
    "destinationCalendar.id: type": _LOOSE,
    "hosts[]: type": "the description calls a host a text; it is an object",
    "$.data: type": "the description has one membership where the service lists them",
}

pytestmark = pytest.mark.skipif(not HOSTED.is_file(), reason="the published descriptions are not beside this checkout")


def place(complaint: str) -> str:
    """Where in the thing itself a complaint is about, whichever route brought it."""
    where = complaint.partition(": ")[2]
    return re.sub(r"^\$\.data(\[\])?\.", "", where)


def recorded_places() -> frozenset[str]:
    """Where the service itself does not keep to its description."""
    spec, found = load(HOSTED), set[str]()
    for file in TOUR.glob("[0-9]*.json"):
        exchange = json.loads(file.read_text(encoding="utf-8"))
        request, response = exchange["request"], exchange.get("response")
        if response and response["status"] < 300:
            said = complaints(spec, request["method"], request["path"], response["status"], response["body"])
            found |= {place(one) for one in said or ()}
    return frozenset(found)


async def tour(caller: Caller) -> list[tuple[str, str, int, Any]]:
    """One call of every family, in the hosted world."""
    kinds = (await caller.get("/v2/event-types", version="2024-06-14")).json()["data"]
    intro = next(kind for kind in kinds if kind["slug"] == "intro")
    teams = (await caller.get("/v2/teams")).json()["data"]
    team = teams[0]["id"]
    org = (await caller.get("/v2/me")).json()["data"]["organizationId"]
    start = await caller.free_start(intro["id"])
    booked = await caller.book(intro["id"], start)
    uid = booked["uid"]
    calls = [
        ("GET", "/v2/me", "", None),
        ("GET", "/v2/event-types", "2024-06-14", None),
        ("GET", f"/v2/event-types/{intro['id']}", "2024-06-14", None),
        ("POST", "/v2/event-types", "2024-06-14", {"title": "Chat", "slug": "chat", "lengthInMinutes": 20}),
        ("GET", "/v2/schedules", "2024-06-11", None),
        ("GET", "/v2/schedules/default", "2024-06-11", None),
        ("POST", "/v2/schedules", "2024-06-11", {"name": "Late", "timeZone": "Europe/Paris", "isDefault": False}),
        ("GET", f"/v2/slots?eventTypeId={intro['id']}&start=2026-11-25&end=2026-11-25", "2024-09-04", None),
        ("GET", "/v2/bookings", "2024-08-13", None),
        ("GET", f"/v2/bookings/{uid}", "2024-08-13", None),
        ("GET", f"/v2/bookings/{uid}/attendees", "2024-08-13", None),
        ("GET", f"/v2/bookings/{uid}/calendar-links", "2024-08-13", None),
        ("GET", "/v2/calendars", "", None),
        ("GET", "/v2/calendars/busy-times?dateFrom=2026-11-23&dateTo=2026-12-04&timeZone=Europe/Berlin", "", None),
        ("GET", "/v2/conferencing", "", None),
        ("POST", "/v2/conferencing/google-meet/default", "", {}),
        ("GET", "/v2/conferencing/default", "", None),
        ("GET", "/v2/verified-resources/emails", "", None),
        ("GET", "/v2/teams", "", None),
        ("GET", f"/v2/teams/{team}", "", None),
        ("GET", f"/v2/teams/{team}/event-types", "2024-06-14", None),
        ("GET", f"/v2/teams/{team}/bookings", "2024-08-13", None),
        ("GET", f"/v2/teams/{team}/memberships", "", None),
        ("GET", f"/v2/teams/{team}/schedules", "2024-06-11", None),
        ("GET", f"/v2/organizations/{org}/teams", "", None),
        ("GET", f"/v2/organizations/{org}/teams/event-types", "2024-06-14", None),
        ("GET", f"/v2/organizations/{org}/teams/{team}/event-types", "2024-06-14", None),
        ("GET", f"/v2/organizations/{org}/teams/{team}/memberships", "", None),
        ("GET", f"/v2/organizations/{org}/bookings", "2024-08-13", None),
        ("GET", f"/v2/organizations/{org}/memberships", "", None),
        ("GET", f"/v2/organizations/{org}/schedules", "2024-06-11", None),
        ("GET", f"/v2/organizations/{org}/users", "", None),
        (
            "POST",
            "/v2/webhooks",
            "",
            {"active": True, "subscriberUrl": "https://example.com/h", "triggers": [], "secret": "s"},
        ),
        ("GET", "/v2/webhooks", "", None),
    ]
    answers = []
    for method, path, version, body in calls:
        response = await caller.call(method, path, version=version, body=body)
        assert response.is_success, (method, path, response.text)
        answers.append((method, path, response.status_code, response.json()))
    return answers


async def test_answers_keep_to_the_description_wherever_the_service_does() -> None:
    spec, contradicted = load(HOSTED), recorded_places()

    async with calling(seed=1) as caller:
        answers = await tour(caller)

    found = [complaints(spec, *answer) for answer in answers]
    described = [said for said in found if said is not None]
    assert len(described) == len(answers)
    own = {one for said in described for one in said if place(one) not in contradicted}
    assert {one for one in own if place(one) not in KNOWN_LOOSENESS} == set()
