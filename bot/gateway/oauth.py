"""Connecting by OAuth: the way to consent, the exchange of its code, and tokens that are renewed before they run out.

Theory of operation. A consent is bound to one account of one person by an unguessable state that works once, for ten minutes,
and by a verifier that only we know (PKCE). Tokens are renewed a while before they run out, by one process at a time: whoever
holds the lease sends the refresh token, everybody else goes on with the old access token, which is still good, or waits. What
comes back is kept over the very version that was sent, so a late answer never covers a newer one. A refresh token whose answer
was lost is tried once more by the next holder; when the provider then refuses it, the grant is over and the person is told.
https://cal.com/docs/api-reference/v2/oauth · https://developer.calendly.com/how-to-authenticate-with-oauth
"""

from __future__ import annotations

import asyncio
import base64
import secrets
from dataclasses import field, replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode, urlsplit

from pydantic import Field, ValidationError

from bot.errors import NotConnected, NotFound, PencilError, ProviderChanged, ProviderDown, Uncertain
from bot.gateway.calls import ApiRequest, Target
from bot.gateway.shapes import read_as
from bot.logs import get_logger
from bot.scheduling.grants import ConsentAsked, Grant
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.gateway.calls import ApiAnswer, Pairs
    from bot.gateway.client import ApiClient
    from bot.scheduling.accounts import Owner
    from bot.scheduling.grants import Grants

log = get_logger("oauth")

CONSENT_WITHIN = timedelta(minutes=10)
RENEW_BEFORE = timedelta(minutes=5)
LEASE = timedelta(seconds=20)
"""Longer than the client waits for an answer: a holder that is alive has let go before it ends."""
_WAITS = 40
_PAUSE = 0.25
LOST = "The renewal of your connection was cut short, and the provider does not take it up again. Connect once more."
REVOKED = "Your calendar service has ended the connection. Connect once more."

