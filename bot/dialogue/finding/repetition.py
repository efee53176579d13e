"""Dates of a repetition that was named, from its RRULE; small on purpose: days, weeks and months are what people say.

Not here: whether those dates are free (propose.py), and single dates (fill.py).
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.language.meaning import Recurrence

MOST_DATES = 12
"""More than a card can show at a glance."""
USUAL_DATES = 4
"""Proposed when no end was named."""
_WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_HORIZON = timedelta(days=370)


def dates_of(recurrence: Recurrence, first: date) -> tuple[date, ...]:
    """The dates from `first` on, at most `MOST_DATES`; empty when the rule cannot be read."""
    rule = _parts(recurrence.rule)
    wanted = recurrence.count or _number(rule.get("COUNT"), 0)
    until = recurrence.until or _day(rule.get("UNTIL", ""))
    limit = min(wanted or (MOST_DATES if until else USUAL_DATES), MOST_DATES)
    found: list[date] = []
    for day in _candidates(rule, first):
        if len(found) == limit or (until and day > until):
            break
        found.append(day)
    return tuple(found)


def has_end(recurrence: Recurrence) -> bool:
    """Whether it was said how often or until when."""
    rule = _parts(recurrence.rule)
    return bool(recurrence.count or recurrence.until or "COUNT" in rule or "UNTIL" in rule)


def clock_of(recurrence: Recurrence) -> time | None:
    """The wall time in the rule itself."""
    rule = _parts(recurrence.rule)
    hour, minute = rule.get("BYHOUR", ""), rule.get("BYMINUTE", "0")
    if not hour.isdecimal() or not minute.isdecimal() or int(hour) > 23 or int(minute) > 59:
        return None
    return time(int(hour), int(minute))


def _parts(rule: str) -> dict[str, str]:
    pairs = (piece.partition("=") for piece in rule.removeprefix("RRULE:").split(";"))
    return {name.strip().upper(): text.strip().upper() for name, _, text in pairs if text}


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 5 else default


def _day(text: str) -> date | None:
    plain = text.replace("-", "")[:8]
    if len(plain) != 8 or not plain.isdecimal():
        return None
    try:
        return date(int(plain[:4]), int(plain[4:6]), int(plain[6:8]))
    except ValueError:
        return None


def _candidates(rule: dict[str, str], first: date) -> Iterator[date]:
    step = max(_number(rule.get("INTERVAL"), 1), 1)
    weekdays = tuple(_WEEKDAYS[name[-2:]] for name in rule.get("BYDAY", "").split(",") if name[-2:] in _WEEKDAYS)
    day, last = first, _latest(first)
    while day <= last:
        if _fits(rule, first, day, step=step, weekdays=weekdays):
            yield day
        day += timedelta(days=1)


def _latest(first: date) -> date:
    return first + _HORIZON if (date.max - first) > _HORIZON else date.max - timedelta(days=1)


def _fits(rule: dict[str, str], first: date, day: date, *, step: int, weekdays: tuple[int, ...]) -> bool:
    match rule.get("FREQ"):
        case "DAILY":
            return (day - first).days % step == 0 and (not weekdays or day.weekday() in weekdays)
        case "WEEKLY":
            weeks = (_monday(day) - _monday(first)).days // 7
            return weeks % step == 0 and day.weekday() in (weekdays or (first.weekday(),))
        case "MONTHLY":
            months = (day.year - first.year) * 12 + day.month - first.month
            return months % step == 0 and _fits_month(rule, first, day, weekdays)
        case _:
            return False


def _fits_month(rule: dict[str, str], first: date, day: date, weekdays: tuple[int, ...]) -> bool:
    if "BYMONTHDAY" in rule:
        return str(day.day) in rule["BYMONTHDAY"].split(",")
    if not weekdays:
        return day.day == first.day
    if day.weekday() not in weekdays:
        return False
    position = rule.get("BYSETPOS") or "".join(c for c in rule.get("BYDAY", "").split(",")[0] if c in "+-0123456789")
    if not position:
        return True
    if position.startswith("-"):
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == _number(position.lstrip("+"), 1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
