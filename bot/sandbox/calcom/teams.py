"""Cal.com teams and organizations: who is in them, their event types, bookings and hours. Hosted edition only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.calcom.bookings.booking import BOOKING_VERSIONS
from bot.sandbox.calcom.bookings.lists import filtered, paged, read_filters
from bot.sandbox.calcom.calls import Call, Handler, Route, number_in, route, success
from bot.sandbox.calcom.errors import refuse
from bot.sandbox.calcom.event_type_shapes import event_type_shape
from bot.sandbox.calcom.schedules import schedule_shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.calendar import Booking, EventType, Team
    from bot.sandbox.world.exchange import Answer

_TYPE_VERSIONS = ("2024-06-14",)
_SCHEDULE_VERSIONS = ("2024-06-11", "2024-06-14")
_DEFAULT_PAGE = 250


def team_shape(team: Team) -> dict[str, Any]:
    """A team as it goes out."""
    shape: dict[str, Any] = {
        "id": team.id,
        "name": team.name,
        "slug": team.slug,
        "bio": "",
        "hideBranding": False,
        "isOrganization": team.is_organization,
        "isPrivate": False,
        "hideBookATeamMember": False,
        "metadata": {},
        "timeZone": "Europe/Berlin",
        "weekStart": "Monday",
    }
    return shape | {"parentId": team.parent} if team.parent else shape


def find_organization(call: Call) -> Team | None:
    """The organization of the path, if it names one; only its members get it."""
    if "org" not in call.params:
        return None
    team = call.world.teams.get(number_in(call.params["org"]) or 0)
    if team is None or not team.is_organization or call.owner.id not in team.members:
        raise refuse(403, f"IsOrgGuard - no organization found with id={call.params['org']}.")
    return team


def find_team(call: Call) -> Team:
    """The team of the path; only its members get it."""
    organization = find_organization(call)
    team = call.world.teams.get(number_in(call.params["team"]) or 0)
    if team is None or (organization is not None and team.parent != organization.id):
        raise refuse(404, f"Team with id {call.params['team']} not found")
    allowed = organization.members if organization else team.members
    if call.owner.id not in allowed:
        raise refuse(403, f"User is not a member of team with id {team.id}.")
    return team


def page_of(call: Call, rows: list[Any]) -> list[Any]:
    """The part of a list that was asked for."""
    take = number_in(str(call.query.get("take", ""))) or _DEFAULT_PAGE
    skip = number_in(str(call.query.get("skip", ""))) or 0
    return rows[skip : skip + take]


def _my_teams(call: Call) -> Answer:
    mine = [team for team in call.world.teams.values() if call.owner.id in team.members]
    mine.sort(key=lambda team: team.is_organization)
    return success([team_shape(team) for team in mine])


def _organization_teams(call: Call) -> Answer:
    organization = find_organization(call)
    teams = [t for t in call.world.teams.values() if organization and t.parent == organization.id]
    return success(page_of(call, [team_shape(team) for team in teams]))


def _my_organization_teams(call: Call) -> Answer:
    organization = find_organization(call)
    mine = (t for t in call.world.teams.values() if organization and t.parent == organization.id)
    rows = [
        {**team_shape(t), "accepted": True, "role": _role(t, call.owner)} for t in mine if call.owner.id in t.members
    ]
    return success(page_of(call, rows))


def _one_team(call: Call) -> Answer:
    return success(team_shape(find_team(call)))


def _types_of(call: Call, team: Team) -> list[EventType]:
    slug = call.query.get("eventSlug")
    kinds = (kind for kind in call.world.event_types.values() if kind.team == team.id)
    return [kind for kind in kinds if slug in (None, kind.slug)]


def _types(call: Call) -> Answer:
    kinds = _types_of(call, find_team(call))
    return success(page_of(call, [event_type_shape(call.world, kind) for kind in kinds]))


def _one_type(call: Call) -> Answer:
    number = number_in(call.params["type"])
    kind = next((one for one in _types_of(call, find_team(call)) if one.id == number), None)
    if kind is None:
        raise refuse(404, f"Event type with id {call.params['type']} not found")
    return success(event_type_shape(call.world, kind))


def _organization_types(call: Call) -> Answer:
    organization = find_organization(call)
    teams = [t for t in call.world.teams.values() if organization and t.parent == organization.id]
    kinds = [kind for team in teams for kind in _types_of(call, team)]
    return success(page_of(call, [event_type_shape(call.world, kind) for kind in kinds]))


def _role(team: Team, account: Account) -> str:
    return "OWNER" if team.members[:1] == (account.id,) else "MEMBER"


def _membership(team: Team, account: Account) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "id": team.id * 1000 + account.id,
        "userId": account.id,
        "teamId": team.id,
        "accepted": True,
        "role": _role(team, account),
        "disableImpersonation": False,
        "user": {
            "username": account.username,
            "name": account.name,
            "email": account.email,
            "bio": "",
            "metadata": {},
        },
    }
    return shape | {"attributes": []} if team.is_organization else shape


def _members(call: Call, team: Team) -> Iterable[Account]:
    return (call.world.accounts[member] for member in team.members)


def _memberships(call: Call) -> Answer:
    team = find_team(call) if "team" in call.params else find_organization(call)
    rows = [_membership(team, account) for account in _members(call, team)] if team else []
    return success(page_of(call, rows))


def _schedules(call: Call) -> Answer:
    team = find_team(call) if "team" in call.params else find_organization(call)
    members = set(team.members) if team else set()
    if "user" in call.params:
        members &= {number_in(call.params["user"]) or 0}
    rows = [schedule_shape(call.world, one) for one in call.world.schedules.values() if one.owner in members]
    return success(page_of(call, rows))


def _bookings(call: Call) -> Answer:
    team = find_team(call) if "team" in call.params else find_organization(call)
    members = set(team.members) if team else set()
    if "user" in call.params:
        members &= {number_in(call.params["user"]) or 0}
    filters = read_filters(call.query)
    kinds = call.world.event_types

    def belongs(booking: Booking) -> bool:
        if "team" in call.params:
            kind = kinds.get(booking.event_type)
            return kind is not None and team is not None and kind.team == team.id
        return bool(set(booking.hosts) & members)

    found = filtered(call.world, (one for one in call.world.bookings.values() if belongs(one)), filters)
    return paged(call.world, found, filters)


def _users(call: Call) -> Answer:
    organization = find_organization(call)
    emails = call.query.get("emails")
    wanted = set(emails if isinstance(emails, list) else [emails]) if emails else None
    accounts = [a for a in _members(call, organization) if wanted is None or a.email in wanted] if organization else []
    return success(page_of(call, [_user(account, organization) for account in accounts]))


def _user(account: Account, organization: Team | None) -> dict[str, Any]:
    nothing = "emailVerified bio avatarUrl brandColor darkBrandColor theme timeFormat"
    return {
        **dict.fromkeys(nothing.split()),
        "id": account.id,
        "email": account.email,
        "username": account.username,
        "name": account.name,
        "timeZone": account.zone,
        "weekStart": account.week_start,
        "appTheme": None,
        "defaultScheduleId": account.default_schedule,
        "locale": account.profile.get("locale", "en"),
        "hideBranding": False,
        "metadata": {},
        "createdDate": "2026-01-01T09:00:00.000Z",
        "profile": {
            "id": account.id,
            "organizationId": organization.id if organization else 0,
            "userId": account.id,
            "username": account.username,
        },
    }


def _hosted(method: str, template: str, handler: Handler, versions: tuple[str, ...] = ()) -> Route:
    return route(method, template, handler, versions=versions, is_hosted_only=True)


_TEAM = "/v2/teams/{team}"
_ORG = "/v2/organizations/{org}"
ROUTES = (
    _hosted("GET", "/v2/teams", _my_teams),
    _hosted("GET", _TEAM, _one_team),
    _hosted("GET", f"{_TEAM}/event-types", _types, _TYPE_VERSIONS),
    _hosted("GET", f"{_TEAM}/event-types/{{type}}", _one_type, _TYPE_VERSIONS),
    _hosted("GET", f"{_TEAM}/bookings", _bookings, BOOKING_VERSIONS),
    _hosted("GET", f"{_TEAM}/memberships", _memberships),
    _hosted("GET", f"{_TEAM}/schedules", _schedules, _SCHEDULE_VERSIONS),
    _hosted("GET", f"{_ORG}/teams", _organization_teams),
    _hosted("GET", f"{_ORG}/teams/me", _my_organization_teams),
    _hosted("GET", f"{_ORG}/teams/event-types", _organization_types, _TYPE_VERSIONS),
    _hosted("GET", f"{_ORG}/teams/{{team}}", _one_team),
    _hosted("GET", f"{_ORG}/teams/{{team}}/event-types", _types, _TYPE_VERSIONS),
    _hosted("GET", f"{_ORG}/teams/{{team}}/event-types/{{type}}", _one_type, _TYPE_VERSIONS),
    _hosted("GET", f"{_ORG}/teams/{{team}}/bookings", _bookings, BOOKING_VERSIONS),
    _hosted("GET", f"{_ORG}/teams/{{team}}/memberships", _memberships),
    _hosted("GET", f"{_ORG}/teams/{{team}}/schedules", _schedules, _SCHEDULE_VERSIONS),
    _hosted("GET", f"{_ORG}/bookings", _bookings, BOOKING_VERSIONS),
    _hosted("GET", f"{_ORG}/memberships", _memberships),
    _hosted("GET", f"{_ORG}/schedules", _schedules, _SCHEDULE_VERSIONS),
    _hosted("GET", f"{_ORG}/users", _users),
    _hosted("GET", f"{_ORG}/users/{{user}}/bookings", _bookings, BOOKING_VERSIONS),
    _hosted("GET", f"{_ORG}/users/{{user}}/schedules", _schedules, _SCHEDULE_VERSIONS),
)
