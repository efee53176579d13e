"""Which process is on which duty. Implements the port `Duties`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, or_

from bot.storage.database.columns import Instant
from bot.storage.database.engine import insert_into
from bot.storage.database.schema import duties

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.storage.database.engine import Database


class DutyRows:
    """One row a duty; taken over by compare-and-set once its lease has ended."""

    def __init__(self, database: Database) -> None:
        self._database = database
        add = insert_into(duties, database.dialect).values(
            name=bindparam("b_name"), holder=bindparam("b_holder"), lease_until=bindparam("b_until", type_=Instant)
        )
        is_free = duties.c.lease_until <= bindparam("b_now", type_=Instant)
        self._take = add.on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": add.excluded.holder, "lease_until": add.excluded.lease_until},
            where=or_(duties.c.holder == add.excluded.holder, is_free),
        ).returning(duties.c.name)

    async def take(self, duty: str, holder: str, *, now: datetime, lease: timedelta) -> bool:
        """Whether `holder` is on that duty until `now + lease`."""
        values = {"b_name": duty, "b_holder": holder, "b_now": now, "b_until": now + lease}
        return await self._database.one(lambda connection: connection.execute(self._take, values).first()) is not None
