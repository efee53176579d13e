"""People, places, event types, topics and other entities of an utterance: who reads what, in which order.

A reader never stands on what an earlier one has taken: quotations and times bar names, names bar places, and so on. The readers
themselves are in `people.py` and `entities_*.py`, one file a family.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.aside_words import Beside
from bot.language.entities.details import read_details
from bot.language.entities.people.reading import given_first, read_people
from bot.language.entities.pick import is_negated, read_choice, read_count, read_several
from bot.language.entities.place import read_place
from bot.language.entities.said.keeping import read_keeps
from bot.language.entities.tokens import opening, span_of, tokens_in, written
from bot.language.entities.topic import Said, quoted_in, read_kind, read_reason, read_topic, topic_beside
from bot.language.entities.types import read_event_type
from bot.language.meaning import Doubt, DoubtKind, Sign, Span
from bot.language.signs import Cue
from bot.values import NamedTuple, quick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.language.entities.aside_words import Aside
    from bot.language.meaning import Keep, PlaceWish, Reference
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_MUST_BE_MORE = 3
"""A topic of one or two signs is a slip of the pen."""


@quick
class EntitiesRead(NamedTuple):
    """What was read beside times. `covered` are the spans that any of it stood on."""

    people: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    event_type: str | None = None
    named_type: str = ""
    place: PlaceWish | None = None
    topic: str = ""
    reason: str = ""
    choice: int | None = None
    choice_span: Span | None = None
    how_many: int | None = None
    several: int | None = None
    keeps: frozenset[Keep] = frozenset()
    is_negated: bool = False
    details: tuple[tuple[str, str], ...] = ()
    addressed: tuple[tuple[str, str], ...] = ()
    signs: tuple[Sign, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    people_spans: tuple[Span, ...] = ()
    type_span: Span | None = None
    """Where the event type or the kind of meeting was named."""
    covered: tuple[Span, ...] = ()
    trace: tuple[str, ...] = ()


def read_entities(
    utterance: Utterance, reference: Reference, times: TimesRead, asides: Sequence[Aside] = ()
) -> EntitiesRead:
    """Everything but times and the intent. What the asides stand on is hidden in the utterance already."""
    if not utterance.words:
        return EntitiesRead()
    whole, utterance = utterance, opening(utterance)
    timed = tokens_in(times.covered, utterance) if times.covered else set()
    quoted = tuple(said for said in quoted_in(utterance, reference.event_types) if not _is_hidden(utterance, said.span))
    quiet = timed | tokens_in((said.span for said in quoted), utterance) if quoted else timed
    details, detailed = read_details(utterance, timed, quoted)
    named = {aside.start: aside.end for aside in asides if aside.kind is Beside.NAME}
    people = read_people(utterance, reference, quiet | tokens_in(detailed, utterance) if detailed else quiet, named)
    taken = (
        quiet.union(tokens_in(people.spans, utterance), utterance.atoms) if people.spans or utterance.atoms else quiet
    )
    place = read_place(utterance, taken)
    if place and place.span:
        taken = taken | tokens_in((place.span,), utterance)
    kind = read_kind(utterance, taken)
    typed = read_event_type(utterance, reference, taken)
    barred = taken | tokens_in((typed.span,), utterance) if typed and typed.span else taken
    topic = (topic_beside(whole, asides) if asides else None) or read_topic(utterance, barred, quoted)
    reason = read_reason(utterance) or (_reason_beside(whole, asides) if asides else None)
    picked = read_choice(utterance, reference, timed)
    count = read_count(utterance)
    several = read_several(utterance, timed)
    if picked is not None and several is not None and picked.span is not None and _holds(several[1], picked.span):
        picked = None  # «die letzten zwei» are two
    keeps, kept = read_keeps(utterance)
    said = [one.span for one in (place, kind, typed, topic, reason, picked) if one is not None and one.span]
    counted = [one[1] for one in (count, several) if one is not None]
    spans = (*said, *counted, *people.spans, *people.group_spans, *kept, *detailed)
    return EntitiesRead(
        people=people.names,
        emails=_atoms(whole, "email"),
        mentions=_atoms(whole, "mention"),
        event_type=typed.title if typed else None,
        named_type=kind.text if kind else "",
        place=place,
        topic=topic.text if topic and len(topic.text) >= _MUST_BE_MORE else "",
        reason=reason.text if reason else "",
        choice=picked.choice if picked else None,
        choice_span=picked.span if picked else None,
        how_many=count[0] if count else None,
        several=several[0] if several else None,
        keeps=keeps,
        is_negated=is_negated(utterance),
        addressed=_addressed(whole, asides) if asides else (),
        details=(*details, *_rooms(utterance), *(("group", group) for group in (*people.groups, *_groups(utterance)))),
        signs=_quotations(whole, asides) if asides else (),
        doubts=_broken(whole) if whole.atoms else (),
        people_spans=people.spans,
        type_span=typed.span if typed else kind.span if kind else None,
        covered=spans if not utterance.atoms else (*spans, *_atom_spans(utterance)),
        trace=_trace(typed and typed.title, topic and topic.text, picked and picked.choice),
    )


def _reason_beside(utterance: Utterance, asides: Sequence[Aside]) -> Said | None:
    """«cancel lena, she is on leave until friday»: somebody else's day, told as why."""
    found = next((aside for aside in asides if aside.kind is Beside.REASON), None)
    if found is None:
        return None
    return Said(written(utterance, found.start, found.end), span_of(utterance, found.start, found.end))


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _is_hidden(utterance: Utterance, span: Span) -> bool:
    """Whether a part stands in somebody else's words."""
    return {utterance.atoms.get(index, ("",))[0] for index in tokens_in((span,), utterance)} == {"quoted"}


