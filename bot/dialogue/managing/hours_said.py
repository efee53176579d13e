"""Which hours on which weekdays a text about working hours names, beyond the moments that were read from it."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.request.revise import says_day
from bot.language.meaning import Frequency

if TYPE_CHECKING:
    from bot.dialogue.families import HoursRequest

WORKDAYS = (0, 1, 2, 3, 4)
_ALL_DAYS = tuple(range(7))
_CLOCK = r"(\d{1,2})(?:[:.](\d\d))?\s*([ap]\.?m)?"
_STRETCH = re.compile(rf"\b{_CLOCK}\.?\s*(?:to|-|–|until|till)\s*{_CLOCK}\b", re.IGNORECASE)
_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b")
_EVERY = re.compile(
    r"\b(every|each|from now on|(mon|tues|wednes|thurs|fri|satur|sun)days|weekdays|weekends?"
    r"|(working|office|my|business) hours)\b",
    re.IGNORECASE,
)


def means_every_week(request: HoursRequest) -> bool:
    """Whether hours of every week are meant rather than those of one date."""
    return _EVERY.search(request.said) is not None or bool(_weekdays_named(request.said))


def clocks_said(request: HoursRequest) -> tuple[tuple[time, time], ...]:
    """The stretches of the day, as read; else as they stand in the text («10-18»)."""
    read = tuple((m.hours.start, m.hours.end) for m in request.moments if m.hours and m.hours.start and m.hours.end)
    return tuple(dict.fromkeys(read)) or tuple(filter(None, map(_stretch, _STRETCH.finditer(request.said))))


def _stretch(found: re.Match[str]) -> tuple[time, time] | None:
    start, end = (
        _clock(found.group(1), found.group(2), found.group(3)),
        _clock(found.group(4), found.group(5), found.group(6)),
    )
    if start is None or end is None:
        return None
    if end <= start and end.hour < 12 and not found.group(6):
        end = end.replace(hour=end.hour + 12)
    return (start, end) if start < end else None


def _clock(hour: str, minute: str | None, half: str | None) -> time | None:
    number = int(hour) % 12 + (12 if half.lower().startswith("p") else 0) if half else int(hour)
    return time(number, int(minute or 0)) if number < 24 and int(minute or 0) < 60 else None


def _weekdays_named(text: str) -> tuple[int, ...]:
    """«monday to thursday», «mon, wed and fri», «weekdays»."""
    lowered = text.lower()
    if re.search(r"\bweekdays?\b", lowered):
        return WORKDAYS
    found = [(match.start(), match.end(), _SHORT.index(match.group(1))) for match in _WEEKDAY.finditer(lowered)]
    days: list[int] = []
    for place, (start, _, day) in enumerate(found):
        before = found[place - 1] if place else None
        if before is not None and re.fullmatch(r"\s*(to|-|–|until|till|through|thru)\s*", lowered[before[1] : start]):
            days += range(before[2], day + 1)
        days.append(day)
    return tuple(sorted(set(days)))


def weekdays_said(request: HoursRequest) -> tuple[int, ...]:
    named_in_words = _weekdays_named(request.said)
    if named_in_words and not request.recurrence:
        return named_in_words
    repeated = request.recurrence
    named = set(repeated.weekdays) if repeated is not None else set[int]()
    if not named and repeated is not None and repeated.frequency is Frequency.DAILY:
        named = set(_ALL_DAYS)
    for moment in request.moments:
        if not named and moment.days is not None and says_day(moment):
            span = (moment.days.last - moment.days.first).days
            named |= {(moment.days.first + timedelta(days=n)).weekday() for n in range(min(span, 6) + 1)}
    return tuple(sorted(named))
