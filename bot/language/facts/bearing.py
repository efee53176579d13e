"""What the times of a fact do to the times of the wish: they go, they bound it, or they say nothing.

«i'm at the dentist thursday» takes thursday out, «my train is at 5» everything from 5 on, «my flight lands at 2» everything
before 2. «… what's free before» looks in front of what was told. A wish that names day and clock keeps them whatever is told.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.facts.fact import Bearing, Fact
from bot.language.facts.words import fact_words
from bot.language.locales.translation import in_english
from bot.language.meaning import Days, Grain, Hours, Intent, Moment, Open
from bot.language.normalise import Utterance
from bot.language.signs import Cue
from bot.language.times.moments import read_moments
from bot.scheduling.replacing import replace
from bot.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.language.meaning import Reference
    from bot.language.times.moments import TimesRead

_LONGEST = timedelta(hours=1)
"""How long a thing is taken to go on whose end was not told."""
_ONWARD = 13
"""Days for which somebody is away who said only from when on."""
_MOST_DAYS = 4
"""Days that are looked at where somebody is there on some weekdays only."""
_WEEKS = 8
"""Weeks for which what comes back every week is kept clear."""
_WEEKLY = "every week"
_DAY = timedelta(days=1)


class Told(NamedTuple):
    """A fact with its times, and where «before» or «after» in the rest points at it."""

    fact: Fact
    moments: tuple[Moment, ...]
    gone: tuple[Moment, ...]
    """The times at which nobody is to be met."""
    kept: tuple[Moment, ...] = ()
    """The only days of each week on which somebody is there."""
    is_undone: bool = False
    """«my 2pm thursday got cancelled»: told of what was, and of a time that is free by that."""

    @property
    def tells_day(self) -> bool:
        """Whether a clock beside it can be of its day."""
        return self.fact.bearing is not Bearing.PAST or self.is_undone


def told_in(
    utterance: Utterance, facts: Sequence[Fact], reference: Reference, language: str, *, is_alone: bool = False
) -> tuple[Told, ...]:
    """The facts that name a time, with what goes of it. Said alone, «i'm free friday after 3» is when it is to be."""
    today = reference.now.astimezone(reference.zone).date()
    read = [read_moments(in_english(_cut(utterance, fact), language), reference) for fact in facts]
    named = _of_one_day([_named(one) for one in read])
    found = []
    for fact, times, moments in zip(facts, read, named, strict=True):
        weekly = _every_week(times, today)
        if fact.bearing in {Bearing.OPEN, Bearing.ONLY}:
            is_meant = is_alone or fact.bearing is Bearing.ONLY
            kept = weekly or (_placed(moments) if is_meant else ())
            said = kept or (() if _is_beside_own(utterance, fact, language) else moments)
            found += [Told(fact, said, (), kept)] if said else []
            continue
        is_undone = not fact_words(language).undone.isdisjoint(utterance.words[fact.start : fact.end])
        if moments or times.excluded or is_undone:
            said = weekly or moments or times.excluded
            bearings = _bearings(utterance, fact, said, language)
            gone = tuple(one for moment in said for one in _gone(moment, bearings[moment], today))
            found.append(Told(fact, said, gone, is_undone=is_undone))
    return tuple(found)


def _is_beside_own(utterance: Utterance, fact: Fact, language: str) -> bool:
    """«i'm free after my 2pm»: when that ends was not told."""
    words, known = utterance.words[fact.start : fact.end], fact_words(language)
    pairs = pairwise(words)
    return any(word in known.before | known.after and behind in known.owners for word, behind in pairs)


def _named(read: TimesRead) -> tuple[Moment, ...]:
    return (*((read.from_moment,) if read.from_moment is not None else ()), *read.moments)


def _of_one_day(named: Sequence[tuple[Moment, ...]]) -> list[tuple[Moment, ...]]:
    """«i land at 9 and leave at 5 on thursday»: both of that day."""
    days = {moment.days for moments in named for moment in moments if moment.says_day}
    day = days.pop() if len(days) == 1 else None
    if day is None or day.first != day.last:
        return list(named)
    return [tuple(one if one.says_day or one.exact else replace(one, days=day) for one in each) for each in named]


