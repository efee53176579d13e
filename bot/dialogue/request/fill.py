"""Understanding + request → request: what a text begins, and what it changes in the wish under way.

Only what was said is changed; what was only inferred (the event type, a clock taken over) is inferred anew each time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar, assert_never

from bot.dialogue.families import (
    AccountRequest,
    BookingRequest,
    EventTypeRequest,
    HoursRequest,
    LimitsRequest,
    ListRequest,
    MoveRequest,
    ProfileRequest,
    ReminderRequest,
    SlotRequest,
    TalkRequest,
    TimeRequest,
    TogetherRequest,
    UndoRequest,
    WebhookRequest,
    booking_of,
)
from bot.dialogue.request import revise
from bot.dialogue.request.gathered import gathered
from bot.dialogue.request.managed import managed
from bot.dialogue.request.people import excluded_in, people_in, with_people, without_people
from bot.language.meaning import LAST, Intent, Keep
from bot.language.signs import Cue
from bot.scheduling.together.people import key_of

if TYPE_CHECKING:
    from datetime import date, time

    from bot.dialogue.families import OnBooking, Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Understanding
    from bot.scheduling.models import Booking

Shown = TypeVar("Shown")
Timed = TypeVar("Timed", SlotRequest, MoveRequest)
Asked = TypeVar("Asked", BookingRequest, MoveRequest)

SEEKING = frozenset({Intent.FIND_SLOTS, Intent.BOOK, Intent.HOLD})
_FRESH_FOR = timedelta(hours=12)
_OF_SEVERAL = frozenset({Intent.CANCEL, Intent.LIST_BOOKINGS})
"""Wishes that can be about several people's bookings at once."""
_LONGEST_STRETCH = timedelta(hours=3)
"""A longer stretch that is named is rather a window in which to look."""
_FEW = 3
"""Words of a text that can only go on from what was said."""


def fill(understanding: Understanding, talk: Talk) -> Request:
    """The wish that the text states, on top of the one under way where it continues that."""
    u = understanding
    match u.intent:
        case Intent.FIND_SLOTS | Intent.BOOK | Intent.HOLD as intent:
            base = _seeking_base(u, talk, SlotRequest(intent=intent, asked_at=talk.now))
            return revised(u, talk, replace(base, intent=intent))
        case Intent.RESCHEDULE:
            return _on_booking(u, talk, MoveRequest(asked_at=talk.now))
        case (
            Intent.LIST_BOOKINGS
            | Intent.CANCEL
            | Intent.APPROVE
            | Intent.DECLINE
            | Intent.ADD_GUESTS
            | Intent.MARK_ABSENT
            | Intent.SHOW_INVITEES
            | Intent.CHANGE_PLACE
            | Intent.COUNT_BOOKINGS
            | Intent.REMOVE_GUESTS
            | Intent.CHANGE_LENGTH
            | Intent.CHANGE_TITLE
            | Intent.CHANGE_NOTE
            | Intent.RESEND
        ) as intent:
            return _on_booking(u, talk, BookingRequest(intent=intent, asked_at=talk.now))
        case _:
            return refill(u, talk, replace(_beside(u.intent), asked_at=talk.now))


