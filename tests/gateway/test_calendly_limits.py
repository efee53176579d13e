"""What Calendly cannot do."""

from __future__ import annotations

from datetime import date

import pytest
from calendly_fakes import SLOT, Calendly
from calendly_samples import EVENT, INTRO
from gateway_fakes import claim

from bot.errors import Unsupported
from bot.scheduling.hosting_writes import CreateAway, DeleteAway
from bot.scheduling.models import (
    Place,
    PlaceKind,
)
from bot.scheduling.writes import (
    AddGuests,
    ApproveBooking,
    ChangeEntry,
    ChangePlace,
    ChangeProfile,
    ChangeWebhook,
    DeclineBooking,
    DeleteEventType,
    DeleteSchedule,
    HoldSlot,
    ReleaseHold,
    RemoveGuests,
    Write,
)

IMPOSSIBLE: tuple[Write, ...] = (
    HoldSlot(event_type=INTRO, slot=SLOT),
    ReleaseHold(hold="h"),
    ApproveBooking(booking=EVENT),
    DeclineBooking(booking=EVENT),
    AddGuests(booking=EVENT, emails=("x@example.com",)),
    ChangePlace(booking=EVENT, place=Place(kind=PlaceKind.VIDEO)),
    RemoveGuests(booking=EVENT, emails=("x@example.com",)),
    ChangeEntry(booking=EVENT, slot=SLOT, title="y"),
    CreateAway(first=date(2026, 3, 9), last=date(2026, 3, 10)),
    DeleteAway(away="a"),
    DeleteEventType(event_type=INTRO),
    DeleteSchedule(schedule="s"),
    ChangeProfile(name="x"),
    ChangeWebhook(webhook="w", is_active=False),
)


@pytest.mark.parametrize("write", IMPOSSIBLE, ids=lambda write: write.kind)
async def test_what_calendly_cannot_do_is_said_with_the_nearest_thing(write: Write) -> None:
    calendly = Calendly()

    with pytest.raises(Unsupported) as caught:
        await calendly.provider().write(claim(write))

    assert caught.value.for_person.startswith(("Calendly", "In Calendly"))
    assert "I can " in caught.value.for_person
    assert calendly.router.asked == []


@pytest.mark.parametrize("name", ["calendars", "conferencing", "verified_emails"])
async def test_what_calendly_does_not_tell_is_said_with_the_nearest_thing(name: str) -> None:
    calendly = Calendly()

    with pytest.raises(Unsupported) as caught:
        await getattr(calendly.provider(), name)()

    assert "I can show" in caught.value.for_person
    assert calendly.router.asked == []


async def test_no_hold_ever_stands() -> None:
    assert await Calendly().provider().held("h") is None


def test_the_capabilities_are_calendlys() -> None:
    found = Calendly().provider().capabilities

    assert (found.provider, found.title) == ("calendly", "Calendly")
    assert found.guests
    assert found.links
    assert found.absence
    assert found.teams
    assert not any((found.holds, found.moves, found.approval, found.adds_guests, found.recurring))
    assert all((found.manages_event_types, found.manages_schedules, found.link_terms, found.one_off))
    assert not any((found.manages_profile, found.deletes, found.link_uses, found.away, found.changes_entries))