def _bearings(utterance: Utterance, fact: Fact, said: Sequence[Moment], language: str) -> dict[Moment, Bearing]:
    """«i land at 9 and leave at 5»: what each time says where a clause holds both, by the verb in front of it."""
    words, known = utterance.words[fact.start : fact.end], fact_words(language)
    if fact.bearing not in {Bearing.COMES, Bearing.LEAVES} or known.comes.isdisjoint(words) or len(said) < _PAIR:
        return dict.fromkeys(said, fact.bearing)
    verbs = {
        utterance.starts[fact.start + at]: Bearing.COMES if word in known.comes else Bearing.LEAVES
        for at, word in enumerate(words)
        if word in known.comes | known.leaves
    }
    behind = {moment: [place for place in verbs if place < moment.span.start] for moment in said}
    return {moment: verbs[max(places)] if places else fact.bearing for moment, places in behind.items()}


_PAIR = 2


def beside_clock(told: Sequence[Told], times: TimesRead) -> tuple[Told, ...]:
    """The facts without those that say when somebody is free, unless the wish names a clock of its own.

    «i'm free from 2 on thursday, book kim at 3»: only told; in «i'm free thursday at 3, book kim» it is when.
    """
    if times.recurrence is None and any(_is_clock(moment) for moment in times.moments):
        return tuple(told)
    return tuple(one for one in told if one.gone or one.kept or one.fact.bearing is not Bearing.OPEN)


