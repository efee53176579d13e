"""Calendly's booking by API, and links that book once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.sandbox.calendly.calls import (
    PAGES,
    UPGRADE,
    CalendlyCall,
    denied,
    has_plan,
    identifier,
    invalid,
    is_mail,
    one,
    read_instant,
    route,
    type_uri,
)
from bot.sandbox.calendly.people import bookable_type, open_starts
from bot.sandbox.calendly.shapes import TRACKING, conference, invitee_shape, location_shapes, question_shapes
from bot.sandbox.world.availability import Wish, free_hosts, seated_booking
from bot.sandbox.world.calendar import Booking, ChangeKind, EventType, Guest, State
from bot.scheduling.times import find_zone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.sandbox.world.exchange import Answer

MOST_GUESTS = 10
_NEEDS_TEXT = frozenset({"physical", "ask_invitee", "custom", "outbound_call"})
_WITHOUT_LINK = _NEEDS_TEXT | {"inbound_call"}
_KINDS = _WITHOUT_LINK | {
    "google_conference",
    "gotomeeting_conference",
    "microsoft_teams_conference",
    "webex_conference",
    "zoom_conference",
}
_TIMES_ONLY = frozenset({"event_type", "start_time", "invitee"})


def _book(call: CalendlyCall) -> Answer:
    if not has_plan(call.owner):
        raise denied(UPGRADE)
    body = call.body
    missing = [(name, "must be filled") for name in sorted(_TIMES_ONLY) if not body.get(name)]
    if missing:
        raise invalid(*missing)
    kind = bookable_type(call, body["event_type"], "event_type")
    start = read_instant(body["start_time"], "start_time")
    guest = _read_invitee(call, body["invitee"])
    location = _read_location(kind, body.get("location"))
    answers = _read_answers(kind, body.get("questions_and_answers") or [])
    guest = replace(guest, metadata=_read_tracking(body.get("tracking")), responses={"answers": answers})
    others = _read_guests(body.get("event_guests") or [])
    if start <= call.world.now():
        raise invalid(("start_time", "must be in the future"))
    if start not in open_starts(call.world, kind, start, start + kind.length):
        raise invalid(("start_time", "is not available"))
    call.booked()
    booking = _put(call, kind, start, guest, others, location)
    call.world.tell(ChangeKind.CREATED, booking)
    return one(invitee_shape(booking, guest), status=201)


def _put(
    call: CalendlyCall,
    kind: EventType,
    start: datetime,
    guest: Guest,
    others: tuple[str, ...],
    location: Mapping[str, Any] | None,
) -> Booking:
    world, now = call.world, call.world.now()
    shared = seated_booking(world, kind, start) if kind.seat_count else None
    if shared is not None:
        return world.change_booking(
            shared, guests=(*shared.guests, guest), extra_guests=(*shared.extra_guests, *others)
        )
    wish = Wish(event_type=kind, start=start, end=start + kind.length, length=kind.length)
    hosts = tuple(host.id for host in free_hosts(world, wish))
    if kind.scheduling == "roundRobin":
        hosts = (min(hosts, key=lambda host: sum(1 for _ in world.bookings_of(host))),)
    uid = world.short_uid()
    return world.put_booking(
        Booking(
            id=world.number("booking"),
            uid=uid,
            event_type=kind.id,
            hosts=hosts,
            title=kind.title,
            start=start,
            end=start + kind.length,
            state=State.ACCEPTED,
            guests=(guest,),
            extra_guests=others,
            calendar_uid=f"{uid}@example.org",
            is_seated=kind.seat_count is not None,
            settings={"method": "api", "location": _kept_location(kind, location, uid)},
            created_at=now,
            updated_at=now,
        )
    )


def _kept_location(kind: EventType, location: Mapping[str, Any] | None, uid: str) -> dict[str, Any] | None:
    """How the event will tell its place."""
    if location is None:
        offered = location_shapes(kind)
        if not offered:
            return None
        location = offered[0]
    wanted = str(location["kind"])
    if wanted in _WITHOUT_LINK:
        return {"type": wanted, "location": location.get("location") or location.get("phone_number") or ""}
    return conference(wanted, uid)


def _read_invitee(call: CalendlyCall, value: object) -> Guest:
    if not isinstance(value, dict):
        raise invalid(("invitee", "must be an object"))
    name = value.get("name") or " ".join(str(value[key]) for key in ("first_name", "last_name") if value.get(key))
    problems = []
    if not name:
        problems.append(("invitee.name", "must be filled"))
    if not is_mail(value.get("email")):
        problems.append(("invitee.email", "must be a valid email"))
    if find_zone(str(value.get("timezone") or "")) is None:
        problems.append(("invitee.timezone", "must be a valid time zone"))
    if problems:
        raise invalid(*problems)
    phone = value.get("text_reminder_number")
    return Guest(
        id=call.world.number("guest"),
        name=str(name),
        email=str(value["email"]),
        zone=str(value["timezone"]),
        phone=phone if isinstance(phone, str) else None,
    )


def _read_location(kind: EventType, value: object) -> Mapping[str, Any] | None:
    offered = location_shapes(kind)
    if value is None:
        if len(offered) > 1 and kind.scheduling != "roundRobin":
            raise invalid(("location", "must be filled"))
        return None
    if not isinstance(value, dict) or value.get("kind") not in _KINDS:
        raise invalid(("location.kind", "is invalid"))
    if kind.scheduling == "roundRobin" or not offered:
        raise invalid(("location", "is not allowed for this event type"))
    if all(place.get("kind") != value["kind"] for place in offered):
        raise invalid(("location.kind", "is not offered by this event type"))
    if value["kind"] in _NEEDS_TEXT and not value.get("location"):
        raise invalid(("location.location", "must be filled"))
    return value


def _read_answers(kind: EventType, value: object) -> list[dict[str, Any]]:
    if not isinstance(value, list) or any(not isinstance(item, dict) for item in value):
        raise invalid(("questions_and_answers", "must be an array of objects"))
    questions = {question["name"]: question for question in question_shapes(kind)}
    for index, item in enumerate(value):
        if item.get("question") not in questions:
            raise invalid((f"questions_and_answers.{index}.question", "is not a question of this event type"))
        if not isinstance(item.get("answer"), str) or not isinstance(item.get("position"), int):
            raise invalid((f"questions_and_answers.{index}", "needs an answer and a position"))
    given = {item["question"] for item in value if item["answer"]}
    missing = [name for name, question in questions.items() if question["required"] and name not in given]
    if missing:
        raise invalid(*(("questions_and_answers", f"{name} must be answered") for name in missing))
    return [{key: item[key] for key in ("question", "answer", "position")} for item in value]


def _read_tracking(value: object) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise invalid(("tracking", "must be an object"))
    missing = [key for key in TRACKING if key not in value]
    if missing:
        raise invalid(*((f"tracking.{key}", "is missing") for key in missing))
    return {key: value[key] for key in TRACKING}


def _read_guests(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST_GUESTS or not all(is_mail(email) for email in value):
        raise invalid(("event_guests", f"must hold at most {MOST_GUESTS} valid emails"))
    return tuple(value)


def _link(call: CalendlyCall) -> Answer:
    if call.body.get("max_event_count") != 1:
        raise invalid(("max_event_count", "must be 1"))
    if call.body.get("owner_type") != "EventType":
        raise invalid(("owner_type", "must be EventType"))
    kind = bookable_type(call, call.body.get("owner"), "owner")
    token = identifier("link", call.world.number("link")).lower()[:9]
    address = f"{PAGES}/d/{token}/{kind.slug}"
    return one({"booking_url": address, "owner": type_uri(kind.id), "owner_type": "EventType"}, status=201)


ROUTES = (route("POST", "/invitees", _book), route("POST", "/scheduling_links", _link))
