"""Days of other languages in an English text: «move lena to freitag 10 am», «what do i have on jueves»."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.language.triggers import trigger

if TYPE_CHECKING:
    from bot.language.normalise import Utterance

_DAYS = MappingProxyType(
    {
        word: day
        for day, words in (
            ("monday", "montag lunes lundi lunedì lunedi maandag"),
            ("tuesday", "dienstag martes mardi martedì martedi dinsdag"),
            ("wednesday", "mittwoch miércoles miercoles mercredi mercoledì mercoledi woensdag"),
            ("thursday", "donnerstag jueves jeudi giovedì giovedi donderdag"),
            ("friday", "freitag viernes vendredi venerdì venerdi vrijdag"),
            ("saturday", "samstag sonnabend sábado samedi zaterdag"),
            ("sunday", "sonntag dimanche zondag"),
            ("tomorrow", "morgen mañana demain domani amanhã"),
        )
        for word in words.split()
    }
)
"""Without those that people are called by as well (Domingo, Sabato)."""
_ON = frozenset(("am", "el", "le", "il", "op"))
_IS_DAY = trigger(lambda word: word in _DAYS)


def with_days_told(utterance: Utterance) -> Utterance:
    """An English utterance with such days in English; itself where it has none."""
    if not utterance.triggers & _IS_DAY:
        return utterance
    words = utterance.words
    told = [_DAYS.get(word, word) for word in words]
    for at in range(1, len(words)):
        if words[at] in _DAYS and words[at - 1] in _ON:
            told[at - 1] = "on"
    return replace(utterance, words=tuple(told))
