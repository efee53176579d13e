"""Questions about what is on the card: «how long is that?», «who is kim?», «what time is that in tokyo?». The card stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.families import BookingRequest, HoursRequest, MoveRequest, SlotRequest
from bot.dialogue.request.said import is_recent
from bot.dialogue.request.spoken_of.following import slot_spoken_of
from bot.dialogue.talk import go_on, say
from bot.dialogue.wording import small_talk as words
from bot.dialogue.wording.standing import questions
from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.scheduling.times import find_zone

if TYPE_CHECKING:
    from bot.dialogue.context import Decision
    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding

_ASKING = (Cue.QUESTION, Cue.ASKS, Cue.ASKS_WHEN, Cue.ASKS_WHO, Cue.ASKS_WHERE, Cue.ASKS_UNTIL)
_MOST = 9
"""Words; a longer text is no question about the card."""


def on_other_clock(talk: Talk, u: Understanding) -> Decision | None:
    """«what time is that in tokyo?»: the time that was spoken of, on the clock there."""
    there, slot = find_zone(u.there or u.zone), slot_spoken_of(talk)
    if not u.has(Cue.FOLLOWS) or u.moments or there is None or slot is None:
        return None
    return say(talk, questions.same_time(slot.start, talk.zone, talk.told_in(there), talk.now))


def asked_of_card(talk: Talk, u: Understanding, request: Request | None) -> Decision | None:
    """The open card once more, below a short question that was taken for talk; None for any other text."""
    if request is None or request.is_done or not is_recent(request, talk) or u.moments or u.size > _MOST:
        return None
    is_loose = u.intent is Intent.OUT_OF_SCOPE or (u.intent is Intent.GREETING and u.has(Cue.FOLLOWS))
    if not is_loose or not u.has(*_ASKING) or not _is_shown(talk, request):
        return None
    return go_on(talk.noting(unread="").leading(words.on_card()), request)


def _is_shown(talk: Talk, request: Request) -> bool:
    """Whether one thing stands on the card, to be pressed."""
    if not talk.conversation.card:
        return False
    if isinstance(request, SlotRequest):
        return request.slot is not None
    if isinstance(request, BookingRequest | MoveRequest):
        return request.booking is not None
    return isinstance(request, HoursRequest)
