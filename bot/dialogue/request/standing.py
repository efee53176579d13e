"""A wish about a booking that stands: which one, who is in it, and what is to become of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from bot.dialogue.families import BookingRequest, MoveRequest, SlotRequest, booking_of
from bot.dialogue.request import revise
from bot.dialogue.request.people import excluded_in, people_in
from bot.dialogue.request.said import (
    booking_meant,
    edge_said,
    is_own_zone,
    is_recent,
    on_its_weekday,
    pick,
    picked_clock,
    picked_day,
    times_so_far,
    with_zone,
)
from bot.language.meaning import LAST, Intent, Keep
from bot.language.signs import Cue
from bot.scheduling.models import Person
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.families import OnBooking, Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Understanding
    from bot.scheduling.models import Booking

Asked = TypeVar("Asked", BookingRequest, MoveRequest)

_OF_SEVERAL = frozenset({Intent.CANCEL, Intent.LIST_BOOKINGS})
"""Wishes that can be about several people's bookings at once."""


_ASKING = frozenset({Intent.BOOKING_STATUS, Intent.SHOW_RECORDS, Intent.SHOW_ROOM, Intent.SHOW_CALENDAR_LINKS})
"""Questions in which «my last meeting» is one of its own, whatever was spoken of before."""


_BARE = 2
"""Words of «cancel all», which says nothing of what."""
_USUAL = {Intent.SHOW_ROOM: 1, Intent.SHOW_RECORDS: LAST}
"""Which of several is meant where nothing else is said: the room of the next meeting, what is kept of the last one."""


def on_booking(understanding: Understanding, talk: Talk, request: OnBooking) -> OnBooking:
    """A wish about a booking: which one, and what is to become of it."""
    old = talk.conversation.request
    if request.intent is Intent.LIST_BOOKINGS and understanding.has(Cue.TAG):  # when it is, tells that too
        understanding = replace(understanding, moments=())
    if request.intent in _ASKING:  # «is it booked now»
        asked_of = tuple(m for m in understanding.moments if m.exact is None or m.exact > talk.now)
        understanding = replace(understanding, moments=asked_of)
    people = people_in(understanding, talk)
    is_move = isinstance(request, MoveRequest)
    spoken_of = booking_of(old)
    says_when = bool(understanding.moments) and not is_move
    says_which = bool(people or understanding.from_moment or understanding.event_type or says_when)
    says_which = says_which or (request.intent in _ASKING and understanding.has(Cue.NEXT, Cue.LAST))
    if spoken_of is not None and not says_which and understanding.has(Cue.OTHER_ONE):
        request = replace(request, rejected=(spoken_of.id,))
    elif old is not None and spoken_of is not None and not says_which and is_recent(old, talk):
        request = _about_the_same(request, old, spoken_of)
    elif not says_which and (understanding.choice is not None or not understanding.moments or is_move):
        among = _listed(understanding, talk)
        booking = None if among or understanding.excluded_picks else booking_meant(understanding, talk)
        request = replace(request, booking=booking, among=among)
    if request.intent in {Intent.LIST_BOOKINGS, Intent.COUNT_BOOKINGS}:
        request = replace(request, booking=None)
    return refill_on_booking(understanding, talk, request)


def _listed(understanding: Understanding, talk: Talk) -> tuple[str, ...]:
    """What «that», «both of them», «all but the first» are said of, below a list."""
    listed = talk.conversation.listed
    if understanding.picks:
        return tuple(booking.id for n in understanding.picks if (booking := pick(listed, n)) is not None)
    is_bare = understanding.has(Cue.ALL) and understanding.size <= _BARE
    points = understanding.has(Cue.FOLLOWS, Cue.EACH) or is_bare
    is_of_all = bool(understanding.excluded_picks) or _is_of_list(understanding, talk)
    return tuple(booking.id for booking in listed) if is_of_all or (points and len(listed) > 1) else ()


def _is_of_list(u: Understanding, talk: Talk) -> bool:
    """«cancel the first two», «all but lena» right below a list; «all my meetings» says itself what it is said of."""
    request = talk.conversation.request
    if request is None or request.intent is not Intent.LIST_BOOKINGS or not is_recent(request, talk):
        return False
    return (u.several is not None or u.has(Cue.ALL, Cue.EXCEPT)) and not u.has(Cue.STANDING, Cue.OWN_CALENDAR)


def _about_the_same(request: OnBooking, old: Request, booking: Booking) -> OnBooking:
    """A wish about the booking that the one under way spoke of; a move keeps the times that were named for it."""
    if isinstance(request, BookingRequest):
        return replace(request, booking=booking)
    times = old.moments if isinstance(old, SlotRequest | MoveRequest) and not old.is_done else ()
    return replace(request, booking=booking, moments=times)


