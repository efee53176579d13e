"""What no service here can do to a booking that stands: said plainly, with the nearest thing that can be done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.families import SlotRequest, booking_of
from bot.dialogue.request.fill import fill
from bot.dialogue.request.people import people_in
from bot.dialogue.talk import Talk, go_on, say
from bot.dialogue.wording import small_talk as words
from bot.language.meaning import Intent, Open
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.dialogue.context import Decision
    from bot.dialogue.families import Request
    from bot.language.meaning import Understanding

_ON_BOOKING: Mapping[Cue, Intent] = {
    Cue.ASKS_GUEST_OUT: Intent.REMOVE_GUESTS,
    Cue.ASKS_TITLE: Intent.CHANGE_TITLE,
    Cue.ASKS_LENGTH: Intent.CHANGE_LENGTH,
    Cue.ASKS_NOTE: Intent.CHANGE_NOTE,
}
"""About a meeting that was named, in the order in which one word may be two of them: wishes whose handlers say what a service
lacks.
"""
_AT_ALL: Mapping[Cue, Callable[[], str]] = {
    Cue.ASKS_NO_MAIL: words.always_mails,
    Cue.ASKS_RESEND: words.no_resending,
    Cue.ASKS_SPLIT: words.no_splitting,
    Cue.ASKS_MARK: words.no_marks,
    Cue.ASKS_BUFFER: words.no_buffers,
    Cue.ASKS_LIMIT: words.no_limits,
    Cue.ASKS_PRICE: words.no_prices,
    Cue.ASKS_HOST: words.host_stays,
}
_ELSEWHERE = frozenset(
    {
        Intent.CHANGE_EVENT_TYPE, Intent.CREATE_EVENT_TYPE, Intent.DELETE_EVENT_TYPE, Intent.CHANGE_PROFILE,
        Intent.CREATE_SCHEDULE, Intent.DELETE_SCHEDULE, Intent.CREATE_WEBHOOK, Intent.DELETE_WEBHOOK,
        Intent.CHANGE_PLACE, Intent.NEWS_ON, Intent.NEWS_OFF, Intent.SHOW_EVENT_TYPES, Intent.CREATE_LINK,
        Intent.CONNECT, Intent.DISCONNECT, Intent.HELP, Intent.SHOW_HOURS, Intent.POLL, Intent.SHOW_POLLS,
    }
)  # fmt: skip
"""Wishes in which a title, a length or a note is that of something else."""
_CAN = frozenset(
    {Intent.REMOVE_GUESTS, Intent.CHANGE_LENGTH, Intent.CHANGE_TITLE, Intent.CHANGE_NOTE, Intent.RESEND}
    | {Intent.SWAP, Intent.SET_LIMITS, Intent.UNDO, Intent.COUNT_BOOKINGS, Intent.TELL_TIME, Intent.WHY_NOT}
)
"""Wishes with a card or an answer of their own; what a service lacks is said there."""
_SEEKING = frozenset({Intent.FIND_SLOTS, Intent.BOOK, Intent.HOLD})
_SIGNS = (
    *(Cue.REPEATS, Cue.MESSAGES, Cue.REMINDS, Cue.ASKS_OTHER_GUEST, Cue.ASKS_ROOM, Cue.SEPARATE, Cue.BETWEEN_WHOM),
    *(Cue.ASKS_TYPE, *_AT_ALL, *_ON_BOOKING),
)
"""A text with none of these, of no days and beside nobody's meeting asks for nothing that cannot be done."""
REMARKED = (Cue.ASKS_ROOM, Cue.SEVERAL_NEW)
"""Signs of a wish that asks beyond what one booking can be."""


def cannot(talk: Talk, u: Understanding, request: Request | None) -> Decision | None:
    """The answer to a wish that cannot be carried out; None when there is none in the text."""
    if u.intent is Intent.SHOW_HOURS and (whose := people_in(u, talk)):
        return say(talk, words.hours_of_others(whose[0].name))
    is_long = u.length is not None and u.length >= _DAY
    return _beyond(talk, u, request) if is_long or u.recurrence or u.beside_whom or u.has(*_SIGNS) else None


