"""Short texts below a card or a list of working hours that name days: «and friday until 3», «not the wednesday», «thursdays
too», «only this week», «every week then».
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.below.own.of_closed import is_closing
from bot.dialogue.families import HoursRequest
from bot.dialogue.request.fill import refill
from bot.dialogue.talk import go_on, say
from bot.dialogue.wording import managing as words
from bot.language.meaning import Frequency, Intent, Open, Recurrence
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.context import Decision
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Understanding

_WEEK = timedelta(days=7)
_FEW = 4
"""Words of «fridays off»; «i'm off on friday» is a wish of its own."""
_TURNS = frozenset((Cue.NO, Cue.CORRECTED, Cue.INSTEAD))
_OTHER = (Cue.QUESTION, Cue.SOON, Cue.ONE_DATE)


def of_week(talk: Talk, u: Understanding, base: HoursRequest) -> Decision | None:
    """What such a text comes to; None for any other. `base` is the wish of the card, a bare one below a list."""
    named = tuple(dict.fromkeys(said.day for said in u.weekdays))
    is_weekly = bool(base.shown) and not base.is_done and not base.only_on
    is_timed = any(one.hours is not None for one in (*u.moments, *u.excluded))
    if is_timed:
        return _timed(talk, u, base, is_weekly=is_weekly or not base.moments) if named else None
    stays = (
        u.has(Cue.SUITS) and not u.has(Cue.NEGATED) and is_closing(base)
    )  # «thursdays are fine» below «nothing after 4»
    if named and (stays or _goes(u)) and not u.has(Cue.QUESTION, Cue.ALSO):
        turns = u.has(Cue.NO, Cue.CORRECTED) and u.has(Cue.EXCEPT)  # «no, except tuesdays» below «except thursdays»
        return _left_out(talk, replace(base, weekdays_out=()) if turns else base, named)
    if named and _goes_on_excepting(u, base):
        return _left_out(talk, base, named)
    if not is_weekly:
        return _dates_too(talk, u, base) or _every_week(talk, u, base)
    is_dated = bool(u.moments) and all(one.days is not None and one.says_day for one in u.moments)
    if named and not u.has(*_OTHER) and not (is_dated and _names_dates(u)):
        return _on_those(talk, u, base, named)
    if is_dated and u.has(Cue.ONLY, Cue.SOON, Cue.ONE_DATE) and u.recurrence is None:
        days = tuple(_until(talk, one) for one in u.moments if one.open is not Open.AFTER)
        return go_on(talk, replace(base, only_on=days)) if days else None
    return None


def _names_dates(u: Understanding) -> bool:
    """«only saturday the 7th», «only the first saturday in march»: weekdays that are told of a date."""
    dates = [one.span for one in u.moments]
    return all(any(date.start < said.span.start or said.span.end < date.end for date in dates) for said in u.weekdays)


def _goes(u: Understanding) -> bool:
    """Whether the days named are those that go: «not the wednesday», «außer mittwoch», «fridays off»."""
    nos = {sign.span for sign in u.cues if sign.cue is Cue.NO}
    if any(sign.cue in {Cue.NEGATED, Cue.EXCEPT, Cue.WITHOUT} and sign.span not in nos for sign in u.cues):
        return not u.has(Cue.SOON, Cue.ONE_DATE)
    if u.excluded and not u.moments:
        return True
    offs = {sign.span for sign in u.cues if sign.cue is Cue.OFF}
    says_who = any(sign.cue is Cue.CLOSES and sign.span not in offs for sign in u.cues)  # «i'm off»
    return bool(offs) and not says_who and u.size <= _FEW and not u.has(Cue.SOON, Cue.ONE_DATE, Cue.OWN)


def _goes_on_excepting(u: Understanding, base: HoursRequest) -> bool:
    """«and tuesdays» below «except thursdays», where the hours are those of all other days."""
    is_all = bool(base.weekdays_out) and not base.weekdays and base.recurrence is None and not base.is_done
    return (
        is_all and u.has(Cue.ALSO, Cue.AND) and not u.has(Cue.QUESTION, Cue.ONLY, *_TURNS, *_OTHER) and is_closing(base)
    )


def _left_out(talk: Talk, base: HoursRequest, named: tuple[int, ...]) -> Decision:
    """Those weekdays without what the card says; below a list, closed in every week."""
    if base.shown or base.moments or base.week:
        cues = base.cues | ({Cue.RECURRING} if base.shown else set())
        return go_on(talk, replace(base, weekdays_out=tuple(dict.fromkeys((*base.weekdays_out, *named))), cues=cues))
    return go_on(talk, replace(_bare(base), weekdays=named, cues=frozenset((Cue.CLOSES, Cue.RECURRING))))


