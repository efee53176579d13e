"""The sketch of an utterance: one mark a word (times, names, numbers as such), with word classes. Rows and model look at it.

A sketch forgets which day or whose name it was; it keeps what kind of sentence it is. Marks: T a time, U a unit, L a length,
N a number, NTH an ordinal in digits, P a person, E a mail address, LINK a link, "?" a word that nobody knows.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import compress
from typing import TYPE_CHECKING

from bot.language.lexicon import TOKEN
from bot.language.wordfiles import word_tables
from bot.values import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.language.meaning import Reference, Span
    from bot.language.normalise import Utterance

Classes = tuple[str, ...]
_UNHEARD = frozenset(("quoted", "emoji", "fact"))
"""Atoms that say nothing of what is wanted."""
_ORDINAL_ENDS = frozenset(("st", "nd", "rd", "th"))
_BETWEEN = frozenset(":/.-")
"""Marks between digits that make them a clock time, a date or a range."""
_BEFORE_TIMES = frozenset(("on", "for", "by", "until", "till", "from", "after", "before", "to", "of"))
_BEFORE_CLOCKS = frozenset(("at", "after", "before", "until", "till", "around"))
_SPANS = frozenset(("week", "month", "year", "weeks", "days"))
_TIES = frozenset(("-", "", "."))
"""What may stand between the words of a phrase."""
_OURSELVES = "pencil"
"""«@pencil» only says who is spoken to."""
_REMEMBERED = 8192
"""Words whose pieces are kept; they recur."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One piece of a sketch: its mark and the classes of its words. Equal words share one, so it can be a key."""

    mark: str
    classes: Classes = ()


