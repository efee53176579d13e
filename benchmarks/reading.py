"""What reading costs, beside dateparser on the same texts in turns and a scan with one large pattern; CPU time of one thread.

    uv run python benchmarks/reading.py [CASES.jsonl …]

Without arguments it reads the corpora of our own tests; with arguments any JSON lines that hold a `text` (and `now`, `tz`).
Read the ratios: absolute times belong to the machine, and to what else it does.
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
from zoneinfo import ZoneInfo

import dateparser

from bot.language.meaning import Reference
from bot.language.normalise import normalise
from bot.language.report import reference_of
from bot.language.times.moments import read_moments
from bot.language.understand import understand
from bot.language.warming import warm

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
ROUNDS = 5
LETTERS = 4000
SAID = {
    "en": "Let us find a slot for the quarterly review, Dana and Sam are out on friday and I travel from the 12th on. ",
    "de": "Lass uns Zeit für das Quartalstreffen finden, Dana und Sam sind am Freitag weg, ich bin ab dem 12. unterwegs. ",
    "es": "Busquemos un hueco para la revisión trimestral, Dana y Sam no están el viernes y viajo desde el día 12. ",
    "fr": "Trouvons un créneau pour la revue trimestrielle, Dana et Sam sont absents vendredi et je voyage dès le 12. ",
    "it": "Troviamo un orario per la revisione trimestrale, Dana e Sam non ci sono venerdì e viaggio dal giorno 12. ",
    "pt": "Vamos achar um horário para a revisão trimestral, Dana e Sam estão fora na sexta e viajo a partir do dia 12. ",
    "zh": "我们找个时间开季度会议,周五Dana和Sam不在,我从12号开始出差。",
    "ja": "四半期の会議の時間を探しましょう。DanaとSamは金曜日はいません。私は12日から出張です。",
}
"""A sentence dense with times in each language, repeated for long texts."""
LONG = (SAID["en"] * 40)[:LETTERS]
HERE = Reference(now=datetime(2026, 3, 2, 9, 0, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))

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
    """The best of some rounds for every case, in microseconds of CPU, sorted."""
    return sorted(min(_once(read, case) for _ in range(rounds)) for case in found)


def beside_dateparser(found: list[Case], rounds: int = ROUNDS) -> tuple[list[float], list[float]]:
    """Ours and dateparser's, text by text in turns, so that what disturbs one disturbs the other; as `timed`."""
    ours, theirs = [], []
    for case in found:
        pairs = [(_once(understand, case), _once(_by_dateparser, case)) for _ in range(rounds)]
        ours.append(min(mine for mine, _ in pairs))
        theirs.append(min(other for _, other in pairs))
    return sorted(ours), sorted(theirs)


def long_texts(rounds: int = ROUNDS) -> dict[str, float]:
    """Milliseconds of CPU for a text of 4,000 characters, by language."""
    texts = {language: (said * (LETTERS // len(said) + 1))[:LETTERS] for language, said in SAID.items()}
    return {language: timed(understand, [(text, HERE)], rounds)[0] / 1000 for language, text in texts.items()}


def prepare(found: list[Case]) -> None:
    """Load both, and meet every word once: first calls are what `startup.py` measures."""
    warm()
    dateparser.parse("tomorrow", languages=["en"])
    for text, reference in found:
        understand(text, reference)


def _once(read: Callable[[str, Reference], object], case: Case) -> float:
    began = time.thread_time_ns()
    read(*case)
    return (time.thread_time_ns() - began) / 1000


def _by_dateparser(text: str, _: Reference) -> object:
    return dateparser.parse(text, languages=["en"])


def share(times: list[float], part: float) -> float:
    """The time under which that part of the sorted times lies."""
    return times[min(int(len(times) * part), len(times) - 1)]


def show(name: str, times: list[float], base: list[float]) -> None:
    p50, p95 = share(times, 0.5), share(times, 0.95)
    ratio = p50 / share(base, 0.5)
    print(f"{name:34} p50 {p50:9.1f} µs   p95 {p95:9.1f} µs   {ratio:7.2f} × dateparser's p50")


def main() -> None:
    found = cases(sys.argv[1:])
    print(f"{len(found)} texts, best of {ROUNDS}")
    prepare(found)
    ours, theirs = beside_dateparser(found[:: max(1, len(found) // 600)])
    show("dateparser.parse(languages=['en'])", theirs, theirs)
    show("understand", ours, theirs)
    show("normalise", timed(lambda text, _: normalise(text), found), theirs)
    show("normalise + times", timed(lambda text, reference: read_moments(normalise(text), reference), found), theirs)
    show("one pattern, scan only", timed(lambda text, _: SCAN.findall(text), found), theirs)
    for language, took in long_texts().items():
        print(f"understand, {LETTERS} characters, {language}: {took:.2f} ms")


if __name__ == "__main__":
    main()
