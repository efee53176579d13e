"""What is a time or a length only because we had just spoken of one: «make it 4», «no, 15», «ok the hour one», «friday 10».

The language room reads what a text says by itself; this file adds what it says as an answer.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.families import MoveRequest, SlotRequest, booking_of
from bot.dialogue.request.revise import clock_alone, is_point
from bot.dialogue.request.seeking import SEEKING, goes_on
from bot.language.meaning import Intent, Moment, Open
from bot.language.signs import Cue
from bot.scheduling.replacing import replace
from bot.scheduling.times import wall_to_instant

if TYPE_CHECKING:
    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import BareNumber, Understanding
    from bot.scheduling.models import Attendee, Person

_ANSWERING = frozenset({Intent.AFFIRM, Intent.DENY, Intent.SELECT, Intent.REFINE, Intent.STOP})
_MISREAD = frozenset({Intent.OUT_OF_SCOPE, Intent.CANCEL, Intent.BOOK})
"""What «without omar» and «auch mit tia» are taken for while a time is being chosen."""
_LOOSELY_CHOSEN = frozenset(
    {*_ANSWERING, *_MISREAD, Intent.RESCHEDULE, Intent.ADD_GUESTS, Intent.LIST_BOOKINGS, Intent.GREETING, Intent.HELP}
)
"""What any change to the time that is being chosen is taken for."""
_PROPOSES = (Cue.PUTS, Cue.INSTEAD, Cue.YES)
_VAGUE = frozenset({Intent.OUT_OF_SCOPE, Intent.FIND_SLOTS, Intent.GREETING, Intent.HOLD})
_SIDES = (Cue.EARLIER, Cue.LATER)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_LONG = timedelta(minutes=90)
"""From how long on a stretch is closed rather than held."""
_REFUSALS = (Cue.NO, Cue.NEGATED, Cue.STAYS)
_NEAR = len(" at ")
"""Signs between «except» and the hour that it leaves out."""
_FEW = 4
"""Words of a yes that says nothing else."""
_SHORT, _LONGER = 8, 12
"""Words; a longer text with a number in it is no answer, unless it turns down what was offered."""


def direction(understanding: Understanding) -> int:
    """-1 for «something earlier», 1 for «any later ones», 0 for neither."""
    if understanding.has(Cue.EARLIER):
        return -1
    return 1 if understanding.has(Cue.LATER) else 0


def edge_meant(understanding: Understanding) -> int:
    """1 for «the earlier one», -1 for «the latest»: a pick among what was offered; 0 for neither."""
    if understanding.has(Cue.EARLIER_ONE):
        return 1
    return -1 if understanding.has(Cue.LATER_ONE) else 0


def says_when_beside(understanding: Understanding) -> bool:
    """Whether a time was said beside «the earliest», which names one itself."""
    edges = [sign.span for sign in understanding.cues if sign.cue in {Cue.EARLIER_ONE, Cue.LATER_ONE}]
    return any(
        not any(span.start < moment.span.end and moment.span.start < span.end for span in edges)
        for moment in understanding.moments
    )


def as_answer(understanding: Understanding) -> Understanding:
    """The understanding with a bare number or «the hour one» read as an answer to what we offered."""
    u = understanding
    there = None if u.has(Cue.TRAVELS, Cue.ELSEWHERE) else u.there  # «that's 9 in london, right?»
    if there is not None and len(u.moments) == 1 and u.size <= _SHORT:
        one = u.moments[0]
        is_theirs = one.hours is not None and one.zone is None and not one.says_day
        return replace(u, moments=(replace(one, zone=there),)) if is_theirs else u
    if u.moments or u.length or u.choice is not None or u.recurrence or u.size > _SHORT:
        return u
    if u.bare_length is not None and not u.has(Cue.BEFORE_THAT, Cue.AFTER_THAT):  # «the hour before»
        return replace(u, length=u.bare_length)
    bare = u.bare
    if bare is None or any(one.span.start <= bare.span.start < one.span.end for one in u.excluded):
        return u
    if (left_out := _clock_left_out(u, bare)) is not None:
        return replace(u, excluded=(*u.excluded, left_out))
    number = bare.number
    if bare.minute is None and bare.side is None and number >= 15 and number % 5 == 0 and number != 20:
        return replace(u, length=timedelta(minutes=number))
    moment = clock_alone(bare)
    return replace(u, moments=(replace(moment, zone=there),)) if moment is not None else u


def _clock_left_out(u: Understanding, bare: BareNumber) -> Moment | None:
    """«anything but 3», «alles außer 15»: the hour behind such a word."""
    signs = [sign.span.end for sign in u.cues if sign.cue in {Cue.EXCEPT, Cue.WITHOUT}]
    is_behind = any(0 <= bare.span.start - end <= _NEAR for end in signs)
    return clock_alone(bare) if is_behind else None


def is_change(u: Understanding) -> bool:
    """«30 min, danke», «weder noch, 11»: a change to what is under way that was taken for courtesy or talk."""
    turns_down = u.intent is Intent.OUT_OF_SCOPE and u.has(Cue.NO) and u.bare is not None and u.size <= _FEW
    names = u.people or u.emails or u.mentions or u.excluded_people
    says_it = u.has(Cue.HOLDS, *_SIDES) or (u.has(Cue.THANKS) and not u.has(Cue.YES, *_REFUSALS))
    changes = bool(names or u.moments or u.length or u.event_type) or says_it
    is_polite = u.intent is Intent.GREETING and u.size <= _SHORT and not u.has(Cue.FAREWELL)  # «eerder die dag»
    return turns_down or (is_polite and changes)


def next_week_when_past(understanding: Understanding, talk: Talk) -> Understanding:
    """«friday 10» said on a Friday at ten or later means the next one; what is moved «to friday» is not moved to today."""
    moments, today = list(understanding.moments), talk.today
    for place, moment in enumerate(moments):
        days = moment.days
        if days is not None and days.first == days.last == today and _is_the_next(moment, understanding, talk):
            later = replace(days, first=days.first + _WEEK, last=days.last + _WEEK)
            moments[place] = replace(moment, days=later)
    return replace(understanding, moments=tuple(moments))


def _is_the_next(moment: Moment, u: Understanding, talk: Talk) -> bool:
    """Whether a weekday that is today means that of the next week."""
    is_named = any(moment.span.start <= said.span.start < moment.span.end for said in u.weekdays)
    if u.has(Cue.SOON) or not is_named or not moment.says_day:
        return False
    return u.intent is Intent.RESCHEDULE or _has_begun(moment, talk)


def _has_begun(moment: Moment, talk: Talk) -> bool:
    """Whether its clock time has come today."""
    start = moment.hours.start if moment.hours is not None and is_point(moment) else None
    return start is not None and wall_to_instant(talk.today, start, talk.zone) <= talk.now


_PLAIN = frozenset(
    {Intent.REMOVE_GUESTS, Intent.CHANGE_LENGTH, Intent.CHANGE_TITLE, Intent.CHANGE_NOTE, Intent.RESEND}
    | {Intent.COUNT_BOOKINGS, Intent.TELL_TIME, Intent.WHY_NOT, Intent.SET_LIMITS}
)
"""Wishes that say all of what they are, whatever stands before them."""


def _says_length(u: Understanding, *, is_standing: bool) -> bool:
    """«make the call with lena 20 min», «lena 15 min longer», «lena's call: 45 min instead of 30»."""
    if u.length is not None and u.has(Cue.ASKS_LENGTH) and is_standing:
        return True
    is_of_one = bool(u.people) and not (u.emails or u.mentions) and u.intent in _LOOSELY
    is_given_up = u.intent is Intent.RESCHEDULE and u.length is not None and u.has(Cue.INSTEAD)
    return is_of_one and (u.by is not None or is_given_up)


