"""Other languages as data: which words and patterns of `words/<language>.toml` say what in English.

Times in other languages are told in English first (`translation.py`) and then read by the same parsers. A file holds:

    [language]
    name = "de"
    clock_of = "… zeit|…er zeit"    # whose clock, by the name of a place (words/places.toml)
    dates = "."                     # the mark of «21.10» (optional)
    goes_at = "a"                   # the word of «at» that also leads where something goes (optional)
    apart = "leg an|lege an"        # verbs of moving that say something else with the second word (optional)

    [word]                          # a table is a kind, a key the English words, its value the phrases, separated by `|`
    at = "um"
    [weekday]
    monday = "montag|mo"
    [number]                        # digits; `numbers` lists the words from 0 on
    list = "null|eins|zwei|…"

    [date] [clock] [length] [order] # patterns over words that were found: first dates, clocks, lengths, then the order of them
    "half <h>" = "@1-30"

A pattern is a row of English words and slots; `word?` may be missing, `a|b` is either, `end_of` one of two words. Slots:
`<n>` any number, `<h>` 0–24,
`<m>` 0–59, `<d>` 1–31, `<y>` a year, `<w>` a number in words, `<q>` a number, «a» or «half», `<t>` a clock or `<h>`; or a kind:
`<weekday>`, `<unit>`, `<length>` … On the right stand English words and `$1` (the first slot), `@1` (as a clock), `@1+$2` and
`@1-30` (minutes past or to), `@1+*2` (fives past), `#1` (a day of the month), `&1` (a month by its number). The longest pattern
wins, then a language's own before the shared ones (words/languages.toml), then the earlier row. Accents, case and hyphens do
not count.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product
from sys import intern
from typing import TYPE_CHECKING

from bot.language.lexicon import places, plain, segments
from bot.language.locales.items import GLUE
from bot.language.wordfiles import word_tables
from bot.values import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Table = dict[str, dict[str, str]]
_SHARED = "languages"
_PAIR = 2
_REMEMBERED = 8192
"""Words whose letters without accents are kept; they recur."""
_LETTERS = re.compile(r"[a-z\u00df-\u024f]+|.")
"""Characters of scripts without spaces, Latin letters among them together."""
_PIECE = re.compile(r"[^\W\d_]+'?|\d+|[^\s\w]|_")
_FIRST = ("date", "clock", "length")
PATTERNS = (*_FIRST, "order")
"""The tables of a language that hold patterns."""
_NO_PHRASES = frozenset((*PATTERNS, "language", "finding"))


class Meaning(NamedTuple):
    """What a phrase says in English, and of which kind it is; numbers have a value."""

    kind: str
    english: tuple[str, ...]
    value: int = -1


class Pattern(NamedTuple):
    """A row of slots and English words, the template that says it in English, and the kind of what comes of it."""

    elements: tuple[str, ...]
    template: tuple[str, ...]
    kind: str
    rank: int
    """The place in the order in which patterns are tried: the longest first, then as they stand."""


Names = tuple[str, ...]
"""What a pattern may call an item: its English, its kind, the slots that it fits."""


class Alone(dict[Names, Pattern | None]):
    """The pattern of one element that stands for an item, by what it may be called."""

    def __init__(self, patterns: dict[str, Pattern]) -> None:
        super().__init__()
        self.by_name = patterns

    def __missing__(self, names: Names) -> Pattern | None:
        if len(self) > _REMEMBERED:
            self.clear()
        found = [self.by_name[name] for name in names if name in self.by_name]
        self[names] = first = min(found, key=_rank) if found else None
        return first


class Longer(dict[tuple[Names, Names, Names], tuple[Pattern, ...]]):
    """The longer patterns that may begin at an item with the two behind it, in the order in which they are tried."""

    def __init__(self, patterns: dict[str, dict[str, list[Pattern]]]) -> None:
        super().__init__()
        self.by_pair = patterns
        self.of_pairs: dict[tuple[Names, Names], tuple[Pattern, ...]] = {}

    def __missing__(self, three: tuple[Names, Names, Names]) -> tuple[Pattern, ...]:
        if len(self) > _REMEMBERED:
            self.clear()
        first, second, third = three
        rows = self._of_pair((first, second))
        self[three] = tried = tuple(row for row in rows if len(row.elements) == _PAIR or row.elements[_PAIR] in third)
        return tried

    def _of_pair(self, pair: tuple[Names, Names]) -> tuple[Pattern, ...]:
        known = self.of_pairs.get(pair)
        if known is not None:
            return known
        if len(self.of_pairs) > _REMEMBERED:
            self.of_pairs.clear()
        seconds = [self.by_pair[name] for name in pair[0] if name in self.by_pair]
        found = [row for rows in seconds for name in pair[1] for row in rows.get(name, ())]
        self.of_pairs[pair] = tried = tuple(sorted(found, key=_rank))
        return tried


class Patterns(NamedTuple):
    """Patterns of one element, and longer ones by their first two."""

    alone: Alone
    longer: Longer


class Phrase(NamedTuple):
    """The tokens of a phrase, what it means, and its place in the order in which phrases are tried."""

    tokens: tuple[str, ...]
    meaning: Meaning
    rank: int


Phrases = dict[str, dict[str, tuple[Phrase, ...]]]


class Begins:
    """Whether a word begins a phrase, as written or without its accents; kept for the words that were met."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.met: dict[str, bool] = {}

    def __contains__(self, word: str) -> bool:
        known = self.met.get(word)
        if known is None:
            if len(self.met) > _REMEMBERED:
                self.met.clear()
            self.met[word] = known = word in self.phrases or plain(word) in self.phrases
        return known


