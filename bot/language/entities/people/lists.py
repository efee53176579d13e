"""The word lists by which names of people are found, from `words/people.toml`."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from bot.language.lexicon import plain
from bot.language.wordfiles import word_tables
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

ME = frozenset(("i", "me", "myself"))
EVERYBODY = frozenset(("pencil", "here", "channel", "everyone", "all"))
AND = frozenset(("and", "&", ",", "plus", "or", "/", "+", "n"))
STRONG_PARTICLES = frozenset(
    (
        *("van", "von", "vom", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "bin", "bint", "ibn"),
        *("ben", "ter", "ten", "zu", "zur", "af", "av", "st"),
    )
)
PARTICLES = STRONG_PARTICLES | frozenset(("der", "den", "la", "las", "los", "le", "el", "al", "y", "e", "'t"))
"""Small words inside a name; one alone of the weak ones joins nothing."""
PLACE_BEFORE = frozenset(("at", "in", "near", "the", "a", "an", "from", "#", "called", "named", "titled"))
LITTLE = frozenset(
    (
        "only",
        "just",
        "both",
        "my",
        "our",
        "the",
        "friend",
        "boss",
        "colleague",
        "manager",
        "client",
        "dear",
        "also",
        "mate",
        "buddy",
        "pal",
        "teammate",
        "coworker",
        "partner",
        "friends",
        "colleagues",
    )
)
MONTHS = frozenset(("may", "april", "june", "august"))
OF_MONTH = frozenset(("of", "in", "early", "late", "mid", "until", "next", "last", "this", "th", "st", "nd", "rd"))
ASKED_OF = frozenset(("can", "could", "does", "will", "would", "is", "did", "has"))
DOES = frozenset(("do", "make", "join", "come", "attend", "free", "available", "busy", "around", "meet"))
"""«can pat do 3», «is rich free»: between the two stands a person."""
LETTER_WORDS = frozenset("adehimouwxy")
"""Single letters that are words of their own somewhere («a», «i», «o», «w/»)."""


class Push(IntEnum):
    """How strongly a place asks for a name."""

    NONE = 0
    """Anywhere: only known first names."""
    VERB = 1
    """«meet …», «invite …»: known first names and capitals."""
    WITH = 2
    """«with …»: anything that is nothing else."""


@dataclass(frozen=True, slots=True)
class Names:
    """The word lists of `words/people.toml`."""

    first: frozenset[str]
    shy: frozenset[str]
    titles: frozenset[str]
    push: dict[str, Push]
    not_names: frozenset[str]
    group_heads: frozenset[str]
    group_words: frozenset[str]
    owned: frozenset[str]
    dull: frozenset[str]
    """Words where no name begins, wherever they stand."""
    namesakes: frozenset[str]
    days: frozenset[str]
    """Names of days, which are surnames and first names too."""
    courtesy: frozenset[str]
    short_surnames: frozenset[str]
    """Surnames of two letters; other words so short are none."""
    push_elsewhere: Mapping[str, Mapping[str, Push]]
    """What announces names in texts of another language."""
    not_names_elsewhere: Mapping[str, frozenset[str]]
    beside_times: Mapping[str, frozenset[str]]
    """By language: words beside a name and a time that name no act, «omar proposes friday at 2»."""

    def pushes(self, word: str) -> bool:
        """Whether the word announces names in any language."""
        return word in self.push or any(word in words for words in self.push_elsewhere.values())

    def is_first(self, word: str) -> bool:
        """Whether the word is a known first name, with or without its accents."""
        return word in self.first or (not word.isascii() and plain(word) in self.first)

    def is_word(self, word: str) -> bool:
        """Whether the word is something else than a surname."""
        return word in self.not_names or word in self.namesakes


@cache
def name_lists() -> Names:
    """The word lists; read once."""
    tables = word_tables("people")
    lists = {name: frozenset(text.replace("_", "").split()) for name, text in tables.items()}
    first = frozenset(word for word in lists["first"] if word)
    return Names(
        first=first,
        shy=frozenset(word for word in tables["shy"].split() if not word.endswith("_")),
        titles=lists["titles"],
        push=dict.fromkeys(lists["meet"], Push.VERB) | dict.fromkeys(lists["with"], Push.WITH),
        not_names=lists["not_names"],
        group_heads=lists["group_heads"],
        group_words=lists["group_words"],
        owned=lists["owned"],
        dull=lists["not_names"] - lists["titles"] - lists["namesakes"] - ME,
        namesakes=lists["namesakes"],
        days=lists["days"],
        courtesy=lists["courtesy"],
        short_surnames=lists["short_surnames"],
        push_elsewhere=_elsewhere(lists, "meet_"),
        not_names_elsewhere=_by_language(lists, "not_names_"),
        beside_times=_by_language(lists, "beside_times_"),
    )


def _elsewhere(lists: Mapping[str, frozenset[str]], prefix: str) -> dict[str, dict[str, Push]]:
    return {language: dict.fromkeys(words, Push.VERB) for language, words in _by_language(lists, prefix).items()}


def _by_language(lists: Mapping[str, frozenset[str]], prefix: str) -> dict[str, frozenset[str]]:
    return {name.removeprefix(prefix): words for name, words in lists.items() if name.startswith(prefix)}
