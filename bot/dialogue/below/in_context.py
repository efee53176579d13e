"""The understanding of a text, with what only the time, the stays and the wish under way tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.below.standing.on_stays import on_a_stay
from bot.dialogue.request.latent import as_answer, is_change, next_week_when_past
from bot.dialogue.request.said import is_under_way
from bot.dialogue.request.spoken_of.days import inside, left_out_inside, on_another_day
from bot.dialogue.request.spoken_of.following import AWAY, following, of_that_day
from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding

_NEAREST: Mapping[Intent, Intent] = {
    Intent.WHO_IS_FREE: Intent.FIND_SLOTS,
    Intent.UNDO: Intent.DENY,
}
"""What answers these wishes best."""
_TALK = frozenset({Intent.OUT_OF_SCOPE, Intent.GREETING})
"""What a change to the wish under way may be taken for."""
_ANSWERS = frozenset({Intent.SELECT, Intent.REFINE, Intent.AFFIRM, Intent.DENY, Intent.MORE_OPTIONS, Intent.STOP})
"""Answers, in which a bare number can be a time or a length."""


def in_context(u: Understanding, talk: Talk, request: Request | None) -> Understanding:
    """The understanding as it is meant here."""
    if u.intent in _NEAREST:
        u = replace(u, intent=_NEAREST[u.intent])
    if u.intent is Intent.TIME_OFF:
        u = on_another_day(u, talk)
    if u.intent in _TALK and is_under_way(talk) and is_change(u):
        u = replace(u, intent=Intent.REFINE)
    if u.intent is Intent.HOLD and u.has(Cue.OUT_OF_OFFICE):
        u = replace(u, intent=Intent.TIME_OFF)
    if u.has(Cue.THAT_DAY):
        u = of_that_day(u, talk)
    if talk.conversation.stays:
        u = on_a_stay(u, talk)
    if u.weekdays:
        u = next_week_when_past(u, talk)
    if request is None:
        return u
    if u.keeps or u.has(*AWAY):
        u = following(u, talk)
    if u.weekdays:
        u = inside(u, talk)
    if u.excluded:
        u = left_out_inside(u, talk)
    return as_answer(u) if u.intent in _ANSWERS else u
