"""The line into an ASGI app of this process, for the practice world; any other transport of httpx's serves as well."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx

from bot.gateway.exchange import LARGEST_ANSWER, NoAnswer, Received
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.gateway.exchange import Sent

_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)


@dataclass(frozen=True, slots=True)
class OverHttpx:
    """A transport of httpx's as a line."""

    inner: httpx.AsyncBaseTransport

    async def exchange(self, sent: Sent, *, connect: float, read: float) -> Received:
        """See `Line`."""
        patience = {"connect": connect, "read": read, "write": read, "pool": connect}
        request = httpx.Request(
            sent.method,
            sent.url,
            headers=list(sent.headers),
            content=sent.content or None,
            extensions={"timeout": patience},
        )
        try:
            async with asyncio.timeout(connect + read):
                response = await self.inner.handle_async_request(request)
                try:
                    body = await response.aread()
                finally:
                    await response.aclose()
        except _UNSENT as error:
            raise NoAnswer(type(error).__name__, sent=False) from error
        except (httpx.TimeoutException, TimeoutError) as error:
            raise NoAnswer(type(error).__name__, sent=True, is_hung=True) from error
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            raise NoAnswer(type(error).__name__, sent=True) from error
        if len(body) > LARGEST_ANSWER:
            raise NoAnswer("the answer is too large", sent=True)
        return Received(response.status_code, {name.lower(): text for name, text in response.headers.items()}, body)


def in_process(app: Any) -> httpx.ASGITransport:
    """Reaches an ASGI app without a port. Its crash is an answer 500, as it would be behind a server."""
    return httpx.ASGITransport(app=app, raise_app_exceptions=False)
