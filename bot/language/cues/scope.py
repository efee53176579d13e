"""What an exception reaches: the people and the kind of meeting that «but», «apart from», «without» leave out."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.language.cues.account.fates import is_filler
from bot.language.cues.verbs import act_at, acts_in_front, kept_heads
from bot.language.entities.people.lists import name_lists
from bot.language.entities.pick import picks_behind
from bot.language.entities.tokens import span_of, tokens_in
from bot.language.entities.words import entity_words
from bot.language.meaning import Sign
from bot.language.signs import Cue
from bot.language.sketch import vocabulary
from bot.language.triggers import trigger
from bot.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import Moment, Span
    from bot.language.normalise import Utterance

_REACH = 5
"""Words between an exception, or one that it leaves out, and the next."""
_BESIDE = 10
"""Letters between an exception and the time that it leaves out."""
_LINKS = frozenset(
    (
        *("and", "or", ",", "&", "with", "the", "for", "und", "oder", "mit", "von", "den", "die", "das", "y", "et", "e"),
        *("de", "du", "d'", "di", "da", "do", "del", "con", "avec", "com", "a", "à", "la", "el", "lo", "celui", "celle"),
        *("quella", "quello", "o", "met", "van", "die"),
    )
)  # fmt: skip
_STOPS = frozenset((".", ";", "!", "?"))
_BEFORE_NAME = frozenset(
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
_LIMITING = frozenset((Cue.EXCEPT, Cue.BOUND))
_KEEPS = trigger(lambda word: word in entity_words().keep)


class Excluded(NamedTuple):
    """Who and what was left out, and the signs that did it."""

    entities: EntitiesRead
    people: tuple[str, ...] = ()
    event_type: str = ""
    picks: tuple[int, ...] = ()
    """Which of those that fit, by number: «all but the first», «everything except the last two»."""
    used: frozenset[Sign] = frozenset()
    is_kept: bool = False
    """Whether somebody is to be left as they are, beside an act for others."""


def leave_out(
    utterance: Utterance,
    entities: EntitiesRead,
    signs: tuple[Sign, ...],
    timed: tuple[Span, ...] = (),
    ending: tuple[Span, ...] = (),
) -> Excluded:
    """The entities without those that stand in the reach of an exception.

    `ending`: times left out, behind which it reaches nobody («30 min next week except friday with omar»).
    """
    cues = [sign.cue for sign in signs]
    excepting = [sign for sign in signs if sign.cue is Cue.EXCEPT] if Cue.EXCEPT in cues else []
    keeps = bool(utterance.triggers & _KEEPS) or Cue.STAYS in cues
    if not excepting and not keeps:
        return Excluded(entities)
    named = sorted([*named_in(utterance, entities)], key=_start)
    refused = [sign.span for sign in signs if sign.cue is Cue.NEGATED]
    gone = _kept(utterance, named, signs) if keeps else []
    is_kept = bool(gone)
    used = {sign for sign in signs if sign.cue is Cue.STAYS} if gone else set[Sign]()
    types: list[str] = []
    picks: tuple[int, ...] = ()
    for sign in excepting:
        if numbered := _numbered(utterance, sign, timed):
            picks = numbered
            used.add(sign)
            continue
        at = sign.span.end
        for span, kind, value in _reached(utterance, named, sign):
            reaches = _is_listed if sign in used else _reaches
            if span.start >= at and not reaches(utterance, at, span.start):
                break
            if any(at <= time.start < span.start for time in ending):
                break
            if sign in used and _is_meant(utterance, sign, refused, at, span.start):
                break
            at = max(at, span.end)
            used.add(sign)
            if kind == "type":
                types.append(value)
            else:
                gone.append((kind, value))
        is_of_time = any(at <= time.start <= at + _BESIDE for time in ending)
        if not types and not is_of_time and (names := _unnamed(utterance, entities, at)):
            used.add(sign)
            gone += [("name", name) for name in names]
    if not picks and (excepting or Cue.ALL in cues) and (picks := _picks_kept(utterance)):
        used |= set(excepting)
    if not used and not gone and not picks:
        return Excluded(entities=entities)
    out = [one for one in gone if one not in _in_front(utterance, named, used)]
    return Excluded(
        entities=_left_of(_beside_stays(entities, used), out, has_type=bool(types), has_picks=bool(picks)),
        people=tuple(dict.fromkeys(value for _, value in gone)),
        event_type=types[0] if types else "",
        picks=picks,
        used=frozenset(used),
        is_kept=is_kept,
    )


def _reached(utterance: Utterance, named: list[tuple[Span, str, str]], sign: Sign) -> list[tuple[Span, str, str]]:
    """Whom an exception names itself, and who is named behind it; not whom «all of sam's but» spans."""
    inside = [one for one in named if one[0].start < sign.span.end and sign.span.start < one[0].end]
    own = [one for one in inside if "<who>" in sign.row or is_bracketed(one[0], (sign,), utterance)]
    return [*own, *(one for one in named if one[0].start >= sign.span.end)]