@dataclass(frozen=True, slots=True, eq=False)
class Phrasebook:
    """One language: phrases by their first and second token ("" for none), patterns by their first element; longest first."""

    language: str
    phrases: Phrases
    begins: Begins
    clocks: Patterns
    orders: Patterns
    fillers: frozenset[str]
    words: frozenset[str]
    """What begins a phrase, and fillers: no names of people, and nothing to say back."""
    has_borders: bool
    apart: Mapping[str, str]
    """Verbs of moving that say something else with this word behind them: «leg … an»."""
    date_mark: str = ""
    """What stands between day and month where nothing else tells that they are («21.10», «5-3»)."""
    goes_at: bool = False
    """Whether a meeting goes «a las», «alle», «à» a time with the word that also says at which it is."""


@cache
def phrasebook(language: str) -> Phrasebook:
    """The phrasebook of a language that has one; read when it is first asked for."""
    shared, own = _tables(_SHARED), _tables(language)
    phrases: dict[str, dict[tuple[str, ...], Meaning]] = {}
    for tables in (shared, own):
        for tokens, meaning in _phrases(tables):
            phrases.setdefault(tokens[0], {})[tokens] = meaning
    for tokens, meaning in _clocks_of_places(own):
        phrases.setdefault(tokens[0], {}).setdefault(tokens, meaning)
    for tables in (shared, own):
        _add_plain(tables, phrases)
    clocks = [row for tables in (own, shared) for name in _FIRST for row in _patterns(tables, name)]
    fillers = frozenset(own["language"].get("fillers", "").split("|"))
    return Phrasebook(
        language=language,
        phrases=(by_first := {first: _by_second(rest) for first, rest in phrases.items()}),
        begins=Begins(by_first),
        clocks=_by_first(clocks),
        orders=_by_first([*_patterns(own, "order"), *_patterns(shared, "order")]),
        fillers=fillers,
        words=fillers | phrases.keys(),
        has_borders=own["language"].get("script", "") != "cjk",
        date_mark=own["language"].get("dates", ""),
        apart=dict(pair.split() for pair in own["language"].get("apart", "").split("|") if pair),
        goes_at="goes_at" in own["language"],
    )


def _tables(name: str) -> Table:
    return word_tables(name)


