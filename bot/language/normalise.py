"""Text to Utterance: tokens with their places, chat spelling undone, Slack's leftovers opened. One pass, linear.

The utterance's text keeps its letters (spans point into it); typographic variants are replaced, invisible signs left out.
"""

from __future__ import annotations

import re
from dataclasses import field
from functools import lru_cache, reduce
from itertools import accumulate, compress, count, islice
from operator import or_

from bot.language.atoms import PEOPLE, Atom, find_atoms
from bot.language.lexicon import (
    ASCII_TOKEN,
    TOKEN,
    Lexicon,
    lexicon_for,
    place_beginnings,
    place_names,
    plain,
    segments,
)
from bot.language.slips import INITIALS, meant, meant_abroad, spell_weekdays
from bot.language.triggers import trigger, triggers_in
from bot.values import dataclass

LONGEST = 4000
"""Characters that are read; what stands behind them is ignored."""

HIDDEN = "ø"
"""The word of a token that is told beside the wish: no word of any language."""

_MOST_WORDS = 400
"""Tokens that are read word by word; further down a wall of text only mentions, addresses and links are taken."""

_VARIANTS: dict[int, str | None] = {0x2018: "'", 0x2019: "'", 0x201B: "'", 0x2032: "'", 0xB4: "'"}
_VARIANTS |= {0x201C: '"', 0x201D: '"', 0x201F: '"', 0x2033: '"'}
_VARIANTS |= dict.fromkeys((0xA0, 0x202F, 0x205F, 0x237D, 0x3000, *range(0x2000, 0x200B)), " ")
_VARIANTS |= dict.fromkeys(
    (0xAD, 0x180E, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
_VARIANTS |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), "-")
_VARIANTS |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_VARIED = re.compile("[" + re.escape("".join(map(chr, _VARIANTS))) + "]")
_PIECE = re.compile(r"[a-z\u00df-\u024f]+|.")
_UNKNOWN_TRIED = 40
_TYPED_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text as tokens. The tuples run in parallel: token `i` is `text[starts[i]:ends[i]]`."""

    text: str
    words: tuple[str, ...]
    """Lower-case, spelling undone (tmrw is «tomorrow» here)."""
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    language: str
    atoms: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Token index → (kind, value) of what is no word (`atoms.py`), and of what is told beside the wish (`apart.py`)."""
    glue: frozenset[int] | None = None
    """Which tokens stand right behind the one before, where the places do not tell (a text told in English)."""
    bits: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Which readers each token concerns: `triggers.py`."""
    triggers: int = field(init=False, repr=False, compare=False)
    """The bits of all tokens together."""

    def __post_init__(self) -> None:
        found = triggers_in(self.words)
        object.__setattr__(self, "bits", found)
        object.__setattr__(self, "triggers", reduce(or_, found, 0))

    def where(self, trigger: int) -> list[int]:
        """The tokens that have any of the trigger's bits."""
        if not self.triggers & trigger:
            return []
        return list(compress(range(len(self.bits)), map(trigger.__and__, self.bits)))

    def in_language(self, language: str) -> Utterance:
        """The same text, told to be of a language."""
        return Utterance(self.text, self.words, self.starts, self.ends, language, self.atoms, self.glue)

    def with_words(self, words: tuple[str, ...], atoms: dict[int, tuple[str, str]]) -> Utterance:
        """The same places with other words and atoms."""
        return Utterance(self.text, words, self.starts, self.ends, self.language, atoms, self.glue)

    def is_glued(self, index: int) -> bool:
        """Whether nothing stands between this token and the one before."""
        if self.glue is not None:
            return index in self.glue
        return index > 0 and self.starts[index] == self.ends[index - 1]

    def between(self, first: int, last: int) -> str:
        """The written text of tokens first … last (inclusive)."""
        return self.text[self.starts[first] : self.ends[last]]


