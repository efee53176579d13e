"""What every adapter of the port promises: Cal.com in current and old shapes, and Calendly where it can do the same, over the
gateway, directly, and in the sandbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from gateway_fakes import claim
from gateway_worlds import DANA, OWNER, TOMORROW, WEEK, World, open_world, param_of

from bot.errors import NotConnected, NotFound, Refused, SlotTaken, Unsupported
from bot.scheduling.accounts import Account, Route
from bot.scheduling.models import (
    BookingQuery,
    BookingState,
    BookingStatus,
    Hours,
    Override,
    Place,
    PlaceKind,
    SlotQuery,
)
from bot.scheduling.writes import (
    AddGuests,
    ApproveBooking,
    BookSlot,
    CancelBooking,
    ChangeEventType,
    ChangePlace,
    ChangeProfile,
    ChangeSchedule,
    ChangeWebhook,
    CreateEventType,
    CreateSchedule,
    CreateWebhook,
    DeclineBooking,
    DeleteEventType,
    DeleteSchedule,
    DeleteWebhook,
    HoldSlot,
    MarkAbsent,
    MoveBooking,
    ReleaseHold,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WORLDS = [
    param_of("current", Route.MATON),
    param_of("current", Route.DIRECT),
    param_of("current", Route.SANDBOX),
    param_of("legacy", Route.MATON),
    param_of("legacy", Route.DIRECT),
]
CALENDLY = [param_of("calendly", route) for route in (Route.MATON, Route.DIRECT, Route.SANDBOX)]
PROVIDERS = ["calcom", "calendly"]


@pytest.fixture(params=WORLDS)
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    opened = await open_world(*request.param)
    yield opened
    await opened.http.aclose()


@pytest.fixture(params=[*WORLDS, *CALENDLY])
async def anyone(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    opened = await open_world(*request.param)
    yield opened
    await opened.http.aclose()


@pytest.fixture(params=WORLDS[:3])
async def modern(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    opened = await open_world(*request.param)
    yield opened
    await opened.http.aclose()


@pytest.fixture(params=WORLDS[3:])
async def legacy(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    opened = await open_world(*request.param)
    yield opened
    await opened.http.aclose()


async def test_a_profile_tells_whose_account_it_is(anyone: World) -> None:
    me = await anyone.port.profile()

    assert me.id
    assert "@" in me.email
    assert me.zone == "Europe/Berlin"


async def test_event_types_have_lengths_and_questions(world: World) -> None:
    kinds = {kind.slug: kind for kind in await world.port.event_types()}

    assert kinds["intro"].lengths == (timedelta(minutes=30),)
    assert set(kinds["consultation"].lengths) == {timedelta(minutes=each) for each in (15, 30, 60)}
    assert kinds["interview"].needs_approval
    assert [question.is_required for question in kinds["help-desk"].questions if question.key == "topic"] == [True]


async def test_slots_lie_in_the_window_and_have_the_length(anyone: World) -> None:
    slots = await anyone.free("consultation", day=WEEK)

    assert slots
    assert list(slots) == sorted(slots)
    assert all(WEEK.contains(slot.start) for slot in slots)
    assert {slot.interval.length for slot in slots} == {(await anyone.kind("consultation")).length}


async def test_slots_of_another_length_are_as_long_as_asked(world: World) -> None:
    kind = await world.kind("consultation")
    query = SlotQuery(event_type=kind.id, window=TOMORROW, zone="Europe/Berlin", length=timedelta(hours=1))

    slots = await world.port.find_slots(query)

    assert {slot.interval.length for slot in slots} == {timedelta(hours=1)}


async def test_a_window_that_ends_at_midnight_leaks_nothing(anyone: World) -> None:
    window = replace(
        TOMORROW, start=TOMORROW.start.replace(hour=0), end=TOMORROW.start.replace(hour=0) + timedelta(days=1)
    )

    assert all(window.contains(slot.start) for slot in await anyone.free(day=window))


async def test_slots_of_an_unknown_event_type_are_not_found(anyone: World) -> None:
    with pytest.raises(NotFound):
        await anyone.port.find_slots(SlotQuery(event_type="999999", window=TOMORROW, zone="UTC"))


async def test_a_booking_is_made_as_claimed(anyone: World) -> None:
    slot = (await anyone.free())[0]
    write = BookSlot(
        event_type=(await anyone.kind("intro")).id, slot=slot, attendee=DANA, guests=("Guest@Example.org",)
    )

    booking = (await anyone.port.write(claim(write, reference="ref-book"))).booking

    assert booking is not None
    assert (booking.slot, booking.status, booking.reference) == (slot, BookingStatus.BOOKED, "ref-book")
    assert [each.email for each in booking.attendees] == ["dana@example.org"]
    assert booking.guests == ("guest@example.org",)
    assert (await anyone.port.booking(booking.id)).slot == slot


async def test_a_booked_slot_is_not_offered_any_more(anyone: World) -> None:
    booking = await anyone.booking()

    assert booking.slot not in await anyone.free()


async def test_a_taken_slot_is_refused_as_taken(anyone: World) -> None:
    booking = await anyone.booking()
    again = BookSlot(event_type=booking.event_type, slot=booking.slot, attendee=replace(DANA, email="omar@example.org"))

    with pytest.raises(SlotTaken):
        await anyone.port.write(claim(again, reference="ref-other"))


async def test_a_request_waits_for_approval(world: World) -> None:
    booking = await world.booking("interview")

    assert booking.status is BookingStatus.REQUESTED
    assert booking.id in {each.id for each in await world.port.bookings(BookingQuery())}


async def test_a_required_answer_goes_along_as_it_is_spelled(world: World) -> None:
    slot = (await world.free("help-desk"))[0]
    kind = await world.kind("help-desk")
    write = BookSlot(event_type=kind.id, slot=slot, attendee=DANA, answers=(("topic", "Billing"), ("unknown", "x")))

    assert (await world.port.write(claim(write))).booking is not None


@pytest.mark.parametrize("email", ["nobody", "a@b", "a b@c.io", "a@b..c", "<a@b.io>"])
async def test_a_malformed_address_is_refused_before_anything_is_sent(anyone: World, email: str) -> None:
    slot = (await anyone.free())[0]
    before = await anyone.writes()
    write = BookSlot(event_type=(await anyone.kind("intro")).id, slot=slot, attendee=replace(DANA, email=email))

    with pytest.raises(Refused):
        await anyone.port.write(claim(write))

    assert await anyone.writes() == before


async def test_a_length_is_named_only_for_a_type_with_several(modern: World) -> None:
    for slug in ("intro", "consultation"):
        booking = await modern.booking(slug, which=3 if slug == "consultation" else 0)
        assert booking.slot.interval.length == timedelta(minutes=30)


async def test_bookings_are_listed_by_start_and_narrowed(anyone: World) -> None:
    booking = await anyone.booking()

    everything = await anyone.port.bookings(BookingQuery())
    mine = await anyone.port.bookings(BookingQuery(attendee_email="DANA@example.org", window=TOMORROW))

    assert [each.slot for each in everything] == sorted(each.slot for each in everything)
    assert [each.id for each in mine] == [booking.id]
    assert len(await anyone.port.bookings(BookingQuery(limit=1))) == 1


async def test_a_move_keeps_the_reference_and_names_what_it_replaces(world: World) -> None:
    booking = await world.booking()
    target = (await world.free())[3]

    moved = (await world.port.write(claim(MoveBooking(booking=booking.id, old=booking.slot, slot=target)))).booking

    assert moved is not None
    assert moved.id != booking.id
    assert (moved.slot, moved.replaces, moved.reference) == (target, booking.id, "ref-given")
    assert (await world.port.booking(booking.id)).status is BookingStatus.CANCELLED
    assert booking.slot in await world.free()


async def test_the_own_time_of_a_moving_booking_counts_as_free(world: World) -> None:
    booking = await world.booking()
    query = SlotQuery(event_type=booking.event_type, window=TOMORROW, zone="Europe/Berlin", moving=booking.id)

    assert booking.slot.start in {slot.start for slot in await world.port.find_slots(query)}


async def test_moving_to_a_taken_time_is_refused_and_the_booking_stands(anyone: World) -> None:
    first, second = await anyone.booking(), await anyone.booking(reference="ref-2", which=2)

    with pytest.raises(SlotTaken):
        await anyone.port.write(claim(MoveBooking(booking=first.id, old=first.slot, slot=second.slot)))

    assert (await anyone.port.booking(first.id)).status is BookingStatus.BOOKED


async def test_a_booking_that_was_moved_there_already_counts_as_moved(modern: World) -> None:
    booking = await modern.booking()
    target, other = (await modern.free())[3:5]
    move = MoveBooking(booking=booking.id, old=booking.slot, slot=target)
    first = (await modern.port.write(claim(move))).booking
    sent = await modern.writes()

    again = (await modern.port.write(claim(move, reference="ref-2"))).booking

    assert first
    assert again
    assert again.id == first.id
    assert await modern.writes() == sent
    with pytest.raises(Refused):
        await modern.port.write(claim(replace(move, slot=other), reference="ref-3"))


async def test_a_cancelled_booking_is_cancelled_once(anyone: World) -> None:
    booking = await anyone.booking()
    cancel = CancelBooking(booking=booking.id, slot=booking.slot)

    first = (await anyone.port.write(claim(cancel))).booking
    sent = await anyone.writes()
    again = (await anyone.port.write(claim(cancel, reference="ref-2"))).booking

    assert first
    assert again
    assert first.status is again.status is BookingStatus.CANCELLED
    assert await anyone.writes() == sent
    cancelled = await anyone.port.bookings(BookingQuery(states=(BookingState.CANCELLED,)))
    assert booking.id in {each.id for each in cancelled}


async def test_a_hold_hides_its_slot_until_it_is_released(world: World) -> None:
    slot = (await world.free())[0]
    kind = await world.kind("intro")

    hold = (await world.port.write(claim(HoldSlot(event_type=kind.id, slot=slot)))).hold
    world.later(seconds=5)

    assert hold is not None
    assert hold.slot == slot
    assert hold.expires_at > world.clock.now()
    assert slot not in await world.free()
    await world.port.write(claim(ReleaseHold(hold=hold.id)))
    world.later(seconds=5)
    assert slot in await world.free()


async def test_a_hold_can_be_seen_while_it_stands(modern: World) -> None:
    slot = (await modern.free())[0]
    hold = (await modern.port.write(claim(HoldSlot(event_type=(await modern.kind("intro")).id, slot=slot)))).hold

    assert hold is not None
    assert await modern.port.held(hold.id) == hold
    modern.later(minutes=6)
    assert await modern.port.held(hold.id) is None
    assert await modern.port.held("00000000-0000-4000-8000-000000000000") is None


async def test_a_held_slot_cannot_be_held_twice(modern: World) -> None:
    slot = (await modern.free())[0]
    write = HoldSlot(event_type=(await modern.kind("intro")).id, slot=slot)
    await modern.port.write(claim(write))

    with pytest.raises(SlotTaken):
        await modern.port.write(claim(write, reference="ref-2"))


async def test_somebody_else_s_booking_is_not_there(anyone: World) -> None:
    booking = await anyone.booking()
    other = await anyone.second_account()
    stranger = anyone.registry.provider(other)

    with pytest.raises(NotFound):
        await stranger.booking(booking.id)
    with pytest.raises(NotFound):
        await stranger.write(claim(CancelBooking(booking=booking.id, slot=booking.slot), account="acc-2"))
    assert (await anyone.port.booking(booking.id)).status is BookingStatus.BOOKED


async def test_an_unknown_booking_is_not_found(anyone: World) -> None:
    with pytest.raises(NotFound):
        await anyone.port.booking("doesNotExist00000000")


async def test_a_request_is_approved_or_declined_with_a_reason(modern: World) -> None:
    first, second = await modern.booking("interview"), await modern.booking("interview", which=2, reference="ref-2")

    approved = (await modern.port.write(claim(ApproveBooking(booking=first.id)))).booking
    declined = (await modern.port.write(claim(DeclineBooking(booking=second.id, reason="Away")))).booking

    assert approved
    assert approved.status is BookingStatus.BOOKED
    assert declined
    assert declined.status is BookingStatus.REJECTED
    with pytest.raises(Refused):
        await modern.port.write(claim(ApproveBooking(booking=first.id)))


async def test_guests_are_added_and_places_changed(modern: World) -> None:
    booking = await modern.booking()
    link = Place(kind=PlaceKind.LINK, detail="https://meet.example.com/other")

    with_guest = (await modern.port.write(claim(AddGuests(booking=booking.id, emails=("Late@Example.org",))))).booking
    elsewhere = (await modern.port.write(claim(ChangePlace(booking=booking.id, place=link)))).booking

    assert with_guest
    assert "late@example.org" in with_guest.guests
    assert elsewhere
    assert elsewhere.place == link.detail


async def test_absence_is_marked_only_after_the_start(modern: World) -> None:
    booking = await modern.booking()
    write = MarkAbsent(booking=booking.id, emails=("dana@example.org",))
    with pytest.raises(Refused):
        await modern.port.write(claim(write))

    modern.clock.at = booking.slot.start + timedelta(minutes=10)
    marked = (await modern.port.write(claim(write, reference="ref-2"))).booking

    assert marked
    assert marked.attendees[0].is_absent


async def test_what_the_old_shapes_lack_is_said(legacy: World) -> None:
    booking = await legacy.booking("interview")

    for write in (
        ApproveBooking(booking=booking.id),
        DeclineBooking(booking=booking.id),
        AddGuests(booking=booking.id, emails=("late@example.org",)),
    ):
        with pytest.raises(Unsupported):
            await legacy.port.write(claim(write))


async def test_event_types_are_made_changed_and_deleted(world: World) -> None:
    create = CreateEventType(title="Portfolio review", slug="portfolio-review", lengths=(timedelta(minutes=45),))
    made = (await world.port.write(claim(create))).event_type
    assert made
    assert made.lengths == (timedelta(minutes=45),)
    assert "portfolio-review" in {kind.slug for kind in await world.port.event_types()}
    with pytest.raises(Refused):
        await world.port.write(claim(create))

    await world.port.write(claim(DeleteEventType(event_type=made.id)))

    assert "portfolio-review" not in {kind.slug for kind in await world.port.event_types()}


async def test_event_types_change_only_in_what_is_named(modern: World) -> None:
    kind = await modern.kind("consultation")
    change = ChangeEventType(event_type=kind.id, title="Clinic", lengths=(timedelta(minutes=20),), is_hidden=True)

    changed = (await modern.port.write(claim(change))).event_type

    assert changed
    assert (changed.title, changed.slug, changed.is_hidden) == ("Clinic", kind.slug, True)
    assert changed.length == timedelta(minutes=20)


async def test_schedules_show_hours_of_the_week(anyone: World) -> None:
    first = (await anyone.port.schedules())[0]

    assert first.is_default
    assert first.hours[0] == Hours(weekdays=(0, 1, 2, 3, 4), start=time(9), end=time(17))


async def test_hours_and_days_off_are_changed_and_read_back(modern: World) -> None:
    schedule = (await modern.port.schedules())[0]
    hours = (Hours(weekdays=(0, 1), start=time(8), end=time(0)), Hours(weekdays=(4,), start=time(9), end=time(13)))
    off = (Override(day=TOMORROW.start.date()),)

    change = ChangeSchedule(schedule=schedule.id, hours=hours, overrides=off)
    changed = (await modern.port.write(claim(change))).schedule

    assert changed
    assert set(changed.hours) == set(hours)
    assert changed.overrides == off
    assert changed.name == schedule.name
    assert await modern.free() == ()


async def test_a_schedule_is_made_and_deleted(modern: World) -> None:
    create = CreateSchedule(
        name="Evenings", zone="Europe/Berlin", hours=(Hours(weekdays=(2,), start=time(18), end=time(20)),)
    )
    made = (await modern.port.write(claim(create))).schedule
    assert made
    assert made.id in {each.id for each in await modern.port.schedules()}

    await modern.port.write(claim(DeleteSchedule(schedule=made.id)))

    assert made.id not in {each.id for each in await modern.port.schedules()}


async def test_the_profile_s_zone_is_changed(world: World) -> None:
    changed = (await world.port.write(claim(ChangeProfile(zone="Europe/Lisbon")))).profile

    assert changed
    assert changed.zone == "Europe/Lisbon"
    assert (await world.port.profile()).zone == "Europe/Lisbon"


async def test_news_are_subscribed_paused_and_deleted(world: World) -> None:
    create = CreateWebhook(url="https://hooks.example.com/in/abc", triggers=("booked", "BOOKING_CANCELLED"))
    made = (await world.port.write(claim(create), secret="s3cret")).webhook
    assert made
    assert made.triggers == ("BOOKING_CREATED", "BOOKING_CANCELLED")
    assert made.id in {hook.id for hook in await world.port.webhooks()}

    paused = (await world.port.write(claim(ChangeWebhook(webhook=made.id, is_active=False)))).webhook
    await world.port.write(claim(DeleteWebhook(webhook=made.id)))

    assert paused
    assert not paused.is_active
    assert made.id not in {hook.id for hook in await world.port.webhooks()}


async def test_news_of_one_event_type_are_listed_with_it(world: World) -> None:
    kind = await world.kind("intro")
    create = CreateWebhook(url="https://hooks.example.com/in/def", triggers=("moved",), event_type=kind.id)

    made = (await world.port.write(claim(create))).webhook

    assert made
    assert [hook.event_type for hook in await world.port.webhooks() if hook.id == made.id] == [kind.id]


async def test_unknown_triggers_are_refused_before_anything_is_sent(anyone: World) -> None:
    before = await anyone.writes()

    with pytest.raises(Refused):
        await anyone.port.write(claim(CreateWebhook(url="https://hooks.example.com/x", triggers=("BOOKING_EXPLODED",))))

    assert await anyone.writes() == before


async def test_calendars_apps_and_addresses_are_shown(world: World) -> None:
    assert all(calendar.integration for calendar in await world.port.calendars())
    assert all(app.slug for app in await world.port.conferencing())
    assert all("@" in email for email in await world.port.verified_emails())


async def test_busy_times_overlap_the_window(anyone: World) -> None:
    busy = await anyone.port.busy_times(WEEK, "Europe/Berlin")

    assert busy
    assert all(each.interval.overlaps(WEEK) for each in busy)


async def test_teams_have_members_and_their_types_can_be_booked(modern: World) -> None:
    teams = await modern.port.teams()
    team_types = [kind for kind in await modern.port.event_types() if kind.team]

    assert any(team.members for team in teams)
    assert team_types
    assert await modern.free(team_types[0].slug, day=WEEK)


async def test_a_public_page_is_shown_searched_and_booked(modern: World) -> None:
    me = await modern.port.profile()
    kinds = await modern.port.public_event_types(me.username)
    query = SlotQuery(event_type="intro", window=TOMORROW, zone="Europe/Berlin", host=me.username)
    slot = (await modern.port.find_slots(query))[1]
    write = BookSlot(event_type="intro", slot=slot, attendee=DANA, host=me.username)

    booking = (await modern.port.write(claim(write))).booking

    assert "intro" in {kind.slug for kind in kinds}
    assert booking
    assert booking.slot == slot
    with pytest.raises(NotFound):
        await modern.port.public_event_types("nobody-here")


@pytest.mark.parametrize("key", ["cal_expired_1", "cal_unknown_1", "xoxb-not-a-key", "", "two words", "schlüssel"])
@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_refused_key_is_told_at_once(provider: str, key: str) -> None:
    world = await open_world("current", Route.DIRECT)

    with pytest.raises(NotConnected):
        await world.registry.check_key(provider, key)


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_good_key_tells_whose_it_is(provider: str) -> None:
    world = await open_world("current", Route.DIRECT)

    assert "@" in (await world.registry.check_key(provider, " cal_live_example ")).email


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_dead_key_must_be_renewed(provider: str) -> None:
    world = await open_world("current", Route.DIRECT)
    account = Account(id="x", owner=OWNER, provider=provider, route=Route.DIRECT, secret="cal_expired_1")

    with pytest.raises(NotConnected) as caught:
        await world.registry.provider(account).event_types()

    assert caught.value.repair
