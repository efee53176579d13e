"""Cal.com event types under 2024-06-14: list, get, create, change, delete."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox.calcom.calls import APP, Access, Call, number_in, route, success
from bot.sandbox.calcom.errors import refuse, refuse_bare, refuse_properties
from bot.sandbox.calcom.event_type_shapes import event_type_shape
from bot.sandbox.calcom.validation import (
    FLAG,
    LIST,
    TEXT,
    WHOLE,
    Check,
    Field,
    Shape,
    at_least,
    check,
    is_iso,
    is_whole,
    known,
    switched,
)
from bot.sandbox.world.calendar import EventType, World

if TYPE_CHECKING:
    from bot.sandbox.world.accounts import Account
    from bot.sandbox.world.exchange import Answer

_MORE = (
    "onlyShowFirstAvailableSlot",
    "bookingLimitsDuration",
    "bookerLayouts",
    "requiresBookerEmailVerification",
    "hideCalendarNotes",
    "lockTimeZoneToggleOnBookingPage",
    "color",
    "customName",
    "destinationCalendar",
    "useDestinationCalendarEmail",
    "hideCalendarEventDetails",
    "successRedirectUrl",
    "hideOrganizerEmail",
    "calVideoSettings",
    "bookingRequiresAuthentication",
    "interfaceLanguage",
    "allowReschedulingPastBookings",
    "allowReschedulingCancelledBookings",
    "showOptimizedSlots",
    "disableGuests",
)
_SETTINGS = ("bookingLimitsCount", "bookerActiveBookingsLimit", "disableCancelling", "disableRescheduling")
_FREQUENCIES = ("yearly", "monthly", "weekly", "daily")


def _is_window(value: Any) -> bool:
    kind, span = value.get("type"), value.get("value")
    if kind == "range":
        return isinstance(span, list) and len(span) == 2 and all(is_iso(day) for day in span)
    return kind in {"businessDays", "calendarDays"} and is_whole(span) and span >= 0


def _is_recurrence(value: Any) -> bool:
    counts = (value.get("interval"), value.get("occurrences"))
    return value.get("frequency") in _FREQUENCIES and all(is_whole(n) and n >= 1 for n in counts)


def _is_seated(value: Any) -> bool:
    return is_whole(value.get("seatsPerTimeSlot")) and value["seatsPerTimeSlot"] >= 1


def _is_limit(value: Any) -> bool:
    most = value.get("maximumActiveBookings")
    return is_whole(most) and most >= 1


def _is_rule(value: Any) -> bool:
    return all(is_whole(n) for n in (value.get("minutesBefore", 0),))


_SWITCHES = (
    ("bookingWindow", _is_window),
    ("confirmationPolicy", lambda value: isinstance(value.get("type", "always"), str)),
    ("recurrence", _is_recurrence),
    ("seats", _is_seated),
    ("bookingLimitsCount", lambda value: all(is_whole(most) and most >= 1 for most in value.values())),
    ("bookerActiveBookingsLimit", _is_limit),
    ("disableCancelling", _is_rule),
    ("disableRescheduling", _is_rule),
)
_EACH_WHOLE = Check(
    "isInt",
    lambda value: isinstance(value, list) and all(is_whole(one) and one >= 1 for one in value),
    "each value in {} must be an integer number",
)
_TYPED = Shape(fields=(Field("type", (TEXT,)),))
_LENGTH, _SLUG, _TITLE = (at_least(1), WHOLE), (TEXT,), (TEXT,)
_NUMBERS = ("slotInterval", "minimumBookingNotice", "beforeEventBuffer", "afterEventBuffer", "offsetStart")
_REST = (
    Field("description", (TEXT,), is_optional=True),
    *(Field(name, (at_least(0), WHOLE), is_optional=True) for name in _NUMBERS),
    Field("lengthInMinutesOptions", (_EACH_WHOLE,), is_optional=True),
    Field("locations", (LIST,), is_optional=True, nested=_TYPED, is_list=True),
    Field("bookingFields", (LIST,), is_optional=True, nested=_TYPED, is_list=True),
    *(
        Field(name, (Check("isValid", switched(rule), "{} must say either disabled or its rule"),), is_optional=True)
        for name, rule in _SWITCHES
    ),
    Field("scheduleId", (WHOLE,), is_optional=True),
    Field("hidden", (FLAG,), is_optional=True),
)
_CREATE = Shape(
    fields=(Field("lengthInMinutes", _LENGTH), Field("title", _TITLE), Field("slug", _SLUG), *_REST),
    also=_MORE,
)
_CHANGE = Shape(
    fields=(
        Field("lengthInMinutes", _LENGTH, is_optional=True),
        Field("title", _TITLE, is_optional=True),
        Field("slug", _SLUG, is_optional=True),
        *_REST,
    ),
    also=_MORE,
)
_DEFAULT_FIELDS = frozenset({"name", "email", "location", "title", "notes", "guests", "rescheduleReason"})


def find_own(call: Call, text: str) -> EventType:
    """The caller's event type of that id; everything else is not found, other people's included."""
    if number_in(text) is None:
        raise refuse_bare(500, "INTERNAL_SERVER_ERROR", "There was an error, please try again later.")
    kind = call.world.event_types.get(int(text))
    if kind is None or kind.owner != call.owner.id:
        raise refuse(404, f"Event type with id {text} not found")
    return kind


def personal_types(world: World, account: Account) -> list[EventType]:
    """The account's own types, oldest first."""
    return [kind for kind in world.event_types.values() if kind.owner == account.id]


