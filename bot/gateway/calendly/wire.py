"""Every Calendly call that only reads: how it is asked and how its answer is read. Pure; writes are in `write_wire.py`.

https://developer.calendly.com/api-docs. Ids are URIs: queries and bodies take them whole, paths only their last part. They
say `api.calendly.com` on every route and are never rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator  # noqa: TC003  in a public signature
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from bot.errors import NotFound
from bot.gateway.calendly import shapes
from bot.gateway.calls import ApiRequest, Call, query
from bot.scheduling.times import Interval
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

S = TypeVar("S", bound=shapes.Shape)

API = "https://api.calendly.com"
PROBE_PATH = "/users/me"
PAGE_SIZE = 100
LONGEST_PIECE = timedelta(days=7)
"""Busy times take no longer window; available times took none before July 2026."""
_LAST_PART = re.compile(r"[A-Za-z0-9_-]{1,100}")


@dataclass(frozen=True, slots=True)
class Page(Generic[S]):
    """One page of a list. `token` asks for the next one; empty on the last."""

    items: tuple[S, ...]
    token: str


def last_part(uri: str, family: str) -> str:
    """The last part of a URI of that family, fit for a path; a bare one is taken too. `NotFound` for anything else."""
    rest = uri.removeprefix(f"{API}/{family}/")
    if not _LAST_PART.fullmatch(rest):
        raise NotFound(f"not an id of {family}")
    return rest


def uri_of(text: str, family: str) -> str:
    """The whole URI of an id, however it was written. `NotFound` for what cannot be one."""
    return f"{API}/{family}/{last_part(text, family)}"


def me() -> Call[shapes.User]:
    """Whose token it is."""
    return one_call(PROBE_PATH, "users.me", shapes.User)


def event_types(user: str, token: str = "") -> Call[Page[shapes.CalendlyEventType]]:
    """The user's types, their team types included."""
    pairs = query(user=user, count=PAGE_SIZE, sort="name:asc", page_token=token)
    return page_call("/event_types", "event_types.list", shapes.CalendlyEventType, pairs)


def event_type(uri: str) -> Call[shapes.CalendlyEventType]:
    """One event type."""
    return one_call(f"/event_types/{last_part(uri, 'event_types')}", "event_types.get", shapes.CalendlyEventType)


def available_times(event_type: str, window: Interval) -> Call[tuple[shapes.AvailableTime, ...]]:
    """Open starts of one piece, which begins in the future."""
    pairs = query(event_type=event_type, start_time=iso(window.start), end_time=iso(window.end))
    return _many("/event_type_available_times", "available_times.list", shapes.AvailableTime, pairs)


def busy_times(user: str, window: Interval) -> Call[tuple[shapes.BusyStretch, ...]]:
    """Busy stretches of one piece, which begins in the future."""
    pairs = query(user=user, start_time=iso(window.start), end_time=iso(window.end))
    return _many("/user_busy_times", "busy_times.list", shapes.BusyStretch, pairs)


def availability_schedules(user: str) -> Call[tuple[shapes.AvailabilitySchedule, ...]]:
    """Working hours."""
    pairs = query(user=user)
    return _many("/user_availability_schedules", "schedules.list", shapes.AvailabilitySchedule, pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """Which scheduled events are listed. `earliest` and `latest` bound the start, both included."""

    user: str
    status: str = ""
    invitee_email: str = ""
    earliest: datetime | None = None
    latest: datetime | None = None
    is_newest_first: bool = False


def scheduled_events(wanted: EventFilter, token: str = "", count: int = PAGE_SIZE) -> Call[Page[shapes.ScheduledEvent]]:
    """Events that the user hosts."""
    pairs = query(
        user=wanted.user,
        invitee_email=wanted.invitee_email,
        status=wanted.status,
        min_start_time=iso(wanted.earliest) if wanted.earliest else None,
        max_start_time=iso(wanted.latest) if wanted.latest else None,
        sort="start_time:desc" if wanted.is_newest_first else "start_time:asc",
        count=min(count, PAGE_SIZE),
        page_token=token,
    )
    return page_call("/scheduled_events", "scheduled_events.list", shapes.ScheduledEvent, pairs)


def scheduled_event(uri: str) -> Call[shapes.ScheduledEvent]:
    """One event."""
    path = f"/scheduled_events/{last_part(uri, 'scheduled_events')}"
    return one_call(path, "scheduled_events.get", shapes.ScheduledEvent)


def invitees(event: str, token: str = "") -> Call[Page[shapes.Invitee]]:
    """Who is and was invited to one event."""
    path = f"/scheduled_events/{last_part(event, 'scheduled_events')}/invitees"
    return page_call(path, "invitees.list", shapes.Invitee, query(count=PAGE_SIZE, page_token=token))


def memberships_of_user(user: str, token: str = "") -> Call[Page[shapes.Membership]]:
    """The organisations that a user belongs to."""
    pairs = query(user=user, count=PAGE_SIZE, page_token=token)
    return page_call("/organization_memberships", "memberships.list", shapes.Membership, pairs)


def memberships_of_organization(organization: str, token: str = "") -> Call[Page[shapes.Membership]]:
    """Everybody in an organisation."""
    pairs = query(organization=organization, count=PAGE_SIZE, page_token=token)
    return page_call("/organization_memberships", "memberships.list", shapes.Membership, pairs)


def webhooks(organization: str, user: str, token: str = "") -> Call[Page[shapes.WebhookSubscription]]:
    """The user's own subscriptions."""
    pairs = query(organization=organization, user=user, scope="user", count=PAGE_SIZE, page_token=token)
    return page_call("/webhook_subscriptions", "webhooks.list", shapes.WebhookSubscription, pairs)


def webhook(uri: str) -> Call[shapes.WebhookSubscription]:
    """One subscription."""
    path = f"/webhook_subscriptions/{last_part(uri, 'webhook_subscriptions')}"
    return one_call(path, "webhooks.get", shapes.WebhookSubscription)


def pieces(window: Interval, *, not_before: datetime) -> Iterator[Interval]:
    """The part of a window from `not_before` on, in pieces that Calendly takes, in order; none when it is all past."""
    start = max(window.start, not_before)
    while start < window.end:
        end = min(start + LONGEST_PIECE, window.end)
        yield Interval(start, end)
        start = end


def iso(instant: datetime) -> str:
    """`2026-12-01T09:00:00Z`; fractions of a second are cut."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def one_call(path: str, operation: str, shape: type[S]) -> Call[S]:
    """A read of one thing."""
    request = ApiRequest(method="GET", path=path, operation=operation)
    return Call(request, lambda data: shapes.read_resource(shape, data, where=operation))


def _many(path: str, operation: str, shape: type[S], pairs: tuple[tuple[str, str], ...]) -> Call[tuple[S, ...]]:
    request = ApiRequest(method="GET", path=path, operation=operation, query=pairs)
    return Call(request, lambda data: shapes.read_collection(shape, data, where=operation))


def page_call(path: str, operation: str, shape: type[S], pairs: tuple[tuple[str, str], ...]) -> Call[Page[S]]:
    """A read of one page of a list."""
    request = ApiRequest(method="GET", path=path, operation=operation, query=pairs)
    return Call(request, _page_reader(operation, shape))


def _page_reader(operation: str, shape: type[S]) -> Callable[[Any], Page[S]]:
    def read(data: Any) -> Page[S]:
        return Page(shapes.read_collection(shape, data, where=operation), shapes.next_page_token(data))

    return read
