"""Understanding + request → request: what a text begins, and what it changes in the wish under way.

Only what was said is changed; what was only inferred (the event type, a clock taken over) is inferred anew each time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from bot.dialogue.conversation import Request
from bot.dialogue.request import revise
from bot.dialogue.request.people import people_in, with_people, without_people
from bot.language.meaning import Intent, Keep

if TYPE_CHECKING:
    from datetime import date, time

    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Understanding
    from bot.scheduling.models import Booking

Shown = TypeVar("Shown")

SEEKING = frozenset({Intent.FIND_SLOTS, Intent.BOOK, Intent.HOLD})
ON_BOOKING = frozenset(
    {
        Intent.CANCEL,
        Intent.RESCHEDULE,
        Intent.LIST_BOOKINGS,
        Intent.APPROVE,
        Intent.DECLINE,
        Intent.ADD_GUESTS,
        Intent.MARK_ABSENT,
        Intent.CHANGE_PLACE,
        Intent.SHOW_INVITEES,
    }
)
_LONGEST = 500
_FRESH_FOR = timedelta(hours=12)
_FOLLOWS = re.compile(
    r"^\W*(what|how) about\b|^\W*(and|or|then|maybe|ok|okay|so)\b|\binstead\b|\b(it|that|this|them|one|same)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"^\W*(so )?(what'?s|what is|what time|how late|when is|when'?s)\b", re.IGNORECASE)
_AND = re.compile(r"\band\b|&|\+|\bplus\b|,", re.IGNORECASE)
_OR = re.compile(r"\b(or|either|alternatively|else)\b|/", re.IGNORECASE)
_SKIPS = re.compile(r"\b(skip|without|except|excluding|leave out|drop|not|minus|omit)\b", re.IGNORECASE)


def fill(understanding: Understanding, talk: Talk) -> Request:
    """The wish that the text states, on top of the one under way where it continues that."""
    intent = understanding.intent
    if intent in SEEKING:
        base = _seeking_base(understanding, talk)
        return revised(understanding, talk, replace(base, intent=intent))
    if intent in ON_BOOKING:
        return _on_booking(understanding, talk)
    return _managing(understanding, talk, Request(intent=intent, asked_at=talk.now))


def refill(understanding: Understanding, talk: Talk, request: Request) -> Request:
    """The wish under way, changed by a follow-up."""
    if request.intent in SEEKING:
        return revised(understanding, talk, request)
    if request.intent in ON_BOOKING:
        return _revised_on_booking(understanding, talk, request)
    return _managing(understanding, talk, request)


def revised(understanding: Understanding, talk: Talk, request: Request) -> Request:
    """A wish for a slot with what the text says of it."""
    request = replace(request, asked_at=talk.now)
    people = people_in(understanding, talk)
    request = without_people(request, people, understanding.text) or with_people(request, people, understanding.text)
    request = _with_length(understanding, talk, request)
    request = _with_times(understanding, talk, request)
    request = _with_zone(understanding, talk, request)
    return replace(
        request,
        recurrence=understanding.recurrence or request.recurrence,
        place=understanding.place or request.place,
        topic=understanding.topic or request.topic,
        reason=understanding.reason or request.reason,
        wanted=understanding.named_type or request.wanted,
        details=_details(request.details, understanding.details),
    )


def changes_times(understanding: Understanding) -> bool:
    """Whether it says anything about when."""
    return bool(understanding.moments or understanding.recurrence or understanding.excluded or understanding.keeps)


def says_anything(understanding: Understanding) -> bool:
    """Whether it says anything that a wish can take up."""
    u = understanding
    return bool(
        changes_times(u)
        or (u.length or u.event_type or u.place or u.zone or u.zones or u.topic or u.reason)
        or (u.people or u.emails or u.mentions or u.details)
    )


def is_skip(understanding: Understanding) -> bool:
    """«skip the 15th»: what is named is to be left out."""
    return bool(understanding.excluded) or (
        bool(understanding.moments) and _SKIPS.search(understanding.text) is not None
    )


def booking_meant(understanding: Understanding, talk: Talk) -> Booking | None:
    """The booking that «it» or an ordinal points at, among those last shown."""
    listed = talk.conversation.listed
    if understanding.choice is not None:
        return pick(listed, understanding.choice)
    return listed[0] if len(listed) == 1 else None


def pick(shown: tuple[Shown, ...], choice: int) -> Shown | None:
    """The nth of what was shown, from 1; -1 is the last."""
    index = len(shown) - 1 if choice < 0 else choice - 1
    return shown[index] if 0 <= index < len(shown) else None


def _seeking_base(understanding: Understanding, talk: Talk) -> Request:
    old = talk.conversation.request
    fresh = Request(intent=understanding.intent, asked_at=talk.now)
    if old is None or old.is_done or old.intent not in SEEKING or not is_recent(old, talk):
        return fresh
    if understanding.choice is not None or (old.hold is not None and not understanding.moments):
        return old
    people = people_in(understanding, talk)
    is_other = bool(people) and old.attendee is not None and with_people(old, people, "").attendee != old.attendee
    has_time = any(revise.says_day(moment) for moment in understanding.moments)
    is_whole = any(revise.says_day(moment) and revise.says_clock(moment) for moment in understanding.moments)
    if (
        understanding.recurrence is not None
        or (is_other and (has_time or not _FOLLOWS.search(understanding.text)))
        or (is_whole and not _is_short_follow_up(understanding))
    ):
        return fresh
    if understanding.intent is Intent.FIND_SLOTS and has_time and not _is_short_follow_up(understanding):
        return replace(
            fresh,
            attendee=old.attendee,
            length=old.length,
            event_type=old.event_type,
            host=old.host,
            host_type=old.host_type,
        )
    return old


def is_recent(request: Request, talk: Talk) -> bool:
    """Whether the wish is of today's conversation."""
    return request.asked_at is None or talk.now - request.asked_at < _FRESH_FOR


