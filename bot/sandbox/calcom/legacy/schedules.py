"""Cal.com schedules in the oldest shapes (no version header): minutes, weekday numbers, and instants that mean wall time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from bot.sandbox.calcom.calls import LEGACY, Call, route, success
from bot.sandbox.calcom.errors import refuse_properties
from bot.sandbox.calcom.schedules import WORKDAYS, find_schedule, keep_schedule, own_schedules
from bot.sandbox.calcom.slots import read_instant
from bot.sandbox.calcom.validation import FLAG, ISO_DATE, LIST, TEXT, ZONE, Check, Field, Shape, check, is_iso
from bot.sandbox.world.calendar import Schedule
from bot.sandbox.world.exchange import Answer, iso_milliseconds
from bot.scheduling.models import Hours, Override

_EPOCH = date(1970, 1, 1)
_DAYS = Check(
    "isNumber",
    lambda value: isinstance(value, list) and all(day in range(7) for day in value),
    "each value in {} must be a number conforming to the specified constraints",
)
_HOURS = Shape(fields=(Field("days", (_DAYS,)), Field("startTime", (ISO_DATE,)), Field("endTime", (ISO_DATE,))))
_RANGE = Shape(fields=(Field("start", (ISO_DATE,)), Field("end", (ISO_DATE,))))


def _is_range(value: Any) -> bool:
    return isinstance(value, dict) and is_iso(value.get("start")) and is_iso(value.get("end"))


_WEEK = Check(
    "isArray",
    lambda value: (
        isinstance(value, list)
        and len(value) == 7
        and all(isinstance(day, list) and all(map(_is_range, day)) for day in value)
    ),
    "{} must be an array of seven arrays of ranges",
)
_CREATE = Shape(
    fields=(
        Field("name", (TEXT,)),
        Field("timeZone", (ZONE,)),
        Field("availabilities", (LIST,), is_optional=True, nested=_HOURS, is_list=True),
        Field("isDefault", (FLAG,)),
    )
)
_CHANGE = Shape(
    fields=(
        Field("name", (TEXT,), is_optional=True),
        Field("timeZone", (ZONE,), is_optional=True),
        Field("isDefault", (FLAG,), is_optional=True),
        Field("schedule", (_WEEK,), is_optional=True),
        Field("dateOverrides", (LIST,), is_optional=True, nested=_RANGE, is_list=True),
    )
)


def legacy_schedule_shape(call: Call, schedule: Schedule) -> dict[str, Any]:
    """A schedule as the oldest API gives it: numbers from Sunday = 0, minutes of the day, and a week of today's date."""
    week: list[list[dict[str, str]]] = [[] for _ in range(7)]
    today = call.world.now().date()
    for hours in schedule.hours:
        for day in hours.weekdays:
            week[(day + 1) % 7].append({"start": _stamp(today, hours.start), "end": _stamp(today, hours.end)})
    rows = [
        {
            "id": schedule.id * 10 + number if number else schedule.id,
            "userId": None,
            "eventTypeId": None,
            "days": [(day + 1) % 7 for day in hours.weekdays],
            "startTime": _stamp(_EPOCH, hours.start),
            "endTime": _stamp(_EPOCH, hours.end),
            "date": None,
            "scheduleId": schedule.id,
        }
        for number, hours in enumerate(schedule.hours)
    ]
    return {
        "id": schedule.id,
        "name": schedule.name,
        "isManaged": False,
        "workingHours": [
            {"days": row["days"], "startTime": _minutes(hours.start), "endTime": _minutes(hours.end)}
            for row, hours in zip(rows, schedule.hours, strict=True)
        ],
        "schedule": rows,
        "availability": week,
        "timeZone": schedule.zone,
        "isDefault": call.world.accounts[schedule.owner].default_schedule == schedule.id,
        "dateOverrides": [
            {"ranges": [{"start": _stamp(o.day, o.start or time(0)), "end": _stamp(o.day, o.end or time(0))}]}
            for o in schedule.overrides
        ],
        "readOnly": False,
        "isLastSchedule": len(own_schedules(call)) < 2,
        "userId": schedule.owner,
    }


