"""Sending news to subscribers, after the answer has gone out. One try each, no redirects, as the real service."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import ssl
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from bot.sandbox.world.exchange import Delivery

Deliver = Callable[[Delivery], Awaitable[None]]
_PATIENCE = 5.0


async def deliver(delivery: Delivery) -> None:
    """POST it; a subscriber that does not answer is nobody's problem."""
    with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
        await asyncio.to_thread(_post, delivery)


def _post(delivery: Delivery) -> None:
    parts = urlsplit(delivery.url)
    host, port = parts.hostname or "", parts.port
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(host, port, timeout=_PATIENCE, context=context)
    else:
        connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", target, body=delivery.body, headers=dict(delivery.headers))
        connection.getresponse().read()
    finally:
        connection.close()


class Outbox:
    """The deliveries under way, in order of the news; `settle` waits for them."""

    def __init__(self, send: Deliver) -> None:
        self._send = send
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, batch: tuple[Delivery, ...]) -> None:
        """Start sending. The tasks are kept here, not in a group, because an app in process may never have a lifespan."""
        if not batch:
            return
        task = asyncio.get_running_loop().create_task(self._send_all(batch))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait until everything put so far has been sent or given up."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def _send_all(self, batch: tuple[Delivery, ...]) -> None:
        for delivery in batch:
            await self._send(delivery)
