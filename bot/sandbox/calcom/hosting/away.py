"""Cal.com's out of office: of oneself, of a team's member, of an organization's. Hosted only, whole UTC days."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.sandbox.calcom.calls import Access, Call, number_in, route, success
from bot.sandbox.calcom.errors import refuse, refuse_properties
from bot.sandbox.calcom.slots import read_instant
from bot.sandbox.calcom.validation import TEXT, WHOLE, Check, Field, Shape, check, one_of
from bot.sandbox.world.exchange import iso_milliseconds
from bot.sandbox.world.hosting import Away, end_of_day, floor_of_day

if TYPE_CHECKING:
    from bot.sandbox.world.exchange import Answer

REASONS = ("unspecified", "vacation", "travel", "sick", "public_holiday")


def _ends_in_z(value: Any) -> bool:
    return isinstance(value, str) and value.endswith("Z") and len(value) > 10


_ZULU = Check("isDateString", _ends_in_z, "{} must be a valid ISO 8601 date string in UTC, ending in Z")
_REASON = Check("isEnum", one_of(REASONS), "{} must be one of the following values: " + ", ".join(REASONS))
_REST = (
    Field("notes", (TEXT,), is_optional=True),
    Field("toUserId", (WHOLE,), is_optional=True),
    Field("reason", (_REASON,), is_optional=True),
)
_CREATE = Shape(fields=(Field("start", (_ZULU,)), Field("end", (_ZULU,)), *_REST))
_CHANGE = Shape(fields=(Field("start", (_ZULU,), is_optional=True), Field("end", (_ZULU,), is_optional=True), *_REST))


def _shape(away: Away) -> dict[str, Any]:
    return {
        "id": away.id,
        "uuid": away.uid,
        "userId": away.owner,
        "toUserId": away.stand_in,
        "start": iso_milliseconds(away.start),
        "end": iso_milliseconds(away.end),
        "notes": away.notes,
        "reason": away.reason,
    }


def _whose(call: Call) -> int:
    """The caller, or the member that the path names and that shares a team with them."""
    if "user" not in call.params:
        return call.owner.id
    wanted = number_in(call.params["user"]) or 0
    team = call.world.teams.get(number_in(call.params["team"]) or 0)
    if team is None or call.owner.id not in team.members or wanted not in team.members:
        raise refuse(403, "You are not allowed to manage the out of office of that user.")
    return wanted


def _list(call: Call) -> Answer:
    owner = _whose(call)
    return success([_shape(away) for away in call.world.aways.values() if away.owner == owner])


def _create(call: Call) -> Answer:
    owner = _whose(call)
    errors = check(_CREATE, call.body)
    if errors:
        raise refuse_properties(errors)
    world = call.world
    away = Away(
        id=world.number("away"),
        uid=world.long_uid(),
        owner=owner,
        start=floor_of_day(read_instant(call.body["start"])),
        end=end_of_day(read_instant(call.body["end"])),
        reason=call.body.get("reason") or "unspecified",
        notes=call.body.get("notes"),
        stand_in=_stand_in(call, owner),
    )
    _require_order(call, away)
    world.aways[away.id] = away
    return success(_shape(away), status=201)


def _require_order(call: Call, away: Away) -> None:
    if away.end <= away.start:
        raise refuse(400, "Start date must be before end date.")
    others = (one for one in call.world.aways.values() if one.owner == away.owner and one.id != away.id)
    if any(one.interval.overlaps(away.interval) for one in others):
        raise refuse(409, "An out-of-office entry already exists for these days.")


def _stand_in(call: Call, owner: int) -> int | None:
    wanted = call.body.get("toUserId")
    if wanted is None:
        return None
    shared = any(wanted in team.members and owner in team.members for team in call.world.teams.values())
    if not shared or wanted == owner:
        raise refuse(400, "The user to forward to must be a member of one of your teams.")
    return int(wanted)


def _own(call: Call) -> Away:
    owner = _whose(call)
    away = call.world.aways.get(number_in(call.params["id"]) or 0)
    if away is None or away.owner != owner:
        raise refuse(404, f"Out of office with id {call.params['id']} not found")
    return away


def _change(call: Call) -> Answer:
    away = _own(call)
    errors = check(_CHANGE, call.body)
    if errors:
        raise refuse_properties(errors)
    body = call.body
    changed = replace(
        away,
        start=floor_of_day(read_instant(body["start"])) if body.get("start") else away.start,
        end=end_of_day(read_instant(body["end"])) if body.get("end") else away.end,
        reason=body.get("reason") or away.reason,
        notes=body.get("notes", away.notes),
        stand_in=_stand_in(call, away.owner) if "toUserId" in body else away.stand_in,
    )
    _require_order(call, changed)
    call.world.aways[away.id] = changed
    return success(_shape(changed))


def _delete(call: Call) -> Answer:
    away = _own(call)
    del call.world.aways[away.id]
    return success(_shape(away))


_PATHS = ("/v2/me/ooo", "/v2/teams/{team}/users/{user}/ooo", "/v2/organizations/{team}/users/{user}/ooo")
ROUTES = tuple(
    route(method, f"{path}{rest}", handler, access=Access.KEY, is_hosted_only=True)
    for path in _PATHS
    for method, rest, handler in (
        ("GET", "", _list),
        ("POST", "", _create),
        ("PATCH", "/{id}", _change),
        ("DELETE", "/{id}", _delete),
    )
)
