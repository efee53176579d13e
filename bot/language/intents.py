"""What the writer wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.language.meaning import Intent

if TYPE_CHECKING:
    from bot.language.entities import EntitiesRead
    from bot.language.meaning import Reference, Rival, Span
    from bot.language.moments import TimesRead
    from bot.language.normalise import Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentRead:
    """The intent, how sure, and its rivals. `covered` are the spans of the words that gave it."""

    intent: Intent
    score: float = 1.0
    rivals: tuple[Rival, ...] = ()
    covered: tuple[Span, ...] = ()
    trace: tuple[str, ...] = ()


def find_intent(
    utterance: Utterance,  # noqa: ARG001
    reference: Reference,  # noqa: ARG001
    times: TimesRead,
    entities: EntitiesRead,  # noqa: ARG001
) -> IntentRead:
    """The intent of the utterance."""
    return IntentRead(intent=Intent.FIND_SLOTS if times.moments else Intent.OUT_OF_SCOPE)