_LOOSELY = frozenset({Intent.RESCHEDULE, Intent.OUT_OF_SCOPE, Intent.FIND_SLOTS})
"""What «lena 15 min longer» may be read as by its other words."""


def rescued(understanding: Understanding, request: Request | None) -> Intent:
    """The intent, or a look for times where somebody and a time are named together with a wish that was taken for talk."""
    u = understanding
    if u.intent in _PLAIN or (u.intent is Intent.OUT_OF_SCOPE and u.has(Cue.MESSAGES)):
        return u.intent
    is_standing = u.has(Cue.STANDING) or (u.by is not None and bool(u.people))
    if not u.moments and _says_length(u, is_standing=is_standing):
        return Intent.CHANGE_LENGTH
    if u.intent is Intent.HOLD and _closes_hours(u):
        return Intent.TIME_OFF
    if request is not None and (meant := _in_context(u, request)) is not None:
        return meant
    if u.intent in _LISTING and _proposes_instead(u):
        return Intent.RESCHEDULE
    if u.intent in {Intent.AFFIRM, Intent.DENY} and _only_asks(u):
        return Intent.OUT_OF_SCOPE
    if u.intent is Intent.AFFIRM and u.has(Cue.UNDO, Cue.DROPPED):
        return Intent.DENY
    if u.intent is Intent.LIST_BOOKINGS and u.has(Cue.ASKS_FREE) and not u.has(Cue.OWN_CALENDAR):
        return Intent.FIND_SLOTS
    if u.intent in SEEKING and u.has(Cue.PRAISES):
        return Intent.OUT_OF_SCOPE
    is_vague = u.intent in {*_ANSWERING, *_VAGUE} or (u.intent is Intent.BOOK and u.has(Cue.MOVES))
    if u.beside_whom and u.has(Cue.WHOSE_TIME) and u.people and is_vague:
        return Intent.RESCHEDULE  # «and kim to where lena was»
    if u.intent not in {Intent.OUT_OF_SCOPE, Intent.GREETING}:
        return u.intent
    if u.several is not None and u.has(Cue.CANCELS):
        return Intent.CANCEL
    who = bool(u.people or u.mentions or u.emails)
    is_wish = u.length is not None or u.has(Cue.SEEKS)
    asks = bool(u.moments) and u.has(Cue.ASKS_FREE)
    is_doubted = bool(u.emails or u.mentions) and any(doubt.moments for doubt in u.doubts)  # a date that there is not
    if (asks or is_doubted or (who and u.moments and is_wish)) and not u.has(Cue.TELLS):
        return Intent.FIND_SLOTS
    if u.intent is Intent.GREETING and u.moments and u.size <= _SHORT:
        return Intent.REFINE
    return u.intent


