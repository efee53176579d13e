"""«Between my 10am and my 2pm», «between my two flights (10 and 4)»: a window between two things that somebody has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading
    from bot.language.times.pieces import Piece

_FRONT, _LINK = 5, 6
"""Words between «between» and the first clock, and between the two clocks."""
_TOLD = frozenset(("possessive", "filler", "attributive", "the", "at", "number", "pad", "join"))
"""Senses of what may stand there, beside words that mean no time at all."""


def before_own(reading: Reading, left: Piece, right: Piece) -> int:
    """The «between» of two clocks that are told by what is on then; -1 where there is none."""
    if "between" not in reading.kinds or not 0 < right.start - left.end <= _LINK:
        return -1
    start = left.start - 1
    while start >= 0 and left.start - start <= _FRONT and "between" not in reading.senses[start]:
        start -= 1
    if start < 0 or "between" not in reading.senses[start] or not _is_told(reading, start + 1, left.start):
        return -1
    links = [at for at in range(left.end, right.start) if "and" in reading.senses[at]]
    if len(links) != 1 or not (_is_told(reading, left.end, links[0]) and _is_told(reading, links[0] + 1, right.start)):
        return -1
    return start


def _is_told(reading: Reading, start: int, end: int) -> bool:
    return all(
        (not senses or not _TOLD.isdisjoint(senses)) and "and" not in senses for senses in reading.senses[start:end]
    )
