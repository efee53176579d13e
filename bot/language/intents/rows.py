"""The rows of `words/intent_rows.toml`: which intents a sketch may have. The format is described at the head of that file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, reduce
from itertools import pairwise
from operator import or_
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.language.intents import model
from bot.language.lexicon import lexicon_for
from bot.language.meaning import Intent
from bot.language.sketch import MAIL, PERSON
from bot.language.wordfiles import word_tables
from bot.values import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.language.sketch import Piece, Sketch

EVERYDAY = frozenset(intent.value for intent in tuple(Intent)[: tuple(Intent).index(Intent.OUT_OF_SCOPE) + 1])
"""The intents of conversations about meetings; the others manage an account."""
_REMEMBERED = 8192
"""Pieces of sketches whose facts are kept; they recur."""

Facts = int
"""What rows may ask, in one number: a bit a row for each of its needs that is met, and one where it is barred.

As many bits as there are rows for the first needs, as many for the second, …, the last for bars. What a fact is worth stands in
`Rows.bits`; a set of facts is worth what they are together. So one addition asks all rows at once.
"""
Fitting = int
"""The rows that fit, a bit each in the order of the file."""
_MOST_NEEDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One way to want something. Each of its needs must be met by a fact, none of its bars may."""

    intent: Intent
    asked: frozenset[str]
    """The words that any of its needs names."""
    is_sure: bool = False
    example: str = ""
    bot: str = ""
    """What the bot had said before the example."""
    has_options: bool = False

    def asks_for(self, mark: str) -> bool:
        """Whether one of the needs is this very word."""
        return mark in self.asked and mark not in _WORDLESS and mark != "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All rows by intent and in order, and what each fact that they name is worth."""

    by_intent: Mapping[str, tuple[Row, ...]]
    every: tuple[Row, ...]
    bits: Mapping[str, Facts]
    without: Facts
    """Met by no fact at all: the needs that a row has not."""
    longest: tuple[Fitting, ...]
    """The rows that a sketch of 0, 1, 2 … pieces is not too long for; the last is for all longer ones."""
    sure: Fitting
    """The rows that decide alone."""
    managing: Fitting
    """The rows of intents that manage an account."""
    of_intent: Mapping[str, Fitting]


@cache
def all_rows() -> Rows:
    """The rows of the file; read once."""
    tables = word_tables("intent_rows")
    items = [(intent, item) for intent, table in tables.items() for item in table["rows"]]
    every = [_row(intent, item) for intent, item in items]
    places = {intent: [at for at, (name, _) in enumerate(items) if name == intent] for intent in tables}
    of_intent = {intent: _together(group) for intent, group in places.items()}
    bits, without = _worth([item for _, item in items])
    return Rows(
        by_intent=MappingProxyType({intent: tuple(every[at] for at in group) for intent, group in places.items()}),
        every=tuple(every),
        bits=MappingProxyType(bits),
        without=without,
        longest=_by_length([_longest(item) for _, item in items]),
        sure=_together(at for at, row in enumerate(every) if row.is_sure),
        managing=_together(at for at, (intent, _) in enumerate(items) if intent not in EVERYDAY),
        of_intent=MappingProxyType(of_intent),
    )


def _together(places: Iterable[int]) -> Fitting:
    return sum(1 << place for place in places)


Item = Mapping[str, str | bool]


def _needs(item: Item) -> list[str]:
    return str(item["needs"]).partition("~")[0].split()


def _longest(item: Item) -> int | None:
    longest = str(item["needs"]).partition("~")[2]
    return int(longest) if longest else None


def _worth(items: list[Item]) -> tuple[dict[str, Facts], Facts]:
    """What each fact is worth, and which needs are met without one."""
    found: dict[str, Facts] = {}
    without, size = 0, len(items)
    for place, item in enumerate(items):
        needs = _needs(item)
        without |= _together(number * size + place for number in range(len(needs), _MOST_NEEDS))
        for number, need in enumerate(needs):
            for fact in need.split("|"):
                found[fact] = found.get(fact, 0) | 1 << (number * size + place)
        for fact in str(item.get("bars", "")).replace("|", " ").split():
            found[fact] = found.get(fact, 0) | 1 << (_MOST_NEEDS * size + place)
    return found, without


def _by_length(longest: list[int | None]) -> tuple[Fitting, ...]:
    sizes = range(max(most or 0 for most in longest) + 2)
    return tuple(_together(at for at, most in enumerate(longest) if most is None or size <= most) for size in sizes)


def _row(intent: str, item: Item) -> Row:
    needs = _needs(item)
    if len(needs) > _MOST_NEEDS:
        raise ValueError(f"«{item['needs']}» has more than {_MOST_NEEDS} needs")
    return Row(
        intent=Intent(intent),
        asked=frozenset(fact.removeprefix("^") for need in needs for fact in need.split("|")),
        is_sure=bool(item.get("sure")),
        example=str(item["example"]),
        bot=str(item.get("bot", "")),
        has_options=bool(item.get("options")),
    )


def rows() -> Mapping[str, tuple[Row, ...]]:
    """All rows by intent."""
    return all_rows().by_intent


def fitting(found: Facts, size: int) -> Fitting:
    """The rows that propose their intent for these facts of a sketch of so many pieces."""
    known = all_rows()
    found |= known.without
    count = len(known.every)
    fit = known.longest[min(size, len(known.longest) - 1)]
    for _ in range(_MOST_NEEDS):
        fit &= found
        found >>= count
    return fit & ~found


def first_row(fit: Fitting) -> Row | None:
    """The one that stands first in the file."""
    return all_rows().every[(fit & -fit).bit_length() - 1] if fit else None


def sure_row(fit: Fitting) -> Row | None:
    """The first row of the file that decides alone."""
    return first_row(fit & all_rows().sure)


def may_manage(fit: Fitting) -> bool:
    """Whether a row proposes any intent that manages an account."""
    return bool(fit & all_rows().managing)


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
            reduce(or_, [bits[name] for name in named if name in bits] or [0]),
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
    if PERSON in pieces or MAIL in pieces:
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
