"""What a text says for a wish about the account: each family takes the details that it has fields for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from bot.dialogue.families import (
    EventTypeRequest,
    HoursRequest,
    ListRequest,
    ProfileRequest,
    ReminderRequest,
    WebhookRequest,
)
from bot.language.signs import Cue

if TYPE_CHECKING:
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding

Managing = EventTypeRequest | HoursRequest | WebhookRequest | ProfileRequest | ListRequest | ReminderRequest
LONGEST = 500
"""How much of a text a request keeps."""
_HIDDEN = {"yes": True, "no": False}


def managed(understanding: Understanding, talk: Talk, request: Managing) -> Managing:
    """The wish with what the text says of it."""
    u = understanding
    match request:
        case EventTypeRequest():
            return _event_type(u, talk, request)
        case HoursRequest():
            return replace(
                request,
                asked_at=talk.now,
                said=u.text[:LONGEST],
                schedule=u.detail("schedule") or request.schedule,
                name=u.detail("name") or request.name,
                moments=u.moments or request.moments,
                recurrence=u.recurrence or request.recurrence,
                zone=u.zone or request.zone,
                topic=u.topic or request.topic,
            )
        case WebhookRequest():
            return replace(
                request,
                asked_at=talk.now,
                said=u.text[:LONGEST],
                url=u.detail("url") or request.url,
                triggers=u.detail("triggers") or request.triggers,
            )
        case ProfileRequest():
            name = u.detail("new_name") or u.detail("name") or request.name
            zone = u.zone or request.zone
            return replace(request, asked_at=talk.now, said=u.text[:LONGEST], name=name, zone=zone)
        case ReminderRequest():
            return replace(
                request,
                asked_at=talk.now,
                moments=u.moments or request.moments,
                recurrence=u.recurrence or request.recurrence,
                before=u.length or request.before,
                is_once=u.has(Cue.NEXT) and not u.has(Cue.EACH, Cue.ALL),
                is_off=u.has(Cue.NEGATED, Cue.CANCELS, Cue.TAKES_BACK),
            )
        case ListRequest():
            return replace(request, asked_at=talk.now, moments=u.moments or request.moments)
        case _:
            assert_never(request)


def _event_type(u: Understanding, talk: Talk, request: EventTypeRequest) -> EventTypeRequest:
    titled = next((kind.id for kind in talk.context.event_types if kind.title == u.event_type), None)
    return replace(
        request,
        asked_at=talk.now,
        said=u.text[:LONGEST],
        event_type=titled or request.event_type,
        name=u.detail("name") or request.name,
        new_name=u.detail("new_name") or request.new_name,
        length=u.length or request.length,
        hidden=_HIDDEN.get(u.detail("hidden"), request.hidden),
        topic=u.topic or request.topic,
        wanted=u.named_type or request.wanted,
    )