_LISTING = frozenset({Intent.LIST_BOOKINGS, Intent.FIND_SLOTS, Intent.OUT_OF_SCOPE})


def _proposes_instead(u: Understanding) -> bool:
    """«lena can't make it thursday, she proposes friday at 3»: somebody by name is not there, and another time is told."""
    is_absent = u.has(Cue.CLOSES, Cue.NEGATED) and bool(u.people) and not (u.emails or u.mentions)
    is_whole = len(u.moments) == 1 and u.moments[0].says_day and u.moments[0].hours is not None
    days = [one for one in u.excluded if one.says_day and one.span.start < u.moments[0].span.start] if is_whole else []
    return is_absent and bool(days) and not u.has(Cue.ASKS_FREE, Cue.OWN_CALENDAR, Cue.EXCEPT, Cue.SEEKS)


def _only_asks(u: Understanding) -> bool:
    """«who's that?», «isn't that a holiday?»: a question that was taken for a yes or a no."""
    answers = u.has(
        Cue.YES, Cue.GO_AHEAD, Cue.NO, Cue.DROPPED, Cue.UNDO, Cue.STAYS, Cue.INSTEAD, Cue.CANCELS, Cue.MOVES
    )
    least = 1 if u.intent is Intent.AFFIRM else _FEW - 1
    says_more = u.intent is Intent.DENY and bool(u.moments or u.excluded or u.people or u.emails or u.mentions)
    return u.has(Cue.QUESTION) and not answers and u.size > least and not says_more


def _refuses_meetings(u: Understanding) -> bool:
    """«no calls before 11 tomorrow - gym»: what stands behind is why."""
    nos = [sign.span for sign in u.cues if sign.cue is Cue.NEGATED]
    closing = [sign.span for sign in u.cues if sign.cue is Cue.CLOSES]
    return any(one.start <= no.start < one.end for one in closing for no in nos)


