"""A time measured from another meeting: «book omar right after lena's», «move sam an hour before lena», «same time as hers».

wish ──> FindBookings ──> none: said │ one: its time into the wish, and on │ several: which one?
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import BookingsFound, FindBookings
from bot.dialogue.bookings.matching import MOST_SHOWN, is_with
from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import Beside, MoveRequest, Side, SlotRequest
from bot.dialogue.finding.looking import choice_for
from bot.dialogue.request import revise
from bot.dialogue.request.people import attending, is_same
from bot.dialogue.talk import Talk, do, go_on, say, show
from bot.dialogue.wording import bookings as words
from bot.dialogue.wording import common, times
from bot.language.meaning import Days, Intent
from bot.scheduling.models import BookingQuery, BookingStatus
from bot.scheduling.replacing import replace
from bot.scheduling.writes import BookSlot, MoveBooking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.dialogue.acts import Outcome
    from bot.dialogue.context import Decision, Step
    from bot.language.meaning import Moment
    from bot.scheduling.models import Booking

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_STANDING = frozenset({BookingStatus.BOOKED, BookingStatus.REQUESTED})


def look(talk: Talk, request: SlotRequest | MoveRequest) -> Step:
    """Look for the meeting that the time is measured from."""
    return do(talk.asking(request), FindBookings(query=BookingQuery()), Doing.ADJOINING)


def found(talk: Talk, outcome: Outcome) -> Decision:
    """On with the wish at the time that is now known; which meeting, where several can be meant."""
    request = talk.conversation.request
    if not isinstance(request, SlotRequest | MoveRequest) or request.beside is None:
        return say(talk, common.broken())
    beside = request.beside
    if beside.side is Side.ITS_TIME and (left := _left_just_now(talk, beside)) is not None:
        return go_on(talk, replace(request, beside=None, slot=None, not_before=None, moments=(_at(talk, left),)))
    there = outcome.bookings if isinstance(outcome, BookingsFound) else ()
    meetings = tuple(one for one in there if _can_be_meant(talk, request, beside, one))
    if beside.side is Side.PERHAPS_IT:
        return _move_or_book(talk, request, meetings)
    on_day = tuple(one for one in meetings if _is_on_its_days(talk, request, one))
    meetings = on_day or (() if beside.side is Side.SAME_DAY else meetings)
    is_open = beside.side is Side.SAME_CLOCK or (beside.side is Side.LATER and bool(request.moments))
    if not meetings and is_open and _is_their_own(request):  # «book kim again in two weeks», who has none
        return go_on(talk, replace(request, beside=None))
    if not meetings:
        text = f"{words.none_match(beside.whose.name, '')} {words.say_a_time()}"
        return say(talk.asking(replace(request, beside=None)), text, is_personal=True)
    wishes = [_perhaps(beside, _measured(talk, request, one)) for one in meetings]
    if any(wish != wishes[0] for wish in wishes):
        return _which(talk, request, meetings, wishes)
    return go_on(talk.leading(words.measured_from(beside.whose.name)), wishes[0])


def _move_or_book(talk: Talk, request: SlotRequest | MoveRequest, meetings: tuple[Booking, ...]) -> Decision:
    """«sam at four on friday», where a meeting with Sam stands: that one at the new time, or one more?

    The wish stays as open as it was: only the press says which, and whatever else is typed below is asked about again.
    """
    anew = replace(request, beside=None)
    if not meetings or isinstance(request, MoveRequest) or not _is_their_own(request):
        return go_on(talk, anew)
    given_up = tuple(one for one in meetings if _is_on_days(talk, request.excluded, one))
    if len(given_up) == 1:  # «sam not thursday but friday»
        return go_on(talk, _moved(talk, request, given_up[0]))
    shown = meetings[: MOST_SHOWN - 1]
    moves = tuple(
        resume_button(
            f"m{number}",
            words.move_that(times.moment(one.slot.start, talk.zone, talk.now)),
            _moved(talk, request, one),
        )
        for number, one in enumerate(shown, start=1)
    )
    told = " ".join(f"{words.one_line(one, talk.zone, talk.now)}." for one in shown)
    text = words.move_or_book(told, is_timed=bool(request.moments))
    buttons = (*moves, resume_button("anew", words.book_another(), anew))
    return show(talk.having(listed=shown, offered=()), request, text, (common.line(text), ButtonRow(buttons=buttons)))


def _moved(talk: Talk, request: SlotRequest, booking: Booking) -> MoveRequest:
    return MoveRequest(booking=booking, moments=request.moments, avoided=request.excluded, asked_at=talk.now)


def _is_their_own(request: SlotRequest | MoveRequest) -> bool:
    """Whether the wish is for the one whose meeting it is; not below «kim@acme.io instead», nor for «the same time as sam»."""
    who, beside = request.attendee, request.beside
    return who is not None and beside is not None and is_same(beside.whose, who)


def _can_be_meant(talk: Talk, request: SlotRequest | MoveRequest, beside: Beside, booking: Booking) -> bool:
    own = request.booking.id if isinstance(request, MoveRequest) and request.booking is not None else ""
    is_ahead = booking.status in _STANDING and booking.slot.end > talk.now
    return is_ahead and booking.id != own and is_with(booking, beside.whose)


def _is_on_its_days(talk: Talk, request: SlotRequest | MoveRequest, booking: Booking) -> bool:
    """Whether it lies on a day that was named; any does where none was, or where the days say where it is to go."""
    named = [moment for moment in request.moments if moment.days is not None and moment.says_day]
    return not named or _is_on_days(talk, named, booking)


def _is_on_days(talk: Talk, moments: Sequence[Moment], booking: Booking) -> bool:
    day = booking.slot.start.astimezone(talk.zone).date()
    return any(one.days is not None and one.days.first <= day <= one.days.last for one in moments)


def _perhaps(beside: Beside, wish: SlotRequest | MoveRequest) -> SlotRequest | MoveRequest:
    """The wish, now that its time is known, with the question that is still open."""
    if not beside.names_no_act or not isinstance(wish, SlotRequest) or wish.attendee is None:
        return wish
    return replace(wish, beside=Beside(whose=wish.attendee, side=Side.PERHAPS_IT))


def _left_just_now(talk: Talk, beside: Beside) -> datetime | None:
    """Since when the time is free that somebody's meeting had, where that was moved or cancelled just now."""
    for write in talk.conversation.undo.writes if talk.conversation.undo is not None else ():
        if not isinstance(write, MoveBooking | BookSlot) or write.attendee is None:
            continue
        if is_same(attending(write.attendee), beside.whose):
            return write.slot.start
    return None


