"""What was told and where: deliveries that were seen, the message of each booking, the channels that hear of an event type."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, select

from bot.logs import get_logger
from bot.scheduling.accounts import Owner
from bot.scheduling.reminding.telling import Posting
from bot.storage.database.crypto import Unreadable
from bot.storage.database.engine import insert_into
from bot.storage.database.schema import (
    BOOKING_PLACE,
    booking_places,
    deliveries,
    of_owner,
    owner_columns,
    owner_values,
    postings,
)

if TYPE_CHECKING:
    from datetime import datetime

    from bot.scheduling.reminding.telling import About
    from bot.storage.database.engine import Database
    from bot.storage.database.statements import Connection
    from bot.storage.database.values import Vault

log = get_logger("storage.news")

_PLACE = select(booking_places.c.booking, booking_places.c.place).where(
    of_owner(booking_places),
    booking_places.c.channel == bindparam("b_channel"),
    booking_places.c.booking.in_(bindparam("b_bookings", expanding=True)),
)
_POSTINGS = select(postings).where(of_owner(postings)).order_by(postings.c.channel, postings.c.event_type)


class NewsRows:
    """Deliveries by the hash of their key."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._claim = insert_into(deliveries, database.dialect).on_conflict_do_nothing().returning(deliveries.c.key)

    async def claim_delivery(self, key: str, now: datetime) -> bool:
        """False when that delivery was claimed before."""
        columns = {"key": _hashed(key), "claimed_at": now}
        return await self._database.one(lambda connection: connection.execute(self._claim, columns).first()) is not None


class BookingPlaceRows:
    """Where the message of a booking stands, one row a booking and reader. Implements the port `BookingPlaces`."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        insert = insert_into(booking_places, database.dialect)
        fresh = {name: insert.excluded[name] for name in ("place", "changed_at")}
        self._put = insert.on_conflict_do_update(index_elements=list(booking_places.primary_key.columns), set_=fresh)

    async def place_of(self, owner: Owner, bookings: tuple[str, ...], *, channel: str = "") -> str:
        """The place of the first of these that has one; empty when none has, or it cannot be read any more."""
        wanted = [booking for booking in bookings if booking]
        values = {**owner_values(owner), "b_channel": channel, "b_bookings": wanted}
        rows = await self._database.one(lambda connection: connection.execute(_PLACE, values).all())
        found = {row.booking: row.place for row in rows}
        first = next((booking for booking in wanted if booking in found), "")
        try:
            return self._vault.open_text(found[first], BOOKING_PLACE, *_row(owner, first, channel)) if first else ""
        except Unreadable as error:
            log.warning("booking_place.unreadable", cause=error)
            return ""

    async def put_place(self, about: About, place: str, *, channel: str = "", now: datetime) -> None:
        """The messages of these bookings stand there from now on."""
        rows = self.columns(about, place, channel=channel, now=now)
        await self._database.one(lambda connection: self.put(connection, rows))

    def columns(self, about: About, place: str, *, channel: str = "", now: datetime) -> list[dict[str, Any]]:
        """For `put`."""
        return [
            owner_columns(about.owner)
            | {
                "booking": booking,
                "channel": channel,
                "place": self._vault.seal_text(place, BOOKING_PLACE, *_row(about.owner, booking, channel)),
                "changed_at": now,
            }
            for booking in about.bookings
        ]

    def put(self, connection: Connection, rows: list[dict[str, Any]]) -> None:
        """Part of a turn's transaction (turns.py)."""
        connection.execute(self._put, rows).close()


class PostingRows:
    """Which channels hear of which event types. Implements the port `Postings`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._post = insert_into(postings, database.dialect).on_conflict_do_nothing()

    async def post(self, posting: Posting, *, now: datetime) -> None:
        """From now on; the same again changes nothing."""
        columns = owner_columns(posting.owner) | {
            "channel": posting.channel,
            "event_type": posting.event_type,
            "made_at": now,
        }
        await self._database.one(lambda connection: connection.execute(self._post, columns).close())

    async def stop_posting(self, owner: Owner, *, channel: str = "", event_type: str = "") -> int:
        """No more, in that channel or of that type, where one is named; how many ended."""
        named = [postings.c.channel == channel] if channel else []
        named += [postings.c.event_type == event_type] if event_type else []
        statement = delete(postings).where(and_(of_owner(postings), *named))
        return await self._database.one(lambda connection: connection.execute(statement, owner_values(owner)).rowcount)

    async def postings_of(self, owner: Owner) -> tuple[Posting, ...]:
        """What the person has posted, by channel."""
        rows = await self._database.one(lambda connection: connection.execute(_POSTINGS, owner_values(owner)).all())
        return tuple(
            Posting(owner=Owner(row.enterprise, row.team, row.member), channel=row.channel, event_type=row.event_type)
            for row in rows
        )


def _row(owner: Owner, booking: str, channel: str) -> tuple[str, ...]:
    return owner.enterprise, owner.team, owner.member, booking, channel


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
