from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from calendly_samples import API, EVENT, sample

from bot.errors import Refused
from bot.gateway.calendly.changes import decode_change
from bot.scheduling.models import BookingChange, ChangeKind

NOW = datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC)


def signature(body: bytes, *, secret: str = "right", at: datetime = NOW) -> str:
    sent_at = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"{sent_at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={sent_at},v1={digest}"


def deliver(case: str) -> BookingChange | None:
    return read(sample("deliveries", case))


def read(delivery: object) -> BookingChange | None:
    body = json.dumps(delivery).encode()
    return decode_change({"Calendly-Webhook-Signature": signature(body)}, body, secrets=("right",), now=NOW)


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        ("booked", ChangeKind.BOOKED),
        ("moved", ChangeKind.MOVED),
        ("canceled", ChangeKind.CANCELLED),
        ("left-a-group", ChangeKind.OTHER),
        ("no-show", ChangeKind.NO_SHOW),
    ],
)
def test_a_delivery_is_news_of_its_booking(case: str, kind: ChangeKind) -> None:
    change = deliver(case)

    assert change is not None
    assert (change.kind, change.booking) == (kind, EVENT)
    assert change.occurred_at == datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC)


def test_a_move_names_the_booking_it_replaces() -> None:
    change = deliver("moved")

    assert change is not None
    assert change.previous == f"{API}/scheduled_events/EOLD"


def test_the_cancellation_inside_a_move_is_the_move() -> None:
    change = deliver("canceled-by-a-move")

    assert change is not None
    assert (change.kind, change.booking, change.previous) == (ChangeKind.MOVED, f"{API}/scheduled_events/ENEW", EVENT)


def test_the_two_deliveries_of_a_move_are_the_same_news() -> None:
    cancelled = sample("deliveries", "canceled-by-a-move")
    created = sample("deliveries", "moved")
    created["payload"] |= {"uri": cancelled["payload"]["new_invitee"], "old_invitee": cancelled["payload"]["uri"]}
    created["payload"]["event"] = f"{API}/scheduled_events/ENEW"

    assert read(cancelled) == read(created)


def test_a_cancellation_carries_its_reason() -> None:
    change = deliver("canceled")

    assert change is not None
    assert change.reason == "ill"


@pytest.mark.parametrize("case", ["routing-form"])
def test_what_is_not_about_a_booking_is_nothing(case: str) -> None:
    assert deliver(case) is None


def test_the_same_news_has_the_same_key_and_other_news_another() -> None:
    keys = {case: change.key for case in ("booked", "canceled", "no-show") if (change := deliver(case))}

    assert deliver("booked") == deliver("booked")
    assert len(set(keys.values())) == 3


BODY = b'{"event":"invitee.created","payload":{}}'
GOOD = signature(BODY)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "v1=abc",
        "t=,v1=abc",
        "t=soon,v1=abc",
        GOOD.split(",")[0],
        GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1"),
        GOOD.replace("v1=", "v0="),
        "t=²,v1=é",
        signature(BODY, secret="wrong"),
        signature(BODY, at=NOW - timedelta(seconds=181)),
        signature(BODY, at=NOW + timedelta(seconds=181)),
    ],
)
def test_a_delivery_with_a_bad_signature_is_refused(header: str) -> None:
    with pytest.raises(Refused) as caught:
        decode_change({"calendly-webhook-signature": header}, BODY, secrets=("right",), now=NOW)

    assert caught.value.code == "signature"


@pytest.mark.parametrize("secrets", [(), ("",)])
def test_without_a_secret_nothing_is_believed(secrets: tuple[str, ...]) -> None:
    header = signature(BODY, secret="")

    with pytest.raises(Refused):
        decode_change({"calendly-webhook-signature": header}, BODY, secrets=secrets, now=NOW)


def test_one_of_several_signatures_and_secrets_is_enough() -> None:
    body = json.dumps(sample("deliveries", "booked")).encode()
    header = signature(body).replace(",v1=", ",v1=00ff, v1=")

    assert decode_change({"calendly-webhook-signature": header}, body, secrets=("old", "right"), now=NOW)


def test_a_signature_within_the_tolerance_is_fresh() -> None:
    body = json.dumps(sample("deliveries", "booked")).encode()
    header = signature(body, at=NOW - timedelta(seconds=179))

    assert decode_change({"calendly-webhook-signature": header}, body, secrets=("right",), now=NOW)


@pytest.mark.parametrize(
    "body", [b"", b"not json", b"[]", b"\xff\xfe", b'{"event":"invitee.created"}', BODY, b"[" * 100_000]
)
def test_a_signed_delivery_of_another_shape_is_refused(body: bytes) -> None:
    with pytest.raises(Refused) as caught:
        decode_change({"calendly-webhook-signature": signature(body)}, body, secrets=("right",), now=NOW)

    assert caught.value.code == "shape"
