"""The pass that every write needs.

Only the ledger's store may call `mint`, after it has moved a card that its own person pressed from offered to claimed
(`tests/test_floors.py` lets nothing else import it). The gateway asks for a `Claimed` before it sends anything but a read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import Bug
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.scheduling.writes import Write

_SEAL = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A write that may be sent, once. `reference` goes to the provider and finds the write again after a lost answer."""

    reference: str
    write: Write
    account: str
    claimed_at: datetime
    seal: object = None

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise Bug(f"a claim for {self.write.kind} was made outside the ledger")


def mint(*, reference: str, write: Write, account: str, claimed_at: datetime) -> Claimed:
    """A valid pass. For the ledger's store alone."""
    return Claimed(reference=reference, write=write, account=account, claimed_at=claimed_at, seal=_SEAL)
