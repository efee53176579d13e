"""Limits of event types in Cal.com's words, both ways. https://cal.com/docs/api-reference/v2/event-types

A policy is an object, or `{"disabled": true}` where there is none; leaving it out keeps what is set.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bot.gateway.calcom.wire import is_switched_on, minutes
from bot.gateway.calls import body
from bot.scheduling.limits import BookingWindow, Cap, Period, Repeats, Rhythm, WindowKind
from bot.scheduling.models import Place, PlaceKind, Question, QuestionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.scheduling.writes import ChangeEventType, CreateEventType

OFF = {"disabled": True}
WINDOW_KINDS = {WindowKind.CALENDAR_DAYS: "calendarDays", WindowKind.WORKING_DAYS: "businessDays"}
FIELD_TYPES = {
    QuestionKind.TEXT: "text",
    QuestionKind.LONG_TEXT: "textarea",
    QuestionKind.NUMBER: "number",
    QuestionKind.PHONE: "phone",
    QuestionKind.EMAIL: "multiemail",
    QuestionKind.URL: "url",
    QuestionKind.CHOICE: "select",
    QuestionKind.CHOICES: "multiselect",
    QuestionKind.YES_NO: "boolean",
}
STANDING_FIELDS = frozenset({"title", "notes", "attendeePhoneNumber"})
"""Questions that every type has: they stay when the list of the others is replaced."""


def limits_body(write: CreateEventType | ChangeEventType) -> dict[str, Any]:
    """The part of a body that both making and changing a type know."""
    return body(
        locations=None if not write.places else [location_body(place) for place in write.places],
        beforeEventBuffer=_minutes(write.buffer_before),
        afterEventBuffer=_minutes(write.buffer_after),
        slotInterval=None if write.interval is None else minutes(write.interval) or None,
    )


def policies_body(write: ChangeEventType) -> dict[str, Any]:
    """The part that only a change knows. An interval of nothing is sent as null: the type's own length again."""
    content = body(
        minimumBookingNotice=_minutes(write.minimum_notice),
        bookingWindow=None if write.window is None else window_body(write.window),
        seats=None if write.seats is None else seats_body(write.seats),
        confirmationPolicy=None if write.needs_approval is None else approval_body(is_needed=write.needs_approval),
        bookingFields=None if write.questions is None else [field_body(one) for one in write.questions if _is_own(one)],
    )
    if write.caps is not None:
        content |= caps_body(write.caps)
    if write.interval == timedelta(0):
        content["slotInterval"] = None
    return content


def _minutes(length: timedelta | None) -> int | None:
    return None if length is None else minutes(length)


def _is_own(question: Question) -> bool:
    return question.key not in STANDING_FIELDS


def window_body(window: BookingWindow) -> dict[str, Any]:
    """`rolling: false`: so many days from today, whether or not they are free."""
    if window.kind is WindowKind.ANY:
        return OFF
    if window.kind is WindowKind.DATES and window.first and window.last:
        return {"type": "range", "value": [window.first.isoformat(), window.last.isoformat()]}
    return {"type": WINDOW_KINDS[window.kind], "value": window.days, "rolling": False}


def read_window(data: Any) -> BookingWindow | None:
    """None for no window, and for one that we do not know."""
    if not isinstance(data, dict) or data.get("disabled"):
        return None
    value = data.get("value")
    kind = next((kind for kind, name in WINDOW_KINDS.items() if name == data.get("type")), None)
    if kind is not None and isinstance(value, int) and value > 0:
        return BookingWindow(kind=kind, days=value)
    if data.get("type") == "range" and isinstance(value, list) and len(value) == 2:
        return _dates(str(value[0]), str(value[1]))
    return None


def _dates(first: str, last: str) -> BookingWindow | None:
    try:
        return BookingWindow(
            kind=WindowKind.DATES, first=date.fromisoformat(first[:10]), last=date.fromisoformat(last[:10])
        )
    except ValueError:
        return None


