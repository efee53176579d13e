"""Acts on lines of their own, as lists and messages pasted one below the other have them: each line begins a clause.

    «1. cancel lena⏎2. move omar to friday» → «   cancel lena;   move omar to friday»

The letters keep their places. What stands below a heading («agenda:»), is quoted or set as code is left as it is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.language.cues.verbs import LINKS, MODALS, act_at
from bot.language.entities.runs import day_words
from bot.language.lexicon import lexicon_for
from bot.language.locales.phrases import languages
from bot.values import pattern

if TYPE_CHECKING:
    import re

_MARK = pattern(r"[ \t]*(?:[-*•◦▪·‣–—+→☐☑✅✔➡]\ufe0f?|:[a-z0-9_+-]{1,40}:|\(?\d{1,2}[.):]|\[[ xX]?\])[ \t]+")
"""What opens an item of a list."""
_WORD = pattern(r"[^\W\d_]+")
_HEADING = pattern(r"[^\n:]{1,40}:(?:[ \t]|$)")
_MOST_IN_FRONT = 3
"""Words in front of the verb that opens a line: «then please cancel …»."""
_MOST_LINES = 12


def parted(text: str) -> str:
    """The text with a semicolon for each line break in front of another act, and without the marks of such items."""
    if "\n" not in text or "```" in text:
        return text
    letters, start, verbs, front = list(text), 0, 0, ""
    for line in text.split("\n")[:_MOST_LINES]:
        if verbs and (line.lstrip()[:1] == ">" or _HEADING.match(line) is not None):
            break
        mark = _MARK.match(line)
        body = mark.end() if mark is not None else 0
        if opens_act(line[body:]):
            letters[start : start + body] = " " * body
            if not verbs and _says_nothing(text[:start]):
                letters[:start] = " " * start
            elif front:
                letters[start - 1] = ";" if front[-1] not in _ENDS else " "
            verbs += 1
        front = line.rstrip() or front
        start += len(line) + 1
    return "".join(letters) if verbs > 1 else text


_ENDS = frozenset(".;!?,")
HEADED = ":;"
"""How a heading that says something of all lines («for friday:») stands in front of the first."""


def _says_nothing(front: str) -> bool:
    """«todo:», «hi team», «here's my list:» in front of the first act: no time and nobody it is about."""
    words = [match[0] for match in _WORD.finditer(front.lower())]
    is_told = any(sign.isdecimal() or sign == "@" for sign in front) or not _ABOUT.isdisjoint(words)
    return len(words) <= _MOST_OF_HEADING and not is_told and not any(map(_is_day, words))


def _is_day(word: str) -> bool:
    return word in day_words() or not _DAYS.isdisjoint(lexicon_for("en").words.get(word, {}))


_DAYS = frozenset(("weekday", "month", "relday"))


_ABOUT = frozenset(
    ("for", "with", "about", "für", "mit", "wegen", "con", "para", "avec", "pour", "com", "per", "met", "voor")
)
_MOST_OF_HEADING = 6


def opens_act(line: str) -> bool:
    """Whether a verb that says an act opens the line, in any language."""
    for word in _words(line):
        if _is_act(word):
            return True
        if not (word in LINKS or word in MODALS or word in _POLITE):
            return False
    return False


_POLITE = frozenset(
    (
        *("please", "pls", "plz", "just", "can", "could", "you", "now", "ok", "first", "bitte", "du", "mal", "noch"),
        *("por", "favor", "per", "favore", "graag", "s'il", "te", "plaît", "merci"),
    )
)


def _words(line: str) -> list[str]:
    found: list[re.Match[str]] = []
    for match in _WORD.finditer(line[:60].lower()):
        found.append(match)
        if len(found) > _MOST_IN_FRONT:
            break
    return [match[0] for match in found]


@lru_cache(maxsize=2048)
def _is_act(word: str) -> bool:
    return any(act_at((word,), 0, language) is not None for language in _LANGUAGES)


_LANGUAGES = ("en", *(one.language for one in languages()))
