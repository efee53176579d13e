"""A message that somebody pointed at: who is in it, which times it names and what it is about become a search for a time.

The message was not written to us, so what was taken from it is said first, and nothing but times is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.families import SlotRequest
from bot.dialogue.finding.propose import wish_of
from bot.dialogue.request.fill import fill
from bot.dialogue.talk import go_on
from bot.dialogue.wording import pointing as words
from bot.language.meaning import Intent
from bot.language.understand import understand
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.acts import Pointed
    from bot.dialogue.context import Decision
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Reference

_TOO_LONG = 4000


def pointed_at(talk: Talk, act: Pointed, reference: Reference) -> Decision:
    """Times for what the message says."""
    talk = talk.asking(None)
    read = understand(act.text[:_TOO_LONG], replace(reference, options=(), bot="", turn=0))
    request = fill(replace(read, intent=Intent.FIND_SLOTS), talk)
    if not isinstance(request, SlotRequest):
        request = SlotRequest(intent=Intent.FIND_SLOTS)
    people = tuple(person for person in act.people if person.member != talk.context.asker.member)
    if people:
        request = replace(request, attendee=people[0], guests=people[1:])
    dates = wish_of(request, talk).dates
    took = words.took(request.attendee, request.guests, dates, request.topic, talk.today)
    return go_on(talk.noting(unread="").leading(took), request)
