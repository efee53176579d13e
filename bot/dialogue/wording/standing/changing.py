"""What is said about changes to a booking that stands, beside its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording.common import cut
from bot.dialogue.wording.managing import until_press

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENTRY = "This changes the entry in your calendar, which tells everybody in it; the booking page keeps what was booked."


def no_removing(service: str) -> str:
    return f"{service} cannot take a guest off a booking. I can cancel the meeting, and you book it again without them."


def chief_stays() -> str:
    return "Whoever booked the meeting cannot be taken off it; without them it can only be cancelled."


def whom_to_remove(line: str, guests: Sequence[str]) -> str:
    known = f" Invited beside: {', '.join(guests)}." if guests else " Nobody is invited beside."
    return f"Whom should I take off {line}?{known}"


def not_invited(names: Sequence[str], line: str, guests: Sequence[str]) -> str:
    known = f" Guests there: {', '.join(guests)}." if guests else " It has no guests."
    return f"I cannot take {' and '.join(names)} off {line}: nobody of that name is a guest there.{known}"


def remove_text(guests: Sequence[str], line: str) -> str:
    return f"Take {', '.join(guests)} off {line}? They are told by mail. {until_press('Remove guests')}"


def no_changing(service: str) -> str:
    return (
        f"{service} cannot change a meeting that stands, except its time. I can move it, "
        "or cancel it so that you book it again as you want it."
    )


def how_long() -> str:
    return "How long should it be?"


def not_so_short(line: str, now: str) -> str:
    return f"{line} takes {now}, so so much cannot be taken off. How long shall it be?"


def is_that_long(line: str) -> str:
    return f"{line} is that long already."


def what_text() -> str:
    return (
        "I cannot tell from that what the title or note should say; a note can be replaced, not removed. "
        "For example: rename my meeting with priya to Kickoff."
    )


def length_text(line: str, before: str, after: str) -> str:
    return f"Change {line} from {before} to {after}? {_ENTRY} {until_press('Change length')}"


def title_text(before: str, after: str, line: str) -> str:
    return f"Change the title of {line} from {cut(before)} to {cut(after)}? {_ENTRY} {until_press('Change title')}"


def note_text(note: str, line: str) -> str:
    return f"Set the note of {line} to: {cut(note, 300)}? {_ENTRY} {until_press('Change note')}"


def no_resending(service: str) -> str:
    return f"{service} cannot mail an invitation again by itself. Moving the meeting mails everybody in it a new one."


def guests_removed(guests: Sequence[str], line: str) -> str:
    return f"{', '.join(guests)} {'is' if len(guests) == 1 else 'are'} off {line}."


def entry_changed(line: str) -> str:
    return f"The calendar entry of {line} is changed."
