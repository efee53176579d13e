"""Times of other languages told in English, word by word and pattern by pattern, for the parsers to read.

    tokens ─ phrases ─→ items ─ figures ─→ dates in figures ─ clock, length ─→ ─ order ─→ items ─→ an utterance in English

Places lead back into the text as it was written. What the phrasebook does not know becomes a word that no rule knows either.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.language.lexicon import lexicon_for, plain, segments
from bot.language.locales.detect import find_language
from bot.language.locales.figures import MONTHS, pair_ends, read_figures, read_numeral
from bot.language.locales.items import GLUE, MASK, Item, Token
from bot.language.locales.lent_days import with_days_told
from bot.language.locales.phrasebook import cut, phrasebook
from bot.language.locales.whose_day import (
    with_days_owned,
    with_moves_behind,
    with_moves_told,
    with_other_verbs,
)
from bot.language.normalise import Utterance
from bot.language.slips import righted_abroad

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.language.locales.phrasebook import Names, Pattern, Patterns, Phrase, Phrasebook

_COUNTED = frozenset(("n", "article", "fraction", "clock"))
_MOST = 240
"""Tokens that are told in English: a wish stands in the first thousand letters; the rest of a long text is not searched for
times."""
_TWO_FIGURES = 2
_CLOCK = re.compile(r"@(\d)((?:[+-][$*]?\d+)*)(?::\$(\d))?")
_STEP = re.compile(r"([+-])([$*]?)(\d+)")
_NUMBER_SLOTS = {"n": (0, 9999), "h": (0, 24), "m": (0, 59), "d": (1, 39), "s": (1, 5), "y": (1950, 2100)}


def in_english(utterance: Utterance, language: str | None = None) -> Utterance:
    """The utterance as the English parsers read it. `language` is what the writer is known to use, unless the text tells."""
    found = find_language(utterance, language)
    if found == "en":
        return with_days_told(utterance)
    book = phrasebook(found)
    items = with_other_verbs(_items(book, utterance), utterance.text, book.apart)
    items = read_figures(items, is_day_first=book.has_borders, date_mark=book.date_mark)
    items = pair_ends(_rewrite(book.clocks, with_days_owned(items)))
    items = with_moves_told(items, goes_at=book.goes_at) if book.has_borders else with_moves_behind(items)
    items = _rewrite(book.orders, items)
    return _emit(utterance, found, items)


def _tokens(utterance: Utterance) -> list[Token]:
    found: list[Token] = []
    text, atoms, behind = utterance.text, utterance.atoms, -1
    for index, (start, end) in enumerate(zip(utterance.starts, utterance.ends, strict=True)):
        if len(found) >= _MOST:
            break
        word = text[start:end].lower()
        if word.isalpha() and index not in atoms and len(word) == end - start:
            if utterance.words[index] != word and utterance.words[index] in righted_abroad():
                word = utterance.words[index]  # «donerstag»
            is_plain = word.isascii()
            found.append(Token(word, start, end, is_plain and behind == start))
            behind = end if is_plain else -1
            continue
        if (
            word == "'"
            and found
            and found[-1].end == start
            and found[-1].text.isalpha()
            and text[end : end + 1].isdigit()
        ):
            found[-1] = found[-1]._replace(text=f"{found[-1].text}'", end=end)  # «l'8 dicembre»
            continue
        if len(word) != end - start or index in atoms:
            found.append(Token(word, start, end, is_glued=False, atom=index if index in atoms else -1))
            behind = -1
            continue
        at = start
        for piece in (word,) if end - start == 1 else cut(word):
            is_plain = piece.isascii()
            found.append(Token(piece, at, at + len(piece), is_glued=is_plain and behind == at))
            at += len(piece)
            behind = at if is_plain else -1
    return found


def _items(book: Phrasebook, utterance: Utterance) -> list[Item]:
    tokens = _tokens(utterance)
    found: list[Item] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        item, end = _phrase_at(book, tokens, at) if token.text in book.begins else (None, at)
        if token.text == "-" and token.is_glued and found and found[-1].kind == "n":
            behind, end = _phrase_at(book, tokens, at + 1) if at + 1 < len(tokens) else (None, at)
            item = behind if behind is not None and behind.kind == "unit" else None  # 30-minütig
        if not book.has_borders and (item is None or end == at + 1):
            numeral = read_numeral(tokens, at)
            if numeral is not None:
                item, end = numeral
        if item is None:
            item, end = _plain_item(utterance, token), at + 1
        if item.kind == "unknown" and len(found) > 1 and found[-1].kind == found[-2].kind == "unknown":
            found[-1] = item  # of a run of unknown words the ends tell enough
        else:
            found.append(item)
        at = end
        if item.kind in {"weekday", "month"} and at < len(tokens) and tokens[at].text == "." and tokens[at].is_glued:
            at += item.end - item.start <= 4  # an abbreviation's dot
    return found


def _phrase_at(book: Phrasebook, tokens: list[Token], at: int) -> tuple[Item | None, int]:
    """The longest phrase that begins here; hyphens inside do not count."""
    token = tokens[at]
    if token.atom >= 0 or token.text not in book.begins:
        return None, at
    bare = token.text if token.text.isascii() else plain(token.text)
    seconds = _seconds(tokens, at)
    best: tuple[int, Item] | None = None
    for first in (token.text, bare) if bare != token.text else (bare,):
        for phrase in _fitting(book.phrases.get(first, {}), seconds):
            if best is not None and len(phrase.tokens) + at <= best[0]:
                break
            end = _end_of(tokens, at, phrase.tokens)
            if end:
                kind, english, value = phrase.meaning
                last = tokens[end - 1].end
                best = end, Item(kind, english, value, token.start, last, token.is_glued, kind == "n")
                break
    return (best[1], best[0]) if best is not None else (None, at)


def _seconds(tokens: list[Token], at: int) -> tuple[str, ...]:
    """What a phrase that begins here may have as its second token: as written, without accents, behind a hyphen."""
    behind = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if behind != "-":
        return (behind,) if behind.isascii() and behind else (behind, plain(behind)) if behind else ()
    further = [token.text for token in tokens[at + 1 : at + 3]]
    return tuple(dict.fromkeys([*further, *map(plain, further)]))


def _fitting(phrases: Mapping[str, tuple[Phrase, ...]], seconds: tuple[str, ...]) -> Sequence[Phrase]:
    """The phrases with one of these second tokens and those of one token, in the order in which they are tried."""
    alone = phrases.get("", ())
    if phrases.keys().isdisjoint(seconds):
        return alone
    found = [phrase for second in dict.fromkeys(seconds) if second in phrases for phrase in phrases[second]]
    if len(found) > 1:
        found.sort(key=_rank)
    return [*found, *alone]


def _end_of(tokens: list[Token], at: int, wanted: tuple[str, ...]) -> int:
    """The index behind the phrase, 0 when the tokens are others."""
    at += 1
    for want in wanted[1:]:
        if at < len(tokens) and tokens[at].text == "-" and want != "-":
            at += 1
        if at >= len(tokens) or (tokens[at].text != want and plain(tokens[at].text) != want):
            return 0
        at += 1
    return at


_BORROWED = ("weekday", "relday", "month")
"""English names of days and months, which people write in any language."""
_LEAST_BORROWED = 5


def _plain_item(utterance: Utterance, token: Token) -> Item:
    """A token without a phrase: a number, a mark, a zone in capitals, else a word nobody knows."""
    text = token.text
    if token.atom >= 0:
        return Item("atom", (text,), -1, token.start, token.end, atom=token.atom)
    kind, words, value, may_be_zone = _alone(text)
    if may_be_zone and utterance.text[token.start : token.end].isupper():
        words = (text,)
    return Item(kind, words, value, token.start, token.end, token.is_glued)


@lru_cache(maxsize=8192)
def _alone(text: str) -> tuple[str, tuple[str], int, bool]:
    """The kind, the words and the value of a token without a phrase, and whether it is a zone where it stands in capitals."""
    if text.isdigit() and text.isascii():
        return "n", (text,), int(text) if len(text) <= 4 else -1, False
    if not text[:1].isalpha():
        return "mark", (text,), -1, False
    senses = lexicon_for("en").words.get(text, {})
    borrowed = next((kind for kind in _BORROWED if kind in senses), "") if len(text) >= _LEAST_BORROWED else ""
    if borrowed:
        return borrowed, (text,), -1, False
    return "unknown", (MASK + text,), -1, not segments(text) and not {"zone", "zones"}.isdisjoint(senses)


def _rewrite(patterns: Patterns, items: list[Item]) -> list[Item]:
    """The items with the longest pattern at each place told in English; words that say nothing in English may stand inside."""
    said = [place for place, item in enumerate(items) if item.words]
    names = [_names(item.kind, item.words, item.value, item.is_written) for item in map(items.__getitem__, said)]
    alone = list(map(patterns.alone.__getitem__, names))
    longer = [*map(patterns.longer.__getitem__, zip(names, names[1:], [*names[2:], ()], strict=False)), ()]
    found: list[Item] = []
    done = known = 0
    for at, (single, rows) in enumerate(zip(alone, longer, strict=False)):
        if (single is None and not rows) or at < known:
            continue
        pattern = _first_that_fits(rows, names, at) or single
        if pattern is None:
            continue
        known = at + len(pattern.elements)
        places, item = said[at:known], items[said[at]]
        slots = [items[place] for place, element in zip(places, pattern.elements, strict=True) if element[0] == "<"]
        words = tuple(_expand(pattern.template, slots))
        found += items[done : places[0]]
        found.append(
            Item(pattern.kind, words, -1, item.start, items[places[-1]].end, is_glued=False)
            if pattern.kind != "order" or words
            else item._replace(words=(), kind="skip")
        )
        done = places[-1] + 1
    return found + items[done:]


def _rank(phrase: Phrase) -> int:
    return phrase.rank


def _first_that_fits(rows: tuple[Pattern, ...], names: list[Names], at: int) -> Pattern | None:
    """The first pattern whose elements behind the first three fit what stands there."""
    most = len(names) - at
    for row in rows:
        elements = row.elements
        size = len(elements)
        if size > most or elements[-1] not in names[at + size - 1]:
            continue
        for step in range(3, size):
            if elements[step] not in names[at + step]:
                break
        else:
            return row
    return None


_UNKNOWN = ("<unknown>",)
_WITH_ARTICLE = frozenset((word, "the") for word in ("from", "to", "by", "after", "before"))
"""«a partir del», «bis zum»: any pattern takes them for the bare word, and a number behind them is a day."""


@lru_cache(maxsize=4096)
def _names(kind: str, words: tuple[str, ...], value: int, is_written: bool) -> Names:  # noqa: FBT001  a memo's key
    """What a pattern may call an item: its English, its kind, the slots that it fits."""
    if kind == "unknown" and words[0][0] == MASK:
        return _UNKNOWN
    item = Item(kind, words, value, 0, 0, is_written=is_written)
    if words in _WITH_ARTICLE:
        return (item.key, words[0], f"<{kind}>")
    if kind not in _COUNTED:
        return (item.key, f"<{kind}>", "<length>") if kind == "measure" else (item.key, f"<{kind}>")
    slots = (f"<{slot}>" for slot in ("n", "h", "m", "d", "s", "y", "w", "q", "t") if _fits(slot, item))
    return tuple(dict.fromkeys((item.key, f"<{kind}>", *slots)))


def _fits(slot: str, item: Item) -> bool:
    if slot in _NUMBER_SLOTS:
        low, high = _NUMBER_SLOTS[slot]
        is_article = slot == "m" and item.is_written and item.value == 1  # «à 10h un point»
        is_short = slot != "h" or len(item.words[0]) <= 2
        return item.kind == "n" and low <= item.value <= high and is_short and not is_article
    if slot == "w":
        return item.kind == "n" and item.is_written
    if slot == "q":
        return item.kind in {"n", "article", "fraction"}
    if slot == "t":
        return item.kind == "clock" or _fits("h", item)
    return item.kind == slot


def _expand(template: tuple[str, ...], slots: list[Item]) -> Iterator[str]:
    """The English words of a pattern's right side."""
    for part in template:
        sign, rest = part[0], part[1:]
        if sign == "$" and rest.isdigit():
            yield from slots[int(rest) - 1].words
        elif sign == "#" and rest.isdigit():
            yield from (str(slots[int(rest) - 1].value), f"{GLUE}th")
        elif sign == "&" and rest.isdigit():
            yield MONTHS[(slots[int(rest) - 1].value - 1) % 12]
        elif (clock := _CLOCK.fullmatch(part)) is not None:
            yield from _clock_words(clock, slots)
        elif len(time := part.split(":")) == 2 and time[0].isdigit():
            yield from (time[0], f"{GLUE}:", f"{GLUE}{time[1]}")
        else:
            yield part


