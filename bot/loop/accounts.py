"""Which account serves a person, what may be shown of it, and how a new one comes to be kept.

Receives ports; never sees a key's text outside `check_key`, and never puts a secret anywhere but into the store.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from typing import TYPE_CHECKING

from bot.dialogue.acts import AccountFacts
from bot.errors import NotConnected, NotFound, PencilError, ProviderDown
from bot.groups import both
from bot.logs import get_logger
from bot.scheduling.accounts import Account, AccountStatus, Route
from bot.scheduling.provider import TITLES
from bot.scheduling.replacing import replace
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.scheduling.accounts import Accounts, Owner, Providers
    from bot.scheduling.models import EventType, Person, Profile
    from bot.scheduling.provider import Provider

log = get_logger("accounts")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAccounts:
    """What is known of a person's accounts when a turn begins."""

    account: Account | None = None
    accounts: tuple[Account, ...] = ()
    provider: Provider | None = None
    profile: Profile | None = None
    event_types: tuple[EventType, ...] = ()
    trouble: PencilError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountKeeper:
    """Finds, checks and keeps accounts."""

    accounts: Accounts
    providers: Providers
    public_url: str = ""

    async def known(
        self,
        owner: Owner,
        person: Person,
        *,
        wanted: str = "",
        accounts: tuple[Account, ...] | None = None,
        until: float | None = None,
    ) -> KnownAccounts:
        """The person's account in use (`wanted` by id, else the default) with its profile and event types.

        `accounts` are theirs, if they have just been read. Never raises for a provider that is away, or that has not
        answered `until` then (on the loop's clock): `trouble` says why nothing could be read.
        """
        accounts = await self.accounts_of(owner) if accounts is None else accounts or await self._newcomer(owner)
        account = self._in_use(accounts, wanted)
        if account is None:
            return KnownAccounts(accounts=accounts)
        provider = self.providers.provider(account, person)
        known = KnownAccounts(account=account, accounts=accounts, provider=provider)
        try:
            profile, event_types = provider.known or await _asked(provider, until)
        except PencilError as trouble:
            return await self._in_trouble(known, trouble)
        learnt = await self._learn(account, profile)
        return replace(known, account=learnt, profile=profile, event_types=event_types)

    async def accounts_of(self, owner: Owner) -> tuple[Account, ...]:
        """The owner's accounts; in the practice world everybody has one."""
        return await self.accounts.accounts_of(owner) or await self._newcomer(owner)

    def _in_use(self, accounts: tuple[Account, ...], wanted: str) -> Account | None:
        chosen: Account | None = None
        for one in accounts:
            if one.status not in {AccountStatus.ACTIVE, AccountStatus.DEAD}:
                continue
            if one.id == wanted:
                return one
            if chosen is None or (one.is_default and not chosen.is_default):
                chosen = one
        return chosen

    async def _newcomer(self, owner: Owner) -> tuple[Account, ...]:
        route = next((route for _, route in self.providers.routes if route is Route.SANDBOX), None)
        if route is None:
            return ()
        digest = hashlib.sha256(f"{owner.enterprise}\0{owner.team}\0{owner.member}".encode()).hexdigest()[:24]
        account = self._account(f"sandbox-{digest}", owner, "calcom", route, secret="")
        await self.accounts.save_account(account)
        return (account,)

    def _account(self, account_id: str, owner: Owner, provider: str, route: Route, *, secret: str) -> Account:
        return Account(
            id=account_id,
            owner=owner,
            provider=provider,
            route=route,
            secret=secret,
            is_default=True,
            webhook_token=secrets.token_urlsafe(24),
            webhook_secret=secrets.token_urlsafe(32),
        )

    async def _in_trouble(self, known: KnownAccounts, trouble: PencilError) -> KnownAccounts:
        account = known.account
        if account is not None and isinstance(trouble, NotConnected) and trouble.repair:
            await self.accounts.mark_dead(account.id, if_secret=account.secret)
            account = replace(account, status=AccountStatus.DEAD)
        log.warning("account.unreadable", trouble=type(trouble).__name__)
        return replace(known, account=account, trouble=trouble)

    async def _learn(self, account: Account, profile: Profile, *, becomes_default: bool = False) -> Account:
        """What the provider's answer tells of the account. One that was deleted meanwhile serves this turn and stays gone."""
        label, email = label_of(profile), profile.email.lower()
        is_known = account.status is AccountStatus.ACTIVE and account.label == label
        if is_known and not becomes_default and email in {"", *account.emails}:
            return account
        learned = await self.accounts.learn(
            account.id, label=label, emails=(email,), if_secret=account.secret, becomes_default=becomes_default
        )
        return learned or account

    def facts(self, account: Account, *, url: str = "") -> AccountFacts:
        """What its owner may see of an account."""
        return AccountFacts(
            id=account.id,
            provider=account.provider,
            title=TITLES.get(account.provider, account.provider),
            route=str(account.route),
            status=str(account.status),
            label=account.label,
            is_default=account.is_default,
            connection=account.secret if account.route is Route.MATON else "",
            url=url,
        )

    def news_url(self, account: Account) -> str:
        """Where the provider would send this account's news; empty when nothing outside can reach us."""
        if not self.public_url or not account.webhook_token:
            return ""
        return f"{self.public_url}/webhooks/{account.provider}/{account.webhook_token}"

    async def keep_key(self, owner: Owner, provider: str, key: str) -> Account:
        """Check a key and keep it as the owner's default account; a second key for the same account replaces the first."""
        profile = await self.providers.check_key(provider, key)
        for old in await self.accounts.accounts_of(owner):
            if old.provider == provider and old.route is Route.DIRECT and profile.email.lower() in old.emails:
                renewed = await self.accounts.renew_secret(old.id, secret=key, label=label_of(profile))
                if renewed is not None:
                    return renewed
        account = self._account(f"key-{secrets.token_hex(8)}", owner, provider, Route.DIRECT, secret=key)
        account = replace(account, label=label_of(profile), emails=(profile.email.lower(),))
        await self.accounts.save_account(account)
        return account

    async def refresh(self, account: Account, *, is_asked: bool = False) -> tuple[Account, str]:
        """Ask whether the person has consented; the account as it is now, and its private link while not.

        `is_asked`: the person wants the link (again), and one that works once is made anew.
        """
        if account.route not in {Route.MATON, Route.OAUTH} or account.status is AccountStatus.ACTIVE:
            return account, ""
        state = await self.providers.consent(account, is_asked=is_asked)
        if state.status is not AccountStatus.ACTIVE:
            return replace(account, status=state.status), state.url
        profile = await self.providers.provider(replace(account, status=AccountStatus.ACTIVE)).profile()
        active = await self._learn(account, profile, becomes_default=True)
        await self._drop_dead(active)
        return active, ""

    async def _drop_dead(self, active: Account) -> None:
        """The old account of a renewed grant goes; what it left at the gateway is shown by `disconnect`, not removed here."""
        for old in await self.accounts.accounts_of(active.owner):
            if old.id != active.id and old.provider == active.provider and old.status is AccountStatus.DEAD:
                await self.accounts.delete_account(old.id)

    async def choose(self, owner: Owner, account_id: str) -> None:
        """Make one of the owner's own accounts the default; raises `NotFound` for anybody else's."""
        if not await self.accounts.make_default(account_id, owner):
            raise NotFound("no such account of this owner")


async def _asked(provider: Provider, until: float | None) -> tuple[Profile, tuple[EventType, ...]]:
    try:
        async with asyncio.timeout_at(until):
            return await both(provider.profile(), provider.event_types())
    except TimeoutError:
        raise ProviderDown("the turn's time is up") from None


def label_of(profile: Profile) -> str:
    """Whose account it is, for its owner's eyes."""
    return f"{profile.name} ({profile.email})" if profile.email else profile.name
