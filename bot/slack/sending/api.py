"""The one door to Slack's Web API: one client, one connection pool, one time limit, errors as two classes.

Rule for the next editor: what *sends* to people goes through `outbox.py`; other files only read (people, tokens).
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.errors import PencilError
from bot.logs import get_logger
from bot.slack.drawing.blocks import as_json

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

log = get_logger("slack.api")

_REQUEST_SECONDS = 10
_CALL_SECONDS = 75.0
"""Two waits as long as Slack usually asks for, and the requests around them."""
_PASSING = frozenset({"fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable"})
_DEAD_TOKENS = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_revoked", "token_expired"})


class SlackRefusal(PencilError):
    """Slack understood and said no; `code` is its word for it."""

    def __init__(self, method: str, code: str, *, needed: str = "") -> None:
        super().__init__(f"{method}: {code}{f' ({needed})' if needed else ''}")
        self.method = method
        self.code = code
        self.needed = needed
        """The scope that is missing, where Slack says so."""

    @property
    def is_dead_token(self) -> bool:
        """Whether the installation is gone."""
        return self.code in _DEAD_TOKENS


class SlackDown(PencilError):
    """No usable answer from Slack; what was sent may or may not have arrived."""


@asynccontextmanager
async def open_client(base_url: str) -> AsyncIterator[AsyncWebClient]:
    """Slack's client over one connection pool, closed at the end. Tokens are given with each call."""
    # While its logger has no level of its own, the SDK puts every request and answer into words for a line that nobody prints.
    quiet = logging.getLogger("slack_sdk.pencil")
    quiet.setLevel(logging.WARNING)
    timeout = aiohttp.ClientTimeout(total=_REQUEST_SECONDS)
    connector = aiohttp.TCPConnector(limit=100, ttl_dns_cache=300)
    async with aiohttp.ClientSession(
        timeout=timeout, connector=connector, cookie_jar=aiohttp.DummyCookieJar(), json_serialize_bytes=as_json
    ) as session:
        yield AsyncWebClient(
            logger=quiet,
            base_url=base_url,
            session=session,
            timeout=_REQUEST_SECONDS,
            retry_handlers=[
                AsyncConnectionErrorRetryHandler(max_retry_count=1),
                AsyncRateLimitErrorRetryHandler(max_retry_count=2),
            ],
        )


class SlackApi:
    """Calls methods of the Web API and posts to response URLs. Raises `SlackRefusal` and `SlackDown`, nothing else."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client

    async def call(self, method: str, token: str, **arguments: Any) -> dict[str, Any]:
        """One call with a JSON body."""
        return await self.send(method, token, json=arguments)

    async def ask(self, method: str, token: str, **arguments: Any) -> dict[str, Any]:
        """One call of a method that takes no JSON."""
        return await self.send(method, token, params=arguments)

    async def exchange(self, method: str, **secrets: Any) -> dict[str, Any]:
        """One call without a token whose arguments are secrets: in its body, never in its address."""
        return await self.send(method, "", data=secrets)

    async def send(self, method: str, token: str, **how: Any) -> dict[str, Any]:
        """One call; `how` says how its arguments go: as `json`, `params` or `data`."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            async with asyncio.timeout(_CALL_SECONDS):
                answer = await self.client.api_call(method, headers=headers, **how)
        except SlackApiError as error:
            raise _translated(method, error) from error
        except (TimeoutError, aiohttp.ClientError, SlackClientError, ValueError) as error:
            raise SlackDown(f"{method}: {type(error).__name__}") from error
        data = answer.data
        return data if isinstance(data, dict) else {}

    async def respond(self, hook: str, message: dict[str, Any]) -> None:
        """Post to a response URL; a used-up or expired one is a refusal."""
        webhook = AsyncWebhookClient(
            hook,
            session=self.client.session,
            timeout=_REQUEST_SECONDS,
            retry_handlers=self.client.retry_handlers,
            logger=self.client.logger,
        )
        try:
            async with asyncio.timeout(_CALL_SECONDS):
                answer = await webhook.send_dict(message)
        except (TimeoutError, aiohttp.ClientError, SlackClientError, ValueError) as error:
            raise SlackDown(f"response_url: {type(error).__name__}") from error
        if answer.status_code >= 400 or '"ok":false' in answer.body.replace(" ", ""):
            raise SlackRefusal("response_url", str(answer.status_code))


def _translated(method: str, error: SlackApiError) -> SlackRefusal | SlackDown:
    response = error.response
    status = getattr(response, "status_code", 200)
    code = str((response.get("error") if hasattr(response, "get") else None) or "unknown")
    if status >= 500 or status == 429 or code in _PASSING:
        return SlackDown(f"{method}: {status} {code}")
    needed = str((response.get("needed") if hasattr(response, "get") else None) or "")
    if code == "missing_scope":
        log.error("slack.missing_scope", method=method, needed=needed[:80])
    return SlackRefusal(method, code, needed=needed)
