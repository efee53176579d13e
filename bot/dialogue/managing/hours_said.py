"""Which hours on which weekdays a request about working hours names, and the week that they make of a schedule. Pure."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.managing.absence.stretches import MIDNIGHT, both, without
from bot.dialogue.request.revise import is_point
from bot.language.meaning import Frequency, Intent, Open
from bot.language.signs import Cue
from bot.scheduling.models import Hours, Override
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from bot.dialogue.families import HoursRequest
    from bot.dialogue.managing.absence.stretches import Stretch
    from bot.language.meaning import Moment
    from bot.scheduling.models import Schedule

WORKDAYS = (0, 1, 2, 3, 4)
_WEEK = timedelta(days=7)
_ALL_DAYS = tuple(range(7))
_THE_HOURS = "business"
"""The part of day that is the working hours themselves: «set my working hours to …» names what is set, no hours."""
MOST_DAYS_OFF = 62
"""On one card."""


def means_every_week(request: HoursRequest) -> bool:
    """Whether hours of every week are meant rather than those of one date: «saturdays», «mon to thu», not «on saturday»."""
    if len(set(request.weekdays)) > 1:
        return True
    has_day = any(_is_dated(m) and not is_start(m) for m in request.moments)
    if any(is_start(m) and _is_dated(m) for m in request.moments) and clocks_said(request) and not has_day:
        return True  # «i work 10 to 4 from 7 december»
    is_dated = has_day and not request.weekdays and request.recurrence is None  # «my hours this week|tomorrow are …»
    return Cue.RECURRING in request.cues and not is_dated


def _is_dated(moment: Moment) -> bool:
    return moment.days is not None and moment.says_day


def is_start(moment: Moment) -> bool:
    """Whether it says from when on something holds, rather than when: «from 7 december»; not «from 9 on friday»."""
    hours = moment.hours
    return moment.open is Open.AFTER and (hours is None or None not in {hours.start, hours.end})


def hours_on(request: HoursRequest, moment: Moment, day: date, schedule: Schedule) -> tuple[Stretch, ...]:
    """The hours that a dated moment names; where it says but a start or an end, the rest is that weekday's own."""
    if clocks := clocks_said(request):
        return clocks[:1]
    hours = moment.hours
    if hours is None or moment.open is None or (hours.start is None) is (hours.end is None):
        return ()
    return tuple(_opened(_usual(schedule, day.weekday()), [_stretch(moment)], (moment,)))


def later_start(request: HoursRequest, today: date) -> date | None:
    """The day on which hours of every week are to begin, where that is not this week: «mondays off from january»; or
    any later day that is said to be their start: «from tomorrow my hours are 10 to 4».
    """
    said = [m for m in request.moments if m.days is not None and m.says_day]
    first = min((m.days.first for m in said if m.days is not None), default=today)
    begins = bool(said) and all(map(is_start, said)) and bool(clocks_said(request)) and first > today
    return first if begins or first > today + _WEEK else None


def on_dates(request: HoursRequest, schedule: Schedule, week: Sequence[Hours], today: date) -> tuple[Override, ...]:
    """The hours of a week on the dates that they are for, where they are others than that weekday's own."""
    rows: list[Override] = []
    for day in sorted({day for moment in request.only_on for day in days_of(moment) if day >= today})[:MOST_DAYS_OFF]:
        hours = [(one.start, one.end) for one in week if day.weekday() in one.weekdays]
        if hours != _usual(schedule, day.weekday()):
            rows += [Override(day=day, start=start, end=end) for start, end in hours] or [Override(day=day)]
    return tuple(rows)


def dates_counted(request: HoursRequest) -> tuple[Moment, ...]:
    """«the next two fridays i leave at 12»: the dates of a weekday that were counted."""
    repeated = request.recurrence
    dated = [moment for moment in request.moments if moment.days is not None and moment.says_day]
    if repeated is None or not repeated.count or len(repeated.weekdays) != 1 or len(dated) != 1:
        return ()
    days = dated[0].days
    if days is None:
        return ()
    return tuple(
        replace(dated[0], hours=None, open=None, days=replace(days, first=day, last=day))
        for day in (days.first + _WEEK * week for week in range(min(repeated.count, MOST_DAYS_OFF)))
    )


def is_weekly(request: HoursRequest) -> bool:
    """Whether what is to be closed is closed in every week: «fridays after 2», or no day was said: «never before 10»."""
    repeated = request.recurrence
    if repeated is not None:
        return repeated.until is None and repeated.count is None
    if Cue.RECURRING in request.cues:
        return not any(m.days is not None and m.says_day and m.days.last > m.days.first for m in request.moments)
    return bool(request.moments) and not any(moment.says_day for moment in request.moments)