SCOPES = {
    "calcom": (
        *("EVENT_TYPE_READ", "EVENT_TYPE_WRITE", "BOOKING_READ", "BOOKING_WRITE", "SCHEDULE_READ", "SCHEDULE_WRITE"),
        *("APPS_READ", "PROFILE_READ", "PROFILE_WRITE", "WEBHOOK_READ", "WEBHOOK_WRITE"),
    ),
    "calendly": (
        *("users:read", "organizations:read", "event_types:write", "availability:write", "scheduled_events:write"),
        *("webhooks:write", "shares:write", "scheduling_links:write", "contacts:read", "meeting_recaps:read"),
    ),
}
"""What is asked for: `:write` includes `:read` at Calendly; Cal.com lists both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthClient:
    """Our application at one provider. `api_url` is where its calls go; the pages of consent are found from it."""

    provider: str
    client_id: str
    client_secret: str = field(repr=False)
    api_url: str

    @property
    def authorize_url(self) -> str:
        """Where a person consents."""
        if self.provider == "calendly":
            return f"{_sister(self.api_url, 'auth')}/oauth/authorize"
        return f"{_sister(self.api_url, 'app')}/auth/oauth2/authorize"

    @property
    def token_url(self) -> str:
        """Where a code or a refresh token is exchanged."""
        if self.provider == "calendly":
            return f"{_sister(self.api_url, 'auth')}/oauth/token"
        return f"{self.api_url}/auth/oauth2/token"


def _sister(api_url: str, name: str) -> str:
    """`https://api.example.com/v2` → `https://auth.example.com`; another kind of host serves everything itself."""
    parts = urlsplit(api_url)
    host = f"{name}.{parts.netloc.removeprefix('api.')}" if parts.netloc.startswith("api.") else parts.netloc
    return f"{parts.scheme}://{host}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tokens:
    access_token: Annotated[str, Field(min_length=1)]
    refresh_token: str = ""
    expires_in: Annotated[float, Field(gt=0, le=366 * 86_400)] = 1800


class OAuth:
    """Our applications, and the grants that people gave them."""

    def __init__(
        self, client: ApiClient, grants: Grants, applications: tuple[OAuthClient, ...], *, public_url: str
    ) -> None:
        self._client = client
        self._grants = grants
        self._applications = {each.provider: each for each in applications}
        self._public_url = public_url
        self._kept: dict[str, Grant] = {}
        self._ended: dict[str, int] = {}
        """Versions of grants whose renewal was refused: what is left of their access tokens is used up, and then it is told."""

    @property
    def providers(self) -> tuple[str, ...]:
        """Where we have an application."""
        return tuple(self._applications)

    async def ask(self, provider: str, account: str, owner: Owner) -> str:
        """The private address where the person consents; each one works once."""
        application = self._application(provider)
        state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        asked = ConsentAsked(
            state=state,
            account=account,
            owner=owner,
            provider=provider,
            verifier=verifier,
            expires_at=self._client.clock.now() + CONSENT_WITHIN,
        )
        await self._grants.ask_consent(asked)
        challenge = base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        pairs = {
            "client_id": application.client_id,
            "redirect_uri": self._redirect(provider),
            "response_type": "code",
            "state": state,
            "scope": " ".join(SCOPES[provider]),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{application.authorize_url}?{urlencode(pairs)}"

    async def come_back(self, provider: str, state: str, code: str) -> ConsentAsked:
        """Take a consent: the state is used up, its code becomes a grant. Raises `NotFound` for a state that is not good (any
        more), `NotConnected` where the person or the provider refused.
        """
        asked = await self._grants.claim_consent(state, now=self._client.clock.now()) if state else None
        if asked is None or asked.provider != provider:
            raise NotFound("an unknown, used or expired state")
        if not code:
            raise NotConnected("consent was refused")
        application = self._application(provider)
        pairs = (
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self._redirect(provider)),
            ("code_verifier", asked.verifier),
        )
        tokens = await self._exchange(application, pairs)
        await self._grants.keep_grant(self._grant(asked.account, asked.owner, tokens))
        self._kept.pop(asked.account, None)
        return asked

    async def has_grant(self, account: str) -> bool:
        """Whether the person has consented."""
        return await self._grants.grant(account) is not None

    async def drop(self, account: str) -> None:
        """Forget an account's tokens."""
        self._kept.pop(account, None)
        await self._grants.drop_grant(account)

    async def access(self, provider: str, account: str, *, stale: str = "") -> str:
        """An access token that is good for a while. `stale` is one that the provider has just refused."""
        now = self._client.clock.now()
        kept = self._kept.get(account)
        if kept is not None and kept.access != stale and kept.expires_at - RENEW_BEFORE > now:
            return kept.access
        for _ in range(_WAITS):
            grant = await self._grants.grant(account)
            if grant is None:
                raise NotConnected("no grant is kept", repair=True)
            is_good = grant.access != stale
            if is_good and grant.expires_at > now and self._ended.get(account) == grant.version:
                return grant.access
            if is_good and grant.expires_at - RENEW_BEFORE > now:
                self._kept[account] = grant
                return grant.access
            if await self._grants.begin_renewal(grant, now=now, lease=LEASE):
                renewed = await self._renew(provider, grant, is_good=is_good)
                self._kept[account] = renewed
                return renewed.access
            if is_good and grant.expires_at > now:
                return grant.access
            await self._client.sleep(_PAUSE)
            now = self._client.clock.now()
        raise ProviderDown("somebody else is renewing the grant and does not end")

    async def _renew(self, provider: str, grant: Grant, *, is_good: bool) -> Grant:
        """Send the refresh token once, and keep what comes back."""
        pairs = (("grant_type", "refresh_token"), ("refresh_token", grant.refresh))
        try:
            tokens = await self._exchange(self._application(provider), pairs)
        except NotConnected as refused:
            await self._grants.give_up_renewal(grant, was_sent=True)
            log.warning("grant.refused", provider=provider, was_cut_short=grant.sent_at is not None)
            self._ended[grant.account] = grant.version
            if is_good and grant.expires_at > self._client.clock.now():
                return grant
            raise NotConnected(
                str(refused), repair=True, for_person=LOST if grant.sent_at is not None else REVOKED
            ) from refused
        except Uncertain as lost:
            await self._grants.give_up_renewal(grant, was_sent=True)
            if is_good and grant.expires_at > self._client.clock.now():
                return grant
            raise ProviderDown("the renewal of the grant was not answered") from lost
        except PencilError:
            await self._grants.give_up_renewal(grant, was_sent=False)
            raise
        renewed = replace(
            self._grant(grant.account, grant.owner, tokens),
            refresh=tokens.refresh_token or grant.refresh,
            version=grant.version + 1,
        )
        if not await asyncio.shield(self._grants.end_renewal(renewed)):
            log.warning("grant.renewed_twice", provider=provider)
        return renewed

    async def _exchange(self, application: OAuthClient, pairs: Pairs) -> _Tokens:
        answer = await self._client.exchange_token(_target(application), _request(application, pairs))
        if answer.is_success:
            return _read(answer)
        raise NotConnected(f"{application.provider} refuses the grant: {answer.problem.message[:80]}", repair=True)

    def _grant(self, account: str, owner: Owner, tokens: _Tokens) -> Grant:
        return Grant(
            account=account,
            owner=owner,
            access=tokens.access_token,
            refresh=tokens.refresh_token,
            expires_at=self._client.clock.now() + timedelta(seconds=tokens.expires_in),
        )

    def _application(self, provider: str) -> OAuthClient:
        application = self._applications.get(provider)
        if application is None:
            raise NotFound("no application at that provider", for_person="I do not know that calendar service.")
        return application

    def _redirect(self, provider: str) -> str:
        return f"{self._public_url}/oauth/{provider}"


def _target(application: OAuthClient) -> Target:
    headers: Pairs = ()
    if application.provider == "calendly":
        basic = base64.b64encode(f"{application.client_id}:{application.client_secret}".encode()).decode()
        headers = (("Authorization", f"Basic {basic}"),)
    return Target(
        provider=application.provider,
        base_url=application.token_url,
        account=f"oauth {application.provider}",
        headers=headers,
    )


def _request(application: OAuthClient, pairs: Pairs) -> ApiRequest:
    """Calendly takes a form with our name in a header, Cal.com a JSON body that carries it."""
    if application.provider == "calendly":
        return ApiRequest(method="POST", path="", operation="oauth.token", form=pairs)
    body: dict[str, Any] = {
        "client_id": application.client_id,
        "client_secret": application.client_secret,
        **dict(pairs),
    }
    return ApiRequest(method="POST", path="", operation="oauth.token", body=body)


def _read(answer: ApiAnswer) -> _Tokens:
    try:
        data = answer.json()
        inner = data.get("data") if isinstance(data, dict) and isinstance(data.get("data"), dict) else data
        return read_as(_Tokens, inner)
    except (ValidationError, ProviderChanged) as error:
        raise Uncertain("oauth.token: given, but the answer is unreadable", status=answer.status) from error
