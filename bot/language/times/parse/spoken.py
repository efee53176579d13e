"""Clocks in words: six thirty, fourteen hundred, oh nine hundred hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Grain
from bot.language.times.numbers import hour_in_words
from bot.language.times.parse.clock import finish, is_preceded, is_stopped, plain_half
from bot.language.times.pieces import Clock, Piece

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading

_HUNDRED, _LAST_MORNING, _LAST = 100, 12, 24


def read_spoken(reading: Reading, index: int) -> Piece | None:
    """Six thirty, five-thirty: hour and minute in words."""
    found = hour_in_words(reading, index)
    if found is None or (not found[1] and "oh" not in reading.senses[index + 1]) or found[0] == 0:
        return None
    hour, minute, end = found
    if is_stopped(reading, index, end):
        return None
    return finish(
        reading, index, end, Clock(hour, minute, half=plain_half("", hour), grain=Grain.MINUTE), "clock in words"
    )


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
