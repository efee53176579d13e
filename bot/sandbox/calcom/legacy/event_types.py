"""Cal.com event types in the oldest shapes (no version header): groups, `length`, and every column of the table."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.sandbox.calcom.calls import APP, LEGACY, Access, Call, number_in, route, success
from bot.sandbox.calcom.errors import refuse, refuse_properties
from bot.sandbox.calcom.event_type_shapes import BOOKING_PAGES
from bot.sandbox.calcom.event_types import find_own, personal_types
from bot.sandbox.calcom.validation import FLAG, NUMBER, TEXT, Field, Shape, at_least, check
from bot.sandbox.world.calendar import EventType, World
from bot.sandbox.world.exchange import Answer, iso_milliseconds, whole_minutes

_CREATE = Shape(
    fields=(
        Field("length", (at_least(1), NUMBER)),
        Field("slug", (TEXT,)),
        Field("title", (TEXT,)),
        Field("description", (TEXT,), is_optional=True),
        Field("hidden", (FLAG,), is_optional=True),
    ),
    also=("locations",),
)
_CHANGE = Shape(
    fields=tuple(Field(field.name, field.checks, is_optional=True) for field in _CREATE.fields), also=("locations",)
)
_FREQUENCIES = {"yearly": 0, "monthly": 1, "weekly": 2, "daily": 3}
_DEFAULT_SOURCE = [{"id": "default", "type": "default", "label": "Default"}]
_USER_SOURCE = [{"id": "user", "type": "user", "label": "User", "fieldRequired": True}]
_CONSTANT: dict[str, Any] = {
    "interfaceLanguage": None,
    "position": 0,
    "profileId": None,
    "teamId": None,
    "useEventLevelSelectedCalendars": False,
    "eventName": None,
    "parentId": None,
    "timeZone": None,
    "periodType": "UNLIMITED",
    "periodStartDate": None,
    "periodEndDate": None,
    "periodDays": None,
    "periodCountCalendarDays": None,
    "lockTimeZoneToggleOnBookingPage": False,
    "lockedTimeZone": None,
    "requiresConfirmationForFreeEmail": False,
    "requiresBookerEmailVerification": False,
    "canSendCalVideoTranscriptionEmails": True,
    "autoTranslateDescriptionEnabled": False,
    "disableGuests": False,
    "hideCalendarNotes": False,
    "hideCalendarEventDetails": False,
    "onlyShowFirstAvailableSlot": False,
    "showOptimizedSlots": False,
    "disableCancelling": False,
    "disableRescheduling": False,
    "minimumRescheduleNotice": None,
    "schedulingType": None,
    "allowReschedulingCancelledBookings": False,
    "price": 0,
    "currency": "usd",
    "successRedirectUrl": None,
    "bookingLimits": None,
    "durationLimits": None,
    "isInstantEvent": False,
    "instantMeetingExpiryTimeOffsetInSeconds": 90,
    "instantMeetingScheduleId": None,
    "instantMeetingParameters": [],
    "assignAllTeamMembers": False,
    "assignRRMembersUsingSegment": False,
    "rrSegmentQueryValue": None,
    "useEventTypeDestinationCalendarEmail": False,
    "isRRWeightsEnabled": False,
    "maxLeadThreshold": None,
    "allowReschedulingPastBookings": False,
    "hideOrganizerEmail": False,
    "customReplyToEmail": None,
    "eventTypeColor": None,
    "rescheduleWithSameRoundRobinHost": False,
    "secondaryEmailId": None,
    "useBookerTimezone": False,
    "restrictionScheduleId": None,
    "enablePerHostLocations": False,
}
_ONLY_STORED: dict[str, Any] = {
    "autoTranslateInstantMeetingTitleEnabled": True,
    "forwardParamsSuccessRedirect": True,
    "includeNoShowInRRCalculation": False,
    "maxActiveBookingsPerBooker": None,
    "maxActiveBookingPerBookerOfferReschedule": False,
    "bookingRequiresAuthentication": False,
    "rrHostSubsetEnabled": False,
    "requiresCancellationReason": "MANDATORY_HOST_ONLY",
    "calVideoSettings": None,
}


def legacy_booking_fields(kind: EventType) -> list[dict[str, Any]] | None:
    """The questions as the table keeps them; nothing for a type made through the oldest API."""
    if not kind.is_modern:
        return None
    return [
        {
            **_system("name", "name", "your_name", is_required=True),
            "variant": "fullName",
            "variantsConfig": _NAME_VARIANTS,
        },
        _system("email", "email", "email_address", is_required=True, is_optional=True),
        {
            **_system("location", "radioInput", "location"),
            "getOptionsAt": "locations",
            "optionsInputs": {
                "phone": {"type": "phone", "required": True, "placeholder": ""},
                "somewhereElse": {"type": "text", "required": True, "placeholder": ""},
                "attendeeInPerson": {"type": "address", "required": True, "placeholder": ""},
            },
            "hideWhenJustOneOption": True,
        },
        *(_own_field(question) for question in kind.questions),
        {**_hinted("title", "text", "what_is_this_meeting_about", ""), "required": True, "hidden": True},
        _hinted("notes", "textarea", "additional_notes", "share_additional_notes"),
        {**_hinted("guests", "multiemail", "additional_guests", "email"), "hidden": False},
        {
            **_hinted("rescheduleReason", "textarea", "reason_for_reschedule", "reschedule_placeholder"),
            "views": [{"id": "reschedule", "label": "Reschedule View"}],
        },
    ]


_NAME_VARIANTS = {
    "variants": {
        "fullName": {"fields": [{"name": "fullName", "type": "text", "label": "your_name", "required": True}]},
        "firstAndLastName": {
            "fields": [
                {"name": "firstName", "type": "text", "label": "", "required": True, "placeholder": ""},
                {"name": "lastName", "type": "text", "label": "", "required": False, "placeholder": ""},
            ]
        },
    }
}


def _system(
    name: str, kind: str, label: str, *, is_required: bool = False, is_optional: bool = False
) -> dict[str, Any]:
    return {
        "name": name,
        "type": kind,
        "sources": _DEFAULT_SOURCE,
        "editable": "system-but-optional" if is_optional else "system",
        "required": is_required,
        "defaultLabel": label,
    }


def _hinted(name: str, kind: str, label: str, hint: str) -> dict[str, Any]:
    return {**_system(name, kind, label, is_optional=True), "defaultPlaceholder": hint}


def _own_field(question: Any) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": question["slug"],
        "type": question["type"],
        "label": question.get("label", ""),
        "hidden": False,
        "sources": _USER_SOURCE,
        "editable": "user",
        "required": bool(question.get("required")),
        "placeholder": question.get("placeholder", ""),
        "disableOnPrefill": bool(question.get("disableOnPrefill")),
    }
    if "options" in question:
        field["options"] = [{"label": option, "value": option} for option in question["options"]]
    return field


def legacy_places(kind: EventType) -> list[dict[str, Any]]:
    """Places in the words of the table."""
    return [_legacy_place(dict(place)) for place in kind.places]


def _legacy_place(place: dict[str, Any]) -> dict[str, Any]:
    shown = {"displayLocationPublicly": place["public"]} if "public" in place else {}
    match place.get("type"):
        case "address":
            return {"type": "inPerson", "address": place.get("address", ""), **shown}
        case "link":
            return {"type": "link", "link": place.get("link", ""), **shown}
        case "phone":
            return {"type": "userPhone", "hostPhoneNumber": place.get("phone", ""), **shown}
        case "attendeePhone":
            return {"type": "phone"}
        case "attendeeAddress":
            return {"type": "attendeeInPerson"}
        case "attendeeDefined":
            return {"type": "somewhereElse"}
        case "integration":
            return {"type": integration_code(str(place.get("integration")))}
        case _:
            return {"type": "conferencing"}


def integration_code(name: str) -> str:
    """The code under which the provider keeps a conferencing app."""
    codes = {"cal-video": "integrations:daily", "google-meet": "integrations:google:meet"}
    return codes.get(name, f"integrations:{name.replace('-', '_')}")


def _stored(kind: EventType) -> dict[str, Any]:
    """The columns that both the created row and the listed one have."""
    seats = kind.seats or {}
    return {
        **_CONSTANT,
        "id": kind.id,
        "title": kind.title,
        "slug": kind.slug,
        "description": kind.description,
        "locations": legacy_places(kind),
        "length": whole_minutes(kind.length),
        "offsetStart": whole_minutes(kind.offset),
        "hidden": kind.is_hidden,
        "userId": kind.owner,
        "bookingFields": legacy_booking_fields(kind),
        "requiresConfirmation": bool(kind.approval),
        "requiresConfirmationWillBlockSlot": bool(kind.approval and kind.approval.get("blocks")),
        "recurringEvent": legacy_recurrence(kind),
        "minimumBookingNotice": whole_minutes(kind.notice),
        "beforeEventBuffer": whole_minutes(kind.buffer_before),
        "afterEventBuffer": whole_minutes(kind.buffer_after),
        "seatsPerTimeSlot": kind.seat_count,
        "seatsShowAttendees": bool(seats.get("showAttendeeInfo")),
        "seatsShowAvailabilityCount": bool(seats.get("showAvailabilityCount", True)),
        "scheduleId": kind.schedule,
        "slotInterval": whole_minutes(kind.slot_interval) if kind.slot_interval else None,
        "metadata": dict(kind.metadata) if kind.is_modern else None,
    }


def legacy_recurrence(kind: EventType) -> dict[str, Any] | None:
    """The repetition in the table's numbers."""
    if not kind.recurrence:
        return None
    return {
        "freq": _FREQUENCIES.get(str(kind.recurrence.get("frequency")), 2),
        "count": kind.recurrence.get("occurrences"),
        "interval": kind.recurrence.get("interval"),
    }


