"""Cal.com bookings, the current shape. https://cal.com/docs/api-reference/v2/bookings

Traps obeyed here: only known keys may be sent (others are refused with 400); mail addresses are lower-cased, because the search
by address heeds case; `upcoming` leaves out requested bookings; a cancellation by the host needs a reason.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from bot.errors import ProviderChanged
from bot.gateway.calcom.wire import (
    MOST_A_PAGE,
    Flag,
    Id,
    Instant,
    Items,
    Minutes,
    Model,
    OldShape,
    Text,
    Versions,
    data_of,
    iso,
    minutes,
    read_one,
)
from bot.gateway.calls import ApiRequest, Call, Pairs, body, query
from bot.scheduling.models import (
    Attendee,
    Booking,
    BookingState,
    BookingStatus,
    Person,
    Place,
    PlaceKind,
    Slot,
)
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.scheduling.models import BookingQuery
    from bot.scheduling.writes import AddGuests, BookSlot, CancelBooking, ChangePlace, MarkAbsent, MoveBooking

REFERENCE = "clientRef"
"""The metadata key that carries our reference."""
NO_REASON = "Cancelled from chat"
STATUSES = {
    "accepted": BookingStatus.BOOKED,
    "pending": BookingStatus.REQUESTED,
    "awaiting_host": BookingStatus.REQUESTED,
    "cancelled": BookingStatus.CANCELLED,
    "rejected": BookingStatus.REJECTED,
}
STATES = {
    BookingState.UPCOMING: "upcoming",
    BookingState.REQUESTED: "unconfirmed",
    BookingState.PAST: "past",
    BookingState.CANCELLED: "cancelled",
    BookingState.RECURRING: "recurring",
}
LANGUAGES = frozenset(
    {"ar", "ca", "de", "es", "eu", "he", "id", "ja", "lv", "pl", "ro", "sr", "th", "vi", "az", "cs", "el", "es-419"}
    | {"fi", "hr", "it", "km", "nl", "pt", "ru", "sv", "tr", "zh-CN", "bg", "da", "en", "et", "fr", "hu", "iw", "ko"}
    | {"no", "pt-BR", "sk", "ta", "uk", "zh-TW", "bn"}
)
APPS = {
    "daily": "Cal Video",
    "google:meet": "Google Meet",
    "zoom": "Zoom",
    "office365_video": "Microsoft Teams",
    "jitsi": "Jitsi",
    "webex_video": "Webex",
    "whereby_video": "Whereby",
    "discord_video": "Discord",
}
LONGEST_MEETING = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Found:
    """A booking with what decides whose it is: ids of its hosts beside the addresses it carries."""

    booking: Booking
    host_ids: tuple[str, ...] = ()
    host_absent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Host(Model):
    id: Id = ""
    name: Text = ""
    email: Text = ""
    time_zone: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attendee(Model):
    name: Text = ""
    email: Text = ""
    phone_number: Text = ""
    time_zone: Text = ""
    language: Text = ""
    absent: Flag = False
    id: Id = ""
    seat_uid: Text = ""
    metadata: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _TypeOfEvent(Model):
    id: Id = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRow(Model):
    uid: str
    status: str
    start: Instant
    end: Instant | None = None
    duration: Minutes | None = None
    title: Text = ""
    hosts: Annotated[tuple[_Host, ...], Items] = ()
    attendees: Annotated[tuple[_Attendee, ...], Items] = ()
    guests: Annotated[tuple[Any, ...], Items] = ()
    event_type: _TypeOfEvent | None = None
    event_type_id: Id | None = None
    location: Any = None
    meeting_url: Text = ""
    metadata: Any = None
    cancellation_reason: Text = ""
    rescheduled_from_uid: Text = ""
    rescheduled_to_uid: Text = ""
    recurring_booking_uid: Text = ""
    seat_uid: Text = ""
    booking_fields_responses: Any = None
    absent_host: Flag = False
    created_at: Instant | None = None


class BookingsWire:
    """Builds and reads the calls."""

    page_size = MOST_A_PAGE

    def __init__(self, versions: Versions) -> None:
        self._headers = versions.header("bookings")

    def listings(self, wish: BookingQuery) -> tuple[BookingQuery, ...]:
        """The lists that together hold what is wished: here one, because several states may be asked at once."""
        return (wish,)

    def page(self, wish: BookingQuery, *, skip: int, newest_first: bool = False) -> Call[tuple[Found, ...]]:
        """One page; a short one is the last. The window bounds starts, the server's upper bound ends: a day is added."""
        window = wish.window
        parameters = query(
            status=",".join(STATES[state] for state in wish.states),
            attendeeEmail=wish.attendee_email.lower() if wish.attendee_email else None,
            eventTypeId=wish.event_type,
            afterStart=iso(window.start) if window else None,
            beforeEnd=iso(window.end + LONGEST_MEETING) if window else None,
            sortStart="desc" if newest_first else "asc",
            take=MOST_A_PAGE,
            skip=skip,
        )
        return Call(self._request("GET", "", "bookings.list", parameters=parameters), _read_page)

    def one(self, uid: str) -> Call[Found]:
        """One booking; of a series, the first."""
        return Call(self._request("GET", f"/{uid}", "bookings.get"), _read_first)

    def create(
        self, write: BookSlot, *, reference: str, answers: dict[str, Any], ask_length: bool
    ) -> Call[tuple[Found, ...]]:
        """`answers` are ready for the wire; `ask_length`: the type has several lengths."""
        attendee = write.attendee
        content = body(
            start=iso(write.slot.start),
            eventTypeId=None if write.host else int(write.event_type),
            eventTypeSlug=write.event_type if write.host else None,
            username=write.host,
            attendee=body(
                name=attendee.name,
                email=attendee.email.lower() if attendee.email else None,
                phoneNumber=attendee.phone,
                timeZone=attendee.zone,
                language=attendee.language if attendee.language in LANGUAGES else None,
            ),
            guests=[guest.lower() for guest in write.guests] or None,
            bookingFieldsResponses=answers or None,
            location=place_body(write.place),
            lengthInMinutes=minutes(write.length or write.slot.interval.length) if ask_length else None,
            recurrenceCount=write.recurrence_count,
            metadata={REFERENCE: reference},
        )
        return Call(self._request("POST", "", "bookings.create", content), _read_all)

    def move(self, write: MoveBooking, now: Booking) -> Call[Found]:
        """Comes back with a new uid."""
        if write.seat:
            content = body(start=iso(write.slot.start), seatUid=write.seat)
        else:
            content = body(start=iso(write.slot.start), reschedulingReason=write.reason or None)
        return Call(self._request("POST", f"/{now.id}/reschedule", "bookings.move", content), _read_first)

    def cancel(self, write: CancelBooking) -> Call[tuple[Found, ...]]:
        """A list comes back when a series is cancelled."""
        content = body(
            cancellationReason=write.reason or NO_REASON,
            cancelSubsequentBookings=True if write.and_following else None,
            seatUid=write.seat or None,
        )
        return Call(self._request("POST", f"/{write.booking}/cancel", "bookings.cancel", content), _read_all)

    def approve(self, uid: str) -> Call[Found]:
        """No body."""
        return Call(self._request("POST", f"/{uid}/confirm", "bookings.approve"), _read_first)

    def decline(self, uid: str, reason: str) -> Call[Found]:
        """The reason goes to the attendee."""
        return Call(
            self._request("POST", f"/{uid}/decline", "bookings.decline", body(reason=reason or None)), _read_first
        )

    def add_guests(self, write: AddGuests) -> Call[Found]:
        """At most ten a call."""
        content = {"guests": [{"email": email.lower()} for email in write.emails]}
        return Call(self._request("POST", f"/{write.booking}/guests", "bookings.add_guests", content), _read_first)

    def mark_absent(self, write: MarkAbsent) -> Call[Found]:
        """Host only, after the start."""
        content = body(
            host=write.is_absent if write.host else None,
            attendees=[{"email": email, "absent": write.is_absent} for email in write.emails] or None,
        )
        return Call(
            self._request("POST", f"/{write.booking}/mark-absent", "bookings.mark_absent", content), _read_first
        )

    def change_place(self, write: ChangePlace) -> Call[Found]:
        """The calendar entry keeps the old place; a limitation on Cal.com's side."""
        content = {"location": place_body(write.place, with_detail=True)}
        return Call(self._request("PATCH", f"/{write.booking}/location", "bookings.change_place", content), _read_first)

    def _request(
        self, method: str, rest: str, operation: str, content: dict[str, Any] | None = None, *, parameters: Pairs = ()
    ) -> ApiRequest:
        return ApiRequest(
            method=method,
            path=f"/bookings{rest}",
            operation=operation,
            query=parameters,
            body=content,
            headers=self._headers,
        )


