"""Templates to sentences: `{filler}`, `(this|or that)`, `[perhaps]`, `(perhaps|as well)?`. Seeded: a fit can be repeated.

`{odd}` stands for one to three words that nobody knows.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from random import Random

CORPUS = Path(__file__).parent.parent / "tests/corpus"
PHRASES = Path(__file__).parent / "phrases"


@dataclass(frozen=True, slots=True)
class Template:
    """One line of a phrase file. `kinds` are the things said by the bot that it answers; none for a first turn."""

    intent: str
    family: str
    line: str
    kinds: tuple[str, ...] = ()


def phrases_digest() -> str:
    """What tells these phrase files from others: weights that were fitted on others are out of date."""
    found = hashlib.sha256()
    for path in sorted(PHRASES.glob("*.toml")):
        found.update(path.read_bytes())
    return found.hexdigest()


def read_phrases(name: str, table: str = "") -> dict[str, str]:
    """The texts of a phrase file, or of one of its tables."""
    tables = tomllib.loads((PHRASES / f"{name}.toml").read_text(encoding="utf-8"))
    return {key: str(text) for key, text in (tables[table] if table else tables).items()}


def read_fillers() -> dict[str, tuple[str, ...]]:
    """Every filler list, by name, with the things that the bot says as `bot.<kind>`."""
    tables = read_phrases("fillers")
    tables |= {f"bot.{kind}": text for kind, text in read_phrases("answers", "bot").items()}
    return {name: _choices(text) for name, text in tables.items()}


def _choices(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for line in text.strip().splitlines() for item in line.split(" / "))


def read_templates() -> list[Template]:
    """All templates of all phrase files."""
    found = [_lines(intent, intent, text) for intent, text in read_phrases("requests").items()]
    found += [_lines(intent, intent, text) for intent, text in read_phrases("account", "manage").items()]
    found += [
        _lines("out_of_scope", family, text) for family, text in read_phrases("elsewhere", "out_of_scope").items()
    ]
    found += [_lines(intent, intent, text) for intent, text in read_phrases("wider", "request").items()]
    found += [_lines("out_of_scope", family, text) for family, text in read_phrases("wider", "out_of_scope").items()]
    found += [_lines(intent, intent, text) for intent, text in read_phrases("everyday", "request").items()]
    found += [_lines(intent, intent, text) for intent, text in read_phrases("everyday", "wish").items()]
    found += [_lines("out_of_scope", family, text) for family, text in read_phrases("everyday", "out_of_scope").items()]
    found += [_lines(intent, intent, text) for intent, text in read_phrases("colloquial", "request").items()]
    found += [
        _lines("out_of_scope", family, text) for family, text in read_phrases("colloquial", "out_of_scope").items()
    ]
    answers = (read_phrases(name, "answer").items() for name in ("answers", "everyday", "colloquial"))
    for key, text in (item for group in answers for item in group):
        intent, _, kinds = key.partition(" @ ")
        found.append(_lines(intent, key, text, tuple(kinds.split())))
    return [template for group in found for template in group]


def read_sentences(*names: str) -> list[tuple[str, str, str]]:
    """(intent, text, what the bot had said) of the corpora of these names, in whole sentences."""
    found: list[tuple[str, str, str]] = []
    for name in names:
        tables = tomllib.loads((CORPUS / f"intents_{name}.toml").read_text(encoding="utf-8"))
        for said in tables.pop("said", []):
            bot = said.pop("bot")
            found += [(intent, text, bot) for intent, texts in said.items() for text in texts]
        found += [(intent, text, "") for intent, texts in tables.items() for text in texts]
    return found


def _lines(intent: str, family: str, text: str, kinds: tuple[str, ...] = ()) -> list[Template]:
    return [Template(intent, family, line.strip(), kinds) for line in text.strip().splitlines() if line.strip()]


def sentences(line: str, fillers: Mapping[str, tuple[str, ...]], random: Random, count: int) -> Iterator[str]:
    """Up to `count` different sentences of a template."""
    seen = set()
    for _ in range(count * 2):
        text = expand(line, fillers, random)
        if text and text not in seen:
            seen.add(text)
            yield text
        if len(seen) == count:
            return


def expand(line: str, fillers: Mapping[str, tuple[str, ...]], random: Random) -> str:
    """One sentence of a template, spaces and commas tidied."""
    while "{" in line or "(" in line or "[" in line:
        line = _INNERMOST.sub(lambda match: _chosen(match, fillers, random), line)
    return re.sub(r"\s+", " ", re.sub(r" +([,.?!:'])", r"\1", line)).strip(" ,")


_INNERMOST = re.compile(r"\{([a-z_.]+)\}|\[([^()\[\]{}]*)\]|\(([^()\[\]{}]*)\)(\??)")


def _chosen(match: re.Match[str], fillers: Mapping[str, tuple[str, ...]], random: Random) -> str:
    filler, perhaps, either, mark = match.groups()
    if filler == "odd":
        return " ".join(_odd_word(random) for _ in range(random.choice((1, 1, 2, 2, 3))))
    if filler is not None:
        return random.choice(fillers[filler])
    if either is not None:
        return "" if mark and random.random() < 0.5 else random.choice(either.split("|"))
    return random.choice(perhaps.split("|")) if random.random() < 0.5 else ""


def _odd_word(random: Random) -> str:
    """A word that nobody knows: what a frame means must not hang on its filling."""
    count = random.choice((2, 3, 3))
    syllables = (random.choice("bdfgklmnprstvz") + random.choice("aeiou") for _ in range(count))
    return "".join(syllables) + random.choice("bkmnrst")
