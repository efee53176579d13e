"""The weights that rank intents are a build product: the same sentences give the same file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
WEIGHTS = ROOT / "bot/language/words/intent_weights.json"


def fitted(out: Path, seed: str, *options: str) -> str:
    command = [sys.executable, str(ROOT / "benchmarks/fit_intents.py"), "--out", str(out), *options]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.DEVNULL)
    return out.read_text(encoding="utf-8")


@pytest.mark.slow
def test_two_fits_of_the_same_sentences_give_the_same_file(tmp_path: Path) -> None:
    part = ("--every", "40", "--rounds", "6")

    assert fitted(tmp_path / "one.json", "1", *part) == fitted(tmp_path / "other.json", "2", *part)


@pytest.mark.slow
def test_the_weights_are_those_of_the_phrases_and_corpora(tmp_path: Path) -> None:
    anew = json.loads(fitted(tmp_path / "anew.json", "0"))
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))

    assert anew["intents"] == kept["intents"]
    same = sum(1 for name, pairs in kept["features"].items() if anew["features"].get(name) == pairs)
    assert same >= 0.99 * len(kept["features"])  # the last digit of exp() is another one elsewhere


def test_a_reviewer_finds_every_intent_in_the_table() -> None:
    text = (ROOT / "benchmarks/intents.md").read_text(encoding="utf-8")

    assert {"| all |", "| book |", "| out_of_scope |"} <= {
        line[: line.index("|", 2) + 1] for line in text.splitlines() if line.startswith("| ")
    }
