"""Intents in languages other than English, by phrases (`words/intents_languages.toml`, `words/intents_managing.toml`).

The language is found per message.

English wins when it knows as many words of the text; a text of one word must be that language's whole phrase.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.language.lexicon import TOKEN, segments
from bot.language.locales.detect import KANA
from bot.language.locales.phrasebook import spelt_out
from bot.language.meaning import Intent
from bot.language.wordfiles import word_tables
from bot.values import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.language.normalise import Utterance

Pieces = tuple[tuple[str, ...], ...]
"""Phrases that must all stand in the text, each a run of words."""
_SHORT = 4
_SEEKING = (Intent.CANCEL, Intent.RESCHEDULE, Intent.HOLD, Intent.FIND_SLOTS, Intent.LIST_BOOKINGS, Intent.BOOK)
_STRONG = 10
"""Cancelling, moving and holding are said by their verb, whatever else is said of the meeting."""
_FINE = 12
"""What is told finely is told by a whole phrase, and by words that a coarser wish has too."""
_COARSE = frozenset(
    (
        *_SEEKING[3:], Intent.MORE_OPTIONS, Intent.SELECT, Intent.AFFIRM, Intent.DENY, Intent.HELP, Intent.GREETING,
        Intent.OUT_OF_SCOPE, Intent.REFINE,
    )
)  # fmt: skip
_ON_STANDING = frozenset((Intent.CANCEL, Intent.RESCHEDULE))
_ANSWERS = (Intent.AFFIRM, Intent.DENY, Intent.GREETING)
CHANNEL = "#"
"""Stands in a phrase for a channel that the text names."""
_TABLES = ("markers", "bars", "examples")


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """One language: what gives it away, what bars a wish, and the phrases of each intent in order."""

    language: str
    markers: frozenset[str]
    bars: frozenset[str]
    intents: tuple[tuple[Intent, tuple[Pieces, ...]], ...]
    examples: Mapping[str, str]
    has_borders: bool
    by_first: Mapping[str, tuple[tuple[int, Intent, Pieces], ...]]
    """All phrases with their places in the file, by their first word."""


class Spoken(NamedTuple):
    """What a text in another language wants. `is_barred`: it speaks of flights, tables, the weather …"""

    intent: Intent
    language: Phrases
    phrase: str = ""
    is_barred: bool = False

    def knows(self, word: str) -> bool:
        """Whether the word is the language's own frame, not content."""
        return word in self.language.markers or word in self.phrase.split()


@cache
def languages() -> tuple[Phrases, ...]:
    """All languages of the file; read once."""
    return tuple(_language(name, table) for name, table in _tables().items() if name != "ordinals")


def first_words(*intents: Intent, are_alone: bool = False) -> frozenset[str]:
    """The single words with which phrases for these intents begin, in languages with word borders; `are_alone`: of those
    phrases that are no more than this word.
    """
    return frozenset(
        pieces[0][0]
        for one in languages()
        if one.has_borders
        for intent, choices in one.intents
        if intent in intents
        for pieces in choices
        if len(pieces[0]) == 1 and (len(pieces) == 1 or not are_alone)
    )


@cache
def act_words(language: str) -> frozenset[str]:
    """The single words that say an act on a meeting that stands: nobody's surname («lo de greta cancelala»)."""
    phrases = next((one for one in languages() if one.language == language and one.has_borders), None)
    if phrases is None:
        return frozenset()
    acts = (choices for intent, choices in phrases.intents if intent in _ON_STANDING)
    return frozenset(
        pieces[0][0]
        for choices in acts
        for pieces in choices
        if len(pieces) == len(pieces[0]) == 1 and len(pieces[0][0]) > _SHORT
    )


@cache
def foreign_ordinals() -> Mapping[str, int]:
    """Words for the first, second … in other languages; -1 is the last."""
    return {word: int(value) for value, words in _tables()["ordinals"].items() for word in words.split()}


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    return word_tables("intents_languages")


@cache
def _telling_words(english: frozenset[str]) -> frozenset[str]:
    """Words that give away any of the languages with word borders, and are none of English."""
    found: set[str] = set()
    for language in languages():
        if language.has_borders:
            found |= language.markers
            found.update(piece[0] for _, choices in language.intents for pieces in choices for piece in pieces)
    return frozenset(word for word in found - english if word[:1].isalpha())


@cache
def _managing(language: str) -> Mapping[str, str]:
    """What manages an account, by intent: the phrases with their groups spelt out."""
    tables = word_tables("intents_managing").get(language, {})
    groups = tables.get("groups", {})
    return {intent: _spelt_out(text, groups) for intent, text in tables.get("phrases", {}).items()}