def is_bracketed(span: Span, signs: Collection[Sign], utterance: Utterance) -> bool:
    """«alles op vrijdag na»: inside of what is left out."""
    around = (sign.span for sign in signs if sign.cue is Cue.EXCEPT and sign.row.startswith("op .. na"))
    return any(utterance.text.rfind("op ", one.start, one.end) < span.start < one.end for one in around)


def _picks_kept(utterance: Utterance) -> tuple[int, ...]:
    """«…, but keep the first», «keep the next one, cancel the rest»."""
    heads = kept_heads(utterance)
    if utterance.words[:1] and utterance.words[0] in entity_words().keep:
        heads = [0, *heads]
    return next((found[0] for at in heads if (found := picks_behind(utterance, at + 1))), ())


def _in_front(utterance: Utterance, named: list[tuple[Span, str, str]], used: Collection[Sign]) -> set[tuple[str, str]]:
    """Who was named in front of the exceptions: «all with sam, but not sam on friday» is about Sam."""
    begins = [_begins(sign) for sign in used if sign.cue is Cue.EXCEPT]
    front = min((*begins, *(utterance.starts[at] for at in kept_heads(utterance))), default=0)
    return {(kind, value) for span, kind, value in named if span.end < front}


def _begins(sign: Sign) -> int:
    """Where an exception begins; «all … but» spans what it limits too."""
    return sign.span.start if "<who>" in sign.row or ".." not in sign.row else sign.span.end


def _beside_stays(entities: EntitiesRead, used: Collection[Sign]) -> EntitiesRead:
    """With the words that say who stays as read, whatever becomes of their sign."""
    spans = tuple(sign.span for sign in used if sign.cue is Cue.STAYS)
    return entities._replace(covered=(*entities.covered, *spans)) if spans else entities


def _left_of(entities: EntitiesRead, gone: list[tuple[str, str]], *, has_type: bool, has_picks: bool) -> EntitiesRead:
    """The entities without who and what is left out."""
    return entities._replace(
        people=tuple(name for name in entities.people if ("name", name) not in gone),
        emails=tuple(email for email in entities.emails if ("email", email) not in gone),
        mentions=tuple(member for member in entities.mentions if ("mention", member) not in gone),
        event_type=None if has_type else entities.event_type,
        named_type="" if has_type else entities.named_type,
        choice=None if has_picks else entities.choice,
        several=None if has_picks else entities.several,
    )


def _is_across(sign: Sign, utterance: Utterance) -> bool:
    """«sag sam ab, der kann nicht»: the «nicht» of another clause keeps nothing."""
    is_wide = sign.cue is Cue.STAYS and ".." in sign.row
    return is_wide and "," in utterance.text[sign.span.start : sign.span.end]


def without_kept(utterance: Utterance, signs: tuple[Sign, ...], excluded: Collection[Moment] = ()) -> tuple[Sign, ...]:
    """The signs without a «move … not» whose «not» is another's: «to friday, but not before 11», «freitag, nicht donnerstag».

    It is that of an exception, of a bound, or of a time that is left out right behind it.
    """
    signs = tuple(sign for sign in signs if not _is_across(sign, utterance))
    limits = [sign.span for sign in signs if sign.cue in _LIMITING]
    if not (limits or excluded) or not any(sign.cue is Cue.STAYS for sign in signs):
        return signs
    if excluded:
        starts = [one.span.start for one in excluded]
        signs = tuple(
            sign
            for sign in signs
            if sign.cue is not Cue.STAYS
            or ".." not in sign.row
            or not any(0 < start - sign.span.end <= _BESIDE for start in starts)
        )
    return tuple(
        sign
        for sign in signs
        if sign.cue is not Cue.STAYS
        or ".." not in sign.row
        or not any(one.start < sign.span.end <= one.end for one in limits)
    )


