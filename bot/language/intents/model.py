"""The small linear model that ranks intents: features of a sketch, a sparse dot product, a softmax. No other logic lives here.

The weights (`words/intent_weights.json`) are made by `benchmarks/fit_intents.py` from the templates in
`benchmarks/phrases/`, all of them ours. A change to `features` needs a new fit: a test compares the version.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from struct import unpack
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
_BITS = 32
_NONE: Mapping[str, Column] = MappingProxyType({})
_NO_PAIRS: Mapping[str, Mapping[str, Column]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of one group of intents (indices into `Weights.intents`), by what a feature is made of."""

    intents: range
    bias: Column
    """Raised by 2³¹ for every intent, so that no score is below zero when the sum is taken apart."""
    words: Mapping[str, Column]
    classes: Mapping[str, Mapping[str, Column]]
    """By "T" or "-", whether the sketch holds a time, then by class."""
    pairs: Mapping[str, Mapping[str, Column]]
    """A word by the one in front of it."""
    heads: Mapping[str, Mapping[str, Column]]
    """A head (the first class of a piece, or its word) by the one in front of it."""
    triples: Mapping[str, Mapping[str, Mapping[str, Column]]]
    others: Mapping[str, Column]
    """By the feature's name."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt (weights in tenths), apart for everyday intents and those that manage an account.

    `intents` lists the everyday ones first; `words` are the words that the model knows by themselves.
    """

    intents: tuple[str, ...]
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
        intents=tuple(data["intents"]),
        everyday=_table(data["features"], data["bias"], range(everyday)),
        managing=_table(data["features"], data["bias"], range(everyday, every)),
        words=frozenset(name[2:] for name in data["features"] if name.startswith("w=")),
    )


def _table(features: Mapping[str, list[int]], bias: list[int], intents: range) -> Table:
    """The columns of some of the intents."""
    columns = {name: column for name, flat in features.items() if (column := _column(flat, intents))}
    kinds: dict[str, dict[tuple[str, ...], Column]] = {kind: {} for kind in "wcxbht"}
    others = {}
    for name, column in columns.items():
        kind, rest = name[0], name[2:]
        if kind in kinds:
            kinds[kind][tuple(rest.split(" ")) if kind in "bht" else (rest,)] = column
        else:
            others[name] = column
    names = {key[0] for key in kinds["c"]} | {key[0][:-1] for key in kinds["x"]}
    classes = {
        timed: {name: kinds["c"].get((name,), 0) + kinds["x"].get((name + timed,), 0) for name in names}
        for timed in "T-"
    }
    triples: dict[str, dict[str, dict[str, Column]]] = {}
    for (first, second, third), column in kinds["t"].items():
        triples.setdefault(first, {}).setdefault(second, {})[third] = column
    return Table(
        intents=intents,
        bias=sum(_column([index, bias[index] + (1 << (_BITS - 1))], intents) for index in intents),
        words={key[0]: column for key, column in kinds["w"].items()},
        classes=classes,
        pairs=_nested(kinds["b"]),
        heads=_nested(kinds["h"]),
        triples=triples,
        others=others,
    )


def _column(flat: Sequence[int], intents: range) -> Column:
    """The weights of (index, weight, index, weight …) as one number; weights below zero borrow from the next intent's bits."""
    pairs = zip(flat[::2], flat[1::2], strict=True)
    return sum(weight << (_BITS * (index - intents.start)) for index, weight in pairs if index in intents)


def _nested(columns: Mapping[tuple[str, ...], Column]) -> dict[str, dict[str, Column]]:
    found: dict[str, dict[str, Column]] = {}
    for (first, second), column in columns.items():
        found.setdefault(first, {})[second] = column
    return found


class Seen(NamedTuple):
    """A piece as the model sees it. Words that it does not know are "?"."""

    word: str
    head: str
    classes: tuple[str, ...]


class _Pieces(dict["Piece", Seen]):
    """How the model sees each piece, given the words that it knows."""

    def __init__(self, known: frozenset[str]) -> None:
        super().__init__()
        self.known = known

    def __missing__(self, piece: Piece) -> Seen:
        word = piece.mark if piece.mark in self.known or piece.mark in _MARKS else "?"
        if len(self) > _REMEMBERED:
            self.clear()
        self[piece] = seen = Seen(word, piece.classes[0] if piece.classes else word, piece.classes)
        return seen


_pieces = cache(_Pieces)


def features(drawn: Sketch, known: frozenset[str]) -> list[str]:
    """The names of the features that a sketch has, for fitting. `rank` adds up the same ones."""
    seen = list(map(_pieces(known).__getitem__, drawn.pieces))
    words, heads = [piece.word for piece in seen], [piece.head for piece in seen]
    found = ["q"] if drawn.is_question else []
    found += ["w=" + word for word in dict.fromkeys(words)]
    every = dict.fromkeys(name for piece in seen for name in piece.classes)
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


def rank(drawn: Sketch, learnt: Weights, *, may_manage: bool) -> list[tuple[str, float]]:
    """Intents with their probabilities, the likeliest first; without `may_manage` among the everyday ones only."""
    seen = list(map(_pieces(learnt.words).__getitem__, drawn.pieces))
    words, heads = [piece.word for piece in seen], [piece.head for piece in seen]
    every = dict.fromkeys([name for piece in seen for name in piece.classes])
    others = [*_shape(words, heads, "T" if "T" in words else "-"), *_turn(drawn, words, heads, every)]
    if drawn.is_question:
        others.append("q")
    scores = _scores(learnt.everyday, words, heads, every, others)
    if may_manage:
        scores += _scores(learnt.managing, words, heads, every, others)
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


def _scores(
    table: Table, words: list[str], heads: list[str], every: Iterable[str], names: list[str]
) -> tuple[int, ...]:
    """The sum of all columns that the sketch has, taken apart into a score for each intent."""
    total = table.bias
    known = table.words
    for word in set(words):
        if word in known:
            total += known[word]
    classes = table.classes["T" if "T" in words else "-"]
    for name in every:
        if name in classes:
            total += classes[name]
    pairs, by_head, triples = table.pairs, table.heads, table.triples
    before_word = before = before2 = "^"
    for word, head in zip(words, heads, strict=True):
        total += (
            pairs.get(before_word, _NONE).get(word, 0)
            + by_head.get(before, _NONE).get(head, 0)
            + triples.get(before2, _NO_PAIRS).get(before, _NONE).get(head, 0)
        )
        before_word, before2, before = word, before, head
    total += pairs.get(before_word, _NONE).get("$", 0) + by_head.get(before, _NONE).get("$", 0)
    others = table.others
    for name in names:
        if name in others:
            total += others[name]
    size = len(table.intents)
    return unpack(f"<{size}I", total.to_bytes(size * _BITS // 8, "little"))