def _timed(talk: Talk, u: Understanding, base: HoursRequest, *, is_weekly: bool) -> Decision | None:
    """«and friday until 3» below «10 to 6»: hours of some weekdays more, on the week that the card shows.

    «no, mondays 9 to 1» below those of other weekdays takes their place; «next friday until 3» is a date.
    """
    nos = {sign.span for sign in u.cues if sign.cue is Cue.NO}
    is_not = any(sign.cue is Cue.NEGATED and sign.span not in nos for sign in u.cues)
    if is_not or u.has(Cue.EXCEPT, Cue.QUESTION) or (u.has(Cue.CLOSES, Cue.PAUSE) and not u.has(Cue.OUTSIDE)):
        return None
    repeats = u.recurrence is not None
    is_date = u.has(Cue.SOON, Cue.ONE_DATE) or (not repeats and any(_is_later(talk, one) for one in u.moments))
    is_own = u.intent in {Intent.SET_HOURS, Intent.TIME_OFF} and not repeats  # «am samstag arbeite ich 10 bis 14 uhr»
    if (is_date and repeats) or is_own:
        return None
    if not (is_date or is_weekly or (repeats and base.shown)):
        return None
    filled = refill(replace(u, intent=Intent.SET_HOURS), talk, _bare(base))
    if not isinstance(filled, HoursRequest):
        return None
    filled = replace(filled, moments=tuple(_with_edge(u, one) for one in filled.moments))
    cues = filled.cues - {Cue.NEGATED, Cue.NO}
    if is_date:
        return go_on(talk, replace(filled, cues=cues - {Cue.RECURRING}, weekdays=(), onto=()))
    if is_closing(base) and _is_same_side(base, filled):  # «fridays after 2» below «no calls after 4»
        cues |= {Cue.CLOSES}
    is_other = u.has(*_TURNS) and bool(base.weekdays or base.recurrence)
    onto = base.onto if is_other else base.shown
    return go_on(talk, replace(filled, cues=cues | {Cue.RECURRING}, recurrence=_each(filled), onto=onto))


def _is_same_side(base: HoursRequest, request: HoursRequest) -> bool:
    sides = {one.open for one in base.moments if one.hours is not None}
    return len(sides) == 1 and None not in sides and sides == {m.open for m in request.moments if m.hours is not None}


def _each(request: HoursRequest) -> Recurrence | None:
    days = tuple(sorted(set(request.weekdays)))
    return Recurrence(frequency=Frequency.WEEKLY, weekdays=days) if days and request.recurrence is None else None


def _is_later(talk: Talk, moment: Moment) -> bool:
    """Whether another date is named than the weekday's nearest one."""
    return moment.days is not None and moment.says_day and moment.days.first > talk.today + _WEEK


def _with_edge(u: Understanding, moment: Moment) -> Moment:
    """«fridays start at 10»: from then on, of its days."""
    hours = moment.hours
    if hours is None or moment.open is not None or hours.start is None or hours.end is not None:
        return moment
    if u.has(Cue.BEGINS, Cue.BEGINS_DAY):
        return replace(moment, open=Open.AFTER)
    if u.has(Cue.FINISHES, Cue.ENDS_DAY):
        return replace(moment, open=Open.BEFORE, hours=replace(hours, start=None, end=hours.start, other=None))
    return moment


def _on_those(talk: Talk, u: Understanding, base: HoursRequest, named: tuple[int, ...]) -> Decision | None:
    """«thursdays too» and «only on fridays» below hours of other weekdays: the same on those, besides or in their place."""
    if base.week or (u.recurrence is not None and not u.recurrence.weekdays):
        return None
    is_more = u.has(Cue.ALSO, Cue.AND, Cue.FOLLOWS) and not u.has(Cue.ONLY, *_TURNS)
    if not is_more and not u.has(Cue.ONLY, *_TURNS):
        return None
    hours = tuple(replace(one, days=None) for one in base.moments if one.hours is not None)
    weekly = Recurrence(frequency=Frequency.WEEKLY, weekdays=tuple(sorted(set(named))))
    if u.choice is not None:  # «the first saturday only»
        return say(talk.asking(base), words.only_every_week())
    if base.onto and u.has(Cue.ONLY):
        return say(talk.asking(base), words.what_hours())  # of which of the cards above, is not told
    onto = base.shown if is_more else base.onto
    cues = (base.cues - {Cue.ONLY}) | {Cue.RECURRING}
    return go_on(
        talk, replace(base, moments=hours, weekdays=named, weekdays_out=(), recurrence=weekly, cues=cues, onto=onto)
    )


def _every_week(talk: Talk, u: Understanding, base: HoursRequest) -> Decision | None:
    """«every saturday», «every week» below hours of one date."""
    if not u.has(Cue.RECURRING) or u.recurrence is None or not (base.only_on or base.moments) or base.is_done:
        return None
    if base.only_on:
        return go_on(talk, replace(base, only_on=()))
    named = u.recurrence.weekdays or base.weekdays
    if not named or not any(one.hours is not None for one in base.moments):
        return None
    weekly = replace(u.recurrence, weekdays=tuple(sorted(set(named))))
    hours = tuple(replace(one, days=None) for one in base.moments)
    cues = base.cues | {Cue.RECURRING}
    return go_on(talk, replace(base, moments=hours, weekdays=weekly.weekdays, recurrence=weekly, cues=cues))


def _dates_too(talk: Talk, u: Understanding, base: HoursRequest) -> Decision | None:
    """«and next sunday too» below hours of one date: the same on that one, besides."""
    hours = [one for one in base.moments if one.hours is not None and one.days is not None and one.says_day]
    is_dated = bool(u.moments) and all(one.days is not None and one.says_day for one in u.moments)
    if len(hours) != 1 or not is_dated or u.recurrence is not None or base.is_done or base.only_on:
        return None
    if not u.has(Cue.ALSO, Cue.AND) or u.has(Cue.QUESTION, Cue.ONLY, *_TURNS):
        return None
    more = tuple(replace(one, hours=hours[0].hours, open=hours[0].open, grain=hours[0].grain) for one in u.moments)
    return go_on(talk, replace(base, moments=(*base.moments, *more), weekdays=()))


def _until(talk: Talk, moment: Moment) -> Moment:
    """«only until friday»: from today on."""
    if moment.open is not Open.BEFORE or moment.days is None:
        return moment
    return replace(moment, open=None, days=replace(moment.days, first=min(talk.today, moment.days.last)))


def _bare(base: HoursRequest) -> HoursRequest:
    return HoursRequest(intent=Intent.SET_HOURS, schedule=base.schedule, name=base.name, asked_at=base.asked_at)
