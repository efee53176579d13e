"""Errands and preferences, one row each. Implements the ports `Errands` and `Preferred`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, null, select, update

from bot.logs import get_logger
from bot.scheduling.accounts import Owner
from bot.scheduling.reminding.errands import LEASE, Errand, ErrandKind
from bot.scheduling.reminding.preferences import Preferences
from bot.storage.database.columns import Instant
from bot.storage.database.crypto import Unreadable
from bot.storage.database.engine import insert_into
from bot.storage.database.schema import (
    ERRAND_BODY,
    PREFERENCE_BODY,
    errands,
    of_owner,
    owner_columns,
    owner_values,
    preferences,
)
from bot.storage.database.values import PREFERENCES
from bot.storage.telling.pages import mark

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.storage.database.engine import Database
    from bot.storage.database.statements import Connection, Row
    from bot.storage.database.values import Vault

log = get_logger("storage.reminding")

# A CTE for the reason given in ledger.py.
_DUE = (
    select(errands.c.id)
    .where(
        errands.c.done_at.is_(None),
        errands.c.due_at <= bindparam("b_now", type_=Instant),
        errands.c.lease_until <= bindparam("b_now", type_=Instant),
    )
    .order_by(errands.c.due_at)
    .limit(bindparam("b_limit"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_TAKE = (
    update(errands)
    .where(errands.c.id.in_(select(_DUE.c.id)))
    .values(lease_until=bindparam("b_until"))
    .returning(errands)
)
_MINE = (
    (errands.c.id == bindparam("b_id"))
    & errands.c.done_at.is_(None)
    & (errands.c.lease_until == bindparam("b_lease", type_=Instant))
)
_FINISH = update(errands).where(_MINE).values(done_at=bindparam("b_now"), body=null()).returning(errands.c.id)
_MOVE = (
    update(errands)
    .where(_MINE)
    .values(due_at=bindparam("b_due"), lease_until=bindparam("b_free"), body=bindparam("b_body"))
    .returning(errands.c.id)
)
_HASTEN = (
    update(errands)
    .where(
        of_owner(errands),
        errands.c.kind == bindparam("b_kind"),
        errands.c.done_at.is_(None),
        errands.c.due_at > bindparam("b_now", type_=Instant),
        errands.c.lease_until == errands.c.due_at,
    )
    .values(due_at=bindparam("b_now"), lease_until=bindparam("b_now"))
)
"""What nobody holds has its lease at the time when it is due."""
_OF = (
    select(errands)
    .where(of_owner(errands), errands.c.kind == bindparam("b_kind"), errands.c.done_at.is_(None))
    .order_by(errands.c.due_at)
)
_PREFERENCES = select(preferences.c.body).where(of_owner(preferences))


class ErrandRows:
    """What is to be done at a time. A lease is a time in the row: taking it and finishing under it are compare-and-set."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        insert = insert_into(errands, database.dialect)
        fresh = {name: insert.excluded[name] for name in ("kind", "about", "due_at", "lease_until", "body")}
        self._add = insert.on_conflict_do_nothing().returning(errands.c.id)
        self._put = insert.on_conflict_do_update(index_elements=[errands.c.id], set_={**fresh, "done_at": null()})

    async def add(self, errand: Errand) -> bool:
        """Keep a new one; False when that id is known, done or not."""
        columns = self._columns(errand)
        return await self._database.one(lambda connection: connection.execute(self._add, columns).first()) is not None

    async def put(self, errand: Errand) -> None:
        """Keep it under its id with this time and body, whatever was there before."""
        columns = self._columns(errand)
        await self._database.one(lambda connection: connection.execute(self._put, columns).close())

    async def take_due(self, *, now: datetime, lease: timedelta = LEASE, limit: int = 20) -> tuple[Errand, ...]:
        """What is due and nobody holds, by time; leased to the caller."""
        values = {"b_now": now, "b_until": now + lease, "b_limit": limit}
        rows = await self._database.one(lambda connection: connection.execute(_TAKE, values).all())
        return self._read(sorted(rows, key=lambda row: row.due_at))

    async def finish(self, errand: Errand, *, now: datetime) -> bool:
        """Done, or left for good; False when the lease was lost."""
        values = {"b_id": errand.id, "b_lease": errand.lease_until, "b_now": now}
        return await self._database.one(lambda connection: connection.execute(_FINISH, values).first()) is not None

    async def move(self, errand: Errand, due_at: datetime, *, body: str | None = None) -> bool:
        """Again at a later time; False when the lease was lost."""
        sealed = self._vault.seal_text(errand.body if body is None else body, ERRAND_BODY, errand.id)
        values = {
            "b_id": errand.id,
            "b_lease": errand.lease_until,
            "b_due": due_at,
            "b_free": due_at,
            "b_body": sealed,
        }
        return await self._database.one(lambda connection: connection.execute(_MOVE, values).first()) is not None

    async def hasten(self, owner: Owner, kind: ErrandKind, *, now: datetime) -> None:
        """What waits of that kind is due now; what somebody holds stays theirs."""
        values = owner_values(owner) | {"b_kind": kind.value, "b_now": now}
        await self._database.one(lambda connection: connection.execute(_HASTEN, values).close())

    async def of(self, owner: Owner, kind: ErrandKind) -> tuple[Errand, ...]:
        """What waits for somebody, by time."""
        values = owner_values(owner) | {"b_kind": kind.value}
        rows = await self._database.one(lambda connection: connection.execute(_OF, values).all())
        return self._read(rows)

    async def drop(self, owner: Owner, kinds: tuple[ErrandKind, ...], *, about: str = "") -> None:
        """Take back what waits, of one meeting or of all."""
        wanted = (
            of_owner(errands)
            & errands.c.done_at.is_(None)
            & errands.c.kind.in_([kind.value for kind in kinds])
            & ((errands.c.about == about) if about else errands.c.id.is_not(None))
        )
        statement = delete(errands).where(wanted)
        await self._database.one(lambda connection: connection.execute(statement, owner_values(owner)).close())

    def _columns(self, errand: Errand) -> dict[str, Any]:
        return owner_columns(errand.owner) | {
            "id": errand.id,
            "kind": errand.kind.value,
            "about": errand.about,
            "due_at": errand.due_at,
            "lease_until": errand.due_at,
            "body": self._vault.seal_text(errand.body, ERRAND_BODY, errand.id),
        }

    def _read(self, rows: list[Row] | Any) -> tuple[Errand, ...]:
        return tuple(errand for row in rows if (errand := self._errand(row)) is not None)

    def _errand(self, row: Row) -> Errand | None:
        try:
            body = self._vault.open_text(row.body, ERRAND_BODY, row.id)
        except Unreadable as error:
            log.warning("errand.unreadable", cause=error)
            body = ""
        return Errand(
            id=row.id,
            owner=Owner(row.enterprise, row.team, row.member),
            kind=ErrandKind(row.kind),
            due_at=row.due_at,
            about=row.about,
            body=body,
            lease_until=row.lease_until,
        )


