"""Small questions about an utterance's tokens that several readers of entities ask."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.language.meaning import Span
from bot.language.normalise import Utterance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_READ = 110
_LONGEST = 12
"""Tokens of a name, a topic, a place."""
STOPS = frozenset((".", "?", "!", ";", ",", ":", "(", ")", "\n"))


def opening(utterance: Utterance) -> Utterance:
    """The utterance, cut behind its first 160 tokens: nobody asks for a meeting further down a wall of text."""
    if len(utterance.words) <= _READ:
        return utterance
    return Utterance(
        utterance.text[: utterance.ends[_READ - 1]],
        utterance.words[:_READ],
        utterance.starts[:_READ],
        utterance.ends[:_READ],
        utterance.language,
        {index: atom for index, atom in utterance.atoms.items() if index < _READ},
        utterance.glue,
    )


def tokens_in(spans: Iterable[Span], utterance: Utterance) -> set[int]:
    """The tokens that start inside any of the spans."""
    found: set[int] = set()
    starts = utterance.starts
    for span in spans:
        if span.start == span.end:
            continue
        found.update(range(bisect_left(starts, span.start), bisect_left(starts, span.end)))
    return found


def phrase_at(words: tuple[str, ...], index: int, phrase: tuple[str, ...]) -> bool:
    """Whether the words of a phrase stand here, one behind the other."""
    return words[index : index + len(phrase)] == phrase


def run_until(utterance: Utterance, start: int, barred: Collection[int], ends: Collection[str]) -> int:
    """The token behind the run that starts here: it stops at a barred token, an end word, or a stop mark."""
    words, size, index = utterance.words, len(utterance.words), start
    while index < size and index - start < _LONGEST:
        word = words[index]
        is_end = index in barred or word in STOPS or (word in ends and index > start) or (not word and index == start)
        if is_end and not (word == "." and _is_inside(utterance, index)):
            break
        index += 1
    return index


def _is_inside(utterance: Utterance, index: int) -> bool:
    """A dot inside a word: «dana.k»."""
    return utterance.is_glued(index) and index + 1 < len(utterance.words) and utterance.is_glued(index + 1)


def span_of(utterance: Utterance, start: int, end: int) -> Span:
    """Where tokens start … end (exclusive) stand."""
    return Span(utterance.starts[start], utterance.ends[end - 1])


def written(utterance: Utterance, start: int, end: int) -> str:
    """Tokens start … end (exclusive) as written."""
    return utterance.text[utterance.starts[start] : utterance.ends[end - 1]]