def _created_shape(kind: EventType) -> dict[str, Any]:
    made = iso_milliseconds(kind.created_at)
    return {**_stored(kind), **_ONLY_STORED, "createdAt": made, "updatedAt": made}


def _listed_shape(world: World, kind: EventType) -> dict[str, Any]:
    owner = world.accounts[kind.owner or 0]
    shape = {
        **_stored(kind),
        "owner": {"timeZone": owner.zone},
        "instantMeetingSchedule": None,
        "hashedLink": [],
        "children": [],
        "hosts": [],
        "team": None,
        "userIds": list(kind.hosts),
    }
    return shape | {"safeDescription": f"<p>{kind.description}</p>\n"} if kind.description else shape


def _list(call: Call) -> Answer:
    account = call.owner
    profile = {"slug": account.username, "name": account.name, "image": f"{BOOKING_PAGES}/avatar.svg"}
    group = {
        "teamId": None,
        "bookerUrl": BOOKING_PAGES,
        "membershipRole": None,
        "profile": profile,
        "metadata": {"membershipCount": 1, "readOnly": False},
        "eventTypes": [_listed_shape(call.world, kind) for kind in personal_types(call.world, account)],
    }
    more = {"membershipCount": 1, "readOnly": False, "teamId": None, "membershipRole": None}
    data = {"eventTypeGroups": [group], "profiles": [{**profile, **more}], "allUsersAcrossAllEventTypes": {}}
    return success(data)


