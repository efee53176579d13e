"""What later news needs: which deliveries were seen, and where a person was told of a booking, to update it there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, select

from bot.logs import get_logger
from bot.storage.crypto import Unreadable
from bot.storage.engine import insert_into
from bot.storage.schema import BOOKING_PLACE, deliveries, told_bookings

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row

    from bot.storage.engine import Database
    from bot.storage.values import Vault

log = get_logger("storage.news")

_AT = (told_bookings.c.account == bindparam("b_account")) & (told_bookings.c.booking == bindparam("b_booking"))
_FIND = select(told_bookings.c.reference, told_bookings.c.place).where(_AT)
_DROP = delete(told_bookings).where(_AT).returning(told_bookings.c.reference, told_bookings.c.place)


class NewsRows:
    """Deliveries by their key; told bookings by account and the hash of their id (an id can be a capability)."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._claim = insert_into(deliveries, database.dialect).on_conflict_do_nothing().returning(deliveries.c.key)
        add = insert_into(told_bookings, database.dialect)
        fresh = {name: add.excluded[name] for name in ("reference", "told_at", "place")}
        self._remember = add.on_conflict_do_update(index_elements=["account", "booking"], set_=fresh)

    async def claim_delivery(self, key: str, now: datetime) -> bool:
        """False when that delivery was claimed before."""
        columns = {"key": _hashed(key), "claimed_at": now}
        return await self._database.one(lambda connection: connection.execute(self._claim, columns).first()) is not None

    async def remember_booking(
        self, account: str, booking_id: str, place: str, reference: str = "", *, now: datetime
    ) -> None:
        """Where its person was told of a booking, and by which write of ours; the latest place counts."""
        columns = self._columns(account, _hashed(booking_id), place, reference, now)
        await self._database.one(lambda connection: connection.execute(self._remember, columns).close())

    async def move_booking(self, account: str, old_id: str, new_id: str, *, now: datetime) -> None:
        """A booking goes on under another id (it was moved): its place goes with it."""
        old, new = _hashed(old_id), _hashed(new_id)

        def job(connection: Connection) -> None:
            row = connection.execute(_DROP, {"b_account": account, "b_booking": old}).first()
            if row is not None and (place := self._place(row.place, account, old)):
                connection.execute(self._remember, self._columns(account, new, place, row.reference, now))

        await self._database.whole(job)

    async def booking_place(self, account: str, booking_id: str) -> str:
        """Where its person was told of a booking; empty when that is not known."""
        row = await self._find(account, booking_id)
        return self._place(row.place, account, _hashed(booking_id)) if row is not None else ""

    async def booking_reference(self, account: str, booking_id: str) -> str:
        """Our reference of the write that a booking came from; empty when it is not known."""
        row = await self._find(account, booking_id)
        return str(row.reference) if row is not None else ""

    async def _find(self, account: str, booking_id: str) -> Row[Any, Any] | None:
        values = {"b_account": account, "b_booking": _hashed(booking_id)}
        return await self._database.one(lambda connection: connection.execute(_FIND, values).first())

    def _columns(self, account: str, booking: str, place: str, reference: str, now: datetime) -> dict[str, object]:
        return {
            "account": account,
            "booking": booking,
            "reference": reference,
            "told_at": now,
            "place": self._vault.seal_text(place, BOOKING_PLACE, account, booking),
        }

    def _place(self, sealed: bytes, account: str, booking: str) -> str:
        try:
            return self._vault.open_text(sealed, BOOKING_PLACE, account, booking)
        except Unreadable as error:
            log.warning("news.place_dropped", cause=error)
            return ""


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
