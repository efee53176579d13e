"""An utterance with the senses of its words: phrases as one token, numbers marked. What the parsers look at.

Indices run over these tokens, not over the utterance's; `span` leads back to the text. Looking one or two places past
either end is allowed and finds nothing.
"""

from __future__ import annotations

from datetime import UTC
from functools import cache
from itertools import compress, pairwise
from operator import eq
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.language.lexicon import NOTHING, Lexicon, Phrase, Senses, lexicon_for
from bot.language.meaning import Reference, Span
from bot.language.triggers import trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.language.normalise import Utterance

DIGITS: Senses = MappingProxyType({"digits": 1})
_ATOM: Senses = MappingProxyType({"atom": 1})
_INSTANT: Senses = MappingProxyType({"instant": 1})
_COMPACT: Senses = MappingProxyType({"compact": 1})
"""A date of ISO 8601 without marks: 20270309."""
_DATE_LENGTH, _CENTURIES = 8, ("19", "20")
_PAD = 6
_REMEMBERED = 8192
"""Words whose senses are kept; they recur."""
_COUNTED = ("digits", "number", "ordinal", "suffix", "of", "dash")
_COUNTS = ("article", "number", "digits", "shift", "ordinal", "suffix")
_TIMES = ("weekday", "month", "number", "the", "relday", "clockword", "part", "shift", "ordinal")
_KEEPS_HYPHEN = frozenset(
    ("weekday", "relday", "month", "number", "ordinal", "clockword", "fraction", "part", "meridiem")
)


class Reading:
    """The tokens of one utterance and what they are read against. Filled once, then only read."""

    __slots__ = (
        "ends",
        "figures",
        "glued",
        "is_evening",
        "is_move",
        "kinds",
        "lexicon",
        "now",
        "reference",
        "senses",
        "size",
        "starts",
        "today",
        "utterance",
        "week_starts",
        "words",
        "zone",
    )

    def __init__(self, utterance: Utterance, reference: Reference) -> None:
        self.utterance = utterance
        self.lexicon: Lexicon = lexicon_for(utterance.language)
        self.reference = reference
        self.zone = reference.zone
        self.week_starts = reference.week_starts
        self.now = reference.now.astimezone(reference.zone)
        self.today = self.now.date()
        self.words: list[str] = []
        self.senses: list[Senses] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.glued: list[bool] = []
        self.figures: list[int | None] = []
        self.kinds: set[str] = set()
        """Every sense that any token has, for rules that need one of them."""
        _fill(self)
        self.is_move = "move" in self.kinds and _orders_move(self)
        self.is_evening = "eveningword" in self.kinds
        self.size = len(self.words)
        self.words += [""] * _PAD
        self.senses += [NOTHING] * _PAD
        self.glued += [False] * _PAD
        self.figures += [None] * _PAD

    @property
    def utc_now(self) -> datetime:
        """Now in UTC."""
        return self.reference.now.astimezone(UTC)

    def number(self, index: int, sense: str) -> int | None:
        """The value of a sense with numbers, None when the word has not that sense."""
        value = self.senses[index].get(sense)
        return value if isinstance(value, int) else None

    def name(self, index: int, sense: str) -> str:
        """The value of a sense with names, empty when the word has not that sense."""
        value = self.senses[index].get(sense)
        return value if isinstance(value, str) else ""

    def digits(self, index: int) -> int | None:
        """The value of a token of one to four digits."""
        return self.figures[index]

    def span(self, start: int, end: int) -> Span:
        """Where tokens start … end (exclusive) stand in the text."""
        return Span(self.starts[start], self.ends[end - 1])

    def skip(self, index: int, *senses: str) -> int:
        """The index behind any run of tokens that have one of the senses."""
        while index < self.size and not self.senses[index].keys().isdisjoint(senses):
            index += 1
        return index


def _fill(reading: Reading) -> None:
    """Take the utterance's tokens, merging phrases, dropping hyphens inside compounds. Runs of plain words go as a whole."""
    utterance = reading.utterance
    words, atoms, phrases = utterance.words, utterance.atoms, reading.lexicon.phrases
    taking = _Taking(reading)
    for index in _careful(utterance):
        if index < taking.done:
            continue
        if index in atoms:
            taking.take_as(index, index, _INSTANT if atoms[index][0] == "instant" else _ATOM)
        elif not words[index] or (words[index] == "-" and _is_compound(utterance, reading.lexicon.words, index)):
            taking.skip(index)
        elif (
            (seconds := phrases.get(words[index])) is not None
            and index + 1 < len(words)
            and ((after := words[index + 1]) in seconds or after == "-")
            and (found := _phrases(utterance, seconds, index))
        ):
            taking.take_before(index)
            for last, senses in found:
                if not _is_misled(reading, senses, words, last):
                    taking.take_as(index, last, senses)
                    break
    taking.take_before(len(words))
    reading.kinds.update(*reading.senses)


