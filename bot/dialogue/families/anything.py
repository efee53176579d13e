"""What every request has."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  stored by pydantic adapters, which read annotations

from bot.language.meaning import Intent  # noqa: TC001  as above
from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyRequest:
    """What every request has."""

    intent: Intent
    asked_at: datetime | None = None
    is_done: bool = False
    """Carried out: kept so that a follow-up knows what it speaks of."""
