"""A call whose connection was lost is made once more, and one that Slack asks to wait waits for as long as it says."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.slack.sending.api import SlackApi, SlackDown, open_client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 22\r\n\r\n{"ok":true,"ts":"1.2"}'


WAIT = (
    b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 12\r\nConnection: close\r\n"
    b"Content-Type: application/json\r\nContent-Length: 34\r\n\r\n"
    b'{"ok":false,"error":"ratelimited"}'
)


@asynccontextmanager
async def slack_that_loses(count: int, told: bytes = b"") -> AsyncIterator[tuple[SlackApi, list[bytes]]]:
    """A Slack that hangs up on that many requests, or tells them something else, and what it was sent."""
    heard: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        heard.append(await reader.readexactly(length))
        writer.write(ANSWER if len(heard) > count else told)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, open_client(f"http://127.0.0.1:{port}/api/") as client:
        yield SlackApi(client), heard


async def test_a_lost_call_is_made_once_more() -> None:
    async with slack_that_loses(1) as (api, heard):
        answer = await api.call("chat.postMessage", "xoxb-1", channel="D1", text="Grüße")

    assert answer == {"ok": True, "ts": "1.2"}
    assert heard == ['{"channel":"D1","text":"Grüße"}'.encode()] * 2


async def test_a_call_that_is_lost_again_is_given_up() -> None:
    async with slack_that_loses(9) as (api, heard):
        with pytest.raises(SlackDown):
            await api.call("chat.postMessage", "xoxb-1", channel="D1")

    assert len(heard) == 2


async def test_slack_is_waited_for_as_long_as_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async with slack_that_loses(1, WAIT) as (api, heard):
        monkeypatch.setattr("slack_sdk.http_retry.builtin_async_handlers.asyncio.sleep", sleep)
        await api.call("chat.postMessage", "xoxb-1", channel="D1")

    assert len(heard) == 2
    assert [12 <= seconds < 13 for seconds in waited if seconds] == [True]