def _careful(utterance: Utterance) -> Iterable[int]:
    """The tokens that may begin a phrase, or be left out."""
    if utterance.triggers & _LOOSE or utterance.atoms:
        return sorted({*utterance.where(_CAREFUL), *utterance.atoms})
    words = utterance.words
    return compress(range(len(words)), map(_phrase_pairs().__contains__, pairwise(words)))


@cache
def _phrase_pairs() -> frozenset[tuple[str, str]]:
    """The first two words of each phrase."""
    phrases = lexicon_for("en").phrases
    return frozenset((first, second) for first, seconds in phrases.items() for second in seconds)


class _Taking:
    """The tokens of an utterance on their way into a reading; those in front of `done` are there."""

    __slots__ = ("done", "glued", "reading", "senses", "utterance")

    def __init__(self, reading: Reading) -> None:
        self.reading, self.utterance = reading, reading.utterance
        starts, ends, glue = self.utterance.starts, self.utterance.ends, self.utterance.glue
        self.senses = list(map(_senses_of_words().__getitem__, self.utterance.words))
        self.glued = [False, *map(eq, starts[1:], ends)] if glue is None else [at in glue for at in range(len(starts))]
        self.done = 0

    def take_before(self, end: int) -> None:
        """Take every token up to one (exclusive), each for itself."""
        start, self.done = self.done, end
        if start == end:
            return
        reading, utterance, senses = self.reading, self.utterance, self.senses[start:end]
        words = utterance.words[start:end]
        reading.words += words
        reading.senses += senses
        reading.starts += utterance.starts[start:end]
        reading.ends += utterance.ends[start:end]
        reading.glued += self.glued[start:end]
        reading.figures += map(_figures_of_words().__getitem__, words)

    def take_as(self, index: int, last: int, senses: Senses) -> None:
        """Take the tokens from one to another as one with these senses."""
        self.take_before(index)
        reading, utterance = self.reading, self.utterance
        reading.words.append(utterance.words[index] if last == index else _together(utterance, index, last))
        reading.senses.append(senses)
        reading.starts.append(utterance.starts[index])
        reading.ends.append(utterance.ends[last])
        reading.glued.append(self.glued[index])
        reading.figures.append(None)
        self.done = last + 1

    def skip(self, index: int) -> None:
        """Leave a token out."""
        self.take_before(index)
        self.done = index + 1


def _together(utterance: Utterance, first: int, last: int) -> str:
    """A phrase as it was written, or as it was told in English."""
    if utterance.glue is not None:
        return " ".join(utterance.words[first : last + 1])
    return utterance.between(first, last).lower()


def _is_misled(reading: Reading, senses: Senses, words: tuple[str, ...], last: int) -> bool:
    """Whether a phrase only looks like one: «a week starting tomorrow» is a length, 1/2 without an hour a date."""
    if "weekof" in senses or "weekendof" in senses:
        return bool(reading.senses) and not reading.senses[-1].keys().isdisjoint(_COUNTS)
    if "onward" in senses and last > 0 and words[last] in {"after", "on", "later"}:
        if (
            words[last] == "later"
            and reading.senses
            and not reading.senses[-1].keys().isdisjoint(("digits", "meridiem"))
        ):
            return False  # «5 or later tomorrow»
        after = reading.lexicon.words.get(words[last + 1], NOTHING) if last + 1 < len(words) else NOTHING
        return words[last + 1 : last + 2] != () and (words[last + 1].isdigit() or not after.keys().isdisjoint(_TIMES))
    if "backward" in senses and words[last] == "before" and last + 1 < len(words):
        after = reading.lexicon.words.get(words[last + 1], NOTHING)
        return words[last + 1].isdigit() or not after.keys().isdisjoint(_TIMES)  # «after 3 and before 5»
    if "later" in senses and words[last] in {"now", "today", "on"}:
        return not reading.senses or reading.senses[-1].keys().isdisjoint(
            ("unit", "weekdays", "fraction")
        )  # «from now until 5»
    if "clockword" in senses and words[last - 1] == "12" and reading.senses and "month" in reading.senses[-1]:
        return len(reading.senses) == 1 or reading.senses[-2].keys().isdisjoint(_COUNTED)  # «august 12 noon»
    if "often" in senses and words[last - 1] in {"a", "per"} and words[last + 1 : last + 2] in _FROM_WORDS:
        return True  # «find one a week from friday»
    if "step" in senses:
        before = reading.senses[-1] if reading.senses else NOTHING
        if "shift" in before and words[last - 1] in {"week", "month", "weekend"}:
            return True  # «this week after 4pm»
        return words[last - 1] in {"week", "month"} and not before.keys().isdisjoint(
            ("article", "number", "digits", "any")
        )
    if senses.get("next2unit") == "day":
        after = reading.lexicon.words.get(words[last + 1], NOTHING) if last + 1 < len(words) else NOTHING
        return not after.keys().isdisjoint(("weekday", "month", "unit", "season"))  # «the day after next monday»
    if "afternext" in senses:
        after = reading.lexicon.words.get(words[last + 1], NOTHING) if last + 1 < len(words) else NOTHING
        return not after.keys().isdisjoint(("weekday", "month", "unit", "season"))
    if senses.get("edge") == "second_half" and words[last] == "half":
        ahead = words[last + 1] if last + 1 < len(words) else ""
        return ahead.isdigit() or not reading.lexicon.words.get(ahead, NOTHING).keys().isdisjoint(("number", "past"))
    if "fraction" in senses and words[last].isdigit():
        after = reading.lexicon.words.get(words[last + 1], NOTHING) if last + 1 < len(words) else NOTHING
        return after.keys().isdisjoint(("unit", "article")) and words[last + 1 : last + 2] != _PAST  # «1/2 past 9»
    return False


