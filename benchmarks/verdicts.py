"""What the fitted weights say of every sentence of the intent corpora: the table that a reviewer reads instead of the weights.

    uv run python benchmarks/verdicts.py        # the table for the weights as they stand

`fit_intents.py` writes it to `benchmarks/intents.md`, with the verdicts that its fit changed.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from templates import read_sentences

from bot.language.meaning import Reference
from bot.language.report import family
from bot.language.understand import understand

if TYPE_CHECKING:
    from collections.abc import Mapping

Sentence = tuple[str, str, str]
"""The intent, the text, and what the bot had said."""
TABLE = Path(__file__).parent / "intents.md"
FITTED = ("first", "wider", "account", "chat", "answers")
BLIND = ("blind",)
_TYPES = ("Intro", "Deep dive", "Product demo")
_MOST_SHOWN = 60


def verdicts() -> dict[Sentence, str]:
    """How each sentence is read now."""
    return {sentence: _verdict(sentence) for sentence in (*read_sentences(*FITTED), *read_sentences(*BLIND))}


def _verdict(sentence: Sentence) -> str:
    intent, text, bot = sentence
    reference = Reference(
        now=datetime(2026, 3, 2, 9, tzinfo=UTC),
        zone=ZoneInfo("Europe/Berlin"),
        event_types=_TYPES,
        bot=bot,
        turn=1 if bot else 0,
    )
    found = understand(text, reference).intent
    return (found if found == intent else family(found)).value


def table(now: Mapping[Sentence, str], before: Mapping[Sentence, str]) -> str:
    """The table as Markdown: how many of each intent are right, and which verdicts are others than before."""
    blind = frozenset(read_sentences(*BLIND))
    lines = [
        "# How intents are read",
        "",
        "Made by `benchmarks/fit_intents.py` with the weights. «Fitted» are sentences that they have seen, «blind» are not.",
        "",
        "| intent | fitted | right | blind | right |",
        "|---|--:|--:|--:|--:|",
    ]
    totals: Counter[tuple[str, bool]] = Counter()
    rights: Counter[tuple[str, bool]] = Counter()
    for sentence, found in now.items():
        for key in (sentence[0], "all"):
            totals[key, sentence in blind] += 1
            rights[key, sentence in blind] += found == sentence[0]
    for name in ("all", *sorted({sentence[0] for sentence in now})):
        cells = [f"{totals[name, part]} | {_share(rights[name, part], totals[name, part])}" for part in (False, True)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    changed = [item for item in now.items() if before.get(item[0], item[1]) != item[1]]
    lines += ["", f"## Verdicts that the last fit changed: {len(changed)}", ""]
    lines += [
        f"- {text!r}{f' after {bot!r}' if bot else ''}: {before[intent, text, bot]} → {found}"
        + ("" if found == intent else f" (is {intent})")
        for (intent, text, bot), found in changed[:_MOST_SHOWN]
    ]
    return "\n".join(lines).rstrip() + "\n"


def _share(right: int, total: int) -> str:
    return f"{right / total:.1%}" if total else "–"


if __name__ == "__main__":
    print(table(verdicts(), {}), end="")
