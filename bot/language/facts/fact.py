"""What a clause of fact is."""

from __future__ import annotations

from enum import StrEnum

from bot.values import NamedTuple


class Bearing(StrEnum):
    """What the time of a fact says of when somebody can be met."""

    BUSY = "busy"
    """Not then: «i'm at the dentist thursday»."""
    LEAVES = "leaves"
    """Not from then on: «my train is at 5»."""
    COMES = "comes"
    """Not before then: «my flight lands at 2»."""
    AWAY = "away"
    """Not that day, and with a clock not from then on: «i'm out friday», «i'm off at 4»."""
    OPEN = "open"
    """Only then, where it comes round every week: «sam is only in on tuesdays»."""
    ONLY = "only"
    """Only then: «i'm only in tuesday and wednesday», «i'm only at my desk from 2»."""
    PAST = "past"
    """Nothing: «we met on monday»."""


class Fact(NamedTuple):
    """A clause of fact: tokens `start` … `end` (exclusive), those from `hidden` on being no part of the wish."""

    start: int
    end: int
    hidden: int
    bearing: Bearing
    is_of_time: bool = False
    """«thursday doesn't work»: a day is spoken of, which stands beside an act only."""
