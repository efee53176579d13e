"""Times of wishes that write: second choices, corrections, what is left out of «all», figures for words."""

from __future__ import annotations

import pytest
from reading_corpus import misread, table
from shorthand import in_short

KINDS = {kind: families for kind, families in table("times_of_acts.toml").items() if isinstance(families, dict)}


@pytest.mark.parametrize("kind", KINDS)
def test_times_of_wishes_that_write_are_read(kind: str) -> None:
    rows = [(expected, text) for expected, texts in KINDS[kind].items() for text in texts]

    assert misread(rows, in_short) == []