def _beside(intent: Intent) -> Request:
    """A bare request for anything but slots and bookings; help for what is no wish of its own."""
    match intent:
        case (
            Intent.SHOW_EVENT_TYPES
            | Intent.CREATE_EVENT_TYPE
            | Intent.CHANGE_EVENT_TYPE
            | Intent.DELETE_EVENT_TYPE
            | Intent.CREATE_LINK
        ):
            return EventTypeRequest(intent=intent)
        case Intent.SHOW_HOURS | Intent.SET_HOURS | Intent.TIME_OFF | Intent.CREATE_SCHEDULE | Intent.DELETE_SCHEDULE:
            return HoursRequest(intent=intent)
        case (
            Intent.SHOW_WEBHOOKS
            | Intent.CREATE_WEBHOOK
            | Intent.PAUSE_WEBHOOK
            | Intent.RESUME_WEBHOOK
            | Intent.DELETE_WEBHOOK
            | Intent.NEWS_ON
            | Intent.NEWS_OFF
        ):
            return WebhookRequest(intent=intent)
        case Intent.CHANGE_PROFILE:
            return ProfileRequest()
        case (
            Intent.SHOW_PENDING
            | Intent.SHOW_TEAM
            | Intent.SHOW_CALENDARS
            | Intent.SHOW_CONFERENCING
            | Intent.SHOW_BUSY
            | Intent.SHOW_EMAILS
            | Intent.SHOW_HOLDS
        ):
            return ListRequest(intent=intent)
        case Intent.CONNECT | Intent.DISCONNECT | Intent.WHOAMI | Intent.USE_ACCOUNT | Intent.FORGET_ME:
            return AccountRequest(intent=intent)
        case Intent.AGENDA | Intent.REMIND:
            return ReminderRequest(intent=intent)
        case (
            Intent.SHARE_FREE
            | Intent.STOP_SHARING
            | Intent.SHARE_TIMES
            | Intent.ASK_OTHER
            | Intent.PASTE_TIMES
            | Intent.POLL
        ):
            return TogetherRequest(intent=intent)
        case Intent.SET_LIMITS:
            return LimitsRequest()
        case Intent.TELL_TIME | Intent.WHY_NOT:
            return TimeRequest(intent=intent)
        case Intent.UNDO:
            return UndoRequest()
        case Intent.GREETING:
            return TalkRequest(intent=intent)
        case _:
            return TalkRequest(intent=Intent.HELP)


def refill(understanding: Understanding, talk: Talk, request: Request) -> Request:
    """The wish under way, changed by a follow-up."""
    match request:
        case SlotRequest():
            return revised(understanding, talk, request)
        case BookingRequest() | MoveRequest():
            return refill_on_booking(understanding, talk, request)
        case UndoRequest():
            return request
        case (
            EventTypeRequest()
            | HoursRequest()
            | WebhookRequest()
            | ProfileRequest()
            | ListRequest()
            | ReminderRequest()
            | LimitsRequest()
            | TimeRequest()
        ):
            return managed(understanding, talk, request)
        case TogetherRequest():
            return gathered(understanding, talk, request)
        case AccountRequest():
            provider = understanding.detail("provider") or request.provider
            return replace(request, asked_at=talk.now, provider=provider)
        case TalkRequest():
            return request
        case _:
            assert_never(request)


def revised(understanding: Understanding, talk: Talk, request: SlotRequest) -> SlotRequest:
    """A wish for a slot with what the text says of it."""
    request = replace(request, asked_at=talk.now)
    request = _with_people(understanding, talk, request)
    request = _with_company(understanding, talk, request)
    request = _with_length(_as_long_as_said(understanding, request), talk, request)
    request = _with_times(understanding, talk, request)
    request = _with_zone(understanding, talk, request)
    return replace(
        request,
        recurrence=understanding.recurrence or request.recurrence,
        place=understanding.place or request.place,
        topic=understanding.topic or request.topic,
        wanted=understanding.named_type or request.wanted,
    )


def _with_company(understanding: Understanding, talk: Talk, request: SlotRequest) -> SlotRequest:
    """Who of the people is needed, where the text names anybody; groups and the thread stand for people."""
    groups = tuple(value for name, value in understanding.details if name == "group")
    in_thread = understanding.has(Cue.THREAD)
    if groups or in_thread:
        request = replace(request, groups=groups, in_thread=in_thread)
    if not (understanding.people or understanding.mentions):
        return request
    known = {person.member: key_of(person) for person in talk.context.people}
    optional = tuple(known.get(one, one.casefold()) for one in understanding.optional)
    return replace(request, is_either=understanding.is_either, optional=optional, outsiders=(), rechecks=False)


