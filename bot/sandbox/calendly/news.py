"""Calendly's webhook subscriptions, and the signed deliveries that a change brings."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

from bot.sandbox.calendly.calls import (
    APP,
    UPGRADE,
    CalendlyCall,
    CalendlyRefusal,
    denied,
    has_plan,
    identifier,
    invalid,
    iso_micros,
    one,
    organization_uri,
    page_of,
    route,
    unknown,
    user_uri,
)
from bot.sandbox.calendly.shapes import event_shape, invitee_shape, webhook_shape
from bot.sandbox.world.calendar import Booking, Change, ChangeKind, Guest, State, Webhook
from bot.sandbox.world.exchange import Answer, Delivery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.world.calendar import World

EVENTS = frozenset(
    {
        "invitee.created",
        "invitee.canceled",
        "invitee_no_show.created",
        "invitee_no_show.deleted",
        "routing_form_submission.created",
    }
)
SCOPES = frozenset({"user", "organization", "group"})


def _create(call: CalendlyCall) -> Answer:
    if not has_plan(call.owner):
        raise denied(UPGRADE)
    body = call.body
    _check(call)
    if any(hook.url == body["url"] and hook.app == APP for hook in _own(call)):
        raise CalendlyRefusal(409, "Hook with this url already exists")
    key = body.get("signing_key")
    hook = Webhook(
        id=identifier("webhook", call.world.number("calendly-webhook")),
        app=APP,
        url=body["url"],
        triggers=tuple(body["events"]),
        secret=key if isinstance(key, str) and key else None,
        owner=call.owner.id,
        settings={"scope": body["scope"]},
        created_at=call.world.now(),
    )
    call.world.webhooks[hook.id] = hook
    return one(webhook_shape(call.world, hook), status=201)


def _check(call: CalendlyCall) -> None:
    body = call.body
    missing = [(name, "must be filled") for name in ("url", "events", "organization", "scope") if not body.get(name)]
    if missing:
        raise invalid(*missing)
    if not isinstance(body["url"], str) or not body["url"].startswith(("https://", "http://")):
        raise invalid(("url", "must be a valid URL"))
    events = body["events"]
    if not isinstance(events, list) or not set(map(str, events)) <= EVENTS or len(set(events)) < len(events):
        raise invalid(("events", "contains an unknown event"))
    _check_scope(call, body.get("scope"), body.get("organization"), body.get("user"))


def _check_scope(call: CalendlyCall, scope: object, organization: object, user: object) -> None:
    if scope not in SCOPES:
        raise invalid(("scope", "must be one of user, organization, group"))
    if organization != organization_uri(call.world, call.owner):
        raise denied()
    if scope == "user" and not user:
        raise invalid(("user", "must be filled"))
    if user and user != user_uri(call.owner.id):
        raise denied()


def _list(call: CalendlyCall) -> Answer:
    if not has_plan(call.owner):
        raise denied(UPGRADE)
    organization, scope = call.required("organization"), call.required("scope")
    _check_scope(call, scope, organization, call.query.get("user"))
    found = [hook for hook in _own(call) if hook.settings.get("scope") == scope]
    return page_of(call, found, lambda hook: webhook_shape(call.world, hook))


def _get(call: CalendlyCall) -> Answer:
    return one(webhook_shape(call.world, _found(call)))


def _delete(call: CalendlyCall) -> Answer:
    del call.world.webhooks[_found(call).id]
    return Answer(status=204)


def _sample(call: CalendlyCall) -> Answer:
    event = call.required("event")
    if event not in EVENTS:
        raise invalid(("event", "is invalid"))
    _check_scope(call, call.required("scope"), call.required("organization"), call.query.get("user"))
    booking = next(call.world.bookings_of(call.owner.id), None)
    if booking is None:
        raise unknown()
    return Answer(body=_message(call.world, event, booking, booking.guests[0], call.owner.id))


def _found(call: CalendlyCall) -> Webhook:
    found = next((hook for hook in _own(call) if hook.id == call.params["uuid"]), None)
    if found is None:
        raise unknown()
    return found


def _own(call: CalendlyCall) -> Iterator[Webhook]:
    return (hook for hook in list(call.world.webhooks.values()) if hook.app == APP and hook.owner == call.owner.id)


def deliveries_for(world: World, change: Change) -> tuple[Delivery, ...]:
    """What the hosts' subscribers are sent, in the order in which it happened."""
    hooks = [hook for hook in world.webhooks.values() if hook.app == APP and hook.is_active]
    return tuple(
        _delivery(world, hook, _message(world, event, booking, guest, hook.owner or 0))
        for event, booking, guest in _told(change)
        for hook in hooks
        if event in hook.triggers and hook.owner in booking.hosts
    )


def _told(change: Change) -> Iterator[tuple[str, Booking, Guest]]:
    """Calendly tells of invitees, one message each."""
    booking = change.booking
    match change.kind:
        case ChangeKind.CREATED:
            yield "invitee.created", booking, booking.guests[-1]
        case ChangeKind.CANCELLED:
            for guest in booking.guests:
                yield "invitee.canceled", booking, guest
        case ChangeKind.MOVED:
            if change.previous is not None:
                yield "invitee.canceled", change.previous, change.previous.guests[0]
            yield "invitee.created", booking, booking.guests[0]
        case ChangeKind.ABSENT:
            for guest in (one for one in booking.guests if one.is_absent):
                yield "invitee_no_show.created", booking, guest
        case ChangeKind.PRESENT:
            for guest in (one for one in booking.guests if not one.is_absent):
                yield "invitee_no_show.deleted", booking, guest
        case _:
            return


def _message(world: World, event: str, booking: Booking, guest: Guest, creator: int) -> dict[str, Any]:
    payload = {**invitee_shape(booking, guest), "scheduled_event": event_shape(world, booking)}
    if booking.state is not State.CANCELLED:
        payload.pop("cancellation", None)
    return {
        "created_at": iso_micros(world.now()),
        "created_by": user_uri(creator),
        "event": event,
        "payload": payload,
    }


def _delivery(world: World, hook: Webhook, message: dict[str, Any]) -> Delivery:
    body = json.dumps(message, separators=(",", ":")).encode()
    headers = {"content-type": "application/json"}
    if hook.secret:
        sent_at = str(int(world.now().timestamp()))
        digest = hmac.new(hook.secret.encode(), sent_at.encode() + b"." + body, hashlib.sha256).hexdigest()
        headers["calendly-webhook-signature"] = f"t={sent_at},v1={digest}"
    return Delivery(url=hook.url, headers=headers, body=body)


ROUTES = (
    route("POST", "/webhook_subscriptions", _create),
    route("GET", "/webhook_subscriptions", _list),
    route("GET", "/webhook_subscriptions/{uuid}", _get),
    route("DELETE", "/webhook_subscriptions/{uuid}", _delete),
    route("GET", "/sample_webhook_data", _sample),
)
