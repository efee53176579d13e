"""Booking under Cal.com's 2024-08-13: what the body may hold, its rules, and the write itself."""

from __future__ import annotations

import asyncio
import re
from calendar import monthrange
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.sandbox.calcom.bookings.core import (
    CannotBookError,
    Problem,
    Wanted,
    announce,
    find_hosts,
    same_request,
    take_seat,
    write_booking,
)
from bot.sandbox.calcom.bookings.places import chosen_place
from bot.sandbox.calcom.bookings.shapes import booking_shape, created_shape
from bot.sandbox.calcom.calls import APP, HOSTED_VERSIONS, Access, Call, route, success
from bot.sandbox.calcom.errors import Refusal, refuse, refuse_bare, refuse_raw, refuse_sentence
from bot.sandbox.calcom.slots import read_instant
from bot.sandbox.calcom.validation import (
    ISO_DATE,
    LIST,
    OBJECT,
    PRESENT,
    TEXT,
    WHOLE,
    ZONE,
    Check,
    Field,
    Shape,
    at_least,
    check,
    one_of,
    zone_names,
)
from bot.sandbox.world.availability import seated_booking
from bot.sandbox.world.exchange import Answer, whole_minutes

if TYPE_CHECKING:
    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.calendar import Booking, EventType, World

