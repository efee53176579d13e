"""Whether a whole date stands right in front of a word, or begins at it, however it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading


def is_behind_date(reading: Reading, index: int) -> bool:
    """Whether a whole date stands right in front: «10 dec 15.30», «the 3rd 2.30», «11/3 14.30», «in 9 days 1430»."""
    if index < 2:
        return False
    before, first = reading.senses[index - 1].keys(), reading.senses[index - 2].keys()
    is_tied = reading.glued[index - 1] and (not reading.glued[index] or "comma" in reading.senses[index])
    if reading.words[index - 1] == ")":
        return not first.isdisjoint(("weekday", "relday", "digits", "suffix", "month"))
    if reading.words[index - 1] == ".":
        return is_tied and ("month" in first or ("digits" in first and reading.words[index - 3] == "."))
    if "digits" in before:
        is_year = len(reading.words[index - 1]) == 4 and not first.isdisjoint(("suffix", "digits", "comma"))
        is_written = reading.words[index - 2] in {"/", "-", "."} and is_tied and reading.glued[index - 2]
        return is_year or is_written or "month" in first or (index > 2 and "month" in reading.senses[index - 3])
    if not before.isdisjoint(("suffix", "ordinal")):
        return not first.isdisjoint(("digits", "month", "the", "weekday"))
    if "month" in before:
        return not first.isdisjoint(("digits", "suffix", "ordinal", "of")) or (is_tied and "dash" in first)
    is_counted = not first.isdisjoint(("digits", "number", "shift", "unit", "weekday"))
    return is_counted and ("later" in before or reading.name(index - 1, "unit") in {"day", "week", "month"})


def begins_date(reading: Reading, index: int) -> bool:
    """Whether a date begins here: «3 march», «april 2», «3/3», «the 3rd», «in 9 days», «first thursday in april»."""
    here, behind = reading.senses[index].keys(), reading.senses[index + 1].keys()
    if "month" in here:
        return not behind.isdisjoint(("digits", "ordinal", "the"))
    if "step" in here or reading.words[index] == "in":
        return "step" in here or _is_count(reading, index + 1)
    if "ordinal" in here:
        return not behind.isdisjoint(("of", "month", "weekday")) or index + 1 == reading.size
    is_written = reading.words[index + 1] in {"/", "-", "."} and reading.glued[index + 1] and reading.glued[index + 2]
    is_written = is_written and not reading.senses[index + 2].keys().isdisjoint(("digits", "month"))
    is_named = not behind.isdisjoint(("month", "suffix")) or is_written
    return _is_count(reading, index) or ("digits" in here and not reading.glued[index] and is_named)


def _is_count(reading: Reading, index: int) -> bool:
    """«9 days», «two weeks»."""
    is_number = not reading.senses[index].keys().isdisjoint(("digits", "number", "article"))
    return is_number and not reading.glued[index] and reading.name(index + 1, "unit") in {"day", "week", "month"}
