"""A question in between: «what's on friday?» below a card, and then «ok, make it 11», which goes on with that card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.families import MoveRequest, SlotRequest
from bot.dialogue.request import revise
from bot.dialogue.request.latent import as_answer, direction
from bot.dialogue.request.said import is_recent
from bot.dialogue.request.spoken_of.following import distance_said
from bot.language.meaning import Intent, Keep
from bot.language.signs import Cue

if TYPE_CHECKING:
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding

_QUESTIONS = frozenset(
    {Intent.LIST_BOOKINGS, Intent.COUNT_BOOKINGS, Intent.BOOKING_STATUS, Intent.TELL_TIME, Intent.WHY_NOT}
    | {Intent.NEXT_OPENING, Intent.SHOW_HOURS}
)
"""Wishes that only ask, in between."""
_LOOSE = frozenset(
    {Intent.OUT_OF_SCOPE, Intent.REFINE, Intent.MORE_OPTIONS, Intent.SELECT, Intent.DENY, Intent.AFFIRM}
    | {Intent.FIND_SLOTS, Intent.RESCHEDULE, Intent.GREETING, Intent.CHANGE_LENGTH, Intent.LIST_BOOKINGS, Intent.BOOK}
)
_OF_OTHERS = (Cue.MOVES, Cue.CANCELS, Cue.OWN_CALENDAR, Cue.STANDING, Cue.ALL, Cue.EACH, Cue.ASKS_FREE, Cue.AGAIN)
"""Signs of a wish about what was listed, or of one by itself."""
_GOES_ON = (Cue.YES, Cue.INSTEAD, Cue.CORRECTED, Cue.NO, Cue.PUTS)
_SHORT = 8
"""Words; a longer text is a wish by itself."""


def setting_aside(talk: Talk, asked: Intent) -> Talk:
    """The conversation with the wish under way kept for later, where only a question comes in between; else with none kept."""
    conversation = talk.conversation
    request = conversation.request
    if asked not in _QUESTIONS:
        return talk.having(interrupted=None) if conversation.interrupted is not None else talk
    is_shown = isinstance(request, SlotRequest | MoveRequest) and (request.slot is not None or conversation.offered)
    return talk.having(interrupted=request) if request is not None and is_shown and not request.is_done else talk


def resumed(talk: Talk, u: Understanding) -> Talk:
    """The conversation with the wish that was set aside, where the text goes on with it and not with what was asked."""
    before, request = talk.conversation.interrupted, talk.conversation.request
    if before is None or request is None or request.intent not in _QUESTIONS or not is_recent(before, talk):
        return talk
    u = as_answer(u)
    if u.choice is not None or u.recurrence or u.intent not in _LOOSE or u.size > _SHORT or u.has(*_OF_OTHERS):
        return talk
    names = u.people or u.emails or u.mentions
    goes_on = _changes_who(u) if names or u.excluded_people else _changes(u)
    return talk.having(request=before, listed=(), interrupted=None) if goes_on else talk


def _changes_who(u: Understanding) -> bool:
    """«not omar, priya», «rather with priya»: somebody else for the card."""
    return not u.moments and (bool(u.excluded_people) or u.has(Cue.INSTEAD, Cue.CORRECTED))


def _changes(u: Understanding) -> bool:
    """Whether it changes a card: its length, its clock, or its day with a word that goes on."""
    if u.length is not None or u.event_type:
        return not u.moments
    distance = distance_said(u)
    if distance is not None and distance.amount is not None:
        return True
    if u.has(Cue.QUESTION) and not u.has(Cue.PUTS):
        return False
    if Keep.TIME in u.keeps or u.has(Cue.ANOTHER_DAY) or (direction(u) and not u.moments):
        return True
    goes_on = u.has(*_GOES_ON) or (u.has(Cue.FOLLOWS) and not u.has(Cue.GOES_ON))
    return bool(u.moments) and (goes_on or any(revise.says_clock(one) and revise.is_point(one) for one in u.moments))
