"""No sentence gets the card of the sentence that it changes: what is put in shows there, or no button writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from rooms import CONTEXT, Desk, booking_with
from wrong_pairs import NAMES, Inserted, Pair, pairs

from bot.dialogue.cards import WriteOut
from bot.scheduling.models import Booking, Person
from bot.scheduling.writes import BookSlot, CancelBooking, HoldSlot, MoveBooking, Write

if TYPE_CHECKING:
    from bot.dialogue.acts import Reply

BOOKINGS: tuple[Booking, ...] = (
    booking_with("Lena Ostrow", date(2026, 3, 5), 12, number=1),
    booking_with("Omar Haddad", date(2026, 3, 4), 12, number=2),
    booking_with("Tia Novak", date(2026, 3, 6), 12, number=3),
)
PEOPLE = tuple(
    Person(name=booking.attendees[0].name, email=booking.attendees[0].email, zone="Europe/Berlin")
    for booking in BOOKINGS
)
ALL = tuple(pairs())
MANY = 2000


def played(text: str) -> tuple[Desk, Reply]:
    desk = Desk(context=replace(CONTEXT, people=()), bookings=BOOKINGS)
    return desk, desk.say(text)


@cache
def offered(text: str) -> frozenset[tuple[str, ...]]:
    """What the buttons of the answer would write: each write by its kind, its booking or guest, and its time."""
    desk, reply = played(text)
    card = desk.cards.get(reply.card)
    if card is None:
        return frozenset()
    return frozenset(
        told(write) for option in card.options if isinstance(option.press, WriteOut) for write in option.press.writes
    )


def told(write: Write) -> tuple[str, ...]:
    match write:
        case BookSlot(slot=slot, attendee=attendee):
            return ("book", attendee.email or "", str(slot.start))
        case HoldSlot(slot=slot):
            return ("hold", "", str(slot.start))
        case CancelBooking(booking=booking):
            return ("cancel", booking, "")
        case MoveBooking(booking=booking, slot=slot):
            return ("move", booking, str(slot.start))
        case _:
            return (type(write).__name__, "", "")


def fault(pair: Pair) -> str:
    """What is wrong with the answer to the changed sentence; empty when nothing is."""
    base, changed = offered(pair.base), offered(pair.changed)
    if pair.may_not_touch:
        number = next(b.id for b in BOOKINGS if b.attendees[0].name.lower().startswith(pair.may_not_touch))
        return "touches who was left out" if any(write[1] == number for write in changed) else ""
    if not changed:
        return ""
    if pair.meant:
        return "" if changed == offered(pair.meant) else "is neither a question nor the card for what was meant"
    if pair.inserted in {Inserted.SECOND_OBJECT, Inserted.REPEATED}:
        return "one of several" if changed == base and not names_each(pair.changed) else ""
    return "writes all the same"


def names_each(text: str) -> bool:
    """Whether the answer speaks of several people, of each by name: «… moves, … stays: that time is not free»."""
    named = [name for name in NAMES if name in text]
    told = played(text)[1].text.lower()
    return len(named) > 1 and all(name in told for name in named)


def faults(chosen: tuple[Pair, ...]) -> list[str]:
    return [f"{pair.inserted}: «{pair.changed}» {wrong}" for pair in chosen if (wrong := fault(pair))]


def test_there_are_many_pairs_of_every_kind() -> None:
    assert len({pair.changed for pair in ALL}) >= MANY
    assert {pair.inserted for pair in ALL} == set(Inserted)


@pytest.mark.slow
def test_the_sentences_themselves_get_their_cards() -> None:
    bases = {pair.base for pair in ALL} | {pair.meant for pair in ALL if pair.meant}
    unread = sorted(base for base in bases if not offered(base))

    assert not unread


@pytest.mark.parametrize("inserted", list(Inserted))
def test_a_sample_changes_with_what_is_put_in(inserted: Inserted) -> None:
    assert not faults(tuple(pair for pair in ALL if pair.inserted is inserted)[::24])


@pytest.mark.slow
@pytest.mark.parametrize("is_blind", [False, True], ids=["seen", "blind"])
@pytest.mark.parametrize("inserted", list(Inserted))
def test_every_card_changes_with_what_is_put_in(inserted: Inserted, *, is_blind: bool) -> None:
    assert not faults(tuple(pair for pair in ALL if pair.inserted is inserted and pair.is_blind is is_blind))
