"""What is said about taking things back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording import managing, times
from bot.dialogue.wording.booking import place as place_words
from bot.dialogue.wording.bookings import described
from bot.dialogue.wording.common import cut, listed
from bot.scheduling.hosting_writes import CreateAway, DeleteAway, DeleteLink
from bot.scheduling.writes import (
    AddGuests,
    BookSlot,
    CancelBooking,
    ChangeEntry,
    ChangeEventType,
    ChangePlace,
    ChangeProfile,
    ChangeSchedule,
    ChangeWebhook,
    CreateWebhook,
    DeleteEventType,
    DeleteSchedule,
    DeleteWebhook,
    MarkAbsent,
    MoveBooking,
    ReleaseHold,
    RemoveGuests,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from bot.scheduling.writes import Write


def nothing_to_undo() -> str:
    return (
        "There is nothing that I could take back. I can undo what I wrote for up to ten minutes; ask for what you need."
    )


def too_late_to_undo() -> str:
    return (
        "That is more than ten minutes ago, so Undo has run out. Ask for the change itself, and I will show its card."
    )


def undo_text(lines: Sequence[str], *, is_new: bool, mails: bool) -> str:
    new = " It is a new booking, if the time is still free." if is_new else ""
    told = " The people in it are told by mail." if mails else ""
    return f"{' '.join(lines)}{new}{told} {managing.until_press('Undo')}"


def undo_line(write: Write, noun: str, here: ZoneInfo) -> str:
    """What would be written back. `noun` names the write with its people and its time, `here` is the person's zone."""
    match write:
        case BookSlot():
            return f"Book again: {noun}."
        case CancelBooking():
            return _cancel_line(write, noun)
        case MoveBooking():
            return f"Move {noun}."
        case ReleaseHold():
            return "Release the hold."
        case ChangeEventType(before=before):
            return f"Put {cut(before.title) if before else 'the event type'} back as it was."
        case ChangeSchedule(hours=hours, overrides=overrides):
            week = "; ".join(managing.hours_of(hours, here)) if hours else ""
            days = "the hours of those days as they were" if overrides is not None else ""
            return f"Put the hours back: {week or days or 'as they were'}."
        case ChangeProfile(zone=zone, name=name):
            kept = [each for each in (times.place(zone) if zone else "", name or "") if each]
            return f"Put your profile back: {', '.join(kept) or 'as it was'}."
        case DeleteEventType() | DeleteSchedule() | DeleteWebhook() | DeleteLink():
            return "Delete what was just made."
        case CreateWebhook() | ChangeWebhook():
            return "Put the webhook back as it was."
        case AddGuests(emails=emails):
            return f"Invite {', '.join(emails)} again."
        case RemoveGuests(emails=emails):
            return f"Take {', '.join(emails)} off again."
        case MarkAbsent():
            return "Take the no-show mark back." if not write.is_absent else "Mark the no-show again."
        case ChangePlace(place=place):
            return f"Put the place back: {place_words(place)}."
        case ChangeEntry():
            return "Put the calendar entry back as it was."
        case CreateAway() | DeleteAway():
            return "Put the days away back as they were."
        case _:
            return f"Take back {noun}."


def _cancel_line(write: CancelBooking, noun: str) -> str:
    what = described(write.before) if write.before else "the meeting"
    if write.and_following:
        return f"Cancel the whole series: {what} on {noun} and every later date."
    return f"Cancel {what} on {noun}."


def no_undo(labels: Sequence[str], writes: Sequence[Write]) -> str:
    """Small print of a card whose presses cannot be taken back: which ones, and what comes nearest."""
    nearest = " ".join(dict.fromkeys(nearest_to_undo(write) for write in writes))
    named = listed([f"«{label}»" for label in labels])
    return f"There is no Undo for {named}. {nearest}"


def nearest_to_undo(write: Write) -> str:
    """What comes nearest to taking back a write that has no undo."""
    return _NEAREST[write.kind]


_GUESTS = "Guests can only be told so by somebody who writes to them."
_LINK = "A link is used up or withdrawn for good; another one can be made."
_BY_NAME = "What stood there before can only be set again by name."
_ANEW = "A webhook can be made anew."
_NEAREST = {
    "hold": "A time that was let go can be held again, if it is still free.",
    "release": "A time that was let go can be held again, if it is still free.",
    "book": "The meetings can be cancelled, one after the other.",
    "move": "The meeting can be moved again, if the time before is still free.",
    "cancel": "What is cancelled here would have to be booked anew.",
    "approve": "An approved request is a booking, which can be cancelled.",
    "decline": "A declined request does not come back; its person has to ask again.",
    "add_guests": _GUESTS,
    "remove_guests": _GUESTS,
    "mark_absent": _BY_NAME,
    "change_place": _BY_NAME,
    "change_entry": _BY_NAME,
    "create_event_type": "It is switched off or deleted in the service itself.",
    "change_event_type": _BY_NAME,
    "delete_event_type": "A deleted event type does not come back, nor does its page.",
    "create_schedule": "It is deleted in the service itself.",
    "change_schedule": _BY_NAME,
    "delete_schedule": "A deleted schedule does not come back.",
    "change_profile": _BY_NAME,
    "create_webhook": _ANEW,
    "change_webhook": _ANEW,
    "delete_webhook": _ANEW,
    "create_link": _LINK,
    "delete_link": _LINK,
    "create_one_off": "It ends by itself with its last day, or in the service itself.",
    "create_away": _BY_NAME,
    "delete_away": _BY_NAME,
    "create_connection": "Say «disconnect» to leave the account again.",
    "delete_connection": "The account can be connected again, with a fresh consent.",
}
"""By the kind of write; every kind has its sentence."""
