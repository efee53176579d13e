"""Moments as said → intervals of time, for every room that asks a provider about them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.meaning import Open
from bot.scheduling.replacing import replace
from bot.scheduling.times import Interval, find_zone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from zoneinfo import ZoneInfo

    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment

_FAR = timedelta(days=730)
"""Nobody plans further; a window beyond is a misreading."""
_ON = timedelta(days=13)
"""How far «after wednesday» reaches where times are looked for."""


def windows_of(moments: Iterable[Moment], talk: Talk, zone: ZoneInfo) -> tuple[Interval, ...]:
    """The windows of all these moments, in their order."""
    windows: list[Interval] = []
    for moment in moments:
        windows += windows_of_one(moment, talk, zone)
    return tuple(windows)


def hull_of(moments: Iterable[Moment], talk: Talk, zone: ZoneInfo) -> Interval | None:
    """From the beginning of the first to the end of the last; None when no time was named."""
    windows = windows_of(moments, talk, zone)
    if not windows:
        return None
    return Interval(min(window.start for window in windows), max(window.end for window in windows))


def is_open_days(moment: Moment) -> bool:
    """«before friday», «until thursday», «after wednesday»: days that are open to one side, without a clock."""
    return moment.says_day and moment.hours is None and moment.exact is None and moment.open is not None


def _opened(moment: Moment, today: date) -> Moment:
    """From today up to those days, or from them on."""
    days = moment.days
    if days is None or not is_open_days(moment):
        return moment
    if moment.open is Open.BEFORE:
        return replace(moment, days=replace(days, first=min(days.first, today))) if days.last >= today else moment
    return replace(moment, days=replace(days, last=max(days.last, days.first + _ON)))


def windows_of_one(moment: Moment, talk: Talk, zone: ZoneInfo) -> tuple[Interval, ...]:
    """The windows of one moment; a clock without a day means its next occurrence."""
    place = find_zone(moment.zone) or zone
    today = talk.now.astimezone(place).date()
    if moment.open is not None:
        moment = _opened(moment, today)
    try:
        windows = moment.windows(today, place)
        if moment.days is None and moment.exact is None and all(window.end <= talk.now for window in windows):
            windows = moment.windows(today + timedelta(days=1), place)
    except (OverflowError, ValueError):
        return ()
    now = talk.now
    return tuple([window for window in windows if abs(window.start - now) < _FAR])
