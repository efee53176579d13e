"""The sketch of an utterance: one mark a word (times, names, numbers as such), with word classes. Rows and model look at it.

A sketch forgets which day or whose name it was; it keeps what kind of sentence it is. Marks: T a time, U a unit, L a length,
N a number, NTH an ordinal in digits, P a person, E a mail address, LINK a link, "?" a word that nobody knows.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.language.lexicon import TOKEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.language.meaning import Reference, Span
    from bot.language.normalise import Utterance

Classes = tuple[str, ...]
_ATOMS = {"mention": "P", "email": "E", "broken": "E", "group": "P", "link": "LINK", "instant": "T"}
_UNHEARD = frozenset(("quoted", "emoji"))
"""Atoms that say nothing of what is wanted."""
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
_CLOCKISH = frozenset(("am", "pm", "o'clock", "oclock"))
_BETWEEN = frozenset(":/.-")
"""Marks between digits that make them a clock time, a date or a range."""
_BEFORE_TIMES = frozenset(("on", "for", "by", "until", "till", "from", "after", "before", "to", "of"))
_BEFORE_CLOCKS = frozenset(("at", "after", "before", "until", "till", "around"))
_OURSELVES = "pencil"
"""«@pencil» only says who is spoken to."""
_TIMES = frozenset(("T", "N", "U", "NTH", "L"))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word classes by word, and by the first word of a phrase; the marks of time words; what the bot asks, by kind."""

    classes: Mapping[str, Classes]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Classes], ...]]
    marks: Mapping[str, str]
    joins: frozenset[str]
    asked: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Sketch:
    """Parallel tuples: the mark of each piece, its classes, and the utterance's tokens where it starts and where it ends."""

    marks: tuple[str, ...]
    classes: tuple[Classes, ...]
    places: tuple[int, ...]
    lasts: tuple[int, ...]
    asked: str
    """The kind of thing the bot had just said: delete, change, ask, confirm, offer, other; empty on a first turn."""
    is_question: bool


@cache
def vocabulary() -> Vocabulary:
    """The word classes of `words/intents.toml`; read once."""
    tables = tomllib.loads(files("bot.language").joinpath("words/intents.toml").read_text(encoding="utf-8"))
    found: dict[tuple[str, ...], list[str]] = {}
    for name, text in tables["classes"].items():
        _collect(found, text, (name,))
    for name, text in tables["off"].items():
        _collect(found, text, ("off", f"off_{name}"))
    times = tables["time"]
    marks = {word: mark for mark in "TUN" for word in times[mark].split()}
    phrases: dict[str, list[tuple[tuple[str, ...], Classes]]] = {}
    for words, names in found.items():
        if len(words) > 1:
            phrases.setdefault(words[0], []).append((words[1:], tuple(names)))
    return Vocabulary(
        classes={words[0]: tuple(names) for words, names in found.items() if len(words) == 1},
        phrases={first: tuple(sorted(rest, key=lambda item: -len(item[0]))) for first, rest in phrases.items()},
        marks=marks,
        joins=frozenset(times["join"].split()),
        asked=tuple((kind, tuple(pieces)) for kind, pieces in tables["asked"].items()),
    )


def _collect(found: dict[tuple[str, ...], list[str]], text: str, names: Classes) -> None:
    for item in text.split():
        words = tuple(piece for part in item.split("_") for piece in TOKEN.findall(part) if piece[0].isalnum())
        home = found.setdefault(words, [])
        home.extend(name for name in names if name not in home)


