"""What is told beside the wish decides neither the act nor the time."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import Reference
from bot.language.report import bounds
from bot.language.understand import understand

REFERENCE = Reference(now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))
ROWS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent.parent / "corpus" / "asides.toml").read_text(encoding="utf-8")
)["rows"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["said"][:60])
def test_what_is_told_beside_a_wish_decides_neither_act_nor_time(row: dict[str, Any]) -> None:
    read = understand(row["said"], REFERENCE)

    assert read.intent == row["intent"]
    assert [str(bounds(moment, REFERENCE)["start"])[:16] for moment in read.moments] == row["starts"]
    if "people" in row:
        assert sorted(read.people) == sorted(row["people"])
    if "emails" in row:
        assert list(read.emails) == row["emails"]
