"""Short texts below what was just shown: «the other one», «half an hour later» below a list, «who is in it?» below a card,
«call it tea» and «hidden please» below an event type.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.below.interrupted import setting_aside
from bot.dialogue.below.of_series import of_series
from bot.dialogue.below.on_card import on_card
from bot.dialogue.below.on_poll import on_poll
from bot.dialogue.below.on_question import on_question
from bot.dialogue.below.on_types import on_types
from bot.dialogue.below.own.of_hours import of_hours
from bot.dialogue.below.standing.on_list import on_list, other_of_list
from bot.dialogue.below.standing.on_several import on_several
from bot.dialogue.bookings import moving
from bot.dialogue.families import (
    BookingRequest,
    EventTypeRequest,
    HoursRequest,
    MoveRequest,
    SlotRequest,
    TogetherRequest,
    booking_of,
)
from bot.dialogue.finding import looking
from bot.dialogue.request import revise
from bot.dialogue.request.fill import fill, refill
from bot.dialogue.request.latent import as_answer, direction
from bot.dialogue.request.people import are_in_it, people_in
from bot.dialogue.request.said import booking_meant, is_recent
from bot.dialogue.request.spoken_of.days import left_out_inside
from bot.dialogue.request.spoken_of.following import AWAY, distance_said
from bot.dialogue.talk import go_on, say
from bot.dialogue.together.coming import on_company
from bot.dialogue.wording import small_talk as words
from bot.dialogue.wording import times
from bot.language.meaning import Grain, Intent
from bot.language.signs import Cue
from bot.scheduling.models import Person
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.context import Decision
    from bot.dialogue.families import OnBooking, Request
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Sign, Understanding

_LOOSE = frozenset(
    {Intent.OUT_OF_SCOPE, Intent.REFINE, Intent.MORE_OPTIONS, Intent.SELECT, Intent.DENY, Intent.AFFIRM}
    | {Intent.FIND_SLOTS, Intent.BOOK, Intent.LIST_BOOKINGS, Intent.RESCHEDULE, Intent.GREETING}
)
"""What a short text is taken for by itself that is about what stands above it."""
_OF_HOURS = frozenset({*_LOOSE, Intent.CHANGE_LENGTH, Intent.TIME_OFF, Intent.SET_HOURS, Intent.WHY_NOT, Intent.CANCEL})
_REFUSES = frozenset({Intent.OUT_OF_SCOPE, Intent.REFINE, Intent.DENY})
"""What «not the morning» is taken for while a time is being chosen."""
_SHORT = 9
"""Words; a longer text is whole by itself."""
_OF_DATES = 3
"""So many more for «only on saturday the 7th and the 14th»."""
_SIGNS = 18
"""The same where a text is written sign by sign."""
_WEEK = timedelta(days=6)
_WHOLE_DAY = timedelta(days=1)
_CLOCKS = frozenset({Grain.MINUTE, Grain.HOUR})


def beneath(talk: Talk, u: Understanding, request: Request | None) -> Decision | None:
    """What such a text comes to; None for any other."""
    longest = _SIGNS if u.language in {"ja", "zh"} else _SHORT + _OF_DATES * u.begins_with(Cue.ONLY)
    if request is None or u.size > longest or not is_recent(request, talk):
        return None
    if (said := _by_family(talk, u, request)) is not None:
        return said
    if u.has(Cue.OTHER_ONE) and request.is_done and (left := other_of_list(talk, u, request)) is not None:
        return left
    if u.has(Cue.OTHER_ONE, Cue.OTHER_TYPE) and (other := _other(talk, u, request)) is not None:
        return other
    if isinstance(request, HoursRequest) and u.intent in _OF_HOURS and not (u.people or u.emails or u.mentions):
        return of_hours(talk, u, request)
    if isinstance(request, SlotRequest) and request.hold is not None and u.has(Cue.ASKS_UNTIL):
        until = times.moment(request.hold.expires_at, talk.zone, talk.now)
        return say(talk, words.held_until(times.stretch(request.hold.slot, talk.zone, talk.now), until))
    if u.intent is Intent.WHO_IS_FREE and not (u.people or u.emails or u.mentions):
        return say(talk, words.who_of_whom())
    if u.intent is Intent.WHY_NOT:
        return _why_not_then(talk, u, request)
    if (
        u.intent in _REFUSES
        and u.has(Cue.NEGATED, Cue.WITHOUT)
        and u.from_moment is not None
        and not (u.excluded or u.moments)
    ):
        gone = replace(u, excluded=(u.from_moment,), from_moment=None)  # «not the morning»
        return _not_then(talk, left_out_inside(gone, talk), request)
    if u.intent is Intent.CANCEL and u.excluded:
        return _not_then(talk, u, request)
    if u.intent not in _LOOSE or u.recurrence is not None:
        return None
    if u.people or u.emails or u.mentions:
        return _and_theirs(talk, u, request)
    if isinstance(request, EventTypeRequest):
        return _of_type(talk, as_answer(u), request)
    if u.detail("new_name"):
        return _renamed(talk, u, request)
    if u.has(*AWAY) and (said := _in_list(talk, u, request)) is not None:
        return said
    return _asked(talk, u, request)


def _by_family(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """What it comes to below a wish of that kind."""
    match request:
        case SlotRequest():
            return (
                (on_question(talk, u, request) if request.beside is not None else None)
                or (on_company(talk, u, request) if request.guests else None)
                or on_card(talk, u, request)
                or (of_series(talk, u, request) if request.recurrence is not None else None)
            )
        case MoveRequest():
            said = _spared(talk, u, request) or on_several(talk, u, request)
            return said or on_card(talk, u, request) or on_list(talk, u, request)
        case BookingRequest():
            return _spared(talk, u, request) or on_several(talk, u, request) or on_list(talk, u, request)
        case TogetherRequest():
            return on_poll(talk, u, request)
        case EventTypeRequest():
            return on_types(talk, u, request) if u.choice is not None else None
        case _:
            return None


def _spared(talk: Talk, u: Understanding, request: OnBooking) -> Decision | None:
    """«not lena», «wrong lena» below the card for her meeting: it is not to be that one, and no other is named."""
    booking = request.booking
    if booking is None or request.is_done:
        return None
    if u.intent not in _LOOSE:
        return None  # «take 10 min off lena's meeting»
    is_of_one = len(booking.attendees) == 1 and u.has(Cue.WITHOUT)
    gone = u.excluded_people or (u.people if is_of_one else ())
    is_else = bool(u.moments or u.emails or u.mentions or (u.excluded_people and u.people))
    return moving.keep(talk, request) if not is_else and are_in_it(replace(u, people=gone), booking) else None


def _why_not_then(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """«why not thursday?» below the card for another day is a proposal."""
    is_card = isinstance(request, SlotRequest | MoveRequest) and request.slot is not None and not request.is_done
    if not is_card or not u.is_negated or not u.moments or u.has(Cue.ASKS_FREE):
        return None
    return go_on(talk, refill(replace(u, intent=Intent.REFINE), talk, request))


def _not_then(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """«i can't do the morning» while a time is being chosen: not then."""
    is_choosing = isinstance(request, SlotRequest | MoveRequest) and not request.is_done
    if not is_choosing or not talk.conversation.offered or u.people or u.emails or u.mentions or u.moments:
        return None
    return go_on(talk, refill(u, talk, request))


