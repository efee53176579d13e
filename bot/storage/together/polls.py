"""Polls and their votes. Implements the port `Polls`. A vote is a row of its own: two at once both count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, insert, select, update

from bot.errors import BadSettings
from bot.scheduling.accounts import Owner
from bot.scheduling.together.polls import Poll, Vote, VoteVerdict
from bot.storage.database.columns import Instant
from bot.storage.database.crypto import Unreadable
from bot.storage.database.engine import insert_into
from bot.storage.database.schema import (
    POLL_BODY,
    VOTE_BODY,
    of_owner,
    owner_columns,
    owner_values,
    polls,
    votes,
)
from bot.storage.database.values import POLL_FACTS, PollFacts
from bot.storage.telling.pages import mark

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.database.engine import Database
    from bot.storage.database.statements import Connection, Row
    from bot.storage.database.values import Vault

NEVER = -1
"""The option of an answer that says «none of these»."""
_MOST_DUE = 50

_ID = polls.c.id == bindparam("b_id")
_NOW = bindparam("b_now", type_=Instant)
_ONE = select(polls).where(_ID)
_LOCK = update(polls).where(_ID).values(closes_at=polls.c.closes_at).returning(polls)
_OPEN = (
    select(polls)
    .where(of_owner(polls), polls.c.closed_at.is_(None), polls.c.closes_at > _NOW)
    .order_by(polls.c.closes_at, polls.c.id)
)
_OWNER = (polls.c.enterprise, polls.c.team, polls.c.member)
_DUE = select(polls).where(polls.c.closed_at.is_(None), polls.c.closes_at <= _NOW).limit(_MOST_DUE)
_CLOSE = update(polls).where(_ID, polls.c.closed_at.is_(None)).values(closed_at=bindparam("b_now")).returning(*_OWNER)
_CLOSE_BY = (
    update(polls)
    .where(_ID, polls.c.closed_at.is_(None), polls.c.closes_at > bindparam("b_at", type_=Instant))
    .values(closes_at=bindparam("b_at"))
)
_VOTES = select(votes).where(votes.c.poll == bindparam("b_id")).order_by(votes.c.member, votes.c.option)
_OF_MEMBER = and_(votes.c.poll == bindparam("b_id"), votes.c.member == bindparam("b_member"))
_DROP_ALL = delete(votes).where(_OF_MEMBER)
_DROP_ONE = delete(votes).where(_OF_MEMBER, votes.c.option == bindparam("b_option"))


class PollRows:
    """Polls, one row each, and one row a vote."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._save = insert_into(polls, database.dialect).on_conflict_do_nothing(index_elements=["id"])

    async def save_poll(self, poll: Poll) -> None:
        """Keep a new poll; one that is kept already stays as it is."""
        facts = PollFacts(
            title=poll.title,
            slots=poll.slots,
            invited=poll.invited,
            zone=poll.zone,
            asker=poll.asker,
            event_type=poll.event_type,
        )
        columns = {
            "id": poll.id,
            **owner_columns(poll.owner),
            "closes_at": poll.closes_at,
            "closed_at": poll.closed_at,
            "body": self._vault.seal(POLL_FACTS, facts, POLL_BODY, poll.id),
        }

        def job(connection: Connection) -> None:
            connection.execute(self._save, columns).close()
            mark(connection, poll.owner)

        await self._database.whole(job)

    async def poll(self, poll_id: str) -> Poll | None:
        """One poll with its votes, whoever owns it."""

        def job(connection: Connection) -> Poll | None:
            row = connection.execute(_ONE, {"b_id": poll_id}).first()
            return None if row is None else self._poll(connection, row)

        return await self._database.whole(job)

    async def polls_of(self, owner: Owner, *, now: datetime) -> tuple[Poll, ...]:
        """The person's open polls, the newest last."""
        return await self._several(_OPEN, {**owner_values(owner), "b_now": now})

    async def due_polls(self, *, now: datetime) -> tuple[Poll, ...]:
        """Polls whose time is up and that nobody has closed."""
        return await self._several(_DUE, {"b_now": now})

    async def vote(self, poll_id: str, voter: Owner, name: str, option: int | None, *, now: datetime) -> VoteVerdict:
        """Turn one of the voter's votes on, or off again when it was on; None: they can at none of the times."""
        body = self._vault.seal_text(name, VOTE_BODY, poll_id, voter.member)
        columns = {"poll": poll_id, **owner_columns(voter), "option": NEVER if option is None else option, "body": body}
        return await self._database.whole(lambda connection: self._vote(connection, columns, now))

    async def close_poll(self, poll_id: str, *, now: datetime) -> bool:
        """Close it; False when it was closed before."""
        values = {"b_id": poll_id, "b_now": now}

        def job(connection: Connection) -> bool:
            row = connection.execute(_CLOSE, values).first()
            if row is not None:
                mark(connection, Owner(row.enterprise, row.team, row.member))
            return row is not None

        return await self._database.whole(job)

    async def close_by(self, poll_id: str, *, at: datetime) -> None:
        """Let it close by itself no later than that."""
        values = {"b_id": poll_id, "b_at": at}
        await self._database.one(lambda connection: connection.execute(_CLOSE_BY, values).close())

    async def _several(self, statement: Any, values: dict[str, Any]) -> tuple[Poll, ...]:
        def job(connection: Connection) -> tuple[Poll, ...]:
            return tuple(self._poll(connection, row) for row in connection.execute(statement, values).all())

        return await self._database.whole(job)

    def _vote(self, connection: Connection, columns: dict[str, Any], now: datetime) -> VoteVerdict:
        # The update waits for a press of the same person in another process: on and off again, not twice on.
        row = connection.execute(_LOCK, {"b_id": columns["poll"]}).first()
        option: int = columns["option"]
        if row is None or not columns["member"] or not (option == NEVER or self._has(row, option)):
            return VoteVerdict.UNKNOWN
        if row.closed_at is not None or now >= row.closes_at:
            return VoteVerdict.CLOSED
        mine = {"b_id": row.id, "b_member": columns["member"]}
        mark(connection, Owner(row.enterprise, row.team, row.member))
        if option == NEVER:
            connection.execute(_DROP_ALL, mine)
        else:
            connection.execute(_DROP_ONE, {**mine, "b_option": NEVER})
            if connection.execute(_DROP_ONE, {**mine, "b_option": option}).rowcount:
                return VoteVerdict.COUNTED
        connection.execute(insert(votes), columns)
        return VoteVerdict.COUNTED

    def _has(self, row: Row, option: int) -> bool:
        return 0 <= option < len(self._facts(row).slots)

    def _facts(self, row: Row) -> PollFacts:
        try:
            return self._vault.open(POLL_FACTS, row.body, POLL_BODY, row.id)
        except Unreadable as error:
            raise BadSettings(f"a stored poll cannot be read: {error}") from error

    def _poll(self, connection: Connection, row: Row) -> Poll:
        facts = self._facts(row)
        cast = connection.execute(_VOTES, {"b_id": row.id}).all()
        return Poll(
            id=row.id,
            owner=Owner(row.enterprise, row.team, row.member),
            title=facts.title,
            slots=facts.slots,
            invited=facts.invited,
            closes_at=row.closes_at,
            zone=facts.zone,
            asker=facts.asker,
            event_type=facts.event_type,
            closed_at=row.closed_at,
            votes=tuple(self._vote_of(one) for one in cast if one.option != NEVER),
            voted=tuple(sorted({one.member for one in cast})),
        )

    def _vote_of(self, row: Row) -> Vote:
        name = self._vault.open_text(row.body, VOTE_BODY, row.poll, row.member)
        return Vote(member=row.member, name=name, option=row.option)
