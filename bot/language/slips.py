"""Slips of the finger in the words of this trade: «bokking», «meetnig», «resheduel».

Only words that nobody knows are looked at, only long ones, and only against a closed list (`words/intents.toml`, `[slips]`):
the first letter must be right. Names, words of other languages and known English words are left as they are.
Below them what is written short on purpose: weekdays by their first letters («m/w/f at 8», «t/th», «m-f 9-5», «MWF»).
"""

from __future__ import annotations

from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.language.triggers import trigger
from bot.language.wordfiles import word_tables
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

SHORTEST = 6
_LONG = 8
"""Letters from which two slips are one word still."""
_KINDS = (0, 2, 3)
"""Kinds of letters that two words may not share, by the slips between them."""


@dataclass(frozen=True, slots=True)
class Slips:
    """The words that slips are looked for of, by their first letter, and the words that are none, or right."""

    targets: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]
    others: frozenset[str]


@cache
def slips() -> Slips:
    """The lists; read once."""
    tables = word_tables("intents")
    known = (*tables["slips"].values(), *tables["classes"].values(), *tables["off"].values())
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for word in tables["slips"]["words"].split():
        found.setdefault(word[0], []).append((word, frozenset(word)))
    return Slips(
        targets=MappingProxyType({first: tuple(words) for first, words in found.items()}),
        others=frozenset(word for text in known for word in text.split()),
    )


@lru_cache(maxsize=4096)
def meant(word: str) -> str:
    """The word of the list that was meant; the word itself when none is near."""
    known = slips()
    bucket = known.targets.get(word[0])
    if bucket is None or len(word) < SHORTEST or word in known.others:
        return word
    letters = frozenset(word)
    for target, wanted in bucket:
        most = 2 if len(target) >= _LONG else 1
        if abs(len(word) - len(target)) > most or len(letters ^ wanted) > _KINDS[most]:
            continue
        if _distance(word, target) <= most:
            return target
    return word


@cache
def _abroad() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """Of each other language the words that tell it, and those that slips are undone of."""
    telling, wanted = word_tables("languages")["finding"], word_tables("intents")["slips_abroad"]
    english = frozenset(telling["en"].split())
    return tuple((frozenset(telling[one].split()) - english, tuple(words.split())) for one, words in wanted.items())


@cache
def _known_abroad() -> frozenset[str]:
    """Words of any language that are right as they stand («donnerstags»)."""
    return frozenset(word for words in word_tables("languages")["finding"].values() for word in words.split())


@cache
def righted_abroad() -> frozenset[str]:
    """The words that slips are undone of in the other languages."""
    return frozenset(word for _, wanted in _abroad() for word in wanted)


def meant_abroad(word: str, words: Collection[str]) -> str:
    """«donerstag», «juves»: the day, or the verb, of the language that other words of the text tell; else the word itself."""
    if word in _known_abroad():
        return word
    for language, (telling, _) in enumerate(_abroad()):
        if not telling.isdisjoint(words) and (target := _nearest(word, language)):
            return target
    return word


@lru_cache(maxsize=4096)
def _nearest(word: str, language: int) -> str:
    """The one word of a language that is nearest, where there is one; empty where none or two are."""
    _, wanted = _abroad()[language]
    near = [target for target in wanted if _is_near(word, target)]
    if len(near) == 1 or (near and len({_distance(word, target) for target in near}) > 1):
        return min(near, key=lambda target: _distance(word, target))
    return ""


def _is_near(word: str, target: str) -> bool:
    """One slip, in long words two; an «s» more is another word («freitags»), and so is the first letter."""
    most = 2 if len(target) > _LONG else 1
    if word[0] != target[0] or abs(len(word) - len(target)) > most or word.startswith(target):
        return False
    return _distance(word, target) <= most


def is_slip(word: str, target: str) -> bool:
    """Whether a word is another with a slip in it; short words are only themselves."""
    most = 2 if len(target) >= _LONG else 1
    is_near = len(target) >= SHORTEST and word[:1] == target[:1] and abs(len(word) - len(target)) <= most
    return is_near and _distance(word, target) <= most


