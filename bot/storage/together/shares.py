"""Shares and who picked what. Implements the port `Shares`.

A pick is one row a share and a time: the primary key lets one person only have it. Before it is inserted its share's row is
updated (to what it was), so that two picks of the last place wait for each other on PostgreSQL as they do on SQLite.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, func, insert, not_, select, update

from bot.errors import BadSettings
from bot.logs import get_logger
from bot.scheduling.accounts import Owner
from bot.scheduling.together.sharing import PickVerdict, Share
from bot.storage.database.columns import Instant
from bot.storage.database.crypto import Unreadable
from bot.storage.database.engine import insert_into
from bot.storage.database.schema import SHARE_BODY, of_owner, owner_columns, owner_values, picks, shares
from bot.storage.database.values import SHARE_FACTS, ShareFacts
from bot.storage.telling.pages import mark

if TYPE_CHECKING:
    from datetime import datetime

    from bot.scheduling.models import Slot
    from bot.storage.database.engine import Database
    from bot.storage.database.statements import Connection, Row
    from bot.storage.database.values import Vault

log = get_logger("storage.shares")

RESERVED_FOR = timedelta(minutes=5)
"""How long a pick that was not booked keeps others away: a crash between the two must not take a time for ever."""

_ID = shares.c.id == bindparam("b_id")
_OWNER = (shares.c.enterprise, shares.c.team, shares.c.member)
_ONE = select(shares).where(_ID)
_WHOSE = select(*_OWNER).where(_ID)
_OPEN = (
    select(shares)
    .where(of_owner(shares), shares.c.ended_at.is_(None), shares.c.until > bindparam("b_now", type_=Instant))
    .order_by(shares.c.until, shares.c.id)
)
_LOCK = update(shares).where(_ID).values(most=shares.c.most).returning(shares)
_END = update(shares).where(_ID, shares.c.ended_at.is_(None)).values(ended_at=bindparam("b_now")).returning(*_OWNER)
_THE_PICK = and_(picks.c.share == bindparam("b_id"), picks.c.slot == bindparam("b_slot", type_=Instant))
_STALE = delete(picks).where(
    picks.c.share == bindparam("b_id"), not_(picks.c.is_kept), picks.c.picked_at <= bindparam("b_stale", type_=Instant)
)
_PICKED = select(picks).where(picks.c.share == bindparam("b_id")).order_by(picks.c.slot)
_COUNT = select(func.count()).select_from(picks).where(picks.c.share == bindparam("b_id"))
_KEEP = update(picks).where(_THE_PICK, picks.c.member == bindparam("b_member")).values(is_kept=True)
_DROP = delete(picks).where(_THE_PICK, picks.c.member == bindparam("b_member"), not_(picks.c.is_kept))


class ShareRows:
    """Shares, one row each; what is public of them sealed all the same."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._save = insert_into(shares, database.dialect).on_conflict_do_nothing(index_elements=["id"])

    async def save_share(self, share: Share) -> None:
        """Keep a new share; one that is kept already stays as it is."""
        facts = ShareFacts(
            account=share.account,
            event_type=share.event_type,
            title=share.title,
            slots=share.slots,
            zone=share.zone,
            sharer=share.sharer,
            where=share.where,
            length=share.length,
            audience=share.audience,
        )
        columns = {
            "id": share.id,
            **owner_columns(share.owner),
            "most": share.most,
            "until": share.until,
            "ended_at": share.ended_at,
            "body": self._vault.seal(SHARE_FACTS, facts, SHARE_BODY, share.id),
        }

        def job(connection: Connection) -> None:
            connection.execute(self._save, columns).close()
            mark(connection, share.owner)

        await self._database.whole(job)

    async def share(self, share_id: str, *, now: datetime) -> Share | None:
        """One share as it stands, whoever owns it."""

        def job(connection: Connection) -> Share | None:
            row = connection.execute(_ONE, {"b_id": share_id}).first()
            return None if row is None else self._share(connection, row, now)

        return await self._database.whole(job)

    async def shares_of(self, owner: Owner, *, now: datetime) -> tuple[Share, ...]:
        """The person's open shares, the newest last."""
        values = {**owner_values(owner), "b_now": now}

        def job(connection: Connection) -> tuple[Share, ...]:
            rows = connection.execute(_OPEN, values).all()
            return tuple(self._share(connection, row, now) for row in rows)

        return tuple(share for share in await self._database.whole(job) if share.is_open(now))

    async def pick(self, share_id: str, slot: Slot, member: Owner, *, now: datetime) -> PickVerdict:
        """Reserve one of its times for that member, for a few minutes, until `keep_pick` makes it last."""
        return await self._database.whole(lambda connection: self._pick(connection, share_id, slot, member, now))

    async def keep_pick(self, share_id: str, slot: Slot, member: Owner, *, now: datetime) -> None:
        """It was booked. A reservation that has run out meanwhile is made again: the booking stands."""
        values = {"b_id": share_id, "b_slot": slot.start, "b_member": member.member}

        def job(connection: Connection) -> None:
            _mark_sharer(connection, share_id)
            if connection.execute(_KEEP, values).rowcount:
                return
            connection.execute(delete(picks).where(_THE_PICK), values)
            connection.execute(insert(picks), _columns(share_id, slot, member, now) | {"is_kept": True})

        await self._database.whole(job)

    async def drop_pick(self, share_id: str, slot: Slot, member: Owner) -> None:
        """It was not booked after all: the time is free again."""
        values = {"b_id": share_id, "b_slot": slot.start, "b_member": member.member}

        def job(connection: Connection) -> None:
            if connection.execute(_DROP, values).rowcount:
                _mark_sharer(connection, share_id)

        await self._database.whole(job)

    async def end_share(self, share_id: str, *, now: datetime) -> bool:
        """End it; False when it had ended before."""
        values = {"b_id": share_id, "b_now": now}

        def job(connection: Connection) -> bool:
            row = connection.execute(_END, values).first()
            if row is not None:
                mark(connection, Owner(row.enterprise, row.team, row.member))
            return row is not None

        return await self._database.whole(job)

    def _pick(self, connection: Connection, share_id: str, slot: Slot, member: Owner, now: datetime) -> PickVerdict:
        row = connection.execute(_LOCK, {"b_id": share_id}).first()
        if row is None:
            return PickVerdict.UNKNOWN
        share = self._share(connection, row, now)
        if share.ended_at is not None or now >= share.until:
            return PickVerdict.ENDED
        if slot not in share.slots or not share.is_for(member):
            return PickVerdict.UNKNOWN
        connection.execute(_STALE, {"b_id": share_id, "b_stale": now - RESERVED_FOR})
        mine = connection.execute(select(picks).where(_THE_PICK), {"b_id": share_id, "b_slot": slot.start}).first()
        if mine is not None:
            return PickVerdict.WON if mine.member == member.member and not mine.is_kept else PickVerdict.TAKEN
        if (connection.scalar(_COUNT, {"b_id": share_id}) or 0) >= share.most:
            return PickVerdict.FULL
        connection.execute(insert(picks), _columns(share_id, slot, member, now))
        mark(connection, share.owner)
        return PickVerdict.WON

    def _share(self, connection: Connection, row: Row, now: datetime) -> Share:
        try:
            facts = self._vault.open(SHARE_FACTS, row.body, SHARE_BODY, row.id)
        except Unreadable as error:
            raise BadSettings(f"a stored share cannot be read: {error}") from error
        picked = connection.execute(_PICKED, {"b_id": row.id}).all()
        standing = {one.slot for one in picked if one.is_kept or one.picked_at > now - RESERVED_FOR}
        return Share(
            id=row.id,
            owner=Owner(row.enterprise, row.team, row.member),
            account=facts.account,
            event_type=facts.event_type,
            title=facts.title,
            slots=facts.slots,
            until=row.until,
            most=row.most,
            zone=facts.zone,
            sharer=facts.sharer,
            where=facts.where,
            length=facts.length,
            audience=facts.audience,
            ended_at=row.ended_at,
            taken=tuple(slot for slot in sorted(facts.slots) if slot.start in standing),
        )


def _mark_sharer(connection: Connection, share_id: str) -> None:
    row = connection.execute(_WHOSE, {"b_id": share_id}).first()
    if row is not None:
        mark(connection, Owner(row.enterprise, row.team, row.member))


def _columns(share_id: str, slot: Slot, member: Owner, now: datetime) -> dict[str, Any]:
    return {"share": share_id, "slot": slot.start, **owner_columns(member), "picked_at": now, "is_kept": False}
