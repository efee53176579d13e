"""`pencil serve` and `pencil socket`: the house with Slack and HTTP on it, and an orderly end."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.app.wiring import open_house
from bot.dialogue.acts import ConversationKey, Reply
from bot.errors import BadSettings, PencilError
from bot.language.warming import warm
from bot.logs import get_logger
from bot.loop.unasked import SURFACE as UNASKED
from bot.loop.upkeep import keep_tidy
from bot.mcp.front import McpFront
from bot.operating.metrics import Metrics
from bot.slack.install import OAuthSecrets
from bot.slack.receiving.steps import Steps
from bot.slack.sending.api import SlackApi, open_client
from bot.slack.sending.status import SlackStatuses
from bot.slack.surface import SlackSecrets, build_surface, listen_on_socket, open_line
from bot.values import dataclass
from bot.web import Front, build_web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Mapping
    from types import FrameType

    from starlette.types import ASGIApp

    from bot.app.settings import Settings
    from bot.app.wiring import House
    from bot.loop.messenger import Once
    from bot.sandbox import Sandbox
    from bot.scheduling.accounts import Owner
    from bot.scheduling.ledger import Accepted
    from bot.scheduling.models import Person
    from bot.scheduling.times import Clock
    from bot.slack.surface import Line, Surface

log = get_logger("serving")

GRACE_SECONDS = 2
"""For answers to Slack that are on their way; the turns behind them have `DRAIN_LIMIT`."""
DEFAULT_PORT = 3000


@dataclass(frozen=True, slots=True)
class SlackMessenger:
    """Says unasked things in Slack."""

    line: Line

    async def person(self, owner: Owner) -> Person:
        """Who that is, as Slack knows them now."""
        return await self.line.members.asker(owner)

    async def tell(self, owner: Owner, place: str, reply: Reply, *, once: Once | None = None) -> str:
        """Edit the card or write to the person."""
        return await self.line.outbox.tell(owner, place, reply, once=once)

    async def say_to(self, owner: Owner, text: str) -> None:
        """A sentence to somebody else."""
        await self.line.outbox.post_direct(owner, Reply(text=text))

    async def post(self, owner: Owner, place: str, reply: Reply) -> str:
        """A new message where the person talks with us, for everybody there."""
        return await self.line.outbox.post_here(owner, place, reply)

    async def announce(self, owner: Owner, channel: str, place: str, reply: Reply, *, once: Once | None = None) -> str:
        """In a channel that the person has named."""
        return await self.line.outbox.announce(owner, channel, place, reply, once=once)

    # ── for agents: a card in somebody's direct messages ───────────────────────────────────────────────────────────

    async def talk_of(self, owner: Owner) -> ConversationKey:
        """The conversation of their direct messages with us."""
        return ConversationKey(owner=owner, channel=await self.line.outbox.direct_channel(owner))

    async def put(self, owner: Owner, reply: Reply) -> str:
        """A new message there."""
        return await self.line.outbox.tell(owner, "", reply)

    async def link(self, owner: Owner, place: str) -> str:
        """The address that opens it."""
        return await self.line.outbox.link(owner, place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One process on duty: the house, its Slack surface if there is one, its counters."""

    house: House
    metrics: Metrics
    line: Line | None = None
    surface: Surface | None = None
    app: ASGIApp


@asynccontextmanager
async def open_station(
    settings: Settings, *, clock: Clock | None = None, sandbox: Sandbox | None = None
) -> AsyncIterator[Station]:
    """Everything opened, loops running. SQLite is brought up to date; an old PostgreSQL schema raises `BadSettings`."""
    metrics = Metrics()
    async with AsyncExitStack() as stack:
        slack = await _slack_api(stack, settings)
        migrate = settings.database_url.startswith("sqlite")
        house = await stack.enter_async_context(
            open_house(settings, clock=clock, migrate=migrate, sandbox=sandbox, observe=metrics.call, counts=metrics)
        )
        line = await _line(settings, house, slack) if slack else None
        surface = _surface(line, house) if line else None
        front = _front(settings, house, metrics, line, surface)
        house.crew.keep(keep_tidy(house.store, house.clock))
        yield Station(house=house, metrics=metrics, line=line, surface=surface, app=build_web(front))


def _surface(line: Line, house: House) -> Surface:
    spawn = house.crew.spawn
    steps = Steps(
        agents=house.agents(SlackMessenger(line)),
        errands=house.store.errands,
        outbox=line.outbox,
        clock=house.clock,
        spawn=spawn,
    )
    store = house.store
    return build_surface(line, house.assistant, store.turns, house.leases, spawn, pages=store.pages, steps=steps)


async def _slack_api(stack: AsyncExitStack, settings: Settings) -> SlackApi | None:
    if not settings.has_slack:
        return None
    return SlackApi(await stack.enter_async_context(open_client(settings.slack_api_url)))


