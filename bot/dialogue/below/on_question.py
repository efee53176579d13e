"""Short texts below «There is a meeting already … shall it move, or do you want another one?»: «move it», «another one», «the
first», «kim@acme.io instead». Nothing else that is typed there answers it. And words below a question with options that are
none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.families import Beside, MoveRequest, Side, SlotRequest
from bot.dialogue.finding.event_types import question_asked
from bot.dialogue.request.fill import refill
from bot.dialogue.request.said import pick, says_anything
from bot.dialogue.talk import go_on
from bot.dialogue.wording import booking as words
from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.context import Decision
    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding
    from bot.scheduling.models import Booking

_ANSWERS = frozenset(
    {Intent.OUT_OF_SCOPE, Intent.REFINE, Intent.MORE_OPTIONS, Intent.SELECT, Intent.DENY, Intent.AFFIRM}
    | {Intent.FIND_SLOTS, Intent.BOOK, Intent.RESCHEDULE}
)
"""What such texts are taken for by themselves."""
WORDS = frozenset({Intent.OUT_OF_SCOPE, Intent.REFINE})
"""What a word that nobody knows is taken for below a question."""
_FEW = 3
"""Words of what may be meant as one of the options."""
_SAYS_MORE = (Cue.QUESTION, Cue.PRAISES, Cue.EARLIER, Cue.LATER, Cue.EARLIER_ONE, Cue.LATER_ONE)


def on_question(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """What such a text comes to; None for any other."""
    if not isinstance(request, SlotRequest) or request.beside is None or request.beside.side is not Side.PERHAPS_IT:
        return None
    listed = talk.conversation.listed
    if not listed or u.intent not in _ANSWERS or u.recurrence is not None or u.has(Cue.QUESTION):
        return None
    if u.people or u.emails or u.mentions:
        return _somebody_else(talk, u, request)
    if u.has(Cue.STAYS, Cue.DROPPED) or (u.has(Cue.NEGATED) and not u.has(Cue.NO)):
        return None
    if u.has(Cue.NEW_ONE, Cue.AGAIN):
        return go_on(talk, refill(_without_its_words(u), talk, replace(request, beside=None)))
    if u.intent is Intent.RESCHEDULE or u.has(Cue.MOVES):
        return _moves(talk, u, request, pick(listed, u.choice) if u.choice is not None else None)
    if u.choice is None or u.moments:
        return None
    is_new = u.choice in {-1, len(listed) + 1}  # the last of the buttons
    if is_new:
        return go_on(talk, replace(request, beside=None))
    one = pick(listed, u.choice)
    return _moves(talk, u, request, one) if one is not None else None


def _without_its_words(u: Understanding) -> Understanding:
    """What is said beside «another one»; «再约一个» is no clock."""
    spans = [sign.span for sign in u.cues if sign.cue in {Cue.NEW_ONE, Cue.AGAIN}]
    times = tuple(m for m in u.moments if not any(one.start <= m.span.start < one.end for one in spans))
    return replace(u, intent=Intent.REFINE, moments=times, choice=None)


def _moves(talk: Talk, u: Understanding, request: SlotRequest, one: Booking | None) -> Decision:
    """The meeting that stands goes where the wish was for; which of several, if it was not said, is asked."""
    listed = talk.conversation.listed
    booking = one or (listed[0] if len(listed) == 1 else None)
    among = () if booking is not None else tuple(booking.id for booking in listed)
    move = MoveRequest(booking=booking, among=among, moments=request.moments, asked_at=talk.now)
    return go_on(talk, refill(replace(u, intent=Intent.RESCHEDULE, choice=None), talk, move))


def _somebody_else(talk: Talk, u: Understanding, request: SlotRequest) -> Decision | None:
    """«kim instead»: the wish is for them; whether theirs is to move is asked in its turn."""
    if u.moments or not u.has(Cue.INSTEAD, Cue.CORRECTED, Cue.FOLLOWS):
        return None
    meant = refill(replace(u, intent=Intent.REFINE), talk, replace(request, attendee=None, guests=()))
    if not isinstance(meant, SlotRequest) or meant.attendee is None:
        return None
    return go_on(talk, replace(meant, beside=Beside(whose=meant.attendee, side=Side.PERHAPS_IT)))


def no_option(talk: Talk, u: Understanding, request: Request | None) -> Decision | None:
    """The question again, below one with options: a word or two that are none of them; None for any other text."""
    is_word = 0 < u.size <= _FEW and u.choice is None and not says_anything(u) and not u.has(*_SAYS_MORE)
    question = question_asked(talk) if is_word else None
    if question is None or request is None:
        return None
    said = words.no_such_option(question.label or question.key, question.options)
    return go_on(talk.noting(unread="").leading(said), request)
