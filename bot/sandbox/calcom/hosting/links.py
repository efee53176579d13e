"""Cal.com's private links. They answer under no version and the oldest one only; elsewhere the path is unknown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.sandbox.calcom.calls import LEGACY, Call, number_in, route, success
from bot.sandbox.calcom.errors import refuse, refuse_properties
from bot.sandbox.calcom.event_type_shapes import BOOKING_PAGES
from bot.sandbox.calcom.slots import read_instant
from bot.sandbox.calcom.validation import ISO_DATE, WHOLE, Field, Shape, at_least, check
from bot.sandbox.world.exchange import iso_milliseconds
from bot.sandbox.world.hosting import SharedLink

if TYPE_CHECKING:
    from bot.sandbox.world.calendar import EventType, World
    from bot.sandbox.world.exchange import Answer

_TERMS = Shape(
    fields=(
        Field("expiresAt", (ISO_DATE,), is_optional=True),
        Field("maxUsageCount", (at_least(1), WHOLE), is_optional=True),
    )
)


def _shape(world: World, link: SharedLink) -> dict[str, Any]:
    kind = world.event_types[link.event_type]
    shape: dict[str, Any] = {
        "linkId": link.id,
        "eventTypeId": link.event_type,
        "isExpired": link.is_over(world.now()),
        "bookingUrl": f"{BOOKING_PAGES}/d/{link.id}/{kind.slug}",
    }
    if link.expires_at is not None:
        return {**shape, "expiresAt": iso_milliseconds(link.expires_at)}
    return {**shape, "maxUsageCount": link.most, "usageCount": link.used}


def _own_type(call: Call) -> EventType:
    kind = call.world.event_types.get(number_in(call.params["id"]) or 0)
    if kind is None:
        raise refuse(404, f"Event type with id {call.params['id']} not found")
    if kind.owner != call.owner.id:
        raise refuse(403, f"User with ID={call.owner.id} does not own event type with ID={kind.id}")
    return kind


def _terms(call: Call) -> dict[str, Any]:
    errors = check(_TERMS, call.body)
    if errors:
        raise refuse_properties(errors)
    expires = call.body.get("expiresAt")
    return {"expires_at": read_instant(expires) if expires else None, "most": call.body.get("maxUsageCount") or 1}


def _list(call: Call) -> Answer:
    kind = _own_type(call)
    return success([_shape(call.world, link) for link in call.world.links.values() if link.event_type == kind.id])


def _create(call: Call) -> Answer:
    kind, terms = _own_type(call), _terms(call)
    link = SharedLink(
        id=call.world.short_uid(), owner=call.owner.id, event_type=kind.id, created_at=call.world.now(), **terms
    )
    call.world.links[link.id] = link
    return success(_shape(call.world, link), status=201)


def _own_link(call: Call) -> SharedLink:
    kind = _own_type(call)
    link = call.world.links.get(call.params["link"])
    if link is None or link.event_type != kind.id:
        raise refuse(404, "Private link not found")
    return link


def _change(call: Call) -> Answer:
    link = replace(_own_link(call), **_terms(call))
    call.world.links[link.id] = link
    return success(_shape(call.world, link))


def _delete(call: Call) -> Answer:
    link = _own_link(call)
    del call.world.links[link.id]
    return success({"linkId": link.id, "message": "Private link deleted successfully"})


_PATH = "/v2/event-types/{id}/private-links"
ROUTES = (
    route("GET", _PATH, _list, versions=(LEGACY,)),
    route("POST", _PATH, _create, versions=(LEGACY,)),
    route("PATCH", f"{_PATH}/{{link}}", _change, versions=(LEGACY,)),
    route("DELETE", f"{_PATH}/{{link}}", _delete, versions=(LEGACY,)),
)
