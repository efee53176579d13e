"""The reference: a bot that somebody writes in an afternoon, with care for speed. Run as a process of its own.

It makes the calls that Pencil makes for the same wish, over shared sessions, on uvloop, acking at once: a look-up asks for
slots and posts them as buttons; a press asks for the slot again, books it and edits the card. It reads no text, keeps nothing,
remembers nobody, and loses whatever it is at work on when it ends.

    python hand_written.py PORT SLACK_API_URL CALCOM_API_URL EVENT_TYPE FROM TO
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import uvicorn
import uvloop
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

PORT, SLACK, PROVIDER, EVENT_TYPE, FROM, TO = sys.argv[1:7]
TOKEN = "xoxb-1-test"
HEADERS = {"Authorization": "Bearer cal_hand_written", "cal-api-version": "2024-09-04"}
BOOKING_HEADERS = HEADERS | {"cal-api-version": "2024-08-13"}


class Bot:
    def __init__(self, http: aiohttp.ClientSession, slack: AsyncWebClient) -> None:
        self.http, self.slack = http, slack
        self.work: set[asyncio.Task[None]] = set()

    def start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self.work.add(task)
        task.add_done_callback(self.work.discard)

    async def free(self, start: str, end: str) -> dict[str, list[dict[str, str]]]:
        query = {"eventTypeId": EVENT_TYPE, "start": start, "end": end, "timeZone": "Europe/Berlin"}
        async with self.http.get(f"{PROVIDER}/slots", params=query, headers=HEADERS) as answer:
            found: dict[str, list[dict[str, str]]] = (await answer.json())["data"]
            return found

    async def show_free(self, channel: str) -> None:
        days = list((await self.free(FROM, TO)).items())[:4]
        blocks: list[dict[str, Any]] = [
            {"type": "header", "text": {"type": "plain_text", "text": "Free for Intro (30 min), Berlin time"}}
        ]
        for day, slots in days:
            buttons = [
                {
                    "type": "button",
                    "action_id": f"take/{day}/{number}",
                    "value": slot["start"],
                    "text": {"type": "plain_text", "text": slot["start"][11:16]},
                }
                for number, slot in enumerate(slots[:10])
            ]
            blocks += [
                {"type": "section", "text": {"type": "mrkdwn", "text": f"*{day}*"}},
                {"type": "actions", "elements": buttons},
            ]
        await self.slack.chat_postMessage(channel=channel, text="Free", blocks=blocks)

    async def book(self, channel: str, ts: str, start: str, guest: str) -> None:
        begins = datetime.fromisoformat(start)
        await self.free(start, (begins + timedelta(hours=1, minutes=30)).isoformat())
        body = {
            "eventTypeId": int(EVENT_TYPE),
            "start": start,
            "attendee": {"name": guest, "email": f"{guest}@guests.example", "timeZone": "Europe/Berlin"},
            "metadata": {"made_by": "hand"},
        }
        async with self.http.post(f"{PROVIDER}/bookings", json=body, headers=BOOKING_HEADERS) as answer:
            said = "Booked" if answer.status == 201 else f"Refused {answer.status}"
        text = {"type": "section", "text": {"type": "mrkdwn", "text": f"{said}: {start} with {guest}"}}
        await self.slack.chat_update(channel=channel, ts=ts, text=said, blocks=[text])


async def serve() -> None:
    async with aiohttp.ClientSession() as http:
        slack = AsyncWebClient(token=TOKEN, base_url=SLACK, session=http)
        bot = Bot(http, slack)

        async def authorize(**_: Any) -> AuthorizeResult:
            return AuthorizeResult(
                enterprise_id=None, team_id="T1", bot_token=TOKEN, bot_id="B0BOT", bot_user_id="U0BOT"
            )

        app = AsyncApp(
            signing_secret=os.environ["SLACK_SIGNING_SECRET"],
            client=slack,
            authorize=authorize,
            process_before_response=True,
        )

        @app.event("message")
        async def on_message(event: dict[str, Any]) -> None:
            bot.start(bot.show_free(event["channel"]))

        @app.action("take")
        async def on_press(ack: Any, body: dict[str, Any], action: dict[str, Any]) -> None:
            await ack()
            guest = body["user"]["id"].lower()
            bot.start(bot.book(body["channel"]["id"], body["message"]["ts"], action["value"], guest))

        handler = AsyncSlackRequestHandler(app, path="/slack/events")
        config = uvicorn.Config(handler, host="127.0.0.1", port=int(PORT), log_level="error", lifespan="off")
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())
