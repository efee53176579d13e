"""Cal.com's free slots: the four ways to name an event type, two formats, and the oldest path."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.sandbox.calcom.calls import APP, LEGACY, Access, Call, number_in, route
from bot.sandbox.calcom.errors import refuse, refuse_bare, refuse_properties, refuse_sentence
from bot.sandbox.calcom.validation import ISO_DATE, TEXT, ZONE, Check, Field, Shape, check, one_of, zone_names
from bot.sandbox.world.availability import Wish, find_slots, seated_booking
from bot.sandbox.world.calendar import EventType, World
from bot.sandbox.world.exchange import Answer, iso_milliseconds, whole_minutes
from bot.scheduling.times import find_zone

_NUMERIC = Check(
    "isNumber", lambda v: number_in(str(v)) is not None, "{} must be a number conforming to the specified constraints"
)
_FORMAT = Check("isEnum", one_of(("range", "time")), "format must be either 'range' or 'time'")
_COMMON = (
    Field("start", (ISO_DATE,)),
    Field("end", (ISO_DATE,)),
    Field("timeZone", (ZONE,), is_optional=True),
    Field("duration", (_NUMERIC,), is_optional=True),
    Field("format", (_FORMAT,), is_optional=True),
    Field("bookingUidToReschedule", (TEXT,), is_optional=True),
)
_BY_ID = Shape(fields=(*_COMMON, Field("eventTypeId", (_NUMERIC,))), is_closed=True)
_BY_USER = Shape(
    fields=(*_COMMON, Field("eventTypeSlug", (TEXT,)), Field("username", (TEXT,))),
    also=("organizationSlug",),
    is_closed=True,
)
_BY_TEAM = Shape(
    fields=(*_COMMON, Field("eventTypeSlug", (TEXT,)), Field("teamSlug", (TEXT,))),
    also=("organizationSlug", "rrHostSubsetIds"),
    is_closed=True,
)
_BY_USERS = Shape(fields=(*_COMMON, Field("usernames", (TEXT,))), also=("organizationSlug",), is_closed=True)
_LEGACY = Shape(
    fields=(
        Field("startTime", (ISO_DATE,)),
        Field("endTime", (ISO_DATE,)),
        Field("timeZone", (ZONE,), is_optional=True),
    ),
    also=(
        "eventTypeId",
        "eventTypeSlug",
        "usernameList",
        "duration",
        "rescheduleUid",
        "orgSlug",
        "isTeamEvent",
        "slotFormat",
    ),
)
_MIDNIGHT_GRACE = timedelta(days=1) - timedelta(seconds=1)


def read_instant(text: str) -> datetime:
    """An ISO text as an instant; without zone it is UTC."""
    value = datetime.fromisoformat(text.strip().replace("z", "Z"))
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


def read_end(text: str) -> datetime:
    """The end of a span. A date, and a time of exactly midnight, mean the end of that day (UTC)."""
    instant = read_instant(text)
    return instant + _MIDNIGHT_GRACE if instant.time() == time(0) else instant


def _shape_for(query: Any) -> Shape:
    if "eventTypeId" in query:
        return _BY_ID
    if "usernames" in query:
        return _BY_USERS
    if "teamSlug" in query:
        return _BY_TEAM
    return _BY_USER if "username" in query or "eventTypeSlug" in query else _BY_ID


def _list(call: Call) -> Answer:
    errors = check(_shape_for(call.query), call.query)
    if errors:
        raise refuse_sentence(errors)
    return Answer(body={"data": slots_of(call, _named(call)), "status": "success"})


def slots_of(call: Call, kind: EventType) -> dict[str, list[dict[str, Any]]]:
    """The free slots of a type in the span of the query, by day."""
    for name in ("start", "end"):
        if name not in call.query:
            raise refuse(400, f"{name} property is wrong,{name} must be a valid ISO 8601 date string")
    length = timedelta(minutes=int(call.query["duration"])) if "duration" in call.query else kind.length
    wish = Wish(
        event_type=kind,
        start=read_instant(call.query["start"]),
        end=read_end(call.query["end"]),
        length=length,
        ignoring=call.query.get("bookingUidToReschedule"),
    )
    starts = find_slots(call.world, wish)
    days: dict[str, list[dict[str, Any]]] = {}
    for start in starts:
        day, text = _written(start, call.query.get("timeZone"))
        slot: dict[str, Any] = {"start": text} | _seats(call.world, kind, start)
        if call.query.get("format") == "range":
            slot["end"] = _written(start + length, call.query.get("timeZone"))[1]
        days.setdefault(day, []).append(slot)
    return days


def _named(call: Call) -> EventType:
    query, world = call.query, call.world
    if "eventTypeId" in query:
        kind = world.event_types.get(int(query["eventTypeId"]))
    elif "usernames" in query:
        kind = _together(world, str(query["usernames"]).split(","), query)
    elif "teamSlug" in query:
        kind = find_team_type(world, query["teamSlug"], query["eventTypeSlug"])
    else:
        kind = find_by_slug(world, query["username"], query["eventTypeSlug"])
    if kind is None:
        raise refuse(404, "Event Type not found")
    return kind


def find_by_slug(world: World, username: str, slug: str) -> EventType | None:
    """A person's type by its public name; an unknown person is refused."""
    account = world.account_named(APP, username)
    if account is None:
        raise refuse(404, f"User with username {username} not found")
    return next((k for k in world.event_types.values() if k.owner == account.id and k.slug == slug), None)


