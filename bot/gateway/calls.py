"""What passes between wire code and client: a request, its answer, and how the answer is read. No I/O here.

Wire code builds a `Call` (what to send, how to read what comes back); a provider hands it to its `Api`; the client sends it.
"""

from __future__ import annotations

import json
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic_core import from_json

from bot.errors import ProviderChanged
from bot.logs import redact
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")
Pairs = tuple[tuple[str, str], ...]

LONGEST_REASON = 300


class Origin(StrEnum):
    """Whose answer it is. A proxy's page, an empty or broken body is nobody's."""

    GATEWAY = "gateway"
    UPSTREAM = "upstream"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiRequest:
    """One call. `path` stands below a target's base; `operation` names it in logs and metrics (`bookings.create`)."""

    method: str
    path: str
    operation: str
    query: Pairs = ()
    body: Mapping[str, Any] | None = None
    headers: Pairs = ()
    form: Pairs = ()
    """A form instead of a JSON body."""
    only_asks: bool = False
    """A question that has to be sent as a POST."""

    @property
    def is_read(self) -> bool:
        """Whether it can change nothing."""
        return self.method == "GET" or self.only_asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where an account's calls go and with whose key. Never printed: headers carry keys."""

    provider: str
    base_url: str
    account: str
    """Whose budget a call is charged to; opaque."""
    headers: Pairs = field(default=(), repr=False)
    gate: str = ""
    """Calls of one gate share the gateway's limit; empty on a direct route."""
    probe_path: str = ""
    """A harmless read that tells a dead grant from a passing trouble."""
    connections_url: str = ""
    """Where the gateway's own key can be tried; empty on a direct route."""

    @property
    def is_gateway(self) -> bool:
        """Whether a gateway stands between us and the provider."""
        return bool(self.connections_url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What an error body says. `message` is redacted and cut; `code` is the provider's own name for it."""

    message: str
    code: str = ""
    is_upstream: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiAnswer:
    """An answer as it came: header names in lower case, body unread."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    origin: Origin = Origin.UNKNOWN

    @property
    def is_success(self) -> bool:
        """Any 2xx."""
        return 200 <= self.status < 300

    @property
    def request_id(self) -> str:
        """The provider's own id of the call, for its support."""
        return self.headers.get("x-request-id", "")[:80]

    @property
    def problem(self) -> Problem:
        """What the body says went wrong."""
        return read_problem(self.body)

    def json(self) -> Any:
        """The body as JSON; `ProviderChanged` when it is none, whatever its content type claims."""
        try:
            return from_json(self.body)
        except ValueError:
            return self._slowly_read()

    def _slowly_read(self) -> Any:
        """With the standard library, which takes a byte order mark and half of a surrogate pair."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise ProviderChanged(f"answer {self.status} is not JSON", field="body") from error


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """A request and how its successful answer is read (from parsed JSON)."""

    request: ApiRequest
    read: Callable[[Any], T]


def query(**values: object) -> Pairs:
    """Query pairs in order, without those that are None or empty; booleans in lower case."""
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if value is not None and value != "":
            text = str(value)
            pairs.append((name, text.lower() if isinstance(value, bool) else text))
    return tuple(pairs)


def body(**values: object) -> dict[str, Any]:
    """A JSON body without the keys whose value is None."""
    return {name: value for name, value in values.items() if value is not None}


def read_problem(raw: bytes) -> Problem:
    """The error text of any known shape; the raw text, cut, of any other. Never raises."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return Problem(message=_fit(raw[:2000].decode("utf-8", "replace")))
    if not isinstance(data, dict):
        return Problem(message=_fit(str(data)))
    inner = data.get("error")
    if data.get("status") == "error" and inner is not None:
        return _nested_problem(data, inner)
    upstream = ("statusCode" in data or "title" in data) and "message" in data
    return Problem(message=_fit(_flat_message(data)), code=str(data.get("title") or ""), is_upstream=upstream)


def _nested_problem(data: Mapping[str, Any], inner: object) -> Problem:
    if not isinstance(inner, dict):
        return Problem(message=_fit(str(inner)), is_upstream=True)
    details = inner.get("details")
    listed = _constraints(details.get("errors")) if isinstance(details, dict) else ""
    message = _text(inner.get("message"))
    if not message or (message == "Bad Request Exception" and listed):
        message = listed or (_text(details.get("message")) if isinstance(details, dict) else _text(details))
    return Problem(
        message=_fit(message or _text(data.get("message"))), code=str(inner.get("code") or ""), is_upstream=True
    )


def _flat_message(data: Mapping[str, Any]) -> str:
    said = _text(data.get("message")) or _text(data.get("error")) or _text(data.get("title"))
    details = data.get("details")
    if isinstance(details, list):
        parts = [f"{item.get('parameter', '')} {item.get('message', '')}" for item in details if isinstance(item, dict)]
        said = "; ".join([said, *(part.strip() for part in parts)])
    return said or json.dumps(data)[:LONGEST_REASON]


def _constraints(errors: object) -> str:
    """The messages of a validation error, nested ones too."""
    found: list[str] = []
    queue = list(errors) if isinstance(errors, list) else []
    while queue and len(found) < 5:
        item = queue.pop(0)
        if isinstance(item, dict):
            constraints = item.get("constraints")
            found += [str(text) for text in constraints.values()] if isinstance(constraints, dict) else []
            children = item.get("children")
            queue += children if isinstance(children, list) else []
    return "; ".join(found)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(str(item) for item in value if isinstance(item, str | int))
    return ""


def _fit(text: str) -> str:
    return redact(" ".join(text.split()))[:LONGEST_REASON]
