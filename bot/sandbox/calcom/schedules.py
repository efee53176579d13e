"""Cal.com schedules: weekday names and `HH:MM` under 2024-06-11, minutes and weekday numbers in the oldest shape."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.sandbox.calcom.calls import LEGACY, Call, number_in, route, success
from bot.sandbox.calcom.errors import refuse, refuse_properties
from bot.sandbox.calcom.me import WEEKDAYS
from bot.sandbox.calcom.validation import CLOCK, FLAG, LIST, TEXT, ZONE, Check, Field, Shape, check, each_of
from bot.sandbox.world.calendar import Schedule, World
from bot.sandbox.world.exchange import Answer
from bot.scheduling.models import Hours, Override


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


_DAYS = Check("isIn", each_of(WEEKDAYS), "each value in {} must be one of the following values: " + ", ".join(WEEKDAYS))
_DATE = Check("matches", _is_day, "{} must be a valid date format YYYY-MM-DD")
_HOURS = Shape(fields=(Field("days", (_DAYS,)), Field("startTime", (CLOCK,)), Field("endTime", (CLOCK,))))
_OVERRIDE = Shape(fields=(Field("date", (_DATE,)), Field("startTime", (CLOCK,)), Field("endTime", (CLOCK,))))
_LISTS = (
    Field("availability", (LIST,), is_optional=True, nested=_HOURS, is_list=True),
    Field("overrides", (LIST,), is_optional=True, nested=_OVERRIDE, is_list=True),
)
_CREATE = Shape(fields=(Field("name", (TEXT,)), Field("timeZone", (ZONE,)), *_LISTS, Field("isDefault", (FLAG,))))
_CHANGE = Shape(
    fields=(
        Field("name", (TEXT,), is_optional=True),
        Field("timeZone", (ZONE,), is_optional=True),
        *_LISTS,
        Field("isDefault", (FLAG,), is_optional=True),
    )
)
WORKDAYS = (Hours(weekdays=(0, 1, 2, 3, 4), start=time(9), end=time(17)),)


def schedule_shape(world: World, schedule: Schedule) -> dict[str, Any]:
    """A schedule as it goes out under 2024-06-11."""
    return {
        "id": schedule.id,
        "ownerId": schedule.owner,
        "name": schedule.name,
        "timeZone": schedule.zone,
        "availability": [
            {
                "days": [WEEKDAYS[d] for d in hours.weekdays],
                "startTime": _clock(hours.start),
                "endTime": _clock(hours.end),
            }
            for hours in schedule.hours
        ],
        "isDefault": world.accounts[schedule.owner].default_schedule == schedule.id,
        "overrides": [
            {"date": o.day.isoformat(), "startTime": _clock(o.start or time(0)), "endTime": _clock(o.end or time(0))}
            for o in schedule.overrides
        ],
    }


def own_schedules(call: Call) -> list[Schedule]:
    """The caller's schedules, oldest first."""
    return [schedule for schedule in call.world.schedules.values() if schedule.owner == call.owner.id]


def _clock(value: time) -> str:
    return value.strftime("%H:%M")


def find_schedule(call: Call, *, missing: int = 404) -> Schedule:
    schedule = call.world.schedules.get(number_in(call.params["id"]) or 0)
    if schedule is None:
        raise refuse(missing, f"Schedule with ID={call.params['id']} does not exist.")
    if schedule.owner != call.owner.id:
        raise refuse(403, f"User with ID={call.owner.id} does not own schedule with ID={schedule.id}")
    return schedule


def _list(call: Call) -> Answer:
    return success([schedule_shape(call.world, schedule) for schedule in own_schedules(call)])


def _default(call: Call) -> Answer:
    schedule = call.world.schedules.get(call.owner.default_schedule or 0)
    return success(schedule_shape(call.world, schedule) if schedule else None)


def _get(call: Call) -> Answer:
    return success(schedule_shape(call.world, find_schedule(call)))


def _create(call: Call) -> Answer:
    errors = check(_CREATE, call.body)
    if errors:
        raise refuse_properties(errors)
    schedule = Schedule(
        id=call.world.number("schedule"),
        owner=call.owner.id,
        name=call.body["name"],
        zone=call.body["timeZone"],
        hours=WORKDAYS if call.body.get("availability") is None else _read_hours(call.body["availability"]),
        overrides=_read_overrides(call.body.get("overrides") or []),
    )
    keep_schedule(call, schedule, is_default=call.body["isDefault"])
    return success(schedule_shape(call.world, schedule), status=201)


def _change(call: Call) -> Answer:
    schedule = find_schedule(call)
    errors = check(_CHANGE, call.body)
    if errors:
        raise refuse_properties(errors)
    body = call.body
    schedule = replace(
        schedule,
        name=body.get("name") or schedule.name,
        zone=body.get("timeZone") or schedule.zone,
        hours=_read_hours(body["availability"]) if body.get("availability") is not None else schedule.hours,
        overrides=_read_overrides(body["overrides"]) if body.get("overrides") is not None else schedule.overrides,
    )
    keep_schedule(call, schedule, is_default=bool(body.get("isDefault")))
    return success(schedule_shape(call.world, schedule))


def keep_schedule(call: Call, schedule: Schedule, *, is_default: bool) -> None:
    call.world.schedules[schedule.id] = schedule
    if is_default:
        call.world.accounts[call.owner.id] = replace(call.owner, default_schedule=schedule.id)


def _delete(call: Call) -> Answer:
    schedule = find_schedule(call, missing=400)
    del call.world.schedules[schedule.id]
    if call.owner.default_schedule == schedule.id:
        rest = own_schedules(call)
        changed = replace(call.owner, default_schedule=rest[0].id if rest else None)
        call.world.accounts[call.owner.id] = changed
    return Answer(body={"status": "success"})


def _read_hours(rows: list[dict[str, Any]]) -> tuple[Hours, ...]:
    return tuple(
        Hours(
            weekdays=tuple(WEEKDAYS.index(day) for day in row["days"]),
            start=time.fromisoformat(row["startTime"]),
            end=time.fromisoformat(row["endTime"]),
        )
        for row in rows
    )


def _read_overrides(rows: list[dict[str, Any]]) -> tuple[Override, ...]:
    return tuple(
        Override(
            day=date.fromisoformat(row["date"]),
            start=time.fromisoformat(row["startTime"]),
            end=time.fromisoformat(row["endTime"]),
        )
        for row in rows
    )


_VERSIONS = ("2024-06-11", "2024-06-14")
ROUTES = (
    route("GET", "/v2/schedules", _list, versions=_VERSIONS),
    route("POST", "/v2/schedules", _create, versions=_VERSIONS),
    route("GET", "/v2/schedules/default", _default, versions=_VERSIONS),
    route("GET", "/v2/schedules/{id}", _get, versions=_VERSIONS),
    route("PATCH", "/v2/schedules/{id}", _change, versions=_VERSIONS),
    route("DELETE", "/v2/schedules/{id}", _delete, versions=_VERSIONS),
    route("DELETE", "/v2/schedules/{id}", _delete, versions=(LEGACY,)),
)