def refill_on_booking(understanding: Understanding, talk: Talk, request: OnBooking) -> OnBooking:
    """The wish about a booking, changed by a follow-up."""
    u = understanding
    switches = request.intent in _SWITCHING or (request.intent in _OF_GUESTS and _corrects_which(u))
    booking = request.booking if switches else None
    if booking is not None and (others := _others_named(u, talk, booking)):
        request, u = _of(u, request, others), replace(u, people=(), emails=(), mentions=())
    if booking is not None and request.intent is Intent.CANCEL and _names_another_day(u, talk, booking):
        request = _at_another_time(u, talk, request, booking)
    request = replace(request, asked_at=talk.now, zone=u.zone or request.zone)
    request = replace(
        request,
        cues=frozenset(sign.cue for sign in u.cues),
        is_either=u.is_either,
        loose=u.loose,
        excluded_people=excluded_in(u, talk) or request.excluded_people,
        excluded_as_one=u.excluded_as_one or request.excluded_as_one,
        excluded=u.excluded or request.excluded,
        excluded_type=u.excluded_type or request.excluded_type,
        excluded_picks=u.excluded_picks or request.excluded_picks,
        which=None if u.several or u.excluded_picks else _which(u) or request.which or _USUAL.get(request.intent),
        several=len(u.picks) or u.several or request.several,
    )
    request = replace(
        request,
        reason=u.reason or request.reason,
        sought=_sought(u, request) or request.sought,
        wanted=u.event_type or u.named_type or request.wanted,
    )
    if isinstance(request, MoveRequest) and request.intent is Intent.SWAP:
        return _with_party(u, talk, request)
    if isinstance(request, MoveRequest):
        return _avoiding(u, _with_target(u, talk, _with_party(u, talk, request)))
    return _with_party(u, talk, _with_change(u, replace(request, place=u.place or request.place)))


_SWITCHING = frozenset({Intent.CANCEL, Intent.RESCHEDULE, Intent.CHANGE_PLACE, Intent.CHANGE_LENGTH})
"""Wishes in which a name that is not the booking's own means another booking; elsewhere it may be a guest's."""


_OF_GUESTS = frozenset({Intent.ADD_GUESTS, Intent.REMOVE_GUESTS})


def _corrects_which(u: Understanding) -> bool:
    """«oops, lena's meeting i mean», said of guests: whose meeting, and nobody more to come."""
    is_whose = u.has(Cue.STANDING, Cue.OWN_CALENDAR) or bool(u.named_type)
    return is_whose and u.has(Cue.CORRECTED, Cue.NO, Cue.INSTEAD) and not (u.emails or u.mentions)


def _others_named(u: Understanding, talk: Talk, booking: Booking) -> tuple[Person, ...]:
    """Who was named and is not in the booking; a reason names whom it likes."""
    people = () if u.reason or u.told_only else people_in(u, talk)
    return () if any(_is_in(booking, person) for person in people) else people


_SHORT = 5
"""Words of a text that says no more than another day."""


def _names_another_day(u: Understanding, talk: Talk, booking: Booking) -> bool:
    """«and friday?» below the card that cancels thursday's meeting."""
    day = booking.slot.start.astimezone(talk.zone).date()
    is_other = any(m.days is not None and not m.days.first <= day <= m.days.last for m in u.moments)
    return is_other and u.size <= _SHORT and not (u.reason or u.people or u.emails or u.mentions)


def _at_another_time(u: Understanding, talk: Talk, request: OnBooking, booking: Booking) -> OnBooking:
    """The wish about what is on at that time; with an «also» about what was spoken of too."""
    day = booking.slot.start.astimezone(talk.zone).date()
    before = (revise.on_day(day, clock=booking.slot.start.astimezone(talk.zone).time()),) if u.has(Cue.ALSO) else ()
    cleared = replace(request, booking=None, attendee=None, others=(), among=(), wanted="", which=None)
    return replace(cleared, sought=(*before, *u.moments))


def _is_in(booking: Booking, person: Person) -> bool:
    mail, words = (person.email or "").lower(), {*person.name.lower().split()}
    return any(
        (mail and mail == (one.email or "").lower()) or words & {*one.name.lower().split()} for one in booking.attendees
    )


def _adds(u: Understanding) -> bool:
    """«and sam», «priya too»."""
    return u.has(Cue.ALSO) or u.begins_with(Cue.AND)


