"""What a text says of a wish, whatever its kind: which booking, when, on whose clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from bot.dialogue.families import MoveRequest, SlotRequest
from bot.dialogue.request import revise
from bot.dialogue.request.people import clock_owner, is_same
from bot.language.meaning import Days, Grain, Keep, Under
from bot.language.signs import Cue
from bot.scheduling.replacing import replace
from bot.scheduling.times import find_zone

if TYPE_CHECKING:
    from datetime import date, time
    from zoneinfo import ZoneInfo

    from bot.dialogue.families import Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Understanding
    from bot.scheduling.models import Booking, Person, Slot

Shown = TypeVar("Shown")
Timed = TypeVar("Timed", SlotRequest, MoveRequest)

_MOST_COUNTED = 4
"""Up to here a number alone counts times; above it, it is an hour that was not offered."""
_FRESH_FOR = timedelta(hours=12)


def changes_times(understanding: Understanding) -> bool:
    """Whether it says anything about when."""
    return bool(understanding.moments or understanding.recurrence or understanding.excluded or understanding.keeps)


def says_anything(understanding: Understanding) -> bool:
    """Whether it says anything that a wish can take up."""
    u = understanding
    return bool(
        changes_times(u)
        or (u.option or u.length or u.event_type or u.place or u.zone or u.zones or u.topic or u.reason)
        or (u.people or u.emails or u.mentions or u.excluded_people or u.details)
    )


def is_skip(understanding: Understanding) -> bool:
    """«skip the 15th»: what is named is to be left out."""
    return bool(understanding.excluded) or (
        bool(understanding.moments) and understanding.has(Cue.EXCEPT, Cue.WITHOUT, Cue.NEGATED)
    )


def booking_meant(understanding: Understanding, talk: Talk) -> Booking | None:
    """The booking that «it» or an ordinal points at, among those last shown."""
    listed = talk.conversation.listed
    if understanding.choice is not None:
        return pick(listed, understanding.choice)
    return listed[0] if len(listed) == 1 else None


def pick(shown: tuple[Shown, ...], choice: int) -> Shown | None:
    """The nth of what was shown, from 1; -1 is the last, -2 the last but one."""
    index = len(shown) + choice if choice < 0 else choice - 1
    return shown[index] if 0 <= index < len(shown) else None


def slot_picked(talk: Talk, u: Understanding) -> Slot | None:
    """The offered slot that «the second», «the last on friday» means; «11» alone is rather the one at eleven."""
    is_plain = u.bare is not None and (u.choice_span is None or u.choice_span == u.bare.span)  # «#2» counts
    clock = revise.clock_alone(u.bare) if u.bare is not None and is_plain else None
    if clock is not None and (named := offered_at(talk, (clock,))) is not None:
        return named
    if clock is not None and abs(u.choice or 0) > _MOST_COUNTED:
        return None
    shown, choice = _in_order(talk), u.choice or 0
    slot = pick(of_days(shown, u.moments, talk.zone), choice)
    return slot or pick(of_days(shown, beside_pick(u), talk.zone), choice)


def _in_order(talk: Talk) -> tuple[Slot, ...]:
    """What «the first» counts from: the times that were said, in their order; below one time the others that are offered.

    Where no time was said, the one on the card and the others as they follow one another.
    """
    request, offered = talk.conversation.request, talk.conversation.offered
    if not isinstance(request, SlotRequest | MoveRequest) or request.slot is None or not request.moments:
        return offered
    shown = (request.slot, *offered)
    if not all(map(revise.is_point, request.moments)):
        return tuple(sorted(shown, key=lambda slot: slot.start))
    said = [slot for moment in request.moments for slot in shown if _is_meant(slot, moment, talk)]
    return tuple(said) if len(said) > 1 else offered


def _is_meant(slot: Slot, moment: Moment, talk: Talk) -> bool:
    if moment.exact is not None:
        return slot.start == moment.exact
    return _is_at(slot, moment, find_zone(moment.zone) or talk.zone)


def offered_at(talk: Talk, moments: tuple[Moment, ...]) -> Slot | None:
    """The one offered slot that a clock time (and day, if said) names."""
    if len(moments) != 1 or not revise.is_point(moments[0]) or not talk.conversation.offered:
        return None
    moment = moments[0]
    if moment.exact is not None or moment.hours is None:
        return next((slot for slot in talk.conversation.offered if slot.start == moment.exact), None)
    zone = find_zone(moment.zone) or talk.zone
    fits = [slot for slot in talk.conversation.offered if _is_at(slot, moment, zone)]
    return fits[0] if len(fits) == 1 else None


def _is_at(slot: Slot, moment: Moment, zone: ZoneInfo) -> bool:
    local = slot.start.astimezone(zone)
    if moment.hours is None or local.time() != moment.hours.start:
        return False
    return not moment.says_day or (moment.days is not None and moment.days.first <= local.date() <= moment.days.last)


def of_days(offered: tuple[Slot, ...], moments: tuple[Moment, ...], zone: ZoneInfo) -> tuple[Slot, ...]:
    """«the last one on thursday»: those offered on the days named; all where no day was."""
    days = [moment.days for moment in moments if moment.days is not None and moment.says_day]
    if not days:
        return offered
    return tuple(
        slot for slot in offered if any(one.first <= slot.start.astimezone(zone).date() <= one.last for one in days)
    )


EDGES = (Cue.FIRST_FREE, Cue.LAST_FREE)


def edge_said(u: Understanding) -> int:
    """1 for «the first free slot», -1 for «as late as possible»; 0 for neither."""
    if u.has(Cue.FIRST_FREE):
        return 1
    return -1 if u.has(Cue.LAST_FREE) else 0


def is_under_way(talk: Talk) -> bool:
    """Whether a time is being chosen."""
    request = talk.conversation.request
    return isinstance(request, SlotRequest | MoveRequest) and not request.is_done and is_recent(request, talk)


def is_recent(request: Request, talk: Talk) -> bool:
    """Whether the wish is of today's conversation."""
    return request.asked_at is None or talk.now - request.asked_at < _FRESH_FOR