_ALL = frozenset(("channel", "here", "everyone"))


def _rooms(utterance: Utterance) -> tuple[tuple[str, str], ...]:
    """The channels mentioned, by the surface's own ids."""
    return tuple(("channel", value) for kind, value in utterance.atoms.values() if kind == "channel")


def _groups(utterance: Utterance) -> tuple[str, ...]:
    """The user groups mentioned; «@here» and the like name nobody."""
    if not utterance.atoms:
        return ()
    return tuple(value for kind, value in utterance.atoms.values() if kind == "group" and value not in _ALL)


def _addressed(utterance: Utterance, asides: Sequence[Aside]) -> tuple[tuple[str, str], ...]:
    """Addresses with the names that stand in front of them: «Dana Ort <dana@acme.io>»."""
    atoms = utterance.atoms
    return tuple(
        (atoms[aside.end + 1][1], given_first(written(utterance, aside.start, aside.end)))
        for aside in asides
        if aside.kind is Beside.NAME and atoms.get(aside.end + 1, ("",))[0] == "email"
    )


def _quotations(utterance: Utterance, asides: Sequence[Aside]) -> tuple[Sign, ...]:
    """Where somebody else's words stand."""
    quoted = (aside for aside in asides if aside.kind in (Beside.QUOTED, Beside.TITLE))
    return tuple(
        Sign(
            cue=Cue.QUOTED,
            span=Span(utterance.starts[aside.start], utterance.ends[aside.end - 1]),
            row="quoting" if aside.kind is Beside.QUOTED else "quotation marks",
        )
        for aside in quoted
    )


def _broken(utterance: Utterance) -> tuple[Doubt, ...]:
    """Where something is meant as a mail address, and is none."""
    return tuple(
        Doubt(kind=DoubtKind.BROKEN_ADDRESS, span=span_of(utterance, index, index + 1))
        for index, (kind, _) in utterance.atoms.items()
        if kind == "broken"
    )


def _atoms(utterance: Utterance, wanted: str) -> tuple[str, ...]:
    if not utterance.atoms:
        return ()
    return tuple(dict.fromkeys(value for kind, value in utterance.atoms.values() if kind == wanted))


def _atom_spans(utterance: Utterance) -> tuple[Span, ...]:
    return tuple(Span(utterance.starts[index], utterance.ends[index]) for index in utterance.atoms)


def _trace(title: str | None, topic: str | None, choice: int | None) -> tuple[str, ...]:
    if not (title or topic or choice):
        return ()
    lines = (("event type", title), ("topic", topic), ("choice", choice))
    return tuple(f"{name}: {value}" for name, value in lines if value)
