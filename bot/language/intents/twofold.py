"""Whether a text wants two things: a second act, one verb for two meetings, somebody in the place of another.

In Chinese and Japanese no verb opens a clause, so both acts are told by the phrases that their clauses hold.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language.atoms import PEOPLE
from bot.language.cues.second import FOR_EACH, each_their_own, second_act, two_to_two
from bot.language.cues.two.own_times import says_each_again
from bot.language.cues.verbs import BESIDE_LINKS, act_at, clause_acts, links_of
from bot.language.cues.whom import in_their_place
from bot.language.entities.tokens import span_of
from bot.language.locales.phrases import languages
from bot.language.meaning import Doubt, DoubtKind, Intent, Span
from bot.language.signs import Cue
from bot.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import Sign
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_STEPS = frozenset((Cue.EARLIER, Cue.LATER))
_UNSPACED = frozenset(("ja", "zh"))
_CHANGING = (Intent.CANCEL, Intent.RESCHEDULE)
_BESIDE_A_WISH = (*_CHANGING, Intent.BOOK, Intent.FIND_SLOTS)
_PLANNING = (Intent.BOOK, Intent.HOLD)
_ACTS = (*_CHANGING, *_PLANNING)
_MORE = {"zh": ((Intent.BOOK, "约"), (Intent.BOOK, "订"), (Intent.RESCHEDULE, "改"), (Intent.RESCHEDULE, "换到"))}
"""Single signs that say an act inside of a clause that names somebody."""
_BORDERS = re.compile(r"[、，,。;；\n]|然后|然後|それから|そして|(?<=して)(?=[^\s、くもおほ欲ねよ。])")
_NOT = re.compile("不|别|別|勿|ないで|しない|せず|なくて")
_ASK_LENGTH = 400
"""Letters of a text that is looked at."""


class Told(NamedTuple):
    """What was read of a text before it is asked whether it wants two things."""

    utterance: Utterance
    signs: tuple[Sign, ...]
    quiet: Collection[int]
    times: TimesRead
    entities: EntitiesRead


def of_two(spoken: Utterance, told: Told, intent: Intent, act: Intent | None) -> tuple[Doubt, ...]:
    """The doubt of a text with two acts; `act` is the one that is to happen where another was said not to."""
    utterance, signs, entities = told.utterance, told.signs, told.entities
    if any(sign.cue is Cue.IN_PLACE for sign in signs) and (
        found := in_their_place(utterance, entities, signs, intent)
    ):
        return found
    if intent is Intent.CANCEL and act is None and (found := _one_goes_elsewhere(told)):
        return found
    if act is None and intent in _BESIDE_A_WISH and (found := _booked_in_front(told) or _verb_at_the_end(told, intent)):
        return found
    if _cancels_each(spoken, told, intent):
        return ()
    if act is None and (found := second_act(spoken, utterance, intent, signs, told.quiet, told.times)):
        return found
    if act is None and intent in _BESIDE_A_WISH and (found := _planned_behind(told)):
        return found
    if utterance.language in _UNSPACED and act is None and (found := _apart(told, intent)):
        return found
    if intent is Intent.OUT_OF_SCOPE and sum(kind in PEOPLE for kind, _ in utterance.atoms.values()) > 1:
        intent = Intent.BOOK  # «tomorrow: ana@… at 3, bo@… at 4», in words of which none says an act
    if intent is Intent.FIND_SLOTS and any(sign.cue is Cue.GOES_TO for sign in signs):
        intent = Intent.RESCHEDULE  # «kannst du ana auf freitag und bo auf 16 uhr legen»
    if intent in _LOOSE and len(entities.people) == _BOTH and len(told.times.moments) == _BOTH:
        intent = Intent.BOOK  # «ana um 12 und bo um 15 uhr»: whatever it is, it is so for each
    return _for_each(told, intent) if intent in FOR_EACH else ()


def _cancels_each(spoken: Utterance, told: Told, intent: Intent) -> bool:
    """«cancel lena⏎cancel omar»: a list of one act, and no time tells which meetings are meant."""
    times, entities = told.times, told.entities
    says_which = times.moments or times.excluded or times.recurrence or entities.event_type or entities.named_type
    if intent is not Intent.CANCEL or says_which or ";" not in spoken.words:
        return False
    acts = clause_acts(spoken, told.quiet)
    return len(acts) > 1 and {kind for kind, *_ in acts} == {Intent.CANCEL} and len(_named(told)) >= len(acts)


def _for_each(told: Told, intent: Intent) -> tuple[Doubt, ...]:
    spans, signs = _timed(told.times), told.signs
    if not told.entities.people and (doubt := two_to_two(told.utterance, intent, spans)):
        return doubt
    times = [one.span for one in told.times.moments]
    if intent is Intent.RESCHEDULE and says_each_again(told.utterance, told.entities.people_spans, times):
        return ()
    steps = [sign.span for sign in signs if sign.cue is Cue.AFTERWARDS or (sign.cue in _STEPS and sign.holds_amount)]
    return each_their_own(told.utterance, intent, _named(told), [*spans, *steps])


def _booked_in_front(told: Told) -> tuple[Doubt, ...]:
    """«call with ana@… friday at 3, and cancel bo»: whom and when stand in front of the only verb, without one of their own."""
    utterance = told.utterance
    addressed = [at for at, (kind, _) in utterance.atoms.items() if kind in PEOPLE]
    if not addressed or not any(one.hours is not None for one in told.times.moments):
        return ()
    acts = clause_acts(utterance, told.quiet)
    if len(acts) != 1 or acts[0][0] not in _CHANGING or acts[0][1] < _LEAST_IN_FRONT:
        return ()
    place = utterance.starts[acts[0][1]]
    in_front = [at for at in addressed if at < acts[0][1]]
    is_timed = any(one.hours is not None and one.span.end <= place for one in told.times.moments)
    behind = [one for one in _named(told) if one.start > place]
    if not in_front or not is_timed or not behind or len(in_front) == len(_named(told)):
        return ()
    return (Doubt(kind=DoubtKind.TWO_ACTS, span=Span(place, place + 1)),)


def _planned_behind(told: Told) -> tuple[Doubt, ...]:
    """«cancel bo and get ana in thursday at 4»: behind the act a clause that plans, with somebody and a time of its own."""
    utterance, plans = told.utterance, [sign for sign in told.signs if sign.cue is Cue.PLANS_TOO]
    acts = clause_acts(utterance, told.quiet) if plans else []
    if not acts or acts[0][0] not in _CHANGING:
        return ()
    place, named = utterance.starts[acts[0][1]], _named(told)
    for sign in plans:
        begin = _behind_links(utterance, sign.span.start)
        front = {_spelt(utterance, one) for one in named if place < one.start < begin}
        others = [one for one in named if one.start >= begin and _spelt(utterance, one) not in front]
        at = bisect_left(utterance.starts, begin)
        is_same = not _HER.isdisjoint(utterance.words[at : at + _NEAR_VERB])
        is_told = any(one.cue is Cue.MESSAGES and one.span.end > begin for one in told.signs)
        when = [*_timed(told.times), *(one.span for one in told.signs if one.cue in _THAT_TIME)]
        if place < begin and (others or is_same) and not is_told and any(span.start >= begin for span in when):
            return (Doubt(kind=DoubtKind.TWO_ACTS, span=Span(begin, begin + 1)),)
    return ()


_HER = frozenset(("her", "him", "them", "sie", "ihn", "la", "le", "lo", "lei", "lui", "ela", "ele", "haar", "hem"))
"""«cancel bo and see her friday at 9 instead»: the same person at another time."""
_NEAR_VERB = 3
_THAT_TIME = frozenset((Cue.INSTEAD, Cue.IN_PLACE))
"""«…, i want to see ana instead», «… and give the slot to ana»: at the time that gets free."""


def _behind_links(utterance: Utterance, place: int) -> int:
    """Where the clause begins whose link stands there."""
    words, links = utterance.words, links_of(utterance.language) | BESIDE_LINKS
    at = next(at for at, start in enumerate(utterance.starts) if start >= place)
    return utterance.starts[next((index for index in range(at, len(words)) if words[index] not in links), at)]


def _spelt(utterance: Utterance, span: Span) -> str:
    return utterance.text[span.start : span.end].casefold()


def _verb_at_the_end(told: Told, intent: Intent) -> tuple[Doubt, ...]:
    """«schieb ana auf 16 uhr und bo absagen»: behind an «and» somebody else, with another verb at the end.

    Behind a full stop in any language («reserva … el viernes. bo cancelar»), and whatever is done in front.
    """
    utterance = told.utterance
    words, language = utterance.words, utterance.language
    if language in _VERB_FIRST or intent not in _ACTS or any(one.cue is Cue.STAYS for one in told.signs):
        return ()
    planned = [(kind, at) for kind, at, _ in clause_acts(utterance, told.quiet) if kind in _PLANNING][:1]
    acts = [(act[0], at) for at in range(len(words)) if (act := act_at(words, at, language)) is not None]
    acts = [*planned, *(one for one in acts if one[0] in _CHANGING and one[1] not in told.quiet)]
    if len({kind for kind, _ in acts}) != _BOTH:
        return ()
    last = acts[-1][1]
    links = _ANDS if language in _VERB_LAST else _STOPS
    link = max(
        (at for at in range(acts[0][1], last) if words[at] in links and not _is_dot_of_date(words, at)), default=0
    )
    border = utterance.starts[link]
    named = _named(told)
    is_both = any(one.start < border for one in named) and any(border < one.start for one in named)
    is_parted = link > 0 and is_both and all(at < link for kind, at in acts if kind is not acts[-1][0])
    return (
        (Doubt(kind=DoubtKind.TWO_ACTS, span=Span(utterance.starts[link + 1], utterance.ends[link + 1])),)
        if is_parted
        else ()
    )


def _is_dot_of_date(words: tuple[str, ...], at: int) -> bool:
    """Whether a mark belongs to a day of the month («am 12. um 10»)."""
    return words[at] == "." and words[at - 1].isdecimal()


_VERB_LAST = frozenset(("de", "nl"))
_VERB_FIRST = frozenset(("en", *_UNSPACED))
_STOPS = frozenset((".", ";", "\n"))
_ANDS = frozenset(("und", "en", ",", *_STOPS))
_BOTH = 2
_LOOSE = frozenset((Intent.FIND_SLOTS, Intent.OUT_OF_SCOPE))
_LEAST_IN_FRONT = 4
"""Words of a wish in front of a verb: with whom, and a time."""


def _one_goes_elsewhere(told: Told) -> tuple[Doubt, ...]:
    """«lena auf freitag 9 uhr und kim absagen»: one is to be at a time, and the verb at the end is of the other."""
    goes = next((sign.span for sign in told.signs if sign.cue is Cue.GOES_TO), None)
    ends = [one.span.end for one in told.times.moments if goes is not None and one.span.start >= goes.start]
    behind = next((one for one in _named(told) if ends and one.start >= ends[0]), None)
    return (Doubt(kind=DoubtKind.TWO_ACTS, span=behind),) if behind is not None else ()


def _timed(times: TimesRead) -> list[Span]:
    return [one.span for one in (times.from_moment, *times.moments) if one is not None]


def _named(told: Told) -> tuple[Span, ...]:
    utterance = told.utterance
    atoms = (span_of(utterance, at, at + 1) for at, (kind, _) in utterance.atoms.items() if kind in PEOPLE)
    return (*told.entities.people_spans, *atoms)


class _Clause(NamedTuple):
    start: int
    end: int
    act: Intent | None
    verb: int
    """Where the verb begins; the end of the clause where there is none."""
    people: frozenset[str]
    is_timed: bool


def _apart(told: Told, intent: Intent) -> tuple[Doubt, ...]:
    """«取消kim的会，把sam改到周二», «kimを月曜に、samを火曜に変更して»: two people, each with an act or a time."""
    named = _named(told)
    if intent not in _ACTS or len(named) < 2:
        return ()
    clauses = [one for one in _clauses(told, named) if one.people]
    for front, behind in pairwise(clauses):
        if behind.act is None or front.people & behind.people:
            continue
        if front.act is not None and front.act is not behind.act:
            return (Doubt(kind=DoubtKind.TWO_ACTS, span=Span(behind.start, behind.end)),)
        is_own_time = front.is_timed and behind.is_timed and behind.act is not Intent.CANCEL
        if is_own_time and front.act is behind.act:
            return (Doubt(kind=DoubtKind.TWO_ACTS, span=Span(behind.start, behind.end)),)
        if is_own_time and front.act is None:
            shared = Span(behind.verb, len(told.utterance.text))
            return (Doubt(kind=DoubtKind.TWO_ACTS, span=Span(behind.start, behind.end), shared=shared),)
    return ()


def _clauses(told: Told, named: Collection[Span]) -> Iterator[_Clause]:
    text, language = told.utterance.text[:_ASK_LENGTH], told.utterance.language
    times = _timed(told.times)
    start = 0
    for end, after in (*((mark.start(), mark.end()) for mark in _BORDERS.finditer(text)), (len(text), len(text))):
        if end > start:
            act, verb = _act_in(text[start:end], language)
            people = frozenset(text[one.start : one.end].casefold() for one in named if start <= one.start < end)
            is_timed = any(start <= one.start < end for one in times)
            yield _Clause(start, end, act, start + verb, people, is_timed)
        start = after


def _act_in(clause: str, language: str) -> tuple[Intent | None, int]:
    """The act whose longest phrase stands in the clause, and where; none where it is said not to happen."""
    found = [(len(phrase), act, at) for act, phrase in _phrases(language) if (at := clause.find(phrase)) >= 0]
    if not found or _NOT.search(clause):
        return None, len(clause)
    _, act, at = max(found, key=_size)
    return act, at


def _size(found: tuple[int, Intent, int]) -> int:
    return found[0]


@cache
def _phrases(language: str) -> tuple[tuple[Intent, str], ...]:
    """The phrases that say an act without a space in them."""
    phrases = next(one for one in languages() if one.language == language)
    single = (
        (intent, "".join(pieces[0]))
        for intent, choices in phrases.intents
        if intent in _ACTS
        for pieces in choices
        if len(pieces) == 1
    )
    return (*single, *_MORE.get(language, ()))
