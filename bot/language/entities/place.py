"""Where a meeting should be: apps, phone, in person, «at …», «in room …»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.tokens import phrase_at, run_until, span_of, written
from bot.language.entities.words import entity_words
from bot.language.meaning import PlaceWish, Span
from bot.language.triggers import DIGITS, trigger
from bot.scheduling.models import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.entities.words import EntityWords
    from bot.language.normalise import Utterance

_WORD_TOO = frozenset(("meet", "teams", "huddle", "discord", "remote", "virtual"))
"""Names of apps that mean something else without «on»."""
_IN = frozenset(("at", "in", "@"))
_ARTICLES = frozenset(("the", "my", "our", "his", "her", "their", "a"))
_CALLS = frozenset(("call", "phone", "ring", "dial", "number", "at", "mobile", "cell", "on"))
_SHORTEST_NUMBER = 6
_PLACING = trigger(lambda word: word in entity_words().placing)


def read_place(utterance: Utterance, barred: Collection[int]) -> PlaceWish | None:
    """The place wished for; an app or a medium wins over an address."""
    if utterance.atoms and (phone := _phone_atom(utterance)) is not None:
        return phone
    if not utterance.triggers & _PLACING:
        return None
    lists = entity_words()
    words = utterance.words
    wish: PlaceWish | None = None
    for index in utterance.where(_PLACING | DIGITS):
        word = words[index]
        if word in lists.apps and (found := _app(utterance, index, lists)):
            return found
        if word in lists.media:
            for phrase, kind in lists.media[word]:
                if phrase_at(words, index, phrase):
                    wish = wish or PlaceWish(kind=kind, span=span_of(utterance, index, index + len(phrase)))
                    break
        if word == "+" or (word.isdecimal() and index and words[index - 1] in _CALLS):
            wish = _phone(utterance, index) or wish
        if wish is None and word in _IN and index + 1 < len(words) and index not in barred:
            is_handle = word == "@" and utterance.is_glued(index + 1)
            wish = None if is_handle else _address(utterance, index, barred, lists)
    return wish


def _phone_atom(utterance: Utterance) -> PlaceWish | None:
    for index, (kind, value) in utterance.atoms.items():
        if kind == "phone":
            span = span_of(utterance, index, index + 1)
            return PlaceWish(kind=PlaceKind.ATTENDEE_PHONE, detail=value, span=span)
    return None


def _app(utterance: Utterance, index: int, lists: EntityWords) -> PlaceWish | None:
    words = utterance.words
    for phrase, name in lists.apps[words[index]]:
        if not phrase_at(words, index, phrase):
            continue
        before = words[index - 1] if index else ""
        if phrase[0] in _WORD_TOO and len(phrase) == 1 and before not in lists.on:
            return None
        if phrase == ("meet",) and before not in ("on", "via", "over", "using"):
            return None
        start = index - 1 if before in lists.on else index
        return PlaceWish(kind=PlaceKind.VIDEO, app=name, span=span_of(utterance, start, index + len(phrase)))
    return None


def _phone(utterance: Utterance, index: int) -> PlaceWish | None:
    """A phone number: digits with the usual marks between them."""
    words, end = utterance.words, index + (utterance.words[index] == "+")
    digits = 0
    while end < len(words) and end - index < 16 and (words[end].isdecimal() or words[end] in "-/.()"):
        digits += len(words[end]) if words[end].isdecimal() else 0
        end += 1
    while end > index and not words[end - 1].isdecimal():
        end -= 1
    if digits < _SHORTEST_NUMBER or digits > 15:
        return None
    return PlaceWish(
        kind=PlaceKind.ATTENDEE_PHONE, detail=written(utterance, index, end), span=span_of(utterance, index, end)
    )


def _address(utterance: Utterance, index: int, barred: Collection[int], lists: EntityWords) -> PlaceWish | None:
    words = utterance.words
    start = index + 1
    first = words[start]
    if start in barred or start in utterance.atoms or not first or first in lists.at_not or not first[0].isalnum():
        return None
    head = words[start + 1] if first in _ARTICLES and start + 1 < len(words) else first
    if words[index] == "in" and not _is_room(utterance, start, lists):
        return None
    if head in lists.the_not or (first.isdecimal() and not _is_street(utterance, start)):
        return None
    end = run_until(utterance, start, barred, lists.place_end)
    if end <= start or (end == start + 1 and first in _ARTICLES):
        return None
    detail = written(utterance, start, end)
    return PlaceWish(kind=PlaceKind.ADDRESS, detail=detail, span=Span(utterance.starts[index], utterance.ends[end - 1]))


def _is_room(utterance: Utterance, start: int, lists: EntityWords) -> bool:
    return any(word in lists.in_what for word in utterance.words[start : start + 3])


def _is_street(utterance: Utterance, start: int) -> bool:
    """«12 Hill Street»: a number and a capital."""
    after = start + 1
    if after >= len(utterance.words) or not utterance.words[after].isalpha() or utterance.is_glued(after):
        return False
    return utterance.text[utterance.starts[after]].isupper()
