"""Fits the weights that rank intents (bot/language/words/intent_weights.json) on the templates in benchmarks/phrases/.

    uv run python benchmarks/fit_intents.py [--rounds 14]      # minutes; writes benchmarks/intents.md beside the weights

Plain Python, seeded: the same templates, corpora and words give the same file. All sentences it learns from are ours (MIT,
like the code); public sets serve to measure only.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from math import exp, sqrt
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from templates import Template, expand, phrases_digest, read_fillers, read_sentences, read_templates, sentences
from verdicts import FITTED, TABLE, table, verdicts

from bot.language.apart import set_apart
from bot.language.entities.reading import read_entities
from bot.language.intents import model
from bot.language.intents.rows import EVERYDAY
from bot.language.meaning import Reference
from bot.language.normalise import normalise
from bot.language.sketch import Sketch, sketch, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

OUT = Path(__file__).parent.parent / "bot/language/words/intent_weights.json"
ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SAMPLES = 12
WORDY = 0.12
"""The share of first turns that get a sentence around them."""
OUTSIDE = 0.75
"""How much a template that is out of scope counts: there are many of them."""
WHOLE = 0.6
"""How much each of the two copies of a whole sentence counts."""
SEED = 20260302
MIN_TEMPLATES = 3
"""A word is known by itself when so many templates use it."""
NEEDED = {"t": 4, "b": 3, "h": 3, "a": 2}
"""So many templates must show a feature of a kind before it is learnt; 1 for the others."""
AVERAGED = 5
"""The weights are the mean of so many last rounds: one fit then differs little from the next."""
SMALLEST = 0.3
"""Weights below this are left out of the file."""
PRUNED_AFTER = 5
PRUNED_BELOW = 0.3
"""After so many rounds weights below this are dropped for good, and the others learn to do without them."""


@dataclass(frozen=True, slots=True)
class Example:
    """A drawn sentence, what it wants, and how much it counts."""

    drawn: Sketch
    intent: str
    template: int
    share: float


def draw(text: str, bot: str = "") -> Sketch:
    """The sketch of a text, as the reader sees it."""
    reference = Reference(now=NOW, zone=ZONE, bot=bot, turn=1 if bot else 0)
    apart = set_apart(normalise(text), reference)
    entities = read_entities(apart.wish, reference, apart.times, apart.asides)
    return sketch(apart.wish, reference, entities.people_spans)


def make_examples(templates: list[Template], random: Random) -> list[Example]:
    """Sentences of all templates; some first turns also stand in the middle of a conversation."""
    fillers = read_fillers()
    kinds = [name for name in fillers if name.startswith("bot.")]
    found = []
    for number, template in enumerate(templates):
        count = SAMPLES * 2 if template.kinds else SAMPLES
        texts = list(sentences(template.line, fillers, random, count))
        for place, plain in enumerate(texts):
            text = plain
            share = (1.4 if template.kinds else OUTSIDE if template.intent == "out_of_scope" else 1) / sqrt(len(texts))
            bot = ""
            if template.kinds:
                kind = random.choice(template.kinds)
                bot = "" if kind == "none" else expand(random.choice(fillers["bot." + kind]), fillers, random)
            elif place % 3 == 2 and template.intent not in ("affirm", "deny"):
                bot = expand(random.choice(fillers[random.choice(kinds)]), fillers, random)
                share /= 3
            if not template.kinds and random.random() < WORDY:
                text = surround(text, fillers, random)
            found.append(Example(draw(roughen(text, random), bot), template.intent, number, share))
    return found


def whole_sentences(first: int, random: Random) -> list[Example]:
    """The sentences of the test corpora that are there to be fitted on, twice each; every one is a template of its own."""
    found = []
    for number, (intent, text, bot) in enumerate(read_sentences(*FITTED), first):
        found += [Example(draw(roughen(text, random), bot), intent, number, WHOLE) for _ in range(2)]
    return found


def surround(text: str, fillers: Mapping[str, tuple[str, ...]], random: Random) -> str:
    """The text with a sentence before or behind it that says nothing of its intent."""
    if random.random() < 0.5:
        return f"{expand(random.choice(fillers['lead']), fillers, random)} {text}"
    return f"{text}. {expand(random.choice(fillers['tail']), fillers, random)}"


def roughen(text: str, random: Random) -> str:
    """The text as somebody might type it: capitals, end marks, lost apostrophes, a greeting."""
    if random.random() < 0.4:
        text = text[:1].upper() + text[1:]
    if random.random() < 0.25:
        text = text.replace("'", "")
    if random.random() < 0.3:
        text += random.choice((".", "?", " please", " thanks"))
    if random.random() < 0.06:
        text = random.choice(("hi, ", "please ", "hey ", "ok, ", "so ", "um ")) + text
    return text


def known_words(examples: list[Example]) -> frozenset[str]:
    """Words that several templates use, and those of the word classes."""
    users: dict[str, set[int]] = defaultdict(set)
    for example in examples:
        for mark in example.drawn.marks:
            users[mark].add(example.template)
    classes = vocabulary().classes
    return frozenset(word for word, seen in users.items() if len(seen) >= (MIN_TEMPLATES if word not in classes else 2))


class Fit:
    """Multinomial logistic regression by AdaGrad over sparse features."""

    def __init__(self, intents: list[str], *, rate: float = 0.25, decay: float = 2e-5) -> None:
        self.intents = intents
        self.bias = [0.0] * len(intents)
        self.weights: dict[str, dict[int, float]] = {}
        self.squares: dict[str, dict[int, float]] = {}
        self.rate = rate
        self.decay = decay
        self.is_pruned = False

    def prune(self) -> None:
        """Drop small weights; from now on only those that are left learn."""
        for name, home in self.weights.items():
            self.weights[name] = {index: weight for index, weight in home.items() if abs(weight) >= PRUNED_BELOW}
        self.is_pruned = True

    def shares(self, names: list[str]) -> list[float]:
        """The probability of every intent."""
        scores = list(self.bias)
        weights = self.weights
        for name in names:
            for index, weight in weights.get(name, {}).items():
                scores[index] += weight
        top = max(scores)
        grown = [exp(score - top) for score in scores]
        total = sum(grown)
        return [value / total for value in grown]

    def learn(self, names: list[str], right: int, share: float) -> None:
        """One step towards the right intent."""
        steps = self.shares(names)
        steps[right] -= 1.0
        moved = [(index, step * share) for index, step in enumerate(steps) if abs(step) > 0.004]
        if not moved:
            return
        for index, step in moved:
            self.bias[index] -= 0.01 * step
        for name in names:
            home = self.weights.setdefault(name, {})
            grown = self.squares.setdefault(name, {})
            for index, step in moved:
                if self.is_pruned and index not in home:
                    continue
                old = home.get(index, 0.0)
                slope = step + self.decay * old
                grown[index] = square = grown.get(index, 1e-2) + slope * slope
                home[index] = (old - self.rate * slope / sqrt(square)) * (1 - self.decay * 40)


def fit(examples: list[Example], known: frozenset[str], *, rounds: int, random: Random) -> Fit:
    """The fitted weights."""
    intents = sorted({example.intent for example in examples}, key=lambda intent: (intent not in EVERYDAY, intent))
    learner = Fit(intents)
    every = [model.features(example.drawn, known) for example in examples]
    kept = frequent(examples, every)
    rows = [
        ([name for name in names if name in kept], intents.index(example.intent), example.share)
        for example, names in zip(examples, every, strict=True)
    ]
    totals: dict[str, dict[int, float]] = {}
    for turn in range(rounds):
        random.shuffle(rows)
        for names, right, share in rows:
            learner.learn([name for name in names if random.random() > 0.1], right, share)
        if turn + 1 == PRUNED_AFTER:
            learner.prune()
        if turn >= rounds - AVERAGED:
            _add_up(totals, learner.weights)
        print(f"round {turn + 1} of {rounds}", flush=True)
    learner.weights = {
        name: {index: value / AVERAGED for index, value in home.items()} for name, home in totals.items()
    }
    return learner


def _add_up(totals: dict[str, dict[int, float]], weights: dict[str, dict[int, float]]) -> None:
    for name, home in weights.items():
        sums = totals.setdefault(name, {})
        for index, weight in home.items():
            sums[index] = sums.get(index, 0.0) + weight


def frequent(examples: list[Example], every: list[list[str]]) -> frozenset[str]:
    """The features that enough different templates show."""
    users: dict[str, set[int]] = defaultdict(set)
    for example, names in zip(examples, every, strict=True):
        for name in names:
            users[name].add(example.template)
    return frozenset(name for name, seen in users.items() if len(seen) >= NEEDED.get(name[0], 2))


def written(learner: Fit, known: frozenset[str]) -> str:
    """The text of the data file: one feature a line, weights in tenths."""
    lines = []
    for name in sorted(learner.weights):
        pairs = [
            value
            for index, weight in sorted(learner.weights[name].items())
            if abs(weight) >= SMALLEST
            for value in (index, round(weight * 10))
        ]
        if pairs or (name.startswith("w=") and name[2:] in known):
            lines.append(f"{json.dumps(name)}:{json.dumps(pairs, separators=(',', ':'))}")
    head = {
        "about": "made by benchmarks/fit_intents.py from benchmarks/phrases (our own sentences, MIT); weights in tenths",
        "version": model.VERSION,
        "everyday": sum(1 for intent in learner.intents if intent in EVERYDAY),
        "phrases": phrases_digest(),
        "intents": learner.intents,
        "bias": [round(value * 10) for value in learner.bias],
    }
    return json.dumps(head, indent=0)[:-2] + ',\n"features":{\n' + ",\n".join(lines) + "\n}}\n"


def main() -> None:
    """Fit and write the weights and the table of what they say."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=14)
    options.add_argument("--every", type=int, default=1, metavar="N", help="fit on every Nth template only")
    options.add_argument("--out", type=Path, default=OUT, help="elsewhere: no table is written then")
    chosen = options.parse_args()
    before = verdicts() if chosen.out == OUT else {}
    random = Random(SEED)
    templates = read_templates()[:: chosen.every]
    examples = make_examples(templates, random)
    if chosen.every == 1:
        examples += whole_sentences(len(templates), random)
    known = known_words(examples)
    print(f"{len(examples)} sentences, {len(known)} words")
    chosen.out.write_text(written(fit(examples, known, rounds=chosen.rounds, random=random), known), encoding="utf-8")
    print(f"{chosen.out.name}: {chosen.out.stat().st_size // 1000} kB")
    if before:
        model.weights.cache_clear()
        TABLE.write_text(table(verdicts(), before), encoding="utf-8")


if __name__ == "__main__":
    main()
