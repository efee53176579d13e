"""Person → account → provider, over the route that fits the account.

A new provider is one row of `FAMILIES`. Provider objects are kept per account, because their caches live in them. What a
provider's answers look like is loaded with the registry that offers it, so before anybody waits; one that nobody can connect
here is loaded only for an account that is left of it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable  # noqa: TC003  in public signatures
from dataclasses import replace
from functools import cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.errors import Bug, NotConnected, Unsupported
from bot.gateway.calls import Target
from bot.gateway.client import Api
from bot.gateway.maton import Maton, MatonAddresses
from bot.scheduling.accounts import AccountStatus, ConnectionState, Route
from bot.scheduling.writes import CreateConnection, DeleteConnection, Written
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.gateway.calcom import Dialect, Versions
    from bot.gateway.client import ApiClient
    from bot.gateway.oauth import OAuth
    from bot.scheduling.accounts import Account, Owner
    from bot.scheduling.claims import Claimed
    from bot.scheduling.models import Person, Profile
    from bot.scheduling.provider import ChangeDecoder, Provider

MOST_KEPT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """What can be reached, in plain values. `offered` is what a person can connect here, the preferred first."""

    offered: tuple[tuple[str, Route], ...]
    maton: MatonAddresses | None = None
    calcom_url: str = "https://api.cal.com/v2"
    calendly_url: str = "https://api.calendly.com"
    sandbox_url: str = "http://sandbox"
    calcom_versions: Versions | None = None
    is_calcom_legacy: bool = False
    """Start with the shapes of April 2024 at once, instead of finding out."""


@dataclass(frozen=True, slots=True)
class Family:
    """What the registry knows of a provider."""

    suffix: str
    """Its version path, where a base address does not have it: at the gateway and in the sandbox."""
    probe_path: str
    build: Callable[[Api, Account | None, Registry], Provider]
    decode: ChangeDecoder
    warm: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Kept:
    account: Account
    provider: Provider
    is_introduced: bool
    """Made with the person known, so that the sandbox hears their name."""

    def fits(self, account: Account, person: Person | None) -> bool:
        was = (self.account.provider, self.account.route, self.account.secret, self.account.emails)
        is_same = was == (account.provider, account.route, account.secret, account.emails)
        needs_name = account.route is Route.SANDBOX and person is not None and not self.is_introduced
        return is_same and not needs_name


class Registry:
    """Implements `Providers`. `sandbox` is the client whose transport leads to the sandbox, if there is one."""

    def __init__(
        self, client: ApiClient, routes: Routes, *, sandbox: ApiClient | None = None, oauth: OAuth | None = None
    ) -> None:
        self._client = client
        self._oauth = oauth
        self._sandbox = sandbox
        self._addresses = routes
        self.routes = routes.offered
        """What a person can connect here."""
        self._maton = Maton(client, routes.maton) if routes.maton else None
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._dialects: dict[str, Dialect] = {}
        for provider in {name for name, _ in routes.offered} & FAMILIES.keys():
            self._family(provider).warm()

    def provider(self, account: Account, person: Person | None = None) -> Provider:
        """The port over that account; the same object while nothing about the account changes."""
        kept = self._kept.get(account.id)
        if kept is None or not kept.fits(account, person):
            api = self._api(account, person)
            provider = self._family(account.provider).build(api, account, self)
            kept = self._kept[account.id] = _Kept(account, provider, is_introduced=person is not None)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(account.id)
        return kept.provider

    def decoder(self, provider: str) -> ChangeDecoder | None:
        """Reads that provider's deliveries."""
        return self._family(provider).decode if provider in FAMILIES else None

    async def check_key(self, provider: str, key: str) -> Profile:
        """Whose key it is, asked of the provider directly."""
        key = key.strip()
        if not key or not key.isascii() or any(each.isspace() for each in key):
            raise NotConnected("the key is malformed", for_person="That does not look like a key.")
        target = self._direct(provider, key, account=f"check-{sha256(key.encode()).hexdigest()[:16]}")
        return await self._family(provider).build(Api(self._client, target), None, self).profile()

    async def create_connection(self, claimed: Claimed, owner: Owner) -> ConnectionState:
        """A new connection, over the route that is offered first."""
        write = claimed.write
        if not isinstance(write, CreateConnection):
            raise Bug(f"a claim for {write.kind} cannot create a connection")
        self._family(write.provider)
        if self._route_to(write.provider) is Route.OAUTH:
            url = await self._consents().ask(write.provider, claimed.reference, owner)
            return ConnectionState(
                id="", status=AccountStatus.PENDING, url=url, provider=write.provider, route=Route.OAUTH
            )
        return await self._gateway().create(claimed, write.provider)

    def _route_to(self, provider: str) -> Route | None:
        return next((route for name, route in self.routes if name == provider), None)

    async def consent(self, account: Account, *, is_asked: bool = False) -> ConnectionState:
        """At the gateway, or kept by us; a private link to our own application works once, so each asking gets a new one."""
        if account.route is Route.MATON:
            return await self._gateway().connection(account.secret)
        if account.route is not Route.OAUTH or await self._consents().has_grant(account.id):
            return ConnectionState(id="", status=AccountStatus.ACTIVE, provider=account.provider, route=account.route)
        url = await self._consents().ask(account.provider, account.id, account.owner) if is_asked else ""
        return ConnectionState(
            id="", status=AccountStatus.PENDING, url=url, provider=account.provider, route=Route.OAUTH
        )

    async def come_back(self, provider: str, state: str, code: str) -> str:
        """The account whose owner has consented."""
        return (await self._consents().come_back(provider, state, code)).account

    async def connection(self, connection_id: str) -> ConnectionState:
        """A connection's present state."""
        return await self._gateway().connection(connection_id)

    async def connections(self, provider: str) -> tuple[ConnectionState, ...]:
        """All connections of the gateway's key for a provider, whoever they belong to: for the operator only."""
        return await self._gateway().connections(provider)

    async def find_connection(
        self, claimed: Claimed, owner: Owner, *, used: frozenset[str] = frozenset()
    ) -> ConnectionState | None:
        """What a create without an answer came to. `used` are connections that accounts have already.

        A consent on its way is ours alone, so one that was lost is simply asked for anew.
        """
        write = claimed.write
        if not isinstance(write, CreateConnection):
            raise Bug(f"a claim for {write.kind} created no connection")
        if self._route_to(write.provider) is Route.OAUTH:
            return await self.create_connection(claimed, owner)
        return await self._gateway().find(write.provider, since=claimed.claimed_at, used=used)

    async def delete_connection(self, claimed: Claimed) -> Written:
        """Remove a connection at the gateway."""
        write = claimed.write
        if not isinstance(write, DeleteConnection):
            raise Bug(f"a claim for {write.kind} cannot delete a connection")
        await self._gateway().delete(claimed, write.connection)
        return Written(account=write.account)

    def dialect(self, base_url: str, fresh: Callable[..., Dialect]) -> Dialect:
        """What is known of a Cal.com host; shared by all accounts there."""
        if base_url not in self._dialects:
            chosen = self._addresses.is_calcom_legacy
            self._dialects[base_url] = fresh(is_legacy=chosen, is_settled=chosen, is_chosen=chosen)
        return self._dialects[base_url]

    @property
    def old_hosts(self) -> int:
        """How many Cal.com hosts are spoken to in the shapes of April 2024, for the operator's figures."""
        return sum(dialect.is_legacy for dialect in self._dialects.values())

    @property
    def calcom_versions(self) -> Versions | None:
        """The versions that Cal.com's families are to be pinned to; None for those that we know."""
        return self._addresses.calcom_versions

    def _api(self, account: Account, person: Person | None) -> Api:
        match account.route:
            case Route.MATON:
                family = self._family(account.provider)
                target = self._gateway().target(
                    account.provider,
                    account.secret,
                    account=account.id,
                    suffix=family.suffix,
                    probe_path=family.probe_path,
                )
                return Api(self._client, target)
            case Route.OAUTH:
                target = self._direct(account.provider, "", account=account.id)
                tokens = partial(self._consents().access, account.provider, account.id)
                return Api(self._client, replace(target, headers=()), tokens)
            case Route.DIRECT:
                return Api(self._client, self._direct(account.provider, account.secret, account=account.id))
            case Route.SANDBOX:
                return Api(self._sandbox or self._client, self._practice(account, person))

    def _direct(self, provider: str, key: str, *, account: str) -> Target:
        urls = {"calcom": self._addresses.calcom_url, "calendly": self._addresses.calendly_url}
        if provider not in urls:
            raise Unsupported(f"unknown provider {provider[:20]!r}", for_person="I do not know that calendar service.")
        return Target(
            provider=provider,
            base_url=urls[provider],
            account=account,
            headers=(("Authorization", f"Bearer {key}"),),
            probe_path=self._family(provider).probe_path,
        )

    def _practice(self, account: Account, person: Person | None) -> Target:
        family = self._family(account.provider)
        hints = _hints(person) if person else ()
        return Target(
            provider=account.provider,
            base_url=self._addresses.sandbox_url + family.suffix,
            account=account.id,
            headers=(("Authorization", f"Bearer {practice_key(account.owner)}"), *hints),
            probe_path=family.probe_path,
        )

    def _family(self, provider: str) -> Family:
        if provider not in FAMILIES:
            raise Unsupported(f"unknown provider {provider[:20]!r}", for_person="I do not know that calendar service.")
        return FAMILIES[provider]()

    def _consents(self) -> OAuth:
        if self._oauth is None:
            raise Unsupported("no application is set up", for_person="Connecting by consent is not set up here.")
        return self._oauth

    def _gateway(self) -> Maton:
        if self._maton is None:
            raise Unsupported("no gateway is set up", for_person="Connections through the gateway are not set up here.")
        return self._maton


