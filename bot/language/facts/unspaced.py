"""Clauses of fact in Chinese and Japanese, told by the pieces that they hold.

    text ─ marks, «ので», «所以» ─→ clauses ─ busy or coming or going, no act ─→ facts

A clause is hidden from the readers of times and of the wish as one; who is named in it is looked for all the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from bot.language.entities.people.lists import name_lists
from bot.language.facts.fact import Bearing, Fact
from bot.language.facts.words import FactWords, fact_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.language.normalise import Utterance

_TIMES = "時分日曜週月年頃"
_COURTESIES = ("よろしくお願いします", "よろしくお願いいたします", "よろしく")
"""What closes a text, and wishes nothing."""
_MARKS = "、。，,;；!！\n"
_SPOKEN_OF = re.compile(r"\s*[!-?A-~]++@[!-?A-~]++\s*+(?![とにのをへ跟和与])\S")
"""«kim@acme.ioは水曜まで休みです» tells of somebody; with an address elsewhere something is wished."""


def unspaced_facts(utterance: Utterance, language: str, *, is_alone: bool = False) -> tuple[Fact, ...]:
    """The clauses of fact beside one that wishes something, in order."""
    known = fact_words(language)
    if not known.busy:
        return ()
    clauses = tuple(_clauses(utterance.text, language))
    found, rest = [], ""
    for start, end in clauses:
        bearing = _bearing(utterance.text[start:end], known)
        if bearing is None:
            rest += utterance.text[start:end]
            continue
        first, last = bisect_left(utterance.starts, start), bisect_left(utterance.starts, end)
        is_named = first < last and name_lists().is_first(utterance.words[first])  # «lena周四来不了，…»
        found.append(Fact(first, last, first + is_named, bearing))
    for courtesy in _COURTESIES:
        rest = rest.replace(courtesy, "")
    is_wished = "@" in rest or _holds(rest, known.seeks)
    is_wish = not rest.strip() if is_alone else is_wished and not _holds(rest, known.off)
    return tuple(fact for fact in found if fact.start < fact.end) if is_wish else ()


@cache
def _borders(language: str) -> re.Pattern[str]:
    found = sorted(map(re.escape, fact_words(language).clauses), key=len, reverse=True)
    links = "|".join(f"(?<![{_TIMES}])から" if link == "から" else link for link in found)  # «10時から», from ten on
    return re.compile(f"[{_MARKS}]|(?:{links})[{_MARKS}]?" if language == "ja" else f"[{_MARKS}]|(?={links})")


def _clauses(text: str, language: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _borders(language).finditer(text):
        if mark.end() > start:
            yield start, mark.end()
        start = mark.end()
    if start < len(text):
        yield start, len(text)


def _bearing(clause: str, known: FactWords) -> Bearing | None:
    is_with = "@" in clause and _SPOKEN_OF.match(clause) is None
    if _holds(clause, known.acts) or "?" in clause or "？" in clause or is_with:
        return None
    bare = clause.rstrip(_MARKS + "。 ")
    if any(bare.endswith(f"の{piece}") for piece in known.busy):
        return None  # «水曜の会議、木曜に変更できますか»: which meeting
    if _holds(clause, known.comes):
        return Bearing.COMES
    if any(piece in clause and f"{piece}を" not in clause for piece in known.busy):  # «打ち合わせを…»: what is wished
        return Bearing.BUSY
    return Bearing.LEAVES if _holds(clause, known.leaves) else None


def _holds(text: str, pieces: frozenset[str]) -> bool:
    return any(piece in text for piece in pieces)