def _phrases(tables: Table) -> Iterator[tuple[tuple[str, ...], Meaning]]:
    for kind, table in tables.items():
        if kind in _NO_PHRASES:
            continue
        for key, text in table.items():
            if kind == "number" and key == "list":
                for value, phrase in enumerate(text.split("|")):
                    yield cut(phrase), Meaning("n", (str(value),), value)
                continue
            value = int(key) if key.isdigit() else -1
            english = (key, f"{GLUE}th") if kind == "ordinal" and value > 0 else tuple(key.split())
            meaning = Meaning("n" if kind == "number" else kind, english, value)
            for phrase in text.split("|"):
                yield cut(phrase), meaning


def _clocks_of_places(own: Table) -> Iterator[tuple[tuple[str, ...], Meaning]]:
    """«hora de tokio», «londoner zeit»: the clock of each place, by the language's ways of saying it."""
    ways = own["language"]["clock_of"].split("|")
    is_signed = own["language"].get("script", "") == "cjk"
    for names in places().values():
        meaning = Meaning("zone", (*names[0].split(), "time"))
        for name in names:
            if is_signed is not name.isascii():
                yield from ((cut(way.replace("…", name)), meaning) for way in ways)


def _add_plain(tables: Table, phrases: dict[str, dict[tuple[str, ...], Meaning]]) -> None:
    """The same phrases without accents, where those say nothing else already."""
    for tokens, meaning in _phrases(tables):
        if all(token.isascii() for token in tokens):
            continue
        for spell in (plain, spelt_out):
            bare = tuple(map(spell, tokens))
            if all(bare):  # marks have no plain form
                phrases.setdefault(bare[0], {}).setdefault(bare, meaning)


def cut(phrase: str) -> tuple[str, ...]:
    """A phrase as tokens: characters of scripts without spaces, else words without hyphens, an elided one apart."""
    found: list[str] = []
    for word in _PIECE.findall(phrase):
        if segments(word):
            found += _LETTERS.findall(word)
        elif word != "-":
            found.append(intern(word))
    return tuple(found)


@lru_cache(maxsize=_REMEMBERED)
def spelt_out(word: str) -> str:
    """German letters as they are typed on other keyboards."""
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        word = word.replace(letter, letters)
    return word if segments(word) else plain(word)


def _by_second(found: dict[tuple[str, ...], Meaning]) -> dict[str, tuple[Phrase, ...]]:
    home: dict[str, list[Phrase]] = {}
    for rank, (tokens, meaning) in enumerate(sorted(found.items(), key=lambda item: -len(item[0]))):
        home.setdefault(tokens[1] if len(tokens) > 1 else "", []).append(Phrase(tokens, meaning, rank))
    return {second: tuple(phrases) for second, phrases in home.items()}


def _patterns(tables: Table, table: str) -> list[Pattern]:
    found = []
    for row, template in tables.get(table, {}).items():
        for elements in product(*(_choices(element) for element in row.split())):
            kept = tuple(element for element in elements if element)
            found.append(Pattern(kept, tuple(template.split()), table, 0))
    return found


def patterns(name: str, table: str) -> list[Pattern]:
    """The patterns of one table of a language, as they stand."""
    return _patterns(_tables(name), table)


def _choices(element: str) -> tuple[str, ...]:
    if element.startswith("<"):
        return (element,)
    words = tuple(element.removesuffix("?").replace("_", " ").split("|"))
    return (*words, "") if element.endswith("?") else words


def _by_first(patterns: list[Pattern]) -> Patterns:
    singles: dict[str, Pattern] = {}
    pairs: dict[str, dict[str, list[Pattern]]] = {}
    for rank, row in enumerate(sorted(patterns, key=_length)):
        pattern = row._replace(rank=rank)
        if len(row.elements) == 1:
            singles.setdefault(row.elements[0], pattern)
        else:
            pairs.setdefault(row.elements[0], {}).setdefault(row.elements[1], []).append(pattern)
    return Patterns(Alone(singles), Longer(pairs))


def _rank(pattern: Pattern) -> int:
    return pattern.rank


def _length(pattern: Pattern) -> int:
    return -len(pattern.elements)
