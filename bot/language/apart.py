"""What counts, and what is told beside it: the utterance split into the wish and its asides, with the times of the wish.

    tokens ─ asides, namesakes ─→ parts that are certain ─ hidden ─→ times
                                  parts that may be      ─ weighed against the rest ─→ hidden too, trimmed, or left

A hidden token stays in its place, as an atom that no reader looks into: indices and spans are those of the whole text.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.language.clocks import read_their_hours
from bot.language.cues.verbs import act_at
from bot.language.entities.aside_words import Aside, Beside, Sway
from bot.language.entities.asides import read_asides
from bot.language.entities.people.namesakes import read_namesakes
from bot.language.entities.tokens import tokens_in
from bot.language.entities.types import titles_of, whole_title
from bot.language.facts import (
    at_its_clock,
    beside_clock,
    beside_told,
    facts_alone,
    is_told,
    on_told_days,
    read_facts,
    told_in,
    without_told,
)
from bot.language.locales.detect import find_language
from bot.language.locales.lent_days import with_days_told
from bot.language.locales.translation import in_english
from bot.language.meaning import Certainty, Intent, Reference, Span, Under
from bot.language.moods import told_beside
from bot.language.normalise import HIDDEN, normalise
from bot.language.sketch import vocabulary
from bot.language.times.moments import TimesRead, read_moments
from bot.scheduling.replacing import replace
from bot.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.language.clocks import TheirHours
    from bot.language.entities.types import Title
    from bot.language.facts import Fact, Told
    from bot.language.meaning import Moment
    from bot.language.normalise import Utterance
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_ONLY_TIMES = frozenset((Beside.AMOUNT, Beside.NAME, Beside.TYPE, Beside.FACT))
"""Hidden from the reader of times alone."""
_ATOMS = {Beside.QUOTED: "quoted", Beside.TOLD: "quoted", Beside.FACT: "fact"}
"""The kind of atom that hides a token; the others are asides."""
_WHOLLY = frozenset((Beside.QUOTED, Beside.TOLD))
"""Hidden with the addresses and mentions in it."""
_BRIDGES = frozenset(
    ("on", "at", "for", "from", "by", "the", ",", "um", "am", "el", "la", "las", "a", "à", "le", "alle", "às")
)
"""Words that lead to a time at the end of a topic and belong to it."""


_MOST_WEIGHED = 120
"""Words of a text whose parts are weighed against one another, which reads its times again; a longer one is no wish."""


class Apart(NamedTuple):
    """The wish without what is told beside it, and its times."""

    wish: Utterance
    told: Utterance
    """The same in English, for the readers of times."""
    times: TimesRead
    asides: tuple[Aside, ...] = ()
    gone: tuple[Moment, ...] = ()
    """When nobody is to be met, as facts beside the wish tell it."""
    is_alone: bool = False
    """Whether nothing else is said."""
    theirs: TheirHours | None = None
    """When somebody else works, where that is told beside it."""
    names_absent: bool = False
    """Whether one of them tells of somebody by name who is not there: a meeting with them may have to move."""
    facts: Utterance | None = None
    """The text in English, where facts are all that is said: «wednesday at 9 is better»."""

    def span(self, aside: Aside) -> Span:
        """Where an aside stands."""
        return Span(self.wish.starts[aside.start], self.wish.ends[aside.end - 1])

    def spans(self, *kinds: Beside) -> tuple[Span, ...]:
        """Where asides of these kinds stand."""
        return tuple(self.span(aside) for aside in self.asides if aside.kind in kinds)


def set_apart(utterance: Utterance, reference: Reference) -> Apart:
    """The wish and its times, with everything that stands beside it hidden."""
    theirs = read_their_hours(utterance, reference)
    clause = (Aside(Beside.FACT, theirs.start, theirs.end),) if theirs is not None else ()
    told = (*clause, *told_beside(hidden(utterance, clause), reference))
    if not told:
        return _beside_told(utterance, reference)
    apart = _beside_told(hidden(utterance, told), reference)
    return apart._replace(theirs=theirs, asides=tuple(sorted((*apart.asides, *told), key=_place)))


def _beside_told(utterance: Utterance, reference: Reference) -> Apart:
    if reference.under is not Under.NOTHING and (facts := facts_alone(utterance, reference)):
        return _facts_alone(utterance, reference, facts) or _set_apart(utterance, reference)
    facts = read_facts(utterance, reference.language)
    return _beside_facts(utterance, reference, facts) if facts else _set_apart(utterance, reference)


def _facts_alone(utterance: Utterance, reference: Reference, facts: Sequence[Fact]) -> Apart | None:
    """«i'm at the dentist thursday», said below times that were offered: they keep clear of it, and nothing else is said."""
    language = find_language(utterance, reference.language)
    told = told_in(utterance, facts, reference, language, is_alone=True)
    gone = tuple(moment for one in told for moment in one.gone)
    times = on_told_days(told, TimesRead())
    if len(told) < len(facts) or not (gone or times.moments):
        return None
    wish = hidden(utterance, [Aside(Beside.FACT, one.fact.start, one.fact.end) for one in told]).in_language(language)
    asides = tuple(Aside(Beside.FACT, one.fact.start, one.fact.end) for one in told)
    spelled = in_english(utterance, reference.language) if times.moments else None
    return Apart(wish, wish.in_language("en"), times, asides, gone=gone, is_alone=True, facts=spelled)