def find_team_type(world: World, team_slug: str, slug: str) -> EventType | None:
    """A team's type by its public name; an unknown team is refused."""
    team = next((team for team in world.teams.values() if team.slug == team_slug), None)
    if team is None:
        raise refuse(404, f"Team with slug {team_slug} not found")
    return next((k for k in world.event_types.values() if k.team == team.id and k.slug == slug), None)


def _together(world: World, names: list[str], query: Any) -> EventType:
    """Several people at once: a type that exists for this question only."""
    accounts = []
    for name in names:
        account = world.account_named(APP, name.strip())
        if account is None:
            raise refuse(404, f"User with username {name.strip()} not found")
        accounts.append(account.id)
    return EventType(
        id=0,
        owner=None,
        hosts=tuple(accounts),
        title="Dynamic",
        slug="dynamic",
        lengths=(timedelta(minutes=int(query.get("duration", 30))),),
        scheduling="collective",
        notice=timedelta(0),
        created_at=world.now(),
    )


def _written(instant: datetime, zone_name: str | None) -> tuple[str, str]:
    """The day a slot is listed under and its time: in UTC, or with the offset of the zone asked for."""
    if not zone_name:
        return instant.date().isoformat(), iso_milliseconds(instant)
    zone = find_zone(zone_names()[zone_name.lower()])
    local = instant.astimezone(zone)
    return local.date().isoformat(), local.isoformat(timespec="milliseconds")


def _seats(world: World, kind: EventType, start: datetime) -> dict[str, Any]:
    if kind.seat_count is None or not (kind.seats or {}).get("showAvailabilityCount", True):
        return {}
    shared = seated_booking(world, kind, start)
    booked = len(shared.guests) if shared else 0
    counts = {"seatsBooked": booked, "seatsRemaining": kind.seat_count - booked, "seatsTotal": kind.seat_count}
    return counts | ({"bookingUid": shared.uid} if shared else {})


def _legacy_list(call: Call) -> Answer:
    query = dict(call.query)
    number = number_in(str(query.get("eventTypeId", "")))
    if number is not None:
        query["eventTypeId"] = number
    errors = check(_LEGACY, query)
    if errors:
        raise refuse_properties(errors)
    kind = _legacy_named(call.world, query)
    minutes = number_in(str(query.get("duration", ""))) or whole_minutes(kind.length)
    wish = Wish(
        event_type=kind,
        start=read_instant(query["startTime"]),
        end=read_end(query["endTime"]),
        length=timedelta(minutes=minutes),
        ignoring=query.get("rescheduleUid"),
    )
    days: dict[str, list[dict[str, Any]]] = {}
    for start in find_slots(call.world, wish):
        day, text = _written(start, query.get("timeZone"))
        days.setdefault(day, []).append(_legacy_slot(call.world, kind, start, text))
    return Answer(body={"data": {"slots": days}, "status": "success"})


def _legacy_slot(world: World, kind: EventType, start: datetime, text: str) -> dict[str, Any]:
    shared = seated_booking(world, kind, start) if kind.seat_count else None
    return {"time": text} | ({"attendees": len(shared.guests), "bookingUid": shared.uid} if shared else {})


def _legacy_named(world: World, query: Any) -> EventType:
    kind = None
    if "eventTypeId" in query:
        kind = world.event_types.get(query["eventTypeId"]) if isinstance(query["eventTypeId"], int) else None
    elif "eventTypeSlug" in query:
        names = query.get("usernameList") or []
        names = names if isinstance(names, list) else [names]
        account = world.account_named(APP, str(names[0])) if names else None
        slug = query["eventTypeSlug"]
        found = (k for k in world.event_types.values() if account and k.owner == account.id and k.slug == slug)
        kind = next(found, None)
    if kind is None:
        raise refuse_bare(404, "TRPCError", "NOT_FOUND")
    return kind


ROUTES = (
    route("GET", "/v2/slots", _list, versions=("2024-09-04",), access=Access.PUBLIC),
    route(
        "GET",
        "/v2/slots/available",
        _legacy_list,
        versions=(LEGACY, "2024-06-11", "2024-06-14", "2024-08-13"),
        access=Access.PUBLIC,
    ),
)
