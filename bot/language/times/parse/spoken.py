"""Clocks as soldiers and timetables say them: fourteen hundred, oh nine hundred hours, thirteen hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.times.parse.clock import is_preceded
from bot.language.times.pieces import Clock, Piece

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading

_HUNDRED, _LAST_MORNING, _LAST = 100, 12, 24


def read_hundred(reading: Reading, index: int) -> Piece | None:
    """Fourteen hundred; an hour of the morning only behind «at» or a nought, or in front of «hours»."""
    has_nought = "oh" in reading.senses[index] or reading.number(index, "number") == 0
    at = index + has_nought
    hour = reading.digits(at)
    hour = reading.number(at, "number") if hour is None else hour
    if hour is None or not 0 < hour <= _LAST or reading.number(at + 1, "number") != _HUNDRED:
        return None
    if reading.words[at + 1] != "hundred" or not reading.senses[at + 2].keys().isdisjoint(("noun", "number")):
        return None
    has_hours = reading.words[at + 2] in {"hours", "hrs", "h"}
    if hour <= _LAST_MORNING and not (has_nought or has_hours or is_preceded(reading, index, "at")):
        return None
    return Piece(index, at + 2 + has_hours, "fourteen hundred", clock=Clock(hour % _LAST, half="24"))
