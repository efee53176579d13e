"""Ranking adds up columns of weights; fitting names features one by one. Both must see the same in a sketch."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.language.apart import set_apart
from bot.language.entities.reading import read_entities
from bot.language.intents import model
from bot.language.meaning import Reference
from bot.language.normalise import normalise
from bot.language.sketch import Sketch, sketch

WEIGHTS = Path(model.__file__).parent.parent / "words/intent_weights.json"
SAID = (
    "book half an hour with Priya on friday at 3",
    "what does my week look like?",
    "no, not that one",
    "rename the intro to hello and hide it",
    "yes yes yes please do it do it",
    "qwxz",
    "the wombat needs a zeppelin by tuesday " * 9,
)


def drawn(text: str, bot: str) -> Sketch:
    reference = Reference(now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"), bot=bot)
    apart = set_apart(normalise(text), reference)
    entities = read_entities(apart.wish, reference, apart.times, apart.asides)
    return sketch(apart.wish, reference, entities.people_spans)


def added_by_name(seen: Sketch) -> dict[str, int]:
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    scores = list(data["bias"])
    for name in model.features(seen, model.weights().words):
        flat = data["features"].get(name, [])
        for index, weight in zip(flat[::2], flat[1::2], strict=True):
            scores[index] += weight
    return dict(zip(data["intents"], scores, strict=True))


@pytest.mark.parametrize("bot", ["", "When shall I book it?", "Shall I cancel the demo?"])
@pytest.mark.parametrize("text", SAID)
def test_ranking_adds_up_the_named_features(text: str, bot: str) -> None:
    seen = drawn(text, bot)

    ranked = model.rank(seen, model.weights(), may_manage=True)

    scores = added_by_name(seen)
    assert ranked[0][0] in {name for name, score in scores.items() if score == max(scores.values())}
    for (first, share), (second, other) in pairwise(ranked):
        assert share / other == pytest.approx(2.718281828459045 ** ((scores[first] - scores[second]) / 10))
