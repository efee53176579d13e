"""Who a clause of fact speaks of: its subject and its verb, and whether that is somebody by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.people.lists import name_lists
from bot.language.entities.runs import day_words, is_time
from bot.language.sketch import vocabulary

if TYPE_CHECKING:
    from bot.language.facts.words import FactWords
    from bot.language.normalise import Utterance

_FAR = 7
"""Tokens of a subject."""


def is_timely(utterance: Utterance, at: int, language: str) -> bool:
    """Whether a token is part of a time."""
    word = utterance.words[at]
    if word in {"am", "pm", "uhr", "uur", "h", "ore", "horas", "heures"} or word.isdecimal():
        return True
    return is_time(utterance, at) if language == "en" else len(word) > 2 and word in day_words()


def english_verb(utterance: Utterance, start: int, end: int, known: FactWords) -> tuple[int, int]:
    """The verb of a clause with a subject, and the first token that is no part of a name; -1 where there is none."""
    words, at = utterance.words, start
    if words[at].endswith("'s") and vocabulary().marks.get(words[at].removesuffix("'s")) == "T":
        return at, start  # «friday's a holiday»
    while at < end and (is_time(utterance, at) or words[at] in known.leading or leads(words, at, known)):
        at += 1  # «thursday i have the dentist», «after my 2pm i'm free»
    if at >= end:
        return -1, start
    word, behind = words[at], words[at + 1] if at + 1 < end else ""
    if word in known.bound:
        return (at, start) if behind != "to" else (-1, start)
    if word in known.there:
        return (at, start) if word != "there" or behind in {"is", "are"} else (-1, start)
    if at > start and (word in known.no or word in known.unable or word in known.past or word in {"is", "are", "s"}):
        return at, start  # «thursday doesn't work», «friday is a public holiday», «the 11 o'clock fell through»
    if at == start and word in known.telegram:
        return at, start
    if word.endswith("'s") and behind in known.states and len(word) > 2:
        return at + 1, at + 1
    is_long = word in known.owners or word.endswith("'s")
    if word in known.dummies and behind in known.past:
        return at + 1, start  # «it was supposed to be tuesday»
    if not (word in known.subjects or is_long or at in utterance.atoms or word.isalpha()):
        return -1, start
    last = min(end, at + 1 + (_FAR if is_long else 3))
    verbs = known.verbs | known.duties | known.no | known.done
    verb = next((one for one in range(at + 1, last) if words[one] in verbs or _is_contracted(words, one)), -1)
    if verb < 0 or word in known.others or any(words[one] in known.wishes for one in range(at, verb)):
        return -1, start
    between = words[at + 1 : verb]
    is_named = not (is_long or word in known.subjects)
    if is_named and any(one not in known.adverbs and not one.isalpha() for one in between):
        return -1, start
    if any(one in known.fields for one in words[at:verb]):
        return -1, start
    if word.endswith("'s") and name_lists().is_first(word.removesuffix("'s")):
        return verb, at + 1  # «lena's flight got cancelled»
    is_name = is_named and (at in utterance.atoms or name_lists().is_first(word))
    return verb, (verb if is_name else start)


def verb_of(utterance: Utterance, start: int, end: int, known: FactWords) -> tuple[int, int]:
    words = utterance.words
    verbs = known.verbs if known.until.isdisjoint(words[start:end]) else known.verbs | known.runs
    verb = next(
        (at for at in range(start, end) if words[at] in verbs and not _is_noun(words, at, known)),
        -1,
    )
    is_asked = verb == start and words[verb] in known.open and words[verb + 1 : verb + 2] != ()
    if verb < 0 or (is_asked and words[verb + 1] in known.subjects):
        return -1, start  # «können wir ihn auf montag legen»
    told = verb - (words[verb - 1] in _NOTS)  # «lena ne peut pas», «lena no puede»
    is_named = words[start].isalpha() and words[start] not in known.subjects | known.owners and told == start + 1
    is_name = is_named and (start in utterance.atoms or name_lists().is_first(words[start]))
    return verb, (told if is_name else start)


_NOTS = frozenset(("ne", "n", "n'", "no", "não", "nao", "non"))


def leads(words: tuple[str, ...], at: int, known: FactWords) -> bool:
    """«after …», «after my 2pm»: in front of a time."""
    behind = words[at + 1] if at + 1 < len(words) else ""
    if words[at] in known.owners:
        return behind.isdecimal() and at > 0 and words[at - 1] in known.before | known.after
    is_figure = at + 2 < len(words) and words[at + 2].isdecimal()
    return is_figure and words[at] in known.before | known.after and behind in known.owners


def _is_meal(words: tuple[str, ...], at: int, known: FactWords) -> bool:
    """«liefst na de lunch», «mejor después del almuerzo», «dopo pranzo»: no «ik lunch»."""
    return words[at] in known.doing and at > 0 and words[at - 1] in _BEFORE_MEAL


def _is_noun(words: tuple[str, ...], at: int, known: FactWords) -> bool:
    """Whether the word only looks like a verb."""
    return _is_meal(words, at, known) or _is_his(words, at)


def _is_his(words: tuple[str, ...], at: int) -> bool:
    """«om 9 uur zijn tijd»: his, and no «zijn» that is a verb."""
    return words[at] == "zijn" and words[at + 1 : at + 2] in _HIS


_HIS = (("tijd",), ("tijdzone",), ("lokale",), ("agenda",), ("kant",))
_BEFORE_MEAL = frozenset(
    (
        *("de", "het", "een", "na", "voor", "tijdens", "der", "das", "dem", "beim", "zum", "nach", "vor"),
        *("el", "la", "del", "al", "un", "le", "l'", "il", "lo", "dopo", "prima", "a", "o", "do", "ao", "pro"),
    )
)


def _is_contracted(words: tuple[str, ...], at: int) -> bool:
    """«my calendar's a mess», not «my boss's plan»."""
    behind = words[at + 1] if at + 1 < len(words) else ""
    if at and words[at - 1] in _AT:
        return False  # «with bob and his boss at chili's on thursday»
    return words[at].endswith("'s") and behind in _BEHIND_IS


_BEHIND_IS = frozenset(("a", "an", "the", "not", "all", "full", "out", "away", "off", "on", "at", "in"))


_AT = frozenset(("at", "to", "from", "near", "with", "for"))
