"""Requests beside bookings and the account: questions about times, undo, colleagues, talk."""

from __future__ import annotations

from datetime import datetime, timedelta  # noqa: TC003  stored by pydantic adapters, which read annotations
from typing import Literal

from bot.dialogue.families.anything import AnyRequest
from bot.language.meaning import Intent, Moment
from bot.scheduling.hosting import RoutingForm  # noqa: TC001  as above
from bot.scheduling.models import Booking, Person, Slot  # noqa: TC001  as above
from bot.scheduling.writes import Write  # noqa: TC001  as above
from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRequest(AnyRequest):
    """A question about times: what it is elsewhere, why nothing is free, what is free first."""

    intent: Literal[Intent.TELL_TIME, Intent.WHY_NOT, Intent.NEXT_OPENING]
    moments: tuple[Moment, ...] = ()
    event_type: str | None = None
    zone: str | None = None
    people: tuple[Person, ...] = ()
    """Whose clock is asked for."""
    outsiders: tuple[str, ...] = ()
    """Names that were looked for and fit nobody we know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRequest(AnyRequest):
    """Routing forms: which there are, what was answered, which times some answers lead to."""

    intent: Literal[Intent.SHOW_FORMS, Intent.SHOW_SUBMISSIONS, Intent.ROUTE_FORM]
    named: str = ""
    """The form's name as it was said."""
    form: RoutingForm | None = None
    loose: tuple[str, ...] = ()
    """Words that may name an option."""
    amount: str = ""
    """A number of people that was said."""
    answers: tuple[tuple[str, str], ...] = ()
    attendee: Person | None = None
    moments: tuple[Moment, ...] = ()
    zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoRequest(AnyRequest):
    """What was just written is to be taken back, by these writes, until then."""

    intent: Literal[Intent.UNDO] = Intent.UNDO
    writes: tuple[Write, ...] = ()
    until: datetime | None = None
    booking: Booking | None = None
    """The booking that it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherRequest(AnyRequest):
    """Colleagues: let them see when one is free, let them pick a time, ask one of them, poll several."""

    intent: Literal[
        Intent.SHARE_FREE,
        Intent.STOP_SHARING,
        Intent.SHARE_TIMES,
        Intent.ASK_OTHER,
        Intent.PASTE_TIMES,
        Intent.POLL,
        Intent.SHOW_POLLS,
    ]
    people: tuple[Person, ...] = ()
    outsiders: tuple[str, ...] = ()
    """Names that were looked for and fit nobody we know."""
    moments: tuple[Moment, ...] = ()
    excluded: tuple[Moment, ...] = ()
    event_type: str | None = None
    length: timedelta | None = None
    zone: str | None = None
    most: int | None = None
    """How many bookings at most."""
    slots: tuple[Slot, ...] = ()
    """The times to vote on, once they are known."""
    offers: int | None = None
    """How many times somebody is to choose from, where it was said."""
    until: datetime | None = None
    """When a poll closes, where it was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRequest(AnyRequest):
    """Talk beside the calendar."""

    intent: Literal[Intent.HELP, Intent.GREETING]