def practice_key(owner: Owner) -> str:
    """A person's key in the sandbox: always the same, and it tells nothing of them."""
    digest = sha256(f"{owner.enterprise}|{owner.team}|{owner.member}".encode()).hexdigest()
    return f"cal_sandbox_{digest[:24]}"


def _hints(person: Person) -> tuple[tuple[str, str], ...]:
    """Whose account the sandbox should make. Header values are ASCII: names are percent-encoded."""
    given = (("X-Sandbox-Name", person.name), ("X-Sandbox-Email", person.email), ("X-Sandbox-Zone", person.zone))
    return tuple((name, quote(value, safe=" @+./_-")) for name, value in given if value)


@cache
def _calcom() -> Family:
    from bot.gateway import calcom  # noqa: PLC0415  only where it can be connected

    def build(api: Api, account: Account | None, registry: Registry) -> Provider:
        return calcom.CalcomProvider(
            api,
            emails=account.emails if account else (),
            versions=registry.calcom_versions or calcom.Versions(),
            dialect=registry.dialect(api.target.base_url, calcom.Dialect),
        )

    return Family("/v2", calcom.PROBE_PATH, build, calcom.decode_change, calcom.warm)


@cache
def _calendly() -> Family:
    from bot.gateway import calendly  # noqa: PLC0415  as above

    def build(api: Api, account: Account | None, _registry: Registry) -> Provider:
        return calendly.CalendlyProvider(api, emails=account.emails if account else ())

    return Family("", calendly.PROBE_PATH, build, calendly.decode_change, calendly.warm)


FAMILIES: dict[str, Callable[[], Family]] = {"calcom": _calcom, "calendly": _calendly}
"""Each provider's way to be loaded."""
