"""Whose own page has changed since it was shown. Implements the port `Pages`.

A page has a row once its person has opened it. Whatever changes what stands on it calls `mark` in the same transaction:
one statement by the primary key, which finds nothing for people who never opened theirs.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, case, select, tuple_, update

from bot.scheduling.accounts import Owner
from bot.scheduling.reminding.telling import ChangedPage
from bot.storage.database.columns import Instant
from bot.storage.database.engine import insert_into
from bot.storage.database.schema import of_owner, owner_columns, owner_values, pages

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.database.engine import Database
    from bot.storage.database.statements import Connection

SHOWN_AT_MOST_EVERY = timedelta(seconds=5)
LEASE = timedelta(seconds=30)
"""How long one process has for showing a page; then another one takes it up."""
_MOST = 20

_KEY = (pages.c.enterprise, pages.c.team, pages.c.member)
_MARK = update(pages).where(of_owner(pages)).values(changes=pages.c.changes + 1)
# A CTE for the reason given in ledger/statements.py.
_CHANGED = (
    select(*_KEY)
    .where(
        pages.c.changes > pages.c.shown,
        pages.c.shown_at <= bindparam("b_shown", type_=Instant),
        pages.c.lease_until <= bindparam("b_now", type_=Instant),
    )
    .order_by(pages.c.shown_at)
    .limit(bindparam("b_limit"))
    .with_for_update(skip_locked=True)
    .cte("changed")
)
_TAKE = (
    update(pages)
    .where(tuple_(*_KEY).in_(select(_CHANGED.c.enterprise, _CHANGED.c.team, _CHANGED.c.member)))
    .values(lease_until=bindparam("b_until"))
    .returning(*_KEY, pages.c.changes)
)
_SHOWN = (
    update(pages)
    .where(of_owner(pages))
    .values(
        shown=case((pages.c.shown < bindparam("b_state"), bindparam("b_state")), else_=pages.c.shown),
        shown_at=bindparam("b_now"),
        lease_until=bindparam("b_now"),
    )
)


def mark(connection: Connection, owner: Owner) -> None:
    """What stands on the owner's page has changed: part of the transaction that changes it."""
    connection.execute(_MARK, owner_values(owner)).close()


class PageRows:
    """Pages, one row a person who has opened theirs."""

    def __init__(self, database: Database) -> None:
        self._database = database
        add = insert_into(pages, database.dialect)
        again = {name: add.excluded[name] for name in ("shown_at", "opened_at")}
        self._open = add.on_conflict_do_update(index_elements=list(_KEY), set_=again).returning(pages.c.changes)

    async def open_page(self, owner: Owner, *, now: datetime) -> int:
        """Its person opens it; the state that is shown to them now."""
        begins = {"changes": 0, "shown": 0, "shown_at": now, "lease_until": now, "opened_at": now}
        columns = owner_columns(owner) | begins
        state: int = await self._database.one(lambda connection: connection.scalar(self._open, columns))
        return state

    async def mark_page(self, owner: Owner) -> None:
        """Something on it has changed that the store cannot see."""
        await self._database.one(lambda connection: mark(connection, owner))

    async def take_pages(self, *, now: datetime) -> tuple[ChangedPage, ...]:
        """Pages that have changed, none that was shown just now; leased to the caller."""
        values = {"b_now": now, "b_until": now + LEASE, "b_shown": now - SHOWN_AT_MOST_EVERY, "b_limit": _MOST}
        rows = await self._database.one(lambda connection: connection.execute(_TAKE, values).all())
        return tuple(ChangedPage(owner=Owner(row.enterprise, row.team, row.member), state=row.changes) for row in rows)

    async def page_shown(self, page: ChangedPage, *, now: datetime) -> None:
        """It shows at least what was true in that state."""
        values = owner_values(page.owner) | {"b_state": page.state, "b_now": now}
        await self._database.one(lambda connection: connection.execute(_SHOWN, values).close())
