"""The rows of `words/intent_rows.toml`: which intents a sketch may have. The format is described at the head of that file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from bot.language.intents import model
from bot.language.lexicon import lexicon_for
from bot.language.meaning import Intent
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.language.sketch import Piece, Sketch

EVERYDAY = frozenset(intent.value for intent in tuple(Intent)[: tuple(Intent).index(Intent.OUT_OF_SCOPE) + 1])
"""The intents of conversations about meetings; the others manage an account."""
_REMEMBERED = 8192
"""Pieces of sketches whose facts are kept; they recur."""

Facts = int
"""A set of facts, one bit each: the facts that rows name are numbered, any other says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One way to want something. All `needs` must meet the facts, none of `bars` may."""

    intent: Intent
    needs: tuple[Facts, ...]
    """The narrowest first: most rows are told from others by it."""
    bars: Facts = 0
    longest: int = 999
    is_sure: bool = False
    example: str = ""
    bot: str = ""
    """What the bot had said before the example."""
    has_options: bool = False

    def fits(self, found: Facts, size: int) -> bool:
        """Whether the row proposes its intent for these facts of a sketch of so many pieces."""
        if size > self.longest or found & self.bars:
            return False
        for need in self.needs:  # noqa: SIM110  a loop is twice as fast as all()
            if not found & need:
                return False
        return True

    def asks_for(self, mark: str) -> bool:
        """Whether one of the needs is this very word."""
        if mark in _WORDLESS or mark == "?":
            return False
        bits = all_rows().bits
        asked = bits.get(mark, 0) | bits.get("^" + mark, 0)
        return any(asked & need for need in self.needs)


def first_example(group: tuple[Row, ...], found: Facts, size: int) -> str:
    """The example of the first row that fits, empty when none does."""
    for row in group:
        if size > row.longest or found & row.bars:
            continue
        for need in row.needs:
            if not found & need:
                break
        else:
            return row.example
    return ""


class RowIndex(NamedTuple):
    """Rows by each fact of their narrowest need, with their places in the file; `facts` are all of those facts."""

    facts: Facts
    by_fact: Mapping[Facts, tuple[tuple[int, Row], ...]]

    def fitting(self, found: Facts, size: int) -> Iterator[tuple[int, Row]]:
        """The rows that fit, with their places, in no order."""
        left = found & self.facts
        while left:
            fact = left & -left
            left ^= fact
            for item in self.by_fact[fact]:
                if item[1].fits(found, size):
                    yield item


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All rows by intent, and the number of each fact that they name."""

    by_intent: Mapping[str, tuple[Row, ...]]
    bits: Mapping[str, Facts]
    sure: RowIndex
    """The rows that decide alone."""
    managing: RowIndex
    """The rows of intents that manage an account."""


@cache
def all_rows() -> Rows:
    """The rows of the file; read once."""
    tables = tomllib.loads(files("bot.language").joinpath("words/intent_rows.toml").read_text(encoding="utf-8"))
    bits = _Bits()
    by_intent = {intent: tuple(_row(intent, item, bits) for item in table["rows"]) for intent, table in tables.items()}
    sure = [row for group in by_intent.values() for row in group if row.is_sure]
    managing = [row for intent, group in by_intent.items() if intent not in EVERYDAY for row in group]
    return Rows(
        by_intent=MappingProxyType(by_intent),
        bits=MappingProxyType(dict(bits)),
        sure=_index(sure),
        managing=_index(managing),
    )


class _Bits(dict[str, Facts]):
    """A bit for each fact as it is first named."""

    def __missing__(self, fact: str) -> Facts:
        self[fact] = bit = 1 << len(self)
        return bit

    def of(self, facts: list[str]) -> Facts:
        return sum({self[fact] for fact in facts})


_COMMON = frozenset(("ANSWER", "T", "P", "i", "the", "my", "it", "is", "to", "on", "?", "what", "that", "this", "do"))


def _width(need: list[str]) -> int:
    return len(set(need)) + 10 * len(_COMMON.intersection(need))


