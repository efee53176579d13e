"""The verbs that say an act: book, hold, cancel, move; by the word classes in English, by the phrases elsewhere."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.language.locales.phrases import languages
from bot.language.meaning import Intent
from bot.language.sketch import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

_ACTS = (
    ("cancelv", Intent.CANCEL),
    ("movev", Intent.RESCHEDULE),
    ("holdv", Intent.HOLD),
    ("bookv", Intent.BOOK),
    ("addv", Intent.BOOK),
)
_BY_PHRASE = (Intent.CANCEL, Intent.RESCHEDULE, Intent.HOLD, Intent.BOOK)


def act_at(words: tuple[str, ...], index: int, language: str) -> tuple[Intent, int] | None:
    """The act whose verb stands here, and the word behind it."""
    if language != "en":
        act = _verbs(language).get(words[index])
        return (act, index + 1) if act is not None else None
    known = vocabulary()
    for rest, piece in known.phrases.get(words[index], ()):
        end = index + 1 + len(rest)
        if words[index + 1 : end] == rest and (named := _named(piece.classes)) is not None:
            return named, end
    named = _named(known.classes.get(words[index], ()))
    return (named, index + 1) if named is not None else None


def _named(classes: tuple[str, ...]) -> Intent | None:
    return next((act for name, act in _ACTS if name in classes), None)


@cache
def _verbs(language: str) -> Mapping[str, Intent]:
    """The single words that say an act in a language."""
    phrases = next((one for one in languages() if one.language == language), None)
    if phrases is None or not phrases.has_borders:
        return {}
    return {
        pieces[0][0]: intent
        for intent, choices in phrases.intents
        if intent in _BY_PHRASE
        for pieces in choices
        if len(pieces[0]) == 1
    }