def caps_body(caps: Sequence[Cap]) -> dict[str, Any]:
    """Both tables: what counts bookings and what counts their time; without any of its caps a table is switched off."""
    counts = {str(cap.period): cap.count for cap in caps if cap.count is not None}
    lengths = {str(cap.period): minutes(cap.length) for cap in caps if cap.length is not None}
    return {"bookingLimitsCount": counts or OFF, "bookingLimitsDuration": lengths or OFF}


def read_caps(counts: Any, lengths: Any) -> tuple[Cap, ...]:
    """Caps of both tables, by period."""
    found = [Cap(period=period, count=most) for period, most in _table(counts)]
    found += [Cap(period=period, length=timedelta(minutes=most)) for period, most in _table(lengths)]
    return tuple(found)


def _table(data: Any) -> list[tuple[Period, int]]:
    if not isinstance(data, dict) or data.get("disabled"):
        return []
    rows = [(period, data.get(str(period))) for period in Period]
    return [(period, most) for period, most in rows if isinstance(most, int) and most > 0]


def seats_body(seats: int) -> dict[str, Any]:
    """Attendees of a seated meeting do not see one another."""
    if not seats:
        return OFF
    return {"seatsPerTimeSlot": seats, "showAttendeeInfo": False, "showAvailabilityCount": True}


def approval_body(*, is_needed: bool) -> dict[str, Any]:
    """Requests do not block their time for others."""
    return {"type": "always", "blockUnconfirmedBookingsInBooker": False} if is_needed else OFF


def field_body(question: Question) -> dict[str, Any]:
    """A question of one's own."""
    kind = FIELD_TYPES[question.kind]
    content: dict[str, Any] = {
        "type": kind,
        "slug": question.key,
        "label": question.label,
        "required": question.is_required,
        "hidden": False,
    }
    if kind != "boolean":
        content["placeholder"] = ""
    if question.options:
        content["options"] = list(question.options)
    return content


def location_body(place: Place) -> dict[str, Any]:
    """A place that a type offers. A host's own address, link or number is shown before booking."""
    match place.kind:
        case PlaceKind.VIDEO:
            return {"type": "integration", "integration": place.app or "cal-video"}
        case PlaceKind.LINK:
            return {"type": "link", "link": place.detail, "public": True}
        case PlaceKind.ADDRESS:
            return {"type": "address", "address": place.detail, "public": True}
        case PlaceKind.PHONE:
            return {"type": "phone", "phone": place.detail, "public": True}
        case PlaceKind.ATTENDEE_PHONE:
            return {"type": "attendeePhone"}
        case PlaceKind.ATTENDEE_ADDRESS:
            return {"type": "attendeeAddress"}
        case PlaceKind.ATTENDEE_CHOICE:
            return {"type": "attendeeDefined"}
        case PlaceKind.HOST_DEFAULT | PlaceKind.OTHER:
            return {"type": "organizersDefaultApp"}


def read_repeats(policy: Any) -> Repeats | None:
    """`recurrence {interval, occurrences, frequency}` of a type that repeats by itself; None for one that does not."""
    if not is_switched_on(policy):
        return None
    rule = policy if isinstance(policy, dict) else {}
    rhythm = _RHYTHMS.get(str(rule.get("frequency")), Rhythm.OTHER)
    return Repeats(
        rhythm=rhythm, interval=_at_least_once(rule.get("interval")), most=_at_least_once(rule.get("occurrences"))
    )


def read_old_repeats(policy: Any) -> Repeats | None:
    """The same in the older shape: `recurringEvent {freq, count, interval}`, the frequency as a number."""
    if not isinstance(policy, dict) or not policy:
        return None
    rhythm = _OLD_RHYTHMS.get(str(policy.get("freq")), Rhythm.OTHER)
    return Repeats(
        rhythm=rhythm, interval=_at_least_once(policy.get("interval")), most=_at_least_once(policy.get("count"))
    )


def _at_least_once(number: Any) -> int:
    return number if type(number) is int and number > 0 else 1


_RHYTHMS = {"weekly": Rhythm.WEEKLY, "monthly": Rhythm.MONTHLY, "yearly": Rhythm.YEARLY}
_OLD_RHYTHMS = {"0": Rhythm.YEARLY, "1": Rhythm.MONTHLY, "2": Rhythm.WEEKLY}