def _get(call: Call) -> Answer:
    kind = find_own(call, call.params["id"])
    users = [{"id": call.owner.id, "name": call.owner.name, "username": call.owner.username}]
    return success({"eventType": {**_stored(kind), "users": users}})


def _create(call: Call) -> Answer:
    errors = check(_CREATE, call.body)
    if errors:
        raise refuse_properties(errors)
    if any(kind.slug == call.body["slug"] for kind in personal_types(call.world, call.owner)):
        raise refuse(400, "User already has an event type with this slug.")
    kind = EventType(
        id=call.world.number("event_type"),
        owner=call.owner.id,
        hosts=(call.owner.id,),
        title=call.body["title"],
        slug=call.body["slug"],
        lengths=(timedelta(minutes=call.body["length"]),),
        description=call.body.get("description"),
        is_hidden=bool(call.body.get("hidden")),
        is_modern=False,
        created_at=call.world.now(),
    )
    call.world.event_types[kind.id] = kind
    return success(_created_shape(kind), status=201)


def _change(call: Call) -> Answer:
    kind = find_own(call, call.params["id"])
    errors = check(_CHANGE, call.body)
    if errors:
        raise refuse_properties(errors)
    body = call.body
    kind = replace(
        kind,
        title=body.get("title", kind.title),
        slug=body.get("slug", kind.slug),
        description=body.get("description", kind.description),
        is_hidden=body.get("hidden", kind.is_hidden),
        lengths=(timedelta(minutes=body["length"]),) if "length" in body else kind.lengths,
        has_options=kind.has_options and "length" not in body,
    )
    call.world.event_types[kind.id] = kind
    return success(_created_shape(kind))


def _public_list(call: Call) -> Answer:
    account = call.world.account_named(APP, call.params["username"])
    if account is None:
        raise refuse(404, f"User with username {call.params['username']} not found")
    kinds = [kind for kind in personal_types(call.world, account) if not kind.is_hidden]
    return success([_listed_shape(call.world, kind) for kind in kinds])


def _public(call: Call) -> Answer:
    account = call.world.account_named(APP, call.params["username"])
    slug = call.params["slug"]
    kind = next((k for k in personal_types(call.world, account) if k.slug == slug), None) if account else None
    return success(_listed_shape(call.world, kind) if kind else None)


def _delete(call: Call) -> Answer:
    number = number_in(call.params["id"])
    kind = call.world.event_types.get(number or 0)
    if kind is None:
        raise refuse(404, f"Event type with ID={call.params['id']} does not exist.")
    if kind.owner != call.owner.id:
        raise refuse(403, f"User with ID={call.owner.id} does not own event type with ID={kind.id}")
    del call.world.event_types[kind.id]
    shape = {"id": kind.id, "length": whole_minutes(kind.length), "slug": kind.slug, "title": kind.title}
    return success(shape)


_VERSIONS = (LEGACY, "2024-06-11")
ROUTES = (
    route("GET", "/v2/event-types", _list, versions=_VERSIONS),
    route("POST", "/v2/event-types", _create, versions=_VERSIONS),
    route("GET", "/v2/event-types/{id}", _get, versions=_VERSIONS),
    route("PATCH", "/v2/event-types/{id}", _change, versions=_VERSIONS),
    route("DELETE", "/v2/event-types/{id}", _delete, versions=_VERSIONS),
    route("GET", "/v2/event-types/{username}/public", _public_list, versions=_VERSIONS, access=Access.PUBLIC),
    route("GET", "/v2/event-types/{username}/{slug}/public", _public, versions=_VERSIONS, access=Access.PUBLIC),
)
