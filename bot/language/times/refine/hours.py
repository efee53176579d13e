"""Hours: whether two bare numbers are any, by what stands around them, and the clock that a number or a meal names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Under
from bot.language.times.dates import begins_date, is_behind_date
from bot.language.times.parts import PARTS
from bot.language.times.pieces import Clock

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading
    from bot.language.times.pieces import Piece


def is_clock_place(reading: Reading, left: Piece, right: Piece, *, has_from: bool) -> bool:
    """Whether two bare numbers are hours: from 3 to 5, tuesday 3-5, 3-5 tomorrow; not 4-23 in next month."""
    after = reading.senses[right.end].keys()
    if after & {"month", "noun"} or _is_of_month(reading, right.end) or reading.name(right.end + 1, "unit") == "month":
        return False
    ahead = reading.skip(right.end, *_AHEAD)
    if reading.words[right.end] in _LEADS and _is_date_at(reading, right.end + 1):
        return True  # «10-11 on 10 dec»
    if reading.words[right.end] == "from" and not _DAYS.isdisjoint(reading.senses[right.end + 1]):
        return True  # «10 to 4 from monday»
    if reading.words[right.end] in _STRETCHES and left.start > 0 and "the" in reading.senses[left.start - 1]:
        return True  # «an hour in the 1-4 window»
    is_target = reading.is_move and left.start > 0 and "to" in reading.senses[left.start - 1]
    if has_from or is_target or reading.senses[ahead].keys() & _CLOCK_NEIGHBOURS or _is_week(reading, ahead):
        return True
    behind = left.start - (left.start > 0 and "comma" in reading.senses[left.start - 1])
    if is_behind_date(reading, behind) or begins_date(reading, reading.skip(right.end, "comma", "the")):
        return True  # «3/18 12-1», «6.3., 9-11», «9-11 6/3»
    at = left.start - 1
    while at >= 0 and reading.senses[at].keys() & _CLOCK_FILL:
        if "at" in reading.senses[at] or "meridiem" in reading.senses[at]:
            return True
        at -= 1
    if at >= 0 and reading.words[at] in {"hours", "availability"} and "to" in reading.senses[at + 1]:
        return True  # «set my hours to 9-17»
    if at >= 0 and reading.words[at] in _AT_WORK and reading.words[right.end] != ",":
        return True  # «i work 10-6»; not «9 to 5, wednesdays till 8», whose days have hours of their own
    if at >= 0 and "not" in reading.senses[at]:
        return True  # «apart from 10-11 and 3-4»
    is_behind_day = at >= 0 and bool(reading.senses[at].keys() & {*_CLOCK_NEIGHBOURS, "suffix", "weekdays", "often"})
    is_behind_day = is_behind_day or (at > 0 and _is_week(reading, at - 1))
    return is_behind_day or (at >= 0 and _is_dated(reading, at, left)) or _is_all(reading, left, right)


def _is_of_month(reading: Reading, end: int) -> bool:
    """«9 to 11 of june», «… in the next month»; not «9 to 11 in person», «… in london»."""
    if "of" not in reading.senses[end]:
        return False
    ahead = reading.skip(end, "of", "in", "the")
    return reading.words[end] != "in" or not reading.senses[ahead].keys().isdisjoint(_MONTHLY)


_MONTHLY = frozenset(("month", "shift", "season", "unit", "edge", "possessive"))
_AT_WORK = frozenset(("work", "works", "working", "bookable", "reachable", "there"))
"""Behind these two numbers are hours of a day."""


def _is_dated(reading: Reading, month: int, left: Piece) -> bool:
    """Whether a whole date stands in front: «dec 7, 9-11», «7 dec 9-11»; not «dec 1-3 or 10-12»."""
    between = reading.senses[month + 1 : left.start]
    return "month" in reading.senses[month] and all(_LISTS.isdisjoint(senses) for senses in between)


_LISTS = frozenset(("or", "and"))


def _is_all(reading: Reading, left: Piece, right: Piece) -> bool:
    """«10 till 2»: an answer of two hours and nothing else."""
    is_whole = left.start == 0 and not any(word.isalnum() for word in reading.words[right.end :])
    is_below_card = reading.reference.under is Under.CARD  # «10-11» below the card for ten
    return is_whole and (is_below_card or any(word.isalpha() for word in reading.words[left.end : right.start]))


_AHEAD = (
    "on",
    "comma",
    "in",
    "the",
    "this",
    "and",
    "or",
    "digits",
    "to",
    "dash",
    "meridiem",
    "after",
    "before",
    "slash",
)


_LEADS = frozenset(("on", "from"))
_DAYS = frozenset(("weekday", "relday"))


def _is_date_at(reading: Reading, index: int) -> bool:
    at = reading.skip(index, "the")
    if "digits" not in reading.senses[at]:
        return "month" in reading.senses[at] and "digits" in reading.senses[at + 1]
    return not reading.senses[at + 1].keys().isdisjoint(("month", "suffix"))


_STRETCHES = frozenset(("window", "slot", "block", "range", "gap", "stretch"))


def _is_week(reading: Reading, index: int) -> bool:
    """Whether «next week», «this weekend» or the like stands there."""
    return bool(reading.name(index, "shift")) and reading.name(index + 1, "unit") in {"week", "weekend"}


_CLOCK_NEIGHBOURS = frozenset(("weekday", "relday", "zone", "zones", "part", "relpart", "holiday"))
_CLOCK_FILL = frozenset(
    (
        "at",
        "comma",
        "about",
        "on",
        "pad",
        "and",
        "or",
        "digits",
        "dash",
        "to",
        "meridiem",
        "colon",
        "after",
        "before",
        "dot",
    )
)


def as_clock(piece: Piece) -> Clock | None:
    """The clock of a piece that says nothing else, or of a bare number that can be an hour."""
    if piece.day or piece.exact or piece.is_date_like:
        return None
    if piece.clock is not None:
        return piece.clock
    if piece.bare is not None and piece.bare <= 24:
        return Clock(piece.bare % 24, half="24" if piece.bare > 12 or piece.bare == 0 else "")
    return None


def meal_clock(piece: Piece) -> Clock | None:
    """When a meal begins, at the end of a range: «10 till lunch», «from lunch to 3»."""
    if piece.part not in _MEALS or piece.day or piece.clock or piece.bare is not None:
        return None
    start = PARTS[piece.part][0]
    return Clock(start.hour, start.minute, half="24")


_MEALS = frozenset(("breakfast", "brunch", "lunch", "dinner"))


def taken_until(reading: Reading, index: int) -> int:
    """Where «, if 9 is taken» ends: what follows is for that case; where it would begin when there is none."""
    words = reading.words
    at = index + (words[index] != "if")
    if words[at] != "if" or reading.digits(at + 1) is None:
        return index
    at = reading.skip(at + 2, "meridiem")
    if words[at] not in {"is", "isn't", "'s"}:
        return index
    at += 1
    at += words[at] in {"not", "already", "still"}
    return at + 1 if words[at] in _TAKEN else index


_TAKEN = frozenset(("taken", "gone", "busy", "full", "booked", "free", "available", "unavailable", "possible"))


_TWICE = 2


def drop_doubled(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """«thu 9, if 9 is taken then 10»: the hour named twice is one; without the «if» that it stands in."""
    if "if" not in reading.words or len(pieces) < _TWICE:
        return pieces
    return [
        piece
        for at, piece in enumerate(pieces)
        if not (
            _has_hour(pieces[:at]) and reading.words[piece.start - 1] == "if" and _is_taken(reading, piece.start - 1)
        )
    ]


def _has_hour(pieces: list[Piece]) -> bool:
    return any(piece.clock is not None or piece.bare is not None for piece in pieces)


def _is_taken(reading: Reading, index: int) -> bool:
    return taken_until(reading, index) > index
