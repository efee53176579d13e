"""What a text about working hours names: weekdays and stretches of the day, in the text as told in English."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.language.lexicon import NOTHING, lexicon_for
from bot.language.meaning import SaidHours, SaidWeekday, Span
from bot.language.signs import Cue
from bot.language.triggers import DIGITS, trigger
from bot.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.meaning import Sign
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_CLOCK = r"(\d{1,2})(?: ?[:.] ?(\d\d))?(?: ?o'clock)?(?: ?([ap])[ .]*m\b)?"
_STRETCH = re.compile(rf"(?<![\d/.:]){_CLOCK}\.?(?: at lunch)? ?(?:to|-|–|until|till|and) ?{_CLOCK}(?![\d/:])")
_HALF = re.compile(
    rf"(?<![\w:])(?P<side>until|till|from) (?:around |about )?{_CLOCK}(?!(?: ?o'clock)? ?(?:to|-|–|until|till)\b)(?![\d/:])"
)
"""«until 2», «from 10»: but one end of a stretch."""
_WORKDAYS = (0, 1, 2, 3, 4)
_WEEK = 7
_RANGE = frozenset(("to", "-", "until", "till", "through", "thru"))
_MOST = 80


_ALL_WORKDAYS = frozenset(("weekdays", "weekday", "workdays"))


def _is_on_weekdays(word: str) -> bool:
    senses = lexicon_for("en").words.get(word, NOTHING)
    return "weekday" in senses or "weekdays" in senses or word in _ALL_WORKDAYS


_ON_WEEKDAYS = trigger(_is_on_weekdays)


def weekdays_named(told: Utterance) -> tuple[SaidWeekday, ...]:
    """Every weekday named, in order; «sunday to thursday» are five, «weekdays» too."""
    return tuple([said for _, said in _weekdays(told)])


def weekdays_held(named: tuple[SaidWeekday, ...], times: TimesRead) -> tuple[SaidWeekday, ...]:
    """Those that a text that corrects itself still speaks of: «fridays, no, thursdays»."""
    held = set(times.recurrence.weekdays) if times.recurrence is not None else set[int]()
    for moment in (*times.moments, *times.excluded):
        if moment.days is not None and moment.says_day:
            span = (moment.days.last - moment.days.first).days
            held |= {(moment.days.first + timedelta(days=n)).weekday() for n in range(min(span, _WEEK - 1) + 1)}
    return tuple(said for said in named if said.day in held) or named


def _weekdays(told: Utterance) -> list[tuple[int, SaidWeekday]]:
    """Every weekday named, with its word's place."""
    if not told.triggers & _ON_WEEKDAYS:
        return []
    known = lexicon_for("en").words
    found: list[tuple[int, SaidWeekday]] = []
    last = -1
    for index in told.where(_ON_WEEKDAYS):
        if index >= _MOST:
            break
        word = told.words[index]
        senses = known.get(word, NOTHING)
        span = Span(told.starts[index], told.ends[index])
        if word in _ALL_WORKDAYS:
            found += [(index, SaidWeekday(day=day, span=span)) for day in _WORKDAYS]
            continue
        day = senses.get("weekday", senses.get("weekdays"))
        if not isinstance(day, int):
            continue
        is_range = last >= 0 and index == last + 2 and told.words[last + 1] in _RANGE
        if is_range and found:
            first = found[-1][1].day
            inside = range(1, (day - first) % _WEEK)
            found += [(index, SaidWeekday(day=(first + step) % _WEEK, span=span)) for step in inside]
        is_this = index > 0 and told.words[index - 1] == "this"
        found.append((index, SaidWeekday(day=day, span=span, is_this=is_this)))
        last = index
    return found


