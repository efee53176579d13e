from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from calendly_samples import API, EVENT, INVITEE, ME, ORGANIZATION, sample, without

from bot.errors import ProviderChanged, Refused
from bot.gateway.calendly import reading, shapes
from bot.gateway.calendly.places import location_to_keep, location_to_send
from bot.scheduling.models import (
    BookingStatus,
    Hours,
    Override,
    Place,
    PlaceKind,
    Profile,
    QuestionKind,
    Slot,
)
from bot.scheduling.times import Interval


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def event_type(case: str) -> shapes.CalendlyEventType:
    return shapes.read_resource(shapes.CalendlyEventType, sample(case), where="event_type")


def scheduled(case: str) -> shapes.ScheduledEvent:
    return shapes.read_resource(shapes.ScheduledEvent, sample(case), where="scheduled_event")


def invitees(case: str) -> tuple[shapes.Invitee, ...]:
    return shapes.read_collection(shapes.Invitee, sample(case), where="invitees")


def profile() -> Profile:
    return reading.profile_of(shapes.read_resource(shapes.User, sample("user"), where="user"))


def test_the_profile_names_the_account_and_its_organisation() -> None:
    found = profile()

    assert (found.id, found.name, found.email, found.username) == (ME, "Ana Alder", "ana@acme.io", "ana-alder")
    assert (found.zone, found.organization) == ("Europe/Berlin", ORGANIZATION)
    assert found.booking_page == "https://calendly.com/ana-alder"


def test_an_event_type_keeps_the_order_of_its_questions_and_hides_disabled_ones() -> None:
    found = reading.event_type_of(event_type("event-type"))

    assert [question.key for question in found.questions] == ["What is it about?", "Which product?"]
    assert found.questions[0].kind is QuestionKind.LONG_TEXT
    assert found.questions[1].is_required
    assert found.questions[1].options == ("Anvils", "Rockets")


def test_an_event_type_has_one_length_and_its_places() -> None:
    found = reading.event_type_of(event_type("event-type"))

    assert found.lengths == (timedelta(minutes=30),)
    assert [(place.kind, place.app, place.detail) for place in found.places] == [
        (PlaceKind.ATTENDEE_PHONE, "", ""),
        (PlaceKind.VIDEO, "zoom", ""),
        (PlaceKind.ADDRESS, "", "Acme, Hall 2"),
    ]


def test_a_type_without_places_offers_none() -> None:
    assert reading.event_type_of(event_type("event-type-plain")).places == ()


def test_a_secret_team_type_is_hidden_and_names_its_team() -> None:
    found = reading.event_type_of(event_type("event-type-team"))

    assert found.is_hidden
    assert found.team == "Acme Sales"


def test_words_we_do_not_know_are_kept_as_other() -> None:
    found = reading.event_type_of(event_type("event-type-with-new-words"))

    assert found.places[0].kind is PlaceKind.OTHER
    assert found.questions[0].kind is QuestionKind.TEXT


@pytest.mark.parametrize(
    ("case", "path", "shape", "field"),
    [
        ("user", ("resource", "uri"), shapes.User, "thing.uri"),
        ("user", ("resource",), shapes.User, "thing.resource"),
        ("event-type", ("resource", "duration"), shapes.CalendlyEventType, "thing.duration"),
        ("scheduled-event", ("resource", "start_time"), shapes.ScheduledEvent, "thing.start_time"),
        ("scheduled-event", ("resource", "status"), shapes.ScheduledEvent, "thing.status"),
    ],
)
def test_a_missing_field_that_we_need_names_itself(
    case: str, path: tuple[str, ...], shape: type[shapes.User], field: str
) -> None:
    body = without(sample(case), *path)

    with pytest.raises(ProviderChanged) as caught:
        shapes.read_resource(shape, body, where="thing")

    assert caught.value.field == field


@pytest.mark.parametrize("minutes", [0, -30, 10**30, float("inf")])
def test_a_length_that_no_meeting_has_is_a_change_of_the_provider(minutes: float) -> None:
    whole = sample("event-type")["resource"]

    with pytest.raises(ProviderChanged, match="duration"):
        shapes.read_shape(shapes.CalendlyEventType, whole | {"duration": minutes}, where="thing")

    found = shapes.read_shape(shapes.CalendlyEventType, whole | {"duration_options": [minutes, 45]}, where="thing")
    assert reading.event_type_of(found).other_lengths == (timedelta(minutes=45),)


def test_an_invitee_who_cannot_be_reached_is_a_change_of_the_provider() -> None:
    (whole,) = sample("invitees")["collection"][:1]
    nobody = shapes.read_shape(shapes.Invitee, whole | {"email": "", "text_reminder_number": None}, where="thing")

    with pytest.raises(ProviderChanged, match="email"):
        reading.attendee_of(nobody)


@pytest.mark.parametrize(
    ("case", "shape", "needed"),
    [
        ("user", shapes.User, {"uri"}),
        ("event-type", shapes.CalendlyEventType, {"uri", "duration"}),
        ("scheduled-event", shapes.ScheduledEvent, {"uri", "start_time", "end_time", "status"}),
    ],
)
def test_every_other_field_may_be_missing_or_null(case: str, shape: type[shapes.User], needed: set[str]) -> None:
    whole = sample(case)["resource"]

    for name in set(whole) - needed:
        for broken in ({**whole, name: None}, {key: value for key, value in whole.items() if key != name}):
            assert shapes.read_shape(shape, broken, where=case).uri


def test_a_list_without_its_collection_names_it() -> None:
    with pytest.raises(ProviderChanged) as caught:
        shapes.read_collection(shapes.Invitee, {"collections": []}, where="invitees")

    assert caught.value.field == "invitees.collection"


