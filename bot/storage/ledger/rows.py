"""The ledger of writes. Implements the port `Ledger`; the only caller of `mint`.

An offer is one row: offered → claimed → told, or offered → retired. A claim moves it by compare-and-set and inserts the
option's writes in the same transaction, so there is never a claimed offer without its rows. `told` means that all its writes
are closed and their person knows: nothing is left to do. The lease stands on the offer, so all its rows are always in one hand.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bot.errors import Bug
from bot.logs import get_logger
from bot.scheduling.accounts import Owner
from bot.scheduling.claims import Claimed, mint
from bot.scheduling.ledger import ClaimResult, ClaimVerdict, LedgerRow, Offer, Refusal, Why, WriteState
from bot.storage.database.crypto import Unreadable
from bot.storage.database.earlier import refusal_of_1
from bot.storage.database.engine import insert_into
from bot.storage.database.schema import (
    OFFER_BODY,
    WRITE_BODY,
    WRITE_RESULT,
    offers,
    owner_columns,
    owner_values,
)
from bot.storage.database.values import ASKED_WRITE, OFFERED_WRITES, AskedWrite, WriteResult
from bot.storage.database.values import WRITE_RESULT as RESULT_SHAPE
from bot.storage.ledger.statements import (
    ADD_WRITES,
    AMEND,
    CLAIM,
    FINISH,
    HISTORY,
    HISTORY_OF_ACCOUNT,
    LOOK_AGAIN,
    MARK_SENT,
    OFFERED,
    RENEW,
    RETIRE,
    ROW,
    ROWS,
    SILENCE,
    STANDING,
    TAKE,
    TAKE_LATE,
    TAKEN_ROWS,
    TELL_OFFER,
    TELL_ROWS,
    UNTELL_OFFER,
    UNTELL_ROWS,
)
from bot.storage.telling.pages import mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.scheduling.writes import Written
    from bot.storage.database.engine import Database
    from bot.storage.database.statements import Connection, Row
    from bot.storage.database.values import Vault

log = get_logger("storage.ledger")

CLAIM_LEASE = timedelta(seconds=5)
"""How long a fresh claim belongs to the turn that made it unless it is renewed, before recovery may take it up."""


_LATEST_LOOK = timedelta(minutes=30)
"""Nothing that was claimed longer ago is looked for."""


class _NothingToClaim(Exception):
    """The option is not one of the offer's, or writes nothing: undo the claim."""