def normalise(text: str) -> Utterance:
    """The text as an utterance; English until another language is found in it (translation.py)."""
    clean = text[:LONGEST]
    if not clean.isascii() and _VARIED.search(clean):
        clean = clean.translate(_VARIANTS)
    if ".. " in clean or "\u2026 " in clean:  # «2pm... or 3pm»: a pause, and no sentence ends
        clean = clean.replace("\u2026 ", ", ").replace("... ", ",   ")
    clean, atoms = find_atoms(clean)
    lowered = clean.lower()
    if len(lowered) != len(clean):
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in clean)
    words, starts, ends, places = _tokens(lowered, atoms)
    lexicon = lexicon_for("en")
    if segments(lowered):
        words, starts, ends, places = _segment(words, starts, ends, places)
    if '"' in clean:
        _close_quotations(words)
    _respell(lexicon, clean, (words, starts, ends, places))
    if not lowered.isascii():
        _spell_places(words, places)
    return Utterance(clean, tuple(words), tuple(starts), tuple(ends), lexicon.language, places)


Tokens = tuple[list[str], list[int], list[int], dict[int, tuple[str, str]]]


def _tokens(text: str, atoms: list[Atom]) -> Tokens:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    places: dict[int, tuple[str, str]] = {}
    done = 0
    for start, end, kind, value in atoms:
        if start < done:
            continue
        if len(words) < _MOST_WORDS:
            _scan(text, done, start, words, starts, ends)
        places[len(words)] = (kind, value)
        words.append(text[start:end])
        starts.append(start)
        ends.append(end)
        done = end
    if len(words) < _MOST_WORDS:
        _scan(text, done, len(text), words, starts, ends)
    return words, starts, ends, places


def _scan(text: str, start: int, end: int, words: list[str], starts: list[int], ends: list[int]) -> None:
    if start >= end:
        return
    left = _MOST_WORDS - len(words)
    pieces = (ASCII_TOKEN if text.isascii() else TOKEN).split(text[start:end], left)
    edges = list(accumulate(map(len, pieces), initial=start))
    words += pieces[1::2]
    starts += edges[1:-1:2]
    ends += edges[2::2]


def _close_quotations(words: list[str]) -> None:
    """«said "friday at 2"»: the mark behind a figure ends what is quoted, and says no seconds."""
    is_open = False
    for index in compress(count(), map('"'.__eq__, words)):
        if is_open and words[index - 1].isdecimal():
            words[index] = ","
        is_open = not is_open


def _segment(words: list[str], starts: list[int], ends: list[int], places: dict[int, tuple[str, str]]) -> Tokens:
    """Cut words of scripts without spaces into characters; Latin letters among them stay together."""
    cut: list[str] = []
    firsts: list[int] = []
    lasts: list[int] = []
    moved: dict[int, tuple[str, str]] = {}
    for index, word in enumerate(words):
        start = starts[index]
        if index in places:
            moved[len(cut)] = places[index]
        elif len(cut) >= _MOST_WORDS:
            continue
        elif not word.isascii() and segments(word):
            pieces = list(islice(_PIECE.finditer(word), _MOST_WORDS - len(cut)))
            cut += [piece[0] for piece in pieces]
            firsts += [start + piece.start() for piece in pieces]
            lasts += [start + piece.end() for piece in pieces]
            continue
        cut.append(word)
        firsts.append(start)
        lasts.append(ends[index])
    return cut, firsts, lasts, moved


