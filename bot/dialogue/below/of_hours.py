"""Short texts below a card of working hours or of days off: «start at 10», «no, till 5», «not on wednesdays», «lunch 12 to 1»,
«until wednesday», «make it half a day».
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.families import HoursRequest
from bot.dialogue.request.fill import refill
from bot.dialogue.request.revise import says_day
from bot.dialogue.talk import go_on, say
from bot.dialogue.wording.standing import absence as words
from bot.language.meaning import Certainty, Intent, Open
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from datetime import time

    from bot.dialogue.context import Decision
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Hours, Moment, Understanding

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_HALF_DAY = 12
_ABSENT = frozenset({Intent.TIME_OFF, Intent.BLOCK_TIME})


def of_hours(talk: Talk, u: Understanding, request: HoursRequest) -> Decision | None:
    """What such a text comes to; None for any other."""
    if request.intent in _ABSENT:
        return _of_days_off(talk, u, request)
    if request.intent not in {Intent.SET_HOURS, Intent.SHOW_HOURS}:
        return None
    is_open = request.intent is Intent.SET_HOURS and not request.is_done
    base = request if is_open else HoursRequest(intent=Intent.SET_HOURS, schedule=request.schedule)
    base = replace(base, asked_at=talk.now)
    if is_open and request.shown and (more := _of_other_days(talk, u, request)) is not None:
        return more
    if is_open and u.has(Cue.NEGATED) and u.weekdays and not u.moments:
        out = tuple(dict.fromkeys((*base.weekdays_out, *(said.day for said in u.weekdays))))
        return go_on(talk, replace(base, weekdays_out=out))
    (moment,) = u.moments if len(u.moments) == 1 else (None,)
    if moment is None or moment.hours is None or says_day(moment) or u.weekdays:
        return None
    if u.has(Cue.CLOSES, Cue.EXCEPT):
        return _with_break(talk, u, base, moment)
    edge = _edge(u, moment)
    if edge is None:
        return None
    timed = tuple(one for one in base.moments if one.hours is not None and one.hours.start and one.hours.end)
    if not timed:
        return go_on(talk, replace(base, moments=(edge,)))
    return go_on(talk, replace(base, moments=tuple(_bounded(one, edge) for one in timed), stretches=()))


def _of_other_days(talk: Talk, u: Understanding, request: HoursRequest) -> Decision | None:
    """«fridays only till 3» below «10 to 6»: hours of some weekdays more, on the week that the card shows.

    «no, mondays 9 to 1» below those of other weekdays takes their place.
    """
    nos = {sign.span for sign in u.cues if sign.cue is Cue.NO}
    is_not = any(sign.cue is Cue.NEGATED and sign.span not in nos for sign in u.cues)
    weekly = bool(u.recurrence is not None and u.recurrence.weekdays) or (bool(u.weekdays) and u.has(Cue.ONLY))
    is_timed = any(one.hours is not None for one in u.moments)
    if not weekly or not is_timed or is_not or u.has(Cue.EXCEPT, Cue.CLOSES, Cue.QUESTION, Cue.SOON):
        return None
    fresh = HoursRequest(intent=Intent.SET_HOURS, schedule=request.schedule, name=request.name)
    filled = refill(replace(u, intent=Intent.SET_HOURS), talk, fresh)
    if not isinstance(filled, HoursRequest):
        return None
    is_other = u.has(Cue.NO, Cue.CORRECTED, Cue.INSTEAD) and bool(request.weekdays or request.recurrence)
    cues = (filled.cues - {Cue.NEGATED, Cue.NO}) | {Cue.RECURRING}
    return go_on(talk, replace(filled, cues=cues, onto=request.onto if is_other else request.shown))


def _with_break(talk: Talk, u: Understanding, base: HoursRequest, moment: Moment) -> Decision | None:
    """«lunch break 12 to 1»: that much out of the hours on the card, or of those that stand."""
    if moment.hours is None or moment.hours.start is None or moment.hours.end is None:
        return None
    gone = replace(moment, days=None)
    if base.moments or base.week:
        return go_on(talk, replace(base, excluded=(*base.excluded, gone)))
    cues = frozenset(sign.cue for sign in u.cues) | {Cue.CLOSES, Cue.RECURRING}
    return go_on(talk, replace(base, moments=(gone,), stretches=u.stretches, cues=cues))


def _edge(u: Understanding, moment: Moment) -> Moment | None:
    """Where the day is to begin or to end; None where it is not said which."""
    hours = moment.hours
    if hours is None or hours.name or (hours.start and hours.end):
        return None
    if moment.open is Open.BEFORE or hours.start is None:
        return replace(moment, days=None, open=Open.BEFORE)
    if moment.open is Open.AFTER or u.has(Cue.BEGINS):
        return replace(moment, days=None, open=Open.AFTER)
    if u.has(Cue.FINISHES):
        return replace(
            moment, days=None, open=Open.BEFORE, hours=replace(hours, start=None, end=hours.start, other=None)
        )
    return None


def _bounded(one: Moment, edge: Moment) -> Moment:
    """The stretch that was said, with another beginning or end; «till 5» of one that begins at 9 is in the afternoon."""
    old, new = one.hours, edge.hours
    if old is None or new is None:
        return one
    if edge.open is Open.AFTER:
        return replace(one, hours=replace(old, start=new.start, other=None))
    return replace(one, hours=replace(old, end=_late(old, new), other=None))


def _late(old: Hours, new: Hours) -> time | None:
    end = new.end
    if end is None or old.start is None or end > old.start or end.hour >= _HALF_DAY:
        return end
    return end.replace(hour=end.hour + _HALF_DAY)


def _of_days_off(talk: Talk, u: Understanding, request: HoursRequest) -> Decision | None:
    if u.length is not None and u.length < _DAY and not u.moments:
        return say(talk, words.which_half(is_done=request.is_done))
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