_GROUP = re.compile(r"<(\w+)>")


def _spelt_out(text: str, groups: Mapping[str, str]) -> str:
    """«<webhook> & <delete>» with every word of both groups."""
    found: list[str] = []
    left = text.split("|")[::-1]
    while left:
        phrase = left.pop()
        group = _GROUP.search(phrase)
        if group is None:
            found.append(phrase)
        else:
            before, behind = phrase[: group.start()], phrase[group.end() :]
            left += [before + word + behind for word in groups[group[1]].split("|")[::-1]]
    return "|".join(found)


def _language(name: str, table: Mapping[str, str]) -> Phrases:
    texts = dict(_managing(name))
    for key, text in table.items():
        if key not in _TABLES:
            texts[key] = f"{text}|{texts[key]}" if key in texts else text
    intents = tuple((Intent(key), _choices(text)) for key, text in texts.items())
    return Phrases(
        language=name,
        markers=frozenset(both for word in table["markers"].split() for both in (word, _typed(word))),
        bars=frozenset(table["bars"].split()),
        intents=intents,
        examples=dict(table["examples"]),  # type: ignore[arg-type]  # the one inline table
        has_borders=not segments(table["book"]),
        by_first=_by_first(intents),
    )


def _by_first(
    intents: tuple[tuple[Intent, tuple[Pieces, ...]], ...],
) -> Mapping[str, tuple[tuple[int, Intent, Pieces], ...]]:
    found: dict[str, list[tuple[int, Intent, Pieces]]] = {}
    every = ((intent, pieces) for intent, choices in intents for pieces in choices)
    for place, (intent, pieces) in enumerate(every):
        found.setdefault(pieces[0][0], []).append((place, intent, pieces))
    return {word: tuple(group) for word, group in found.items()}


def _choices(text: str) -> tuple[Pieces, ...]:
    written = [tuple(map(_run, choice.split("&"))) for choice in text.split("|")]
    typed = [tuple(tuple(map(_typed, run)) for run in pieces) for pieces in written]
    return tuple(dict.fromkeys(both for pair in zip(written, typed, strict=True) for both in pair))


def _typed(word: str) -> str:
    """The word as it is typed on a keyboard without its letters: «deplacer», «verfuegbar»; short words need their accents."""
    return spelt_out(word) if len(word) >= _SHORT else word


@cache
def _run(piece: str) -> tuple[str, ...]:
    return tuple(word for word in TOKEN.findall(piece) if word[0].isalnum() or word == CHANNEL)


def read_spoken(utterance: Utterance, english: frozenset[str], titled: Collection[int] = ()) -> Spoken | None:
    """What a text in another language wants; None when it is English as far as we can tell.

    `titled` are the tokens of an event type's title, which are words of no language.
    """
    channels = {at for at, (kind, _) in utterance.atoms.items() if kind == "channel"}
    if utterance.language != "en" and segments(utterance.text):
        return _read_inside(utterance.text, names_channel=bool(channels))
    if _telling_words(english).isdisjoint(utterance.words):
        return None
    every = (CHANNEL if at in channels else word for at, word in enumerate(utterance.words))
    words = [word for word in every if word[:1].isalpha() or word == CHANNEL]
    best: tuple[int, Phrases, list[Said]] | None = None
    known, is_told = frozenset(words), False
    for language in languages():
        if language.has_borders:
            said = _said(words, known, language)
            count = sum(map(language.markers.__contains__, words)) + _opening(said, len(words))
            is_own = language.language == utterance.language  # as its times tell
            if best is None or (count, is_own) > (best[0], is_told):
                best, is_told = (count, language, said), is_own
    if best is None or not best[0] or (best[0] == 1 and len(words) > 2):
        return _read_known(words, utterance.language, english)
    _, foreign, said = best
    titles = {utterance.words[at] for at in titled}
    own = sum(1 for word in words if word in english and word not in foreign.markers and word not in titles)
    is_whole = own < len(words) and any(size >= len(words) for _, _, size in said)
    if is_whole:
        return _read_words(words, foreign, said)
    if own >= best[0] + (0 if own * 2 < len(words) else -1) and len(words) > 1:
        return None
    return _read_words(words, foreign, said)


def _read_known(words: list[str], language: str, english: frozenset[str]) -> Spoken | None:
    """A short text without the small words of its language, which its times or names gave away: «cancela todo menos lena»."""
    known = next((one for one in languages() if one.language == language), None)
    said = _said(words, frozenset(words), known) if known is not None else []
    if known is None or not said or 2 * sum(1 for word in words if word in english) >= len(words):
        return None
    return _read_words(words, known, said)