def _numbered(utterance: Utterance, sign: Sign, timed: tuple[Span, ...]) -> tuple[int, ...]:
    """The numbers that stand right behind an exception, or in what it spans."""
    starts = utterance.starts
    first, last = bisect_left(starts, sign.span.start) + 1, bisect_left(starts, sign.span.end)
    taken = tokens_in(timed, utterance)
    for at in range(first, last + 1):
        found = picks_behind(utterance, at)
        if found is not None and taken.isdisjoint(range(at, found[1])):
            return found[0]
    return ()


def _kept(utterance: Utterance, named: list[tuple[Span, str, str]], signs: tuple[Sign, ...]) -> list[tuple[str, str]]:
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
        is_listed = last >= 0 and _is_listed(utterance, last, span.start)
        while at > 0 and utterance.words[at - 1] in _BEFORE_NAME and at not in ends:
            at -= 1
        last = -1
        is_inside = span in stays or any(
            (one.start <= span.start < one.end or span.start < one.start < span.end)
            and _is_one_clause(utterance, span, one)
            for one in staying
        )
        if is_listed or is_inside or at in ends or (at > 0 and utterance.words[at - 1] in entity_words().keep):
            found.append((kind, value))
            last = span.end
            listed |= {(kind, value)} if is_listed else set()
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
    if not _is_listed(utterance, span.end, behind.start):
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


def _is_meant(utterance: Utterance, sign: Sign, refused: Collection[Span], end: int, begin: int) -> bool:
    """«not priya, lee»: a text that opens with a «not» names behind the comma who is meant instead."""
    opens = any(one.start == sign.span.start or sign.span.start < one.start < sign.span.end for one in refused)
    between = utterance.words[bisect_left(utterance.starts, end) : bisect_left(utterance.starts, begin)]
    if not opens or between[:1] != (",",) or not _BEFORE_NAME.issuperset(between[1:]):
        return False
    return bisect_left(utterance.starts, sign.span.start) <= _OPENING


_OPENING = 2
"""Words that may stand in front of a «not» that opens a text: «no, not priya, …»."""


def _start(one: tuple[Span, str, str]) -> int:
    return one[0].start


def named_in(utterance: Utterance, entities: EntitiesRead) -> list[tuple[Span, str, str]]:
    """Everybody named with a place, and the event type."""
    found = [(span, "name", _name_at(utterance, span, entities.people)) for span in entities.people_spans]
    for index, (kind, value) in utterance.atoms.items():
        if kind in {"email", "mention"}:
            found.append((span_of(utterance, index, index + 1), kind, value))
    if entities.type_span is not None and (entities.event_type or entities.named_type):
        found.append((entities.type_span, "type", entities.event_type or entities.named_type))
    return found


def _unnamed(utterance: Utterance, entities: EntitiesRead, start: int) -> list[str]:
    """Right behind an exception, or behind a name in it, a word that is nothing else is a name («apart from ines and bo»)."""
    taken = tokens_in(entities.covered, utterance)
    names: list[str] = []
    at = bisect_left(utterance.starts, start)
    while at < len(utterance.words) and len(names) < _REACH:
        word = utterance.words[at]
        if word in _LINKS:
            at += 1
            continue
        if at in taken or word in entity_words().keep:
            break
        if not word.isalpha() or not _is_unknown(word.removesuffix("'s"), utterance.language):
            break
        names.append(word)
        at += 1
    if names and all(map(name_lists().is_first, names)):  # «apart from the lena one»
        return names
    is_noun = at < len(utterance.words) and at not in taken and utterance.words[at] in vocabulary().classes
    return [] if is_noun else names


def _is_unknown(word: str, language: str) -> bool:
    known = vocabulary()
    return len(word) > 1 and word not in known.classes and word not in known.marks and not is_filler(word, language)


def _name_at(utterance: Utterance, span: Span, names: tuple[str, ...]) -> str:
    written = utterance.text[span.start : span.end].casefold()
    return max((name for name in names if name.casefold() in written), key=len, default="")


def _is_listed(utterance: Utterance, start: int, end: int) -> bool:
    """Whether nothing but small words stand between: one more of those that are left out."""
    first, last = bisect_left(utterance.starts, start), bisect_left(utterance.starts, end)
    return _LINKS.issuperset(utterance.words[first:last])


def _reaches(utterance: Utterance, start: int, end: int) -> bool:
    """Whether no sentence ends, and not too much is said, between two places."""
    first, last = bisect_left(utterance.starts, start), bisect_left(utterance.starts, end)
    return last - first <= _REACH and _STOPS.isdisjoint(utterance.words[first:last])
