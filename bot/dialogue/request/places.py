"""Where a meeting takes place: what was wished against what the event type offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.scheduling.models import Place, PlaceKind
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.language.meaning import PlaceWish
    from bot.scheduling.models import EventType

_ALIKE = {
    PlaceKind.VIDEO: (PlaceKind.VIDEO,),
    PlaceKind.LINK: (PlaceKind.LINK,),
    PlaceKind.PHONE: (PlaceKind.ATTENDEE_PHONE, PlaceKind.PHONE),
    PlaceKind.ATTENDEE_PHONE: (PlaceKind.ATTENDEE_PHONE, PlaceKind.PHONE),
    PlaceKind.ADDRESS: (PlaceKind.ADDRESS, PlaceKind.ATTENDEE_ADDRESS),
    PlaceKind.ATTENDEE_ADDRESS: (PlaceKind.ATTENDEE_ADDRESS, PlaceKind.ADDRESS),
}
_NEEDS_DETAIL = frozenset({PlaceKind.ATTENDEE_PHONE, PlaceKind.ATTENDEE_ADDRESS, PlaceKind.ATTENDEE_CHOICE})


def offered_place(wish: PlaceWish | None, kind: EventType) -> Place | None:
    """The event type's place that fits the wish, with the wish's detail; None for its usual place, or when none fits."""
    if wish is None:
        return None
    alike = _ALIKE.get(wish.kind, (wish.kind,))
    fitting = [place for place in kind.places if place.kind in alike and _same_app(wish.app, place.app)]
    if not fitting:
        return None
    place = fitting[0]
    return replace(place, detail=wish.detail) if place.kind in _NEEDS_DETAIL and wish.detail else place


def place_to_send(wish: PlaceWish | None, kind: EventType) -> Place | None:
    """What is written: a wished place, or the usual one where it needs the attendee's own detail."""
    chosen = offered_place(wish, kind)
    if chosen is not None or not kind.places:
        return chosen
    usual = kind.places[0]
    return usual if usual.kind in _NEEDS_DETAIL else None


def missing_detail(place: Place | None) -> PlaceKind | None:
    """What the attendee has still to give: a phone number, an address."""
    return place.kind if place is not None and place.kind in _NEEDS_DETAIL and not place.detail else None


def _same_app(wished: str, app: str) -> bool:
    plain = wished.lower().replace(" ", "").replace("-", "").replace("_", "")
    return not plain or plain in app.lower().replace("-", "").replace("_", "") or app.lower().replace("-", "") in plain
