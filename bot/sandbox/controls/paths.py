"""The sandbox's own switches, beside everything that imitates a service.

| call | does |
|---|---|
| `GET /_log`, `DELETE /_log` | every call and answer so far; forget them |
| `GET /_faults`, `POST /_faults`, `DELETE /_faults` | the rules in force; other rules (JSON or TOML); none |
| `GET /_world` | all bookings and holds |
| `GET /_clock`, `POST /_clock` | the world's time; `{"now": ISO}` or `{"advance_seconds": n}` moves it |
| `POST /_limits` | `{"calls": 120, "window_seconds": 60, "block_seconds": 60, "gateway_per_second": 10}` |
| `POST /_grants` | `{"connection_id": …, "is_broken": true}`: the grant behind a connection dies |
| | `{"are_ended": true}`: every token that was given by consent ends |
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox.controls.faults import Faults, parse_faults
from bot.sandbox.world.exchange import Answer, iso_milliseconds
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.connections import Connections
    from bot.sandbox.consents import Consents
    from bot.sandbox.controls.record import Record
    from bot.sandbox.world.calendar import Booking, Hold, World
    from bot.sandbox.world.throttle import Throttle


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """Everything that can be switched."""

    world: World
    faults: Faults
    record: Record
    throttle: Throttle
    gateway_throttle: Throttle
    connections: Connections
    consents: Consents

    def serves(self, path: str) -> bool:
        """Whether the path is a switch."""
        return path.startswith("/_")

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        """The switch's answer; 404 where there is none, 400 with the reason where the body is wrong."""
        switches: dict[tuple[str, str], Callable[[bytes], Any]] = {
            ("GET", "/_log"): lambda _: self.record.shape(),
            ("DELETE", "/_log"): lambda _: self.record.entries.clear(),
            ("GET", "/_faults"): lambda _: self._rules(),
            ("POST", "/_faults"): self._set_faults,
            ("DELETE", "/_faults"): lambda _: self.faults.replace(()),
            ("GET", "/_world"): lambda _: self._tables(),
            ("GET", "/_clock"): lambda _: {"now": iso_milliseconds(self.world.now())},
            ("POST", "/_clock"): self._set_clock,
            ("POST", "/_limits"): self._set_limits,
            ("POST", "/_grants"): self._set_grant,
        }
        switch = switches.get((method, path.rstrip("/")))
        if switch is None:
            return Answer(status=404, body={"error": f"there is no switch {method} {path}"})
        try:
            found = switch(body)
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            return Answer(status=400, body={"error": str(error)})
        return Answer(status=204) if found is None else Answer(body=found)

    def _rules(self) -> list[dict[str, Any]]:
        return [rule.model_dump(mode="json", exclude_defaults=True) for rule in self.faults.rules]

    def _set_faults(self, body: bytes) -> list[dict[str, Any]]:
        self.faults.replace(parse_faults(body.decode()))
        return self._rules()

    def _set_clock(self, body: bytes) -> dict[str, Any]:
        wanted = json.loads(body)
        if "now" in wanted:
            instant = datetime.fromisoformat(wanted["now"])
            if instant.tzinfo is None:
                raise ValueError(f"now {wanted['now']!r} has no zone")
            self.world.shift += instant.astimezone(UTC) - self.world.now()
        else:
            self.world.shift += timedelta(seconds=float(wanted["advance_seconds"]))
        return {"now": iso_milliseconds(self.world.now())}

    def _set_limits(self, body: bytes) -> None:
        wanted = json.loads(body)
        if "calls" in wanted:
            window, block = wanted.get("window_seconds", 60), wanted.get("block_seconds", 60)
            self.throttle.reset(
                limit=int(wanted["calls"]), window=timedelta(seconds=window), block=timedelta(seconds=block)
            )
        if "gateway_per_second" in wanted:
            second = timedelta(seconds=1)
            self.gateway_throttle.reset(limit=int(wanted["gateway_per_second"]), window=second, block=second)

    def _set_grant(self, body: bytes) -> None:
        wanted = json.loads(body)
        if wanted.get("are_ended"):
            self.consents.end()
        elif not self.connections.break_grant(wanted["connection_id"], is_broken=bool(wanted.get("is_broken", True))):
            raise ValueError("there is no such connection")

    def _tables(self) -> dict[str, Any]:
        world = self.world
        return {
            "now": iso_milliseconds(world.now()),
            "bookings": [_booking(world, booking) for booking in world.bookings.values()],
            "holds": [_hold(hold) for hold in world.live_holds()],
        }


def _booking(world: World, booking: Booking) -> dict[str, Any]:
    return {
        "uid": booking.uid,
        "app": world.accounts[booking.hosts[0]].app,
        "hosts": [world.accounts[host].email for host in booking.hosts],
        "event_type": booking.event_type,
        "start": iso_milliseconds(booking.start),
        "end": iso_milliseconds(booking.end),
        "state": booking.state.value,
        "attendees": [guest.email for guest in booking.guests],
        "metadata": dict(booking.metadata),
        "moved_from": booking.moved_from,
        "moved_to": booking.moved_to,
        "created_at": iso_milliseconds(booking.created_at),
    }


def _hold(hold: Hold) -> dict[str, Any]:
    return {
        "uid": hold.uid,
        "event_type": hold.event_type,
        "start": iso_milliseconds(hold.start),
        "end": iso_milliseconds(hold.end),
        "expires_at": iso_milliseconds(hold.expires_at),
    }
