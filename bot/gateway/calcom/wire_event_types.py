"""Cal.com event types, the current shape. https://cal.com/docs/api-reference/v2/event-types"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

from bot.gateway.calcom.hosting.limits import limits_body, policies_body, read_caps, read_repeats, read_window
from bot.gateway.calcom.wire import (
    Flag,
    Id,
    Items,
    Minutes,
    Model,
    Notice,
    OldShape,
    Text,
    Versions,
    data_of,
    is_switched_on,
    minutes,
    nothing,
    read_many,
    read_one,
)
from bot.gateway.calls import ApiRequest, Call, body, query
from bot.scheduling.models import EventType, Place, PlaceKind, Pooling, Question, QuestionKind
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.scheduling.writes import ChangeEventType, CreateEventType

QUESTION_KINDS = {
    "textarea": QuestionKind.LONG_TEXT,
    "number": QuestionKind.NUMBER,
    "phone": QuestionKind.PHONE,
    "email": QuestionKind.EMAIL,
    "multiemail": QuestionKind.EMAIL,
    "url": QuestionKind.URL,
    "select": QuestionKind.CHOICE,
    "radio": QuestionKind.CHOICE,
    "radioInput": QuestionKind.CHOICE,
    "multiselect": QuestionKind.CHOICES,
    "checkbox": QuestionKind.CHOICES,
    "boolean": QuestionKind.YES_NO,
}
PLACE_KINDS = {
    "address": PlaceKind.ADDRESS,
    "link": PlaceKind.LINK,
    "integration": PlaceKind.VIDEO,
    "phone": PlaceKind.PHONE,
    "attendeeAddress": PlaceKind.ATTENDEE_ADDRESS,
    "attendeePhone": PlaceKind.ATTENDEE_PHONE,
    "attendeeDefined": PlaceKind.ATTENDEE_CHOICE,
    "organizersDefaultApp": PlaceKind.HOST_DEFAULT,
}
ASKED_ELSEWHERE = frozenset({"name", "email", "location", "guests", "rescheduleReason", "displayEmail"})
PHONE_FIELD = "attendeePhoneNumber"
DEFAULT_LABELS = {"notes": "Additional notes", "title": "What is this meeting about?", PHONE_FIELD: "Phone number"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field(Model):
    slug: Text = ""
    type: Text = ""
    label: Text = ""
    required: Flag = False
    hidden: Flag = False
    options: Annotated[tuple[Any, ...], Items] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Location(Model):
    type: Text = ""
    address: Text = ""
    link: Text = ""
    phone: Text = ""
    integration: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named(Model):
    name: Text = ""
    slug: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTypeRow(Model):
    id: Id
    title: str
    slug: str
    length_in_minutes: Minutes
    length_in_minutes_options: Annotated[tuple[Minutes, ...], Items] = ()
    description: Text = ""
    booking_fields: Annotated[tuple[_Field, ...], Items] = ()
    locations: Annotated[tuple[_Location, ...], Items] = ()
    confirmation_policy: Any = None
    recurrence: Any = None
    seats: Any = None
    disable_cancelling: Any = None
    disable_rescheduling: Any = None
    hidden: Flag = False
    price: float | None = None
    minimum_booking_notice: Notice | None = None
    before_event_buffer: Notice | None = None
    after_event_buffer: Notice | None = None
    slot_interval: Notice | None = None
    booking_window: Any = None
    booking_limits_count: Any = None
    booking_limits_duration: Any = None
    schedule_id: Id | None = None
    booking_url: Text = ""
    scheduling_type: Text = ""
    team: _Named | None = None
    hosts: Annotated[tuple[_Named, ...], Items] = ()


class EventTypesWire:
    """Builds and reads the calls."""

    def __init__(self, versions: Versions) -> None:
        self._headers = versions.header("event_types")

    def own(self) -> Call[tuple[EventType, ...]]:
        """The account's personal types."""
        return self._list("event_types.list", "/event-types")

    def public(self, username: str) -> Call[tuple[EventType, ...]]:
        """What a public page offers. An unknown user reads as empty."""
        return self._list("event_types.public", "/event-types", username=username)

    def of_team(self, team: str, organization: str, team_name: str) -> Call[tuple[EventType, ...]]:
        """A team's types; managed parents cannot be booked and are left out."""
        path = f"/organizations/{organization}/teams/{team}" if organization else f"/teams/{team}"
        call = self._list("event_types.team", f"{path}/event-types")
        return Call(call.request, lambda answer: _read_list(answer, team_name))

    def of_organization(self, organization: str) -> Call[tuple[EventType, ...]]:
        """The types of all its teams."""
        return self._list("event_types.organization", f"/organizations/{organization}/teams/event-types")

    def one(self, identifier: str) -> Call[EventType]:
        """One type."""
        return Call(self._request("GET", f"/event-types/{identifier}", "event_types.get"), _read)

    def create(self, write: CreateEventType) -> Call[EventType]:
        """Several lengths go into the options, the first is the default."""
        options = [minutes(length) for length in write.lengths]
        content = body(
            title=write.title,
            slug=write.slug,
            lengthInMinutes=options[0],
            lengthInMinutesOptions=options if len(options) > 1 else None,
            description=write.description or None,
            hidden=write.is_hidden or None,
        )
        content |= limits_body(write)
        return Call(self._request("POST", "/event-types", "event_types.create", content), _read)

    def change(self, write: ChangeEventType, *, had_options: bool) -> Call[EventType]:
        """`had_options`: the type has several lengths now, so the list must be replaced too."""
        options = None if write.lengths is None else [minutes(length) for length in write.lengths]
        content = body(
            title=write.title,
            lengthInMinutes=options[0] if options else None,
            lengthInMinutesOptions=options if options and (had_options or len(options) > 1) else None,
            description=write.description,
            hidden=write.is_hidden,
        )
        content |= limits_body(write) | policies_body(write)
        return Call(self._request("PATCH", f"/event-types/{write.event_type}", "event_types.change", content), _read)

    def delete(self, identifier: str) -> Call[None]:
        """Final."""
        return Call(self._request("DELETE", f"/event-types/{identifier}", "event_types.delete"), nothing)

    def _list(self, operation: str, path: str, **parameters: str) -> Call[tuple[EventType, ...]]:
        request = ApiRequest(
            method="GET", path=path, operation=operation, query=query(**parameters), headers=self._headers
        )
        return Call(request, _read_list)

    def _request(self, method: str, path: str, operation: str, content: dict[str, Any] | None = None) -> ApiRequest:
        return ApiRequest(method=method, path=path, operation=operation, body=content, headers=self._headers)


