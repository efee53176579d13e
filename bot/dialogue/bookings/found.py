"""Bookings that were looked for: one goes on to its wish, several are asked about, none is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import BookingsFound
from bot.dialogue.bookings import cancelling, matching, picking, several
from bot.dialogue.families import BookingRequest, MoveRequest
from bot.dialogue.talk import Talk, go_on, say
from bot.dialogue.wording import bookings as words
from bot.dialogue.wording import common
from bot.dialogue.wording import outcomes as failures
from bot.language.meaning import Certainty, Intent
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.context import Decision, Step


_BY_TIMES = frozenset((Intent.CANCEL, Intent.RESCHEDULE))
_TWO = 2
"""Of more than these «both» says not which."""


def booking_matched(talk: Talk, outcome: Outcome) -> Decision:
    """The bookings that fit the wish."""
    request = talk.conversation.request
    if not isinstance(request, BookingRequest | MoveRequest):
        return say(talk, common.broken())
    found = picking.picked(request, matching.matches(talk, request, outcome))
    if not found:
        return _only_spared(talk, request, outcome) or matching.none_found(talk, request, outcome)
    if missing := matching.without_any(request, found):
        talk = talk.leading(words.none_with([person.name for person in missing]))
    if matching.misses(talk, request, found):
        whom = request.attendee.name if request.attendee else ""
        talk = talk.leading(words.not_then(whom, matching.times_said(talk, request)))
        request = _to_that_day(request) if isinstance(request, MoveRequest) else request
    if len(found) > 1 and matching.leaves_none_out(talk, request, outcome):
        gone = [person.name for person in request.excluded_people]
        spared = words.none_with(gone) if gone else words.nothing_left_out(matching.times_left_out(talk, request))
        talk = talk.leading(spared)
    if request.is_either and len(found) > 1 and not request.excluded_people:
        return matching.ask_which(talk, request, found)
    standing = outcome.bookings if isinstance(outcome, BookingsFound) else ()
    if isinstance(request, BookingRequest) and (card := cancelling.cancel_series(talk, request, found, standing)):
        return card
    if Cue.BOTH in request.cues and request.several is None and not request.others and len(found) > _TWO:
        return matching.ask_which(talk, request, found)
    are_timed = request.intent in _BY_TIMES and matching.are_all_timed(talk, request, found)
    wants_all = isinstance(request, BookingRequest) and (are_timed or cancelling.wants_all(request, found))
    if len(found) > 1 and isinstance(request, BookingRequest) and wants_all:
        return cancelling.cancel_all(talk, request, found)
    if isinstance(request, MoveRequest) and request.intent is Intent.SWAP:
        return several.swap(talk, request, found)
    if len(found) > 1:
        are_meant = are_timed or matching.is_for_all(request) or matching.are_all_named(request, found)
        if isinstance(request, MoveRequest) and (request.others or are_meant):
            return several.move_all(talk, request, found)
        return matching.ask_which(talk, request, found)
    return go_on(*matching.freshly(talk, request, found[0]))


def _to_that_day(request: MoveRequest) -> MoveRequest:
    """«move lena on friday to 4pm», where she has none on Friday: that is the day to go to."""
    days = {moment.days for moment in request.sought if moment.hours is None}
    said = tuple(
        replace(moment, days=replace(moment.days, certainty=Certainty.KNOWN))
        if moment.days is not None and replace(moment.days, certainty=Certainty.KNOWN) in days
        else moment
        for moment in request.moments
    )
    return replace(request, moments=said)


def _only_spared(talk: Talk, request: BookingRequest | MoveRequest, outcome: Outcome) -> Step | None:
    """«cancel everything tomorrow except ines», «all but the first» below a list of one, where that is all there is."""
    if request.excluded_picks and matching.matches(talk, request, outcome):
        return say(talk.asking(replace(request, booking=None)), words.nothing_but_those(), is_personal=True)
    if not request.excluded_people:
        return None
    gone = [person.name for person in request.excluded_people]
    there = matching.matches(talk, replace(request, excluded_people=()), outcome)
    if not there or len(there) > len(gone):
        return None
    text = words.nothing_but(gone, matching.times_said(talk, request))
    return say(talk.asking(replace(request, booking=None)), text, is_personal=True)


def booking_read(talk: Talk, outcome: Outcome) -> Decision:
    """The booking as it is now."""
    request, booking = talk.conversation.request, matching.refreshed(outcome)
    if not isinstance(request, BookingRequest | MoveRequest):
        return say(talk, common.broken())
    if booking is None:
        return say(talk.asking(None), failures.gone(), is_personal=True)
    return go_on(*matching.freshly(talk, request, booking))
