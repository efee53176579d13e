"""Writes beside bookings and event types: links withdrawn, one-off types, time away. The rule is that of `writes`."""

from __future__ import annotations

from datetime import date, timedelta  # noqa: TC003  stored by pydantic adapters, which read annotations
from typing import Literal

from bot.scheduling.hosting import Away, AwayReason
from bot.scheduling.models import Place  # noqa: TC001  as above
from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteLink:
    """Withdraw such a link."""

    link: str
    event_type: str = ""
    kind: Literal["delete_link"] = "delete_link"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateOneOff:
    """An event type for one person: these days only, then it is over."""

    title: str
    length: timedelta
    first: date
    last: date
    zone: str
    place: Place | None = None
    kind: Literal["create_one_off"] = "create_one_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateAway:
    """Be out of office on whole days, both ends included."""

    first: date
    last: date
    reason: AwayReason = AwayReason.UNSPECIFIED
    note: str = ""
    stand_in: str = ""
    kind: Literal["create_away"] = "create_away"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteAway:
    """Be back: take an out of office away."""

    away: str
    before: Away | None = None
    kind: Literal["delete_away"] = "delete_away"
