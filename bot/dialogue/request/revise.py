"""What a follow-up changes in the times of a wish: day and clock apart, said parts only.

«Thursday» keeps the clock, «after 3» keeps the day, «london time» keeps both and moves the zone.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.language.meaning import Certainty, Days, Grain, Hours, Moment, Open, Span
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from datetime import date

    from bot.language.meaning import BareNumber

_NOWHERE = Span(0, 0)
_WEEK = timedelta(days=7)
_NEXT_DAYS = timedelta(days=6)
"""How far behind a day that was ruled out is looked: a week in all."""


def says_clock(moment: Moment) -> bool:
    """Whether a clock time or part of day was said."""
    return moment.exact is not None or (moment.hours is not None and moment.hours.certainty is Certainty.KNOWN)


def is_point(moment: Moment) -> bool:
    """Whether it names one clock time rather than a stretch."""
    if moment.exact is not None:
        return True
    return moment.hours is not None and moment.hours.end is None and moment.open is None


def clock_alone(bare: BareNumber) -> Moment | None:
    """A bare hour, in the part of the day that people meet in."""
    hour, minute = bare.number, bare.minute or 0
    if hour > 23 or minute > 59:
        return None
    clock = time(hour + 12 if 1 <= hour <= 7 else hour, minute)
    if bare.side is Open.BEFORE:
        return Moment(span=bare.span, grain=Grain.MINUTE, hours=Hours(start=None, end=clock), open=Open.BEFORE)
    return Moment(span=bare.span, grain=Grain.MINUTE, hours=Hours(start=clock), open=bare.side)


def in_zone(moments: tuple[Moment, ...], zone: str | None) -> tuple[Moment, ...]:
    """The same wall times in another zone; None is the asker's own."""
    return tuple(replace(moment, zone=zone, zones=()) for moment in moments)


def at_clock(moments: tuple[Moment, ...], clock: time, zone: str | None) -> tuple[Moment, ...]:
    """The same days at that clock time, where no clock was said."""
    hours = Hours(start=clock, certainty=Certainty.IMPLIED)
    return tuple(
        moment if says_clock(moment) else replace(moment, hours=hours, grain=Grain.MINUTE, zone=moment.zone or zone)
        for moment in moments
    )


def on_day(day: date, *, clock: time | None = None) -> Moment:
    """A whole day, or a clock time on it."""
    hours = Hours(start=clock) if clock is not None else None
    return Moment(
        span=_NOWHERE, grain=Grain.MINUTE if hours else Grain.DAY, days=Days(first=day, last=day), hours=hours
    )


def at_instant(instant: datetime) -> Moment:
    """One known instant, as if it had been said."""
    return Moment(span=_NOWHERE, grain=Grain.MINUTE, exact=instant)


def from_to(first: date, last: date) -> Moment:
    """A run of days."""
    return Moment(span=_NOWHERE, grain=Grain.DAY, days=Days(first=first, last=last))


def on_its_day(moments: tuple[Moment, ...], first: date, last: date) -> tuple[Moment, ...]:
    """That day, or those days, at the clock times that were named."""
    there = from_to(first, last)
    clocks = (one for one in moments if one.exact is None and says_clock(one))
    return tuple(replace(one, days=there.days) for one in clocks) or (there,)


def whole_day(day: date) -> Moment:
    """A day as a stretch from midnight to midnight: its times are listed, none is proposed."""
    hours = Hours(start=time(0), end=time(0))
    return Moment(span=_NOWHERE, grain=Grain.DAY, days=Days(first=day, last=day), hours=hours)


def side_of(local: datetime, *, is_before: bool) -> Moment:
    """The part of a day before or after a wall time on it."""
    day, clock = local.date(), local.time().replace(tzinfo=None)
    after = (datetime.combine(day, clock) + timedelta(minutes=1)).time()
    hours = Hours(start=time(0), end=clock) if is_before and clock > time(0) else Hours(start=after, end=time(0))
    return Moment(span=_NOWHERE, grain=Grain.PART, days=Days(first=day, last=day), hours=hours)


def days_beside(local: datetime, *, is_before: bool) -> Moment:
    """From a wall time on through the week behind it; or from the beginning of its day up to it."""
    day, clock = local.date(), local.time().replace(tzinfo=None)
    if is_before:
        return side_of(local, is_before=True)
    days, hours = Days(first=day, last=day + _WEEK), Hours(start=clock)
    return Moment(span=_NOWHERE, grain=Grain.DAY, days=days, hours=hours, open=Open.AFTER, is_through=True)


def rest_of(local: datetime) -> Moment:
    """What is left of a day from a wall time on it."""
    hours = Hours(start=local.time().replace(tzinfo=None), end=time(0))
    return Moment(span=_NOWHERE, grain=Grain.PART, days=Days(first=local.date(), last=local.date()), hours=hours)


def is_part_of_day(moments: tuple[Moment, ...]) -> bool:
    """Whether the times are those from some hour on, on one day: earlier ones are of that day too."""
    days = {(one.days.first, one.days.last) for one in moments if one.days is not None}
    starts = [one.hours.start for one in moments if one.hours is not None and one.hours.start is not None]
    is_one_day = len(days) == 1 and all(first == last for first, last in days)
    return is_one_day and len(starts) == len(moments) and min(starts) > time(0)


