"""A Slack of our own on loopback: the Web API methods that we call, with the answers and refusals of the real one.

It keeps messages, views and homes, so that a test asks what a person would see, not only what was called.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web

from bot.slack.drawing.limits import block_problems, message_problems, view_problems

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

TOKEN = "xoxb-1-test"
BOT_USER = "U0BOT"
BOT_ID = "B0BOT"
TEAM = "T1"

Answer = dict[str, Any]
_TOKENS = {"apps.": "xapp-", "users.profile.": "xoxp-", "dnd.": "xoxp-", "oauth.": ""}
"""How the token begins that a family of methods takes."""


@dataclass
class Call:
    """One call: the method, what came with it, and whose token it bore."""

    method: str
    arguments: dict[str, Any]
    token: str


@dataclass
class Shown:
    """A message as its readers have it now."""

    channel: str
    ts: str
    text: str
    blocks: list[dict[str, Any]]
    thread: str = ""
    is_broadcast: bool = False
    """One of a thread that stands in the channel too."""
    only_for: str = ""
    edits: int = 0
    changed: int = 0
    """When it was posted or edited last, in ticks of this Slack's own count."""
    is_deleted: bool = False
    metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def elements(self) -> list[dict[str, Any]]:
        return [one for block in self.blocks if block["type"] == "actions" for one in block["elements"]]

    @property
    def labels(self) -> list[str]:
        return [one["text"]["text"] for one in self.elements if one["type"] == "button"]


