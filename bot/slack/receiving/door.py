"""The door for everything that Slack sends over HTTP: signature, then shape, then the listeners.

Signatures are checked over the raw body, by the SDK, before it is read; it is read once. Bolt gets what `payloads.py` kept of
it, so that no malformed payload reaches code that takes shapes for granted. Socket Mode, where there is no signature, comes in
by `dispatch`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from slack_bolt import BoltResponse
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

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


class Door:
    """POST takes requests, GET serves the install pages where there are any. Limits sizes: `web.py`."""

    def __init__(self, app: AsyncApp, listeners: Listeners, *, signing_secret: str) -> None:
        self._app = app
        self._listeners = listeners
        self._verifier = SignatureVerifier(signing_secret) if signing_secret.strip() else None

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
        """Whether Slack signed it lately; `headers` in lower case."""
        timestamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
        if self._verifier is None or not timestamp.isdecimal() or not signature.isascii():
            return False
        return self._verifier.is_valid(body, timestamp, signature)

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
