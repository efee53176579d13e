"""A caller at a practice Calendly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx

from bot.gateway.calendly import decode_change
from bot.gateway.practice import in_process
from bot.sandbox import create_sandbox

if TYPE_CHECKING:
    from bot.sandbox.world.exchange import Delivery
    from bot.scheduling.models import BookingChange

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
API = "https://api.calendly.com"
TRACKING = dict.fromkeys(
    ("utm_campaign", "utm_source", "utm_medium", "utm_content", "utm_term", "salesforce_uuid"), None
)


class Desk:
    """One caller at a practice world."""

    def __init__(self, token: str = "cal_one", *, seed: int = 3) -> None:
        self.at = NOW
        self.sent: list[Delivery] = []
        self.sandbox = create_sandbox(seed=seed, now=NOW, clock=lambda: self.at, send=self._keep)
        self.http = httpx.AsyncClient(
            transport=in_process(self.sandbox), base_url="http://sandbox", headers={"Authorization": f"Bearer {token}"}
        )

    async def _keep(self, delivery: Delivery) -> None:
        self.sent.append(delivery)

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self.http.get(path, params=query)

    async def post(self, path: str, body: Any = None) -> httpx.Response:
        return await self.http.post(path, json=body)

    async def me(self) -> dict[str, Any]:
        return dict((await self.get("/users/me")).json()["resource"])

    async def type_called(self, name: str) -> dict[str, Any]:
        user = (await self.me())["uri"]
        found = (await self.get("/event_types", user=user)).json()["collection"]
        return next(one for one in found if one["name"] == name)

    async def starts(self, event_type: str, *, days: int = 3) -> list[str]:
        window = {"start_time": iso(self.at + timedelta(minutes=1)), "end_time": iso(self.at + timedelta(days=days))}
        found = (await self.get("/event_type_available_times", event_type=event_type, **window)).json()
        return [one["start_time"] for one in found["collection"]]

    async def wish(self, name: str = "Intro", number: int = 0, **more: Any) -> dict[str, Any]:
        kind = await self.type_called(name)
        invitee = {"name": "Dana Dune", "email": "dana@example.com", "timezone": "Europe/London"}
        start = (await self.starts(kind["uri"]))[number]
        wish = {"event_type": kind["uri"], "start_time": start, "invitee": invitee}
        return {**wish, "location": {"kind": "zoom_conference"}, **more}

    async def booked(self, number: int = 0) -> dict[str, Any]:
        answer = await self.post("/invitees", await self.wish(number=number))
        assert answer.status_code == 201, answer.text
        return dict(answer.json()["resource"])

    async def subscribe(self, *events: str) -> httpx.Response:
        me = await self.me()
        return await self.post(
            "/webhook_subscriptions",
            {
                "url": "https://pencil.example.com/news",
                "events": list(events),
                "organization": me["current_organization"],
                "user": me["uri"],
                "scope": "user",
                "signing_key": "right",
            },
        )

    async def news(self) -> list[BookingChange | None]:
        await self.sandbox.settle()
        return [decode_change(one.headers, one.body, secrets=("right",), now=self.at) for one in self.sent]


def iso(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def complaints(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 400, answer.text
    assert answer.json()["title"] == "Invalid Argument"
    return [one["parameter"] for one in answer.json()["details"]]
