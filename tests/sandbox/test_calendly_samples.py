"""The bodies that the gateway's tests are fed with are such as Calendly describes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calendly_spec import FILE, REASON, Spec

pytestmark = pytest.mark.skipif(not FILE.exists(), reason=REASON)
SAMPLES = Path(__file__).parents[1] / "gateway" / "samples" / "calendly"
CALLS = {
    "availability-schedules": ("GET", "/user_availability_schedules"),
    "available-times": ("GET", "/event_type_available_times"),
    "available-times-none": ("GET", "/event_type_available_times"),
    "busy-times": ("GET", "/user_busy_times"),
    "cancellation": ("POST", "/scheduled_events/E/cancellation"),
    "cancellation-past": ("POST", "/scheduled_events/E/cancellation"),
    "cancellation-twice": ("POST", "/scheduled_events/E/cancellation"),
    "event-type": ("GET", "/event_types/T"),
    "event-type-plain": ("GET", "/event_types/T"),
    "event-type-team": ("GET", "/event_types/T"),
    "event-types": ("GET", "/event_types"),
    "event-types-second-page": ("GET", "/event_types"),
    "invitees": ("GET", "/scheduled_events/E/invitees"),
    "invitees-canceled": ("GET", "/scheduled_events/E/invitees"),
    "memberships": ("GET", "/organization_memberships"),
    "memberships-mine": ("GET", "/organization_memberships"),
    "no-show": ("POST", "/invitee_no_shows"),
    "scheduled-event": ("GET", "/scheduled_events/E"),
    "scheduled-event-canceled": ("GET", "/scheduled_events/E"),
    "scheduled-event-foreign": ("GET", "/scheduled_events/E"),
    "scheduled-events": ("GET", "/scheduled_events"),
    "scheduling-link": ("POST", "/scheduling_links"),
    "user": ("GET", "/users/me"),
    "webhook": ("POST", "/webhook_subscriptions"),
    "webhooks": ("GET", "/webhook_subscriptions"),
}
FILES = [(case, path) for case in CALLS for path in sorted((SAMPLES / case).glob("*.json"))]


@pytest.mark.parametrize(("case", "path"), FILES, ids=lambda value: value.stem if isinstance(value, Path) else value)
def test_a_sample_is_as_described(case: str, path: Path) -> None:
    method, call = CALLS[case]

    problems = Spec.load().problems_of_answer(method, call, int(path.stem), json.loads(path.read_text()))

    assert problems == []
