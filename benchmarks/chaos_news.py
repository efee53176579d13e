"""News in a run: outsiders change people's meetings, and the provider's deliveries come late, doubled and out of order.

The practice world delivers to the relay, as a provider delivers to a load balancer; from there each delivery goes to any of
the processes, again elsewhere while it is not taken. What was taken and is still true must be told, and stand there once.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web
from chaos_house import RELAY
from chaos_judge import OTHERS, Happening
from chaos_people import lettered, some_times, until
from fake_slack import direct

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from chaos_judge import Report
    from chaos_street import Street
    from fake_slack import Shown

VERSION = "2024-08-13"
KINDS = {"BOOKING_CREATED": "booked", "BOOKING_CANCELLED": "cancelled"}
TELLS = {"booked": r"was booked for|New booking", "cancelled": r"was cancelled|Meeting cancelled"}


@dataclass
class Relay:
    """Takes the world's deliveries and brings each to a process, in the end; `group` does so beside everything else."""

    street: Street
    report: Report
    group: asyncio.TaskGroup
    runner: web.AppRunner | None = None

    async def open(self) -> None:
        app = web.Application()
        app.router.add_post("/webhooks/{provider}/{token}", self._take)
        self.runner = web.AppRunner(app, access_log=None)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", self.street.house.options.port + RELAY).start()

    async def close(self) -> None:
        if self.runner is not None:
            await self.runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), dict(request.headers)
        happening = self._note(json.loads(body))
        dice = self.street.dice
        waits = [dice.choice((0.0, 0.1, 0.3, 1.0, 2.0, 5.0))]
        waits += [waits[0] + dice.uniform(0, 4)] if dice.random() < 0.2 else []
        for wait in waits:
            self.group.create_task(self._bring(request.path, body, headers, wait=wait, about=happening))
        return web.Response(text="ok")

    def _note(self, delivery: dict[str, Any]) -> Happening | None:
        """What has happened, if an outsider did it."""
        payload, kind = delivery.get("payload") or {}, KINDS.get(delivery.get("triggerEvent", ""))
        mails = [one.get("email", "") for one in payload.get("attendees", ())]
        mail = next((mail for mail in mails if mail.endswith(OTHERS)), "")
        if not mail or kind is None:
            return None
        found = Happening(mail=mail, kind=kind, at=time.monotonic())
        self.report.happenings.append(found)
        return found

    async def _bring(
        self, path: str, body: bytes, headers: dict[str, str], *, wait: float, about: Happening | None
    ) -> None:
        await asyncio.sleep(wait)
        kept = {name: value for name, value in headers.items() if name.lower().startswith(("x-cal", "content-type"))}
        for attempt in range(30):
            url = f"http://127.0.0.1:{self.street.dice.choice(self.street.house.servers).port}{path}"
            limit = aiohttp.ClientTimeout(total=4)
            with suppress(aiohttp.ClientError, TimeoutError):
                async with self.street.house.http.post(url, data=body, headers=kept, timeout=limit) as answer:
                    if answer.status == 200:
                        self.report.deliveries += 1
                        if about is not None:
                            about.taken_at = about.taken_at or time.monotonic()
                        return
            await asyncio.sleep(min(0.2 * (attempt + 1), 2))