def test_only_the_token_of_the_next_page_is_read() -> None:
    assert shapes.next_page_token(sample("event-types")) == "p2"
    assert shapes.next_page_token(sample("event-types-second-page")) == ""
    assert shapes.next_page_token({"pagination": {"next_page": f"{API}/x?page_token=p3"}}) == ""


def test_slots_lie_in_the_window_by_start_and_are_open() -> None:
    times = shapes.read_collection(shapes.AvailableTime, sample("available-times"), where="times")

    found = reading.slots_of(times, timedelta(minutes=30), Interval(at(3, 0), at(4, 0)))

    assert found == (Slot(at(3, 14), at(3, 14, 30)), Slot(at(3, 14, 30), at(3, 15)))


def test_busy_times_come_by_start_without_titles() -> None:
    stretches = shapes.read_collection(shapes.BusyStretch, sample("busy-times"), where="busy")

    found = reading.busy_of([*stretches, *stretches], Interval(at(3, 0), at(10, 0)))

    assert [(one.interval.start, one.source) for one in found] == [(at(3, 9), "calendly"), (at(4, 12), "external")]


def test_a_schedule_groups_weekdays_of_equal_hours() -> None:
    found = [
        reading.schedule_of(one)
        for one in shapes.read_collection(shapes.AvailabilitySchedule, sample("availability-schedules"), where="s")
    ]

    assert found[1].hours == (
        Hours(weekdays=(0, 1, 2, 3), start=time(9), end=time(12)),
        Hours(weekdays=(0, 1, 2, 3), start=time(13), end=time(17, 30)),
        Hours(weekdays=(4,), start=time(9), end=time(13)),
    )
    assert found[1].overrides == (
        Override(day=date(2026, 4, 3)),
        Override(day=date(2026, 4, 7), start=time(10), end=time(11)),
    )
    assert found[0].hours == (Hours(weekdays=(4,), start=time(20), end=time(0)),)


def test_a_booking_joins_an_event_and_its_invitee() -> None:
    found = reading.booking_of(scheduled("scheduled-event"), invitees("invitees"), me=profile())

    assert found.id == EVENT
    assert found.slot == Slot(at(3, 14), at(3, 14, 30))
    assert found.status is BookingStatus.BOOKED
    assert [(one.name, one.email, one.zone, one.id) for one in found.attendees] == [
        ("Dana Dune", "dana@example.com", "Europe/London", INVITEE)
    ]
    assert found.hosts[0].email == "ana@acme.io"
    assert (found.reference, found.guests, found.place) == ("ref-1", ("guest@example.com",), "Zoom")
    assert found.join_url == "https://zoom.example.com/j/5"
    assert found.move_url.startswith("https://calendly.com/reschedulings/")


def test_a_cancelled_booking_says_why_and_what_took_its_place() -> None:
    found = reading.booking_of(scheduled("scheduled-event-canceled"), invitees("invitees-canceled"))

    assert found.status is BookingStatus.CANCELLED
    assert (found.cancel_reason, found.replaced_by, found.move_url) == ("ill", EVENT, "")
    assert found.attendees[0].email == "dana@example.com"


def test_an_unknown_status_is_other() -> None:
    body = sample("scheduled-event")
    body["resource"]["status"] = "postponed"
    event = shapes.read_resource(shapes.ScheduledEvent, body, where="e")

    assert reading.booking_of(event, ()).status is BookingStatus.OTHER


@pytest.mark.parametrize(
    ("place", "phone", "sent"),
    [
        (None, None, {"kind": "zoom_conference"}),
        (None, "+491700000000", {"kind": "outbound_call", "location": "+491700000000"}),
        (Place(kind=PlaceKind.VIDEO, app="zoom"), None, {"kind": "zoom_conference"}),
        (Place(kind=PlaceKind.VIDEO), None, {"kind": "zoom_conference"}),
        (Place(kind=PlaceKind.ADDRESS), None, {"kind": "physical", "location": "Acme, Hall 2"}),
        (
            Place(kind=PlaceKind.ATTENDEE_PHONE, detail="+4930123"),
            None,
            {"kind": "outbound_call", "location": "+4930123"},
        ),
    ],
)
def test_the_place_of_a_booking_is_one_that_the_type_offers(
    place: Place | None, phone: str | None, sent: dict[str, str]
) -> None:
    assert location_to_send(event_type("event-type").locations, place, phone=phone) == sent


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (Place(kind=PlaceKind.VIDEO, app="webex"), "place"),
        (Place(kind=PlaceKind.PHONE), "place"),
        (Place(kind=PlaceKind.ATTENDEE_PHONE), "place_detail"),
    ],
)
def test_a_place_that_cannot_be_sent_is_refused_before_sending(place: Place, code: str) -> None:
    with pytest.raises(Refused) as caught:
        location_to_send(event_type("event-type").locations, place, phone=None)

    assert caught.value.code == code


def test_a_type_without_places_gets_none() -> None:
    assert location_to_send(event_type("event-type-plain").locations, None, phone=None) is None


@pytest.mark.parametrize("said", ["zoom", "zoom_conference"])
def test_a_moved_booking_keeps_its_place(said: str) -> None:
    assert location_to_keep({"type": said}, event_type("event-type").locations) == {"kind": "zoom_conference"}


def test_a_moved_call_keeps_its_number() -> None:
    kept = location_to_keep({"type": "outbound_call", "location": "+4930123"}, event_type("event-type").locations)

    assert kept == {"kind": "outbound_call", "location": "+4930123"}
