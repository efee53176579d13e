"""The server: control paths, the gateway's own paths, native paths behind the gateway and directly, faults, the log.

One ASGI app for a port (uvicorn) and for calls in process (`httpx.ASGITransport`), with or without a lifespan. A
connection that is to be cut raises ConnectionResetError in process; on a port it is closed without an answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.calcom.calls import parse_query
from bot.sandbox.connections import Connections, GatewayRefusalError, owner_of
from bot.sandbox.consents import Consents
from bot.sandbox.controls.faults import FaultKind, FaultRule, Faults
from bot.sandbox.controls.paths import Controls
from bot.sandbox.controls.record import Entry, Record
from bot.sandbox.deliveries import Deliver, Outbox, deliver
from bot.sandbox.sites import build_sites
from bot.sandbox.world.accounts import Hints
from bot.sandbox.world.calendar import World
from bot.sandbox.world.exchange import Answer, Incoming, Site
from bot.sandbox.world.population import populate
from bot.sandbox.world.throttle import Throttle
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from starlette.types import Receive, Scope, Send

_LONG = 3600.0
_HALF = 2
_PAUSE = 0.025
"""On a port, calls of one moment arrive some milliseconds apart."""


def create_sandbox(
    *,
    seed: int,
    now: datetime,
    faults: Sequence[FaultRule] = (),
    clock: Callable[[], datetime] | None = None,
    send: Deliver | None = None,
) -> Sandbox:
    """A practice world of its own. `now` is its start; real time passes from there unless a `clock` tells the time.
    `send` replaces how subscribers are told.
    """
    world = World(seed=seed, clock=clock or _running_from(now))
    populate(world)
    throttle, gateway_throttle = Throttle(world.now), Throttle(world.now, window=timedelta(seconds=1))
    consents = Consents(world)
    sites = build_sites(world, throttle, consents)
    controls = Controls(
        world=world,
        faults=Faults(faults, seed),
        record=Record(),
        throttle=throttle,
        gateway_throttle=gateway_throttle,
        connections=Connections(world, frozenset(site.app for site in sites)),
        consents=consents,
    )
    return Sandbox(sites, controls, Outbox(send or deliver))


def _running_from(now: datetime) -> Callable[[], datetime]:
    started, start = time.monotonic(), now.astimezone(UTC)
    return lambda: start + timedelta(seconds=time.monotonic() - started)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What becomes of a call: an answer, or a cut connection, and whether it was carried out."""

    answer: Answer | None
    carried_out: bool


