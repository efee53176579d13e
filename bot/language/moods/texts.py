"""A text as moods are read from it: its words as rows know them, its sentences, the acts and the people in them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.atoms import PEOPLE
from bot.language.cues.reading import words_of
from bot.language.cues.verbs import act_at
from bot.language.entities.people.lists import name_lists
from bot.language.entities.runs import month_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bot.language.meaning import Intent
    from bot.language.moods.words import MoodWords
    from bot.language.normalise import Utterance

STOPS = frozenset((".", "!", "?", ";"))
QUOTES = frozenset(('"', "'", "„", "«", "»"))
BREAKS = frozenset((",", ":", "-", "(", ")"))


class Text:
    """The words of one text. Lives as long as one reading of its moods."""

    __slots__ = ("known", "sentences", "utterance", "words", "written")

    def __init__(self, utterance: Utterance, known: MoodWords, words: tuple[str, ...] | None = None) -> None:
        self.utterance, self.known = utterance, known
        self.words = words_of(utterance) if words is None else words
        self.written = self.words if utterance.language == "en" else tuple(_written(utterance))
        """With their accents: «cancelé» tells, «cancele» orders."""
        self.sentences = tuple(_sentences(utterance, self.words))

    def act(self, at: int) -> Intent | None:
        """The act whose verb stands here, weak ones too."""
        if at >= len(self.words) or at in self.utterance.atoms:
            return None
        found = act_at(self.utterance.words, at, self.utterance.language)
        return found[0] if found is not None else None

    def is_break(self, at: int) -> bool:
        """Whether a mark between clauses stands here: not inside «3:30», «1-2»."""
        is_tight = at + 1 < len(self.words) and self.utterance.is_glued(at + 1)
        return self.words[at] in BREAKS and (not is_tight or self.words[at] in "()")

    def is_named(self, at: int) -> bool:
        """Whether somebody is named here, or may be («will», «may»)."""
        if at >= len(self.words):
            return False
        kind = self.utterance.atoms.get(at, ("",))[0]
        return kind in PEOPLE or (not kind and name_lists().is_first(self.words[at].removesuffix("'s")))

    def is_surely_named(self, at: int) -> bool:
        """Whether the name here is hardly another word."""
        shy = name_lists().shy | name_lists().namesakes
        return self.is_named(at) and (at in self.utterance.atoms or self.words[at].removesuffix("'s") not in shy)

    def name_at(self, at: int) -> int:
        """Where the name stands that a clause begins with («lena», «a lena»); -1 where it begins otherwise."""
        if self.is_named(at):
            return at
        is_led = at < len(self.words) and self.known.has("articles", self.words[at])
        return at + 1 if is_led and self.is_named(at + 1) else -1

    def people(self, tokens: Collection[int]) -> frozenset[str]:
        """Who is named among these tokens."""
        return frozenset(self.words[at].removesuffix("'s") for at in tokens if self.is_named(at))

    def says(self, name: str, start: int, end: int) -> bool:
        """Whether a word of that list stands in this stretch."""
        return not self.known.words[name].isdisjoint(self.words[start:end])


def _written(utterance: Utterance) -> Iterator[str]:
    for start, end in zip(utterance.starts, utterance.ends, strict=True):
        yield utterance.text[start:end].lower()


def _sentences(utterance: Utterance, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where sentences and lines begin and end, without the marks that end them."""
    start = 0
    for at, (word, behind) in enumerate(pairwise((*words, ""))):
        if at > start and "\n" in utterance.text[utterance.ends[at - 1] : utterance.starts[at]]:
            yield start, at
            start = at
        if word in STOPS and not _is_inside(utterance, at, behind):
            if at > start:
                yield start, at
            start = at + 1
    if start < len(words):
        yield start, len(words)


def _is_inside(utterance: Utterance, at: int, behind: str) -> bool:
    """«3.30», «a.m.», «am 12. märz»: the mark of a figure or of a short form."""
    if at + 1 < len(utterance.words) and utterance.is_glued(at + 1):
        return True
    is_ordinal = utterance.words[at] == "." and at > 0 and utterance.words[at - 1].isdecimal()
    return is_ordinal and (behind.isdecimal() or behind in _BEHIND_ORDINAL or behind in month_words())


_BEHIND_ORDINAL = frozenset(("um", "bis", "oder", "und", "ab"))
