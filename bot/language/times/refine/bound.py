"""Refiner for a bound of the hours behind what is left out: next week except wednesday, and not before 10."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.times.refine.range import role_before

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading
    from bot.language.times.pieces import Piece

LEFT_OUT = frozenset(("not", "bar", "excluded"))
"""Without any of these senses nothing is left out."""
_LINKS = frozenset(("and", "comma", "but"))


def bound_the_wish(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """«next week except wednesday and not before 10»: the hours are those of the wish, not of the day that goes."""
    found: list[Piece] = []
    for piece in pieces:
        wish = next((at for at, one in enumerate(found) if _is_bare_day(one)), None)
        is_bound = wish is not None and wish < len(found) - 1 and _is_bound(piece) and _goes(reading, found[-1])
        if wish is None or not is_bound or _goes(reading, found[wish]) or not _is_linked(reading, found[-1], piece):
            found.append(piece)
            continue
        found[wish] = found[wish]._replace(
            clock=piece.clock,
            end_clock=piece.end_clock,
            side=piece.side,
            part=piece.part,
            marks=found[wish].marks | piece.marks,
            apart=(piece.start, piece.end),
            rule=f"{found[wish].rule} + {piece.rule}",
        )
    return found


def _is_bare_day(piece: Piece) -> bool:
    is_plain = not (piece.clock or piece.part or piece.side or piece.repeat or piece.exact or piece.apart)
    return piece.day is not None and piece.bare is None and is_plain


def _is_bound(piece: Piece) -> bool:
    """Hours alone of which a side is open, or both were told («not before 10 and not after 4»), or a part of the day."""
    is_sided = piece.side is not None or piece.rule == "range of two sides" or _is_part(piece)
    is_timed = piece.clock is not None or _is_part(piece)
    return is_timed and is_sided and not (piece.day or piece.repeat or piece.exact)


def _is_part(piece: Piece) -> bool:
    return bool(piece.part) and piece.clock is None and piece.side is None


def _goes(reading: Reading, piece: Piece) -> bool:
    is_day = (piece.day is not None or bool(piece.repeat)) and not (piece.clock or piece.part or piece.side)
    is_told = role_before(reading, piece, "not", "bar") >= 0 or "excluded" in reading.senses[piece.end]
    return is_day and piece.bare is None and is_told


def _is_linked(reading: Reading, left: Piece, right: Piece) -> bool:
    """Whether a link stands between, and nothing but links: «except wednesday after 10» is one time."""
    begin = left.end + ("excluded" in reading.senses[left.end])
    between = range(begin, right.start)
    if _is_part(right) and not any("comma" in reading.senses[at] for at in between):
        return False  # «not friday and monday morning»
    is_told = bool(between) or reading.words[right.start].startswith("not ")  # «tranne mercoledì e non prima delle 10»
    return is_told and all(not reading.senses[at].keys().isdisjoint(_LINKS) for at in between)
