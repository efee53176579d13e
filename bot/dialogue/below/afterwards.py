"""Below a meeting that stands, because it was booked, moved or asked about just now, most short texts are about that meeting:
somebody more, another time, where it is, or the same once more. A wish that is whole by itself is none of them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.below.beneath import beneath, title_of
from bot.dialogue.below.links import which_link
from bot.dialogue.below.standing.on_list import on_shown
from bot.dialogue.families import (
    BookingRequest,
    EventTypeRequest,
    HoursRequest,
    LimitsRequest,
    MoveRequest,
    ProfileRequest,
    SlotRequest,
    WebhookRequest,
    booking_of,
)
from bot.dialogue.request import revise
from bot.dialogue.request.fill import fill, refill
from bot.dialogue.request.latent import direction
from bot.dialogue.request.people import are_in_it, attending, excluded_in
from bot.dialogue.request.said import is_recent
from bot.dialogue.request.spoken_of.following import away_again, days_beside, distance_said
from bot.dialogue.talk import go_on, say
from bot.dialogue.wording import small_talk as words
from bot.language.meaning import Days, Intent, Keep
from bot.language.signs import Cue
from bot.scheduling.models import BookingStatus
from bot.scheduling.replacing import replace
from bot.scheduling.writes import BookSlot

if TYPE_CHECKING:
    from datetime import date

    from bot.dialogue.context import Decision
    from bot.dialogue.families import Request, UndoRequest
    from bot.dialogue.talk import Talk
    from bot.language.meaning import Moment, Understanding
    from bot.scheduling.models import Booking

_GONE = frozenset({Intent.CANCEL, Intent.DECLINE})
_ASKED_ABOUT = frozenset({Intent.SHOW_INVITEES, Intent.BOOKING_STATUS, Intent.SHOW_ROOM, Intent.SHOW_CALENDAR_LINKS})
"""Questions about a meeting, whose answers leave nothing to decide."""
_LOOSE = frozenset(
    {Intent.OUT_OF_SCOPE, Intent.REFINE, Intent.MORE_OPTIONS, Intent.FIND_SLOTS, Intent.RESCHEDULE, Intent.BOOK}
    | {Intent.SELECT, Intent.DENY, Intent.GREETING, Intent.AFFIRM, Intent.LIST_BOOKINGS, Intent.ADD_GUESTS}
    | {Intent.SHOW_INVITEES, Intent.HELP, Intent.SHOW_ROOM, Intent.BOOKING_STATUS}
)
"""What a short text is taken for by itself that is about a meeting below one."""
_ANEW = frozenset({Intent.BOOK, Intent.RESCHEDULE, Intent.FIND_SLOTS, Intent.OUT_OF_SCOPE})
"""What «rebook for friday» is taken for by itself."""
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_FEW = 4
"""Words of «delete it again please»."""
_SHORT = 10
"""Words; a longer text is whole by itself."""


def about_standing(talk: Talk, u: Understanding, request: Request | None) -> Decision | None:
    """What such a text comes to; None for any other, and where no meeting stands."""
    conversation = talk.conversation
    if conversation.undo is not None and (back := _taken_back(talk, u, request, conversation.undo)) is not None:
        return back
    if u.has(Cue.ASKS_LINK) and (link := which_link(talk, u, request)) is not None:
        return link
    if len(conversation.shown) > 1 and (decision := on_shown(talk, u, request)) is not None:
        return decision
    if request is None:
        return None
    if (decision := beneath(talk, u, request)) is not None:
        return decision
    if conversation.undo is not None and (decision := _once_cancelled(talk, u, request)) is not None:
        return decision
    if not (request.is_done or request.intent in _ASKED_ABOUT) or u.intent not in _LOOSE or u.size > _SHORT:
        return None
    booking = _standing(talk, request)
    if booking is None:
        return None
    if u.from_moment is not None or u.recurrence is not None or u.has(Cue.CANCELS, Cue.MESSAGES, Cue.CONDITION):
        return None
    if u.people or u.emails or u.mentions or u.excluded_people:
        return _without_guest(talk, u, booking) or _somebody(talk, u, request, booking)
    is_today = all(_is_today(talk, moment) for moment in u.moments) and not u.has(Cue.SOON)
    is_now = u.has(Cue.ASKS_WHO) and all(moment.exact is not None for moment in u.moments)  # «who's on it now»
    is_bare = not u.moments or is_today or is_now
    if is_bare and (asked := _question(talk, u, booking)) is not None:
        return asked
    if u.has(Cue.AGAIN):
        return _again(talk, u, request, booking)
    distance = distance_said(u)
    if distance is not None and distance.amount is not None:
        return go_on(talk, MoveRequest(booking=booking, distance=distance, asked_at=talk.now))
    return _elsewhere(talk, u, booking) if is_bare else None


def _taken_back(talk: Talk, u: Understanding, request: Request | None, undo: UndoRequest) -> Decision | None:
    """«delete it again» below what was made just now and is no meeting: an event type, a webhook, hours."""
    if request is None or not request.is_done or not is_recent(request, talk):
        return None
    is_short = u.size <= _FEW and u.intent in {Intent.CANCEL, Intent.DELETE_EVENT_TYPE} and u.has(Cue.FOLLOWS)
    names = u.people or u.emails or u.mentions or u.moments or u.event_type or u.choice is not None or u.named_type
    is_made = isinstance(request, EventTypeRequest | HoursRequest | WebhookRequest | LimitsRequest | ProfileRequest)
    if not is_short or not is_made or names:
        return None
    if isinstance(request, EventTypeRequest) and request.intent is Intent.CHANGE_EVENT_TYPE:  # a change is not deleted
        gone = EventTypeRequest(intent=Intent.DELETE_EVENT_TYPE, event_type=request.event_type, name=title_of(request))
        return go_on(talk.noting(unread=""), gone)
    return go_on(talk.noting(unread=""), undo)


def _is_today(talk: Talk, moment: Moment) -> bool:
    """What «later that day» is taken for by itself."""
    return moment.days is not None and moment.days.first == moment.days.last == talk.today


def _standing(talk: Talk, request: Request) -> Booking | None:
    """The meeting spoken of, once nothing is under way with it."""
    if not is_recent(request, talk) or request.intent in _GONE:
        return None
    booking = booking_of(request)
    is_on = booking is not None and booking.status in {BookingStatus.BOOKED, BookingStatus.REQUESTED}
    return booking if is_on else None


def _once_cancelled(talk: Talk, u: Understanding, request: Request | None) -> Decision | None:
    """«rebook for friday at 2», «book kim in that slot» once a meeting was cancelled: booked anew, or somebody else then."""
    undo, is_cancelled = talk.conversation.undo, request is not None and request.intent is Intent.CANCEL
    if request is None or not (is_cancelled and request.is_done and is_recent(request, talk)) or undo is None:
        return None
    gone = undo.writes[0] if len(undo.writes) == 1 else None
    if not isinstance(gone, BookSlot) or u.size > _SHORT or u.has(Cue.CANCELS, Cue.NEGATED, Cue.QUESTION):
        return None
    local = gone.slot.start.astimezone(talk.zone)
    then = revise.on_day(local.date(), clock=local.time().replace(tzinfo=None))
    names = tuple(name.casefold() for name in (*u.people, *u.emails))
    with_whom = f"{gone.attendee.name} {gone.attendee.email}".casefold()
    is_other = bool(u.mentions) or any(one not in with_whom for one in names)
    if names and is_other and u.intent is Intent.BOOK and u.has(Cue.IN_PLACE) and not u.moments:
        return go_on(talk, fill(replace(u, moments=(then,)), talk.asking(None)))
    if is_other or not u.has(Cue.AGAIN) or u.intent not in _ANEW:
        return None
    again = SlotRequest(
        intent=Intent.BOOK,
        attendee=attending(gone.attendee),
        event_type=gone.event_type,
        length=gone.slot.end - gone.slot.start,
        slot=gone.slot,
    )
    bare = replace(u, intent=Intent.REFINE, people=(), emails=(), topic="", moments=u.moments or (then,))
    if not any(revise.says_clock(moment) for moment in bare.moments):
        bare = replace(bare, keeps=bare.keeps | {Keep.TIME}, moments=_on_weekday_of(bare.moments, local.date()))
    return go_on(talk, refill(bare, talk, replace(again, asked_at=talk.now)))


def _question(talk: Talk, u: Understanding, booking: Booking) -> Decision | None:
    """Who is in it, when and where it is, whether it is booked."""
    if u.has(Cue.ASKS_WHO):
        return go_on(talk, BookingRequest(intent=Intent.SHOW_INVITEES, booking=booking, asked_at=talk.now))
    if u.has(Cue.ASKS_WHEN, Cue.ASKS_WHERE, Cue.ASKS_DONE):
        cues = frozenset(sign.cue for sign in u.cues)
        return go_on(talk, BookingRequest(intent=Intent.BOOKING_STATUS, booking=booking, cues=cues, asked_at=talk.now))
    return None


def _elsewhere(talk: Talk, u: Understanding, booking: Booking) -> Decision | None:
    """A text without a time and without a name, which is no question: that it is to be at another time."""
    if u.excluded and (sought := _but_then(talk, u)):
        return go_on(talk, MoveRequest(booking=booking, moments=sought, asked_at=talk.now))
    if u.has(Cue.WRONG_TIME):
        return go_on(talk, MoveRequest(booking=booking, asked_at=talk.now))
    if u.intent is Intent.MORE_OPTIONS and u.has(Cue.NEXT) and u.has(Cue.QUESTION):
        return go_on(talk, fill(replace(u, intent=Intent.LIST_BOOKINGS), talk))
    side = direction(u)
    if side == 0 or u.has(Cue.ASKS_LENGTH, Cue.LONGER_BY, Cue.SHORTER_BY):
        return None
    around = revise.side_of(booking.slot.start.astimezone(talk.zone), is_before=side < 0)
    return go_on(talk, MoveRequest(booking=booking, moments=(around,), asked_at=talk.now))


def _but_then(talk: Talk, u: Understanding) -> tuple[Moment, ...]:
    """«not on friday, sorry»: the days of a week around those that are not to be."""
    gone = [moment.days for moment in u.excluded if moment.days is not None and moment.hours is None]
    if not gone or len(gone) < len(u.excluded):
        return ()
    first, last = min(one.first for one in gone), max(one.last for one in gone)
    behind = (revise.from_to(last + _DAY, last + _WEEK),)
    return (revise.from_to(talk.today, first - _DAY), *behind) if first > talk.today else behind


def _somebody(talk: Talk, u: Understanding, request: Request, booking: Booking) -> Decision | None:
    """Somebody is named beside no time: they come to it, or the same is wanted with them."""
    if u.has(Cue.AGAIN):
        return _again(talk, u, request, booking)
    is_more = u.has(Cue.ALSO) or u.begins_with(Cue.AND)
    is_clock = bool(u.moments) and all(revise.says_clock(one) and not one.says_day for one in u.moments)
    if is_more and is_clock and u.intent is Intent.BOOK and not are_in_it(u, booking):  # «also book lee at 11»
        day = booking.slot.start.astimezone(talk.zone).date()
        fresh = talk.asking(None)
        return go_on(fresh, fill(replace(u, moments=revise.on_its_day(u.moments, day, day)), fresh))
    says_when = bool(u.moments or u.beside_whom) or u.bare is not None  # «and omar to 2», «and kim to where lena was»
    if says_when or u.has(Cue.ASKS_FREE, Cue.STANDING) or (u.intent is Intent.RESCHEDULE and not u.has(Cue.ALSO)):
        return None
    comes = u.has(Cue.ALSO, Cue.JOINS) and not u.has(Cue.INSTEAD)  # «actually add omar too»
    is_other = u.has(Cue.CORRECTED, Cue.INSTEAD, Cue.NO) and not comes
    if is_other or u.has(Cue.NEGATED) or u.excluded_people:
        return say(talk, words.attendee_stays()) if u.intent is not Intent.BOOK else None
    if u.intent in _ASKED_ABOUT or are_in_it(u, booking):
        return None
    is_new = u.intent in {Intent.BOOK, Intent.FIND_SLOTS, Intent.LIST_BOOKINGS}
    if is_new and not comes:
        return None
    asked = BookingRequest(intent=Intent.ADD_GUESTS, booking=booking, asked_at=talk.now)
    filled = refill(u, talk, asked)
    return go_on(talk, replace(filled, booking=booking, attendee=None) if isinstance(filled, BookingRequest) else asked)


def _without_guest(talk: Talk, u: Understanding, booking: Booking) -> Decision | None:
    """«not dana», «without dana», who is a guest of it: one guest less, and not the same once more."""
    gone = excluded_in(u, talk)
    names_more = bool(u.people or u.emails or u.mentions or u.moments)
    if not gone or names_more or are_in_it(replace(u, people=u.excluded_people), booking):
        return None
    return go_on(talk, BookingRequest(intent=Intent.REMOVE_GUESTS, booking=booking, guests=gone, asked_at=talk.now))


def _again(talk: Talk, u: Understanding, request: Request, booking: Booking) -> Decision | None:
    """The same wish once more: at another time, or with somebody else; its own time is taken by now."""
    names_others = bool(u.people or u.emails or u.mentions) and not are_in_it(u, booking)
    if isinstance(request, MoveRequest) and names_others:  # «same for sam, thursday»: theirs is moved too
        return go_on(talk, fill(replace(u, intent=Intent.RESCHEDULE), talk))
    if not isinstance(request, SlotRequest):
        request = SlotRequest(
            intent=Intent.BOOK,
            attendee=next(map(attending, booking.attendees), None),
            event_type=booking.event_type,
            length=booking.slot.end - booking.slot.start,
            slot=booking.slot,
        )
    again = replace(request, booking=None, hold=None, is_done=False, asked_at=talk.now, rechecks=False)
    day = booking.slot.start.astimezone(talk.zone).date()
    if (away := away_again(u)) is not None:
        u = replace(u, moments=revise.on_its_day(u.moments, day + away, day + away))
    elif (days := days_beside(u, (Days(first=day, last=day),))) is not None:  # «the same for zoe the day after»
        u = replace(u, moments=revise.on_its_day(u.moments, days.first, days.last), topic="")
    if not u.moments:
        bare = replace(again, intent=Intent.FIND_SLOTS, slot=None, moments=(), not_before=None)
        return go_on(talk, refill(u, talk, bare))
    if not any(revise.says_clock(moment) for moment in u.moments):
        u = replace(u, keeps=u.keeps | {Keep.TIME}, moments=_on_weekday_of(u.moments, day))
    return go_on(talk, refill(u, talk, again))


def _on_weekday_of(moments: tuple[Moment, ...], day: date) -> tuple[Moment, ...]:
    """«another one next week»: on the weekday of the first."""
    there = [(moment, revise.same_weekday(moment, day)) for moment in moments]
    return tuple(moment if on is None else revise.on_day(on) for moment, on in there)
