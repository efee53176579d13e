"""Clocks that no day has: 25:00, 13:75, 26 o'clock, 10h75. They name no time, and that is to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.times.parse.clock import is_preceded
from bot.language.times.pieces import Clock, Piece

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading

_ASKED_BEFORE = (
    *("at", "from", "between", "after", "before", "by", "to", "about"),
    *("weekday", "relday", "part", "suffix", "month", "dot", "on"),
)
"""What stands in front of a clock, not in front of a score or a share (50:50)."""
_ASKED_BEHIND = ("meridiem", "oclock", "hourmark", "weekday", "relday", "on")
_MIDNIGHT, _LAST_MINUTE = 24, 59
_NO_CLOCK = Clock(0, half="24", is_missing=True)


def read_no_clock(reading: Reading, index: int) -> Piece | None:
    """An hour past 24 or a minute past 59, where a clock is asked for."""
    hour = reading.digits(index)
    if hour is None or len(reading.words[index]) > 2 or (index and reading.glued[index]):
        return None
    if "colon" in reading.senses[index + 1]:
        return _with_minutes(reading, index, hour)
    end = index + 2
    is_letter = "hourmark" in reading.senses[index + 1]
    minute = reading.digits(end) if reading.glued[end] and len(reading.words[end]) == 2 else None
    end += minute is not None
    if not _is_missing(hour, minute or 0) or (is_letter and not is_preceded(reading, index, "at")):
        return None
    return Piece(index, end, "no such clock", clock=_NO_CLOCK)


def _with_minutes(reading: Reading, index: int, hour: int) -> Piece | None:
    minute, end = reading.digits(index + 2), index + 3
    if (
        minute is None
        or len(reading.words[index + 2]) != 2
        or not (reading.glued[index + 1] and reading.glued[index + 2])
    ):
        return None
    if not _is_missing(hour, minute) or (reading.words[end] == ":" and reading.glued[end]):
        return None
    is_asked = is_preceded(reading, index, *_ASKED_BEFORE) or not reading.senses[end].keys().isdisjoint(_ASKED_BEHIND)
    if not is_asked:
        return None
    end += not reading.senses[end].keys().isdisjoint(("meridiem", "oclock"))
    return Piece(index, end, "no such clock", clock=_NO_CLOCK)


def _is_missing(hour: int, minute: int) -> bool:
    return hour > _MIDNIGHT or minute > _LAST_MINUTE or (hour == _MIDNIGHT and minute > 0)
