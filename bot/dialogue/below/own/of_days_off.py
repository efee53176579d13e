"""Short texts below a card of days off: «until wednesday», «not on monday», «thursday too», «make it half a day»."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.below.own.of_closed import is_whole_day, without_hours
from bot.dialogue.families import BookingRequest, MoveRequest
from bot.dialogue.request.fill import refill
from bot.dialogue.request.spoken_of.following import days_beside
from bot.dialogue.talk import go_on, say
from bot.dialogue.wording import managing as hour_words
from bot.dialogue.wording.standing import absence as words
from bot.language.meaning import Certainty, Grain, Intent, Moment, Open, Span
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.context import Decision
    from bot.dialogue.families import HoursRequest
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


def of_days_off(talk: Talk, u: Understanding, request: HoursRequest) -> Decision | None:
    """What such a text comes to; None for any other."""
    if (meetings := _meetings_then(talk, u, request)) is not None:
        return meetings
    if is_whole_day(u) and not request.is_done and any(one.hours is not None for one in request.moments):
        return go_on(talk, replace(request, moments=without_hours(request.moments), excluded=(), asked_at=talk.now))
    if (
        u.has(Cue.SUITS)
        and not u.has(Cue.NEGATED, Cue.QUESTION, Cue.ALSO)
        and not request.is_done
        and (kept := _kept(u))
    ):
        return go_on(talk, replace(request, excluded=(*request.excluded, *_inside(kept, request)), asked_at=talk.now))
    if u.has(Cue.ENDS_DAY) and not request.is_done and (there := _there_until(u, request)):
        return go_on(talk, replace(request, excluded=(*request.excluded, *there), asked_at=talk.now))
    if not request.is_done and _counts_days(u, request):  # «no, 16 to 20» below «9 to 13 march»
        return say(talk.asking(request), hour_words.which_days_off())
    if u.length is not None and u.length < _DAY and not u.moments:
        return say(talk, words.which_half(is_done=request.is_done))
    if not request.is_done and (moved := _beside(u, request)) is not None:
        adds = u.has(Cue.ALSO) or u.begins_with(Cue.AND)
        there = (*request.moments, *moved.moments) if adds else moved.moments
        return go_on(talk, replace(request, moments=there, asked_at=talk.now))
    is_more = u.has(Cue.ALSO) and u.has(Cue.NEGATED) and not u.has(Cue.QUESTION)  # «donnerstag auch nicht»
    if is_more and not request.is_done and (u.moments or u.excluded):
        also = replace(u, intent=Intent.REFINE, moments=u.moments or u.excluded, excluded=())
        return go_on(talk, refill(also, talk, request))
    if u.excluded and not u.moments and not request.is_done and u.has(Cue.EXCEPT, Cue.NEGATED):
        return go_on(talk, replace(request, excluded=(*request.excluded, *_inside(u.excluded, request))))
    if request.is_done or len(u.moments) != 1 or not u.has(Cue.BOUND):
        return None
    (moment,) = u.moments
    first = min((one.days.first for one in request.moments if one.days is not None), default=None)
    if first is None or moment.days is None or moment.hours is not None or moment.open is not Open.BEFORE:
        return None
    last = moment.days.last + (_WEEK if moment.days.last <= first else timedelta())
    days = replace(moment.days, first=first, last=last, certainty=Certainty.KNOWN)
    return go_on(talk, replace(request, moments=(replace(moment, days=days, open=None),)))


def _meetings_then(talk: Talk, u: Understanding, request: HoursRequest) -> Decision | None:
    """«what do i have then», «cancel what's on then», «move everything to monday»: the meetings of those days."""
    days = tuple(one for one in request.moments if one.days is not None)
    if not days or u.from_moment is not None or u.choice is not None or u.excluded or u.has(Cue.NEGATED):
        return None
    points = u.has(Cue.THAT_DAY, Cue.ALL, Cue.EACH, Cue.ANYTHING, Cue.OWN_CALENDAR)
    is_loose = u.intent in {Intent.OUT_OF_SCOPE, Intent.AFFIRM, Intent.REFINE} and u.has(Cue.ANYTHING)
    if u.intent is Intent.LIST_BOOKINGS and points and not u.moments:
        return go_on(talk, BookingRequest(intent=Intent.LIST_BOOKINGS, sought=days, asked_at=talk.now))
    if not points or not u.has(Cue.CANCELS, Cue.MOVES):
        return None
    if (u.intent is Intent.CANCEL or (is_loose and u.has(Cue.CANCELS))) and not u.moments:
        cancel = BookingRequest(intent=Intent.CANCEL, sought=days, cues=frozenset({Cue.ALL}), asked_at=talk.now)
        return go_on(talk, replace(cancel, reason=u.reason))
    if u.intent is not Intent.RESCHEDULE and not (is_loose and u.has(Cue.MOVES)):
        return None
    move = MoveRequest(sought=days, cues=frozenset({Cue.ALL}), asked_at=talk.now)
    filled = refill(replace(u, intent=Intent.RESCHEDULE), talk, move) if u.moments else move
    if isinstance(filled, MoveRequest):
        filled = replace(filled, sought=days, cues=filled.cues | {Cue.ALL})
    return go_on(talk, filled)


