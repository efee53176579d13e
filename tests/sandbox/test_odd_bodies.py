"""Whatever is sent, an answer comes back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sandbox_world import Caller, calling

pytestmark = pytest.mark.slow

ODD: tuple[Any, ...] = (
    None,
    0,
    -5,
    3.5,
    "",
    "x",
    True,
    [],
    [1],
    [None],
    [{}],
    {},
    {"a": 1},
    {"type": 3},
    {"disabled": True},
    {"type": "range", "value": ["x", "y"]},
    {"frequency": "weekly", "interval": "x", "occurrences": 2},
    "2026-11-24",
    "9999-12-31T23:59:59Z",
    "http://[::1",
    [["x"]],
    10**9,
)
PERSON = {"name": "A", "email": "a@example.org", "timeZone": "UTC"}
OLD = {"timeZone": "UTC", "language": "en", "metadata": {}, "responses": {"name": "A", "email": "a@example.org"}}
WRITES: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("POST", "/v2/event-types", "2024-06-14", {"title": "T", "slug": "t", "lengthInMinutes": 30}),
    ("PATCH", "/v2/event-types/{kind}", "2024-06-14", {"title": "T"}),
    ("POST", "/v2/event-types", "", {"title": "T", "slug": "t", "length": 30}),
    ("POST", "/v2/bookings", "2024-08-13", {"start": "2026-11-25T14:00:00Z", "eventTypeId": 1, "attendee": PERSON}),
    ("POST", "/v2/bookings", "", {"start": "2026-11-25T14:00:00Z", "eventTypeId": 1, **OLD}),
    ("POST", "/v2/bookings/{uid}/reschedule", "2024-08-13", {"start": "2026-11-26T13:00:00Z"}),
    ("POST", "/v2/bookings/{uid}/cancel", "2024-08-13", {"cancellationReason": "x"}),
    ("POST", "/v2/bookings/{uid}/guests", "2024-08-13", {"guests": [{"email": "b@example.org"}]}),
    ("POST", "/v2/bookings/{uid}/mark-absent", "2024-08-13", {"attendees": []}),
    ("PATCH", "/v2/bookings/{uid}/location", "2024-08-13", {"location": {"type": "link", "link": "x"}}),
    ("POST", "/v2/slots/reservations", "2024-09-04", {"eventTypeId": 1, "slotStart": "2026-11-25T13:00:00Z"}),
    ("POST", "/v2/schedules", "2024-06-11", {"name": "S", "timeZone": "UTC", "isDefault": False, "availability": []}),
    ("PATCH", "/v2/schedules/1", "2024-06-11", {"overrides": []}),
    ("PATCH", "/v2/schedules/1", "", {"schedule": [], "dateOverrides": []}),
    ("POST", "/v2/webhooks", "", {"active": True, "subscriberUrl": "https://example.com", "triggers": []}),
    ("PATCH", "/v2/me", "", {"timeZone": "UTC"}),
)
MORE = ("seats", "recurrence", "bookingWindow", "confirmationPolicy", "lengthInMinutesOptions", "location", "attendee")


async def answer_all(caller: Caller, write: tuple[str, str, str, dict[str, Any]], changes: dict[str, Any]) -> list[int]:
    method, path, version, body = write
    kind = await caller.make_type(slug="base")
    booking = await caller.book(kind["id"], "2026-11-25T12:00:00Z")
    path = path.format(kind=kind["id"], uid=booking["uid"])
    answers = [await caller.call(method, path, version=version, body=body | changes)]
    reads = (
        ("/v2/event-types", "2024-06-14"),
        ("/v2/event-types", ""),
        ("/v2/bookings", "2024-08-13"),
        ("/v2/bookings", ""),
    )
    answers += [await caller.get(read, version=one) for read, one in reads]
    window = "&start=2026-11-24&end=2026-11-26"
    answers += [await caller.get(f"/v2/slots?eventTypeId={n}{window}", version="2024-09-04") for n in (1, 2)]
    return [answer.status_code for answer in answers]


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(write=st.sampled_from(WRITES), data=st.data())
async def test_no_body_breaks_the_world(write: tuple[str, str, str, dict[str, Any]], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from((*write[3], *MORE)))
    value = data.draw(st.sampled_from(ODD))

    async with calling(seed=0) as caller:
        statuses = await answer_all(caller, write, {name: value})

    assert all(200 <= status <= 500 for status in statuses)
    assert statuses[1:5] == [200] * 4