def _read(answer: Any) -> EventType:
    data = data_of(answer)
    if isinstance(data, dict) and "length" in data and "lengthInMinutes" not in data:
        raise OldShape
    return _event_type(read_one(EventTypeRow, data))


def _read_list(answer: Any, team_name: str = "") -> tuple[EventType, ...]:
    data = data_of(answer)
    if isinstance(data, dict) and "eventTypeGroups" in data:
        raise OldShape
    rows = read_many(EventTypeRow, data)
    return tuple(_event_type(row, team_name) for row in rows if row.scheduling_type.lower() != "managed")


def _event_type(row: EventTypeRow, team_name: str = "") -> EventType:
    others = [length for length in row.length_in_minutes_options if length != row.length_in_minutes]
    seats = row.seats.get("seatsPerTimeSlot") if isinstance(row.seats, dict) else None
    return EventType(
        id=row.id,
        title=row.title,
        slug=row.slug,
        lengths=tuple(timedelta(minutes=length) for length in (row.length_in_minutes, *others)),
        description=row.description,
        questions=tuple(
            _question(field) for field in row.booking_fields if is_asked(field.slug, is_hidden=field.hidden)
        ),
        places=tuple(_place(location) for location in row.locations),
        needs_approval=is_switched_on(row.confirmation_policy),
        is_hidden=row.hidden,
        repeats=read_repeats(row.recurrence),
        is_paid=bool(row.price),
        seats=seats if isinstance(seats, int) else None,
        can_cancel=not _is_disabled(row.disable_cancelling),
        can_move=not _is_disabled(row.disable_rescheduling),
        minimum_notice=timedelta(minutes=row.minimum_booking_notice or 0),
        buffer_before=timedelta(minutes=row.before_event_buffer or 0),
        buffer_after=timedelta(minutes=row.after_event_buffer or 0),
        interval=timedelta(minutes=row.slot_interval) if row.slot_interval else None,
        window=read_window(row.booking_window),
        caps=read_caps(row.booking_limits_count, row.booking_limits_duration),
        schedule=row.schedule_id or "",
        booking_url=row.booking_url,
        team=(row.team.name if row.team else "") or team_name,
        hosts=tuple(host.name for host in row.hosts if host.name) if team_name or row.team else (),
        pooling=_POOLINGS.get(row.scheduling_type.lower().replace("_", "")),
    )


_POOLINGS = {"roundrobin": Pooling.ROUND_ROBIN, "collective": Pooling.COLLECTIVE}


def is_asked(slug: str, *, is_hidden: bool) -> bool:
    """Whether a booking field is a question of ours, not one that the booking itself answers."""
    return bool(slug) and not is_hidden and slug not in ASKED_ELSEWHERE


def _is_disabled(policy: Any) -> bool:
    """`disableCancelling: {disabled: true}` forbids cancelling; older builds say plain true."""
    return policy is True or (isinstance(policy, dict) and policy.get("disabled") is True)


def _question(field: _Field) -> Question:
    return Question(
        key=field.slug,
        label=DEFAULT_LABELS.get(field.slug, "") or field.label or field.slug.replace("-", " ").capitalize(),
        kind=QUESTION_KINDS.get(field.type, QuestionKind.TEXT),
        is_required=field.required,
        options=tuple(read_option(option) for option in field.options),
    )


def read_option(option: Any) -> str:
    """An option of a question: a plain text, or an object with a value."""
    return str(option.get("value") or option.get("label") or "") if isinstance(option, dict) else str(option)


def _place(location: _Location) -> Place:
    return Place(
        kind=PLACE_KINDS.get(location.type, PlaceKind.OTHER),
        app=location.integration,
        detail=location.address or location.link or location.phone,
    )
