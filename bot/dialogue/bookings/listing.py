"""What is on: the person's own bookings, in their zone, each a press away from moving or cancelling it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import BookingsFound, FindBookings, Subheading
from bot.dialogue.bookings import matching, picking
from bot.dialogue.buttons import ButtonRow, link_button, resume_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import BookingRequest, MoveRequest, SlotRequest
from bot.dialogue.request.intervals import hull_of, is_open_days
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import bookings as words
from bot.dialogue.wording import common, times
from bot.dialogue.wording.standing import questions
from bot.language.meaning import LAST, Intent, Open
from bot.language.signs import Cue
from bot.scheduling.models import BookingQuery, BookingState, BookingStatus
from bot.scheduling.replacing import replace
from bot.scheduling.times import Interval, find_zone

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.buttons import Button, CardPart
    from bot.dialogue.context import Step
    from bot.scheduling.models import Booking

_LONG_AGO = timedelta(days=90)
_ON = timedelta(days=365)
"""How far ahead «after wednesday» is looked for."""
_MOST = 500
"""As many as are counted; fewer are shown."""


def list_bookings(talk: Talk, request: BookingRequest) -> Step:
    """Ask for the bookings of the time said, or for all that are to come."""
    return do(talk.asking(request), FindBookings(query=_query(talk, request)), Doing.LISTING)


def listed(talk: Talk, outcome: Outcome) -> Step:
    """The bookings that fit, or that there are none, with the next step."""
    request = talk.conversation.request
    if not isinstance(request, BookingRequest) or not isinstance(outcome, BookingsFound):
        return say(talk, common.broken())
    found = matching.matches(talk, request, outcome)
    when = matching.times_said(talk, request)
    if request.intent is Intent.COUNT_BOOKINGS:
        request = replace(request, is_done=True)
        named = [one.name or one.email for one in (request.attendee, *request.others) if one is not None]
        who = common.listed([name for name in named if name])
        return say(talk.asking(request), questions.counted(len(found), when or "coming up", who), is_personal=True)
    if not found:
        return _empty(talk, request, when)
    if _is_past(talk, request):
        found = found[-matching.MOST_SHOWN :]
    shown = found[:1] if _is_one(request) else picking.picked(request, found)[: matching.MOST_SHOWN]
    text = words.list_text(shown, when or "coming up", talk.zone, talk.now)
    if len(shown) == 1 and not when:
        text = (words.last_one if _is_last(request) else words.next_with)(shown[0], talk.zone, talk.now)
    left = words.more_not_shown(len(found) - len(shown)) if len(found) > len(shown) and len(shown) > 1 else ""
    is_alone = len(shown) == 1 and not when
    said = (
        words.one_heading(is_last=_is_last(request))
        if is_alone
        else words.list_heading(len(shown), when or "coming up")
    )
    heading = f"{said}, {times.place(talk.zone)} time"
    parts: list[CardPart] = [common.heading(heading), *_by_day(talk, shown)]
    if left:
        parts.append(common.small(left))
    talk = talk.having(listed=shown, shown=shown, offered=(), left=tuple(one.id for one in shown))
    return show(talk, request, f"{text} {left}".strip(), tuple(parts))


def _by_day(talk: Talk, shown: tuple[Booking, ...]) -> list[CardPart]:
    """A row a meeting under its day, numbered for «the second one»."""
    parts: list[CardPart] = []
    day = None
    for number, booking in enumerate(shown, start=1):
        starts = booking.slot.start.astimezone(talk.zone).date()
        if starts != day:
            parts.append(Subheading(text=times.date_words(starts, talk.today)))
        day = starts
        title = f"{number}. {words.row(booking, talk.zone)}"
        is_ahead = booking.slot.end > talk.now
        parts.append(ButtonRow(buttons=_buttons(number, booking), title=title) if is_ahead else common.line(title))
    return parts


def _is_last(request: BookingRequest) -> bool:
    """«my last meeting», «my last three», without a time: what is over."""
    return not request.sought and (request.which == LAST or (request.several or 0) < 0)


def _is_one(request: BookingRequest) -> bool:
    """«my next meeting», «when do I see priya next»: one is asked for."""
    if request.sought or request.several is not None or Cue.NEXT not in request.cues:
        return False
    return request.attendee is not None or request.which == 1


def _buttons(number: int, booking: Booking) -> tuple[Button, ...]:
    is_link = booking.join_url.startswith("https://") and booking.status is BookingStatus.BOOKED
    return (
        *((link_button(f"j{number}", "Join", booking.join_url),) if is_link else ()),
        resume_button(f"m{number}", "Move", MoveRequest(booking=booking)),
        resume_button(f"c{number}", "Cancel meeting", BookingRequest(intent=Intent.CANCEL, booking=booking)),
    )


def _empty(talk: Talk, request: BookingRequest, when: str) -> Step:
    whom = request.attendee.name if request.attendee else ""
    text = words.none_match(whom, when) if whom else words.nothing_on(when or "in the time to come")
    search = SlotRequest(intent=Intent.FIND_SLOTS, attendee=request.attendee, moments=request.sought, zone=request.zone)
    if _is_past(talk, request):
        return say(talk.having(request=replace(request, is_done=True), listed=()), text, is_personal=True)
    parts = (common.line(text), ButtonRow(buttons=(resume_button("find", "Find a time", search),)))
    return show(talk.having(listed=(), offered=()), request, text, parts)


def _window(talk: Talk, request: BookingRequest) -> Interval | None:
    hull = hull_of(request.sought, talk, find_zone(request.zone) or talk.zone)
    has_end = not any(moment.open is Open.AFTER and is_open_days(moment) for moment in request.sought)
    return hull if hull is None or has_end else Interval(hull.start, max(hull.end, talk.now + _ON))


def _is_past(talk: Talk, request: BookingRequest) -> bool:
    window = _window(talk, request)
    return window is not None and window.end <= talk.now


def _query(talk: Talk, request: BookingRequest) -> BookingQuery:
    window = _window(talk, request)
    if window is None and _is_last(request):
        return BookingQuery(states=(BookingState.PAST,), window=Interval(talk.now - _LONG_AGO, talk.now), limit=_MOST)
    if window is None:
        return BookingQuery(limit=_MOST)
    if window.end <= talk.now:
        return BookingQuery(states=(BookingState.PAST,), window=window, limit=_MOST)
    day_start = max(window.start, talk.now - _LONG_AGO)
    states: tuple[BookingState, ...] = (BookingState.UPCOMING, BookingState.REQUESTED)
    if window.start < talk.now:
        states = (*states, BookingState.PAST)
    return BookingQuery(
        states=states, window=Interval(min(day_start, window.end - timedelta(minutes=1)), window.end), limit=_MOST
    )
