"""The weights that rank intents are a build product: the same sentences give the same file."""

from __future__ import annotations

import hashlib
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


def test_the_weights_were_fitted_on_the_phrases_as_they_are() -> None:
    found = hashlib.sha256()
    for path in sorted((ROOT / "benchmarks/phrases").glob("*.toml")):
        found.update(path.read_bytes())

    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))["phrases"]
    assert kept == found.hexdigest(), "run benchmarks/fit_intents.py"


def test_a_reviewer_finds_every_intent_in_the_table() -> None:
    text = (ROOT / "benchmarks/intents.md").read_text(encoding="utf-8")

    assert {"| all |", "| book |", "| out_of_scope |"} <= {
        line[: line.index("|", 2) + 1] for line in text.splitlines() if line.startswith("| ")
    }
