"""What Calendly answers, as far as we read it: one model per resource.

Rule for the next editor: a field without which nothing works is required, everything else has a default, kinds and states
are open strings, unknown keys are ignored. Nothing of this leaves the room; `reading.py` turns it into nouns.
Resources: https://developer.calendly.com/api-docs
"""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Any, TypeVar

from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from bot.errors import ProviderChanged
from bot.gateway.shapes import read_as
from bot.values import dataclass

S = TypeVar("S", bound="Shape")


def object_or_nothing(value: object) -> object:
    """For an optional object: anything else reads as missing."""
    return value if isinstance(value, dict) else None


def list_or_empty(value: object) -> object:
    """For an optional list: anything else reads as empty."""
    return value if isinstance(value, list) else []


def _text_or_empty(value: object) -> object:
    return value if isinstance(value, str) else ""


Text = Annotated[str, BeforeValidator(_text_or_empty)]
"""Optional text: missing or of another type reads as empty."""
LONGEST_MINUTES = 366 * 24 * 60
Minutes = Annotated[float, Field(gt=0, le=LONGEST_MINUTES)]
"""A length; what no meeting lasts is a change of the provider's that we cannot read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The common ground: unknown keys are ignored, and a null reads as missing."""

    __pydantic_config__ = ConfigDict(extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: object) -> object:
        return {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else data


@dataclass(frozen=True, slots=True, kw_only=True)
class User(Shape):
    """Whose account it is."""

    uri: str
    name: Text = ""
    email: Text = ""
    slug: Text = ""
    scheduling_url: Text = ""
    timezone: Text = ""
    current_organization: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomQuestion(Shape):
    """A question of an event type. It has no id: its text names it."""

    name: str
    type: Text = ""
    position: int = 0
    enabled: bool = True
    required: bool = False
    answer_choices: Annotated[list[str], BeforeValidator(list_or_empty)] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedLocation(Shape):
    """A place that an event type offers; `kind` is what a booking sends back."""

    kind: Text = ""
    location: Text = ""
    phone_number: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeProfile(Shape):
    """Whose page an event type stands on: a user's or a team's."""

    type: Text = ""
    name: Text = ""
    owner: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendlyEventType(Shape):
    """The bookable template. `duration` is in minutes."""

    uri: str
    duration: Minutes
    name: Text = ""
    slug: Text = ""
    active: bool = True
    secret: bool = False
    kind: Text = ""
    pooling_type: Text = ""
    booking_method: Text = ""
    position: int = 0
    """Its place on the account's page; newer than the rest."""
    scheduling_url: Text = ""
    description_plain: Text = ""
    deleted_at: Text = ""
    created_at: AwareDatetime | None = None
    duration_options: Annotated[list[float], BeforeValidator(list_or_empty)] = field(default_factory=list)
    """Further lengths of its page."""
    start_time_increment: float = 0
    before_buffer: float = 0
    after_buffer: float = 0
    profile: Annotated[TypeProfile | None, BeforeValidator(object_or_nothing)] = None
    locations: Annotated[list[OfferedLocation], BeforeValidator(list_or_empty)] = field(default_factory=list)
    custom_questions: Annotated[list[CustomQuestion], BeforeValidator(list_or_empty)] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailableTime(Shape):
    """A start that can be booked."""

    start_time: AwareDatetime
    status: str = "available"
    scheduling_url: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyStretch(Shape):
    """A busy stretch of a checked calendar."""

    start_time: AwareDatetime
    end_time: AwareDatetime
    type: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInterval(Shape):
    """Wall times `HH:MM`; `24:00` is the end of the day."""

    opens: Annotated[str, Field(alias="from")]
    closes: Annotated[str, Field(alias="to")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityRule(Shape):
    """Hours of a weekday or of one date."""

    type: str
    wday: Text = ""
    date: Text = ""
    intervals: Annotated[list[RuleInterval], BeforeValidator(list_or_empty)] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilitySchedule(Shape):
    """Named working hours."""

    uri: str
    timezone: str
    name: Text = ""
    default: bool = False
    rules: list[AvailabilityRule]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation(Shape):
    """Who cancelled, and why."""

    reason: Text = ""
    canceler_type: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMembership(Shape):
    """A host of a scheduled event."""

    user: str
    user_email: Text = ""
    user_name: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventGuest(Shape):
    """A further address on a scheduled event."""

    email: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter(Shape):
    """How many invitees an event has and may have."""

    total: int = 0
    active: int = 0
    limit: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledEvent(Shape):
    """An agreed meeting. Its attendees are a resource of their own (`Invitee`)."""

    uri: str
    start_time: AwareDatetime
    end_time: AwareDatetime
    status: str
    name: Text = ""
    event_type: Text = ""
    location: Annotated[dict[str, Any] | None, BeforeValidator(object_or_nothing)] = None
    invitees_counter: Annotated[Counter | None, BeforeValidator(object_or_nothing)] = None
    event_memberships: Annotated[list[EventMembership], BeforeValidator(list_or_empty)] = field(default_factory=list)
    event_guests: Annotated[list[EventGuest], BeforeValidator(list_or_empty)] = field(default_factory=list)
    cancellation: Annotated[Cancellation | None, BeforeValidator(object_or_nothing)] = None
    created_at: AwareDatetime | None = None
    updated_at: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracking(Shape):
    """The keys that travel with a booking; ours is `utm_content`."""

    utm_source: Text = ""
    utm_content: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoShow(Shape):
    """The mark that an invitee did not come."""

    uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer(Shape):
    """An answer to a custom question."""

    question: str
    answer: Text = ""
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee(Shape):
    """Who is invited to one scheduled event."""

    uri: str
    event: str
    email: Text = ""
    name: Text = ""
    status: Text = "active"
    timezone: Text = ""
    cancel_url: Text = ""
    reschedule_url: Text = ""
    rescheduled: bool = False
    old_invitee: Text = ""
    new_invitee: Text = ""
    text_reminder_number: Text = ""
    created_at: AwareDatetime | None = None
    tracking: Annotated[Tracking | None, BeforeValidator(object_or_nothing)] = None
    no_show: Annotated[NoShow | None, BeforeValidator(object_or_nothing)] = None
    cancellation: Annotated[Cancellation | None, BeforeValidator(object_or_nothing)] = None
    questions_and_answers: Annotated[list[GivenAnswer], BeforeValidator(list_or_empty)] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Shape):
    """A user's place in an organisation."""

    organization: str
    user: User
    role: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSubscription(Shape):
    """A subscription; what was sent as `url` comes back as `callback_url`."""

    uri: str
    callback_url: str
    events: Annotated[list[str], BeforeValidator(list_or_empty)] = field(default_factory=list)
    state: Text = "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulingLink(Shape):
    """A link that books once."""

    booking_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Shape):
    """A webhook delivery."""

    event: str
    payload: dict[str, Any]
    created_at: AwareDatetime | None = None


