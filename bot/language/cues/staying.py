"""Who is left as they are, where something is done with others: «keep sam, cancel lena», «cancel thursday, lena stays»."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.language.cues.verbs import act_at, acts_in_front
from bot.language.entities.words import entity_words
from bot.language.signs import Cue

if TYPE_CHECKING:
    from bot.language.meaning import Sign, Span
    from bot.language.normalise import Utterance

LINKS = frozenset(
    (
        *("and", "or", ",", "&", "with", "the", "for", "und", "oder", "mit", "von", "den", "die", "das", "y", "et", "e"),
        *("de", "du", "d'", "di", "da", "do", "del", "con", "avec", "com", "a", "à", "la", "el", "lo", "celui", "celle"),
        *("quella", "quello", "o", "met", "van", "die"),
    )
)  # fmt: skip
BEFORE_NAME = frozenset(
    (
        *("the", "my", "meeting", "call", "one", "with", "for", ""),
        *("den", "die", "das", "termin", "mit", "von", "met", "van"),
        *(
            "la",
            "el",
            "los",
            "con",
            "a",
            "al",
            "de",
            "à",
            "au",
            "le",
            "avec",
            "il",
            "o",
            "os",
            "com",
            "da",
            "do",
            "das",
        ),
        *("celui", "celle", "quello", "quella", "di", "aquela", "aquele", "du"),
    )
)


def kept(utterance: Utterance, named: list[tuple[Span, str, str]], signs: tuple[Sign, ...]) -> list[tuple[str, str]]:
    """Who is left as they are, where somebody else is named too: «keep sam, cancel lena», «don't move sam, cancel lena»."""
    people = [(span, kind, value) for span, kind, value in named if kind != "type"]
    staying = [sign.span for sign in signs if sign.cue is Cue.STAYS]
    ends = {bisect_left(utterance.starts, span.end) for span in staying}
    found: list[tuple[str, str]] = []
    listed: set[tuple[str, str]] = set()
    stays = _staying(utterance, people, staying)
    last = -1
    for span, kind, value in people:
        at = bisect_left(utterance.starts, span.start)
        is_one_more = last >= 0 and is_listed(utterance, last, span.start)
        while at > 0 and utterance.words[at - 1] in BEFORE_NAME and at not in ends:
            at -= 1
        last = -1
        is_inside = span in stays or any(
            (one.start <= span.start < one.end or span.start < one.start < span.end)
            and _is_one_clause(utterance, span, one)
            for one in staying
        )
        if is_one_more or is_inside or at in ends or (at > 0 and utterance.words[at - 1] in entity_words().keep):
            found.append((kind, value))
            last = span.end
            listed |= {(kind, value)} if is_one_more else set()
    is_rest = any(sign.cue is Cue.ALL for sign in signs)  # «keep lena, cancel the rest»
    is_rest = is_rest or (bool(stays) and acts_in_front(utterance, min(stays).start))  # «cancel thursday, lena stays»
    if len(found) == len(people) and not is_rest:  # «算了ines，kim改到周三»: whom the comma lists is spoken of anew
        found = [one for one in found if one not in listed]
    return found if found and (is_rest or len(found) < len(people)) else []


def _staying(utterance: Utterance, people: list[tuple[Span, str, str]], staying: list[Span]) -> set[Span]:
    """Those in front of the sign: «lena and omar stay, cancel the others»."""
    found: set[Span] = set()
    behind: Span | None = None
    for span, _, _ in reversed(people):
        is_joined = behind is not None and behind in found and _stays_too(utterance, span, behind, len(found))
        if is_joined or any(_is_said_of(utterance, span, one) for one in staying):
            found.add(span)
        behind = span
    return found


def _stays_too(utterance: Utterance, span: Span, behind: Span, count: int) -> bool:
    """«lena, kim and omar stay», not «cancel lena, kim stays», nor the first of «cancel lena, kim and omar stay»."""
    if not is_listed(utterance, span.end, behind.start):
        return False
    at = bisect_left(utterance.starts, span.start)
    if at and act_at(utterance.words, at - 1, utterance.language) is not None:
        return False
    return "," not in utterance.text[span.end : behind.start] or count > 1


def _is_said_of(utterance: Utterance, span: Span, sign: Span) -> bool:
    """«lena stays», «lena soll bleiben», «lena's meeting is to stay»: nothing stands between but what helps the verb."""
    if not 0 <= sign.start - span.end <= _HELPED:
        return False
    starts = utterance.starts
    between = utterance.words[bisect_left(starts, span.end) : bisect_left(starts, sign.start)]
    return all(word in _HELPING for word in between)


_HELPED = 24
"""Letters between a name and «… stay»."""
_HELPING = frozenset(
    (
        *("is", "to", "should", "can", "may", "will", "must", "gets", "still", "please", "though", "just", "'s", ""),
        *("meeting", "call", "slot", "one", "termin", "soll", "sollte", "darf", "kann", "muss", "bitte", "aber"),
        *(
            "jedoch",
            "allerdings",
            "ruhig",
            "bitte",
            "debe",
            "puede",
            "doit",
            "peut",
            "deve",
            "può",
            "moet",
            "mag",
            "kan",
        ),
    )
)


def _is_one_clause(utterance: Utterance, span: Span, sign: Span) -> bool:
    """«sag lena nicht ab»: nothing stands between the name and the «not»; «verschiebe sam, aber nicht lena» is two."""
    return "," not in utterance.text[span.end : sign.end]


def is_listed(utterance: Utterance, start: int, end: int) -> bool:
    """Whether nothing but small words stand between: one more of those that are left out."""
    first, last = bisect_left(utterance.starts, start), bisect_left(utterance.starts, end)
    return LINKS.issuperset(utterance.words[first:last])
