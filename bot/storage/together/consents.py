"""Consents to being seen as free or busy, and addresses that were remembered. Implements `Consents` and `Addresses`."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select

from bot.logs import get_logger
from bot.scheduling.accounts import Owner
from bot.scheduling.together.directory import name_words
from bot.scheduling.together.sharing import Consent
from bot.storage.database.crypto import Unreadable
from bot.storage.database.engine import insert_into
from bot.storage.database.schema import ADDRESS_BODY, addresses, consents, of_owner, owner_columns, owner_values
from bot.storage.database.values import ADDRESS
from bot.storage.telling.pages import mark

if TYPE_CHECKING:
    from datetime import datetime

    from bot.scheduling.models import Person
    from bot.storage.database.engine import Database
    from bot.storage.database.statements import Connection
    from bot.storage.database.values import Vault

log = get_logger("storage.together")

_CONSENTS = select(consents).where(of_owner(consents)).order_by(consents.c.account, consents.c.viewer)
_WITHDRAW = delete(consents).where(of_owner(consents))
_END_REFUSAL = delete(consents).where(of_owner(consents), consents.c.account == "")
_ADDRESSES = select(addresses).where(of_owner(addresses)).order_by(addresses.c.name)
_DROP = delete(addresses).where(of_owner(addresses), addresses.c.name == bindparam("b_name"))


class ConsentRows:
    """Consents, one row for each account and viewer; a refusal is the row without account. No secrets: ids and times."""

    def __init__(self, database: Database) -> None:
        self._database = database
        add = insert_into(consents, database.dialect)
        fresh = {"granted_at": add.excluded.granted_at, "until": add.excluded.until}
        key = ["enterprise", "team", "member", "account", "viewer"]
        self._grant = add.on_conflict_do_update(index_elements=key, set_=fresh)

    async def consents_of(self, owner: Owner) -> tuple[Consent, ...]:
        """What the person has agreed to, run out or not, or their refusal."""
        values = owner_values(owner)
        rows = await self._database.one(lambda connection: connection.execute(_CONSENTS, values).all())
        return tuple(
            Consent(
                owner=Owner(row.enterprise, row.team, row.member),
                account=row.account,
                viewer=row.viewer,
                until=row.until,
            )
            for row in rows
        )

    async def grant(self, consent: Consent, *, now: datetime) -> None:
        """Keep it; the same account and viewer again replaces it. One for everybody ends a refusal."""
        await self._database.whole(lambda connection: self._keep(connection, consent, now))

    def _keep(self, connection: Connection, consent: Consent, now: datetime) -> None:
        if not consent.viewer:
            connection.execute(_END_REFUSAL, owner_values(consent.owner))
        columns = {
            **owner_columns(consent.owner),
            "account": consent.account,
            "viewer": consent.viewer,
            "granted_at": now,
            "until": consent.until,
        }
        connection.execute(self._grant, columns)
        mark(connection, consent.owner)

    async def withdraw(self, owner: Owner, *, now: datetime) -> None:
        """Take every consent of that person back, and keep that they have said no."""

        def job(connection: Connection) -> None:
            connection.execute(_WITHDRAW, owner_values(owner))
            self._keep(connection, Consent(owner=owner, account=""), now)

        await self._database.whole(job)


class AddressRows:
    """Remembered people, one row each, sealed; found by a hash of the name, so that the name itself is not in the clear."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        add = insert_into(addresses, database.dialect)
        self._remember = add.on_conflict_do_update(
            index_elements=["enterprise", "team", "member", "name"], set_={"body": add.excluded.body}
        )

    async def remembered(self, owner: Owner) -> tuple[Person, ...]:
        """Everybody whose address was remembered, by name."""
        values = owner_values(owner)
        rows = await self._database.one(lambda connection: connection.execute(_ADDRESSES, values).all())
        people = []
        for row in rows:
            try:
                people.append(self._vault.open(ADDRESS, row.body, ADDRESS_BODY, *_key(owner), row.name))
            except Unreadable as error:  # one that cannot be read is asked for again
                log.error("address.unreadable", cause=error)
        return tuple(sorted(people, key=lambda person: person.name.casefold()))

    async def remember(self, owner: Owner, person: Person) -> None:
        """Keep name and address; the same name again replaces it."""
        name = _hashed(person.name)
        body = self._vault.seal(ADDRESS, person, ADDRESS_BODY, *_key(owner), name)
        columns = {**owner_columns(owner), "name": name, "body": body}
        await self._database.one(lambda connection: connection.execute(self._remember, columns).close())

    async def drop(self, owner: Owner, name: str) -> None:
        """Forget what was kept under that name."""
        values = {**owner_values(owner), "b_name": _hashed(name)}
        await self._database.one(lambda connection: connection.execute(_DROP, values).close())


def _key(owner: Owner) -> tuple[str, str, str]:
    return owner.enterprise, owner.team, owner.member


def _hashed(name: str) -> str:
    words = " ".join(name_words(name)) or name.casefold()
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