def of_those_said(old: tuple[Moment, ...], new: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """«friday» below «thursday at 2 or friday at 10»: the one of the times said that it names; else what is new."""
    if len(old) < 2 or len(new) != 1 or new[0].says_day == says_clock(new[0]):
        return new
    named = tuple(one for one in old if _names(new[0], one))
    return named if len(named) == 1 else new


def _names(new: Moment, one: Moment) -> bool:
    if new.exact is not None or one.exact is not None or not one.says_day or not says_clock(one):
        return False
    if new.says_day:
        return new.days is not None and one.days is not None and _covers(new.days, one.days)
    is_same = new.hours is not None and one.hours is not None and new.hours.start == one.hours.start
    return is_same and is_point(new) and is_point(one)


def merge(
    old: tuple[Moment, ...], new: tuple[Moment, ...], *, day: date | None, keeps_zone: bool
) -> tuple[Moment, ...]:
    """The new times, each filled up from the old ones; `day` is that of a slot picked meanwhile."""
    merged: list[Moment] = []
    for moment in new:
        merged += _merge_one(old, moment, day=day, keeps_zone=keeps_zone)
    return tuple(merged)


def _merge_one(old: tuple[Moment, ...], new: Moment, *, day: date | None, keeps_zone: bool) -> list[Moment]:
    if new.says_day and says_clock(new):
        return [new]
    if new.says_day:
        return [_with_clock_of(old, new)]
    if not says_clock(new):
        return [new]
    zone = new.zone or next((m.zone for m in old if m.zone), None) if keeps_zone else new.zone
    new = _inside_stretch(old, new)
    if day is not None:
        return [replace(new, days=Days(first=day, last=day), zone=zone)]
    dated = [moment for moment in old if moment.days is not None]
    if not dated:
        return [replace(new, zone=zone)]
    return [replace(new, days=moment.days, zone=zone) for moment in dated]


def _inside_stretch(old: tuple[Moment, ...], new: Moment) -> Moment:
    """«not after 3» below «friday afternoon»: from noon until then, where the bound lies in the hours that were said."""
    hours, wide = new.hours, old[0].hours if len(old) == 1 and old[0].open is None else None
    if hours is None or wide is None or wide.start is None or wide.end is None or not says_clock(old[0]):
        return new
    bound = hours.end if new.open is Open.BEFORE else hours.start if new.open is Open.AFTER else None
    if bound is None or not wide.start < bound or not (bound < wide.end or wide.end == time(0)):
        return new
    is_end = new.open is Open.BEFORE
    both = Hours(start=wide.start if is_end else bound, end=bound if is_end else wide.end)
    return replace(new, hours=both, open=None, grain=Grain.PART)


def _with_clock_of(old: tuple[Moment, ...], new: Moment) -> Moment:
    source = next((moment for moment in old if says_clock(moment) and moment.hours is not None), None)
    if source is None or source.is_through:
        return new
    return replace(new, hours=source.hours, open=source.open, zone=new.zone or source.zone, grain=source.grain)


def around(moments: tuple[Moment, ...], excluded: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """The times of a wish once some are ruled out: a clock that falls in them goes, a day that does makes way for the next."""
    for gone in excluded:
        moments = tuple(_around_one(moment, gone) for moment in moments)
    return moments


def _around_one(moment: Moment, gone: Moment) -> Moment:
    if moment.exact is not None or gone.exact is not None:
        return moment
    is_same_clock = gone.hours is None or (moment.hours is not None and _holds(gone.hours, moment.hours))
    dated = gone.days if gone.says_day else None
    is_same_day = dated is None or (moment.days is not None and _covers(dated, moment.days))
    if not (is_same_clock and is_same_day):
        return moment
    if dated is None or gone.hours is not None:
        return replace(moment, hours=None, open=None, grain=Grain.DAY)
    first = dated.last + timedelta(days=1)
    return replace(moment, days=Days(first=first, last=first + _NEXT_DAYS, certainty=Certainty.IMPLIED))


def is_clock(moment: Moment, clock: time | None) -> bool:
    """Whether it names that clock and no day."""
    hours = moment.hours
    return hours is not None and is_point(moment) and hours.start == clock and not moment.says_day


def still_out(excluded: tuple[Moment, ...], moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """What stays ruled out once these times are named: «not wednesday», and later «ok, wednesday at 11» after all."""
    days = [one for one in moments if one.says_day and one.days is not None and one.days.first == one.days.last]
    meant = [one for one in days if not says_clock(one) or is_point(one)]
    return tuple(gone for gone in excluded if not any(around((one,), (gone,)) != (one,) for one in meant))


def _holds(gone: Hours, hours: Hours) -> bool:
    """Whether the hours begin in those that are ruled out."""
    clock = hours.start or time(0)
    if gone.end is None:
        return clock == gone.start
    return (gone.start or time(0)) <= clock and (clock < gone.end or gone.end == time(0))


def _covers(gone: Days, days: Days) -> bool:
    return gone.first <= days.first and days.last <= gone.last


def week_of(moment: Moment) -> Moment:
    """The week, from its monday on, of a single day that lies a week on and more."""
    days = moment.days
    if days is None or days.first != days.last or moment.exact is not None:
        return moment
    monday = days.first - timedelta(days=days.first.weekday())
    return replace(moment, days=Days(first=monday, last=monday + _NEXT_DAYS), hours=None)


def same_weekday(moment: Moment, day: date) -> date | None:
    """That weekday in the week that was named; None where a single day, a clock or more than a week was."""
    days = moment.days
    if days is None or moment.hours is not None or days.first == days.last or days.last - days.first > _NEXT_DAYS:
        return None
    there = days.first + timedelta(days=(day.weekday() - days.first.weekday()) % 7)
    return there if there <= days.last else None
