"""The rows of `words/intent_rows.toml`: which intents a sketch may have. The format is described at the head of that file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.language.lexicon import lexicon_for
from bot.language.meaning import Intent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.language.sketch import Sketch

EVERYDAY = frozenset(intent.value for intent in tuple(Intent)[: tuple(Intent).index(Intent.OUT_OF_SCOPE) + 1])
"""The intents of conversations about meetings; the others manage an account."""
_EMPTY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One way to want something. All `needs` must meet the facts, none of `bars` may."""

    intent: str
    needs: tuple[frozenset[str], ...]
    """The narrowest first: most rows are told from others by it."""
    bars: frozenset[str] = _EMPTY
    longest: int = 999
    is_sure: bool = False
    example: str = ""
    bot: str = ""
    """What the bot had said before the example."""
    has_options: bool = False

    def fits(self, known: frozenset[str], size: int) -> bool:
        """Whether the row proposes its intent for these facts of a sketch of so many pieces."""
        needs = self.needs
        if needs[0].isdisjoint(known) or size > self.longest or not self.bars.isdisjoint(known):
            return False
        return len(needs) == 1 or not any(need.isdisjoint(known) for need in needs)


@cache
def rows() -> Mapping[str, tuple[Row, ...]]:
    """All rows by intent; read once."""
    tables = tomllib.loads(files("bot.language").joinpath("words/intent_rows.toml").read_text(encoding="utf-8"))
    return MappingProxyType(
        {intent: tuple(_row(intent, item) for item in table["rows"]) for intent, table in tables.items()}
    )


def sure_row(found: frozenset[str], size: int) -> Row | None:
    """The first row of the file that decides alone for these facts."""
    index = _sure_rows()
    fitting = [item for fact in found if fact in index for item in index[fact] if item[1].fits(found, size)]
    return min(fitting, key=lambda item: item[0])[1] if fitting else None


@cache
def _sure_rows() -> Mapping[str, tuple[tuple[int, Row], ...]]:
    """The rows that decide alone with their places in the file, by each fact of their narrowest need."""
    found: dict[str, list[tuple[int, Row]]] = {}
    sure = (row for group in rows().values() for row in group if row.is_sure)
    for place, row in enumerate(sure):
        for fact in _narrowest(row):
            found.setdefault(fact, []).append((place, row))
    return MappingProxyType({fact: tuple(group) for fact, group in found.items()})


_COMMON = frozenset(("ANSWER", "T", "P", "i", "the", "my", "it", "is", "to", "on", "?", "what", "that", "this", "do"))


def _narrowest(row: Row) -> frozenset[str]:
    return row.needs[0]


def _width(need: frozenset[str]) -> int:
    return len(need) + 10 * len(need & _COMMON)


@cache
def managing_rows() -> Mapping[str, tuple[Row, ...]]:
    """The rows of intents that manage an account, by each fact of their narrowest need."""
    found: dict[str, list[Row]] = {}
    for intent, group in rows().items():
        if intent not in EVERYDAY:
            for row in group:
                for fact in _narrowest(row):
                    found.setdefault(fact, []).append(row)
    return MappingProxyType({fact: tuple(group) for fact, group in found.items()})


def may_manage(found: frozenset[str], size: int) -> bool:
    """Whether a row proposes any intent that manages an account."""
    index = managing_rows()
    return any(row.fits(found, size) for fact in found if fact in index for row in index[fact])


def _row(intent: str, item: Mapping[str, str | bool]) -> Row:
    needs, _, longest = str(item["needs"]).partition("~")
    return Row(
        intent=intent,
        needs=tuple(sorted((frozenset(need.split("|")) for need in needs.split()), key=_width)),
        bars=frozenset(str(item.get("bars", "")).replace("|", " ").split()),
        longest=int(longest) if longest else 999,
        is_sure=bool(item.get("sure")),
        example=str(item["example"]),
        bot=str(item.get("bot", "")),
        has_options=bool(item.get("options")),
    )


_PEOPLE = frozenset(("P", "E"))
_WORDLESS = frozenset(("T", "U", "L", "N", "NTH", "P", "E", "LINK"))


def facts(drawn: Sketch, known: frozenset[str], *, has_options: bool, has_type: bool) -> frozenset[str]:
    """What rows may ask about a sketch: its marks, "@" its classes, "^" its first mark, "P+" pairs, and the situation."""
    marks, ours = drawn.marks, _own_words()
    found = set(marks)
    for mark, names in zip(marks, drawn.classes, strict=True):
        if names:
            found.update(_at(names))
        elif mark not in _WORDLESS and (mark not in known or mark not in ours):
            found.add("?")
    if "@role" in found:
        found.add("P")
    found.add("^" + marks[0])
    if "P" in found or "E" in found:
        found.update(_beside_people(marks))
    if drawn.asked:
        found.add("ANSWER")
    if has_options:
        found.add("OPTIONS")
    if has_type:
        found.add("EVENT_TYPE")
    return frozenset(found)


@cache
def _own_words() -> frozenset[str]:
    """Words that say how a sentence goes: those that rows name, and those of times; any other is its content."""
    told = {fact for group in rows().values() for row in group for need in (*row.needs, row.bars) for fact in need}
    return frozenset((*told, *lexicon_for("en").words))


def _beside_people(marks: tuple[str, ...]) -> Iterator[str]:
    """Each person with the word in front and the word behind: «remove+P», «P+from»."""
    for before, after in pairwise(marks):
        if after in _PEOPLE:
            yield before + "+P"
        elif before in _PEOPLE:
            yield "P+" + after


@cache
def _at(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("@" + name for name in names)
