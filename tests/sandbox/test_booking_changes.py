"""What happens to bookings afterwards: moved, cancelled, confirmed, declined, and who takes part."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sandbox_world import Caller, calling, told

START, LATER = "2026-11-24T09:00:00Z", "2026-11-24T11:00:00Z"
APPROVAL = {"type": "always", "blockUnconfirmedBookingsInBooker": False}
NO_KEY, OTHER = "", "cal_other"


async def read(caller: Caller, uid: str) -> Any:
    return (await caller.get(f"/v2/bookings/{uid}", version="2024-08-13", key=NO_KEY)).json()["data"]


async def test_a_moved_booking_has_a_new_uid_and_keeps_the_rest() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        old = await caller.book(kind["id"], START, metadata={"clientRef": "r-1"})
        body = {"start": LATER, "reschedulingReason": "Train", "rescheduledBy": "host@example.com"}
        answer = await caller.change(old["uid"], "reschedule", body)
        new, before = answer.json()["data"], await read(caller, old["uid"])

    assert answer.status_code == 201
    assert new["uid"] != old["uid"]
    assert (new["rescheduledFromUid"], before["rescheduledToUid"]) == (old["uid"], new["uid"])
    assert (before["status"], new["status"]) == ("cancelled", "accepted")
    assert (new["metadata"], new["icsUid"]) == (old["metadata"], old["icsUid"])
    assert (new["reschedulingReason"], new["rescheduledByEmail"]) == ("Train", "host@example.com")


async def test_a_moved_booking_frees_its_old_time() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        old = await caller.book(kind["id"], START)
        await caller.change(old["uid"], "reschedule", {"start": LATER})

        assert (await caller.try_to_book(kind["id"], START)).status_code == 201
        assert (await caller.try_to_book(kind["id"], LATER)).status_code == 400


async def test_what_is_gone_cannot_be_moved() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        old = await caller.book(kind["id"], START)
        new = (await caller.change(old["uid"], "reschedule", {"start": LATER})).json()["data"]
        twice = await caller.change(old["uid"], "reschedule", {"start": START})
        await caller.change(new["uid"], "cancel", {"cancellationReason": "x"})
        cancelled = await caller.change(new["uid"], "reschedule", {"start": START})
        unknown = await caller.change("nowhere", "reschedule", {"start": START})

    assert told(twice).startswith(
        f"Can't reschedule booking with uid={old['uid']} because it has been cancelled and rescheduled already"
        f" to booking with uid={new['uid']}."
    )
    assert told(cancelled).startswith(f"Can't reschedule booking with uid={new['uid']} because it has been cancelled.")
    assert (unknown.status_code, told(unknown)) == (404, "Booking with uid=nowhere was not found in the database")


async def test_a_move_meets_the_same_rules_as_a_booking() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        booking = await caller.book(kind["id"], START)
        await caller.book(kind["id"], LATER)
        bodies: list[Any] = [{"start": LATER}, {"start": "2025-01-01T09:00:00Z"}, {}, {"start": START, "reason": "x"}]
        answers = [await caller.change(booking["uid"], "reschedule", body) for body in bodies]
        same = await caller.change(booking["uid"], "reschedule", {"start": START})

    assert [answer.status_code for answer in answers] == [400] * 4
    assert told(answers[3]) == "reason property is wrong,property reason should not exist "
    assert same.status_code == 201


@pytest.mark.parametrize(("key", "status"), [(None, "accepted"), (NO_KEY, "pending")])
async def test_only_the_hosts_move_skips_the_approval(key: str | None, status: str) -> None:
    async with calling() as caller:
        kind = await caller.make_type(confirmationPolicy=APPROVAL)
        booking = await caller.book(kind["id"], START)
        moved = await caller.change(booking["uid"], "reschedule", {"start": LATER}, key=key)

    assert moved.json()["data"]["status"] == status


async def test_a_rejected_booking_cannot_be_found_for_a_move() -> None:
    async with calling() as caller:
        kind = await caller.make_type(confirmationPolicy=APPROVAL)
        booking = await caller.book(kind["id"], START)
        await caller.change(booking["uid"], "decline", {"reason": "No"})
        answer = await caller.change(booking["uid"], "reschedule", {"start": LATER})

    assert answer.json() == {"statusCode": 404, "message": "Could not find original booking"}


async def test_types_may_forbid_or_bound_changes() -> None:
    async with calling() as caller:
        kind = await caller.make_type(disableCancelling={"disabled": True}, disableRescheduling={"minutesBefore": 60})
        booking = await caller.book(kind["id"], START)
        cancel = await caller.change(booking["uid"], "cancel", {"cancellationReason": "x"})
        early = await caller.change(booking["uid"], "reschedule", {"start": LATER})
        caller.clock.instant = caller.clock.instant.replace(day=24, hour=10, minute=30)
        late = await caller.change(early.json()["data"]["uid"], "reschedule", {"start": "2026-11-24T14:00:00Z"})

    assert cancel.json() == {"statusCode": 400, "message": "This event type does not allow cancellations"}
    assert early.status_code == 201
    assert late.json()["message"] == "Rescheduling is not allowed within the minimum notice period before the event"


async def test_a_host_gives_a_reason_and_anybody_with_the_uid_may_cancel() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        mine, theirs = [await caller.book(kind["id"], start) for start in (START, LATER)]
        silent = await caller.change(mine["uid"], "cancel", {})
        reasoned = await caller.change(mine["uid"], "cancel", {"cancellationReason": "Ill"})
        again = await caller.change(mine["uid"], "cancel", {"cancellationReason": "Ill"})
        public = await caller.change(theirs["uid"], "cancel", key=NO_KEY)

    assert silent.json() == {"statusCode": 400, "message": "Cancellation reason is required"}
    assert (reasoned.json()["data"]["status"], reasoned.json()["data"]["cancellationReason"]) == ("cancelled", "Ill")
    assert told(again).startswith(f"Can't cancel booking with uid={mine['uid']} because it has been cancelled already.")
    assert public.status_code == 200


async def test_a_booking_that_is_over_cannot_be_cancelled_but_marked() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        booking = await caller.book(kind["id"], START)
        marks = {"attendees": [{"email": "ben@example.org", "absent": True}]}
        early = await caller.change(booking["uid"], "mark-absent", marks)
        caller.clock.forward(timedelta(days=5))
        marked = await caller.change(booking["uid"], "mark-absent", marks)
        over = await caller.change(booking["uid"], "cancel", {"cancellationReason": "x"})

    assert told(early).startswith("Bookings can only be marked as absent after their scheduled start time.")
    assert marked.json()["data"]["attendees"][0]["absent"] is True
    assert over.json()["message"] == "Cannot cancel a booking that has already ended"


async def test_one_of_a_series_or_all_that_follow_are_cancelled() -> None:
    async with calling() as caller:
        kind = await caller.make_type(recurrence={"interval": 1, "occurrences": 3, "frequency": "weekly"})
        parts = await caller.book(kind["id"], START)
        body = {"cancellationReason": "x", "cancelSubsequentBookings": True}
        answer = (await caller.change(parts[1]["uid"], "cancel", body)).json()["data"]

    assert [part["status"] for part in answer] == ["accepted", "cancelled", "cancelled"]


async def test_a_seat_is_given_back_or_moved_without_the_others() -> None:
    seats = {"seatsPerTimeSlot": 3, "showAttendeeInfo": True, "showAvailabilityCount": True}
    async with calling() as caller:
        kind = await caller.make_type(seats=seats)
        people = [{"name": n, "email": f"{n}@example.org", "timeZone": "UTC"} for n in ("ann", "bob", "cyd")]
        uids = [(await caller.book(kind["id"], START, attendee=person))["seatUid"] for person in people]
        shared = (await caller.get("/v2/bookings", version="2024-08-13")).json()["data"][0]["uid"]
        wrong = await caller.change(shared, "cancel", {"seatUid": "no", "cancellationReason": "x"})
        left = (await caller.change(shared, "cancel", {"seatUid": uids[0], "cancellationReason": "x"})).json()["data"]
        moved = (await caller.change(shared, "reschedule", {"start": LATER, "seatUid": uids[1]})).json()["data"]
        rest = await read(caller, shared)

    assert told(wrong).startswith("Invalid seatUid")
    assert [one["name"] for one in left["attendees"]] == ["bob", "cyd"]
    assert [one["name"] for one in moved["attendees"]] == ["bob"]
    assert (rest["status"], [one["name"] for one in rest["attendees"]]) == ("accepted", ["cyd"])


async def test_requests_are_the_hosts_to_settle() -> None:
    async with calling() as caller:
        await caller.get("/v2/me")
        kind = await caller.make_type(confirmationPolicy=APPROVAL)
        one, two = [await caller.book(kind["id"], start) for start in (START, LATER)]
        anonymous = await caller.change(one["uid"], "confirm", key=NO_KEY)
        foreign = await caller.change(one["uid"], "confirm", key=OTHER)
        accepted = await caller.change(one["uid"], "confirm")
        twice = await caller.change(one["uid"], "confirm")
        declined = await caller.change(two["uid"], "decline", {"reason": "Full"})
        too_late = await caller.change(one["uid"], "decline", {"reason": "Full"})

    answers = (anonymous, foreign, accepted, twice, declined, too_late)
    assert [answer.status_code for answer in answers] == [403, 401, 200, 400, 200, 400]
    assert told(foreign) == "User is not authorized to confirm this booking"
    assert told(twice) == told(too_late) == "Booking already confirmed"
    assert (accepted.json()["data"]["status"], declined.json()["data"]["status"]) == ("accepted", "rejected")


async def test_guests_are_added_once_and_by_those_who_take_part() -> None:
    async with calling() as caller:
        await caller.get("/v2/me")
        kind = await caller.make_type()
        uid = (await caller.book(kind["id"], START))["uid"]
        foreign = await caller.change(uid, "guests", {"guests": [{"email": "cy@example.org"}]}, key=OTHER)
        added = await caller.change(uid, "guests", {"guests": [{"email": "cy@example.org", "name": "Cy"}]})
        twice = await caller.change(uid, "guests", {"guests": [{"email": "CY@example.org"}]})
        wrong = await caller.change(uid, "guests", {"guests": [{"email": "cy"}]})
        people = (await caller.get(f"/v2/bookings/{uid}/attendees", version="2024-08-13")).json()["data"]
        one = await caller.get(f"/v2/bookings/{uid}/attendees/{people[1]['id']}", version="2024-08-13")

    assert (foreign.status_code, told(foreign)) == (403, "you_do_not_have_permission")
    assert added.json()["data"]["guests"] == ["cy@example.org"]
    assert told(twice) == "emails_must_be_unique_valid"
    assert wrong.status_code == 400
    assert [person["name"] for person in people] == ["Ben Booker", "Cy"]
    assert one.json()["data"]["email"] == "cy@example.org"


async def test_the_place_of_a_booking_can_be_changed() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        uid = (await caller.book(kind["id"], START))["uid"]
        body = {"location": {"type": "address", "address": "Park 3"}}
        answer = await caller.call("PATCH", f"/v2/bookings/{uid}/location", version="2024-08-13", body=body)

    assert answer.json()["data"]["location"] == "Park 3"


async def test_a_round_robin_booking_changes_hands_in_the_hosted_edition_only() -> None:
    async with calling(seed=1) as caller, calling(seed=0) as bare:
        team = (await caller.get("/v2/teams")).json()["data"][0]
        kinds = (await caller.get(f"/v2/teams/{team['id']}/event-types", version="2024-06-14")).json()["data"]
        kind = next(one for one in kinds if one["schedulingType"] == "roundRobin")
        booking = await caller.book(kind["id"], (await caller.slots(kind["id"], "2026-11-24"))[4])
        await caller.change(booking["uid"], "reassign", {})
        after = await read(caller, booking["uid"])
        plain = await bare.book((await bare.make_type())["id"], START)
        nothing = await bare.change(plain["uid"], "reassign", {})

    assert after["hosts"][0]["id"] != booking["hosts"][0]["id"]
    assert nothing.status_code == 200