def only_weekdays(told: Utterance, named: tuple[SaidWeekday, ...], signs: tuple[Sign, ...]) -> tuple[int, ...]:
    """The days that go with «only mon to thu, 8 to 16»; none for «fridays only till 2»."""
    only = next((sign.span for sign in signs if sign.cue is Cue.ONLY), None)
    if only is None or not named:
        return ()
    first = min(said.span.start for said in named)
    between = [word for word, start in zip(told.words, told.starts, strict=True) if only.end <= start < first]
    known = lexicon_for("en").words
    behind = [word for word, start in zip(told.words, told.starts, strict=True) if start < only.start][-1:]
    if behind and not _OF_DAYS.isdisjoint(known.get(behind[0], NOTHING)):
        return ()  # «mornings only on mondays»
    is_timed = any(word[:1].isdigit() or not _OF_DAYS.isdisjoint(known.get(word, NOTHING)) for word in between)
    if only.end > first or len(between) > _BETWEEN or is_timed:
        return ()
    kept = {said.day for said in named}
    return tuple(day for day in range(_WEEK) if day not in kept)


_OF_DAYS = frozenset(("part", "parts", "clockword", "number", "meridiem"))
_BETWEEN = 3
"""Words that may stand between «only» and its weekdays: «only in on», «only work from»."""
_TYING = trigger(lambda word: word in ("to", "-", "–", "until", "till", "and"))


def stretches_named(told: Utterance) -> tuple[tuple[time, time], ...]:
    """Every stretch of the day: «9 to 1 and 2 to 5» are two."""
    return tuple(dict.fromkeys(stretch for _, stretch in _stretches(told)))


def _stretches(told: Utterance) -> list[tuple[int, tuple[time, time]]]:
    """Every stretch of the day, with the place of its first word."""
    if not (told.triggers & DIGITS and told.triggers & _TYING):
        return []
    figures = (*told.where(DIGITS), *(at for at, word in enumerate(told.words[:_MOST]) if word in _NOON))
    if len(figures) < 2 or sorted(figures)[1] >= _MOST:
        return []
    text = _counted(told)
    read = ((text.count(" ", 0, found.start()), _stretch(found)) for found in _STRETCH.finditer(text))
    return [(place, stretch) for place, stretch in read if stretch is not None]


_NOON = frozenset(("noon", "midday"))


def _counted(told: Utterance) -> str:
    """The words, one blank apart, with noon as its figure."""
    return " ".join("12" if word in _NOON else word for word in told.words[:_MOST])


def _halves(told: Utterance, whole: list[tuple[int, tuple[time, time]]]) -> list[tuple[int, tuple[time, time]]]:
    """«8 to 4, fridays only until 12»: a stretch of which but one end is said has the other of the one in front of it."""
    text = _counted(told)
    found: list[tuple[int, tuple[time, time]]] = []
    for match in _HALF.finditer(text):
        place = text.count(" ", 0, match.start())
        before = next((stretch for at, stretch in reversed(whole) if at < place), None)
        clock = _clock(match[2], match[3], match[4])
        if before is None or clock is None or _follows_clock(told, place):
            continue
        start, end = (clock, before[1]) if match["side"] == "from" else (before[0], clock)
        if end <= start and end.hour < _HALF_DAY and not match[4]:
            end = end.replace(hour=end.hour + _HALF_DAY)
        if start < end:
            found.append((place, (start, end)))
    return found


_HALF_DAY = 12


def _follows_clock(told: Utterance, place: int) -> bool:
    """Whether the word in front belongs to a clock: «9 until 2» is a whole stretch."""
    before = told.words[place - 1] if place else ""
    return before[:1].isdigit() or before in {"am", "pm", "a", "p", "o'clock", *_NOON}


def week_named(told: Utterance) -> tuple[SaidHours, ...]:
    """«mon to thu 9 to 5, fri 9 to 1»: which hours on which weekdays; empty where all of them share their hours."""
    stretches = _stretches(told)
    stretches = sorted((*stretches, *_halves(told, stretches))) if stretches else stretches
    if len(stretches) < 2:
        return ()
    said: list[tuple[int, SaidWeekday | tuple[time, time]]] = sorted(
        [*_weekdays(told), *stretches], key=lambda one: one[0]
    )
    if not isinstance(said[0][1], SaidWeekday):
        said.reverse()  # «9 to 5 mon to thu and 9 to 1 on friday»
    found: list[SaidHours] = []
    days: list[int] = []
    is_listing = True
    for _, one in said:
        if isinstance(one, SaidWeekday):
            days = [*days, one.day] if is_listing else [one.day]
        elif days:
            found.append(SaidHours(weekdays=tuple(sorted(set(days))), start=one[0], end=one[1]))
        is_listing = isinstance(one, SaidWeekday)
    return tuple(found) if len({one.weekdays for one in found}) > 1 else ()


