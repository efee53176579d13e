"""Stretches of a day, from a clock to a clock; midnight as the end is the end of the day. Pure."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MIDNIGHT = time(0)
Stretch = tuple[time, time]


def without(usual: Sequence[Stretch], off: Stretch) -> list[Stretch]:
    """What stays of `usual` around a stretch that goes."""
    start, end = off
    before = [(first, start if later(last, start) == last else last) for first, last in usual if first < start]
    after = [(max(first, end), last) for first, last in usual if end != MIDNIGHT and later(last, end) != end]
    return before + after


def both(usual: Sequence[Stretch], said: Sequence[Stretch]) -> list[Stretch]:
    """What lies in one of both."""
    shared = [(max(a, c), b if later(b, d) == d else d) for a, b in usual for c, d in said]
    return [(start, end) for start, end in shared if end == MIDNIGHT or start < end]


def later(one: time, other: time) -> time:
    """The later of two ends."""
    return one if one == MIDNIGHT or (other != MIDNIGHT and one >= other) else other
