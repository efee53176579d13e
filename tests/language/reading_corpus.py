"""The corpora as test cases, and how a reading is written in them."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.language.meaning import Moment, Reference
from bot.language.report import bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=BERLIN)
REFERENCE = Reference(now=NOW, zone=BERLIN)

_FOLDER = Path(__file__).parent.parent / "corpus"


def table(name: str) -> dict[str, object]:
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


def rows(name: str) -> list[tuple[str, str]]:
    """Every (expected, text) of a corpus file."""
    return [
        (expected, text)
        for family in table(name).values()
        if isinstance(family, dict)
        for expected, texts in family.items()
        for text in texts
    ]


def misread(expected: Iterable[tuple[str, str]], reading: Callable[[str], object]) -> list[tuple[str, str, object]]:
    """(text, expected, read) of each row that is read otherwise; a corpus is one test, which lists them all."""
    found = [(text, wanted, reading(text)) for wanted, text in expected]
    return [row for row in found if row[2] != row[1]]


def texts(name: str) -> list[str]:
    """A list of the negative corpus."""
    found = table("not_times.toml")[name]
    return found if isinstance(found, list) else []


def written(moment: Moment) -> str:
    """A moment as the corpora write it."""
    row = bounds(moment, REFERENCE)
    grain, start, end = row["grain"], _short(row["start"]), _short(row["end"])
    if row.get("open") == "after":
        return f"{_day(start, grain)}.. {grain}" if grain != "day" else f"{start}.. {grain}"
    if row.get("open") == "before":
        return f"..{end} {grain}"
    if end:
        return f"{start}..{end} {grain}"
    return f"{_day(start, grain)} {grain}"


def _short(value: object) -> str:
    return str(value)[:16] if value else ""


def _day(start: str, grain: object) -> str:
    return start[:10] if grain == "day" else start
