"""The Slack surface put together, over HTTP and over Socket Mode."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import field
from typing import TYPE_CHECKING

from bot.logs import get_logger
from bot.slack.drawing import phrases
from bot.slack.install import InstallationStore, StateStore, build_oauth
from bot.slack.receiving import payloads
from bot.slack.receiving.app import COMMAND, SCOPES, Listeners, build_bolt
from bot.slack.receiving.door import Door
from bot.slack.receiving.members import Members
from bot.slack.receiving.prompts import Prompts
from bot.slack.receiving.roster import Roster
from bot.slack.receiving.shortcuts import Shortcuts
from bot.slack.receiving.turns import Pace, Turns
from bot.slack.rotation import Rotation
from bot.slack.sending import places
from bot.slack.sending.api import SlackDown, SlackRefusal
from bot.slack.sending.delivery import Delivery
from bot.slack.sending.outbox import Outbox
from bot.slack.sending.pages import HomePages
from bot.slack.sending.sessions import Sessions
from bot.slack.workspaces import Workspaces
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
    from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest

    from bot.loop.leases import Leases
    from bot.loop.turn_store import TurnStore
    from bot.scheduling.accounts import Owner
    from bot.scheduling.reminding.telling import Pages
    from bot.scheduling.times import Clock
    from bot.slack.install import OAuthSecrets
    from bot.slack.ports import Assistant, Spawn
    from bot.slack.receiving.steps import Steps
    from bot.slack.sending.api import SlackApi
    from bot.slack.sending.status import SlackStatuses
    from bot.slack.workspaces import ForgetTeam, Installations

log = get_logger("slack.surface")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSecrets:
    """How we know Slack and Slack knows us. A bot token for one workspace, or `oauth` for many."""

    signing_secret: str = field(default="", repr=False)
    bot_token: str = field(default="", repr=False)
    oauth: OAuthSecrets | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Our line to Slack: who we are there, whom we know, what we send. Made first; the loop needs its outbox."""

    api: SlackApi
    secrets: SlackSecrets
    installations: Installations | None
    clock: Clock
    workspaces: Workspaces
    members: Members
    roster: Roster
    outbox: Outbox
    statuses: SlackStatuses | None = None
    """People's own statuses; None where nobody can be asked for consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """What serves Slack: `door` takes requests, `turns.replay` takes up what was left unanswered."""

    door: Door
    turns: Turns
    steps: Steps | None = None


def open_line(
    api: SlackApi,
    secrets: SlackSecrets,
    clock: Clock,
    *,
    installations: Installations | None = None,
    forget_team: ForgetTeam | None = None,
) -> Line:
    """The line, before anything is said on it."""
    workspaces = Workspaces(
        api,
        clock,
        token=secrets.bot_token,
        installations=installations,
        forget_team=forget_team,
        rotation=_rotation(api, secrets, clock, installations),
    )
    return Line(
        api=api,
        secrets=secrets,
        installations=installations,
        clock=clock,
        workspaces=workspaces,
        members=Members(api, workspaces, clock),
        roster=Roster(api, workspaces, clock),
        outbox=Outbox(api, workspaces, clock),
    )


def _rotation(
    api: SlackApi, secrets: SlackSecrets, clock: Clock, installations: Installations | None
) -> Rotation | None:
    if secrets.oauth is None or installations is None:
        return None
    return Rotation(
        api=api,
        installations=installations,
        clock=clock,
        client_id=secrets.oauth.client_id,
        client_secret=secrets.oauth.client_secret,
    )


def build_surface(
    line: Line,
    assistant: Assistant,
    store: TurnStore,
    leases: Leases,
    spawn: Spawn,
    *,
    pages: Pages,
    pace: Pace | None = None,
    steps: Steps | None = None,
) -> Surface:
    """The surface over a line. `steps` carries out what Workflow Builder asks for."""
    payloads.warm()
    places.warm()
    sessions = Sessions(outbox=line.outbox)
    home = HomePages(assistant=assistant, members=line.members, outbox=line.outbox, pages=pages, clock=line.clock)
    turns = Turns(
        assistant=assistant,
        store=store,
        leases=leases,
        workspaces=line.workspaces,
        members=line.members,
        delivery=Delivery(line.outbox, assistant, sessions, home),
        outbox=line.outbox,
        sessions=sessions,
        pages=home,
        clock=line.clock,
        spawn=spawn,
        pace=pace or Pace(),
        told=steps.pressed if steps else None,
    )
    shortcuts = Shortcuts(assistant=assistant, members=line.members, outbox=line.outbox, clock=line.clock, spawn=spawn)
    listeners = Listeners(
        turns,
        line.workspaces,
        members=line.members,
        roster=line.roster,
        shortcuts=shortcuts,
        prompts=Prompts(assistant=assistant, members=line.members, outbox=line.outbox, sessions=sessions, spawn=spawn),
        statuses=line.statuses,
        steps=steps,
    )
    oauth, signing_secret = _oauth(line, spawn), line.secrets.signing_secret
    bolt = build_bolt(listeners, line.workspaces, oauth=oauth, client=line.api.client)
    return Surface(door=Door(bolt, listeners, signing_secret=signing_secret), turns=turns, steps=steps)


def _oauth(line: Line, spawn: Spawn) -> AsyncOAuthFlow | None:
    if line.secrets.oauth is None or line.installations is None:
        return None
    return build_oauth(
        line.secrets.oauth,
        InstallationStore(line.installations),
        StateStore(line.installations, line.clock),
        scopes=SCOPES,
        client=line.api.client,
        welcome=lambda owner: spawn(_welcome(line.outbox, owner)),
    )


async def _welcome(outbox: Outbox, owner: Owner) -> None:
    try:
        await outbox.post_direct(owner, phrases.welcome(COMMAND))
    except (SlackRefusal, SlackDown) as error:
        log.info("slack.welcome_failed", why_class=type(error).__name__)


@asynccontextmanager
async def listen_on_socket(surface: Surface, line: Line, app_token: str) -> AsyncIterator[None]:
    """Take requests over Socket Mode while the context lasts; the same path as HTTP behind the signature."""
    from slack_bolt.adapter.socket_mode.async_internals import send_async_response  # noqa: PLC0415  not for HTTP
    from slack_sdk.socket_mode.aiohttp import SocketModeClient  # noqa: PLC0415  as above

    client = SocketModeClient(app_token=app_token, web_client=line.api.client)

    async def take(socket: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        payload = payloads.payload_of(request.payload)
        if payload is None:
            log.warning("slack.unreadable", kind=request.type[:40])
            return
        answer = await surface.door.dispatch(payload, mode="socket_mode")
        await send_async_response(socket, request, answer, 0.0)

    client.socket_mode_request_listeners.append(take)
    await client.connect()  # type: ignore[no-untyped-call]  # slack_sdk has no hint there
    log.info("slack.socket_open")
    try:
        yield
    finally:
        await client.close()  # type: ignore[no-untyped-call]  # as above
