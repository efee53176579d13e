"""The lists of `words/told.toml`, read once a language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.language.cues.rows import as_written
from bot.language.lexicon import TOKEN
from bot.language.meaning import Intent
from bot.language.wordfiles import word_tables
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

Phrase = tuple[str, ...]
_KINDS = {"cancel": Intent.CANCEL, "move": Intent.RESCHEDULE, "book": Intent.BOOK, "hold": Intent.HOLD}


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodWords:
    """What tells an act that is ordered from one that is told; the file says what each list is."""

    past: Mapping[str, Intent]
    done: Mapping[str, Intent]
    third_acts: Mapping[str, Intent]
    halves: Mapping[str, str]
    """What must stand behind some of them: «sagt … ab»."""
    words: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
    """By name and first word."""
    participles: re.Pattern[str] | None
    """What the participles of other verbs look like, behind one of `aux`."""

    def is_participle(self, word: str) -> bool:
        """Whether the word looks like one."""
        return self.participles is not None and self.participles.fullmatch(word) is not None

    def has(self, name: str, word: str) -> bool:
        """Whether the word stands in the list."""
        return word in self.words[name]

    def phrase_at(self, name: str, words: Phrase, at: int) -> int:
        """The token behind the phrase of that list that stands here; 0 where none does."""
        for phrase in self.phrases[name].get(words[at], ()):
            if words[at : at + len(phrase)] == phrase:
                return at + len(phrase)
        return 0


_LISTS = (
    *("own", "others", "articles", "aux", "wishing", "will", "but", "met_past", "met_third", "met_theirs", "reports"),
    *("telling", "third", "pointing", "back_to", "because", "so", "hence", "asks", "if", "polite", "long_ago", "weak"),
    *("greets", "closes", "half", "can", "of_times"),
)
_NEAR = {"es": "pt", "pt": "es"}
"""Languages in which few words do not tell which of the two it is."""
_WORDS_TOO = frozenset(
    (
        *(f"{act}_{form}" for act in _KINDS for form in ("past", "done", "third")),
        "will",
        "reports",
        "telling",
        "aux",
        "but",
    )
)
_PHRASES_TOO = frozenset(("unreal", "unreal_next", "against", "taken_back"))
_PHRASES = ("unreal", "unreal_next", "against", "taken_back", "wanted", "courtesy", "being", "heads", "counts")


@cache
def mood_words(language: str) -> MoodWords | None:
    """The lists of a language, with those of the one that it is easily taken for; None where it has none."""
    tables = word_tables("told")
    if language not in tables:
        return None
    table = tables[language]
    near = tables.get(_NEAR.get(language, ""), {})
    both = {name: f"{text}|{near[name]}" for name, text in table.items() if name in _PHRASES_TOO and name in near}
    verbs = {name: f"{text} {near[name]}" for name, text in table.items() if name in _WORDS_TOO and name in near}
    table = {**table, **both, **verbs}
    return MoodWords(
        past=_acts(table, "past"),
        done=_acts(table, "done"),
        third_acts={word.partition("_")[0]: act for word, act in _acts(table, "third").items()},
        halves=dict(word.split("_") for word in _acts(table, "third") if "_" in word),
        words={name: _forms(table.get(name, "")) for name in _LISTS},
        participles=re.compile(table["participles"]) if "participles" in table else None,
        phrases={name: _phrases(table.get(name, "")) for name in _PHRASES},
    )


def _acts(table: Mapping[str, str], kind: str) -> dict[str, Intent]:
    return {word: act for name, act in _KINDS.items() for word in table.get(f"{name}_{kind}", "").split()}


def _forms(text: str) -> frozenset[str]:
    words = text.split()
    return frozenset((*words, *map(as_written, words)))


def _phrases(text: str) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for phrase in filter(None, text.split("|")):
        words = tuple(map(as_written, TOKEN.findall(phrase)))
        found.setdefault(words[0], []).append(words)
    return {first: tuple(group) for first, group in found.items()}


@cache
def all_mood_words() -> tuple[MoodWords, ...]:
    """The lists of every language that has some."""
    return tuple(known for name in word_tables("told") if (known := mood_words(name)) is not None)


@cache
def past_forms() -> tuple[tuple[str, frozenset[str]], ...]:
    """The forms that tell by themselves, by language."""
    found = ((name, mood_words(name)) for name in word_tables("told"))
    return tuple((name, frozenset(known.past)) for name, known in found if known is not None)


@cache
def mood_triggers() -> frozenset[str]:
    """English words of which an act has one beside it where it is told instead of ordered; the rarest of each phrase."""
    known = mood_words("en")
    if known is None:
        return frozenset()
    names = ("unreal", "unreal_next", "against", "taken_back", "wanted", "heads")
    phrases = (phrase for name in names for group in known.phrases[name].values() for phrase in group)
    rarest = (max(phrase, key=len) for phrase in phrases)
    return frozenset((*known.past, *known.done, *known.third_acts, *known.words["will"], *rarest))


@cache
def stating_words() -> frozenset[str]:
    """English words that a statement of meetings has."""
    known = mood_words("en")
    names = ("met_past", "met_third", "met_theirs", "reports")
    return frozenset().union(*(known.words[name] for name in names)) if known is not None else frozenset()
