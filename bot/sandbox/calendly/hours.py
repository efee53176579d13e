"""Calendly's working hours, written: the whole set of rules at a time, one rule for each weekday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.sandbox.calendly.calls import (
    CalendlyCall,
    all_of,
    denied,
    identifier,
    invalid,
    one,
    route,
    type_uri,
    unknown,
    uri,
)
from bot.sandbox.calendly.people import bookable_type
from bot.sandbox.calendly.shapes import WEEKDAYS, schedule_shape
from bot.sandbox.world.calendar import Schedule
from bot.scheduling.models import Hours, Override
from bot.scheduling.times import find_zone

if TYPE_CHECKING:
    from bot.sandbox.world.exchange import Answer


def _create(call: CalendlyCall) -> Answer:
    body = call.body
    missing = [(name, "must be filled") for name in ("name", "timezone", "rules") if not body.get(name)]
    if missing:
        raise invalid(*missing)
    zone = _zone(body["timezone"])
    today = call.world.now().astimezone(ZoneInfo(zone)).date()
    hours, overrides = _rules(body["rules"], earliest=today)
    schedule = Schedule(
        id=call.world.number("schedule"),
        owner=call.owner.id,
        name=str(body["name"]),
        zone=zone,
        hours=hours,
        overrides=overrides,
    )
    call.world.schedules[schedule.id] = schedule
    return one(schedule_shape(call.world, schedule), status=201)


def _change(call: CalendlyCall) -> Answer:
    wanted = call.params["uuid"]
    schedule = next((s for s in call.world.schedules.values() if identifier("schedule", s.id) == wanted), None)
    if schedule is None:
        raise unknown()
    if schedule.owner != call.owner.id:
        raise denied()
    body = call.body
    if body.get("default") is False:
        raise invalid(("default", "must be true"))
    schedule = replace(
        schedule,
        name=str(body.get("name") or schedule.name),
        zone=_zone(body["timezone"]) if body.get("timezone") else schedule.zone,
    )
    if "rules" in body:
        yesterday = call.world.now().astimezone(ZoneInfo(schedule.zone)).date() - timedelta(days=1)
        hours, overrides = _rules(body["rules"], earliest=yesterday)
        schedule = replace(schedule, hours=hours, overrides=overrides)
    call.world.schedules[schedule.id] = schedule
    if body.get("default") is True:
        call.world.accounts[call.owner.id] = replace(call.owner, default_schedule=schedule.id)
    return one(schedule_shape(call.world, schedule))


def _zone(value: Any) -> str:
    found = find_zone(value) if isinstance(value, str) else None
    if found is None:
        raise invalid(("timezone", "is invalid"))
    return found.key


def _rules(value: Any, *, earliest: date) -> tuple[tuple[Hours, ...], tuple[Override, ...]]:
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    weekly = [row for row in rows if row.get("type") == "wday"]
    if sorted(str(row.get("wday")) for row in weekly) != sorted(WEEKDAYS):
        raise invalid(("rules", "must have exactly one wday rule for each day of the week"))
    hours = [
        Hours(weekdays=(WEEKDAYS.index(row["wday"]),), start=start, end=end)
        for row in weekly
        for start, end in _intervals(row)
    ]
    overrides: list[Override] = []
    for row in (row for row in rows if row.get("type") == "date"):
        day = _day(row.get("date"), earliest)
        found = _intervals(row)
        overrides += [Override(day=day, start=start, end=end) for start, end in found] or [Override(day=day)]
    return tuple(hours), tuple(overrides)


def _day(value: Any, earliest: date) -> date:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        raise invalid(("rules.date", "is invalid")) from None
    if day < earliest:
        raise invalid(("rules.date", "must not be in the past"))
    return day


def _intervals(row: Any) -> list[tuple[time, time]]:
    rows = row.get("intervals")
    if not isinstance(rows, list):
        raise invalid(("rules.intervals", "must be an array"))
    found = []
    for each in rows:
        try:
            start, end = time.fromisoformat(each["from"]), _end(each["to"])
        except (KeyError, TypeError, ValueError):
            raise invalid(("rules.intervals", "needs from and to as HH:MM")) from None
        if end != time(0) and end <= start:
            raise invalid(("rules.intervals", "from must be before to"))
        found.append((start, end))
    return found


def _end(text: str) -> time:
    return time(0) if text == "24:00" else time.fromisoformat(text)


def _of_type(call: CalendlyCall) -> Answer:
    kind = bookable_type(call, call.required("event_type"), "event_type")
    schedule = call.world.schedule_of(call.owner, kind)
    if schedule is None:
        return all_of([])
    shape = schedule_shape(call.world, schedule)
    row = {
        "event_type": type_uri(kind.id),
        "availability_setting": "host",
        "user_availability_schedule": uri("user_availability_schedules", identifier("schedule", schedule.id)),
        "availability_rule": {"rules": shape["rules"], "timezone": schedule.zone},
    }
    return all_of([row])


ROUTES = (
    route("POST", "/user_availability_schedules", _create),
    route("PATCH", "/user_availability_schedules/{uuid}", _change),
    route("GET", "/event_type_availability_schedules", _of_type),
)
