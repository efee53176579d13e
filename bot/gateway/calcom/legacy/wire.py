"""Cal.com in the shapes of April 2024, which a host answers when it gets no version header: the calls.

What differs: lists in `eventTypeGroups` and `bookings`, lengths as `length`, `responses` instead of an attendee, hours as
minutes and numbers from Sunday, slots under `time`, holds that are bare ids. A booking is moved by creating one that names
the old. What has no method here (approving, declining, guests, absence, places, teams) does not exist there.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from bot.errors import NotFound, ProviderChanged
from bot.gateway.calcom.legacy.shapes import read_booking, read_event_type, read_schedule
from bot.gateway.calcom.refusals import too_old
from bot.gateway.calcom.wire import data_of, iso, minutes, nothing
from bot.gateway.calcom.wire_bookings import NO_REASON, REFERENCE, STATES, Found
from bot.gateway.calcom.wire_slots import DEFAULT_HOLD, read_slots
from bot.gateway.calls import ApiRequest, Call, body, query
from bot.scheduling.models import BookingState, Hold, PlaceKind

if TYPE_CHECKING:
    from bot.scheduling.models import (
        Booking,
        BookingQuery,
        EventType,
        Hours,
        Override,
        Place,
        Schedule,
        Slot,
        SlotQuery,
    )
    from bot.scheduling.writes import (
        BookSlot,
        CancelBooking,
        ChangeEventType,
        ChangeSchedule,
        CreateEventType,
        CreateSchedule,
        HoldSlot,
        MoveBooking,
    )

PAGE = 100
LIMITS = (
    *("places", "questions", "buffer_before", "buffer_after", "minimum_notice"),
    *("interval", "window", "caps", "seats", "needs_approval"),
)
EPOCH = date(1970, 1, 1)
PLACES = {
    PlaceKind.ADDRESS: "inPerson",
    PlaceKind.LINK: "link",
    PlaceKind.PHONE: "userPhone",
    PlaceKind.ATTENDEE_PHONE: "phone",
    PlaceKind.ATTENDEE_ADDRESS: "attendeeInPerson",
    PlaceKind.ATTENDEE_CHOICE: "somewhereElse",
    PlaceKind.HOST_DEFAULT: "conferencing",
}


class LegacyEventTypes:
    """Event types in groups."""

    def own(self) -> Call[tuple[EventType, ...]]:
        """Personal types; groups of teams are left out."""
        request = ApiRequest(method="GET", path="/event-types", operation="event_types.list")
        return Call(request, _read_groups)

    def public(self, username: str) -> Call[tuple[EventType, ...]]:
        """What a public page offers."""
        request = ApiRequest(method="GET", path=f"/event-types/{username}/public", operation="event_types.public")
        return Call(request, lambda answer: tuple(read_event_type(row) for row in _rows(data_of(answer))))

    def one(self, identifier: str) -> Call[EventType]:
        """One type."""
        request = ApiRequest(method="GET", path=f"/event-types/{identifier}", operation="event_types.get")
        return Call(request, lambda answer: read_event_type(_row(data_of(answer), "eventType")))

    def create(self, write: CreateEventType) -> Call[EventType]:
        """One length only."""
        if len(write.lengths) > 1:
            raise too_old("create event types with several lengths")
        if write.places or write.buffer_before or write.buffer_after or write.interval:
            raise too_old("create event types with places or limits")
        content = body(
            title=write.title,
            slug=write.slug,
            length=minutes(write.lengths[0]),
            description=write.description or None,
            hidden=write.is_hidden or None,
        )
        request = ApiRequest(method="POST", path="/event-types", operation="event_types.create", body=content)
        return Call(request, lambda answer: read_event_type(data_of(answer)))

    def change(self, write: ChangeEventType, *, had_options: bool) -> Call[EventType]:
        """One length only."""
        if write.lengths is not None and (had_options or len(write.lengths) > 1):
            raise too_old("change several lengths of an event type")
        if any(getattr(write, name) is not None for name in LIMITS):
            raise too_old("change the places, questions or limits of an event type")
        content = body(
            title=write.title,
            length=minutes(write.lengths[0]) if write.lengths else None,
            description=write.description,
            hidden=write.is_hidden,
        )
        request = ApiRequest(
            method="PATCH", path=f"/event-types/{write.event_type}", operation="event_types.change", body=content
        )
        return Call(request, lambda answer: read_event_type(data_of(answer)))

    def delete(self, identifier: str) -> Call[None]:
        """Final."""
        request = ApiRequest(method="DELETE", path=f"/event-types/{identifier}", operation="event_types.delete")
        return Call(request, nothing)


class LegacySlots:
    """Slots under `time`, holds as bare ids."""

    def find(self, wish: SlotQuery, *, length: timedelta, ask_length: bool) -> Call[tuple[Slot, ...]]:
        """Free slots of an own type, or of a public page's."""
        address = (
            (("eventTypeSlug", wish.event_type), ("usernameList[]", wish.host))
            if wish.host
            else query(eventTypeId=wish.event_type)
        )
        rest = query(
            startTime=iso(wish.window.start),
            endTime=iso(wish.window.end + length - timedelta(seconds=1)),
            timeZone=wish.zone,
            duration=minutes(length) if ask_length else None,
            rescheduleUid=wish.moving,
        )
        request = ApiRequest(method="GET", path="/slots/available", operation="slots.find", query=address + rest)
        return Call(
            request, lambda answer: read_slots({"data": _row(data_of(answer), "slots")}, length, wish.window, "time")
        )

    def hold(self, write: HoldSlot, *, ask_length: bool, now: datetime) -> Call[Hold]:
        """The answer is an id; what it holds is what was asked for, from `now` for the default time."""
        _ = ask_length
        content = body(
            eventTypeId=int(write.event_type),
            slotUtcStartDate=iso(write.slot.start),
            slotUtcEndDate=iso(write.slot.end),
        )
        request = ApiRequest(method="POST", path="/slots/reserve", operation="holds.create", body=content)
        return Call(request, lambda answer: _read_hold(answer, write, now))

    def release(self, identifier: str) -> Call[None]:
        """Succeeds for an unknown hold too."""
        request = ApiRequest(
            method="DELETE", path="/slots/selected-slot", operation="holds.release", query=query(uid=identifier)
        )
        return Call(request, nothing)


