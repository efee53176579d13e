"""An option of a question that was asked, named in an answer: «billing», «it's about billing please», «biling»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.words import entity_words
from bot.language.lexicon import TOKEN
from bot.language.slips import is_slip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.language.normalise import Utterance

_MOST = 10
"""Words of an answer that names an option; a longer text is a wish."""


def option_named(utterance: Utterance, options: Sequence[str]) -> str:
    """The option that the text names and nothing else; empty when it says anything beside it."""
    words = [word for word in utterance.words if word[:1].isalnum()] if options else []
    if not words or len(words) > _MOST:
        return ""
    return next((option for option in options if _is_named(words, option)), "")


def _is_named(words: Sequence[str], option: str) -> bool:
    wanted = [word for word in TOKEN.findall(option.lower()) if word[:1].isalnum()]
    if not wanted:
        return False
    around = entity_words().around_option
    for at in range(len(words) - len(wanted) + 1):
        pairs = zip(words[at : at + len(wanted)], wanted, strict=True)
        if all(word == want or is_slip(word, want) for word, want in pairs):
            return all(word in around for word in (*words[:at], *words[at + len(wanted) :]))
    return False
