"""A series with a start and a length: the weeks are how long it goes on, counted from its start."""

from __future__ import annotations

import pytest
from reading_corpus import REFERENCE

from bot.language.understand import understand


@pytest.mark.parametrize(
    "text",
    [
        "every tuesday at 9 from march 10 for 3 weeks",
        "every tuesday at 9 for 3 weeks from march 10",
        "every tuesday at 9 starting march 10 for 3 weeks",
        "every tuesday from march 10 for 3 weeks at 9",
        "for 3 weeks from march 10 every tuesday at 9",
    ],
)
def test_weeks_beside_a_start_are_no_length(text: str) -> None:
    read = understand(text, REFERENCE)

    assert read.recurrence is not None
    assert (read.recurrence.count, read.length) == (3, None)
    assert [str(one.days.first) for one in read.moments if one.days is not None] == ["2026-03-10"]


def test_two_days_a_week_end_so_many_weeks_behind_the_start() -> None:
    read = understand("every tuesday and thursday at 9 for 2 weeks from march 10", REFERENCE)

    assert read.recurrence is not None
    assert str(read.recurrence.until) == "2026-03-23"