def _there_until(u: Understanding, request: HoursRequest) -> tuple[Moment, ...]:
    """«actually i'm in until noon» below days off: so much of them stays open."""
    ends = [one.hours for one in u.moments if one.hours is not None and one.open is Open.BEFORE and not one.says_day]
    if len(ends) != 1 or len(u.moments) != 1:
        return ()
    whole = [one for one in request.moments if one.days is not None and one.hours is None]
    return tuple(replace(one, hours=ends[0], open=Open.BEFORE) for one in whole)


def _counts_days(u: Understanding, request: HoursRequest) -> bool:
    """Whether what was read as hours can be days, of a run of which others were said."""
    runs = [one.days for one in request.moments if one.days is not None and one.hours is None]
    is_run = any(one.last > one.first and one.grain is Grain.DAY for one in runs)
    hours = [one for one in u.moments if one.hours is not None and not one.hours.name]
    is_clock = bool(hours or u.stretches) and len(hours) == len(u.moments) and not any(one.says_day for one in hours)
    return is_run and is_clock and u.has(Cue.NO, Cue.CORRECTED, Cue.INSTEAD)


def _kept(u: Understanding) -> tuple[Moment, ...]:
    """«wednesday is fine»: the days that are named."""
    said = u.moments or u.excluded
    return said if said and all(one.says_day and one.days is not None for one in said) else ()


def _beside(u: Understanding, request: HoursRequest) -> Understanding | None:
    """«the day after as well», «make it the week after»: counted from the days on the card, not from today."""
    days = [one.days for one in request.moments if one.days is not None]
    beside = days_beside(u, days)
    nos = {sign.span for sign in u.cues if sign.cue is Cue.NO}  # «no, the week after»
    is_refused = any(sign.cue is Cue.NEGATED and sign.span not in nos for sign in u.cues)
    if beside is None or len(u.moments) > 1 or u.weekdays or u.has(Cue.QUESTION) or is_refused:
        return None
    at = Moment(span=Span(0, 0), grain=beside.grain, days=beside)
    return replace(u, intent=Intent.REFINE, moments=(at,), length=None)


def _inside(gone: tuple[Moment, ...], request: HoursRequest) -> tuple[Moment, ...]:
    """«except monday» below «off next week»: the Monday of those days."""
    first = min((one.days.first for one in request.moments if one.days is not None), default=None)
    if first is None:
        return gone
    return tuple(
        replace(one, days=replace(one.days, first=one.days.first + _WEEK, last=one.days.last + _WEEK))
        if one.days is not None and one.days.last < first
        else one
        for one in gone
    )
