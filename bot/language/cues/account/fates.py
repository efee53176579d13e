"""What became of every word: read (and by whom), filler, quoted, or unread."""

from __future__ import annotations

from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING

from bot.language.cues.rows import cue_rows
from bot.language.lexicon import lexicon_for
from bot.language.locales.phrasebook import phrasebook
from bot.language.meaning import Span
from bot.language.triggers import trigger
from bot.values import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.language.normalise import Utterance


_SLIP = 2
"""Letters of an unread piece that is nothing to speak of."""


class FateKind(StrEnum):
    """What became of a word."""

    READ = "read"
    FILLER = "filler"
    QUOTED = "quoted"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one word; `by` names who read it."""

    span: Span
    kind: FateKind
    by: str = ""


class Read(NamedTuple):
    """A stretch that a reader stood on, and the reader's name."""

    span: Span
    by: str


def fates(utterance: Utterance, readers: Sequence[Read], quoted: Sequence[Span] = ()) -> tuple[Fate, ...]:
    """The fate of each word in order; of several readers the first in the list is named."""
    return tuple(
        _fate(utterance, index, readers, quoted)
        for index, word in enumerate(utterance.words)
        if word[:1].isalnum() or index in utterance.atoms
    )


def _fate(utterance: Utterance, index: int, readers: Sequence[Read], quoted: Sequence[Span]) -> Fate:
    span = Span(utterance.starts[index], utterance.ends[index])
    if any(one.start <= span.start < one.end for one in quoted):
        return Fate(span=span, kind=FateKind.QUOTED)
    reader = next((read for read in readers if read.span.start < span.end and span.start < read.span.end), None)
    if reader is not None:
        return Fate(span=span, kind=FateKind.READ, by=reader.by)
    is_soft = is_filler(utterance.words[index], utterance.language)
    return Fate(span=span, kind=FateKind.FILLER if is_soft else FateKind.UNREAD)


def is_filler(word: str, language: str) -> bool:
    """Whether a word may stay unread: it carries no wish."""
    return "filler" in lexicon_for("en").words.get(word, ()) or word in own_fillers(language)


def own_fillers(language: str) -> frozenset[str]:
    """What carries no wish in another language than English, beside the fillers of English."""
    return phrasebook(language).words if language != "en" else frozenset()


_SAYS = trigger(lambda word: word[:1].isalnum() and not is_filler(word, "en"))
_ends = attrgetter("start", "end")


def unread_spans(utterance: Utterance, covered: Iterable[Span]) -> tuple[Span, ...]:
    """Runs of words that no reader stood on and that are no filler, in order."""
    words, starts, ends, atoms = utterance.words, utterance.starts, utterance.ends, utterance.atoms
    said = utterance.where(_SAYS)
    if atoms:
        said = sorted({*said, *(index for index in atoms if not is_filler(words[index], "en"))})
    if fillers := own_fillers(utterance.language):
        said = [index for index in said if words[index] not in fillers]
    spans = sorted(covered, key=_ends)
    found: list[Span] = []
    place, most, behind = 0, len(spans), -1
    for index in said:
        start, end = starts[index], ends[index]
        while place < most and spans[place].end <= start:
            place += 1
        if place < most and spans[place].start < end:
            continue
        is_tied = found and (behind == index or _is_tied(utterance, behind, index, spans))
        if is_tied:
            found[-1] = Span(found[-1].start, end)
        else:
            found.append(Span(start, end))
        behind = index + 1
    return tuple(found)


def _is_tied(utterance: Utterance, start: int, end: int, spans: list[Span]) -> bool:
    """Whether only marks that tie words stand between two of them, and nobody read those."""
    for index in range(start, end):
        word, first, last = utterance.words[index], utterance.starts[index], utterance.ends[index]
        if word[:1].isalnum() or word not in "-'&/" or any(one.start < last and first < one.end for one in spans):
            return False
    return True


def worth_saying(utterance: Utterance, unread: tuple[Span, ...]) -> tuple[Span, ...]:
    """What of the unread somebody would want to hear that it was left out; in other languages only runs of words."""
    if not unread:
        return ()
    quiet, text = cue_rows(utterance.language).quiet, utterance.text
    found = []
    for span in unread:
        words = text[span.start : span.end].lower().split()
        if (
            span.end - span.start > _SLIP
            and not quiet.issuperset(words)
            and (utterance.language == "en" or len(words) > 1)
        ):
            found.append(span)
    return tuple(found)
