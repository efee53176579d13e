"""Cal.com webhooks of a person and of one event type."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.calcom.calls import APP, Call, number_in, route, success
from bot.sandbox.calcom.errors import refuse, refuse_properties
from bot.sandbox.calcom.validation import FLAG, TEXT, Check, Field, Shape, check, each_of
from bot.sandbox.world.calendar import EventType, Webhook
from bot.sandbox.world.exchange import Answer, iso_milliseconds

TRIGGERS = (
    "BOOKING_CREATED",
    "BOOKING_PAYMENT_INITIATED",
    "BOOKING_PAID",
    "BOOKING_RESCHEDULED",
    "BOOKING_REQUESTED",
    "BOOKING_CANCELLED",
    "BOOKING_REJECTED",
    "BOOKING_NO_SHOW_UPDATED",
    "FORM_SUBMITTED",
    "MEETING_ENDED",
    "MEETING_STARTED",
    "RECORDING_READY",
    "RECORDING_TRANSCRIPTION_GENERATED",
    "OOO_CREATED",
    "AFTER_HOSTS_CAL_VIDEO_NO_SHOW",
    "AFTER_GUESTS_CAL_VIDEO_NO_SHOW",
    "FORM_SUBMITTED_NO_EVENT",
    "DELEGATION_CREDENTIAL_ERROR",
    "WRONG_ASSIGNMENT_REPORT",
)
_HOSTED_TRIGGERS = ("INSTANT_MEETING", "ROUTING_FORM_FALLBACK_HIT")
_DEFAULT_PAGE = 250


def _shape(call: Call, *, is_new: bool) -> Shape:
    allowed = (*TRIGGERS, *_HOSTED_TRIGGERS) if call.world.is_hosted else TRIGGERS
    text = "each value in {} must be one of the following values: " + ", ".join(allowed)
    return Shape(
        fields=(
            Field("active", (FLAG,), is_optional=not is_new),
            Field("subscriberUrl", (TEXT,), is_optional=not is_new),
            Field("triggers", (Check("isEnum", each_of(allowed), text),), is_optional=not is_new),
            Field("payloadTemplate", (TEXT,), is_optional=True),
            Field("secret", (TEXT,), is_optional=True),
        ),
        also=("version",),
    )


def _brief(webhook: Webhook) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "id": webhook.id,
        "payloadTemplate": webhook.template,
        "triggers": list(webhook.triggers),
        "subscriberUrl": webhook.url,
        "active": webhook.is_active,
        "secret": webhook.secret,
    }
    owner = {"eventTypeId": webhook.event_type} if webhook.event_type else {"userId": webhook.owner}
    return shape | owner


def _full(webhook: Webhook) -> dict[str, Any]:
    nothing = dict.fromkeys(("teamId", "appId", "time", "timeUnit", "oAuthClientId"))
    return {
        **_brief(webhook),
        **nothing,
        "userId": webhook.owner,
        "eventTypeId": webhook.event_type,
        "createdAt": iso_milliseconds(webhook.created_at),
        "platform": False,
        "version": webhook.settings.get("version", "2021-10-20"),
    }


def _kind(call: Call) -> EventType | None:
    """The event type of the path, where there is one; only its owner gets it."""
    if "type" not in call.params:
        return None
    kind = call.world.event_types.get(number_in(call.params["type"]) or 0)
    if kind is None:
        raise refuse(404, f"Event type with id {call.params['type']} not found")
    if kind.owner != call.owner.id:
        raise refuse(403, f"User with ID={call.owner.id} does not own event type with ID={kind.id}")
    return kind


def _those(call: Call) -> list[Webhook]:
    kind = _kind(call)
    return [
        hook
        for hook in call.world.webhooks.values()
        if hook.app == APP and (hook.event_type == kind.id if kind else hook.owner == call.owner.id)
    ]


def _find(call: Call) -> Webhook:
    kind, name = _kind(call), call.params["id"]
    webhook = call.world.webhooks.get(name)
    if webhook is None or webhook.app != APP or (kind is not None and webhook.event_type != kind.id):
        raise refuse(404, f"Webhook ({name}) not found")
    if kind is None and webhook.owner != call.owner.id:
        raise refuse(
            403, f"IsUserWebhookGuard - user with id=({call.owner.id}) is not the owner of webhook with id=({name})"
        )
    return webhook


def _list(call: Call) -> Answer:
    take = number_in(str(call.query.get("take", ""))) or _DEFAULT_PAGE
    skip = number_in(str(call.query.get("skip", ""))) or 0
    return success([_brief(hook) for hook in _those(call)[skip : skip + take]])


def _get(call: Call) -> Answer:
    webhook = _find(call)
    return success(_brief(webhook) if webhook.event_type else _full(webhook))


def _refuse_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_fine = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_fine = False
    if not is_fine:
        raise refuse(400, "Webhook URL is not allowed: Invalid URL format")


def _create(call: Call) -> Answer:
    errors = check(_shape(call, is_new=True), call.body)
    if errors:
        raise refuse_properties(errors)
    kind, body = _kind(call), call.body
    _refuse_url(body["subscriberUrl"])
    if any(hook.url == body["subscriberUrl"] for hook in _those(call)):
        whose = "event type" if kind else "user"
        raise refuse(409, f"Webhook with this subscriber url already exists for this {whose}")
    webhook = Webhook(
        id=call.world.long_uid(),
        app=APP,
        url=body["subscriberUrl"],
        triggers=tuple(body["triggers"]),
        secret=body.get("secret"),
        is_active=body["active"],
        owner=None if kind else call.owner.id,
        event_type=kind.id if kind else None,
        template=body.get("payloadTemplate"),
        settings={"version": body["version"]} if body.get("version") else {},
        created_at=call.world.now(),
    )
    call.world.webhooks[webhook.id] = webhook
    return success(_brief(webhook), status=201)


def _change(call: Call) -> Answer:
    webhook = _find(call)
    errors = check(_shape(call, is_new=False), call.body)
    if errors:
        raise refuse_properties(errors)
    body = call.body
    if "subscriberUrl" in body:
        _refuse_url(body["subscriberUrl"])
    webhook = replace(
        webhook,
        url=body.get("subscriberUrl", webhook.url),
        triggers=tuple(body.get("triggers", webhook.triggers)),
        secret=body.get("secret", webhook.secret),
        is_active=body.get("active", webhook.is_active),
        template=body.get("payloadTemplate", webhook.template),
    )
    call.world.webhooks[webhook.id] = webhook
    return success(_brief(webhook))


def _delete(call: Call) -> Answer:
    webhook = _find(call)
    del call.world.webhooks[webhook.id]
    return success(_brief(webhook))


def _delete_all(call: Call) -> Answer:
    gone = _those(call)
    for webhook in gone:
        del call.world.webhooks[webhook.id]
    return success(f"{len(gone)} webhooks deleted")


_OF_TYPE = "/v2/event-types/{type}/webhooks"
ROUTES = (
    route("GET", "/v2/webhooks", _list),
    route("POST", "/v2/webhooks", _create),
    route("GET", "/v2/webhooks/{id}", _get),
    route("PATCH", "/v2/webhooks/{id}", _change),
    route("DELETE", "/v2/webhooks/{id}", _delete),
    route("GET", _OF_TYPE, _list),
    route("POST", _OF_TYPE, _create),
    route("DELETE", _OF_TYPE, _delete_all),
    route("GET", f"{_OF_TYPE}/{{id}}", _get),
    route("PATCH", f"{_OF_TYPE}/{{id}}", _change),
    route("DELETE", f"{_OF_TYPE}/{{id}}", _delete),
)