BOOKING_VERSIONS = ("2024-08-13", "2026-02-25", "2026-05-01")
OWNER_FLAGS = ("allowConflicts", "allowBookingOutOfBounds", "skipBookingLimits")
"""What only the newer versions know; accepted, and without effect here."""
_LANGUAGE_LIST = (
    "ar, ca, de, es, eu, he, id, ja, lv, pl, ro, sr, th, vi, az, cs, el, es-419, fi, hr, it, km, nl, pt, ru, sv, tr,"
    " zh-CN, bg, da, en, et, fr, hu, iw, ko, no, pt-BR, sk, ta, uk, zh-TW, bn"
)
_LANGUAGES = tuple(_LANGUAGE_LIST.split(", "))
_EMAIL = re.compile(r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+$")
_TOO_EARLY_OR_LATE = (
    "The event type can't be booked at the \"start\" time provided. This could be because it's too soon (violating the"
    " minimum booking notice) or too far in the future (outside the event's scheduling window). Try fetching available"
    ' slots first using the GET /v2/slots endpoint and then make a booking with "start" time equal to one of the'
    " available slots."
)


def _is_metadata(value: Any) -> bool:
    if not isinstance(value, dict) or len(value) > 50:
        return False
    return all(len(key) <= 40 and isinstance(item, str) and len(item) <= 500 for key, item in value.items())


_METADATA = Check(
    "isValidMetadata",
    _is_metadata,
    "Metadata must have at most 50 keys, each key up to 40 characters, and string values up to 500 characters.",
)
_LANGUAGE = Check("isEnum", one_of(_LANGUAGES), "{} must be one of the following values: " + _LANGUAGE_LIST)
_CONTACT = Check(
    "atLeastOneContact",
    lambda value: bool(value.get("email") or value.get("phoneNumber")),
    "Attendee must have at least one contact method (email or phone number)",
)
_NAMED = Check(
    "isEventTypeNamed",
    lambda v: (
        v.get("eventTypeId") is not None or bool(v.get("eventTypeSlug") and (v.get("username") or v.get("teamSlug")))
    ),
    "Either eventTypeId or eventTypeSlug + username or eventTypeSlug + teamSlug must be provided",
)
_PLACE = Check("isObject", lambda value: isinstance(value, dict | str), "{} must be an object")
_PHONE = Check(
    "isPhoneNumber",
    lambda value: isinstance(value, str) and bool(re.fullmatch(r"\+[1-9]\d{6,14}", value)),
    "{} must be a valid phone number",
)
_ATTENDEE = Shape(
    fields=(
        Field("name", (TEXT,)),
        Field("email", (TEXT,), is_optional=True),
        Field("timeZone", (ZONE,)),
        Field("phoneNumber", (_PHONE,), is_optional=True),
        Field("language", (_LANGUAGE,), is_optional=True),
    ),
    is_closed=True,
    whole=(("attendee email or phone", _CONTACT),),
)
_BOOKING = Shape(
    fields=(
        Field("start", (ISO_DATE,)),
        Field("attendee", (PRESENT,), nested=_ATTENDEE),
        Field("eventTypeId", (WHOLE,), is_optional=True),
        Field("eventTypeSlug", (TEXT,), is_optional=True),
        Field("username", (TEXT,), is_optional=True),
        Field("guests", (LIST,), is_optional=True),
        Field("location", (_PLACE,), is_optional=True),
        Field("bookingFieldsResponses", (OBJECT,), is_optional=True),
        Field("metadata", (_METADATA,), is_optional=True),
        Field("lengthInMinutes", (WHOLE,), is_optional=True),
        Field("recurrenceCount", (at_least(1), WHOLE), is_optional=True),
    ),
    also=(
        "teamSlug",
        "organizationSlug",
        "meetingUrl",
        "routing",
        "emailVerificationCode",
        "instant",
    ),
    is_closed=True,
    whole=(("eventTypeId or eventTypeSlug + username", _NAMED),),
)


_NEWER_BOOKING = replace(_BOOKING, also=(*_BOOKING.also, *OWNER_FLAGS))


async def _create(call: Call) -> Answer:
    errors = check(_NEWER_BOOKING if call.version in HOSTED_VERSIONS else _BOOKING, call.body)
    if errors:
        raise refuse_sentence(errors)
    kind = _named(call)
    wanted = read_wanted(call, kind)
    try:
        return success(await _book(call, wanted), status=201)
    except CannotBookError as error:
        raise worded(error.problem, kind) from error


async def _book(call: Call, wanted: Wanted) -> Any:
    world = call.world
    if wanted.kind.recurrence:
        return await _book_series(call, wanted)
    waiting = same_request(world, wanted)
    if waiting is not None:
        return created_shape(world, waiting)
    hosts = find_hosts(world, wanted)
    await asyncio.sleep(call.incoming.pause)
    shared = seated_booking(world, wanted.kind, wanted.start) if wanted.kind.seat_count else None
    if shared is not None:
        find_hosts(world, wanted)
        booking, guest = take_seat(world, shared, wanted)
        announce(world, booking)
        return booking_shape(world, booking) | {"seatUid": guest.seat}
    booking = write_booking(world, wanted, hosts)
    announce(world, booking)
    shape = created_shape(world, booking)
    return shape | {"seatUid": booking.guests[0].seat} if booking.is_seated else shape


async def _book_series(call: Call, wanted: Wanted) -> list[dict[str, Any]]:
    rule = wanted.kind.recurrence or {}
    count = min(int(call.body.get("recurrenceCount") or rule.get("occurrences", 1)), int(rule.get("occurrences", 1)))
    zone = ZoneInfo(zone_names()[wanted.zone.lower()])
    series = call.world.long_uid()
    starts = [wanted.start]
    while len(starts) < count:
        starts.append(_next(starts[-1], rule, zone))
    parts = [replace(wanted, start=start, series=series) for start in starts]
    hosts = [find_hosts(call.world, part) for part in parts]
    await asyncio.sleep(call.incoming.pause)
    bookings = [write_booking(call.world, part, who) for part, who in zip(parts, hosts, strict=True)]
    announce(call.world, bookings[0])
    return [created_shape(call.world, booking) for booking in bookings]


def _next(start: datetime, rule: Any, zone: ZoneInfo) -> datetime:
    """The start of the meeting after that one: the same wall time in the attendee's zone, on the last day of a short month."""
    steps, local = int(rule.get("interval", 1)), start.astimezone(zone)
    match rule.get("frequency"):
        case "daily":
            moved = local + timedelta(days=steps)
        case "monthly" | "yearly":
            years, month = divmod(local.month - 1 + steps * (12 if rule["frequency"] == "yearly" else 1), 12)
            year = local.year + years
            moved = local.replace(year=year, month=month + 1, day=min(local.day, monthrange(year, month + 1)[1]))
        case _:
            moved = local + timedelta(weeks=steps)
    return moved.astimezone(start.tzinfo)


def worded(problem: Problem, kind: EventType) -> Refusal:
    """What the current API answers to a problem of the core."""
    match problem:
        case Problem.PAST:
            return refuse(400, "Attempting to book a meeting in the past.")
        case Problem.OUT_OF_BOUNDS:
            return refuse(400, _TOO_EARLY_OR_LATE)
        case Problem.NO_SEATS:
            return refuse(409, "No more seats left at this seated booking.")
        case Problem.CONFLICT:
            return refuse_raw(409, "booking_conflict_error")
        case Problem.FULL:
            return refuse_raw(403, "booking_limit_reached")
        case Problem.TOO_MANY:
            text = "Attendee with this email can't book because the maximum number of active bookings has been reached."
            return refuse(400, text)
        case Problem.TAKEN:
            who = "One of the hosts" if kind.team else "User"
            return refuse(400, f"{who} either already has booking at this time or is not available")


def _named(call: Call) -> EventType:
    body, world = call.body, call.world
    if body.get("eventTypeId") is not None:
        kind = world.event_types.get(body["eventTypeId"])
        if kind is None:
            raise refuse(404, f"Event type with id {body['eventTypeId']} not found.")
    elif body.get("teamSlug"):
        kind = _team_type(world, str(body["teamSlug"]), str(body["eventTypeSlug"]))
    else:
        slug, username = body["eventTypeSlug"], str(body["username"])
        account = world.account_named(APP, username)
        owned = (k for k in world.event_types.values() if account and k.owner == account.id and k.slug == slug)
        kind = next(owned, None)
        if kind is None:
            raise refuse(404, f"Event type with slug {slug} belonging to user {username} not found.")
    if kind.scheduling == "managed":
        raise refuse(400, f"Event type with id={kind.id} is the parent managed event type that can't be booked.")
    if kind.settings.get("bookingRequiresAuthentication") and call.account is None:
        raise refuse(401, "bookingRequiresAuthentication: this event type can only be booked by a signed-in user.")
    return kind


def _team_type(world: World, team_slug: str, slug: str) -> EventType:
    team = next((team for team in world.teams.values() if team.slug == team_slug), None)
    kinds = (k for k in world.event_types.values() if team and k.team == team.id and k.slug == slug)
    kind = next(kinds, None)
    if kind is None:
        raise refuse(404, f"Event type with slug {slug} belonging to team {team_slug} not found.")
    return kind


def read_wanted(call: Call, kind: EventType) -> Wanted:
    """The body as a wish, after the checks that need the event type."""
    body = call.body
    attendee = body["attendee"]
    length = _length(kind, body.get("lengthInMinutes"))
    answers = dict(body.get("bookingFieldsResponses") or {})
    _refuse_answers(kind, answers)
    phone = attendee.get("phoneNumber")
    place, place_answer = chosen_place(kind, body.get("location"), phone)
    guests = tuple(str(guest) for guest in body.get("guests") or ())
    _refuse_addresses(attendee.get("email"), guests)
    _refuse_unproven(kind, body.get("emailVerificationCode"))
    return Wanted(
        kind=kind,
        start=read_instant(body["start"]),
        length=length,
        name=attendee["name"],
        email=attendee["email"],
        zone=attendee["timeZone"],
        language=attendee.get("language") or "en",
        phone=phone,
        extra_guests=guests,
        place=place,
        responses={
            "email": attendee["email"],
            "name": attendee["name"],
            **({"attendeePhoneNumber": phone} if phone else {}),
            **answers,
            **({"location": place_answer} if place_answer else {}),
        },
        metadata=dict(body.get("metadata") or {}),
    )


def _refuse_unproven(kind: EventType, code: Any) -> None:
    """Where a type wants the address proven, six digits prove it here."""
    if not kind.settings.get("requiresBookerEmailVerification"):
        return
    if not code:
        raise refuse(400, "email_verification_required")
    if not re.fullmatch(r"\d{6}", str(code)):
        raise refuse(400, "invalid_verification_code")


def is_host(account: Account | None, kind_or_booking: EventType | Booking) -> bool:
    """Whether the caller hosts it."""
    return account is not None and account.id in kind_or_booking.hosts


def _length(kind: EventType, minutes: int | None) -> timedelta:
    if minutes is None:
        return kind.length
    if not kind.has_options:
        raise refuse(
            400,
            "Can't specify 'lengthInMinutes' because event type does not have multiple possible lengths."
            " Please, remove the 'lengthInMinutes' field from the request.",
        )
    if timedelta(minutes=minutes) not in kind.lengths:
        allowed = ", ".join(str(whole_minutes(length)) for length in sorted(kind.lengths))
        raise refuse(
            400,
            "Provided 'lengthInMinutes' is not one of the possible lengths for the event type."
            f" The possible lengths are: {allowed}",
        )
    return timedelta(minutes=minutes)


def _refuse_answers(kind: EventType, answers: dict[str, Any]) -> None:
    for question in kind.questions:
        slug, options = question["slug"], question.get("options")
        given = answers.get(slug)
        if given in (None, "", []):
            if question.get("required"):
                raise refuse(
                    400,
                    f"Missing required booking field response: {slug} - it is required by the event type booking"
                    " fields, but missing in the bookingFieldsResponses."
                    f" You can fetch the event type with ID {kind.id} to see the required fields.",
                )
            continue
        chosen = given if isinstance(given, list) else [given]
        strangers = [str(one) for one in chosen if options and one not in options]
        if strangers:
            allowed = ", ".join(str(option) for option in options or ())
            raise refuse(400, f"Invalid option '{strangers[0]}' for booking field '{slug}'. Allowed options: {allowed}")


def _refuse_addresses(email: str | None, guests: tuple[str, ...]) -> None:
    """The core's own look at the addresses, which comes after the event type is known."""
    if not email:
        raise refuse_bare(400, "BAD_REQUEST", "responses - {email}error_required_field, ")
    if not _EMAIL.match(email):
        raise refuse_bare(400, "BAD_REQUEST", "responses - {email}email_validation_error, ")
    if not all(_EMAIL.match(guest) for guest in guests):
        raise refuse_bare(400, "BAD_REQUEST", "responses - {guests}email_validation_error, ")


def is_address(text: Any) -> bool:
    """Whether a text has the form of a mail address."""
    return isinstance(text, str) and bool(_EMAIL.match(text))


ROUTES = (route("POST", "/v2/bookings", _create, versions=BOOKING_VERSIONS, access=Access.PUBLIC),)