@dataclass
class Outsider:
    """Somebody who books with one of the people through the provider itself, and cancels now and then."""

    person: str
    street: Street
    report: Report
    is_enough: Callable[[], bool]
    times: list[datetime] = field(default_factory=list)

    async def live(self) -> None:
        """Wait until the person's calendar is there, then book; each meeting at a time that is nobody else's."""
        kind = await self._kind()
        async for start in self._starts():
            if self.is_enough():
                return
            mail = f"ou{lettered(next(self.street.numbers))}{OTHERS}"
            about = {"eventTypeId": kind, "start": start.astimezone(UTC).isoformat(), "attendee": _guest(mail)}
            uid = (await self._ask("POST", "/bookings", about)).get("uid")
            if not uid:
                continue
            await until(partial(self.is_told, mail, "booked"), 12)
            if self.street.dice.random() < 0.4 and not self.is_enough():
                await self._ask("POST", f"/bookings/{uid}/cancel", {"cancellationReason": "something came up"})
                await until(partial(self.is_told, mail, "cancelled"), 12)
            await asyncio.sleep(self.street.dice.uniform(0, 2))

    async def _starts(self) -> AsyncIterator[datetime]:
        for start in some_times():
            yield start + timedelta(weeks=3)

    async def _kind(self) -> int:
        while not self.is_enough():
            found = await self._ask("GET", "/event-types", None)
            for one in found if isinstance(found, list) else ():
                if one.get("lengthInMinutes") == 30 and not one.get("confirmationPolicy", {}).get("type"):
                    return int(one["id"])
            await asyncio.sleep(1)
        return 0

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        """The answer's data; nothing when there is none, because the faults are for everybody."""
        house = self.street.house
        version = "2024-06-14" if path == "/event-types" else VERSION
        headers = {"Authorization": f"Bearer cal_chaos_{self.person.lower()}", "cal-api-version": version}
        limit = aiohttp.ClientTimeout(total=5)
        with suppress(aiohttp.ClientError, TimeoutError, ValueError):
            url = f"{house.world}/v2{path}"
            async with house.http.request(method, url, json=body, headers=headers, timeout=limit) as answer:
                return (await answer.json()).get("data") or {}
        return {}

    def is_told(self, mail: str, kind: str) -> bool:
        """Whether the person has it before their eyes."""
        for happening in self.report.happenings:
            is_it = (happening.mail, happening.kind) == (mail, kind) and happening.taken_at
            if is_it and count_told(self.street, self.person, mail, kind):
                return True
        return False


def _guest(mail: str) -> dict[str, str]:
    return {"name": mail.partition("@")[0].title(), "email": mail, "timeZone": "Europe/Berlin"}


def count_told(street: Street, person: str, mail: str, kind: str) -> int:
    """In how many messages the person reads that: as the state of the meeting, and again as a line in its thread, is one."""
    messages = street.house.slack.messages(direct(person))
    about = [one for one in messages if mail in one.text and re.search(TELLS[kind], one.text)]
    return max(sum(bool(one.thread) is is_line for one in about) for is_line in (False, True))


def note_told(report: Report, message: Shown) -> None:
    """When something was told: heard of every message that is posted or edited."""
    for happening in report.happenings:
        is_about = not happening.told_at and happening.taken_at and happening.mail in message.text
        if is_about and re.search(TELLS[happening.kind], message.text):
            happening.told_at = time.monotonic()


def judge_news(report: Report, street: Street, people: list[str]) -> None:
    """What was taken and is the last word about a meeting is told; nothing stands there twice; nobody hears of their own."""
    last = {happening.mail: happening for happening in report.happenings}
    for mail, happening in last.items():
        counts = {kind: sum(count_told(street, person, mail, kind) for person in people) for kind in TELLS}
        if happening.taken_at and not counts[happening.kind]:
            lines = [f"{mail} {happening.kind}: {counts}", *_seen(report, mail)]
            report.wrong["news lost"].append("\n    ".join(lines))
        doubled = [f"{kind}: {count}" for kind, count in counts.items() if count > 1]
        if doubled:
            report.wrong["news doubled"].append("\n    ".join([f"{mail} {', '.join(doubled)}", *_seen(report, mail)]))
    for deal in report.deals:
        own = [text for text in deal.said if re.search(r"was (booked for|moved to|cancelled)", text)]
        report.wrong["news doubled"] += [f"{deal.person} hears of their own: {text}" for text in own]


def _seen(report: Report, mail: str) -> list[str]:
    """What the messages about that meeting said, one state after the other."""
    return [
        f"{at[1]} {state}"
        for at, states in report.history.items()
        if any(mail in one for one in states)
        for state in states
    ]
