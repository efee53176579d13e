"""The real transport against a real socket: what may have left is never called unsent."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from gateway_fakes import claim

from bot.errors import ProviderDown, Uncertain
from bot.gateway import ApiClient, Limits, Transport
from bot.gateway.calls import ApiRequest, Target
from bot.scheduling.writes import ReleaseHold

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
CUT = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
NOISE = b"\x00\x01 this is not HTTP \r\n\r\n"


class Server:
    """Answers each request with the next of its replies; an empty one hangs up."""

    def __init__(self, *replies: bytes | None) -> None:
        self.replies = list(replies)
        self.requests: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.requests.append(head.split(b"\r\n")[0])
                length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
                if length:
                    await reader.readexactly(int(length[0].split(b":")[1]))
                reply = self.replies.pop(0) if self.replies else OK
                if reply is None:
                    await asyncio.sleep(30)
                if not reply:
                    break
                writer.write(reply)
                await writer.drain()
                if reply is not OK:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def served(server: Server) -> AsyncIterator[tuple[ApiClient, Target]]:
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    async with Transport() as http:
        limits = Limits(connect=0.5, read=0.2, write=0.2, first_backoff=0.001)
        yield (
            ApiClient(http=http, limits=limits),
            Target(provider="p", base_url=f"http://127.0.0.1:{port}", account="a"),
        )
    listening.close()


def request(method: str) -> ApiRequest:
    return ApiRequest(method=method, path="/things", operation="things", body={"a": 1} if method == "POST" else None)


CLAIM = claim(ReleaseHold(hold="h"))


@pytest.mark.parametrize("method", ["POST", "DELETE", "PATCH", "PUT"])
@pytest.mark.parametrize("reply", [b"", CUT, NOISE], ids=["hung up", "cut short", "noise"])
async def test_a_write_whose_connection_breaks_is_uncertain_and_sent_once(method: str, reply: bytes) -> None:
    server = Server(reply)

    async with served(server) as (client, target):
        with pytest.raises(Uncertain):
            await client.send(target, request(method), claimed=CLAIM)

    assert len(server.requests) == 1


async def test_a_write_that_breaks_on_a_used_connection_is_not_sent_again() -> None:
    server = Server(OK, b"")

    async with served(server) as (client, target):
        await client.send(target, request("GET"))
        with pytest.raises(Uncertain):
            await client.send(target, request("DELETE"), claimed=CLAIM)

    assert server.requests == [b"GET /things HTTP/1.1", b"DELETE /things HTTP/1.1"]


async def test_a_write_without_an_answer_is_uncertain_and_hung() -> None:
    async with served(Server(None)) as (client, target):
        with pytest.raises(Uncertain) as caught:
            await client.send(target, request("POST"), claimed=CLAIM)

    assert caught.value.is_hung


async def test_a_read_survives_a_broken_connection() -> None:
    server = Server(b"", CUT, OK)

    async with served(server) as (client, target):
        assert (await client.send(target, request("GET"))).status == 200

    assert len(server.requests) == 3


async def test_nobody_listening_means_nothing_was_sent() -> None:
    server = Server()
    async with served(server) as (client, target):
        closed = Target(provider="p", base_url="http://127.0.0.1:9", account="a")
        with pytest.raises(ProviderDown):
            await client.send(closed, request("POST"), claimed=CLAIM)

    assert target.base_url != closed.base_url
    assert server.requests == []


async def test_many_calls_share_one_client() -> None:
    server = Server()

    async with served(server) as (client, target), asyncio.TaskGroup() as group:
        for _ in range(40):
            group.create_task(client.send(target, request("GET")))

    assert len(server.requests) == 40
