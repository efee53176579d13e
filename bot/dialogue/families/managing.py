"""Requests that manage an account: event types, hours, webhooks, profile, limits, lists, accounts, what is told by itself."""

from __future__ import annotations

from datetime import time, timedelta  # noqa: TC003  stored by pydantic adapters, which read annotations
from typing import Literal

from bot.dialogue.families.anything import AnyRequest
from bot.language.meaning import Intent, LimitWish, Moment, PlaceWish, Recurrence, SaidHours
from bot.language.signs import Cue  # noqa: TC001  as above
from bot.scheduling.models import Booking, Person  # noqa: TC001  as above
from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTypeRequest(AnyRequest):
    """Event types are to be shown, made, changed, deleted, or linked to."""

    intent: Literal[
        Intent.SHOW_EVENT_TYPES,
        Intent.CREATE_EVENT_TYPE,
        Intent.CHANGE_EVENT_TYPE,
        Intent.DELETE_EVENT_TYPE,
        Intent.CREATE_LINK,
        Intent.CREATE_ONE_OFF,
    ]
    event_type: str | None = None
    """The one meant, once it is known."""
    name: str = ""
    """What it was called when it was named."""
    new_name: str = ""
    """What it is to be called."""
    length: timedelta | None = None
    hidden: bool | None = None
    """Whether it is to be hidden; None: nothing was said of that."""
    count: int | None = None
    """How often a link is to work."""
    moments: tuple[Moment, ...] = ()
    """Until when a link is to work; on which days somebody is to be offered."""
    person: Person | None = None
    """For whom."""
    place: PlaceWish | None = None
    """Where its meetings are to be."""
    wanted: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursRequest(AnyRequest):
    """Working hours and schedules are to be shown, changed, made or deleted."""

    intent: Literal[
        Intent.SHOW_HOURS,
        Intent.SET_HOURS,
        Intent.TIME_OFF,
        Intent.SHOW_AWAY,
        Intent.BLOCK_TIME,
        Intent.CREATE_SCHEDULE,
        Intent.DELETE_SCHEDULE,
    ]
    schedule: str = ""
    """The schedule meant, by name."""
    name: str = ""
    """A name that may be a schedule's."""
    moments: tuple[Moment, ...] = ()
    excluded: tuple[Moment, ...] = ()
    """What is to stay as it is («off next week except wednesday»)."""
    recurrence: Recurrence | None = None
    zone: str | None = None
    topic: str = ""
    weekdays: tuple[int, ...] = ()
    """Weekdays named, Monday being 0."""
    weekdays_out: tuple[int, ...] = ()
    """Weekdays that the hours named are not for."""
    stretches: tuple[tuple[time, time], ...] = ()
    """Stretches of the day that were named."""
    week: tuple[SaidHours, ...] = ()
    """Hours that are not the same on all the weekdays named."""
    shown: tuple[SaidHours, ...] = ()
    """The week that the card shows as the one to come."""
    onto: tuple[SaidHours, ...] = ()
    """The week that these hours change, where a card showed one that was not written yet; none: the one that stands."""
    only_on: tuple[Moment, ...] = ()
    """The dates that the hours of every week on the card are for («only this week»); none: every week."""
    cues: frozenset[Cue] = frozenset()
    loose: tuple[str, ...] = ()
    stand_in: Person | None = None
    """Who takes over while one is away."""
    in_hours: bool = False
    """Days away are to be closed in the working hours, although there is an out of office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRequest(AnyRequest):
    """Webhooks are to be shown, made, paused, resumed or deleted; news to be turned on or off."""

    intent: Literal[
        Intent.SHOW_WEBHOOKS,
        Intent.CREATE_WEBHOOK,
        Intent.PAUSE_WEBHOOK,
        Intent.RESUME_WEBHOOK,
        Intent.DELETE_WEBHOOK,
        Intent.NEWS_ON,
        Intent.NEWS_OFF,
    ]
    webhook: str = ""
    """The one picked, by id."""
    url: str = ""
    triggers: str = ""
    """The kinds of news named, comma-separated; `channel`, by its id: where news of that type is to stand too."""
    channel: str = ""
    event_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRequest(AnyRequest):
    """The account's profile is to be changed."""

    intent: Literal[Intent.CHANGE_PROFILE] = Intent.CHANGE_PROFILE
    name: str = ""
    zone: str | None = None
    typed_zone: str = ""
    """The zone as typed into the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsRequest(AnyRequest):
    """Limits of an event type are to be set: buffers, notice, how far ahead, how many."""

    intent: Literal[Intent.SET_LIMITS] = Intent.SET_LIMITS
    event_type: str | None = None
    wanted: str = ""
    """Words that name the type."""
    unmade: bool = False
    """They were said of a type that is still to be made."""
    limits: tuple[LimitWish, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest(AnyRequest):
    """What there is in the account is to be listed."""

    intent: Literal[
        Intent.SHOW_PENDING,
        Intent.SHOW_TEAM,
        Intent.SHOW_CALENDARS,
        Intent.SHOW_CONFERENCING,
        Intent.SHOW_BUSY,
        Intent.SHOW_EMAILS,
        Intent.SHOW_HOLDS,
    ]
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRequest(AnyRequest):
    """Accounts: connect one, leave it, whose it is, another one; or forget the person."""

    intent: Literal[Intent.CONNECT, Intent.DISCONNECT, Intent.WHOAMI, Intent.USE_ACCOUNT, Intent.FORGET_ME]
    provider: str = ""
    """As it was named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRequest(AnyRequest):
    """What is told by itself is set, stopped or shown: the agenda, notes before meetings, the status."""

    intent: Literal[Intent.AGENDA, Intent.REMIND, Intent.SET_STATUS, Intent.SHOW_SETTINGS]
    moments: tuple[Moment, ...] = ()
    hour: int | None = None
    """A bare hour: «the agenda at 9»."""
    recurrence: Recurrence | None = None
    before: timedelta | None = None
    """How long before a meeting."""
    is_once: bool = False
    """Only of the next meeting."""
    whose: Person | None = None
    """Of the next meeting with that person."""
    booking: Booking | None = None
    """Of that meeting, which was spoken of right before."""
    is_open: bool = False
    """Whether it did not say of which meetings («remind me an hour before»)."""
    is_off: bool = False
    channel: str = ""
    """Where the agenda is to stand, likewise."""
    settings: tuple[tuple[str, str], ...] = ()
    """What the form of all settings brought, by field name."""
