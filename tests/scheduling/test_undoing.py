"""What takes a write back: the write that does, with the values before; or none, and then no card promises it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.scheduling.hosting import Away, AwayReason, SharedLink
from bot.scheduling.hosting_writes import CreateAway, CreateOneOff, DeleteAway, DeleteLink
from bot.scheduling.limits import BookingWindow, Cap, Period, WindowKind
from bot.scheduling.models import (
    Attendee,
    Booking,
    BookingStatus,
    EventType,
    Hold,
    Hours,
    Override,
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
    ChangeProfile,
    ChangeSchedule,
    ChangeWebhook,
    CreateEventType,
    CreateLink,
    CreateSchedule,
    CreateWebhook,
    DeclineBooking,
    DeleteEventType,
    DeleteWebhook,
    HoldSlot,
    MarkAbsent,
    MoveBooking,
    ReleaseHold,
    RemoveGuests,
    Write,
    Written,
)

CALCOM = Capabilities(
    provider="calcom", title="Cal.com", adds_guests=True, removes_guests=True, deletes=True, link_uses=True
)
CALENDLY = Capabilities(provider="calendly", title="Calendly", link_terms=True)
START = datetime(2026, 3, 3, 14, tzinfo=UTC)
HALF = timedelta(minutes=30)
SLOT, LATER = Slot(START, START + HALF), Slot(START + timedelta(days=1), START + timedelta(days=1) + HALF)
ANA = Attendee(name="Ana", zone="Europe/Berlin", email="ana@example.org")
BOOKING = Booking(
    id="b1", title="Intro", slot=SLOT, status=BookingStatus.BOOKED, event_type="7", attendees=(ANA,), guests=("g@x.io",)
)
KIND = EventType(
    id="7", title="Intro", slug="intro", lengths=(HALF,), other_lengths=(HALF * 2,), minimum_notice=HALF, seats=None
)
WEEK = (Hours(weekdays=(0, 1, 2), start=time(9), end=time(17)),)
SCHEDULE = Schedule(id="3", name="Work", zone="Europe/Berlin", is_default=True, hours=WEEK)
HOOK = Webhook(id="h", url="https://p.example.com/webhooks/calcom/tok", triggers=("booked",))
ME = Profile(id="1", name="Hana", email="h@example.com", zone="Europe/Berlin")
AWAY = Away(id="4", first=date(2026, 4, 1), last=date(2026, 4, 2), reason=AwayReason.SICK)


def test_a_booking_is_cancelled_and_a_cancellation_books_again() -> None:
    book = BookSlot(event_type="7", slot=SLOT, attendee=ANA)
    cancel = undo_of(book, Written(booking=BOOKING), CALCOM)

    assert cancel == CancelBooking(booking="b1", slot=SLOT, before=BOOKING)
    assert isinstance(cancel, CancelBooking)
    assert undo_of(cancel, Written(booking=BOOKING), CALCOM) == BookSlot(
        event_type="7", slot=SLOT, attendee=ANA, guests=("g@x.io",), length=HALF
    )


def test_a_move_goes_back_under_its_new_id() -> None:
    moved = replace(BOOKING, id="b2", slot=LATER)
    move = MoveBooking(booking="b1", old=SLOT, slot=LATER)

    back = undo_of(move, Written(booking=moved), CALCOM)

    assert back == MoveBooking(booking="b2", old=LATER, slot=SLOT, event_type="7")


def test_a_move_that_left_the_old_one_standing_does_not_go_back() -> None:
    move = MoveBooking(booking="b1", old=SLOT, slot=LATER)

    assert undo_of(move, Written(booking=replace(BOOKING, id="b2"), leftover=BOOKING), CALENDLY) is None


def test_a_type_gets_back_exactly_what_was_changed() -> None:
    change = ChangeEventType(
        event_type="7",
        buffer_after=HALF,
        window=BookingWindow(kind=WindowKind.CALENDAR_DAYS, days=42),
        caps=(Cap(period=Period.DAY, count=3),),
        interval=HALF,
        seats=5,
        lengths=(HALF * 3,),
        before=KIND,
    )

    back = undo_of(change, Written(), CALCOM)

    assert isinstance(back, ChangeEventType)
    assert replace(back, before=None) == ChangeEventType(
        event_type="7",
        buffer_after=timedelta(0),
        window=BookingWindow(kind=WindowKind.ANY),
        caps=(),
        interval=timedelta(0),
        seats=0,
        lengths=(HALF, HALF * 2),
    )
    assert back.before is not None
    assert (back.before.buffer_after, back.before.seats) == (HALF, 5)


def test_hours_and_profile_get_their_values_before() -> None:
    days_off = (Override(day=date(2026, 3, 9)),)
    hours = ChangeSchedule(schedule="3", overrides=days_off, before=SCHEDULE)
    profile = ChangeProfile(zone="Asia/Tokyo", before=ME)

    assert undo_of(hours, Written(), CALCOM) == ChangeSchedule(schedule="3", overrides=())
    assert undo_of(profile, Written(), CALCOM) == ChangeProfile(zone="Europe/Berlin")
    assert undo_of(replace(hours, before=None), Written(), CALCOM) is None


def test_a_deleted_webhook_comes_back_under_its_own_token() -> None:
    back = undo_of(DeleteWebhook(webhook="h", before=HOOK), Written(), CALCOM)

    assert back == CreateWebhook(url=HOOK.url, triggers=("booked",), token="tok")
    assert undo_of(CreateWebhook(url=HOOK.url, triggers=("booked",)), Written(webhook=HOOK), CALCOM) == DeleteWebhook(
        webhook="h", before=HOOK
    )
    pause = ChangeWebhook(webhook="h", is_active=False, before=HOOK)
    assert undo_of(pause, Written(), CALCOM) == ChangeWebhook(webhook="h", is_active=True)


def test_links_days_away_holds_guests_and_absence_are_taken_back() -> None:
    link = SharedLink(id="l", event_type="7", url="https://x.example.com")
    hold = Hold(id="h", event_type="7", slot=SLOT, expires_at=LATER.start)
    away = CreateAway(first=AWAY.first, last=AWAY.last, reason=AWAY.reason)
    absent = MarkAbsent(booking="b1", emails=("ana@example.org",))

    assert undo_of(CreateLink(event_type="7"), Written(shared=link), CALCOM) == DeleteLink(link="l", event_type="7")
    assert undo_of(HoldSlot(event_type="7", slot=SLOT), Written(hold=hold), CALCOM) == ReleaseHold(hold="h", slot=SLOT)
    assert undo_of(away, Written(away=AWAY), CALCOM) == DeleteAway(away="4", before=AWAY)
    assert undo_of(DeleteAway(away="4", before=AWAY), Written(), CALCOM) == away
    assert undo_of(absent, Written(), CALCOM) == replace(absent, is_absent=False)
    guests = AddGuests(booking="b1", emails=("g@x.io",))
    assert undo_of(guests, Written(), CALCOM) == RemoveGuests(booking="b1", emails=("g@x.io",))
    assert undo_of(guests, Written(), CALENDLY) is None


def test_a_calendar_entry_gets_its_title_and_end_back() -> None:
    change = ChangeEntry(booking="b1", slot=SLOT, title="New", end=SLOT.end + HALF, title_before="Old")

    back = undo_of(change, Written(), CALCOM)

    assert back == ChangeEntry(booking="b1", slot=SLOT, title="Old", end=SLOT.end, title_before="New")


FINAL: tuple[Write, ...] = (
    ApproveBooking(booking="b1"),
    DeclineBooking(booking="b1"),
    DeleteEventType(event_type="7"),
    DeleteLink(link="l"),
    CreateOneOff(title="x", length=HALF, first=date(2026, 4, 1), last=date(2026, 4, 2), zone="UTC"),
    CancelBooking(booking="b1", slot=SLOT, and_following=True, before=BOOKING),
    CancelBooking(booking="b1", slot=SLOT, before=replace(BOOKING, event_type="")),
)


@pytest.mark.parametrize("write", FINAL, ids=lambda write: write.kind)
def test_what_is_final_promises_nothing(write: Write) -> None:
    assert not can_undo(write, CALCOM)
    assert undo_of(write, Written(booking=BOOKING), CALCOM) is None


PROMISED: tuple[tuple[Write, Written], ...] = (
    (BookSlot(event_type="7", slot=SLOT, attendee=ANA), Written(booking=BOOKING)),
    (CancelBooking(booking="b1", slot=SLOT, before=BOOKING), Written(booking=BOOKING)),
    (MoveBooking(booking="b1", old=SLOT, slot=LATER), Written(booking=BOOKING)),
    (CreateEventType(title="x", slug="x", lengths=(HALF,)), Written(event_type=KIND)),
    (CreateSchedule(name="x", zone="UTC"), Written(schedule=replace(SCHEDULE, is_default=False))),
    (CreateLink(event_type="7"), Written(shared=SharedLink(id="l", event_type="7", url="u"))),
    (MarkAbsent(booking="b1"), Written()),
)


@pytest.mark.parametrize(("write", "written"), PROMISED, ids=lambda value: getattr(value, "kind", ""))
def test_what_a_card_promises_can_be_taken_back(write: Write, written: Written) -> None:
    assert can_undo(write, CALCOM)
    assert undo_of(write, written, CALCOM) is not None
