"""The ledger of writes and the inbox of accepted turns: their states, their rows, their ports.

    offered → claimed → sent → done | refused | uncertain → settled

An offer lists what each of a card's buttons would write. One press claims one option, once. `claimed` is written before
anything is sent, `sent` just before the request leaves, so a crash always leaves a state that can be finished or looked up.
"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime, timedelta  # noqa: TC003  stored by pydantic adapters, which read annotations
from enum import StrEnum
from typing import Protocol

from bot.scheduling.accounts import Owner  # noqa: TC001  as above
from bot.scheduling.claims import Claimed  # noqa: TC001  as above
from bot.scheduling.writes import Write, Written  # noqa: TC001  as above
from bot.values import dataclass


class WriteState(StrEnum):
    """Where a claimed write stands. `settled` was uncertain and has been looked up; its row says what came of it."""

    CLAIMED = "claimed"
    SENT = "sent"
    DONE = "done"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    SETTLED = "settled"


class Why(StrEnum):
    """Why a write is not, or not yet, known to be written. Values are stored and audited: they never change."""

    SLOT_TAKEN = "SlotTaken"
    NOT_CONNECTED = "NotConnected"
    """The account must be connected again."""
    NOT_FOUND = "NotFound"
    UNSUPPORTED = "Unsupported"
    REFUSED = "Refused"
    """The provider understood and said no."""
    PROVIDER_DOWN = "ProviderDown"
    RATE_LIMITED = "RateLimited"
    STORE_DOWN = "StoreDown"
    OTHER = "Other"
    """Something else went wrong before it was sent; the sentence tells what."""
    DRY_RUN = "DryRun"
    """Recorded, and by the operator's wish not sent."""
    SKIPPED = "Skipped"
    """Not sent, because an earlier write of its sequence failed."""
    LATE = "Late"
    """Claimed and never sent, and taken up by nobody in time."""
    LOST = "Lost"
    """Uncertain, for the answer was lost: the provider has finished with it, one way or the other. Of a write that is done:
    it came to light after its person had been told that it was not made.
    """
    HUNG = "Hung"
    """Uncertain, for the call timed out: the provider may still be at work on it."""
    UNKNOWN = "Unknown"
    """Settled without its fate having been found out: its person is told what to check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a write was not made, and the sentence that its person is told, where the reason alone does not say it all."""

    why: Why
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a card would write: for each option id the writes in their order. Only `owner` may claim it, until `expires_at`."""

    id: str
    owner: Owner
    account: str
    offered_at: datetime
    expires_at: datetime
    writes: tuple[tuple[str, tuple[Write, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One write, from its claim on."""

    reference: str
    offer: str
    option: str
    position: int
    owner: Owner
    account: str
    write: Write
    state: WriteState
    written: Written | None = None
    """What it came to; None for a settled row means that it was not written."""
    refusal: Refusal | None = None
    claimed_at: datetime
    sent_at: datetime | None = None
    finished_at: datetime | None = None
    told_at: datetime | None = None
    place: str = field(default="", repr=False)
    """Where its person is told: the surface's own note, encrypted at rest."""

    @property
    def why(self) -> Why | None:
        """Why it is not, or not yet, known to be written."""
        return self.refusal.why if self.refusal else None

    @property
    def is_open(self) -> bool:
        """Whether its fate is still unknown."""
        return self.state in {WriteState.CLAIMED, WriteState.SENT, WriteState.UNCERTAIN}


class ClaimVerdict(StrEnum):
    """What came of a press."""

    WON = "won"
    ALREADY = "already"
    """Claimed before, by the same person: show what came of it."""
    EXPIRED = "expired"
    RETIRED = "retired"
    """A newer card or «stop» took its place."""
    NOT_YOURS = "not_yours"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimResult:
    """The verdict; the passes when the press won, the rows as they stand when it came second."""

    verdict: ClaimVerdict
    claims: tuple[Claimed, ...] = ()
    rows: tuple[LedgerRow, ...] = ()


