"""What a text says for a wish about colleagues: who, when, with which event type, how many at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.request.people import people_in
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.families import TogetherRequest
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding


def gathered(understanding: Understanding, talk: Talk, request: TogetherRequest) -> TogetherRequest:
    """The wish with what the text says of it."""
    u = understanding
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
