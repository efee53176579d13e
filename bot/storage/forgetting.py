"""What is forgotten: a person or a workspace on request, everything by age.

Of a forgotten person the ledger keeps ids, states and times (the audit of what was written), with every name, address and word
taken out. A write of theirs that was claimed and not sent is refused by it; one whose fate is unknown stays unknown, and nobody
looks it up any more, because the account it would be looked up with is gone. A turn that waits in the inbox has no owner
there; it goes with its answer.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, and_, bindparam, case, delete, null, select, tuple_, update

from bot.scheduling.ledger import WriteState
from bot.scheduling.models import Attendee, Place
from bot.storage.database.crypto import Unreadable
from bot.storage.database.schema import (
    WRITE_BODY,
    accounts,
    addresses,
    asked_consents,
    booking_places,
    cards,
    consents,
    conversations,
    deliveries,
    errands,
    grants,
    inbox,
    installations,
    member_tokens,
    oauth_states,
    offers,
    pages,
    picks,
    polls,
    postings,
    preferences,
    shares,
    votes,
    writes,
)
from bot.storage.database.values import ASKED_WRITE, AskedWrite
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from bot.scheduling.accounts import Owner
    from bot.scheduling.writes import Write
    from bot.storage.database.engine import Database
    from bot.storage.database.statements import Connection
    from bot.storage.database.values import Vault

INBOX_KEYS = timedelta(days=1)
DELIVERY_KEYS = timedelta(days=7)
DONE_ERRANDS = timedelta(days=3)
BOOKING_PLACES = timedelta(days=200)
"""Further ahead than nearly anybody books; a booking whose message is forgotten gets a new one."""
OPENED_PAGES = timedelta(days=30)
"""A page that nobody has opened for so long is not kept up to date; it is made anew when it is opened."""
_BATCH = 500
"""Rows deleted at once: short enough for a statement's time limit, and for those who wait behind it."""

_KEPT_TEXTS = frozenset({"kind", "event_type", "booking", "hold", "schedule", "webhook", "provider", "account", "zone"})
_NOBODY = Attendee(name="", zone="UTC", email="forgotten")
_SCRUB = (
    update(writes)
    .where(writes.c.reference == bindparam("b_reference"))
    .values(body=bindparam("b_body"), result=null(), look_at=null())
)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Whose rows: one member's, a workspace's, or a whole organisation's (`team` empty)."""

    enterprise: str
    team: str
    member: str = ""

    def of(self, table: Table) -> ColumnElement[bool]:
        """The scope's rows of a table."""
        parts = [table.c.enterprise == self.enterprise]
        if self.team or not self.enterprise:
            parts.append(table.c.team == self.team)
        if self.member:
            parts.append(table.c.member == self.member)
        return and_(*parts)