def _clock_words(clock: re.Match[str], slots: list[Item]) -> tuple[str, ...]:
    hour = slots[int(clock[1]) - 1].value
    written = slots[int(clock[1]) - 1].words[0]
    is_early = len(written) == _TWO_FIGURES and written[0] == "0"  # «à 03h45»: of the morning
    if not clock[2]:
        return written if is_early else str(hour), "o'clock"
    minutes = 0
    for sign, how, digits in _STEP.findall(clock[2]):
        amount = slots[int(digits) - 1].value * (5 if how == "*" else 1) if how else int(digits)
        minutes += amount if sign == "+" else -amount
    total = (hour * 60 + minutes) % 1440
    shown = total // 60
    if not shown and hour:
        shown = 12 if hour <= 12 else 0
    seconds = (f"{GLUE}:", f"{GLUE}{slots[int(clock[3]) - 1].value:02}") if clock[3] else ()
    return f"{shown:02}" if is_early else str(shown), f"{GLUE}:", f"{GLUE}{total % 60:02}", *seconds


def _emit(utterance: Utterance, language: str, items: list[Item]) -> Utterance:
    words: list[str] = []
    places: list[tuple[int, int]] = []
    glue: set[int] = set()
    atoms: dict[int, tuple[str, str]] = {}
    for item in items:
        if item.atom >= 0:
            atoms[len(words)] = utterance.atoms[item.atom]
        place = (item.start, item.end)
        if item.kind == "unknown" and words and words[-1] == "th":
            words.append(",")  # «the 15th» is a day, whatever word follows
            places.append(place)
        if item.is_glued and words and item.words:
            glue.add(len(words))
        said = item.words[:1] if item.words in _WITH_ARTICLE else item.words
        for word in ("until",) if said == ("to",) else said:
            if word[0] == GLUE:
                glue.add(len(words))
                word = word[1:]  # noqa: PLW2901  the mark is no part of it
            words.append(word)
            places.append(place)
    starts, ends = zip(*places, strict=True) if places else ((), ())
    return Utterance(utterance.text, tuple(words), starts, ends, language, atoms=atoms, glue=frozenset(glue))
