"""Reads the answers of April 2024: bookings with `responses`, event types with `length`, hours in minutes from Sunday = 0."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any

from pydantic import Field

from bot.errors import ProviderChanged
from bot.gateway.calcom.hosting.limits import read_old_repeats
from bot.gateway.calcom.wire import Flag, Id, Instant, Items, Minutes, Model, Notice, Text, read_one
from bot.gateway.calcom.wire_bookings import STATUSES, Found, is_attendees_own, link_of, place_text, reference_of
from bot.gateway.calcom.wire_event_types import DEFAULT_LABELS, QUESTION_KINDS, is_asked, read_option
from bot.gateway.calcom.wire_schedules import read_date
from bot.scheduling.models import (
    Attendee,
    Booking,
    BookingStatus,
    EventType,
    Hours,
    Override,
    Person,
    Place,
    PlaceKind,
    Question,
    QuestionKind,
    Schedule,
    Slot,
)
from bot.values import dataclass

PLACE_KINDS = {
    "inPerson": PlaceKind.ADDRESS,
    "link": PlaceKind.LINK,
    "userPhone": PlaceKind.PHONE,
    "phone": PlaceKind.ATTENDEE_PHONE,
    "attendeeInPerson": PlaceKind.ATTENDEE_ADDRESS,
    "somewhereElse": PlaceKind.ATTENDEE_CHOICE,
    "conferencing": PlaceKind.HOST_DEFAULT,
}
APPS = {"daily": "cal-video", "google:meet": "google-meet", "office365_video": "office365-video"}
LAST_MINUTE = 23 * 60 + 59


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field(Model):
    name: Text = ""
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
    host_phone_number: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _EventType(Model):
    id: Id
    title: str
    slug: str
    length: Minutes
    description: Text = ""
    hidden: Flag = False
    requires_confirmation: Flag = False
    recurring_event: Any = None
    seats_per_time_slot: int | None = None
    disable_cancelling: Flag = False
    disable_rescheduling: Flag = False
    minimum_booking_notice: Notice | None = None
    price: float | None = None
    metadata: Any = None
    booking_fields: Annotated[tuple[_Field, ...], Items] = ()
    locations: Annotated[tuple[_Location, ...], Items] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _User(Model):
    id: Id = ""
    name: Text = ""
    email: Text = ""
    time_zone: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attendee(Model):
    id: Id = ""
    name: Text = ""
    email: Text = ""
    phone_number: Text = ""
    time_zone: Text = ""
    locale: Text = ""
    no_show: Flag = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Booking(Model):
    uid: str
    status: str
    start_time: Instant
    end_time: Instant
    title: Text = ""
    user_primary_email: Text = ""
    user: _User | None = None
    attendees: Annotated[tuple[_Attendee, ...], Items] = ()
    responses: Any = None
    metadata: Any = None
    location: Text = ""
    event_type_id: Id | None = None
    event_type: Any = None
    from_reschedule: Text = ""
    recurring_event_id: Text = ""
    cancellation_reason: Text = ""
    rejection_reason: Text = ""
    created_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _WorkingHours(Model):
    days: Annotated[tuple[int, ...], Items] = ()
    start_time: Annotated[int, Field(ge=0, le=1440)]
    end_time: Annotated[int, Field(ge=0, le=1440)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Range(Model):
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Override(Model):
    ranges: Annotated[tuple[_Range, ...], Items] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Schedule(Model):
    id: Id
    name: Text = ""
    time_zone: Text = ""
    is_default: Flag = False
    working_hours: Annotated[tuple[_WorkingHours, ...], Items] = ()
    date_overrides: Annotated[tuple[_Override, ...], Items] = ()


def read_event_type(data: Any) -> EventType:
    """An event type; several lengths stand in its metadata."""
    row = read_one(_EventType, data)
    options = row.metadata.get("multipleDuration") if isinstance(row.metadata, dict) else None
    listed = options if isinstance(options, list) else []
    others = [each for each in listed if type(each) is int and 0 < each <= 525_600 and each != row.length]
    return EventType(
        id=row.id,
        title=row.title,
        slug=row.slug,
        lengths=tuple(timedelta(minutes=each) for each in (row.length, *others)),
        description=row.description,
        questions=tuple(
            _question(field) for field in row.booking_fields if is_asked(field.name, is_hidden=field.hidden)
        ),
        places=tuple(_place(location) for location in row.locations),
        needs_approval=row.requires_confirmation,
        is_hidden=row.hidden,
        repeats=read_old_repeats(row.recurring_event),
        is_paid=bool(row.price),
        seats=row.seats_per_time_slot,
        can_cancel=not row.disable_cancelling,
        can_move=not row.disable_rescheduling,
        minimum_notice=timedelta(minutes=row.minimum_booking_notice or 0),
    )


def _question(field: _Field) -> Question:
    return Question(
        key=field.name,
        label=field.label or DEFAULT_LABELS.get(field.name, "") or field.name,
        kind=QUESTION_KINDS.get(field.type, QuestionKind.TEXT),
        is_required=field.required,
        options=tuple(read_option(option) for option in field.options),
    )


def _place(location: _Location) -> Place:
    if location.type.startswith("integrations:"):
        app = location.type.removeprefix("integrations:")
        return Place(kind=PlaceKind.VIDEO, app=APPS.get(app, app.replace("_", "-")))
    detail = location.address or location.link or location.host_phone_number
    return Place(kind=PLACE_KINDS.get(location.type, PlaceKind.OTHER), detail=detail)


def read_booking(data: Any) -> Found:
    """A booking, from a list, a get or a create: each leaves out other columns."""
    row = read_one(_Booking, data)
    if row.end_time <= row.start_time:
        raise ProviderChanged(field="data.endTime")
    guests = _guests(row.responses)
    host = row.user or _User()
    email = host.email or row.user_primary_email
    kind = row.event_type.get("id") if isinstance(row.event_type, dict) else None
    booking = Booking(
        id=row.uid,
        title=row.title,
        slot=Slot(row.start_time, row.end_time),
        status=STATUSES.get(row.status.lower(), BookingStatus.OTHER),
        event_type=row.event_type_id or (str(kind) if kind else ""),
        attendees=tuple(_attendee(each) for each in row.attendees if each.email and each.email.lower() not in guests),
        hosts=(Person(name=host.name, email=email or None, zone=host.time_zone or None),) if host.name or email else (),
        guests=guests,
        place=place_text(row.location),
        join_url="" if is_attendees_own(row.responses) else link_of(row.location),
        reference=reference_of(row.metadata),
        replaces=row.from_reschedule,
        series=row.recurring_event_id,
        cancel_reason=row.cancellation_reason or row.rejection_reason,
        created_at=row.created_at,
    )
    return Found(booking, (host.id,) if host.id else ())


def _guests(responses: Any) -> tuple[str, ...]:
    listed = responses.get("guests") if isinstance(responses, dict) else None
    return tuple(each.lower() for each in listed if isinstance(each, str)) if isinstance(listed, list) else ()


def _attendee(row: _Attendee) -> Attendee:
    return Attendee(
        name=row.name,
        zone=row.time_zone or "UTC",
        email=row.email,
        phone=row.phone_number or None,
        language=row.locale or None,
        is_absent=row.no_show,
        id=row.id,
    )


def read_schedule(data: Any) -> Schedule:
    """Working hours; overrides come as ranges of instants that mean wall time."""
    row = read_one(_Schedule, data)
    return Schedule(
        id=row.id,
        name=row.name,
        zone=row.time_zone or "UTC",
        is_default=row.is_default,
        hours=tuple(
            Hours(weekdays=days, start=_clock(each.start_time), end=_end(each.end_time))
            for each in row.working_hours
            if (days := tuple((day - 1) % 7 for day in each.days))
        ),
        overrides=tuple(_override(each) for row_of_day in row.date_overrides for each in row_of_day.ranges),
    )


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def _end(minute: int) -> time:
    return time(0) if minute >= LAST_MINUTE else _clock(minute)


def _override(row: _Range) -> Override:
    day, start, end = read_date(row.start), _wall(row.start), _wall(row.end)
    if start == end:
        return Override(day=day)
    return Override(day=day, start=start, end=time(0) if end == time(23, 59) else end)


def _wall(text: str) -> time:
    """The wall time that is written as if it were UTC."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC).time().replace(second=0, microsecond=0)
    except ValueError as error:
        raise ProviderChanged(field="dateOverrides.ranges") from error
