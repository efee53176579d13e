"""Every write there is has its undo, or its card says before the press that there is none, and what comes nearest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from rooms import ABILITIES, ACCOUNT, CONTEXT, KEY

from bot.dialogue.acts import Note, Reply
from bot.dialogue.buttons import ButtonRow, write_button
from bot.dialogue.conversation import Conversation
from bot.dialogue.talk import Talk, show
from bot.dialogue.wording.standing.undoing import nearest_to_undo, undo_line
from bot.scheduling.hosting import Away, SharedLink
from bot.scheduling.hosting_writes import CreateAway, CreateOneOff, DeleteAway, DeleteLink
from bot.scheduling.models import (
    Attendee,
    Booking,
    BookingStatus,
    EventType,
    Hold,
    Override,
    Place,
    PlaceKind,
    Profile,
    Schedule,
    Slot,
    Webhook,
)
from bot.scheduling.provider import Capabilities
from bot.scheduling.undoing import can_undo, undo_of
from bot.scheduling.writes import (
    AddGuests,
    ApproveBooking,
    BookSlot,
    CancelBooking,
    ChangeEntry,
    ChangeEventType,
    ChangePlace,
    ChangeProfile,
    ChangeSchedule,
    ChangeWebhook,
    CreateConnection,
    CreateEventType,
    CreateLink,
    CreateSchedule,
    CreateWebhook,
    DeclineBooking,
    DeleteConnection,
    DeleteEventType,
    DeleteSchedule,
    DeleteWebhook,
    HoldSlot,
    MarkAbsent,
    MoveBooking,
    ReleaseHold,
    RemoveGuests,
    Write,
    Written,
)

EVERYTHING = replace(ABILITIES, deletes=True, removes_guests=True, link_uses=True, link_terms=True, away=True)
LITTLE = Capabilities(provider="calendly", title="Calendly")
START = datetime(2026, 3, 5, 9, tzinfo=UTC)
SLOT = Slot(START, START + timedelta(minutes=30))
DAY = date(2026, 4, 1)
MIA = Attendee(name="Mia", zone="Europe/Berlin", email="mia@example.org")
BOOKING = Booking(
    id="b", title="Intro", slot=SLOT, status=BookingStatus.BOOKED, event_type="1", attendees=(MIA,), place="Office"
)
KIND = EventType(id="1", title="Intro", slug="intro", lengths=(timedelta(minutes=30),))
SCHEDULE = Schedule(id="s", name="Work", zone="Europe/Berlin", is_default=False)
HOOK = Webhook(id="w", url="https://hooks.example.com/in", triggers=("BOOKING_CREATED",))
ME = Profile(id="1", name="Ana", email="ana@acme.io", zone="Europe/Berlin")
AWAY = Away(id="o", first=DAY, last=DAY)
ROOM = Place(kind=PlaceKind.ADDRESS, detail="Room 4")
WRITTEN = Written(
    hold=Hold(id="h", event_type="1", slot=SLOT, expires_at=SLOT.end),
    booking=BOOKING,
    event_type=KIND,
    schedule=SCHEDULE,
    webhook=HOOK,
    away=AWAY,
    shared=SharedLink(id="l", event_type="1", url="https://cal.example.com/l"),
)
EVERY: tuple[Write, ...] = (
    HoldSlot(event_type="1", slot=SLOT),
    ReleaseHold(hold="h", slot=SLOT),
    BookSlot(event_type="1", slot=SLOT, attendee=MIA),
    MoveBooking(booking="b", old=SLOT, slot=SLOT),
    CancelBooking(booking="b", slot=SLOT, before=BOOKING),
    ApproveBooking(booking="b"),
    DeclineBooking(booking="b"),
    AddGuests(booking="b", emails=("lee@example.org",)),
    RemoveGuests(booking="b", emails=("lee@example.org",)),
    MarkAbsent(booking="b"),
    ChangePlace(booking="b", place=ROOM),
    ChangePlace(booking="b", place=ROOM, before=Place(kind=PlaceKind.ADDRESS, detail="Room 5")),
    ChangeEntry(booking="b", slot=SLOT, title="New", title_before="Old"),
    CreateEventType(title="Talk", slug="talk", lengths=(timedelta(minutes=30),)),
    ChangeEventType(event_type="1", title="Talk", before=KIND),
    DeleteEventType(event_type="1"),
    CreateSchedule(name="Summer", zone="UTC"),
    ChangeSchedule(schedule="s", overrides=(Override(day=DAY, start=time(9), end=time(12)),), before=SCHEDULE),
    DeleteSchedule(schedule="s"),
    ChangeProfile(name="Bo", before=ME),
    CreateWebhook(url=HOOK.url, triggers=HOOK.triggers),
    ChangeWebhook(webhook="w", is_active=False, before=HOOK),
    DeleteWebhook(webhook="w", before=HOOK),
    CreateLink(event_type="1"),
    DeleteLink(link="l", event_type="1"),
    CreateOneOff(title="Talk", length=timedelta(minutes=30), first=DAY, last=DAY, zone="UTC"),
    CreateAway(first=DAY, last=DAY),
    DeleteAway(away="o", before=AWAY),
    CreateConnection(provider="calcom"),
    DeleteConnection(account="a"),
)
ABLE = pytest.mark.parametrize("able", [EVERYTHING, LITTLE], ids=["able", "not able"])
WRITES = pytest.mark.parametrize("write", EVERY, ids=lambda write: write.kind)


def test_no_write_is_missing_here() -> None:
    assert {type(write) for write in EVERY} == set(get_args(Write))


@ABLE
@WRITES
def test_a_card_promises_only_what_can_be_taken_back(write: Write, able: Capabilities) -> None:
    undo = undo_of(write, WRITTEN, able)

    assert undo is not None or not can_undo(write, able)
    assert undo is None or undo_line(undo, "it", ZoneInfo("Europe/Berlin")).endswith(".")


@ABLE
@WRITES
def test_what_has_no_undo_says_so_before_the_press(write: Write, able: Capabilities) -> None:
    small_print = " ".join(part.text for part in card_for(write, able).parts if isinstance(part, Note))

    if can_undo(write, able):
        assert "Undo" not in small_print
    else:
        assert "no Undo for «Do it»" in small_print
        assert nearest_to_undo(write) in small_print


def card_for(write: Write, able: Capabilities) -> Reply:
    context = replace(CONTEXT, capabilities=able, account=ACCOUNT)
    talk = Talk(conversation=Conversation(key=KEY), context=context)
    step = show(talk, None, "Shall I?", (ButtonRow(buttons=(write_button("do", "Do it", write),)),))
    assert step.reply is not None
    return step.reply
