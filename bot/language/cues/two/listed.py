"""Whether those named behind one verb are a list of whom it is about: «cancel lena, the call with omar, and sam too».

A word between two of them that no list has («cancel lena like omar asked», «… and maybe omar») leaves open whether both are.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.cues.account.fates import is_filler
from bot.language.cues.two.own_times import times_of_each
from bot.language.cues.verbs import LINKS, act_at
from bot.language.entities.tokens import tokens_in
from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.language.sketch import vocabulary
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import Sign, Span, Understanding
    from bot.language.normalise import Utterance

_JOINING = frozenset((Cue.ALSO, Cue.AND, Cue.EACH, Cue.BOTH, Cue.ALL, Cue.STANDING, Cue.OWN_CALENDAR, Cue.FOLLOWS))
_THINGS = frozenset(("meet", "occ", "ord", "one", "sched", "cal", "me", "cancelv", "movev"))
_SMALL = frozenset(
    (
        *("the", "a", "an", "my", "our", "this", "those", "these", "with", "of", "from", "on", "at", "to", "in"),
        *(
            "both",
            "all",
            "each",
            "either",
            "or",
            "nor",
            "one",
            "ones",
            "as",
            "well",
            "along",
            "together",
            "first",
            "next",
        ),
        *(
            "last",
            "else",
            "even",
            "again",
            "s",
            "if",
            "possible",
            "while",
            "you're",
            "youre",
            "it",
            "at",
            "only",
            "lastly",
        ),
    )
)


def of_each(
    read: Understanding, utterance: Utterance, entities: EntitiesRead, timed: Collection[Span]
) -> Understanding:
    """A change of meetings: whether all of those named are meant, or some of several, and which time is whose."""
    is_some = read.has(Cue.SOME) and not (read.several or read.choice or read.excluded_picks)
    is_list = len(read.people) < _PAIR or read.language != "en" or not _is_open(read, utterance, entities, timed)
    read = read if is_list and not is_some else replace(read, is_either=True)
    if read.intent is not Intent.RESCHEDULE or len(read.moments) < _PAIR or read.has(Cue.EITHER):
        return read
    whose = times_of_each(utterance, entities.people_spans, [one.span for one in read.moments])
    return replace(read, moments=tuple(read.moments[at] for at in whose), is_each=True) if whose else read


_PAIR = 2


def _is_open(read: Understanding, utterance: Utterance, entities: EntitiesRead, timed: Collection[Span]) -> bool:
    names = [name.casefold() for name in read.people]
    spans = [(one, utterance.text[one.start : one.end].casefold()) for one in entities.people_spans]
    named = [one for one, said in spans if any(name in said for name in names)]
    kind = (entities.type_span,) if entities.type_span is not None else ()
    return _leaves_open(utterance, named, (*timed, *kind), read.cues)


def _leaves_open(
    utterance: Utterance, named: Sequence[Span], covered: Collection[Span], signs: Collection[Sign]
) -> bool:
    """Whether a word stands between two of those named that no list has. `covered`: what is read as a time or a kind."""
    words = utterance.words
    read = tokens_in([*covered, *(sign.span for sign in signs if sign.cue in _JOINING)], utterance)
    act = next((at for at in range(len(words)) if act_at(words, at, "en") is not None), len(words))
    known = vocabulary().classes
    for front, behind in pairwise(sorted(named, key=_start)):
        first, last = bisect_left(utterance.starts, front.end), bisect_left(utterance.starts, behind.start)
        for at in range(max(first, act), last):
            word = words[at]
            if word in _UNSURE:
                return True
            is_listed = not word[:1].isalpha() or at in read or word in _SMALL or word in LINKS
            if not (is_listed or is_filler(word, "en") or not _THINGS.isdisjoint(known.get(word, ()))):
                return True
    return False


_UNSURE = frozenset(
    (
        "maybe",
        "perhaps",
        "possibly",
        "probably",
        "might",
        "thank",
        "thanks",
        "like",
        "that",
        "until",
        "by",
        "per",
        "who",
    )
)


def _start(span: Span) -> int:
    return span.start
