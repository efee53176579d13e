"""«3pm in london»: a place beside a clock says where, and perhaps whose clock it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.signs import Cue
from bot.language.times.places import named_places

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.meaning import Moment, Span, Understanding
    from bot.language.normalise import Utterance

_NOT_THERE = frozenset((Cue.TRAVELS, Cue.ELSEWHERE, Cue.CONVERTS, Cue.THEIR_CLOCK, Cue.OWN_CLOCK))
_NEAR = 2
"""Letters between the place and the clock beside it."""


def place_of_clock(read: Understanding, wish: Utterance, taken: Collection[Span]) -> str:
    """The zone of a place that stands beside a clock, where nothing says whose clock it is; empty for none.

    `taken` are the spans of what the meeting is about.
    """
    if read.there is None or read.has(*_NOT_THERE) or any(moment.zone for moment in read.moments):
        return ""
    clocks = [moment for moment in read.moments if moment.hours is not None]
    for zone, span in named_places(wish, only_led=True):
        is_taken = any(one.start <= span.start < one.end for one in taken)
        if not is_taken and any(_is_beside(span, moment) for moment in clocks):
            return zone
    return ""


def _is_beside(place: Span, moment: Moment) -> bool:
    said = moment.span
    return -_NEAR <= place.start - said.end <= _NEAR or said.start <= place.start < said.end
