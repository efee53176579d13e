"""Lists of bookings: states, filters, order, pages, and the newest version's cursor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sandbox_world import Caller, calling, told

V = "2024-08-13"


async def fill(caller: Caller) -> None:
    """Six bookings: one over, one cancelled, one asked for, three to come."""
    kind = await caller.make_type()
    asked = await caller.make_type(
        slug="ask", confirmationPolicy={"type": "always", "blockUnconfirmedBookingsInBooker": True}
    )
    await caller.book(kind["id"], "2026-11-23T09:00:00Z")
    gone = await caller.book(kind["id"], "2026-11-24T09:00:00Z")
    await caller.change(gone["uid"], "cancel", {"cancellationReason": "x"})
    caller.clock.forward(timedelta(days=3, hours=1))
    for day in ("26", "25", "27"):
        person = {"name": f"P{day}", "email": f"p{day}@example.org", "timeZone": "UTC"}
        await caller.book(kind["id"], f"2026-11-{day}T09:00:00Z", attendee=person)
    await caller.book(asked["id"], "2026-11-30T09:00:00Z")


async def days(caller: Caller, query: str) -> list[str]:
    rows = (await caller.get(f"/v2/bookings?{query}", version=V)).json()["data"]
    return [row["start"][8:10] for row in rows]


LISTS = [
    ("", ["25", "26", "27"]),
    ("status=upcoming,unconfirmed", ["25", "26", "27", "30"]),
    ("status=unconfirmed", ["30"]),
    ("status=past", ["23"]),
    ("status=cancelled", ["24"]),
    ("sortStart=desc", ["27", "26", "25"]),
    ("sortCreated=asc", ["26", "25", "27"]),
    ("attendeeEmail=p26@example.org", ["26"]),
    ("attendeeEmail=P26@example.org", []),
    ("attendeeName=P27", ["27"]),
    ("eventTypeId=1", ["25", "26", "27"]),
    ("eventTypeIds=2,9&status=unconfirmed", ["30"]),
    ("afterStart=2026-11-26T00:00:00Z", ["26", "27"]),
    ("afterStart=2026-11-26T00:00:00Z&beforeEnd=2026-11-27T00:00:00Z", ["26"]),
    ("take=2&skip=1", ["26", "27"]),
    ("someTypo=1", ["25", "26", "27"]),
]


@pytest.mark.parametrize(("query", "expected"), LISTS)
async def test_lists_hold_what_is_asked_for_in_order(query: str, expected: list[str]) -> None:
    async with calling() as caller:
        await fill(caller)
        assert await days(caller, query) == expected


async def test_pages_are_counted() -> None:
    async with calling() as caller:
        await fill(caller)
        page = (await caller.get("/v2/bookings?take=2", version=V)).json()["pagination"]
        last = (await caller.get("/v2/bookings?take=2&skip=2", version=V)).json()["pagination"]
        none = (await caller.get("/v2/bookings?bookingUid=x", version=V)).json()["pagination"]

    assert (page["totalItems"], page["remainingItems"], page["totalPages"], page["hasNextPage"]) == (3, 1, 2, True)
    assert (last["returnedItems"], last["currentPage"], last["hasNextPage"], last["hasPreviousPage"]) == (
        1,
        2,
        False,
        True,
    )
    assert (none["totalItems"], none["currentPage"]) == (0, 0)


WRONG = [
    ("status=accepted", {"isEnum": "Invalid status. Allowed are upcoming, recurring, past, cancelled, unconfirmed"}),
    ("take=251", {"max": "take must not be greater than 250"}),
    ("take=0", {"min": "take must not be less than 1"}),
    ("sortStart=up", {"isEnum": 'sortStart must be either "asc" or "desc".'}),
    ("afterStart=soon", {"isDateString": "afterStart must be a valid ISO 8601 date string"}),
]


@pytest.mark.parametrize(("query", "constraints"), WRONG)
async def test_a_wrong_filter_is_told_by_its_property(query: str, constraints: dict[str, str]) -> None:
    async with calling() as caller:
        response = await caller.get(f"/v2/bookings?{query}", version=V)

    assert (response.status_code, told(response)) == (400, "Bad Request Exception")
    assert [error["constraints"] for error in response.json()["error"]["details"]["errors"]] == [constraints]


async def test_a_list_needs_a_key_and_shows_nobody_elses_meetings() -> None:
    async with calling() as caller:
        await fill(caller)
        anonymous = await caller.get("/v2/bookings", version=V, key="")
        other = await caller.get("/v2/bookings", version=V, key="cal_other")

    assert anonymous.status_code == 403
    assert told(anonymous).startswith("PermissionsGuard - no authentication provided.")
    assert other.json()["data"] == []


async def test_the_newest_version_pages_by_cursor_and_lists_every_state() -> None:
    async def page(caller: Caller, query: str) -> Any:
        return (await caller.get(f"/v2/bookings?limit=2{query}", version="2026-05-01")).json()

    async with calling(seed=1) as caller:
        kind = await caller.make_type(slug="mine")
        for start in (await caller.slots(kind["id"], "2026-12-01"))[:3]:
            await caller.book(kind["id"], start)
        first = await page(caller, "")
        second = await page(caller, f"&cursor={first['pagination']['nextCursor']}")

    uids = [row["uid"] for answer in (first, second) for row in answer["data"]]
    assert len(set(uids)) == 4
    assert first["pagination"]["hasMore"] is True
