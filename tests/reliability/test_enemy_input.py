"""Input as enemy: whatever comes in, signed or not, nothing breaks, nothing is written and nobody is pinged."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import _paths  # noqa: F401  where the stand-ins are
import pytest
from fake_slack import TEAM, direct
from house_worlds import Block, at_once, everything_said, open_block
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_worlds import ANA, CHANNEL, LEE, direct_message, press, submission

from bot.sandbox import FaultRule
from bot.scheduling.accounts import Owner

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

FORM = "application/x-www-form-urlencoded"
TRICKS = (
    "<!channel> <!here> <!everyone>",
    "<@UANA1|x> <#C1|general>",
    "<https://evil.example|click> https://evil.example",
    "*bold* _it_ ~no~ `code` ```block``` > quote",
    "a@evil.example,<!channel>",
    "\u202egnp.exe\u0000\ud83d\ude00",
    "'; drop table offers; --",
    "{{7*7}} ${HOME} %s %n",
    "book " * 4000,
)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=40)
    | st.sampled_from(TRICKS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass
class Runner:
    """One house for all examples, on a loop of its own, because hypothesis calls functions that do not wait."""

    loop: asyncio.AbstractEventLoop
    block: Block

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(asyncio.wait_for(work, 60))


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    with asyncio.Runner() as own:
        opened = open_block(tmp_path)
        block = own.run(opened.__aenter__())
        try:
            yield Runner(own.get_loop(), block)
        finally:
            own.run(opened.__aexit__(None, None, None))


def bodies() -> dict[str, dict[str, Any]]:
    """A good request of every kind."""
    action = {"type": "button", "action_id": "p1/press/200/", "value": "p1/card-1/book", "action_ts": "1.0"}
    view = {"id": "V1", "type": "modal", "private_metadata": "p1/a/b/c/d/e/f", "blocks": [], "state": {"values": {}}}
    return {
        "message": {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": direct_message("book lee")},
        "press": press(direct(ANA), "1.1", action, hook="http://127.0.0.1:9/hook"),
        "form": submission(view, {}),
        "home": {
            "type": "event_callback",
            "team_id": TEAM,
            "event": {"type": "app_home_opened", "user": ANA, "channel": direct(ANA), "tab": "home"},
        },
        "shortcut": {"type": "shortcut", "callback_id": "x", "team": {"id": TEAM}, "user": {"id": ANA}},
        "uninstall": {"type": "event_callback", "team_id": "T404", "event": {"type": "app_uninstalled"}},
    }


@st.composite
def bent(draw: st.DrawFn) -> dict[str, Any]:
    """A request with one to three things replaced, removed or added, at any depth."""
    body: dict[str, Any] = json.loads(json.dumps(draw(st.sampled_from(list(bodies().values())))))
    for _ in range(draw(st.integers(1, 3))):
        node: Any = body
        while isinstance(node, dict) and node:
            name = draw(st.sampled_from(sorted(node)))
            if not isinstance(node[name], dict) or draw(st.booleans()):
                if draw(st.integers(0, 5)):
                    node[name] = draw(json_values)
                else:
                    del node[name]
                break
            node = node[name]
    return body


def is_calm(block: Block) -> bool:
    """No write went out and nothing that was said pings anybody or hides a link."""
    said = everything_said(block.slack)
    return block.writes() == 0 and not re.search(r"<!(channel|here|everyone)|<https?://evil", said)


@EXAMPLES
@given(body=bent(), is_form=st.booleans())
def test_bent_requests_break_nothing(runner: Runner, body: dict[str, Any], is_form: bool) -> None:  # noqa: FBT001
    text = urlencode({"payload": json.dumps(body)}) if is_form else json.dumps(body)

    answer = runner.run(runner.block.send(text, kind=FORM if is_form else "application/json"))
    runner.run(runner.block.settle())

    assert answer.status_code in {200, 400, 503}
    assert is_calm(runner.block)


@EXAMPLES
@given(text=st.text(max_size=200) | st.sampled_from(TRICKS), channel=st.sampled_from(["D", "C"]))
def test_no_text_pings_links_or_writes(runner: Runner, text: str, channel: str) -> None:
    ts = f"{time.monotonic_ns()}.1"
    work = runner.block.say(text, ts=ts) if channel == "D" else runner.block.mention(f"<@U0BOT> {text}", ts=ts)

    answer = runner.run(work)

    assert answer.status_code == 200
    assert is_calm(runner.block)


@EXAMPLES
@given(body=st.binary(max_size=300))
def test_signed_bytes_break_nothing(runner: Runner, body: bytes) -> None:
    answer = runner.run(runner.block.send(body.decode("latin-1")))

    assert answer.status_code in {200, 400}


@EXAMPLES
@given(payload=json_values, kind=st.sampled_from(["BOOKING_CREATED", "BOOKING_RESCHEDULED", "MEETING_STARTED", "x"]))
def test_signed_news_of_any_shape_break_nothing(runner: Runner, payload: Any, kind: str) -> None:
    block = runner.block
    owner = Owner("", TEAM, ANA)
    if not runner.run(block.here.house.store.accounts.accounts_of(owner)):
        runner.run(block.say("help", ts="1.1"))
    (account,) = runner.run(block.here.house.store.accounts.accounts_of(owner))
    body = json.dumps({"triggerEvent": kind, "createdAt": "2026-03-06T09:00:00Z", "payload": payload}).encode()
    signature = hmac.new(account.webhook_secret.encode(), body, hashlib.sha256).hexdigest()
    path = f"/webhooks/calcom/{account.webhook_token}"

    answer = runner.run(block.http.post(path, content=body, headers={"x-cal-signature-256": signature}))

    assert answer.status_code in {200, 401}
    assert block.writes() == 0


@EXAMPLES
@given(body=json_values, status=st.sampled_from([200, 201, 204, 301, 400, 401, 403, 404, 409, 418, 422, 500, 599]))
def test_a_provider_that_answers_anything_breaks_nothing(runner: Runner, body: Any, status: int) -> None:
    rule = FaultRule.model_validate({"kind": "status", "path": "/v2/*", "status": status, "body": body})
    runner.block.sandbox._controls.faults.replace((rule,))
    client: Any = runner.block.here.house.registry._sandbox
    client.sleep = at_once
    before = len(runner.block.slack.calls)

    runner.run(runner.block.say("what's free tomorrow?", ts=f"{time.monotonic_ns()}.1"))

    assert len(runner.block.slack.calls) > before
    assert is_calm(runner.block)


async def test_bodies_that_are_too_long_or_too_deep_are_refused_early(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        began = time.monotonic()
        long = await block.send("x" * 1_000_001)
        deep = await block.send('{"a":' * 100_000 + "1" + "}" * 100_000)
        webhook = await block.http.post("/webhooks/calcom/x", content=b"x" * 1_000_001)

        assert (long.status_code, webhook.status_code) == (413, 413)
        assert deep.status_code == 400
        assert time.monotonic() - began < 2


async def test_nobody_can_make_us_call_an_address_of_theirs(tmp_path: Path) -> None:
    called: list[str] = []
    async with open_block(tmp_path) as block:

        async def on_call(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            called.append((await reader.readline()).decode())
            writer.close()

        server = await asyncio.start_server(on_call, "127.0.0.1", 0)
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/trap"
        async with server:
            for number, text in enumerate(
                (
                    f"book intro with {address} tomorrow",
                    f"what is free at {address}?",
                    f"connect {address}",
                    f"book a slot on {address.replace('/trap', '/priya/intro')}",
                    f"send a webhook to {address} when a booking is created",
                )
            ):
                await block.say(text, ts=f"{number}.7")
            unsigned = press(direct(ANA), "1.1", {"type": "button", "action_id": "x", "value": "x"}, hook=address)
            answer = await block.send(json.dumps(unsigned), secret="forged")

    assert answer.status_code == 401
    assert called == []


async def test_names_and_titles_from_outside_are_inert(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        block.slack.add_user(LEE, name="<!channel> <https://evil.example|Lee> *x*", email="lee@acme.io")
        await block.say(f"book intro with <@{LEE}> tuesday 2pm")
        card = next(one for one in block.slack.messages(direct(ANA)) if "Book" in one.labels)
        for kind, event_type in list(block.sandbox.world.event_types.items()):
            block.sandbox.world.event_types[kind] = replace(event_type, title="<!here> <https://evil.example|t>")
        await block.press(card.ts, "Book")
        await block.say("what's on next tuesday?", ts="3.1")
        await block.say("show my event types", ts="4.1")

        said = everything_said(block.slack)
        assert "channel" in said
        assert not re.search(r"<!(channel|here|everyone)|<https?://evil[^>]*\|", said)


async def test_a_channel_is_never_pinged_by_what_somebody_wrote_there(tmp_path: Path) -> None:
    async with open_block(tmp_path) as block:
        await block.mention("<@U0BOT> book intro with <!channel> @here tomorrow 3pm")

        assert block.slack.messages(CHANNEL)
        assert is_calm(block)
