"""Parts of day (morning, late afternoon, lunch) and half days (Tuesday pm)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.times.parse.clock import is_preceded
from bot.language.times.pieces import Piece

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading


def read_part(reading: Reading, index: int) -> Piece | None:
    """Morning, late afternoon, lunch."""
    part = reading.name(index, "part")
    end = index + 1
    if part in _MEALS and "time" not in reading.words[index] and not _is_meal_time(reading, index):
        return None
    if "ish" in reading.senses[end]:
        end += 1
    return Piece(index, end, "part of day", part=part)


_MEALS = frozenset(("breakfast", "brunch", "lunch", "dinner"))


def _is_meal_time(reading: Reading, index: int) -> bool:
    """Whether a meal says when, not what: «at lunch», «before dinner»."""
    if is_preceded(reading, index, "relday", "weekday"):
        return True
    if is_preceded(reading, index, "makeit"):
        return False
    at = index - ("the" in reading.senses[index - 1])
    return (
        is_preceded(
            reading,
            at,
            "at",
            "during",
            "before",
            "after",
            "by",
            "about",
            "to",
            "from",
            "between",
            "not",
            "outside",
            "bar",
        )
        and reading.words[at - 1] != "to"
    )


def read_half_day(reading: Reading, index: int) -> Piece | None:
    """AM or PM alone: Tuesday pm."""
    name = reading.name(index, "meridiem")
    if not is_preceded(
        reading, index, "weekday", "relday", "suffix", "digits", "ordinal", "holiday", "the", "dash", "slash"
    ):
        return None
    return Piece(index, index + 1, "half day", part=name)
