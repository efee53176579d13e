"""A second act beside the first («book sam at 2 and cancel lena»): a verb that opens a clause of its own behind a link."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.cues import verbs
from bot.language.cues.account.doubts import WRITING
from bot.language.cues.account.fates import is_filler
from bot.language.cues.scope import is_bracketed
from bot.language.cues.verbs import LINKS, ORS, act_at, clause_acts, kept_heads, kind_at
from bot.language.entities.said.numbered import picks_behind
from bot.language.entities.tokens import span_of, tokens_in
from bot.language.entities.words import entity_words
from bot.language.lexicon import lexicon_for
from bot.language.meaning import Doubt, DoubtKind, Intent, Span
from bot.language.signs import Cue
from bot.language.sketch import vocabulary
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.intents.finding import IntentRead
    from bot.language.meaning import Days, Moment, Sign
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_ALONE = frozenset(("it", "that", "this", "them", "es", "das", "lo", "la", "le", "isso"))
"""What a second verb may be about without being a second act: «find a time and book it»."""
_VERB_LAST = frozenset(("de", "nl"))
"""Languages in which an act may stand behind all that it is about («bitte alles absagen»)."""
_EACH = 2
FOR_EACH = frozenset((Intent.BOOK, Intent.HOLD, Intent.RESCHEDULE))
"""Acts that one verb may say of two meetings, each with its own time."""

_ALSO_FIRST = frozenset(
    (Intent.FIND_SLOTS, Intent.CHANGE_TITLE, Intent.CHANGE_LENGTH, Intent.CHANGE_NOTE, Intent.OUT_OF_SCOPE)
)
"""What else a text with two acts may be read as."""


def may_hold_two(utterance: Utterance, intent: Intent) -> bool:
    """Whether a text with this act can hold another: a link stands in it."""
    if intent not in WRITING and intent not in _ALSO_FIRST:
        return False
    return not (verbs.links_of(utterance.language).isdisjoint(utterance.words) and ORS.isdisjoint(utterance.words))


def two_acts(utterance: Utterance, quiet: Collection[int], intent: Intent) -> tuple[Doubt, ...]:
    """The doubt of a text that may hold two acts, with a second one that has an object of its own."""
    words = utterance.words
    acts = clause_acts(utterance, quiet)
    second = next((one for one in acts[1:] if _has_object(words, one[2]) and not _adds(words, one)), None)
    if second is None or {acts[0][0], second[0]} == {Intent.BOOK, Intent.HOLD}:
        return ()
    is_moved = intent is Intent.RESCHEDULE and (acts[0][0], second[0]) == _MOVED
    if is_moved and words[second[2] : second[2] + 1] in _SAME_PERSON:
        return ()
    index = second[1]
    return (Doubt(kind=DoubtKind.TWO_ACTS, span=Span(utterance.starts[index], utterance.ends[index])),)


def second_act(
    spoken: Utterance,
    whole: Utterance,
    intent: Intent,
    signs: Collection[Sign],
    quiet: Collection[int],
    times: TimesRead,
) -> tuple[Doubt, ...]:
    """The doubt of a second act; where a verb only adds to what is planned («… und lade omar ein») it is none."""
    if not may_hold_two(spoken, intent):
        return ()
    if found := _another_kind(spoken, quiet, [one.span for one in times.moments]):
        return found
    adding = tokens_in([sign.span for sign in signs if sign.cue is Cue.ALSO], whole)
    return two_acts(spoken, {*quiet, *adding}, intent)


def _another_kind(utterance: Utterance, quiet: Collection[int], times: Collection[Span]) -> tuple[Doubt, ...]:
    """«rename lena to kickoff and move it to friday», «cancel lena or move her»: another act on the same meeting."""
    acts = clause_acts(utterance, quiet, kind_at)
    if len(acts) < _EACH:
        return ()
    first = acts[0]
    other = next((one for one in acts[1:] if _differ(utterance, first, one, times)), None)
    if other is None:
        return ()
    span = Span(utterance.starts[other[1]], utterance.ends[other[1]])
    return (Doubt(kind=DoubtKind.TWO_ACTS, span=span),)


_Act = tuple[Intent, int, int]


def _differ(utterance: Utterance, first: _Act, other: _Act, times: Collection[Span]) -> bool:
    words, starts = utterance.words, utterance.starts
    kinds = (first[0], other[0])
    if first[0] is other[0] or first[2] >= len(words):
        return False
    if {*kinds} == {Intent.BOOK, Intent.HOLD}:  # each with a time of its own
        place = starts[other[1]]
        is_it = other[2] < len(words) and words[other[2]] in _ALONE
        return not is_it and any(span.start < place for span in times) and any(span.start > place for span in times)
    if first[0] in _PLANS:  # «book ines friday at 10, then find a time with sam»
        is_other = other[0] is Intent.FIND_SLOTS and "with" in words[other[2] :]
        return other[0] is Intent.REMIND or (is_other and any(span.start < starts[other[1]] for span in times))
    if kinds == (Intent.CANCEL, Intent.FIND_SLOTS):
        return True
    if kinds == (Intent.CANCEL, Intent.RESCHEDULE):  # «cancel lena and move her to friday» is a move
        return words[other[1] - 1] in ORS
    return first[0] in CHANGING and other[0] in _TOO


_PLANS = frozenset((Intent.BOOK, Intent.HOLD))
CHANGING = frozenset(
    (Intent.CANCEL, Intent.RESCHEDULE, Intent.ADD_GUESTS, Intent.CHANGE_TITLE, Intent.CHANGE_LENGTH, Intent.REMIND)
)
_TOO = CHANGING | {Intent.HOLD, Intent.APPROVE}


def act_said(
    utterance: Utterance, signs: Collection[Sign], quiet: Collection[int], *, behind: int = 0
) -> Intent | None:
    """The one act that is to happen beside one that is not («don't move sam, cancel lena»); None where there is none."""
    starts = utterance.starts
    acts = clause_acts(utterance, quiet)
    kept = [sign.span for sign in signs if sign.cue is Cue.STAYS]
    condition = max((sign.span.end for sign in signs if sign.cue is Cue.IF_FREE), default=None)
    if condition is not None and not acts:
        first = bisect_left(starts, condition)
        words = utterance.words
        at = next((index for index in range(first, len(words)) if words[index] not in LINKS), first)
        acts = [(act[0], at, act[1])] if at < len(words) and (act := act_at(words, at, utterance.language)) else []
    said = [one for one in acts if starts[one[1]] >= behind]
    if behind and not said and utterance.language in _VERB_LAST:
        found = ((act_at(utterance.words, at, utterance.language), at) for at in range(len(utterance.words)))
        said = [(act[0], at, act[1]) for act, at in found if act is not None and starts[at] >= behind]
    wanted = {
        act
        for act, at, _ in said
        if not any(one.start <= starts[at] < one.end for one in kept) and utterance.words[at] not in entity_words().keep
    }
    return wanted.pop() if len(wanted) == 1 else None


def act_beside_absence(utterance: Utterance, signs: Collection[Sign], quiet: Collection[int]) -> Intent | None:
    """«ich bin donnerstag krank, sag alles ab», «sag alles ab, ich bin krank»: the act that is told beside why."""
    absent = next((sign.span for sign in signs if sign.cue in _ABSENT), None)
    if absent is None:
        return None
    act = act_said(utterance, signs, quiet, behind=absent.end)
    return act if act in _ON_STANDING else _act_in_front(utterance, bisect_left(utterance.starts, absent.start))


def _act_in_front(utterance: Utterance, end: int) -> Intent | None:
    """The one act on meetings in front of why, in a clause of its own."""
    words, language = utterance.words, utterance.language
    acts = [(act[0], at) for at in range(end) if (act := act_at(words, at, language)) is not None]
    kinds = {act for act, _ in acts}
    is_apart = bool(acts) and not _CLAUSES.isdisjoint(words[acts[-1][1] : end])
    only = kinds.pop() if is_apart and len(kinds) == 1 else None
    return only if only in _ON_STANDING else None


_CLAUSES = frozenset((",", ";", ".", "!", "-", "–", "—", ":", "("))
_ABSENT = frozenset((Cue.CLOSES, Cue.SICK, Cue.VACATION, Cue.ON_A_TRIP))


def act_meant(found: IntentRead, utterance: Utterance, signs: Collection[Sign], *, names_people: bool) -> IntentRead:
    """The intent where what is asked, told, copied or kept says more than the words that the intents know."""
    told = _by_tag(found, utterance, signs) if names_people else found
    return _beside_kept(verbs.behind_why(told, utterance), utterance, signs)


def _by_tag(found: IntentRead, utterance: Utterance, signs: Collection[Sign]) -> IntentRead:
    """What a text without a verb for an act wants: «sam's at 11, right?» asks, «tell lena we start at 3» is a message,
    «a copy of lena's meeting on friday» is one more.
    """
    cues = {sign.cue for sign in signs}
    if Cue.COPIES in cues and found.intent in _WITH_TIME:
        return found._replace(intent=Intent.BOOK, trace=(*found.trace, "intent book: a copy"))
    if cues.isdisjoint(_TOLD) or found.intent not in _WITH_TIME:
        return found
    told = tokens_in([sign.span for sign in signs if sign.cue is Cue.MESSAGES], utterance)
    if any(at not in told for _, at, _ in clause_acts(utterance, ())):
        return found
    intent = Intent.LIST_BOOKINGS if Cue.TAG in cues else Intent.OUT_OF_SCOPE
    return found._replace(intent=intent, trace=(*found.trace, f"intent {intent.value}: no act was said"))


_TOLD = frozenset((Cue.TAG, Cue.MESSAGES))
_WITH_TIME = frozenset(
    (Intent.BOOK, Intent.FIND_SLOTS, Intent.HOLD, Intent.RESCHEDULE, Intent.REFINE, Intent.OUT_OF_SCOPE, Intent.DENY)
)


def without_other_act(found: IntentRead, utterance: Utterance, signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """The signs without «not cancel» where another act is said («not cancel, move her»): then something changes."""
    if found.intent not in _ON_STANDING or all(sign.cue is not Cue.STAYS for sign in signs):
        return signs
    if act_said(utterance, signs, ()) is not found.intent:
        return signs
    return tuple(sign for sign in signs if sign.cue is not Cue.STAYS)


def kept_behind(times: TimesRead, utterance: Utterance, signs: Collection[Sign], intent: Intent) -> TimesRead:
    """«all of sam's but the one on friday», «…, but keep friday»: a time right behind stands as it is.

    «all but the last two on friday» are of that day. In a move «but keep 3pm» is the clock that it keeps.
    """
    if times.excluded or times.recurrence is not None or not times.moments:
        return times
    heads = kept_heads(utterance)
    ends = [sign.span.end for sign in signs if sign.cue is Cue.EXCEPT and sign.row.rpartition(" ")[0].endswith("..")]
    ends = [end for end in ends if picks_behind(utterance, bisect_left(utterance.starts, end)) is None]
    ends += [utterance.ends[at] for at in heads]
    source = times.from_moment.days if times.from_moment is not None else None
    gone = tuple(
        _of_source(one, source, utterance)
        for one in times.moments
        if (any(0 <= one.span.start - end <= _THAT_ONE for end in ends) or is_bracketed(one.span, signs, utterance))
        and (intent is not Intent.RESCHEDULE or one.hours is None or source is not None)
        and not (intent is Intent.RESCHEDULE and _is_aim(one, utterance, ends))
    )
    if not gone:
        return times
    behind = min(one.span.start for one in gone)
    kept = tuple(one for one in times.moments if one.span.start < behind)
    covered = (*times.covered, *(span_of(utterance, at, at + 1) for at in heads))
    return times._replace(moments=kept, excluded=gone, covered=covered)


def _is_aim(moment: Moment, utterance: Utterance, ends: Collection[int]) -> bool:
    """«move everything but lena to next week»: where the others go, and no exception."""
    place = bisect_left(utterance.starts, moment.span.start)
    front = max((end for end in ends if end <= moment.span.start), default=0)
    between = utterance.words[bisect_left(utterance.starts, front) : place]
    return len(between) > 1 and not _AIMS.isdisjoint(between[-2:])


_AIMS = frozenset(("to", "onto", "into", "until", "auf", "nach", "naar", "à", "au", "al", "para", "a", "ao", "alle"))


def exceptions(utterance: Utterance, signs: Collection[Sign]) -> list[Span]:
    """Where each exception begins: «except», «but» behind all that it limits, «but keep»; in their order."""
    found = [span_of(utterance, at - 1, at + 1) for at in kept_heads(utterance)]
    for sign in signs:
        if sign.cue is Cue.EXCEPT:
            gap, _, last = sign.row.rpartition(" ")
            start = sign.span.end - max(map(len, last.split("|"))) if gap.endswith("..") else sign.span.start
            found.append(Span(max(start, sign.span.start), sign.span.end))
    return sorted(found)


def _of_source(gone: Moment, source: Days | None, utterance: Utterance) -> Moment:
    """«move friday's to monday, but leave the one at 3»: at three on the Friday."""
    is_clock = source is not None and utterance.text[gone.span.start : gone.span.start + 1].isdecimal()
    return replace(gone, days=source) if is_clock and gone.hours is not None else gone


_THAT_ONE = 18
"""Letters between «but» and the time of a meeting: «the one on»."""


def _is_put_elsewhere(utterance: Utterance, signs: Collection[Sign]) -> bool:
    """«keep lena but make it 11»: who stays, at another time."""
    place = next((sign.span.start for sign in signs if sign.cue is Cue.PUTS), 0)
    front = utterance.words[1 : bisect_left(utterance.starts, place)] if place else ()
    is_short = 0 < len(front) <= _SHORT_NAME and front[-1] in {"but", ","}
    return is_short and "weekday" not in lexicon_for("en").words.get(front[0], ())


_SHORT_NAME = 4


def _beside_kept(found: IntentRead, utterance: Utterance, signs: Collection[Sign]) -> IntentRead:
    """«keep thursday, cancel friday», «leave thursday as is, move friday»: the act is that of what does not stay."""
    if found.intent not in _KEEPING or not utterance.words or utterance.words[0] not in entity_words().keep:
        return found
    act = Intent.RESCHEDULE if _is_put_elsewhere(utterance, signs) else act_said(utterance, signs, ())
    if act not in _ON_STANDING:
        return found
    return found._replace(intent=act, trace=(*found.trace, f"intent {act.value}: what does not stay"))


_KEEPING = frozenset((Intent.HOLD, Intent.TIME_OFF, Intent.OUT_OF_SCOPE, Intent.DENY))
_ON_STANDING = frozenset((Intent.CANCEL, Intent.RESCHEDULE))


def act_corrected(utterance: Utterance, signs: Collection[Sign], quiet: Collection[int]) -> Intent | None:
    """The act behind a correction («cancel lena, no sorry, move her to friday»); None where none is said there."""
    place = max((sign.span.end for sign in signs if sign.cue is Cue.CORRECTED and sign.span.start > 0), default=None)
    if place is None:
        return None
    words, starts = utterance.words, utterance.starts
    first = bisect_left(starts, place)
    if not any(act_at(words, at, utterance.language) for at in range(first)):
        return None
    begins = [at for at in range(first, len(words)) if not _leads(words[at], utterance.language)][:1]
    at_once = [(act[0], at, act[1]) for at in begins if (act := act_at(words, at, utterance.language)) is not None]
    acts = at_once or [one for one in clause_acts(utterance, quiet) if one[1] >= first]
    if not acts and utterance.language in _VERB_LAST:
        found = ((act_at(words, at, utterance.language), at) for at in range(first, len(words)))
        acts = [(act[0], at, act[1]) for act, at in found if act is not None]
    kinds = {act for act, _, _ in acts}
    return kinds.pop() if len(kinds) == 1 else None


def _leads(word: str, language: str) -> bool:
    """«…, actually just cancel it», «…, nein bitte …»: what may stand between a correction and the verb that holds."""
    return word in LINKS or (is_filler(word, language) and word not in _ALONE)


def two_to_two(utterance: Utterance, intent: Intent, times: Collection[Span]) -> tuple[Doubt, ...]:
    """The doubt of «move thursday's to monday and friday's to tuesday»: two meetings by their time, each to its own."""
    ordered = sorted(times, key=_begin)
    if intent is not Intent.RESCHEDULE or len(ordered) != 2 * _EACH:
        return ()
    words, starts = utterance.words, utterance.starts
    between = words[bisect_left(starts, ordered[1].end) : bisect_left(starts, ordered[2].start)]
    if verbs.links_of(utterance.language).isdisjoint(between):
        return ()
    first = next(iter(clause_acts(utterance, ())), None)
    shared = Span(0, starts[first[2]] if first is not None and first[2] < len(starts) else ordered[0].start)
    return (Doubt(kind=DoubtKind.TWO_ACTS, span=ordered[2], shared=shared),)


def _begin(span: Span) -> int:
    return span.start


def each_their_own(
    utterance: Utterance, intent: Intent, people: Collection[Span], times: Collection[Span]
) -> tuple[Doubt, ...]:
    """The doubt of one verb for two meetings («move lea to friday and omar to monday»).

    People and times stand in turns, with a link in front of the second person.
    """
    if intent not in FOR_EACH or len(people) < _EACH or len(times) < _EACH:
        return ()
    marks = sorted([*((span.start, span, True) for span in people), *((span.start, span, False) for span in times)])
    turns = [marks[0], *(one for before, one in pairwise(marks) if before[2] != one[2])]
    if [is_person for _, _, is_person in turns[:4]] != [True, False, True, False]:
        return ()
    end, begin = max(span.end for start, span, _ in marks if start < turns[2][0]), turns[2][1].start
    between = utterance.words[bisect_left(utterance.starts, end) : bisect_left(utterance.starts, begin)]
    if (verbs.links_of(utterance.language) | ORS).isdisjoint(between):
        return ()
    return (Doubt(kind=DoubtKind.TWO_ACTS, span=turns[2][1], shared=Span(0, turns[0][0])),)


def _adds(words: tuple[str, ...], act: _Act) -> bool:
    """«… and add martin»: more of the same act; «… and set up a call» is an act of its own."""
    names = vocabulary().classes.get(words[act[1]], ())
    return act[2] == act[1] + 1 and "addv" in names and "bookv" not in names


def _has_object(words: tuple[str, ...], start: int) -> bool:
    """Whether the verb is about something else than what was spoken of."""
    behind = [word for word in words[start : start + 4] if word[:1].isalnum() or "@" in word]
    is_move = start > 0 and words[start - 1] in _AGAIN
    is_alone = bool(behind) and behind[0] in _ALONE and not _is_article(behind)
    return bool(behind) and not is_alone and not (is_move and behind[0] == "to")


def _is_article(behind: list[str]) -> bool:
    """«la riunione con ana», «lo de ana», as opposed to «la a venerdì»."""
    return behind[0] in _ARTICLES and len(behind) > 1 and behind[1] not in _WHERE_TO and not behind[1].isdecimal()


_WHERE_TO = frozenset(
    (
        *("auf", "um", "am", "für", "ab", "doch", "bitte", "mal", "a", "al", "alla", "alle", "all", "per", "el", "en"),
        *("à", "au", "pour", "aussi", "para", "às", "ao", "também", "también", "anche", "auch", "por", "favor", "s'il"),
    )
)
_ARTICLES = frozenset(("das", "lo", "la", "le"))


_MOVED = (Intent.CANCEL, Intent.RESCHEDULE)
_SAME_PERSON = (("her",), ("him",), ("them",))
"""«cancel lena and move her to friday»: a move."""
_AGAIN = frozenset(("reschedule", "resched", "move"))
"""«cancel lena and reschedule to friday»: the same meeting."""
