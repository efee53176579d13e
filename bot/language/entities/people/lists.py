"""The word lists by which names of people are found, from `words/people.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files

ME = frozenset(("i", "me", "myself"))
EVERYBODY = frozenset(("pencil", "here", "channel", "everyone", "all"))
AND = frozenset(("and", "&", ",", "plus", "or", "/", "+"))
PLACE_BEFORE = frozenset(("at", "in", "near", "the", "a", "an", "from", "#", "called", "named", "titled"))
LITTLE = frozenset(
    ("only", "just", "both", "my", "our", "the", "friend", "boss", "colleague", "manager", "client", "dear", "also")
)
MONTHS = frozenset(("may", "april", "june", "august"))
OF_MONTH = frozenset(("of", "in", "early", "late", "mid", "until", "next", "last", "this", "th", "st", "nd", "rd"))
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
    courtesy: frozenset[str]

    def is_word(self, word: str) -> bool:
        """Whether the word is something else than a surname."""
        return word in self.not_names or word in self.namesakes


@cache
def name_lists() -> Names:
    """The word lists; read once."""
    tables = tomllib.loads(files("bot.language").joinpath("words/people.toml").read_text(encoding="utf-8"))
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
        courtesy=lists["courtesy"],
    )
