"""What a text wants beside the facts that it tells, and whether a fact is what the wish speaks of."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.atoms import PEOPLE
from bot.language.cues.account.fates import is_filler
from bot.language.cues.verbs import act_at
from bot.language.entities.people.lists import name_lists
from bot.language.facts.fact import Bearing
from bot.language.facts.subjects import is_timely
from bot.language.facts.words import fact_words
from bot.language.meaning import Intent
from bot.language.sketch import vocabulary

if TYPE_CHECKING:
    from bot.language.facts.fact import Fact
    from bot.language.facts.words import FactWords
    from bot.language.normalise import Utterance


def wishes(utterance: Utterance, rest: list[int], known: FactWords, language: str) -> bool:
    """Whether what is left of a text wants something of meetings."""
    words = [utterance.words[at] for at in rest]
    said = frozenset(words)
    if any(utterance.atoms.get(at, ("",))[0] in PEOPLE for at in rest):
        return True
    acts = {act[0] for at in rest if (act := act_at(utterance.words, at, language)) is not None}
    if said & known.meant - known.subjects and _corrects(utterance, rest, known, language):
        return False  # «i'm away tomorrow, i mean next monday»
    if said & known.instead or (said & known.off and Intent.RESCHEDULE not in acts):
        return False  # «i have a clash friday at 11, can sam do 2 instead»: one time against another
    if (said & known.back or _refuses(words, known)) and not acts:
        return False  # «i'm away from the 9th, back on the 14th please», «no calls after 4, but thursdays are ok»
    if not said & (known.before | known.after) and _says_nothing(utterance, rest, known, language):
        return False
    if acts or said & known.wishes:
        return acts != {Intent.CANCEL}
    opened = said & known.open - known.own_work
    is_asked = "?" in utterance.words or bool(said & (known.before | known.after | known.then))
    return bool(opened) and (is_asked or any(is_timely(utterance, at, language) for at in rest))


def _corrects(utterance: Utterance, rest: list[int], known: FactWords, language: str) -> bool:
    """Whether nothing but another time is said."""
    words = utterance.words
    return all(
        words[at] in known.meant
        or not words[at][:1].isalnum()
        or words[at] in known.leading
        or is_timely(utterance, at, language)
        or is_filler(words[at], language)
        for at in rest
    )


def _refuses(words: list[str], known: FactWords) -> bool:
    """Whether meetings are refused: «no calls after 4» is no wish for any."""
    names = vocabulary().classes
    return any(one in known.no and "meet" in names.get(two, ()) for one, two in pairwise(words))


def _says_nothing(utterance: Utterance, rest: list[int], known: FactWords, language: str) -> bool:
    """«i'm having a massage on monday at 5, please add it»: what is told is the wish."""
    words = utterance.words
    said = [
        at
        for at in rest
        if words[at][:1].isalnum()
        and words[at] not in _POINTING
        and not (is_filler(words[at], language) and words[at] not in known.open)
    ]
    return all(act_at(words, at, language) is not None for at in said)


def speaks_of_it(utterance: Utterance, fact: Fact) -> bool:
    """«the meeting's at 3 on thursday, with kim»: beside no act it is the wish."""
    said = utterance.words[fact.start : fact.start + _FRONT]
    names = vocabulary().classes
    return said[0] in _THIS and any("meet" in names.get(word.removesuffix("'s"), ()) for word in said)


_FRONT = 3
_THIS = frozenset(("the", "our", "this"))


_ON_STANDING = frozenset((Intent.RESCHEDULE, Intent.CANCEL))


def is_what_moves(utterance: Utterance, fact: Fact, rest: list[int], language: str) -> bool:
    """«i have a call with sam on friday, move it to monday»: what stands is told, and it is what moves.

    Not where somebody is named, nor beside «everything on thursday to friday», which says both times itself.
    """
    acts = {act[0] for at in rest if (act := act_at(utterance.words, at, language)) is not None}
    if fact.bearing is Bearing.PAST or acts.isdisjoint(_ON_STANDING):
        return False
    words = utterance.words
    if _says_which(utterance, [at for at in rest if at < fact.start], language):
        return False  # «move my 3pm to 4, i have a call at 3»
    named = any(at in utterance.atoms or name_lists().is_first(words[at].removesuffix("'s")) for at in rest)
    says_both = any(words[at] in _ALL for at in rest) and sum(is_timely(utterance, at, language) for at in rest) > 1
    return not (named or says_both) and fact.hidden == fact.start


def _says_which(utterance: Utterance, front: list[int], language: str) -> bool:
    """Whether something else than «it» stands in front of «to»: a time, a title, somebody's meeting, which is what moves."""
    words = utterance.words
    verb = next((at for at in front if act_at(words, at, language) is not None), -1)
    to = next((at for at in front if at > verb and words[at] == "to"), -1)
    if to < 0 <= verb:
        owners = fact_words(language).owners  # «push my 3pm back an hour»
        return any(words[at] in owners or words[at].endswith("'s") for at in front)
    return 0 <= verb < to and any(
        words[at][:1].isalnum()
        and words[at] not in _POINTING
        and not is_filler(words[at], language)
        and act_at(words, at, language) is None
        for at in front
        if at < to
    )


_ALL = frozenset(("everything", "all", "alles", "alle", "todo", "todas", "tout", "toutes", "tutto", "tudo"))


_POINTING = frozenset(
    ("it", "that", "this", "them", "everything", "all", "down", "in", "up", "too", "es", "das", "lo", "ça")
)
