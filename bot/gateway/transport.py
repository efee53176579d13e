"""httpx over aiohttp's connections, with one promise added: an error says truthfully whether the request may have left.

The client decides from the error's class whether a write is certainly unsent. Two habits of the libraries would break that,
and are put right here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

if TYPE_CHECKING:
    import ssl

_UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
KEEP_ALIVE_SECONDS = 4.0
"""Below the 5 s after which common servers hang up an idle connection, so that a write does not meet a dying one."""


class Transport(AiohttpTransport):
    """The transport of production. Opened lazily, on the running loop."""

    def __init__(self, *, connections: int = 200) -> None:
        limits = httpx.Limits(max_connections=connections, keepalive_expiry=KEEP_ALIVE_SECONDS)
        super().__init__(verify=_certificates(), limits=limits, trust_env=False)

    def get_client(self) -> aiohttp.ClientSession:
        """A session that never repeats a request by itself.

        aiohttp sends GET, PUT and DELETE again when a connection drops, also when the first one was carried out. There is
        no public switch; aiohttp's own test client sets the same attribute.
        """
        session = super().get_client()
        session._retry_connection = False  # noqa: SLF001  see above
        return session

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As httpx-aiohttp does, but a connection lost half-way is a `ReadError`.

        httpx-aiohttp reports it as `ConnectTimeout`, which reads as «never sent».
        """
        try:
            return await super().handle_async_request(request)
        except httpx.ConnectError:
            raise
        except httpx.TimeoutException as error:
            if isinstance(error.__cause__, _UNSENT):
                raise httpx.ConnectTimeout(str(error)) from error
            if isinstance(error, httpx.ConnectTimeout):
                raise httpx.ReadError(str(error)) from error
            raise httpx.ReadTimeout(str(error)) from error
        except aiohttp.ClientError as error:
            raise httpx.RemoteProtocolError(str(error)) from error


@cache
def _certificates() -> ssl.SSLContext:
    """Whom we trust: the usual certificates, read once a process, since reading them takes longer than opening a house."""
    return httpx.create_ssl_context(trust_env=False)


def in_process(app: Any) -> httpx.ASGITransport:
    """Reaches an ASGI app without a port. Its crash is an answer 500, as it would be behind a server."""
    return httpx.ASGITransport(app=app, raise_app_exceptions=False)
