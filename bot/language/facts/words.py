"""The lists of `words/facts.toml`, read once a language."""

from __future__ import annotations

from functools import cache

from bot.language.lexicon import plain
from bot.language.wordfiles import word_tables
from bot.values import dataclass

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWords:
    """What tells a clause of fact in one language; the file says what each list is."""

    subjects: frozenset[str] = _NONE
    me: frozenset[str] = _NONE
    doing: frozenset[str] = _NONE
    chores: frozenset[str] = _NONE
    bound: frozenset[str] = _NONE
    owners: frozenset[str] = _NONE
    there: frozenset[str] = _NONE
    adverbs: frozenset[str] = _NONE
    being: frozenset[str] = _NONE
    states: frozenset[str] = _NONE
    leaves: frozenset[str] = _NONE
    away: frozenset[str] = _NONE
    comes: frozenset[str] = _NONE
    ends: frozenset[str] = _NONE
    going: frozenset[str] = _NONE
    planned: frozenset[str] = _NONE
    copula: frozenset[str] = _NONE
    taken: frozenset[str] = _NONE
    runs: frozenset[str] = _NONE
    until: frozenset[str] = _NONE
    starts: frozenset[str] = _NONE
    visits: frozenset[str] = _NONE
    takes: frozenset[str] = _NONE
    present: frozenset[str] = _NONE
    past: frozenset[str] = _NONE
    done: frozenset[str] = _NONE
    undone: frozenset[str] = _NONE
    passive: frozenset[str] = _NONE
    dummies: frozenset[str] = _NONE
    only: frozenset[str] = _NONE
    instead: frozenset[str] = _NONE
    unable: frozenset[str] = _NONE
    no: frozenset[str] = _NONE
    open: frozenset[str] = _NONE
    work: frozenset[str] = _NONE
    own_work: frozenset[str] = _NONE
    wishes: frozenset[str] = _NONE
    duties: frozenset[str] = _NONE
    moving: frozenset[str] = _NONE
    links: frozenset[str] = _NONE
    ands: frozenset[str] = _NONE
    clauses: frozenset[str] = _NONE
    before: frozenset[str] = _NONE
    after: frozenset[str] = _NONE
    then: frozenset[str] = _NONE
    right: frozenset[str] = _NONE
    off: frozenset[str] = _NONE
    busy: frozenset[str] = _NONE
    told: frozenset[str] = _NONE
    leading: frozenset[str] = _NONE
    telegram: frozenset[str] = _NONE
    others: frozenset[str] = _NONE
    fields: frozenset[str] = _NONE
    acts: frozenset[str] = _NONE
    seeks: frozenset[str] = _NONE
    back: frozenset[str] = _NONE
    meant: frozenset[str] = _NONE

    @property
    def verbs(self) -> frozenset[str]:
        """Every verb that a clause of fact may have."""
        return (
            self.being
            | self.doing
            | self.chores
            | self.leaves
            | self.comes
            | self.ends
            | self.starts
            | self.visits
            | self.past
            | self.unable
        )


@cache
def fact_words(language: str) -> FactWords:
    """The lists of a language; empty ones where it has none."""
    table = word_tables("facts").get(language, {})
    return FactWords(**{name: _forms(text) for name, text in table.items()})


@cache
def fact_verbs() -> frozenset[str]:
    """Every word that a clause of fact has its verb in, or stands for one, in the languages with word borders."""
    lists = [fact_words(name) for name in word_tables("facts")]
    return frozenset().union(
        *(one.verbs | one.bound | one.there | one.telegram | one.no | one.duties | one.runs | one.done for one in lists)
    )


_SHORT = 4
"""Letters of a word whose accents tell it from another: «está» and «esta»."""


def _forms(text: str) -> frozenset[str]:
    words = text.split()
    return frozenset((*words, *(plain(word) for word in words if len(word) > _SHORT and plain(word))))
