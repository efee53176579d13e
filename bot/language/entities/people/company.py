"""Who of the people named is needed: «ana or bo» means one of them, «optional: cy» that it goes without.

Reads where people stand (names, mentions, addresses) and the cues between and beside them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.entities.tokens import span_of
from bot.language.signs import Cue
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import Sign, Span
    from bot.language.normalise import Utterance

_PEOPLE_ATOMS = frozenset(("mention", "email"))
_BESIDE = frozenset(" \t:(-–—,")
"""What may stand between «optional» and the person it speaks of."""
_DIGITS = 2
_COUNTED = frozenset(("times", "bookings", "meetings", "people", "picks", "mal", "termine", "buchungen", "here"))
_LISTING = frozenset(("and", "&", "+", "plus", ",", "und", "y", "e", "et", "と", "和"))


@dataclass(frozen=True, slots=True)
class Company:
    """`is_either`: one of the people is enough. `optional`: names, addresses and member ids of those not needed."""

    is_either: bool = False
    optional: tuple[str, ...] = ()


ALL_NEEDED = Company()


def read_company(utterance: Utterance, entities: EntitiesRead, signs: Sequence[Sign]) -> Company:
    """How the people of an utterance count."""
    optional = [sign for sign in signs if sign.cue is Cue.OPTIONAL]
    either = [sign for sign in signs if sign.cue is Cue.EITHER]
    if not optional and not either:
        return ALL_NEEDED
    people = _people(utterance, entities)
    return Company(
        is_either=any(_is_between(utterance, sign, people) for sign in either),
        optional=tuple(dict.fromkeys(key for sign in optional for key in _spoken_of(utterance, sign, people))),
    )


def read_limit(utterance: Utterance, signs: Sequence[Sign]) -> int | None:
    """How many at most («at most 3», «höchstens 3»); a bound of a time or a length is none."""
    for sign in signs:
        if sign.cue is not Cue.BOUND:
            continue
        behind = next((index for index, start in enumerate(utterance.starts) if start >= sign.span.end), None)
        if behind is None or not utterance.words[behind].isdecimal() or len(utterance.words[behind]) > _DIGITS:
            continue
        follows = utterance.words[behind + 1] if behind + 1 < len(utterance.words) else ""
        if not follows[:1].isalnum() or follows in _COUNTED:
            return int(utterance.words[behind]) or None
    return None


def _people(utterance: Utterance, entities: EntitiesRead) -> list[tuple[Span, str]]:
    """Where each person stands, in order."""
    named = list(zip(entities.people_spans, entities.people, strict=False))
    atoms = [
        (span_of(utterance, index, index + 1), value)
        for index, (kind, value) in utterance.atoms.items()
        if kind in _PEOPLE_ATOMS
    ]
    return sorted((*named, *atoms), key=lambda one: (one[0].start, one[0].end))


def _is_between(utterance: Utterance, sign: Sign, people: list[tuple[Span, str]]) -> bool:
    """«ana or bo»: the sign and nothing else stands between two people."""
    for (before, _), (behind, _) in pairwise(people):
        if before.end <= sign.span.start and sign.span.end <= behind.start:
            around = utterance.text[before.end : sign.span.start] + utterance.text[sign.span.end : behind.start]
            return all(letter in _BESIDE for letter in around)
    return False


def _spoken_of(utterance: Utterance, sign: Sign, people: list[tuple[Span, str]]) -> list[str]:
    """«optional: cy and dee», «cy (optional)»."""
    behind = [one for one in people if one[0].start >= sign.span.end]
    if behind and _is_empty(utterance.text[sign.span.end : behind[0][0].start]):
        found = [behind[0][1]]
        for (last, _), (following, key) in pairwise(behind):
            between = utterance.text[last.end : following.start].replace(",", " , ").split()
            if not between or not all(word.lower() in _LISTING for word in between):
                break
            found.append(key)
        return found
    before = [one for one in people if one[0].end <= sign.span.start]
    if before and _is_empty(utterance.text[before[-1][0].end : sign.span.start]):
        return [before[-1][1]]
    return []


def _is_empty(text: str) -> bool:
    return all(letter in _BESIDE for letter in text)
