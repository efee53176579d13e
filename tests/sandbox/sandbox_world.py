"""A caller of a sandbox in process, for the tests of this folder."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx

from bot.sandbox import FaultRule, Sandbox, create_sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.sandbox.world.exchange import Delivery

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass(slots=True)
class SetClock:
    """A clock that stands until it is moved."""

    instant: datetime = NOW

    def __call__(self) -> datetime:
        return self.instant

    def forward(self, length: timedelta) -> None:
        self.instant += length


@dataclass(slots=True)
class Caller:
    """Somebody with a key. `deliveries` is what subscribers were sent."""

    client: httpx.AsyncClient
    app: Sandbox
    clock: SetClock
    key: str = "cal_ana"
    deliveries: list[Delivery] = field(default_factory=list)

    async def call(
        self, method: str, path: str, *, version: str = "", body: Any = None, key: str | None = None, **headers: str
    ) -> httpx.Response:
        """One request; `key=""` sends none."""
        key = self.key if key is None else key
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named |= {"cal-api-version": version} if version else {}
        named |= {"authorization": f"Bearer {key}"} if key else {}
        return await self.client.request(method, path, headers=named, json=body)

    async def get(self, path: str, *, version: str = "", key: str | None = None) -> httpx.Response:
        return await self.call("GET", path, version=version, key=key)

    async def make_type(self, **fields: Any) -> Any:
        """An event type of the caller: half an hour, at once bookable, unless fields say otherwise."""
        body = {"title": "Intro", "slug": "intro-call", "lengthInMinutes": 30, "minimumBookingNotice": 0, **fields}
        response = await self.call("POST", "/v2/event-types", version="2024-06-14", body=body)
        assert response.status_code == 201, response.text
        return response.json()["data"]

    async def slots(self, kind: int, day: str, **more: Any) -> list[str]:
        """Slot starts of one UTC day (or what `more` asks for), in order."""
        query = {"eventTypeId": kind, "start": day, "end": day, **more}
        named = {"cal-api-version": "2024-09-04"}
        response = await self.client.get("/v2/slots", params=query, headers=named)
        assert response.status_code == 200, response.text
        return [slot["start"] for slots in response.json()["data"].values() for slot in slots]

    async def free_start(self, kind: int) -> str:
        """Some free start in the next days."""
        end = (self.clock() + timedelta(days=6)).date().isoformat()
        return (await self.slots(kind, self.clock().date().isoformat(), end=end))[0]

    async def try_to_book(self, kind: int, start: str, **more: Any) -> httpx.Response:
        key = more.pop("key", None)
        attendee = {"name": "Ben Booker", "email": "ben@example.org", "timeZone": "Europe/London"}
        body = {"eventTypeId": kind, "start": start, "attendee": attendee, **more}
        return await self.call("POST", "/v2/bookings", version="2024-08-13", body=body, key=key)

    async def book(self, kind: int, start: str, **more: Any) -> Any:
        response = await self.try_to_book(kind, start, **more)
        assert response.status_code == 201, response.text
        return response.json()["data"]

    async def change(self, uid: str, verb: str, body: Any = None, **more: Any) -> httpx.Response:
        """POST below a booking."""
        return await self.call("POST", f"/v2/bookings/{uid}/{verb}", version="2024-08-13", body=body, **more)


@contextlib.asynccontextmanager
async def calling(*, seed: int = 0, faults: tuple[FaultRule, ...] = ()) -> AsyncIterator[Caller]:
    """A caller in a fresh world whose clock stands."""
    clock, deliveries = SetClock(), list[Any]()

    async def send(delivery: Delivery) -> None:
        deliveries.append(delivery)

    app = create_sandbox(seed=seed, now=NOW, clock=clock, faults=faults, send=send)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://sandbox", trust_env=False
    ) as client:
        yield Caller(client, app, clock, deliveries=deliveries)


def told(response: httpx.Response) -> str:
    """The text of a refusal."""
    body = response.json()
    return str(body["error"]["message"] if "error" in body else body["message"])