def _stamp(day: date, clock: time) -> str:
    return iso_milliseconds(datetime.combine(day, clock, tzinfo=UTC))


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _legacy_list(call: Call) -> Answer:
    return success([legacy_schedule_shape(call, schedule) for schedule in own_schedules(call)])


def _legacy_default(call: Call) -> Answer:
    schedule = call.world.schedules.get(call.owner.default_schedule or 0)
    return success(legacy_schedule_shape(call, schedule) if schedule else None)


def _legacy_get(call: Call) -> Answer:
    return success(legacy_schedule_shape(call, find_schedule(call)))


def _create(call: Call) -> Answer:
    errors = check(_CREATE, call.body)
    if errors:
        raise refuse_properties(errors)
    rows = call.body.get("availabilities")
    schedule = Schedule(
        id=call.world.number("schedule"),
        owner=call.owner.id,
        name=call.body["name"],
        zone=call.body["timeZone"],
        hours=WORKDAYS if rows is None else tuple(_read_hours(row) for row in rows),
    )
    keep_schedule(call, schedule, is_default=call.body["isDefault"])
    return success(legacy_schedule_shape(call, schedule), status=201)


def _change(call: Call) -> Answer:
    schedule = find_schedule(call)
    errors = check(_CHANGE, call.body)
    if errors:
        raise refuse_properties(errors)
    body = call.body
    if body.get("schedule") is not None:
        # One call replaces the week and the days off together.
        days_off = tuple(_read_override(row) for row in body.get("dateOverrides") or [])
        schedule = replace(schedule, hours=_read_week(body["schedule"]), overrides=days_off)
    zone, name = body.get("timeZone") or schedule.zone, body.get("name") or schedule.name
    schedule = replace(schedule, name=name, zone=zone)
    keep_schedule(call, schedule, is_default=bool(body.get("isDefault")))
    shape = legacy_schedule_shape(call, schedule)
    return success({"schedule": shape, "isDefault": shape["isDefault"], "timeZone": schedule.zone})


def _read_hours(row: Any) -> Hours:
    days = tuple(sorted((day + 6) % 7 for day in row["days"]))
    return Hours(weekdays=days, start=_wall(row["startTime"]), end=_wall_end(row["endTime"]))


def _read_week(week: list[list[Any]]) -> tuple[Hours, ...]:
    """Seven lists of ranges from Sunday on, as rows of equal hours."""
    days: dict[tuple[time, time], list[int]] = {}
    for number, ranges in enumerate(week):
        for part in ranges:
            days.setdefault((_wall(part["start"]), _wall_end(part["end"])), []).append((number + 6) % 7)
    return tuple(Hours(weekdays=tuple(sorted(those)), start=a, end=b) for (a, b), those in days.items())


def _read_override(row: Any) -> Override:
    return Override(day=read_instant(row["start"]).date(), start=_wall(row["start"]), end=_wall_end(row["end"]))


def _wall(text: str) -> time:
    return read_instant(text).time().replace(second=0, microsecond=0)


def _wall_end(text: str) -> time:
    """The last minute of a day means its end."""
    clock = _wall(text)
    return time(0) if clock == time(23, 59) else clock


_VERSIONS = (LEGACY,)
ROUTES = (
    route("GET", "/v2/schedules", _legacy_list, versions=_VERSIONS),
    route("POST", "/v2/schedules", _create, versions=_VERSIONS),
    route("GET", "/v2/schedules/default", _legacy_default, versions=_VERSIONS),
    route("GET", "/v2/schedules/{id}", _legacy_get, versions=_VERSIONS),
    route("PATCH", "/v2/schedules/{id}", _change, versions=_VERSIONS),
)
