"""Subscriptions and what they are sent."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from sandbox_world import NOW, Caller, calling, told

from bot.sandbox import create_sandbox
from bot.sandbox.deliveries import deliver
from bot.sandbox.world.exchange import Delivery

URL = "https://bot.example.com/hook"
EVERYTHING = [
    "BOOKING_CREATED",
    "BOOKING_REQUESTED",
    "BOOKING_RESCHEDULED",
    "BOOKING_CANCELLED",
    "BOOKING_REJECTED",
    "BOOKING_NO_SHOW_UPDATED",
]


async def subscribe(caller: Caller, path: str = "/v2/webhooks", **fields: Any) -> Any:
    body = {"active": True, "subscriberUrl": URL, "triggers": EVERYTHING, "secret": "whsec-1", **fields}
    response = await caller.call("POST", path, body=body)
    assert response.status_code == 201, response.text
    return response.json()["data"]


async def heard(caller: Caller) -> list[dict[str, Any]]:
    await caller.app.settle()
    return [json.loads(delivery.body) for delivery in caller.deliveries]


async def test_every_change_of_a_booking_is_told_once() -> None:
    async with calling() as caller:
        await subscribe(caller)
        kind = await caller.make_type()
        ask = await caller.make_type(slug="ask", confirmationPolicy={"type": "always"})
        old = await caller.book(kind["id"], "2026-11-24T09:00:00Z", metadata={"clientRef": "r-1"})
        new = (await caller.change(old["uid"], "reschedule", {"start": "2026-11-24T11:00:00Z"})).json()["data"]
        await caller.change(new["uid"], "cancel", {"cancellationReason": "Ill"})
        one, two = [await caller.book(ask["id"], f"2026-11-25T{hour}:00:00Z") for hour in ("09", "11")]
        await caller.change(one["uid"], "confirm")
        await caller.change(two["uid"], "decline", {"reason": "Full"})
        caller.clock.forward(timedelta(days=6))
        await caller.change(one["uid"], "mark-absent", {"attendees": [{"email": "ben@example.org", "absent": True}]})
        news = await heard(caller)

    assert [(each["triggerEvent"], each["payload"].get("status")) for each in news] == [
        ("BOOKING_CREATED", "ACCEPTED"),
        ("BOOKING_RESCHEDULED", "ACCEPTED"),
        ("BOOKING_CANCELLED", "CANCELLED"),
        ("BOOKING_REQUESTED", "PENDING"),
        ("BOOKING_REQUESTED", "PENDING"),
        ("BOOKING_CREATED", "ACCEPTED"),
        ("BOOKING_REJECTED", "REJECTED"),
        ("BOOKING_NO_SHOW_UPDATED", None),
    ]
    created, moved, cancelled = (each["payload"] for each in news[:3])
    assert created["metadata"] == {"clientRef": "r-1"}
    assert (moved["uid"], moved["rescheduleUid"]) == (new["uid"], old["uid"])
    assert moved["rescheduleStartTime"] == "2026-11-24T09:00:00Z"
    assert "metadata" not in cancelled
    assert news[6]["payload"]["rejectionReason"] == "Full"
    assert news[7]["payload"]["attendees"] == [{"email": "ben@example.org", "noShow": True}]


async def test_the_signature_is_over_the_raw_body() -> None:
    async with calling() as caller:
        await subscribe(caller)
        await subscribe(caller, subscriberUrl=f"{URL}/2", secret=None)
        await caller.book((await caller.make_type())["id"], "2026-11-24T09:00:00Z")
        await caller.app.settle()

    signed, unsigned = caller.deliveries
    assert signed.headers["x-cal-signature-256"] == hmac.new(b"whsec-1", signed.body, hashlib.sha256).hexdigest()
    assert unsigned.headers["x-cal-signature-256"] == "no-secret-provided"


async def test_only_active_subscriptions_to_that_news_hear_it() -> None:
    async with calling() as caller:
        kind, other = await caller.make_type(), await caller.make_type(slug="other")
        await subscribe(caller, active=False)
        await subscribe(caller, subscriberUrl=f"{URL}/cancelled", triggers=["BOOKING_CANCELLED"])
        await subscribe(caller, f"/v2/event-types/{other['id']}/webhooks")
        await caller.book(kind["id"], "2026-11-24T09:00:00Z")

        assert await heard(caller) == []


async def test_a_call_that_was_not_carried_out_tells_nobody() -> None:
    async with calling() as caller:
        await subscribe(caller)
        kind = await caller.make_type()
        await caller.call("POST", "/_faults", body=[{"kind": "status", "path": "/v2/bookings"}])
        await caller.try_to_book(kind["id"], "2026-11-24T09:00:00Z")

        assert await heard(caller) == []


async def test_a_subscription_is_its_owners_to_read_change_and_delete() -> None:
    async with calling() as caller:
        made = await subscribe(caller)
        path = f"/v2/webhooks/{made['id']}"
        foreign = await caller.get(path, key="cal_other")
        changed = await caller.call("PATCH", path, body={"active": False, "triggers": ["BOOKING_CREATED"]})
        read = (await caller.get(path)).json()["data"]
        gone = [await caller.call("DELETE", path) for _ in range(2)]

    assert foreign.status_code == 403
    assert changed.json()["data"]["active"] is False
    assert (read["triggers"], read["secret"]) == (["BOOKING_CREATED"], "whsec-1")
    assert [answer.status_code for answer in gone] == [200, 404]
    assert told(gone[1]) == f"Webhook ({made['id']}) not found"


async def test_subscriptions_of_a_type_are_a_list_of_their_own() -> None:
    async with calling() as caller:
        kind = await caller.make_type()
        path = f"/v2/event-types/{kind['id']}/webhooks"
        made = await subscribe(caller, path)
        listed = [(await caller.get(where)).json()["data"] for where in (path, "/v2/webhooks")]
        foreign = await caller.get(path, key="cal_other")
        read = await caller.get(f"{path}/{made['id']}")
        await caller.call("DELETE", path)
        empty = (await caller.get(path)).json()["data"]

    assert [[hook["id"] for hook in hooks] for hooks in listed] == [[made["id"]], []]
    assert (foreign.status_code, read.status_code, empty) == (403, 200, [])


REFUSALS: list[tuple[dict[str, Any], int, str]] = [
    ({"subscriberUrl": "bot"}, 400, "Webhook URL is not allowed: Invalid URL format"),
    ({"triggers": ["BOOKING_CONFIRMED"]}, 400, "Bad Request Exception"),
    ({"active": "yes"}, 400, "Bad Request Exception"),
    ({}, 409, "Webhook with this subscriber url already exists for this user"),
]


@pytest.mark.parametrize(("fields", "status", "text"), REFUSALS)
async def test_a_subscription_that_cannot_be_is_refused(fields: dict[str, Any], status: int, text: str) -> None:
    async with calling() as caller:
        await subscribe(caller)
        body = {"active": True, "subscriberUrl": URL, "triggers": ["BOOKING_CREATED"], **fields}
        response = await caller.call("POST", "/v2/webhooks", body=body)

    assert (response.status_code, told(response)) == (status, text)


async def test_news_goes_out_over_http_and_a_deaf_subscriber_is_passed_over() -> None:
    received: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(
            next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")).split(b":")[1]
        )
        received.append(head + await reader.readexactly(length))
        writer.write(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(listen, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        await deliver(Delivery(url=f"http://127.0.0.1:{port}/hook?x=1", headers={"x-one": "1"}, body=b"{}"))
    await deliver(Delivery(url=f"http://127.0.0.1:{port}/hook", headers={}, body=b"{}"))

    assert len(received) == 1
    assert received[0].startswith(b"POST /hook?x=1 HTTP/1.1\r\n")
    assert b"x-one: 1" in received[0]


async def test_a_world_without_subscribers_sends_nothing() -> None:
    app = create_sandbox(seed=1, now=NOW)

    await app.settle()

    assert app.world.news == []
