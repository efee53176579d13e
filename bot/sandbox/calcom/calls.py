"""What a Cal.com handler is given and how its routes are written down."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from bot.sandbox.calcom.errors import refuse
from bot.sandbox.world.exchange import Answer, Incoming, route_pattern
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.calendar import World

APP = "cal-com"
LEGACY = "2024-04-15"
VERSIONS = frozenset({LEGACY, "2024-06-11", "2024-06-14", "2024-08-13", "2024-09-04"})
HOSTED_VERSIONS = frozenset({"2026-02-25", "2026-05-01"})

_NO_AUTHENTICATION = (
    "ApiAuthStrategy - No authentication method provided. Either pass an API key as 'Bearer' header"
    " or OAuth client credentials as 'x-cal-secret-key' and 'x-cal-client-id' headers"
)
_NO_PERMISSION = (
    "PermissionsGuard - no authentication provided. Provide either authorization bearer token containing managed user"
    " access token or oAuth client id in 'x-cal-client-id' header."
)


class Access(StrEnum):
    """Who may call a route: anybody, somebody with a key (401 without), or somebody with a permission (403 without)."""

    PUBLIC = "public"
    KEY = "key"
    PERMISSION = "permission"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A routed request. `body` is an object always; `account` is the caller's, if they gave a key."""

    world: World
    incoming: Incoming
    params: Mapping[str, str]
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    version: str
    account: Account | None = None

    @property
    def owner(self) -> Account:
        """The caller's account, on routes that need one."""
        if self.account is None:
            raise refuse(401, _NO_AUTHENTICATION)
        return self.account


Handler = Callable[[Call], Answer | Awaitable[Answer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One method and path. `versions` is empty where the version header does not matter."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler
    versions: frozenset[str]
    access: Access
    is_hosted_only: bool = False


def route(
    method: str,
    template: str,
    handler: Handler,
    *,
    versions: tuple[str, ...] = (),
    access: Access = Access.KEY,
    is_hosted_only: bool = False,
) -> Route:
    """A route from its path template."""
    return Route(
        method=method,
        pattern=route_pattern(template),
        handler=handler,
        versions=frozenset(versions),
        access=access,
        is_hosted_only=is_hosted_only,
    )


def success(data: Any = None, *, status: int = 200, **more: Any) -> Answer:
    """The usual success, with data."""
    return Answer(status=status, body={"status": "success", "data": data, **more})


def require_access(access: Access, account: Account | None) -> None:
    """Refuse a caller without the needed account."""
    if account is not None or access is Access.PUBLIC:
        return
    raise refuse(403, _NO_PERMISSION) if access is Access.PERMISSION else refuse(401, _NO_AUTHENTICATION)


def parse_query(text: str) -> dict[str, Any]:
    """A query string as the provider's parser reads it: `a[b]=1` nests, `a[]=1` and `a[0][b]=1` make lists."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        parts = re.findall(r"[^\[\]]+|(?<=\[)(?=\])", name)
        _place(found, parts, value)
    return {name: _lists(value) for name, value in found.items()}


def _place(into: dict[str, Any], parts: list[str], value: str) -> None:
    for part in parts[:-1]:
        step = into.setdefault(part, {})
        if not isinstance(step, dict):
            return
        into = step
    last = parts[-1] if parts else ""
    if last == "":
        last = str(len(into))
    if last in into:
        present = into[last]
        into[last] = [*present, value] if isinstance(present, list) else [present, value]
        return
    into[last] = value


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _lists(item) for name, item in value.items()}
    return [inner[name] for name in inner] if inner and all(name.isdigit() for name in inner) else inner


def number_in(text: str) -> int | None:
    """The whole number that a path part or query value is, or None."""
    return int(text) if text.isdigit() and len(text) < 16 else None
