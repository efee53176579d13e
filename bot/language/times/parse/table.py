"""The ordered table of parsers and the one pass that asks them: at each word the longest proposal wins, then the earlier row.

A row says which sense a word must have for the parser to be asked there, of which senses any word of the message must have
one, and of which the word right behind (none: always), so that most parsers are not asked. A new phrasing is a word in
words/*.toml where the rules know it already, and a parser and a row here where they do not.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import compress
from operator import not_
from typing import TYPE_CHECKING

from bot.language.times.parse import (
    bare,
    clock,
    cycle,
    day,
    day_number,
    holiday,
    no_clock,
    numeric,
    part,
    relative,
    repeat,
    spoken,
    zone,
)
from bot.language.times.pieces import Piece

if TYPE_CHECKING:
    from bot.language.times.lexed import Reading

Parser = Callable[["Reading", int], Piece | None]

PARSERS: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], Parser], ...] = (
    (("instant",), (), (), day.read_instant),
    (("digits",), ("slash", "dash", "dot"), ("slash", "dash", "dot"), numeric.read_numeric_date),
    (("digits",), ("dot",), ("dot",), numeric.read_dotted_days),
    (("digits",), (), ("digits",), numeric.read_spaced_date),
    (("digits",), (), ("digits",), bare.read_spaced),
    (("compact",), (), (), numeric.read_compact_date),
    (("digits",), ("colon",), ("colon",), clock.read_colon),
    (("digits",), ("colon", "hourmark", "oclock"), ("colon", "hourmark", "oclock"), no_clock.read_no_clock),
    (("digits", "number"), (), (), clock.read_meridiem),
    (("digits",), ("dot",), ("dot",), clock.read_dotted),
    (("digits",), ("hourmark",), ("hourmark",), clock.read_hour_letter),
    (("digits", "number"), ("oclock",), (), clock.read_oclock),
    (("digits", "number", "fraction", "article"), ("past", "to_hour", "fraction"), (), clock.read_past),
    (
        ("digits", "the", "ordinal", "number", "shift", "penultimate", "final"),
        ("every", "often", "weekdays", "weekday"),
        (),
        repeat.read_of_every_month,
    ),
    (("digits", "number"), ("times", "per", "often"), (), repeat.read_times),
    (("digits", "number", "shift", "the"), ("weekdays", "shift"), (), repeat.read_next_weekdays),
    (("digits", "number"), ("weekday", "weekdays"), (), relative.read_weekdays_away),
    (("digits", "number"), ("shift",), (), cycle.read_count_shifted),
    (("digits", "number"), ("unit",), (), relative.read_two_counts),
    (("digits", "number", "article"), ("or",), ("unit",), relative.read_or_two),
    (("in",), ("digits",), ("digits",), relative.read_in_minutes),
    (("digits", "number", "article", "fraction", "unit", "dot"), ("unit",), (), relative.read_length),
    (("digits", "ordinal", "number", "the"), ("month",), (), day.read_day_month),
    # before the plain ordinal, which would take «the third»
    (("the", "ordinal", "shift", "penultimate", "final"), ("unit", "weekday"), (), day.read_nth),
    (("digits",), ("unit", "weekday"), ("suffix",), day.read_nth),
    (("the", "ordinal"), (), (), day_number.read_ordinal_day),
    (("digits", "number"), (), ("suffix", "ordinal", "dash"), day_number.read_ordinal_day),
    (("digits",), (), (), day.read_year),
    (("number",), (), (), spoken.read_spoken),
    (("number", "oh", "digits"), (), ("number",), spoken.read_hundred),
    (("digits", "number"), (), (), bare.read_bare),  # last of the numbers: anything else knows better
    (("clockword",), (), (), bare.read_clockword),
    (("part",), (), (), part.read_part),
    (("meridiem",), (), (), part.read_half_day),
    (("zone", "zones", "my"), (), (), zone.read_zone),
    (("relday",), (), (), day.read_relative_day),
    (("relpart",), (), (), day.read_relative_part),
    (("step",), (), (), cycle.read_step),
    (("weekday", "shift"), ("weekday",), (), day.read_weekday),
    (("month", "shift"), ("month",), (), day.read_month_day),
    (("season", "shift", "the"), ("season",), (), cycle.read_season),
    (("holiday", "shift"), ("holiday",), (), holiday.read_holiday),
    (("shift",), (), (), cycle.read_shifted),
    (("qmark", "ordinal", "the", "digits"), ("qmark", "unit"), (), cycle.read_quarter),
    (("hourmark",), (), ("digits",), cycle.read_quarter),
    (("unit", "the", "possessive"), (), (), cycle.read_unit),
    (("next2unit",), (), (), cycle.read_after_next),
    (("weekof", "weekendof"), (), (), cycle.read_week_of),
    (("edgeword",), (), (), cycle.read_edge_word),
    (("edge",), (), (), cycle.read_edge),  # after every parser that reads «last», «end of day» and the like as a whole
    (("now",), (), (), cycle.read_now),
    (("whole", "wholepart"), (), (), relative.read_whole),
    (("often",), (), (), repeat.read_often),
    (("every",), (), (), repeat.read_every),
    (("weekdays",), (), (), repeat.read_weekdays),
    (("parts",), (), (), repeat.read_parts),
)


_Row = tuple[int, tuple[str, ...], tuple[str, ...], Parser]


def _by_sense() -> dict[str, tuple[_Row, ...]]:
    found: dict[str, list[_Row]] = {}
    for rank, (senses, needs, behind, parser) in enumerate(PARSERS):
        for sense in senses:
            found.setdefault(sense, []).append((rank, needs, behind, parser))
    return {sense: tuple(rows) for sense, rows in found.items()}


_BY_SENSE = _by_sense()
_BEGINNING = frozenset(_BY_SENSE)


_Pair = tuple[tuple[str, ...], tuple[str, ...]]


class _Asked(dict[_Pair, tuple[_Row, ...] | None]):
    """Which rows are asked about a word, by its senses and those of the word behind it; None: the word begins no time."""

    def __missing__(self, pair: _Pair) -> tuple[_Row, ...] | None:
        here, after = pair
        every = [row for sense in here for row in _BY_SENSE.get(sense, ())]
        is_article = not _ARTICLES.isdisjoint(here) and _BEHIND_ARTICLE.isdisjoint((*here, *after))
        rows = tuple(row for row in every if not row[2] or not set(row[2]).isdisjoint(after))
        if len(self) > _REMEMBERED:
            self.clear()
        self[pair] = asked = rows if every and not is_article else None
        return asked


_ASKED = _Asked()
_REMEMBERED = 8192
"""Pairs of senses whose rows are kept; they recur."""
_MOST_PIECES = 28
_MOST_ASKED = 250
"""Bounds for logs and calendar dumps: behind that many proposals or words asked about, a text is not searched for times."""


def find_pieces(reading: Reading) -> list[Piece]:
    """What the parsers propose, in order and without overlaps."""
    pieces: list[Piece] = []
    senses = reading.senses
    asked = done = 0
    for index in compress(range(reading.size), map(not_, map(_BEGINNING.isdisjoint, senses))):
        if index < done:
            continue
        rows = _ASKED[(*senses[index],), (*senses[index + 1],)]
        if rows is None:
            continue
        asked += 1
        piece = _best(reading, index, rows)
        if piece is not None:
            while pieces and pieces[-1].end > piece.start:
                pieces.pop()
            pieces.append(piece)
            done = piece.end
            if len(pieces) == _MOST_PIECES:
                break
        if asked == _MOST_ASKED:
            break
    return pieces


_ARTICLES = frozenset(("the", "article", "possessive"))
"""Articles are idle before, and with, nothing that a time begins with: the most frequent words are asked about least."""
_BEHIND_ARTICLE = frozenset(
    (
        "digits",
        "number",
        "ordinal",
        "shift",
        "unit",
        "season",
        "fraction",
        "unitpad",
        "weekday",
        "month",
        "qmark",
        "penultimate",
        "final",
    )
)


def _best(reading: Reading, index: int, rows: tuple[_Row, ...]) -> Piece | None:
    best: Piece | None = None
    best_rank = 0
    kinds = reading.kinds
    for rank, needs, _, parser in rows:
        if needs and kinds.isdisjoint(needs):
            continue
        piece = parser(reading, index)
        if piece is None or (best is not None and (piece.end, -rank) <= (best.end, -best_rank)):
            continue
        best, best_rank = piece, rank
    return best
