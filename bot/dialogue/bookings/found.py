"""Bookings that were looked for: one goes on to its wish, several are asked about, none is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.bookings import cancelling, matching
from bot.dialogue.talk import Talk, say
from bot.dialogue.wishes import resume
from bot.dialogue.wording import bookings as words
from bot.dialogue.wording import common
from bot.dialogue.wording import outcomes as failures

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.context import Step


def booking_matched(talk: Talk, outcome: Outcome) -> Step:
    """The bookings that fit the wish."""
    request = talk.conversation.request
    if request is None:
        return say(talk, common.broken())
    found = matching.matches(talk, request, outcome)
    if not found:
        return matching.none_found(talk, request, outcome)
    if matching.misses(talk, request, found):
        whom = request.attendee.name if request.attendee else ""
        talk = talk.leading(words.not_then(whom, matching.times_said(talk, request)))
    if len(found) > 1 and cancelling.wants_all(request):
        return cancelling.cancel_all(talk, request, found)
    if len(found) > 1:
        return matching.ask_which(talk, request, found)
    return resume(*matching.freshly(talk, request, found[0]))


def booking_read(talk: Talk, outcome: Outcome) -> Step:
    """The booking as it is now."""
    request, booking = talk.conversation.request, matching.refreshed(outcome)
    if request is None:
        return say(talk, common.broken())
    if booking is None:
        return say(talk.asking(None), failures.gone(), is_personal=True)
    return resume(*matching.freshly(talk, request, booking))
