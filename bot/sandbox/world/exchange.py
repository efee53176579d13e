"""What passes between the server and a provider's site: a request, an answer, and deliveries to subscribers.

Provider-neutral. A site (Cal.com, Calendly …) owns its paths, its words and its errors; this file only carries.
"""

from __future__ import annotations

import json
import re
from dataclasses import field
from typing import TYPE_CHECKING, Any, Protocol

from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from bot.sandbox.world.accounts import Account, Hints
    from bot.sandbox.world.calendar import Change

JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back. `body` is JSON unless it is bytes or a string, which go out as they are."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = JSON

    def content(self) -> bytes:
        """The body as bytes."""
        if isinstance(self.body, bytes):
            return self.body
        if isinstance(self.body, str):
            return self.body.encode()
        return b"" if self.body is None else json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A request as it reached a site, already without the gateway's prefix.

    `account` is set when a gateway connection chose it; then the site does not look at `Authorization`.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    base_url: str
    hints: Hints
    account: Account | None = None
    pause: float = 0.0
    """Seconds that a write takes between looking and writing, so that calls of the same moment meet, as at the service."""

    @property
    def target(self) -> str:
        """Path and query as they were written."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One signed message to a subscriber."""

    url: str
    headers: Mapping[str, str]
    body: bytes


class Site(Protocol):
    """A provider in the sandbox. `app` is its name at the gateway."""

    @property
    def app(self) -> str:
        """The gateway's name of the provider."""
        ...

    def serves(self, incoming: Incoming) -> bool:
        """Whether a request without gateway prefix is for this provider."""
        ...

    async def answer(self, incoming: Incoming) -> Answer:
        """The provider's answer; never raises for anything that a caller can send."""
        ...

    def deliveries(self, change: Change) -> tuple[Delivery, ...]:
        """What the provider's subscribers are sent about a change."""
        ...


def route_pattern(template: str) -> re.Pattern[str]:
    """`/v2/bookings/{uid}` as a pattern with named parts; a part holds no slash."""
    return re.compile("^" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template) + "/?$")


def iso_milliseconds(instant: datetime) -> str:
    """`2026-12-01T09:00:00.000Z`, as JavaScript writes an instant."""
    return instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"


def whole_minutes(length: timedelta) -> int:
    """A length in whole minutes, for the edge."""
    return int(length.total_seconds() // 60)
