"""The recorded tour, played against the bare world: what differs is listed here with its reason."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from sandbox_replay import Replay, key_paths

from bot.sandbox import create_sandbox

if TYPE_CHECKING:
    from bot.sandbox.world.exchange import Delivery

TOUR = Path(__file__).parents[2].parent / "shared" / "recordings" / "calcom"
START = datetime(2026, 11, 20, 23, 30, 31, tzinfo=UTC)

_SET_BACK = "the recorder set the booking back by two hours in the database, which no caller can"
_OTHER_INSTANCE = "recorded on a second instance with a limit of three calls; here a switch sets the limit"
EXPECTED_DIFFERENCES = {
    ("258-mark-absent-past.json", "status"): _SET_BACK,
    ("258-mark-absent-past.json", "keys"): _SET_BACK,
    ("258-mark-absent-past.json", "text"): _SET_BACK,
    ("259-cancel-past.json", "status"): _SET_BACK,
    ("259-cancel-past.json", "keys"): _SET_BACK,
    ("259-cancel-past.json", "text"): _SET_BACK,
    ("260-reschedule-past-booking.json", "status"): _SET_BACK,
    ("260-reschedule-past-booking.json", "keys"): _SET_BACK,
    ("260-reschedule-past-booking.json", "text"): _SET_BACK,
    ("300-rate-limited.json", "status"): _OTHER_INSTANCE,
    ("300-rate-limited.json", "keys"): _OTHER_INSTANCE,
    ("300-rate-limited.json", "text"): _OTHER_INSTANCE,
    (
        "154-booking-create-legacy-unknown-event-type.json",
        "text",
    ): "quotes the source code of the service; ours is short",
    ("224-mark-absent.json", "text"): "names the present instant",
}

pytestmark = pytest.mark.skipif(not TOUR.is_dir(), reason="the recorded tour is not beside this checkout")


async def play(deliveries: list[dict[str, Any]]) -> Replay:
    async def send(delivery: Delivery) -> None:
        deliveries.append(json.loads(delivery.body))

    exchanges = [(file.name, json.loads(file.read_text("utf-8"))) for file in sorted(TOUR.glob("[0-9]*.json"))]
    app = create_sandbox(seed=0, now=START, send=send)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://sandbox", trust_env=False
    ) as client:
        replay = Replay(client)
        for name, exchange in exchanges:
            await replay.play(name, exchange)
    await app.settle()
    return replay


async def test_the_tour_comes_out_as_recorded_but_for_the_listed_differences() -> None:
    replay = await play([])

    found = {(difference.name, difference.what): difference for difference in replay.differences}
    unexpected = [difference for key, difference in found.items() if key not in EXPECTED_DIFFERENCES]
    assert unexpected == []
    assert set(EXPECTED_DIFFERENCES) == set(found)
    assert _share(replay, "status") >= 0.98
    assert _share(replay, "keys") >= 0.98


def _share(replay: Replay, what: str) -> float:
    return 1 - sum(difference.what == what for difference in replay.differences) / replay.count


async def test_subscribers_are_told_in_the_recorded_shapes() -> None:
    deliveries: list[dict[str, Any]] = []
    replay = await play(deliveries)

    for file in sorted(TOUR.glob("webhook-*.json")):
        recorded = json.loads(json.loads(file.read_text(encoding="utf-8"))["raw_body"])
        uid = recorded["payload"].get("uid")
        if uid is None:
            continue  # the absence of the booking that was set back
        twins = [
            delivery
            for delivery in deliveries
            if delivery["triggerEvent"] == recorded["triggerEvent"] and delivery["payload"]["uid"] == replay.ids[uid]
        ]
        assert twins, file.name
        assert set(key_paths(twins[0])) == set(key_paths(recorded)), file.name
