"""Short texts below a card of hours that go: «no, 3» below «nothing after 4», «only the afternoon», «the whole day», «thursdays
are fine».
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.talk import go_on
from bot.language.meaning import Grain, Intent, Open
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from datetime import time

    from bot.dialogue.context import Decision
    from bot.dialogue.families import HoursRequest
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Understanding

_DAY = timedelta(days=1)
_HALF_DAY = 12
_FEW = 4
"""Words of «no, 3» and «make it 3pm»."""
_CLOSING = frozenset((Cue.CLOSES, Cue.OFF))
_TURNS = (Cue.NO, Cue.CORRECTED, Cue.INSTEAD, Cue.PUTS)


def is_closing(request: HoursRequest) -> bool:
    """Whether what the card takes is what was named, rather than what is left."""
    closes = request.intent is Intent.TIME_OFF or not _CLOSING.isdisjoint(request.cues)
    return closes and {Cue.OUTSIDE, Cue.ONLY}.isdisjoint(request.cues)


def of_closed(talk: Talk, u: Understanding, base: HoursRequest) -> Decision | None:
    """What such a text comes to below hours of every week; None for any other."""
    if u.weekdays or u.has(Cue.QUESTION) or any(one.says_day for one in u.moments):
        return None
    if (bound := _other_bound(u, base.moments)) is not None:
        return go_on(talk, replace(base, moments=bound, stretches=()))
    if not is_closing(base) or not (base.shown or base.is_done):
        return None
    cues = base.cues | {Cue.RECURRING}
    if is_whole_day(u) and any(one.hours is not None for one in base.moments):
        return go_on(talk, replace(base, moments=without_hours(base.moments), stretches=(), cues=cues))
    (part,) = u.moments if len(u.moments) == 1 else (None,)
    is_part = part is not None and part.hours is not None and bool(part.hours.name) and not u.excluded
    if (
        part is None
        or not is_part
        or u.has(Cue.NEGATED, Cue.EXCEPT, Cue.ALSO)
        or not (base.weekdays or base.recurrence)
    ):
        return None
    return go_on(talk, replace(base, moments=(replace(part, days=None),), stretches=(), cues=cues))


def is_whole_day(u: Understanding) -> bool:
    """«the whole day», «nein, ganztägig»."""
    return u.length == _DAY and not (u.moments or u.excluded or u.weekdays)


def without_hours(moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """The same days, as a whole; what named but hours is no day."""
    whole = tuple(replace(one, hours=None, open=None, grain=Grain.DAY) for one in moments if one.says_day)
    return tuple(dict.fromkeys(whole))


def _other_bound(u: Understanding, moments: tuple[Moment, ...]) -> tuple[Moment, ...] | None:
    """«no, 3» below «nothing after 4»: the same side of another clock."""
    bounds = {
        (one.hours.start or one.hours.end, one.open) for one in moments if one.hours is not None and _is_bound(one)
    }
    timed = [one for one in moments if one.hours is not None]
    clock = _clock(u, next(iter(bounds))[0]) if len(bounds) == 1 and all(map(_is_bound, timed)) else None
    if clock is None:
        return None
    return tuple(_at(one, clock) if _is_bound(one) else one for one in moments)


def _is_bound(moment: Moment) -> bool:
    hours = moment.hours
    is_plain = hours is not None and not hours.name and moment.open in {Open.AFTER, Open.BEFORE}
    return is_plain and hours is not None and (hours.start is None) is not (hours.end is None)


def _at(moment: Moment, clock: time) -> Moment:
    if moment.hours is None:
        return moment
    start, end = (clock, None) if moment.hours.start is not None else (None, clock)
    return replace(moment, hours=replace(moment.hours, start=start, end=end, other=None))


def _clock(u: Understanding, old: time | None) -> time | None:
    """The clock that is all the text names, in the half of the day of the one before."""
    if u.size > _FEW or not u.has(*_TURNS) or old is None or len(u.moments) > 1 or u.excluded:
        return None
    hours = u.moments[0].hours if u.moments else None
    if u.moments and (hours is None or hours.start is None or hours.end is not None or u.moments[0].open is not None):
        return None
    if hours is not None and hours.start is not None:
        return hours.start
    number = u.bare.number if u.bare is not None else None
    if number is None or not 0 < number <= 2 * _HALF_DAY - 1:
        return None
    is_late = number < _HALF_DAY <= old.hour and number + _HALF_DAY <= _LATEST
    return old.replace(hour=number + _HALF_DAY if is_late else number, minute=0)


_LATEST = 20