class LegacyBookings:
    """Bookings with `responses`."""

    page_size = PAGE

    def listings(self, wish: BookingQuery) -> tuple[BookingQuery, ...]:
        """One list a state: only one may be asked at once."""
        return tuple(replace(wish, states=(state,)) for state in wish.states)

    def page(self, wish: BookingQuery, *, skip: int, newest_first: bool = False) -> Call[tuple[Found, ...]]:
        """One page of one state. There are no other filters, and the order is the server's."""
        _ = newest_first
        state = STATES[next(iter(wish.states), BookingState.UPCOMING)]
        parameters = (("filters[status]", state), ("limit", str(PAGE)), ("cursor", str(skip)))
        request = ApiRequest(method="GET", path="/bookings", operation="bookings.list", query=parameters)
        return Call(request, _read_page)

    def one(self, uid: str) -> Call[Found]:
        """One booking."""
        request = ApiRequest(method="GET", path=f"/bookings/{uid}", operation="bookings.get")
        return Call(request, lambda answer: read_booking(data_of(answer)))

    def create(
        self, write: BookSlot, *, reference: str, answers: dict[str, Any], ask_length: bool
    ) -> Call[tuple[Found, ...]]:
        """The length is given by the end."""
        _ = ask_length
        attendee = write.attendee
        if write.host:
            raise too_old("book on somebody else's page")
        if attendee.email is None:
            raise too_old("book without a mail address")
        if write.series:
            raise too_old("book a whole series")
        responses = answers | body(
            name=attendee.name,
            email=attendee.email.lower(),
            guests=[guest.lower() for guest in write.guests],
            attendeePhoneNumber=attendee.phone,
            location=_place(write.place),
        )
        end = write.slot.start + write.length if write.length else write.slot.end
        return self._create(
            "bookings.create",
            body(
                start=iso(write.slot.start),
                end=iso(end),
                eventTypeId=int(write.event_type),
                timeZone=attendee.zone,
                language=attendee.language or "en",
                metadata={REFERENCE: reference},
                responses=responses,
            ),
        )

    def move(self, write: MoveBooking, now: Booking) -> Call[Found]:
        """A new booking that names the old one by its uid; attendee and metadata go along."""
        attendee = next(iter(now.attendees), write.attendee)
        if attendee is None or not (now.event_type or write.event_type):
            raise too_old("move that booking")
        content = body(
            start=iso(write.slot.start),
            end=iso(write.slot.end),
            eventTypeId=int(now.event_type or write.event_type),
            rescheduleUid=now.id,
            timeZone=attendee.zone,
            language=attendee.language or "en",
            metadata={REFERENCE: now.reference} if now.reference else {},
            responses=body(
                name=attendee.name, email=attendee.email, guests=list(now.guests), rescheduleReason=write.reason or None
            ),
        )
        call = self._create("bookings.move", content)
        return Call(call.request, lambda answer: call.read(answer)[0])

    def cancel(self, write: CancelBooking) -> Call[tuple[Found, ...]]:
        """Tells no more than the uid, so nothing is read; the caller looks."""
        content = body(
            cancellationReason=write.reason or NO_REASON,
            allRemainingBookings=True if write.and_following else None,
            seatReferenceUid=write.seat or None,
        )
        request = ApiRequest(
            method="POST", path=f"/bookings/{write.booking}/cancel", operation="bookings.cancel", body=content
        )
        return Call(request, lambda _answer: ())

    def _create(self, operation: str, content: dict[str, Any]) -> Call[tuple[Found, ...]]:
        request = ApiRequest(method="POST", path="/bookings", operation=operation, body=content)
        return Call(request, lambda answer: (read_booking(data_of(answer)),))


