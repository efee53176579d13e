"""Cal.com: everything around the account that has one shape in all versions.

Profile, webhooks, calendars and busy times, conferencing, teams, verified addresses.
https://cal.com/docs/api-reference/v2/me and its neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

from bot.errors import Refused
from bot.gateway.calcom.wire import (
    MOST_A_PAGE,
    Flag,
    Id,
    Instant,
    Items,
    Model,
    Text,
    Versions,
    data_of,
    nothing,
    read_many,
    read_one,
)
from bot.gateway.calls import ApiRequest, Call, Pairs, body, query
from bot.scheduling.models import (
    BusyTime,
    Calendar,
    ChangeKind,
    ConferencingApp,
    Person,
    Profile,
    Team,
    Webhook,
)
from bot.scheduling.times import Interval
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.scheduling.writes import ChangeProfile, ChangeWebhook, CreateWebhook

TRIGGERS = frozenset(
    {"BOOKING_CREATED", "BOOKING_REQUESTED", "BOOKING_RESCHEDULED", "BOOKING_CANCELLED", "BOOKING_REJECTED"}
    | {"BOOKING_PAYMENT_INITIATED", "BOOKING_PAID", "BOOKING_NO_SHOW_UPDATED", "MEETING_STARTED", "MEETING_ENDED"}
    | {"FORM_SUBMITTED", "FORM_SUBMITTED_NO_EVENT", "RECORDING_READY", "RECORDING_TRANSCRIPTION_GENERATED"}
    | {"INSTANT_MEETING", "OOO_CREATED", "AFTER_HOSTS_CAL_VIDEO_NO_SHOW", "AFTER_GUESTS_CAL_VIDEO_NO_SHOW"}
    | {"ROUTING_FORM_FALLBACK_HIT", "DELEGATION_CREDENTIAL_ERROR", "WRONG_ASSIGNMENT_REPORT"}
)
TRIGGER_OF_KIND = {
    ChangeKind.BOOKED: "BOOKING_CREATED",
    ChangeKind.REQUESTED: "BOOKING_REQUESTED",
    ChangeKind.MOVED: "BOOKING_RESCHEDULED",
    ChangeKind.CANCELLED: "BOOKING_CANCELLED",
    ChangeKind.REJECTED: "BOOKING_REJECTED",
    ChangeKind.NO_SHOW: "BOOKING_NO_SHOW_UPDATED",
    ChangeKind.STARTED: "MEETING_STARTED",
    ChangeKind.ENDED: "MEETING_ENDED",
}
SLUGS = {
    "daily_video": "cal-video",
    "google_video": "google-meet",
    "zoom_video": "zoom",
    "office365_video": "office365-video",
    "jitsi_video": "jitsi",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeRow(Model):
    id: Id
    email: str
    name: Text = ""
    username: Text = ""
    time_zone: Text = ""
    default_schedule_id: Id | None = None
    organization_id: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Webhook(Model):
    id: Id
    subscriber_url: str
    triggers: Annotated[tuple[str, ...], Items] = ()
    active: Flag = False
    event_type_id: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calendar(Model):
    external_id: str
    name: Text = ""
    credential_id: Id = ""
    primary: Flag = False
    is_selected: Flag = False
    read_only: Flag = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Connected(Model):
    integration: Any = None
    credential_id: Id = ""
    calendars: Annotated[tuple[_Calendar, ...], Items] = ()
    error: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calendars(Model):
    connected_calendars: tuple[_Connected, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Busy(Model):
    start: Instant
    end: Instant
    source: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _App(Model):
    type: str
    invalid: Flag = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _DefaultApp(Model):
    app_slug: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Team(Model):
    id: Id
    name: str
    slug: Text = ""
    is_organization: Flag = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member(Model):
    name: Text = ""
    email: Text = ""
    username: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Membership(Model):
    role: Text = ""
    accepted: Flag = False
    user_id: Id = ""
    user: _Member | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Email(Model):
    email: str


class AccountWire:
    """Builds and reads the calls."""

    def __init__(self, versions: Versions) -> None:
        self._headers = versions.header("other")

    def me(self) -> Call[Profile]:
        """Whose account it is."""
        return Call(self._get("/me", "me.get"), _read_me)

    def change_me(self, write: ChangeProfile) -> Call[Profile]:
        """What is None stays."""
        schedule = None if write.default_schedule is None else int(write.default_schedule)
        content = body(name=write.name, timeZone=write.zone, defaultScheduleId=schedule)
        return Call(self._request("PATCH", "/me", "me.change", content), _read_me)

    def webhooks(self, *, skip: int = 0, event_type: str = "") -> Call[tuple[Webhook, ...]]:
        """One page of subscriptions of the account or of one event type."""
        pages = query(take=MOST_A_PAGE, skip=skip)
        return Call(self._get(_hooks(event_type), "webhooks.list", pages), _read_webhooks)

    def webhook(self, identifier: str, event_type: str = "") -> Call[Webhook]:
        """One subscription."""
        return Call(self._get(f"{_hooks(event_type)}/{identifier}", "webhooks.get"), _read_webhook)

    def create_webhook(self, write: CreateWebhook, *, secret: str) -> Call[Webhook]:
        """Never with a template: deliveries keep the shape that we can read."""
        content = body(
            active=True, subscriberUrl=write.url, triggers=list(trigger_names(write.triggers)), secret=secret or None
        )
        return Call(self._request("POST", _hooks(write.event_type), "webhooks.create", content), _read_webhook)

    def change_webhook(self, write: ChangeWebhook) -> Call[Webhook]:
        """What is None stays."""
        triggers = None if write.triggers is None else list(trigger_names(write.triggers))
        path = f"{_hooks(write.event_type)}/{write.webhook}"
        return Call(
            self._request("PATCH", path, "webhooks.change", body(active=write.is_active, triggers=triggers)),
            _read_webhook,
        )

    def delete_webhook(self, identifier: str, event_type: str = "") -> Call[None]:
        """Final."""
        return Call(self._request("DELETE", f"{_hooks(event_type)}/{identifier}", "webhooks.delete"), nothing)

    def calendars(self) -> Call[tuple[Calendar, ...]]:
        """Connected calendars, those in trouble included."""
        return Call(self._get("/calendars", "calendars.list"), _read_calendars)

    def busy_times(self, window: Interval, zone: str, calendars: tuple[Calendar, ...]) -> Call[tuple[BusyTime, ...]]:
        """Busy stretches, asked in whole days of the zone.

        Dates as plain dates and both names of the zone: older builds read only these, and answer «free» to anything else.
        """
        local = ZoneInfo(zone)
        which = [
            pair
            for index, each in enumerate(calendars)
            for pair in (
                (f"calendarsToLoad[{index}][credentialId]", each.credential),
                (f"calendarsToLoad[{index}][externalId]", each.id),
            )
        ]
        days = query(
            dateFrom=window.start.astimezone(local).date().isoformat(),
            dateTo=window.end.astimezone(local).date().isoformat(),
            timeZone=zone,
            loggedInUsersTz=zone,
        )
        return Call(self._get("/calendars/busy-times", "calendars.busy", days + tuple(which)), _read_busy)

    def conferencing(self) -> Call[tuple[ConferencingApp, ...]]:
        """Connected apps."""
        return Call(self._get("/conferencing", "conferencing.list"), _read_apps)

    def default_conferencing(self) -> Call[str]:
        """The slug of the default app, or nothing."""
        return Call(self._get("/conferencing/default", "conferencing.default"), _read_default_app)

    def teams(self, organization: str = "") -> Call[tuple[Team, ...]]:
        """The account's teams; with an organisation, its teams that the account belongs to."""
        path = f"/organizations/{organization}/teams/me" if organization else "/teams"
        return Call(self._get(path, "teams.list"), lambda answer: _read_teams(answer, organization))

    def organization_slug(self, organization: str) -> Call[str]:
        """The public name of the account's organisation, which stands among its teams; empty where it does not."""
        return Call(self._get("/teams", "teams.organization"), lambda answer: _read_slug(answer, organization))

    def members(self, team: Team) -> Call[tuple[Person, ...]]:
        """Members of a team who have accepted."""
        root = f"/organizations/{team.organization}" if team.organization else ""
        return Call(
            self._get(f"{root}/teams/{team.id}/memberships", "teams.members", query(take=MOST_A_PAGE)), _read_members
        )

    def verified_emails(self) -> Call[tuple[str, ...]]:
        """Verified addresses."""
        call = self._get("/verified-resources/emails", "verified_emails.list", query(take=MOST_A_PAGE))
        return Call(call, lambda answer: tuple(row.email for row in read_many(_Email, data_of(answer))))

    def _get(self, path: str, operation: str, parameters: Pairs = ()) -> ApiRequest:
        return ApiRequest(method="GET", path=path, operation=operation, query=parameters, headers=self._headers)

    def _request(self, method: str, path: str, operation: str, content: dict[str, Any] | None = None) -> ApiRequest:
        return ApiRequest(method=method, path=path, operation=operation, body=content, headers=self._headers)


