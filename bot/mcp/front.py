"""`POST /mcp`: Slack's own assistant calls the tools. Signature first, then the protocol; the caller is who Slack says.

Every request stands for itself: nothing is kept between two of them, so any process can take any request.
https://docs.slack.dev/ai/slackbot-mcp-client
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from bot.logs import get_logger
from bot.scheduling.accounts import Owner

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import Message, Receive, Scope, Send

    from bot.mcp.ports import Tools

    IsSigned = Callable[[bytes, dict[str, str]], bool]

log = get_logger("mcp.front")


class McpFront:
    """An ASGI app. `is_signed` judges the raw body and its headers (lower case). Limits sizes: `web.py`."""

    def __init__(self, tools: Tools, is_signed: IsSigned) -> None:
        self._tools = tools
        self._is_signed = is_signed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI's way in."""
        body = await _whole_body(receive)
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if not self._is_signed(body, headers):
            log.warning("mcp.bad_signature", bytes=len(body))
            await JSONResponse({"error": "invalid request"}, status_code=401)(scope, receive, send)
            return
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager  # noqa: PLC0415  see server.py

        from bot.mcp.server import build_server  # noqa: PLC0415  as above

        manager = StreamableHTTPSessionManager(
            build_server(self._tools, slack_caller), json_response=True, stateless=True
        )
        async with manager.run():
            await manager.handle_request(scope, _replayed(body, receive), send)


def slack_caller(params: Mapping[str, Any] | None) -> Owner | None:
    """The person of `_meta.slack`; its request was signed by Slack."""
    meta = (params or {}).get("_meta")
    said = meta.get("slack") if isinstance(meta, dict) else None
    if not isinstance(said, dict):
        return None
    enterprise, team, member = (said.get(name) or "" for name in ("enterprise_id", "team_id", "user_id"))
    if not all(isinstance(one, str) for one in (enterprise, team, member)) or not team or not member:
        return None
    return Owner(enterprise, team, member)


async def _whole_body(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body"):
            return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once more, for the protocol."""
    is_done = False

    async def replay() -> Message:
        nonlocal is_done
        if is_done:
            return await receive()
        is_done = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
