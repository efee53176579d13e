"""The next opening across event types: the first free time of each, the earliest first, each a press away from its card."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import FindSlots, SlotsFound
from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import SlotRequest, TimeRequest
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import common, times
from bot.dialogue.wording import managing as type_words
from bot.dialogue.wording.standing import asking as words
from bot.language.meaning import Intent
from bot.scheduling.models import SlotQuery
from bot.scheduling.replacing import replace
from bot.scheduling.times import Interval

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.context import Step
    from bot.scheduling.models import EventType

_AHEAD = timedelta(days=14)
_MOST_TYPES = 6


def look(talk: Talk, request: TimeRequest) -> Step:
    """Ask for the free times of every type of one's own."""
    kinds = _kinds(talk)
    if not kinds:
        return say(talk, type_words.no_event_types_yet(), is_personal=True)
    window = Interval(talk.now, talk.now + _AHEAD)
    queries = tuple(SlotQuery(event_type=kind.id, window=window, zone=str(talk.zone)) for kind in kinds)
    return do(talk.asking(request), FindSlots(queries=queries), Doing.SEEKING_FIRST)


def found(talk: Talk, outcome: Outcome) -> Step:
    """One line and one button a type."""
    request = talk.conversation.request
    if not isinstance(request, TimeRequest) or not isinstance(outcome, SlotsFound):
        return say(talk, common.broken())
    firsts = sorted(
        (next(slot for slot in slots if slot.start > talk.now), number)
        for number, slots in enumerate(outcome.slots)
        if any(slot.start > talk.now for slot in slots)
    )
    kinds = _kinds(talk)
    if not firsts:
        return say(talk.asking(replace(request, is_done=True)), words.no_openings(_AHEAD.days), is_personal=True)
    lines, buttons = [], []
    for slot, number in firsts:
        kind = kinds[number]
        lines.append(words.opening_line(kind.title, times.moment(slot.start, talk.zone, talk.now)))
        wish = SlotRequest(intent=Intent.BOOK, event_type=kind.id, slot=slot)
        buttons.append(resume_button(f"o{number}", common.cut(lines[-1], 70), wish))
    text = words.next_openings(lines, talk.zone)
    done = replace(request, is_done=True)
    talk = talk.having(offered=tuple(slot for slot, _ in firsts), listed=())
    return show(talk, done, text, (common.line(text), ButtonRow(buttons=tuple(buttons))), is_live=False)


def _kinds(talk: Talk) -> tuple[EventType, ...]:
    own = [kind for kind in talk.context.event_types if not kind.team and not kind.is_hidden]
    return tuple(own)[:_MOST_TYPES]
