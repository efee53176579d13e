"""What the Slack tests stand on: an assistant that answers as told, an inbox in memory, signed requests into the real door."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx
from fake_slack import TEAM, TOKEN, FakeSlack, direct
from slack_sdk.signature import SignatureVerifier

from bot.dialogue.acts import Buttons, Choice, Facts, Heading, HomePage, Line, Note, Reply, Style
from bot.dialogue.conversation import Beginning, Conversation
from bot.loop.leases import LEASE, Leases
from bot.scheduling.ledger import Accepted, NotTaken
from bot.scheduling.reminding.telling import ChangedPage
from bot.slack.sending.api import SlackApi, open_client
from bot.slack.surface import SlackSecrets, Surface, build_surface, open_line
from bot.web import Front, build_web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping

    from bot.dialogue.acts import ConversationKey, Turn
    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import EventType, Person
    from bot.slack.receiving.turns import Pace
    from bot.slack.surface import Line as SlackLine
    from bot.slack.workspaces import Installations

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECRET = "signing-secret-of-the-tests"
ANA, LEE = "UANA1", "ULEE1"
CHANNEL = "C1GENERAL"


class FixedClock:
    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class Asked:
    """One turn as the assistant saw it."""

    turn: Turn
    key: ConversationKey
    asker: Person
    place: str
    is_public: bool


@dataclass
class FakeAssistant:
    """Answers with `reply`, which may be a function of the turn; keeps what it was asked and what was delivered."""

    reply: Reply | Callable[[Asked], Reply | Awaitable[Reply]] = field(default_factory=lambda: Reply(text="Hello."))
    page: HomePage = field(default_factory=lambda: HomePage(sections=(Reply(text="Nothing is planned."),)))
    kinds: tuple[EventType, ...] = ()
    offered: tuple[tuple[str, str], ...] = (("Connect my calendar", "connect"),)
    threads: set[tuple[str, str]] = field(default_factory=set)
    asked: list[Asked] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    answered: Callable[[str], None] = lambda _: None

    async def take_turn(
        self, turn: Turn, *, key: ConversationKey, asker: Person, place: str, is_public: bool, **_: Any
    ) -> Reply:
        asked = Asked(turn, key, asker, place, is_public)
        self.asked.append(asked)
        reply = self.reply(asked) if callable(self.reply) else self.reply
        found = reply if isinstance(reply, Reply) else await reply
        return replace(found, retired=tuple(self.places[card] for card in found.retires if card in self.places))

    async def delivered(self, reply: Reply, place: str, *, answers: str = "") -> None:
        if reply.card:
            self.places[reply.card] = place
        self.told += reply.tells
        if answers:
            self.answered(answers)

    async def card_place(self, card: str) -> str:
        return self.places.get(card, "")

    async def event_types(self, key: ConversationKey, asker: Person) -> tuple[EventType, ...]:
        return self.kinds

    async def prompts(self, *, key: ConversationKey, asker: Person) -> tuple[tuple[str, str], ...]:
        return self.offered

    async def home(self, *, key: ConversationKey, asker: Person) -> HomePage:
        return self.page


@dataclass
class MemoryPages:
    """Knows who has opened their page, and which of these have changed."""

    opened: set[Owner] = field(default_factory=set)
    changed: set[Owner] = field(default_factory=set)

    async def open_page(self, owner: Owner, *, now: datetime) -> int:
        self.opened.add(owner)
        return 0

    async def mark_page(self, owner: Owner) -> None:
        self.changed |= {owner} & self.opened

    async def take_pages(self, *, now: datetime) -> tuple[ChangedPage, ...]:
        return tuple(ChangedPage(owner=owner, state=1) for owner in self.changed)

    async def page_shown(self, page: ChangedPage, *, now: datetime) -> None:
        self.changed.discard(page.owner)


@dataclass
class MemoryInbox:
    """Keeps what was accepted. `is_away`: the database cannot be reached."""

    seen: dict[str, Accepted] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    is_away: bool = False
    threads: set[tuple[str, str]] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)
    leases: list[timedelta] = field(default_factory=list)
    """What was asked for by renewals."""

    async def accept(
        self, turn: Accepted, *, key: ConversationKey, pressed: str = "", is_overheard: bool = False, **_: Any
    ) -> Beginning | NotTaken:
        if self.is_away:
            raise ConnectionError("no database")
        if is_overheard and (key.channel, key.thread) not in self.threads:
            return NotTaken.OVERHEARD
        if turn.key in self.seen:
            return NotTaken.SEEN
        self.seen[turn.key] = turn
        return Beginning(conversation=Conversation(key=key), place=self.places.get(pressed, ""), is_awaited=True)

    async def begin(self, key: ConversationKey, *, pressed: str = "") -> Beginning:
        return Beginning(conversation=Conversation(key=key))

    async def keep(self, conversation: Any, **_: Any) -> Any:
        """Of a conversation, what it retired; as an inbox, whether the turn is still unanswered."""
        return conversation.key not in self.done if isinstance(conversation, Accepted) else {}

    async def is_answered(self, turn: str) -> bool:
        return turn in self.done

    async def close(self, *, answers: str = "", now: datetime, **_: Any) -> None:
        self.done.append(answers)

    async def renew(self, *keys: str, now: datetime, lease: timedelta) -> None:
        assert set(keys) <= set(self.seen)
        self.leases.append(lease)

    async def take_unanswered(self, *, now: datetime, lease: timedelta, limit: int = 20) -> tuple[Accepted, ...]:
        return tuple(turn for key, turn in self.seen.items() if key not in self.done)


class NoLedger:
    """Nothing is written here."""

    async def renew(self, *offers: str, now: datetime, lease: timedelta) -> None:
        raise AssertionError(offers)


@dataclass
class World:
    """Everything at once, with shortcuts for what Slack would send."""

    slack: FakeSlack
    assistant: FakeAssistant
    inbox: MemoryInbox
    clock: FixedClock
    line: SlackLine
    surface: Surface
    app: Any
    http: httpx.AsyncClient
    work: set[asyncio.Task[None]]

    async def settle(self) -> None:
        """Until all handed-over work is done."""
        while self.work:
            await asyncio.wait(tuple(self.work), timeout=30)

    # ── sending ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def send(
        self,
        body: str,
        *,
        kind: str = "application/json",
        age: int = 0,
        secret: str = SECRET,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        at = str(int(datetime.now(UTC).timestamp()) - age)
        signature = SignatureVerifier(secret).generate_signature(timestamp=at, body=body) or ""
        signed = {"x-slack-request-timestamp": at, "x-slack-signature": signature, "content-type": kind}
        return await self.http.post("/slack/events", content=body.encode(), headers=signed | dict(headers or {}))

    async def event(
        self, event: dict[str, Any], *, event_id: str = "Ev1", headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        body = {"type": "event_callback", "team_id": TEAM, "event_id": event_id, "event": event}
        answer = await self.send(json.dumps(body), headers=headers)
        await self.settle()
        return answer

    async def say(self, text: str, *, member: str = ANA, ts: str = "100.1", **more: Any) -> httpx.Response:
        return await self.event(direct_message(text, member=member, ts=ts) | more)

    async def mention(self, text: str, *, member: str = ANA, ts: str = "200.1", **more: Any) -> httpx.Response:
        event = {"type": "app_mention", "user": member, "text": text, "channel": CHANNEL, "ts": ts}
        return await self.event(event | more, event_id=f"Ev-mention-{ts}")

    async def command(self, text: str, *, member: str = ANA, channel: str = CHANNEL) -> httpx.Response:
        fields = {
            "command": "/pencil",
            "text": text,
            "team_id": TEAM,
            "user_id": member,
            "channel_id": channel,
            "trigger_id": self.slack.new_trigger(),
            "response_url": self.slack.new_hook(channel, member),
        }
        answer = await self.send(urlencode(fields), kind="application/x-www-form-urlencoded")
        await self.settle()
        return answer

    async def interact(self, payload: dict[str, Any]) -> httpx.Response:
        body = urlencode({"payload": json.dumps(payload)})
        answer = await self.send(body, kind="application/x-www-form-urlencoded")
        await self.settle()
        return answer

    def press_payload(self, ts: str, label: str, *, member: str = ANA, channel: str = "", at: str = "1.0") -> Any:
        """What Slack sends when somebody presses the button of that label on a message."""
        channel = channel or direct(member)
        shown = self.slack.shown[channel, ts]
        button = next(one for one in shown.elements if one["type"] == "button" and one["text"]["text"] == label)
        action = {"type": "button", "action_id": button["action_id"], "value": button["value"], "action_ts": at}
        return press(
            channel,
            ts,
            action,
            member=member,
            trigger=self.slack.new_trigger(),
            hook=self.slack.new_hook(channel, member, ts),
            thread=shown.thread,
            is_private=bool(shown.only_for),
        )

    async def press(
        self, ts: str, label: str, *, member: str = ANA, channel: str = "", at: str = "1.0"
    ) -> httpx.Response:
        return await self.interact(self.press_payload(ts, label, member=member, channel=channel, at=at))


def direct_message(text: str, *, member: str = ANA, ts: str = "100.1") -> dict[str, Any]:
    return {
        "type": "message",
        "channel_type": "im",
        "channel": direct(member),
        "user": member,
        "text": text,
        "ts": ts,
    }


def press(
    channel: str,
    ts: str,
    action: dict[str, Any],
    *,
    member: str = ANA,
    trigger: str = "",
    hook: str = "",
    thread: str = "",
    is_private: bool = False,
) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "acme"},
        "user": {"id": member, "team_id": TEAM},
        "container": {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": is_private},
        "channel": {"id": channel, "name": "general"},
        "trigger_id": trigger,
        "response_url": hook,
        "actions": [action],
    }
    if not is_private:
        body["message"] = {"type": "message", "ts": ts} | ({"thread_ts": thread} if thread else {})
    return body


def submission(view: dict[str, Any], typed: Mapping[str, Any], *, member: str = ANA) -> dict[str, Any]:
    """What Slack sends when a form is sent; `typed` is by label."""
    values: dict[str, dict[str, Any]] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            value = typed.get(block["label"]["text"])
            held = value if isinstance(value, dict) else {"value": value}
            values[block["block_id"]] = {block["element"]["action_id"]: {"type": block["element"]["type"]} | held}
    return {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "acme"},
        "user": {"id": member, "team_id": TEAM},
        "view": view | {"state": {"values": values}, "type": "modal"},
    }


def card(*choices: Choice, card: str = "card-1", head: str = "30 min with Lee", **more: Any) -> Reply:
    """A card as the dialogue makes them."""
    buttons = choices or (Choice(id="book", label="Book", style=Style.PRIMARY), Choice(id="other", label="Other times"))
    parts = (
        Heading(text=head),
        Facts(rows=(("When", "Tue 3 Mar, 15:00–15:30 Berlin"), ("With", "Lee Long"))),
        Buttons(choices=buttons),
        Note(text="You can press until 10:15."),
    )
    return Reply(text=f"{head}, Tue 3 Mar 15:00.", parts=parts, card=card, **more)


def line(text: str, **more: Any) -> Reply:
    return Reply(text=text, parts=(Line(text=text),), **more)


@asynccontextmanager
async def open_world(
    *,
    reply: Any = None,
    token: str = TOKEN,
    installations: Installations | None = None,
    pace: Pace | None = None,
    lease: timedelta = LEASE,
) -> AsyncIterator[World]:
    """A world with Ana and Lee in it."""
    async with FakeSlack() as slack, open_client(slack.base_url) as client, asyncio.TaskGroup() as group:
        slack.add_user(ANA, name="Ana Amsel", email="ana@example.com")
        slack.add_user(LEE, name="Lee Long", email="lee@example.com", tz="Europe/London")
        assistant = FakeAssistant() if reply is None else FakeAssistant(reply=reply)
        clock, work = FixedClock(), set[asyncio.Task[None]]()
        inbox = MemoryInbox(threads=assistant.threads, places=assistant.places)
        assistant.answered = inbox.done.append
        leases = Leases(inbox=inbox, ledger=NoLedger(), clock=clock, length=lease)  # type: ignore[arg-type]  # what it renews

        def spawn(job: Coroutine[None, None, None]) -> None:
            task = group.create_task(job)
            work.add(task)
            task.add_done_callback(work.discard)

        api = SlackApi(client)
        secrets = SlackSecrets(signing_secret=SECRET, bot_token=token)
        slack_line = open_line(api, secrets, clock, installations=installations)
        surface = build_surface(slack_line, assistant, inbox, leases, spawn, pages=MemoryPages(), pace=pace)
        renewing = group.create_task(leases.run())
        web = build_web(Front(slack=surface.door, webhook=_refuse, is_healthy=_yes, metrics=_nothing))
        transport = httpx.ASGITransport(app=web)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot.example.com") as http:
            yield World(slack, assistant, inbox, clock, slack_line, surface, web, http, work)
        renewing.cancel()


async def _refuse(provider: str, token: str, headers: Mapping[str, str], body: bytes) -> int:
    return 404


async def _yes() -> bool:
    return True


async def _nothing() -> str:
    return ""
