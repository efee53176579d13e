"""What is to be told unasked, as it waits in the inbox: written before its sender gets a 200, gone once it has been told.

The payload is JSON of our own, sealed at rest like every other. What cannot be read any more (of a later release) is None.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from bot.scheduling.models import BookingChange, ChangeKind
from bot.values import dataclass

SURFACE = "unasked"
"""The inbox rows that are these, not a surface's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWaits:
    """A provider's news about a booking of this account."""

    account: str
    change: BookingChange

    @property
    def key(self) -> str:
        """Equal for two deliveries of the same news."""
        return _hashed(f"{self.account}:{self.change.key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionWaits:
    """The person has consented to this connection, or has let the time for it pass."""

    account: str
    is_active: bool

    @property
    def key(self) -> str:
        """Equal for all processes that find it out."""
        return _hashed(f"connection:{self.account}:{self.is_active}")


Unasked = ChangeWaits | ConnectionWaits


def write_unasked(waiting: Unasked) -> str:
    """The payload of its inbox row."""
    match waiting:
        case ChangeWaits(account=account, change=change):
            return json.dumps(
                {
                    "account": account,
                    "key": change.key,
                    "kind": change.kind.value,
                    "booking": change.booking,
                    "previous": change.previous,
                    "occurred_at": change.occurred_at.isoformat() if change.occurred_at else None,
                    "reason": change.reason,
                    "old_start": change.old_start.isoformat() if change.old_start else None,
                }
            )
        case ConnectionWaits(account=account, is_active=is_active):
            return json.dumps({"account": account, "is_active": is_active})


def read_unasked(payload: str) -> Unasked | None:
    """What waits; None when the payload is none of ours."""
    try:
        row = json.loads(payload)
        if "kind" not in row:
            return ConnectionWaits(account=str(row["account"]), is_active=bool(row["is_active"]))
        change = BookingChange(
            key=str(row["key"]),
            kind=ChangeKind(row["kind"]),
            booking=str(row["booking"]),
            previous=str(row["previous"]),
            occurred_at=_instant(row["occurred_at"]),
            reason=str(row["reason"]),
            old_start=_instant(row["old_start"]),
        )
        return ChangeWaits(account=str(row["account"]), change=change)
    except (ValueError, KeyError, TypeError):
        return None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _hashed(text: str) -> str:
    return f"unasked:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"