def _placed(moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """«next week only tuesday and wednesday»: those of that week."""
    runs = [one.days for one in moments if one.days is not None and one.days.last > one.days.first]
    days = tuple(one for one in moments if one.days not in runs)
    return tuple(_in_run(one, runs[0]) for one in days) if len(runs) == 1 and days else moments


def is_told(told: Sequence[Told], times: TimesRead) -> bool:
    """Whether the facts stand beside a wish that has a time of its own, or take some away: what was is no time of either."""
    is_timed = bool(times.moments or times.recurrence or times.from_moment) or (times.covered and times.length is None)
    return is_timed or any(one.gone or one.kept or one.is_undone for one in told)


def on_told_days(told: Sequence[Told], times: TimesRead, *, moves: bool = False) -> TimesRead:
    """The times of a wish on the days that a fact tells.

    «sam is only in on tuesdays, …» where the wish names no day that is more exact; «tomorrow morning i'm in meetings, book kim
    in the afternoon» where it names a part of a day alone, «i have the dentist thursday at 9, book kim at 11» where it names
    a clock, unless it moves a meeting, which has a day of its own.
    """
    kept = tuple(moment for one in told for moment in one.kept)
    if not kept:
        return _on_its_day(told, times, moves=moves)
    days = _days_wanted(kept, times)
    hours_of = {one.days: one for one in kept if one.hours is not None}
    if not days and any(one.days in hours_of and one.hours is None for one in times.moments):
        on_day = (hours_of[one.days] if one.hours is None and one.days in hours_of else one for one in times.moments)
        return times._replace(moments=tuple(on_day))  # «fridays i only work until 1, find something on friday»
    if not times.moments or times.recurrence is not None:
        return times._replace(moments=kept[:_MOST_DAYS]) if times.recurrence is None else times
    if all(not one.says_day for one in kept):  # «tomorrow …, i'm only at my desk from 2»
        wished = [one for one in times.moments if one.hours is None]
        return times._replace(moments=tuple(replace(kept[0], days=one.days) for one in wished)) if wished else times
    hours = next((moment for moment in times.moments if moment.hours is not None), None)
    return times._replace(moments=tuple(replace(hours or one, days=one.days) for one in days)) if days else times


def _days_wanted(kept: tuple[Moment, ...], times: TimesRead) -> list[Moment]:
    """Those of the told days that lie in the run of days of the wish; all where it names none; none where it names one."""
    runs = [m.days for m in times.moments if m.days is not None and m.days.last > m.days.first and m.says_day]
    if any(one.says_day for one in times.moments) and len(runs) != 1:
        return []
    placed = [_in_run(one, runs[0]) if runs else one for one in kept]
    fits = [one for one in placed if one.days and (not runs or runs[0].first <= one.days.first <= runs[0].last)]
    return fits[:_MOST_DAYS]


def _on_its_day(told: Sequence[Told], times: TimesRead, *, moves: bool) -> TimesRead:
    """A part of a day, or a clock beside one that was told, is of the day that the facts tell."""
    if not times.moments or times.recurrence is not None:
        return times
    if any(one.hours is None or one.says_day or one.exact is not None for one in times.moments):
        return times
    is_part = all(one.hours is not None and one.hours.name and one.hours.end for one in times.moments)
    days = {moment.days for one in told for moment in one.moments if moment.says_day and (one.gone or not is_part)}
    if not is_part:
        fits = (moment.days for one in told for moment in one.moments if _may_hold(one, moment, times.moments[0]))
        day = next(fits, None)
        days = {day} if day is not None and not moves and all(one.tells_day for one in told) else set()
    if len(days) != 1:
        return times
    day = days.pop()
    return times._replace(moments=tuple(replace(one, days=day) for one in times.moments))


def _may_hold(told: Told, moment: Moment, clock: Moment) -> bool:
    """Whether a clock can be meant on the day that is told: of which some hours are spoken of, or all of them are free."""
    days, hours, at = moment.days, moment.hours, clock.hours.start if clock.hours is not None else None
    if days is None or at is None or not moment.says_day or days.first != days.last:
        return False
    if hours is None or told.fact.bearing is not Bearing.OPEN:
        return hours is not None or told.fact.bearing is Bearing.OPEN
    start, end = hours.start or time.min, hours.end or time.max
    return start <= at < end or (moment.open is None and hours.end is None)


def without_told(gone: Sequence[Moment], times: TimesRead, today: date) -> tuple[Moment, ...]:
    """What of the told times the wish has to keep clear of: nothing where it names a clock; on its days, else today."""
    if times.recurrence is not None:
        return ()
    points = [moment for moment in times.moments if _is_point(moment)]
    if points:
        return tuple(one for one in gone if one.says_day and not any(_meets(one, moment) for moment in points))
    is_dated = any(moment.says_day for moment in times.moments)
    runs = [m.days for m in times.moments if m.days is not None and m.days.last > m.days.first and m.says_day]
    gone = [_in_run(one, runs[0]) if len(runs) == 1 else one for one in gone]
    return tuple(one if is_dated or one.says_day else _pinned(one, today) for one in gone)


def _meets(gone: Moment, moment: Moment) -> bool:
    """Whether both are of one day."""
    here, there = gone.days, moment.days
    return here is None or there is None or (here.first <= there.last and there.first <= here.last)


def _in_run(gone: Moment, run: Days) -> Moment:
    """«next week …, i'm out on thursday»: the thursday of that week."""
    days = gone.days
    if (
        days is None
        or days.first != days.last
        or (gone.rule not in _BARE_WEEKDAYS and not gone.rule.startswith("weekday +"))
    ):
        return gone
    first = run.first + timedelta(days=(days.first - run.first).days % 7)
    return replace(gone, days=replace(days, first=first, last=first)) if first <= run.last else gone


_BARE_WEEKDAYS = frozenset(("weekday", "weekdays"))


def _cut(utterance: Utterance, fact: Fact) -> Utterance:
    """The words of the clause alone; spans still point into the whole."""
    atoms = {index - fact.start: atom for index, atom in utterance.atoms.items() if fact.start <= index < fact.end}
    glue = utterance.glue
    return Utterance(
        utterance.text,
        utterance.words[fact.start : fact.end],
        utterance.starts[fact.start : fact.end],
        utterance.ends[fact.start : fact.end],
        utterance.language,
        atoms,
        frozenset(index - fact.start for index in glue if fact.start <= index < fact.end) if glue is not None else None,
    )


def _every_week(read: TimesRead, today: date) -> tuple[Moment, ...]:
    """«on tuesdays i'm at school»: each of the next ones."""
    repeat = read.recurrence
    if repeat is None or not repeat.weekdays or not read.moments:
        return ()
    first = read.moments[0]
    clock = next((one for one in read.moments if one.hours is not None), first)
    first = replace(first, hours=clock.hours, open=clock.open, grain=clock.grain)
    starts = [today + timedelta(days=(day - today.weekday()) % 7) for day in repeat.weekdays]
    days = [start + timedelta(weeks=week) for start in starts for week in range(_WEEKS)]
    return tuple(replace(first, days=Days(first=day, last=day), rule=_WEEKLY) for day in sorted(days))


def _gone(moment: Moment, bearing: Bearing, today: date) -> tuple[Moment, ...]:
    if bearing is Bearing.PAST:
        return ()
    if moment.exact is not None:
        return () if bearing not in {Bearing.BUSY, Bearing.AWAY} else (moment,)
    match bearing:
        case Bearing.AWAY if moment.hours is not None and moment.hours.end is None and moment.open is None:
            return _from_then(moment)
        case Bearing.LEAVES:
            return _from_then(moment)
        case Bearing.COMES:
            return _until_then(moment, today)
        case _:
            return _busy(moment, today)


def _busy(moment: Moment, today: date) -> tuple[Moment, ...]:
    hours, days = moment.hours, moment.days
    if moment.open is Open.BEFORE and days is not None and (hours is None or moment.says_day):
        until = days.last - _DAY if hours is not None else days.last
        return (*_days(moment, today, until), *((moment,) if hours is not None else ()))
    if moment.open is Open.AFTER and hours is None and days is not None:
        return _days(moment, days.first, days.first + _DAY * _ONWARD)
    if hours is not None and hours.end is None and moment.open is None and hours.start is not None:
        return (replace(moment, hours=replace(hours, end=_later(hours.start))),)
    return (moment,)


def _later(clock: time) -> time:
    return (datetime.combine(date.min, clock) + _LONGEST).time()


def _from_then(moment: Moment) -> tuple[Moment, ...]:
    """From that clock on; where a day was named, the rest of its week as well."""
    hours, days = moment.hours, moment.days
    clock = (hours.start or hours.end) if hours is not None else None
    is_dated = days is not None and moment.says_day and moment.rule != _WEEKLY
    left = _days(moment, days.last + _DAY, days.last + _DAY * (6 - days.last.weekday())) if days and is_dated else ()
    if clock is None:
        return left
    return (replace(moment, hours=Hours(start=clock), open=Open.AFTER), *left)


def _until_then(moment: Moment, today: date) -> tuple[Moment, ...]:
    hours, days = moment.hours, moment.days
    clock = (hours.start or hours.end) if hours is not None else None
    is_dated = days is not None and moment.says_day and moment.rule != _WEEKLY
    before = _days(moment, today, days.first - _DAY) if days and is_dated else ()
    if clock is None:
        return before
    return (*before, replace(moment, hours=Hours(start=None, end=clock), open=Open.BEFORE))


def _days(moment: Moment, first: date, last: date) -> tuple[Moment, ...]:
    if last < first:
        return ()
    return (replace(moment, days=Days(first=first, last=last), hours=None, open=None, grain=Grain.DAY),)


def clear_of(gone: Sequence[Moment], times: TimesRead, intent: Intent, cues: Collection[Cue]) -> TimesRead:
    """The times of a wish that seeks one, without those that facts beside it take away."""
    if intent in _BLIND or Cue.ALL in cues:
        return times
    return times._replace(excluded=(*times.excluded, *gone))


_BLIND = frozenset((Intent.CANCEL, Intent.TIME_OFF, Intent.SET_HOURS, Intent.REMIND))
"""Wishes that keep clear of nothing that is told beside them."""


def _is_clock(moment: Moment) -> bool:
    hours = moment.hours
    return hours is not None and hours.start is not None and moment.open is None and not hours.name


def _is_point(moment: Moment) -> bool:
    hours = moment.hours
    if moment.exact is not None:
        return moment.open is None
    days = moment.days
    if days is not None and days.first != days.last:
        return False  # «this week between 10 and 12»
    return hours is not None and hours.start is not None and moment.open is None and not hours.name and moment.says_day


def _pinned(moment: Moment, today: date) -> Moment:
    if moment.hours is None:
        return moment
    return replace(moment, days=Days(first=today, last=today))