def _distance(word: str, target: str) -> int:
    """Letters left out, added, changed, or swapped with their neighbour."""
    while word and target and word[-1] == target[-1]:
        word, target = word[:-1], target[:-1]
    while word and target and word[0] == target[0]:
        word, target = word[1:], target[1:]
    before: list[int] = []
    last = list(range(len(target) + 1))
    for at, letter in enumerate(word, 1):
        row = [at]
        for place, want in enumerate(target, 1):
            cost = min(last[place] + 1, row[place - 1] + 1, last[place - 1] + (letter != want))
            if at > 1 and place > 1 and letter == target[place - 2] and word[at - 2] == want:
                cost = min(cost, before[place - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


_INITIALS = {
    "m": "monday",
    "mo": "monday",
    "mon": "monday",
    "t": "tuesday",
    "tu": "tuesday",
    "tue": "tuesday",
    "w": "wednesday",
    "we": "wednesday",
    "wed": "wednesday",
    "th": "thursday",
    "r": "thursday",
    "thu": "thursday",
    "f": "friday",
    "fr": "friday",
    "fri": "friday",
}
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
_MARKS = ("/", "-")
_PAIRS = frozenset(
    ["m/w", "m/t", "m/th", "t/th", "t/r", "tu/th", "tu/r", "w/th", "m-f", "m-th", "m-r", "m-w", "t-f", "tu-f"]
)
"""Pairs that mean nothing else; «w/f» may be «with»."""
_RUNS = {"mwf": ("m", "w", "f"), "tth": ("t", "th"), "tuth": ("tu", "th"), "mtwthf": ("m", "t", "w", "th", "f")}
"""Written without marks."""

INITIALS = trigger(lambda word: word in _RUNS or (word in _INITIALS and len(word) < 3))

Tokens = tuple[list[str], list[int], list[int]]


def spell_weekdays(tokens: Tokens) -> bool:
    """The letters as the days that they stand for, in place; whether there were any."""
    words, is_spelt = tokens[0], False
    for index in [at for at, word in enumerate(words) if word in _RUNS][::-1]:
        _part(tokens, index, _RUNS[words[index]])
        is_spelt = True
    done = 0
    for index in [at for at, word in enumerate(words) if word in _INITIALS] if _tied(words) else ():
        if index < done or index >= len(words) - 2:
            continue
        done = _run_end(tokens, index)
        run = words[index:done]
        if len(run) > 1 and ("".join(run) in _PAIRS or (len(run) > 3 and "-" not in run)):
            words[index:done:2] = [_INITIALS[word] for word in run[::2]]
            is_spelt = True
    return is_spelt


def _tied(words: list[str]) -> bool:
    """Whether a mark stands anywhere that ties such letters: most texts with a letter («the 12th») hold none."""
    return any(mark in words for mark in _MARKS)


def _part(tokens: Tokens, index: int, letters: tuple[str, ...]) -> None:
    """One token as several."""
    words, starts, ends = tokens
    edges = [starts[index]]
    for letter in letters:
        edges.append(edges[-1] + len(letter))
    words[index : index + 1] = [_INITIALS[letter] for letter in letters]
    starts[index : index + 1] = edges[:-1]
    ends[index : index + 1] = edges[1:]


def _run_end(tokens: Tokens, index: int) -> int:
    """Behind the days in the order of the week that are tied by slashes, or two of them by a dash."""
    words, starts, ends = tokens
    if index and starts[index] == ends[index - 1]:
        return index + 1
    end = index + 1
    while end + 1 < len(words) and words[end] in _MARKS and words[end + 1] in _INITIALS:
        is_tied = starts[end] == ends[end - 1] and starts[end + 1] == ends[end]
        if not is_tied or _WEEK.index(_INITIALS[words[end + 1]]) <= _WEEK.index(_INITIALS[words[end - 1]]):
            break
        end += 2
    is_open = end < len(words) and words[end] in _MARKS and starts[end] == ends[end - 1]
    return index + 1 if is_open else end
