"""A colleague picks a time of a share: a private card with their own address, and their own press that books.

Their press writes on the sharer's account: the share is the sharer's press before it, and the loop reserves the place in the
share before it claims the write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, Reply
from bot.dialogue.acts.together import LookAtShare, ShareFound
from bot.dialogue.buttons import ButtonRow, keep_button, resume_button, write_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import SlotRequest
from bot.dialogue.request.people import attendee_of
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.together.sharing import public
from bot.dialogue.wording import booking as slot_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording.together import sharing as words
from bot.scheduling.replacing import replace
from bot.scheduling.times import find_zone
from bot.scheduling.writes import BookSlot

if TYPE_CHECKING:
    from datetime import datetime

    from bot.dialogue.acts import Outcome
    from bot.dialogue.context import Step
    from bot.scheduling.models import Slot
    from bot.scheduling.together.sharing import Share


def look(talk: Talk, request: SlotRequest) -> Step:
    """Read the share as it stands."""
    return do(talk.asking(request), LookAtShare(share=request.share), Doing.PICKING)


def share_found(talk: Talk, outcome: Outcome) -> Step:
    """The picker's own card, or why there is none."""
    request = talk.conversation.request
    if not isinstance(outcome, ShareFound) or not isinstance(request, SlotRequest) or request.slot is None:
        return say(talk, common.broken())
    share = outcome.share
    if share is None:
        return say(talk.asking(None), common.lost_card(), is_personal=True)
    if talk.context.key.owner == share.owner:
        return say(talk.asking(None), words.your_own(), is_personal=True)
    if not outcome.may_pick:
        return say(talk.asking(None), words.not_for_you(share.sharer), is_personal=True)
    if not share.is_open(talk.now):
        return say(talk.asking(None), words.is_over(share.sharer), is_personal=True)
    if request.slot not in share.left(talk.now):
        return _others(talk, request, share)
    if not talk.context.asker.email:
        return say(talk.asking(None), words.no_mail(), is_personal=True)
    return _card(talk, request, share, request.slot)


def _card(talk: Talk, request: SlotRequest, share: Share, slot: Slot) -> Step:
    asker = talk.context.asker
    attendee = attendee_of(asker, str(talk.zone))
    if attendee is None:
        return say(talk, words.no_mail(), is_personal=True)
    when = _when(talk, share, slot)
    book = BookSlot(event_type=share.event_type, slot=slot, attendee=attendee, length=share.length)
    rows = (
        ("When", when),
        ("With", share.sharer),
        ("You", slot_words.person(asker)),
        ("Type", words.what(share)),
        ("Where", share.where),
    )
    parts = (
        common.heading(words.heading(share)),
        Facts(rows=tuple(row for row in rows if row[1])),
        ButtonRow(buttons=(write_button("book", "Book", book), keep_button("keep", "Keep free"))),
    )
    step = show(talk, request, words.card(share, when), parts)
    return replace(step, cards=tuple(replace(card, account=share.account) for card in step.cards))


def _others(talk: Talk, request: SlotRequest, share: Share) -> Step:
    """Taken: what is left, for this person alone."""
    slots = share.left(talk.now)
    lead = words.taken(times.moment(request.slot.start, talk.zone, talk.now)) if request.slot else ""
    buttons = tuple(
        resume_button(f"s{number}", times.moment(slot.start, talk.zone, talk.now), replace(request, slot=slot))
        for number, slot in enumerate(slots, start=1)
    )
    text = f"{'' if talk.facts.is_gone else lead} {words.these_are_left()}".strip()
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=buttons)))


def _when(talk: Talk, share: Share, slot: Slot) -> str:
    theirs = find_zone(share.zone)
    return times.both(slot, talk.zone, (theirs,) if theirs else (), talk.now)


def refreshed(share: Share, now: datetime) -> tuple[tuple[str, Reply], ...]:
    """The public cards as they are now, by the cards whose places they take."""
    return tuple((card.id, reply) for _, reply, card in public(share, now))


def note_for_sharer(share: Share, slot: Slot, picker: str, now: datetime) -> Reply:
    """What the sharer hears of a pick."""
    zone = find_zone(share.zone)
    when = times.stretch(slot, zone, now) if zone else ""
    return Reply(text=words.was_picked(picker, words.what(share), when), is_personal=True)