def _stretch_of(u: Understanding) -> timedelta:
    """How long the one time goes on that is named with both of its ends."""
    hours = u.moments[0].hours if len(u.moments) == 1 else None
    if hours is None or hours.start is None or hours.end is None:
        return timedelta()
    return timedelta(hours=hours.end.hour - hours.start.hour, minutes=hours.end.minute - hours.start.minute)


def _closes_hours(u: Understanding) -> bool:
    """«no meetings on wednesday», «block friday afternoon»: nothing is held that long, it goes out of the hours."""
    is_long = (u.stretch or _stretch_of(u)) >= _LONG
    about = "" if _refuses_meetings(u) or is_long else u.topic  # «block 9 to 11 tomorrow for the taxes»
    who_or_what = u.people or u.emails or u.mentions or about or u.event_type or (u.length and u.length < _DAY)
    is_closed = u.has(Cue.CLOSES, Cue.OFF) and not u.has(Cue.LEAVES_OPEN)
    return is_closed and not who_or_what and bool(u.moments) and (is_long or all(map(_is_wide, u.moments)))


def _is_wide(moment: Moment) -> bool:
    """A whole day, a part of one, or what is open to one side."""
    if moment.hours is None:
        return moment.exact is None
    return (bool(moment.hours.name) and not is_point(moment)) or moment.open in {Open.AFTER, Open.BEFORE}


def _in_context(u: Understanding, request: Request) -> Intent | None:
    """What only the wish under way tells: «move it» after a list or a booking, «anything after lunch» after free times."""
    is_open = not request.is_done
    names_nobody = not (u.people or u.emails or u.mentions or u.moments or u.event_type)
    if u.intent is Intent.CREATE_LINK and booking_of(request) is not None and names_nobody and u.size <= _SHORT:
        return Intent.SHOW_ROOM  # «what's the link» below what was booked
    if request.is_done and u.has(Cue.AGAIN) and u.moments and not (u.people or u.emails or u.mentions):
        return Intent.REFINE  # «book him for monday instead» below what was cancelled
    if is_open and (u.people or u.emails or u.mentions) and _is_somebody_else(u):
        return Intent.REFINE
    if is_open and u.intent is Intent.GREETING and names_nobody and u.size <= _SHORT and u.has(Cue.YES, *_REFUSALS):
        return Intent.DENY if u.has(*_REFUSALS) else Intent.AFFIRM  # «thanks but no», «passt super, danke dir»
    points = u.has(Cue.FOLLOWS) and names_nobody and u.size <= _SHORT
    if u.intent is Intent.CANCEL and isinstance(request, SlotRequest) and is_open and points:
        return Intent.DENY  # «take it off again» below a card that has booked nothing yet
    is_standing = request.intent is Intent.LIST_BOOKINGS or booking_of(request) is not None
    is_another = bool(u.moments or u.people or u.emails or u.mentions)
    says_whom = bool(u.emails or u.mentions) and bool(u.moments)
    if is_open and booking_of(request) is not None and says_whom and u.has(Cue.STAYS, Cue.NO):
        return None if u.has(Cue.MOVES, Cue.CANCELS) else Intent.BOOK
    is_other = (
        request.intent is not Intent.CANCEL or request.is_done or (is_another and booking_of(request) is not None)
    )
    if is_standing and is_other and u.intent in {*_ANSWERING, Intent.OUT_OF_SCOPE} and u.has(Cue.CANCELS):
        return Intent.CANCEL
    names_one = u.choice is not None and is_open and u.has(Cue.ALSO) and bool(u.people or u.emails or u.mentions)
    if request.intent is Intent.LIST_BOOKINGS and names_one and u.intent in {*_ANSWERING, Intent.OUT_OF_SCOPE}:
        return Intent.ADD_GUESTS
    is_other = request.intent is not Intent.RESCHEDULE or request.is_done
    if is_standing and is_other and u.intent in _ANSWERING and u.has(Cue.MOVES):
        return Intent.RESCHEDULE
    if is_open and request.intent is Intent.APPROVE and u.has(Cue.NO, Cue.NEGATED) and u.intent is Intent.OUT_OF_SCOPE:
        return Intent.DENY
    if isinstance(request, SlotRequest | MoveRequest) and u.intent is Intent.REFINE and moves_other(u, request):
        return Intent.RESCHEDULE
    is_timed = isinstance(request, SlotRequest | MoveRequest)
    if is_timed and (is_open or booking_of(request) is not None) and u.has(*_PROPOSES) and _is_proposed(u):
        return Intent.REFINE
    says_other = u.has(Cue.CORRECTED, Cue.INSTEAD, Cue.NO) or bool(u.keeps)
    if is_timed and not is_open and booking_of(request) is not None and says_other and _is_only_time(u):
        return Intent.REFINE
    is_choosing = is_open and is_timed
    if is_choosing and u.intent is Intent.OUT_OF_SCOPE and u.size <= _SHORT and any(one.moments for one in u.doubts):
        return Intent.REFINE  # «doch lieber am 31. september»: a date that there is not
    if is_open and isinstance(request, SlotRequest):
        held = _held(u, request) if u.has(Cue.HOLDS) else None
        return held or (_while_choosing(u) if u.intent in _LOOSELY_CHOSEN else None)
    return Intent.REFINE if is_choosing and _is_only_time(u) else None


