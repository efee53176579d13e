"""Whether a text can name anybody at all, told by its words alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.language.entities.people.lists import ASKED_OF, DOES, ME, name_lists
from bot.language.locales.phrases import first_words
from bot.language.meaning import Intent
from bot.language.sketch import vocabulary
from bot.language.triggers import trigger

if TYPE_CHECKING:
    from collections.abc import Sequence


def _begins_name(word: str) -> bool:
    """Whether a name may begin at the word or behind it, wherever it stands."""
    lists, base = name_lists(), word.removesuffix("'s")
    is_told = word == "@" or lists.pushes(word) or word in lists.titles or word in lists.group_heads
    is_first = lists.is_first(base) or base in lists.shy or (base[-1:] == "s" and base[:-1] in lists.first)
    return is_told or is_first or base != word


BEGINS = trigger(_begins_name)
OURS = trigger(lambda word: word in ME)
_JOINS = trigger(lambda word: word in ("and", "&"))


def may_name(triggers: int) -> bool:
    """Whether a text may name anybody; «me and …» is the one place that its own words do not tell."""
    return bool(triggers & BEGINS or (triggers & OURS and triggers & _JOINS))


_COMING = frozenset(("coming", "free", "available", "joining", "around", "busy"))


_ANSWERING = frozenset(
    ("can't", "cant", "cannot", "won't", "wont", "isn't", "doesn't", "wants", "asked", "asks", "said", "says")
)
"""«rose can't do friday», «mark asked for 3»."""
_SPOKEN_TO = frozenset(
    (
        *((verb, to) for verb in ("talk", "speak", "talking", "speaking", "listen") for to in ("to", "with")),
        *((good, "for") for good in ("ok", "okay", "good", "fine", "works", "work", "best", "suitable", "better")),
    )
)


def is_object(words: Sequence[str], index: int) -> bool:
    """«move will to friday», «cancel bill», «book mark and will thursday»: names that are words, right behind an order."""
    lists, verb = name_lists(), index - 1
    while verb > 1 and words[verb] in _JOINING and words[verb - 1] in lists.shy | lists.first | lists.namesakes:
        verb -= 2
    if verb > 0 and words[verb] == "a" and words[verb - 1] in acts_abroad():
        return _ends_object_abroad(words, index)  # «cancela a grace»
    if verb >= 0 and (words[verb] in acts_abroad() or words[verb] in _SPLIT) and _ends_object_abroad(words, index):
        return True
    if verb > 0 and words[verb] in _EXCEPTING and words[verb - 1] in _OF_ALL:
        return (
            words[index + 1 : index + 2] == () or words[index + 1] in _BEHIND_OBJECT
        )  # «everything but grace and will»
    is_kept = verb >= 0 and words[verb] in _KEEPING  # «cancel grace but keep will»
    if verb < 0 or (not is_kept and _ORDERS.isdisjoint(vocabulary().classes.get(words[verb], ()))):
        return False
    if verb and words[verb - 1] not in (_BUT if is_kept else _ASKING):
        return False
    after = words[index + 1] if index + 1 < len(words) else ""
    is_surname = after in lists.shy and index + 2 == len(words)
    return after in _BEHIND_OBJECT or after in vocabulary().marks or is_surname


def _ends_object_abroad(words: Sequence[str], index: int) -> bool:
    """Whether what follows a name in an order does: «sag bill ab», «annule grace», «buche max am freitag»."""
    behind = words[index + 1] if index + 1 < len(words) else ""
    return behind in _BEHIND_ABROAD


_BEHIND_ABROAD = frozenset(
    (
        *(
            "",
            "?",
            ".",
            ",",
            "!",
            "ab",
            "auf",
            "am",
            "um",
            "bitte",
            "für",
            "el",
            "al",
            "para",
            "por",
            "à",
            "au",
            "pour",
        ),
        *(
            "demain",
            "s'il",
            "stp",
            "il",
            "alle",
            "per",
            "na",
            "no",
            "às",
            "naar",
            "op",
            "om",
            "af",
            "aub",
            "y",
            "et",
            "e",
            "und",
        ),
    )
)


