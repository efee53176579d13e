"""Which language a text is in, by looking its words up once. English pays one look-up a word.

A word of `words/languages.toml` counts for every language that has it: three when it is one language's alone, one when it is
shared. English has its markers and whatever its lexicon knows. The other language must win.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.language.lexicon import lexicon_for, plain, segments
from bot.language.locales.phrasebook import cut, spelt_out
from bot.language.wordfiles import word_tables
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.language.normalise import Utterance

_EASTERN = frozenset(("zh", "ja"))
"""The languages that are told by their signs, not by words."""
KANA = re.compile("[\u3040-\u30ff]")
"""Signs that tell Japanese from Chinese."""
_NAMES = frozenset({"sam", "dom", "mat"})
"""First names that are words elsewhere: alone they tell no language («approve sam»)."""
_NAMES_TOO = frozenset(
    ("anders", "chi", "dan", "demi", "ed", "hui", "julio", "lei", "les", "marco", "mei", "mia", "mio", "nell", "noel", "ora",
     "otto", "sage", "sylvester", "uma", "van")
)  # fmt: skip
"""Words elsewhere that are first names behind an English word: «lose the 3pm w/ dan», «call mei»."""
_ANNOUNCING = frozenset(("with", "w/", "w", "meet", "call", "ask", "tell", "invite", "cancel", "move", "see"))
_LENT = frozenset({"uhr"})
"""Words of other languages that an English text may hold: they tell their language all the same."""
_LEANING = {"quinta": "pt"}
"""Words that tell their language where the others tell no more of another: «ines quinta 15h», not «la quinta opción»."""
_READ = 80
"""Words that are looked at."""
_ALONE, _SHARED = 3, 1
_REMEMBERED = 8192
"""Words whose votes are kept; they recur."""
_KNOWN = 2
"""What a language counts for being known as the writer's."""


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What gives languages away: the languages a word may be of, English words, words that are none, Japanese signs."""

    latin: tuple[str, ...]
    """Languages beside English with word borders; the one that stands first wins when nothing else tells."""
    languages: Mapping[str, tuple[str, ...]]
    english: frozenset[str]
    telling: frozenset[str]
    japanese: tuple[str, ...]


@cache
def _finding() -> Finding:
    found: dict[str, tuple[str, ...]] = {}
    tables: dict[str, str] = word_tables("languages")["finding"]
    latin = tuple(name for name in tables if name != "en" and name not in _EASTERN)
    for language in latin:
        for word in tables[language].split():
            for form in (word,) if word.isascii() else {word, plain(word), spelt_out(word)}:
                if language not in found.get(form, ()):
                    found[form] = (*found.get(form, ()), language)
    english = frozenset(tables["en"].split())
    known = lexicon_for("en").words.keys() - _LENT
    telling = (word for word in found if word not in english and not (len(word) > 2 and word in known))
    return Finding(latin, found, english, frozenset(telling), tuple(tables["ja"].split()))


def own_languages() -> frozenset[str]:
    """Every language that is read from words of its own."""
    return _EASTERN.union(("en",), _finding().latin)


def find_language(utterance: Utterance, known: str | None = None) -> str:
    """The language's two letters; `en` whenever nothing tells otherwise. `known` is what the writer is known to use."""
    text = utterance.text
    if not text.isascii() and any(map(segments, utterance.words)):  # names in such a script are hidden by now
        return _eastern(text, known)
    here = known if known in _finding().latin else None
    words = utterance.words
    if (
        here is None
        and text.isascii()
        and _finding().telling.isdisjoint(words)
        and "'" not in text
        and words[:1] != ("am",)
    ):
        return "en"
    return _western(utterance, here)


def _eastern(text: str, known: str | None) -> str:
    if KANA.search(text):
        return "ja"
    if known is not None and known in _EASTERN:
        return known
    return "ja" if any(sign in text for sign in _finding().japanese) else "zh"


Votes = tuple[tuple[tuple[str, int], ...], int]
"""What a word counts for each language, and for English."""


class _Votes(dict[str, Votes]):
    """The votes of each word as written, in lower case; «am 5» is the German word in front of a figure."""

    def __missing__(self, written: str) -> Votes:
        text = written
        finding, lexicon = _finding(), lexicon_for("en").words
        scores: dict[str, int] = {}
        own = 0
        is_german = text == "am 5"
        owner = text.removesuffix("'s")
        text = (
            owner if owner in finding.english or (len(owner) > 2 and owner in lexicon) else text
        )  # «thursday's agenda»
        for word in (text,) if text in finding.english else ("am",) if is_german else cut(text):
            found = finding.languages.get(word) or finding.languages.get(plain(word), ())
            is_english = word in finding.english or (len(word) > 2 and word in lexicon)
            is_english = is_english and not is_german and word not in _LENT
            for language in () if word in _NAMES else found:
                count = _ALONE if len(found) == 1 and not is_english else _SHARED
                scores[language] = scores.get(language, 0) + count
            own += (_SHARED if found else _ALONE if word in finding.english else _KNOWN) if is_english else 0
        if len(self) > _REMEMBERED:
            self.clear()
        self[written] = votes = (tuple(scores.items()), own) if text[:1].isalpha() else ((), 0)
        return votes


@cache
def _votes() -> _Votes:
    return _Votes()


def _before(written: str, start: int) -> str:
    """The word in front, with a slash that is glued to it."""
    return (written[max(start - 9, 0) : start].lower().split() or [""])[-1]


def _western(utterance: Utterance, known: str | None) -> str:
    votes = _votes()
    scores = dict.fromkeys(_finding().latin, 0)
    own = 0
    atoms, written, words = utterance.atoms, utterance.text, utterance.words
    for token, (start, end) in enumerate(zip(utterance.starts[:_READ], utterance.ends[:_READ], strict=True)):
        if end - start == 1 and start and written[start - 1].isdigit():
            continue  # «10a-11a», «3p»
        if token in atoms or (start > 1 and written[start - 1] == "." and written[start - 2].isalnum()):
            continue  # «cal.com» is in no language
        text = written[start:end].lower()
        if text in _NAMES_TOO and token and _before(written, start) in _ANNOUNCING:
            continue
        found, is_for = votes[text]
        if text == "am" and written[end : end + 2].strip().isdigit():
            found, is_for = votes["am 5"]
        own += is_for
        for language, count in found:
            scores[language] += count
    if known is not None:
        scores[known] += _KNOWN
    leaning = next((_LEANING[word] for word in _LEANING if word in words), "")
    best = max(scores, key=lambda name: (scores[name], name == known, name == leaning))
    return best if scores[best] > own else "en"