def _is_short_follow_up(understanding: Understanding) -> bool:
    return _FOLLOWS.search(understanding.text) is not None or len(understanding.text.split()) <= 3


def _with_length(understanding: Understanding, talk: Talk, request: Request) -> Request:
    if understanding.event_type:
        titled = next((k for k in talk.context.event_types if k.title == understanding.event_type), None)
        if titled is not None:
            fits = understanding.length is None or understanding.length in titled.lengths
            changed = titled.id != request.event_type
            length = understanding.length or (None if changed else request.length)
            revised = replace(request, event_type=titled.id, length=length)
            return revised if fits and not changed else _at_its_start(talk, revised)
    if understanding.length is None:
        return request
    current = talk.event_type(request.event_type)
    keeps = current is not None and understanding.length in current.lengths
    revised = replace(request, length=understanding.length, event_type=request.event_type if keeps else None)
    return revised if understanding.length == request.length else _at_its_start(talk, revised)


def _at_its_start(talk: Talk, request: Request) -> Request:
    """Without the slot picked, whose length no longer fits, but still at its time."""
    if request.slot is None:
        return request
    start = request.slot.start.astimezone(talk.zone)
    moment = revise.on_day(start.date(), clock=start.time().replace(tzinfo=None))
    return replace(request, slot=None, moments=(replace(moment, zone=str(talk.zone)),))


def _with_times(understanding: Understanding, talk: Talk, request: Request) -> Request:
    named = understanding.moments
    if understanding.recurrence is None and request.recurrence is not None and is_skip(understanding):
        return replace(request, excluded=(*request.excluded, *named, *understanding.excluded))
    excluded = (*request.excluded, *understanding.excluded)
    if not named:
        if Keep.TIME in understanding.keeps or not understanding.recurrence:
            return replace(request, excluded=excluded, slot=None if understanding.excluded else request.slot)
        return replace(request, excluded=excluded, slot=None, skipped=())
    old = request.moments
    if Keep.TIME in understanding.keeps and (clock := _picked_clock(request, talk)) is not None:
        named = revise.at_clock(named, clock, request.zone)
    merged = revise.merge(old, named, day=_picked_day(request, talk), keeps_zone=not _is_own_zone(understanding, talk))
    is_each = request.intent is Intent.BOOK and len(merged) > 1 and _wants_each(understanding.text, merged)
    return replace(request, moments=merged, excluded=excluded, slot=None, not_before=None, skipped=(), is_each=is_each)


def _wants_each(text: str, moments: tuple[Moment, ...]) -> bool:
    """«tuesday and thursday at 2», as opposed to «tuesday or thursday»."""
    return all(map(revise.is_point, moments)) and _AND.search(text) is not None and not _OR.search(text)


def _picked_day(request: Request, talk: Talk) -> date | None:
    return request.slot.start.astimezone(talk.zone).date() if request.slot else None


def _picked_clock(request: Request, talk: Talk) -> time | None:
    slot = request.slot or (request.booking.slot if request.booking else None)
    return slot.start.astimezone(talk.zone).time() if slot else None


def _is_own_zone(understanding: Understanding, talk: Talk) -> bool:
    return revise.means_own_zone(understanding.text) or (
        understanding.zone is not None and understanding.zone == str(talk.zone)
    )