class Forgetting:
    """Deletes people, workspaces and what has become old."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def forget(self, owner: Owner) -> None:
        """Everything kept about a person, accounts included."""
        scope = _Scope(owner.enterprise, owner.team, owner.member)
        await self._database.whole(lambda connection: self._forget(connection, scope))
        self._vault.recent.clear()

    async def forget_team(self, enterprise: str, team: str) -> None:
        """Everything of a workspace, its installation included; with an empty `team`, of the whole organisation."""
        scope = _Scope(enterprise, team)

        def job(connection: Connection) -> None:
            self._forget(connection, scope)
            connection.execute(delete(installations).where(scope.of(installations)))

        await self._database.whole(job)
        self._vault.recent.clear()

    async def purge(self, now: datetime, *, keep_conversations: timedelta, keep_ledger: timedelta) -> dict[str, int]:
        """Delete what is older than it must be kept; how many rows of each table.

        Ledger rows go only when they are closed and told (with their offer), whatever their age.
        """
        await self._database.one(
            lambda connection: connection.execute(
                update(conversations).where(conversations.c.updated_at.is_(None)).values(updated_at=now)
            ).close()
        )
        self._vault.recent.clear()
        talk, ledger = now - keep_conversations, now - keep_ledger
        old = (
            (conversations, conversations.c.updated_at < talk),
            (cards, cards.c.expires_at < talk),
            (offers, offers.c.state.in_(["offered", "retired"]) & (offers.c.expires_at < talk)),
            (offers, (offers.c.state == "told") & (offers.c.claimed_at < ledger)),
            (inbox, inbox.c.answered_at < now - INBOX_KEYS),
            (inbox, inbox.c.answered_at.is_(None) & (inbox.c.accepted_at < talk)),
            (deliveries, deliveries.c.claimed_at < now - DELIVERY_KEYS),
            (oauth_states, oauth_states.c.expires_at < now),
            (asked_consents, asked_consents.c.expires_at < now),
            (consents, consents.c.until < now),
            (booking_places, booking_places.c.changed_at < now - BOOKING_PLACES),
            (errands, errands.c.done_at < now - DONE_ERRANDS),
            (shares, shares.c.until < talk),
            (polls, polls.c.closes_at < talk),
            (pages, pages.c.opened_at < now - OPENED_PAGES),
        )
        counts: dict[str, int] = {}
        for table, condition in old:
            counts[table.name] = counts.get(table.name, 0) + await self._delete(table, condition)
        return counts

    async def _delete(self, table: Table, condition: ColumnElement[bool]) -> int:
        key = tuple_(*table.primary_key.columns)
        some = select(*table.primary_key.columns).where(condition).limit(_BATCH)
        statement = delete(table).where(key.in_(some))
        total = 0
        while True:
            count = await self._database.one(lambda connection: connection.execute(statement).rowcount)
            total += count
            if count < _BATCH:
                return total

    def _forget(self, connection: Connection, scope: _Scope) -> None:
        # Offers first: a press that is being claimed right now has either finished, and its rows are seen below, or waits
        # for this transaction and then finds its offer retired.
        after = case(
            (offers.c.state == "claimed", "told"), (offers.c.state == "offered", "retired"), else_=offers.c.state
        )
        connection.execute(update(offers).where(scope.of(offers)).values(state=after, body=null()))
        connection.execute(
            update(writes)
            .where(scope.of(writes), writes.c.state == WriteState.CLAIMED.value)
            .values(state=WriteState.REFUSED.value)
        )
        self._scrub_writes(connection, scope)
        for table in (
            accounts,
            addresses,
            asked_consents,
            booking_places,
            cards,
            consents,
            conversations,
            errands,
            grants,
            pages,
            picks,
            polls,
            postings,
            preferences,
            shares,
            member_tokens,
            votes,
        ):
            connection.execute(delete(table).where(scope.of(table)))

    def _scrub_writes(self, connection: Connection, scope: _Scope) -> None:
        rows = connection.execute(select(writes.c.reference, writes.c.body).where(scope.of(writes))).all()
        scrubbed, lost = [], []
        for row in rows:
            try:
                asked = self._vault.open(ASKED_WRITE, row.body, WRITE_BODY, row.reference)
            except Unreadable:
                lost.append(row.reference)
                continue
            bare = AskedWrite(_without_people(asked.write), "")
            body = self._vault.seal(ASKED_WRITE, bare, WRITE_BODY, row.reference)
            scrubbed.append({"b_reference": row.reference, "b_body": body})
        if scrubbed:
            connection.execute(_SCRUB, scrubbed)
        if lost:  # nothing can be taken out of what cannot be read
            connection.execute(delete(writes).where(writes.c.reference.in_(lost)))


def _without_people(write: Write) -> Write:
    """The write with its ids, times and numbers, without names, addresses and words."""
    changes = {field.name: _bare(field.name, getattr(write, field.name)) for field in fields(write)}
    return replace(write, **changes)


def _bare(name: str, value: Any) -> Any:
    if name == "before":  # what stood before the write: somebody's booking, profile or schedule
        return None
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return value if name in _KEPT_TEXTS else ""
    if isinstance(value, tuple):
        return ()
    if isinstance(value, Attendee):
        return _NOBODY
    if isinstance(value, Place):
        return Place(kind=value.kind)
    return value
