"""Short texts below the card, or the times, for several people that name some of them and say no: «scrap omar»,
«omar is optional», «we don't need dana». Whoever is named so goes out, or is asked about; nobody else does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.families import SlotRequest
from bot.dialogue.request.people import is_same, people_in, without_people
from bot.dialogue.talk import go_on, say
from bot.dialogue.wording import small_talk as words
from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.scheduling.replacing import replace
from bot.scheduling.together.people import key_of

if TYPE_CHECKING:
    from bot.dialogue.context import Decision
    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding

_OUT = (Cue.WITHOUT, Cue.EXCEPT, Cue.CANCELS, Cue.ASKS_GUEST_OUT)
_SAYS_NO = (Cue.NEGATED, Cue.NO, Cue.DROPPED, Cue.CLOSES, Cue.STAYS)
_SAYS_ELSE = (Cue.ONLY, Cue.INSTEAD, Cue.ALSO, Cue.MOVES, Cue.STANDING, Cue.OWN_CALENDAR, Cue.MESSAGES, Cue.ASKS_FREE)
"""Cues of texts that say more than who comes."""
_ABOUT_OTHERS = frozenset({Intent.RESCHEDULE, Intent.REMIND, Intent.SHOW_INVITEES, Intent.BOOKING_STATUS})


def on_company(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """What such a text comes to; None for any other."""
    if not isinstance(request, SlotRequest) or request.is_done or request.attendee is None or not request.guests:
        return None
    if u.moments or u.excluded_people or u.intent in _ABOUT_OTHERS or u.has(*_SAYS_ELSE):
        return None
    there, named = (request.attendee, *request.guests), people_in(u, talk)
    are_there = bool(named) and all(any(is_same(one, person) for one in there) for person in named)
    if not are_there or len(named) >= len(there):
        return None
    if u.has(Cue.OPTIONAL) and not u.has(Cue.WITHOUT):
        meant = [one for one in there if any(is_same(one, person) for person in named)]
        optional = tuple(dict.fromkeys((*request.optional, *(key_of(one) for one in meant))))
        told = talk.noting(unread="").leading(words.optional_now([one.name for one in meant]))
        return go_on(told, replace(request, optional=optional, rechecks=False))
    if u.has(*_OUT) and not u.has(Cue.QUESTION):
        left = without_people(request, named)
        return go_on(talk.noting(unread=""), left) if left is not None else None
    if u.has(*_SAYS_NO):
        return say(talk, words.with_or_without(named[0].name))
    return None
