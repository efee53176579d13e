"""What no reading took into the wish: a figure («book ines thursday 3 4» is not three o'clock alone), or a side.

A «before» or «after» that nobody read would leave the time behind it as one to meet at.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.cues.account.fates import is_filler
from bot.language.lexicon import NOTHING, lexicon_for
from bot.language.meaning import Doubt, DoubtKind, Intent, Span
from bot.language.signs import Cue
from bot.language.triggers import DIGITS, trigger
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.language.meaning import Understanding
    from bot.language.normalise import Utterance

_PLACING = frozenset((Intent.BOOK, Intent.HOLD, Intent.RESCHEDULE, Intent.CANCEL))
"""Wishes whose card writes a time, or picks a meeting by it."""
_MAKING = frozenset((Intent.BOOK, Intent.HOLD))
_LONGEST = 2
"""Digits of a clock or a day of the month; longer figures are years, rooms, phone numbers."""
_OF_FIVE = 5
"""Minutes that lengths are multiples of; from 25 on such a figure is no hour, and few people mean a day by it."""
_SHORTEST = 25
_FOR_WORDS = frozenset(("2", "4"))
"""«resched ines 2 fri», «book ines 4 thu at 11»: to and for."""
_SIDES = trigger(frozenset(("after", "before", "until", "till", "between")).__contains__)
_CLAUSE = frozenset((",", ";", ".", "?", "!", "\n"))
_NEAR = 6
"""Tokens from such a word to the time that it is said of."""
_ENDS = frozenset((",", ".", "!", "?", ";", ")", "\n"))


def may_miss(read: Understanding, utterance: Utterance, told: Utterance) -> bool:
    """Whether anything of the text can have been lost: a whole wish about a time, with figures or a side in it."""
    is_whole = bool(read.moments or read.recurrence or read.from_moment)
    return (
        is_whole
        and read.intent in _PLACING
        and not read.doubts
        and bool(utterance.triggers & DIGITS or told.triggers & _SIDES)
    )


def with_placed(
    read: Understanding, utterance: Utterance, told: Utterance, beside: Sequence[Span], decided: Sequence[Span]
) -> Understanding:
    """With a figure that stood alone as the length, where it can be nothing else, or with a doubt about it.

    `decided` are the stretches that times, things and asides were read from, `beside` those of people and of the act.
    """
    said = [moment.span for moment in (*read.moments, *read.excluded)]
    wished = (*decided, *said, *(sign.span for sign in read.cues))
    if (side := _lost_side(read, told, wished)) is not None:
        return replace(read, doubts=(Doubt(kind=DoubtKind.UNREAD_THAT_MATTERS, span=side, cue=Cue.BOUND),))
    span = _unplaced(utterance, told, beside, wished)
    if span is None or _is_its_clock(read, number := int(utterance.text[span.start : span.end])):
        return read
    if (length := _as_length(read, number)) is not None:
        return replace(read, length=length)
    return replace(read, doubts=(Doubt(kind=DoubtKind.UNPLACED, span=span),))


def _unplaced(utterance: Utterance, told: Utterance, beside: Sequence[Span], wished: Sequence[Span]) -> Span | None:
    """The first figure among words that were read that is no part of the wish.

    A figure beside a word that nobody read belongs to that word («page 7», «3 new candidates») and says nothing of the time.
    """
    for at in utterance.where(DIGITS):
        word, start, end = utterance.words[at], utterance.starts[at], utterance.ends[at]
        if at in utterance.atoms or len(word) > _LONGEST or _is_tied(utterance, at):
            continue
        if _stands(start, end, wished) or _counts_units(told, start):
            continue
        behind = utterance.starts[at + 1] if at + 1 < len(utterance.words) else -1
        if word in _FOR_WORDS and any(span.start == behind for span in wished):
            continue
        if _is_beside_read(utterance, at, wished, beside):
            return Span(start, end)
    return None


def _lost_side(read: Understanding, told: Utterance, wished: Sequence[Span]) -> Span | None:
    """«book nora after my dentist at 2»: a side that nobody read, in front of a time that was taken as one to meet at."""
    for at in told.where(_SIDES):
        start, end = told.starts[at], told.ends[at]
        if _stands(start, end, wished):
            continue
        clause = [
            place for place in range(at + 1, min(at + _NEAR, len(told.words) - 1)) if told.words[place] in _CLAUSE
        ]
        reach = told.starts[clause[0] if clause else min(at + _NEAR, len(told.starts) - 1)]
        if any(moment.open is None and end <= moment.span.start <= reach for moment in read.moments):
            return Span(start, end)
    return None


def _as_length(read: Understanding, number: int) -> timedelta | None:
    """«grab me 30 with nora on monday»: the figure as minutes, where it can be no clock."""
    if read.intent not in _MAKING or read.length is not None or number < _SHORTEST or number % _OF_FIVE:
        return None
    return timedelta(minutes=number)


def _is_its_clock(read: Understanding, number: int) -> bool:
    """Whether the wish holds that hour, taken from elsewhere in the text («can't do 3pm but 4 works thursday»)."""
    moments = (*read.moments, *read.excluded, *((read.from_moment,) if read.from_moment else ()))
    hours = [moment.hours for moment in moments if moment.hours is not None]
    clocks = [clock for hour in hours for clock in (hour.start, hour.end) if clock is not None]
    return any(clock.hour % 12 == number % 12 for clock in clocks)


def _stands(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any(span.start < end and start < span.end for span in spans)


def _is_tied(utterance: Utterance, at: int) -> bool:
    """Whether it is a part of something longer: «1:1», «q3», «24/7», «2.0»."""
    is_before_more = at + 1 < len(utterance.words) and utterance.is_glued(at + 1)
    if is_before_more and utterance.words[at + 1] not in _ENDS:
        return True
    return at > 0 and utterance.is_glued(at)


def _counts_units(told: Utterance, start: int) -> bool:
    """«every 14 days on wednesdays»: a figure in front of days or weeks counts them."""
    behind = bisect_left(told.starts, start) + 1
    return behind < len(told.words) and "unit" in lexicon_for("en").words.get(told.words[behind], NOTHING)


def _is_beside_read(utterance: Utterance, at: int, wished: Sequence[Span], beside: Sequence[Span]) -> bool:
    """Whether the words in front of it and behind it, but for fillers, were read by somebody, or none stands there.

    Behind it the act does not count: its rows may hold the noun that the figure counts.
    """
    return _is_read(utterance, at, -1, (*wished, *beside)) and _is_read(utterance, at, 1, wished)


def _is_read(utterance: Utterance, at: int, step: int, read: Sequence[Span]) -> bool:
    at += step
    while 0 <= at < len(utterance.words) and utterance.words[at][:1].isalnum():
        if _stands(utterance.starts[at], utterance.ends[at], read):
            return True
        if not is_filler(utterance.words[at], utterance.language):
            return False
        at += step
    return True