async def _line(settings: Settings, house: House, slack: SlackApi) -> Line:
    def text(name: str) -> str:
        value = getattr(settings, name)
        return value.get_secret_value() if value else ""

    application = None
    if settings.slack_client_id and settings.slack_client_secret:
        application = OAuthSecrets(
            client_id=settings.slack_client_id,
            client_secret=text("slack_client_secret"),
            public_url=settings.pencil_public_url or "",
        )
    oauth = application if not settings.slack_bot_token else None
    secrets = SlackSecrets(signing_secret=text("slack_signing_secret"), bot_token=text("slack_bot_token"), oauth=oauth)
    store = house.store
    line = open_line(slack, secrets, house.clock, installations=store.installations, forget_team=store.forget_team)
    house.faces.surface = line.roster
    house.voices.surface = house.voices.post_office = house.voices.announcer = SlackMessenger(line)
    statuses = SlackStatuses(slack, store.member_tokens, store.installations, house.clock, application)
    house.voices.boards.surface = statuses
    line = replace(line, statuses=statuses)
    try:
        await line.workspaces.prime()
    except PencilError as error:
        log.warning("slack.unknown_token", why=str(error))
    return line


def _front(settings: Settings, house: House, metrics: Metrics, line: Line | None, surface: Surface | None) -> Front:
    async def is_healthy() -> bool:
        try:
            await house.store.upkeep.ping()
        except PencilError:
            return False
        return True

    async def figures() -> str:
        counts = await house.store.upkeep.open_writes()
        lag = await house.store.upkeep.inbox_lag(house.clock.now())
        return metrics.render(counts, lag, old_hosts=house.registry.old_hosts).decode()

    async def webhook(provider: str, token: str, headers: Mapping[str, str], body: bytes) -> int:
        return 404 if notices is None else await notices.take_delivery(provider, token, headers, body)

    async def consent(provider: str, state: str, code: str) -> bool:
        if provider == "slack":
            statuses = line.statuses if line is not None else None
            return statuses is not None and await statuses.take_consent(state, code) is not None
        return notices is not None and await notices.take_consent(provider, state, code)

    notices, mcp = None, None
    if line is not None and surface is not None:
        messenger = SlackMessenger(line)
        notices = house.notices(messenger)

        async def tell_beside(accepted: Accepted) -> None:
            """News wait some seconds by design; they must not take the places of turns that somebody waits for."""
            house.crew.spawn(notices.replay(accepted))

        replays = {UNASKED: tell_beside}

        async def replay(accepted: Accepted) -> None:
            await replays.get(accepted.surface, surface.turns.replay)(accepted)

        house.crew.keep(house.recovery(messenger, replay).run())
        house.crew.keep(notices.watch_connections())
        ran_out = surface.steps.ran_out if surface.steps else None
        house.crew.keep(house.rounds(messenger, step_ran_out=ran_out, take_change=notices.take_change).run())
        house.crew.keep(house.closing.run())
        house.crew.keep(surface.turns.pages.run())
        mcp = McpFront(house.agents(messenger), surface.door.is_signed)
    token = settings.pencil_metrics_token
    return Front(
        slack=surface.door if surface else None,
        webhook=webhook,
        consent=consent,
        is_healthy=is_healthy,
        metrics=figures,
        metrics_token=token.get_secret_value() if token else "",
        mcp=mcp,
    )


def run_server(settings: Settings, *, host: str | None, port: int | None) -> int:
    """Serve until SIGTERM or SIGINT; what was accepted is finished first. 1 when it could not start."""
    if settings.has_slack and not settings.slack_signing_secret:
        raise BadSettings("SLACK_SIGNING_SECRET is empty; copy it from Basic Information › App Credentials")
    chosen = port if port is not None else settings.port
    address = host or ("0.0.0.0" if settings.port is not None and port is None else "127.0.0.1")  # noqa: S104  PORT is set by platforms whose router must reach us
    return run_fast(_serve(settings, address, DEFAULT_PORT if chosen is None else chosen))


async def _serve(settings: Settings, host: str, port: int) -> int:
    import uvicorn  # noqa: PLC0415  not for Socket Mode

    from bot.app.listening import Server  # noqa: PLC0415  the same

    warm()  # before we listen: whoever is told that we are well gets answers as fast as they will ever be
    async with open_station(settings) as station:
        if station.surface is None:
            log.warning("serve.no_slack", missing="SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET")
        config = uvicorn.Config(
            station.app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            proxy_headers=False,  # nothing here goes by who the caller is said to be
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        # uvicorn sends itself the signal again once it has stopped; what was accepted must be finished before we end.
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, _go_on)
        server = Server(config)
        log.info("serve.up", port=port, sandbox=settings.uses_sandbox)
        await server.serve()
        return 0 if server.started else 1


def run_fast(work: Coroutine[None, None, int]) -> int:
    """Run it on uvloop, where there is one: half the cost of a wake-up."""
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop  # noqa: PLC0415  not on Windows

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def _go_on(number: int, frame: FrameType | None) -> None:
    """A signal that the server has taken note of already."""


async def run_socket(settings: Settings) -> int:
    """Take requests over Socket Mode until SIGTERM or SIGINT."""
    if not settings.slack_app_token:
        raise BadSettings(
            "SLACK_APP_TOKEN is empty; make one with connections:write under Basic Information › App-Level Tokens"
        )
    if not settings.has_slack:
        raise BadSettings("SLACK_BOT_TOKEN is empty; copy it from OAuth & Permissions after installing the app")
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    warm()
    async with open_station(settings) as station:
        if station.surface is None or station.line is None:
            raise BadSettings("Slack is not set up")
        token = settings.slack_app_token.get_secret_value()
        async with listen_on_socket(station.surface, station.line, token):
            await stop.wait()
    return 0
