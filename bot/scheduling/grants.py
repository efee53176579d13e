"""What an account's consent at its provider gave us: tokens that run out and are renewed; and consents on their way.

    asked ──(state, once)──> granted ──(early, one process at a time)──> renewed … ──> refused: the person connects again

Calendly's refresh tokens are single use: whoever sends one must keep what comes back, or the grant is lost. So sending is noted
before it happens, and only the holder of the lease sends. A holder that dies leaves the note: the next one tries the same token
once more, which either works (the answer had been lost on its way to the provider) or ends the grant, and then that is told.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Protocol

from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.scheduling.accounts import Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The tokens of one account. `version` counts renewals: a renewal is kept only over the version it began with."""

    account: str
    owner: Owner
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime
    version: int = 1
    sent_at: datetime | None = None
    """When the refresh token was sent by somebody who has not kept an answer (yet)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAsked:
    """A consent that a person was sent to give. `verifier` proves that who began it ends it (PKCE)."""

    state: str = field(repr=False)
    account: str
    owner: Owner
    provider: str
    verifier: str = field(repr=False)
    expires_at: datetime


class Grants(Protocol):
    """Keeps grants and consents on their way. Every method is one short transaction."""

    async def grant(self, account: str) -> Grant | None:
        """The account's tokens."""
        ...

    async def keep_grant(self, grant: Grant) -> None:
        """The tokens of a new consent; they replace whatever the account had."""
        ...

    async def begin_renewal(self, grant: Grant, *, now: datetime, lease: timedelta) -> bool:
        """True for the one who may send this version's refresh token now; until the lease ends nobody else may."""
        ...

    async def end_renewal(self, renewed: Grant) -> bool:
        """Keep what came back, over the version before; False when somebody else has renewed since."""
        ...

    async def give_up_renewal(self, grant: Grant, *, was_sent: bool) -> None:
        """Let go of the lease without an answer kept; a token that was certainly not sent is as good as before."""
        ...

    async def drop_grant(self, account: str) -> None:
        """Forget the tokens."""
        ...

    async def ask_consent(self, asked: ConsentAsked) -> None:
        """Note that a person is being sent to consent."""
        ...

    async def claim_consent(self, state: str, *, now: datetime) -> ConsentAsked | None:
        """Whom a state belongs to, once; None for an unknown, used or expired one."""
        ...
