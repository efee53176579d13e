"""Ordinals that count from the end: «the last but one», «das vorletzte», «倒数第二个»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.tokens import span_of
from bot.language.lexicon import segments
from bot.language.meaning import Span
from bot.language.triggers import trigger

if TYPE_CHECKING:
    from bot.language.normalise import Utterance

_BEFORE_LAST = (
    *(("last", "but", "one"), ("second", "to", "last"), ("second", "-", "to", "-", "last"), ("second", "last")),
    *(("l'avant", "-", "dernier"), ("l'avant", "-", "dernière")),
    *(("next", "to", "last"), ("avant", "-", "dernier"), ("avant", "-", "dernière"), ("avant", "dernier")),
    *(("op", "één", "na", "laatste"), ("op", "een", "na", "laatste")),
)  # fmt: skip
_BEFORE_LAST_WORDS = frozenset(
    (
        *("penultimate", "vorletzte", "vorletzten", "vorletzter", "vorletztes", "vorletztem", "avant-dernier"),
        *("avant-dernière", "penúltimo", "penúltima", "penultimo", "penultima", "voorlaatste", "avant-derniere"),
    )
)  # fmt: skip
_BEFORE_LAST_SIGNS = ("倒数第二", "最後から二番目", "最後から2番目", "後ろから二番目")
NEAR_END = trigger(
    lambda word: word in ("last", "dernier", "dernière", "laatste", "二", "2") or word in _BEFORE_LAST_WORDS
)


def before_last(utterance: Utterance) -> Span | None:
    """Where the last but one is meant; None where it is not."""
    words = utterance.words
    for at, word in enumerate(words):
        if word in _BEFORE_LAST_WORDS:
            return span_of(utterance, at, at + 1)
        run = next((run for run in _BEFORE_LAST if words[at : at + len(run)] == run), None)
        if run is not None:
            return span_of(utterance, at, at + len(run))
    if segments(utterance.text):
        for said in _BEFORE_LAST_SIGNS:
            if (place := utterance.text.find(said)) >= 0:
                return Span(place, place + len(said))
    return None
