"""What words mean for times, and the loader of `words/en.toml` (other languages are told in English first: phrasebook.py).

Rules ask for *senses* (`weekday`, `unit`, `until`), never for words. The format:

    [language]
    name = "en"
    date_order = "mdy"              # how 4/5 is read when both could be a month: mdy or dmy

    [spelling]                      # one word written another way → one known word, before anything is looked up
    tmrw = "tomorrow"

    [weekday]                       # a table is a sense; a key is its value (digits become numbers);
    0 = ["monday", "mon"]           # the list holds the words or phrases that have it, lower-case
    [part]
    morning = ["morning", "the am"] # phrases of several words win over single words, the longest first; hyphens are spaces

    [role]                          # senses without a value: `until = […]` gives those words the sense `until`
    until = ["until", "till", "up to"]

A word may have several senses (second: ordinal 2, unit second). Senses with values that the rules read:

    weekday, weekdays (Mondays: a repetition)  0–6                     month, season, holiday (`12-25`, `easter-2`, `11-3-4`)
    number, ordinal; fraction (minutes of an hour: half is 30)         relday (days from today), relpart (tonight)
    unit (minute … year), whole (all day), step (`day1`: the day after) shift (this, next, coming, next2, last), next2unit
    part, parts (a repetition), clockword, meridiem (am, pm)           edge (start, mid, end, rest, …), edgeword (`end_month`)
    now (now, soonest), often (an RRULE frequency)                     zone (an IANA name), zones (a name in words/regions.toml)

Roles stand in words/en.toml beside their words; a role's name says what it asks (after, before, by, from, to, of, not, …).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from bot.language.wordfiles import word_tables
from bot.values import dataclass

Senses = Mapping[str, int | str]
Phrase = tuple[tuple[str, ...], Senses]
"""The words after the first two, and what the whole means."""

NOTHING: Senses = MappingProxyType({})
_REMEMBERED = 8192
"""Words whose plain writing is kept; they recur."""

TOKEN = re.compile(
    r"([^\W\d_½¼¾⅓⅔]+(?:'[^\W\d_]+)*|\d+|\.{3,}|-{3,}|={3,}|_{2,}|\*{2,}|#{2,}|!{2,}|\?{2,}|[^\s\w]|[_½¼¾⅓⅔])"
)
"""How texts and phrases are cut: letters (with inner apostrophes), digits, fractions and other single marks, rulers.

It is a group, so that `split` gives the tokens with what stands between them.
"""


ASCII_TOKEN = re.compile(r"([a-z]+(?:'[a-z]+)*|[0-9]+|\.{3,}|-{3,}|={3,}|_{2,}|\*{2,}|#{2,}|!{2,}|\?{2,}|[^\s\w]|_)")
"""The same for lower-case texts of ASCII alone, most of the English ones: its classes of letters are quicker to test."""

_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")


_UNSPACED = re.compile("[\u3005-\u9fff]")


def segments(text: str) -> bool:
    """Whether the text holds letters of a script that writes without spaces."""
    return not text.isascii() and _UNSPACED.search(text) is not None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The vocabulary of one language."""

    language: str
    date_order: str
    words: dict[str, Senses]
    phrases: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
    """By first and second word; the longest phrase first."""
    spelling: Mapping[str, str]
    near: Mapping[str, str]
    """A long word with one letter left out → the word: how slips of the finger are found."""
    near_words: frozenset[str]


@cache
def lexicons() -> Mapping[str, Lexicon]:
    """English, read once. Other languages are told in English first: phrasebook.py."""
    source = files("bot.language").joinpath("words/en.toml").read_text(encoding="utf-8")
    return MappingProxyType({"en": parse_lexicon(source, places(), peoples())})


@cache
def places() -> Mapping[str, tuple[str, ...]]:
    """The names of places by their zone, in all languages together, the usual English one first."""
    tables = word_tables("places")
    return MappingProxyType({zone: tuple(names.split("|")) for zone, names in tables["places"].items()})


@cache
def peoples() -> Mapping[str, tuple[str, ...]]:
    """What people and their clocks are called by their zone: «spanish»."""
    tables = word_tables("places")
    return MappingProxyType({zone: tuple(names.split("|")) for zone, names in tables["peoples"].items()})


@lru_cache(maxsize=_REMEMBERED)
def plain(word: str) -> str:
    """The word without its accents."""
    if word.isascii() or segments(word):
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word.replace("ß", "ss")) if letter.isascii())


@cache
def place_names() -> frozenset[str]:
    """Every name of a place in Latin letters."""
    return frozenset(name for names in places().values() for name in names if name.isascii())


@cache
def place_beginnings() -> frozenset[str]:
    """Their first words."""
    return frozenset(name.partition(" ")[0] for name in place_names())


@cache
def lexicon_for(language: str) -> Lexicon:
    """The language's lexicon, English when there is none."""
    known = lexicons()
    return known.get(language) or known["en"]


def parse_lexicon(
    source: str,
    cities: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    folk: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Lexicon:
    """A word file's text as a Lexicon; each place has a clock («lima time»)."""
    tables = tomllib.loads(source)
    for zone, names in (*cities.items(), *folk.items()):
        clocks = [f"{name} time" for name in names if name.isascii()]
        tables["zone"].setdefault(zone, []).extend(clocks)
    head = tables.pop("language")
    spelling = tables.pop("spelling", {})
    words: dict[str, dict[str, int | str]] = {}
    phrases: dict[tuple[str, ...], dict[str, int | str]] = {}
    for sense, table in tables.items():
        for key, spellings in table.items():
            name, value = (key, 1) if sense == "role" else (sense, int(key) if key.lstrip("-").isdigit() else key)
            for spelt in spellings:
                parts = tuple(_pieces(spelt))
                home = words.setdefault(parts[0], {}) if len(parts) == 1 else phrases.setdefault(parts, {})
                home[name] = value
    return Lexicon(
        language=head["name"],
        date_order=head.get("date_order", "dmy"),
        words=dict(words),
        phrases=_by_first(phrases),
        spelling=spelling,
        near=(near := _near(words)),
        near_words=frozenset(near.values()),
    )


def _pieces(spelt: str) -> list[str]:
    """A phrase of the word file as the reader's tokens."""
    if segments(spelt):
        return [spelt]
    return TOKEN.findall(_HYPHEN.sub(" ", spelt))


def _by_first(phrases: Mapping[tuple[str, ...], Senses]) -> Mapping[str, Mapping[str, tuple[Phrase, ...]]]:
    found: dict[str, dict[str, list[Phrase]]] = {}
    for parts, senses in phrases.items():
        found.setdefault(parts[0], {}).setdefault(parts[1], []).append((parts[2:], senses))
    return {
        first: {second: tuple(sorted(rest, key=lambda item: -len(item[0]))) for second, rest in seconds.items()}
        for first, seconds in found.items()
    }


_NEAR_SENSES = ("weekday", "month", "relday")
_NEAR_LENGTH = 6


def _near(words: Mapping[str, Senses]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for word, senses in words.items():
        if len(word) >= _NEAR_LENGTH and any(sense in senses for sense in _NEAR_SENSES):
            for place in range(1, len(word)):
                found.setdefault(word[:place] + word[place + 1 :], word)
    return found
