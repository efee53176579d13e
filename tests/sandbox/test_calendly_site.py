"""The practice Calendly by itself: its refusals, pages, limits and plans."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from calendly_desk import API, NOW, TRACKING, Desk, complaints, iso


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer cal_expired_1", "Bearer cal_unknown_1", "Bearer nobody", "Basic eHg6eQ=="]
)
async def test_a_bad_token_is_refused(header: str) -> None:
    answer = await Desk().http.get("/users/me", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer.json() == {"title": "Unauthenticated", "message": "The access token is invalid"}


async def test_every_token_has_an_account_of_its_own() -> None:
    desk = Desk()

    other = await desk.http.get("/users/me", headers={"Authorization": "Bearer cal_two"})

    assert other.json()["resource"]["uri"] != (await desk.me())["uri"]


@pytest.mark.parametrize(
    "path", ["/users/NOBODY", "/event_types/NOTHING", "/scheduled_events/NONE", "/users/me/else", "/invitee_no_shows/X"]
)
async def test_what_is_unknown_is_not_found(path: str) -> None:
    answer = await Desk().get(path)

    assert (answer.status_code, answer.json()["title"]) == (404, "Resource Not Found")


async def test_event_types_need_a_user_or_an_organisation() -> None:
    assert complaints(await Desk().get("/event_types")) == ["user", "organization"]


async def test_a_list_comes_in_pages_by_token() -> None:
    desk = Desk()
    user = (await desk.me())["uri"]

    first = (await desk.get("/event_types", user=user, count=4)).json()
    token = first["pagination"]["next_page_token"]
    second = (await desk.get("/event_types", user=user, count=4, page_token=token)).json()

    assert (len(first["collection"]), len(second["collection"])) == (4, 2)
    assert first["pagination"]["next_page"].startswith(f"{API}/event_types?")
    assert second["pagination"]["next_page_token"] is None
    assert second["pagination"]["previous_page_token"]


@pytest.mark.parametrize(("query", "parameter"), [({"count": 101}, "count"), ({"page_token": "x"}, "page_token")])
async def test_a_wrong_page_is_refused(query: dict[str, Any], parameter: str) -> None:
    desk = Desk()

    assert complaints(await desk.get("/event_types", user=(await desk.me())["uri"], **query)) == [parameter]


@pytest.mark.parametrize(
    ("start", "length", "parameter"),
    [
        (timedelta(0), timedelta(days=1), "start_time"),
        (timedelta(minutes=1), timedelta(days=31, seconds=1), "end_time"),
        (timedelta(minutes=1), timedelta(0), "end_time"),
    ],
)
async def test_available_times_have_a_window_in_the_future_of_at_most_31_days(
    start: timedelta, length: timedelta, parameter: str
) -> None:
    desk = Desk()
    kind = await desk.type_called("Intro")
    window = {"start_time": iso(NOW + start), "end_time": iso(NOW + start + length)}

    answer = await desk.get("/event_type_available_times", event_type=kind["uri"], **window)

    assert complaints(answer) == [parameter]


async def test_busy_times_have_a_window_of_at_most_seven_days() -> None:
    desk = Desk()
    window = {"start_time": iso(NOW + timedelta(minutes=1)), "end_time": iso(NOW + timedelta(days=7, minutes=2))}

    answer = await desk.get("/user_busy_times", user=(await desk.me())["uri"], **window)

    assert complaints(answer) == ["end_time"]


async def test_a_booked_time_is_no_longer_available_and_is_busy() -> None:
    desk = Desk()
    invitee = await desk.booked()
    event = (await desk.get(invitee["event"].removeprefix(API))).json()["resource"]

    window = {"start_time": iso(NOW + timedelta(minutes=1)), "end_time": iso(NOW + timedelta(days=6))}
    busy = (await desk.get("/user_busy_times", user=(await desk.me())["uri"], **window)).json()["collection"]

    assert event["start_time"].replace(".000000", "") not in await desk.starts(event["event_type"])
    assert invitee["event"] in [one.get("event", {}).get("uri") for one in busy]


@pytest.mark.parametrize(
    ("change", "parameter"),
    [
        ({"start_time": "2026-03-02T08:00:00Z"}, "start_time"),
        ({"start_time": "2026-03-08T03:00:00Z"}, "start_time"),
        ({"start_time": "soon"}, "start_time"),
        ({"event_type": "TINTRO"}, "event_type"),
        ({"invitee": {"name": "Dana", "email": "dana", "timezone": "UTC"}}, "invitee.email"),
        ({"invitee": {"name": "Dana", "email": "dana@example.com", "timezone": "Nowhere"}}, "invitee.timezone"),
        ({"invitee": {"email": "dana@example.com", "timezone": "UTC"}}, "invitee.name"),
        ({"location": {"kind": "zoom"}}, "location.kind"),
        ({"location": {"kind": "webex_conference"}}, "location.kind"),
        ({"tracking": {"utm_content": "r"}}, "tracking.utm_campaign"),
        ({"event_guests": ["nobody"]}, "event_guests"),
        ({"event_guests": [f"g{number}@example.com" for number in range(11)]}, "event_guests"),
        (
            {"questions_and_answers": [{"question": "No?", "answer": "x", "position": 0}]},
            "questions_and_answers.0.question",
        ),
    ],
)
async def test_a_booking_that_is_not_right_names_what_is_wrong(change: dict[str, Any], parameter: str) -> None:
    desk = Desk()

    answer = await desk.post("/invitees", await desk.wish(**change))

    assert complaints(answer)[0] == parameter


async def test_a_required_question_must_be_answered() -> None:
    desk = Desk()

    assert complaints(await desk.post("/invitees", await desk.wish("Help desk"))) == ["questions_and_answers"]


async def test_a_time_can_be_booked_once() -> None:
    desk = Desk()
    wish = await desk.wish()

    first, second = await desk.post("/invitees", wish), await desk.post("/invitees", wish)

    assert (first.status_code, complaints(second)) == (201, ["start_time"])


async def test_a_booking_keeps_its_tracking() -> None:
    desk = Desk()
    wish = await desk.wish(tracking={**TRACKING, "utm_content": "ref-9"})
    invitee = (await desk.post("/invitees", wish)).json()["resource"]

    (found,) = (await desk.get(invitee["event"].removeprefix(API) + "/invitees")).json()["collection"]

    assert found["tracking"]["utm_content"] == "ref-9"


async def test_a_cancelled_event_is_not_cancelled_again() -> None:
    desk = Desk()
    path = (await desk.booked())["event"].removeprefix(API) + "/cancellation"

    first, second = await desk.post(path, {"reason": "ill"}), await desk.post(path, {})

    assert (first.status_code, first.json()["resource"]["reason"]) == (201, "ill")
    assert (second.status_code, second.json()["message"]) == (403, "Event is already canceled")


async def test_an_event_that_is_over_is_not_cancelled() -> None:
    desk = Desk()
    path = (await desk.booked())["event"].removeprefix(API) + "/cancellation"
    desk.at = NOW + timedelta(days=5)

    answer = await desk.post(path)

    assert (answer.status_code, answer.json()["message"]) == (403, "Event in the past")


async def test_somebody_elses_event_is_neither_shown_nor_cancelled() -> None:
    desk = Desk()
    path = (await desk.booked())["event"].removeprefix(API)
    other = {"Authorization": "Bearer cal_two"}

    shown = await desk.http.get(path, headers=other)
    cancelled = await desk.http.post(f"{path}/cancellation", headers=other, json={})

    assert (shown.status_code, shown.json()["message"]) == (403, "You are not allowed to view this event")
    assert (cancelled.status_code, cancelled.json()["message"]) == (403, "You are not allowed to cancel this event")


async def test_an_invitee_is_marked_once_the_event_has_begun() -> None:
    desk = Desk()
    invitee = await desk.booked()

    early = await desk.post("/invitee_no_shows", {"invitee": invitee["uri"]})
    desk.at = NOW + timedelta(days=1)
    marked = await desk.post("/invitee_no_shows", {"invitee": invitee["uri"]})
    taken_back = await desk.http.delete(marked.json()["resource"]["uri"].removeprefix(API))

    assert complaints(early) == ["invitee"]
    assert (marked.status_code, taken_back.status_code) == (201, 204)


async def test_a_free_plan_has_no_bookings_by_api_and_no_news() -> None:
    desk = Desk("cal_free_one")

    booking = await desk.post("/invitees", await desk.wish())
    news = await desk.subscribe("invitee.created")

    assert (booking.status_code, news.status_code) == (403, 403)
    assert booking.json()["message"] == "Please upgrade your Calendly account to Professional"


async def test_a_plan_can_be_changed() -> None:
    desk = Desk("cal_free_one")

    await desk.post("/users/me/plan", {"plan": "paid"})

    assert (await desk.post("/invitees", await desk.wish())).status_code == 201


async def test_calls_are_counted_in_the_headers() -> None:
    answer = await Desk().get("/users/me")

    assert (answer.headers["x-ratelimit-limit"], answer.headers["x-ratelimit-remaining"]) == ("500", "499")


async def test_the_free_plan_has_fifty_calls_a_minute() -> None:
    desk = Desk("cal_free_one")

    answers = [await desk.get("/users/me") for _ in range(51)]

    assert [one.status_code for one in answers[-2:]] == [200, 429]
    assert answers[-1].headers["x-ratelimit-remaining"] == "0"
    assert int(answers[-1].headers["x-ratelimit-reset"]) > 1


async def test_bookings_have_a_budget_of_ten_a_minute() -> None:
    desk = Desk()
    kind = await desk.type_called("Intro")
    starts = await desk.starts(kind["uri"])
    wish = await desk.wish()

    codes = [(await desk.post("/invitees", {**wish, "start_time": start})).status_code for start in starts[:11]]

    assert codes == [201] * 10 + [429]


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"[" * 5000])
async def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    desk = Desk()

    answer = await desk.http.post("/invitees", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 400


async def test_the_limits_of_the_sandbox_count_too() -> None:
    desk = Desk()
    await desk.post("/_limits", {"calls": 2})

    answers = [await desk.get("/users/me") for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
