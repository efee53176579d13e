"""What is connected to a Cal.com account: calendars and their busy times, conferencing, verified addresses.

The bare world has nothing connected; elsewhere everybody has one invented calendar that holds their appointments.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.calcom.calls import Call, number_in, route, success
from bot.sandbox.calcom.errors import refuse
from bot.sandbox.calcom.slots import read_instant
from bot.sandbox.calcom.validation import is_iso, zone_names
from bot.sandbox.world.accounts import Account
from bot.sandbox.world.exchange import Answer, iso_milliseconds
from bot.scheduling.times import Interval, wall_to_instant

_CONFERENCING = ("google-meet", "zoom", "daily-video", "office365-video")
_CALENDAR_TYPE = "google_calendar"


def _calendar(account: Account) -> dict[str, Any]:
    return {
        "externalId": account.email,
        "integration": _CALENDAR_TYPE,
        "name": account.email,
        "primary": True,
        "readOnly": False,
        "email": account.email,
        "isSelected": True,
        "credentialId": account.id,
        "delegationCredentialId": None,
    }


def _calendars(call: Call) -> Answer:
    if not call.world.is_hosted:
        return success({"connectedCalendars": [], "destinationCalendar": {}})
    account = call.owner
    integration = {
        "name": "Google Calendar",
        "description": "A calendar of the practice world",
        "installed": True,
        "type": _CALENDAR_TYPE,
        "title": "Google Calendar",
        "variant": "calendar",
        "category": "calendar",
        "categories": ["calendar"],
        "logo": "icon.svg",
        "publisher": "Sandbox",
        "slug": "google-calendar",
        "url": "https://app.example.com/apps/google-calendar",
        "email": "help@example.com",
        "locationOption": None,
        "appData": None,
        "dirName": "googlecalendar",
    }
    calendar = _calendar(account)
    connected = {
        "integration": integration,
        "credentialId": account.id,
        "delegationCredentialId": None,
        "primary": calendar,
        "calendars": [calendar],
    }
    destination = {
        **calendar,
        "id": account.id,
        "primaryEmail": account.email,
        "userId": account.id,
        "eventTypeId": None,
        "integrationTitle": "Google Calendar",
    }
    return success({"connectedCalendars": [connected], "destinationCalendar": destination})


def _busy_times(call: Call) -> Answer:
    zone_name = call.query.get("timeZone") or call.query.get("loggedInUsersTz")
    if not zone_name:
        raise refuse(400, "Either timeZone or loggedInUsersTz must be provided")
    name = zone_names().get(str(zone_name).lower())
    if name is None:
        raise refuse(400, "timeZone must be a valid IANA time-zone")
    span = _span(call, ZoneInfo(name))
    asked = call.query.get("calendarsToLoad")
    rows = asked if isinstance(asked, list) else []
    own = str(call.owner.id) if call.world.is_hosted else None
    if any(not isinstance(row, dict) or row.get("credentialId") != own for row in rows):
        raise refuse(401, "These credentials do not belong to you")
    names = {row.get("externalId") for row in rows}
    busy = sorted(
        (one for one in call.world.busy if one.owner == call.owner.id and one.interval.overlaps(span)),
        key=lambda one: one.start,
    )
    return success(
        [
            {"start": iso_milliseconds(one.start), "end": iso_milliseconds(one.end), "source": call.owner.email}
            for one in busy
            if call.owner.email in names
        ]
    )


def _span(call: Call, zone: ZoneInfo) -> Interval:
    """The days asked for, in days of the zone; whole instants are taken as they are."""
    bounds: list[datetime] = []
    for name in ("dateFrom", "dateTo"):
        text = call.query.get(name)
        if not is_iso(text):
            raise refuse(400, f"{name} must be a valid ISO 8601 date string")
        day = datetime.fromisoformat(str(text)[:10]).date() + timedelta(days=1 if name == "dateTo" else 0)
        bounds.append(wall_to_instant(day, time(0), zone) if len(str(text)) == 10 else read_instant(str(text)))
    start, end = bounds
    return Interval(start, end if end > start else start + timedelta(seconds=1))


def _conferencing(call: Call) -> Answer:
    if not call.world.is_hosted:
        return success([])
    return success([{"id": call.owner.id, "type": "google_video", "userId": call.owner.id, "invalid": False}])


def _default_app(call: Call) -> Answer:
    slug = call.owner.profile.get("defaultApp")
    if slug is None:
        return Answer(body={"status": "success"})
    return success({"appSlug": slug, "appLink": ""})


def _set_default_app(call: Call) -> Answer:
    app = _app(call)
    profile = dict(call.owner.profile) | {"defaultApp": app}
    account = call.owner
    call.world.accounts[account.id] = Account(**{**_fields(account), "profile": profile})
    return success({"appSlug": app, "appLink": ""})


def _fields(account: Account) -> dict[str, Any]:
    return {name: getattr(account, name) for name in Account.__dataclass_fields__}


def _connect_app(call: Call) -> Answer:
    app = _app(call)
    return success(
        {"id": call.owner.id, "type": f"{app.replace('-', '_')}_video", "userId": call.owner.id, "invalid": False}
    )


def _disconnect_app(call: Call) -> Answer:
    _app(call)
    return Answer(body={"status": "success"})


def _app(call: Call) -> str:
    app = call.params["app"]
    if app not in _CONFERENCING:
        raise refuse(400, f"Invalid conferencing app. Available apps: {', '.join(_CONFERENCING)}")
    return app


def _emails(call: Call) -> Answer:
    take = number_in(str(call.query.get("take", ""))) or 250
    skip = number_in(str(call.query.get("skip", ""))) or 0
    return success([_email(call.owner)][skip : skip + take] if call.world.is_hosted else [])


def _email(account: Account) -> dict[str, Any]:
    return {"id": account.id, "email": account.email, "userId": account.id}


def _email_by_id(call: Call) -> Answer:
    if number_in(call.params["id"]) != call.owner.id or not call.world.is_hosted:
        raise refuse(404, f"Verified email with id {call.params['id']} not found")
    return success(_email(call.owner))


def _phones(_call: Call) -> Answer:
    return success([])


ROUTES = (
    route("GET", "/v2/calendars", _calendars),
    route("GET", "/v2/calendars/busy-times", _busy_times),
    route("GET", "/v2/conferencing", _conferencing),
    route("GET", "/v2/conferencing/default", _default_app),
    route("POST", "/v2/conferencing/{app}/default", _set_default_app),
    route("POST", "/v2/conferencing/{app}/connect", _connect_app),
    route("DELETE", "/v2/conferencing/{app}/disconnect", _disconnect_app),
    route("GET", "/v2/verified-resources/emails", _emails),
    route("GET", "/v2/verified-resources/emails/{id}", _email_by_id),
    route("GET", "/v2/verified-resources/phones", _phones),
)
