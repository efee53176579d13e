"""«what's the link?», «send her the link»: that of the meeting spoken of; where none is, it is asked which is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.families import BookingRequest, EventTypeRequest, FormRequest, TogetherRequest, booking_of
from bot.dialogue.request.said import is_recent
from bot.dialogue.talk import go_on, show
from bot.dialogue.wording import account as words
from bot.dialogue.wording import common
from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.context import Decision
    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding

_ANSWERS = frozenset({Intent.CREATE_LINK, Intent.OUT_OF_SCOPE, Intent.SHOW_ROOM, Intent.RESEND, Intent.REFINE})
"""What such a text is taken for by itself."""
_WHERE = frozenset({Cue.ASKS_WHERE})
_SHORT = 6
"""Words; a longer text says which link."""


def which_link(talk: Talk, u: Understanding, request: Request | None) -> Decision | None:
    """What such a text comes to; None for any other, and below an event type or a form, whose link it is."""
    if u.intent not in _ANSWERS or u.size > _SHORT or talk.context.account is None:
        return None
    if u.people or u.emails or u.mentions or u.moments or u.event_type or u.named_type or u.choice is not None:
        return None
    is_of_that = request is not None and is_recent(request, talk)
    if is_of_that and isinstance(request, EventTypeRequest | FormRequest | TogetherRequest):
        return None
    booking, listed = booking_of(request), talk.conversation.listed
    if is_of_that and (booking is not None or listed):
        among = () if booking is not None else tuple(one.id for one in listed)
        one = booking or (listed[0] if len(listed) == 1 else None)
        wish = BookingRequest(intent=Intent.BOOKING_STATUS, booking=one, among=among, cues=_WHERE)
        return go_on(talk, replace(wish, asked_at=talk.now))
    buttons = (
        resume_button("join", words.link_of_next(), BookingRequest(intent=Intent.BOOKING_STATUS, which=1, cues=_WHERE)),
        resume_button("pages", words.links_of_types(), EventTypeRequest(intent=Intent.SHOW_EVENT_TYPES)),
    )
    text = words.which_link()
    return show(talk.noting(unread=""), request, text, (common.line(text), ButtonRow(buttons=buttons)))
