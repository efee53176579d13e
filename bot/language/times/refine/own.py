"""Times that are told by what somebody has then: «between my 10am and my 2pm», «can my 3pm be at 3:30»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.times.pieces import Clock

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


def is_own(reading: Reading, left: Piece, index: int) -> bool:
    """«my 10 and my 1»: the second «my» of a list."""
    both = (reading.senses[index], reading.senses[left.start - 1] if left.start else {})
    return left.clock is not None and all("possessive" in senses for senses in both)


def own_hours(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """«cancel my 10 and my 1 on thursday», «move the 10 and the 3 on thursday to friday»: clocks of meetings."""
    if not (reading.is_move or _DROPPING & {*reading.words}):
        return pieces
    has_day = "weekday" in reading.kinds or "relday" in reading.kinds
    return [_as_hour(piece) if _is_own_hour(reading, piece, has_day=has_day) else piece for piece in pieces]


_DROPPING = frozenset(("cancel", "drop", "scrap", "delete", "kill", "axe", "nix", "skip", "remove", "clear"))


def _is_own_hour(reading: Reading, piece: Piece, *, has_day: bool) -> bool:
    number, said = _number(piece), reading.words[piece.start : piece.end]
    if not 0 < number < _HOURS or piece.clock or piece.length or not said[-1].isdecimal():
        return False
    begin = piece.start + (reading.words[piece.start] == "the")
    front, behind = reading.senses[begin - 1] if begin else {}, reading.senses[piece.end]
    leads = "possessive" in front or (has_day and begin > 0 and reading.words[begin - 1] == "the")
    return leads and (not reading.words[piece.end] or not _BEHIND_HOUR.isdisjoint(behind))


def _number(piece: Piece) -> int:
    """The number that a piece is alone; a day of no month is one («the 3 on thursday»)."""
    day = piece.day
    if day is None:
        return piece.bare or 0
    is_bare = not (day.month or day.first or day.weekday is not None or day.shift)
    return day.number or 0 if is_bare else 0


_BEHIND_HOUR = frozenset(("and", "comma", "on", "to", "weekday", "relday", "join", "pad"))


def _as_hour(piece: Piece) -> Piece:
    return piece._replace(clock=Clock(_number(piece)), bare=None, day=None)


def mark_own(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """«can my 3pm thursday be at 3:30», «make my 3pm 3:30»: the first is the time of a meeting, the second where it goes."""
    times = [at for at, piece in enumerate(pieces) if piece.has_time or piece.bare is not None]
    if reading.is_move or len(times) != _TWO:
        return pieces
    source, target = pieces[times[0]], _aim(reading, pieces[times[1]])
    if not (_is_hour(source) and _is_hour(target)) or "possessive" not in reading.senses[source.start - 1]:
        return pieces
    between = reading.words[source.end : target.start]
    is_made = "make" in reading.words[: source.start] and not any(word.isalpha() and word != "at" for word in between)
    goes = "go" in between and between[-1:] == ["to"]
    if not (is_made or goes or _PUT_TO & {*between}) or "or" in between or target.is_range:
        return pieces
    found = list(pieces)
    found[times[0]] = source._replace(is_source=True)
    is_same_day = source.day is not None and target.day is None
    found[times[1]] = (
        target._replace(day=source.day._replace(is_implied=True)) if is_same_day and source.day else target
    )
    return found


def _aim(reading: Reading, piece: Piece) -> Piece:
    """«go to 2»: the number is a clock."""
    is_clock = piece.bare is not None and 0 < piece.bare < _HOURS and "to" in reading.senses[piece.start - 1]
    return piece._replace(clock=Clock(piece.bare or 0), bare=None) if is_clock else piece


_HOURS = 13


_TWO = 2
_PUT_TO = frozenset(("be", "start", "begin", "happen"))


def _is_hour(piece: Piece) -> bool:
    return piece.clock is not None and not (piece.is_excluded or piece.repeat or piece.exact or piece.side)
