"""Every transcript beside this file is held through the real loop, the real gateway code, the sandbox and a real store."""

from __future__ import annotations

from pathlib import Path

import pytest
from transcripts import read_transcript, staged

_FILES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("path", _FILES, ids=[path.stem for path in _FILES])
async def test_the_conversation_goes_as_written(path: Path) -> None:
    transcript = read_transcript(path)

    async with staged(transcript) as stage:
        difference = await stage.play()

    assert not difference, difference