class LegacySchedules:
    """Hours as minutes; writes take a week of instants that mean wall time."""

    def all(self) -> Call[tuple[Schedule, ...]]:
        """Every schedule."""
        request = ApiRequest(method="GET", path="/schedules", operation="schedules.list")
        return Call(request, lambda answer: tuple(read_schedule(row) for row in _rows(data_of(answer))))

    def default(self) -> Call[tuple[Schedule, ...]]:
        """The default alone; may be null."""
        request = ApiRequest(method="GET", path="/schedules/default", operation="schedules.default")
        return Call(request, lambda answer: () if data_of(answer) is None else (read_schedule(data_of(answer)),))

    def one(self, identifier: str) -> Call[Schedule]:
        """One schedule."""
        request = ApiRequest(method="GET", path=f"/schedules/{identifier}", operation="schedules.get")
        return Call(request, lambda answer: read_schedule(data_of(answer)))

    def create(self, write: CreateSchedule) -> Call[Schedule]:
        """Hours only; overrides are a change of their own there."""
        if write.overrides:
            raise too_old("create a schedule with days off")
        hours = [
            {
                "days": [(day + 1) % 7 for day in each.weekdays],
                "startTime": _at(each.start),
                "endTime": _at_end(each.end),
            }
            for each in write.hours
        ]
        content = body(name=write.name, timeZone=write.zone, isDefault=write.is_default, availabilities=hours or None)
        request = ApiRequest(method="POST", path="/schedules", operation="schedules.create", body=content)
        return Call(request, lambda answer: read_schedule(data_of(answer)))

    def change(self, write: ChangeSchedule, now: Schedule | None = None) -> Call[Schedule]:
        """A change replaces week and days off together, so what stays is sent along."""
        hours = write.hours if write.hours is not None else (now.hours if now else None)
        overrides = write.overrides if write.overrides is not None else (now.overrides if now else None)
        touches_hours = write.hours is not None or write.overrides is not None
        content = body(
            name=write.name or (now.name if now else None),
            timeZone=write.zone or (now.zone if now else None),
            isDefault=write.is_default,
            schedule=_week(hours) if touches_hours and hours is not None else None,
            dateOverrides=[_range(each) for each in overrides] if touches_hours and overrides is not None else None,
        )
        request = ApiRequest(
            method="PATCH", path=f"/schedules/{write.schedule}", operation="schedules.change", body=content
        )
        return Call(request, lambda answer: read_schedule(_row(data_of(answer), "schedule")))

    def delete(self, identifier: str) -> Call[None]:
        """Final."""
        request = ApiRequest(method="DELETE", path=f"/schedules/{identifier}", operation="schedules.delete")
        return Call(request, nothing)


def _read_groups(answer: Any) -> tuple[EventType, ...]:
    groups = _rows(_row(data_of(answer), "eventTypeGroups"))
    personal = [group for group in groups if isinstance(group, dict) and not group.get("teamId")]
    return tuple(read_event_type(row) for group in personal for row in _rows(group.get("eventTypes")))


def _read_page(answer: Any) -> tuple[Found, ...]:
    return tuple(read_booking(row) for row in _rows(_row(data_of(answer), "bookings")))


def _read_hold(answer: Any, write: HoldSlot, now: datetime) -> Hold:
    identifier = data_of(answer)
    if not isinstance(identifier, str) or not identifier:
        raise ProviderChanged(field="data")
    return Hold(id=identifier, event_type=write.event_type, slot=write.slot, expires_at=now + DEFAULT_HOLD)


def _row(data: Any, key: str) -> Any:
    if data is None:
        raise NotFound(f"{key} is null")
    if not isinstance(data, dict) or key not in data:
        raise ProviderChanged(field=f"data.{key}")
    return data[key]


def _rows(data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise ProviderChanged(field="data")
    return data


def _place(place: Place | None) -> dict[str, str] | None:
    if place is None or place.kind is PlaceKind.OTHER:
        return None
    if place.kind is PlaceKind.VIDEO:
        apps = {"cal-video": "daily", "google-meet": "google:meet"}
        return {"value": f"integrations:{apps.get(place.app, place.app.replace('-', '_'))}", "optionValue": ""}
    return {"value": PLACES[place.kind], "optionValue": place.detail}


def _at(clock: time, day: date = EPOCH) -> str:
    return datetime.combine(day, clock).isoformat(timespec="milliseconds") + "Z"


def _at_end(clock: time, day: date = EPOCH) -> str:
    return _at(time(23, 59) if clock == time(0) else clock, day)


def _week(hours: tuple[Hours, ...]) -> list[list[dict[str, str]]]:
    week: list[list[dict[str, str]]] = [[] for _ in range(7)]
    for each in hours:
        for day in each.weekdays:
            week[(day + 1) % 7].append({"start": _at(each.start), "end": _at_end(each.end)})
    return week


def _range(override: Override) -> dict[str, str]:
    if override.start is None or override.end is None:
        return {"start": _at(time(0), override.day), "end": _at(time(0), override.day)}
    return {"start": _at(override.start, override.day), "end": _at_end(override.end, override.day)}