class PreferenceRows:
    """What somebody has asked to be told, one row a person."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        insert = insert_into(preferences, database.dialect)
        keys = [preferences.c.enterprise, preferences.c.team, preferences.c.member]
        self._save = insert.on_conflict_do_update(index_elements=keys, set_={"body": insert.excluded.body})

    async def load(self, owner: Owner) -> Preferences:
        """What this person has asked for; nothing when they never did, or when it cannot be read any more."""
        return self.opened(await self._database.one(lambda connection: self.read(connection, owner)), owner)

    def read(self, connection: Connection, owner: Owner) -> bytes | None:
        """Part of a turn's transaction (turns.py): the owner's row, sealed."""
        found: bytes | None = connection.scalar(_PREFERENCES, owner_values(owner))
        return found

    def opened(self, body: bytes | None, owner: Owner) -> Preferences:
        """What that row says."""
        if body is None:
            return Preferences()
        try:
            return self._vault.open(PREFERENCES, body, PREFERENCE_BODY, owner.enterprise, owner.team, owner.member)
        except Unreadable as error:
            log.warning("preferences.unreadable", cause=error)
            return Preferences()

    async def save(self, owner: Owner, wanted: Preferences) -> None:
        """Keep it from now on."""
        row = (owner.enterprise, owner.team, owner.member)
        columns = owner_columns(owner) | {"body": self._vault.seal(PREFERENCES, wanted, PREFERENCE_BODY, *row)}

        def job(connection: Connection) -> None:
            connection.execute(self._save, columns).close()
            mark(connection, owner)

        await self._database.whole(job)