def _opening(said: list[Said], words: int) -> int:
    """One more for a text that says a phrase of the language, two for one of some words or that is nothing else."""
    most = 0
    for intent, _, size in said:
        most = max(most, 2 if size >= words or size > (2 if intent in _COARSE else 1) else 1)
    return most


Said = tuple[Intent, Pieces, int]
"""A phrase that stands in a text, and how many words it takes."""


def _said(words: list[str], known: frozenset[str], language: Phrases) -> list[Said]:
    """The phrases that stand in the text, in the order of the file; `known` are its words."""
    firsts = language.by_first.keys() & known
    if not firsts:
        return []
    found = sorted([row for word in firsts for row in language.by_first[word]])
    said = [(intent, pieces, size) for _, intent, pieces in found if (size := _size_in(words, known, pieces))]
    runs = [pieces[0] for _, pieces, _ in said if len(pieces) == 1]
    return [one for one in said if not any(_is_part(one[1], run) for run in runs)] if len(runs) > 1 else said


def _is_part(pieces: Pieces, run: tuple[str, ...]) -> bool:
    """Whether a phrase is only the end of a longer one: «qui est libre» in «qu'est-ce qui est libre»."""
    size = len(pieces[0])
    return len(pieces) == 1 and 1 < size < len(run) and run[-size:] == pieces[0]


def _read_words(words: list[str], language: Phrases, said: list[Said]) -> Spoken | None:
    is_barred = not language.bars.isdisjoint(words)
    best: tuple[int, Intent, str] | None = None
    for intent, pieces, size in said:
        if (is_barred and intent in _SEEKING) or (intent in _ANSWERS and len(words) > _SHORT + size):
            continue
        weight = size + (0 if intent in _COARSE else _FINE if intent not in _SEEKING else _STRONG)
        if best is None or weight > best[0]:
            best = (weight, intent, " … ".join(" ".join(piece) for piece in pieces))
    if best is None:
        return Spoken(Intent.OUT_OF_SCOPE, language, is_barred=is_barred) if len(words) > 1 else None
    if best[1] is Intent.AFFIRM and any(intent is Intent.SELECT for intent, _, _ in said):
        return Spoken(Intent.SELECT, language, best[2])  # «l'ultimo mi va bene»
    return Spoken(best[1], language, best[2])


def _size_in(words: list[str], known: frozenset[str], pieces: Pieces) -> int:
    """How many words of the text the pieces take; 0 when one is missing."""
    total = 0
    for piece in pieces:
        size = len(piece)
        if not known.issuperset(piece) or (size > 1 and not _has_run(words, piece)):
            return 0
        total += size
    return total


def _has_run(words: list[str], piece: tuple[str, ...]) -> bool:
    return any(tuple(words[at : at + len(piece)]) == piece for at, word in enumerate(words) if word == piece[0])


def _read_inside(text: str, *, names_channel: bool) -> Spoken | None:
    """Chinese and Japanese: phrases are looked for inside the text; kana tell Japanese."""
    text += CHANNEL * names_channel
    name = "ja" if KANA.search(text) else "zh"
    language = next(one for one in languages() if one.language == name)
    is_barred = any(word in text for word in language.bars)
    best: tuple[int, Intent, str] | None = None
    signs = _by_sign(language)
    for _, intent, runs in sorted([row for sign in signs.keys() & {*text} for row in signs[sign]]):
        if (is_barred and intent in _SEEKING) or any(run not in text for run in runs):
            continue
        phrase = "".join(runs)
        if intent in _ANSWERS and len(text) > _SHORT + len(phrase) + 2:
            continue
        size = len(phrase) + (_STRONG if intent in _SEEKING[:3] else 0)
        if best is None or size > best[0]:
            best = (size, intent, phrase)
    if best is None:
        return Spoken(Intent.OUT_OF_SCOPE, language, is_barred=is_barred)
    return Spoken(best[1], language, best[2])


@cache
def _by_sign(language: Phrases) -> Mapping[str, tuple[tuple[int, Intent, tuple[str, ...]], ...]]:
    """The phrases of a language without word borders by their first sign, with their places in the file."""
    found: dict[str, list[tuple[int, Intent, tuple[str, ...]]]] = {}
    for group in language.by_first.values():
        for place, intent, pieces in group:
            runs = tuple("".join(piece) for piece in pieces)
            found.setdefault(runs[0][:1], []).append((place, intent, runs))
    return {sign: tuple(rows) for sign, rows in found.items()}
