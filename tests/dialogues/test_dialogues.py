"""Every transcript beside this file is held through the real loop, the real gateway code, the sandbox and a real store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from transcripts import read_transcript, staged

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

ON_EVERY_SAVE = frozenset(
    (
        "01_lookup",
        "02_one_line",
        "05_other_zone",
        "07_hold",
        "08_taken_meanwhile",
        "09_double_press",
        "11_somebody_else",
        "13_cancel",
        "14_move_done",
        "16_series",
        "connect_key",
        "failure_lost_answer",
        "manage_hours",
        "together_group",
        "undo",
    )
)
"""One of each kind; all others are held by the whole suite."""


def _case(path: Path) -> ParameterSet:
    return pytest.param(path, id=path.stem, marks=() if path.stem in ON_EVERY_SAVE else (pytest.mark.slow,))


@pytest.mark.parametrize("path", [_case(path) for path in sorted(Path(__file__).parent.glob("*.txt"))])
async def test_the_conversation_goes_as_written(path: Path) -> None:
    transcript = read_transcript(path)

    async with staged(transcript) as stage:
        difference = await stage.play()

    assert not difference, difference


def test_those_of_every_save_are_there() -> None:
    assert {path.stem for path in Path(__file__).parent.glob("*.txt")} >= ON_EVERY_SAVE
