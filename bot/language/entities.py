"""People, places, event types, topics and other entities of an utterance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.language.people import read_people

if TYPE_CHECKING:
    from bot.language.meaning import Keep, PlaceWish, Reference, Span
    from bot.language.moments import TimesRead
    from bot.language.normalise import Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitiesRead:
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
    count: int | None = None
    keeps: frozenset[Keep] = field(default_factory=frozenset)
    is_negated: bool = False
    details: tuple[tuple[str, str], ...] = ()
    people_spans: tuple[Span, ...] = ()
    covered: tuple[Span, ...] = ()
    trace: tuple[str, ...] = ()


def read_entities(utterance: Utterance, reference: Reference, times: TimesRead) -> EntitiesRead:
    """Everything but times and the intent."""
    atoms = tuple(utterance.atoms.values())
    barred = frozenset(i for i, s in enumerate(utterance.starts) for c in times.covered if c.start <= s < c.end)
    people = read_people(utterance, reference, barred)
    return EntitiesRead(
        people=people.names,
        people_spans=people.spans,
        emails=tuple(value for kind, value in atoms if kind == "email"),
        mentions=tuple(value for kind, value in atoms if kind == "mention"),
    )
