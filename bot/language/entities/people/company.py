"""Who of the people named is needed: «ana or bo» means one of them, «optional: cy» that it goes without.

Reads where people stand (names, mentions, addresses) and the cues between and beside them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.entities.tokens import span_of
from bot.language.entities.words import entity_words
from bot.language.signs import Cue
from bot.scheduling.replacing import replace
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import Sign, Span, Understanding
    from bot.language.normalise import Utterance

_PEOPLE_ATOMS = frozenset(("mention", "email"))
_BESIDE = frozenset(" \t:(-–—,")
"""What may stand between «optional» and the person it speaks of."""
_DIGITS = 2
_COUNTED = frozenset(("times", "bookings", "meetings", "people", "picks", "mal", "termine", "buchungen", "here"))
_PAIR = 2
_AT_LEAST = 12
"""Letters of «at least»: it says by itself that others are named."""
_LITTLE = frozenset(("the", "these", "those", "my", "den", "diesen"))
_OF = frozenset(("of", "von", "de", "di", "van"))
_MOST_OF = frozenset(
    ("most", "majority", "mehrheit", "meisten", "mayoría", "plupart", "maggioranza", "maioria", "meeste")
)
_ANDS = frozenset(("and", "&", "+", "und", "y", "et", "e", "en"))
_BEING = frozenset(
    ("is", "are", "a", "would", "be", "just", "only", "ist", "sind", "wäre", "es", "est", "is", "é", "è")
)
_PLURAL = frozenset(("are", "they", "aren't", "don't", "have", "both", "sind", "können", "müssen", "brauchen", "sie"))
_LISTING = frozenset(("and", "&", "+", "plus", ",", "und", "y", "e", "et", "と", "和"))


@dataclass(frozen=True, slots=True)
class Company:
    """`is_either`: one of the people is enough. `optional`: names, addresses and member ids of those not needed."""

    is_either: bool = False
    optional: tuple[str, ...] = ()
    quorum: int | None = None
    """How many of them are enough, whoever they are."""


ALL_NEEDED = Company()


def read_company(utterance: Utterance, entities: EntitiesRead, signs: Sequence[Sign]) -> Company:
    """How the people of an utterance count."""
    told = {cue: [sign for sign in signs if sign.cue is cue] for cue in (Cue.OPTIONAL, Cue.REQUIRED, Cue.EITHER)}
    people = _people(utterance, entities)
    everybody = tuple(dict.fromkeys(key for _, key in people))
    optional = _named_by(utterance, told[Cue.OPTIONAL], people)
    if not optional:
        needed = _named_by(utterance, [one for one in told[Cue.REQUIRED] if _is_beside(utterance, one, people)], people)
        optional = tuple(key for key in everybody if key not in needed) if needed else ()
    return Company(
        is_either=any(_is_between(utterance, sign, people) for sign in told[Cue.EITHER]),
        optional=optional if len(optional) < len(everybody) else (),
        quorum=_quorum(utterance, people[0][0], len(everybody)) if len(everybody) > 1 else None,
    )


def _named_by(utterance: Utterance, signs: Sequence[Sign], people: list[tuple[Span, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for sign in signs for key in _spoken_of(utterance, sign, people)))


def _is_beside(utterance: Utterance, sign: Sign, people: list[tuple[Span, str]]) -> bool:
    """Whether somebody is needed of those who are named elsewhere: «dana must be there» alone is told of her."""
    keys = [key for _, key in people]
    return any(keys.count(key) > 1 or len({*keys}) > _PAIR for key in _spoken_of(utterance, sign, people)) or (
        sign.span.end - sign.span.start <= _AT_LEAST
    )


def _quorum(utterance: Utterance, first: Span, size: int) -> int | None:
    """«at least two of dana, omar and kim», «most of …»: how many of those who are listed behind it."""
    words = utterance.words
    at = next((index for index, start in enumerate(utterance.starts) if start >= first.start), 0)
    while at and words[at - 1] in _LITTLE:
        at -= 1
    if at < _PAIR or words[at - 1] not in _OF:
        return None
    if words[at - _PAIR] in _MOST_OF:
        return size // 2 + 1
    word, known = words[at - _PAIR], entity_words()
    count = int(word) if word.isdecimal() else known.several.get(word) or known.numbers.get(word, 0)
    return count if 1 < count < size else None


def counted(read: Understanding, company: Company) -> Understanding:
    """What was read, with how its people count."""
    if company is ALL_NEEDED:
        return read
    return replace(read, is_either=company.is_either, optional=company.optional, quorum=company.quorum)


def read_limit(utterance: Utterance, signs: Sequence[Sign], times: Sequence[Span] = ()) -> int | None:
    """How many at most («at most 3», «höchstens 3»); a bound of a time («not before 11») or a length is none."""
    for sign in signs:
        if sign.cue is not Cue.BOUND:
            continue
        behind = next((index for index, start in enumerate(utterance.starts) if start >= sign.span.end), None)
        if behind is None or not utterance.words[behind].isdecimal() or len(utterance.words[behind]) > _DIGITS:
            continue
        if any(one.start <= utterance.starts[behind] < one.end for one in times):
            continue
        follows = utterance.words[behind + 1] if behind + 1 < len(utterance.words) else ""
        if not follows[:1].isalnum() or follows in _COUNTED:
            return int(utterance.words[behind]) or None
    return None


def _people(utterance: Utterance, entities: EntitiesRead) -> list[tuple[Span, str]]:
    """Where each person stands, in order."""
    spoken = {name.casefold(): name for name in entities.people}
    texts = ((span, utterance.text[span.start : span.end]) for span in entities.people_spans)
    bare = ((span, text.casefold().removesuffix("'s")) for span, text in texts)
    named = [(span, spoken[text]) for span, text in bare if text in spoken]
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
    """«optional: cy and dee», «cy (optional)», «cy and dee must be there»."""
    if inside := [one for one in people if sign.span.start <= one[0].start and one[0].end <= sign.span.end]:
        return _back_from(utterance, inside[0], people, sign)
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
    if before and _is_copula(utterance.text[before[-1][0].end : sign.span.start]):
        return _back_from(utterance, before[-1], people, sign)
    return []


def _back_from(utterance: Utterance, last: tuple[Span, str], people: list[tuple[Span, str]], sign: Sign) -> list[str]:
    """Somebody, and who is joined to them by an «and» in front, where the sign is said of more than one."""
    found, behind = [last[1]], last[0]
    said = utterance.text[last[0].end : sign.span.end].lower().split()
    if sign.cue is not Cue.REQUIRED and _PLURAL.isdisjoint(said):
        return found
    for span, key in reversed([one for one in people if one[0].end <= last[0].start]):
        if utterance.text[span.end : behind.start].strip().lower() not in _ANDS:
            break
        found.append(key)
        behind = span
    return found


def _is_copula(text: str) -> bool:
    """«omar is optional», «kim is a nice to have»."""
    return all(word in _BEING or _is_empty(word) for word in text.lower().split())


def _is_empty(text: str) -> bool:
    return all(letter in _BESIDE for letter in text)
