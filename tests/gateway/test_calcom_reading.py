"""Cal.com's answers, as samples of ours: what is read, and what broken or newer ones come to."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from gateway_fakes import NOW

from bot.errors import NotConnected, NotFound, PencilError, ProviderChanged, Refused, SlotTaken, Unsupported
from bot.gateway.calcom.legacy.wire import LegacyBookings, LegacyEventTypes, LegacySchedules, LegacySlots
from bot.gateway.calcom.refusals import refusal
from bot.gateway.calcom.session import current_wires
from bot.gateway.calcom.wire import OldShape, Versions, iso
from bot.gateway.calls import ApiAnswer
from bot.scheduling.models import (
    BookingQuery,
    BookingStatus,
    Hours,
    Override,
    PlaceKind,
    QuestionKind,
    Slot,
    SlotQuery,
    Team,
)
from bot.scheduling.times import Interval
from bot.scheduling.writes import HoldSlot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAMPLES = Path(__file__).parent / "samples/calcom"
RECORDINGS = Path(__file__).parents[3] / "shared/recordings/calcom"
HALF = timedelta(minutes=30)
SLOT = Slot(datetime(2026, 3, 3, 9, 30, tzinfo=UTC), datetime(2026, 3, 3, 10, 0, tzinfo=UTC))
WISH = SlotQuery(
    event_type="12", window=Interval(NOW - timedelta(days=400), NOW + timedelta(days=400)), zone="Europe/Berlin"
)
WIRES = current_wires(Versions())
HOLD = HoldSlot(event_type="12", slot=SLOT)

TEAM = Team(id="5", name="Studio")

READERS: dict[str, Callable[[Any], Any]] = {
    "me": WIRES.account.me().read,
    "event-types": WIRES.event_types.own().read,
    "booking": WIRES.bookings.one("u").read,
    "booking-seated": WIRES.bookings.one("u").read,
    "booking-series": WIRES.bookings.one("u").read,
    "bookings": WIRES.bookings.page(BookingQuery(), skip=0).read,
    "slots": WIRES.slots.find(WISH, length=HALF, ask_length=False).read,
    "slots-zone": WIRES.slots.find(WISH, length=HALF, ask_length=False).read,
    "hold": WIRES.slots.hold(HOLD, ask_length=False, now=NOW).read,
    "schedules": WIRES.schedules.all().read,
    "webhooks": WIRES.account.webhooks().read,
    "calendars": WIRES.account.calendars().read,
    "busy-times": WIRES.account.busy_times(WISH.window, "UTC", ()).read,
    "conferencing": WIRES.account.conferencing().read,
    "teams": WIRES.account.teams().read,
    "memberships": WIRES.account.members(TEAM).read,
    "emails": WIRES.account.verified_emails().read,
    "old-event-types": LegacyEventTypes().own().read,
    "old-booking": LegacyBookings().one("u").read,
    "old-bookings": LegacyBookings().page(BookingQuery(), skip=0).read,
    "old-schedules": LegacySchedules().all().read,
    "old-slots": LegacySlots().find(WISH, length=HALF, ask_length=False).read,
}


def sample(case: str) -> Any:
    return json.loads((SAMPLES / case / "200.json").read_text(encoding="utf-8"))


def read(case: str) -> Any:
    return READERS[case](sample(case))


def test_every_sample_has_a_reader_and_is_read() -> None:
    assert {path.name for path in SAMPLES.iterdir()} == set(READERS)
    for case in READERS:
        assert read(case)


def test_an_event_type_in_full() -> None:
    (kind,) = read("event-types")

    assert kind.lengths == (HALF, timedelta(minutes=15), timedelta(hours=1))
    assert [(each.key, each.kind) for each in kind.questions] == [
        ("team-size", QuestionKind.CHOICE),
        ("days", QuestionKind.CHOICES),
        ("nda", QuestionKind.YES_NO),
        ("novel", QuestionKind.TEXT),
        ("notes", QuestionKind.LONG_TEXT),
    ]
    assert [place.kind for place in kind.places] == [PlaceKind.VIDEO, PlaceKind.ADDRESS, PlaceKind.OTHER]
    assert (kind.needs_approval, kind.seats, kind.is_hidden, kind.can_cancel, kind.can_move) == (
        True,
        4,
        True,
        False,
        True,
    )
    assert kind.minimum_notice == timedelta(minutes=90)


def test_a_booking_in_full() -> None:
    found = read("booking")
    booking = found.booking

    assert (booking.slot, booking.status, booking.reference, booking.event_type) == (
        SLOT,
        BookingStatus.BOOKED,
        "ref-1",
        "12",
    )
    assert [each.email for each in booking.attendees] == ["dana@example.org"]
    assert booking.guests == ("guest@example.org",)
    assert booking.join_url == "https://meet.example.com/ws"
    assert found.host_ids == ("41",)


def test_a_seat_keeps_its_own_reference() -> None:
    booking = read("booking-seated").booking

    assert (booking.reference, booking.seat, booking.attendees[0].id) == ("ref-2", "seat-1", "seat-1")


def test_of_a_series_the_first_is_read() -> None:
    booking = read("booking-series").booking

    assert (booking.id, booking.series) == ("uid-903", "series-1")


def test_an_unknown_status_and_a_coded_place_are_kept_readable() -> None:
    booking = read("bookings")[1].booking

    assert (booking.status, booking.place, booking.join_url) == (BookingStatus.OTHER, "Microsoft Teams", "")
    assert booking.replaces == "uid-1"


def test_slots_are_sorted_instants_with_our_own_ends() -> None:
    starts = [slot.start.strftime("%d %H:%M") for slot in read("slots")]

    assert starts == ["03 09:00", "03 09:30", "04 08:00"]
    assert {slot.interval.length for slot in read("slots")} == {HALF}
    assert [slot.start.hour for slot in read("slots-zone")] == [0, 1]


def test_hours_read_to_midnight_and_days_off() -> None:
    for case in ("schedules", "old-schedules"):
        schedule = read(case)[0]
        assert schedule.hours[0] == Hours(weekdays=(0, 4), start=time(9), end=time(0))
        assert schedule.overrides == (
            Override(day=date(2026, 3, 6)),
            Override(day=date(2026, 3, 9), start=time(10), end=time(12)),
        )
    assert read("old-schedules")[0].hours[1].weekdays == (6,)


def test_secrets_of_webhooks_are_not_kept() -> None:
    assert "never-kept" not in repr(read("webhooks"))


def test_a_calendar_in_trouble_is_shown_with_its_trouble() -> None:
    assert [(each.integration, each.error) for each in read("calendars")] == [
        ("Google Calendar", ""),
        ("Office 365", "token expired"),
    ]


def test_busy_times_come_by_start() -> None:
    starts = [each.interval.start for each in read("busy-times")]

    assert starts == sorted(starts)


def test_only_members_who_accepted_are_members() -> None:
    assert [person.email for person in read("memberships")] == ["ana@example.com"]
    assert [team.name for team in read("teams")] == ["Studio"]


def test_old_shapes_read_as_the_same_nouns() -> None:
    old, new = read("old-booking").booking, read("booking").booking

    assert replace(old, title="", hosts=(), replaces="", attendees=()) == replace(new, title="", hosts=(), attendees=())
    assert old.replaces == "uid-1"
    (kind,) = read("old-event-types")
    assert kind.lengths == (HALF, timedelta(minutes=15))
    assert kind.needs_approval
    assert [each.key for each in kind.questions] == ["team-size", "notes"]
    assert read("old-slots") == (SLOT,)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("event-types", "old-event-types"),
        ("booking", "old-booking"),
        ("bookings", "old-bookings"),
        ("slots", "old-slots"),
    ],
)
def test_an_old_shape_is_recognised(new: str, old: str) -> None:
    with pytest.raises(OldShape):
        READERS[new](sample(old))
    with pytest.raises(OldShape):
        READERS["schedules"](sample("old-schedules"))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from places(each, (*path, key))


def changed(data: Any, path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> Any:
    whole = copy.deepcopy(data)
    holder = whole
    for key in path[:-1]:
        holder = holder[key]
    change(holder, path[-1])
    return whole


def drop(holder: Any, key: Any) -> None:
    del holder[key]


def put(value: Any, holder: Any, key: Any) -> None:
    holder[key] = value


def add_noise(holder: Any, key: Any) -> None:
    if isinstance(holder[key], dict) and key != "data":
        holder[key]["somethingNew"] = {"deep": [1, None]}


@pytest.mark.parametrize("case", READERS)
def test_new_fields_change_nothing(case: str) -> None:
    if case.endswith(("slots", "slots-zone")):
        return
    expected, data = read(case), sample(case)

    for path in places(sample(case)):
        data = changed(data, path, add_noise)

    assert READERS[case](data) == expected


@pytest.mark.parametrize("case", READERS)
def test_a_missing_or_odd_field_is_read_around_or_named(case: str) -> None:
    data = sample(case)
    odd: list[Any] = [None, 7, -1, "odd", "", [], {}, [None], True, {"a": 1}, "9" * 400, 10**40]
    changes: list[Callable[[Any, Any], None]] = [drop, *(partial(put, value) for value in odd)]

    for path in places(data):
        for change in changes:
            with suppress(ProviderChanged, NotFound, OldShape):
                READERS[case](changed(data, path, change))


@pytest.mark.parametrize("field", ["uid", "status", "start"])
def test_a_missing_needed_field_names_itself(field: str) -> None:
    data = sample("booking")
    del data["data"][field]

    with pytest.raises(ProviderChanged) as caught:
        READERS["booking"](data)

    assert caught.value.field == f"data.{field}"


def answer(status: int, message: str) -> ApiAnswer:
    return ApiAnswer(status=status, headers={}, body=json.dumps({"statusCode": status, "message": message}).encode())


REFUSALS: list[tuple[int, str, type[PencilError]]] = [
    (400, "User either already has booking at this time or is not available", SlotTaken),
    (409, "booking_conflict_error", SlotTaken),
    (400, 'The event type can’t be booked at the "start" time provided.', SlotTaken),
    (422, "Can't reserve a slot if the event is already booked.", SlotTaken),
    (422, "whatever else", SlotTaken),
    (401, "User is not authorized to confirm this booking", Refused),
    (401, "Invalid Access Token.", NotConnected),
    (403, "PermissionsGuard - no authentication provided.", NotConnected),
    (403, "booking_limit_reached", Refused),
    (403, "insufficient scope", Refused),
    (404, "Cannot GET /v2/teams", Unsupported),
    (404, "Booking with uid=x not found", NotFound),
    (404, "Could not find original booking", Refused),
    (400, "Schedule with ID=3 does not exist.", NotFound),
    (418, "something entirely new", Refused),
]


@pytest.mark.parametrize(("status", "message", "kind"), REFUSALS)
def test_refusals_are_told_apart(status: int, message: str, kind: type[PencilError]) -> None:
    assert type(refusal(answer(status, message))) is kind


def test_a_sentence_for_the_person_never_repeats_the_provider_s_text() -> None:
    for status, message, _ in REFUSALS:
        assert message not in refusal(answer(status, message)).for_person


def test_instants_are_written_in_utc() -> None:
    assert iso(datetime(2026, 3, 3, 9, 30, tzinfo=UTC)) == "2026-03-03T09:30:00Z"
    assert iso(datetime(2026, 3, 3, 9, 30, 0, 5000, tzinfo=UTC)) == "2026-03-03T09:30:00.005Z"


def recorded() -> list[Path]:
    return sorted(RECORDINGS.glob("[0-9]*.json"))


def reader_for(method: str, path: str, version: str | None) -> Callable[[Any], Any] | None:
    parts = path.partition("?")[0].removeprefix("/v2/").split("/")
    is_new = {"bookings": "2024-08-13", "slots": "2024-09-04", "event-types": "2024-06-14", "schedules": "2024-06-11"}
    is_current = parts[0] not in is_new or version == is_new[parts[0]]
    if not is_current:
        return None
    is_one = len(parts) > 1 or method != "GET"
    names = {"bookings": ("booking", "bookings"), "me": ("me", "me")}
    match parts:
        case ["bookings" | "me" as family, *rest] if not set(rest) & {
            "calendar-links",
            "references",
            "attendees",
            "reassign",
        }:
            return READERS[names[family][0 if is_one else 1]]
        case ["slots"]:
            return READERS["slots"]
        case ["slots", "reservations"]:
            return READERS["hold"]
        case ["event-types"] if not is_one:
            return READERS["event-types"]
        case ["schedules"] if not is_one:
            return READERS["schedules"]
        case ["calendars"] | ["conferencing"]:
            return READERS[parts[0]]
        case _:
            return None


@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not beside this checkout")
def test_recorded_answers_are_read() -> None:
    count = 0
    for path in recorded():
        exchange = json.loads(path.read_text(encoding="utf-8"))
        request, response = exchange["request"], exchange.get("response") or {}
        reader = reader_for(request["method"], request.get("path", ""), request["headers"].get("cal-api-version"))
        if reader is None or not 200 <= response.get("status", 0) < 300 or request["method"] == "DELETE":
            continue
        reader(response["body"])
        count += 1
    assert count > 60


@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not beside this checkout")
def test_recorded_refusals_are_understood() -> None:
    for path in recorded():
        response = json.loads(path.read_text(encoding="utf-8")).get("response") or {}
        if not 400 <= response.get("status", 0) < 500:
            continue
        error = refusal(ApiAnswer(status=response["status"], headers={}, body=json.dumps(response["body"]).encode()))
        if "taken" in path.stem or path.stem.endswith(("already-booked", "overlap", "already-reserved", "overlapping")):
            assert isinstance(error, SlotTaken), path.stem
        if response["status"] == 404 and "unknown" in path.stem and "route" not in path.stem:
            assert isinstance(error, NotFound), path.stem


def test_slots_outside_the_window_are_left_out() -> None:
    """A server may treat the ends of a window as days; whoever asked for an hour gets that hour."""
    whole = read("slots")
    hour = Interval(whole[0].start, whole[1].start)
    call = WIRES.slots.find(replace(WISH, window=hour), length=HALF, ask_length=False)

    assert call.read(sample("slots")) == whole[:1]
