"""Refiners for open sides: after 3, by friday, until june, from wednesday on; and two of them that make a range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Grain, Open
from bot.language.times.pieces import NO_MARKS, Mark
from bot.language.times.refine.hours import as_clock
from bot.language.times.refine.range import HOLDS_ITS_DAY, link_between, role_before, share_month
from bot.language.times.refine.within import is_gap

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading
    from bot.language.times.pieces import Piece


SIDED = frozenset(("after", "before", "by", "from", "onward", "backward", "to"))
"""Without any of these senses no side is open."""


_SAID = {
    "after": frozenset((Mark.STRICT,)),
    "before": frozenset((Mark.STRICT,)),
    "by": NO_MARKS,
    "from": frozenset((Mark.FROM,)),
}


def mark_sides(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """After 3, before friday, by 5pm, until june, from wednesday on, 3 or later: one side is open."""
    if reading.kinds.isdisjoint(SIDED):
        return pieces
    found: list[Piece] = []
    is_repeated = any(piece.repeat for piece in pieces)
    for piece in pieces:
        before = found[-1] if found else None
        is_free = (piece.has_time or piece.bare is not None) and not piece.side
        is_bound = is_repeated and piece.day is not None
        is_start = before is not None and (
            bool((before.clock or before.part) and not before.side) or before.exact is not None
        )
        if before is not None and not is_start and len(found) > 1 and before.day and not before.is_range:
            is_from = not found[-2].side or Mark.FROM in found[-2].marks
            is_start = bool(found[-2].clock) and is_from and found[-2].end == before.start
        if before is not None and is_start and len(found) > 1 and _is_far_end(reading, found[-2], before, piece):
            is_start = False
        if before is not None and is_start and not is_bound and link_between(reading, before, piece) == "to":
            is_free = False  # the second end of «monday 3pm till wednesday noon»
            clock = as_clock(piece) if piece.bare is not None else None
            piece = piece._replace(clock=clock, bare=None) if clock else piece  # noqa: PLW2901  takes its place
        found.append(_sided(reading, piece) if is_free else piece)
    return found


def _is_far_end(reading: Reading, day: Piece, clock: Piece, piece: Piece) -> bool:
    """«thu 3pm until feb»: a weekday of every week up to there, no stretch that goes on day and night."""
    if not day.is_weekday or clock.clock is None or piece.day is None or piece.clock or day.end != clock.start:
        return False
    is_long = piece.day.grain in _LONG or Mark.END in piece.marks
    return is_long and "upto" in reading.senses[piece.start - 1]


_VISITING = frozenset(
    (
        "stop",
        "stops",
        "stopping",
        "drop",
        "drops",
        "dropping",
        "swing",
        "swings",
        "swinging",
        "come",
        "comes",
        "coming",
        "pop",
    )
)


def _sided(reading: Reading, piece: Piece) -> Piece:
    is_counted = piece.is_counted or Mark.SOONEST in piece.marks
    if piece.exact and is_counted and role_before(reading, piece, "before", "by") < 0:
        return piece
    behind = _side_behind(reading, piece)
    if behind is not None:
        return behind
    if piece.is_range:
        return piece
    ahead = reading.words[piece.start - 1] if piece.start else ""
    if ahead in _AT_LATEST and piece.clock and (piece.start < 2 or "pad" in reading.senses[piece.start - 2]):
        return piece._replace(start=piece.start - 1, side=_AT_LATEST[ahead], rule=f"{piece.rule}, {ahead}")
    for sense, side in (("after", Open.AFTER), ("before", Open.BEFORE), ("by", Open.BEFORE), ("from", Open.AFTER)):
        at = role_before(reading, piece, sense) if sense in reading.kinds else -1
        if at < 0 or (reading.words[at] == "past" and "fraction" in reading.senses[at - 1]):
            continue  # «at half past tomorrow»
        if piece.bare is not None and not piece.is_date_like and (clock := as_clock(piece)) is not None:
            piece = piece._replace(clock=clock, bare=None)
        if sense == "from" and piece.day and not piece.clock and "remove" in reading.kinds:
            return piece  # «remove an event from sunday»
        if not piece.has_time or (reading.is_move and sense == "by" and "to" in reading.senses[at]):
            return piece  # «postpone it until monday» names the new time
        if reading.words[at] == "by" and at and reading.words[at - 1] in _VISITING:
            return piece  # «stop by at 3»
        marks = _SAID["before"] if _is_up_to(reading, at, piece) else _SAID[sense]
        if reading.words[at] in HOLDS_ITS_DAY and not (piece.clock or piece.part):
            marks = _SAID["by"]  # «not after friday» holds the friday
        return piece._replace(start=at, side=side, marks=piece.marks | marks, rule=f"{piece.rule}, {sense}")
    return piece


_AT_LATEST = {"at the latest": Open.BEFORE, "latest": Open.BEFORE, "at the earliest": Open.AFTER}


def _is_up_to(reading: Reading, at: int, piece: Piece) -> bool:
    """«until january», «till next week»: up to where it begins; «through january» and «until the end of june» hold it."""
    if "upto" not in reading.senses[at] or piece.day is None or piece.clock or piece.part:
        return False
    return piece.day.grain in _LONG and Mark.END not in piece.marks


_LONG = frozenset((Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR))


def _side_behind(reading: Reading, piece: Piece) -> Piece | None:
    senses = reading.senses[piece.end]
    if "onward" in senses:
        is_from = role_before(reading, piece, "from") >= 0
        word = reading.words[piece.end]
        if (word == "on" and not is_from) or (word == "forward" and reading.is_move):
            return None
        if word in {"+", "earliest"} and not piece.clock:
            return None
        if (clock := as_clock(piece)) is not None:
            piece = piece._replace(clock=clock, bare=None)
        start = max(role_before(reading, piece, "from"), -1)
        return piece._replace(
            start=start if start >= 0 else piece.start, end=piece.end + 1, side=Open.AFTER, rule=f"{piece.rule}, onward"
        )
    if "backward" in senses and piece.has_time:
        side = None if piece.is_range else Open.BEFORE  # «from 1 till 3 at the latest» is a range all the same
        return piece._replace(end=piece.end + 1, side=side, rule=f"{piece.rule}, at the latest")
    return None


def join_sides(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """After 9:30 but before 11, from 3 … until 5: an open start and an open end beside each other are a range."""
    if not any(piece.side for piece in pieces):
        return pieces
    found: list[Piece] = []
    is_repeated = any(piece.repeat for piece in pieces)
    for piece in pieces:
        before = found[-1] if found else None
        is_bound = before is not None and (before.exact or (before.day and (before.clock or piece.clock)))
        if is_repeated and is_bound and piece.day:
            found.append(piece)  # «daily from tomorrow at 8 until friday»: bounds, and the clock is the repetition's
            continue
        is_pair = before is not None and {before.side, piece.side} == {Open.AFTER, Open.BEFORE} and not before.repeat
        if before is None or not is_pair or not is_gap(reading, before, piece, "but", "and", "comma"):
            found.append(piece)
            continue
        low, high = (before, piece) if before.side is Open.AFTER else (piece, before)
        joined = _closed(low, high)
        if joined is None:
            found.append(piece)
        else:
            found[-1] = joined._replace(start=before.start, end=piece.end, side=None, rule="range of two sides")
    return found


def _closed(low: Piece, high: Piece) -> Piece | None:
    if low.exact is not None:
        is_open = low.exact_end is None and not high.exact and (high.clock or high.day)
        return high._replace(exact=low.exact, rule="from now to") if is_open else None
    if low.clock and high.clock and not (low.day and high.day):
        day = low.day or high.day
        return low._replace(day=day, end_clock=high.clock, zone=low.zone or high.zone)
    if low.day and high.day:
        first, second = share_month(low.day, high.day)
        is_through = bool(low.clock or high.clock)
        return low._replace(day=first, end_day=second, end_clock=high.clock, is_through=is_through)
    return None