def _is_somebody_else(u: Understanding) -> bool:
    """«why him? i said sam», «yes, and omar too», «nicht lena, sondern sam»: whom what is under way is about."""
    if u.moments or u.has(Cue.QUESTION, Cue.ASKS_FREE, Cue.SEEKS):
        return False
    is_instead = bool(u.excluded_people) or (u.has(Cue.NEGATED) and u.size <= _FEW)
    is_talk = u.intent in {Intent.OUT_OF_SCOPE, Intent.AFFIRM}
    is_told = is_talk and (u.has(Cue.CORRECTED, Cue.ALSO) or is_instead or (u.has(Cue.ONLY) and u.size <= _FEW))
    return is_told or (u.intent in {Intent.FIND_SLOTS, Intent.BOOK} and is_instead and u.size < _FEW)


def _is_proposed(u: Understanding) -> bool:
    """«can we do friday 11:30»: another time for what is spoken of, as opposed to «what's free friday at 11:30»."""
    names = u.people or u.emails or u.mentions or u.event_type or u.recurrence
    is_more = u.has(Cue.ALSO, Cue.AGAIN, Cue.NEW_ONE, Cue.ASKS_FREE, Cue.OWN_CALENDAR, Cue.CANCELS)
    is_yes = u.has(Cue.YES) and u.size <= _FEW + 2 and not u.has(Cue.QUESTION, Cue.SEEKS)  # «ok monday then»
    proposes = u.intent is Intent.FIND_SLOTS and (u.has(Cue.PUTS, Cue.INSTEAD) or is_yes)
    proposes = proposes or (u.intent is Intent.RESCHEDULE and u.has(Cue.PUTS) and not u.from_moment)
    return proposes and bool(u.moments) and not names and not is_more


def moves_other(u: Understanding, request: Request) -> bool:
    """«pasa lo de lena al martes», «make lena an hour later» below a card for somebody else: a meeting that stands."""
    is_aimed = bool(u.moments) or u.has(*_SIDES)
    if not u.people or not is_aimed or not u.has(Cue.MOVES):
        return False
    booking = booking_of(request)
    there: list[Person | Attendee] = list(booking.attendees) if booking is not None else []
    if isinstance(request, SlotRequest) and request.attendee is not None:
        there += (request.attendee, *request.guests)
    named = " ".join(f"{one.name} {one.email or ''}" for one in there).casefold()
    return not any(name.casefold() in named for name in u.people)


def _held(u: Understanding, request: SlotRequest) -> Intent | None:
    """«just hold it» below the card that books."""
    names = u.people or u.emails or u.mentions or u.moments or u.event_type or u.choice is not None
    is_loose = u.intent in {*_ANSWERING, Intent.OUT_OF_SCOPE, Intent.RESCHEDULE, Intent.TIME_OFF}
    is_held = request.hold is not None or request.slot is None or u.has(Cue.NEGATED, Cue.QUESTION)
    return Intent.HOLD if is_loose and u.size <= _SHORT and not (names or is_held) else None


