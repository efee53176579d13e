"""Slack's requests as Bolt takes them, without a second reading.

Bolt's own request parses the body it is given; a pressed card's body takes its form parser half a millisecond. Ours has been
read at the door, so Bolt gets what it routes by, and the listeners the payload itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_bolt.request.async_internals import build_async_context
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.slack.receiving.payloads import for_bolt

if TYPE_CHECKING:
    from bot.slack.receiving.payloads import Payload

READ = "pencil_payload"
"""Where a request's context holds the payload."""


class ReadRequest(AsyncBoltRequest):
    """A request whose sender is known and whose body has been read."""

    def __init__(self, payload: Payload, *, mode: str) -> None:
        super().__init__(body={} if mode == "socket_mode" else "", mode=mode)
        self.body = for_bolt(payload)
        self.context[READ] = payload
        build_async_context(self.context, self.body)