def beside_pick(u: Understanding) -> tuple[Moment, ...]:
    """The times without the one that «the 2nd» is read as too, where it picks."""
    span = u.choice_span
    if span is None:
        return u.moments
    return tuple(one for one in u.moments if not (one.span.start < span.end and span.start < one.span.end))


def listed_on(talk: Talk, u: Understanding) -> tuple[Booking, ...]:
    """«the first one in december»: those listed that lie on the days named; all where no day was."""
    days = [one.days for one in beside_pick(u) if one.days is not None and one.says_day]
    listed = talk.conversation.listed
    if not days:
        return listed
    dates = [(booking, booking.slot.start.astimezone(talk.zone).date()) for booking in listed]
    return tuple(booking for booking, date in dates if any(one.first <= date <= one.last for one in days))


def picked_day(request: SlotRequest | MoveRequest, talk: Talk) -> date | None:
    return request.slot.start.astimezone(talk.zone).date() if request.slot else None


def on_its_weekday(u: Understanding, named: tuple[Moment, ...], there: date) -> tuple[Moment, ...]:
    """«same time next week», «same day next week» of what is on a thursday: the thursday of that week."""
    if not u.keeps & {Keep.TIME, Keep.DAY} or u.weekdays:
        return named
    weeks = tuple(revise.week_of(one) if Keep.DAY in u.keeps and one.says_day else one for one in named)
    days = [revise.same_weekday(week, there) for week in weeks]
    return tuple(
        moment if day is None else replace(moment, days=Days(first=day, last=day), grain=Grain.DAY)
        for moment, day in zip(named, days, strict=True)
    )


def times_so_far(request: SlotRequest | MoveRequest, talk: Talk) -> tuple[Moment, ...]:
    """The times of the wish: those that were named, or the one that was picked meanwhile, where it is another."""
    slot, said = request.slot, request.moments
    is_series = isinstance(request, SlotRequest) and (request.recurrence is not None or request.is_each)
    if slot is None or is_series or any(revise.says_clock(one) and not revise.is_point(one) for one in said):
        return said
    if any(revise.is_point(one) and _is_meant(slot, one, talk) for one in said):
        return said
    local = slot.start.astimezone(find_zone(request.zone) or talk.zone)
    return (replace(revise.on_day(local.date(), clock=local.time().replace(tzinfo=None)), zone=request.zone),)


def at_pick(request: Timed, slot: Slot, talk: Talk) -> Timed:
    """The wish once one of the times that were offered in some stretch is picked: that one is meant from now on."""
    is_series = isinstance(request, SlotRequest) and (request.recurrence is not None or request.is_each)
    if is_series or not any(revise.says_clock(one) and not revise.is_point(one) for one in request.moments):
        return request
    local = slot.start.astimezone(find_zone(request.zone) or talk.zone)
    moment = replace(revise.on_day(local.date(), clock=local.time().replace(tzinfo=None)), zone=request.zone)
    return replace(request, moments=(moment,))


def picked_clock(request: SlotRequest | MoveRequest, talk: Talk) -> time | None:
    slot = request.slot or (request.booking.slot if request.booking else None)
    return slot.start.astimezone(talk.zone).time() if slot else None


def is_own_zone(understanding: Understanding, talk: Talk) -> bool:
    """Whether the asker's own clock is meant; «noon for her, that's 1 for me» names hers first."""
    clocks = (sign.cue for sign in understanding.cues if sign.cue in {Cue.OWN_CLOCK, Cue.THEIR_CLOCK})
    return next(clocks, None) is Cue.OWN_CLOCK or (
        understanding.zone is not None and understanding.zone == str(talk.zone)
    )