class Ledger(Protocol):
    """Keeps offers and writes. Every method is one short transaction."""

    async def offer(self, offer: Offer) -> None:
        """Record a card's offer."""
        ...

    async def claim(self, offer_id: str, option: str, owner: Owner, *, now: datetime, place: str = "") -> ClaimResult:
        """Compare-and-set offered → claimed for one option; all its writes get their rows and references."""
        ...

    async def mark_sent(self, reference: str, *, now: datetime) -> bool:
        """Claimed → sent; False when somebody else has taken it on (then nothing may be sent)."""
        ...

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
        ...

    async def take_late(self, *, now: datetime, lease: timedelta, limit: int = 20) -> tuple[LedgerRow, ...]:
        """Rows that were told as not written and are to be looked for once more; left to the caller until `now + lease`."""
        ...

    async def revisit(self, reference: str) -> Claimed | None:
        """The pass for looking for such a row; it cannot be sent any more. None when it is known to be written by now."""
        ...

    async def look_again(self, reference: str, at: datetime | None) -> None:
        """Look for such a row then; None: never more."""
        ...

    async def rows(self, offer_id: str) -> tuple[LedgerRow, ...]:
        """The rows of an offer, by position."""
        ...

    async def amend(self, reference: str, written: Written, *, now: datetime) -> bool:
        """A row that was closed as not written turned out to be written: it becomes done (`Why.LOST`), and its person is
        told anew.

        False when the row is open, or says already that it was written.
        """
        ...

    async def mark_told(self, offer_id: str, *, now: datetime) -> None:
        """Its person has been told what came of all its writes."""
        ...

    async def tell_again(self, offer_id: str, *, now: datetime) -> None:
        """What its person was told has been covered by something older: a told offer waits for its telling again."""
        ...

    async def take_open(self, *, now: datetime, lease: timedelta, limit: int = 20) -> tuple[LedgerRow, ...]:
        """Rows that are open or untold and that nobody holds; leased to the caller until `now + lease`."""
        ...

    async def renew(self, *offers: str, now: datetime, lease: timedelta) -> None:
        """Keep the rows of offers that the caller is working on."""
        ...

    async def reclaim(self, reference: str, *, now: datetime) -> Claimed | None:
        """The pass of a row that was claimed and never sent, or of one whose fate is looked up; None when it is closed."""
        ...

    async def retire(self, offer_ids: tuple[str, ...], *, now: datetime) -> frozenset[str]:
        """Offered → retired; the ids of those left alone because they have been claimed: their cards tell an outcome."""
        ...

    async def history(self, *, since: datetime, limit: int = 1000, account: str = "") -> tuple[LedgerRow, ...]:
        """Rows claimed since then, oldest first: of everybody (for the audit), or of one account."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A turn that was accepted and not answered yet. `payload` is the surface's own, encrypted at rest."""

    key: str
    surface: str
    payload: str = field(repr=False)
    accepted_at: datetime
    attempts: int = 1


class NotTaken(StrEnum):
    """Why a turn was not accepted."""

    SEEN = "seen"
    """Its key was accepted before: a retry, or the second of two deliveries."""
    OVERHEARD = "overheard"
    """Said among others, where nobody talks with us."""


class Inbox(Protocol):
    """Keeps accepted turns until their answer has been delivered, and their keys for a day after."""

    async def accept(self, turn: Accepted, *, lease: timedelta) -> bool:
        """Insert first: False when the key was accepted before (a retry, or the second of two deliveries)."""
        ...

    async def renew(self, *keys: str, now: datetime, lease: timedelta) -> None:
        """Keep turns that the caller is still at work on."""
        ...

    async def keep(self, turn: Accepted, *, now: datetime, lease: timedelta) -> bool:
        """Renew it, unless somebody else has taken it up since or it is answered: then False, and it is not the caller's."""
        ...

    async def answered(self, key: str, *, now: datetime) -> None:
        """Its answer has reached the person; the payload is forgotten, the key stays for a day."""
        ...

    async def take_unanswered(self, *, now: datetime, lease: timedelta, limit: int = 20) -> tuple[Accepted, ...]:
        """Turns that nobody holds; leased to the caller, `attempts` counted up."""
        ...
