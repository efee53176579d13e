"""What lies between the client and a socket: one request out, one whole answer back, or the truth about why there is none.

No I/O here. `transport.py` is the line of production, over aiohttp; `practice.py` the one that reaches an app in this process.
"""

from __future__ import annotations

import json
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlencode

from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.gateway.calls import ApiRequest, Pairs, Target

USER_AGENT = "pencil-bot/0.1 (+scheduling assistant)"
LARGEST_ANSWER = 8 * 1024 * 1024
"""Bytes; more is no answer to any question of ours."""
_HEADERS = (("User-Agent", USER_AGENT), ("Accept", "application/json"), ("Accept-Encoding", "gzip, deflate"))


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it goes out. Never printed: headers carry keys."""

    method: str
    url: str
    headers: Pairs = field(repr=False)
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Received:
    """An answer, whole and unpacked; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class NoAnswer(Exception):
    """No answer. `sent` unless the request certainly never left; `is_hung` when we stopped waiting."""

    def __init__(self, why: str, *, sent: bool, is_hung: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.sent = sent
        self.is_hung = is_hung


class Line(Protocol):
    """Carries requests."""

    async def exchange(self, sent: Sent, *, connect: float, read: float) -> Received:
        """The answer; raises `NoAnswer`. `connect` and `read` are the seconds that either may take, and all of it together
        no longer than both.
        """
        ...


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    """As it stands in a query; the same few names, zones and types come again with every call."""
    return quote(text, safe="")


def written(target: Target, request: ApiRequest) -> Sent:
    """The request of that account as it goes out."""
    url, mark = target.base_url + request.path, "?"
    for name, text in request.query:
        url += f"{mark}{_quoted(name)}={_quoted(text)}"
        mark = "&"
    headers, content = (*_HEADERS, *target.headers, *request.headers), b""
    if request.form:
        content = urlencode(request.form).encode()
        headers = (*headers, ("Content-Type", "application/x-www-form-urlencoded"))
    elif request.body is not None:
        content = json.dumps(request.body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        headers = (*headers, ("Content-Type", "application/json"))
    return Sent(request.method, url, headers, content)
