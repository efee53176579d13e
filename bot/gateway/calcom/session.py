"""Calls over one account's `Api`, in the shapes that the host turns out to speak.

A host, or a gateway before it, may drop the version header; then everything has the shapes of April 2024. It shows in an
answer's shape or in a 404 `Cannot …`. One odd answer may come from anything on the way, so the host is asked again before the
session turns to the old wire code; and a host that was taken for old is asked anew after a while, because hosts are updated.
"""

from __future__ import annotations

import asyncio
from dataclasses import field
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.errors import ProviderChanged, Uncertain
from bot.gateway.calcom.hosting.wire import HostingWire
from bot.gateway.calcom.refusals import refusal
from bot.gateway.calcom.wire import OldShape, Versions
from bot.gateway.calcom.wire_account import AccountWire
from bot.gateway.calcom.wire_bookings import BookingsWire
from bot.gateway.calcom.wire_event_types import EventTypesWire
from bot.gateway.calcom.wire_schedules import SchedulesWire
from bot.gateway.calcom.wire_slots import SlotsWire
from bot.logs import get_logger
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.gateway.calcom.legacy.wire import LegacyBookings, LegacyEventTypes, LegacySchedules, LegacySlots
    from bot.gateway.calls import ApiAnswer, Call
    from bot.gateway.client import Api
    from bot.scheduling.claims import Claimed

T = TypeVar("T")
log = get_logger(__name__)

ASK_AGAIN_SECONDS = 15 * 60.0
"""A host that was taken for old is asked anew this much later; one light read a quarter of an hour."""
_ANSWERS_NEEDED = 2
"""Answers in old shapes, beside each other, before a host counts as old."""
_VERSIONED = ("bookings.", "slots.", "holds.", "event_types.", "schedules.")


@dataclass(frozen=True, slots=True)
class Wires:
    """The wire code of one dialect."""

    bookings: BookingsWire | LegacyBookings
    slots: SlotsWire | LegacySlots
    event_types: EventTypesWire | LegacyEventTypes
    schedules: SchedulesWire | LegacySchedules
    account: AccountWire
    hosting: HostingWire
    is_legacy: bool = False


def current_wires(versions: Versions) -> Wires:
    """Today's shapes, with a version pinned for each family."""
    return Wires(
        BookingsWire(versions),
        SlotsWire(versions),
        EventTypesWire(versions),
        SchedulesWire(versions),
        AccountWire(versions),
        HostingWire(versions),
    )


def legacy_wires() -> Wires:
    """The shapes of April 2024; no header is sent, so that hosts with and without versions answer alike."""
    from bot.gateway.calcom.legacy.wire import (  # noqa: PLC0415  start-up; few hosts are that old
        LegacyBookings,
        LegacyEventTypes,
        LegacySchedules,
        LegacySlots,
    )

    none = Versions(bookings="", slots="", event_types="", schedules="", other="")
    return Wires(
        LegacyBookings(),
        LegacySlots(),
        LegacyEventTypes(),
        LegacySchedules(),
        AccountWire(none),
        HostingWire(none),
        is_legacy=True,
    )


@dataclass(slots=True)
class Dialect:
    """What is known of a host's shapes; shared by all accounts there. `is_settled` once answers have shown it."""

    is_legacy: bool = False
    is_settled: bool = False
    has_teams: bool = True
    """False once the host has said that it knows no teams."""
    is_chosen: bool = False
    """The old shapes were chosen by the operator: nothing is to be found out."""
    _asked_again_at: float = 0.0

    def turn(self, *, is_legacy: bool) -> None:
        """Several answers have shown the host's shapes."""
        if is_legacy != self.is_legacy:
            log.warning("calcom.shapes", provider="calcom", is_legacy=is_legacy)
        self.is_legacy, self.is_settled = is_legacy, True
        self._asked_again_at = asyncio.get_running_loop().time() + ASK_AGAIN_SECONDS

    @property
    def is_stale(self) -> bool:
        """Whether a host that was taken for old should be asked anew."""
        return self.is_legacy and not self.is_chosen and asyncio.get_running_loop().time() >= self._asked_again_at


