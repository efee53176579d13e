"""Zones by city, country, abbreviation and offset: CET, London time, CST (several places), UTC+2, my time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.times.pieces import Piece
from bot.language.times.region import zones_named

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading


def read_zone(reading: Reading, index: int) -> Piece | None:
    """CET, London time, CST (several zones), my time."""
    name = reading.name(index, "zone")
    if reading.words[index] in _ORDINARY and not _is_named_so(reading, index):
        return None
    if name:
        end = index + 1
        offset = offset_at(reading, end) if name == "Etc/UTC" else None
        if offset is not None:
            return Piece(index, offset[1], "zone", zone=offset[0])
        return Piece(index, end, "zone", zone=name)
    names = reading.name(index, "zones")
    if names:
        choices = zones_named(names, reading.reference)
        return Piece(index, index + 1, "zone", zone=choices[0], zones=choices if len(choices) > 1 else ())
    if reading.words[index].startswith("local") and _is_theirs(reading.words[index - 1].lstrip("ø") if index else ""):
        return None  # «her local time»: a cue says whose
    return Piece(index, index + 1, "zone", zone=str(reading.zone))


_ORDINARY = frozenset(("eat", "cat", "art", "met", "wat"))
"""Zones that are words as well: «we eat at 12»."""


def _is_named_so(reading: Reading, index: int) -> bool:
    """Whether it is written in capitals, or stands behind a clock."""
    is_written = reading.utterance.text[reading.starts[index]].isupper()
    return is_written or (index > 0 and not reading.senses[index - 1].keys().isdisjoint(("digits", "meridiem")))


def _is_theirs(word: str) -> bool:
    return word in _THEIR or word.endswith("'s")


_THEIR = frozenset(
    (
        *("her", "his", "their", "'s", "seine", "seiner", "ihre", "ihrer", "deren", "dessen", "su", "sus", "son", "sa", "leur"),
        *("sua", "suo", "dela", "dele", "loro", "haar", "zijn", "hun"),
    )
)  # fmt: skip


def offset_at(reading: Reading, index: int) -> tuple[str, int] | None:
    """The zone of «+2», «-05:00», «+5:30» behind UTC or GMT."""
    sign = {"+": 1, "-": -1}.get(reading.words[index], 0)
    hour = reading.digits(index + 1)
    if not sign or hour is None or not reading.glued[index + 1] or "meridiem" in reading.senses[index + 2]:
        return None
    end, minute = index + 2, 0
    if "colon" in reading.senses[end] and reading.glued[end] and reading.digits(end + 1) is not None:
        minute, end = reading.digits(end + 1) or 0, end + 2
    if hour >= 100:
        hour, minute = divmod(hour, 100)
    halves = {
        (1, 5, 30): "Asia/Kolkata",
        (1, 5, 45): "Asia/Kathmandu",
        (1, 9, 30): "Australia/Darwin",
        (1, 3, 30): "Asia/Tehran",
    }
    halves |= {(1, 4, 30): "Asia/Kabul", (1, 6, 30): "Asia/Yangon", (-1, 3, 30): "America/St_Johns"}
    if minute:
        name = halves.get((sign, hour, minute), "")
        return (name, end) if name else None
    if hour > 12 and not (sign > 0 and hour <= 14):
        return None
    return (f"Etc/GMT{'-' if sign > 0 else '+'}{hour}" if hour else "Etc/UTC"), end
