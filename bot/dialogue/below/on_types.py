"""Short texts below event types that are listed or asked about: «link to the second», «hide the second one»."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bot.dialogue.families import EventTypeRequest, SlotRequest
from bot.dialogue.request.fill import fill, refill
from bot.dialogue.request.said import beside_pick, pick
from bot.dialogue.talk import go_on
from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.context import Decision
    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding
    from bot.scheduling.models import EventType

_OF_ONE = frozenset({Intent.CHANGE_EVENT_TYPE, Intent.DELETE_EVENT_TYPE, Intent.CREATE_LINK})
_NEW = frozenset({Intent.BOOK, Intent.HOLD, Intent.FIND_SLOTS})
_ANSWERS = frozenset(
    {Intent.SELECT, Intent.REFINE, Intent.OUT_OF_SCOPE, Intent.CANCEL, Intent.CHANGE_LENGTH, Intent.CHANGE_TITLE}
)


def on_types(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """What is said of the nth event type of those that were shown; None for any other text."""
    if not isinstance(request, EventTypeRequest) or u.choice is None or u.event_type or u.named_type:
        return None
    is_asked = not request.is_done and request.event_type is None and request.intent in _OF_ONE
    kind = pick(talk.context.event_types, u.choice)
    if kind is None or not (is_asked or request.intent is Intent.SHOW_EVENT_TYPES):
        return None
    u = replace(u, moments=beside_pick(u), choice=None)
    wish = _meant(u)
    if wish is None and u.intent in _ANSWERS and is_asked:
        return go_on(talk, replace(request, event_type=kind.id))
    if wish is None and u.intent in {*_NEW, *_ANSWERS}:
        return _times(talk, u, kind)
    if wish is None:
        return None
    return go_on(talk, refill(replace(u, intent=wish), talk, EventTypeRequest(intent=wish, event_type=kind.id)))


def _meant(
    u: Understanding,
) -> Literal[Intent.CREATE_LINK, Intent.DELETE_EVENT_TYPE, Intent.CHANGE_EVENT_TYPE] | None:
    """What is to become of it."""
    if u.intent is Intent.CREATE_LINK:
        return Intent.CREATE_LINK
    if u.intent is Intent.DELETE_EVENT_TYPE or u.has(Cue.CANCELS):
        return Intent.DELETE_EVENT_TYPE
    changes = u.has(Cue.HIDDEN, Cue.SHOWN, Cue.ASKS_LENGTH, Cue.ASKS_TITLE) or u.detail("new_name")
    if u.intent is Intent.CHANGE_EVENT_TYPE or (changes and u.intent in _ANSWERS):
        return Intent.CHANGE_EVENT_TYPE
    return None


def _times(talk: Talk, u: Understanding, kind: EventType) -> Decision:
    """«book the second one for friday»: times of that type."""
    intent = u.intent if u.intent in _NEW else Intent.FIND_SLOTS
    filled = fill(replace(u, intent=intent), talk.asking(None))
    return go_on(talk, replace(filled, event_type=kind.id) if isinstance(filled, SlotRequest) else filled)
