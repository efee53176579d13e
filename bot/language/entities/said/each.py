"""Who comes when, told behind a colon: «move ines and raj to friday: ines 10, raj 11»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.people.lists import name_lists
from bot.language.triggers import trigger

if TYPE_CHECKING:
    from bot.language.normalise import Utterance

_COLON = trigger(lambda word: word == ":")


def with_each_listed(utterance: Utterance) -> Utterance:
    """The same with a comma for a colon behind which somebody is named again, with a time: what follows is no subject."""
    if not utterance.triggers & _COLON:
        return utterance
    words = utterance.words
    for at in utterance.where(_COLON):
        behind = words[at + 1 : at + 3]
        is_again = len(behind) > 1 and name_lists().is_first(behind[0]) and behind[0] in words[:at]
        if is_again and any(word.isdecimal() for word in words[at + 2 : at + 5]):
            return utterance.with_words((*words[:at], ",", *words[at + 1 :]), dict(utterance.atoms))
    return utterance