def place_body(place: Place | None, *, with_detail: bool = False) -> dict[str, Any] | None:
    """A location object. At a booking the host's own places are named by type alone; `with_detail` spells them out."""
    if place is None:
        return None
    match place.kind:
        case PlaceKind.VIDEO:
            return {"type": "integration", "integration": place.app}
        case PlaceKind.LINK:
            return {"type": "link", "link": place.detail} if with_detail else {"type": "link"}
        case PlaceKind.ADDRESS:
            return {"type": "address", "address": place.detail} if with_detail else {"type": "address"}
        case PlaceKind.PHONE:
            return {"type": "phone", "phone": place.detail} if with_detail else {"type": "phone"}
        case PlaceKind.ATTENDEE_PHONE:
            return {"type": "attendeePhone", "phone": place.detail}
        case PlaceKind.ATTENDEE_ADDRESS:
            return {"type": "attendeeAddress", "address": place.detail}
        case PlaceKind.ATTENDEE_CHOICE:
            return {"type": "attendeeDefined", "location": place.detail}
        case PlaceKind.HOST_DEFAULT:
            return {"type": "organizersDefaultApp"}
        case PlaceKind.OTHER:
            return None


def _read_page(answer: Any) -> tuple[Found, ...]:
    """A page of bookings."""
    data = data_of(answer)
    if isinstance(data, dict) and "bookings" in data:
        raise OldShape
    if not isinstance(data, list):
        raise ProviderChanged(field="data")
    return tuple(_found(item) for item in data)


