"""Questions about one booking: whether it is confirmed, what is kept of it, who is in its room, how its attendee moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Found, Look, LookUp
from bot.dialogue.bookings import matching
from bot.dialogue.buttons import ButtonRow, link_button, resume_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import BookingRequest, MoveRequest
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import bookings as booking_words
from bot.dialogue.wording import common
from bot.dialogue.wording.standing import asking as words
from bot.language.meaning import Intent
from bot.language.signs import Cue
from bot.scheduling.hosting import CalendarLink, MeetingRecord, RoomState
from bot.scheduling.models import BookingStatus
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.buttons import Button, CardPart
    from bot.dialogue.context import Step
    from bot.scheduling.models import Booking

_LOOKS = {
    Intent.SHOW_RECORDS: Look.RECORDS,
    Intent.SHOW_ROOM: Look.ROOM,
    Intent.SHOW_CALENDAR_LINKS: Look.CALENDAR_LINKS,
}
_MOST_BUTTONS = 6


def about(talk: Talk, request: BookingRequest) -> Step:
    """Find the booking, then what was asked about it."""
    booking = request.booking
    if booking is None or not matching.is_fresh(talk, request):
        return matching.find(talk, request)
    match request.intent:
        case Intent.BOOKING_STATUS:
            return _status(talk, request, booking)
        case Intent.ASK_NEW_TIME:
            return _new_time(talk, request, booking)
        case _:
            effect = LookUp(what=_LOOKS[request.intent], argument=booking.id)
            return do(talk.asking(request), effect, Doing.READING_OF_BOOKING)


def found(talk: Talk, outcome: Outcome) -> Step:
    """What there is, with its links behind buttons."""
    request = talk.conversation.request
    if not isinstance(request, BookingRequest) or not isinstance(outcome, Found) or request.booking is None:
        return say(talk, common.broken())
    line = booking_words.one_line(request.booking, talk.zone, talk.now)
    match outcome.what:
        case Look.RECORDS:
            return _records(talk, request, line, [one for one in outcome.values if isinstance(one, MeetingRecord)])
        case Look.ROOM:
            state = next((one for one in outcome.values if isinstance(one, RoomState)), RoomState(is_open=False))
            return _told(talk, request, words.room(state, line), _join(request.booking))
        case _:
            return _links(talk, request, line, [one for one in outcome.values if isinstance(one, CalendarLink)])


def _status(talk: Talk, request: BookingRequest, booking: Booking) -> Step:
    line = booking_words.one_line(replace(booking, status=BookingStatus.BOOKED), talk.zone, talk.now)
    if booking.status is BookingStatus.BOOKED and request.cues & {Cue.ASKS_WHEN, Cue.ASKS_WHERE}:
        place = booking.place if booking.place != booking.join_url else ""
        text = words.when_and_where(line, common.cut(place, 200), has_link=bool(booking.join_url))
        return _told(talk, request, text, (*_join(booking), *_next_steps(booking)))
    text = f"{words.status(booking.status, line)} {words.reason_given(booking.cancel_reason)}".strip()
    return _told(talk, request, text, _next_steps(booking))


def _next_steps(booking: Booking) -> tuple[Button, ...]:
    match booking.status:
        case BookingStatus.REQUESTED:
            return (
                resume_button("approve", "Approve", BookingRequest(intent=Intent.APPROVE, booking=booking)),
                resume_button("decline", "Decline", BookingRequest(intent=Intent.DECLINE, booking=booking)),
            )
        case BookingStatus.BOOKED:
            return (
                resume_button("move", "Move", MoveRequest(booking=booking)),
                resume_button("cancel", "Cancel meeting", BookingRequest(intent=Intent.CANCEL, booking=booking)),
            )
        case _:
            return ()


def _records(talk: Talk, request: BookingRequest, line: str, records: list[MeetingRecord]) -> Step:
    if not records:
        return say(talk.asking(replace(request, is_done=True)), words.no_records(line), is_personal=True)
    lines = [words.record_line(one, talk.zone, talk.now) for one in records]
    buttons = tuple(
        link_button(f"r{number}", words.open_record(one), one.url)
        for number, one in enumerate(records[:_MOST_BUTTONS], start=1)
        if one.url.startswith("http")
    )
    text = words.records(line, len(records))
    parts: tuple[CardPart, ...] = (common.heading(text), common.line("\n".join(lines)), ButtonRow(buttons=buttons))
    return show(talk, replace(request, is_done=True), f"{text} {'; '.join(lines)}", parts, is_live=False)


def _links(talk: Talk, request: BookingRequest, line: str, links: list[CalendarLink]) -> Step:
    if not links:
        return say(talk.asking(replace(request, is_done=True)), words.no_calendar_links(line), is_personal=True)
    shown = links[:_MOST_BUTTONS]
    buttons = tuple(link_button(f"l{n}", common.cut(f"Add to {one.label}", 70), one.url) for n, one in enumerate(shown))
    return _told(talk, request, words.calendar_links(line, [one.label for one in shown]), buttons)


def _new_time(talk: Talk, request: BookingRequest, booking: Booking) -> Step:
    names, line = booking_words.names_of(booking), booking_words.one_line(booking, talk.zone, talk.now)
    if not booking.move_url.startswith("http"):
        move = resume_button("move", "Move", MoveRequest(booking=booking))
        return _told(talk, request, words.no_new_time_page(names), (move,))
    text = f"{words.new_time(names, line)} {words.new_time_text(names, booking_words.title(booking), booking.move_url)}"
    return _told(talk, request, text, (link_button("page", "Open its own page", booking.move_url),))


def _join(booking: Booking) -> tuple[Button, ...]:
    url = booking.join_url
    return (link_button("join", "Open meeting link", url),) if url.startswith("http") else ()


def _told(talk: Talk, request: BookingRequest, text: str, buttons: tuple[Button, ...]) -> Step:
    done = replace(request, is_done=True)
    return show(talk, done, text, (common.line(text), ButtonRow(buttons=buttons)), is_live=False)
