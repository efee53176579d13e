"""The door for everything that Slack sends over HTTP: signature, then shape, then the listeners.

Signatures are checked over the raw body, before it is read; it is read once. Bolt gets what `payloads.py` kept of
it, so that no malformed payload reaches code that takes shapes for granted. Socket Mode, where there is no signature, comes in
by `dispatch`.
"""

from __future__ import annotations

import hmac
import json
import time
from typing import TYPE_CHECKING, Any

from slack_bolt import BoltResponse
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.logs import get_logger
from bot.slack.receiving.app import SAID
from bot.slack.receiving.payloads import read_payload
from bot.slack.receiving.requests import ReadRequest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    from slack_bolt.async_app import AsyncApp

    from bot.slack.receiving.app import Listeners
    from bot.slack.receiving.payloads import Payload

    Message = MutableMapping[str, Any]
    Send = Callable[[Message], Awaitable[None]]

log = get_logger("slack.door")

_LATELY = 5 * 60
"""Seconds that a signature is good for: whoever has overheard a request cannot send it again later."""


class Door:
    """POST takes requests, GET serves the install pages where there are any. Limits sizes: `web.py`."""

    def __init__(self, app: AsyncApp, listeners: Listeners, *, signing_secret: str) -> None:
        self._app = app
        self._listeners = listeners
        self._secret = signing_secret.encode() if signing_secret.strip() else b""

    async def __call__(self, scope: MutableMapping[str, Any], body: bytes, send: Send) -> None:
        """A request by HTTP, as ASGI describes it, with its whole body."""
        headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            headers[name.decode("latin-1")] = value.decode("latin-1")
        if scope["method"] == "POST":
            answer = await self.take(body, headers)
        else:
            answer = await self._page(scope["path"], scope["query_string"].decode("latin-1"), headers)
        await _send_answer(answer, send)

    async def take(self, body: bytes, headers: dict[str, str]) -> BoltResponse:
        """One signed request."""
        if not self.is_signed(body, headers):
            log.warning("slack.bad_signature", bytes=len(body))
            return BoltResponse(status=401, body={"error": "invalid request"})
        payload = read_payload(body)
        if payload is None:
            log.warning("slack.unreadable", bytes=len(body))
            return BoltResponse(status=400, body={"error": "unreadable request"})
        retry = headers.get("x-slack-retry-num")
        if retry:
            log.info("slack.retried", attempt=retry[:3], reason=headers.get("x-slack-retry-reason", "")[:40])
        return await self.dispatch(payload, mode="http")

    async def dispatch(self, payload: Payload, *, mode: str) -> BoltResponse:
        """One trusted request: what was said goes to its listener, the rest through Bolt; what nothing listens for is taken
        note of and acked.
        """
        if not _is_known(payload):
            log.warning("slack.unknown_kind", kind=str(payload.type)[:40])
            return BoltResponse(status=200, body="")
        if payload.type == "event_callback" and payload.event is not None and payload.event.type in SAID:
            return await self._listeners.take_said(payload)
        answer = await self._app.async_dispatch(ReadRequest(payload, mode=mode))
        if answer.status == 404:
            log.warning("slack.unknown_kind", kind=str(payload.command or payload.type)[:40])
            return BoltResponse(status=200, body="")
        return answer

    def is_signed(self, body: bytes, headers: dict[str, str]) -> bool:
        """Whether Slack signed it lately; `headers` in lower case.

        https://docs.slack.dev/authentication/verifying-requests-from-slack
        """
        timestamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
        if not self._secret or not timestamp.isdecimal() or abs(time.time() - int(timestamp[:20])) > _LATELY:
            return False
        signed = b"v0:%b:%b" % (timestamp.encode(), body)
        ours = b"v0=" + hmac.digest(self._secret, signed, "sha256").hex().encode()
        return hmac.compare_digest(ours, signature.encode("utf-8", "replace"))

    async def _page(self, path: str, query: str, headers: dict[str, str]) -> BoltResponse:
        flow = self._app.oauth_flow
        if flow is not None:
            request = AsyncBoltRequest(body="", query=query, headers=dict(headers))
            if path == flow.install_path:
                return await flow.handle_installation(request)
            if path == flow.redirect_uri_path:
                return await flow.handle_callback(request)
        return BoltResponse(status=404, body="Not found")


def _is_known(payload: Payload) -> bool:
    """Whether Bolt can route it; what it would miss in a press or a form is there."""
    if payload.command is not None:
        return True
    match payload.type:
        case "event_callback":
            return payload.event is not None and payload.event.type is not None
        case "block_actions":
            return bool(payload.actions)
        case "view_submission" | "view_closed":
            return payload.view is not None
        case "shortcut" | "message_action":
            return payload.callback_id is not None
        case "url_verification":
            return payload.challenge is not None
        case _:
            return False


async def _send_answer(answer: BoltResponse, send: Send) -> None:
    body = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
    headers: list[tuple[bytes, bytes]] = []
    for name, values in answer.headers.items():
        for value in values if name != "content-length" else ():
            header = name.encode("latin-1"), value.encode("latin-1")
            headers.append(header)
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})
