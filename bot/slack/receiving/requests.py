"""Slack's requests as Bolt takes them, without a second reading.

Bolt's own request parses the body it is given; a pressed card's body takes its form parser half a millisecond. Ours has been
read at the door, so Bolt gets what it routes by, and the listeners the payload itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_bolt.request.async_request import AsyncBoltRequest

from bot.slack.receiving.payloads import for_bolt

if TYPE_CHECKING:
    from bot.slack.receiving.payloads import Payload

READ = "pencil_payload"
"""Where a request's context holds the payload."""


class ReadRequest(AsyncBoltRequest):
    """A request whose sender is known and whose body has been read."""

    def __init__(self, payload: Payload, *, mode: str) -> None:
        # A body that has been read is taken in Socket Mode's name only; how this one really came is said behind that.
        super().__init__(body=for_bolt(payload), context={READ: payload}, mode="socket_mode")
        self.mode = mode