_TIME, _UNIT, _LENGTH, _NUMBER, _NTH = map(Piece, ("T", "U", "L", "N", "NTH"))
PERSON, MAIL, _LINK, _UNKNOWN = map(Piece, ("P", "E", "LINK", "?"))
_MARK = Piece("")
"""No piece of any sketch."""
_NOT_PLAIN = frozenset((None, _MARK))
_MARKED = {"T": _TIME, "U": _UNIT, "N": _NUMBER}
_TIMES = frozenset((_TIME, _UNIT, _LENGTH, _NUMBER, _NTH))
_CLOCKISH = {word: Piece(word) for word in ("am", "pm", "o'clock", "oclock")}
_ATOMS = {
    "mention": PERSON, "group": PERSON, "email": MAIL, "broken": MAIL, "link": _LINK, "instant": _TIME,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word classes by word, and by the first word of a phrase; the marks of time words; what the bot asks, by kind."""

    classes: Mapping[str, Classes]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Piece], ...]]
    seconds: Mapping[str, frozenset[str]]
    """What may stand behind the first word of a phrase: the second words, and the marks that tie them."""
    marks: Mapping[str, str]
    joins: frozenset[str]
    asked: tuple[tuple[str, tuple[str, ...]], ...]


class Sketch(NamedTuple):
    """The pieces, and in parallel the utterance's tokens where each starts and where it ends."""

    pieces: tuple[Piece, ...]
    places: tuple[int, ...]
    lasts: tuple[int, ...]
    asked: str
    """The kind of thing the bot had just said: delete, change, ask, confirm, offer, other; empty on a first turn."""
    is_question: bool

    @property
    def marks(self) -> tuple[str, ...]:
        """The mark of each piece."""
        return tuple(piece.mark for piece in self.pieces)


@cache
def vocabulary() -> Vocabulary:
    """The word classes of `words/intents.toml`; read once."""
    tables = word_tables("intents")
    found: dict[tuple[str, ...], list[str]] = {}
    for name, text in tables["classes"].items():
        _collect(found, text, (name,))
    for name, text in tables["off"].items():
        _collect(found, text, ("off", f"off_{name}"))
    times = tables["time"]
    marks = {word: mark for mark in "TUN" for word in times[mark].split()}
    phrases: dict[str, list[tuple[tuple[str, ...], Piece]]] = {}
    for words, names in found.items():
        if len(words) > 1:
            phrases.setdefault(words[0], []).append((words[1:], Piece("_".join(words), tuple(names))))
    return Vocabulary(
        classes={words[0]: tuple(names) for words, names in found.items() if len(words) == 1},
        phrases={first: tuple(sorted(rest, key=lambda item: -len(item[0]))) for first, rest in phrases.items()},
        seconds={first: frozenset(words[0] for words, _ in rest) | _TIES for first, rest in phrases.items()},
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
    words, atoms = utterance.words, utterance.atoms
    named = _tokens_in(people, utterance.starts) if people else frozenset()
    plain = list(map(_plain_pieces().__getitem__, words))
    for at in (*named, *atoms):
        plain[at] = None
    pieces: list[Piece] = []
    places: list[int] = []
    lasts: list[int] = []
    done, size, openings = 0, len(plain), _openings()
    for at in compress(range(size), map(_NOT_PLAIN.__contains__, plain)):
        if at < done:
            continue
        opening = openings[words[at]]
        is_word = opening is not None and at not in atoms and at not in named
        if opening is not None and is_word and (at + 1 == size or words[at + 1] not in opening[1]):
            plain[at] = opening[0]
            continue
        if at > done:
            pieces += plain[done:at]  # type: ignore[arg-type]  # all of them are plain
            places += range(done, at)
            lasts += range(done, at)
        done = at + 1
        if plain[at] is _MARK:
            continue
        if at in named and not _is_ourselves(words, at):
            if not (at - 1 in named and pieces and pieces[-1] is PERSON):
                pieces.append(PERSON)
        elif at in atoms:
            if atoms[at][0] not in _UNHEARD:
                pieces.append(_ATOMS.get(atoms[at][0], _UNKNOWN))
        else:
            done = _add(words, at, pieces)
        if len(pieces) > len(places):
            places.append(at)
            lasts.append(done - 1)
    pieces += plain[done:]  # type: ignore[arg-type]  # all of them are plain
    places += range(done, len(plain))
    lasts += range(done, len(plain))
    return Sketch(tuple(pieces), tuple(places), tuple(lasts), asked_kind(reference), "?" in words)


class _Pieces(dict[str, Piece]):
    """The piece of each word, without an «'s» of its own."""

    def __missing__(self, word: str) -> Piece:
        known = vocabulary().classes
        base = word[:-2] if word.endswith("'s") and word not in known else word
        if len(self) > _REMEMBERED:
            self.clear()
        self[word] = piece = self[base] if base != word else Piece(word, known.get(word, ()))
        return piece


class _PlainPieces(dict[str, Piece | None]):
    """The piece of a word that is read alone, `_MARK` for a mark that says nothing; None when it may be more than itself."""

    def __missing__(self, word: str) -> Piece | None:
        known = vocabulary()
        piece = _pieces()[word]
        is_plain = word[:1].isalnum() and word != _OURSELVES and word not in known.phrases
        is_plain = is_plain and not (piece.mark in _ORDINAL_ENDS or piece.mark.isdecimal() or piece.mark in known.marks)
        if len(self) > _REMEMBERED:
            self.clear()
        self[word] = found = piece if is_plain else None if word[:1].isalnum() or word in _BETWEEN else _MARK
        return found


class _Openings(dict[str, tuple[Piece, frozenset[str]] | None]):
    """The piece of a word that is more than itself only with what may stand behind it, and that; None for any other."""

    def __missing__(self, word: str) -> tuple[Piece, frozenset[str]] | None:
        known, piece = vocabulary(), _pieces()[word]
        is_loose = word[:1].isalnum() and word in known.seconds and word != _OURSELVES
        is_loose = is_loose and not (piece.mark in _ORDINAL_ENDS or piece.mark.isdecimal() or piece.mark in known.marks)
        if len(self) > _REMEMBERED:
            self.clear()
        self[word] = found = (piece, known.seconds[word]) if is_loose else None
        return found


@cache
def _openings() -> _Openings:
    return _Openings()


@cache
def _pieces() -> _Pieces:
    return _Pieces()


@cache
def _plain_pieces() -> _PlainPieces:
    return _PlainPieces()


def _add(words: tuple[str, ...], at: int, pieces: list[Piece]) -> int:
    """Add the piece of a mark, a phrase, a time word; the token behind it."""
    known, word = vocabulary(), words[at]
    if _is_ourselves(words, at):
        return at + 1
    if not word or not word[0].isalnum():
        is_between = word in _BETWEEN and pieces and pieces[-1] is _NUMBER
        if is_between and at + 1 < len(words) and words[at + 1].isdecimal():
            pieces[-1] = _TIME
        return at + 1
    seconds = known.seconds.get(word, ())
    if at + 1 < len(words) and words[at + 1] in seconds and (found := _phrase(words, at, known.phrases[word])):
        pieces.append(found[1])
        return found[0]
    _add_word(known, _pieces()[word], pieces)
    return at + 1


def _is_ourselves(words: tuple[str, ...], at: int) -> bool:
    return words[at] == _OURSELVES and at > 0 and words[at - 1] == "@"


def _add_word(known: Vocabulary, piece: Piece, pieces: list[Piece]) -> None:
    """Add a word, or change the piece in front of it: what goes on with a time is one with it."""
    last = pieces[-1] if pieces else None
    word = piece.mark
    mark = "N" if word.isdecimal() else known.marks.get(word)
    if mark is None:
        if last is _NUMBER and word in _ORDINAL_ENDS:
            is_date = len(pieces) > 2 and pieces[-2].mark == "the" and pieces[-3].mark in _BEFORE_TIMES
            pieces[-1] = _TIME if is_date else _NTH
        else:
            pieces.append(piece)
    elif last in _TIMES:
        if mark == "T" or last is _TIME:
            pieces[-1] = _TIME
        elif mark == "U" or last is _UNIT or last is _LENGTH:
            pieces[-1] = _LENGTH
    elif word in _CLOCKISH:
        pieces.append(_CLOCKISH[word])
    elif last is not None and last.mark in known.joins and mark != "N" and (mark == "T" or word in _SPANS):
        pieces[-1] = _TIME
    elif mark == "N" and last is not None and last.mark in _BEFORE_CLOCKS:
        pieces.append(_TIME)
    else:
        pieces.append(_MARKED[mark])


def _phrase(
    words: tuple[str, ...], at: int, choices: tuple[tuple[tuple[str, ...], Piece], ...]
) -> tuple[int, Piece] | None:
    """The token behind the longest phrase that starts here, and its piece."""
    for rest, piece in choices:
        place = at
        for want in rest:
            place += 1
            while place < len(words) and words[place] in _TIES:
                place += 1
            if place >= len(words) or words[place] != want:
                break
        else:
            return place + 1, piece
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
        for piece in pieces:  # `any` would make a generator for each kind, in every turn below another
            if piece in said:
                return kind
    return "offer" if reference.options else "other"
