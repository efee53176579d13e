"""What a Calendly handler is given, how its routes are written down, its refusals, its ids and its pages."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bot.sandbox.world.exchange import Answer, Incoming, route_pattern
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.calendar import Team, World

APP = "calendly"
API = "https://api.calendly.com"
PAGES = "https://calendly.com"
INVALID = "The supplied parameters are invalid."
NO_ACCESS = "You do not have permission to access this resource."
UPGRADE = "Please upgrade your Calendly account to Professional"
MOST_ITEMS = 100
_USUAL_ITEMS = 20
_TITLES = {
    400: "Invalid Argument",
    401: "Unauthenticated",
    403: "Permission Denied",
    404: "Resource Not Found",
    409: "Already Exists",
    424: "External Calendar Error",
    429: "Too Many Requests",
    500: "Internal Server Error",
}
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class CalendlyRefusal(Exception):
    """An answer other than success. Made through the functions below."""

    def __init__(self, status: int, message: str, details: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(f"refused with {status}")
        self.status = status
        self.message = message
        self.details = tuple(details)

    def answer(self) -> Answer:
        """As it goes out."""
        body: dict[str, Any] = {"title": _TITLES[self.status], "message": self.message}
        if self.details:
            body["details"] = [{"parameter": name, "message": text} for name, text in self.details]
        return Answer(status=self.status, body=body)


def invalid(*details: tuple[str, str]) -> CalendlyRefusal:
    """400 with what is wrong with which parameter."""
    return CalendlyRefusal(400, INVALID, details)


def denied(message: str = NO_ACCESS) -> CalendlyRefusal:
    """403."""
    return CalendlyRefusal(403, message)


def unknown() -> CalendlyRefusal:
    """404."""
    return CalendlyRefusal(404, "The server could not find the requested resource.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendlyCall:
    """A routed request of a known caller."""

    world: World
    incoming: Incoming
    params: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]
    owner: Account
    booked: Callable[[], None] = field(default=lambda: None)
    """Counts one booking against its own budget, and refuses when that is spent."""

    def required(self, name: str) -> str:
        """A query parameter that must be there."""
        value = self.query.get(name, "")
        if not value:
            raise invalid((name, "must be filled"))
        return value


Handler = Callable[[CalendlyCall], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendlyRoute:
    """One method and path."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler


def route(method: str, template: str, handler: Handler) -> CalendlyRoute:
    """A route from its path template."""
    return CalendlyRoute(method=method, pattern=route_pattern(template), handler=handler)


def one(resource: Mapping[str, Any], *, status: int = 200) -> Answer:
    """The envelope of one thing."""
    return Answer(status=status, body={"resource": dict(resource)})


def all_of(items: Sequence[Mapping[str, Any]]) -> Answer:
    """The envelope of a list that has no pages."""
    return Answer(body={"collection": list(items)})


def page_of(call: CalendlyCall, items: Sequence[Any], shape: Callable[[Any], Mapping[str, Any]]) -> Answer:
    """One page of a list, as `count` and `page_token` ask."""
    count, start = _count(call), _offset(call)
    shown = items[start : start + count]
    after = _token(start + count) if start + count < len(items) else None
    before = _token(max(0, start - count)) if start else None
    pagination = {
        "count": len(shown),
        "next_page": _address(call, after),
        "previous_page": _address(call, before),
        "next_page_token": after,
        "previous_page_token": before,
    }
    return Answer(body={"collection": [shape(item) for item in shown], "pagination": pagination})


def identifier(family: str, number: object) -> str:
    """The last part of a URI: the same in every world for the same row."""
    return hashlib.sha256(f"sandbox-calendly-{family}-{number}".encode()).hexdigest()[:16].upper()


def uri(family: str, last: str) -> str:
    """A whole URI. It names the real service on every route, as the real one's do."""
    return f"{API}/{family}/{last}"


def last_part(text: str, family: str) -> str | None:
    """The last part of a URI of that family, or None."""
    head = f"{API}/{family}/"
    return text.removeprefix(head) if text.startswith(head) and "/" not in text.removeprefix(head) else None


def user_uri(account: int) -> str:
    """The URI of an account."""
    return uri("users", identifier("user", account))


def type_uri(event_type: int) -> str:
    """The URI of an event type."""
    return uri("event_types", identifier("type", event_type))


def organization_uri(world: World, account: Account) -> str:
    """The URI of the organisation: the invented team's where there is one, else the account's own."""
    team = organization_of(world)
    return uri("organizations", identifier("organization", team.id if team else f"own-{account.id}"))


def organization_of(world: World) -> Team | None:
    """The invented team that everybody works in."""
    return next((team for team in world.teams.values() if team.is_organization), None)


def has_plan(account: Account) -> bool:
    """Whether the account's plan includes booking by API and webhooks."""
    return account.profile.get("plan") != "free"


def is_mail(value: object) -> bool:
    """Whether it looks like an address."""
    return isinstance(value, str) and _MAIL.fullmatch(value) is not None


def read_instant(value: object, parameter: str) -> datetime:
    """An ISO 8601 text with an offset as an instant; 400 for anything else."""
    if not isinstance(value, str) or not value:
        raise invalid((parameter, "must be filled"))
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise invalid((parameter, "must be a valid date-time")) from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return found.astimezone(UTC)


def iso_micros(instant: datetime) -> str:
    """`2026-12-01T09:00:00.000000Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def iso_seconds(instant: datetime) -> str:
    """`2026-12-01T09:00:00Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _count(call: CalendlyCall) -> int:
    text = call.query.get("count", "")
    if not text:
        return _USUAL_ITEMS
    if not text.isdigit() or not 1 <= int(text[:9]) <= MOST_ITEMS:
        raise invalid(("count", f"must be between 1 and {MOST_ITEMS}"))
    return int(text)


def _offset(call: CalendlyCall) -> int:
    token = call.query.get("page_token", "")
    if not token:
        return 0
    try:
        text = base64.urlsafe_b64decode(token.encode()).decode()
    except (binascii.Error, ValueError):
        text = ""
    if not text.startswith("from-") or not text[5:].isdigit():
        raise invalid(("page_token", "is invalid"))
    return int(text[5:])


def _token(offset: int) -> str:
    return base64.urlsafe_b64encode(f"from-{offset}".encode()).decode()


def _address(call: CalendlyCall, token: str | None) -> str | None:
    if token is None:
        return None
    pairs = {**call.query, "page_token": token}
    return f"{API}{call.incoming.path}?{urlencode(pairs)}"
