"""A time measured from a meeting that stands: «right after lena's», «again, same time», «another one a week later»."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.families import Beside, MoveRequest, Side, SlotRequest
from bot.dialogue.request.people import measured_from, people_in
from bot.dialogue.request.revise import says_clock
from bot.language.meaning import Intent, Keep
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding


def measured(u: Understanding, talk: Talk, request: Request) -> Request:
    """The wish with the meeting that its time is measured from, where the text names one."""
    if not isinstance(request, SlotRequest | MoveRequest):
        return request
    if whose := measured_from(u, talk):
        return replace(request, beside=Beside(whose=whose[0], side=_side(u), gap=_gap(u)))
    if isinstance(request, MoveRequest) or request.attendee is None or not people_in(u, talk):
        return request
    if u.is_bare and request.intent is not Intent.HOLD and _begins(talk) and not request.guests and not request.zones:
        return replace(request, beside=Beside(whose=request.attendee, side=Side.PERHAPS_IT))
    step = u.sign(Cue.LATER, Cue.EARLIER) if u.has(Cue.AGAIN) else None
    if step is not None and step.amount is not None and step.holds_amount:
        gap = -step.amount if step.cue is Cue.EARLIER else step.amount
        return replace(request, beside=Beside(whose=request.attendee, side=Side.LATER, gap=gap), moments=())
    keeps_clock = Keep.TIME in u.keeps and bool(u.moments) and not any(map(says_clock, request.moments))
    if keeps_clock and request.recurrence is None:
        return replace(request, beside=Beside(whose=request.attendee, side=Side.SAME_CLOCK))
    return request


def _begins(talk: Talk) -> bool:
    """Whether no wish for a time is under way that a person and a time could be an answer to."""
    before = talk.conversation.request
    if not isinstance(before, SlotRequest) or before.is_done:
        return True
    return before.beside is not None and before.beside.side is Side.PERHAPS_IT


def _side(u: Understanding) -> Side:
    return Side.BEFORE if u.has(Cue.BEFORE_WHOM) else Side.AFTER


def _gap(u: Understanding) -> timedelta:
    sign = u.sign(Cue.AFTER_WHOM, Cue.BEFORE_WHOM)
    return sign.amount if sign is not None and sign.holds_amount and sign.amount is not None else timedelta()
