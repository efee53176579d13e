"""Consent by OAuth, for both services: the page where a person agrees, and the exchange of codes and refresh tokens.

A GET on the page agrees at once and goes back with a code, as a GET on a pending connection's address does; with `refuse` in
its query it refuses, with `login` the account is that of that name. Calendly's refresh tokens work once and rotate, Cal.com's
stay. An access token ends when its time is over, or through `POST /_grants`.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import field
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from bot.sandbox.world.exchange import Answer
from bot.sandbox.world.population import open_account
from bot.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox.world.calendar import World
    from bot.sandbox.world.exchange import Incoming

PREFIX = "cal_oauth_"
_PAGES = {"/auth/oauth2/authorize": "cal-com", "/oauth/authorize": "calendly"}
_TOKENS = {"/v2/auth/oauth2/token": "cal-com", "/oauth/token": "calendly"}
_LIFETIMES = {"cal-com": timedelta(minutes=30), "calendly": timedelta(hours=2)}
_CODE_LIVES = timedelta(minutes=10)
_WRONG = "wrong"
"""A client secret that is refused, so that it can be tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a person has agreed to, until it is exchanged."""

    app: str
    client: str
    redirect: str
    challenge: str
    account: int
    scopes: tuple[str, ...]
    expires_at: datetime


@dataclass(slots=True, kw_only=True)
class Given:
    """An access token and the refresh token beside it."""

    app: str
    account: int
    client: str
    refresh: str
    expires_at: datetime


@dataclass(slots=True)
class Consents:
    """Codes and tokens of every application."""

    world: World
    codes: dict[str, Code] = field(default_factory=dict)
    given: dict[str, Given] = field(default_factory=dict)
    used: int = 0
    """How many refresh tokens were exchanged."""

    def serves(self, path: str) -> bool:
        """Whether the path is a page of consent or an exchange of tokens."""
        return path in _PAGES or path in _TOKENS

    def is_over(self, token: str) -> bool:
        """Whether a token is one of these and not good (any more)."""
        if not token.startswith(PREFIX):
            return False
        found = self.given.get(token)
        return found is None or found.expires_at <= self.world.now()

    def end(self) -> None:
        """All tokens end, as when people take their consent back."""
        self.given.clear()

    def answer(self, incoming: Incoming) -> Answer:
        """The answer to a call of these paths."""
        if incoming.path in _PAGES:
            return self._consent(_PAGES[incoming.path], incoming)
        return self._exchange(_TOKENS[incoming.path], incoming)

    def _consent(self, app: str, incoming: Incoming) -> Answer:
        query = {name: values[0] for name, values in parse_qs(incoming.query, keep_blank_values=True).items()}
        if not query.get("client_id") or not query.get("redirect_uri") or query.get("response_type") != "code":
            return Answer(status=400, body={"error": "invalid_request"})
        if "refuse" in query:
            return _go_back(query, {"error": "access_denied"})
        account = open_account(self.world, app, f"{PREFIX}login-{query.get('login', 'person')}", incoming.hints)
        code = self.world.short_uid()
        self.codes[code] = Code(
            app=app,
            client=query["client_id"],
            redirect=query["redirect_uri"],
            challenge=query.get("code_challenge", ""),
            account=account.id,
            scopes=tuple(query.get("scope", "").split()),
            expires_at=self.world.now() + _CODE_LIVES,
        )
        return _go_back(query, {"code": code})

    def _exchange(self, app: str, incoming: Incoming) -> Answer:
        given = _fields(incoming)
        client, secret = _client(given, incoming)
        if not client or secret == _WRONG:
            return _refused(401, "invalid_client", "Client authentication failed")
        if given.get("grant_type") == "authorization_code":
            return self._first(app, client, secret, given)
        if given.get("grant_type") == "refresh_token":
            return self._again(app, client, given)
        return _refused(400, "unsupported_grant_type", "The grant type is not supported")

    def _first(self, app: str, client: str, secret: str, given: dict[str, str]) -> Answer:
        code = self.codes.pop(given.get("code", ""), None)
        is_good = code is not None and (code.app, code.client, code.redirect) == (
            app,
            client,
            given.get("redirect_uri"),
        )
        if code is None or not is_good or code.expires_at <= self.world.now():
            return _refused(400, "invalid_grant", "The authorization code is invalid or has expired")
        if code.challenge and code.challenge != _challenge(given.get("code_verifier", "")):
            return _refused(400, "invalid_grant", "The code verifier does not match the challenge")
        if not code.challenge and not secret:
            return _refused(401, "invalid_client", "Client authentication failed")
        return self._give(app, client, code.account)

    def _again(self, app: str, client: str, given: dict[str, str]) -> Answer:
        wanted = given.get("refresh_token", "")
        access = next((token for token, one in self.given.items() if wanted and one.refresh == wanted), None)
        if access is None or (self.given[access].app, self.given[access].client) != (app, client):
            return _refused(400, "invalid_grant", "The refresh token is invalid or has been used")
        found = self.given[access]
        self.used += 1
        if app == "calendly":
            found.refresh = ""
            return self._give(app, client, found.account)
        return self._give(app, client, found.account, refresh=wanted)

    def _give(self, app: str, client: str, account: int, *, refresh: str = "") -> Answer:
        access = f"{PREFIX}{self.world.short_uid()}"
        refresh = refresh or f"cal_refresh_{self.world.short_uid()}"
        lifetime = _LIFETIMES[app]
        self.given[access] = Given(
            app=app, account=account, client=client, refresh=refresh, expires_at=self.world.now() + lifetime
        )
        self.world.keys[(app, access)] = account
        body: dict[str, Any] = {
            "access_token": access,
            "refresh_token": refresh,
            "token_type": "Bearer",
            "expires_in": int(lifetime.total_seconds()),
        }
        return Answer(body=body)


def _go_back(query: dict[str, str], result: dict[str, str]) -> Answer:
    pairs = {**result, "state": query["state"]} if query.get("state") else result
    joiner = "&" if "?" in query["redirect_uri"] else "?"
    return Answer(status=302, body="", headers={"location": f"{query['redirect_uri']}{joiner}{urlencode(pairs)}"})


def _fields(incoming: Incoming) -> dict[str, str]:
    """The fields of a form or of a JSON object."""
    if incoming.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        form = parse_qs(incoming.body.decode("utf-8", "replace"), keep_blank_values=True)
        return {name: values[0] for name, values in form.items()}
    try:
        found = json.loads(incoming.body)
    except (ValueError, RecursionError):
        return {}
    return {name: str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _client(given: dict[str, str], incoming: Incoming) -> tuple[str, str]:
    """Who asks: by a header, else by the fields themselves."""
    scheme, _, encoded = incoming.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            client, _, secret = base64.b64decode(encoded).decode().partition(":")
        except (binascii.Error, ValueError):
            return "", ""
        return client, secret
    return given.get("client_id", ""), given.get("client_secret", "")


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _refused(status: int, name: str, text: str) -> Answer:
    return Answer(status=status, body={"error": name, "error_description": text})
