"""Calendly's webhook deliveries: is it really theirs and fresh, and what does it say of a booking.

Signature: https://developer.calendly.com/api-docs/4c305798a61d3-webhook-signatures. It covers the raw bytes, so the body is
parsed only after the check. A subscription made by an OAuth application is signed with that application's key; whoever
does not have it cannot check anything and must not trust the delivery.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.errors import ProviderChanged, Refused
from bot.gateway.calendly.reading import event_uri
from bot.gateway.calendly.shapes import Delivery, Invitee, ScheduledEvent, read_shape
from bot.scheduling.models import BookingChange, ChangeKind
from bot.scheduling.times import as_instant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIGNATURE_HEADER = "calendly-webhook-signature"
TOLERANCE = timedelta(seconds=180)


def decode_change(
    headers: Mapping[str, str], body: bytes, *, secrets: Sequence[str], now: datetime
) -> BookingChange | None:
    """The change that a delivery tells, None for news that are not about a booking. See `ChangeDecoder`."""
    check_signature(_header(headers), body, secrets=secrets, now=now)
    try:
        delivery = read_shape(Delivery, json.loads(body), where="delivery")
        return read_change(delivery)
    except (ValueError, RecursionError) as error:
        raise Refused("the delivery is not JSON", code="shape") from error
    except ProviderChanged as error:
        raise Refused(f"the delivery lacks {error.field}", code="shape") from error


def check_signature(header: str, body: bytes, *, secrets: Sequence[str], now: datetime) -> None:
    """Raise `Refused` unless one of the secrets signed these bytes within the tolerance."""
    parts = [part.strip().partition("=") for part in header.split(",")]
    sent_at = next((value for name, _, value in parts if name == "t"), "")
    given = [value.encode() for name, _, value in parts if name == "v1"]
    if not sent_at.isdecimal() or not given:
        raise Refused("the delivery is not signed", code="signature")
    if abs(now.timestamp() - int(sent_at[:15])) > TOLERANCE.total_seconds():
        raise Refused("the delivery's signature is too old or from the future", code="signature")
    expected = [_sign(secret, sent_at, body) for secret in secrets if secret]
    if not any([hmac.compare_digest(right, one) for right in expected for one in given]):  # noqa: C419  no short cut
        raise Refused("the delivery's signature does not fit", code="signature")


def read_change(delivery: Delivery) -> BookingChange | None:
    """What a checked delivery says.

    A move reaches us twice, as an invitee cancelled and as one created. Both read as the same news, so that it is told once,
    and never as a cancellation, whichever of the two is subscribed or comes first.
    """
    is_no_show = delivery.event.startswith("invitee_no_show.")
    if delivery.event not in {"invitee.created", "invitee.canceled"} and not is_no_show:
        return None
    invitee = read_shape(Invitee, delivery.payload, where="payload")
    old, new = _moved(delivery, invitee)
    if new:
        key, kind = f"invitee.moved {old} {new}", ChangeKind.MOVED
    else:
        key, kind = _key(delivery, invitee), _kind(delivery)
    return BookingChange(
        key=key,
        kind=kind,
        booking=event_uri(new) or invitee.event,
        previous=event_uri(old),
        occurred_at=as_instant(delivery.created_at) if delivery.created_at else None,
        reason=invitee.cancellation.reason if invitee.cancellation else "",
    )


def _moved(delivery: Delivery, invitee: Invitee) -> tuple[str, str]:
    """The invitee before and after a move; empty for other news."""
    if delivery.event == "invitee.created" and invitee.old_invitee:
        return invitee.old_invitee, invitee.uri
    if delivery.event == "invitee.canceled" and invitee.rescheduled and invitee.new_invitee:
        return invitee.uri, invitee.new_invitee
    return "", ""


def _kind(delivery: Delivery) -> ChangeKind:
    match delivery.event:
        case "invitee.created":
            return ChangeKind.BOOKED
        case "invitee.canceled":
            return ChangeKind.OTHER if _event_stands(delivery) else ChangeKind.CANCELLED
        case "invitee_no_show.created":
            return ChangeKind.NO_SHOW
        case _:
            return ChangeKind.OTHER


def _event_stands(delivery: Delivery) -> bool:
    """Whether one invitee of a group left a meeting that takes place all the same."""
    event = delivery.payload.get("scheduled_event")
    return isinstance(event, dict) and read_shape(ScheduledEvent, event, where="scheduled_event").status == "active"


def _key(delivery: Delivery, invitee: Invitee) -> str:
    return f"{delivery.event} {invitee.uri} {delivery.payload.get('updated_at') or ''}".rstrip()


def _header(headers: Mapping[str, str]) -> str:
    return next((value for name, value in headers.items() if name.lower() == SIGNATURE_HEADER), "")


def _sign(secret: str, sent_at: str, body: bytes) -> bytes:
    return hmac.new(secret.encode(), sent_at.encode() + b"." + body, hashlib.sha256).hexdigest().encode()
