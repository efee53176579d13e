"""The small linear model that ranks intents: features of a sketch, a sparse dot product, a softmax. No other logic lives here.

The weights (`words/intent_weights.json`) are made by `benchmarks/fit_intents.py` from the templates in
`benchmarks/phrases/`, all of them ours. A change to `features` needs a new fit: a test compares the version.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp
from struct import unpack
from typing import TYPE_CHECKING, NamedTuple

from bot.language.meaning import Intent
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.language.sketch import Piece, Sketch

VERSION = 2
"""Of the features. Weights of another version are refused."""

_BUCKETS = ("0", "1", "2", "3", "4", "5", "5", "7", "7", "9", "9", "9")
_SPREAD = 60
"""Intents this far (in tenths, like the weights) behind the first are not worth a look."""
_MARKS = frozenset(("T", "U", "L", "N", "NTH", "P", "E", "LINK"))
_REMEMBERED = 8192
"""Pieces of sketches whose weights are kept; they recur."""

Column = int
"""The weights of one feature for all intents in one number, 32 bits an intent: one addition adds them all."""
Columns = Mapping[str, Column]
_BITS = 32
_NONE: Columns = {}
_NO_PAIRS: Mapping[str, Columns] = {}


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


class Table(dict["Piece", Seen]):
    """The columns of one group of intents (indices into `Weights.intents`), by what a feature is made of.

    As a mapping it gives what is seen in a piece; that is kept, since pieces recur.
    """

    def __init__(self, columns: Columns, words: frozenset[str], intents: range, bias: Column) -> None:
        super().__init__()
        self.words, self.intents = words, intents
        self.bias = bias
        """Raised by 2³¹ for every intent, so that no score is below zero when the sum is taken apart."""
        kinds: dict[str, dict[str, Column]] = {kind: {} for kind in "wcxbht"}
        for name, column in columns.items():
            kinds.setdefault(name[0], {})[name[2:]] = column
        self.columns = kinds["w"]
        self.words_behind, self.heads_behind = _nested(kinds["b"]), _nested(kinds["h"])
        self.thirds = {first: _nested(rest) for first, rest in _nested(kinds["t"]).items()}
        names = kinds["c"].keys() | {name[:-1] for name in kinds["x"]}
        self.classes: Mapping[str, Columns] = {
            timed: {name: kinds["c"].get(name, 0) + kinds["x"].get(name + timed, 0) for name in names} for timed in "T-"
        }
        """By "T" or "-", whether the sketch holds a time, then by class."""
        self.others = {name: column for name, column in columns.items() if name[0] not in "wcxbht"}
        """By the feature's name."""
        self.first = self.seen("^", "^", ())
        """What stands in front of every sketch."""

    def __missing__(self, piece: Piece) -> Seen:
        word = _word(piece, self.words)
        if len(self) > _REMEMBERED:
            self.clear()
        self[piece] = seen = self.seen(word, _head(piece, word), piece.classes)
        return seen

    def seen(self, word: str, head: str, classes: Sequence[str]) -> Seen:
        """A word, its head and its classes with the columns that belong to them."""
        return Seen(
            word,
            head,
            classes,
            self.columns.get(word, 0),
            self.words_behind.get(word, _NONE),
            self.heads_behind.get(head, _NONE),
            self.thirds.get(head, _NO_PAIRS),
        )


def _nested(columns: Columns) -> dict[str, dict[str, Column]]:
    """Columns by the first word of their names, then by the rest."""
    found: dict[str, dict[str, Column]] = {}
    for name, column in columns.items():
        first, _, rest = name.partition(" ")
        found.setdefault(first, {})[rest] = column
    return found


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
    return Weights(
        intents=tuple(map(Intent, data["intents"])),
        everyday=_table(data["features"], data["bias"], range(everyday)),
        managing=_table(data["features"], data["bias"], range(everyday, every)),
        words=frozenset(name[2:] for name in data["features"] if name.startswith("w=")),
    )


def _table(features: Mapping[str, list[int]], bias: list[int], intents: range) -> Table:
    """The columns of some of the intents."""
    columns = {name: column for name, flat in features.items() if (column := _column(flat, intents))}
    words = frozenset(name[2:] for name in features if name.startswith("w="))
    raised = sum(_column([index, bias[index] + (1 << (_BITS - 1))], intents) for index in intents)
    return Table(columns, words, intents, raised)


def _column(flat: Sequence[int], intents: range) -> Column:
    """The weights of (index, weight, index, weight …) as one number; weights below zero borrow from the next intent's bits."""
    pairs = zip(flat[::2], flat[1::2], strict=True)
    return sum(weight << (_BITS * (index - intents.start)) for index, weight in pairs if index in intents)


def _word(piece: Piece, known: frozenset[str]) -> str:
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
    classes, by_name = table.classes[timed], table.others
    total = table.bias + sum({piece.word: piece.column for piece in seen}.values())
    total += sum([classes[name] for name in every if name in classes])
    total += sum([by_name[name] for name in others if name in by_name])
    _, _, _, _, words_behind, heads_behind, thirds = table.first
    behind_two = thirds.get("^", _NONE)
    for word, head, _, _, words_next, heads_next, thirds_next in seen:
        total += words_behind.get(word, 0) + heads_behind.get(head, 0) + behind_two.get(head, 0)
        behind_two = thirds.get(head, _NONE)
        words_behind, heads_behind, thirds = words_next, heads_next, thirds_next
    total += words_behind.get("$", 0) + heads_behind.get("$", 0)
    size = len(table.intents)
    return unpack(f"<{size}I", total.to_bytes(size * _BITS // 8, "little"))