@dataclass
class FakeSlack:
    """Use as an async context; then `base_url` takes calls. `faults` holds answers that come first, by method."""

    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    page: int = 200
    """So many members a page of `users.list` holds at most."""
    closed_channels: set[str] = field(default_factory=set)
    faults: dict[str, list[tuple[int, Answer, dict[str, str]]]] = field(default_factory=lambda: defaultdict(list))
    calls: list[Call] = field(default_factory=list)
    shown: dict[tuple[str, str], Shown] = field(default_factory=dict)
    views: list[dict[str, Any]] = field(default_factory=list)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    triggers: set[str] = field(default_factory=set)
    hooks: dict[str, tuple[str, str, str, int]] = field(default_factory=dict)
    envelopes: list[dict[str, Any]] = field(default_factory=list)
    acks: list[dict[str, Any]] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    """The connections of Socket Mode that are open now."""
    base_url: str = ""
    on_change: Callable[[Shown], None] = lambda _: None
    """Hears of every message that is posted or edited."""
    threads: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    prompts: list[dict[str, Any]] | None = None
    """What an agent offers to be said; None: the app is no agent."""
    status: dict[str, Any] = field(default_factory=dict)
    """The status of the one person whose own token is used."""
    snoozed: int = 0
    snoozed_at: float = 0
    problems: list[str] = field(default_factory=list)
    held: dict[str, list[asyncio.Event]] = field(default_factory=lambda: defaultdict(list))
    """The next call of a method waits for the event before Slack hears of it."""
    _runner: web.AppRunner | None = None
    began_at: int = 1_790_000_000
    """Its first second; each of its doings takes one."""
    _clock: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._clock = self.began_at

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/api/{method}", self._on_call)
        app.router.add_get("/api/{method}", self._on_call)
        app.router.add_post("/hooks/{name}", self._on_hook)
        app.router.add_get("/socket", self._on_socket)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}/api/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        if error is None:
            assert self.problems == []

    # ── what a test asks and sets ──────────────────────────────────────────────────────────────────────────────────

    def add_user(
        self, member: str, *, name: str = "Ana", email: str = "", tz: str = "Europe/Berlin", locale: str = ""
    ) -> None:
        profile = {"real_name": name, "email": email} if email else {"real_name": name}
        self.users[member] = {"id": member, "name": name.lower(), "tz": tz, "locale": locale, "profile": profile}

    def fail(
        self, method: str, code: str, *, times: int = 1, status: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        self.faults[method] += [(status, {"ok": False, "error": code}, headers or {})] * times

    def called(self, method: str) -> list[dict[str, Any]]:
        return [call.arguments for call in self.calls if call.method == method]

    def messages(self, channel: str, *, reader: str = "") -> list[Shown]:
        """What somebody sees in a channel, oldest first."""
        found = [one for one in self.shown.values() if one.channel == channel and not one.is_deleted]
        return [one for one in found if one.only_for in {"", reader}]

    @property
    def ticks(self) -> int:
        """How far the count is that `Shown.changed` is taken from."""
        return self._clock

    def new_trigger(self) -> str:
        trigger = f"{self._tick()}.trigger"
        self.triggers.add(trigger)
        return trigger

    def new_hook(self, channel: str, member: str, ts: str = "") -> str:
        """A response URL: for a press on the message `ts`, or for a command."""
        name = f"hook{self._tick()}"
        self.hooks[name] = (channel, member, ts, 5)
        return self.base_url.replace("/api/", f"/hooks/{name}")

    async def until(self, method: str, count: int = 1, *, seconds: float = 30.0) -> list[dict[str, Any]]:
        """Wait for that many calls of a method."""
        await self._wait(lambda: len(self.called(method)) >= count, seconds)
        return self.called(method)

    async def until_acked(self, count: int, *, seconds: float = 30.0) -> list[dict[str, Any]]:
        """Wait for that many envelopes of Socket Mode to be acked."""
        await self._wait(lambda: len(self.acks) >= count, seconds)
        return self.acks

    async def push(self, socket: web.WebSocketResponse, envelope: Answer, *, seconds: float = 3.0) -> bool:
        """Send an envelope to one connection of Socket Mode; whether it was acked in time."""
        acked: set[str] = set()
        try:
            await socket.send_json(envelope)
            await self._wait(lambda: self._has_ack(envelope["envelope_id"], acked), seconds)
        except (OSError, TimeoutError):
            return False
        return True

    def _has_ack(self, name: str, seen: set[str]) -> bool:
        seen |= {str(ack.get("envelope_id")) for ack in self.acks[-200:]}
        return name in seen

    def _inspect(self, method: str, arguments: dict[str, Any]) -> None:
        """Whatever reaches us keeps to Slack's limits; the end of the test says what did not."""
        if method.startswith("chat.") and ("text" in arguments or "blocks" in arguments):
            self.problems += message_problems(arguments)
        elif method.startswith("views."):
            self.problems += view_problems(arguments["view"])

    async def _wait(self, is_there: Callable[[], bool], seconds: float) -> None:
        async with asyncio.timeout(seconds):
            while not is_there():
                self._news.clear()
                await self._news.wait()

    # ── the Web API ────────────────────────────────────────────────────────────────────────────────────────────────

    async def _on_call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        arguments = dict(request.query)
        if request.can_read_body:
            body = await request.text()
            is_json = request.content_type == "application/json"
            arguments |= json.loads(body) if is_json else dict(parse_qsl(body))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.calls.append(Call(method, arguments, token))
        self._inspect(method, arguments)
        if self.held[method]:
            self._news.set()
            await self.held[method].pop(0).wait()
        status, answer, headers = self._answer(method, arguments, token)
        self._news.set()
        return web.json_response(answer, status=status, headers=headers)

    def _answer(self, method: str, arguments: dict[str, Any], token: str) -> tuple[int, Answer, dict[str, str]]:
        if self.faults[method]:
            return self.faults[method].pop(0)
        begins = next((begin for family, begin in _TOKENS.items() if method.startswith(family)), "xoxb-")
        if not token.startswith(begins):
            return 200, {"ok": False, "error": "invalid_auth"}, {}
        handler = getattr(self, "_do_" + method.replace(".", "_"), None)
        if handler is None:
            return 200, {"ok": False, "error": "unknown_method"}, {}
        answer: Answer = handler(arguments)
        return 200, {"ok": "error" not in answer} | answer, {}

    def _do_users_profile_get(self, _: Answer) -> Answer:
        return {"profile": self.status}

    def _do_users_profile_set(self, arguments: Answer) -> Answer:
        self.status = arguments["profile"]
        return {"profile": self.status}

    def _do_dnd_setSnooze(self, arguments: Answer) -> Answer:  # noqa: N802  Slack's name
        self.snoozed = int(arguments["num_minutes"])
        self.snoozed_at = time.time()
        return {"snooze_enabled": True}

    def _do_dnd_endSnooze(self, _: Answer) -> Answer:  # noqa: N802  Slack's name
        self.snoozed = 0
        return {"dnd_enabled": False}

    def _do_dnd_info(self, _: Answer) -> Answer:
        ends = int(self.snoozed_at + 60 * self.snoozed)
        return {"snooze_enabled": bool(self.snoozed)} | ({"snooze_endtime": ends} if self.snoozed else {})

    def _do_auth_test(self, _: Answer) -> Answer:
        return {"user_id": BOT_USER, "bot_id": BOT_ID, "team_id": TEAM, "url": "https://acme.example.com/"}

    def _do_users_info(self, arguments: Answer) -> Answer:
        user = self.users.get(arguments["user"])
        if user and arguments.get("include_locale") != "true":
            user = {key: value for key, value in user.items() if key != "locale"}
        return {"user": user} if user else {"error": "user_not_found"}

    def _do_users_list(self, arguments: Answer) -> Answer:
        users, start = list(self.users.values()), int(arguments.get("cursor") or 0)
        end = start + min(int(arguments["limit"]), self.page)
        more = {"next_cursor": str(end) if end < len(users) else ""}
        return {"members": users[start:end], "response_metadata": more}

    def _do_usergroups_list(self, _: Answer) -> Answer:
        if not self.groups:
            return {"error": "missing_scope"}
        return {
            "usergroups": [{"id": f"S{n}", "handle": h, "users": u} for n, (h, u) in enumerate(self.groups.items())]
        }

    def _do_conversations_open(self, arguments: Answer) -> Answer:
        return {"channel": {"id": direct(arguments["users"])}}

    def _do_chat_postMessage(self, arguments: Answer) -> Answer:  # noqa: N802  Slack's name
        if arguments["channel"] in self.closed_channels:
            return {"error": "not_in_channel"}
        ts = self._show(arguments)
        return {"ts": ts, "channel": arguments["channel"]}

    def _do_chat_postEphemeral(self, arguments: Answer) -> Answer:  # noqa: N802  as above
        if arguments["channel"] in self.closed_channels:
            return {"error": "not_in_channel"}
        return {"message_ts": self._show(arguments, only_for=arguments["user"])}

    def _do_chat_update(self, arguments: Answer) -> Answer:
        found = self.shown.get((arguments["channel"], arguments["ts"]))
        if found is None or found.is_deleted:
            return {"error": "message_not_found"}
        if found.only_for:
            return {"error": "cant_update_message"}
        self._change(found, arguments)
        return {"ts": found.ts, "channel": found.channel}

    def _do_chat_delete(self, arguments: Answer) -> Answer:
        found = self.shown.get((arguments["channel"], arguments["ts"]))
        if found is None:
            return {"error": "message_not_found"}
        found.is_deleted = True
        return {}

    def _do_chat_getPermalink(self, arguments: Answer) -> Answer:  # noqa: N802  as above
        where = (arguments["channel"], arguments["message_ts"])
        if where not in self.shown:
            return {"error": "message_not_found"}
        return {"permalink": f"https://acme.example.com/archives/{where[0]}/p{where[1].replace('.', '')}"}

    def _do_conversations_history(self, arguments: Answer) -> Answer:
        found = [one for one in self.messages(arguments["channel"]) if not one.thread or one.is_broadcast]
        return {"messages": _within(found, arguments)}

    def _do_views_open(self, arguments: Answer) -> Answer:
        if arguments["trigger_id"] not in self.triggers:
            return {"error": "expired_trigger_id"}
        self.triggers.discard(arguments["trigger_id"])
        view = arguments["view"] | {"id": f"V{self._tick()}"}
        self.views.append(view)
        return {"view": view}

    def _do_views_update(self, arguments: Answer) -> Answer:
        found = next((at for at, view in enumerate(self.views) if view["id"] == arguments["view_id"]), None)
        if found is None:
            return {"error": "not_found"}
        self.views[found] = arguments["view"] | {"id": arguments["view_id"]}
        return {"view": self.views[found]}

    def _do_assistant_threads_setSuggestedPrompts(self, arguments: Answer) -> Answer:  # noqa: N802  Slack's name
        if self.prompts is None:
            return {"error": "no_permission"}
        self.prompts = arguments["prompts"]
        return {}

    def _do_assistant_threads_setStatus(self, _: Answer) -> Answer:  # noqa: N802  Slack's name
        return {} if self.prompts is not None else {"error": "no_permission"}

    def _do_agents_sessions_setStatus(self, _: Answer) -> Answer:  # noqa: N802  as above
        return {} if self.prompts is not None else {"error": "no_permission"}

    def _do_blocks_validate(self, arguments: Answer) -> Answer:
        wrong = view_problems(arguments["view"]) if "view" in arguments else block_problems(arguments["blocks"])
        return {"error": "invalid_blocks", "errors": [{"pointer": "/0", "message": wrong[0]}]} if wrong else {}

    def _do_functions_completeSuccess(self, _: Answer) -> Answer:  # noqa: N802  Slack's name
        return {}

    def _do_functions_completeError(self, _: Answer) -> Answer:  # noqa: N802  as above
        return {}

    def _do_conversations_replies(self, arguments: Answer) -> Answer:
        if arguments["channel"] in self.closed_channels:
            return {"error": "not_in_channel"}
        ours = [one for one in self.messages(arguments["channel"]) if one.thread == arguments["ts"]]
        return {"messages": [*self.threads.get((arguments["channel"], arguments["ts"]), []), *_within(ours, arguments)]}

    def _do_views_publish(self, arguments: Answer) -> Answer:
        self.homes[arguments["user_id"]] = arguments["view"]
        return {"view": arguments["view"]}

    # ── Socket Mode ────────────────────────────────────────────────────────────────────────────────────────────────

    def _do_apps_connections_open(self, _: Answer) -> Answer:
        return {"url": self.base_url.replace("http", "ws", 1).replace("/api/", "/socket")}

    async def _on_socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        for envelope in self.envelopes:
            await socket.send_json(envelope)
        self.sockets.append(socket)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self.acks.append(json.loads(message.data))
                    self._news.set()
        finally:
            self.sockets.remove(socket)
        return socket

    # ── response URLs ──────────────────────────────────────────────────────────────────────────────────────────────

    async def _on_hook(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.calls.append(Call("response_url", body, ""))
        self._inspect("chat.response_url", body)
        answer = self._answer_hook(request.match_info["name"], body)
        self._news.set()
        return answer

    def _answer_hook(self, name: str, body: dict[str, Any]) -> web.Response:
        if self.faults["response_url"]:
            status, answer, headers = self.faults["response_url"].pop(0)
            return web.json_response(answer, status=status, headers=headers)
        channel, member, ts, left = self.hooks.get(name, ("", "", "", 0))
        if left < 1:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        self.hooks[name] = (channel, member, ts, left - 1)
        found = self.shown.get((channel, ts))
        if body.get("replace_original") and found is not None:
            self._change(found, body)
        else:
            only_for = "" if body.get("response_type") == "in_channel" else member
            self._show(body | {"channel": channel}, only_for=only_for)
        return web.Response(text="ok")

    def _show(self, arguments: dict[str, Any], *, only_for: str = "") -> str:
        ts = f"{self._tick()}.000100"
        shown = self.shown[arguments["channel"], ts] = Shown(
            channel=arguments["channel"],
            ts=ts,
            text=arguments.get("text", ""),
            blocks=arguments.get("blocks") or [],
            thread=arguments.get("thread_ts", ""),
            is_broadcast=bool(arguments.get("reply_broadcast")),
            only_for=only_for,
            changed=self._clock,
            metadata=arguments.get("metadata") or {},
        )
        self.on_change(shown)
        return ts

    def _change(self, found: Shown, arguments: dict[str, Any]) -> None:
        found.text = arguments.get("text", "")
        found.blocks = arguments.get("blocks") or []
        found.metadata = arguments.get("metadata") or found.metadata
        found.edits += 1
        found.changed = self._tick()
        self.on_change(found)

    def _tick(self) -> int:
        self._clock += 1
        return self._clock


def _within(found: list[Shown], arguments: Answer) -> list[Answer]:
    """The messages of that stretch of time, newest first."""
    oldest, latest = float(arguments.get("oldest", 0)), float(arguments.get("latest", "inf"))
    if arguments.get("inclusive") == "true":
        found = [one for one in found if oldest <= float(one.ts) <= latest]
    else:
        found = [one for one in found if oldest < float(one.ts) < latest]
    rows = [
        {"ts": one.ts, "text": one.text, "metadata": one.metadata} | ({"thread_ts": one.thread} if one.thread else {})
        for one in reversed(found)
    ]
    return rows[: int(arguments.get("limit", 100))]


def direct(member: str) -> str:
    """The channel of the direct messages with somebody."""
    return "D" + member
