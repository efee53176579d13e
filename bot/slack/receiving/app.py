"""Bolt: the registration table and its listeners. A listener reads, accepts, acks and returns; the work goes elsewhere.

What people say, which is most of what comes, does not go through Bolt: for every request it makes a client, a context and the
arguments of any listener, and a message needs none of them. `door.py` hands it to `take_said`.

`process_before_response` makes Bolt answer when the listener returns instead of polling for the ack. Bolt tries listeners one
after the other, so what comes most often stands first. Which events there are is said by `EVENTS` and the manifest alike.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from typing import TYPE_CHECKING

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from bot.logs import get_logger
from bot.scheduling.accounts import Owner
from bot.slack.drawing import phrases
from bot.slack.drawing.booking_form import CALLBACK
from bot.slack.drawing.views import first_block, form_errors
from bot.slack.ids import read_origin
from bot.slack.receiving.inbound import FIND
from bot.slack.receiving.requests import READ
from bot.slack.receiving.shortcuts import BOOK
from bot.slack.receiving.turns import Busy
from bot.slack.sending.places import Place, Spot, with_hook
from bot.slack.workspaces import Authorizer

if TYPE_CHECKING:
    from slack_bolt.context.ack.async_ack import AsyncAck
    from slack_bolt.context.async_context import AsyncBoltContext
    from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.receiving.members import Members
    from bot.slack.receiving.payloads import Payload
    from bot.slack.receiving.prompts import Prompts
    from bot.slack.receiving.roster import Roster
    from bot.slack.receiving.shortcuts import Shortcuts
    from bot.slack.receiving.steps import Steps
    from bot.slack.receiving.turns import Turns
    from bot.slack.sending.status import SlackStatuses
    from bot.slack.workspaces import Workspaces

log = get_logger("slack.app")

_WHISPER_SECONDS = 2.0
ELEMENTS = re.compile("")
"""Buttons and menus of any version of ours: what cannot be read any more is answered in words."""
FORMS = re.compile("")
"""Forms of any version: an old one says that it is out of date."""
SHORTCUTS = re.compile("")
"""None are offered; a manifest may still have some."""

COMMAND = "/pencil"
SCOPES = (
    "app_mentions:read",
    "channels:history",
    "chat:write",
    "commands",
    "groups:history",
    "im:history",
    "im:write",
    "mpim:history",
    "usergroups:read",
    "users:read",
    "users:read.email",
)
SAID = frozenset({"app_mention", "message"})
"""What people say. The manifest names messages by where they are said."""
SPOKEN_EVENTS = ("app_home_opened", "app_mention", "message.channels", "message.groups", "message.im", "message.mpim")
UPKEEP_EVENTS = ("app_uninstalled", "team_join", "tokens_revoked", "user_change")
EVENTS = tuple(sorted(SPOKEN_EVENTS + UPKEEP_EVENTS))
AGENT_EVENTS = ("agent_session_stopped", "function_executed")
"""What only `slack_manifest.agent.yml` subscribes to, and the scope that only it asks for."""
AGENT_SCOPES = ("mcp:connect",)


class Listeners:
    """What Bolt calls. `context[READ]` is the request, read once at the door."""

    def __init__(
        self,
        turns: Turns,
        workspaces: Workspaces,
        *,
        members: Members,
        roster: Roster,
        shortcuts: Shortcuts,
        prompts: Prompts,
        statuses: SlackStatuses | None = None,
        steps: Steps | None = None,
    ) -> None:
        self._turns = turns
        self._workspaces = workspaces
        self._members = members
        self._roster = roster
        self._shortcuts = shortcuts
        self._prompts = prompts
        self._statuses = statuses
        self._steps = steps

    async def take_said(self, payload: Payload) -> BoltResponse:
        """Something was said: the answer to Slack, which tries again when it could not be kept."""
        try:
            workspace = await self._workspaces.find(payload.enterprise_of, payload.team_of)
            if workspace is not None:
                await self._turns.accept(payload, bot=workspace.bot_user)
        except Exception as error:  # noqa: BLE001  as Bolt's table: whatever it was, nothing was accepted
            return await self._refused(error, payload)
        return BoltResponse(status=200, body="")

    async def on_opened(self, context: AsyncBoltContext) -> None:
        """Our messages or our home were opened. Bolt acks when this returns, and Slack tries again when it raises."""
        payload: Payload = context[READ]
        if payload.event is not None and payload.event.tab == "messages":
            self._prompts.open(payload)
            return
        await self._turns.accept(payload, bot=context.bot_user_id or "")

    async def on_request(self, ack: AsyncAck, context: AsyncBoltContext) -> None:
        """A command, a press or a shortcut."""
        await self._turns.accept(context[READ], bot=context.bot_user_id or "")
        await ack()

    async def on_form(self, ack: AsyncAck, context: AsyncBoltContext) -> None:
        """A form was sent: what is wrong is said under its field, before anything is accepted."""
        payload: Payload = context[READ]
        if wrong := _wrong_with(payload):
            await ack(response_action="errors", errors=wrong)
            return
        await self._turns.accept(payload, bot=context.bot_user_id or "")
        await ack()

    async def on_book(self, ack: AsyncAck, context: AsyncBoltContext) -> None:
        """The global shortcut: its form opens beside the ack."""
        self._shortcuts.open(context[READ])
        await ack()

    async def on_booking_form(self, ack: AsyncAck, context: AsyncBoltContext) -> None:
        """The shortcut's form was sent: what is wrong is said under its field."""
        payload: Payload = context[READ]
        wrong = _wrong_with(payload) or await self._shortcuts.mistakes(payload)
        if wrong:
            await ack(response_action="errors", errors=wrong)
            return
        await self._turns.accept(payload, bot=context.bot_user_id or "")
        await ack()

    async def on_step(self, context: AsyncBoltContext) -> None:
        """A workflow's step begins."""
        if self._steps is not None:
            self._steps.accept(context[READ])

    async def on_stopped(self, context: AsyncBoltContext) -> None:
        """A person has stopped the agent's session."""
        payload: Payload = context[READ]
        event = payload.event
        if event is not None and isinstance(event.user, str) and event.thread_ts:
            owner = Owner(payload.enterprise_of, payload.team_of, event.user)
            channel = event.channel or event.channel_id or ""
            self._turns.spawn(self._prompts.sessions.stop(owner, channel, event.thread_ts))

    async def on_other(self, ack: AsyncAck) -> None:
        """A closed form, a shortcut of an older manifest: nothing to do."""
        await ack()

    async def on_member_changed(self, context: AsyncBoltContext) -> None:
        """Somebody's profile changed, or somebody joined."""
        payload: Payload = context[READ]
        if payload.event and not isinstance(payload.event.user, str | None):
            self._members.drop(payload.team_of, payload.event.user.id or "")
            self._roster.changed(payload.team_of, payload.event.user.id or "")

    async def on_uninstalled(self, context: AsyncBoltContext) -> None:
        """We were uninstalled: everything that is kept of the workspace goes."""
        payload: Payload = context[READ]
        organisation_wide = payload.is_organisation_wide
        await self._workspaces.forget(payload.enterprise_of, payload.team_of, is_enterprise=organisation_wide)

    async def on_revoked(self, context: AsyncBoltContext) -> None:
        """Our token was revoked, or people's own."""
        payload: Payload = context[READ]
        tokens = payload.event.tokens if payload.event else None
        if tokens and self._statuses is not None:
            for member in tokens.oauth or ():
                await self._statuses.forget(Owner(payload.enterprise_of, payload.team_of, member))
        if tokens and tokens.bot:
            organisation_wide = payload.is_organisation_wide
            await self._workspaces.drop(payload.enterprise_of, payload.team_of, is_enterprise=organisation_wide)

    async def on_error(self, error: Exception, context: AsyncBoltContext) -> BoltResponse:
        """A listener raised."""
        return await self._refused(error, context[READ])

    async def _refused(self, error: Exception, payload: Payload) -> BoltResponse:
        """Nothing was accepted: Slack is told to try an event again, a person is told about everything else."""
        text = phrases.busy() if isinstance(error, Busy) else _not_taken(error)
        if payload.type == "view_submission" and payload.view and (block := first_block(payload.view.state)):
            return BoltResponse(status=200, body={"response_action": "errors", "errors": {block: text}})
        if payload.response_url and await self._whisper(payload, text):
            return BoltResponse(status=200, body="")
        return BoltResponse(status=503, body="")

    async def _whisper(self, payload: Payload, text: str) -> bool:
        """Whether the person could be told before Slack's patience with the request itself ends."""
        try:
            async with asyncio.timeout(_WHISPER_SECONDS):
                return await self._turns.outbox.whisper_text(_answered_at(payload, self._turns), text)
        except TimeoutError:
            return False