def _beside_facts(utterance: Utterance, reference: Reference, facts: Sequence[Fact]) -> Apart:
    """The wish without the facts that are told beside it; its times keep clear of theirs."""
    language = find_language(utterance, reference.language)
    told = told_in(utterance, facts, reference, language)
    if not told:
        return _set_apart(utterance, reference)
    known = replace(reference, language=language)
    asides, silent, apart = _without(utterance, known, told)
    if len(counted := beside_clock(told, apart.times)) < len(told):
        told = counted
        asides, silent, apart = _without(utterance, known, told)
    if not (told and is_told(told, apart.times)):
        return _set_apart(utterance, reference)
    today = reference.now.astimezone(reference.zone).date()
    pointed = beside_told(utterance, told, apart.times, language, today)
    times = apart.times
    if pointed is not None:
        asides.append(Aside(Beside.FACT, pointed.start, pointed.end))
        silent.append(asides[-1])
        apart = _set_apart(hidden(utterance, asides), known, silent)
        times = at_its_clock(pointed, apart.times)
    times = on_told_days(told, times, moves=_moves(apart.wish))
    gone = without_told([one for each in told for one in each.gone], times, today)
    return apart._replace(
        times=times,
        asides=tuple(sorted((*apart.asides, *asides), key=_place)),
        gone=gone,
        names_absent=any(one.gone and one.fact.hidden > one.fact.start for one in told),
    )


def _moves(wish: Utterance) -> bool:
    """Whether a verb of moving stands in the wish."""
    acts = (act_at(wish.words, at, wish.language) for at in range(len(wish.words)))
    return any(act is not None and act[0] is Intent.RESCHEDULE for act in acts)


def _without(
    utterance: Utterance, reference: Reference, told: Sequence[Told]
) -> tuple[list[Aside], list[Aside], Apart]:
    """What is hidden of the facts, all that they stand on, and the wish without them."""
    asides = [Aside(Beside.FACT, one.fact.hidden, one.fact.end) for one in told]
    silent = [Aside(Beside.FACT, one.fact.start, one.fact.end) for one in told]
    return asides, silent, _set_apart(hidden(utterance, asides), reference, silent)


def _set_apart(utterance: Utterance, reference: Reference, silent: Sequence[Aside] = ()) -> Apart:
    found = (
        *read_asides(utterance, reference.event_types),
        *read_namesakes(utterance, reference),
        *_names_of_types(utterance, reference),
    )
    if not found:
        told = in_english(hidden(utterance, silent), reference.language)
        return Apart(_as_told(utterance, told), told, read_moments(told, reference))
    sure = [*silent, *(aside for aside in found if aside.sway is Sway.ALWAYS)]
    told = in_english(hidden(utterance, sure), reference.language)
    times = read_moments(told, reference)
    if len(sure) < len(found) + len(silent) and len(utterance.words) <= _MOST_WEIGHED:
        weak = [aside for aside in found if aside.sway is not Sway.ALWAYS]
        kept = _weighed(utterance, reference, times, sure, weak)
        if any(_overlaps(utterance, aside, times.covered) or _speaks_of_moving(utterance, aside) for aside in kept):
            told = in_english(hidden(utterance, [*sure, *kept]), reference.language)
            times = read_moments(told, reference)
        sure += kept
    wish = hidden(utterance, [aside for aside in sure if aside.kind not in _ONLY_TIMES])
    asides = tuple(sorted((aside for aside in sure if aside not in silent), key=_place))
    return Apart(wish=_as_told(wish, told), told=told, times=times, asides=asides)