def apply_fields(kind: EventType, body: dict[str, Any]) -> EventType:
    """An event type with what the body sets."""
    kind = replace(kind, **_plain_changes(body))
    options = body.get("lengthInMinutesOptions")
    if "lengthInMinutes" in body or options is not None:
        kind = _with_lengths(kind, body.get("lengthInMinutes"), options)
    settings = {name: body[name] for name in (*_MORE, *_SETTINGS) if name in body}
    return replace(kind, settings={**kind.settings, **settings}) if settings else kind


def _plain_changes(body: dict[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name, target in (("title", "title"), ("slug", "slug"), ("description", "description"), ("hidden", "is_hidden")):
        if name in body:
            changes[target] = body[name]
    lengths = (("minimumBookingNotice", "notice"), ("beforeEventBuffer", "buffer_before"), ("offsetStart", "offset"))
    for name, target in (*lengths, ("afterEventBuffer", "buffer_after"), ("slotInterval", "slot_interval")):
        if body.get(name) is not None:
            changes[target] = timedelta(minutes=body[name])
        elif name in body and name == "slotInterval":
            changes[target] = None
    for name, target in (("bookingWindow", "window"), ("recurrence", "recurrence"), ("seats", "seats")):
        if name in body:
            changes[target] = _enabled(body[name])
    if "scheduleId" in body:
        changes["schedule"] = body["scheduleId"]
    if "confirmationPolicy" in body:
        changes["approval"] = _approval(body["confirmationPolicy"])
    if "locations" in body:
        changes["places"] = tuple(_place(place) for place in body["locations"] or [])
    if "bookingFields" in body:
        own = (field for field in body["bookingFields"] or [] if isinstance(field, dict))
        changes["questions"] = tuple(f for f in own if f.get("slug") and f.get("type") not in _DEFAULT_FIELDS)
    return changes


def _with_lengths(kind: EventType, length: int | None, options: list[int] | None) -> EventType:
    default = timedelta(minutes=length) if length else kind.length
    if options is None:
        rest = kind.lengths if kind.has_options else ()
        return replace(kind, lengths=(default, *(other for other in rest if other != default)))
    chosen = tuple(timedelta(minutes=minutes) for minutes in options)
    return replace(
        kind,
        lengths=(default, *(other for other in chosen if other != default)),
        has_options=bool(chosen),
        metadata={**kind.metadata, "multipleDuration": sorted(options)} if chosen else kind.metadata,
    )


def _enabled(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, dict) or value.get("disabled"):
        return None
    return {name: item for name, item in value.items() if name != "disabled"}


def _approval(value: Any) -> dict[str, Any] | None:
    policy = _enabled(value)
    if policy is None:
        return None
    return {**policy, "blocks": bool(policy.pop("blockUnconfirmedBookingsInBooker", False))}


def _place(place: Any) -> dict[str, Any]:
    return dict(place) if isinstance(place, dict) else {"type": "unknown", "location": str(place)}


def _list(call: Call) -> Answer:
    world, query = call.world, call.query
    if "username" in query:
        account = world.account_named(APP, str(query["username"]))
        kinds = [k for k in personal_types(world, account) if not k.is_hidden] if account else []
    elif "usernames" in query:
        names = str(query["usernames"]).split(",")
        people = [a for name in names if (a := world.account_named(APP, name.strip()))]
        kinds = [kind for account in people for kind in personal_types(world, account) if not kind.is_hidden]
    else:
        kinds = personal_types(world, call.account) if call.account else []
    if "eventSlug" in query:
        kinds = [kind for kind in kinds if kind.slug == query["eventSlug"]]
    return success([event_type_shape(world, kind, is_listed=True) for kind in kinds])


def _get(call: Call) -> Answer:
    return success(event_type_shape(call.world, find_own(call, call.params["id"])))


def _create(call: Call) -> Answer:
    errors = check(_CREATE, call.body)
    if errors:
        raise refuse_properties(errors)
    body = known(_CREATE, call.body)
    _refuse_same_slug(call, body["slug"])
    kind = EventType(
        id=call.world.number("event_type"),
        owner=call.owner.id,
        hosts=(call.owner.id,),
        title=body["title"],
        slug=body["slug"],
        lengths=(timedelta(minutes=body["lengthInMinutes"]),),
        created_at=call.world.now(),
    )
    kind = apply_fields(kind, body)
    call.world.event_types[kind.id] = kind
    return success(event_type_shape(call.world, kind), status=201)


def _change(call: Call) -> Answer:
    kind = find_own(call, call.params["id"])
    errors = check(_CHANGE, call.body)
    if errors:
        raise refuse_properties(errors)
    body = known(_CHANGE, call.body)
    if body.get("slug", kind.slug) != kind.slug:
        _refuse_same_slug(call, body["slug"])
    kind = apply_fields(kind, body)
    call.world.event_types[kind.id] = kind
    return success(event_type_shape(call.world, kind))


def _refuse_same_slug(call: Call, slug: str) -> None:
    if any(kind.slug == slug for kind in personal_types(call.world, call.owner)):
        raise refuse(400, "User already has an event type with this slug.")


def _delete(call: Call) -> Answer:
    number = number_in(call.params["id"])
    kind = call.world.event_types.get(number or 0)
    if kind is None:
        raise refuse(404, f"Event type with ID={call.params['id']} does not exist.")
    if kind.owner != call.owner.id:
        raise refuse(403, f"User with ID={call.owner.id} does not own event type with ID={kind.id}")
    del call.world.event_types[kind.id]
    kept = {
        "id": kind.id,
        "lengthInMinutes": int(kind.length.total_seconds() // 60),
        "slug": kind.slug,
        "title": kind.title,
    }
    return success(kept)


_VERSIONS = ("2024-06-14",)
ROUTES = (
    route("GET", "/v2/event-types", _list, versions=_VERSIONS, access=Access.PUBLIC),
    route("POST", "/v2/event-types", _create, versions=_VERSIONS),
    route("GET", "/v2/event-types/{id}", _get, versions=_VERSIONS),
    route("PATCH", "/v2/event-types/{id}", _change, versions=_VERSIONS),
    route("DELETE", "/v2/event-types/{id}", _delete, versions=_VERSIONS),
)
