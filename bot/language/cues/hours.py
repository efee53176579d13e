"""What a text about working hours names: weekdays and stretches of the day, in the text as told in English; and where a day of
somebody begins or ends («i start at 11 tomorrow», «i leave at 3 on fridays»).
"""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING

from bot.language.lexicon import NOTHING, lexicon_for
from bot.language.meaning import Intent, Open, SaidHours, SaidWeekday, Span
from bot.language.signs import Cue
from bot.language.triggers import DIGITS, trigger
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.language.entities.reading import EntitiesRead
    from bot.language.intents.finding import IntentRead
    from bot.language.meaning import Moment, Reference, Sign
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_CLOCK = r"(\d{1,2})(?: ?[:.] ?(\d\d))?(?: ?o'clock)?(?: ?([ap])[ .]*m\b)?"
_STRETCH = re.compile(rf"(?<![\d/.:]){_CLOCK}\.? ?(?:to|-|–|until|till|and) ?{_CLOCK}(?![\d/:])")
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
        found.append((index, SaidWeekday(day=day, span=span)))
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
    figures = told.where(DIGITS)[:2]
    if len(figures) < 2 or figures[1] >= _MOST:
        return []
    text = " ".join(told.words[:_MOST])
    read = ((text.count(" ", 0, found.start()), _stretch(found)) for found in _STRETCH.finditer(text))
    return [(place, stretch) for place, stretch in read if stretch is not None]


def week_named(told: Utterance) -> tuple[SaidHours, ...]:
    """«mon to thu 9 to 5, fri 9 to 1»: which hours on which weekdays; empty where all of them share their hours."""
    stretches = _stretches(told)
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


EDGES = frozenset((Cue.BEGINS_DAY, Cue.ENDS_DAY))
_ASKING = frozenset((Cue.QUESTION, Cue.ASKS_FREE, Cue.STANDING, Cue.FOLLOWS, Cue.MESSAGES, Cue.CANCELS, Cue.MOVES))
_LOOSELY = frozenset(
    (
        *(Intent.OUT_OF_SCOPE, Intent.FIND_SLOTS, Intent.BOOK, Intent.RESCHEDULE, Intent.TIME_OFF, Intent.SET_HOURS),
        *(Intent.HOLD, Intent.LIST_BOOKINGS, Intent.CHANGE_PROFILE, Intent.SHOW_HOURS),
    )
)
"""What such a text may be read as by its other words."""


def hours_by_edge(
    found: IntentRead, times: TimesRead, signs: tuple[Sign, ...], reference: Reference, entities: EntitiesRead
) -> tuple[IntentRead, TimesRead] | None:
    """Hours that begin or end at the one clock time named, said by itself of a day; None for any other text."""
    times = _without_word(times, signs)
    clocked = [one for one in times.moments if one.hours is not None]
    names_somebody = entities.people or entities.emails or entities.mentions or entities.named_type or entities.topic
    if len(clocked) != 1 or names_somebody or reference.options or found.intent not in _LOOSELY:
        return None
    if times.length is not None or any(sign.cue in _ASKING for sign in signs):
        return None
    ends = any(sign.cue is Cue.ENDS_DAY for sign in signs)
    edge = _edge(clocked[0], ends=ends)
    if edge is None or not (edge.days or len(times.moments) > 1 or times.recurrence is not None):
        return None
    moments = tuple(edge if one is clocked[0] else one for one in times.moments)
    trace = (*found.trace, f"intent set_hours: where a day {'ends' if ends else 'begins'}")
    return found._replace(intent=Intent.SET_HOURS, trace=trace), times._replace(moments=moments, excluded=())


def _without_word(times: TimesRead, signs: tuple[Sign, ...]) -> TimesRead:
    """«mache um 14 uhr feierabend»: the word that ends the sign is no time of its own."""
    ends = {sign.span.end for sign in signs if sign.cue in EDGES}
    kept = tuple(one for one in times.moments if one.span.end not in ends or one.hours is None)
    return times._replace(moments=kept) if kept and len(kept) < len(times.moments) else times


def _edge(moment: Moment, *, ends: bool) -> Moment | None:
    """The hours up to that clock time, or from it on; None where a stretch with both ends was named."""
    hours = moment.hours
    if hours is None or (hours.start is not None and hours.end is not None):
        return None
    clock = hours.start or hours.end
    start, end = (None, clock) if ends else (clock, None)
    return replace(
        moment, hours=replace(hours, start=start, end=end, other=None), open=Open.BEFORE if ends else Open.AFTER
    )