_PAST = ("past",)
_FROM_WORDS = (("from",), ("after",), ("before",), ("later",), ("ago",), ("hence",))
_LOOSE = trigger(lambda word: word in ("", "-"))
"""Words that may be left out, inside a phrase too."""
_CAREFUL = trigger(lambda word: word in ("", "-") or word in lexicon_for("en").phrases)
"""Words that may begin a phrase or be left out; any other stands for itself."""


class _SensesOfWords(dict[str, Senses]):
    """The senses of each word by itself; many words share `NOTHING`."""

    def __missing__(self, word: str) -> Senses:
        if len(self) > _REMEMBERED:
            self.clear()
        self[word] = senses = _senses(word, lexicon_for("en").words)
        return senses


class _FiguresOfWords(dict[str, int | None]):
    """The number of each token of one to four digits; None for any other."""

    def __missing__(self, word: str) -> int | None:
        if len(self) > _REMEMBERED:
            self.clear()
        self[word] = figure = int(word) if _senses_of_words()[word] is DIGITS else None
        return figure


@cache
def _figures_of_words() -> _FiguresOfWords:
    return _FiguresOfWords()


@cache
def _senses_of_words() -> _SensesOfWords:
    return _SensesOfWords()


def _senses(word: str, known: dict[str, Senses]) -> Senses:
    found = known.get(word)
    if found is not None:
        return found
    if word.isdigit() and word.isascii():
        return (
            DIGITS if len(word) <= 4 else _COMPACT if len(word) == _DATE_LENGTH and word[:2] in _CENTURIES else NOTHING
        )
    if word.endswith("'s"):
        return known.get(word[:-2], NOTHING)
    return NOTHING


def _phrases(utterance: Utterance, seconds: Mapping[str, tuple[Phrase, ...]], index: int) -> list[tuple[int, Senses]]:
    """The last token and the senses of each phrase that starts here, the longest first; hyphens inside do not count."""
    words = utterance.words
    at = index + 1
    if at < len(words) and words[at] == "-" and "-" not in seconds:
        at += 1
    found: list[tuple[int, Senses]] = []
    for rest, senses in seconds.get(words[at], ()) if at < len(words) else ():
        last = at
        for want in rest:
            last += 1
            if last < len(words) and words[last] == "-" and want != "-":
                last += 1
            if last >= len(words) or words[last] != want:
                break
        else:
            found.append((last, senses))
    return found


def _is_compound(utterance: Utterance, known: dict[str, Senses], index: int) -> bool:
    """Whether a hyphen only ties two words (mid-may, half-hour) and is no «until» (mon-fri, one-two)."""
    if not 0 < index < len(utterance.words) - 1:
        return False
    if not (utterance.is_glued(index) and utterance.is_glued(index + 1)):
        return False
    before, after = utterance.words[index - 1], utterance.words[index + 1]
    if not (before.isalpha() and after.isalpha()):
        return before.isdigit() and not known.get(after, NOTHING).keys().isdisjoint(("unit", "ish"))
    first, second = known.get(before, NOTHING), known.get(after, NOTHING)
    if "suffix" in first and not second.keys().isdisjoint(("month", "weekday")):
        return False  # «december 14th-december 16th»
    if "meridiem" in first:
        return "ish" in second  # «8pm-midnight»
    if first.keys().isdisjoint(_KEEPS_HYPHEN) or second.keys().isdisjoint(_KEEPS_HYPHEN):
        return True
    return "part" in second and "part" not in first and "clockword" not in first


def _orders_move(reading: Reading) -> bool:
    """Whether a verb of moving stands elsewhere than behind «because» and «feel free to»."""
    told = False
    for word, senses in zip(reading.words, reading.senses, strict=False):
        told = (told or word in _WHY) and word not in _CLAUSES
        if "move" in senses and not told:
            return True
    return False


_WHY = frozenset(("because", "øporque", "øperché", "øcar", "øparce", "cos", "free"))
_CLAUSES = frozenset((",", ".", ";", "comma"))
