"""Cal.com's webhook deliveries: are they really theirs, and what do they say of a booking.

https://cal.com/docs/core-features/webhooks. The signature is the hex HMAC-SHA256 of the raw body; the body is parsed only
after the check. A hook without a secret says so in that header, and scheduled triggers send none: neither is believed. There
is no timestamp, so a delivery can be replayed: its `key` is claimed once, and the booking is read again before anybody is told.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import TYPE_CHECKING, Any

from bot.errors import Refused
from bot.gateway.calcom.wire import parse_instant
from bot.scheduling.models import BookingChange, ChangeKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

SIGNATURE_HEADER = "x-cal-signature-256"
LARGEST = 1_000_000
_HALF = re.compile("[\ud800-\udfff]")
KINDS = {
    "BOOKING_CREATED": ChangeKind.BOOKED,
    "BOOKING_CONFIRMED": ChangeKind.BOOKED,
    "BOOKING_REQUESTED": ChangeKind.REQUESTED,
    "BOOKING_RESCHEDULED": ChangeKind.MOVED,
    "BOOKING_CANCELLED": ChangeKind.CANCELLED,
    "BOOKING_REJECTED": ChangeKind.REJECTED,
    "BOOKING_NO_SHOW_UPDATED": ChangeKind.NO_SHOW,
    "MEETING_STARTED": ChangeKind.STARTED,
    "MEETING_ENDED": ChangeKind.ENDED,
    "BOOKING_PAID": ChangeKind.OTHER,
    "BOOKING_PAYMENT_INITIATED": ChangeKind.OTHER,
}


def decode_change(
    headers: Mapping[str, str], body: bytes, *, secrets: Sequence[str], now: datetime
) -> BookingChange | None:
    """The change that a delivery tells, None for news that are not about a booking. See `ChangeDecoder`."""
    _ = now
    check_signature(_header(headers), body, secrets=secrets)
    try:
        delivery = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused("the delivery is not JSON", code="shape") from error
    if not isinstance(delivery, dict):
        raise Refused("the delivery is not an object", code="shape")
    return read_change(delivery)


def check_signature(given: str, body: bytes, *, secrets: Sequence[str]) -> None:
    """Raise `Refused` unless one of the secrets signed these bytes."""
    if len(body) > LARGEST:
        raise Refused("the delivery is too large", code="size")
    signature = given.strip().removeprefix("sha256=").encode()
    expected = [hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode() for secret in secrets if secret]
    if not any([hmac.compare_digest(right, signature) for right in expected]):  # noqa: C419  no short cut
        raise Refused("the delivery's signature does not fit", code="signature")


def read_change(delivery: Mapping[str, Any]) -> BookingChange | None:
    """What a checked delivery says. Meetings that begin or end come flat, without a payload."""
    trigger = _text(delivery, "triggerEvent")
    kind = KINDS.get(trigger)
    if kind is None:
        return None
    inner = delivery.get("payload")
    payload: Mapping[str, Any] = inner if isinstance(inner, dict) else delivery
    uid = _text(payload, "uid") or _text(payload, "bookingUid")
    if not uid:
        raise Refused("the delivery names no booking", code="shape")
    previous = _text(payload, "rescheduleUid") if kind is ChangeKind.MOVED else ""
    made = _text(delivery, "createdAt") or _text(payload, "startTime")
    return BookingChange(
        key=hashlib.sha256(f"{trigger}|{uid}|{previous}|{made}".encode()).hexdigest()[:32],
        kind=kind,
        booking=uid,
        previous=previous,
        occurred_at=_instant(_text(delivery, "createdAt")),
        reason=_reason(kind, payload),
        old_start=_instant(_text(payload, "rescheduleStartTime")) if kind is ChangeKind.MOVED else None,
    )


def _reason(kind: ChangeKind, payload: Mapping[str, Any]) -> str:
    """A created booking carries a meaningless reason, so only an end has one."""
    if kind is ChangeKind.REJECTED:
        return _text(payload, "rejectionReason")[:500]
    return _text(payload, "cancellationReason")[:500] if kind is ChangeKind.CANCELLED else ""


def _header(headers: Mapping[str, str]) -> str:
    return next((value for name, value in headers.items() if name.lower() == SIGNATURE_HEADER), "")


def _text(data: Mapping[str, Any], key: str) -> str:
    """That field; empty when it is no text, or one with half a character, which no database and no address can hold."""
    value = data.get(key)
    return value if isinstance(value, str) and not _HALF.search(value) else ""


def _instant(text: str) -> datetime | None:
    try:
        return parse_instant(text) if text else None
    except (ValueError, OverflowError):
        return None