def with_zone(understanding: Understanding, talk: Talk, request: Timed) -> Timed:
    """The times in the zone that was named; the asker's own where that was said."""
    u = understanding
    if not u.moments and u.has(Cue.ASKS):
        return request
    if u.moments and u.clock is not request.clock:
        request = replace(request, clock=u.clock)
    if u.moments and isinstance(request, SlotRequest) and (u.clock is not None or request.timekeeper is not None):
        request = _with_timekeeper(request, clock_owner(u, talk))
    if (u.zone is not None or u.has(Cue.OWN_CLOCK)) and is_own_zone(u, talk):
        moments = revise.in_zone(request.moments, None)
        slot = request.slot if u.moments else None
        return replace(request, zone=None, zones=(), moments=moments, slot=slot)
    beside, candidates = _zones_beside(u.moments)
    candidates = u.zones or candidates
    if len(candidates) > 1:
        return replace(request, zones=candidates, zone=None, moments=revise.in_zone(request.moments, None))
    is_theirs = u.has(Cue.THEIR_CLOCK)
    is_away = is_theirs and u.has(Cue.TRAVELS)  # «i'm in lisbon: at 3 her time»
    here = u.zone if u.there is None else u.zone or _zone_told(u)
    named = (here if not is_away else None) or beside
    attendee = request.attendee
    if attendee is not None and u.there is not None and _is_elsewhere(u):
        attendee = replace(attendee, zone=u.there)
        request = replace(request, attendee=attendee)
    if named is None and is_theirs and not _is_only_for_them(u, attendee):
        request = replace(request, is_their_clock=True)
        named = _their_place(u) or _zone_of_one(u, request)
    if named is None and talk.conversation.stays and request.zone is None and not request.is_their_clock:
        named = _zone_of_stay(u, talk)
    if named is None:
        return request
    request = replace(request, is_their_clock=False)
    if attendee is not None and attendee.zone is None:
        attendee = replace(attendee, zone=named)
    moments = revise.in_zone(request.moments, named)
    slot = request.slot if u.moments else None
    return replace(request, zone=named, zones=(), moments=moments, attendee=attendee, slot=slot)


def _zones_beside(moments: tuple[Moment, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The first zone that was named with a time, and the first name of one that can mean several."""
    zone: str | None = None
    zones: tuple[str, ...] = ()
    for moment in moments:
        zone = zone or moment.zone
        zones = zones or moment.zones
    return zone or None, zones


def _with_timekeeper(request: SlotRequest, owner: Person | None) -> SlotRequest:
    """The wish with whose clock it is, where that is nobody who comes."""
    people = (*((request.attendee,) if request.attendee is not None else ()), *request.guests)
    comes = owner is None or any(is_same(one, owner) for one in people)
    return replace(request, timekeeper=None if comes else owner)


def _zone_told(u: Understanding) -> str | None:
    """«thursday at 4, i'm in tokyo then»: where the asker is at the only time that is named."""
    return u.there if u.has(Cue.TRAVELS) and len(u.moments) == 1 else None


def _zone_of_one(u: Understanding, request: SlotRequest | MoveRequest) -> str | None:
    """The zone of the attendee, where it is with nobody else and nobody else's clock was named."""
    is_alone = not (isinstance(request, SlotRequest) and request.guests) and not (u.clock and u.clock.whose)
    return request.attendee.zone if request.attendee is not None and is_alone else None


def _is_elsewhere(u: Understanding) -> bool:
    """«kim is in tokyo», said beside a wish: where somebody else is, and no trip of the asker's."""
    return u.has(Cue.ELSEWHERE) and not u.has(Cue.TRAVELS)


def _is_only_for_them(u: Understanding, attendee: Person | None) -> bool:
    """«something on thursday that works for her»: no clock that could be hers, and her zone is known."""
    return attendee is not None and attendee.zone is not None and all(moment.hours is None for moment in u.moments)


def _their_place(u: Understanding) -> str | None:
    """«3pm her time, she's in denver»: the place that was named, where one clock was."""
    clocked = [moment for moment in u.moments if moment.hours is not None]
    return u.there if len(clocked) == 1 and not u.has(Cue.TRAVELS) else None


def _zone_of_stay(understanding: Understanding, talk: Talk) -> str | None:
    """The zone where the asker is on all of the days named, where that is not their own."""
    days = [moment.days for moment in understanding.moments if moment.days is not None]
    zones = {talk.stay_zone(day) for one in days for day in (one.first, one.last)}
    return zones.pop() if len(zones) == 1 else None


def under(talk: Talk) -> Under:
    """What of free times the text stands below."""
    conversation, request = talk.conversation, talk.conversation.request
    if not (conversation.card and conversation.offered) or not isinstance(request, SlotRequest | MoveRequest):
        return Under.NOTHING
    return Under.TIMES if request.slot is None else Under.CARD
