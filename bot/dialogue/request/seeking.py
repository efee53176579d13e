"""A wish for a slot, filled and changed by what a text says of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.families import EventTypeRequest, SlotRequest
from bot.dialogue.request import revise
from bot.dialogue.request.people import excluded_in, is_same, people_in, with_people, without_people
from bot.dialogue.request.said import (
    EDGES,
    edge_said,
    is_own_zone,
    is_recent,
    is_skip,
    on_its_weekday,
    picked_clock,
    picked_day,
    times_so_far,
    with_zone,
)
from bot.language.meaning import Intent, Keep, Open
from bot.language.signs import Cue
from bot.scheduling.replacing import replace
from bot.scheduling.together.people import key_of

if TYPE_CHECKING:
    from datetime import date

    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Understanding
    from bot.scheduling.models import Hold, Person

SEEKING = frozenset({Intent.FIND_SLOTS, Intent.BOOK, Intent.HOLD})
LOOKING = frozenset(intent for intent in Intent if intent.value.startswith(("show_", "list_", "count_"))) | {
    *(Intent.WHOAMI, Intent.HELP, Intent.GREETING, Intent.TELL_TIME, Intent.WHY_NOT),
    *(Intent.NEXT_OPENING, Intent.BOOKING_STATUS),
}
"""Wishes whose answers write nothing, so that «undo» below them is of what was written before."""
_FEW = 3
"""Words of a text that can only go on from what was said."""
_SHORT = 5
"""The same where it says that it does."""


def revised(understanding: Understanding, talk: Talk, request: SlotRequest) -> SlotRequest:
    """A wish for a slot with what the text says of it."""
    u = understanding
    request = replace(request, asked_at=talk.now)
    is_named = bool(u.people or u.mentions or u.emails)
    if is_named or u.excluded_people:
        request = _with_people(u, talk, request)
    if u.details or u.has(Cue.THREAD):
        request = _with_groups(u, talk, request)
    if is_named:
        request = _with_company(u, talk, request)
    if u.length is None and u.stretch and request.intent is not Intent.FIND_SLOTS:
        request = _with_length(replace(u, length=u.stretch), talk, request)  # a look-up is for any time in them
    elif u.length is not None or u.by is not None or u.event_type:
        request = _with_length(u, talk, request)
    request = _with_times(u, talk, request)
    request = with_zone(u, talk, request)
    if u.has(*EDGES):
        request = _at_edge(u, request)
    return replace(
        request,
        recurrence=u.recurrence or request.recurrence,
        place=u.place or request.place,
        topic=u.option or u.topic or (_named(u) if u.details else "") or request.topic,
        wanted=u.named_type or request.wanted,
    )


def _at_edge(u: Understanding, request: SlotRequest) -> SlotRequest:
    """The wish for the first or the last of what is free, which is one time for one person."""
    if request.intent is Intent.FIND_SLOTS and u.has(Cue.QUESTION, Cue.ASKS_FREE):
        return request
    names = request.intent is Intent.FIND_SLOTS and bool(u.people or u.emails or u.mentions)
    return replace(request, edge=edge_said(u), slot=None, intent=Intent.BOOK if names else request.intent)


def _named(u: Understanding) -> str:
    """What it is to be about, or to be called."""
    return u.detail("note") or u.detail("new_name")


def _with_groups(u: Understanding, talk: Talk, request: SlotRequest) -> SlotRequest:
    """The wish with the groups, or the thread, that stand for people."""
    groups = tuple(value for name, value in u.details if name == "group")
    in_thread = u.has(Cue.THREAD)
    if not (groups or in_thread):
        return request
    request = replace(request, groups=groups, in_thread=in_thread)
    if people_in(u, talk) or u.has(Cue.ALSO):
        return request
    return replace(request, attendee=None, guests=(), is_either=False, optional=())


def _with_company(u: Understanding, talk: Talk, request: SlotRequest) -> SlotRequest:
    """Who of the people that are named is needed."""
    optional = u.optional
    if optional:
        known = {person.member: key_of(person) for person in talk.context.people}
        optional = tuple(known.get(one, one.casefold()) for one in optional)
    kept = replace(request, is_either=u.is_either, optional=optional, outsiders=(), rechecks=False)
    return replace(kept, quorum=u.quorum)


def _with_people(u: Understanding, talk: Talk, request: SlotRequest) -> SlotRequest:
    """Those named come in, are added or go out; those excepted go out."""
    people = people_in(u, talk)
    gone = excluded_in(u, talk) if u.excluded_people else ()
    if not gone and u.has(Cue.WITHOUT, Cue.EXCEPT) and (left := without_people(request, people)) is not None:
        return left
    if gone and people and all(_comes(request, person) for person in people):
        return without_people(request, gone) or request  # «dana needs to be there, kim doesn't»
    if people and u.moments and u.has(Cue.NEGATED) and all(_comes(request, person) for person in people):
        return request  # «kim can't that day, how about friday»
    if u.has(Cue.ONLY) and (named := _only(request, people)) is not None:
        return named
    if u.has(Cue.INSTEAD) and people:  # «kim@acme.io instead»: no address of who was meant before
        request = replace(request, attendee=None)
    adds = request.attendee is not None and (u.has(Cue.ALSO, Cue.JOINS) or goes_on(u))
    request = with_people(request, people, adds=adds)
    return (without_people(request, gone) if gone else None) or request


def _comes(request: SlotRequest, person: Person) -> bool:
    there = (*((request.attendee,) if request.attendee is not None else ()), *request.guests)
    return any(is_same(one, person) for one in there)


def _only(request: SlotRequest, people: tuple[Person, ...]) -> SlotRequest | None:
    """«only lena»: of those who were to come; None where somebody else is named."""
    there = (*((request.attendee,) if request.attendee is not None else ()), *request.guests)
    left = tuple(one for one in there if any(is_same(one, person) for person in people))
    if not people or len(left) < len(people) or len(left) == len(there):
        return None
    return replace(request, attendee=left[0], guests=left[1:])


def goes_on(u: Understanding) -> bool:
    """«and dana»: somebody more, unless it asks or says when."""
    says_else = u.moments or u.left_out or u.has(Cue.QUESTION, Cue.INSTEAD, Cue.TELLS)
    return u.has(Cue.GOES_ON) and u.size <= _SHORT and not says_else


def seeking_base(understanding: Understanding, talk: Talk, fresh: SlotRequest) -> SlotRequest:
    old = talk.conversation.request
    if isinstance(old, EventTypeRequest) and is_recent(old, talk) and understanding.has(Cue.FOLLOWS):
        return replace(fresh, event_type=old.event_type)  # «book it for friday»: of the type that was just made
    if not isinstance(old, SlotRequest) or old.is_done or not is_recent(old, talk):
        return fresh
    if understanding.choice is not None or (old.hold is not None and not understanding.moments):
        return old
    people = people_in(understanding, talk)
    is_other = bool(people) and old.attendee is not None and with_people(old, people).attendee != old.attendee
    has_time = is_whole = False
    for moment in understanding.moments:
        if moment.says_day:
            has_time = True
            is_whole = is_whole or revise.says_clock(moment)
    if (
        understanding.recurrence is not None
        or (is_other and (has_time or not understanding.has(Cue.FOLLOWS)))
        or (is_whole and not _is_short_follow_up(understanding))
    ):
        is_on_hold = old.hold is not None and _is_on_hold(understanding, talk, old.hold)
        return replace(fresh, hold=old.hold) if is_on_hold else fresh
    if understanding.intent is Intent.FIND_SLOTS and has_time and not _is_short_follow_up(understanding):
        return replace(
            fresh,
            attendee=old.attendee,
            guests=old.guests,
            is_either=old.is_either,
            optional=old.optional,
            outsiders=old.outsiders,
            length=old.length,
            length_side=old.length_side,
            event_type=old.event_type,
            host=old.host,
            host_type=old.host_type,
        )
    return old


def _is_on_hold(u: Understanding, talk: Talk, hold: Hold) -> bool:
    """«book lee wednesday 9am» while that very time is held: it is held for this."""
    if len(u.moments) != 1:
        return False
    held = hold.slot.end - hold.slot.start
    titled = next((kind for kind in talk.context.event_types if kind.title == u.event_type), None)
    if u.length not in {None, held} or (titled is not None and held not in titled.lengths):
        return False
    moment, start = u.moments[0], hold.slot.start.astimezone(talk.zone)
    is_day = moment.days is not None and moment.days.first == moment.days.last == start.date()
    return is_day and moment.hours is not None and moment.hours.start == start.time()


def _is_short_follow_up(understanding: Understanding) -> bool:
    is_few = understanding.size <= _FEW and not understanding.has(Cue.ASKS_FREE)  # «what's free friday» is whole
    asks_anew = understanding.intent is Intent.FIND_SLOTS and understanding.has(Cue.ASKS_FREE)
    return (understanding.has(Cue.FOLLOWS) and not asks_anew) or is_few


def _length_now(talk: Talk, request: SlotRequest) -> timedelta | None:
    """How long what is on the card, or was asked for, takes."""
    if request.slot is not None:
        return request.slot.end - request.slot.start
    if request.length is not None:
        return request.length
    offered = talk.conversation.offered
    return offered[0].end - offered[0].start if offered else None


def _with_length(understanding: Understanding, talk: Talk, request: SlotRequest) -> SlotRequest:
    if understanding.by is not None and (now := _length_now(talk, request)) is not None:
        understanding = replace(understanding, length=max(now + understanding.by, timedelta(minutes=1)))
    if understanding.event_type:
        titled = next((k for k in talk.context.event_types if k.title == understanding.event_type), None)
        if titled is not None:
            fits = understanding.length is None or understanding.length in titled.lengths
            changed = titled.id != request.event_type
            length = understanding.length or (None if changed else request.length)
            revised = replace(request, event_type=titled.id, length=length, length_side=understanding.length_side)
            return revised if fits and not changed else _at_its_start(talk, revised)
    if understanding.length is None:
        return request
    current = talk.event_type(request.event_type) if request.event_type is not None else None
    keeps = current is not None and understanding.length in current.lengths
    revised = replace(
        request,
        length=understanding.length,
        length_side=understanding.length_side,
        event_type=request.event_type if keeps else None,
    )
    return revised if understanding.length == request.length else _at_its_start(talk, revised)


def _at_its_start(talk: Talk, request: SlotRequest) -> SlotRequest:
    """Without the slot picked, whose length no longer fits, but still at its time."""
    if request.slot is None:
        return request
    start = request.slot.start.astimezone(talk.zone)
    moment = revise.on_day(start.date(), clock=start.time().replace(tzinfo=None))
    return replace(request, slot=None, moments=(replace(moment, zone=str(talk.zone)),))


def _with_times(understanding: Understanding, talk: Talk, request: SlotRequest) -> SlotRequest:
    u, named, old = understanding, understanding.moments, request.moments
    if u.recurrence is None and request.recurrence is not None:
        if is_skip(u):
            return replace(request, excluded=(*request.excluded, *named, *u.excluded))
        if (ends := _series_end(u)) is not None:
            return replace(request, recurrence=replace(request.recurrence, until=ends, count=None))
    excluded = (*request.excluded, *u.excluded)
    if not named:
        if Keep.TIME in u.keeps or not u.recurrence:
            moments = revise.around(old, u.excluded)
            slot = None if u.excluded else request.slot
            return replace(request, moments=moments, excluded=excluded, slot=slot)
        return replace(request, excluded=excluded, slot=None)
    if len(old) > 1 and not request.is_each:
        named = revise.of_those_said(old, named)
    if (there := picked_day(request, talk)) is not None:
        named = on_its_weekday(u, named, there)
    if Keep.TIME in u.keeps and (clock := picked_clock(request, talk)) is not None:
        named = revise.at_clock(named, clock, request.zone)
    said = named
    if old or there is not None:
        keeps_zone = not is_own_zone(u, talk)
        named = revise.merge(times_so_far(request, talk), named, day=there, keeps_zone=keeps_zone)
    turns = u.recurrence.turns if u.recurrence is not None else ()
    may_book = request.intent is Intent.BOOK or (u.count is not None and request.attendee is not None)
    is_each = may_book and len(named) > max(1, len(turns)) and _wants_each(u, named)
    is_each = is_each or (request.intent is Intent.HOLD and _holds_each(u, request, named))
    if request.recurrence is not None and request.recurrence.turns and any(map(revise.says_clock, said)):
        request = replace(request, recurrence=replace(request.recurrence, turns=()))  # «make it 10»: all of them
    excluded = _ruled_out(u, talk, request, named) if excluded else ()
    return replace(request, moments=named, excluded=excluded, slot=None, not_before=None, is_each=is_each)


def _ruled_out(u: Understanding, talk: Talk, request: SlotRequest, named: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """What is out beside the times that are named now; the clock of the card alone («not 11:30, 10:30») is only given up."""
    clock = picked_clock(request, talk)
    gone = tuple(one for one in u.excluded if not revise.is_clock(one, clock))
    return (*revise.still_out(request.excluded, named), *gone)


def _series_end(understanding: Understanding) -> date | None:
    """«until the end of january» below the dates of a series: its last day, and no date of it."""
    if len(understanding.moments) != 1:
        return None
    (moment,) = understanding.moments
    is_end = moment.open is Open.BEFORE and moment.hours is None and moment.days is not None
    return moment.days.last if is_end and moment.days is not None and understanding.has(Cue.UNTIL, Cue.BOUND) else None


def _holds_each(u: Understanding, request: SlotRequest, moments: tuple[Moment, ...]) -> bool:
    """«hold 10-11 and 3-4», or «also 3 to 4» below one that is not held yet: more than one is to be held."""
    if request.hold is not None or u.has(Cue.EITHER):
        return False
    is_listed = len(moments) > 1 and u.has(Cue.AND) and all(map(revise.says_clock, moments))
    return is_listed or (u.has(Cue.ALSO) and request.slot is not None and bool(u.moments))


def _wants_each(understanding: Understanding, moments: tuple[Moment, ...]) -> bool:
    """«tuesday and thursday at 2», «3 slots, mon wed fri at 10», as opposed to «tuesday or thursday»."""
    is_counted = understanding.count == len(moments)
    is_list = understanding.has(Cue.AND) or is_counted
    return all(map(revise.is_point, moments)) and is_list and not understanding.has(Cue.EITHER)
