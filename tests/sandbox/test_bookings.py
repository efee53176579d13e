"""Booking: what the body may hold, the rules, and what comes back."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sandbox_world import calling, told

START = "2026-11-24T09:00:00Z"
ATTENDEE = {"name": "Ben Booker", "email": "ben@example.org", "timeZone": "Europe/London"}


def attendee(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in (ATTENDEE | fields).items() if value is not None}


def without_start(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "start"}


async def test_a_booking_comes_back_with_what_was_sent() -> None:
    async with calling() as caller:
        kind = await caller.make_type(
            locations=[{"type": "link", "link": "https://meet.example.com/a", "public": True}]
        )
        booking = await caller.book(
            kind["id"],
            START,
            metadata={"clientRef": "r-1"},
            guests=["cy@example.org"],
            bookingFieldsResponses={"notes": "Bring the plan"},
        )
        read = (await caller.get(f"/v2/bookings/{booking['uid']}", version="2024-08-13", key="")).json()["data"]

    assert (booking["status"], booking["start"], booking["duration"]) == ("accepted", "2026-11-24T09:00:00.000Z", 30)
    assert (booking["metadata"], booking["guests"], booking["description"]) == (
        {"clientRef": "r-1"},
        ["cy@example.org"],
        "Bring the plan",
    )
    assert booking["title"] == "Intro between Hana Host and Ben Booker"
    assert booking["location"] == "https://meet.example.com/a"
    assert read == {name: value for name, value in booking.items() if name != "isPlatformManagedUserBooking"}


WRONG_BODIES: list[tuple[dict[str, Any], str]] = [
    ({"start": "tuesday"}, "start property is wrong,start must be a valid ISO 8601 date string "),
    ({"start": "2026-02-30T10:00:00Z"}, "start property is wrong,start must be a valid ISO 8601 date string "),
    ({"end": START}, "end property is wrong,property end should not exist "),
    ({"eventTypeId": "1"}, "eventTypeId property is wrong,eventTypeId must be an integer number "),
    ({"attendee": attendee(name=None)}, "attendee property is wrong, name property is wrong,name must be a string "),
    (
        {"attendee": attendee(timeZone="Moon/Base", extra=1)},
        (
            "attendee property is wrong, extra property is wrong,property extra should not exist "
            ", timeZone property is wrong,timeZone must be a valid IANA time-zone "
        ),
    ),
    (
        {"attendee": attendee(phoneNumber="12")},
        "attendee property is wrong, phoneNumber property is wrong,phoneNumber must be a valid phone number ",
    ),
    (
        {"metadata": {"k" * 41: "v"}},
        (
            "metadata property is wrong,Metadata must have at most 50 keys, each key up to 40 characters,"
            " and string values up to 500 characters. "
        ),
    ),
    ({"guests": "cy@example.org"}, "guests property is wrong,guests must be an array "),
]


@pytest.mark.parametrize(("fields", "text"), WRONG_BODIES)
async def test_a_wrong_body_is_told_in_one_sentence(fields: dict[str, Any], text: str) -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        response = await caller.try_to_book(kind["id"], fields.get("start", START), **without_start(fields))

    assert (response.status_code, told(response)) == (400, text)


REFUSALS: list[tuple[dict[str, Any], int, str]] = [
    ({"start": "2025-01-06T10:00:00Z"}, 400, "Attempting to book a meeting in the past."),
    ({"start": "2026-11-24T04:00:00Z"}, 400, "User either already has booking at this time or is not available"),
    ({"start": "2026-11-24T15:45:00Z"}, 400, "User either already has booking at this time or is not available"),
    ({"eventTypeId": 77}, 404, "Event type with id 77 not found."),
    (
        {"eventTypeId": None, "eventTypeSlug": "no", "username": "host"},
        404,
        "Event type with slug no belonging to user host not found.",
    ),
    ({"attendee": attendee(email="ben at example")}, 400, "responses - {email}email_validation_error, "),
    (
        {"attendee": attendee(email=None, phoneNumber="+4915112345678")},
        400,
        "responses - {email}error_required_field, ",
    ),
    ({"guests": ["cy"]}, 400, "responses - {guests}email_validation_error, "),
    (
        {"lengthInMinutes": 30},
        400,
        (
            "Can't specify 'lengthInMinutes' because event type does not have multiple possible lengths."
            " Please, remove the 'lengthInMinutes' field from the request."
        ),
    ),
]


@pytest.mark.parametrize(("fields", "status", "text"), REFUSALS)
async def test_what_cannot_be_booked_is_refused(fields: dict[str, Any], status: int, text: str) -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        response = await caller.try_to_book(kind["id"], fields.get("start", START), **without_start(fields))

    assert (response.status_code, told(response)) == (status, text)


@pytest.mark.parametrize("start", ["2026-11-24T10:00:00+01:00", "2026-11-24T09:00:00", "2026-11-24T09:00:00.000Z"])
async def test_every_writing_of_an_instant_is_understood(start: str) -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        booking = await caller.book(kind["id"], start)

    assert booking["start"] == "2026-11-24T09:00:00.000Z"


async def test_a_taken_time_is_refused_and_a_race_is_lost_at_the_database() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        racers = await asyncio.gather(*(caller.try_to_book(kind["id"], START) for _ in range(4)))
        late = await caller.try_to_book(kind["id"], "2026-11-24T09:15:00Z")

    assert sorted(answer.status_code for answer in racers) == [201, 409, 409, 409]
    assert {"statusCode": 409, "message": "booking_conflict_error"} in [answer.json() for answer in racers]
    assert (late.status_code, told(late)) == (400, "User either already has booking at this time or is not available")


async def test_an_odd_start_inside_the_hours_can_be_booked() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        assert (await caller.try_to_book(kind["id"], "2026-11-24T09:07:00Z")).status_code == 201


async def test_a_choice_of_lengths_is_kept_to() -> None:
    async with calling() as caller:
        kind = await caller.make_type(lengthInMinutesOptions=[15, 30, 60])
        wrong = await caller.try_to_book(kind["id"], START, lengthInMinutes=45)
        booking = await caller.book(kind["id"], START, lengthInMinutes=60)

    assert kind["lengthInMinutesOptions"] == [15, 30, 60]
    assert told(wrong).endswith("The possible lengths are: 15, 30, 60")
    assert booking["end"] == "2026-11-24T10:00:00.000Z"


async def test_required_questions_must_be_answered_from_their_options() -> None:
    question = {"type": "select", "slug": "topic", "label": "Topic", "required": True, "options": ["a", "b"]}
    async with calling() as caller:
        kind = await caller.make_type(bookingFields=[question])
        missing = await caller.try_to_book(kind["id"], START)
        stranger = await caller.try_to_book(kind["id"], START, bookingFieldsResponses={"topic": "c"})
        booking = await caller.book(kind["id"], START, bookingFieldsResponses={"topic": "b"})

    assert told(missing).startswith("Missing required booking field response: topic")
    assert told(stranger).startswith("Invalid option")
    assert booking["bookingFieldsResponses"]["topic"] == "b"


PLACES: list[tuple[dict[str, Any], dict[str, Any] | None, str]] = [
    ({"type": "address", "address": "Main St 1", "public": True}, None, "Main St 1"),
    ({"type": "phone", "phone": "+491234567", "public": True}, None, "+491234567"),
    ({"type": "integration", "integration": "zoom"}, None, "integrations:zoom"),
    ({"type": "integration", "integration": "google-meet"}, None, "integrations:google:meet"),
    ({"type": "attendeePhone"}, {"type": "attendeePhone", "phone": "+4917012345"}, "+4917012345"),
    ({"type": "attendeeAddress"}, {"type": "attendeeAddress", "address": "At ours"}, "At ours"),
    ({"type": "attendeeDefined"}, {"type": "attendeeDefined", "location": "The park"}, "The park"),
]


@pytest.mark.parametrize(("offered", "chosen", "place"), PLACES)
async def test_the_place_is_the_types_first_or_the_chosen_one(offered: Any, chosen: Any, place: str) -> None:
    async with calling() as caller:
        kind = await caller.make_type(locations=[offered])
        booking = await caller.book(kind["id"], START, **({"location": chosen} if chosen else {}))

    assert booking["location"] == place


async def test_a_place_that_is_not_offered_is_refused() -> None:
    async with calling() as caller:
        kind = await caller.make_type(locations=[{"type": "address", "address": "Main St 1", "public": True}])
        response = await caller.try_to_book(kind["id"], START, location={"type": "phone", "phone": "+491234567"})

    assert response.status_code == 400


async def test_a_type_with_approval_answers_with_a_request_and_repeats_it() -> None:
    async with calling() as caller:
        kind = await caller.make_type(confirmationPolicy={"type": "always", "blockUnconfirmedBookingsInBooker": False})
        asked = await caller.book(kind["id"], START)
        again = await caller.book(kind["id"], START)
        other = await caller.book(kind["id"], START, attendee=attendee(email="cy@example.org"))

    assert asked["status"] == "pending"
    assert again["uid"] == asked["uid"]
    assert other["uid"] != asked["uid"]


async def test_a_request_takes_its_time_only_where_the_type_says_so() -> None:
    async with calling() as caller:
        policy = {"type": "always", "blockUnconfirmedBookingsInBooker": True}
        kind = await caller.make_type(confirmationPolicy=policy)
        await caller.book(kind["id"], START)
        other = await caller.try_to_book(kind["id"], START, attendee=attendee(email="cy@example.org"))

    assert other.status_code == 400


async def test_seats_are_given_one_by_one_until_none_is_left() -> None:
    async with calling() as caller:
        kind = await caller.make_type(
            seats={"seatsPerTimeSlot": 2, "showAttendeeInfo": True, "showAvailabilityCount": True}
        )
        answers = [
            await caller.try_to_book(kind["id"], START, attendee=attendee(email=f"{name}@example.org"))
            for name in "abc"
        ]
        first, second = (answer.json()["data"] for answer in answers[:2])
        by_seat = await caller.get(f"/v2/bookings/by-seat/{second['seatUid']}", version="2024-08-13", key="")

    assert [answer.status_code for answer in answers] == [201, 201, 409]
    assert first["uid"] == second["uid"]
    assert first["seatUid"] != second["seatUid"]
    assert told(answers[2]) == "No more seats left at this seated booking."
    assert by_seat.json()["data"]["uid"] == first["uid"]


async def test_a_series_keeps_the_wall_time_of_the_attendee() -> None:
    async with calling() as caller:
        kind = await caller.make_type(recurrence={"interval": 2, "occurrences": 4, "frequency": "weekly"})
        zone = attendee(timeZone="Europe/Berlin")
        parts = await caller.book(kind["id"], "2027-03-15T09:00:00Z", attendee=zone, recurrenceCount=3)
        series = await caller.get(f"/v2/bookings/{parts[0]['recurringBookingUid']}", version="2024-08-13")

    assert [part["start"][:16] for part in parts] == ["2027-03-15T09:00", "2027-03-29T08:00", "2027-04-12T08:00"]
    assert [part["uid"] for part in series.json()["data"]] == [part["uid"] for part in parts]


async def test_the_most_active_bookings_of_one_attendee_are_kept_to() -> None:
    async with calling() as caller:
        kind = await caller.make_type(bookerActiveBookingsLimit={"maximumActiveBookings": 1})
        await caller.book(kind["id"], START)
        response = await caller.try_to_book(kind["id"], "2026-11-25T09:00:00Z")

    assert told(response).startswith("Attendee with this email can't book because the maximum number")


async def test_a_type_takes_so_many_bookings_a_day() -> None:
    async with calling() as caller:
        kind = await caller.make_type(bookingLimitsCount={"day": 1})
        await caller.book(kind["id"], START)
        full = await caller.slots(kind["id"], "2026-11-24")
        next_day = await caller.slots(kind["id"], "2026-11-25")
        response = await caller.try_to_book(kind["id"], "2026-11-24T12:00:00Z")

    assert (len(full), len(next_day)) == (0, 16)
    assert (response.status_code, response.json()["message"]) == (403, "booking_limit_reached")


CODES = [(None, "email_verification_required"), ("abc", "invalid_verification_code")]


@pytest.mark.parametrize(("code", "text"), CODES)
async def test_a_type_may_want_the_address_proven(code: str | None, text: str) -> None:
    async with calling() as caller:
        kind = await caller.make_type(requiresBookerEmailVerification=True)
        response = await caller.try_to_book(kind["id"], START, **({"emailVerificationCode": code} if code else {}))
        proven = await caller.try_to_book(kind["id"], START, emailVerificationCode="123456")

    assert (response.status_code, told(response)) == (400, text)
    assert proven.status_code == 201


async def test_the_owners_flags_are_known_to_the_newer_versions_only() -> None:
    async with calling(seed=1) as caller:
        kind = await caller.make_type(slug="mine")
        start = await caller.free_start(kind["id"])
        older = await caller.try_to_book(kind["id"], start, allowConflicts=True)
        body = {"eventTypeId": kind["id"], "start": start, "attendee": ATTENDEE, "allowConflicts": True}
        newer = await caller.call("POST", "/v2/bookings", version="2026-02-25", body=body)

    assert told(older) == "allowConflicts property is wrong,property allowConflicts should not exist "
    assert newer.status_code == 201


JSON_COMPLAINTS = [
    (b'{"start": ', "Unexpected end of JSON input"),
    (b"{start}", "Unexpected token 's'"),
    (b'{"a": "b', "Unterminated string in JSON"),
]


@pytest.mark.parametrize(("body", "text"), JSON_COMPLAINTS)
async def test_a_body_that_is_not_json_is_refused(body: bytes, text: str) -> None:
    async with calling() as caller:
        headers = {"content-type": "application/json", "cal-api-version": "2024-08-13"}
        response = await caller.client.post("/v2/bookings", content=body, headers=headers)

    assert response.status_code == 400
    assert told(response).startswith(text)


async def test_team_types_find_a_host_or_need_them_all() -> None:
    async with calling(seed=1) as caller:
        team = (await caller.get("/v2/teams")).json()["data"][0]
        kinds = (await caller.get(f"/v2/teams/{team['id']}/event-types", version="2024-06-14")).json()["data"]
        ways = {kind["schedulingType"]: kind for kind in kinds}
        turn, every = ways["roundRobin"], ways["collective"]
        hosts = [(await caller.book(turn["id"], "2026-11-24T14:00:00Z"))["hosts"][0]["id"] for _ in range(2)]
        together = await caller.book(every["id"], (await caller.slots(every["id"], "2026-11-25"))[0])
        taken = await caller.try_to_book(every["id"], together["start"])

    assert len(set(hosts)) == 2
    assert {host["id"] for host in together["hosts"]} == {host["userId"] for host in every["hosts"]}
    assert told(taken) == "One of the hosts either already has booking at this time or is not available"
