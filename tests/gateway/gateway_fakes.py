"""Stand-ins for what lies behind the gateway: answers in order, and claims made as the ledger makes them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx

from bot.gateway.client import Api, ApiClient, CallRecord, Limits
from bot.gateway.practice import OverHttpx
from bot.scheduling.claims import Claimed, mint

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.gateway.calls import Target
    from bot.scheduling.writes import Write

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

Step = httpx.Response | Exception


@dataclass
class FixedClock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


def reply(
    status: int = 200, data: Any = None, *, headers: dict[str, str] | None = None, raw: bytes | None = None
) -> Step:
    content = raw if raw is not None else json.dumps(data).encode()
    return httpx.Response(status, content=content, headers=headers)


def upstream_error(status: int, message: str) -> Step:
    return reply(
        status, {"status": "error", "error": {"code": "X", "message": message, "details": {"message": message}}}
    )


@dataclass
class Script(httpx.AsyncBaseTransport):
    """Answers from a list; the last one stays. Keeps what it was asked."""

    steps: list[Step]
    asked: list[httpx.Request] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.asked.append(request)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, Exception):
            raise step
        return httpx.Response(step.status_code, content=step.content, headers=step.headers)


@dataclass
class Router(httpx.AsyncBaseTransport):
    """Answers by `METHOD /path`; a list is used up in order, its last answer stays. Unknown paths are 404 `Cannot …`."""

    routes: dict[str, Step | list[Step] | Callable[[httpx.Request], Step]]
    asked: list[httpx.Request] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.asked.append(request)
        name = f"{request.method} {request.url.path}"
        step = self.routes.get(name, upstream_error(404, f"Cannot {name}"))
        if isinstance(step, list):
            step = step.pop(0) if len(step) > 1 else step[0]
        elif callable(step) and not isinstance(step, Exception | httpx.Response):
            step = step(request)
        if isinstance(step, Exception):
            raise step
        return httpx.Response(step.status_code, content=step.content, headers=step.headers)

    def writes(self) -> list[httpx.Request]:
        return [request for request in self.asked if request.method != "GET"]


@dataclass
class Pauses:
    taken: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


def make_client(
    transport: httpx.AsyncBaseTransport,
    *,
    limits: Limits | None = None,
    pauses: Pauses | None = None,
    records: list[CallRecord] | None = None,
) -> ApiClient:
    seen: list[CallRecord] = records if records is not None else []
    return ApiClient(
        http=OverHttpx(transport),
        limits=limits or Limits(gateway_rate=10_000),
        sleep=pauses or Pauses(),
        observe=seen.append,
        clock=FixedClock(),
    )


def make_api(transport: httpx.AsyncBaseTransport, target: Target, **options: Any) -> Api:
    return Api(make_client(transport, **options), target)


def claim(write: Write, *, reference: str = "ref-1", account: str = "acc-1") -> Claimed:
    return mint(reference=reference, write=write, account=account, claimed_at=NOW)
