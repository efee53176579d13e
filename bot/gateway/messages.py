"""Requests and answers as httpx's transports take and give them: written and read here, sent by `client.py`.

No httpx client stands in between: it merges URLs, keeps cookies and runs auth flows, which cost as much again as a call.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import httpx

if TYPE_CHECKING:
    from bot.gateway.calls import ApiRequest, Target

USER_AGENT = "pencil-bot/0.1 (+scheduling assistant)"
_HEADERS = (("User-Agent", USER_AGENT), ("Accept", "application/json"), ("Accept-Encoding", "gzip, deflate"))
LARGEST_ANSWER = 8 * 1024 * 1024


async def read_body(response: httpx.Response) -> bytes:
    """The whole body, unpacked where it came packed."""
    raw = bytearray()
    is_plain = not response.is_stream_consumed and "content-encoding" not in response.headers
    async for chunk in response.aiter_raw() if is_plain else response.aiter_bytes():
        raw += chunk
        if len(raw) > LARGEST_ANSWER:
            raise httpx.StreamError("the answer is too large")
    return bytes(raw)


def written(target: Target, request: ApiRequest, patiences: dict[str, float]) -> httpx.Request:
    """The request; `patiences` are seconds for connect, read, write and pool."""
    url = target.base_url + request.path
    if request.query:
        url += "?" + urlencode(request.query, quote_via=quote)
    headers = [*_HEADERS, *target.headers, *request.headers]
    content = b""
    if request.form:
        content = urlencode(request.form).encode()
        headers.append(("Content-Type", "application/x-www-form-urlencoded"))
    elif request.body is not None:
        content = json.dumps(request.body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        headers.append(("Content-Type", "application/json"))
    return httpx.Request(
        request.method, url, headers=headers, content=content or None, extensions={"timeout": patiences}
    )
