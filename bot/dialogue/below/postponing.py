"""«not now», «another day»: neither a yes nor a no. The wish stays, nothing is written, and the next step is offered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.families import MoveRequest, SlotRequest
from bot.dialogue.request import revise
from bot.dialogue.request.said import is_recent, says_anything
from bot.dialogue.talk import go_on, say
from bot.dialogue.wording import small_talk as words
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from datetime import date

    from bot.dialogue.context import Decision
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Understanding

PUTS_OFF = (Cue.NOT_NOW, Cue.ANOTHER_DAY)
_AHEAD = timedelta(days=7)
"""How far behind the day that is not wanted others are looked for."""


def postponed(talk: Talk, u: Understanding) -> Decision | None:
    """What a text that puts the wish off comes to; None where nothing is under way."""
    request = talk.conversation.request
    if request is None or request.is_done or not is_recent(request, talk):
        return None
    if says_anything(_without_putting_off(u)) or u.choice is not None or u.limits:
        return None  # «not on the same day» below limits is one
    is_list = (
        isinstance(request, SlotRequest | MoveRequest) and request.slot is None and bool(talk.conversation.offered)
    )
    if u.has(Cue.LATER) and is_list:
        return None  # below a list, «later» is a later time
    if u.has(Cue.ANOTHER_DAY) and isinstance(request, SlotRequest | MoveRequest):
        first = _last_day(talk, request) + timedelta(days=1)
        days = _at_its_hours(request, revise.from_to(first, first + _AHEAD))
        return go_on(talk, replace(request, moments=days, slot=None, not_before=None))
    return say(talk, words.not_now(is_open=bool(talk.conversation.card)))


def _at_its_hours(request: SlotRequest | MoveRequest, days: Moment) -> tuple[Moment, ...]:
    """Those days, in the part of the day that was asked for; the clock of one time is not kept."""
    parts = tuple(one for one in request.moments if revise.says_clock(one) and not revise.is_point(one))
    return revise.merge(parts, (days,), day=None, keeps_zone=True)


def _without_putting_off(u: Understanding) -> Understanding:
    """The understanding without the times that putting it off names itself: the «now» of «not now»."""
    spans = [sign.span for sign in u.cues if sign.cue in PUTS_OFF]

    def is_other(moment: Moment) -> bool:
        return not any(span.start < moment.span.end and moment.span.start < span.end for span in spans)

    left = replace(u, moments=tuple(filter(is_other, u.moments)), excluded=tuple(filter(is_other, u.excluded)))
    return replace(left, keeps=frozenset()) if u.has(Cue.ANOTHER_DAY) and u.is_negated else left


def _last_day(talk: Talk, request: SlotRequest | MoveRequest) -> date:
    """The day that is not to be: that of the card, or the last of those shown or asked for."""
    if request.slot is not None:
        return request.slot.start.astimezone(talk.zone).date()
    if talk.conversation.offered:
        return talk.conversation.offered[-1].start.astimezone(talk.zone).date()
    named = [moment.days.last for moment in request.moments if moment.days is not None]
    return max((*named, talk.today))
