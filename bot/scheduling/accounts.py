"""Whose account is used for whom: owner, account, and the port that keeps them."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime  # noqa: TC003  stored by pydantic adapters, which read annotations
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.values import dataclass

if TYPE_CHECKING:
    from bot.scheduling.claims import Claimed
    from bot.scheduling.models import Person, Profile
    from bot.scheduling.provider import ChangeDecoder, Provider
    from bot.scheduling.writes import Written


@dataclass(frozen=True, slots=True, order=True)
class Owner:
    """One person in one workspace: what everything personal hangs on. All three are opaque ids of the surface."""

    enterprise: str
    team: str
    member: str


class Route(StrEnum):
    """How an account is reached."""

    MATON = "maton"
    OAUTH = "oauth"
    """By a consent that the person gave our own application; tokens are renewed."""
    DIRECT = "direct"
    SANDBOX = "sandbox"


class AccountStatus(StrEnum):
    """`pending`: the person has yet to consent. `lapsed`: they did not in time. `dead`: key or grant was refused."""

    PENDING = "pending"
    LAPSED = "lapsed"
    ACTIVE = "active"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person's account at a provider. `secret` (key or connection id) is encrypted at rest and never printed."""

    id: str
    owner: Owner
    provider: str
    route: Route
    secret: str = field(repr=False)
    status: AccountStatus = AccountStatus.ACTIVE
    is_default: bool = False
    label: str = ""
    """Whose account it is, as the provider says (name and address); encrypted at rest, shown to its owner only."""
    emails: tuple[str, ...] = ()
    """The account's own addresses, lower-case: decide which bookings are theirs. Encrypted at rest."""
    webhook_token: str = ""
    """Unguessable last part of this account's news address; empty until news is on."""
    webhook_secret: str = field(default="", repr=False)
    has_news: bool = False
    """Whether the provider sends this account's changes to us."""
    made_at: datetime | None = None
    """When it was made here; None for accounts of the first release."""


class Accounts(Protocol):
    """Keeps accounts."""

    async def accounts_of(self, owner: Owner) -> tuple[Account, ...]:
        """The owner's accounts, the default first."""
        ...

    async def account(self, account_id: str) -> Account | None:
        """One account, whoever owns it."""
        ...

    async def account_by_webhook(self, token: str) -> Account | None:
        """The account whose news arrives under this token."""
        ...

    async def save_account(self, account: Account) -> None:
        """Where an account is made: insert or replace; a new default takes the flag from the owner's others.

        What is learned of an account later goes through the methods below. They change what they name and nothing else,
        and never bring back an account that has been deleted meanwhile.
        """
        ...

    async def learn(
        self, account_id: str, *, label: str, emails: tuple[str, ...], if_secret: str, becomes_default: bool = False
    ) -> Account | None:
        """Its provider has answered with that secret: whose it is, and that it works. The account as it is now.

        Nothing changes when it has another secret by now; None when it is gone.
        """
        ...

    async def mark_dead(self, account_id: str, *, if_secret: str) -> None:
        """Its provider has refused that secret for good. Nothing changes when it has another one by now."""
        ...

    async def let_lapse(self, account_id: str) -> bool:
        """Nobody consented in time: a pending account is asked about no more. False when it is not pending any more."""
        ...

    async def set_news(self, account_id: str, *, is_on: bool) -> None:
        """Whether its provider sends its changes to us."""
        ...

    async def renew_secret(self, account_id: str, *, secret: str, label: str) -> Account | None:
        """A new secret of the same account, which works; it becomes the default. None when the account is gone."""
        ...

    async def make_default(self, account_id: str, owner: Owner) -> bool:
        """It serves its owner from now on; False when the owner has no such account."""
        ...

    async def delete_account(self, account_id: str) -> None:
        """Forget an account and its secrets."""
        ...

    async def pending_accounts(self) -> tuple[Account, ...]:
        """All accounts that wait for consent, in any workspace."""
        ...

    async def every_account(self) -> tuple[Account, ...]:
        """All accounts, in any workspace, by provider; one that cannot be read is left out. For operators only."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionState:
    """A connection at the gateway. `url` lets whoever has it connect a calendar: for its person only, never logged."""

    id: str
    status: AccountStatus
    url: str = field(default="", repr=False)
    provider: str = ""
    route: Route = Route.MATON


class Providers(Protocol):
    """Reaches providers over the route that fits an account (the registry of the gateway)."""

    @property
    def routes(self) -> tuple[tuple[str, Route], ...]:
        """What a person can connect here: (provider, route), the preferred first."""
        ...

    def provider(self, account: Account, person: Person | None = None) -> Provider:
        """The port over that account. `person` names a newcomer to the sandbox."""
        ...

    def decoder(self, provider: str) -> ChangeDecoder | None:
        """Reads that provider's webhook deliveries; None for an unknown provider."""
        ...

    async def check_key(self, provider: str, key: str) -> Profile:
        """Whose key it is. Raises `NotConnected` when the provider refuses it."""
        ...

    async def create_connection(self, claimed: Claimed, owner: Owner) -> ConnectionState:
        """A new connection, waiting for its owner's consent: at the gateway, or to our own application."""
        ...

    async def connection(self, connection_id: str) -> ConnectionState:
        """A connection's present state. Raises `NotFound`."""
        ...

    async def consent(self, account: Account, *, is_asked: bool = False) -> ConnectionState:
        """Whether the person has consented to that account. `is_asked`: they want the private link (again)."""
        ...

    async def come_back(self, provider: str, state: str, code: str) -> str:
        """Take a person who comes back from the provider's page of consent; the account that was meant.

        Raises `NotFound` for a state that is unknown, used or expired, `NotConnected` for a refusal.
        """
        ...

    async def find_connection(
        self, claimed: Claimed, owner: Owner, *, used: frozenset[str] = frozenset()
    ) -> ConnectionState | None:
        """The connection that a create without an answer came to; `used` are those that accounts have already."""
        ...

    async def delete_connection(self, claimed: Claimed) -> Written:
        """Remove a connection at the gateway; one that is gone already counts as removed."""
        ...