@dataclass(slots=True)
class Session:
    """One account's calls."""

    api: Api
    versions: Versions
    dialect: Dialect
    _current: Wires = field(init=False)
    _legacy: Wires | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._current = current_wires(self.versions)

    @property
    def wires(self) -> Wires:
        """The wire code that fits the host."""
        if not self.dialect.is_legacy:
            return self._current
        if self._legacy is None:
            self._legacy = legacy_wires()
        return self._legacy

    async def read(self, make: Callable[[Wires], Call[T]]) -> T:
        """What a read gives. `make` may be called again, with the other wires."""
        wires = self._current
        if self.dialect.is_legacy:
            if self.dialect.is_stale:
                await self._look_again()
            wires = self.wires
        call = make(wires)
        answer = await self.api.send(call.request)
        if not answer.is_success:
            if _has_no_route(answer) and _is_versioned(call) and not self.dialect.is_settled:
                await self.settle()
                if self.wires is not wires:
                    return await self.read(make)
            raise refusal(answer)
        try:
            value = _read(call, answer.json())
        except OldShape:
            if wires.is_legacy:
                raise ProviderChanged(field="data") from None
            await self._look_again()
            if self.wires is wires:  # one odd answer of a host that speaks today's shapes
                raise ProviderChanged(field="data") from None
            return await self.read(make)
        if not self.dialect.is_settled and _is_versioned(call) and not wires.is_legacy:
            self.dialect.is_settled = True
        return value

    async def write(self, make: Callable[[Wires], Call[T]], claimed: Claimed) -> T:
        """Send a write once. A success that cannot be read is `Uncertain`: written, but with unknown result."""
        await self.settle()
        call = make(self.wires)
        answer = await self.api.send(call.request, claimed=claimed)
        if not answer.is_success:
            raise refusal(answer)
        try:
            return _read(call, answer.json() if answer.body.strip() else {})
        except (ProviderChanged, OldShape) as error:
            raise Uncertain(
                f"{call.request.operation}: written, but the answer is unreadable", status=answer.status
            ) from error

    async def settle(self) -> None:
        """Know the host's shapes before anything is written: one harmless read, once a host."""
        if not self.dialect.is_settled:
            await self._look_again()

    async def _look_again(self) -> None:
        """Ask in today's shapes until an answer in them has come, or as many in old ones as make a host old."""
        for _ in range(_ANSWERS_NEEDED):
            call = self._current.event_types.own()
            answer = await self.api.send(call.request)
            if not answer.is_success:
                if self.dialect.is_legacy and _has_no_route(answer):
                    continue
                raise refusal(answer)
            try:
                _read(call, answer.json())
            except OldShape:
                continue
            self.dialect.turn(is_legacy=False)
            return
        self.dialect.turn(is_legacy=True)


def _read(call: Call[T], data: object) -> T:
    """What the wire code reads; an oddity that it did not foresee is a change at the provider, not a crash of ours."""
    try:
        return call.read(data)
    except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError) as error:
        raise ProviderChanged(f"{call.request.operation}: {type(error).__name__}", field="data") from error


def _has_no_route(answer: ApiAnswer) -> bool:
    return answer.status == 404 and answer.problem.message.startswith("Cannot ")


def _is_versioned(call: Call[T]) -> bool:
    return call.request.operation.startswith(_VERSIONED)


@dataclass(slots=True)
class Kept(Generic[T]):
    """A value kept for a short while, on the loop's clock."""

    seconds: float
    _value: T | None = None
    _until: float = 0.0

    def get(self) -> T | None:
        """The value, or None when it is too old or was dropped."""
        return self._value if asyncio.get_running_loop().time() < self._until else None

    def put(self, value: T) -> T:
        """Keep it, and give it back."""
        self._value = value
        self._until = asyncio.get_running_loop().time() + self.seconds
        return value

    def drop(self) -> None:
        """Forget it."""
        self._until = 0.0
