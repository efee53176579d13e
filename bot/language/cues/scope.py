"""What an exception reaches: the people and the kind of meeting that «but», «apart from», «without» leave out."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.language.atoms import PEOPLE
from bot.language.cues.account.fates import is_filler
from bot.language.cues.staying import BEFORE_NAME, LINKS, is_listed, kept
from bot.language.cues.verbs import kept_heads
from bot.language.entities.people.lists import name_lists
from bot.language.entities.said.numbered import picks_behind
from bot.language.entities.tokens import span_of, tokens_in
from bot.language.entities.words import entity_words
from bot.language.meaning import Intent, Open, Sign
from bot.language.signs import Cue
from bot.language.sketch import vocabulary
from bot.language.triggers import trigger
from bot.scheduling.replacing import replace
from bot.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import Moment, Span
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_REACH = 5
"""Words between an exception, or one that it leaves out, and the next."""
_BESIDE = 10
"""Letters between an exception and the time that it leaves out."""
_STOPS = frozenset((".", ";", "!", "?"))
_LIMITING = frozenset((Cue.EXCEPT, Cue.BOUND))
_KEEPS = trigger(lambda word: word in entity_words().keep)


_CLOSING = frozenset((Cue.CLOSES, Cue.OFF))
_CLAUSE_ENDS = frozenset((",", ".", ";", "!", "?", "，", "。", "、"))
_ON_STANDING = frozenset((Intent.CANCEL, Intent.RESCHEDULE))
_DONE_TO_MEETINGS = _ON_STANDING | {Intent.BOOK, Intent.HOLD}


def closing_its_time(
    signs: tuple[Sign, ...], utterance: Utterance, covered: tuple[Span, ...], intent: Intent
) -> tuple[Sign, ...]:
    """The signs without «no puedo», «je ne peux pas» in a clause that names no time, beside an act that does: it tells why.

    So does «…, lunedì non ci sono» behind an act on a meeting whose time was said.
    """
    if intent not in _DONE_TO_MEETINGS or not covered or all(sign.cue not in _CLOSING for sign in signs):
        return signs
    ends = [start for start, word in zip(utterance.starts, utterance.words, strict=True) if word in _CLAUSE_ENDS]

    def closes(span: Span) -> bool:
        at = bisect_left(ends, span.start)
        start, end = ends[at - 1] if at else -1, ends[at] if at < len(ends) else len(utterance.text)
        is_told = intent in _ON_STANDING and any(time.end <= start for time in covered)
        return not is_told and any(start < time.end and time.start < end for time in covered)

    return tuple(sign for sign in signs if sign.cue not in _CLOSING or closes(sign.span))


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
    refused = [sign.span for sign in signs if sign.cue in _REFUSING]
    gone = kept(utterance, named, signs) if keeps else []
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
            reaches = is_listed if sign in used else _reaches
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
    spans_who = "<who>" in sign.row or sign.row.endswith("<any>")
    own = [one for one in inside if spans_who or is_bracketed(one[0], (sign,), utterance)]
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
    if not any(sign.cue is Cue.STAYS for sign in signs):
        return signs
    signs = tuple(sign for sign in signs if not _is_across(sign, utterance))
    limits = [sign.span for sign in signs if sign.cue in _LIMITING]
    if not (limits or excluded):
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


def _is_meant(utterance: Utterance, sign: Sign, refused: Collection[Span], end: int, begin: int) -> bool:
    """«not priya, lee», «instead of priya, lee»: a text that opens so names behind the comma who is meant."""
    opens = any(one.start == sign.span.start or sign.span.start < one.start < sign.span.end for one in refused)
    between = utterance.words[bisect_left(utterance.starts, end) : bisect_left(utterance.starts, begin)]
    if not opens or between[:1] != (",",) or not BEFORE_NAME.issuperset(between[1:]):
        return False
    return bisect_left(utterance.starts, sign.span.start) <= _OPENING


_REFUSING = frozenset((Cue.NEGATED, Cue.INSTEAD))
_OPENING = 2
"""Words that may stand in front of a «not» that opens a text: «no, not priya, …»."""


def _start(one: tuple[Span, str, str]) -> int:
    return one[0].start


def named_in(utterance: Utterance, entities: EntitiesRead) -> list[tuple[Span, str, str]]:
    """Everybody named with a place, and the event type."""
    found = [(span, "name", _name_at(utterance, span, entities.people)) for span in entities.people_spans]
    for index, (kind, value) in utterance.atoms.items():
        if kind in PEOPLE:
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
        if word in LINKS:
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


def _reaches(utterance: Utterance, start: int, end: int) -> bool:
    """Whether no sentence ends, and not too much is said, between two places."""
    first, last = bisect_left(utterance.starts, start), bisect_left(utterance.starts, end)
    return last - first <= _REACH and _STOPS.isdisjoint(utterance.words[first:last])


def onward(times: TimesRead, signs: Collection[Sign]) -> TimesRead:
    """«alles ab donnerstag auf nächste woche»: what stands on Thursday, and behind it."""
    source = times.from_moment
    if source is None or source.open is not None or source.days is None or source.days.first != source.days.last:
        return times
    at = source.span
    is_onward = any(
        sign.cue is Cue.ONWARD and at.start <= sign.span.start + _TIGHT and sign.span.end <= at.end + _TIGHT
        for sign in signs
    )
    return times._replace(from_moment=replace(source, open=Open.AFTER)) if is_onward else times


_TIGHT = 1
"""Letters between «ab» and its day."""