def _with_people(u: Understanding, talk: Talk, request: SlotRequest) -> SlotRequest:
    """Those named come in, are added or go out; those excepted go out."""
    people, gone = people_in(u, talk), excluded_in(u, talk)
    if not gone and u.has(Cue.WITHOUT, Cue.EXCEPT) and (left := without_people(request, people)) is not None:
        return left
    request = with_people(request, people, adds=u.has(Cue.ALSO))
    return without_people(request, gone) or request


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
        bool(understanding.moments) and understanding.has(Cue.EXCEPT, Cue.WITHOUT, Cue.NEGATED)
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


def _seeking_base(understanding: Understanding, talk: Talk, fresh: SlotRequest) -> SlotRequest:
    old = talk.conversation.request
    if not isinstance(old, SlotRequest) or old.is_done or not is_recent(old, talk):
        return fresh
    if understanding.choice is not None or (old.hold is not None and not understanding.moments):
        return old
    people = people_in(understanding, talk)
    is_other = bool(people) and old.attendee is not None and with_people(old, people).attendee != old.attendee
    has_time = any(revise.says_day(moment) for moment in understanding.moments)
    is_whole = any(revise.says_day(moment) and revise.says_clock(moment) for moment in understanding.moments)
    if (
        understanding.recurrence is not None
        or (is_other and (has_time or not understanding.has(Cue.FOLLOWS)))
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
    return understanding.has(Cue.FOLLOWS) or understanding.size <= _FEW


def _as_long_as_said(understanding: Understanding, request: SlotRequest) -> Understanding:
    """A booking or a hold from 2 to 4 is to take the two hours; a look-up is for any time in them."""
    is_asked = request.intent is not Intent.FIND_SLOTS and understanding.length is None
    return replace(understanding, length=understanding.stretch) if is_asked and understanding.stretch else understanding


def _with_length(understanding: Understanding, talk: Talk, request: SlotRequest) -> SlotRequest:
    if understanding.length is None and (length := _stretch_said(understanding)) is not None:
        understanding = replace(understanding, length=length)
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


def _stretch_said(u: Understanding) -> timedelta | None:
    """«book … 2 to 4»: a stretch that is booked says how long it is; one between which something is sought does not."""
    if u.intent not in {Intent.BOOK, Intent.HOLD} or len(u.moments) != 1 or u.has(Cue.BETWEEN):
        return None
    moment = u.moments[0]
    hours = moment.hours
    if hours is None or hours.start is None or hours.end is None or hours.name or moment.is_through:
        return None
    is_day = moment.days is not None and moment.days.first == moment.days.last
    start, end = (
        timedelta(hours=hours.start.hour, minutes=hours.start.minute),
        timedelta(hours=hours.end.hour, minutes=hours.end.minute),
    )
    return end - start if is_day and timedelta() < end - start <= _LONGEST_STRETCH else None


def _at_its_start(talk: Talk, request: SlotRequest) -> SlotRequest:
    """Without the slot picked, whose length no longer fits, but still at its time."""
    if request.slot is None:
        return request
    start = request.slot.start.astimezone(talk.zone)
    moment = revise.on_day(start.date(), clock=start.time().replace(tzinfo=None))
    return replace(request, slot=None, moments=(replace(moment, zone=str(talk.zone)),))


def _with_times(understanding: Understanding, talk: Talk, request: SlotRequest) -> SlotRequest:
    named = understanding.moments
    if understanding.recurrence is None and request.recurrence is not None and is_skip(understanding):
        return replace(request, excluded=(*request.excluded, *named, *understanding.excluded))
    excluded = (*request.excluded, *understanding.excluded)
    if not named:
        if Keep.TIME in understanding.keeps or not understanding.recurrence:
            return replace(request, excluded=excluded, slot=None if understanding.excluded else request.slot)
        return replace(request, excluded=excluded, slot=None)
    old = request.moments
    if Keep.TIME in understanding.keeps and (clock := _picked_clock(request, talk)) is not None:
        named = revise.at_clock(named, clock, request.zone)
    merged = revise.merge(old, named, day=_picked_day(request, talk), keeps_zone=not _is_own_zone(understanding, talk))
    is_each = request.intent is Intent.BOOK and len(merged) > 1 and _wants_each(understanding, merged)
    return replace(request, moments=merged, excluded=excluded, slot=None, not_before=None, is_each=is_each)


def _wants_each(understanding: Understanding, moments: tuple[Moment, ...]) -> bool:
    """«tuesday and thursday at 2», as opposed to «tuesday or thursday»."""
    return all(map(revise.is_point, moments)) and understanding.has(Cue.AND) and not understanding.has(Cue.EITHER)


def _picked_day(request: SlotRequest | MoveRequest, talk: Talk) -> date | None:
    return request.slot.start.astimezone(talk.zone).date() if request.slot else None


def _picked_clock(request: SlotRequest | MoveRequest, talk: Talk) -> time | None:
    slot = request.slot or (request.booking.slot if request.booking else None)
    return slot.start.astimezone(talk.zone).time() if slot else None


def _is_own_zone(understanding: Understanding, talk: Talk) -> bool:
    return understanding.has(Cue.OWN_CLOCK) or (understanding.zone is not None and understanding.zone == str(talk.zone))


def _with_zone(understanding: Understanding, talk: Talk, request: Timed) -> Timed:
    """The times in the zone that was named; the asker's own where that was said."""
    if not understanding.moments and understanding.has(Cue.ASKS):
        return request
    if _is_own_zone(understanding, talk):
        moments = revise.in_zone(request.moments, None)
        slot = request.slot if understanding.moments else None
        return replace(request, zone=None, zones=(), moments=moments, slot=slot)
    candidates = understanding.zones or next((m.zones for m in understanding.moments if m.zones), ())
    if len(candidates) > 1:
        return replace(request, zones=candidates, zone=None, moments=revise.in_zone(request.moments, None))
    named = understanding.zone or next((moment.zone for moment in understanding.moments if moment.zone), None)
    attendee = request.attendee
    if named is None and understanding.has(Cue.THEIR_CLOCK):
        request = replace(request, is_their_clock=True)
        named = attendee.zone if attendee is not None else None
    if named is None and request.zone is None and not request.is_their_clock:
        named = _zone_of_stay(understanding, talk)
    if named is None:
        return request
    request = replace(request, is_their_clock=False)
    if attendee is not None and attendee.zone is None:
        attendee = replace(attendee, zone=named)
    moments = revise.in_zone(request.moments, named)
    slot = request.slot if understanding.moments else None
    return replace(request, zone=named, zones=(), moments=moments, attendee=attendee, slot=slot)


def _zone_of_stay(understanding: Understanding, talk: Talk) -> str | None:
    """The zone where the asker is on all of the days named, where that is not their own."""
    days = [moment.days for moment in understanding.moments if moment.days is not None]
    zones = {talk.stay_zone(day) for one in days for day in (one.first, one.last)}
    return zones.pop() if len(zones) == 1 else None


def _on_booking(understanding: Understanding, talk: Talk, request: OnBooking) -> OnBooking:
    """A wish about a booking: which one, and what is to become of it."""
    old = talk.conversation.request
    people = people_in(understanding, talk)
    is_move = isinstance(request, MoveRequest)
    spoken_of = booking_of(old)
    says_when = bool(understanding.moments) and not is_move
    says_which = bool(people or understanding.from_moment or understanding.event_type or says_when)
    if old is not None and spoken_of is not None and not says_which and is_recent(old, talk):
        request = _about_the_same(request, old, spoken_of)
    elif not says_which and (understanding.choice is not None or not understanding.moments or is_move):
        request = replace(request, booking=booking_meant(understanding, talk))
    if request.intent in {Intent.LIST_BOOKINGS, Intent.COUNT_BOOKINGS}:
        request = replace(request, booking=None)
    return refill_on_booking(understanding, talk, request)


def _about_the_same(request: OnBooking, old: Request, booking: Booking) -> OnBooking:
    """A wish about the booking that the one under way spoke of; a move keeps the times that were named for it."""
    if isinstance(request, BookingRequest):
        return replace(request, booking=booking)
    times = old.moments if isinstance(old, SlotRequest | MoveRequest) and not old.is_done else ()
    return replace(request, booking=booking, moments=times)


def refill_on_booking(understanding: Understanding, talk: Talk, request: OnBooking) -> OnBooking:
    """The wish about a booking, changed by a follow-up."""
    u = understanding
    request = replace(request, asked_at=talk.now, zone=u.zone or request.zone)
    request = replace(
        request,
        cues=frozenset(sign.cue for sign in u.cues),
        loose=u.loose,
        excluded_people=excluded_in(u, talk) or request.excluded_people,
        excluded=u.excluded or request.excluded,
        excluded_type=u.excluded_type or request.excluded_type,
        which=_which(u) or request.which,
    )
    request = replace(
        request,
        reason=u.reason or request.reason,
        sought=_sought(u, request) or request.sought,
        wanted=u.event_type or u.named_type or request.wanted,
    )
    if isinstance(request, MoveRequest):
        return _with_target(u, talk, _with_party(u, talk, request))
    return _with_party(u, talk, _with_change(u, replace(request, place=u.place or request.place)))


def _with_change(understanding: Understanding, request: BookingRequest) -> BookingRequest:
    """What it is to be: its length, its title or its note."""
    match request.intent:
        case Intent.CHANGE_LENGTH:
            return replace(request, length=understanding.length or request.length)
        case Intent.CHANGE_TITLE:
            named = understanding.detail("new_name")
            wanted = request.wanted if request.wanted != named else ""
            return replace(request, text=named or request.text, wanted=wanted)
        case Intent.CHANGE_NOTE:
            return replace(request, text=understanding.detail("note") or request.text)
        case _:
            return request


def _which(u: Understanding) -> int | None:
    """Which of those that fit: «the 2nd meeting with sam», «my next», «my last»."""
    if u.has(Cue.ALL):
        return None
    if u.choice is not None:
        return u.choice
    if u.has(Cue.NEXT) and u.has(Cue.STANDING, Cue.CANCELS, Cue.MOVES):
        return 1
    return LAST if u.has(Cue.LAST) else None


def _sought(understanding: Understanding, request: OnBooking) -> tuple[Moment, ...]:
    """Its present time; in a move, the times named are where it is to go."""
    said = () if isinstance(request, MoveRequest) else understanding.moments
    return (*said, understanding.from_moment) if understanding.from_moment is not None else said


def _with_party(understanding: Understanding, talk: Talk, request: Asked) -> Asked:
    """Who is in the booking meant; and for guests, who is to be added to it."""
    people = people_in(understanding, talk)
    if not people:
        return request
    if not isinstance(request, BookingRequest):
        return replace(request, attendee=people[0], others=people[1:])
    if request.intent in {Intent.ADD_GUESTS, Intent.REMOVE_GUESTS}:
        added = people_in(replace(understanding, people=()), talk)
        named = people_in(replace(understanding, emails=(), mentions=()), talk)
        attendee = named[0] if named and added else request.attendee
        if request.intent is Intent.REMOVE_GUESTS and len(named) > 1 and not added:
            return replace(request, guests=named[:-1], attendee=named[-1])
        return replace(request, guests=added or named, attendee=attendee)
    guests = people if request.intent is Intent.MARK_ABSENT else request.guests
    others = people[1:] if request.intent in _OF_SEVERAL else ()
    return replace(request, attendee=people[0], others=others, guests=guests)


def _with_target(understanding: Understanding, talk: Talk, request: MoveRequest) -> MoveRequest:
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
