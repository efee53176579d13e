"""The ordered table of refiners: each takes the pieces of a message and gives them back with one kind of joining done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.language.times.pieces import Piece
from bot.language.times.refine import join, options, week, within
from bot.language.times.refine import length as lengths
from bot.language.times.refine import range as ranges
from bot.language.times.refine import side as sides

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading

Refiner = Callable[["Reading", list[Piece]], list[Piece]]

REFINERS: tuple[Refiner, ...] = (
    join.attach_zones,  # before ranges: 15h GMT - 18h GMT
    within.apply_nth,  # before edges: end of the first week of april
    within.apply_edges,
    week.apply_containers,
    lengths.apply_lengths,
    ranges.make_ranges,
    ranges.apply_month_ranges,
    join.attach_zones,  # again: 9 to 10:30 CST
    sides.mark_sides,  # before joining: tomorrow after 3
    sides.join_sides,
    join.join_parts,
    join.join_parts,  # again: a third part beside a joined pair
    week.apply_containers,  # again: wednesday evening next week
    join.attach_zones,  # again: tomorrow 3pm, London time
    ranges.make_through_ranges,
    sides.join_sides,
    options.share_options,
    lengths.add_lengths,
    options.mark_excluded,
    options.mark_source,
    lengths.mark_amounts,
    options.merge_apart,
)


def refine(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """The pieces after all refiners."""
    if len(pieces) == 1:
        return _refine_single(reading, pieces)
    for refiner in REFINERS:
        pieces = refiner(reading, pieces)
    return pieces


_SINGLE: tuple[Refiner, ...] = (
    within.apply_edges,
    lengths.apply_lengths,
    sides.mark_sides,
    options.mark_excluded,
    options.mark_source,
    lengths.mark_amounts,
)
"""What can change a piece that stands alone."""


def _refine_single(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    for refiner in _SINGLE:
        pieces = refiner(reading, pieces)
    return pieces
