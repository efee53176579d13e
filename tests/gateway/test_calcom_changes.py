from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from gateway_fakes import NOW
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refused
from bot.gateway.calcom import decode_change
from bot.scheduling.models import BookingChange, ChangeKind

SECRET = "a-secret-of-our-own"
CREATED = {
    "triggerEvent": "BOOKING_CREATED",
    "createdAt": "2026-03-02T09:00:00.538Z",
    "payload": {
        "uid": "new-uid",
        "startTime": "2026-03-03T09:30:00Z",
        "cancellationReason": "N/A",
        "status": "ACCEPTED",
    },
}
RECORDINGS = Path(__file__).parents[3] / "shared/recordings/calcom"


def sign(body: bytes, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def decode(data: Any, *, header: str | None = None, secrets: tuple[str, ...] = (SECRET,)) -> BookingChange | None:
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    headers = {"X-Cal-Signature-256": sign(body) if header is None else header}
    return decode_change(headers, body, secrets=secrets, now=NOW)


def change(trigger: str, **payload: Any) -> BookingChange:
    found = decode({"triggerEvent": trigger, "createdAt": "2026-03-02T09:00:00Z", "payload": {"uid": "u", **payload}})
    assert found is not None
    return found


def test_a_signed_delivery_is_read() -> None:
    found = decode(CREATED)

    assert found is not None
    assert (found.kind, found.booking, found.reason) == (ChangeKind.BOOKED, "new-uid", "")
    assert found.occurred_at == datetime(2026, 3, 2, 9, 0, 0, 538000, tzinfo=UTC)


@pytest.mark.parametrize("header", ["", "no-secret-provided", "0" * 64, "sha256=", sign(b"other"), "ünicode"])
def test_an_unsigned_or_wrongly_signed_delivery_is_refused(header: str) -> None:
    with pytest.raises(Refused):
        decode(CREATED, header=header)


def test_without_a_secret_of_ours_nothing_is_believed() -> None:
    with pytest.raises(Refused):
        decode(CREATED, secrets=())
    with pytest.raises(Refused):
        decode(CREATED, secrets=("",), header=sign(json.dumps(CREATED).encode(), ""))


def test_any_of_several_secrets_will_do_and_a_prefix_too() -> None:
    body = json.dumps(CREATED).encode()

    assert decode(body, secrets=("older", SECRET), header=f"sha256={sign(body)}") is not None


def test_the_signature_covers_the_raw_bytes() -> None:
    spaced = json.dumps(CREATED, indent=3).encode()

    assert decode(spaced) is not None
    with pytest.raises(Refused):
        decode(spaced, header=sign(json.dumps(CREATED).encode()))


@pytest.mark.parametrize(
    ("trigger", "kind"),
    [
        ("BOOKING_REQUESTED", ChangeKind.REQUESTED),
        ("BOOKING_CANCELLED", ChangeKind.CANCELLED),
        ("BOOKING_REJECTED", ChangeKind.REJECTED),
        ("BOOKING_PAID", ChangeKind.OTHER),
    ],
)
def test_triggers_become_our_kinds(trigger: str, kind: ChangeKind) -> None:
    assert change(trigger).kind is kind


def test_a_move_names_the_booking_it_replaces() -> None:
    moved = change("BOOKING_RESCHEDULED", rescheduleUid="old-uid", rescheduleStartTime="2026-03-03T09:30:00Z")

    assert (moved.booking, moved.previous, moved.old_start) == ("u", "old-uid", datetime(2026, 3, 3, 9, 30, tzinfo=UTC))


def test_reasons_are_taken_from_where_they_mean_something() -> None:
    assert change("BOOKING_CANCELLED", cancellationReason="ill").reason == "ill"
    assert change("BOOKING_REJECTED", rejectionReason="away").reason == "away"
    assert change("BOOKING_CREATED", cancellationReason="N/A").reason == ""


def test_absence_names_its_booking_otherwise() -> None:
    found = decode({"triggerEvent": "BOOKING_NO_SHOW_UPDATED", "createdAt": "x", "payload": {"bookingUid": "b1"}})

    assert found is not None
    assert (found.kind, found.booking, found.occurred_at) == (ChangeKind.NO_SHOW, "b1", None)


def test_a_meeting_that_begins_comes_flat() -> None:
    found = decode({"triggerEvent": "MEETING_STARTED", "uid": "b1", "startTime": "2026-03-03T09:30:00Z"})

    assert found is not None
    assert (found.kind, found.booking) == (ChangeKind.STARTED, "b1")


def test_two_deliveries_of_the_same_news_have_one_key() -> None:
    first, again = decode(CREATED), decode({**CREATED, "added": 1})
    other = decode({**CREATED, "createdAt": "2026-03-02T09:00:01Z"})

    assert first is not None
    assert again is not None
    assert other is not None
    assert first.key == again.key != other.key


def test_news_that_are_not_about_a_booking_are_none() -> None:
    assert decode({"triggerEvent": "FORM_SUBMITTED", "payload": {}}) is None
    assert decode({"triggerEvent": "SOMETHING_NEW", "payload": {"uid": "u"}}) is None


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{", b"\xff", b'{"triggerEvent":"BOOKING_CREATED"}', b"1" * 2_000_000]
)
def test_a_signed_but_unreadable_delivery_is_refused(body: bytes) -> None:
    with pytest.raises(Refused):
        decode(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["triggerEvent", "payload", "uid", "createdAt", "bookingUid"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@given(JSON, st.sampled_from(["BOOKING_CREATED", "BOOKING_RESCHEDULED", "MEETING_ENDED", "X"]))
def test_no_delivery_breaks_the_reader(data: Any, trigger: str) -> None:
    for body in (data, {"triggerEvent": trigger, "payload": data, "createdAt": data}):
        try:
            decode(body)
        except Refused:
            continue


def test_half_a_character_in_a_delivery_is_no_booking() -> None:
    half = json.loads('"\\ud800"')

    with pytest.raises(Refused):
        decode({"triggerEvent": "BOOKING_CREATED", "payload": {"uid": half}})
    moved = decode(
        {"triggerEvent": "BOOKING_RESCHEDULED", "createdAt": half, "payload": {"uid": "u1", "rescheduleUid": half}}
    )

    assert moved is not None
    assert (moved.booking, moved.previous) == ("u1", "")


@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not beside this checkout")
@pytest.mark.parametrize("path", sorted(RECORDINGS.glob("webhook-*.json")), ids=lambda path: path.stem)
def test_recorded_deliveries_are_read(path: Path) -> None:
    recorded = json.loads(path.read_text(encoding="utf-8"))
    secret = recorded["note"].split("'")[1]

    found = decode_change(recorded["headers"], recorded["raw_body"].encode(), secrets=[secret], now=NOW)

    assert found is not None
    assert found.booking
    assert found.kind is not ChangeKind.OTHER
