"""How long reading takes, beside dateparser and a scan with one large pattern, in the same run on one thread.

    uv run python benchmarks/reading.py [CASES.jsonl …]

Without arguments it reads the corpora of our own tests; with arguments any JSON lines that hold a `text` (and `now`, `tz`).
Read the ratios: absolute times belong to the machine.
"""

from __future__ import annotations

import json
import re
import sys
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import dateparser

from bot.language.meaning import Reference
from bot.language.normalise import normalise
from bot.language.report import reference_of
from bot.language.times.moments import read_moments
from bot.language.understand import understand

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
ROUNDS = 5
LONG = (
    "Let us find a slot for the quarterly review, Dana and Sam are out on friday and I travel from the 12th on. " * 40
)[:4000]

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_CLOCK = r"\d{1,2}(?::\d{2})?\s*(?:am|pm)?"
SCAN = re.compile(
    rf"\b(?:(?:next|this|last)\s+)?(?:today|tomorrow|yesterday|tonight|{_DAY}|week|month)\b(?:\s+at\s+{_CLOCK})?"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s*\d{{4}})?|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}"
    rf"|\bin\s+\d+\s+(?:minutes?|hours?|days?|weeks?)|\b\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|\b{_CLOCK}",
    re.IGNORECASE,
)

Case = tuple[str, Reference]


def cases(paths: list[str]) -> list[Case]:
    if paths:
        lines = [line for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()]
        rows = [json.loads(line) for line in lines if line.strip()]
        return [(row["text"], reference_of(row, zone="UTC")) for row in rows]
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(CORPUS.glob("*_en.toml"))]
    families = [family for table in tables for family in table.values() if isinstance(family, dict)]
    texts = [text for family in families for row in family.values() for text in row]
    reference = reference_of({"now": "2026-03-02T10:00:00+01:00", "tz": "Europe/Berlin"}, zone="UTC")
    return [(text, reference) for text in texts if isinstance(text, str)]


def timed(read: Callable[[str, Reference], object], found: list[Case], rounds: int = ROUNDS) -> list[float]:
    """The best of some rounds for every case, in microseconds, sorted."""
    times = []
    for text, reference in found:
        best = float("inf")
        for _ in range(rounds):
            began = time.perf_counter_ns()
            read(text, reference)
            best = min(best, time.perf_counter_ns() - began)
        times.append(best / 1000)
    return sorted(times)


def show(name: str, times: list[float], base: float) -> None:
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"{name:34} p50 {p50:9.1f} µs   p95 {p95:9.1f} µs   × scan {p50 / base:7.1f}")


def main() -> None:
    found = cases(sys.argv[1:])
    print(f"{len(found)} texts, best of {ROUNDS}")
    understand("warm up", found[0][1])
    dateparser.parse("tomorrow", languages=["en"])
    scan = timed(lambda text, _: SCAN.findall(text), found)
    base = scan[len(scan) // 2]
    show("one pattern, scan only", scan, base)
    show("normalise", timed(lambda text, _: normalise(text), found), base)
    show("normalise + times", timed(lambda text, reference: read_moments(normalise(text), reference), found), base)
    show("understand", timed(understand, found), base)
    some = found[:: max(1, len(found) // 150)]
    show(
        "dateparser.parse(languages=['en'])",
        timed(lambda text, _: dateparser.parse(text, languages=["en"]), some, 1),
        base,
    )
    reference = Reference(now=datetime(2026, 3, 2, 9, 0, tzinfo=UTC), zone=found[0][1].zone)
    for length in (1000, 2000, 4000):
        took = timed(understand, [(LONG[:length], reference)])[0]
        print(f"understand, {length} characters: {took / 1000:.2f} ms")


if __name__ == "__main__":
    main()
