"""Where a Cal.com meeting happens: what the booker chose, checked against what the event type offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.calcom.errors import refuse
from bot.sandbox.calcom.legacy.event_types import integration_code

if TYPE_CHECKING:
    from bot.sandbox.world.calendar import EventType

DEFAULT_PLACE = "integrations:daily"
_DETAILS = {
    "address": "address",
    "link": "link",
    "phone": "phone",
    "attendeePhone": "phone",
    "attendeeAddress": "address",
    "attendeeDefined": "location",
}
_CODES = {"attendeePhone": "phone", "attendeeAddress": "attendeeInPerson", "attendeeDefined": "somewhereElse"}


def chosen_place(kind: EventType, location: Any, phone: str | None) -> tuple[str, dict[str, str] | None]:
    """Where it will be, and the answer that is kept beside the other answers when the booker chose."""
    if location is None:
        return _first_place(kind, phone), None
    if isinstance(location, str):
        return location, {"value": location, "optionValue": ""}
    offered = {place.get("type") for place in kind.places} or {"integration"}
    wanted = location.get("type")
    if wanted != "organizersDefaultApp" and wanted not in offered:
        listed = ", ".join(sorted(str(one) for one in offered))
        raise refuse(
            400, f"Booking location with type {wanted} not valid for event type with id={kind.id}. It offers: {listed}"
        )
    return place_of(location), answer_of(location)


def place_of(location: Any) -> str:
    """A location of the body as the one text that a booking keeps."""
    wanted = str(location.get("type"))
    if wanted == "integration":
        return integration_code(str(location.get("integration")))
    if wanted in _DETAILS:
        return str(location.get(_DETAILS[wanted]) or "")
    return DEFAULT_PLACE


def answer_of(location: Any) -> dict[str, str]:
    """The same as the answer to the place question."""
    wanted = str(location.get("type"))
    if wanted in _CODES:
        return {"value": _CODES[wanted], "optionValue": place_of(location)}
    return {"value": place_of(location) if wanted == "integration" else wanted, "optionValue": ""}


def _first_place(kind: EventType, phone: str | None) -> str:
    if not kind.places:
        return DEFAULT_PLACE
    first = kind.places[0]
    if first.get("type") == "attendeePhone":
        if not phone:
            raise refuse(400, "Missing attendee phone number - it is required by the location of the event type.")
        return phone
    return place_of(first)
