"""What the first button of an answer would do, in words that tests compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from rooms import BERLIN, CONTEXT, Desk

from bot.dialogue.cards import WriteOut
from bot.dialogue.wording.managing import hours_of, override_line
from bot.scheduling.models import Booking, Person
from bot.scheduling.writes import BookSlot, CancelBooking, ChangeSchedule, HoldSlot, MoveBooking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.dialogue.acts import Reply
    from bot.scheduling.writes import Write


def desk_with(bookings: tuple[Booking, ...]) -> Desk:
    people = tuple(
        Person(name=booking.attendees[0].name, email=booking.attendees[0].email, zone="Europe/Berlin")
        for booking in bookings
    )
    return Desk(context=replace(CONTEXT, people=people), bookings=bookings)


def offered(desk: Desk, reply: Reply) -> set[str]:
    """What the first button that writes would do."""
    card = desk.cards.get(reply.card)
    options = card.options if card is not None else ()
    press = next((option.press for option in options if isinstance(option.press, WriteOut)), None)
    return {told(write) for write in press.writes} if press is not None else set()


def played(
    sentences: Iterable[tuple[str, set[str]]], desk: Callable[[], Desk], *, is_part_right: bool = False
) -> tuple[list[str], int]:
    """The sentences whose card would do anything else than is wanted of it, and how many have no card for all of it."""
    wrong: list[str] = []
    unhelped = 0
    for text, wanted in sentences:
        talk = desk()
        deeds = offered(talk, talk.say(text))
        is_right = deeds <= wanted if is_part_right else not deeds or deeds == wanted
        wrong += [] if is_right else [f"{text}: {sorted(deeds)} instead of {sorted(wanted)}"]
        unhelped += deeds != wanted
    return wrong, unhelped


def told(write: Write) -> str:
    match write:
        case CancelBooking(booking=booking):
            return f"cancel {booking}"
        case MoveBooking(booking=booking, slot=slot):
            return f"move {booking} {slot.start:%d %H:%M}"
        case BookSlot(slot=slot, attendee=attendee, event_type=kind):
            return f"book {attendee.email} {slot.start:%d %H:%M} {kind}"
        case HoldSlot(slot=slot):
            return f"hold {slot.start:%d %H:%M}"
        case ChangeSchedule(overrides=rows):
            return "; ".join(
                f"{row.day:%d} {row.start:%H:%M}-{row.end:%H:%M}" if row.start and row.end else f"{row.day:%d} off"
                for row in rows or ()
            )
        case _:
            return type(write).__name__


def writes_below(desk: Desk, texts: Sequence[str]) -> list[Write]:
    """What the buttons of the card below the last of these texts would write."""
    for text in texts[:-1]:
        desk.say(text)
    card = desk.cards.get(desk.say(texts[-1]).card)
    options = card.options if card is not None else ()
    return [write for option in options if isinstance(option.press, WriteOut) for write in option.press.writes]


def hours_written(*texts: str) -> str:
    """What the card below the last of these texts would write: a week, or «on» and its dates; empty when no card would."""
    talk = Desk(context=replace(CONTEXT, people=()), bookings=())
    writes = [write for write in writes_below(talk, texts) if isinstance(write, ChangeSchedule)]
    if not writes:
        return ""
    if writes[0].hours:
        return "; ".join(hours_of(writes[0].hours, BERLIN))
    rows = writes[0].overrides or ()
    return "on " + "; ".join(override_line(row, date(2026, 3, 2), BERLIN) for row in rows)
