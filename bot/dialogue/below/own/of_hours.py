"""Short texts below a card or a list of working hours: «start at 10», «no, till 5», «lunch 12 to 1»; for the days of its week
see `of_week`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.below.own.of_closed import of_closed
from bot.dialogue.below.own.of_days_off import of_days_off
from bot.dialogue.below.own.of_week import of_week
from bot.dialogue.families import HoursRequest
from bot.dialogue.talk import go_on
from bot.language.meaning import Grain, Hours, Intent, Moment, Open, Span
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from datetime import time

    from bot.dialogue.context import Decision
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding

_HALF_DAY = 12
_ABSENT = frozenset({Intent.TIME_OFF, Intent.BLOCK_TIME})


def of_hours(talk: Talk, u: Understanding, request: HoursRequest) -> Decision | None:
    """What such a text comes to; None for any other."""
    if request.intent in _ABSENT and not request.shown:
        return of_days_off(talk, u, request)
    if request.intent not in {Intent.SET_HOURS, Intent.SHOW_HOURS, Intent.TIME_OFF}:
        return None
    is_open = request.intent is not Intent.SHOW_HOURS and not request.is_done
    base = request if is_open else HoursRequest(intent=Intent.SET_HOURS, schedule=request.schedule)
    base = replace(base, asked_at=talk.now)
    if (more := of_week(talk, u, base) or of_closed(talk, u, base)) is not None:
        return more
    (moment,) = u.moments if len(u.moments) == 1 else (_stretch_of(u),)
    if moment is None or moment.hours is None or moment.says_day or u.weekdays:
        return None
    if u.has(Cue.CLOSES, Cue.EXCEPT, Cue.PAUSE):
        return _with_break(talk, u, base, moment)
    edge = edge_said(u, moment)
    if edge is None:
        return None
    timed = tuple(one for one in base.moments if one.hours is not None and one.hours.start and one.hours.end)
    if not timed:
        return go_on(talk, replace(base, moments=(edge,)))
    return go_on(talk, replace(base, moments=tuple(_bounded(one, edge) for one in timed), stretches=()))


def _stretch_of(u: Understanding) -> Moment | None:
    """The one stretch of the day that a break names, read in no time («with a break 12 to 1») or in two."""
    hours = [one.hours for one in u.moments if one.hours is not None]
    read = u.stretches or tuple((one.start, one.end) for one in hours if one.start and one.end)
    if not u.has(Cue.PAUSE) or len(read) != 1 or any(one.says_day for one in u.moments):
        return None
    ((start, end),) = read
    return Moment(span=Span(0, 0), grain=Grain.MINUTE, hours=Hours(start=start, end=end))


def _with_break(talk: Talk, u: Understanding, base: HoursRequest, moment: Moment) -> Decision | None:
    """«lunch break 12 to 1»: that much out of the hours on the card, or of those that stand."""
    if moment.hours is None or moment.hours.start is None or moment.hours.end is None:
        return None
    gone = replace(moment, days=None)
    if (base.moments or base.week) and not {Cue.CLOSES, Cue.OFF} & base.cues:
        return go_on(talk, replace(base, excluded=(*base.excluded, gone)))
    cues = frozenset(sign.cue for sign in u.cues) | {Cue.CLOSES, Cue.RECURRING}
    fresh = HoursRequest(intent=Intent.SET_HOURS, schedule=base.schedule, onto=base.shown, asked_at=talk.now)
    return go_on(talk, replace(fresh, moments=(gone,), stretches=u.stretches, cues=cues))


def edge_said(u: Understanding, moment: Moment) -> Moment | None:
    """Where the day is to begin or to end; None where it is not said which."""
    hours = moment.hours
    if hours is None or hours.name or (hours.start and hours.end):
        return None
    if moment.open is Open.BEFORE or hours.start is None:
        return replace(moment, days=None, open=Open.BEFORE)
    if moment.open is Open.AFTER or u.has(Cue.BEGINS, Cue.BEGINS_DAY):
        return replace(moment, days=None, open=Open.AFTER)
    if u.has(Cue.FINISHES, Cue.ENDS_DAY):
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