def week_said(request: HoursRequest, schedule: Schedule) -> tuple[Hours, ...] | None:
    """The schedule's week with what was said of its days; None when no hours can be made out."""
    says_closed = request.intent is Intent.TIME_OFF or bool({Cue.CLOSES, Cue.OFF} & request.cues)
    is_closing = says_closed and not {Cue.OUTSIDE, Cue.ONLY} & request.cues
    begun = {start for start, _ in request.stretches}
    points = [one.hours for one in request.moments if one.hours is not None and is_point(one)]
    if not request.week and any(hours.start not in begun for hours in points):
        return None  # «not at 10»: how long is not said
    if says_closed and {Cue.BEGINS_DAY, Cue.ENDS_DAY} & request.cues:
        return None  # «los lunes no trabajo y los martes empiezo a las 11»: which of them goes where is not told
    stays = bool({Cue.OUTSIDE, Cue.NOTHING_THEN} & request.cues)  # what was named is what stays
    if Cue.NEGATED in request.cues and not (is_closing or stays or request.weekdays_out):
        return None
    open_days = tuple(sorted({day for row in schedule.hours for day in row.weekdays}))
    days = (
        tuple({day for one in request.week for day in one.weekdays}) or weekdays_said(request) or open_days or WORKDAYS
    )
    is_edge = len(request.moments) == 1 and request.moments[0].open is not None and not request.weekdays
    if is_edge and open_days and set(days) == set(_ALL_DAYS):
        days = open_days  # «i stop at 5 every day»: on the days that there are
    days = tuple(day for day in days if day not in request.weekdays_out)
    said = _stretches_by_day(request, days)
    if Cue.PAUSE in request.cues and not is_closing:
        said = {day: _without_breaks(stretches) for day, stretches in said.items()}
    if not said and Cue.ONLY in request.cues and request.weekdays:  # «only mondays»: the other days go
        return _rows({day: _usual(schedule, day) for day in set(open_days) & set(request.weekdays)}) or None
    if (not said and not is_closing) or any(_overlap(stretches) for stretches in said.values()):
        return None
    if is_closing and not said and (Cue.PAUSE in request.cues or not weekdays_said(request)):
        return None  # nothing was named: that is not every day, and «block my lunch every day» is no whole day
    week: dict[int, list[Stretch]] = {day: _usual(schedule, day) for day in {*open_days, *days}}
    for day in days:
        usual, named = week[day], said.get(day, [])
        week[day] = _closed(usual, named) if is_closing else _opened(usual, named, request.moments, is_most=stays)
    if not is_closing:  # what is closed on the others, or by «nothing after 4», stays open on these
        out = () if Cue.NOTHING_THEN in request.cues else request.weekdays_out
        week = _without_excluded(week | {day: [] for day in out}, request.excluded, days)
    return _rows(week)


def _without_excluded(
    week: dict[int, list[Stretch]], excluded: tuple[Moment, ...], days: Iterable[int]
) -> dict[int, list[Stretch]]:
    """«9 to 5 except 12 to 1», «except friday afternoon»: the week without these hours."""
    for moment in excluded:
        if moment.hours is None:
            continue
        named = {day.weekday() for day in days_of(moment)} if moment.says_day else set(days)
        week |= {day: without(week.get(day, []), _stretch(moment)) for day in named}
    return week


def _stretches_by_day(request: HoursRequest, days: Iterable[int]) -> dict[int, list[Stretch]]:
    """Each stretch on the days that it was said with; on all of them where there is but one."""
    if request.week:
        return {day: [(one.start, one.end) for one in request.week if day in one.weekdays] for day in days}
    timed = [moment for moment in request.moments if moment.hours is not None and moment.hours.name != _THE_HOURS]
    stretches = list(dict.fromkeys(_stretch(moment) for moment in timed))
    if len(request.stretches) > len(stretches):
        stretches = list(request.stretches)
    elif len(stretches) > 1 and all(moment.days is not None and moment.says_day for moment in timed):
        by_day: dict[int, list[Stretch]] = {}
        for moment in timed:
            for day in days_of(moment):
                by_day.setdefault(day.weekday(), []).append(_stretch(moment))
        return by_day
    return dict.fromkeys(days, stretches) if stretches else {}


def _without_breaks(stretches: list[Stretch]) -> list[Stretch]:
    """«9 to 6 with lunch 12 to 1»: the stretch around it, without what lies within it."""
    left = stretches
    for inner in stretches:
        if any(one != inner and both([one], [inner]) == [inner] for one in stretches):
            left = [part for one in left if one != inner for part in without([one], inner)]
    return left


def _overlap(stretches: list[Stretch]) -> bool:
    """Whether two of them cannot both be hours of one day: it is not clear which is meant."""
    return any(both([one], [other]) for at, one in enumerate(stretches) for other in stretches[at + 1 :])


def _stretch(moment: Moment) -> Stretch:
    hours = moment.hours
    return (hours.start or MIDNIGHT, hours.end or MIDNIGHT) if hours is not None else (MIDNIGHT, MIDNIGHT)


