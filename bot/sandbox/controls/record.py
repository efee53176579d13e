"""What the sandbox was asked and what it answered: `GET /_log`. Keys are left out."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import field
from typing import TYPE_CHECKING, Any

from bot.sandbox.world.exchange import Answer, iso_milliseconds
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_MOST = 20_000
_SECRETS = frozenset({"authorization", "cookie", "x-cal-secret-key"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One call. `status` is None where no answer went out; `fault` names the rule kinds that struck."""

    at: datetime
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    answer: Answer | None
    fault: tuple[str, ...] = ()
    carried_out: bool = True

    def shape(self) -> dict[str, Any]:
        """As `GET /_log` gives it."""
        return {
            "at": iso_milliseconds(self.at),
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "headers": {name: value for name, value in self.headers.items() if name not in _SECRETS},
            "body": _readable(self.body),
            "status": self.answer.status if self.answer else None,
            "response": _readable(self.answer.content()) if self.answer else None,
            "fault": list(self.fault),
            "carried_out": self.carried_out,
        }


@dataclass(slots=True)
class Record:
    """The latest calls, oldest first."""

    entries: deque[Entry] = field(default_factory=lambda: deque(maxlen=_MOST))

    def shape(self) -> list[dict[str, Any]]:
        """All of them as JSON."""
        return [entry.shape() for entry in list(self.entries)]


def _readable(body: bytes) -> Any:
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")