def _read_all(answer: Any) -> tuple[Found, ...]:
    data = data_of(answer)
    rows = data if isinstance(data, list) else [data]
    return tuple(sorted((_found(row) for row in rows), key=lambda found: found.booking.slot))


def _read_first(answer: Any) -> Found:
    found = _read_all(answer)
    if not found:
        raise ProviderChanged(field="data[0]")
    return found[0]


def _found(data: Any) -> Found:
    if isinstance(data, dict) and "startTime" in data and "start" not in data:
        raise OldShape
    row = read_one(BookingRow, data)
    guests = tuple(_mail(guest) for guest in row.guests)
    booking = Booking(
        id=row.uid,
        title=row.title,
        slot=Slot(row.start, _end(row)),
        status=STATUSES.get(row.status.lower(), BookingStatus.OTHER),
        event_type=(row.event_type.id if row.event_type else "") or row.event_type_id or "",
        attendees=tuple(
            _attendee(each) for each in row.attendees if each.email.lower() not in guests and _is_known(each)
        ),
        hosts=tuple(
            Person(name=host.name, email=host.email or None, zone=host.time_zone or None) for host in row.hosts
        ),
        guests=tuple(guest for guest in guests if guest),
        place=place_text(row.location or row.meeting_url),
        join_url=""
        if is_attendees_own(row.booking_fields_responses)
        else link_of(row.location) or link_of(row.meeting_url),
        reference=reference_of(row.metadata, *(each.metadata for each in row.attendees)),
        replaces=row.rescheduled_from_uid,
        replaced_by=row.rescheduled_to_uid,
        series=row.recurring_booking_uid,
        seat=row.seat_uid,
        cancel_reason=row.cancellation_reason,
        created_at=row.created_at,
    )
    return Found(booking, tuple(host.id for host in row.hosts if host.id), row.absent_host)


def _end(row: BookingRow) -> datetime:
    end = row.end or (row.start + timedelta(minutes=row.duration) if row.duration else None)
    if end is None or end <= row.start:
        raise ProviderChanged(field="data.end")
    return end


def _is_known(row: _Attendee) -> bool:
    return bool(row.email or row.phone_number)


def _attendee(row: _Attendee) -> Attendee:
    return Attendee(
        name=row.name,
        zone=row.time_zone or "UTC",
        email=row.email or None,
        phone=row.phone_number or None,
        language=row.language or None,
        is_absent=row.absent,
        id=row.seat_uid or row.id,
    )


def _mail(guest: Any) -> str:
    value = guest.get("email") if isinstance(guest, dict) else guest
    return value.lower() if isinstance(value, str) else ""


def reference_of(*metadata: Any) -> str:
    """Our reference, wherever the provider kept it."""
    for each in metadata:
        if isinstance(each, dict) and isinstance(each.get(REFERENCE), str):
            return str(each[REFERENCE])
    return ""


_ATTENDEES_OWN = frozenset({"phone", "attendeeInPerson", "somewhereElse"})
"""Places that whoever books may write freely."""


def is_attendees_own(answers: Any) -> bool:
    """Whether the place is what the attendee wrote: then it is no address that the provider vouches for."""
    place = answers.get("location") if isinstance(answers, dict) else None
    return isinstance(place, dict) and place.get("value") in _ATTENDEES_OWN


def link_of(location: Any) -> str:
    """The location if it is a link."""
    return location if isinstance(location, str) and location.startswith(("https://", "http://")) else ""


def place_text(location: Any) -> str:
    """Where, in words: `integrations:google:meet` is Google Meet."""
    if not isinstance(location, str):
        return ""
    if not location.startswith("integrations:"):
        return location
    app = location.removeprefix("integrations:")
    return APPS.get(app, app.replace("_", " ").replace(":", " ").title())
