"""Slack's side of a run: deliveries to any of the processes, over HTTP or Socket Mode, retried, doubled and late."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

import aiohttp
from chaos_house import SECRET
from fake_slack import TEAM, direct
from slack_sdk.signature import SignatureVerifier

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from chaos_house import House
    from fake_slack import Shown

FORM = "application/x-www-form-urlencoded"

Card = tuple["Shown", dict[str, Any]]


@dataclass
class Street:
    """The way from Slack to the bots: signed deliveries to any of them, retried, doubled, late."""

    house: House
    dice: random.Random
    numbers: Iterator[int]

    async def deliver(self, body: str, kind: str, *, tries: int, first: int | None = None) -> bool:
        """One delivery; again, elsewhere, when that process is down. True when it was taken."""
        for attempt in range(tries):
            bots, sockets = self.house.servers, self.house.slack.sockets
            place = first if first is not None and not attempt else self.dice.randrange(1_000)
            place %= len(bots) + len(sockets)
            if place >= len(bots):
                is_taken = await self.house.slack.push(sockets[place - len(bots)], self._envelope(body, kind))
            else:
                is_taken = await self._post(bots[place].port, body, kind, attempt)
            if is_taken:
                return True
            await asyncio.sleep(0.2 * (attempt + 1))
        return False

    async def _post(self, port: int, body: str, kind: str, attempt: int) -> bool:
        at = str(int(time.time()))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
        headers = {"x-slack-request-timestamp": at, "x-slack-signature": signature, "content-type": kind}
        if attempt:
            headers |= {"x-slack-retry-num": str(attempt), "x-slack-retry-reason": "connection_failed"}
        url, limit = f"http://127.0.0.1:{port}/slack/events", aiohttp.ClientTimeout(total=3)
        with suppress(aiohttp.ClientError, TimeoutError):
            async with self.house.http.post(url, data=body.encode(), headers=headers, timeout=limit) as answer:
                return answer.status == 200
        return False

    def _envelope(self, body: str, kind: str) -> dict[str, Any]:
        """The same over Socket Mode."""
        payload = json.loads(parse_qs(body)["payload"][0] if kind == FORM else body)
        about = "interactive" if kind == FORM else "events_api"
        return {"envelope_id": f"e{next(self.numbers)}", "type": about, "payload": payload}

    async def say(self, person: str, text: str) -> None:
        """A message; one in ten comes again a moment later, before or after what follows it."""
        number = next(self.numbers)
        event = {
            "type": "message",
            "channel_type": "im",
            "channel": direct(person),
            "user": person,
            "text": text,
            "ts": f"{number}.000001",
        }
        body = json.dumps({"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number}", "event": event})
        async with asyncio.TaskGroup() as group:
            group.create_task(self.deliver(body, "application/json", tries=12))
            if self.dice.random() < 0.1:
                group.create_task(self._later(body, "application/json"))

    async def _later(self, body: str, kind: str) -> None:
        await asyncio.sleep(self.dice.random())
        await self.deliver(body, kind, tries=2)

    async def press(self, person: str, card: Card) -> bool:
        """Press; now and then twice at once, on different processes, or the same press delivered again later.

        False when no process took it in all of Slack's tries: then Slack itself says so, with a warning beside the button.
        """
        number = next(self.numbers)
        copies = 2 if self.dice.random() < 0.15 else 1
        bodies = [self._press_body(person, card, f"{number}.{copy}") for copy in range(copies)]
        async with asyncio.TaskGroup() as group:
            tries = [
                group.create_task(self.deliver(body, FORM, tries=14, first=number + copy))
                for copy, body in enumerate(bodies)
            ]
            if self.dice.random() < 0.05:
                group.create_task(self._later(bodies[0], FORM))
        return any(one.result() for one in tries)

    def _press_body(self, person: str, card: Card, at: str) -> str:
        message, element = card
        action = {name: element.get(name, "") for name in ("type", "action_id", "value")}
        payload = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": person, "team_id": TEAM},
            "api_app_id": "A1",
            "trigger_id": self.house.slack.new_trigger(),
            "response_url": self.house.slack.new_hook(message.channel, person, message.ts),
            "channel": {"id": message.channel},
            "container": {"type": "message", "message_ts": message.ts, "channel_id": message.channel},
            "message": {"ts": message.ts, "text": message.text},
            "actions": [action | {"block_id": "b", "action_ts": at}],
        }
        return urlencode({"payload": json.dumps(payload)})

    async def submit(self, person: str, view: dict[str, Any], value: str) -> None:
        block = next(block for block in view["blocks"] if block["type"] == "input")
        values = {block["block_id"]: {block["element"]["action_id"]: {"type": "plain_text_input", "value": value}}}
        payload = {
            "type": "view_submission",
            "team": {"id": TEAM},
            "user": {"id": person, "team_id": TEAM},
            "view": {**view, "state": {"values": values}},
        }
        await self.deliver(urlencode({"payload": json.dumps(payload)}), FORM, tries=8)
