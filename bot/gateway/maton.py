"""The Maton gateway: the route over a connection, and the connections themselves.

Two generations of addresses exist; both are settings, and a pair is used at a time. A connection is always named, because
the gateway would otherwise take the oldest. `url` of a connection lets whoever has it connect a calendar: it goes to its person
only, and into no log.
"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from pydantic import BeforeValidator, ValidationError

from bot.errors import BadSettings, NotFound, ProviderChanged, Refused, Uncertain
from bot.gateway.calls import ApiAnswer, ApiRequest, Target, query
from bot.gateway.shapes import read_as
from bot.scheduling.accounts import AccountStatus, ConnectionState
from bot.scheduling.times import as_instant
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.gateway.client import ApiClient
    from bot.scheduling.claims import Claimed

APPS = {"calcom": "cal-com", "calendly": "calendly"}
"""Our short name of a provider, and the gateway's."""
PROVIDERS = {app: provider for provider, app in APPS.items()}
STATUSES = {"ACTIVE": AccountStatus.ACTIVE, "PENDING": AccountStatus.PENDING, "FAILED": AccountStatus.DEAD}
MOST_PAGES = 20
SKEW = timedelta(minutes=2)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Connection:
    connection_id: str
    status: Annotated[str, BeforeValidator(_text)] = ""
    url: Annotated[str, BeforeValidator(_text)] = ""
    app: Annotated[str, BeforeValidator(_text)] = ""
    creation_time: Annotated[str, BeforeValidator(_text)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatonAddresses:
    """Where the gateway is, and our key to it."""

    key: str = field(repr=False)
    base_url: str = "https://api.maton.ai"
    connections_url: str = "https://api.maton.ai/connections"


class Maton:
    """The gateway behind one key."""

    def __init__(self, client: ApiClient, addresses: MatonAddresses) -> None:
        self._client = client
        self._addresses = addresses
        self._gate = sha256(addresses.key.encode()).hexdigest()[:16]

    def target(self, provider: str, connection: str, *, account: str, suffix: str, probe_path: str) -> Target:
        """The way to a provider over a connection. `suffix` is the provider's own version path (`/v2`)."""
        return Target(
            provider=provider,
            base_url=f"{self._addresses.base_url}/{APPS[provider]}{suffix}",
            account=account,
            headers=(*self._key_header, ("Maton-Connection", connection)),
            gate=self._gate,
            probe_path=probe_path,
            connections_url=self._addresses.connections_url,
        )

    async def connections(self, provider: str = "", status: AccountStatus | None = None) -> tuple[ConnectionState, ...]:
        """Connections of the key; always ask for one provider, the list is paged."""
        return tuple(_state(row) for row in await self._rows(provider, status))

    async def connection(self, connection_id: str) -> ConnectionState:
        """One connection; raises `NotFound`."""
        answer = await self._send(_request("GET", "get", connection_id))
        return _state(_read(answer))

    async def create(self, claimed: Claimed, provider: str) -> ConnectionState:
        """A new one, pending. Where the answer is only an id, the rest is read."""
        request = ApiRequest(method="POST", path="", operation="connections.create", body={"app": APPS[provider]})
        answer = await self._send(request, claimed)
        try:
            made = _state(_read(answer), provider)
        except ProviderChanged as error:
            raise Uncertain("connections.create: made, but the answer is unreadable", status=answer.status) from error
        return made if made.url or made.status is AccountStatus.ACTIVE else await self.connection(made.id)

    async def find(self, provider: str, *, since: datetime, used: Collection[str] = ()) -> ConnectionState | None:
        """The connection that a create without an answer made: the only new one that nobody uses.

        Two people may create at once, and a connection of somebody else must not be handed over: with several candidates
        there is no telling, which is `Uncertain`.
        """
        rows = [row for row in await self._rows(provider, None) if row.connection_id not in used]
        fresh = [row for row in rows if (made := _made_at(row)) is not None and made >= since - SKEW]
        waiting = [row for row in fresh if STATUSES.get(row.status) is AccountStatus.PENDING]
        if len(waiting) > 1:
            raise Uncertain("several new connections wait for consent")
        if not waiting:
            return None
        state = _state(waiting[0])
        return state if state.url else await self.connection(state.id)

    async def delete(self, claimed: Claimed, connection_id: str) -> None:
        """One that is gone already counts as removed."""
        try:
            await self._send(_request("DELETE", "delete", connection_id), claimed)
        except NotFound:
            return

    @property
    def _key_header(self) -> tuple[tuple[str, str], ...]:
        return (("Authorization", f"Bearer {self._addresses.key}"),)

    async def _rows(self, provider: str, status: AccountStatus | None) -> tuple[_Connection, ...]:
        word = next((word for word, each in STATUSES.items() if each is status), None)
        rows: dict[str, _Connection] = {}
        token: str | None = None
        for _ in range(MOST_PAGES):
            parameters = query(app=APPS.get(provider), status=word, page_token=token)
            request = ApiRequest(method="GET", path="", operation="connections.list", query=parameters)
            data = (await self._send(request)).json()
            page = data.get("connections") if isinstance(data, dict) else None
            if not isinstance(page, list):
                raise ProviderChanged(field="connections")
            found = [_row(item) for item in page]
            is_new = any(row.connection_id not in rows for row in found)
            rows |= {row.connection_id: row for row in found}
            token = data.get("next_page_token") or data.get("next_cursor")
            if not isinstance(token, str) or not token or not is_new:
                break
        wanted = [row for row in rows.values() if not provider or not row.app or row.app == APPS[provider]]
        return tuple(row for row in wanted if status is None or STATUSES.get(row.status) is status)

    async def _send(self, request: ApiRequest, claimed: Claimed | None = None) -> ApiAnswer:
        target = Target(
            provider="maton",
            base_url=self._addresses.connections_url,
            account=self._gate,
            headers=self._key_header,
            gate=self._gate,
        )
        answer = await self._client.send(target, request, claimed=claimed)
        if answer.is_success:
            return answer
        if answer.status == 401:
            raise BadSettings("MATON_API_KEY is refused by the gateway; copy a valid key from the Maton console")
        if answer.status in (400, 404):
            raise NotFound("no such connection")
        raise Refused(answer.problem.message, reason=answer.problem.message)


def _request(method: str, operation: str, connection_id: str) -> ApiRequest:
    return ApiRequest(method=method, path=f"/{quote(connection_id, safe='')}", operation=f"connections.{operation}")


def _read(answer: ApiAnswer) -> _Connection:
    data = answer.json()
    inner = data.get("connection") if isinstance(data, dict) else None
    return _row(inner if isinstance(inner, dict) else data)


def _row(data: Any) -> _Connection:
    try:
        return read_as(_Connection, data)
    except ValidationError:
        raise ProviderChanged(field="connection.connection_id") from None


def _state(row: _Connection, provider: str = "") -> ConnectionState:
    """An unknown status still waits: nothing is concluded from it."""
    return ConnectionState(
        id=row.connection_id,
        status=STATUSES.get(row.status, AccountStatus.PENDING),
        url=row.url,
        provider=PROVIDERS.get(row.app, provider),
    )


def _made_at(row: _Connection) -> datetime | None:
    try:
        return as_instant(datetime.fromisoformat(row.creation_time))
    except ValueError:
        return None
