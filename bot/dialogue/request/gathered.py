"""What a text says for a wish about colleagues: who, when, with which event type, how many at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.families import SlotRequest, TogetherRequest
from bot.dialogue.request.people import people_in
from bot.dialogue.request.revise import is_point
from bot.dialogue.request.said import is_recent, pick
from bot.language.meaning import Intent
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding
    from bot.scheduling.models import Person

_MOST = 5
"""Times that are put to the vote at once."""


def gathered(understanding: Understanding, talk: Talk, request: TogetherRequest) -> TogetherRequest:
    """The wish with what the text says of it."""
    u = understanding
    people = people_in(u, talk)
    if request.intent is Intent.ASK_OTHER and len(people) > 1 and _are_to_choose(u):
        request = TogetherRequest(intent=Intent.POLL)
    if request.intent is Intent.POLL and not (u.moments or people or request.people):
        request = _of_offered(u, talk, request)
    if request.intent is Intent.POLL and not (people or request.people):
        people = _spoken_of(talk)
    titled = next((kind.id for kind in talk.context.event_types if kind.title == u.event_type), None)
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
        offers=u.count or request.offers,
    )


def _are_to_choose(u: Understanding) -> bool:
    """«whether tuesday 10 or wednesday 3 suits»: times to choose from, not a stretch."""
    return len(u.moments) > 1 and all(map(is_point, u.moments))


def _spoken_of(talk: Talk) -> tuple[Person, ...]:
    """Whom times are being looked for with, for «ask them»."""
    old = talk.conversation.request
    if not isinstance(old, SlotRequest) or old.is_done or old.attendee is None or not is_recent(old, talk):
        return ()
    return (old.attendee, *old.guests)


def _of_offered(u: Understanding, talk: Talk, request: TogetherRequest) -> TogetherRequest:
    """«make a poll», «poll the first three» below times for several people: of just these, among just them."""
    old, offered = talk.conversation.request, talk.conversation.offered
    people = _spoken_of(talk)
    if not isinstance(old, SlotRequest) or not people or not offered:
        return request
    picked = [slot for number in u.picks if (slot := pick(offered, number)) is not None]
    if not picked and u.several:
        picked = [*offered[u.several :]] if u.several < 0 else [*offered[: u.several]]
    slots = tuple(sorted(picked or offered[: u.count or _MOST]))
    return replace(request, people=people, event_type=old.event_type, length=old.length, slots=slots)
