"""The small linear model that ranks intents: features of a sketch, a sparse dot product, a softmax. No other logic lives here.

The weights (`words/intent_weights.json`) are made by `benchmarks/fit_intents.py` from the templates in
`benchmarks/phrases/`, all of them ours. A change to `features` needs a new fit: a test compares the version.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp
from struct import unpack
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from bot.language.meaning import Intent
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from bot.language.sketch import Piece, Sketch

VERSION = 2
"""Of the features. Weights of another version are refused."""

_BUCKETS = ("0", "1", "2", "3", "4", "5", "5", "7", "7", "9", "9", "9")
_SPREAD = 60
"""Intents this far (in tenths, like the weights) behind the first are not worth a look."""
_MARKS = frozenset(("T", "U", "L", "N", "NTH", "P", "E", "LINK"))
_REMEMBERED = 8192
"""Pieces of sketches whose weights are kept; they recur."""

Flat = Sequence[int]
"""The weights of one feature as they stand in the file: an intent's index, its weight, the next index, its weight …"""
Column = int
"""The weights of one feature for all intents in one number, 32 bits an intent: one addition adds them all."""
Columns = Mapping[str, Column]
_BITS = 32
_NONE: Columns = {}
Made = TypeVar("Made")


class Learnt(NamedTuple):
    """All features with their weights, by kind; those of several words by the first word, then by what is behind it."""

    words: Mapping[str, Flat]
    classes: Mapping[str, Flat]
    timed_classes: Mapping[str, Flat]
    """By the class and "T" or "-", whether the sketch holds a time."""
    words_behind: Mapping[str, Mapping[str, Flat]]
    heads_behind: Mapping[str, Mapping[str, Flat]]
    thirds: Mapping[str, Mapping[str, Mapping[str, Flat]]]
    others: Mapping[str, Flat]
    """By the feature's name."""


class Seen(NamedTuple):
    """A piece as the model sees it, with the columns of what may stand behind it."""

    word: str
    """"?" when the model does not know it."""
    head: str
    """The first class of the piece, or its word."""
    classes: Sequence[str]
    column: Column
    """Of the word."""
    words_behind: Columns
    heads_behind: Columns
    thirds: Mapping[str, Columns]
    """By the head behind it, then by the one behind that."""


class OnDemand(dict[str, Made]):
    """What is made of a name when somebody asks for it. Most features of the file are never met."""

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> Made:
        self[name] = made = self._make(name)
        return made


class Table(dict["Piece", Seen]):
    """The columns of one group of intents (indices into `Weights.intents`), by what a feature is made of.

    As a mapping it gives what is seen in a piece; that is kept, since pieces recur.
    """

    def __init__(self, learnt: Learnt, intents: range, bias: Flat) -> None:
        super().__init__()
        self.learnt, self.intents = learnt, intents
        self.bias = sum(_column((index, bias[index] + (1 << (_BITS - 1))), intents) for index in intents)
        """Raised by 2³¹ for every intent, so that no score is below zero when the sum is taken apart."""
        self._words_behind = OnDemand(lambda word: self._columns(learnt.words_behind.get(word, {})))
        self._heads_behind = OnDemand(lambda head: self._columns(learnt.heads_behind.get(head, {})))
        self._thirds = OnDemand(
            lambda head: {second: self._columns(third) for second, third in learnt.thirds.get(head, {}).items()}
        )
        self.others = OnDemand(lambda name: _column(learnt.others[name], intents))
        plain, timed = self._columns(learnt.classes), self._columns(learnt.timed_classes)
        names = plain.keys() | {name[:-1] for name in timed}
        self.classes: Mapping[str, Columns] = {
            mark: {name: plain.get(name, 0) + timed.get(name + mark, 0) for name in names} for mark in "T-"
        }
        """By "T" or "-", whether the sketch holds a time, then by class."""
        self.first = self._seen("^", "^", ())
        """What stands in front of every sketch."""

    def __missing__(self, piece: Piece) -> Seen:
        word = _word(piece, self.learnt.words)
        if len(self) > _REMEMBERED:
            self.clear()
        self[piece] = seen = self._seen(word, _head(piece, word), piece.classes)
        return seen

    def _seen(self, word: str, head: str, classes: Sequence[str]) -> Seen:
        """A word, its head and its classes with the columns that belong to them."""
        column = _column(self.learnt.words.get(word, ()), self.intents)
        return Seen(word, head, classes, column, self._words_behind[word], self._heads_behind[head], self._thirds[head])

    def _columns(self, flats: Mapping[str, Flat]) -> Columns:
        return {name: column for name, flat in flats.items() if (column := _column(flat, self.intents))}