def _and_theirs(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """«und sam auch» below the card for somebody else's meeting: that of both."""
    is_also = u.has(Cue.ALSO) and not u.moments and u.intent is Intent.OUT_OF_SCOPE
    if request.intent is Intent.CANCEL and request.is_done and is_also:  # «und lena auch» once Kim's is cancelled
        fresh = talk.asking(None)
        return go_on(fresh, fill(replace(u, intent=Intent.CANCEL, cues=_without_also(u)), fresh))
    is_open = isinstance(request, BookingRequest | MoveRequest) and not request.is_done and request.booking is not None
    is_more = u.has(Cue.ALSO) or u.begins_with(Cue.AND)
    if not is_open or not is_more or u.intent is not Intent.OUT_OF_SCOPE or u.moments:
        return None
    return go_on(talk, refill(u, talk, request))


def _without_also(u: Understanding) -> tuple[Sign, ...]:
    return tuple(sign for sign in u.cues if sign.cue is not Cue.ALSO)


def _other(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """Not what is shown but the other: another meeting, another event type; below what was written, that it be taken back."""
    if u.emails or u.mentions:
        return None
    if u.people:
        return _other_of_the_name(talk, u, request)
    if u.moments:
        return None
    if u.has(Cue.OTHER_TYPE) and isinstance(request, SlotRequest | EventTypeRequest):
        return _other_type(talk, request)
    if isinstance(request, EventTypeRequest):
        return _other_type(talk, request)
    is_more = u.has(Cue.ALSO) or u.begins_with(Cue.AND)
    if request.is_done and request.intent is Intent.CANCEL and is_more:  # «and the other one», once one is cancelled
        gone = booking_of(request)
        rejected = (gone.id,) if gone is not None else ()
        return go_on(talk, BookingRequest(intent=Intent.CANCEL, rejected=rejected, asked_at=talk.now))
    if request.is_done:
        return go_on(talk, talk.conversation.undo) if talk.conversation.undo is not None else None
    if not isinstance(request, BookingRequest | MoveRequest) or request.booking is None:
        return None
    return go_on(talk, without(request, request.booking.id))


def _other_of_the_name(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """«no, the other sam» below the card for one Sam's meeting: another with that name."""
    if not isinstance(request, BookingRequest | MoveRequest) or request.is_done or request.booking is None:
        return None
    if not are_in_it(u, request.booking):
        return None
    (person, *_) = people_in(u, talk)
    return go_on(talk, replace(without(request, request.booking.id), attendee=Person(name=person.name)))


def without(request: OnBooking, booking: str) -> OnBooking:
    """The same wish about another meeting than the one that was shown."""
    bare = replace(request, booking=None, attendee=None, others=(), among=(), sought=(), wanted="", which=None)
    bare = replace(bare, loose=(), cues=frozenset(), rejected=(*request.rejected, booking))
    return replace(bare, slot=None) if isinstance(bare, MoveRequest) else bare


def _other_type(talk: Talk, request: SlotRequest | EventTypeRequest) -> Decision | None:
    shown = request.event_type or _type_shown(talk, request)
    others = [kind for kind in talk.context.event_types if kind.id != shown]
    if request.is_done or len(others) != 1 or request.intent is Intent.CREATE_EVENT_TYPE:
        return None
    if isinstance(request, SlotRequest):
        return go_on(talk, replace(request, event_type=others[0].id, length=None, slot=None))
    return go_on(talk, replace(request, event_type=others[0].id, name="", wanted=""))


def _type_shown(talk: Talk, request: SlotRequest | EventTypeRequest) -> str | None:
    """The type of the times that were listed, where none was named: the one that takes as long."""
    offered = talk.conversation.offered
    if not offered or isinstance(request, EventTypeRequest):
        return None
    length = offered[0].end - offered[0].start
    return next((kind.id for kind in talk.context.event_types if kind.length == length), None)


def _renamed(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """A name that is given: to the meeting that stands, or to the one on the card."""
    if booking_of(request) is not None or request.intent is Intent.LIST_BOOKINGS:
        return go_on(talk, fill(replace(u, intent=Intent.CHANGE_TITLE, moments=()), talk))
    is_open = isinstance(request, SlotRequest) and not request.is_done
    return go_on(talk, refill(replace(u, choice=None), talk, request)) if is_open else None


def _in_list(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """«half an hour later», «the second one an hour later» below a list of meetings; «an hour later» below free times."""
    distance = distance_said(u)
    if distance is None or distance.amount is None or request.is_done:
        return None
    if u.from_moment is not None and u.has(Cue.ALL, Cue.EACH):
        return None  # «push everything after 1 by half an hour»
    if u.intent is Intent.BOOK and u.length is not None:
        return None  # «book the gym after that for an hour»
    if isinstance(request, SlotRequest) and request.slot is None and distance.unit in _CLOCKS:
        return _further(talk, u, request)
    listed = talk.conversation.listed
    if request.intent is not Intent.LIST_BOOKINGS or not listed:
        return None
    if distance.unit not in _CLOCKS and u.choice is None:
        return None  # «a week later?» below this week's meetings: those of the next
    booking = booking_meant(u, talk)
    if booking is None and u.choice is not None:
        return None
    among = tuple(one.id for one in listed) if booking is None else ()
    cues = frozenset(sign.cue for sign in u.cues)
    if any(one.exact is None for one in u.moments):
        cues -= {Cue.ALL, Cue.EACH}  # «everything after 1 half an hour later» is not all of them
    move = MoveRequest(booking=booking, among=among, distance=distance, cues=cues, asked_at=talk.now)
    return go_on(talk, move)


def _further(talk: Talk, u: Understanding, request: SlotRequest) -> Decision | None:
    """The times before or behind those that are shown; nobody said from which of them to count."""
    offered, side = talk.conversation.offered, direction(u)
    if not offered or side == 0:
        return None
    if side > 0:
        return looking.more_options(talk, request)
    around = revise.side_of(offered[0].start.astimezone(talk.zone), is_before=True)
    return go_on(talk, replace(request, moments=(around,), slot=None, not_before=None, intent=Intent.FIND_SLOTS))


def _asked(talk: Talk, u: Understanding, request: Request) -> Decision | None:
    """Who is in the meeting of an open card; what else is on that day, or right before and behind it."""
    booking = booking_of(request)
    if u.has(Cue.ASKS_FREE):  # «qu'est-ce qui est libre»; «am i free all day?» is no meeting that long
        return _on_that_day(talk, request) if u.length == _WHOLE_DAY and u.has(Cue.QUESTION) else None
    if request.intent is Intent.LIST_BOOKINGS and u.choice is not None and u.has(Cue.ASKS_WHERE, Cue.ASKS_WHO):
        cues = frozenset(sign.cue for sign in u.cues)
        asked = BookingRequest(intent=Intent.SHOW_INVITEES)
        asked = asked if u.has(Cue.ASKS_WHO) else replace(asked, intent=Intent.BOOKING_STATUS)
        meant = booking_meant(u, talk)
        return go_on(talk, replace(asked, booking=meant, cues=cues, asked_at=talk.now)) if meant else None
    if booking is not None and not request.is_done and u.has(Cue.ASKS_WHO):
        return go_on(talk, BookingRequest(intent=Intent.SHOW_INVITEES, booking=booking, asked_at=talk.now))
    picked = request.slot if isinstance(request, SlotRequest | MoveRequest) else None
    if isinstance(request, SlotRequest) and picked is not None and not request.is_done and u.has(Cue.ASKS_WHO):
        return go_on(talk, request)  # its card says so
    slot = picked or (booking.slot if booking is not None else None)
    if slot is None and isinstance(request, BookingRequest):
        return _beyond_list(talk, u, request) or _around_listed(talk, u, request)
    if slot is None and isinstance(request, SlotRequest) and u.has(Cue.THAT_DAY) and u.intent is Intent.LIST_BOOKINGS:
        days = tuple(one for one in request.moments if one.days is not None)
        return _listed_between(talk, days) if days else None
    if slot is None or not u.has(Cue.OWN_CALENDAR) or not u.has(Cue.QUESTION, Cue.THAT_DAY):
        return None
    local, side = slot.start.astimezone(talk.zone), direction(u)
    if side == 0 and not u.has(Cue.THAT_DAY):
        return None
    edge = slot.end.astimezone(talk.zone) - timedelta(minutes=1) if side > 0 else local
    around = revise.side_of(edge, is_before=side < 0) if side else revise.on_day(local.date())
    return _listed_between(talk, (around,))


def _on_that_day(talk: Talk, request: Request) -> Decision | None:
    """What is on, on the day of the card."""
    slot = request.slot if isinstance(request, SlotRequest | MoveRequest) else None
    if slot is None or request.is_done:
        return None
    day = revise.on_day(slot.start.astimezone(talk.zone).date())
    return _listed_between(talk, (day,))


def _listed_between(talk: Talk, days: tuple[Moment, ...]) -> Decision:
    """What is on, asked in between: «make it 3» behind it still is of the card."""
    aside = setting_aside(talk, Intent.LIST_BOOKINGS)
    return go_on(aside, BookingRequest(intent=Intent.LIST_BOOKINGS, sought=days, asked_at=talk.now))


def _beyond_list(talk: Talk, u: Understanding, request: BookingRequest) -> Decision | None:
    """«what's after that?» below the meetings of some days: those of the week that follows."""
    days = [moment.days for moment in request.sought if moment.days is not None]
    if request.intent is not Intent.LIST_BOOKINGS or not days or not u.has(Cue.QUESTION) or direction(u) <= 0:
        return None
    first = max(one.last for one in days) + timedelta(days=1)
    return go_on(talk, replace(request, sought=(revise.from_to(first, first + _WEEK),), asked_at=talk.now))


def _around_listed(talk: Talk, u: Understanding, request: BookingRequest) -> Decision | None:
    """«and after that?», «what's before that?» below a meeting that was asked about: what is on around it."""
    listed, side = talk.conversation.listed, direction(u)
    is_step = any(sign.amount is not None for sign in u.cues if sign.cue in {Cue.EARLIER, Cue.LATER})
    if request.intent is not Intent.LIST_BOOKINGS or not listed or side == 0 or is_step or u.has(Cue.PUTS, Cue.MOVES):
        return None
    if u.moments or u.choice is not None or not u.has(Cue.FOLLOWS, Cue.QUESTION):
        return None
    edge = listed[-1].slot.end if side > 0 else listed[0].slot.start
    days = revise.days_beside(edge.astimezone(talk.zone), is_before=side < 0)
    return go_on(talk, BookingRequest(intent=Intent.LIST_BOOKINGS, sought=(days,), asked_at=talk.now))


def _of_type(talk: Talk, u: Understanding, request: EventTypeRequest) -> Decision | None:
    """What is said of the event type that is to be made or changed, or was: its name, its length, whether it is seen, where."""
    if request.intent not in {Intent.CREATE_EVENT_TYPE, Intent.CHANGE_EVENT_TYPE}:
        return _of_link(talk, u, request)
    says = u.has(Cue.HIDDEN, Cue.SHOWN) or u.place is not None or u.length is not None or u.detail("new_name")
    if u.moments or not says:
        return None
    if not request.is_done:
        return go_on(talk, refill(u, talk, request))
    made = EventTypeRequest(intent=Intent.CHANGE_EVENT_TYPE, event_type=request.event_type, name=title_of(request))
    return go_on(talk, refill(u, talk, made))


def _of_link(talk: Talk, u: Understanding, request: EventTypeRequest) -> Decision | None:
    """«three times», «until friday», «for a week» below the card of a link."""
    is_open = request.intent is Intent.CREATE_LINK and not request.is_done
    if not is_open or not (u.count or u.moments or u.length):
        return None
    return go_on(talk, refill(u, talk, request))


def title_of(request: EventTypeRequest) -> str:
    """What the event type is called that was made or changed."""
    return (request.new_name or request.name or request.topic).strip()
