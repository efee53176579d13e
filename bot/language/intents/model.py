"""The small linear model that ranks intents: features of a sketch, a sparse dot product, a softmax. No other logic lives here.

The weights (`words/intent_weights.json`) are made by `benchmarks/fit_intents.py` from the templates in
`benchmarks/phrases/`, all of them ours. A change to `features` needs a new fit: a test compares the version.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, compress
from math import exp
from struct import Struct
from typing import TYPE_CHECKING, TypeVar

from bot.language.meaning import Intent
from bot.values import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from bot.language.sketch import Piece, Sketch

VERSION = 2
"""Of the features. Weights of another version are refused."""

_BUCKETS = ("0", "1", "2", "3", "4", "5", "5", "7", "7", "9", "9", "9")
_SPREAD = 60
"""Intents this far (in tenths, like the weights) behind the first are not worth a look."""
_SHARES = tuple(exp(-behind / 10) for behind in range(_SPREAD))
"""How likely an intent is beside the first, by how far it is behind."""
_MARKS = frozenset(("T", "U", "L", "N", "NTH", "P", "E", "LINK"))
_REMEMBERED = 8192
"""Pieces of sketches whose weights are kept; they recur."""

Flat = Sequence[int]
"""The weights of one feature as they stand in the file: an intent's index, its weight, the next index, its weight …"""
Column = int
"""The weights of one feature for all intents in one number, 32 bits an intent: one addition adds them all."""
_BITS = 32
_NONE: Mapping[str, Flat] = {}
Key = TypeVar("Key")
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


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A piece as the model sees it. Equal ones are the same, so that it can be a key."""

    word: str
    """"?" when the model does not know it."""
    head: str
    """The first class of the piece, or its word."""
    classes: tuple[str, ...] = ()


_BEGIN, _END = Seen("^", "^"), Seen("$", "$")
"""What stands in front of every sketch, twice, and behind it."""


class OnDemand(dict[Key, Made]):
    """What is made of a key when somebody asks for it, and kept. Most features of the file are never met."""

    def __init__(self, make: Callable[[Key], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Made:
        if len(self) > _REMEMBERED:
            self.clear()
        self[key] = made = self._make(key)
        return made


Run = tuple[Seen, Seen, Seen]
"""Three pieces, one behind the other."""
Shape = tuple[str, str, str, str, bool]
"""How long a sketch is, how much of it is unknown, its first head, "T" or "-", and whether it is a first turn."""


class Table:
    """The columns of one group of intents (indices into `Weights.intents`), by what a feature is made of."""

    __slots__ = ("bias", "classes", "intents", "learnt", "named", "pieces", "runs", "scores", "shapes", "words")

    def __init__(self, learnt: Learnt, intents: range, bias: Flat) -> None:
        self.learnt, self.intents = learnt, intents
        self.scores = Struct(f"<{len(intents)}I")
        """How a sum of columns is taken apart."""
        self.bias: Column = sum(_column((index, bias[index] + (1 << (_BITS - 1))), intents) for index in intents)
        """Raised by 2³¹ for every intent, so that no score is below zero when the sum is taken apart."""
        every: OnDemand[tuple[str, str, Sequence[str]], Seen] = OnDemand(lambda of: Seen(of[0], of[1], tuple(of[2])))
        self.pieces: Mapping[Piece, Seen] = OnDemand(
            lambda piece: every[word := _word(piece, learnt.words), _head(piece, word), piece.classes]
        )
        self.words: Mapping[str, Column] = OnDemand(lambda word: self._of(learnt.words, word))
        self.named: Mapping[str, Column] = OnDemand(lambda name: self._of(learnt.others, name))
        self.classes = {mark: self._classes(mark) for mark in "T-"}
        """By "T" or "-", whether the sketch holds a time, then by class."""
        self.runs: Mapping[Run, Column] = OnDemand(self._run)
        """Of the last of three pieces, as it stands behind the others."""
        self.shapes: Mapping[Shape, Column] = OnDemand(self._shape)

    def _of(self, flats: Mapping[str, Flat], name: str) -> Column:
        return _column(flats.get(name, ()), self.intents)

    def _classes(self, mark: str) -> Mapping[str, Column]:
        plain, timed = self.learnt.classes, self.learnt.timed_classes
        return OnDemand(lambda name: self._of(plain, name) + self._of(timed, name + mark))

    def _run(self, run: Run) -> Column:
        first, second, last = run
        behind, heads = self.learnt.words_behind.get(second.word, _NONE), self.learnt.heads_behind
        thirds = self.learnt.thirds.get(first.head, {}).get(second.head, _NONE)
        by_head = self._of(heads.get(second.head, _NONE), last.head) + self._of(thirds, last.head)
        return self._of(behind, last.word) + by_head

    def _shape(self, shape: Shape) -> Column:
        long, unknown, head, timed, is_first = shape
        names = _shape(long, unknown, head, timed) + (_first_turn(long + timed) if is_first else ())
        return sum(map(self.named.__getitem__, names))


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
    found += _shape(_long(words), _unknown(words), heads[0] if heads else "", timed)
    found += ["x=" + name + timed for name in every]
    return found + _turn(drawn, words, heads, every)


def _shape(long: str, unknown: str, head: str, timed: str) -> tuple[str, ...]:
    """The features of the sketch as a whole."""
    return "n=" + long, "?=" + unknown, "f=" + head + timed


def _unknown(words: list[str]) -> str:
    return _BUCKETS[min(words.count("?"), 5)]


def _long(words: list[str]) -> str:
    return _BUCKETS[len(words)] if len(words) < len(_BUCKETS) else "12"


def _turn(drawn: Sketch, words: list[str], heads: list[str], every: Iterable[str]) -> list[str]:
    """The features of the sketch as an answer, or as a first turn."""
    long = _long(words) + ("T" if "T" in words else "-")
    if not drawn.asked:
        return [*_first_turn(long)]
    return [*_in_context(drawn.asked, words, heads, every), "k=" + drawn.asked + " n" + long]


def _first_turn(long: str) -> tuple[str, ...]:
    return "k=first", "k=first n" + long


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
    scores = _scores(learnt.everyday, drawn)
    if may_manage:
        scores += _scores(learnt.managing, drawn)
    top = max(scores)
    cut = top - _SPREAD
    near = compress(range(len(scores)), map(cut.__lt__, scores))
    likely = [(_SHARES[top - scores[index]], index) for index in near]
    total = sum([share for share, _ in likely])
    likely.sort(reverse=True)
    return [(learnt.intents[index], share / total) for share, index in likely[:5]]


def _scores(table: Table, drawn: Sketch) -> tuple[int, ...]:
    """The sum of all columns that the sketch has, taken apart into a score for each intent."""
    seen = list(map(table.pieces.__getitem__, drawn.pieces))
    words = [one.word for one in seen]
    every = dict.fromkeys(chain.from_iterable([one.classes for one in seen]))
    timed = "T" if "T" in words else "-"
    total = table.bias + sum(map(table.words.__getitem__, {*words}))
    total += sum(map(table.classes[timed].__getitem__, every))
    line = [_BEGIN, _BEGIN, *seen, _END]
    total += sum(map(table.runs.__getitem__, zip(line, line[1:], line[2:], strict=False)))
    total += table.shapes[_long(words), _unknown(words), seen[0].head if seen else "", timed, not drawn.asked]
    if drawn.asked:
        names = _turn(drawn, words, [one.head for one in seen], every)
        total += sum(map(table.named.__getitem__, names))
    if drawn.is_question:
        total += table.named["q"]
    return table.scores.unpack(total.to_bytes(table.scores.size, "little"))
