"""The suite runs and says something of every kind of figure; what it says is judged by people, not here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "names",
    [["ack", "reading", "claim", "slots", "growth", "promises"], ["turn", "press", "burst"], ["processes"]],
    ids=" ".join,
)
def test_a_short_run_gives_every_figure_that_was_asked_for(names: list[str], tmp_path: Path) -> None:
    found = tmp_path / "figures.json"

    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--short", "--json", str(found), *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    figures = json.loads(found.read_text())["figures"]
    assert {one["name"] for one in figures} >= set(names)
    assert all(value > 0 for one in figures if one["unit"] != "turns" for value in one["ours"])


def test_an_unknown_name_is_told_with_those_there_are() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "nothing"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "there are ack, reading" in done.stderr
