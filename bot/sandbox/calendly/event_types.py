"""Calendly's event types made and changed by API, and one-off types."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox.calendly.calls import (
    PAGES,
    CalendlyCall,
    denied,
    has_plan,
    identifier,
    invalid,
    iso_micros,
    last_part,
    one,
    route,
    type_uri,
    user_uri,
)
from bot.sandbox.calendly.people import find_type
from bot.sandbox.calendly.shapes import type_shape
from bot.sandbox.world.calendar import EventType
from bot.scheduling.times import find_zone

if TYPE_CHECKING:
    from bot.sandbox.world.exchange import Answer

BUFFERS = (0, 5, 10, 15, 30, 45, 60, 90, 120, 150, 180)
_LONGEST, _SHORTEST_STEP, _MOST_LENGTHS = 720, 5, 4
_KINDS = frozenset(
    {"physical", "ask_invitee", "custom", "outbound_call", "inbound_call", "zoom_conference", "google_conference"}
    | {"gotomeeting_conference", "microsoft_teams_conference", "webex_conference"}
)


def _create(call: CalendlyCall) -> Answer:
    body = call.body
    if body.get("owner") != user_uri(call.owner.id):
        raise invalid(("owner", "must be the current user"))
    for name in ("name", "duration"):
        if not body.get(name):
            raise invalid((name, "must be filled"))
    changes = _changes(body)
    number = call.world.number("event_type")
    kind = EventType(
        id=number,
        owner=call.owner.id,
        hosts=(call.owner.id,),
        title=str(body["name"]),
        slug=_slug(str(body["name"]), number),
        lengths=changes.pop("lengths"),
        notice=timedelta(0),
        created_at=call.world.now(),
    )
    kind = replace(kind, **changes)
    call.world.event_types[kind.id] = kind
    return one(type_shape(call.world, kind), status=201)


def _slug(name: str, number: int) -> str:
    plain = "-".join("".join(letter if letter.isalnum() else " " for letter in name.lower()).split())
    return plain or f"type-{number}"


def _change(call: CalendlyCall) -> Answer:
    kind = find_type(call, call.params["uuid"])
    if kind.seat_count or kind.scheduling:
        raise denied("Only solo event types can be updated")
    body = call.body
    changes = _changes({"duration": int(kind.length.total_seconds() // 60), **body})
    if "duration" not in body and "duration_options" not in body:
        changes.pop("lengths", None)
        changes.pop("has_options", None)
    if body.get("name"):
        changes["title"] = str(body["name"])
    settings = {**kind.settings, **changes.pop("settings", {})}
    kind = replace(kind, **changes, settings=settings)
    call.world.event_types[kind.id] = kind
    return one(type_shape(call.world, kind))


def _changes(body: Any) -> dict[str, Any]:
    """What a body sets, checked."""
    changes: dict[str, Any] = {}
    lengths = [body["duration"], *(body.get("duration_options") or [])]
    if len(lengths) - 1 > _MOST_LENGTHS or not all(_is_whole(each, 1, _LONGEST) for each in lengths):
        raise invalid(("duration", f"must be between 1 and {_LONGEST}, with at most {_MOST_LENGTHS} options"))
    changes["lengths"] = tuple(dict.fromkeys(timedelta(minutes=each) for each in lengths))
    changes["has_options"] = len(changes["lengths"]) > 1
    for name, target in (("before_buffer", "buffer_before"), ("after_buffer", "buffer_after")):
        if name in body:
            if body[name] not in BUFFERS:
                raise invalid((name, f"must be one of {', '.join(str(each) for each in BUFFERS)}"))
            changes[target] = timedelta(minutes=body[name])
    if "start_time_increment" in body:
        if not _is_whole(body["start_time_increment"], _SHORTEST_STEP, _LONGEST):
            raise invalid(("start_time_increment", f"must be between {_SHORTEST_STEP} and {_LONGEST}"))
        changes["slot_interval"] = timedelta(minutes=body["start_time_increment"])
    if "description" in body:
        changes["description"] = body["description"]
    if "locations" in body:
        changes["places"] = _locations(body["locations"])
    settings = {name: body[name] for name in ("active", "color", "locale") if name in body}
    return {**changes, "settings": settings} if settings else changes


def _locations(value: Any) -> tuple[dict[str, Any], ...]:
    rows = value if isinstance(value, list) else []
    known = tuple(dict(row) for row in rows if isinstance(row, dict) and row.get("kind") in _KINDS)
    if not isinstance(value, list) or len(known) < len(rows):
        raise invalid(("locations", "holds an unknown kind"))
    return known


def _is_whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _create_one_off(call: CalendlyCall) -> Answer:
    body = call.body
    if not has_plan(call.owner):
        raise denied()
    missing = [(name, "must be filled") for name in ("name", "host", "duration", "date_setting") if not body.get(name)]
    if missing:
        raise invalid(*missing)
    if body["host"] != user_uri(call.owner.id) or last_part(str(body["host"]), "users") is None:
        raise invalid(("host", "must be the current user"))
    if body.get("timezone") and find_zone(str(body["timezone"])) is None:
        raise invalid(("timezone", "is invalid"))
    first, last = _dates(body["date_setting"])
    changes = _changes(body)
    number = call.world.number("event_type")
    slug = identifier("one-off", number).lower()
    kind = EventType(
        id=number,
        owner=call.owner.id,
        hosts=(call.owner.id,),
        title=str(body["name"]),
        slug=slug,
        lengths=changes["lengths"],
        notice=timedelta(0),
        window={"type": "range", "value": [first.isoformat(), last.isoformat()]},
        settings={"one_off": True},
        created_at=call.world.now(),
    )
    call.world.event_types[kind.id] = kind
    made = iso_micros(kind.created_at)
    shape = {
        "uri": type_uri(kind.id),
        "name": kind.title,
        "active": True,
        "slug": slug,
        "scheduling_url": f"{PAGES}/d/{slug}",
        "duration": body["duration"],
        "kind": "solo",
        "type": "AdhocEventType",
        "created_at": made,
        "updated_at": made,
    }
    return one(shape, status=201)


def _dates(setting: Any) -> tuple[date, date]:
    if not isinstance(setting, dict) or setting.get("type") != "date_range":
        raise invalid(("date_setting.type", "must be date_range"))
    try:
        first = date.fromisoformat(str(setting.get("start_date")))
        last = date.fromisoformat(str(setting.get("end_date")))
    except ValueError:
        raise invalid(("date_setting", "needs start_date and end_date")) from None
    if last < first:
        raise invalid(("date_setting.end_date", "must not be before start_date"))
    return first, last


ROUTES = (
    route("POST", "/event_types", _create),
    route("PATCH", "/event_types/{uuid}", _change),
    route("POST", "/one_off_event_types", _create_one_off),
)
