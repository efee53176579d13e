"""Which of a list are meant, by their numbers: «1 and 3», «all but the last two», «skip the 2nd and the 4th»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.pick import DAYS_TOO
from bot.language.entities.words import entity_words
from bot.language.lexicon import lexicon_for
from bot.language.locales.phrases import foreign_ordinals
from bot.language.locales.translation import in_english
from bot.language.meaning import LAST, DoubtKind, Intent, Under
from bot.language.normalise import normalise
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.language.meaning import Reference, Understanding
    from bot.language.normalise import Utterance

_NEAR = 4
"""Small words between an exception and the number that it leaves out."""
_MOST = 20
"""Of so many an ordinal may pick one, where nothing was shown."""
_ON_STANDING = frozenset((Intent.CANCEL, Intent.RESCHEDULE))
_LEAVING = (Cue.WITHOUT, Cue.EXCEPT, Cue.NEGATED)
_SUFFIXES = frozenset(("st", "nd", "rd", "th"))
_OF_DAYS = ("month", "weekday")
_UNITS = ("unit", *_OF_DAYS)


def with_numbers(read: Understanding, text: str, reference: Reference) -> Understanding:
    """The understanding with the numbers that pick among what was last shown."""
    shown = len(reference.options)
    if shown < 2 and read.choice is not None and read.intent in _ON_STANDING and read.has(Cue.AND):
        if len(read_picks(normalise(text), _MOST)) < 2:
            return read
        cues = tuple(sign for sign in read.cues if sign.cue not in {Cue.LAST, Cue.NEXT})
        return replace(read, choice=None, cues=cues)  # «the first and the last on thursday»: not one of them alone
    if shown < 2 or read.doubt(DoubtKind.TWO_ACTS) is not None:
        return read
    if (read.has(Cue.CANCELS) or read.intent is Intent.CANCEL) and (picks := read_picks(normalise(text), shown)):
        return replace(read, intent=Intent.CANCEL, picks=picks, choice=None, moments=(), bare=None, doubts=())
    if reference.under is Under.NOTHING or read.several is not None or not read.has(*_LEAVING, Cue.ONLY):
        return read
    told = _ordinals(in_english(normalise(text), reference.language), shown)
    return replace(read, excluded_picks=told) if read.has(*_LEAVING) else replace(read, picks=told)


def _ordinals(told: Utterance, shown: int) -> tuple[int, ...]:
    """The ordinals of a text in English words; none where one of them is, or may be, that of a day, a week or a month."""
    lists, senses, words = entity_words(), lexicon_for("en").words, told.words
    found: list[int] = []
    for at, word in enumerate(words):
        behind = words[at + 1] if at + 1 < len(words) else ""
        if any(name in senses.get(word, ()) for name in _OF_DAYS):
            return ()
        is_last = word in lists.last
        value = LAST if is_last else lists.order.get(word, 0) or (int(word) if word.isdecimal() else 0)
        if not value:
            continue
        if word.isdecimal() and behind not in _SUFFIXES:
            return ()
        if any(name in senses.get(behind, ()) for name in _UNITS) or not value <= shown:
            return ()
        found.append(value)
    return tuple(dict.fromkeys(found))


def picks_behind(utterance: Utterance, at: int) -> tuple[tuple[int, ...], int] | None:
    """«(all but) the first», «(todas menos) las dos últimas»: which are named right there, and the word behind them.

    From 1; below zero counted from the last.
    """
    words, lists = utterance.words, entity_words()
    end = min(at + _NEAR, len(words))
    while at < end and words[at] in lists.before_pick:
        at += 1
    side, number = 0, 0
    first = at
    while at < min(first + 2, len(words)):
        word = words[at]
        value = lists.order.get(word, 0) or foreign_ordinals().get(word, 0) or DAYS_TOO.get(word, 0)
        value = value or (
            1 if word in lists.first_ones else LAST if word in lists.last_ones or word in lists.last else 0
        )
        count = lists.several.get(word) or (int(word) if word.isdecimal() and len(word) == 1 else 0)
        if value and not side:
            side = value
        elif count and not number:
            number = count
        else:
            break
        at += 1
    if not side:
        return None
    found: tuple[int, ...] = (side,)
    if number:
        found = tuple(range(1, number + 1)) if side > 0 else tuple(range(-1, -number - 1, -1))
    is_joined = at + 1 < len(words) and words[at] in _JOINS_PICKS
    if is_joined and (more := picks_behind(utterance, at + 1)) is not None:  # «all but the first and the last»
        return (*found, *more[0]), more[1]
    return found, at


def read_picks(utterance: Utterance, shown: int) -> tuple[int, ...]:
    """«cancel 1 and 3», «die erste und die dritte absagen»: several by their numbers, of so many that were shown."""
    words, lists = utterance.words, entity_words()
    found: list[int] = []
    last = -_NEAR
    for at, word in enumerate(words):
        value = lists.order.get(word, 0) or foreign_ordinals().get(word, 0) or DAYS_TOO.get(word, 0)
        if word.isdecimal() and at not in utterance.atoms and not utterance.is_glued(at):
            value = int(word)
        elif word in lists.last or word in lists.last_ones:
            value = LAST
        if not value:
            continue
        between = words[last + 1 : at]
        is_joined = bool(between) and all(item in _JOINS_PICKS or item in lists.before_pick for item in between)
        if found and not (is_joined and not _JOINS_PICKS.isdisjoint(between)):
            return ()
        found.append(value)
        last = at
    is_listed = len(found) > 1 and all(value == LAST or 1 <= value <= shown for value in found)
    return tuple(dict.fromkeys(found)) if is_listed else ()


_JOINS_PICKS = frozenset((",", "and", "&", "+", "und", "y", "et", "e", "en"))
