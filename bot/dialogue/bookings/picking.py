"""Which of several that fit is meant: «next», a number, «the last two», «the later one», «the longer one»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.signs import Cue

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.dialogue.families import OnBooking
    from bot.scheduling.models import Booking

_TWO = 2
_BY_LENGTH = frozenset((Cue.LONGER_ONE, Cue.SHORTER_ONE))


def picked(request: OnBooking, found: tuple[Booking, ...]) -> tuple[Booking, ...]:
    """What «next», a number, «the last two», «all but the first» pick, in the order of their times; else all of them."""
    ordered = sorted(found, key=_start)
    if request.excluded_picks:
        gone = {number - 1 if number > 0 else len(ordered) + number for number in request.excluded_picks}
        return tuple(booking for place, booking in enumerate(ordered) if place not in gone)
    if request.several is not None:
        return tuple(ordered[: request.several] if request.several > 0 else ordered[request.several :])
    if len(found) < _TWO:
        return found
    if not _BY_LENGTH.isdisjoint(request.cues) and (one := _by_length(request, ordered)) is not None:
        return (one,)
    if request.which is None:
        return _of_two(request, ordered) or found
    index = request.which - 1 if request.which > 0 else len(ordered) + request.which
    return (ordered[index],) if 0 <= index < len(ordered) else found


def _by_length(request: OnBooking, found: list[Booking]) -> Booking | None:
    """«the longer one»: the only one that is as long."""
    lengths = [_length(one) for one in found]
    wanted = max(lengths) if Cue.LONGER_ONE in request.cues else min(lengths)
    return found[lengths.index(wanted)] if lengths.count(wanted) == 1 else None


def _of_two(request: OnBooking, ordered: list[Booking]) -> tuple[Booking, ...]:
    """«the later one» of two; of more it says not which."""
    if len(ordered) != _TWO or (Cue.EARLIER_ONE in request.cues and Cue.LATER_ONE in request.cues):
        return ()
    if Cue.EARLIER_ONE in request.cues:
        return (ordered[0],)
    return (ordered[1],) if Cue.LATER_ONE in request.cues else ()


def _length(booking: Booking) -> timedelta:
    return booking.slot.end - booking.slot.start


def _start(booking: Booking) -> datetime:
    return booking.slot.start
