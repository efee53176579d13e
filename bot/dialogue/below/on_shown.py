"""«cancel the third» and «move the last one to thursday», once something was done, or kept, with another one of a list of
meetings: the numbers are those of the list that was shown, whatever has become of its meetings since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bot.dialogue.families import BookingRequest, MoveRequest, SlotRequest, booking_of
from bot.dialogue.request.fill import refill
from bot.dialogue.request.following import distance_said, noted
from bot.dialogue.request.said import beside_pick, pick
from bot.dialogue.talk import go_on, say
from bot.dialogue.wording import small_talk as words
from bot.language.meaning import LAST, Intent
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.context import Decision
    from bot.dialogue.families import OnBooking, Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding

_ACTS = frozenset({Intent.CANCEL, Intent.RESCHEDULE})
_LOOSE = frozenset({Intent.OUT_OF_SCOPE, Intent.REFINE, Intent.SELECT, Intent.BOOK, Intent.DENY, Intent.AFFIRM})
"""What such a text is taken for where only its verb says what is to be done."""
_ORDINALS = frozenset({Cue.LAST, Cue.NEXT})


def on_shown(talk: Talk, u: Understanding, request: Request | None) -> Decision | None:
    """What such a text comes to; None for any other."""
    shown = talk.conversation.shown
    if len(shown) < 2 or not _is_behind_list(request) or u.people or u.emails or u.mentions or u.from_moment:
        return None
    act, number = _act(u, request), _number(u, request)
    if act is None or u.several or u.excluded_picks or u.has(Cue.ALL, Cue.QUESTION):
        return None
    if len(u.picks) > 1:
        return _several(talk, u, act)
    if number is None or (act is Intent.RESCHEDULE and _is_of_times(talk, u, request)):
        return None
    meant = pick(shown, number)
    if meant is None:
        return say(talk, words.nothing_listed(number))
    cues = tuple(sign for sign in u.cues if sign.cue not in _ORDINALS)
    u = replace(u, intent=act, choice=None, picks=(), moments=beside_pick(u), cues=cues)
    fresh = talk.asking(None)
    wish: OnBooking = (
        MoveRequest(booking=meant) if act is Intent.RESCHEDULE else BookingRequest(intent=act, booking=meant)
    )
    return go_on(fresh, noted(refill(u, fresh, wish), u))


def _several(talk: Talk, u: Understanding, act: Intent) -> Decision | None:
    """«cancel the first and the third»."""
    among = tuple(one.id for number in u.picks if (one := pick(talk.conversation.shown, number)) is not None)
    if act is not Intent.CANCEL or len(among) < len(u.picks):
        return None
    fresh = talk.asking(None)
    wish = refill(replace(u, intent=act, moments=beside_pick(u)), fresh, BookingRequest(intent=Intent.CANCEL))
    return go_on(fresh, replace(wish, among=among) if isinstance(wish, BookingRequest) else wish)


def _is_behind_list(request: Request | None) -> bool:
    """Whether something was said of one of them since they were listed, or of what was booked since."""
    if isinstance(request, SlotRequest):
        return request.is_done
    if request is None or not isinstance(request, BookingRequest | MoveRequest):
        return request is None
    return request.intent is not Intent.LIST_BOOKINGS and (request.is_done or booking_of(request) is not None)


def _act(u: Understanding, request: Request | None) -> Literal[Intent.CANCEL, Intent.RESCHEDULE] | None:
    """What is to be done: as the verb says, or with an «also» what was done just now."""
    if u.intent is Intent.CANCEL or (u.has(Cue.CANCELS) and u.intent in _LOOSE):
        return Intent.CANCEL
    if u.intent is Intent.RESCHEDULE or (u.has(Cue.MOVES) and u.intent in _LOOSE):
        return Intent.RESCHEDULE
    is_more = u.has(Cue.ALSO) or u.begins_with(Cue.AND)
    if not is_more or request is None or not request.is_done or u.intent not in _LOOSE:
        return None
    if request.intent is Intent.CANCEL and not u.moments:
        return Intent.CANCEL
    says_when = bool(u.moments) or distance_said(u) is not None
    return Intent.RESCHEDULE if isinstance(request, MoveRequest) and says_when else None


def _number(u: Understanding, request: Request | None) -> int | None:
    """Which of the list; «my last meeting» is the last of all, and once one was booked «the last» can be that one."""
    if u.choice is not None or u.picks:
        return u.choice or u.picks[0]
    is_of_list = not isinstance(request, SlotRequest) and not u.has(Cue.STANDING, Cue.OWN_CALENDAR)
    return LAST if is_of_list and u.has(Cue.LAST) else None


def _is_of_times(talk: Talk, u: Understanding, request: Request | None) -> bool:
    """«move it to the second one» below the times that it could go to."""
    is_open = isinstance(request, MoveRequest) and not request.is_done and bool(talk.conversation.offered)
    return is_open and (u.has(Cue.FOLLOWS) or not beside_pick(u))
