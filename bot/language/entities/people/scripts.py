"""Names in a script of their own in an English text: «intro with 王芳 at 3», «move דנה to thursday», «cancel Алексей»."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.language.entities.aside_words import Aside, Beside
from bot.language.sketch import vocabulary
from bot.language.wordfiles import word_tables
from bot.values import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.language.normalise import Utterance

_LETTERS = pattern(
    r"[\u0370-\u03ff\u0400-\u052f\u0590-\u05ff\u0600-\u06ff\u0900-\u0dff\u0e00-\u0e7f\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_UNSPACED = pattern(r"[\u3005-\u9fff]")
_MOST_WORDS, _MOST_SIGNS, _LEAST_SIGNS = 3, 4, 2
_LEAST_ENGLISH = 2
"""Known English words that show that the text is English and lends no more than names."""
_OF_TOPICS = frozenset(
    ("about", "re", "called", "named", "titled", ":", "#", '"', "'", "in", "at", "on", "the", "a", "an", "title")
)


def names_in_scripts(utterance: Utterance) -> list[Aside]:
    """The names; none where anything else is written in such a script too."""
    if utterance.text.isascii() or _LETTERS.search(utterance.text) is None:
        return []
    runs = list(_runs(utterance))
    if not runs or not all(_may_name(utterance, start, end) for start, end in runs):
        return []
    known, first = vocabulary(), runs[0][0]
    english = sum(word in known.classes or word in known.marks for word in utterance.words)
    is_led = first > 0 and utterance.words[first - 1] in known.classes
    return [Aside(Beside.NAME, start, end) for start, end in runs] if english + is_led >= _LEAST_ENGLISH else []


def _runs(utterance: Utterance) -> Iterator[tuple[int, int]]:
    """Words of other scripts that stand beside one another."""
    words, start = utterance.words, -1
    for at in range(len(words) + 1):
        is_other = at < len(words) and at not in utterance.atoms and _LETTERS.match(words[at]) is not None
        if is_other and start < 0:
            start = at
        elif not is_other and start >= 0:
            yield start, at
            start = -1


def _may_name(utterance: Utterance, start: int, end: int) -> bool:
    words = utterance.words
    if start and words[start - 1] in _OF_TOPICS:
        return False
    written = "".join(words[start:end])
    if _UNSPACED.search(written) is None:
        parts = utterance.text[utterance.starts[start] : utterance.ends[end - 1]].split()
        return end - start <= _MOST_WORDS and all(word[0] == word[0].upper() for word in parts)
    return (
        _LEAST_SIGNS <= len(written) <= _MOST_SIGNS and written not in _no_names() and written.startswith(_surnames())
    )


@cache
def _surnames() -> tuple[str, ...]:
    tables = word_tables("people_asia")
    return (*tables["zh"]["surnames"].split(), *tables["ja"]["plain"].split())


@cache
def _no_names() -> frozenset[str]:
    tables = word_tables("people_asia")
    weekdays = {"周" + sign for sign in "一二三四五六日末天"}
    return frozenset((*tables["zh"]["nobody"].split(), *tables["ja"]["nobody"].split(), *weekdays))
