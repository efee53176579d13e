"""The whole house behind signed Slack requests, for what people, enemies and operators do to it."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import _paths  # noqa: F401  where the stand-ins are
import httpx
from fake_slack import TOKEN, FakeSlack, Shown, direct
from slack_worlds import ANA, LEE, SECRET, World

from bot.app.serving import open_station
from bot.app.settings import load_settings
from bot.app.wiring import OffsetClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from pathlib import Path

    from bot.app.serving import Station
    from bot.sandbox import Sandbox
    from bot.scheduling.ledger import LedgerRow

FRIDAY = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
WISH = "book intro with priya@acme.io tuesday 2pm"


@dataclass
class Block(World):
    """The stand-ins of `World` replaced by the real thing."""

    station: Station | None = None

    @property
    def here(self) -> Station:
        assert self.station is not None
        return self.station

    async def settle(self) -> None:
        async with asyncio.timeout(60):
            while self.here.house.crew.is_busy:  # noqa: ASYNC110  it is told by an attribute only
                await asyncio.sleep(0.002)

    @property
    def sandbox(self) -> Sandbox:
        assert self.here.house.sandbox is not None
        return self.here.house.sandbox

    def writes(self) -> int:
        """How many calls changed something at the provider."""
        entries = self.sandbox._controls.record.entries
        return sum(1 for e in entries if e.method != "GET" and e.carried_out)

    async def rows(self) -> tuple[LedgerRow, ...]:
        return await self.here.house.store.ledger.history(since=datetime(2020, 1, 1, tzinfo=UTC))

    async def card(self, text: str = WISH, *, member: str = ANA, ts: str = "100.1") -> Shown:
        """Ask, and get the card."""
        await self.say(text, member=member, ts=ts)
        return [one for one in self.slack.messages(direct(member)) if one.labels][-1]

    async def raw(self, payload: dict[str, Any]) -> httpx.Response:
        """One signed JSON body as it is."""
        answer = await self.send(json.dumps(payload))
        await self.settle()
        return answer

    async def metrics(self) -> str:
        return (await self.http.get("/metrics")).text


@asynccontextmanager
async def open_block(folder: Path, **settings: object) -> AsyncIterator[Block]:
    async with FakeSlack() as slack:
        slack.add_user(ANA, name="Ana Amsel", email="ana@acme.io")
        slack.add_user(LEE, name="Lee Long", email="lee@acme.io", tz="Europe/London")
        plain = load_settings(
            _env_file=None,
            slack_bot_token=TOKEN,
            slack_signing_secret=SECRET,
            slack_api_url=slack.base_url,
            **({"database_url": f"sqlite:///{folder}/pencil.db"} | settings),
        )
        async with open_station(plain, clock=OffsetClock(FRIDAY)) as station:
            transport = httpx.ASGITransport(app=station.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://pencil") as http:
                real: dict[str, Any] = {
                    "assistant": station.house.assistant,
                    "inbox": station.house.store.inbox,
                    "clock": station.house.clock,
                    "line": station.line,
                    "surface": station.surface,
                }
                yield Block(app=station.app, slack=slack, http=http, work=set(), station=station, **real)


async def at_once(seconds: float) -> None:
    """How the client waits where nobody has the time."""
    await asyncio.sleep(0)


def everything_said(slack: FakeSlack) -> str:
    """All that anybody was sent and that Slack reads as markup, in one text: plain text objects are shown as they are."""
    return json.dumps([_read_as_markup(call.arguments) for call in slack.calls])


def _read_as_markup(value: Any) -> Any:
    if isinstance(value, list):
        return [_read_as_markup(one) for one in value]
    if isinstance(value, dict):
        return {} if value.get("type") == "plain_text" else {name: _read_as_markup(one) for name, one in value.items()}
    return value


def database_bytes(folder: Path) -> bytes:
    """What stands in the database's files."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("pencil.db*")))


def found_in(text: str, planted: Iterable[str]) -> list[str]:
    return [one for one in planted if one.lower() in text.lower()]