def trigger_names(triggers: tuple[str, ...]) -> tuple[str, ...]:
    """Cal.com's names of triggers; our kinds of change are understood too. Refuses what Cal.com does not know."""
    kinds = {str(kind): name for kind, name in TRIGGER_OF_KIND.items()}
    names = tuple(dict.fromkeys(kinds.get(trigger.lower(), trigger.upper()) for trigger in triggers))
    unknown = [name for name in names if name not in TRIGGERS]
    if unknown or not names:
        raise Refused(
            f"unknown triggers {unknown}", reason="unknown trigger", for_person="Cal.com does not send that news."
        )
    return names


def _hooks(event_type: str) -> str:
    return f"/event-types/{event_type}/webhooks" if event_type else "/webhooks"


def _read_me(answer: Any) -> Profile:
    row = read_one(MeRow, data_of(answer))
    return Profile(
        id=row.id,
        name=row.name or row.username or row.email,
        email=row.email.lower(),
        username=row.username,
        zone=row.time_zone or "UTC",
        default_schedule=row.default_schedule_id or "",
        organization=row.organization_id or "",
        booking_page=row.username,
    )


def _read_webhook(answer: Any) -> Webhook:
    return _webhook(read_one(_Webhook, data_of(answer)))


def _read_webhooks(answer: Any) -> tuple[Webhook, ...]:
    return tuple(_webhook(row) for row in read_many(_Webhook, data_of(answer)))


