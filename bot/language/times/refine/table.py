"""The ordered table of refiners: each takes the pieces of a message and gives them back with one kind of joining done."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from bot.language.times.pieces import Piece
from bot.language.times.refine import bound, excluded, hours, join, options, own, source, week, within
from bot.language.times.refine import length as lengths
from bot.language.times.refine import range as ranges
from bot.language.times.refine import side as sides
from bot.language.times.refine.side import SIDED

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading

Refiner = Callable[["Reading", list[Piece]], list[Piece]]

TYING = frozenset(("to", "and"))
"""Words between the ends of a range."""
LISTING = frozenset(("or", "and", "comma", "slash"))
"""Words and marks between options."""
MOVED = frozenset(("move",))
"""A verb that moves a meeting."""

REFINERS: tuple[tuple[Refiner, frozenset[str]], ...] = (
    (own.own_hours, frozenset(("possessive", "weekday", "relday"))),
    (hours.drop_doubled, frozenset()),
    (join.attach_zones, frozenset()),  # before ranges: 15h GMT - 18h GMT
    (within.apply_nth, frozenset()),  # before edges: end of the first week of april
    (within.apply_edges, frozenset()),
    (week.apply_containers, frozenset()),
    (lengths.apply_lengths, frozenset()),
    (ranges.make_ranges, TYING),
    (ranges.apply_month_ranges, frozenset()),
    (join.attach_zones, frozenset()),  # again: 9 to 10:30 CST
    (sides.mark_sides, SIDED),  # before joining: tomorrow after 3
    (sides.join_sides, frozenset()),
    (bound.bound_the_wish, bound.LEFT_OUT),  # before joining: except wednesday, not before 10
    (join.join_parts, frozenset()),
    (join.join_parts, frozenset()),  # again: a third part beside a joined pair
    (week.apply_containers, frozenset()),  # again: wednesday evening next week
    (join.attach_zones, frozenset()),  # again: tomorrow 3pm, London time
    (ranges.make_through_ranges, TYING),
    (sides.join_sides, frozenset()),
    (options.share_options, LISTING | {"weekday"}),
    (lengths.add_lengths, frozenset()),
    (excluded.mark_excluded, frozenset()),
    (own.mark_own, frozenset(("possessive",))),
    (source.mark_source, MOVED | {"instead"}),
    (lengths.mark_amounts, MOVED),
    (week.narrow_weeks, frozenset()),
    (week.place_listed, frozenset(("weekday",))),
    (options.merge_apart, frozenset()),
    (options.each_of_month, frozenset(("any",))),  # last: what was said of one of them holds for each
)
"""Each with the senses of which any word of the message must have one (none: always)."""

_ALONE = frozenset(
    (
        *(within.apply_edges, lengths.apply_lengths, sides.mark_sides, excluded.mark_excluded),
        *(source.mark_source, lengths.mark_amounts, options.each_of_month),
    )
)
"""What can change a piece that stands alone."""


def refine(reading: Reading, pieces: list[Piece]) -> list[Piece]:
    """The pieces after all refiners."""
    every, alone = _asked(frozenset(reading.kinds & _NEEDED))
    if len(pieces) == 1:
        for refiner in alone:
            pieces = refiner(reading, pieces)
        return pieces
    for refiner in every:
        if len(pieces) > 1 or refiner in _ALONE:
            pieces = refiner(reading, pieces)
    return pieces


_NEEDED = frozenset(sense for _, needs in REFINERS for sense in needs)


@cache
def _asked(kinds: frozenset[str]) -> tuple[tuple[Refiner, ...], tuple[Refiner, ...]]:
    """The refiners for a message with these of the senses that some need; and those for one piece that stands alone."""
    every = tuple(refiner for refiner, needs in REFINERS if not needs or not needs.isdisjoint(kinds))
    return every, tuple(refiner for refiner in every if refiner in _ALONE)