def _respell(lexicon: Lexicon, clean: str, tokens: Tokens) -> None:
    """Undo chat spelling and slips in place. «2moro» are two tokens that become one word on the first, "" on the second."""
    words, starts, ends, places = tokens
    tried = tied = 0
    spelling, known = lexicon.spelling, lexicon.words
    found = triggers_in(words)
    if any(map(INITIALS.__and__, found)) and not places:
        found = triggers_in(words) if spell_weekdays((words, starts, ends)) else found
    for index in compress(range(len(words)), map(_MISSPELT.__and__, found)):
        if index in places:
            continue
        word = words[index]
        right = spelling.get(word)
        if right is not None:
            words[index] = right
        elif word == "w":
            _spell_with(words, index, places)
        elif index and starts[index] == ends[index - 1] and words[index - 1] + word in spelling:
            words[index - 1], words[index] = spelling[words[index - 1] + word], ""
        elif len(word) >= _TYPED_LENGTH and word not in known and tried < _UNKNOWN_TRIED and word.isalpha():
            tried += 1
            words[index] = _nearest(word)
            if words[index] == word and not (index and clean[starts[index]].isupper()):
                words[index] = meant(word)
            if words[index] == word:
                words[index] = meant_abroad(word, words)
            if words[index] == word and word[:2] in _HALVES and index and words[index - 1].isdigit():
                tied = index
    for index in compress(range(len(words)), map(_HANGS.__and__, found)):
        _spell_keep(words, index)
    if tied and not places and (rest := spelling.get(words[tied][2:], words[tied][2:])) in known:
        middle = starts[tied] + 2  # «3pmtomorrow»
        words[tied : tied + 1] = [words[tied][:2], rest]
        starts.insert(tied + 1, middle)
        ends.insert(tied, middle)


def _spell_with(words: list[str], index: int, places: dict[int, tuple[str, str]]) -> None:
    """«w/ lena», «w sam@acme.io», «w/o omar»; not «w/c», «w/in», and not «2 w»."""
    behind = words[index + 1 : index + 3]
    if behind[:1] == ["/"] and behind[1:] == ["o"]:
        words[index : index + 3] = ["without", "", ""]
    elif behind[:1] == ["/"] and behind[1:] not in _NOT_WITH:
        words[index : index + 2] = ["with", ""]
    elif places.get(index + 1, ("",))[0] in PEOPLE:
        words[index] = "with"


def _spell_keep(words: list[str], index: int) -> None:
    """«…, but hang on to lena's»: keep it; where it opens the text it may hold a new time."""
    size = 3 if words[index + 1 : index + 3] == ["on", "to"] else 2 if words[index + 1 : index + 2] == ["onto"] else 0
    if size and index and words[index - 1] in _BEFORE_KEPT:
        words[index : index + size] = ["keep", *([""] * (size - 1))]


_HANGS = trigger(frozenset(("hang", "hold")).__contains__)
_BEFORE_KEPT = frozenset((",", "and", "but", ";", ".", "just", "please"))


def _spell_places(words: list[str], atoms: dict[int, tuple[str, str]]) -> None:
    """«são paulo», «bogotá»: as the lists of places have them, without accents."""
    names, firsts = place_names(), place_beginnings()
    for index in compress(count(), map(firsts.__contains__, map(plain, words))):
        word = words[index]
        if "".join(words[index : index + _LONGEST_PLACE]).isascii():
            continue
        for size in range(1, _LONGEST_PLACE + 1):
            said = words[index : index + size]
            if any(index + at in atoms for at in range(size)) or all(one.isascii() for one in said):
                continue
            bare = [plain(one) for one in said]
            if word and " ".join(bare) in names:
                words[index : index + size] = bare


_LONGEST_PLACE = 3
_NOT_WITH: tuple[list[str], ...] = ([], ["c"], ["b"], ["in"], ["e"])
_HALVES = ("am", "pm")


def _may_be_misspelt(word: str) -> bool:
    """Whether a word is chat spelling, may end one together with what it is glued to, or is long and unknown."""
    known = lexicon_for("en")
    is_unknown = len(word) >= _TYPED_LENGTH and word not in known.words and word.isalpha()
    return is_unknown or word == "w" or any(spelt.endswith(word) for spelt in known.spelling)


_MISSPELT = trigger(_may_be_misspelt)


@lru_cache(maxsize=4096)
def _nearest(word: str) -> str:
    """The one long word that differs by a letter left out, added, changed or swapped; else the word itself."""
    lexicon = lexicon_for("en")
    near, targets = lexicon.near, lexicon.near_words
    if word in near:
        return near[word]
    for place in range(1, len(word)):
        short = word[:place] + word[place + 1 :]
        if short in targets:
            return short
        target = near.get(short)
        if target is not None and len(target) == len(word):
            return target
    return word
