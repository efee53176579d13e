"""The times of an utterance: pieces are proposed by the parsers, joined by the refiners, and resolved against now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.language.meaning import Moment, Recurrence, Reference, Span
    from bot.language.normalise import Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesRead:
    """What was read about time. `covered` are the spans that any of it stood on, in order."""

    moments: tuple[Moment, ...] = ()
    from_moment: Moment | None = None
    excluded: tuple[Moment, ...] = ()
    recurrence: Recurrence | None = None
    length: timedelta | None = None
    zone: str | None = None
    zones: tuple[str, ...] = ()
    covered: tuple[Span, ...] = ()
    trace: tuple[str, ...] = ()


def read_moments(utterance: Utterance, reference: Reference) -> TimesRead:  # noqa: ARG001
    """Every time, length and repetition in the utterance, read against the reference."""
    return TimesRead()
