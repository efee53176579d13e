"""The HTTP front: routes, size limits, health and metrics. Everything behind a route is handed in.

Rule for the next editor: nothing here knows Slack or a provider. A body is never longer than `LONGEST_BODY`, whatever its
header says; what reads it is called only then.
"""

from __future__ import annotations

import contextlib
import hmac
import ipaddress
from dataclasses import field
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.errors import StoreDown
from bot.logs import get_logger
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
    from contextlib import AbstractAsyncContextManager

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    Webhook = Callable[[str, str, Mapping[str, str], bytes], Awaitable[int]]
    """(provider, token, headers in lower case, body) to an HTTP status."""
    Slack = Callable[[Scope, bytes, Send], Awaitable[None]]
    """Answers a request whose whole body has come in; one without a body has an empty one."""
    Consent = Callable[[str, str, str], Awaitable[bool]]
    """(provider, state, code) of a person who comes back from a page of consent; whether it was taken."""

log = get_logger("web")

LONGEST_BODY = 1_000_000
_LONGEST_PARAMETER = 4000
_CONNECTED = ("Connected", "Pencil says the rest in Slack. You can close this page.")
_NOT_CONNECTED = (
    "Not connected",
    "This link was used before, is older than ten minutes, or consent was refused. Ask Pencil in Slack to connect again.",
)
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-real-ip")
"""Headers of proxies: the connection comes from this machine, the caller does not."""


async def _never(provider: str, state: str, code: str) -> bool:  # noqa: ARG001  a route's signature
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What stands behind the routes. `slack` None: no Slack is set up here. `is_healthy`: database and loop answer."""

    slack: Slack | None
    webhook: Webhook
    is_healthy: Callable[[], Awaitable[bool]]
    metrics: Callable[[], Awaitable[str]]
    consent: Consent = _never
    metrics_token: str = field(default="", repr=False)
    """What `/metrics` asks for as a bearer token. Empty: it answers callers on this machine only."""
    mcp: ASGIApp | None = None
    """What other agents may ask; None where Slack is not set up, because nobody could be told from their requests."""
    lifespan: Callable[[], AbstractAsyncContextManager[None]] = contextlib.nullcontext


def build_web(front: Front) -> ASGIApp:
    """The ASGI app."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with front.lifespan():
            yield

    slack = front.slack or _no_slack
    app = Starlette(
        routes=[
            Route("/slack/events", _Page(slack), methods=["POST"]),  # asked for only by other methods: see `_Entrance`
            Route("/slack/install", _Page(slack), methods=["GET"]),
            Route("/slack/oauth_redirect", _Page(slack), methods=["GET"]),
            Route("/webhooks/{provider}/{token}", _webhook_endpoint(front.webhook), methods=["POST"]),
            Route("/mcp", _Endpoint(front.mcp) if front.mcp else _Page(_no_slack), methods=["POST"]),
            Route("/oauth/{provider}", _consent_endpoint(front.consent), methods=["GET"]),
            Route("/health", _health_endpoint(front.is_healthy), methods=["GET"]),
            Route("/metrics", _metrics_endpoint(front.metrics, front.metrics_token), methods=["GET"]),
        ],
        lifespan=lifespan,
    )
    return _Entrance(slack, app, LONGEST_BODY)


class _Endpoint:
    """An ASGI app as a route's endpoint: Starlette takes any object that is no function for one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


class _Page:
    """A page of Slack's, in the same way."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  ASGI's signature
        await self._slack(scope, b"", send)


async def _no_slack(scope: Scope, body: bytes, send: Send) -> None:  # noqa: ARG001  as `Slack` is called
    await PlainTextResponse("Slack is not set up here", status_code=404)(scope, _nothing_more, send)


async def _nothing_more() -> Message:
    return {"type": "http.disconnect"}


def _webhook_endpoint(webhook: Webhook) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        path = request.path_params
        body = await request.body()
        try:
            status = await webhook(path["provider"], path["token"], headers, body)
        except StoreDown as error:
            log.warning("webhook.not_kept", cause=error)
            status = 503  # not taken: whoever delivers tries again
        return Response(status_code=status)

    return endpoint


def _consent_endpoint(consent: Consent) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        state, code = (request.query_params.get(name, "")[:_LONGEST_PARAMETER] for name in ("state", "code"))
        taken = await consent(request.path_params["provider"], state, code)
        title, text = _CONNECTED if taken else _NOT_CONNECTED
        headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        return HTMLResponse(_page(title, text), status_code=200 if taken else 400, headers=headers)

    return endpoint


def _page(title: str, text: str) -> str:
    style = "font:16px/1.5 system-ui;max-width:32em;margin:15vh auto;padding:0 1em"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f'<body style="{style}"><h1>{title}</h1><p>{text}</p></body></html>'
    )


def _health_endpoint(is_healthy: Callable[[], Awaitable[bool]]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(_: Request) -> Response:
        well = await is_healthy()
        return JSONResponse({"status": "ok" if well else "unavailable"}, status_code=200 if well else 503)

    return endpoint


def _metrics_endpoint(metrics: Callable[[], Awaitable[str]], token: str) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if not _may_count(request, token):
            return PlainTextResponse("not for you", status_code=401 if token else 403)
        return PlainTextResponse(await metrics(), media_type="text/plain; version=0.0.4")

    return endpoint


def _may_count(request: Request, token: str) -> bool:
    """Whether the caller has the token; without one, whether it is on this machine and no proxy speaks for somebody else."""
    if token:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    if request.client is None or any(name in request.headers for name in _PASSED_ON):
        return False
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(request.client.host).is_loopback
    return False


class _Entrance:
    """Refuses long bodies: at once when the header says so, else as soon as too much has come in. What comes most often goes
    from here past the router and its middleware.
    """

    def __init__(self, slack: Slack, others: ASGIApp, most: int) -> None:
        self._slack = slack
        self._others = others
        self._most = most

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in _WITH_BODY:
            await self._others(scope, receive, send)
            return
        body = await self._read(scope, receive)
        if body is None:
            log.warning("web.too_long", most=self._most)
            await PlainTextResponse("too long", status_code=413)(scope, receive, send)
        elif scope["path"] == "/slack/events" and scope["method"] == "POST":
            await self._slack(scope, body, send)
        else:
            await self._others(scope, _replayed(body, receive), send)

    async def _read(self, scope: MutableMapping[str, Any], receive: Receive) -> bytes | None:
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced[:12]) > self._most:
            return None
        body = bytearray()
        while True:
            message = await receive()
            body += message.get("body", b"")
            if len(body) > self._most:
                return None
            if message["type"] != "http.request" or not message.get("more_body"):
                return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body in one piece, then whatever comes after it (the client going away)."""
    done = False

    async def replay() -> Message:
        nonlocal done
        if done:
            return await receive()
        done = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
