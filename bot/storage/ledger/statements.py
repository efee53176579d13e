"""The statements of the ledger: each moves rows by compare-and-set, or reads them.

Rule for the next editor: whether a row was changed is told by how many were; `returning` is for what must be read. SQLite
makes a table of its own for what is returned, which costs as much as the change itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, case, exists, insert, literal_column, null, select, update

from bot.scheduling.ledger import WriteState
from bot.storage.database.columns import Instant
from bot.storage.database.schema import inbox, of_owner, offers, writes

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


def _spelled(state: str) -> ColumnElement[str]:
    """A state as it stands in the statement. A value that is given at each run may not choose an index that holds some
    states only: SQLite then plans the statement anew every time, for as much as running it costs, and PostgreSQL never uses it.
    """
    return literal_column(f"'{state}'")


_OFFERED, _CLAIMED, _TOLD = _spelled("offered"), _spelled("claimed"), _spelled("told")
_OPEN = [_spelled(state) for state in (WriteState.CLAIMED, WriteState.SENT, WriteState.UNCERTAIN)]
_CLOSED = [_spelled(state) for state in (WriteState.DONE, WriteState.REFUSED, WriteState.SETTLED)]

CLAIM = (
    update(offers)
    .where(
        offers.c.id == bindparam("b_id"),
        of_owner(offers),
        offers.c.state == _OFFERED,
        offers.c.expires_at > bindparam("b_now", type_=Instant),
    )
    .values(state="claimed", claimed_at=bindparam("b_now"), lease_until=bindparam("b_until"))
    .returning(offers.c.account, offers.c.body)
)
ADD_WRITES = insert(writes)
STANDING = select(offers.c.enterprise, offers.c.team, offers.c.member, offers.c.state, offers.c.expires_at).where(
    offers.c.id == bindparam("b_id")
)
ROWS = select(writes).where(writes.c.offer == bindparam("b_id")).order_by(writes.c.position)
MARK_SENT = (
    update(writes)
    .where(writes.c.reference == bindparam("b_reference"), writes.c.state == _CLAIMED)
    .values(state=WriteState.SENT.value, sent_at=bindparam("b_now"))
)
FINISH = (
    update(writes)
    .where(writes.c.reference == bindparam("b_reference"), writes.c.state.in_(_OPEN))
    .values(
        state=bindparam("b_state"),
        result=bindparam("b_result"),
        finished_at=bindparam("b_finished"),
        look_at=bindparam("b_look"),
    )
    .returning(writes.c.enterprise, writes.c.team, writes.c.member)
)
TELL_ROWS = (
    update(writes)
    .where(
        writes.c.offer == bindparam("b_id"),
        writes.c.state.in_(_CLOSED),
        writes.c.told_at.is_(None),
    )
    .values(told_at=bindparam("b_now"))
)
TELL_OFFER = (
    update(offers)
    .where(
        offers.c.id == bindparam("b_id"),
        offers.c.state == _CLAIMED,
        ~exists().where(writes.c.offer == offers.c.id, writes.c.state.in_(_OPEN)),
    )
    .values(state="told")
)
AMEND = (
    update(writes)
    .where(
        writes.c.reference == bindparam("b_reference"),
        writes.c.state.in_([_spelled(WriteState.SETTLED), _spelled(WriteState.REFUSED)]),
        writes.c.result == bindparam("b_before"),
    )
    .values(
        state=WriteState.DONE.value,
        result=bindparam("b_result"),
        finished_at=bindparam("b_now"),
        told_at=null(),
        look_at=null(),
    )
    .returning(writes.c.offer, writes.c.enterprise, writes.c.team, writes.c.member)
)
UNTELL_OFFER = (
    update(offers)
    .where(offers.c.id == bindparam("b_id"), offers.c.state == _TOLD, offers.c.body.is_not(None))
    .values(state="claimed", lease_until=bindparam("b_now"))
)
UNTELL_ROWS = update(writes).where(writes.c.offer == bindparam("b_id")).values(told_at=null())
# A CTE, because PostgreSQL may run a plain sub-select with LIMIT more than once in one update and lock too many rows.
# SQLite has no SKIP LOCKED and needs none: its writers take turns.
_DUE = (
    select(offers.c.id)
    .where(offers.c.state == _CLAIMED, offers.c.lease_until <= bindparam("b_now", type_=Instant))
    .order_by(offers.c.lease_until)
    .limit(bindparam("b_limit"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
TAKE = (
    update(offers)
    .where(offers.c.id.in_(select(_DUE.c.id)))
    .values(lease_until=bindparam("b_until"))
    .returning(offers.c.id)
)
_TO_LOOK_FOR = (
    select(writes.c.reference)
    .where(
        writes.c.look_at <= bindparam("b_now", type_=Instant), writes.c.claimed_at > bindparam("b_since", type_=Instant)
    )
    .order_by(writes.c.look_at)
    .limit(bindparam("b_limit"))
    .with_for_update(skip_locked=True)
    .cte("to_look_for")
)
TAKE_LATE = (
    update(writes)
    .where(writes.c.reference.in_(select(_TO_LOOK_FOR.c.reference)))
    .values(look_at=bindparam("b_until"))
    .returning(writes)
)
LOOK_AGAIN = (
    update(writes)
    .where(writes.c.reference == bindparam("b_reference"), writes.c.look_at.is_not(None))
    .values(look_at=bindparam("b_look"))
)
TAKEN_ROWS = (
    select(writes)
    .where(writes.c.offer.in_(bindparam("b_ids", expanding=True)), writes.c.told_at.is_(None))
    .order_by(writes.c.claimed_at, writes.c.offer, writes.c.position)
)
RENEW = (
    update(offers)
    .where(offers.c.id.in_(bindparam("b_ids", expanding=True)), offers.c.state == _CLAIMED)
    .values(lease_until=bindparam("b_until"))
)
ROW = select(writes).where(writes.c.reference == bindparam("b_reference"))
RETIRE = (
    update(offers)
    .where(offers.c.id.in_(bindparam("b_ids", expanding=True)))
    .values(state=case((offers.c.state == _OFFERED, "retired"), else_=offers.c.state))
    .returning(offers.c.id, offers.c.state)
)
OFFERED = select(offers.c.id).where(offers.c.id.in_(bindparam("b_ids", expanding=True)), offers.c.state == _OFFERED)
SILENCE = (
    update(offers)
    .where(
        offers.c.id.in_(bindparam("b_ids", expanding=True)),
        offers.c.state == _OFFERED,
        ~exists().where(
            inbox.c.pressed == offers.c.id, inbox.c.answered_at.is_(None), inbox.c.key != bindparam("b_turn")
        ),
    )
    .values(state="retired")
    .returning(offers.c.id)
)
HISTORY = (
    select(writes)
    .where(writes.c.claimed_at >= bindparam("b_since", type_=Instant))
    .order_by(writes.c.claimed_at, writes.c.offer, writes.c.position)
    .limit(bindparam("b_limit"))
)
HISTORY_OF_ACCOUNT = HISTORY.where(writes.c.account == bindparam("b_account"))