class LedgerRows:
    """The ledger, in the tables `offers` and `writes`."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._offer = insert_into(offers, database.dialect).on_conflict_do_nothing()

    async def offer(self, offer: Offer) -> None:
        """Record a card's offer. The first one under an id stands: what a card writes never changes."""
        columns = [self.offer_columns(offer)]
        await self._database.one(lambda connection: self.add_offers(connection, columns))

    async def claim(self, offer_id: str, option: str, owner: Owner, *, now: datetime, place: str = "") -> ClaimResult:
        """Compare-and-set offered → claimed for one option; all its writes get their rows and references."""
        values = {"b_id": offer_id, **owner_values(owner), "b_now": now, "b_until": now + CLAIM_LEASE}

        def job(connection: Connection) -> ClaimResult:
            won = connection.execute(CLAIM, values).first()
            if won is None:
                return self._came_second(connection, offer_id, owner)
            claims = self._claims(offer_id, option, won, now=now)
            columns = [
                self._write_columns(claim, owner, place) | {"offer": offer_id, "option": option, "position": position}
                for position, claim in enumerate(claims)
            ]
            connection.execute(ADD_WRITES, columns)
            return ClaimResult(verdict=ClaimVerdict.WON, claims=claims)

        try:
            return await self._database.whole(job)
        except _NothingToClaim:
            return ClaimResult(verdict=ClaimVerdict.UNKNOWN)
        except Unreadable as error:
            log.error("ledger.offer_unreadable", cause=error)
            return ClaimResult(verdict=ClaimVerdict.UNKNOWN)

    async def mark_sent(self, reference: str, *, now: datetime) -> bool:
        """Claimed → sent; False when somebody else has taken it on (then nothing may be sent)."""
        values = {"b_reference": reference, "b_now": now}
        return await self._changed(MARK_SENT, values)

    async def finish(
        self,
        reference: str,
        state: WriteState,
        *,
        written: Written | None = None,
        refusal: Refusal | None = None,
        now: datetime,
        look_at: datetime | None = None,
    ) -> bool:
        """Move an open row to done, refused, uncertain or settled; False when it was not open any more. `look_at`: when it
        is to be looked for once more all the same.
        """
        if state in {WriteState.CLAIMED, WriteState.SENT}:
            raise Bug(f"a write cannot be finished as {state}")
        result = WriteResult(written, refusal)
        values = {
            "b_reference": reference,
            "b_state": state.value,
            "b_result": self._vault.seal(RESULT_SHAPE, result, WRITE_RESULT, reference),
            "b_finished": None if state is WriteState.UNCERTAIN else now,
            "b_look": look_at,
        }

        def job(connection: Connection) -> bool:
            changed = connection.execute(FINISH, values).first()
            if changed is not None:
                mark(connection, Owner(changed.enterprise, changed.team, changed.member))
            return changed is not None

        return await self._database.whole(job)

    async def rows(self, offer_id: str) -> tuple[LedgerRow, ...]:
        """The rows of an offer, by position."""
        return await self._read(ROWS, {"b_id": offer_id})

    async def mark_told(self, offer_id: str, *, now: datetime) -> None:
        """Its person has been told what came of its closed writes; with none open the offer is through."""
        await self._database.whole(lambda connection: self.tell(connection, offer_id, now=now))

    async def amend(self, reference: str, written: Written, *, now: datetime) -> bool:
        """A row that was closed as not written turned out to be written: it becomes done, and its person is told anew."""

        def job(connection: Connection) -> bool:
            row = connection.execute(ROW, {"b_reference": reference}).first()
            if row is None or row.result is None or self._row(row).written is not None:
                return False
            late = WriteResult(written, Refusal(why=Why.LOST))
            sealed = self._vault.seal(RESULT_SHAPE, late, WRITE_RESULT, reference)
            values = {"b_reference": reference, "b_before": row.result, "b_result": sealed, "b_now": now}
            changed = connection.execute(AMEND, values).first()
            if changed is not None:
                connection.execute(UNTELL_OFFER, {"b_id": changed.offer, "b_now": now})
                mark(connection, Owner(changed.enterprise, changed.team, changed.member))
            return changed is not None

        return await self._database.whole(job)

    async def take_late(self, *, now: datetime, lease: timedelta, limit: int = 20) -> tuple[LedgerRow, ...]:
        """Rows that were told as not written and are to be looked for once more; left to the caller until `now + lease`."""
        values = {"b_now": now, "b_since": now - _LATEST_LOOK, "b_until": now + lease, "b_limit": limit}
        return await self._read(TAKE_LATE, values)

    async def revisit(self, reference: str) -> Claimed | None:
        """The pass for looking for such a row; it cannot be sent any more. None when it is known to be written by now."""
        rows = await self._read(ROW, {"b_reference": reference})
        if not rows or rows[0].state is not WriteState.SETTLED or rows[0].written is not None:
            return None
        row = rows[0]
        return mint(reference=row.reference, write=row.write, account=row.account, claimed_at=row.claimed_at)

    async def look_again(self, reference: str, at: datetime | None) -> None:
        """Look for such a row then; None: never more."""
        values = {"b_reference": reference, "b_look": at}
        await self._database.one(lambda connection: connection.execute(LOOK_AGAIN, values).close())

    async def tell_again(self, offer_id: str, *, now: datetime) -> None:
        """What its person was told has been covered by something older: a told offer waits for its telling again."""

        def job(connection: Connection) -> None:
            if connection.execute(UNTELL_OFFER, {"b_id": offer_id, "b_now": now}).rowcount:
                connection.execute(UNTELL_ROWS, {"b_id": offer_id})

        await self._database.whole(job)

    async def take_open(self, *, now: datetime, lease: timedelta, limit: int = 20) -> tuple[LedgerRow, ...]:
        """Rows that are open or untold, of at most `limit` offers that nobody holds; leased until `now + lease`."""
        values = {"b_now": now, "b_until": now + lease, "b_limit": limit}
        ids = await self._database.one(lambda connection: connection.scalars(TAKE, values))
        return await self._read(TAKEN_ROWS, {"b_ids": ids}) if ids else ()

    async def renew(self, *offers: str, now: datetime, lease: timedelta) -> None:
        """Keep the rows of offers that the caller is working on."""
        values = {"b_ids": sorted(offers), "b_until": now + lease}
        await self._database.one(lambda connection: connection.execute(RENEW, values).close())

    async def reclaim(self, reference: str, *, now: datetime) -> Claimed | None:  # noqa: ARG002  the port's
        """The pass of a row that was claimed and never sent, or of one whose fate is looked up; None when it is closed."""
        rows = await self._read(ROW, {"b_reference": reference})
        if not rows or not rows[0].is_open:
            return None
        row = rows[0]
        return mint(reference=row.reference, write=row.write, account=row.account, claimed_at=row.claimed_at)

    async def retire(self, offer_ids: tuple[str, ...], *, now: datetime) -> frozenset[str]:  # noqa: ARG002  the port's
        """Offered → retired; the ids of those left alone because they have been claimed: their cards tell an outcome."""
        if not offer_ids:
            return frozenset()
        values = {"b_ids": list(offer_ids)}
        rows = await self._database.one(lambda connection: connection.execute(RETIRE, values).all())
        return frozenset(row.id for row in rows if row.state in {"claimed", "told"})

    async def history(self, *, since: datetime, limit: int = 1000, account: str = "") -> tuple[LedgerRow, ...]:
        """Rows claimed since then, oldest first: of everybody (for the audit), or of one account."""
        values: dict[str, object] = {"b_since": since, "b_limit": limit}
        if account:
            return await self._read(HISTORY_OF_ACCOUNT, values | {"b_account": account})
        return await self._read(HISTORY, values)

    # ── parts of a turn's transactions (turns.py) ──────────────────────────────────────────────────────────────────

    def offer_columns(self, offer: Offer) -> dict[str, object]:
        """The row of an offer, sealed."""
        return {
            "id": offer.id,
            **owner_columns(offer.owner),
            "account": offer.account,
            "state": "offered",
            "offered_at": offer.offered_at,
            "expires_at": offer.expires_at,
            "body": self._vault.seal(OFFERED_WRITES, offer.writes, OFFER_BODY, offer.id),
        }

    def add_offers(self, connection: Connection, columns: list[dict[str, object]]) -> None:
        """See `offer`."""
        connection.execute(self._offer, columns)

    def rows_of(self, connection: Connection, offer: str) -> Sequence[Row]:
        """See `rows`."""
        return connection.execute(ROWS, {"b_id": offer}).all()

    def opened(self, rows: Sequence[Row]) -> tuple[LedgerRow, ...]:
        """The rows that can be read."""
        return self._readable(rows)

    def silence(self, connection: Connection, cards: Sequence[str], *, turn: str = "") -> list[str]:
        """Offered → retired; the ids of those that could write until now. A card whose press waits in the inbox stays, if
        that press is not the `turn` itself.
        """
        offered = connection.execute(OFFERED, {"b_ids": list(cards)}).all()
        if not offered:  # nearly always: a list of slots
            return []
        return connection.scalars(SILENCE, {"b_ids": [row.id for row in offered], "b_turn": turn})

    def tell(self, connection: Connection, offer: str, *, now: datetime) -> None:
        """See `mark_told`."""
        connection.execute(TELL_ROWS, {"b_id": offer, "b_now": now})
        connection.execute(TELL_OFFER, {"b_id": offer})

    def _claims(self, offer_id: str, option: str, won: Row, *, now: datetime) -> tuple[Claimed, ...]:
        offered = self._vault.open(OFFERED_WRITES, won.body, OFFER_BODY, offer_id)
        asked = next((writes for name, writes in offered if name == option), ())
        if not asked:
            raise _NothingToClaim
        return tuple(mint(reference=_reference(), write=write, account=won.account, claimed_at=now) for write in asked)

    def _write_columns(self, claim: Claimed, owner: Owner, place: str) -> dict[str, object]:
        asked = AskedWrite(claim.write, place)
        return {
            "reference": claim.reference,
            **owner_columns(owner),
            "account": claim.account,
            "kind": claim.write.kind,
            "state": WriteState.CLAIMED.value,
            "claimed_at": claim.claimed_at,
            "body": self._vault.seal(ASKED_WRITE, asked, WRITE_BODY, claim.reference),
        }

    def _came_second(self, connection: Connection, offer_id: str, owner: Owner) -> ClaimResult:
        standing = connection.execute(STANDING, {"b_id": offer_id}).first()
        if standing is None:
            return ClaimResult(verdict=ClaimVerdict.UNKNOWN)
        if Owner(standing.enterprise, standing.team, standing.member) != owner:
            return ClaimResult(verdict=ClaimVerdict.NOT_YOURS)
        if standing.state in {"claimed", "told"}:
            rows = self._readable(connection.execute(ROWS, {"b_id": offer_id}).all())
            return ClaimResult(verdict=ClaimVerdict.ALREADY, rows=rows)
        if standing.state == "retired":
            return ClaimResult(verdict=ClaimVerdict.RETIRED)
        return ClaimResult(verdict=ClaimVerdict.EXPIRED)

    async def _changed(self, statement: Any, values: Mapping[str, object]) -> bool:
        """Whether the compare-and-set found its row in the state it asks for."""
        return await self._database.one(lambda connection: connection.execute(statement, values).rowcount == 1)

    async def _read(self, statement: Any, values: Mapping[str, object]) -> tuple[LedgerRow, ...]:
        return self._readable(await self._database.one(lambda connection: connection.execute(statement, values).all()))

    def _readable(self, rows: Any) -> tuple[LedgerRow, ...]:
        """The rows that can be read; one that cannot must not keep recovery from all others."""
        read: list[LedgerRow] = []
        for row in rows:
            try:
                read.append(self._row(row))
            except Unreadable as error:
                log.error("ledger.row_unreadable", cause=error, reference=row.reference)
        return tuple(read)

    def _row(self, row: Row) -> LedgerRow:
        asked = self._vault.open(ASKED_WRITE, row.body, WRITE_BODY, row.reference)
        result = WriteResult(None)
        if row.result is not None:
            result = self._vault.open(RESULT_SHAPE, row.result, WRITE_RESULT, row.reference)
        return LedgerRow(
            reference=row.reference,
            offer=row.offer,
            option=row.option,
            position=row.position,
            owner=Owner(row.enterprise, row.team, row.member),
            account=row.account,
            write=asked.write,
            state=WriteState(row.state),
            written=result.written,
            refusal=result.refusal or refusal_of_1(result.error),
            claimed_at=row.claimed_at,
            sent_at=row.sent_at,
            finished_at=row.finished_at,
            told_at=row.told_at,
            place=asked.place,
        )


def _reference() -> str:
    """Unguessable, and short enough for every provider's field."""
    return f"pencil-{uuid4().hex}"
