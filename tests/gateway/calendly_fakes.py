"""A Calendly that answers with the samples, and what tests ask of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from calendly_samples import INTRO, sample
from gateway_fakes import NOW, Router, Step, make_api, reply

from bot.gateway.calendly import CalendlyProvider
from bot.gateway.calls import Target
from bot.scheduling.models import (
    Attendee,
    Slot,
    SlotQuery,
)
from bot.scheduling.times import Interval
from bot.scheduling.writes import (
    BookSlot,
)

if TYPE_CHECKING:
    import httpx

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
