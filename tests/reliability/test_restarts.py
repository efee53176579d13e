"""Ends and beginnings of processes: what was accepted is answered, by this process or by the next one."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import _paths
import aiohttp
import pytest
from fake_slack import TOKEN, FakeSlack, direct
from house_worlds import WISH, open_block
from slack_sdk.signature import SignatureVerifier
from slack_worlds import ANA, SECRET, direct_message

from bot.app.crew import Crew
from bot.app.serving import GRACE_SECONDS
from bot.app.wiring import DRAIN_LIMIT
from bot.errors import StoreDown

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


async def test_what_was_accepted_and_not_answered_is_answered_by_the_next_process(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        block.slack.fail("chat.postMessage", "fatal_error", times=5, status=500)
        await block.say(WISH)
        assert not block.slack.messages(direct(ANA))
        kept = block.slack

    async with open_block(tmp_path) as block:
        assert kept is not block.slack
        surface, house = block.here.surface, block.here.house
        assert surface is not None
        turns = await house.store.inbox.take_unanswered(
            now=house.clock.now() + timedelta(minutes=1), lease=timedelta(minutes=1)
        )
        for turn in turns:
            await surface.turns.replay(turn)
        await block.settle()

        (card,) = block.slack.messages(direct(ANA))
        assert "Book" in card.labels


async def test_our_own_database_away_is_no_answer_and_no_apology(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        house, conversations = block.here.house, block.here.house.store.conversations
        store: Any = conversations.store

        def away(*_: object) -> None:
            raise StoreDown("the database does not answer")

        conversations.store = away  # type: ignore[method-assign,assignment]  # the database goes away
        await block.say(WISH)
        assert not block.slack.messages(direct(ANA))
        conversations.store = store  # type: ignore[method-assign]  # and comes back
        (turn,) = await house.store.inbox.take_unanswered(
            now=house.clock.now() + timedelta(minutes=1), lease=timedelta(minutes=1)
        )
        assert block.here.surface is not None
        await block.here.surface.turns.replay(turn)

        assert [one.labels[0] for one in block.slack.messages(direct(ANA))] == ["Book"]


async def test_a_request_that_could_not_be_kept_is_refused_so_that_slack_sends_it_again(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        inbox: Any = block.here.house.store.inbox
        add = inbox.add

        def away(*_: object) -> bool:
            raise StoreDown("the database does not answer")

        inbox.add = away
        first = await block.event(direct_message(WISH))
        inbox.add = add
        second = await block.event(direct_message(WISH))

        assert (first.status_code, second.status_code) == (503, 200)
        assert len(block.slack.messages(direct(ANA))) == 1


async def test_a_crew_finishes_its_turns_and_cuts_off_what_takes_too_long() -> None:
    done: list[str] = []

    async def work(name: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        done.append(name)

    async with asyncio.TaskGroup() as group:
        crew = Crew(group)
        crew.spawn(work("short", 0.05))
        crew.spawn(work("long", 60))
        began = time.monotonic()
        await crew.drain(timedelta(seconds=0.2))

    assert done == ["short"]
    assert time.monotonic() - began < 1


def test_an_orderly_end_takes_ten_seconds_at_most() -> None:
    assert timedelta(seconds=GRACE_SECONDS) + DRAIN_LIMIT <= timedelta(seconds=9)


async def test_sigterm_lets_an_accepted_request_be_answered(tmp_path: Path) -> None:
    port = _free_port()
    async with FakeSlack() as slack, aiohttp.ClientSession() as http:
        slack.add_user(ANA, name="Ana", email="ana@acme.io")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "serve", "--port", str(port)),
            env=_environment(slack, tmp_path),
            cwd=_paths.TESTS.parent,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await _until_healthy(http, port)
            status = await _send_signed(http, port, direct_message(WISH))
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(60):
                ended = await process.wait()
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()

    assert (status, ended) == (200, 0)
    assert [one.labels[0] for one in slack.messages(direct(ANA))] == ["Book"]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def _environment(slack: FakeSlack, folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": slack.base_url}
    return kept | settings | {"DATABASE_URL": f"sqlite:///{folder}/pencil.db"}


async def _until_healthy(http: aiohttp.ClientSession, port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            with contextlib.suppress(aiohttp.ClientError):
                async with http.get(f"http://127.0.0.1:{port}/health") as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.05)


async def _send_signed(http: aiohttp.ClientSession, port: int, event: dict[str, Any]) -> int:
    body = json.dumps({"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event})
    at = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
    headers = {"x-slack-request-timestamp": at, "x-slack-signature": signature, "content-type": "application/json"}
    async with http.post(f"http://127.0.0.1:{port}/slack/events", data=body, headers=headers) as answer:
        return answer.status
