"""Cal.com schedules, the current shape. https://cal.com/docs/api-reference/v2/schedules

Hours are wall-clock in the schedule's zone, two digits each; there is no 24:00, the end of a day is 23:59. A day off is an
override from 00:00 to 00:00. A change replaces the whole list it names.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Annotated, Any

from bot.errors import ProviderChanged
from bot.gateway.calcom.wire import (
    Flag,
    Id,
    Items,
    Model,
    OldShape,
    Text,
    Versions,
    data_of,
    nothing,
    read_many,
    read_one,
)
from bot.gateway.calls import ApiRequest, Call, body
from bot.scheduling.models import Hours, Override, Schedule
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.scheduling.writes import ChangeSchedule, CreateSchedule

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hours(Model):
    days: Annotated[tuple[str, ...], Items] = ()
    start_time: str
    end_time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Override(Model):
    date: str
    start_time: Text = ""
    end_time: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Schedule(Model):
    id: Id
    name: Text = ""
    time_zone: Text = ""
    is_default: Flag = False
    availability: Annotated[tuple[_Hours, ...], Items] = ()
    overrides: Annotated[tuple[_Override, ...], Items] = ()


class SchedulesWire:
    """Builds and reads the calls."""

    def __init__(self, versions: Versions) -> None:
        self._headers = versions.header("schedules")

    def all(self) -> Call[tuple[Schedule, ...]]:
        """Every schedule of the account."""
        return Call(self._request("GET", "", "schedules.list"), _read_list)

    def default(self) -> Call[tuple[Schedule, ...]]:
        """The default alone; may be null."""
        return Call(self._request("GET", "/default", "schedules.default"), _read_default)

    def one(self, identifier: str) -> Call[Schedule]:
        """One schedule."""
        return Call(self._request("GET", f"/{identifier}", "schedules.get"), _read)

    def create(self, write: CreateSchedule) -> Call[Schedule]:
        """Without hours the provider takes its own default."""
        content = body(
            name=write.name,
            timeZone=write.zone,
            isDefault=write.is_default,
            availability=_hours_body(write.hours) if write.hours else None,
            overrides=_overrides_body(write.overrides) if write.overrides else None,
        )
        return Call(self._request("POST", "", "schedules.create", content), _read)

    def change(self, write: ChangeSchedule, _now: Schedule | None = None) -> Call[Schedule]:
        """What is None stays."""
        content = body(
            name=write.name,
            timeZone=write.zone,
            isDefault=write.is_default,
            availability=None if write.hours is None else _hours_body(write.hours),
            overrides=None if write.overrides is None else _overrides_body(write.overrides),
        )
        return Call(self._request("PATCH", f"/{write.schedule}", "schedules.change", content), _read)

    def delete(self, identifier: str) -> Call[None]:
        """Final."""
        return Call(self._request("DELETE", f"/{identifier}", "schedules.delete"), nothing)

    def _request(self, method: str, rest: str, operation: str, content: dict[str, Any] | None = None) -> ApiRequest:
        return ApiRequest(
            method=method, path=f"/schedules{rest}", operation=operation, body=content, headers=self._headers
        )


def _hours_body(hours: tuple[Hours, ...]) -> list[dict[str, Any]]:
    return [
        {
            "days": [WEEKDAYS[day] for day in each.weekdays],
            "startTime": _clock(each.start),
            "endTime": _end_clock(each.end),
        }
        for each in hours
    ]


def _overrides_body(overrides: tuple[Override, ...]) -> list[dict[str, str]]:
    return [
        {
            "date": each.day.isoformat(),
            "startTime": _clock(each.start or time(0)),
            "endTime": _end_clock(each.end) if each.start is not None and each.end is not None else "00:00",
        }
        for each in overrides
    ]


def _clock(value: time) -> str:
    return value.strftime("%H:%M")


def _end_clock(value: time) -> str:
    return _clock(LAST_MINUTE if value == time(0) else value)


def _read(answer: Any) -> Schedule:
    data = data_of(answer)
    if isinstance(data, dict) and "workingHours" in data:
        raise OldShape
    return _schedule(read_one(_Schedule, data))


def _read_default(answer: Any) -> tuple[Schedule, ...]:
    return () if data_of(answer) is None else (_read(answer),)


def _read_list(answer: Any) -> tuple[Schedule, ...]:
    data = data_of(answer)
    if isinstance(data, list) and any(isinstance(row, dict) and "workingHours" in row for row in data):
        raise OldShape
    return tuple(_schedule(row) for row in read_many(_Schedule, data))


def _schedule(row: _Schedule) -> Schedule:
    return Schedule(
        id=row.id,
        name=row.name,
        zone=row.time_zone or "UTC",
        is_default=row.is_default,
        hours=tuple(
            Hours(weekdays=days, start=read_clock(each.start_time), end=_read_end(each.end_time))
            for each in row.availability
            if (days := tuple(WEEKDAYS.index(day) for day in each.days if day in WEEKDAYS))
        ),
        overrides=tuple(_override(each) for each in row.overrides),
    )


def _override(row: _Override) -> Override:
    day = read_date(row.date)
    if not row.start_time or row.start_time == row.end_time:
        return Override(day=day)
    return Override(day=day, start=read_clock(row.start_time), end=_read_end(row.end_time))


def read_clock(text: str) -> time:
    """`09:00`, seconds allowed."""
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError as error:
        raise ProviderChanged(field="availability.startTime") from error


def read_date(text: str) -> date:
    """A date, whatever clock follows it."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise ProviderChanged(field="overrides.date") from error


def _read_end(text: str) -> time:
    value = read_clock(text)
    return time(0) if value == LAST_MINUTE else value