def _not_taken(error: Exception) -> str:
    reference = secrets.token_hex(4)
    log.error("slack.not_taken", cause=error, reference=reference)
    return phrases.not_taken(reference)


def build_bolt(
    listeners: Listeners, workspaces: Workspaces, *, oauth: AsyncOAuthFlow | None, client: AsyncWebClient
) -> AsyncApp:
    """The Bolt app with its table of listeners."""
    # Bolt's own lines repeat what ours say, and warn of a token that we hand over with each call instead.
    quiet = logging.getLogger("slack_bolt.pencil")
    quiet.setLevel(logging.ERROR)
    app = AsyncApp(
        name="pencil",
        logger=quiet,
        process_before_response=True,
        client=client,
        authorize=Authorizer(workspaces),  # type: ignore[arg-type]  # Bolt takes its own AsyncAuthorize, its hint forgets it
        oauth_flow=oauth,
        user_facing_authorize_error_message=phrases.not_installed(),
        attaching_conversation_kwargs_enabled=False,
        request_verification_enabled=False,  # door.py asks the SDK's verifier before anything is read
        ssl_check_enabled=False,  # it is unsigned, so the door has refused it
    )
    app.action(ELEMENTS)(listeners.on_request)
    app.command(COMMAND)(listeners.on_request)
    app.view(CALLBACK)(listeners.on_booking_form)
    app.view(FORMS)(listeners.on_form)
    app.event("app_home_opened")(listeners.on_opened)
    app.event("function_executed")(listeners.on_step)
    app.event("agent_session_stopped")(listeners.on_stopped)
    app.event("user_change")(listeners.on_member_changed)
    app.event("team_join")(listeners.on_member_changed)
    app.event("app_uninstalled")(listeners.on_uninstalled)
    app.event("tokens_revoked")(listeners.on_revoked)
    app.view_closed(FORMS)(listeners.on_other)
    app.shortcut(FIND)(listeners.on_request)
    app.shortcut(BOOK)(listeners.on_book)
    app.shortcut(SHORTCUTS)(listeners.on_other)
    app.error(listeners.on_error)
    return app


def _wrong_with(payload: Payload) -> dict[str, str]:
    """What to say under which input; a form whose card we cannot tell is out of date."""
    view = payload.view
    if view is None:
        return {}
    if read_origin(view.private_metadata) is None:
        block = first_block(view.state)
        return {block: phrases.form_stale()} if block else {}
    return form_errors(view.state)


def _answered_at(payload: Payload, turns: Turns) -> Place:
    return with_hook(Place(spot=Spot.COMMAND), payload.response_url or "", turns.clock.now())
