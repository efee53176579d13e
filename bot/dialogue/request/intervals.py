"""Moments as said → intervals of time, for every room that asks a provider about them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.scheduling.times import Interval, find_zone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment

_FAR = timedelta(days=730)
"""Nobody plans further; a window beyond is a misreading."""


def windows_of(moments: Iterable[Moment], talk: Talk, zone: ZoneInfo) -> tuple[Interval, ...]:
    """The windows of all these moments, in their order."""
    return tuple(window for moment in moments for window in windows_of_one(moment, talk, zone))


def hull_of(moments: Iterable[Moment], talk: Talk, zone: ZoneInfo) -> Interval | None:
    """From the beginning of the first to the end of the last; None when no time was named."""
    windows = windows_of(moments, talk, zone)
    if not windows:
        return None
    return Interval(min(window.start for window in windows), max(window.end for window in windows))


def windows_of_one(moment: Moment, talk: Talk, zone: ZoneInfo) -> tuple[Interval, ...]:
    """The windows of one moment; a clock without a day means its next occurrence."""
    place = find_zone(moment.zone) or zone
    today = talk.now.astimezone(place).date()
    try:
        windows = moment.windows(today, place)
        if moment.days is None and moment.exact is None and all(window.end <= talk.now for window in windows):
            windows = moment.windows(today + timedelta(days=1), place)
    except (OverflowError, ValueError):
        return ()
    return tuple(window for window in windows if abs(window.start - talk.now) < _FAR)