def _which(
    talk: Talk,
    request: SlotRequest | MoveRequest,
    meetings: tuple[Booking, ...],
    wishes: Sequence[SlotRequest | MoveRequest],
) -> Step:
    shown = meetings[:MOST_SHOWN]
    buttons = tuple(
        resume_button(f"m{number}", times.moment(one.slot.start, talk.zone, talk.now), wish)
        for number, (one, wish) in enumerate(zip(shown, wishes, strict=False), start=1)
    )
    told = "; ".join(f"{n}. {words.one_line(one, talk.zone, talk.now)}" for n, one in enumerate(shown, start=1))
    text = f"{words.measured_from_which()} {told}."
    return show(talk.having(listed=shown, offered=()), request, text, (common.line(text), ButtonRow(buttons=buttons)))


def _measured(talk: Talk, request: SlotRequest | MoveRequest, booking: Booking) -> SlotRequest | MoveRequest:
    """The wish with the time that it means, now that the meeting is known."""
    beside = request.beside
    if beside is None:
        return request
    request = replace(request, beside=None, slot=None, not_before=None)
    slot = booking.slot
    match beside.side:
        case Side.AFTER if request.intent is Intent.FIND_SLOTS:
            return replace(request, moments=(revise.rest_of((slot.end + beside.gap).astimezone(talk.zone)),))
        case Side.AFTER:
            return replace(request, moments=(_at(talk, slot.end + beside.gap),))
        case Side.BEFORE:
            return replace(request, moments=(_at(talk, slot.start - beside.gap - _length(talk, request)),))
        case Side.SAME_DAY:
            day = slot.start.astimezone(talk.zone).date() + beside.gap
            return replace(request, moments=revise.on_its_day(request.moments, day, day))
        case Side.ITS_TIME:
            return replace(request, moments=(_at(talk, slot.start),))
        case Side.LATER if any(map(revise.says_clock, request.moments)):  # «again in two weeks at 3»
            day = slot.start.astimezone(talk.zone).date() + beside.gap
            return replace(_with_them(request, booking), moments=revise.on_its_day(request.moments, day, day))
        case Side.LATER:
            return replace(_with_them(request, booking), moments=(_days_later(talk, booking, beside.gap),))
        case Side.SAME_CLOCK if not request.moments:
            return replace(_with_them(request, booking), moments=(_at(talk, slot.start),))
        case Side.SAME_CLOCK:
            return replace(
                _with_them(request, booking),
                moments=tuple(_on_its_clock(talk, one, booking) for one in request.moments),
            )
        case Side.PERHAPS_IT:
            return request


def _with_them(request: SlotRequest | MoveRequest, booking: Booking) -> SlotRequest | MoveRequest:
    """The wish with the attendee as that meeting knows them, where no address was known."""
    wanted = request.attendee
    if not isinstance(request, SlotRequest) or wanted is None or wanted.email:
        return request
    there = next((person for one in booking.attendees if is_same(person := attending(one), wanted)), None)
    return replace(request, attendee=there) if there is not None and there.email else request


def _at(talk: Talk, instant: datetime) -> Moment:
    local = instant.astimezone(talk.zone)
    return replace(revise.on_day(local.date(), clock=local.time().replace(tzinfo=None)), zone=talk.zone.key)


def _days_later(talk: Talk, booking: Booking, gap: timedelta) -> Moment:
    """Whole days keep the clock, whatever summer time does between."""
    local = booking.slot.start.astimezone(talk.zone)
    if gap % _DAY:
        return _at(talk, booking.slot.start + gap)
    moment = revise.on_day(local.date() + gap, clock=local.time().replace(tzinfo=None))
    return replace(moment, zone=talk.zone.key)


def _length(talk: Talk, request: SlotRequest | MoveRequest) -> timedelta:
    if isinstance(request, MoveRequest):
        return request.booking.slot.end - request.booking.slot.start if request.booking is not None else timedelta()
    choice = choice_for(talk, request)
    return choice.length if choice is not None else timedelta()


def _on_its_clock(talk: Talk, moment: Moment, booking: Booking) -> Moment:
    """That clock time on the day named; in a week that was named, on its own weekday."""
    local = booking.slot.start.astimezone(talk.zone)
    days = moment.days
    if days is not None and days.first != days.last and days.last - days.first < _WEEK:
        there = days.first + timedelta(days=(local.weekday() - days.first.weekday()) % 7)
        moment = replace(moment, days=Days(first=there, last=there)) if there <= days.last else moment
    return revise.at_clock((moment,), local.time().replace(tzinfo=None), talk.zone.key)[0]