def _row(intent: str, item: Mapping[str, str | bool], bits: _Bits) -> Row:
    needs, _, longest = str(item["needs"]).partition("~")
    return Row(
        intent=Intent(intent),
        needs=tuple(map(bits.of, sorted((need.split("|") for need in needs.split()), key=_width))),
        bars=bits.of(str(item.get("bars", "")).replace("|", " ").split()),
        longest=int(longest) if longest else 999,
        is_sure=bool(item.get("sure")),
        example=str(item["example"]),
        bot=str(item.get("bot", "")),
        has_options=bool(item.get("options")),
    )


def _index(rows: list[Row]) -> RowIndex:
    found: dict[Facts, list[tuple[int, Row]]] = {}
    for place, row in enumerate(rows):
        left = row.needs[0]
        while left:
            fact = left & -left
            left ^= fact
            found.setdefault(fact, []).append((place, row))
    return RowIndex(sum(found), MappingProxyType({fact: tuple(group) for fact, group in found.items()}))


def rows() -> Mapping[str, tuple[Row, ...]]:
    """All rows by intent."""
    return all_rows().by_intent


def sure_row(found: Facts, size: int) -> Row | None:
    """The first row of the file that decides alone for these facts."""
    return min(all_rows().sure.fitting(found, size), default=(0, None), key=_place)[1]


def _place(item: tuple[int, Row | None]) -> int:
    return item[0]


def may_manage(found: Facts, size: int) -> bool:
    """Whether a row proposes any intent that manages an account."""
    return any(True for _ in all_rows().managing.fitting(found, size))


_PEOPLE = frozenset(("P", "E"))
_WORDLESS = frozenset(("T", "U", "L", "N", "NTH", "P", "E", "LINK"))


class Told(NamedTuple):
    """What one piece of a sketch says to the rows."""

    facts: Facts
    """By itself: its mark, "@" its classes, "?" when it is content."""
    opening: Facts
    """As the first piece."""
    before_person: Facts
    """«remove+P»."""
    behind_person: Facts
    """«P+from»."""


class _AllTold(dict["Piece", Told]):
    """What each piece says."""

    def __missing__(self, piece: Piece) -> Told:
        bits, mark = all_rows().bits, piece.mark
        named = [mark, *("@" + name for name in piece.classes)]
        if not piece.classes and mark not in _WORDLESS and not (mark in model.weights().words and mark in _own_words()):
            named.append("?")
        if "@role" in named:
            named.append("P")
        if len(self) > _REMEMBERED:
            self.clear()
        self[piece] = told = Told(
            sum({bits.get(name, 0) for name in named}),
            bits.get("^" + mark, 0),
            bits.get(mark + "+P", 0),
            bits.get("P+" + mark, 0),
        )
        return told


@cache
def _all_told() -> _AllTold:
    return _AllTold()


def facts(drawn: Sketch, situation: Iterable[str] = ()) -> Facts:
    """What rows may ask about a sketch: what its pieces say, which stand beside people, and the situation."""
    told, bits, pieces = _all_told(), all_rows().bits, drawn.pieces
    found = told[pieces[0]].opening
    for said in map(told.__getitem__, pieces):
        found |= said.facts
    if found & (bits["P"] | bits["E"]):
        found |= _beside_people(pieces)
    for fact in situation:
        found |= bits.get(fact, 0)
    return found


@cache
def _own_words() -> frozenset[str]:
    """Words that say how a sentence goes: those that rows name, and those of times; any other is its content."""
    return frozenset((*all_rows().bits, *lexicon_for("en").words))


def _beside_people(pieces: tuple[Piece, ...]) -> Facts:
    """Each person with the piece in front and the piece behind: «remove+P», «P+from»."""
    told, found = _all_told(), 0
    for before, after in pairwise(pieces):
        if after.mark in _PEOPLE:
            found |= told[before].before_person
        elif before.mark in _PEOPLE:
            found |= told[after].behind_person
    return found
