"""What the adapters promise around bookings and types, over each route: limits, links, time away, hours, records, features."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest
from gateway_fakes import claim
from gateway_worlds import DANA, TOMORROW, WEEK, World, open_world, param_of

from bot.errors import NotFound, Refused, Unsupported
from bot.scheduling.accounts import Route
from bot.scheduling.hosting import AwayReason, Feature, Offered, RecordKind
from bot.scheduling.hosting_writes import CreateAway, CreateOneOff, DeleteAway, DeleteLink
from bot.scheduling.limits import BookingWindow, Cap, Period, WindowKind
from bot.scheduling.models import Hours, Override, Place, PlaceKind, Question, QuestionKind, SlotQuery
from bot.scheduling.writes import (
    AddGuests,
    BookSlot,
    ChangeEntry,
    ChangeEventType,
    ChangeSchedule,
    CreateEventType,
    CreateLink,
    CreateSchedule,
    RemoveGuests,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CALCOM = [param_of("current", route) for route in (Route.MATON, Route.DIRECT, Route.SANDBOX)]
LEGACY = [param_of("legacy", route) for route in (Route.MATON, Route.DIRECT)]
CALENDLY = [param_of("calendly", route) for route in (Route.MATON, Route.DIRECT, Route.SANDBOX)]
QUARTER = timedelta(minutes=15)


@pytest.fixture(params=CALCOM)
async def calcom(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    opened = await open_world(*request.param)
    yield opened
    await opened.http.aclose()


@pytest.fixture(params=CALENDLY)
async def calendly(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    opened = await open_world(*request.param)
    yield opened
    await opened.http.aclose()


@pytest.fixture(params=[*CALCOM, *LEGACY, *CALENDLY])
async def anyone(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    opened = await open_world(*request.param)
    yield opened
    await opened.http.aclose()


async def test_limits_of_a_type_are_written_and_read_back(calcom: World) -> None:
    window = BookingWindow(kind=WindowKind.CALENDAR_DAYS, days=42)
    caps = (Cap(period=Period.DAY, count=3), Cap(period=Period.WEEK, length=timedelta(hours=8)))
    intro = await calcom.kind("intro")
    change = ChangeEventType(
        event_type=intro.id,
        buffer_before=QUARTER,
        buffer_after=timedelta(minutes=5),
        minimum_notice=timedelta(days=1),
        interval=timedelta(minutes=20),
        window=window,
        caps=caps,
        needs_approval=True,
        places=(Place(kind=PlaceKind.PHONE, detail="+493012345678"),),
        questions=(Question(key="budget", label="Your budget", kind=QuestionKind.TEXT, is_required=True),),
    )

    await calcom.port.write(claim(change))
    kind = await calcom.kind("intro")

    assert (kind.buffer_before, kind.buffer_after, kind.interval) == (
        QUARTER,
        timedelta(minutes=5),
        timedelta(minutes=20),
    )
    assert (kind.minimum_notice, kind.window, kind.caps, kind.needs_approval) == (timedelta(days=1), window, caps, True)
    assert [place.kind for place in kind.places] == [PlaceKind.PHONE]
    assert [(each.label, each.is_required) for each in kind.questions if each.key == "budget"] == [
        ("Your budget", True)
    ]


async def test_limits_are_lifted_again(calcom: World) -> None:
    intro = await calcom.kind("intro")
    dates = BookingWindow(kind=WindowKind.DATES, first=date(2026, 3, 3), last=date(2026, 3, 20))
    await calcom.port.write(
        claim(ChangeEventType(event_type=intro.id, window=dates, caps=(Cap(period=Period.MONTH, count=9),), seats=4))
    )
    assert (await calcom.kind("intro")).window == dates

    lift = ChangeEventType(
        event_type=intro.id, window=BookingWindow(kind=WindowKind.ANY), caps=(), seats=0, interval=timedelta(0)
    )
    await calcom.port.write(claim(lift, reference="ref-2"))

    kind = await calcom.kind("intro")
    assert (kind.window, kind.caps, kind.seats, kind.interval) == (None, (), None, None)


async def test_a_window_and_a_cap_take_times_away(calcom: World) -> None:
    intro = await calcom.kind("intro")
    booking = await calcom.booking()
    change = ChangeEventType(
        event_type=intro.id,
        caps=(Cap(period=Period.DAY, count=1),),
        window=BookingWindow(kind=WindowKind.CALENDAR_DAYS, days=2),
    )

    await calcom.port.write(claim(change))
    days = {slot.start.date() for slot in await calcom.free(day=WEEK)}

    assert booking.slot.start.date() not in days
    assert max(days) <= date(2026, 3, 4)


async def test_the_old_shapes_say_that_limits_are_beyond_them() -> None:
    world = await open_world("legacy", Route.DIRECT)
    intro = await world.kind("intro")

    with pytest.raises(Unsupported) as caught:
        await world.port.write(claim(ChangeEventType(event_type=intro.id, buffer_after=QUARTER)))

    assert "too old" in caught.value.for_person


async def test_a_link_is_made_listed_and_withdrawn(anyone: World) -> None:
    intro = await anyone.kind("intro")

    written = await anyone.port.write(claim(CreateLink(event_type=intro.id)))

    assert written.link.startswith("https://")
    assert written.shared is not None
    assert written.shared.id in {link.id for link in await anyone.port.links(intro.id)}
    await anyone.port.write(claim(DeleteLink(link=written.shared.id, event_type=intro.id), reference="ref-2"))
    assert written.shared.id not in {link.id for link in await anyone.port.links(intro.id)}
    await anyone.port.write(claim(DeleteLink(link=written.shared.id, event_type=intro.id), reference="ref-3"))


async def test_a_private_link_may_be_good_several_times_or_until_a_day(calcom: World) -> None:
    intro = await calcom.kind("intro")

    often = (await calcom.port.write(claim(CreateLink(event_type=intro.id, uses=5)))).shared
    until = TOMORROW.end
    lasting = CreateLink(event_type=intro.id, uses=None, expires_at=until)
    open_long = (await calcom.port.write(claim(lasting, reference="ref-2"))).shared

    assert often is not None
    assert (often.uses, often.used, often.is_over) == (5, 0, False)
    assert open_long is not None
    assert (open_long.uses, open_long.expires_at) == (None, until)


async def test_terms_of_a_link_are_said_where_they_cannot_be(calcom: World) -> None:
    before = await calcom.writes()

    with pytest.raises(Unsupported) as caught:
        await calcom.port.write(claim(CreateLink(event_type="1", title="Only Jo")))

    assert "its uses or its days" in caught.value.for_person
    assert await calcom.writes() == before


async def test_a_share_has_its_own_terms(calendly: World) -> None:
    intro = await calendly.kind("intro")
    write = CreateLink(
        event_type=intro.id, title="For Jo", length=timedelta(minutes=45), first=date(2026, 3, 4), last=date(2026, 3, 6)
    )

    shared = (await calendly.port.write(claim(write))).shared

    assert shared is not None
    listed = next(link for link in await calendly.port.links(intro.id) if link.id == shared.id)
    assert listed.title == "For Jo"
    assert (await calendly.kind("intro")).length == timedelta(minutes=30)


async def test_an_out_of_office_closes_whole_days(calcom: World) -> None:
    away = (
        await calcom.port.write(
            claim(CreateAway(first=date(2026, 3, 4), last=date(2026, 3, 5), reason=AwayReason.VACATION, note="Sailing"))
        )
    ).away

    assert away is not None
    assert (away.first, away.last, away.reason, away.note) == (
        date(2026, 3, 4),
        date(2026, 3, 5),
        AwayReason.VACATION,
        "Sailing",
    )
    assert await calcom.port.aways() == (away,)
    free = {slot.start.date() for slot in await calcom.free(day=WEEK)}
    assert not free & {date(2026, 3, 4), date(2026, 3, 5)}
    await calcom.port.write(claim(DeleteAway(away=away.id), reference="ref-2"))
    assert date(2026, 3, 4) in {slot.start.date() for slot in await calcom.free(day=WEEK)}


async def test_a_host_without_out_of_office_says_what_it_has_instead() -> None:
    world = await open_world("current", Route.DIRECT)
    missing = {"statusCode": 404, "message": "Cannot GET /v2/me/ooo"}
    await world.faults({"kind": "status", "status": 404, "body": missing, "path": "/v2/me/ooo"})

    with pytest.raises(Unsupported) as reading:
        await world.port.aways()
    with pytest.raises(Unsupported) as writing:
        await world.port.write(claim(CreateAway(first=date(2026, 3, 4), last=date(2026, 3, 5))))

    assert "working hours instead" in reading.value.for_person
    assert writing.value.for_person == reading.value.for_person


async def test_a_guest_is_taken_off_and_the_attendee_stays(calcom: World) -> None:
    booking = await calcom.booking()
    await calcom.port.write(claim(AddGuests(booking=booking.id, emails=("late@example.org",))))

    after = (
        await calcom.port.write(claim(RemoveGuests(booking=booking.id, emails=("Late@Example.org",)), reference="r2"))
    ).booking

    assert after is not None
    assert after.guests == ()
    assert (await calcom.port.booking(booking.id)).guests == ()
    with pytest.raises(NotFound):
        await calcom.port.write(claim(RemoveGuests(booking=booking.id, emails=("nobody@example.org",)), reference="r3"))
    with pytest.raises(Refused):
        await calcom.port.write(claim(RemoveGuests(booking=booking.id, emails=("dana@example.org",)), reference="r4"))


async def test_a_host_that_cannot_take_guests_off_says_so() -> None:
    world = await open_world("current", Route.DIRECT)
    booking = await world.booking()
    await world.port.write(claim(AddGuests(booking=booking.id, emails=("late@example.org",))))
    missing = {"statusCode": 404, "message": "Cannot DELETE /v2/bookings"}
    await world.faults({"kind": "status", "status": 404, "body": missing, "method": "DELETE"})

    with pytest.raises(Unsupported) as caught:
        await world.port.write(claim(RemoveGuests(booking=booking.id, emails=("late@example.org",)), reference="r2"))

    assert "book it again" in caught.value.for_person


async def test_a_calendar_entry_gets_another_title_note_and_end(calcom: World) -> None:
    booking = await calcom.booking()
    later = booking.slot.end + QUARTER

    await calcom.port.write(
        claim(ChangeEntry(booking=booking.id, slot=booking.slot, title="Second talk", note="Bring the map", end=later))
    )

    entry = calcom.sandbox.world.entries[booking.id]
    assert (entry.title, entry.note, entry.end) == ("Second talk", "Bring the map", later)


async def test_a_booking_without_an_entry_cannot_be_changed() -> None:
    world = await open_world("current", Route.DIRECT)
    booking = await world.booking()
    await world.faults(
        {"kind": "status", "status": 200, "body": {"status": "success", "data": []}, "path": "*/references"}
    )
    before = await world.writes()

    with pytest.raises(Unsupported):
        await world.port.write(claim(ChangeEntry(booking=booking.id, slot=booking.slot, title="Other")))

    assert await world.writes() == before


async def test_a_meeting_that_is_over_has_left_records(calcom: World) -> None:
    kind = await calcom.kind("intro")
    slot = (await calcom.free())[0]
    place = Place(kind=PlaceKind.VIDEO, app="cal-video")
    await calcom.port.write(claim(ChangeEventType(event_type=kind.id, places=(place,)), reference="ref-type"))
    booking = (await calcom.port.write(claim(BookSlot(event_type=kind.id, slot=slot, attendee=DANA)))).booking
    assert booking is not None
    assert await calcom.port.records(booking.id) == ()

    calcom.clock.at = slot.start + timedelta(minutes=5)
    room = await calcom.port.room(booking.id)
    calcom.clock.at = slot.end + timedelta(hours=1)

    assert room.is_open
    assert "Dana Weiss" in room.names
    assert [record.kind for record in await calcom.port.records(booking.id)] == [
        RecordKind.RECORDING,
        RecordKind.TRANSCRIPT,
    ]
    assert not (await calcom.port.room(booking.id)).is_open


async def test_a_booking_has_calendar_links(calcom: World) -> None:
    booking = await calcom.booking()

    links = {link.label: link.url for link in await calcom.port.calendar_links(booking.id)}

    assert links["Google Calendar"].startswith("https://calendar.google.com/")
    assert "ICS" not in links


async def test_people_of_one_organisation_have_common_times(calcom: World) -> None:
    query = SlotQuery(
        event_type="", window=TOMORROW, zone="Europe/Berlin", length=timedelta(minutes=45), people=("priya", "dana")
    )

    slots = await calcom.port.find_slots(query)

    assert slots
    assert {slot.interval.length for slot in slots} == {timedelta(minutes=45)}


async def test_people_one_has_met_are_found_by_name(anyone: World) -> None:
    await anyone.booking()

    found = await anyone.port.contacts("dana")

    assert ("Dana Weiss", "dana@example.org") in {(each.name, each.email) for each in found}


async def test_a_calendly_type_is_made_and_changed(calendly: World) -> None:
    made = (
        await calendly.port.write(
            claim(
                CreateEventType(
                    title="Review",
                    slug="review",
                    lengths=(timedelta(minutes=45),),
                    description="Numbers",
                    places=(Place(kind=PlaceKind.VIDEO, app="google-meet"),),
                    buffer_after=QUARTER,
                )
            )
        )
    ).event_type
    assert made is not None
    change = ChangeEventType(
        event_type=made.id,
        title="Deep review",
        lengths=(timedelta(minutes=60), timedelta(minutes=30)),
        buffer_before=timedelta(minutes=10),
        buffer_after=timedelta(0),
        interval=timedelta(minutes=20),
        is_hidden=True,
    )

    after = (await calendly.port.write(claim(change, reference="ref-2"))).event_type

    assert (made.length, made.buffer_after, made.is_hidden) == (timedelta(minutes=45), QUARTER, False)
    assert after is not None
    assert (after.title, after.lengths, after.other_lengths) == (
        "Deep review",
        (timedelta(minutes=60),),
        (timedelta(minutes=30),),
    )
    assert (after.buffer_before, after.buffer_after, after.interval) == (
        timedelta(minutes=10),
        timedelta(0),
        timedelta(minutes=20),
    )
    assert after.is_hidden


@pytest.mark.parametrize(
    "change",
    [
        {"buffer_before": timedelta(minutes=7)},
        {"interval": timedelta(minutes=3)},
        {"lengths": (timedelta(hours=13),)},
        {"lengths": tuple(timedelta(minutes=each) for each in (10, 20, 30, 40, 50))},
    ],
)
async def test_what_calendly_does_not_take_is_refused_before_sending(change: dict[str, object]) -> None:
    world = await open_world("calendly", Route.DIRECT)
    intro = await world.kind("intro")

    with pytest.raises(Refused) as caught:
        await world.port.write(claim(replace(ChangeEventType(event_type=intro.id), **change)))  # type: ignore[arg-type]

    assert caught.value.for_person.startswith("Calendly")
    assert await world.writes() == []


async def test_a_limit_that_calendly_has_no_call_for_is_said(calendly: World) -> None:
    intro = await calendly.kind("intro")

    with pytest.raises(Unsupported) as caught:
        await calendly.port.write(claim(ChangeEventType(event_type=intro.id, minimum_notice=timedelta(days=1))))

    assert "in Calendly itself" in caught.value.for_person


async def test_a_day_off_keeps_the_rest_of_calendlys_hours(calendly: World) -> None:
    before = (await calendly.port.schedules())[0]
    off = Override(day=TOMORROW.start.date())

    after = (await calendly.port.write(claim(ChangeSchedule(schedule=before.id, overrides=(off,))))).schedule

    assert after is not None
    assert sorted(hours.weekdays for hours in after.hours) == sorted(hours.weekdays for hours in before.hours)
    assert after.overrides == (off,)
    assert TOMORROW.start.date() not in {slot.start.date() for slot in await calendly.free()}


async def test_days_that_are_past_are_left_out_of_calendlys_rules(calendly: World) -> None:
    schedule = (await calendly.port.schedules())[0]
    days = (Override(day=date(2026, 2, 2)), Override(day=date(2026, 3, 9), start=time(10), end=time(12)))

    after = (await calendly.port.write(claim(ChangeSchedule(schedule=schedule.id, overrides=days)))).schedule

    assert after is not None
    assert after.overrides == (days[1],)


async def test_new_hours_apply_to_no_type_and_show_which_types_use_them(calendly: World) -> None:
    evenings = Hours(weekdays=(1, 3), start=time(18), end=time(0))

    made = (
        await calendly.port.write(claim(CreateSchedule(name="Late", zone="Europe/Berlin", hours=(evenings,))))
    ).schedule

    assert made is not None
    assert (made.is_default, made.hours) == (False, (evenings,))
    assert await calendly.port.types_using(made.id) == ()
    default = next(one for one in await calendly.port.schedules() if one.is_default)
    assert "Intro" in {kind.title for kind in await calendly.port.types_using(default.id)}
    with pytest.raises(Refused):
        await calendly.port.write(claim(CreateSchedule(name="late", zone="UTC"), reference="ref-2"))


async def test_calcoms_hours_show_which_types_use_them(calcom: World) -> None:
    default = next(one for one in await calcom.port.schedules() if one.is_default)

    assert "intro" in {kind.slug for kind in await calcom.port.types_using(default.id)}


async def test_a_one_off_type_is_a_link_for_these_days(calendly: World) -> None:
    write = CreateOneOff(
        title="Just us",
        length=timedelta(minutes=45),
        first=date(2026, 3, 4),
        last=date(2026, 3, 5),
        zone="Europe/Berlin",
        place=Place(kind=PlaceKind.VIDEO, app="zoom"),
    )

    written = await calendly.port.write(claim(write))

    assert written.link.startswith("https://calendly.com/")
    assert "Just us" not in {kind.title for kind in await calendly.port.event_types()}


async def test_calcom_says_what_comes_near_a_one_off_type(calcom: World) -> None:
    write = CreateOneOff(title="x", length=QUARTER, first=date(2026, 3, 4), last=date(2026, 3, 5), zone="Europe/Berlin")

    with pytest.raises(Unsupported) as caught:
        await calcom.port.write(claim(write))

    assert "private link" in caught.value.for_person


async def test_a_past_meeting_has_a_recap_at_calendly(calendly: World) -> None:
    booking = await calendly.booking()
    assert await calendly.port.records(booking.id) == ()

    calendly.clock.at = booking.slot.end + timedelta(hours=1)
    kept = await calendly.port.records(booking.id)

    assert [record.kind for record in kept] == [RecordKind.RECAP]
    assert kept[0].text


async def test_places_that_may_be_offered_are_listed(anyone: World) -> None:
    assert PlaceKind.VIDEO in {place.kind for place in await anyone.port.meeting_places()}


async def test_a_missing_scope_is_named() -> None:
    world = await open_world("calendly", Route.DIRECT)
    headers = {"Authorization": f"Bearer {world.account.secret}"}
    scopes = ["users:read", "event_types:read", "availability:read", "scheduled_events:read"]
    intro = await world.kind("intro")
    await world.http.post("http://sandbox/users/me/plan", json={"scopes": scopes}, headers=headers)

    with pytest.raises(Refused) as caught:
        await world.port.write(claim(ChangeEventType(event_type=intro.id, title="x")))

    assert "«event_types:write»" in caught.value.for_person
    states = {state.feature: state for state in await world.port.features()}
    assert states[Feature.HOURS].offered is Offered.YES
    assert states[Feature.NEWS].offered is Offered.FORBIDDEN
    assert "webhooks:read" in states[Feature.NEWS].why


async def test_a_missing_scope_of_calcom_is_named() -> None:
    world = await open_world("current", Route.DIRECT)
    body = {
        "status": "error",
        "error": {"code": "insufficient_scope", "message": "insufficient_scope: requires SCHEDULE_WRITE"},
    }
    schedule = (await world.port.schedules())[0]
    await world.faults({"kind": "status", "status": 403, "body": body, "method": "PATCH"})

    with pytest.raises(Refused) as caught:
        await world.port.write(claim(ChangeSchedule(schedule=schedule.id, name="x")))

    assert "«SCHEDULE_WRITE»" in caught.value.for_person


async def test_what_a_host_offers_is_found_out_by_reads_alone(anyone: World) -> None:
    states = {state.feature: state.offered for state in await anyone.port.features()}

    assert states[Feature.SHARED_LINKS] is Offered.YES
    assert states[Feature.NEWS] is Offered.YES
    assert await anyone.writes() == [] or anyone.account.route is Route.MATON
    if anyone.is_legacy:
        assert states[Feature.CALENDAR_LINKS] is Offered.NO
    series = Offered.NO if anyone.is_legacy else Offered.YES
    assert states.get(Feature.SERIES, series) is series


async def test_a_host_without_a_call_is_told_apart_from_a_forbidden_one() -> None:
    world = await open_world("current", Route.DIRECT)
    missing = {"statusCode": 404, "message": "Cannot GET /v2/me/ooo"}
    refused = {"statusCode": 403, "message": "Forbidden resource"}
    await world.faults(
        {"kind": "status", "status": 404, "body": missing, "path": "/v2/me/ooo"},
        {"kind": "status", "status": 403, "body": refused, "path": "/v2/webhooks"},
    )

    states = {state.feature: state.offered for state in await world.port.features()}

    assert states[Feature.AWAY] is Offered.NO
    assert states[Feature.NEWS] is Offered.FORBIDDEN
    assert states[Feature.ROOM] is Offered.YES