def _beyond(talk: Talk, u: Understanding, request: Request | None) -> Decision | None:
    """The same for a text with a sign of something that cannot be done, of days, or beside somebody's meeting."""
    if u.parts or u.intent in _ELSEWHERE or (u.intent in _CAN and not u.has(Cue.ASKS_OTHER_GUEST)):
        return None
    if repeated := _repeated(u, request):
        return say(talk, repeated)
    if _lasts_days(u, request):
        return say(talk, words.no_days_long())
    if u.has(*_AT_ALL) and (found := _asked_at_all(u)) is not None:
        return say(talk, found())
    if u.intent is Intent.OUT_OF_SCOPE and u.has(Cue.MESSAGES) and (told := people_in(u, talk)):
        return say(talk, words.writes_to_nobody([one.name for one in told]))
    if u.has(Cue.REMINDS) and u.intent not in {Intent.REMIND, Intent.AGENDA, Intent.SHOW_SETTINGS}:
        return say(talk, words.reminds_of_meetings())
    if u.has(Cue.ASKS_OTHER_GUEST) and u.intent in {*_SEEKING, Intent.RESCHEDULE, Intent.OUT_OF_SCOPE, Intent.SWAP}:
        return say(talk, words.nobody_instead())
    if u.has(Cue.ASKS_ROOM) and u.intent in _SEEKING and u.place is None and not (u.people or u.emails or u.mentions):
        return say(talk, words.no_rooms())
    since = any(one.open is Open.AFTER and one.says_day and one.hours is None for one in u.moments)
    if u.intent is Intent.RESCHEDULE and u.recurrence is not None and (since or not u.moments):
        return say(talk, words.no_series_of_one())
    party = (*u.people, *u.emails)
    if u.has(Cue.SEPARATE) and u.intent in _SEEKING and len((*party, *u.mentions)) > 1:
        return say(talk, words.each_by_themselves(party[0] if party else "@name"))
    if u.has(Cue.BETWEEN_WHOM) and u.intent in {*_SEEKING, Intent.RESCHEDULE}:
        return say(talk, words.not_by_another())
    is_question = u.intent is Intent.RESCHEDULE and u.has(Cue.ASKS)  # «is sam the same day as lena?»
    if u.beside_whom and (is_question or u.intent not in {*_SEEKING, Intent.RESCHEDULE, Intent.REMIND}):
        return say(talk, words.not_by_another())
    if u.has(Cue.ASKS_TYPE) and not u.has(Cue.ASKS_TITLE) and _is_of_another_kind(u, request):
        return say(talk, words.kind_stays(words.a_standing_booking(u.people[-1].title() if u.people else "")))
    spares = u.has(Cue.ASKS_GUEST_OUT) and bool(u.people and u.excluded_people)  # «lena's meeting without kim»
    is_new = u.intent in _SEEKING and (u.moments or u.length or not (spares or u.has(Cue.STANDING)))
    if is_new or (isinstance(request, SlotRequest) and not request.is_done and not u.has(Cue.STANDING)):
        return None
    wish = next((wish for cue, wish in _ON_BOOKING.items() if u.has(cue) and _is_about(u, cue)), None)
    return go_on(talk, fill(replace(u, intent=wish), talk)) if wish is not None else None


def _repeated(u: Understanding, request: Request | None) -> str:
    """What is said of «make it recurring»: not of a meeting that stands, or how often."""
    if not u.has(Cue.REPEATS):
        return ""
    if u.intent in _LOOSE and not u.moments and _is_about_one(u, request):
        return words.no_series_of_one()
    is_new = isinstance(request, SlotRequest) or u.intent in _SEEKING
    return words.how_often() if u.recurrence is None and is_new else ""


_LOOSE = frozenset({Intent.OUT_OF_SCOPE, Intent.RESCHEDULE, Intent.BOOK})


def _is_about_one(u: Understanding, request: Request | None) -> bool:
    """Whether a meeting that stands is to be made a series, and not one that is being booked."""
    is_booking = isinstance(request, SlotRequest) and not request.is_done
    return not is_booking and (bool(u.people) or u.has(Cue.OWN_CALENDAR, Cue.STANDING, Cue.SERIES))


def _asked_at_all(u: Understanding) -> Callable[[], str] | None:
    """The sentence for what no service here can do at all."""
    return next((sentence for cue, sentence in _AT_ALL.items() if u.has(cue) and _is_wish(u, cue)), None)


def _lasts_days(u: Understanding, request: Request | None) -> bool:
    """«book lee friday at 2 for 2 days», «for 4 weeks» below a card: the length of no meeting."""
    if u.length is None or u.length < _DAY or u.recurrence is not None:
        return False
    is_card = isinstance(request, SlotRequest) and request.intent in _PLANNING
    return u.intent in _PLANNING or (u.intent is Intent.REFINE and is_card)


_PLANNING = frozenset({Intent.BOOK, Intent.HOLD})
_DAY = timedelta(days=1)


def remarked(talk: Talk, u: Understanding) -> Talk:
    """The talk with what a wish for a time asks beyond what one booking can be: a room, several meetings at once."""
    if u.has(Cue.ASKS_ROOM) and u.place is None:
        talk = talk.leading(words.room_is_not_reserved())
    is_one = u.recurrence is None and len(u.moments) <= 1
    return talk.leading(words.one_at_a_time()) if u.has(Cue.SEVERAL_NEW) and is_one else talk


def _is_of_another_kind(u: Understanding, request: Request | None) -> bool:
    """«make lena's intro a deep dive», of a meeting that stands and beside no time."""
    is_standing = bool(u.people or u.emails or u.mentions) or booking_of(request) is not None or u.has(Cue.STANDING)
    return u.event_type is not None and is_standing and not u.moments and u.length is None


def _is_wish(u: Understanding, cue: Cue) -> bool:
    """Whether the cue is asked for, not part of a search («a gap between meetings»)."""
    if cue is Cue.ASKS_NO_MAIL:
        return u.intent in {Intent.CANCEL, Intent.RESCHEDULE, Intent.BOOK, Intent.DENY}
    if cue is Cue.ASKS_MARK:
        return bool(u.people or u.loose) or u.has(Cue.STANDING, Cue.FOLLOWS)
    return cue not in {Cue.ASKS_BUFFER, Cue.ASKS_LIMIT, Cue.ASKS_PRICE} or u.intent not in _SEEKING


def _is_about(u: Understanding, cue: Cue) -> bool:
    """Whether a meeting that stands was named; somebody to take off needs a name."""
    if cue is Cue.ASKS_GUEST_OUT:
        said_out = u.excluded_people and not u.has(Cue.EXCEPT)
        return bool(u.people or u.emails or u.mentions or said_out)
    names = u.people or u.emails or u.mentions or u.named_type or u.event_type or u.moments
    return bool(names) or u.has(Cue.STANDING, Cue.FOLLOWS)