_PARTING = frozenset((",", ";", ".", "but", "then", "\n"))
_JOINING = frozenset(("and", "&", "+"))
_GOING = frozenset((Cue.OFF, Cue.CLOSES))


class _Clause(NamedTuple):
    """One part of a text about hours: its weekdays, its stretches, whether they go, and what stands in front of it."""

    days: tuple[int, ...]
    stretches: tuple[tuple[time, time], ...]
    goes: bool
    joined: bool


def opened_and_closed(told: Utterance, signs: Collection[Sign]) -> tuple[tuple[SaidHours, ...], tuple[int, ...]] | None:
    """«close mondays and add sundays 10 to 4»: the hours of some weekdays, and the others that go; None for any other text."""
    opened: list[SaidHours] = []
    closed: list[int] = []
    clauses = _clauses(told, signs)
    pending: tuple[int, ...] = ()
    for at, (days, stretches, goes, _) in enumerate(clauses):
        if goes and stretches:
            return None
        named = (*pending, *days)
        follows = clauses[at + 1].joined if at + 1 < len(clauses) else None
        if not (goes or stretches):  # days alone: of what stands behind them, or of what was said before
            is_more = at > 0 and clauses[at - 1].goes and clauses[at].joined and follows is not True
            closed += named if is_more else ()
            pending = () if is_more else named
            continue
        pending = ()
        if not named:
            return None
        closed += named if goes else ()
        opened += [SaidHours(weekdays=tuple(sorted(set(named))), start=start, end=end) for start, end in stretches]
    gone = tuple(dict.fromkeys(closed))
    is_plain = bool(opened and gone) and not pending and not any(set(gone) & set(one.weekdays) for one in opened)
    return (tuple(opened), gone) if is_plain else None


def _clauses(told: Utterance, signs: Collection[Sign]) -> list[_Clause]:
    """The parts between commas and «and»s that hold anything."""
    spans = [sign.span for sign in signs if sign.cue is Cue.AND]
    goes = {sign.span.start for sign in signs if sign.cue in _GOING}
    days, stretches = _weekdays(told), _stretches(told)
    found: list[_Clause] = []
    first, joined = 0, False
    size = min(len(told.words), _MOST)
    for at in range(size + 1):
        word = told.words[at] if at < size else "."
        start = told.starts[at] if at < size else -1
        is_joining = word in _JOINING or (word not in _PARTING and any(one.start == start for one in spans))
        if not (is_joining or word in _PARTING):
            continue
        clause = _Clause(
            tuple(said.day for place, said in days if first <= place < at),
            tuple(one for place, one in stretches if first <= place < at),
            any(told.starts[place] in goes for place in range(first, at)),
            joined,
        )
        if clause.days or clause.stretches or clause.goes:
            found.append(clause)
            joined = is_joining
        first = at + 1
    return found


def _stretch(found: re.Match[str]) -> tuple[time, time] | None:
    start, end = _clock(found[1], found[2], found[3]), _clock(found[4], found[5], found[6])
    if start is None or end is None:
        return None
    if end <= start and end.hour < 12 and not found[6]:
        end = end.replace(hour=end.hour + 12)
    if not found[3] and not found[6] and end.hour < 8 and end > start:
        start, end = start.replace(hour=start.hour + 12), end.replace(hour=end.hour + 12)  # «2 to 5» of a working day
    return (start, end) if start < end else None


def _clock(hour: str, minute: str | None, half: str | None) -> time | None:
    number = int(hour) % 12 + (12 if half == "p" else 0) if half else int(hour)
    return time(number, int(minute or 0)) if number < 24 and int(minute or 0) < 60 else None
