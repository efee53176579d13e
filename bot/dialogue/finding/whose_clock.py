"""On whose clock a wish is: settled once it is known who comes, or asked where two clocks may be meant.

fill ─> is_their_clock, clock ─ names become people ─> settled ─┬─> the times, in the zone that is meant
└─> one question: which of two clocks
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.families import MoveRequest, SlotRequest
from bot.dialogue.request.people import is_same
from bot.dialogue.request.revise import in_zone
from bot.dialogue.talk import Talk, say, show
from bot.dialogue.wording import common
from bot.dialogue.wording import small_talk as doubt_words
from bot.dialogue.wording.standing import questions as words
from bot.scheduling.models import Person
from bot.scheduling.replacing import replace
from bot.scheduling.times import find_zone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.dialogue.context import Step
    from bot.language.meaning import ClockSaid, Moment
    from bot.scheduling.models import Attendee

Timed = TypeVar("Timed", SlotRequest, MoveRequest)


def settled(talk: Talk, request: Timed, people: Sequence[Person | Attendee]) -> Timed | Step:
    """The wish with its times in the zone that is meant, or the question which one that is."""
    clock = request.clock
    if not request.is_their_clock and clock is None:
        return request
    theirs = _zone_of(clock, people)
    if request.is_their_clock:
        several = _zones_of_all(talk, people) if clock is None or not clock.whose else ()
        if len(several) > 1:
            return which_zone(talk, request, several)
        if not theirs:
            return say(talk.asking(request), doubt_words.whose_zone(_name_of(clock, people), ""))
        request = replace(request, is_their_clock=False, zone=theirs, moments=in_zone(request.moments, theirs))
    request = replace(request, clock=None)
    if clock is None:
        return request
    other = clock.place or (theirs if clock.is_open else "")
    if other and _differs(talk, request, find_zone(other)):
        if clock.place and theirs and not _differs(talk, request, find_zone(theirs), find_zone(other)):
            return replace(request, zone=other, moments=in_zone(request.moments, other))
        return which_zone(talk, request, (other, str(talk.zone)))
    return _agreeing(talk, request, clock, theirs) if clock.again is not None else request


def which_zone(talk: Talk, request: Timed, zones: tuple[str, ...]) -> Step:
    """Which of several zones is meant."""
    buttons = tuple(
        resume_button(f"z{number}", words.use_clock(zone), in_that_zone(request, zone))
        for number, zone in enumerate(zones, start=1)
    )
    asked = replace(request, zones=zones, clock=None, is_their_clock=False)
    text = words.which_clock(zones)
    return show(talk, asked, text, (common.line(text), ButtonRow(buttons=buttons)))


def in_that_zone(request: Timed, zone: str) -> Timed:
    """The wish with its times on the clock of a zone."""
    return replace(
        request, zone=zone, zones=(), clock=None, is_their_clock=False, moments=in_zone(request.moments, zone)
    )


def _zone_of(clock: ClockSaid | None, people: Sequence[Person | Attendee]) -> str:
    """The zone of whoever is named, else of the first of them."""
    if clock is None or not clock.whose:
        return next((one.zone for one in people), None) or ""
    return next((one.zone for one in people if _is_named(one, clock.whose)), None) or ""


def _is_named(person: Person | Attendee, who: str) -> bool:
    if who in {person.email, getattr(person, "member", None)}:
        return True
    return is_same(Person(name=person.name), Person(name=who))


def _zones_of_all(talk: Talk, people: Sequence[Person | Attendee]) -> tuple[str, ...]:
    """The zones of several people whose clocks differ now; one of each."""
    zones = [zone for one in people if (zone := find_zone(one.zone)) is not None]
    return tuple({talk.now.astimezone(zone).utcoffset(): str(zone) for zone in reversed(zones)}.values())[::-1]


def _name_of(clock: ClockSaid | None, people: Sequence[Person | Attendee]) -> str:
    if clock is not None and clock.whose:
        return next((one.name for one in people if _is_named(one, clock.whose)), clock.whose.title())
    return people[0].name if people else ""


def _differs(talk: Talk, request: Timed, zone: ZoneInfo | None, other: ZoneInfo | None = None) -> bool:
    """Whether the clocks there and here (or at the other place) differ when it is to be."""
    at = _start(talk, request.moments[0], talk.zone) if request.moments else talk.now
    return zone is not None and at.astimezone(zone).utcoffset() != at.astimezone(other or talk.zone).utcoffset()


def _start(talk: Talk, moment: Moment, zone: ZoneInfo) -> datetime:
    return moment.windows(talk.today, zone)[0].start


def _agreeing(talk: Talk, request: Timed, clock: ClockSaid, theirs: str) -> Timed | Step:
    """«3pm, 9am for him»: the wish where both are one time, else the question which of the two is meant."""
    again, said = clock.again, request.moments[0] if request.moments else None
    zone = find_zone((again.zone if again is not None else None) or theirs) if again is not None else None
    there = zone if again is not None and (again.zone or clock.is_again_theirs) else talk.zone
    if again is None or said is None or there is None or again.hours is None:
        return request
    own = find_zone(said.zone) or talk.zone
    clocks = {again.hours.start, again.hours.other} - {None}
    if _start(talk, said, own).astimezone(there).time() in clocks:
        return request
    both = ((said, own), (again, there))
    buttons = tuple(
        resume_button(f"t{number}", words.told(_start(talk, moment, place), place), _only(request, moment, place))
        for number, (moment, place) in enumerate(both, start=1)
    )
    text = words.not_the_same(_start(talk, said, own), own, there, _start(talk, again, there))
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=buttons)))


def _only(request: Timed, moment: Moment, zone: ZoneInfo) -> Timed:
    return in_that_zone(replace(request, moments=(moment,)), str(zone))