def read_shape(shape: type[S], data: object, *, where: str) -> S:
    """`data` as that shape; raises `ProviderChanged` that names the first field which is missing or unusable."""
    try:
        return read_as(shape, data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join([where, *(str(part) for part in first["loc"])])
        raise ProviderChanged(field=field) from None


def read_resource(shape: type[S], data: object, *, where: str) -> S:
    """The `resource` of an answer about one thing."""
    if not isinstance(data, dict) or "resource" not in data:
        raise ProviderChanged(field=f"{where}.resource")
    return read_shape(shape, data["resource"], where=where)


def read_collection(shape: type[S], data: object, *, where: str) -> tuple[S, ...]:
    """The `collection` of an answer about several things."""
    if not isinstance(data, dict) or not isinstance(data.get("collection"), list):
        raise ProviderChanged(field=f"{where}.collection")
    return tuple(read_shape(shape, item, where=where) for item in data["collection"])


def next_page_token(data: object) -> str:
    """The token of the next page, empty on the last one.

    The absolute `next_page` beside it is never followed: behind a gateway it points past it, and our key would leave
    with it.
    """
    pagination = data.get("pagination") if isinstance(data, dict) else None
    token = pagination.get("next_page_token") if isinstance(pagination, dict) else None
    return token if isinstance(token, str) else ""
