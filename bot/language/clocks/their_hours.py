"""When somebody else works, told beside a wish: «she works 8 to 12 in new york», «dana only starts at 10 her time».

Such a clause bounds the times that are wanted and is none of them. Its words stand in `words/their_hours.toml`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.language.entities.people.lists import name_lists
from bot.language.locales.translation import in_english
from bot.language.meaning import ClockSaid, Intent, Open, Sign, Span
from bot.language.normalise import normalise
from bot.language.signs import Cue
from bot.language.times.moments import read_moments
from bot.language.times.places import named_places
from bot.language.triggers import trigger
from bot.language.wordfiles import word_tables
from bot.scheduling.replacing import replace
from bot.values import NamedTuple, dataclass

if TYPE_CHECKING:
    from bot.language.meaning import Hours, Moment, Reference, Understanding
    from bot.language.normalise import Utterance

_BOUNDED = frozenset(
    (Intent.FIND_SLOTS, Intent.BOOK, Intent.HOLD, Intent.RESCHEDULE, Intent.REFINE, Intent.OUT_OF_SCOPE)
)
_LEAST = 3
"""Words of a wish beside it."""


class TheirHours(NamedTuple):
    """The clause, in tokens, and the hours that it tells."""

    start: int
    end: int
    hours: Moment
    is_their_clock: bool


@dataclass(frozen=True, slots=True)
class _Words:
    who: frozenset[str]
    adverbs: frozenset[str]
    works: frozenset[str]
    starts: frozenset[str]
    ends: frozenset[str]
    borders: frozenset[str]


@cache
def _words() -> _Words:
    tables = word_tables("their_hours")
    return _Words(**{name: frozenset(tables[name]["words"].split()) for name in _Words.__slots__})


_VERB = trigger(lambda word: word in _words().works | _words().starts | _words().ends)
_WITH = frozenset(("with", "mit", "con", "avec", "met", "com"))
_THEIRS = frozenset(
    (
        *("her", "his", "their", "ihrer", "seiner", "ihre", "seine", "su", "suya", "son", "leur", "sua", "suo", "loro"),
        *("haar", "zijn", "hun", "dela", "dele", "deles", "ortszeit"),
    )
)


def read_their_hours(utterance: Utterance, reference: Reference) -> TheirHours | None:
    """The clause that tells somebody else's hours, where something else is said beside it."""
    for verb in utterance.where(_VERB):
        start = _start(utterance, verb)
        if start is None:
            continue
        end = _end(utterance, verb)
        said = utterance.text[utterance.starts[verb + 1] : utterance.ends[end - 1]] if end > verb + 1 else ""
        hours = _hours(utterance.words[verb], said, reference)
        if hours is not None and len(utterance.words) - (end - start) >= _LEAST:
            return TheirHours(start, end, hours, _is_theirs(said, hours))
    return None


def _start(utterance: Utterance, verb: int) -> int | None:
    """Where the clause begins that somebody stands in front of: behind a name, at «she»; None where nobody does."""
    at, words, known = verb - 1, utterance.words, _words()
    while at >= 0 and words[at] in known.adverbs:
        at -= 1
    if at < 0:
        return None
    if words[at] in known.who:
        return at
    is_met = any(words[one] == words[at] and words[one - 1] in _WITH for one in range(1, len(words)))
    return at + 1 if at in utterance.atoms or name_lists().is_first(words[at]) or is_met else None


def _end(utterance: Utterance, verb: int) -> int:
    words, borders = utterance.words, _words().borders
    return next(
        (at for at in range(verb + 1, len(words)) if words[at] in borders and not _is_tied(utterance, at)), len(words)
    )


def _is_tied(utterance: Utterance, at: int) -> bool:
    """«8-12», «10:30», «10.30», «8 a.m.»: no border between clauses."""
    return at + 1 < len(utterance.words) and utterance.is_glued(at + 1)


def _hours(verb: str, said: str, reference: Reference) -> Moment | None:
    """The hours behind the verb; None where none are told, or days with them."""
    is_range = verb in _words().works
    told = normalise(f"from {said}" if is_range and said[:1].isdecimal() else said)
    times = read_moments(in_english(told, reference.language), reference)
    moment = times.moments[0] if len(times.moments) == 1 else None
    if moment is None or moment.hours is None or moment.says_day or times.recurrence is not None:
        return None
    zone = moment.zone or next((zone for zone, _ in named_places(told)), None)
    bounded = _bounded(verb, moment.hours)
    return replace(moment, days=None, zone=zone, hours=bounded[0], open=bounded[1]) if bounded is not None else None


def _bounded(verb: str, hours: Hours) -> tuple[Hours, Open | None] | None:
    """The hours as the verb means them: both ends, from one on, or until one."""
    if verb in _words().works:
        return (hours, None) if hours.start is not None and hours.end is not None else None
    if hours.start is None or hours.end is not None:
        return None
    if verb in _words().starts:
        return hours, Open.AFTER
    return replace(hours, start=None, end=hours.start), Open.BEFORE


def _is_theirs(said: str, hours: Moment) -> bool:
    return hours.zone is None and not _THEIRS.isdisjoint(said.casefold().split())


def within_their_hours(read: Understanding, told: TheirHours | None) -> Understanding:
    """The wish for times within those hours: on the days that it names, unless it names clocks itself."""
    if told is None or read.intent not in _BOUNDED or any(one.hours is not None for one in read.moments):
        return read
    hours = told.hours
    moments = tuple(
        replace(one, hours=hours.hours, open=hours.open, zone=hours.zone, grain=hours.grain) for one in read.moments
    )
    read = replace(read, moments=moments or (hours,), zone=hours.zone or read.zone)
    if hours.zone:
        return replace(read, there=None)
    if told.is_their_clock:
        sign = Sign(cue=Cue.THEIR_CLOCK, span=Span(0, 0))
        return replace(read, cues=(*read.cues, sign))
    return replace(read, clock=ClockSaid(is_open=True))