def _is_only_length(u: Understanding) -> bool:
    """«well, make it 60»: a length in few words that was taken for talk."""
    says_more = u.people or u.emails or u.mentions or u.moments or u.recurrence or u.has(Cue.QUESTION, Cue.TELLS)
    is_talk = u.intent is Intent.GREETING or u.size <= _FEW or u.has(Cue.PUTS, Cue.CORRECTED, Cue.INSTEAD)
    is_loose = u.intent in {Intent.OUT_OF_SCOPE, Intent.GREETING} and u.size <= _SHORT
    return is_loose and is_talk and u.length is not None and not says_more


def _is_only_kind(u: Understanding) -> bool:
    """«ach, als deep dive»: the kind of meeting in few words that were taken for talk."""
    says_more = u.people or u.emails or u.mentions or u.moments or u.has(Cue.QUESTION, Cue.TELLS, Cue.PRAISES)
    is_talk = u.intent in {Intent.OUT_OF_SCOPE, Intent.GREETING} and u.size <= _FEW + 1
    return is_talk and bool(u.event_type) and not says_more


def _is_only_time(u: Understanding) -> bool:
    """A time in few words that was taken for talk."""
    most = _LONGER if u.has(Cue.NO, Cue.CORRECTED) or u.keeps else _SHORT
    is_talk = u.intent in {Intent.OUT_OF_SCOPE, Intent.GREETING, Intent.HELP} and u.size <= most
    return is_talk and bool(u.moments or u.excluded) and not u.has(Cue.TELLS, Cue.PRAISES)


def _while_choosing(u: Understanding) -> Intent | None:
    """The same while a time is being chosen."""
    if u.intent in {Intent.RESCHEDULE, Intent.CANCEL} and _is_of_something_else(u):
        return Intent.OUT_OF_SCOPE
    if u.intent is Intent.OUT_OF_SCOPE and u.recurrence is not None and u.size <= _FEW and not u.has(Cue.QUESTION):
        return Intent.REFINE  # «jede woche», «wöchentlich»
    if u.intent is Intent.OUT_OF_SCOPE and u.topic and not u.moments and len(u.topic) * 2 > len(u.text):
        return Intent.REFINE  # «subject: cancel the old plan»
    if u.has(Cue.CANCELS) and (u.has(Cue.ALSO) or goes_on(u)) and not u.has(Cue.WITHOUT, Cue.EXCEPT):
        return Intent.CANCEL  # «cancel sam too», «and cancel sam»
    names = u.people or u.mentions or u.emails or u.excluded_people
    is_changed = u.has(Cue.WITHOUT, Cue.EXCEPT, Cue.ALSO, Cue.INSTEAD, Cue.JOINS) or goes_on(u)  # «lieber mit omar»
    is_loose = u.intent in {*_ANSWERING, *_MISREAD} or (u.intent is Intent.RESCHEDULE and u.has(Cue.JOINS))
    if names and not u.moments and is_changed and is_loose:
        return Intent.REFINE
    if u.intent is Intent.ADD_GUESTS and not u.people and not u.has(Cue.STANDING):
        return Intent.REFINE
    is_other_day = bool(u.moments) and not u.has(Cue.OWN_CALENDAR)
    if u.intent is Intent.LIST_BOOKINGS and is_other_day and u.has(Cue.ANYTHING):
        return Intent.REFINE
    if _is_only_time(u) or _is_only_length(u) or _is_only_kind(u):
        return Intent.REFINE
    is_yes = u.has(Cue.GO_AHEAD) or (u.has(Cue.YES) and 0 < u.size <= _FEW and not u.has(Cue.QUESTION))
    return Intent.AFFIRM if u.intent is Intent.OUT_OF_SCOPE and is_yes else None


_OF_MEETINGS = (Cue.FOLLOWS, Cue.STANDING, Cue.OWN_CALENDAR, Cue.ALL, Cue.EACH, Cue.NEXT, Cue.LAST, Cue.SERIES)


def _is_of_something_else(u: Understanding) -> bool:
    """«we want to move the desks» below free times: what it is for, and no meeting."""
    says_which = u.people or u.emails or u.mentions or u.moments or u.from_moment or u.excluded
    says_what = u.event_type or u.named_type or u.choice is not None or u.several or u.picks
    return bool(u.left_out) and not says_which and not says_what and not u.has(*_OF_MEETINGS)