def _webhook(row: _Webhook) -> Webhook:
    return Webhook(
        id=row.id,
        url=row.subscriber_url,
        triggers=row.triggers,
        is_active=row.active,
        event_type=row.event_type_id or "",
    )


def _read_calendars(answer: Any) -> tuple[Calendar, ...]:
    rows = read_one(_Calendars, data_of(answer)).connected_calendars
    return tuple(calendar for row in rows for calendar in _calendars_of(row))


def _calendars_of(row: _Connected) -> tuple[Calendar, ...]:
    name = row.integration.get("name") if isinstance(row.integration, dict) else row.integration
    integration = name if isinstance(name, str) else ""
    trouble = row.error.get("message") if isinstance(row.error, dict) else row.error
    if trouble and not row.calendars:
        return (
            Calendar(
                id="", name=integration, integration=integration, credential=row.credential_id, error=str(trouble)[:200]
            ),
        )
    return tuple(
        Calendar(
            id=each.external_id,
            name=each.name or each.external_id,
            integration=integration,
            credential=each.credential_id or row.credential_id,
            is_primary=each.primary,
            is_selected=each.is_selected,
            is_read_only=each.read_only,
        )
        for each in row.calendars
    )


def _read_busy(answer: Any) -> tuple[BusyTime, ...]:
    rows = read_many(_Busy, data_of(answer))
    times = (BusyTime(interval=Interval(row.start, row.end), source=row.source) for row in rows if row.end > row.start)
    return tuple(sorted(times, key=lambda busy: busy.interval))


def _read_apps(answer: Any) -> tuple[ConferencingApp, ...]:
    rows = read_many(_App, data_of(answer))
    return tuple(
        ConferencingApp(slug=SLUGS.get(row.type, row.type.replace("_", "-")), is_invalid=row.invalid) for row in rows
    )


def _read_default_app(answer: Any) -> str:
    data = answer.get("data") if isinstance(answer, dict) else None
    return read_one(_DefaultApp, data).app_slug if isinstance(data, dict) else ""


def _read_teams(answer: Any, organization: str) -> tuple[Team, ...]:
    rows = read_many(_Team, data_of(answer))
    return tuple(
        Team(id=row.id, name=row.name, slug=row.slug, organization=organization)
        for row in rows
        if not row.is_organization
    )


def _read_slug(answer: Any, organization: str) -> str:
    rows = read_many(_Team, data_of(answer))
    return next((row.slug for row in rows if row.is_organization and row.id == organization), "")


def _read_members(answer: Any) -> tuple[Person, ...]:
    rows = read_many(_Membership, data_of(answer))
    return tuple(
        Person(
            name=row.user.name or row.user.email,
            email=row.user.email.lower() or None,
            username=row.user.username,
            id=row.user_id,
        )
        for row in rows
        if row.user and row.accepted
    )
