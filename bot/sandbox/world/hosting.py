"""Rows for what protects and shares a host's time: links that are used up, days away, entries in the outside calendar."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  in a public row
from dataclasses import field
from datetime import datetime, time, timedelta
from typing import Any

from bot.scheduling.times import Interval
from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLink:
    """A link of one event type. `settings` keeps the provider's further words."""

    id: str
    owner: int
    event_type: int
    created_at: datetime
    most: int | None = 1
    used: int = 0
    expires_at: datetime | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def is_over(self, now: datetime) -> bool:
        """Whether it books nothing any more."""
        is_used_up = self.expires_at is None and self.most is not None and self.used >= self.most
        return is_used_up or (self.expires_at is not None and self.expires_at <= now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """An out of office: whole UTC days, both ends included."""

    id: int
    uid: str
    owner: int
    start: datetime
    end: datetime
    reason: str = "unspecified"
    notes: str | None = None
    stand_in: int | None = None

    @property
    def interval(self) -> Interval:
        """From the first midnight to the last."""
        return Interval(self.start, self.end + timedelta(milliseconds=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A booking's entry in its host's outside calendar; what is None is as the booking says."""

    title: str | None = None
    note: str | None = None
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A question of a routing form. `kind` is the provider's word; `options` only for a choice."""

    id: str
    identifier: str
    label: str
    kind: str = "text"
    is_required: bool = True
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRoute:
    """Where answers lead. Without a `field` everything that came so far goes there. One of `event_type`, `page`, `url`."""

    id: str
    field: str = ""
    at_least: int | None = None
    equals: tuple[str, ...] = ()
    event_type: int | None = None
    page: str = ""
    url: str = ""

    def fits(self, answers: Mapping[str, str]) -> bool:
        """Whether these answers, by identifier, go this way."""
        given = answers.get(self.field, "")
        if self.at_least is not None:
            return given.isdecimal() and int(given) >= self.at_least
        return not self.field or given.casefold() in {one.casefold() for one in self.equals}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingForm:
    """A form whose answers lead to an event type; the first route that fits counts."""

    id: str
    owner: int
    team: int | None
    name: str
    created_at: datetime
    fields: tuple[FormField, ...] = ()
    routes: tuple[FormRoute, ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FormResponse:
    """What somebody answered, by the fields' ids."""

    id: int
    form: str
    answers: Mapping[str, str]
    created_at: datetime
    booking: str = ""


def floor_of_day(instant: datetime) -> datetime:
    """Its UTC midnight."""
    return datetime.combine(instant.date(), time(0), tzinfo=instant.tzinfo)


def end_of_day(instant: datetime) -> datetime:
    """The last millisecond of its UTC day."""
    return floor_of_day(instant) + timedelta(days=1) - timedelta(milliseconds=1)
