"""Parts of day: when they begin and end, and which half of the day they put an open hour in."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.language.times.pieces import Clock

PARTS: dict[str, tuple[time, time]] = {
    "early_morning": (time(6), time(9)),
    "morning": (time(8), time(12)),
    "mid_morning": (time(9), time(11)),
    "late_morning": (time(10), time(12)),
    "not_early": (time(10), time(17)),
    "not_late": (time(9), time(16)),
    "am": (time(8), time(12)),
    "early_afternoon": (time(12), time(15)),
    "afternoon": (time(12), time(17)),
    "mid_afternoon": (time(14), time(16)),
    "late_afternoon": (time(15), time(18)),
    "pm": (time(12), time(18)),
    "early_evening": (time(17), time(20)),
    "evening": (time(17), time(21)),
    "late_evening": (time(20), time(0)),
    "early_night": (time(19), time(22)),
    "night": (time(20), time(0)),
    "late_night": (time(21), time(0)),
    "tonight": (time(18), time(0)),
    "tolate_night": (time(21), time(0)),
    "toearly_night": (time(18), time(21)),
    "breakfast": (time(7), time(10)),
    "brunch": (time(10), time(13)),
    "lunch": (time(12), time(14)),
    "after_lunch": (time(13), time(17)),
    "dinner": (time(18), time(21)),
    "after_school": (time(15), time(18)),
    "after_work": (time(17), time(21)),
    "business": (time(9), time(17)),
    "day": (time(9), time(17)),
}
"""The bounds of the parts of day, local wall time; midnight as an end is the end of the day."""

_MORNING = frozenset(("morning", "early_morning", "mid_morning", "late_morning", "breakfast"))

_NIGHT = frozenset(("night", "late_night", "last_night", "early_night", "tonight", "tolate_night", "toearly_night"))

_TONIGHT = frozenset(("tonight", "toearly_night"))
_EARLIEST = 4
"""«tonight at 4:30» is in the afternoon, «tonight at 3» behind midnight."""

PART_HALVES = dict.fromkeys(_MORNING, "am half")

PART_HALVES |= dict.fromkeys(("afternoon", "early_afternoon", "mid_afternoon", "late_afternoon"), "pm half")

PART_HALVES |= dict.fromkeys(("evening", "early_evening", "late_evening", "dinner", *_NIGHT), "pm half")

PART_HALVES |= dict.fromkeys(
    ("lunch", "after_lunch", "after_school", "after_work", "business", "brunch", "day", "not_early", "not_late"), ""
)


_FORENOON = 10
"""No afternoon reaches ten or eleven at night: «kwart voor twaalf 's middags» is before noon."""


def apply_part(clock: Clock, part: str) -> Clock:
    """The clock with its half settled by a part of day, where it was open."""
    if clock.half or not part:
        return clock
    if part in _NIGHT and (clock.hour == 12 or clock.hour < (_EARLIEST if part in _TONIGHT else 6)):
        return clock._replace(hour=clock.hour % 12, half="am")
    if part in _MORNING:
        return clock._replace(half="am")
    if part.endswith("afternoon") and _FORENOON <= clock.hour < 12:
        return clock._replace(half="am")
    if PART_HALVES.get(part):
        return clock._replace(half="pm")
    return clock
