"""What is a time or a length only because we had just spoken of one: «make it 4», «no, 15», «ok the hour one», «friday 10».

The language room reads what a text says by itself; this file adds what it says as an answer.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.dialogue.revise import is_point, says_day
from bot.language.meaning import Grain, Hours, Moment, Open, Span
from bot.scheduling.times import wall_to_instant

if TYPE_CHECKING:
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Understanding

_NUMBER = re.compile(
    r"(?<![\w.:@/-])(after |from |before |by )?(\d{1,2})(?:[:.](\d\d))?(?![\w:@/-]|\.\d)", re.IGNORECASE
)
_HOUR = re.compile(r"\b(the|an|one|full|whole) hour\b|\bhour (one|long)\b|\b1h\b", re.IGNORECASE)
_HALF = re.compile(r"\bhalf( an)?[ -]hour\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)\w*", re.IGNORECASE)
_SOON = re.compile(r"\b(today|tonight|now|this)\b", re.IGNORECASE)
_SHORT = 8
"""Words; a longer text with a number in it is no answer."""


def as_answer(understanding: Understanding) -> Understanding:
    """The understanding with a bare number or «the hour one» read as an answer to what we offered."""
    u = understanding
    if u.moments or u.length or u.choice is not None or u.recurrence or len(u.text.split()) > _SHORT:
        return u
    if _HALF.search(u.text):
        return replace(u, length=timedelta(minutes=30))
    if _HOUR.search(u.text):
        return replace(u, length=timedelta(hours=1))
    found = _NUMBER.search(u.text)
    if found is None:
        return u
    number, minute = int(found.group(2)), int(found.group(3) or 0)
    if not found.group(3) and not found.group(1) and number >= 15 and number % 5 == 0 and number != 20:
        return replace(u, length=timedelta(minutes=number))
    moment = _clock(number, minute, found)
    return replace(u, moments=(moment,)) if moment is not None else u


def _clock(hour: int, minute: int, found: re.Match[str]) -> Moment | None:
    """A bare hour, in the part of the day that people meet in."""
    if hour > 23 or minute > 59:
        return None
    likely = hour + 12 if 1 <= hour <= 7 else hour
    clock = time(likely, minute)
    side = (found.group(1) or "").strip().lower()
    span = Span(found.start(), found.end())
    if side in {"before", "by"}:
        return Moment(span=span, grain=Grain.MINUTE, hours=Hours(start=None, end=clock), open=Open.BEFORE)
    return Moment(span=span, grain=Grain.MINUTE, hours=Hours(start=clock), open=Open.AFTER if side else None)


def next_week_when_past(understanding: Understanding, talk: Talk) -> Understanding:
    """«friday 10» said on a Friday at ten or later means the next one."""
    moments = tuple(_later(moment, understanding.text, talk) for moment in understanding.moments)
    return replace(understanding, moments=moments)


def _later(moment: Moment, text: str, talk: Talk) -> Moment:
    days, hours = moment.days, moment.hours
    if days is None or hours is None or hours.start is None or days.first != talk.today or days.last != talk.today:
        return moment
    said = text[moment.span.start : moment.span.end]
    if not says_day(moment) or not is_point(moment) or _SOON.search(text) or not _WEEKDAY.search(said):
        return moment
    if wall_to_instant(days.first, hours.start, talk.zone) > talk.now:
        return moment
    week = timedelta(days=7)
    return replace(moment, days=replace(days, first=days.first + week, last=days.last + week))