def _with_zone(understanding: Understanding, talk: Talk, request: Request) -> Request:
    if not understanding.moments and _ASKS.search(understanding.text):
        return request
    if _is_own_zone(understanding, talk):
        moments = revise.in_zone(request.moments, None)
        return replace(
            request, zone=None, zones=(), moments=moments, slot=request.slot if understanding.moments else None
        )
    candidates = understanding.zones or next((m.zones for m in understanding.moments if m.zones), ())
    if len(candidates) > 1:
        return replace(request, zones=candidates, zone=None, moments=revise.in_zone(request.moments, None))
    named = understanding.zone or next((moment.zone for moment in understanding.moments if moment.zone), None)
    if named is None:
        return request
    attendee = request.attendee
    if attendee is not None and attendee.zone is None:
        attendee = replace(attendee, zone=named)
    moments = revise.in_zone(request.moments, named)
    slot = request.slot if understanding.moments else None
    return replace(request, zone=named, zones=(), moments=moments, attendee=attendee, slot=slot)


def _on_booking(understanding: Understanding, talk: Talk) -> Request:
    """A wish about a booking: which one, and what is to become of it."""
    old = talk.conversation.request
    people = people_in(understanding, talk)
    request = Request(intent=understanding.intent, asked_at=talk.now)
    says_when = bool(understanding.moments) and understanding.intent is not Intent.RESCHEDULE
    says_which = bool(people or understanding.from_moment or understanding.event_type or says_when)
    if old is not None and old.booking is not None and not says_which and is_recent(old, talk):
        request = replace(request, booking=old.booking, moments=() if old.is_done else old.moments)
    elif not says_which and (
        understanding.choice is not None or not understanding.moments or understanding.intent is Intent.RESCHEDULE
    ):
        request = replace(request, booking=booking_meant(understanding, talk))
    if understanding.intent is Intent.LIST_BOOKINGS:
        request = replace(request, booking=None, moments=())
    return _revised_on_booking(understanding, talk, request)


def _revised_on_booking(understanding: Understanding, talk: Talk, request: Request) -> Request:
    request = _managing(understanding, talk, request)
    is_move = request.intent is Intent.RESCHEDULE
    request = _with_party(understanding, talk, request)
    sought = understanding.moments if not is_move else ()
    if understanding.from_moment is not None:
        sought = (*sought, understanding.from_moment)
    request = replace(
        request,
        sought=sought or request.sought,
        wanted=understanding.event_type or understanding.named_type or request.wanted,
    )
    return _with_target(understanding, talk, request) if is_move else request


def _with_party(understanding: Understanding, talk: Talk, request: Request) -> Request:
    """Who is in the booking meant; and for guests, who is to be added to it."""
    people = people_in(understanding, talk)
    if not people:
        return request
    if request.intent is Intent.ADD_GUESTS:
        added = people_in(replace(understanding, people=()), talk)
        named = people_in(replace(understanding, emails=(), mentions=()), talk)
        attendee = named[0] if named and added else request.attendee
        return replace(request, guests=added or named, attendee=attendee)
    guests = people if request.intent is Intent.MARK_ABSENT else request.guests
    return replace(request, attendee=people[0], guests=guests)


def _with_target(understanding: Understanding, talk: Talk, request: Request) -> Request:
    """Where a booking is to be moved to."""
    named = understanding.moments
    if Keep.TIME in understanding.keeps and (clock := _picked_clock(request, talk)) is not None:
        named = revise.at_clock(named, clock, None)
    own = _is_own_zone(understanding, talk)
    merged = (
        revise.merge(request.moments, named, day=_picked_day(request, talk), keeps_zone=not own)
        if named
        else request.moments
    )
    moved = replace(request, moments=merged, slot=None if named else request.slot, not_before=None)
    return _with_zone(understanding, talk, moved)


def _managing(understanding: Understanding, talk: Talk, request: Request) -> Request:
    """A wish about the account: its details, and whatever else was read."""
    people = people_in(understanding, talk)
    is_booking = request.intent in ON_BOOKING
    moments: tuple[Moment, ...] = request.moments if is_booking else (understanding.moments or request.moments)
    titled = next((k.id for k in talk.context.event_types if k.title == understanding.event_type), None)
    return replace(
        request,
        asked_at=talk.now,
        said=understanding.text[:_LONGEST],
        details=_details(request.details, understanding.details),
        length=understanding.length or request.length,
        event_type=titled or request.event_type,
        attendee=request.attendee if is_booking else (people[0] if people else request.attendee),
        moments=moments,
        recurrence=understanding.recurrence or request.recurrence,
        place=understanding.place or request.place,
        topic=understanding.topic or request.topic,
        reason=understanding.reason or request.reason,
        zone=understanding.zone or request.zone,
        wanted=understanding.named_type or request.wanted,
    )


def _details(old: tuple[tuple[str, str], ...], new: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple({**dict(old), **dict(new)}.items())