def _usual(schedule: Schedule, day: int) -> list[Stretch]:
    return [(row.start, row.end) for row in schedule.hours if day in row.weekdays]


def _closed(usual: list[Stretch], named: list[Stretch]) -> list[Stretch]:
    for stretch in named:
        usual = without(usual, stretch)
    return usual if named else []


def _opened(
    usual: list[Stretch], named: list[Stretch], moments: tuple[Moment, ...], *, is_most: bool = False
) -> list[Stretch]:
    """What was named; a part of the day and what has no start or no end lie within the hours that there are.

    `is_most`: no more than that stays («nothing after 6»), so that a day that ends at 5 ends there.
    """
    vague = [
        _stretch(m)
        for m in moments
        if m.hours is not None and (m.hours.name not in {"", _THE_HOURS} or None in {m.hours.start, m.hours.end})
    ]
    usual = _stretched(usual, moments) if usual and not is_most else usual
    found: list[Stretch] = []
    for stretch in _evenings(usual, named, moments):
        found += (both(usual, [stretch]) if stretch in vague else []) or [stretch]
    return found


def _evenings(usual: list[Stretch], named: list[Stretch], moments: tuple[Moment, ...]) -> list[Stretch]:
    """«till 8» of a day that begins at 9 is eight in the evening."""
    ends = {m.hours.end for m in moments if m.hours is not None and m.open is Open.BEFORE and m.hours.start is None}
    is_early = [bool(usual) and one[0] == MIDNIGHT and one[1] in ends and one[1] <= usual[0][0] for one in named]
    return [
        (usual[0][0], end.replace(hour=end.hour + _HALF_DAY)) if early and end.hour < _HALF_DAY else (start, end)
        for early, (start, end) in zip(is_early, named, strict=True)
    ]


_HALF_DAY = 12


def _stretched(usual: list[Stretch], moments: tuple[Moment, ...]) -> list[Stretch]:
    """«i start at 8» where the day begins at 9, «until 6» where it ends at 5: the day reaches as far."""
    first, last = usual[0], usual[-1]
    for moment in moments:
        hours = moment.hours
        if hours is None or hours.name:
            continue
        if hours.end is None and hours.start is not None and moment.open is Open.AFTER:
            first = (min(first[0], hours.start), first[1])
        elif hours.start is None and hours.end is not None and moment.open is Open.BEFORE:
            last = (last[0], max(last[1], hours.end))
    if len(usual) == 1:
        return [(first[0], last[1])]
    return [first, *usual[1:-1], last]


def _rows(week: dict[int, list[Stretch]]) -> tuple[Hours, ...]:
    """The week as rows of working hours: days alike stand in one."""
    days_by_stretch: dict[Stretch, list[int]] = {}
    for day, stretches in sorted(week.items()):
        for stretch in stretches:
            days_by_stretch.setdefault(stretch, []).append(day)
    rows = [Hours(weekdays=tuple(days), start=start, end=end) for (start, end), days in days_by_stretch.items()]
    return tuple(sorted(rows, key=lambda row: (row.weekdays, row.start)))


def clocks_said(request: HoursRequest) -> tuple[tuple[time, time], ...]:
    """The stretches of the day: all that the text names, else as they were read in its times."""
    hours = [m.hours for m in request.moments if m.hours is not None and not (m.hours.name and request.stretches)]
    read = tuple((one.start, one.end) for one in hours if one.start and one.end)
    return request.stretches if len(request.stretches) > len(read) else tuple(dict.fromkeys(read)) or request.stretches


def weekdays_said(request: HoursRequest) -> tuple[int, ...]:
    """The weekdays meant, Monday being 0."""
    repeated = request.recurrence
    if request.weekdays and not repeated:
        return tuple(sorted(set(request.weekdays)))
    named = set(repeated.weekdays) if repeated is not None else set[int]()
    if not named and repeated is not None and repeated.frequency is Frequency.DAILY:
        named = set(_ALL_DAYS)
    for moment in request.moments:
        if not named and moment.days is not None and moment.says_day:
            span = (moment.days.last - moment.days.first).days
            named |= {(moment.days.first + timedelta(days=n)).weekday() for n in range(min(span, 6) + 1)}
    return tuple(sorted(named | set(request.weekdays)))


def days_said(request: HoursRequest) -> list[date]:
    """The dates of the calendar that were named, in their order."""
    return [day for moment in request.moments for day in days_of(moment)]


def days_of(moment: Moment) -> list[date]:
    """The dates of one moment; one more than fit on a card where there are too many."""
    if moment.days is None:
        return []
    span = min((moment.days.last - moment.days.first).days, MOST_DAYS_OFF + 1)
    return [moment.days.first + timedelta(days=n) for n in range(span + 1)]
