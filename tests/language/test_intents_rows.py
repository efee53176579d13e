from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.intents.rows import Row, all_rows, rows
from bot.language.meaning import Intent, Reference
from bot.language.understand import understand

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OFFERED = (datetime(2026, 3, 3, 9, tzinfo=UTC), datetime(2026, 3, 3, 14, tzinfo=UTC))
ROWS = [row for group in rows().values() for row in group]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.intent}: {row.example}")
def test_every_rows_example_wins_against_all_intents(row: Row) -> None:
    reference = Reference(
        now=NOW,
        zone=ZoneInfo("Europe/Berlin"),
        bot=row.bot,
        turn=1 if row.bot else 0,
        options=OFFERED if row.has_options else (),
        event_types=("Intro", "Deep dive", "Demo"),
    )

    read = understand(row.example, reference)

    assert read.intent == row.intent


def test_every_intent_has_its_rows() -> None:
    assert set(rows()) == {intent.value for intent in Intent}


def test_no_row_names_a_fact_that_no_text_can_have() -> None:
    assert not [fact for fact in all_rows().bits if fact.endswith("_")]
