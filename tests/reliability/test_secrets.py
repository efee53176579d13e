"""Whole flows with planted secrets, names, addresses and titles: none of them in a log line or in the database's bytes."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import _paths  # noqa: F401  where the stand-ins are
import pytest
from fake_slack import TOKEN, direct
from house_worlds import FRIDAY, Block, at_once, database_bytes, found_in, open_block
from slack_worlds import ANA, SECRET, submission
from transcripts import routed, served

from bot.logs import configure
from bot.sandbox import FaultRule, create_sandbox
from bot.scheduling.accounts import Owner
from bot.scheduling.ledger import Accepted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.sandbox import Sandbox

pytestmark = pytest.mark.slow

KEY = "cal_live_plantedkey0000000000000001"
PEOPLE = ("Zenobia", "Quixley", "zenobia@planted.example", "Ana Amsel", "ana@acme.io")
WORDS = ("plantedtopicword", "plantedreasonword")
SECRETS = (KEY, TOKEN, SECRET, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
PLANTED = (*PEOPLE, *WORDS, *SECRETS, "meet.example", "daily.co")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Every line at the most talkative level, libraries included."""
    root = logging.getLogger()
    before, level = tuple(root.handlers), root.level
    stream = io.StringIO()
    configure("debug", "json", stream=stream)
    yield stream
    for handler in tuple(root.handlers):
        root.removeHandler(handler)
    for handler in before:
        root.addHandler(handler)
    root.setLevel(level)


async def connect(block: Block) -> None:
    """The real way: ask, open the form, enter the key."""
    card = await block.card("connect cal.com")
    await block.press(card.ts, next(label for label in card.labels if label.startswith("Connect")))
    view = block.slack.views[-1]
    label = next(one["label"]["text"] for one in view["blocks"] if one["type"] == "input")
    await block.interact(submission(view, {label: KEY}))


async def hold_every_flow(block: Block, sandbox: Sandbox) -> None:
    """Connect, book, move, cancel, fail, be told news, be asked rubbish."""
    client: Any = block.here.house.registry
    client._client.sleep = at_once
    await connect(block)
    await block.say(
        "book intro with Zenobia Quixley zenobia@planted.example tuesday 2pm about plantedtopicword", ts="1.1"
    )
    await press_last(block, "Book", "2.0")
    await block.say("move my meeting with Zenobia to wednesday 11am", ts="3.1")
    await press_last(block, "Move", "4.0")
    await deliver_news(block, sandbox)
    await block.say("cancel my meeting with Zenobia because plantedreasonword", ts="5.1")
    await press_last(block, "Cancel meeting", "6.0")
    for kind in ("lose_answer", "malformed"):
        sandbox._controls.faults.replace((FaultRule.model_validate({"kind": kind, "method": "POST", "times": 1}),))
        await block.say("book intro with Zenobia Quixley zenobia@planted.example thursday 2pm", ts=f"{kind}.1")
        await press_last(block, "Book", "7.0")
    sandbox._controls.faults.replace(
        (FaultRule.model_validate({"kind": "status", "status": 500, "body": list(PEOPLE)}),)
    )
    await block.say("what's on my calendar with Zenobia?", ts="8.1")
    sandbox._controls.faults.replace(())
    block.slack.fail("chat.postMessage", "planted_is_not_a_code", times=2)
    await block.say("who am I? plantedtopicword", ts="9.1")
    await block.send(json.dumps({"type": "event_callback", "event": {"text": "plantedtopicword"}}), secret="forged")


async def press_last(block: Block, label: str, at: str) -> None:
    for one in reversed(block.slack.messages(direct(ANA))):
        if label in one.labels:
            await block.press(one.ts, label, at=at)
            return


async def deliver_news(block: Block, sandbox: Sandbox) -> None:
    (account,) = await block.here.house.store.accounts.accounts_of(Owner("", "T1", ANA))
    uid = list(sandbox.world.bookings)[-1]
    payload = {"uid": uid, "title": "plantedtopicword", "attendees": [{"email": PEOPLE[2], "name": PEOPLE[0]}]}
    change: dict[str, Any] = {"triggerEvent": "BOOKING_CANCELLED", "createdAt": FRIDAY.isoformat(), "payload": payload}
    body = json.dumps(change).encode()
    signature = hmac.new(account.webhook_secret.encode(), body, hashlib.sha256).hexdigest()
    path = f"/webhooks/calcom/{account.webhook_token}"
    for wrong in ("0" * 64, signature):
        await block.http.post(path, content=body, headers={"x-cal-signature-256": wrong})


async def test_no_planted_secret_or_person_is_logged_or_stored_in_clear(tmp_path: Path, lines: io.StringIO) -> None:
    sandbox = create_sandbox(seed=1, now=FRIDAY)
    async with served(sandbox) as url, open_block(tmp_path, **routed("direct", url)) as block:
        await hold_every_flow(block, sandbox)
        rows = await block.rows()
        (account,) = await block.here.house.store.accounts.accounts_of(Owner("", "T1", ANA))

    planted = (*PLANTED, account.webhook_token, account.webhook_secret)
    logged, stored = lines.getvalue(), database_bytes(tmp_path).decode("latin-1")
    assert len(rows) >= 4
    assert "write.finished" in logged
    assert found_in(logged, planted) == []
    assert found_in(stored, planted) == []


async def test_a_request_that_waits_is_stored_sealed(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        store, now = block.here.house.store, block.here.house.clock.now()
        waiting = Accepted(key="slack:message:1", surface="slack", payload=" ".join(PLANTED), accepted_at=now)
        await store.inbox.accept(waiting, lease=timedelta(minutes=1))
        stored = database_bytes(tmp_path).decode("latin-1")

    assert "slack:message:1" in stored
    assert found_in(stored, PLANTED) == []


async def test_what_a_person_reads_of_an_error_holds_no_secret(tmp_path: Path, lines: io.StringIO) -> None:
    sandbox = create_sandbox(seed=1, now=FRIDAY)
    async with served(sandbox) as url, open_block(tmp_path, **routed("direct", url)) as block:
        await hold_every_flow(block, sandbox)
        said = " ".join(one.text + json.dumps(one.blocks) for one in block.slack.shown.values())

    assert found_in(said, SECRETS) == []
    assert "Traceback" not in said
