"""The Maton gateway's own part: who owns which connection, and which account a call goes to.

Any non-empty bearer key is a gateway account here. A connection is an account of its own at one app; it is PENDING until
somebody opens its `url`. A grant can be broken on purpose: it stays ACTIVE and its calls answer 500, as at the gateway.
"""

from __future__ import annotations

import html
import json
from dataclasses import field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.sandbox.world.accounts import Account, Hints
from bot.sandbox.world.exchange import Answer
from bot.sandbox.world.population import open_account
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.sandbox.world.calendar import World

_PAGE = 30
_PREFIX = "/connections"
_CONSENT = "/connect/"


class Status(StrEnum):
    """Where a connection stands."""

    PENDING = "PENDING"
    ACTIVE = "ACTIVE"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One connection of a gateway account to an app."""

    id: str
    owner: str
    app: str
    token: str
    status: Status
    method: str
    hints: Hints
    account: int | None = None
    is_broken: bool = False
    created_at: datetime
    updated_at: datetime


class GatewayRefusalError(Exception):
    """The gateway's own no, before any provider was asked."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.answer = Answer(status=status, body={"error": message})


@dataclass(slots=True)
class Connections:
    """All connections, and the paths that manage them. `apps` are the apps that can be connected."""

    world: World
    apps: frozenset[str]
    rows: dict[str, Connection] = field(default_factory=dict)

    def serves(self, path: str) -> bool:
        """Whether the path is the gateway's own."""
        return path == _PREFIX or path.startswith((f"{_PREFIX}/", _CONSENT))

    def account_for(self, app: str, headers: Mapping[str, str]) -> Account:
        """The account that a native call goes to: the named connection's, else that of the oldest ACTIVE one."""
        owner = owner_of(headers)
        named = headers.get("maton-connection")
        active = [row for row in self._of(owner) if row.app == app and row.status is Status.ACTIVE]
        chosen = next((row for row in active if named in (None, "", row.id)), None)
        if chosen is None:
            what = f"connection {named!r} is not an active {app} connection" if named else f"no active {app} connection"
            raise GatewayRefusalError(400, what)
        if chosen.is_broken or chosen.account is None:
            raise GatewayRefusalError(500, "the authorization of this connection has expired")
        return self.world.accounts[chosen.account]

    def answer(
        self, method: str, path: str, query: Mapping[str, Any], headers: Mapping[str, str], body: bytes, base_url: str
    ) -> Answer:
        """The answer to a call of the gateway's own paths."""
        if path.startswith(_CONSENT):
            return self._consent(path.removeprefix(_CONSENT), refuses="refuse" in query)
        owner, name = owner_of(headers), path.removeprefix(_PREFIX).strip("/")
        if not name and method == "GET":
            return self._list(owner, query, base_url)
        if not name and method == "POST":
            return self._create(owner, body, headers, base_url)
        row = self.rows.get(name)
        if row is None or row.owner != owner:
            raise GatewayRefusalError(404, "connection not found")
        if method == "GET":
            return Answer(body={"connection": _shape(row, base_url)})
        if method == "DELETE":
            del self.rows[name]
            return Answer(body={})
        raise GatewayRefusalError(405, "method not allowed")

    def break_grant(self, name: str, *, is_broken: bool) -> bool:
        """Let a grant die, or live again; whether there is such a connection."""
        row = self.rows.get(name)
        if row is not None:
            self.rows[name] = replace(row, is_broken=is_broken)
        return row is not None

    def _of(self, owner: str) -> list[Connection]:
        return [row for row in self.rows.values() if row.owner == owner]

    def _list(self, owner: str, query: Mapping[str, Any], base_url: str) -> Answer:
        app, status = query.get("app"), query.get("status")
        if status is not None and status not in set(Status):
            raise GatewayRefusalError(400, f"status must be one of {', '.join(Status)}")
        rows = [row for row in self._of(owner) if app in (None, row.app) and status in (None, row.status.value)]
        offset, limit = _number(query.get("offset"), 0), _number(query.get("limit"), _PAGE)
        return Answer(body={"connections": [_shape(row, base_url) for row in rows[offset : offset + limit]]})

    def _create(self, owner: str, body: bytes, headers: Mapping[str, str], base_url: str) -> Answer:
        try:
            wanted = json.loads(body or b"{}")
        except ValueError:
            raise GatewayRefusalError(400, "the body is not JSON") from None
        app = wanted.get("app") if isinstance(wanted, dict) else None
        if app not in self.apps:
            raise GatewayRefusalError(400, f"unknown app {app!r}; known are {', '.join(sorted(self.apps))}")
        now = self.world.now()
        row = Connection(
            id=self.world.long_uid(),
            owner=owner,
            app=app,
            token=self.world.short_uid(),
            status=Status.PENDING,
            method=str(wanted.get("method") or "OAUTH2"),
            hints=Hints.of(headers),
            created_at=now,
            updated_at=now,
        )
        self.rows[row.id] = row
        return Answer(status=201, body={"connection": _shape(row, base_url)})

    def _consent(self, token: str, *, refuses: bool) -> Answer:
        row = next((one for one in self.rows.values() if one.token == token), None)
        if row is None:
            return _page(404, "This link is not known", "It may have been used up, or the connection was deleted.")
        if row.status is Status.PENDING and refuses:
            self.rows[row.id] = replace(row, status=Status.FAILED, updated_at=self.world.now())
            return _page(200, "Refused", f"The connection to {row.app} was not allowed.")
        if row.status is Status.FAILED:
            return _page(410, "This link is no longer good", "Ask for a new one.")
        if row.status is Status.PENDING:
            account = open_account(self.world, row.app, f"connection:{row.id}", row.hints)
            row = replace(row, status=Status.ACTIVE, account=account.id, updated_at=self.world.now())
            self.rows[row.id] = row
        person = self.world.accounts[row.account or 0]
        return _page(200, f"Connected to {row.app}", f"The practice account of {person.name} is connected now.")


def owner_of(headers: Mapping[str, str]) -> str:
    """The gateway key of a call; refused where there is none."""
    scheme, _, key = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise GatewayRefusalError(401, "missing or invalid API key")
    return key.strip()


def _shape(row: Connection, base_url: str) -> dict[str, Any]:
    return {
        "connection_id": row.id,
        "status": row.status.value,
        "creation_time": _micro(row.created_at),
        "last_updated_time": _micro(row.updated_at),
        "url": f"{base_url}{_CONSENT}{row.token}",
        "app": row.app,
        "method": row.method,
        "metadata": {},
    }


def _micro(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%S.%f}Z"


def _number(value: Any, default: int) -> int:
    return int(value) if isinstance(value, str) and value.isdigit() else default


def _page(status: int, title: str, text: str) -> Answer:
    title, text = html.escape(title), html.escape(text)
    style = "font:16px/1.5 system-ui;max-width:32em;margin:15vh auto;padding:0 1em"
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f'<body style="{style}"><h1>{title}</h1><p>{text}</p><p>You can close this page.</p></body></html>'
    )
    return Answer(status=status, body=page, content_type="text/html; charset=utf-8")