_SPLIT = frozenset(("sag", "sage", "trag", "trage", "setz", "zeg", "zet"))
"""Orders of two words, of which the second stands behind: «sag … ab»."""


@cache
def acts_abroad() -> frozenset[str]:
    """The verbs that plan a meeting, or do something to one, in the other languages."""
    return first_words(*_ACTS, are_alone=True)


_ACTS = (Intent.BOOK, Intent.HOLD, Intent.CANCEL, Intent.RESCHEDULE)
_JOINING = frozenset(("and", "&"))
_ORDERS = frozenset(("cancelv", "movev", "bookv"))
_KEEPING = frozenset(("keep", "leave", "spare"))
_EXCEPTING = frozenset(("but", "except", "besides", "excluding", "bar", "not"))
_OF_ALL = frozenset(("everything", "everyone", "everybody", "all", "anything", "meetings", "calls", "but", ","))
_BUT = frozenset(("but", "and", ",", ".", ";", "please", "just", "only"))
_ASKING = frozenset(
    (
        *("please", "pls", "plz", "can", "could", "you", "and", "then", "also", "just", "to", ",", ".", ";", "!", "-"),
        *("let's", "lets", "so", "ok", "okay", "no", "hey", "hi", "must", "should", "i'll", "or"),
    )
)
_BEHIND_OBJECT = frozenset(
    (
        *("", "?", ".", ",", "!", ";", "to", "from", "by", "for", "until", "till", "and", "&", "on", "at", "please"),
        *(
            "but",
            "except",
            "not",
            "pls",
            "plz",
            "instead",
            "back",
            "up",
            "forward",
            "an",
            "a",
            "one",
            "half",
            "this",
            "next",
            "too",
            "as",
        ),
    )
)


def is_expected(words: Sequence[str], index: int) -> bool:
    """«can pat do 3», «mark is coming», «i want to talk to rose», «is 4 ok for petra»: only a person stands there."""
    if is_object(words, index):
        return True
    if tuple(words[index - 2 : index]) in _SPOKEN_TO or words[index - 1 : index] == ("owe",):
        return True
    if 0 < index < len(words) - 1 and words[index - 1] in ASKED_OF:
        return words[index + 1] in DOES
    if index == 0 and not _ANSWERING.isdisjoint(words[1:2]):
        return True
    return index == 0 and words[1:2] == ("is",) and not _COMING.isdisjoint(words[2:3])


def is_venue(words: Sequence[str], index: int) -> bool:
    """«im cafe luna», «at hotel anna», «at san marco», «st. anna»: the name of where people meet."""
    at = index - 1 - (index > 1 and words[index - 1] == ".")
    return at >= 0 and (words[at] in _SAINTS or (at > 0 and words[at] in _VENUES and words[at - 1] in _AT_VENUES))


_SAINTS = frozenset(("san", "santa", "santo", "saint", "st", "sainte", "ste", "são", "sao", "sankt", "sint"))

_VENUES = frozenset(
    (
        "cafe",
        "café",
        "caffè",
        "bar",
        "restaurant",
        "ristorante",
        "restaurante",
        "bistro",
        "pizzeria",
        "trattoria",
        "hotel",
        "pub",
    )
)
_AT_VENUES = frozenset(
    ("at", "in", "the", "im", "ins", "beim", "en", "el", "au", "dans", "al", "nel", "no", "na", "het", "de")
)


def is_split(base: str) -> bool:
    """«O'Brien», «D'Souza»: a surname with an apostrophe inside."""
    return base[1:2] == "'" and base[0] in "od" and base[2:].isalpha() and len(base) > _SHORTEST_SPLIT


_SHORTEST_SPLIT = 4
