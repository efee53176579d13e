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


def floor_of_day(instant: datetime) -> datetime:
    """Its UTC midnight."""
    return datetime.combine(instant.date(), time(0), tzinfo=instant.tzinfo)


def end_of_day(instant: datetime) -> datetime:
    """The last millisecond of its UTC day."""
    return floor_of_day(instant) + timedelta(days=1) - timedelta(milliseconds=1)
