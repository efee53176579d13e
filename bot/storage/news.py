"""Which deliveries of a provider's news were seen."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.storage.database.engine import insert_into
from bot.storage.database.schema import deliveries

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.database.engine import Database


class NewsRows:
    """Deliveries by the hash of their key."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._claim = insert_into(deliveries, database.dialect).on_conflict_do_nothing().returning(deliveries.c.key)

    async def claim_delivery(self, key: str, now: datetime) -> bool:
        """False when that delivery was claimed before."""
        columns = {"key": _hashed(key), "claimed_at": now}
        return await self._database.one(lambda connection: connection.execute(self._claim, columns).first()) is not None


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
