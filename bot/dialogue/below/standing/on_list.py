"""Short texts below meetings that are listed, or below the card for one of them: «make it friday» and «put it off a week»
below a list of one, «both of them» and «no, the first» below several, «den mit lena aber nicht» below the card for all; and
once something was done, or kept, with one of a list, «cancel the third», whose number is that of the list that was shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bot.dialogue.families import BookingRequest, MoveRequest, SlotRequest, booking_of
from bot.dialogue.request import revise
from bot.dialogue.request.fill import refill
from bot.dialogue.request.latent import as_answer, direction
from bot.dialogue.request.said import beside_pick, pick
from bot.dialogue.request.spoken_of.following import distance_said, noted
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

_ANSWERS = frozenset(
    {
        Intent.GREETING,
        Intent.OUT_OF_SCOPE,
        Intent.REFINE,
        Intent.MORE_OPTIONS,
        Intent.SELECT,
        Intent.DENY,
        Intent.AFFIRM,
    }
    | {Intent.FIND_SLOTS, Intent.BOOK, Intent.RESCHEDULE, Intent.CHANGE_LENGTH, Intent.LIST_BOOKINGS, Intent.CANCEL}
)
"""What such texts are taken for by themselves."""
_NAMING = frozenset({Intent.CHANGE_TITLE})
_FEW = 4
"""Words of «both of them please»."""
_OF_SEVERAL = frozenset({Intent.CANCEL, Intent.RESCHEDULE})


def on_list(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """What such a text comes to; None for any other."""
    if not isinstance(request, BookingRequest | MoveRequest) or request.is_done or u.intent not in _ANSWERS:
        return None
    if u.people or u.emails or u.mentions:
        return None
    if request.intent is Intent.LIST_BOOKINGS:
        return _it(talk, as_answer(u))
    if request.intent in _NAMING and isinstance(request, BookingRequest):
        return _other_name(talk, u, request)
    if request.intent not in _OF_SEVERAL:
        return None
    if u.excluded_people and u.intent is Intent.OUT_OF_SCOPE:
        return go_on(talk, refill(u, talk, request))
    return _of_type(talk, u, request) or _all(talk, u, request) or _both(talk, u, request) or _another(talk, u, request)


def _other_name(talk: Talk, u: Understanding, request: BookingRequest) -> Decision | None:
    """«goodbye instead», «no, goodbye» below the card for a new title."""
    said = u.rest
    if request.booking is None or not said or u.moments or u.has(Cue.QUESTION, Cue.STAYS, Cue.DROPPED):
        return None
    return go_on(talk, replace(request, text=said))


def _it(talk: Talk, u: Understanding) -> Decision | None:
    """«make it friday», «put it off a week», «can we do it earlier?» below the one meeting that was listed."""
    if not u.has(Cue.PUTS, Cue.MOVES) or u.has(Cue.OWN_CALENDAR) or u.choice is not None or u.excluded:
        return None
    listed, distance, side = talk.conversation.listed, distance_said(u), direction(u)
    if u.from_moment is not None and u.has(Cue.ALL, Cue.EACH):
        return None  # «push everything after 1 by half an hour»
    if not listed or not (u.moments or distance is not None or side):
        return None
    booking = listed[0] if len(listed) == 1 else None
    among = () if booking is not None else tuple(one.id for one in listed)
    whole = (
        {Cue.ALL, Cue.EACH} if all(one.exact is not None for one in u.moments) else frozenset[Cue]()
    )  # «everything after 1» is not all of them
    cues = frozenset(sign.cue for sign in u.cues if sign.cue in whole)
    move = MoveRequest(booking=booking, among=among, cues=cues, asked_at=talk.now)
    if distance is not None and distance.amount is not None:
        return go_on(talk, replace(move, distance=distance))
    if u.moments:
        return go_on(talk, refill(replace(u, intent=Intent.RESCHEDULE), talk, move))
    if booking is None or not side:
        return None
    around = revise.side_of(booking.slot.start.astimezone(talk.zone), is_before=side < 0)
    return go_on(talk, replace(move, moments=(around,)))


def _of_type(talk: Talk, u: Understanding, request: OnBooking) -> Decision | None:
    """«the deep dive», where it was asked which of several."""
    listed = talk.conversation.listed
    if request.booking is not None or len(listed) < 2 or not u.event_type or u.moments or u.choice is not None:
        return None
    kind = next((one.id for one in talk.context.event_types if one.title == u.event_type), None)
    left = tuple(one for one in listed if kind is not None and one.event_type == kind)
    if len(left) != 1 or u.excluded_type or u.has(Cue.NEGATED):
        return None
    return go_on(talk, replace(request, booking=left[0], among=(), which=None))


def _all(talk: Talk, u: Understanding, request: OnBooking) -> Decision | None:
    """«both of them», where it was asked which of several."""
    listed = talk.conversation.listed
    if request.booking is not None or len(listed) < 2 or not u.has(Cue.ALL, Cue.EACH):
        return None
    if u.moments or u.choice is not None or u.excluded or u.excluded_picks or u.has(Cue.NEGATED, Cue.QUESTION):
        return None
    every = replace(request, among=tuple(one.id for one in listed), cues=request.cues | {Cue.ALL})
    return go_on(talk, replace(every, which=None, several=None, rejected=()))


def other_of_list(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """«and the other one half an hour later», «the other one too», once one of those listed was moved or cancelled."""
    left = talk.conversation.left
    if not left or not isinstance(request, BookingRequest | MoveRequest) or u.people or u.emails or u.mentions:
        return None
    if (distance := distance_said(u)) is not None and distance.amount is not None:
        return go_on(talk, MoveRequest(among=left, distance=distance, asked_at=talk.now))
    if u.moments or isinstance(request, MoveRequest):
        return go_on(talk, refill(replace(u, intent=Intent.RESCHEDULE), talk, MoveRequest(among=left)))
    if request.intent is not Intent.CANCEL or not u.has(Cue.ALSO, Cue.CANCELS, Cue.AND):
        return None
    return go_on(talk, BookingRequest(intent=Intent.CANCEL, among=left, asked_at=talk.now))


def _both(talk: Talk, u: Understanding, request: OnBooking) -> Decision | None:
    """«both» below the card for one of two meetings; which two is asked where more stand."""
    if request.booking is None or not u.has(Cue.BOTH) or u.size > _FEW or u.moments or u.has(Cue.NEGATED, Cue.QUESTION):
        return None
    cues = request.cues | {Cue.ALL, Cue.EACH, Cue.BOTH}
    every = replace(request, booking=None, attendee=None, others=(), among=(), sought=(), wanted="", cues=cues)
    every = replace(every, which=None, several=None, loose=())
    return go_on(talk, replace(every, slot=None) if isinstance(every, MoveRequest) else every)


def _another(talk: Talk, u: Understanding, request: OnBooking) -> Decision | None:
    """«no, the first» below the card for the second of a list."""
    booking, listed = request.booking, talk.conversation.listed
    listed = listed if len(listed) > 1 else talk.conversation.shown
    if booking is None or u.choice is None or u.excluded or u.reason:
        return None
    is_move = isinstance(request, MoveRequest)
    says_other = u.has(Cue.NO, Cue.CORRECTED, Cue.INSTEAD, Cue.FOLLOWS) if not is_move else u.has(Cue.NO, Cue.CORRECTED)
    if not says_other and not (u.intent is Intent.SELECT and not is_move):
        return None
    is_listed = len(listed) > 1 and any(one.id == booking.id for one in listed)
    other = pick(listed, u.choice) if is_listed else None
    if other is None and (is_listed or request.which is None):
        return None
    if other is None:  # «cancel my second meeting with sam», «no, the first»
        again = replace(request, booking=None, which=u.choice)
        return go_on(talk, replace(again, slot=None) if isinstance(again, MoveRequest) else again)
    meant = replace(request, booking=other, attendee=None, others=(), sought=(), wanted="", which=None)
    return go_on(talk, replace(meant, slot=None) if isinstance(meant, MoveRequest) else meant)


_LOOSE = frozenset(
    {Intent.OUT_OF_SCOPE, Intent.REFINE, Intent.SELECT, Intent.BOOK, Intent.DENY, Intent.AFFIRM, Intent.MORE_OPTIONS}
)
"""What such a text is taken for where only its verb says what is to be done."""
_ORDINALS = frozenset({Cue.LAST, Cue.NEXT})


def on_shown(talk: Talk, u: Understanding, request: Request | None) -> Decision | None:
    """What such a text comes to; None for any other."""
    shown = talk.conversation.shown
    names = u.people or u.emails or u.mentions or u.from_moment
    if u.doubts or names or not _is_behind_list(talk, u, request):
        return None
    act, number = _act(u, request), _number(u, request)
    if act is not None and u.has(Cue.THE_OTHERS) and not u.picks and number is None:
        return _others(talk, u, act)
    if act is None or u.several or u.excluded_picks or u.has(Cue.ALL, Cue.QUESTION):
        return None
    if len(u.picks) > 1:
        return _several(talk, u, act)
    if number is None or (act is Intent.RESCHEDULE and _is_of_times(talk, u, request)):
        return None
    meant = pick(shown, number)
    if meant is None:
        return say(talk, words.nothing_listed(number))
    if act is Intent.CANCEL and u.has(Cue.AND) and beside_pick(u) and not u.reason:
        return say(talk, words.which_one())  # «cancel the third and move the first to friday»
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


def _others(talk: Talk, u: Understanding, act: Literal[Intent.CANCEL, Intent.RESCHEDULE]) -> Decision | None:
    """«move the other two an hour earlier»: all of the list but what was spoken of last."""
    conversation = talk.conversation
    booking = booking_of(conversation.request) or next(iter(conversation.listed), None)
    left = conversation.left if booking is None else [one.id for one in conversation.shown if one.id != booking.id]
    others = tuple(one.id for one in conversation.shown if one.id in left)
    if not others or len(others) == len(conversation.shown):
        return None
    u = replace(u, intent=act, choice=None, several=None)
    fresh = talk.asking(None)
    wish: OnBooking = (
        MoveRequest(among=others) if act is Intent.RESCHEDULE else BookingRequest(intent=act, among=others)
    )
    filled = noted(refill(u, fresh, wish), u)
    if not isinstance(filled, BookingRequest | MoveRequest):
        return None
    return go_on(fresh, replace(filled, among=others, cues=filled.cues | {Cue.ALL}, which=None, several=None))


def _is_behind_list(talk: Talk, u: Understanding, request: Request | None) -> bool:
    """Whether something was said of one of them since they were listed, or of what was booked since; or of one right below."""
    if isinstance(request, SlotRequest):
        return request.is_done
    if request is None or not isinstance(request, BookingRequest | MoveRequest):
        return request is None
    if request.intent is Intent.LIST_BOOKINGS:  # «the third one, can you move it to friday»
        return u.choice is not None and talk.conversation.listed == talk.conversation.shown
    return request.is_done or booking_of(request) is not None


def _act(u: Understanding, request: Request | None) -> Literal[Intent.CANCEL, Intent.RESCHEDULE] | None:
    """What is to be done: as the verb says, or with an «also» what was done just now."""
    if u.intent is Intent.CANCEL or (u.has(Cue.CANCELS) and (u.intent in _LOOSE or u.choice is not None)):
        return Intent.CANCEL
    if u.intent is Intent.RESCHEDULE or (u.has(Cue.MOVES) and u.intent in _LOOSE):
        return Intent.RESCHEDULE
    if u.has(Cue.PUTS) and u.choice is not None and beside_pick(u):
        return Intent.RESCHEDULE  # «the third one, can you move it to friday»
    is_more = u.has(Cue.ALSO, Cue.THE_OTHERS) or u.begins_with(Cue.AND)
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