def _as_told(wish: Utterance, told: Utterance) -> Utterance:
    """The wish in the language that was found, and in English with the days of others told in it."""
    if told.language == "en":
        wish = with_days_told(wish)
    return wish if told.language == wish.language else wish.in_language(told.language)


def _names_of_types(utterance: Utterance, reference: Reference) -> list[Aside]:
    """«weekly coaching», where a type is called so: its name repeats nothing by itself."""
    found: list[Aside] = []
    for title in _repeating_titles(reference.event_types, utterance.language) if reference.event_types else ():
        if title.words[0] in utterance.words and (span := whole_title(utterance, title)) is not None:
            tokens = tokens_in((span,), utterance)
            found.append(Aside(Beside.TYPE, min(tokens), max(tokens) + 1))
    return found


@lru_cache(maxsize=256)
def _repeating_titles(event_types: tuple[str, ...], language: str) -> tuple[Title, ...]:
    """Titles of several words that would be read as a repetition."""
    several = [title for title in titles_of(event_types) if len(title.words) > 1 and title.telling]
    return tuple(title for title in several if _repeats(title.title, language))


def _repeats(title: str, language: str) -> bool:
    told = in_english(normalise(title), language)
    return read_moments(told, Reference(now=_SOME_DAY, zone=ZoneInfo("UTC"))).recurrence is not None


def _place(aside: Aside) -> int:
    return aside.start


def hidden(utterance: Utterance, asides: Sequence[Aside]) -> Utterance:
    """The utterance with the tokens of these asides hidden; addresses and mentions stay, except in what is quoted."""
    if not asides:
        return utterance
    words, atoms = list(utterance.words), dict(utterance.atoms)
    for aside in asides:
        for index in range(aside.start, aside.end):
            if index not in atoms or aside.kind in _WHOLLY:
                words[index] = HIDDEN
                atoms[index] = (_ATOMS.get(aside.kind, "aside"), "")
    return utterance.with_words(tuple(words), atoms)


def _weighed(
    utterance: Utterance, reference: Reference, times: TimesRead, sure: list[Aside], weak: list[Aside]
) -> list[Aside]:
    """Those of the weak asides that hold, some without the time at their end."""
    if not any(_overlaps(utterance, aside, times.covered) for aside in weak):
        rest = times
    else:
        rest = read_moments(in_english(hidden(utterance, [*sure, *weak]), reference.language), reference)
    moments = rest.moments or ((rest.from_moment,) if rest.from_moment else ())
    has_day = any(moment.exact or _is_known(moment) for moment in moments)
    is_whole = any(moment.exact or (_is_known(moment) and moment.hours) for moment in moments)
    is_timed = bool(moments or rest.recurrence)
    kept: list[Aside] = []
    for aside in weak:
        match aside.sway:
            case Sway.TRIMMED:
                trimmed = aside if is_whole else _trimmed(utterance, aside, times.covered)
                kept += [trimmed] if trimmed.start < trimmed.end else []
            case Sway.IF_TIMED:
                kept += [aside] if is_timed else []
            case Sway.IF_DAYED:
                kept += [aside] if has_day else []
            case Sway.IF_COMPLETE:
                kept += [aside] if is_whole else []
    return kept


def _speaks_of_moving(utterance: Utterance, aside: Aside) -> bool:
    """Whether a verb of moving stands in it: times beside one are read as where something goes from."""
    known = vocabulary().classes
    return any("movev" in known.get(word, ()) for word in utterance.words[aside.start : aside.end])


def _is_known(moment: Moment) -> bool:
    return moment.days is not None and moment.days.certainty is Certainty.KNOWN


def _overlaps(utterance: Utterance, aside: Aside, spans: Iterable[Span]) -> bool:
    start, end = utterance.starts[aside.start], utterance.ends[aside.end - 1]
    return any(span.start < end and start < span.end for span in spans)


def _trimmed(utterance: Utterance, aside: Aside, covered: Sequence[Span]) -> Aside:
    """The aside without the times that it ends with: «about pricing | friday 2pm»."""
    end = aside.end
    spans = [span for span in covered if span.end > utterance.starts[aside.start]]
    while end > aside.start:
        word = utterance.words[end - 1]
        place = utterance.starts[end - 1]
        if word in _BRIDGES and end < aside.end:
            end -= 1
            continue
        if not any(span.start <= place < span.end for span in spans):
            break
        end -= 1
    return aside._replace(end=end)
