"""«9am london time, no, her time»: of two clocks the last one holds."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.language.lexicon import NOTHING, lexicon_for
from bot.language.signs import Cue
from bot.language.times.places import named_places
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.language.meaning import Understanding
    from bot.language.normalise import Utterance

CLOCKS = frozenset((Cue.THEIR_CLOCK, Cue.OWN_CLOCK, Cue.CLOCK_FOR))


def by_the_last_clock(read: Understanding, wish: Utterance) -> Understanding:
    """The reading without the clock that a correction takes back."""
    place = max((sign.span.end for sign in read.cues if sign.cue is Cue.CORRECTED), default=-1)
    if place < 0:
        return read
    behind = any(sign.cue in CLOCKS and sign.span.start >= place for sign in read.cues)
    zone = next((zone for zone, span in named_places(wish) if span.start >= place), "")
    is_zoned = bool(zone) or _names_zone(wish, place)
    if not (behind or is_zoned):
        return read
    cues = tuple(sign for sign in read.cues if sign.cue not in CLOCKS or sign.span.start >= place)
    read = replace(read, cues=cues)
    if not is_zoned:
        moments = tuple(replace(moment, zone=None, zones=()) for moment in read.moments)
        return replace(read, moments=moments, zone=None, zones=(), there=None)
    if zone and all(moment.span.end <= place and moment.zone for moment in read.moments):
        moments = tuple(replace(moment, zone=zone, zones=()) for moment in read.moments)
        return replace(read, moments=moments, zone=zone, zones=())
    return read


def _names_zone(wish: Utterance, place: int) -> bool:
    """Whether an abbreviation of a zone stands behind that place in the text."""
    first = bisect_left(wish.starts, place)
    known = lexicon_for("en").words
    return any(
        wish.text[wish.starts[at] : wish.ends[at]].isupper()
        and not known.get(word, NOTHING).keys().isdisjoint(("zone", "zones"))
        for at, word in enumerate(wish.words[first:], start=first)
    )
