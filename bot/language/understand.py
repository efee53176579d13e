"""The whole reading in one function: normalise → times → entities → intent → what nobody read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.language.entities.reading import read_entities
from bot.language.intents.finding import find_intent
from bot.language.lexicon import lexicon_for
from bot.language.locales.last import read_last
from bot.language.locales.phrasebook import phrasebook
from bot.language.locales.translation import in_english
from bot.language.meaning import Reference, Span, Understanding
from bot.language.normalise import Utterance, normalise
from bot.language.times.moments import read_moments

if TYPE_CHECKING:
    from collections.abc import Iterable


def understand(text: str, reference: Reference) -> Understanding:
    """What the text says, read against the reference. Pure; never raises on any text."""
    utterance = normalise(text)
    told = in_english(utterance, reference.language)
    if told.language != utterance.language:
        utterance = replace(utterance, language=told.language)
    times = read_moments(told, reference)
    if (last := read_last(utterance, reference)) is not None:
        times = replace(times, moments=(last,), covered=(*times.covered, last.span), trace=(*times.trace, last.rule))
    entities = read_entities(utterance, reference, times)
    found = find_intent(utterance, reference, times, entities)
    return Understanding(
        text=utterance.text,
        intent=found.intent,
        moments=times.moments,
        from_moment=times.from_moment,
        excluded=times.excluded,
        recurrence=times.recurrence,
        length=times.length,
        people=entities.people,
        emails=entities.emails,
        mentions=entities.mentions,
        event_type=entities.event_type,
        named_type=entities.named_type,
        place=entities.place,
        topic=entities.topic,
        reason=entities.reason,
        zone=times.zone,
        zones=times.zones,
        doubts=times.doubts,
        choice=entities.choice,
        count=entities.count,
        keeps=entities.keeps,
        is_negated=entities.is_negated,
        details=entities.details,
        language=utterance.language,
        score=found.score,
        rivals=found.rivals,
        unread=unread_spans(utterance, (*times.covered, *entities.covered, *found.covered)),
        trace=(*times.trace, *entities.trace, *found.trace),
    )


def unread_spans(utterance: Utterance, covered: Iterable[Span]) -> tuple[Span, ...]:
    """Runs of words that no reader stood on and that are no filler, in order."""
    words = lexicon_for(utterance.language).words
    fillers = phrasebook(utterance.language).words if utterance.language != "en" else frozenset[str]()
    spans = sorted(covered)
    found: list[Span] = []
    place = 0
    is_running = False
    for index, (start, end) in enumerate(zip(utterance.starts, utterance.ends, strict=True)):
        while place < len(spans) and spans[place].end <= start:
            place += 1
        word = utterance.words[index]
        is_read = place < len(spans) and spans[place].start < end
        if (
            is_read
            or not (word[:1].isalnum() or index in utterance.atoms)
            or "filler" in words.get(word, ())
            or word in fillers
        ):
            is_running = is_running and not is_read and not word[:1].isalnum() and word in "-'&/"
            continue
        if is_running:
            found[-1] = Span(found[-1].start, end)
        else:
            found.append(Span(start, end))
        is_running = True
    return tuple(found)
