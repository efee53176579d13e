"""Beside whose meeting something is to be: «right after lena's», «an hour before my call with sam»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.cues.scope import named_in
from bot.language.signs import Cue

if TYPE_CHECKING:
    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import Sign, Span
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

BESIDE_WHOM = frozenset((Cue.AFTER_WHOM, Cue.BEFORE_WHOM))
_STEPPING = frozenset((Cue.EARLIER, Cue.LATER, Cue.BEFORE_THAT, Cue.AFTER_THAT))
_SPOKEN_OF = frozenset((Cue.OWN_CALENDAR, Cue.STANDING))


def beside_whom(
    utterance: Utterance, entities: EntitiesRead, signs: tuple[Sign, ...]
) -> tuple[EntitiesRead, tuple[str, ...], tuple[Sign, ...]]:
    """The entities without those beside whose meeting something is to be, these (names, addresses, member ids), and the signs.

    The amount in such a phrase says how far from that meeting. It moves something only where a meeting was named in front
    of it («put sam's meeting an hour after lena's»); elsewhere it is no step.
    """
    beside = [sign.span for sign in signs if sign.cue in BESIDE_WHOM]
    named = [one for one in named_in(utterance, entities) if one[1] != "type"]
    gone = [(kind, value) for span, kind, value in named if any(one.start <= span.start < one.end for one in beside)]
    if not gone:
        return entities, (), tuple(sign for sign in signs if sign.cue not in BESIDE_WHOM)
    left = entities._replace(
        people=tuple(name for name in entities.people if ("name", name) not in gone),
        emails=tuple(email for email in entities.emails if ("email", email) not in gone),
        mentions=tuple(member for member in entities.mentions if ("mention", member) not in gone),
    )
    is_moved = any(sign.cue in _SPOKEN_OF and sign.span.end <= beside[0].start for sign in signs)
    kept = tuple(sign for sign in signs if is_moved or sign.cue not in _STEPPING or not _overlaps(sign, beside))
    return left, tuple(dict.fromkeys(value for _, value in gone)), kept


def _overlaps(sign: Sign, spans: list[Span]) -> bool:
    return any(one.start < sign.span.end and sign.span.start < one.end for one in spans)


def without_gap(times: TimesRead, signs: tuple[Sign, ...]) -> TimesRead:
    """The times without a length that only says how far from somebody's meeting."""
    gaps = {sign.amount for sign in signs if sign.cue in BESIDE_WHOM and sign.holds_amount}
    return times._replace(length=None) if times.length is not None and times.length in gaps else times
