"""Beside whose meeting something is to be: «right after lena's», «an hour before my call with sam»."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.cues.scope import named_in
from bot.language.meaning import Grain
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import Sign, Span
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

BESIDE_WHOM = frozenset((Cue.AFTER_WHOM, Cue.BEFORE_WHOM, Cue.SAME_DAY_WHOM, Cue.SAME_TIME_WHOM, Cue.WHOSE_TIME))
_STEPPING = frozenset((Cue.EARLIER, Cue.LATER, Cue.BEFORE_THAT, Cue.AFTER_THAT))
_NONE_THERE = frozenset((Cue.FOLLOWS, Cue.THAT_DAY, Cue.AGAIN, Cue.CONDITION, Cue.MESSAGES, Cue.THEIR_CLOCK))
"""What words of such a phrase say elsewhere: «the same day», «(dezelfde dag) als …», «… hora do sam»."""
_WHOLE_DAYS = frozenset((Grain.DAY, Grain.WEEK))
_DAY = timedelta(days=1)
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
    idle = _NONE_THERE if is_moved else _STEPPING | _NONE_THERE
    kept = tuple(sign for sign in signs if sign.cue not in idle or not _overlaps(sign, beside))
    return left, tuple(dict.fromkeys(value for _, value in gone)), kept


def _overlaps(sign: Sign, spans: list[Span]) -> bool:
    return any(one.start < sign.span.end and sign.span.start < one.end for one in spans)


def without_gap(times: TimesRead, signs: tuple[Sign, ...]) -> TimesRead:
    """The times without what only says how far from somebody's meeting: «an hour after lena», «the day after lena»."""
    beside = [sign for sign in signs if sign.cue in BESIDE_WHOM]
    gaps = {sign.amount for sign in beside if sign.holds_amount}
    if times.length is not None and (times.length in gaps or _is_a_day(times.length, beside)):
        times = times._replace(length=None)
    spans = [sign.span for sign in beside]
    said = tuple(one for one in times.moments if not any(_is_in(one.span, span) for span in spans))
    if any(sign.amount is None and sign.holds_amount and sign.grain in _WHOLE_DAYS for sign in beside):
        said = tuple(replace(one, days=None) for one in said if one.hours is not None)
    return times if said == times.moments else times._replace(moments=said)


def _is_a_day(length: timedelta, beside: list[Sign]) -> bool:
    """«和 lena 同一天»: no length of a day."""
    return length == _DAY and any(sign.cue is Cue.SAME_DAY_WHOM for sign in beside)


def _is_in(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end
