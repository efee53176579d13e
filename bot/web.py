"""The HTTP front: routes, size limits, health and metrics. Everything behind a route is handed in.

Eight routes are a table here, not a framework: nothing is loaded for them, and Slack's requests pass nothing on their way. Rule
for the next editor: nothing here knows Slack or a provider. A body is never longer than `LONGEST_BODY`, whatever its header
says; what reads it is called only then.
"""

from __future__ import annotations

import contextlib
import hmac
import ipaddress
import json
from dataclasses import field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from bot.errors import StoreDown
from bot.logs import get_logger
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    Webhook = Callable[[str, str, Mapping[str, str], bytes], Awaitable[int]]
    """(provider, token, headers in lower case, body) to an HTTP status."""
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

    slack: ASGIApp | None
    webhook: Webhook
    is_healthy: Callable[[], Awaitable[bool]]
    metrics: Callable[[], Awaitable[str]]
    consent: Consent = _never
    metrics_token: str = field(default="", repr=False)
    """What `/metrics` asks for as a bearer token. Empty: it answers callers on this machine only."""
    mcp: ASGIApp | None = None
    """What other agents may ask; None where Slack is not set up, because nobody could be told from their requests."""


def build_web(front: Front) -> ASGIApp:
    """The ASGI app."""
    return _Limited(_Routes(front), LONGEST_BODY)


class _Routes:
    """Who answers: by the whole path, or by its first part where the rest says of what."""

    def __init__(self, front: Front) -> None:
        slack, mcp = front.slack or _no_slack, front.mcp or _no_slack
        self._whole: dict[str, tuple[str, ASGIApp]] = {
            "/slack/events": ("POST", slack),
            "/slack/install": ("GET", slack),
            "/slack/oauth_redirect": ("GET", slack),
            "/mcp": ("POST", mcp),
            "/health": ("GET", _health(front.is_healthy)),
            "/metrics": ("GET", _metrics(front.metrics, front.metrics_token)),
        }
        self._first: dict[tuple[str, int], tuple[str, ASGIApp]] = {
            ("webhooks", 2): ("POST", _webhook(front.webhook)),
            ("oauth", 1): ("GET", _consent(front.consent)),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI's way in."""
        if scope["type"] != "http":
            return
        method, app = self._whole.get(scope["path"]) or self._by_first(scope["path"])
        if scope["method"] == method or (scope["method"] == "HEAD" and method == "GET"):
            await app(scope, receive, send)
        elif method:
            await _answer(send, 405, "Method Not Allowed", Allow=method)
        else:
            await _answer(send, 404, "Not Found")

    def _by_first(self, path: str) -> tuple[str, ASGIApp]:
        first, *rest = path.removeprefix("/").split("/")
        return self._first.get((first, len(rest) if all(rest) else 0), ("", _no_slack))


async def _answer(send: Send, status: int, text: str = "", kind: str = "text/plain", **headers: str) -> None:
    """`_` in a header's name is its dash."""
    body = text.encode()
    about = {"Content-Type": f"{kind}; charset=utf-8", "Content-Length": str(len(body)), **headers}
    rows = [(name.replace("_", "-").lower().encode(), value.encode("latin-1")) for name, value in about.items()]
    await send({"type": "http.response.start", "status": status, "headers": rows})
    await send({"type": "http.response.body", "body": body})


def _headers(scope: Scope) -> dict[str, str]:
    """By name in lower case."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


async def _no_slack(_scope: Scope, _receive: Receive, send: Send) -> None:
    await _answer(send, 404, "Slack is not set up here")


def _webhook(webhook: Webhook) -> ASGIApp:
    async def endpoint(scope: Scope, receive: Receive, send: Send) -> None:
        provider, token = scope["path"].split("/")[2:]
        body = (await receive())["body"]  # whole: see `_Limited`
        try:
            status = await webhook(provider, token, _headers(scope), body)
        except StoreDown as error:
            log.warning("webhook.not_kept", cause=error)
            status = 503  # not taken: whoever delivers tries again
        await _answer(send, status)

    return endpoint


def _consent(consent: Consent) -> ASGIApp:
    async def endpoint(scope: Scope, _receive: Receive, send: Send) -> None:
        given = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        state, code = (given.get(name, "")[:_LONGEST_PARAMETER] for name in ("state", "code"))
        taken = await consent(scope["path"].rpartition("/")[2], state, code)
        title, text = _CONNECTED if taken else _NOT_CONNECTED
        about = {"Cache_Control": "no-store", "Referrer_Policy": "no-referrer"}
        await _answer(send, 200 if taken else 400, _page(title, text), "text/html", **about)

    return endpoint


def _page(title: str, text: str) -> str:
    style = "font:16px/1.5 system-ui;max-width:32em;margin:15vh auto;padding:0 1em"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f'<body style="{style}"><h1>{title}</h1><p>{text}</p></body></html>'
    )


def _health(is_healthy: Callable[[], Awaitable[bool]]) -> ASGIApp:
    async def endpoint(_scope: Scope, _receive: Receive, send: Send) -> None:
        well = await is_healthy()
        text = json.dumps({"status": "ok" if well else "unavailable"})
        await _answer(send, 200 if well else 503, text, "application/json")

    return endpoint


def _metrics(metrics: Callable[[], Awaitable[str]], token: str) -> ASGIApp:
    async def endpoint(scope: Scope, _receive: Receive, send: Send) -> None:
        if _may_count(scope, token):
            await _answer(send, 200, await metrics(), "text/plain; version=0.0.4")
        else:
            await _answer(send, 401 if token else 403, "not for you")

    return endpoint


def _may_count(scope: Scope, token: str) -> bool:
    """Whether the caller has the token; without one, whether it is on this machine and no proxy speaks for somebody else."""
    headers = _headers(scope)
    if token:
        return hmac.compare_digest(headers.get("authorization", "").encode(), f"Bearer {token}".encode())
    if not scope.get("client") or any(name in headers for name in _PASSED_ON):
        return False
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(scope["client"][0]).is_loopback
    return False


class _Limited:
    """Refuses long bodies: at once when the header says so, else as soon as too much has come in."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in _WITH_BODY:
            await self._app(scope, receive, send)
            return
        body = await self._read(scope, receive)
        if body is None:
            log.warning("web.too_long", most=self._most)
            await _answer(send, 413, "too long")
            return
        await self._app(scope, _replayed(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
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
