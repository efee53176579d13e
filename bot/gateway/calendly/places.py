"""Where a meeting happens: Calendly's location kinds against our places.

Three vocabularies meet here: what an event type offers and what a booking sends (`kind`), what a scheduled event says of
itself (`type`, an open string that may be an app's short name), and `Place`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.errors import Refused
from bot.scheduling.models import Place, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.gateway.calendly.shapes import OfferedLocation

_APPS = {
    "zoom_conference": "zoom",
    "google_conference": "google-meet",
    "gotomeeting_conference": "gotomeeting",
    "microsoft_teams_conference": "teams",
    "webex_conference": "webex",
}
_APP_TITLES = {
    "zoom": "Zoom",
    "google-meet": "Google Meet",
    "gotomeeting": "GoTo Meeting",
    "teams": "Microsoft Teams",
    "webex": "Webex",
}
_RESPONSE_APPS = {
    **_APPS,
    "zoom": "zoom",
    "google": "google-meet",
    "gotomeeting": "gotomeeting",
    "microsoft_teams": "teams",
    "webex": "webex",
}
_KINDS = {
    "physical": PlaceKind.ADDRESS,
    "inbound_call": PlaceKind.PHONE,
    "outbound_call": PlaceKind.ATTENDEE_PHONE,
    "ask_invitee": PlaceKind.ATTENDEE_CHOICE,
    "custom": PlaceKind.OTHER,
}
_NEEDS_TEXT = frozenset({"physical", "ask_invitee", "custom", "outbound_call"})
_FROM_ATTENDEE = frozenset({"ask_invitee", "outbound_call"})


def place_offered(location: OfferedLocation) -> Place:
    """A place that an event type offers, in our words."""
    if app := _APPS.get(location.kind):
        return Place(kind=PlaceKind.VIDEO, app=app)
    kind = _KINDS.get(location.kind, PlaceKind.OTHER)
    if kind is PlaceKind.OTHER and location.location.startswith(("https://", "http://")):
        kind = PlaceKind.LINK
    return Place(kind=kind, detail=location.location or location.phone_number)


def location_to_send(
    offered: Sequence[OfferedLocation], place: Place | None, *, phone: str | None
) -> dict[str, str] | None:
    """The `location` of a booking, or None where the event type has none to choose.

    Without a wish it is the first offered place that needs nothing of the attendee, else the first. Raises `Refused` for
    a place that is not offered, and for one that lacks its text.
    """
    known = [location for location in offered if location.kind]
    if not known:
        return None
    chosen = _chosen(known, place, phone)
    if chosen.kind not in _NEEDS_TEXT:
        return {"kind": chosen.kind}
    text = _text_for(chosen, place, phone)
    if not text:
        raise _missing_text(chosen.kind)
    return {"kind": chosen.kind, "location": text}


def place_in_words(location: Mapping[str, Any] | None) -> str:
    """Where a scheduled event happens, for its owner; join links stay apart (`join_link`)."""
    if not location:
        return ""
    kind, detail = str(location.get("type") or ""), location.get("location")
    if app := _RESPONSE_APPS.get(kind):
        return _APP_TITLES[app]
    text = detail if isinstance(detail, str) else ""
    if kind in {"outbound_call", "inbound_call"}:
        return f"Phone call, {text}" if text else "Phone call"
    return text


def join_link(location: Mapping[str, Any] | None) -> str:
    """The conference's address, empty where there is none (yet)."""
    link = location.get("join_url") if location else None
    return link if isinstance(link, str) else ""


def location_to_keep(location: Mapping[str, Any] | None, offered: Sequence[OfferedLocation]) -> dict[str, str] | None:
    """The `location` that books a scheduled event's own place once more; the type's first where it cannot be told."""
    if not location or not offered:
        return location_to_send(offered, None, phone=None)
    said = str(location.get("type") or "")
    app = _RESPONSE_APPS.get(said)
    kind = next((kind for kind, name in _APPS.items() if name == app), said)
    if all(one.kind != kind for one in offered):
        return location_to_send(offered, None, phone=None)
    detail = location.get("location")
    if kind not in _NEEDS_TEXT:
        return {"kind": kind}
    if not isinstance(detail, str) or not detail:
        raise _missing_text(kind)
    return {"kind": kind, "location": detail}


def _chosen(offered: Sequence[OfferedLocation], place: Place | None, phone: str | None) -> OfferedLocation:
    if place is None or place.kind is PlaceKind.HOST_DEFAULT:
        easy = (one for one in offered if one.kind not in _FROM_ATTENDEE or (one.kind == "outbound_call" and phone))
        return next(easy, offered[0])
    matches = [one for one in offered if _fits(place_offered(one), place)]
    if not matches:
        raise Refused(
            f"a place of kind {place.kind} is not offered",
            code="place",
            for_person="That event type is not offered at that place; pick one of its own places.",
        )
    return next((one for one in matches if place_offered(one).detail == place.detail), matches[0])


def _fits(offered: Place, wanted: Place) -> bool:
    if wanted.kind is PlaceKind.VIDEO:
        return offered.kind is PlaceKind.VIDEO and (not wanted.app or offered.app == wanted.app)
    if wanted.kind is PlaceKind.ATTENDEE_ADDRESS:
        return offered.kind is PlaceKind.ATTENDEE_CHOICE
    return offered.kind is wanted.kind


def _text_for(chosen: OfferedLocation, place: Place | None, phone: str | None) -> str:
    wished = place.detail if place else ""
    if chosen.kind == "outbound_call":
        return wished or phone or ""
    if chosen.kind == "ask_invitee":
        return wished
    return chosen.location or wished


def _missing_text(kind: str) -> Refused:
    wanted = "a phone number to call" if kind == "outbound_call" else "a place for it"
    return Refused(
        f"a {kind} location without its text",
        code="place_detail",
        for_person=f"That event type needs {wanted}; say it and I will show the card again.",
    )