def sketch(utterance: Utterance, reference: Reference, people: tuple[Span, ...] = ()) -> Sketch:
    """The sketch of an utterance; `people` are the spans where names stand."""
    known = vocabulary()
    marks: list[str] = []
    classes: list[Classes] = []
    places: list[int] = []
    lasts: list[int] = []
    words, starts, atoms = utterance.words, utterance.starts, utterance.atoms
    named = _tokens_in(people, starts) if people else frozenset()
    index, size = 0, len(words)
    while index < size:
        if len(lasts) < len(places):
            lasts.append(index - 1)
        word = words[index]
        at, index = index, index + 1
        if word == _OURSELVES and at and words[at - 1] == "@":
            continue
        if at in named:
            if not (at - 1 in named and marks and marks[-1] == "P"):
                _push(marks, classes, places, ("P", (), at))
            continue
        if at in atoms:
            if atoms[at][0] not in _UNHEARD:
                _push(marks, classes, places, (_ATOMS.get(atoms[at][0], "?"), (), at))
            continue
        if not word or not word[0].isalnum():
            if word in _BETWEEN and marks and marks[-1] == "N" and index < size and words[index].isdecimal():
                marks[-1] = "T"
            continue
        if word in known.phrases:
            found = _phrase(words, at, known.phrases[word])
            if found:
                _push(
                    marks,
                    classes,
                    places,
                    ("_".join(w for w in words[at : found[0]] if w and w[0].isalnum()), found[1], at),
                )
                index = found[0]
                continue
        _add_word(known, word, at, (marks, classes, places))
    if len(lasts) < len(places):
        lasts.append(size - 1)
    return Sketch(tuple(marks), tuple(classes), tuple(places), tuple(lasts), asked_kind(reference), "?" in words)


Lists = tuple[list[str], list[Classes], list[int]]


def _push(marks: list[str], classes: list[Classes], places: list[int], piece: tuple[str, Classes, int]) -> None:
    marks.append(piece[0])
    classes.append(piece[1])
    places.append(piece[2])


def _add_word(known: Vocabulary, word: str, at: int, lists: Lists) -> None:
    marks, classes, places = lists
    last = marks[-1] if marks else ""
    base = word[:-2] if word.endswith("'s") and word not in known.classes else word
    mark = "N" if base.isdecimal() else known.marks.get(base)
    if mark is None:
        if last == "N" and base in _ORDINAL_ENDS:
            marks[-1] = "T" if len(marks) > 2 and marks[-2] == "the" and marks[-3] in _BEFORE_TIMES else "NTH"
            return
        _push(marks, classes, places, (base, known.classes.get(base, ()), at))
        return
    if base in _CLOCKISH and last not in _TIMES:
        _push(marks, classes, places, (base, (), at))
    elif last in _TIMES:
        marks[-1] = "T" if "T" in (last, mark) else "L" if "U" in (last, mark) or last == "L" else last
    elif last in known.joins and mark != "N" and (mark == "T" or base in ("week", "month", "year", "weeks", "days")):
        marks[-1], classes[-1] = "T", ()
    elif mark == "N" and last in _BEFORE_CLOCKS:
        _push(marks, classes, places, ("T", (), at))
    else:
        _push(marks, classes, places, (mark, (), at))


def _phrase(
    words: tuple[str, ...], at: int, choices: tuple[tuple[tuple[str, ...], Classes], ...]
) -> tuple[int, Classes] | None:
    """The token behind the longest phrase that starts here, and its classes."""
    for rest, names in choices:
        place = at
        for want in rest:
            place += 1
            while place < len(words) and words[place] in ("-", "", "."):
                place += 1
            if place >= len(words) or words[place] != want:
                break
        else:
            return place + 1, names
    return None


def _tokens_in(spans: tuple[Span, ...], starts: tuple[int, ...]) -> frozenset[int]:
    return frozenset(
        index for span in spans for index in range(bisect_left(starts, span.start), bisect_left(starts, span.end))
    )


def asked_kind(reference: Reference) -> str:
    """The kind of thing the bot had just said; empty on a first turn."""
    if not reference.bot:
        return "offer" if reference.options else "other" if reference.turn else ""
    said = reference.bot[-300:].lower().replace("’", "'")
    for kind, pieces in vocabulary().asked:
        if any(piece in said for piece in pieces):
            return kind
    return "offer" if reference.options else "other"
