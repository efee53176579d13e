"""Signed Slack requests through everything real: surface, loop, ledger, gateway code, sandbox. Only Slack is a stand-in."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx
from fake_slack import TOKEN, FakeSlack, Shown, direct
from slack_worlds import ANA, CHANNEL, LEE, SECRET, World

from bot.app.serving import open_station
from bot.app.settings import load_settings
from bot.app.wiring import OffsetClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.app.serving import Station
    from bot.sandbox import Sandbox
    from bot.sandbox.world.calendar import Booking

FRIDAY = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
SECONDS = 30.0
"""What a busy machine may need for a turn that takes milliseconds on an idle one."""


@dataclass
class WholeWorld(World):
    """The stand-ins of `World` replaced by the real thing."""

    station: Station | None = None

    async def settle(self) -> None:
        """Until the process has nothing to do."""
        assert self.station is not None
        async with asyncio.timeout(SECONDS):
            while self.station.house.crew.is_busy:  # noqa: ASYNC110
                await asyncio.sleep(0.005)

    @property
    def sandbox(self) -> Sandbox:
        assert self.station is not None
        assert self.station.house.sandbox is not None
        return self.station.house.sandbox

    def bookings(self, email: str) -> list[Booking]:
        """What the calendars hold for an attendee, in any state."""
        kept = self.sandbox.world.bookings.values()
        return [one for one in kept if any(guest.email == email for guest in one.guests)]

    def last(self, channel: str, reader: str = ANA) -> Shown:
        return self.slack.messages(channel, reader=reader)[-1]


@asynccontextmanager
async def whole_world(folder: Path, **settings: object) -> AsyncIterator[WholeWorld]:
    async with FakeSlack() as slack:
        slack.add_user(ANA, name="Ana", email="ana@acme.io")
        slack.add_user(LEE, name="Lee", email="lee@acme.io", tz="Europe/London")
        plain = load_settings(
            _env_file=None,
            slack_bot_token=TOKEN,
            slack_signing_secret=SECRET,
            slack_api_url=slack.base_url,
            database_url=f"sqlite:///{folder}/pencil.db",
            **settings,
        )
        async with open_station(plain, clock=OffsetClock(FRIDAY)) as station:
            transport = httpx.ASGITransport(app=station.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://pencil") as http:
                yield WholeWorld(
                    app=station.app,
                    slack=slack,
                    assistant=station.house.assistant,  # type: ignore[arg-type]  # the real one in the fake's place
                    inbox=station.house.store.inbox,  # type: ignore[arg-type]  # as above
                    clock=station.house.clock,  # type: ignore[arg-type]  # as above
                    line=station.line,  # type: ignore[arg-type]  # there is one
                    surface=station.surface,  # type: ignore[arg-type]  # there is one
                    http=http,
                    work=set(),
                    station=station,
                )


async def test_a_message_and_a_press_book_once(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say("book intro with priya@acme.io tuesday 2pm")
        card = world.last(direct(ANA))
        assert "Book" in card.labels
        assert not world.bookings("priya@acme.io")

        await world.press(card.ts, "Book")

        shown = world.slack.shown[direct(ANA), card.ts]
        assert "Booked" in shown.text
        assert "Tue 10 Mar 14:00" in shown.text
        assert "Book" not in shown.labels
        assert len(world.bookings("priya@acme.io")) == 1


async def test_two_presses_at_once_book_once(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say("book intro with priya@acme.io tuesday 2pm")
        card = world.last(direct(ANA))
        presses = [world.press_payload(card.ts, "Book", at=f"{n}.0") for n in range(4)]

        async with asyncio.TaskGroup() as group:
            for payload in presses:
                group.create_task(world.interact(payload))
        await world.settle()

        assert len(world.bookings("priya@acme.io")) == 1
        assert "Booked" in world.slack.shown[direct(ANA), card.ts].text


async def test_somebody_else_cannot_press(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.mention("<@U0BOT> book intro with priya@acme.io tuesday 2pm")
        card = next(one for one in world.slack.messages(CHANNEL, reader=ANA) if one.only_for == ANA)
        before = (card.text, card.labels)

        await world.press(card.ts, "Book", member=LEE, channel=CHANNEL)

        assert not world.bookings("priya@acme.io")
        assert (card.text, card.labels) == before
        assert any(one.only_for == LEE or one.channel == direct(LEE) for one in world.slack.shown.values())


async def test_no_address_is_said_in_public(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.mention("<@U0BOT> book intro with john.doe@client.example thursday 10")

        public = [one for one in world.slack.messages(CHANNEL) if not one.only_for]
        assert public
        assert all("john.doe" not in str((one.text, one.blocks)) for one in public)
        assert any("john.doe@client.example" in one.text for one in world.slack.messages(CHANNEL, reader=ANA))


async def test_a_redelivered_event_is_answered_once(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say("help")
        count = len(world.slack.messages(direct(ANA)))

        await world.say("help", headers={"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"})

        assert len(world.slack.messages(direct(ANA))) == count


async def test_a_press_after_a_restart_still_books(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say("book intro with priya@acme.io tuesday 2pm")
        card = world.last(direct(ANA))
        payload = world.press_payload(card.ts, "Book")

    async with whole_world(tmp_path) as world:
        world.slack.shown[direct(ANA), card.ts] = card
        await world.interact(payload)

        assert len(world.bookings("priya@acme.io")) == 1


async def test_home_shows_what_is_held_until_it_is_given_back(tmp_path: Path) -> None:
    async with whole_world(tmp_path) as world:
        await world.say("hold tuesday 11:00 for 30 minutes", ts="100.1")
        await world.press(world.last(direct(ANA)).ts, "Hold")
        opened = {"type": "app_home_opened", "user": ANA, "channel": direct(ANA), "tab": "home"}
        await world.event(opened, event_id="Ev-home-1")
        held = str(world.slack.homes[ANA])
        await world.press(world.last(direct(ANA)).ts, "Release hold", at="2.0")
        await world.event(opened, event_id="Ev-home-2")

        assert ("Held for you" in held, "min left" in held) == (True, True)
        assert "Held for you" not in str(world.slack.homes[ANA])