def _column(flat: Flat, intents: range) -> Column:
    """The weights of some intents as one number; weights below zero borrow from the next intent's bits."""
    pairs = zip(flat[::2], flat[1::2], strict=True)
    return sum([weight << (_BITS * (index - intents.start)) for index, weight in pairs if index in intents])


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt (weights in tenths), apart for everyday intents and those that manage an account.

    `intents` lists the everyday ones first; `words` are the words that the model knows by themselves.
    """

    intents: tuple[Intent, ...]
    everyday: Table
    managing: Table
    words: frozenset[str]


@cache
def weights() -> Weights:
    """The weights of the data file; read once."""
    data = json.loads(files("bot.language").joinpath("words/intent_weights.json").read_text(encoding="utf-8"))
    if data["version"] != VERSION:
        raise ValueError(
            f"words/intent_weights.json is of version {data['version']}, not {VERSION}; run benchmarks/fit_intents.py"
        )
    everyday, every = int(data["everyday"]), len(data["intents"])
    learnt = _by_kind(data["features"])
    return Weights(
        intents=tuple(map(Intent, data["intents"])),
        everyday=Table(learnt, range(everyday), data["bias"]),
        managing=Table(learnt, range(everyday, every), data["bias"]),
        words=frozenset(learnt.words),
    )


def _by_kind(features: Mapping[str, Flat]) -> Learnt:
    kinds: dict[str, dict[str, Flat]] = {kind: {} for kind in "wcxbht"}
    others: dict[str, Flat] = {}
    for name, flat in features.items():
        kinds.get(name[0], others)[name[2:] if name[0] in kinds else name] = tuple(flat)
    return Learnt(
        words=kinds["w"],
        classes=kinds["c"],
        timed_classes=kinds["x"],
        words_behind=_by_first(kinds["b"]),
        heads_behind=_by_first(kinds["h"]),
        thirds={first: _by_first(rest) for first, rest in _by_first(kinds["t"]).items()},
        others=others,
    )


def _by_first(flats: Mapping[str, Flat]) -> dict[str, dict[str, Flat]]:
    """By the first word of their names, then by the rest."""
    found: dict[str, dict[str, Flat]] = {}
    for name, flat in flats.items():
        first, _, rest = name.partition(" ")
        found.setdefault(first, {})[rest] = flat
    return found


def _word(piece: Piece, known: Container[str]) -> str:
    return piece.mark if piece.mark in known or piece.mark in _MARKS else "?"


def _head(piece: Piece, word: str) -> str:
    return piece.classes[0] if piece.classes else word


def features(drawn: Sketch, known: frozenset[str]) -> list[str]:
    """The names of the features that a sketch has, for fitting. `rank` adds up the same ones."""
    words = [_word(piece, known) for piece in drawn.pieces]
    heads = [_head(piece, word) for piece, word in zip(drawn.pieces, words, strict=True)]
    found = ["q"] if drawn.is_question else []
    found += ["w=" + word for word in dict.fromkeys(words)]
    every = dict.fromkeys(name for piece in drawn.pieces for name in piece.classes)
    found += ["c=" + name for name in every]
    before_word = before = before2 = "^"
    for word, head in zip(words, heads, strict=True):
        found += (f"b={before_word} {word}", f"h={before} {head}", f"t={before2} {before} {head}")
        before_word, before2, before = word, before, head
    found += ("b=" + before_word + " $", "h=" + before + " $")
    timed = "T" if "T" in words else "-"
    found += _shape(words, heads, timed)
    found += ["x=" + name + timed for name in every]
    return found + _turn(drawn, words, heads, every)


def _shape(words: list[str], heads: list[str], timed: str) -> tuple[str, ...]:
    """The features of the sketch as a whole."""
    unknown = _BUCKETS[min(words.count("?"), 5)]
    return "n=" + _long(words), "?=" + unknown, "f=" + (heads[0] if heads else "") + timed


def _long(words: list[str]) -> str:
    return _BUCKETS[len(words)] if len(words) < len(_BUCKETS) else "12"


def _turn(drawn: Sketch, words: list[str], heads: list[str], every: Iterable[str]) -> list[str]:
    """The features of the sketch as an answer, or as a first turn."""
    long = " n" + _long(words) + ("T" if "T" in words else "-")
    if not drawn.asked:
        return ["k=first", "k=first" + long]
    return [*_in_context(drawn.asked, words, heads, every), "k=" + drawn.asked + long]


def _in_context(asked: str, words: list[str], heads: list[str], every: Iterable[str]) -> list[str]:
    """What the sketch says as an answer: the kind of question with the first pieces, and with each class."""
    found = ["k=answer", "k=" + asked]
    start = ["^" + word for word in words[:2]] + ["^" + " ".join(heads[:2])]
    found += ["a=" + item for item in start]
    found += ["a=" + asked + item for item in start]
    found += ["a=" + name for name in every]
    found += ["a=" + asked + name for name in every]
    found += ["a=" + word for word in dict.fromkeys(words)]
    return found


def rank(drawn: Sketch, learnt: Weights, *, may_manage: bool) -> list[tuple[Intent, float]]:
    """Intents with their probabilities, the likeliest first; without `may_manage` among the everyday ones only."""
    seen = list(map(learnt.everyday.__getitem__, drawn.pieces))
    words = [piece.word for piece in seen]
    every = dict.fromkeys([name for piece in seen for name in piece.classes])
    timed = "T" if "T" in words else "-"
    heads = [piece.head for piece in seen]
    others = [*_shape(words, heads, timed), *_turn(drawn, words, heads, every)]
    if drawn.is_question:
        others.append("q")
    scores = _scores(learnt.everyday, seen, every, timed, others)
    if may_manage:
        scores += _scores(learnt.managing, list(map(learnt.managing.__getitem__, drawn.pieces)), every, timed, others)
    top = max(scores)
    total = 0.0
    likely = []
    for index, score in enumerate(scores):
        if score > top - _SPREAD:
            share = exp((score - top) / 10)
            total += share
            likely.append((share, index))
    likely.sort(reverse=True)
    return [(learnt.intents[index], share / total) for share, index in likely[:5]]


def _scores(table: Table, seen: list[Seen], every: Iterable[str], timed: str, others: list[str]) -> tuple[int, ...]:
    """The sum of all columns that the sketch has, taken apart into a score for each intent."""
    classes, by_name, known = table.classes[timed], table.others, table.learnt.others
    total = table.bias + sum({piece.word: piece.column for piece in seen}.values())
    total += sum([classes[name] for name in every if name in classes])
    total += sum([by_name[name] for name in others if name in known])
    _, _, _, _, words_behind, heads_behind, thirds = table.first
    behind_two = thirds.get("^", _NONE)
    for word, head, _, _, words_next, heads_next, thirds_next in seen:
        total += words_behind.get(word, 0) + heads_behind.get(head, 0) + behind_two.get(head, 0)
        behind_two = thirds.get(head, _NONE)
        words_behind, heads_behind, thirds = words_next, heads_next, thirds_next
    total += words_behind.get("$", 0) + heads_behind.get("$", 0)
    size = len(table.intents)
    return unpack(f"<{size}I", total.to_bytes(size * _BITS // 8, "little"))