def _of(u: Understanding, request: OnBooking, people: tuple[Person, ...]) -> OnBooking:
    """The wish about somebody else's booking («sorry, i meant omar»), or about theirs too («and sam as well»)."""
    booking = request.booking
    is_beside = _adds(u) and not (u.moments and not u.has(Cue.ALSO))
    there = booking.attendees[:1] if booking is not None and is_beside else ()
    named = (*(Person(name=one.name, email=one.email) for one in there), *people)
    return replace(request, booking=None, attendee=named[0], others=named[1:], among=(), sought=(), wanted="")


def _with_change(understanding: Understanding, request: BookingRequest) -> BookingRequest:
    """What it is to be: its length, its title or its note."""
    match request.intent:
        case Intent.CHANGE_LENGTH:
            if understanding.length is None and understanding.by is None:
                return request
            length = understanding.length or abs(understanding.by or timedelta())
            return replace(request, length=length, longer_by=understanding.by)
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
    said = () if isinstance(request, MoveRequest) and request.intent is not Intent.SWAP else understanding.moments
    if understanding.from_moment is None:
        return said
    return (*said, understanding.from_moment, *understanding.from_others)


def _with_party(understanding: Understanding, talk: Talk, request: Asked) -> Asked:
    """Who is in the booking meant; and for guests, who is to be added to it."""
    people: tuple[Person, ...] = people_in(understanding, talk)
    if not people:
        return request
    if not isinstance(request, BookingRequest):
        return replace(request, attendee=people[0], others=people[1:])
    if request.intent in {Intent.ADD_GUESTS, Intent.REMOVE_GUESTS}:
        return _with_guests(understanding, talk, request)
    if request.intent is Intent.CANCEL and request.attendee is not None and understanding.has(Cue.ALSO):
        joined: tuple[Person, ...] = (request.attendee, *request.others, *people)
        return replace(request, attendee=joined[0], others=joined[1:])
    guests = people if request.intent is Intent.MARK_ABSENT else request.guests
    others = people[1:] if request.intent in _OF_SEVERAL else ()
    return replace(request, attendee=people[0], others=others, guests=guests)


def _with_guests(understanding: Understanding, talk: Talk, request: BookingRequest) -> BookingRequest:
    """Who is to come to it or to leave it, and whose booking it is."""
    added = people_in(replace(understanding, people=()), talk)
    named = people_in(replace(understanding, emails=(), mentions=()), talk)
    attendee = named[0] if named and added else request.attendee
    if request.intent is Intent.REMOVE_GUESTS and len(named) > 1 and not added:
        return replace(request, guests=named[:-1], attendee=named[-1])
    if request.attendee is None and len(named) > 1 and not added and not understanding.has(Cue.AND):
        return replace(request, guests=named[:-1], attendee=named[-1])  # «add omar to lena's call»
    known = request.guests if _adds(understanding) else ()
    return replace(request, guests=(*known, *(added or named)), attendee=attendee)


def _avoiding(u: Understanding, request: MoveRequest) -> MoveRequest:
    """«move lena anywhere but friday»: where one meeting was named, what is left out is where it may not go."""
    names_one = bool(request.attendee or request.booking or request.sought) and not request.others
    names_one = names_one or not u.has(Cue.EXCEPT, Cue.NEGATED, Cue.STAYS, Cue.WITHOUT)  # «…, i'm out on monday»
    if not u.excluded or not names_one or u.has(Cue.ALL) or u.several:
        return request
    return replace(request, avoided=u.excluded, excluded=())


def _with_target(understanding: Understanding, talk: Talk, request: MoveRequest) -> MoveRequest:
    """Where a booking is to be moved to."""
    named = revise.of_those_said(request.moments, understanding.moments)
    stands = request.booking.slot.start.astimezone(talk.zone).date() if request.booking is not None else None
    if (there := picked_day(request, talk) or stands) is not None:
        named = on_its_weekday(understanding, named, there)
    if Keep.TIME in understanding.keeps and (clock := picked_clock(request, talk)) is not None:
        named = revise.at_clock(named, clock, None)
    own = is_own_zone(understanding, talk)
    merged = (
        revise.merge(times_so_far(request, talk), named, day=picked_day(request, talk), keeps_zone=not own)
        if named
        else request.moments
    )
    or_else = None if named else request.or_else
    keeps = understanding.keeps or request.keeps
    request = replace(request, moved_by=None, is_each=understanding.is_each) if named else request
    if edge := edge_said(understanding):
        request = replace(request, edge=edge, slot=None)
    moved = replace(
        request, keeps=keeps, moments=merged, slot=None if named else request.slot, not_before=None, or_else=or_else
    )
    return with_zone(understanding, talk, moved)
