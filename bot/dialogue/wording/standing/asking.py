"""Answers about one booking: whether it is confirmed, what is kept of it, who is in its room, how its attendee moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording import times
from bot.dialogue.wording.common import count, cut, listed
from bot.scheduling.hosting import RecordKind
from bot.scheduling.models import BookingStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.scheduling.hosting import MeetingRecord, RoomState

_STATUS = {
    BookingStatus.BOOKED: "Yes, it is confirmed",
    BookingStatus.REQUESTED: "Not yet: it waits for your answer",
    BookingStatus.CANCELLED: "No, it was cancelled",
    BookingStatus.REJECTED: "No, it was declined",
    BookingStatus.OTHER: "The calendar service calls its state something that I do not know",
}
_KINDS = {RecordKind.RECAP: "Recap", RecordKind.RECORDING: "Recording", RecordKind.TRANSCRIPT: "Transcript"}


def status(state: BookingStatus, line: str) -> str:
    return f"{_STATUS[state]}: {line}."


def when_and_where(line: str, place: str, *, has_link: bool) -> str:
    """`place` as its host wrote it; a link stands on a button."""
    if place:
        return f"{line}. Where: {place}."
    return f"{line}. Where: by its meeting link." if has_link else f"{line}. No place is set for it."


def reason_given(reason: str) -> str:
    return f"The reason: {cut(reason, 300)}." if reason else ""


def no_records(line: str) -> str:
    return f"Nothing is kept of {line}: no recap, no recording, no transcript."


def records(line: str, number: int) -> str:
    return f"{count(number, 'thing')} kept of {line}:"


def record_line(record: MeetingRecord, zone: ZoneInfo, now: datetime) -> str:
    """«Recording, Tue 3 Mar 10:00, 28 min»."""
    started = times.moment(record.started_at, zone, now) if record.started_at else ""
    length = times.length(record.length) if record.length else ""
    title = cut(record.title) if record.title and record.kind is RecordKind.RECAP else ""
    head = ", ".join(piece for piece in (_KINDS[record.kind], title, started, length) if piece)
    return f"{head}: {cut(record.text, 600)}" if record.text else head


def open_record(record: MeetingRecord) -> str:
    return f"Open the {_KINDS[record.kind].lower()}"


def room(state: RoomState, line: str) -> str:
    if not state.is_open:
        return f"Nobody is in the room of {line} now."
    who = listed([cut(name) for name in state.names]) if state.names else "somebody"
    return f"In the room of {line} now: {who}."


def calendar_links(line: str, labels: Sequence[str]) -> str:
    return f"Add {line} to a calendar: {listed(list(labels), 'or')}."


def no_calendar_links(line: str) -> str:
    return f"There are no calendar links for {line}."


def new_time(names: str, line: str) -> str:
    return (
        f"{names} can pick another time on the page behind this button; I send nothing myself, so pass its link on. "
        f"Until then {line} stands."
    )


def new_time_text(names: str, title: str, url: str) -> str:
    return f"To send: «Hi {names}, could you pick another time for {title}? {url}»"


def no_new_time_page(names: str) -> str:
    return (
        f"I know no page where {names} could pick another time. I can share free times for it, or move it: say for example "
        "«move it to friday»."
    )


def next_openings(lines: Sequence[str], zone: ZoneInfo) -> str:
    return f"The next opening of each event type, {times.place(zone)} time: {'; '.join(lines)}."


def no_openings(days: int) -> str:
    return f"No event type has an opening in the next {days} days. Ask «why is nothing free tomorrow?» for the reasons."


def opening_line(title: str, when: str) -> str:
    return f"{cut(title)} {when}"
