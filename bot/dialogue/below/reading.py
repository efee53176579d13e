"""What a text is read against: what was said, offered and asked before it."""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from bot.dialogue.families import MoveRequest, SlotRequest
from bot.dialogue.finding.event_types import choices_of
from bot.dialogue.request.said import under
from bot.language.meaning import Reference

if TYPE_CHECKING:
    from bot.dialogue.talk import Talk
    from bot.scheduling.models import Booking


_START, _SLOT, _TITLE = attrgetter("start"), attrgetter("slot"), attrgetter("title")
_NAME, _ATTENDEES = attrgetter("name"), attrgetter("attendees")


def reference(talk: Talk) -> Reference:
    conversation, context = talk.conversation, talk.context
    listed = _listed(talk) if conversation.listed or conversation.shown else ()
    starts = map(_START, conversation.offered or map(_SLOT, listed))
    return Reference(
        now=talk.now,
        zone=talk.zone,
        event_types=tuple(map(_TITLE, context.event_types)),
        options=tuple(starts),
        under=under(talk),
        bot=conversation.last_said,
        turn=max(conversation.turns - 1, 0),
        zones=conversation.request.zones if isinstance(conversation.request, SlotRequest | MoveRequest) else (),
        names=tuple(map(_NAME, chain(context.people, *map(_ATTENDEES, listed)))),
        choices=choices_of(talk),
        week_starts=context.habits.week_starts,
        language=conversation.language,
        locale=context.asker.locale,
    )


def _listed(talk: Talk) -> tuple[Booking, ...]:
    """The bookings that «the third» picks from: those shown last, or the list of which one was spoken of since."""
    conversation = talk.conversation
    is_of_one = len(conversation.listed) <= 1 and not isinstance(conversation.request, SlotRequest)
    return conversation.shown if is_of_one and conversation.shown else conversation.listed
