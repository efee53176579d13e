"""The line of production: aiohttp's connections, with one promise added: an error says truthfully whether the request may
have left. The client decides by it whether a write is certainly unsent.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Self

import aiohttp
from yarl import URL

from bot.gateway.exchange import LARGEST_ANSWER, NoAnswer, Received

if TYPE_CHECKING:
    from types import TracebackType

    from bot.gateway.exchange import Sent

_UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
KEEP_ALIVE_SECONDS = 4.0
"""Below the 5 s after which common servers hang up an idle connection, so that a write does not meet a dying one."""
_CONNECTIONS = 200
_NO_CONTENT = None
_AUTO = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")
"""Headers that aiohttp would add of itself."""


class Transport:
    """Opened on the running loop, shared by all accounts."""

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=KEEP_ALIVE_SECONDS)
        self._session = aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), skip_auto_headers=_AUTO
        )
        # aiohttp sends GET, PUT and DELETE again when a connection drops, also when the first one was carried out. There is
        # no public switch; aiohttp's own test client sets the same attribute.
        self._session._retry_connection = False  # noqa: SLF001  see above
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def exchange(self, sent: Sent, *, connect: float, read: float) -> Received:
        """See `Line`."""
        try:
            async with self._session.request(
                sent.method,
                URL(sent.url, encoded=True),
                headers=sent.headers,
                data=sent.content or _NO_CONTENT,
                timeout=_patience(connect, read),
                allow_redirects=False,
            ) as answer:
                body = await _whole(answer.content)
                headers: dict[str, str] = {}
                for name, text in answer.headers.items():
                    headers[name.lower()] = text
        except _UNSENT as error:
            raise NoAnswer(type(error).__name__, sent=False) from error
        except TimeoutError as error:
            raise NoAnswer(type(error).__name__, sent=True, is_hung=True) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NoAnswer(type(error).__name__, sent=True) from error
        return Received(answer.status, headers, body)


async def _whole(content: aiohttp.StreamReader) -> bytes:
    body = await content.readany()
    while chunk := await content.readany():
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise ValueError("the answer is too large")
    return body


@cache
def _patience(connect: float, read: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=connect + read, connect=connect, sock_connect=connect, sock_read=read)
