"""What a text says for a wish about colleagues: who, when, with which event type, how many at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.families import SlotRequest
from bot.dialogue.request.people import people_in
from bot.dialogue.request.said import is_recent
from bot.language.meaning import Intent
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.families import TogetherRequest
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding

_MOST = 5
"""Times that are put to the vote at once."""


def gathered(understanding: Understanding, talk: Talk, request: TogetherRequest) -> TogetherRequest:
    """The wish with what the text says of it."""
    u = understanding
    if request.intent is Intent.POLL and not (u.moments or u.people or u.emails or u.mentions):
        request = _of_offered(talk, request)
    titled = next((kind.id for kind in talk.context.event_types if kind.title == u.event_type), None)
    people = people_in(u, talk)
    return replace(
        request,
        asked_at=talk.now,
        people=people or request.people,
        outsiders=() if people else request.outsiders,
        moments=u.moments or request.moments,
        excluded=(*request.excluded, *u.excluded),
        event_type=titled or request.event_type,
        length=u.length or request.length,
        zone=u.zone or request.zone,
        most=u.limit or request.most,
    )


def _of_offered(talk: Talk, request: TogetherRequest) -> TogetherRequest:
    """«make a poll» below times for several people: of just these, among just them."""
    old, offered = talk.conversation.request, talk.conversation.offered
    if (
        not isinstance(old, SlotRequest)
        or old.is_done
        or old.attendee is None
        or not offered
        or not is_recent(old, talk)
    ):
        return request
    people = (old.attendee, *old.guests)
    return replace(
        request, people=people, event_type=old.event_type, length=old.length, slots=tuple(sorted(offered[:_MOST]))
    )
