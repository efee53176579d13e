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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.language.sketch import Sketch

VERSION = 2
"""Of the features. Weights of another version are refused."""

_BUCKETS = ("0", "1", "2", "3", "4", "5", "5", "7", "7", "9", "9", "9")
_SPREAD = 60
"""Intents this far (in tenths, like the weights) behind the first are not worth a look."""
_MARKS = frozenset(("T", "U", "L", "N", "NTH", "P", "E", "LINK"))


@dataclass(frozen=True, slots=True)
class Weights:
    """(Index of the intent, weight in tenths) pairs by feature, apart for everyday intents and those that manage an account.

    `intents` lists the everyday ones first; `words` are the words that the model knows by themselves.
    """

    intents: tuple[str, ...]
    bias: tuple[int, ...]
    everyday: int
    """How many of the intents are everyday ones."""
    by_feature: Mapping[str, tuple[tuple[int, int], ...]]
    managing: Mapping[str, tuple[tuple[int, int], ...]]
    words: frozenset[str]


@cache
def weights() -> Weights:
    """The weights of the data file; read once."""
    data = json.loads(files("bot.language").joinpath("words/intent_weights.json").read_text(encoding="utf-8"))
    if data["version"] != VERSION:
        raise ValueError(
            f"words/intent_weights.json is of version {data['version']}, not {VERSION}; run benchmarks/fit_intents.py"
        )
    everyday = int(data["everyday"])
    by_feature: dict[str, tuple[tuple[int, int], ...]] = {}
    managing: dict[str, tuple[tuple[int, int], ...]] = {}
    words = []
    for name, flat in data["features"].items():
        if name.startswith("w="):
            words.append(name[2:])
        pairs = tuple(zip(flat[::2], flat[1::2], strict=True))
        if pairs and pairs[-1][0] < everyday:
            by_feature[name] = pairs
        elif pairs and pairs[0][0] >= everyday:
            managing[name] = pairs
        elif pairs:
            by_feature[name] = tuple(pair for pair in pairs if pair[0] < everyday)
            managing[name] = tuple(pair for pair in pairs if pair[0] >= everyday)
    return Weights(
        intents=tuple(data["intents"]),
        bias=tuple(data["bias"]),
        everyday=everyday,
        by_feature=by_feature,
        managing=managing,
        words=frozenset(words),
    )


def features(drawn: Sketch, known: frozenset[str]) -> list[str]:
    """The names of the features that a sketch has. Words outside `known` count as "?"."""
    marks = drawn.marks
    found = ["q"] if drawn.is_question else []
    words = [mark if mark in known or mark in _MARKS else "?" for mark in marks]
    heads = [names[0] if names else word for names, word in zip(drawn.classes, words, strict=True)]
    found += ["w=" + word for word in dict.fromkeys(words)]
    every = dict.fromkeys(name for names in drawn.classes for name in names)
    found += ["c=" + name for name in every]
    before_word = before = before2 = "^"
    for word, head in zip(words, heads, strict=True):
        found += (f"b={before_word} {word}", f"h={before} {head}", f"t={before2} {before} {head}")
        before_word, before2, before = word, before, head
    found.append("b=" + before_word + " $")
    found.append("h=" + before + " $")
    size = len(words)
    long = _BUCKETS[size] if size < len(_BUCKETS) else "12"
    found.append("n=" + long)
    found.append("?=" + _BUCKETS[min(words.count("?"), 5)])
    timed = "T" if "T" in words else "-"
    first = heads[0] if heads else ""
    found.append("f=" + first + timed)
    found += ["x=" + name + timed for name in every]
    if drawn.asked:
        found += _in_context(drawn.asked, words, heads, every)
        found.append("k=" + drawn.asked + " n" + long + timed)
    else:
        found.append("k=first")
        found.append("k=first n" + long + timed)
    return found


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


def rank(names: list[str], learnt: Weights, *, may_manage: bool) -> list[tuple[str, float]]:
    """Intents with their probabilities, the likeliest first; without `may_manage` among the everyday ones only."""
    scores = list(learnt.bias) if may_manage else list(learnt.bias[: learnt.everyday])
    for by_feature in (learnt.by_feature, learnt.managing) if may_manage else (learnt.by_feature,):
        look_up = by_feature.get
        for name in names:
            pairs = look_up(name)
            if pairs is not None:
                for index, weight in pairs:
                    scores[index] += weight
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