class Sandbox(Starlette):
    """The app. `settle` waits until subscribers have been told."""

    def __init__(self, sites: tuple[Site, ...], controls: Controls, outbox: Outbox) -> None:
        super().__init__(lifespan=self._live)
        self.world = controls.world
        self.consents = controls.consents
        self._sites = sites
        self._controls = controls
        self._outbox = outbox

    async def settle(self) -> None:
        """Wait until every delivery under way has been sent or given up."""
        await self._outbox.settle()

    @contextlib.asynccontextmanager
    async def _live(self, _app: Starlette) -> AsyncIterator[None]:
        yield
        await self._outbox.settle()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> Any:
        """Serve one connection."""
        if scope["type"] != "http":
            return await super().__call__(scope, receive, send)
        request = Request(scope, receive)
        incoming = await _read(request)
        if self._controls.serves(incoming.path):
            answer = self._controls.answer(incoming.method, incoming.path, incoming.body)
            return await _respond(answer)(scope, receive, send)
        at = self.world.now()
        struck = self._controls.faults.strike(incoming.method, self._spellings(incoming.path))
        outcome = await self._carry_out(incoming, struck, receive)
        self._note(at, incoming, outcome, struck)
        self._tell()
        if outcome.answer is None:
            return _cut(scope)
        return await _respond(outcome.answer)(scope, receive, send)

    def _spellings(self, path: str) -> tuple[str, ...]:
        for site in self._sites:
            if path.startswith(f"/{site.app}/"):
                return path, path.removeprefix(f"/{site.app}")
        return (path,)

    async def _carry_out(self, incoming: Incoming, struck: tuple[FaultRule, ...], receive: Receive) -> _Outcome:
        fault: FaultRule | None = None
        for rule in struck:
            if rule.kind is FaultKind.LATENCY:
                await asyncio.sleep(1.0 if rule.seconds is None else rule.seconds)
            else:
                fault = rule
        if fault is None:
            return _Outcome(await self._answer(incoming), carried_out=True)
        is_after = fault.after_commit or fault.kind in {FaultKind.LOSE_ANSWER, FaultKind.MALFORMED}
        answer = await self._answer(incoming) if is_after else None
        if fault.kind is FaultKind.TIMEOUT:
            await _hang(_LONG if fault.seconds is None else fault.seconds, receive)
        return _Outcome(_spoiled(fault, answer), carried_out=is_after)

    async def _answer(self, incoming: Incoming) -> Answer:
        """The answer of whoever the path belongs to."""
        try:
            if self._controls.consents.serves(incoming.path):
                return self._controls.consents.answer(incoming)
            if self._controls.connections.serves(incoming.path):
                return self._manage(incoming)
            for site in self._sites:
                if incoming.path.startswith(f"/{site.app}/"):
                    self._pace(incoming)
                    account = self._controls.connections.account_for(site.app, incoming.headers)
                    path = incoming.path.removeprefix(f"/{site.app}")
                    return await site.answer(replace(incoming, path=path, account=account))
            for site in self._sites:
                if site.serves(incoming):
                    return await site.answer(incoming)
        except GatewayRefusalError as refusal:
            return refusal.answer
        return Answer(status=404, body={"error": f"nothing is served at {incoming.path}"})

    def _manage(self, incoming: Incoming) -> Answer:
        query = parse_query(incoming.query)
        connections = self._controls.connections
        return connections.answer(
            incoming.method, incoming.path, query, incoming.headers, incoming.body, incoming.base_url
        )

    def _pace(self, incoming: Incoming) -> None:
        if self._controls.gateway_throttle.count(owner_of(incoming.headers)).is_spent:
            raise GatewayRefusalError(429, "rate limit exceeded")

    def _note(self, at: datetime, incoming: Incoming, outcome: _Outcome, struck: tuple[FaultRule, ...]) -> None:
        self._controls.record.entries.append(
            Entry(
                at=at,
                method=incoming.method,
                path=incoming.path,
                query=incoming.query,
                headers=incoming.headers,
                body=incoming.body,
                answer=outcome.answer,
                fault=tuple(rule.kind.value for rule in struck),
                carried_out=outcome.carried_out,
            )
        )

    def _tell(self) -> None:
        """Hand the news to the subscribers of every provider."""
        news, self.world.news = self.world.news, []
        batch = tuple(delivery for change in news for site in self._sites for delivery in site.deliveries(change))
        self._outbox.put(batch)


async def _read(request: Request) -> Incoming:
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Incoming(
        method=request.method,
        path=request.url.path,
        query=request.url.query,
        headers=headers,
        body=await request.body(),
        base_url=str(request.base_url).rstrip("/"),
        hints=Hints.of(headers),
        pause=_PAUSE if _is_served(request.scope) else 0.0,
    )


def _respond(answer: Answer) -> Response:
    media = None if answer.status == 204 else answer.content_type
    return Response(answer.content(), status_code=answer.status, headers=dict(answer.headers), media_type=media)


def _spoiled(fault: FaultRule, answer: Answer | None) -> Answer | None:
    """What a fault leaves of an answer; None where the connection is cut."""
    match fault.kind:
        case FaultKind.STATUS:
            body = {"error": "a fault on purpose"} if fault.body is None else fault.body
            return _with_headers(Answer(status=fault.status or 500, body=body), fault)
        case FaultKind.MALFORMED:
            content = answer.content() if answer else b"{"
            half = content[: max(1, len(content) // _HALF)]
            return replace(answer, body=half) if answer else Answer(body=half)
        case FaultKind.REFUSE | FaultKind.LOSE_ANSWER if fault.status is not None:
            return _with_headers(Answer(status=fault.status, body=fault.body), fault)
        case _:
            return None


def _with_headers(answer: Answer, fault: FaultRule) -> Answer:
    named = {name.lower(): value for name, value in fault.headers.items()}
    content_type = named.pop("content-type", answer.content_type)
    return replace(answer, headers=named, content_type=content_type)


async def _hang(seconds: float, receive: Receive) -> None:
    """Wait that long, or until the caller has gone."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass


def _cut(scope: Scope) -> str:
    """End without an answer. A server closes the connection when an app returns something; in process, an error does."""
    if not _is_served(scope):
        raise ConnectionResetError("the sandbox cut the connection")
    return "connection cut on purpose"


def _is_served(scope: Scope) -> bool:
    """Whether a server stands between us and the caller; `httpx.ASGITransport` names no version of the specification."""
    return "spec_version" in scope["asgi"]
