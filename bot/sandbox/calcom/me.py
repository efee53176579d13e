"""Cal.com's profile of the key's owner."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.sandbox.calcom.calls import Call, route, success
from bot.sandbox.calcom.errors import refuse_properties
from bot.sandbox.calcom.validation import TEXT, WHOLE, ZONE, Check, Field, Shape, check, one_of

if TYPE_CHECKING:
    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.exchange import Answer

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PROFILE = ("bio", "avatarUrl", "locale", "metadata")
_EMAIL = Check("isEmail", lambda value: isinstance(value, str) and "@" in value, "{} must be an email")
_WEEK_START = Check("isEnum", one_of(WEEKDAYS), "{} must be one of the following values: " + ", ".join(WEEKDAYS))
_FORMAT = Check("isEnum", lambda value: value in (12, 24), "timeFormat must be a number either 12 or 24")
_CHANGES = Shape(
    fields=(
        Field("email", (_EMAIL,), is_optional=True),
        Field("name", (TEXT,), is_optional=True),
        Field("timeFormat", (_FORMAT,), is_optional=True),
        Field("defaultScheduleId", (WHOLE,), is_optional=True),
        Field("weekStart", (_WEEK_START,), is_optional=True),
        Field("timeZone", (ZONE,), is_optional=True),
    ),
    also=_PROFILE,
)


def me_shape(account: Account) -> dict[str, Any]:
    """The profile as it goes out."""
    return {
        "id": account.id,
        "email": account.email,
        "name": account.name,
        "avatarUrl": account.profile.get("avatarUrl"),
        "bio": account.profile.get("bio"),
        "timeFormat": account.time_format,
        "defaultScheduleId": account.default_schedule,
        "weekStart": account.week_start,
        "timeZone": account.zone,
        "username": account.username,
        "organizationId": account.organization,
    }


def _get(call: Call) -> Answer:
    return success(me_shape(call.owner))


def _patch(call: Call) -> Answer:
    errors = check(_CHANGES, call.body)
    if errors:
        raise refuse_properties(errors)
    wanted = call.body
    account = replace(
        call.owner,
        name=wanted.get("name") or call.owner.name,
        email=wanted.get("email") or call.owner.email,
        zone=wanted.get("timeZone") or call.owner.zone,
        time_format=wanted.get("timeFormat") or call.owner.time_format,
        week_start=wanted.get("weekStart") or call.owner.week_start,
        default_schedule=wanted.get("defaultScheduleId") or call.owner.default_schedule,
        profile={**call.owner.profile, **{key: wanted[key] for key in _PROFILE if key in wanted}},
    )
    call.world.accounts[account.id] = account
    return success(me_shape(account))


ROUTES = (route("GET", "/v2/me", _get), route("PATCH", "/v2/me", _patch))
